"""A signed paper on its way: letters into Surat masuk, a pernyataan nihil into the register."""

from __future__ import annotations

import json
from contextlib import ExitStack
from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction

from kanal.appointments.facts import LetterFacts, OfficerFacts
from kanal.appointments.models import Letter
from kanal.appointments.permissions import SUBMIT_LETTER
from kanal.correspondence.actions import locked, tell
from kanal.correspondence.models import (
    FileRole,
    Paper,
    PaperFile,
    PaperKind,
    PaperOfficer,
    PaperState,
)
from kanal.directory.models import User
from kanal.directory.permissions import require
from kanal.intake.actions import submit_letter
from kanal.lib.files import open_kept
from kanal.lib.identity import IdentityKind
from kanal.paper.composing.facts import Facts
from kanal.paper.composing.phrases import subject_of
from kanal.register.actions import declare_nil
from kanal.register.models import Account


def send(*, paper: Paper, by: User, today: date, at: datetime) -> Paper:
    """Everything the verifier has to see goes along; what is refused leaves the paper signed."""
    require(by=by, permission=SUBMIT_LETTER, unit=paper.unit)
    with transaction.atomic():
        current = locked(paper, PaperState.SIGNED)
        if current.is_letter:
            current.letter = _submit(current, by, today)
        elif current.kind == PaperKind.NIL:
            _declare_nil(current, by, today)
        current.state, current.sent_at, current.sent_by_name = PaperState.SENT, at, by.name
        current.save(update_fields=["state", "letter", "sent_at", "sent_by_name"])
        letter = current.letter_id
        tell("send-paper", current, by, after={"letter": letter} if letter else None)
    return current


def _submit(paper: Paper, by: User, today: date) -> Letter:
    with ExitStack() as stack:
        files = [
            File(stack.enter_context(open_kept(row.kept_as)), name=row.name)
            for row in _signed_files(paper)
        ]
        return submit_letter(
            unit=paper.unit,
            facts=letter_facts(paper),
            files=files,
            by=by,
            today=today,
            is_sample=paper.is_sample,
        )


def _signed_files(paper: Paper) -> list[PaperFile]:
    """The electronic original where there is one, else the scans of the paper one."""
    rows = list(paper.files.filter(role__in=[FileRole.SIGNED, FileRole.SCAN]))
    return [row for row in rows if row.role == FileRole.SIGNED] or rows


def letter_facts(paper: Paper) -> LetterFacts:
    """The paper as intake takes letters, from what was printed."""
    said = printed(paper)
    assert paper.dated is not None
    accounts = tuple(paper.accounts.all())
    rows = paper.officers.select_related("person", "replaces")
    return LetterFacts(
        kind=paper.kind,
        form=paper.form,
        number=paper.number_text,
        dated=paper.dated,
        subject=subject_of(said)[:300],
        signer_name=said.signatory.name,
        signer_nip=said.signatory.nip or "",
        signer_post=said.signatory.position,
        signer_capacity=said.signatory.capacity.value,
        begins_on=paper.begins_on or paper.dated,
        ends_on=paper.ends_on,
        corrects=paper.corrects,
        officers=tuple(_officer(row, accounts) for row in rows),
    )


def _officer(row: PaperOfficer, accounts: tuple[Account, ...]) -> OfficerFacts:
    return OfficerFacts(
        full_name=row.full_name,
        identity_kind=IdentityKind(row.identity_kind),
        identity_number=row.identity_number,
        identity_reason=row.identity_reason,
        post=row.post,
        rank=row.rank,
        accounts=accounts,
        replaces=row.replaces,
    )


def printed(paper: Paper) -> Facts:
    """The facts as they stand on the paper, but for the letterhead."""
    return Facts.from_json(
        json.dumps({**(paper.facts or {}), "letterhead": {"government": "-", "unit": "-"}})
    )


def _declare_nil(paper: Paper, by: User, today: date) -> None:
    signer = printed(paper).signatory
    declare_nil(
        unit=paper.unit,
        signer_name=signer.name[:160],
        signer_post=signer.position[:200],
        declared_on=paper.dated or today,
        by=by,
        today=today,
        is_sample=paper.is_sample,
    )
