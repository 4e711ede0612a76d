from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kanal.appointments import chain, rules
from kanal.appointments.facts import LetterFacts, effect_of
from kanal.appointments.models import (
    Check,
    CheckName,
    Decision,
    Letter,
    LetterFile,
    LetterKind,
    LetterOfficer,
    LetterState,
    ReturnReason,
    Verdict,
)
from kanal.appointments.permissions import SUBMIT_LETTER, VERIFY_LETTER
from kanal.directory.models import Person, Unit, User
from kanal.directory.people import ensure_posting, find_or_add_person
from kanal.directory.permissions import require
from kanal.journal.actions import record
from kanal.lib.files import Kept
from kanal.lib.numbers import fold_letter_number, tidy_letter_number
from kanal.lib.refusal import NotAllowed, Refused
from kanal.mandates import standing
from kanal.register.models import Account


class AlreadyDecided(Refused):
    """Somebody else was quicker, or the page was old."""


class SameHand(NotAllowed):
    """Who submits a letter doesn't verify it."""


class ChecksMissing(Refused):
    """Acceptance needs every named check to say that the letter meets it."""


def submit(
    *,
    unit: Unit,
    facts: LetterFacts,
    files: Iterable[tuple[str, Kept]] = (),
    evidence: Iterable[tuple[str, Kept]] = (),
    by: User,
    today: date,
    is_sample: bool = False,
) -> Letter:
    """Takes a letter in for verification. `files` are (name as sent, what was kept)."""
    require(by=by, permission=SUBMIT_LETTER, unit=unit)
    files, evidence = list(files), list(evidence)
    rules.check_unit(unit, facts, today)
    rules.check_dates(facts, today)
    rules.check_shape(facts)
    rules.check_correction(unit, facts)
    rules.check_accounts(unit, facts.officers)
    rules.check_signer(unit, facts)
    with transaction.atomic():
        _lock(unit)
        rules.check_number(unit, facts)
        rules.check_file_is_new(unit, [kept.sha256 for _name, kept in files])
        letter = _write_letter(unit, facts, by, is_sample)
        _write_officers(letter, facts, by, is_sample)
        _write_files(letter, files, evidence)
        record(
            verb="submit-letter",
            by=by,
            government=unit.government_id,
            unit=unit.code,
            subject=f"letter:{letter.pk}",
            letter=letter.number,
            after=said(letter),
        )
    return letter


def _lock(unit: Unit) -> None:
    """One letter of a unit at a time; other units go on."""
    with connection.cursor() as cursor:
        cursor.execute("select 1 from directory_unit where id = %s for no key update", [unit.pk])


def _write_letter(unit: Unit, facts: LetterFacts, by: User, is_sample: bool) -> Letter:
    return Letter.objects.create(
        government_id=unit.government_id,
        unit=unit,
        kind=facts.kind,
        form=facts.form,
        number=tidy_letter_number(facts.number),
        number_key=fold_letter_number(facts.number),
        year=facts.dated.year,
        dated=facts.dated,
        subject=facts.subject,
        signer_name=facts.signer_name,
        signer_nip=facts.signer_nip,
        signer_post=facts.signer_post,
        signer_capacity=facts.signer_capacity,
        begins_on=facts.begins_on,
        ends_on=facts.ends_on,
        corrects=facts.corrects,
        submitted_by=by,
        submitted_by_name=by.name,
        submitted_at=chain.instant(),
        is_sample=is_sample,
    )


def _counts_in_a_letter(person: Person) -> bool:
    """Named by one that waits or was accepted; whom only returned ones name never came to be."""
    states = set(person.named_in.values_list("letter__state", flat=True))
    return states != {LetterState.RETURNED}


def _write_officers(letter: Letter, facts: LetterFacts, by: User, is_sample: bool) -> None:
    people = [
        find_or_add_person(
            government=letter.government,
            full_name=officer.full_name,
            identity_kind=officer.identity_kind,
            identity_number=officer.identity_number,
            identity_reason=officer.identity_reason,
            by=by,
            is_sample=is_sample,
            vouched_for=_counts_in_a_letter,
        )
        for officer in facts.officers
    ]
    if len({person.pk for person in people}) < len(people):
        raise rules.LetterRefused(
            "officer-twice",
            _("Satu orang disebut dua kali sebagai petugas."),
            next_step=_("Gabungkan tugas dan akunnya dalam satu baris."),
            field="officers",
        )
    leaving = [officer.replaces for officer in facts.officers if officer.replaces]
    if facts.kind != LetterKind.CORRECTION:
        if facts.effect == LetterKind.TERMINATION:
            leaving = people
        rules.check_in_office(letter.unit, leaving, facts.begins_on)
    if facts.effect != LetterKind.TERMINATION:
        rules.check_people(letter.unit, people)
    for person, officer in zip(people, facts.officers, strict=True):
        row = LetterOfficer.objects.create(
            letter=letter,
            person=person,
            post=officer.post,
            rank=officer.rank,
            duties=list(officer.duties),
            replaces=officer.replaces,
            evidence=officer.evidence,
        )
        if officer.accounts:
            row.accounts.set(officer.accounts)


def _write_files(
    letter: Letter, files: list[tuple[str, Kept]], evidence: list[tuple[str, Kept]]
) -> None:
    LetterFile.objects.bulk_create(
        LetterFile(
            letter=letter,
            name=name[:200],
            kept_as=kept.name,
            sha256=kept.sha256,
            size=kept.size,
            media_type=kept.media_type,
            is_evidence=is_evidence,
        )
        for is_evidence, pile in ((False, files), (True, evidence))
        for name, kept in pile
    )


def said(letter: Letter) -> dict[str, Any]:
    """The letter's facts for the journal."""
    return {
        "kind": letter.kind,
        "form": letter.form,
        "number": letter.number,
        "dated": letter.dated.isoformat(),
        "begins_on": letter.begins_on.isoformat(),
        "ends_on": letter.ends_on.isoformat() if letter.ends_on else None,
        "signer": letter.signer_name,
        "capacity": letter.signer_capacity,
        "officers": [
            {
                "person": officer.person_id,
                "name": officer.person.full_name,
                "duties": officer.duties,
                "replaces": officer.replaces_id,
                "accounts": [account.pk for account in officer.accounts.all()],
            }
            for officer in letter.officers.select_related("person").prefetch_related("accounts")
        ],
        "files": list(letter.files.values_list("sha256", flat=True)),
    }


def check(*, letter: Letter, name: CheckName, verdict: Verdict, note: str, by: User) -> Check:
    """One named check, by somebody other than the submitter."""
    require(by=by, permission=VERIFY_LETTER, unit=letter.unit)
    with transaction.atomic():
        _waiting(letter, by)
        row = Check.objects.create(
            letter=letter, name=name, verdict=verdict, note=note, by=by, by_name=by.name
        )
        record(
            verb="check-letter",
            by=by,
            government=letter.government_id,
            unit=letter.unit.code,
            subject=f"letter:{letter.pk}",
            letter=letter.number,
            after={"check": name, "verdict": verdict, "note": note},
        )
    return row


def checks_now(letter: Letter) -> dict[str, Check]:
    """The newest row of each named check."""
    return {row.name: row for row in letter.checks.all()}


def hold(*, letter: Letter, note: str, by: User) -> None:
    """Tunda: the letter waits for something the note names."""
    _decide(letter, LetterState.HELD, by=by, note=note)


def give_back(*, letter: Letter, reason: ReturnReason, note: str, by: User) -> None:
    """Returns the letter to the office, with a typed reason and what to do."""
    _decide(letter, LetterState.RETURNED, by=by, reason=reason, note=note)


def _decide(letter: Letter, outcome: LetterState, *, by: User, note: str, reason: str = "") -> None:
    require(by=by, permission=VERIFY_LETTER, unit=letter.unit)
    with transaction.atomic():
        current = _waiting(letter, by)
        _write_decision(current, outcome, by=by, note=note, reason=reason, at=chain.instant())
        record(
            verb=f"{outcome}-letter",
            by=by,
            government=letter.government_id,
            unit=letter.unit.code,
            subject=f"letter:{letter.pk}",
            letter=letter.number,
            before={"state": current.state},
            after={"state": outcome, "reason": reason, "note": note},
        )
    letter.state = outcome


def _write_decision(
    letter: Letter, outcome: LetterState, *, by: User, note: str, reason: str, at: datetime
) -> None:
    Decision.objects.create(
        letter=letter, outcome=outcome, reason=reason, note=note, by=by, by_name=by.name, at=at
    )
    decided = at if outcome in (LetterState.ACCEPTED, LetterState.RETURNED) else None
    Letter.objects.filter(pk=letter.pk).update(state=outcome, decided_at=decided)


def _waiting(letter: Letter, by: User) -> Letter:
    """The letter as it stands now, locked; refuses when decided, or when it is one's own."""
    current = Letter.objects.select_for_update(no_key=True).get(pk=letter.pk)
    current.unit = letter.unit
    if not current.is_waiting:
        raise AlreadyDecided(
            _("Surat ini sudah %(state)s pada %(at)s.")
            % {
                "state": current.get_state_display().lower(),
                "at": date_format(localtime(current.decided_at), "DATETIME_FORMAT"),
            },
            next_step=_("Muat ulang halaman untuk melihat keadaannya sekarang."),
        )
    if current.submitted_by_id == by.pk:
        raise SameHand(
            _("Surat ini Anda sendiri yang memasukkan."),
            next_step=_("Minta verifikator lain memeriksanya."),
        )
    return current


def accept(*, letter: Letter, by: User, today: date, note: str = "") -> None:
    """The letter takes effect: appointments begin and end in this one transaction."""
    require(by=by, permission=VERIFY_LETTER, unit=letter.unit)
    try:
        with transaction.atomic():
            _lock(letter.unit)
            current = _waiting(letter, by)
            _all_checks_meet(current)
            officers = list(
                current.officers.select_related("person", "replaces").prefetch_related("accounts")
            )
            rules.check_still_true(current, officers)
            at = _carry_out(current, officers)
            _write_decision(current, LetterState.ACCEPTED, by=by, note=note, reason="", at=at)
            standing.refresh(
                government_id=current.government_id, units=[current.unit_id], today=today
            )
            record(
                verb="accept-letter",
                by=by,
                government=current.government_id,
                unit=letter.unit.code,
                subject=f"letter:{letter.pk}",
                letter=letter.number,
                before={"state": current.state},
                after={"state": LetterState.ACCEPTED},
            )
    except IntegrityError as clash:
        raise ChecksMissing(
            _("Surat ini bertentangan dengan penunjukan yang sudah berlaku."),
            next_step=_("Lihat masa tugas petugas di halaman kantor, lalu kembalikan surat ini."),
        ) from clash
    letter.state = LetterState.ACCEPTED


def _all_checks_meet(letter: Letter) -> None:
    done = checks_now(letter)
    missing = [
        str(name.label)
        for name in CheckName
        if name not in done or done[name].verdict != Verdict.MEETS
    ]
    if missing:
        raise ChecksMissing(
            _("Belum semua pemeriksaan memenuhi: %(checks)s.") % {"checks": "; ".join(missing)},
            next_step=_("Lengkapi pemeriksaan, tunda, atau kembalikan surat."),
        )


def _carry_out(letter: Letter, officers: list[LetterOfficer]) -> datetime:
    """Begins and ends terms; returns the one instant of it."""
    if letter.corrects is not None:
        # A moment of its own before: what it puts back may at once give way again.
        chain.undo(letter.corrects, at=chain.instant())
    at = chain.instant()
    effect = effect_of(letter.kind, letter.corrects)
    leaving = [officer.replaces for officer in officers if officer.replaces]
    if effect == LetterKind.TERMINATION:
        leaving = [officer.person for officer in officers]
    if leaving:
        rules.check_in_office(letter.unit, leaving, letter.begins_on)
    running = list(Account.objects.active().filter(unit_id=letter.unit_id)) if leaving else []
    until = letter.ends_on + timedelta(days=1) if letter.ends_on else None
    for officer in officers:
        scope: chain.Scope = list(officer.accounts.all()) or [None]
        goes = officer.person if effect == LetterKind.TERMINATION else officer.replaces
        if goes is not None:
            rows = chain.known(letter, goes, scope)
            chain.release(rows, scope=scope, rest=running, letter=letter, at=at)
        if effect != LetterKind.TERMINATION and not officer.only_leaves:
            chain.begin(letter=letter, officer=officer, scope=scope, until=until, at=at)
            ensure_posting(
                person=officer.person,
                unit=letter.unit,
                post=officer.post,
                rank=officer.rank,
                begins_on=letter.begins_on,
            )
    return at
