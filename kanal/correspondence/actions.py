"""Drafting: what an office wants to write, before it has a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kanal.appointments import rules
from kanal.appointments.models import Letter, LetterState
from kanal.correspondence.models import Paper, PaperOfficer, PaperState
from kanal.correspondence.permissions import drafting
from kanal.directory.models import Person, Unit, User
from kanal.directory.permissions import require
from kanal.journal.actions import record
from kanal.lib.identity import IdentityKind
from kanal.lib.refusal import Refused
from kanal.register.models import Account
from kanal.stationery.models import PaperForm


class PaperRefused(Refused):
    """The draft says something that can't be so."""

    status = 422


class NotADraft(Refused):
    """It was approved or voided meanwhile."""


@dataclass(frozen=True, kw_only=True)
class OfficerLine:
    """`person` None: somebody the register doesn't know yet."""

    person: Person | None = None
    full_name: str
    identity_kind: IdentityKind
    identity_number: str = ""
    identity_reason: str = ""
    post: str
    rank: str = ""
    replaces: Person | None = None


@dataclass(frozen=True, kw_only=True)
class DraftFacts:
    """`accounts` empty: all the unit's. `copies` None: as the mandate wants it."""

    kind: str
    form: str = PaperForm.SURAT_PENUNJUKAN
    officers: tuple[OfficerLine, ...] = ()
    accounts: tuple[Account, ...] = ()
    begins_on: date | None = None
    ends_on: date | None = None
    reason: str = ""
    corrects: Letter | None = None
    about_unit: Unit | None = None
    lines: tuple[str, ...] = ()
    due_on: date | None = None
    signer_through: str = ""
    copies: tuple[str, ...] | None = None


def draft(*, unit: Unit, facts: DraftFacts, by: User) -> Paper:
    require(by=by, permission=drafting(facts.kind), unit=unit)
    _check(unit, facts)
    with transaction.atomic():
        paper = Paper.objects.create(
            government_id=unit.government_id,
            unit=unit,
            drafted_by=by,
            drafted_by_name=by.name,
            is_sample=by.is_sample,
            **_columns(facts),
        )
        _write_rows(paper, facts)
        tell("draft-paper", paper, by, after=_said(paper, facts))
    return paper


def redraft(*, paper: Paper, facts: DraftFacts, by: User) -> Paper:
    """The same draft with other words; its kind stays."""
    require(by=by, permission=drafting(paper.kind), unit=paper.unit)
    _check(paper.unit, facts)
    with transaction.atomic():
        current = locked(paper, PaperState.DRAFT)
        for name, value in _columns(facts).items():
            setattr(current, name, value)
        current.save()
        current.officers.all().delete()
        _write_rows(current, facts)
        tell("redraft-paper", current, by, after=_said(current, facts))
    return current


def locked(paper: Paper, *states: PaperState) -> Paper:
    """The paper as it stands now, nobody else's until the transaction ends."""
    current = Paper.objects.select_for_update(no_key=True).get(pk=paper.pk)
    current.unit, current.government = paper.unit, paper.government
    if current.state not in states:
        raise NotADraft(
            _("Surat ini sekarang berkeadaan: %(state)s.") % {"state": current.get_state_display()},
            next_step=_("Muat ulang halaman untuk melihat langkah berikutnya."),
        )
    return current


def _check(unit: Unit, facts: DraftFacts) -> None:
    for account in facts.accounts:
        rules.check_account(unit, account)
    if facts.begins_on and facts.ends_on and facts.ends_on < facts.begins_on:
        raise PaperRefused(
            _("Masa berlaku berakhir sebelum dimulai."),
            next_step=_("Periksa tanggal mulai dan tanggal akhir."),
            field="ends_on",
        )
    if facts.corrects and (
        facts.corrects.unit_id != unit.pk or facts.corrects.state != LetterState.ACCEPTED
    ):
        raise PaperRefused(
            _("Yang diralat harus surat kantor ini yang sudah diterima."),
            next_step=_("Pilih surat yang diralat."),
        )
    if facts.about_unit and facts.about_unit.government_id != unit.government_id:
        raise PaperRefused(_("Kantor itu di luar pemerintah ini."), field="about_unit")


def _columns(facts: DraftFacts) -> dict[str, Any]:
    return {
        "kind": facts.kind,
        "form": facts.form,
        "begins_on": facts.begins_on,
        "ends_on": facts.ends_on,
        "reason": facts.reason,
        "corrects": facts.corrects,
        "about_unit": facts.about_unit,
        "lines": list(facts.lines),
        "due_on": facts.due_on,
        "signer_through": facts.signer_through,
        "copies": None if facts.copies is None else list(facts.copies),
    }


def _write_rows(paper: Paper, facts: DraftFacts) -> None:
    paper.accounts.set(facts.accounts)
    PaperOfficer.objects.bulk_create(
        PaperOfficer(
            paper=paper,
            person=line.person,
            full_name=line.full_name,
            identity_kind=line.identity_kind.value,
            identity_number=line.identity_number,
            identity_reason=line.identity_reason,
            post=line.post,
            rank=line.rank,
            replaces=line.replaces,
        )
        for line in facts.officers
    )


def _said(paper: Paper, facts: DraftFacts) -> dict[str, Any]:
    return {
        "kind": paper.kind,
        "form": paper.form,
        "begins_on": facts.begins_on.isoformat() if facts.begins_on else None,
        "officers": [line.full_name for line in facts.officers],
        "corrects": facts.corrects.number if facts.corrects else None,
    }


def discard(*, paper: Paper, by: User) -> None:
    """A draft that nobody will approve goes: it never had a number."""
    require(by=by, permission=drafting(paper.kind), unit=paper.unit)
    with transaction.atomic():
        current = locked(paper, PaperState.DRAFT)
        tell("discard-paper", current, by, before={"kind": current.kind})
        current.delete()


def tell(verb: str, paper: Paper, by: User, **facts: Any) -> None:
    record(
        verb=verb,
        by=by,
        government=paper.government_id,
        unit=paper.unit.code,
        subject=f"paper:{paper.pk}",
        letter=paper.number_text,
        **facts,
    )
