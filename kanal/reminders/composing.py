"""The mails of a plan: one to each recipient of an office, one to each verifier for all offices."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from django.conf import settings
from django.urls import reverse

from kanal.post.outbox import Draft
from kanal.reminders.models import Rule, Step
from kanal.reminders.planning import Line, Plan
from kanal.reminders.recipients import Recipient
from kanal.reminders.wording import WENT_UP, Writer, filled

KIND = "reminder"
LISTED_AT_MOST = 400
STRANDED = "Kantor tanpa alamat surel menurut {dasar}"


def drafts(plan: Plan, *, run_id: int, at_any_hour: bool = False) -> Iterator[Draft]:
    for draft in _drafts(plan, run_id):
        yield replace(draft, keeps_hours=not at_any_hour)


def _drafts(plan: Plan, run_id: int) -> Iterator[Draft]:
    writer = Writer(plan.mandate, plan.day)
    for line in plan.lines:
        if line.step not in (Step.VERIFIER, Step.NOBODY):
            subject, text = written(line, writer)
            for one in line.recipients:
                yield Draft(
                    key=key_of(line, one),
                    kind=KIND,
                    to=one.address,
                    subject=subject,
                    text=text,
                    unit_id=line.unit_id,
                    is_generated=True,
                )
    yield from _to_verifiers(plan, writer, run_id)


def key_of(line: Line, one: Recipient) -> str:
    office, timed = line.office, line.timed
    counted = office.counted_from.strftime("%Y%m%d")
    return (
        f"reminder:{line.rule.pk}:{line.unit_id}:{counted}:{timed.occurrence}:{_short(one.address)}"
    )


def key_to_verifier(run_id: int, address: str) -> str:
    return f"reminder-list:{run_id}:{_short(address)}"


def _short(address: str) -> str:
    return hashlib.sha256(address.lower().encode()).hexdigest()[:20]


def written(line: Line, writer: Writer) -> tuple[str, str]:
    """Subject and text of the message to one office."""
    values = writer.values(line.office)
    parts = [filled(line.rule.text, values).strip()]
    if line.went_up:
        parts.insert(0, WENT_UP[line.step])
    return filled(line.rule.subject, values), "\n\n".join([*parts, writer.footer()])


def _to_verifiers(plan: Plan, writer: Writer, run_id: int) -> Iterator[Draft]:
    lines = [line for line in plan.lines if line.step == Step.VERIFIER]
    if not lines:
        return
    subject, text = listed(lines, writer)
    for address in sorted(plan.verifiers):
        yield Draft(
            key=key_to_verifier(run_id, address),
            kind=KIND,
            to=address,
            subject=subject,
            text=text,
            is_generated=True,
        )


def listed(lines: list[Line], writer: Writer) -> tuple[str, str]:
    """All offices that a verifier has to see to, in one message."""
    parts, left = [], LISTED_AT_MOST
    for heading, several in _sections(lines):
        rows = [_row(line, writer) for line in several[:left]]
        left -= len(rows)
        if more := len(several) - len(rows):
            rows.append(f"- dan {more} kantor lain: lihat daftarnya di Kanal")
        parts.append("\n".join([filled(heading, writer.general), "", *rows]))
    there = settings.PUBLIC_URL + reverse("reminders:today")
    parts += [f"Daftar lengkap dan tautan WhatsApp: {there}", writer.footer()]
    return f"{_subject(lines, writer)}: {len(lines)} kantor", "\n\n".join(parts)


def _subject(lines: list[Line], writer: Writer) -> str:
    meant = next((line.rule.subject for line in lines if not line.went_up), STRANDED)
    return filled(meant, writer.general)


def _sections(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """What was meant for verifiers, rule by rule; then what nobody below could be sent."""
    meant: dict[Rule, list[Line]] = {}
    for line in lines:
        if not line.went_up:
            meant.setdefault(line.rule, []).append(line)
    found = [(rule.text, several) for rule, several in meant.items()]
    stranded = [line for line in lines if line.went_up]
    return [*found, (WENT_UP[Step.VERIFIER], stranded)] if stranded else found


def _row(line: Line, writer: Writer) -> str:
    values = writer.values(line.office)
    return f"- {values['kantor']}: {values['keadaan']} ({values['sisa']}). {values['tautan']}"
