from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from kanal.directory.models import Government, Unit, User, user_or_none
from kanal.directory.permissions import require, require_own
from kanal.journal.actions import Actor, record
from kanal.lib.dates import say_day
from kanal.lib.refusal import Refused
from kanal.mandates import standing
from kanal.mandates.models import Addressee, CopyTo, DeadlineDecision, Dictum, Mandate
from kanal.mandates.permissions import KEEP_MANDATES
from kanal.paper.mandate import MandateReading, read_mandate


class NothingRead(Refused):
    """The text holds nothing of an instruction."""

    status = 422


class NotConfirmable(Refused):
    """What the board can't do without is still open: whom it addresses, since when."""


class NotDiscardable(Refused):
    """It was confirmed, or somebody discarded it first."""


class DeadlineRefused(Refused):
    """A deadline decision without name, reason or a sensible day."""

    status = 422


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """What a person confirmed beside the text; empty stays open."""

    form: str
    number: str
    year: int | None
    title: str
    issuer: str
    signed_at: str
    signed_on: date | None
    in_force_from: date | None
    signer_name: str
    signer_nip: str
    signer_post: str
    written_deadline: date | None
    address: str
    # unit class by addressee order; "" addresses nobody in the directory
    classes: Mapping[int, str]


def take_in(
    *, government: Government, text: str, by: Actor, file: str = "", file_name: str = ""
) -> Mandate:
    """Reads an instruction's text and keeps what was read for confirmation. Twice is once."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    kept = Mandate.objects.filter(government=government, discarded_at=None)
    earlier = kept.filter(text_sha256=digest).first()
    if earlier:
        return earlier
    reading = read_mandate(text)
    if not reading.dicta and not reading.addressees and reading.number is None:
        raise NothingRead(
            _("Teks ini tidak terbaca sebagai instruksi: tidak ada nomor, tujuan, atau diktum."),
            next_step=_("Periksa berkasnya. Pindaian perlu diketik atau di-OCR dulu menjadi teks."),
        )
    with transaction.atomic():
        mandate = _write(government, text, digest, reading, file, file_name)
        record(
            verb="read-mandate",
            by=by,
            government=government.pk,
            subject=f"mandate:{mandate.pk}",
            after={"name": mandate.name, "sha256": digest, "dicta": len(reading.dicta)},
        )
    return mandate


def _write(
    government: Government, text: str, digest: str, reading: MandateReading, file: str, name: str
) -> Mandate:
    mandate = Mandate.objects.create(
        government=government,
        text=text,
        text_sha256=digest,
        file=file,
        file_name=name,
        **as_read(reading),
    )
    Addressee.objects.bulk_create(
        Addressee(
            mandate=mandate,
            order=line.order,
            text=line.text[:250],
            unit_class=line.unit_class or "",
        )
        for line in reading.addressees
    )
    Dictum.objects.bulk_create(
        Dictum(
            mandate=mandate,
            order=dictum.order,
            label=dictum.label,
            text=dictum.text,
            items=[item.text for item in dictum.items],
        )
        for dictum in reading.dicta
    )
    CopyTo.objects.bulk_create(
        CopyTo(mandate=mandate, order=order, text=copy.value[:250])
        for order, copy in enumerate(reading.copies, 1)
    )
    return mandate


def as_read(reading: MandateReading) -> dict[str, object]:
    """The mandate's columns; what was not read is left at its empty value."""
    texts = {
        "form": reading.form,
        "number": reading.number,
        "title": reading.title,
        "issuer": reading.issuer,
        "signed_at": reading.place,
        "opening": reading.opening,
        "signer_name": reading.signer_name,
        "signer_nip": reading.signer_nip,
        "signer_post": reading.signer_post,
        "address": reading.submission_address,
    }
    days = {
        "signed_on": reading.signed_on,
        "in_force_from": reading.in_force_from,
        "written_deadline": reading.deadline,
        "year": reading.year,
    }
    return {
        **{name: found.value if found else "" for name, found in texts.items()},
        **{name: found.value if found else None for name, found in days.items()},
        "written_deadline_text": reading.deadline_words.value if reading.deadline_words else "",
    }


def confirm(
    *,
    mandate: Mandate,
    facts: Confirmed,
    by: User,
    today: date,
    replaces: Mandate | None = None,
) -> None:
    """A person vouches for what was read. From now on the board may rest on it."""
    require(by=by, permission=KEEP_MANDATES)
    with transaction.atomic():
        confirm_as(mandate=mandate, facts=facts, by=by, today=today, replaces=replaces)


def confirm_as(
    *,
    mandate: Mandate,
    facts: Confirmed,
    by: Actor,
    today: date,
    replaces: Mandate | None = None,
) -> None:
    """The same without asking for a role: for the command line, whose user owns the server."""
    with transaction.atomic():
        _refuse_unconfirmable(mandate, facts)
        columns = {name: value for name, value in vars(facts).items() if name != "classes"}
        Mandate.objects.filter(pk=mandate.pk).update(
            **columns,
            confirmed_at=Now(),
            confirmed_by=user_or_none(by),
            confirmed_by_name=by.journal_name,
        )
        for addressee in mandate.addressees.all():
            chosen = facts.classes.get(addressee.order, "")
            if chosen != addressee.unit_class:
                Addressee.objects.filter(pk=addressee.pk).update(unit_class=chosen)
        mandate.refresh_from_db()
        if replaces is not None:
            _end(replaces, mandate)
        reached = standing.rebuild(mandate, today)
        record(
            verb="confirm-mandate",
            by=by,
            government=mandate.government_id,
            subject=f"mandate:{mandate.pk}",
            after={
                "name": mandate.name,
                "units": reached,
                "replaces": replaces.name if replaces else None,
            },
        )


def discard(*, mandate: Mandate, by: User) -> None:
    """Taken in by mistake: it never comes into force, and its text may be taken in anew."""
    require(by=by, permission=KEEP_MANDATES)
    require_own(by=by, government_id=mandate.government_id)
    with transaction.atomic():
        open_ones = Mandate.objects.filter(pk=mandate.pk, confirmed_at=None, discarded_at=None)
        if not open_ones.update(
            discarded_at=Now(), discarded_by=by, discarded_by_name=by.journal_name
        ):
            raise NotDiscardable(
                _("Hanya dasar hukum yang belum dikonfirmasi yang dapat dibuang."),
                next_step=_("Yang sudah berlaku diganti dengan dasar hukum baru."),
            )
        mandate.refresh_from_db()
        record(
            verb="discard-mandate",
            by=by,
            government=mandate.government_id,
            subject=f"mandate:{mandate.pk}",
            before={"name": mandate.name, "sha256": mandate.text_sha256},
        )


def _refuse_unconfirmable(mandate: Mandate, facts: Confirmed) -> None:
    if mandate.discarded_at:
        raise NotConfirmable(
            _("Dasar hukum ini sudah dibuang."),
            next_step=_("Unggah lagi teksnya bila ternyata memang berlaku."),
        )
    if mandate.confirmed_at:
        raise NotConfirmable(
            _("Dasar hukum ini sudah dikonfirmasi."),
            next_step=_("Perubahan dicatat sebagai dasar hukum baru yang menggantikannya."),
        )
    if facts.in_force_from is None or not any(facts.classes.values()):
        raise NotConfirmable(
            _("Tanggal mulai berlaku dan sekurangnya satu jenis kantor tujuan harus diisi."),
            next_step=_("Lihat teksnya di samping, lalu lengkapi."),
        )


def _end(old: Mandate, new: Mandate) -> None:
    if old.in_force_from and new.in_force_from and new.in_force_from < old.in_force_from:
        raise NotConfirmable(
            _("Dasar hukum baru tidak boleh berlaku sebelum yang digantikannya."),
            next_step=_("Periksa tanggal mulai berlaku."),
        )
    Mandate.objects.filter(pk=old.pk).update(in_force_until=new.in_force_from, replaced_by=new)


def decide_deadline(
    *,
    mandate: Mandate,
    effective_on: date,
    reason: str,
    decided_by_name: str,
    decided_on: date,
    by: User,
    today: date,
    unit: Unit | None = None,
) -> DeadlineDecision:
    """When lateness begins: a separate, dated decision by a named person, with a reason."""
    require(by=by, permission=KEEP_MANDATES, unit=unit)
    if not reason.strip() or not decided_by_name.strip():
        raise DeadlineRefused(
            _("Keputusan tenggat perlu nama pemutus dan alasannya."),
            next_step=_("Isi keduanya."),
            field="reason",
        )
    if decided_on > today:
        raise DeadlineRefused(
            _("Tanggal keputusan %(day)s belum tiba.") % {"day": say_day(decided_on)},
            next_step=_("Periksa tanggal keputusan."),
            field="decided_on",
        )
    if mandate.signed_on and effective_on < mandate.signed_on:
        raise DeadlineRefused(
            _("Tenggat efektif tidak boleh mendahului penandatanganan, %(day)s.")
            % {"day": say_day(mandate.signed_on)},
            next_step=_("Pilih hari setelahnya."),
            field="effective_on",
        )
    with transaction.atomic():
        row = DeadlineDecision.objects.create(
            mandate=mandate,
            unit=unit,
            effective_on=effective_on,
            reason=reason.strip(),
            decided_by_name=decided_by_name.strip(),
            decided_on=decided_on,
            recorded_by=by,
        )
        standing.rebuild(mandate, today)
        record(
            verb="decide-deadline",
            by=by,
            government=mandate.government_id,
            unit=unit.code if unit else "",
            subject=f"mandate:{mandate.pk}",
            after={
                "effective_on": effective_on.isoformat(),
                "reason": reason,
                "decided_by": decided_by_name,
                "decided_on": decided_on.isoformat(),
            },
        )
    return row
