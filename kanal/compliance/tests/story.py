"""Boards for the stories: an instruction, and offices at the stages one wants."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from kanal.directory.models import Government, Unit, UnitClass
from kanal.mandates.models import Addressee, DeadlineDecision, Mandate, UnitStatus
from tests.factories import an_office

DAY = date(2026, 6, 10)
DUE = DAY - timedelta(days=10)


def a_mandate(government: Government, *, due: date | None = DUE) -> Mandate:
    mandate = Mandate.objects.create(
        government=government,
        form="Instruksi Sekretaris Daerah",
        number="20",
        year=2018,
        in_force_from=date(2018, 3, 28),
        text="KESATU",
        text_sha256="0" * 64,
        confirmed_at=datetime(2018, 4, 2, tzinfo=UTC),
        confirmed_by_name="Ratna Dewanti",
    )
    for order, kind in enumerate((UnitClass.OFFICE, UnitClass.DISTRICT, UnitClass.VILLAGE), 1):
        Addressee.objects.create(mandate=mandate, order=order, text=kind, unit_class=kind)
    if due:
        decide(mandate, due)
    return mandate


def decide(mandate: Mandate, due: date, *, on: date = date(2018, 4, 2)) -> None:
    DeadlineDecision.objects.create(
        mandate=mandate,
        effective_on=due,
        reason="Batas tertulis mendahului tanggal surat",
        decided_by_name="Kepala Diskominfotik",
        decided_on=on,
    )


def a_row(mandate: Mandate, stage: str, *, day: date = DAY, **facts: Any) -> UnitStatus:
    """A status row of a new office at that stage, with everything in time before the day."""
    unit = facts.pop("unit", None) or an_office(government=mandate.government)
    return UnitStatus(
        government=mandate.government,
        mandate=mandate,
        unit=unit,
        **{
            "unit_class": unit.unit_class,
            "region": ".".join(unit.region_code.split(".")[:2]),
            "district": ".".join(unit.region_code.split(".")[:3]),
            "due_on": DUE,
            **_dates(stage, day),
            **facts,
        },
    )


def _dates(stage: str, day: date) -> dict[str, Any]:
    if stage == "belum_lapor":
        return {}
    if stage == "kosong":
        return {"nil_since": day - timedelta(days=60)}
    reached = ["belum", "tunjuk", "soft", "lengkap"].index(stage)
    found: dict[str, Any] = {
        "accounts_since": day - timedelta(days=50),
        "networks": ["instagram"],
    }
    if reached >= 1:
        found |= {
            "officer_from": day - timedelta(days=40),
            "letter_since": day - timedelta(days=40),
            "officer_names": "Wulan Kartikasari",
        }
    if reached >= 2:
        found["softcopy_on"] = day - timedelta(days=30)
    if reached >= 3:
        found["hardcopy_on"] = day - timedelta(days=20)
    return found


def keep(rows: Iterable[UnitStatus]) -> list[Unit]:
    return [row.unit for row in UnitStatus.objects.bulk_create(rows)]
