"""Tanda terima as a paper of its own: composed once for a receipt, under its agenda number."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from kanal.correspondence.actions import PaperRefused, tell
from kanal.correspondence.composing import earlier_facts, letterhead_and_place
from kanal.correspondence.issuing import write_files
from kanal.correspondence.models import Paper, PaperKind, PaperState
from kanal.directory.models import Government, Unit, UnitClass, User
from kanal.directory.permissions import require
from kanal.intake.models import Receipt
from kanal.intake.permissions import RECEIVE
from kanal.lib.files import Kept
from kanal.lib.refusal import Refused
from kanal.paper.composing import facts
from kanal.paper.composing.codes import new_code
from kanal.paper.composing.mistakes import ComposingMistake

_POST = "Petugas Penerima Surat"


def receipt_paper(*, receipt: Receipt, by: User, today: date, at: datetime) -> Paper:
    """The one there is, else made now. `receipt` comes with its letter, unit and government."""
    require(by=by, permission=RECEIVE, unit=receipt.letter.unit)
    made = Paper.objects.filter(receipt=receipt).select_related("unit", "government").first()
    if made is not None:
        return made
    if receipt.voided_at is not None:
        raise PaperRefused(
            _("Tanda terima ini sudah dibatalkan."), next_step=_("Buka tanda terima yang berlaku.")
        )
    kept: list[Kept] = []
    try:
        with transaction.atomic():
            return _made(receipt, by, today, at, kept)
    except (Refused, ComposingMistake):
        for file in kept:
            default_storage.delete(file.name)
        raise
    except IntegrityError:
        # Somebody else's click came first.
        for file in kept:
            default_storage.delete(file.name)
        return Paper.objects.select_related("unit", "government").get(receipt=receipt)


def _made(receipt: Receipt, by: User, today: date, at: datetime, kept: list[Kept]) -> Paper:
    paper = Paper(
        government=receipt.government,
        unit=receiving_unit(receipt.government),
        kind=PaperKind.RECEIPT,
        form=facts.Form.TANDA_TERIMA.value,
        state=PaperState.SENT,
        receipt=receipt,
        number_text=receipt.agenda,
        code=new_code(),
        dated=today,
        approved_at=at,
        approved_by=by,
        approved_by_name=by.name,
        signed_at=at,
        signed_by_name=receipt.receiver_name,
        sent_at=at,
        sent_by_name=by.name,
        drafted_by=by,
        drafted_by_name=by.name,
        is_sample=receipt.letter.is_sample,
    )
    with override("id"):
        said = _facts(paper, receipt, today)
    write_files(paper, said, at, kept)
    tell("compose-receipt", paper, by, after={"receipt": receipt.pk, "code": paper.code})
    return paper


def receiving_unit(government: Government) -> Unit:
    """The unit that verifies, where it is in the directory by that name; else the government."""
    named = government.verifying_unit_name
    units = Unit.objects.filter(government=government)
    found = units.filter(Q(name__iexact=named) | Q(abbreviation__iexact=named)).first()
    found = found or units.filter(unit_class=UnitClass.GOVERNMENT).first()
    if found is None:
        raise PaperRefused(
            _("Kantor penerima surat tidak ada dalam daftar instansi."),
            next_step=_("Minta administrator mencatatnya dengan nama yang sama."),
        )
    return found


def _facts(paper: Paper, receipt: Receipt, today: date) -> facts.Facts:
    letter = receipt.letter
    printed, place = letterhead_and_place(paper, today)
    return facts.Facts(
        kind=facts.Kind.RECEIPT,
        form=facts.Form.TANDA_TERIMA,
        letterhead=printed,
        agency=paper.unit.name,
        number=receipt.agenda,
        date=today,
        place=place,
        signatory=facts.Signatory(receipt.receiver_name, _POST),
        earlier=earlier_facts(letter),
        receipt=facts.Receipt(
            agenda=receipt.agenda,
            received_on=receipt.received_on,
            medium=str(receipt.get_medium_display()),
            channel=str(receipt.get_channel_display()),
            sender=letter.unit.name,
            receiver=receipt.receiver_name,
        ),
    )
