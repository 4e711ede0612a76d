"""A government whose offices are reminded, told on Monday 23 November 2026."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from kanal.compliance.tests.story import a_mandate, decide
from kanal.directory.models import Government, Person, RoleKind, Unit, User
from kanal.lib.workdays import Calendar
from kanal.mandates import standing
from kanal.mandates.models import Mandate
from kanal.post.models import Outgoing
from kanal.reminders import actions, sending
from kanal.reminders.defaults import RuleFacts
from kanal.reminders.models import REMINDED, Rule, Run, Step
from kanal.reminders.planning import Plan, plan
from tests.factories import a_government, a_head, a_user, an_account, an_appointed, an_office

MONDAY = date(2026, 11, 23)
JAKARTA = ZoneInfo("Asia/Jakarta")
LONG_AGO = date(2026, 1, 5)


def at(hour: int, minute: int = 0, *, day: date = MONDAY, zone: ZoneInfo = JAKARTA) -> datetime:
    return datetime.combine(day, time(hour, minute), zone).astimezone(UTC)


@dataclass
class Town:
    """`mandate` has a deadline; its rules are written by its administrator."""

    government: Government = field(default_factory=a_government)
    due: date | None = MONDAY

    def __post_init__(self) -> None:
        self.mandate: Mandate = a_mandate(self.government, due=self.due)
        self.admin: User = a_user(
            RoleKind.ADMINISTRATOR, government=self.government, name="Admin Contoh"
        )
        self.verifier: User = a_user(
            RoleKind.VERIFIER,
            government=self.government,
            email=f"verifikator@{self.government.code}.contoh.id",
        )

    def rule(self, offset: int, *, since: date = LONG_AGO, **facts: Any) -> Rule:
        given: dict[str, Any] = {
            "name": f"Aturan {offset}",
            "stages": REMINDED,
            "offset": offset,
            "step": Step.OFFICER,
            "subject": "Pengingat {kantor}",
            "text": "{kantor} {keadaan}. {sisa}. {langkah}",
            **facts,
        }
        return actions.add_rule(
            mandate=self.mandate, facts=RuleFacts(**given), by=self.admin, today=since
        )

    def extend(self, unit: Unit, due: date) -> None:
        """That office's own deadline."""
        self.mandate.deadlines.create(
            unit=unit,
            effective_on=due,
            reason="Kebanjiran",
            decided_by_name="Kepala Dinas",
            decided_on=LONG_AGO,
        )
        self.stand()

    def decide(self, due: date, *, on: date = LONG_AGO) -> None:
        decide(self.mandate, due, on=on)
        self.stand()

    def stand(self, day: date = MONDAY) -> None:
        standing.rebuild(self.mandate, day)

    def planned(self, day: date = MONDAY, calendar: Calendar | None = None) -> Plan:
        return plan(self.mandate, day, calendar=calendar or Calendar())

    def told(self, day: date = MONDAY) -> dict[str, list[str]]:
        """By office: whom the plan reaches."""
        return {
            line.office.name: [one.address for one in line.recipients]
            for line in self.planned(day).lines
        }

    def send(self, day: date = MONDAY, hour: int = 9) -> list[Run]:
        return sending.send_due(self.government, at(hour, day=day))

    def queued(self) -> list[Outgoing]:
        rows = Outgoing.objects.filter(government=self.government, kind="reminder")
        return list(rows.order_by("pk"))

    def silent(self, name: str, **facts: Any) -> Unit:
        """An office that has said nothing yet; with a mailbox of its own."""
        facts.setdefault("email", f"{name.split()[-1].lower()}@contoh.go.id")
        unit = an_office(name, government=self.government, **facts)
        self.stand()
        return unit

    def without_officer(self, name: str, **facts: Any) -> Unit:
        unit = self.silent(name, **facts)
        an_account(unit, today=date(2025, 6, 1))
        self.stand()
        return unit

    def with_officer(self, name: str, officer: str = "", **facts: Any) -> tuple[Unit, Person]:
        """Softcopy received, hardcopy not; the officer is the only one of the name."""
        unit = self.without_officer(name, **facts)
        person = an_appointed(unit, f"Lilis {name.split()[-1]}", since=date(2025, 8, 1))
        Person.objects.filter(pk=person.pk).update(email=officer)
        self.stand()
        return unit, person

    def headed(self, unit: Unit, email: str = "") -> Person:
        person = a_head(unit, f"Hendra {unit.name.split()[-1]}").person
        Person.objects.filter(pk=person.pk).update(email=email)
        return person
