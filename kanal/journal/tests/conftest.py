from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction

from kanal.journal import sealing, signing
from kanal.journal.actions import SYSTEM, Deed, record_many
from kanal.journal.verify import Check, Finding

NOW = datetime(2018, 4, 2, 9, 0, tzinfo=UTC)


def write(*deeds: Deed) -> None:
    with transaction.atomic():
        record_many(by=SYSTEM, deeds=deeds)


def write_some(count: int) -> None:
    write(
        *(
            Deed(
                verb="accept-letter",
                government=1 + number % 2,
                subject=f"letter:{number}",
                unit="31.71.01",
                letter=f"{number}/-1.823.5",
                before={"state": "received", "checks": [1, 2]},
                after={"state": "accepted", "by": "Budi Santoso", "at": 1.10},
                note="lengkap",
            )
            for number in range(1, count + 1)
        )
    )


def seal() -> int:
    return sealing.seal(now=NOW)


def findings(heads: Path | None = None) -> list[Finding]:
    check = Check(
        keys=signing.read_public(signing.public_file()), heads=heads or sealing.heads_file()
    )
    return list(check.findings())


def kinds(heads: Path | None = None) -> set[str]:
    return {finding.kind for finding in findings(heads)}
