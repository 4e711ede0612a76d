from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from kanal.appointments import actions as letters
from kanal.appointments.chain import instant
from kanal.appointments.facts import LetterFacts
from kanal.appointments.models import Letter
from kanal.appointments.permissions import SUBMIT_LETTER
from kanal.directory.models import Unit, User
from kanal.directory.permissions import require
from kanal.intake import mail_filing
from kanal.intake.agenda import next_number
from kanal.intake.models import Channel, Medium, Receipt
from kanal.intake.permissions import RECEIVE
from kanal.intake.reading import read_later
from kanal.journal.actions import record
from kanal.lib.refusal import Refused
from kanal.mandates import standing
from kanal.readings.gate import keep_inspected


class AlreadyReceived(Refused):
    """This medium of this letter has its agenda number."""


class ReceivedTomorrow(Refused):
    """A receipt can't be dated ahead, nor before the letter itself."""

    status = 422


class AlreadyVoided(Refused):
    """The receipt was voided before."""


def submit_letter(
    *,
    unit: Unit,
    facts: LetterFacts,
    files: Iterable[File[bytes]] = (),
    evidence: Iterable[File[bytes]] = (),
    by: User,
    today: date,
    is_sample: bool = False,
) -> Letter:
    """A letter with its file is a softcopy received: it gets its agenda number at once."""
    require(by=by, permission=SUBMIT_LETTER, unit=unit)
    kept = [(file.name or "", keep_inspected(file, "surat")) for file in files]
    proof = [(file.name or "", keep_inspected(file, "bukti")) for file in evidence]
    try:
        with transaction.atomic():
            letter = letters.submit(
                unit=unit,
                facts=facts,
                files=kept,
                evidence=proof,
                by=by,
                today=today,
                is_sample=is_sample,
            )
            if kept:
                _receive_softcopy(letter, [file.sha256 for _name, file in kept], by, today)
                read_later(letter, kept, by)
    except Refused:
        for _name, file in (*kept, *proof):
            default_storage.delete(file.name)
        raise
    return letter


def _receive_softcopy(letter: Letter, digests: list[str], by: User, today: date) -> None:
    """A file that came by mail was received then, under that mail's agenda number."""
    mail = mail_filing.origin_of(letter, digests)
    _write_receipt(
        letter,
        medium=Medium.SOFTCOPY,
        channel=Channel.MAIL if mail else Channel.UPLOAD,
        received_on=mail_filing.day_of(mail, letter, today) if mail else today,
        by=by,
        today=today,
        note="",
        agenda=mail_filing.agenda_for(mail) if mail else None,
    )
    if mail:
        mail_filing.entered(mail=mail, letter=letter, digests=digests, by=by)


def receive(
    *,
    letter: Letter,
    medium: Medium,
    channel: Channel,
    received_on: date,
    by: User,
    today: date,
    note: str = "",
) -> Receipt:
    """A copy arrived: the next agenda number of its year, without a gap."""
    require(by=by, permission=RECEIVE, unit=letter.unit)
    if received_on > today or received_on < letter.dated:
        raise ReceivedTomorrow(
            _("Tanggal terima harus di antara tanggal surat dan hari ini."),
            next_step=_("Periksa tanggal pada cap terima."),
            field="received_on",
        )
    with transaction.atomic():
        return _write_receipt(
            letter,
            medium=medium,
            channel=channel,
            received_on=received_on,
            by=by,
            today=today,
            note=note,
        )


def _write_receipt(
    letter: Letter,
    *,
    medium: Medium,
    channel: Channel,
    received_on: date,
    by: User,
    today: date,
    note: str,
    agenda: tuple[int, int] | None = None,
) -> Receipt:
    """`agenda` is the year and number a mail was given before; None: the next one."""
    Letter.objects.select_for_update(no_key=True).only("pk").get(pk=letter.pk)
    _refuse_second(letter, medium)
    year, number = agenda or (today.year, next_number(letter.government_id, today.year))
    receipt = Receipt.objects.create(
        government_id=letter.government_id,
        letter=letter,
        medium=medium,
        channel=channel,
        received_on=received_on,
        agenda_year=year,
        agenda_number=number,
        receiver=by,
        receiver_name=by.name,
        note=note,
    )
    standing.refresh(government_id=letter.government_id, units=[letter.unit_id], today=today)
    record(
        verb=f"receive-{medium}",
        by=by,
        government=letter.government_id,
        unit=letter.unit.code,
        subject=f"receipt:{receipt.pk}",
        letter=letter.number,
        after={"agenda": receipt.agenda, "received_on": received_on.isoformat()},
    )
    return receipt


def _refuse_second(letter: Letter, medium: Medium) -> None:
    earlier = letter.receipts.filter(medium=medium, voided_at=None).first()
    if earlier:
        raise AlreadyReceived(
            _("%(medium)s surat ini sudah diterima, agenda %(agenda)s.")
            % {"medium": earlier.get_medium_display(), "agenda": earlier.agenda},
            next_step=_("Buka tanda terimanya di halaman surat."),
        )


def void(*, receipt: Receipt, reason: str, by: User, today: date) -> None:
    """Batal: the number stays in the book, the receipt no longer counts."""
    require(by=by, permission=RECEIVE, unit=receipt.letter.unit)
    with transaction.atomic():
        changed = Receipt.objects.filter(pk=receipt.pk, voided_at=None).update(
            voided_at=instant(), voided_by_name=by.name, void_reason=reason
        )
        if not changed:
            raise AlreadyVoided(
                _("Tanda terima ini sudah dibatalkan."), next_step=_("Muat ulang halaman.")
            )
        letter = receipt.letter
        standing.refresh(government_id=letter.government_id, units=[letter.unit_id], today=today)
        record(
            verb="void-receipt",
            by=by,
            government=letter.government_id,
            unit=letter.unit.code,
            subject=f"receipt:{receipt.pk}",
            letter=letter.number,
            after={"reason": reason},
        )
