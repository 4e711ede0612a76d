"""The sample's offices were reminded; nothing of it leaves the house, and it goes again."""

from __future__ import annotations

from io import StringIO

import pytest

from kanal.directory.models import Government, RoleKind
from kanal.lib.dates import today
from kanal.mandates.models import Mandate
from kanal.post.calendar import override_day
from kanal.post.models import DayOverride, Outgoing, State
from kanal.reminders import sending
from kanal.reminders.actions import add_rule
from kanal.reminders.composing import KIND
from kanal.reminders.defaults import DEFAULTS
from kanal.reminders.models import Rule, Run, Sent, Step
from kanal.reminders.tests.office import at
from kanal.sample.loading import ensure
from kanal.sample.removing import remove
from tests.factories import a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Government:
    ensure(empty=False, out=StringIO())
    return Government.objects.get()


def test_offices_were_reminded_step_by_step(office: Government) -> None:
    assert Sent.objects.count() > 100
    assert {Step.OFFICER, Step.HEAD} <= set(Sent.objects.values_list("step", flat=True))
    messages = Outgoing.objects.filter(kind=KIND)
    assert set(messages.values_list("state", flat=True)) == {State.SENT}
    assert all(to.endswith(".example") for to in messages.values_list("to", flat=True))


def test_while_it_is_there_nothing_leaves_by_itself(office: Government) -> None:
    for hour in range(7, 17):
        assert sending.send_due(office, at(hour, day=today())) == []


def test_it_goes_and_what_somebody_real_set_up_stays(office: Government) -> None:
    real = a_user(RoleKind.ADMINISTRATOR, government=office)
    mandate, day = Mandate.objects.get(), today()
    own = add_rule(
        mandate=mandate, facts=DEFAULTS[2], by=real, today=day, replaces=Rule.objects.first()
    )
    run = sending.send_now(mandate=mandate, by=real, now=at(9, day=day))
    own_day = override_day(day=day.replace(month=1, day=2), is_working=False, note="Uji", by=real)
    remove(government=office, today=day)
    assert list(Rule.objects.all()) == [own]
    assert list(Run.objects.all()) == [run]
    assert list(DayOverride.objects.all()) == [own_day]
    assert not Sent.objects.exclude(rule=own).exists()
    assert not Outgoing.objects.filter(kind=KIND, state=State.SENT).exists()
