from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kanal.circulars import serving, standing
from kanal.circulars.addressing import left, mended
from kanal.circulars.models import Acknowledgement, Circular, Errand, How, Notice, Service
from kanal.circulars.permissions import ACKNOWLEDGE, SERVE
from kanal.directory.models import Unit, User, user_or_none
from kanal.directory.permissions import EDIT_DIRECTORY, require, require_own
from kanal.directory.units import change_contact, no_address
from kanal.journal.actions import Actor, Machine, record
from kanal.lib.dates import say_day
from kanal.lib.files import PDF, FileMistake, Kept, media_type_of, open_kept, sha256
from kanal.lib.refusal import Refused
from kanal.mandates.models import Mandate
from kanal.readings.gate import keep_inspected

# Whoever holds an office's own link acts without a name that Kanal could check.
LINK = Machine("Pemegang tautan kantor")
_LONGEST, _LONGEST_REASON = 160, 300


class CircularRefused(Refused):
    """A circular that can't be written like this."""

    status = 422


class AlreadyServed(Refused):
    """What was sent to the offices stays as it is."""


class NobodyLeft(Refused):
    """Every office that is meant has it."""


class AlreadyAcknowledged(Refused):
    """The office has said so before."""


class AlreadyVoided(Refused):
    """Somebody else voided it meanwhile."""


@dataclass(frozen=True, kw_only=True)
class CircularFacts:
    form: str
    number: str
    dated: date
    subject: str


def draft_instruction(*, mandate: Mandate, by: User) -> Circular:
    """The mandate's own instruction, with its kept file or its text. Twice is once."""
    require(by=by, permission=SERVE)
    require_own(by=by, government_id=mandate.government_id)
    _check_confirmed(mandate)
    number = f"{mandate.number} Tahun {mandate.year}" if mandate.year else mandate.number
    facts = CircularFacts(
        form=mandate.form or _("Instruksi"),
        number=number or "-",
        dated=_dated(mandate),
        subject=mandate.title or mandate.name,
    )
    with transaction.atomic():
        Mandate.objects.select_for_update(no_key=True).only("pk").get(pk=mandate.pk)
        earlier = Circular.objects.filter(mandate=mandate, is_instruction=True).first()
        return earlier or _write(mandate, facts, by, is_instruction=True, **_file_of(mandate))


def _dated(mandate: Mandate) -> date:
    """A confirmed mandate has a day on which it took effect."""
    found = mandate.signed_on or mandate.in_force_from
    assert found is not None
    return found


def _file_of(mandate: Mandate) -> dict[str, Any]:
    if not mandate.file:
        return {}
    with open_kept(mandate.file) as file:
        return {
            "kept_as": mandate.file,
            "file_name": mandate.file_name,
            "file_sha256": sha256(file),
            "file_bytes": file.size,
        }


def draft_letter(
    *, mandate: Mandate, facts: CircularFacts, file: File[bytes], by: User, today: date
) -> Circular:
    """A later letter under the mandate: a PDF that passes inspection."""
    require(by=by, permission=SERVE)
    require_own(by=by, government_id=mandate.government_id)
    _check_confirmed(mandate)
    if facts.dated > today:
        raise CircularRefused(
            _("Tanggal surat %(day)s belum tiba.") % {"day": say_day(facts.dated)},
            next_step=_("Periksa tanggal pada suratnya."),
            field="dated",
        )
    kept = _kept(file)
    try:
        return _write(
            mandate,
            facts,
            by,
            kept_as=kept.name,
            file_name=(file.name or "surat.pdf")[:200],
            file_sha256=kept.sha256,
            file_bytes=kept.size,
        )
    except Refused:
        default_storage.delete(kept.name)
        raise


def _kept(file: File[bytes]) -> Kept:
    if media_type_of(file) != PDF:
        raise FileMistake("type", _("Surat untuk semua kantor harus berupa PDF."))
    return keep_inspected(file, "edaran")


def _write(
    mandate: Mandate,
    facts: CircularFacts,
    by: User,
    *,
    is_instruction: bool = False,
    **file: Any,
) -> Circular:
    with transaction.atomic():
        circular = Circular.objects.create(
            government_id=mandate.government_id,
            mandate=mandate,
            is_instruction=is_instruction,
            **vars(facts),
            **file,
            drafted_by=by,
            drafted_by_name=by.name,
        )
        record(
            verb="draft-circular",
            by=by,
            government=circular.government_id,
            subject=f"circular:{circular.pk}",
            after={"name": circular.name, "sha256": circular.file_sha256},
        )
    return circular


def discard(*, circular: Circular, by: User) -> None:
    """A draft that nobody was sent. The mandate's own file stays with the mandate."""
    require(by=by, permission=SERVE)
    require_own(by=by, government_id=circular.government_id)
    with transaction.atomic():
        current = Circular.objects.select_for_update().filter(pk=circular.pk).first()
        if current is None or current.served_on is not None:
            raise AlreadyServed(
                _("Surat ini sudah disampaikan, jadi tidak dapat dihapus."),
                next_step=_("Muat ulang halaman."),
            )
        record(
            verb="discard-circular",
            by=by,
            government=current.government_id,
            subject=f"circular:{current.pk}",
            before={"name": current.name},
        )
        if current.kept_as and not current.is_instruction:
            transaction.on_commit(lambda: default_storage.delete(current.kept_as))
        current.delete()


def serve(*, circular: Circular, by: User, today: date) -> Service:
    """To every addressed office that has not got it: the first time, and for offices opened later.

    While one is being worked off, pressing again gives that one.
    """
    return _ask(circular, Errand.NEW, by, today)


def serve_again(*, circular: Circular, by: User, today: date) -> Service:
    """To offices that nothing reached and whose address was mended."""
    return _ask(circular, Errand.AGAIN, by, today)


def _ask(circular: Circular, errand: Errand, by: User, today: date) -> Service:
    require(by=by, permission=SERVE)
    require_own(by=by, government_id=circular.government_id)
    with transaction.atomic():
        current = (
            Circular.objects.select_for_update(of=("self",))
            .select_related("mandate")
            .get(pk=circular.pk)
        )
        running = current.services.filter(done_at=None).first()
        if running is not None:
            return running
        _check_in_force(current.mandate, today)
        _check_somebody(current, errand, today)
        service = Service.objects.create(
            circular=current,
            errand=errand,
            asked_at=timezone.now(),
            day=today,
            asked_by=by,
            asked_by_name=by.name,
        )
        if current.served_on is None:
            Circular.objects.filter(pk=current.pk).update(served_on=today)
        record(
            verb="serve-circular",
            by=by,
            government=current.government_id,
            subject=f"circular:{current.pk}",
            after={"name": current.name, "errand": errand.value},
        )
        serving.wake()
    return service


def _check_somebody(circular: Circular, errand: Errand, today: date) -> None:
    units = left(circular, today) if errand == Errand.NEW else mended(circular)
    if not units.exists():
        raise NobodyLeft(
            _("Tidak ada kantor yang masih perlu disampaikan."),
            next_step=_("Lihat daftarnya; kantor tanpa alamat surel disampaikan dengan cetakan."),
        )


def _check_confirmed(mandate: Mandate) -> None:
    if mandate.confirmed_at is None:
        raise CircularRefused(
            _("Dasar hukum ini belum dikonfirmasi, jadi belum jelas kantor mana yang dituju."),
            next_step=_("Konfirmasi dulu di halaman Dasar hukum."),
            field="mandate",
        )


def _check_in_force(mandate: Mandate, today: date) -> None:
    if mandate.in_force_until is not None and mandate.in_force_until <= today:
        raise CircularRefused(
            _("%(mandate)s tidak berlaku lagi sejak %(day)s.")
            % {"mandate": mandate.name, "day": say_day(mandate.in_force_until)},
            next_step=_("Sampaikan dasar hukum yang menggantikannya."),
        )


def mend_address(*, notice: Notice, email: str, by: User, today: date) -> None:
    """The office's address in the directory, and the message about this circular once more."""
    require(by=by, permission=EDIT_DIRECTORY, unit=notice.unit)
    require(by=by, permission=SERVE)
    if not email.strip():
        raise no_address("")
    with transaction.atomic():
        unit = change_contact(unit=notice.unit, email=email, by=by)
        if serving.send_again(notice.circular, [unit]):
            _record_again(notice, unit, by)
        standing.put_right(unit.government_id, [unit.pk], today)


def _record_again(notice: Notice, unit: Unit, by: User) -> None:
    record(
        verb="serve-circular",
        by=by,
        government=unit.government_id,
        unit=unit.code,
        subject=f"circular:{notice.circular_id}",
        after={"name": notice.circular.name, "errand": Errand.AGAIN.value, "to": unit.email},
    )


def mark_printed(*, circular: Circular, notices: Collection[int], by: User, today: date) -> int:
    """These sheets came out of the printer. Returns how many had not been marked."""
    require(by=by, permission=SERVE)
    require_own(by=by, government_id=circular.government_id)
    with transaction.atomic():
        fresh = circular.notices.filter(pk__in=notices, printed_on=None).order_by("pk")
        units = list(fresh.select_for_update().values_list("unit_id", flat=True))
        fresh.filter(unit__in=units).update(printed_on=today, printed_by_name=by.name)
        standing.put_right(circular.government_id, units, today)
        if units:
            record(
                verb="print-circular",
                by=by,
                government=circular.government_id,
                subject=f"circular:{circular.pk}",
                after={"sheets": len(units)},
            )
    return len(units)


def acknowledge_by_link(*, notice: Notice, name: str, post: str, today: date) -> None:
    """By whoever holds the office's own link."""
    _acknowledge(notice, on=today, how=How.LINK, name=name, post=post, by=LINK, today=today)


def acknowledge_for_office(*, notice: Notice, by: User, post: str, today: date) -> None:
    """By the office's head or officer, signed in."""
    require(by=by, permission=ACKNOWLEDGE, unit=notice.unit)
    _acknowledge(notice, on=today, how=How.OFFICE, name=by.name, post=post, by=by, today=today)


def record_paper(*, notice: Notice, name: str, post: str, on: date, by: User, today: date) -> None:
    """What was signed for on the printed sheet."""
    require(by=by, permission=SERVE, unit=notice.unit)
    if not notice.circular.dated <= on <= today:
        raise CircularRefused(
            _("Tanggal terima harus di antara tanggal surat dan hari ini."),
            next_step=_("Periksa tanggal pada lembar tanda terima."),
            field="on",
        )
    _acknowledge(notice, on=on, how=How.PAPER, name=name, post=post, by=by, today=today)


def _acknowledge(
    notice: Notice, *, on: date, how: How, name: str, post: str, by: Actor, today: date
) -> None:
    name, post = " ".join(name.split())[:_LONGEST], " ".join(post.split())[:_LONGEST]
    if not name:
        raise CircularRefused(
            _("Nama yang menerima belum diisi."), next_step=_("Tulis namanya."), field="name"
        )
    with transaction.atomic():
        # Two who press at once: the second waits here and is told.
        Notice.objects.select_for_update(no_key=True).only("pk").get(pk=notice.pk)
        if Acknowledgement.objects.standing().filter(notice=notice).exists():
            raise AlreadyAcknowledged(
                _("Penerimaan surat ini sudah tercatat."), next_step=_("Muat ulang halaman.")
            )
        Acknowledgement.objects.create(
            notice=notice,
            given_on=on,
            how=how,
            name=name,
            post=post,
            recorded_by=user_or_none(by),
            recorded_at=timezone.now(),
        )
        standing.put_right(notice.government_id, [notice.unit_id], today)
        record(
            verb="acknowledge-circular",
            by=by,
            government=notice.government_id,
            unit=notice.unit.code,
            subject=f"circular:{notice.circular_id}",
            after={"how": how.value, "on": on.isoformat(), "name": name, "post": post},
        )


def void_acknowledgement(
    *, acknowledgement: Acknowledgement, reason: str, by: User, today: date
) -> None:
    """It was given by mistake: it no longer counts, and the office can say so anew."""
    notice = acknowledgement.notice
    require(by=by, permission=SERVE, unit=notice.unit)
    reason = " ".join(reason.split())[:_LONGEST_REASON]
    if not reason:
        raise CircularRefused(
            _("Alasan pembatalannya belum diisi."), next_step=_("Tulis sebabnya."), field="reason"
        )
    with transaction.atomic():
        changed = Acknowledgement.objects.standing().filter(pk=acknowledgement.pk)
        if not changed.update(
            voided_at=timezone.now(), voided_by=by, voided_by_name=by.name, void_reason=reason
        ):
            raise AlreadyVoided(
                _("Penerimaan ini sudah dibatalkan."), next_step=_("Muat ulang halaman.")
            )
        standing.put_right(notice.government_id, [notice.unit_id], today)
        record(
            verb="void-acknowledgement",
            by=by,
            government=notice.government_id,
            unit=notice.unit.code,
            subject=f"circular:{notice.circular_id}",
            before={
                "how": acknowledgement.how,
                "on": acknowledgement.given_on.isoformat(),
                "name": acknowledgement.name,
                "post": acknowledgement.post,
            },
            after={"reason": reason},
        )
