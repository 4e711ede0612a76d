"""What an office was reminded of, and the rules, days and hours by which it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import TYPE_CHECKING

from django.utils import timezone

from kanal.directory.models import Person, RoleKind
from kanal.mandates.models import Mandate
from kanal.post import calendar
from kanal.reminders import actions, sending
from kanal.reminders.defaults import RuleFacts
from kanal.reminders.models import REMINDED, Sent, Step

if TYPE_CHECKING:
    from tests.walls.houses import Place


def bring(place: Place, day: date, nasty: str) -> Iterator[tuple[str, int]]:
    admin, mandate = place.staff[RoleKind.ADMINISTRATOR], _mandate(place)
    rule = actions.add_rule(
        mandate=mandate,
        facts=RuleFacts(
            name=f"Pengingat {place.word} {nasty}"[:120].strip(),
            stages=REMINDED,
            offset=0,
            step=Step.OFFICER,
            subject=f"Pengingat {place.word} {nasty}"[:200].strip(),
            text=f"{{kantor}} {{keadaan}} {place.word} {nasty}",
        ),
        by=admin,
        today=day,
    )
    override = calendar.override_day(
        day=date(day.year + 1, 2, 10),
        is_working=False,
        note=f"{place.word} {nasty}"[:200],
        by=admin,
    )
    calendar.set_hours(opens=time(6), closes=time(18), by=admin)
    run = sending.send_now(mandate=mandate, by=admin, now=timezone.now())
    person = Person.objects.get(pk=place.values["person"])
    Person.objects.filter(pk=person.pk).update(phone="0812-3456-7890")
    Sent.objects.create(
        government=place.government,
        run=run,
        rule=rule,
        unit=place.unit,
        counted_from=day,
        occurrence=7,
        day=day,
        stage="soft",
        step=Step.OFFICER,
        to=f"kantor@{place.word.lower()}.contoh.go.id",
        person=person,
        key=f"uji:{place.start}",
    )
    yield from (
        ("reminder rule", rule.pk),
        ("day override", override.pk),
        ("reminder run", run.pk),
    )


def _mandate(place: Place) -> Mandate:
    rows = Mandate.objects.select_related("government")
    return rows.get(pk=place.values["mandate"])
