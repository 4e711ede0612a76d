"""The sample's facts in the journal, so that an office's journal is not empty beside its letters.

The days are the invented ones; when it was written, and by whom, is the truth: as it was loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from kanal.appointments.models import Letter
from kanal.journal.actions import SYSTEM, Deed, record_many
from kanal.register.models import Account, NilReturn

NOTE = "Data contoh"


class Rows(Protocol):
    @property
    def letters(self) -> list[Letter]: ...
    @property
    def accounts(self) -> list[Account]: ...
    @property
    def nils(self) -> list[NilReturn]: ...


def tell(rows: Rows) -> None:
    """One row a letter, an account or a nil return; together a fraction of a second."""
    record_many(by=SYSTEM, deeds=_deeds(rows))


def _deeds(rows: Rows) -> Iterator[Deed]:
    for account in rows.accounts:
        yield Deed(
            verb="load-sample-account",
            government=account.government_id,
            unit=account.unit.code,
            subject=f"account:{account.pk}",
            after={
                "account": str(account),
                "state": str(account.state),
                "declared_on": account.declared_on.isoformat(),
                "verified_on": _day(account.verified_on),
            },
            note=NOTE,
        )
    for nil in rows.nils:
        yield Deed(
            verb="load-sample-nil",
            government=nil.government_id,
            unit=nil.unit.code,
            subject=f"nil:{nil.pk}",
            after={"declared_on": nil.declared_on.isoformat()},
            note=NOTE,
        )
    for letter in sorted(rows.letters, key=lambda letter: letter.submitted_at):
        yield Deed(
            verb="load-sample-letter",
            government=letter.government_id,
            unit=letter.unit.code,
            letter=letter.number,
            subject=f"letter:{letter.pk}",
            after={
                "kind": str(letter.kind),
                "state": str(letter.state),
                "dated": letter.dated.isoformat(),
                "submitted_on": letter.submitted_at.date().isoformat(),
                "decided_on": _day(letter.decided_at.date() if letter.decided_at else None),
            },
            note=NOTE,
        )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
