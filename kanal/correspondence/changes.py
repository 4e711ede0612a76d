"""What a ralat puts right: the letter as accepted beside what the draft says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kanal.appointments.models import LetterOfficer
from kanal.correspondence.models import Paper, PaperOfficer
from kanal.lib.daywords import MONTH_NAMES
from kanal.paper.composing.facts import Correction


def changes(paper: Paper, officers: list[PaperOfficer]) -> Iterator[Correction]:
    """In the letter's own order; nothing where nothing differs."""
    letter = paper.corrects
    if letter is None:
        return
    was = list(letter.officers.select_related("person").order_by("pk"))
    for at in range(max(len(was), len(officers))):
        old = was[at] if at < len(was) else None
        new = officers[at] if at < len(officers) else None
        yield from _of_officer(at + 1, old, new)
    yield from _day("tanggal mulai berlaku", letter.begins_on, paper.begins_on)
    yield from _day("tanggal akhir berlaku", letter.ends_on, paper.ends_on)


def _of_officer(
    at: int, old: LetterOfficer | None, new: PaperOfficer | None
) -> Iterator[Correction]:
    before = _shown(old) if old else {}
    after = _said(new) if new else {}
    if old is None or new is None:
        whole = (" / ".join(filter(None, one.values())) or "-" for one in (before, after))
        yield Correction(f"petugas nomor {at}", *whole)
        return
    for name, was in before.items():
        if was != after[name]:
            yield Correction(f"{name} petugas nomor {at}", was or "-", after[name] or "-")


def _shown(row: LetterOfficer) -> dict[str, str]:
    return {
        "nama": row.person.full_name,
        "NIP": row.person.identity_number,
        "jabatan": row.post,
        "pangkat/golongan": row.rank,
    }


def _said(row: PaperOfficer) -> dict[str, str]:
    return {
        "nama": row.full_name,
        "NIP": row.identity_number,
        "jabatan": row.post,
        "pangkat/golongan": row.rank,
    }


def _day(where: str, was: date | None, becomes: date | None) -> Iterator[Correction]:
    if was != becomes:
        yield Correction(where, _written(was), _written(becomes))


def _written(day: date | None) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}" if day else "-"
