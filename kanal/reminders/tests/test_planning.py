"""Who is reminded of what on which day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kanal.directory.models import Government, RoleKind
from kanal.lib.workdays import Calendar
from kanal.mandates.models import DeadlineDecision, Mandate
from kanal.post.models import DeadAddress
from kanal.reminders.actions import end_rule
from kanal.reminders.models import Step
from kanal.reminders.tests.office import MONDAY, Town
from tests.factories import GovernmentFactory, a_user

pytestmark = pytest.mark.django_db

FRIDAY = date(2026, 11, 20)
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def town() -> Town:
    return Town()


def days_of(town: Town, first: date = date(2026, 11, 1), days: int = 60) -> list[date]:
    """On which days the only rule's only office is reminded, day by day."""
    calendar = Calendar()
    every = [first + timedelta(days=n) for n in range(days)]
    return [day for day in every if town.planned(day, calendar).lines]


def test_before_the_deadline(town: Town) -> None:
    town.silent("Kelurahan Melati")
    town.rule(-5)
    assert days_of(town) == [date(2026, 11, 16)]


def test_on_the_deadline(town: Town) -> None:
    town.silent("Kelurahan Melati")
    town.rule(0)
    assert days_of(town) == [MONDAY]


def test_after_the_deadline_again_and_again_until_it_is_enough(town: Town) -> None:
    """Christmas and its joint leave lie in the way of the last."""
    town.silent("Kelurahan Melati")
    town.rule(3, every=7, times=3)
    assert days_of(town) == [
        date(2026, 11, 26),
        date(2026, 12, 7),
        date(2026, 12, 16),
        date(2026, 12, 29),
    ]


def test_one_offices_own_deadline_counts_for_it_alone(town: Town) -> None:
    late = town.silent("Kelurahan Melati")
    town.silent("Kelurahan Kencana")
    town.extend(late, MONDAY + timedelta(days=7))
    town.rule(-5)
    assert set(town.told(date(2026, 11, 16))) == {"Kelurahan Kencana"}
    assert set(town.told(MONDAY)) == {"Kelurahan Melati"}


def test_an_extended_deadline_is_reminded_of_anew(town: Town) -> None:
    unit = town.silent("Kelurahan Melati")
    town.rule(0)
    assert len(town.send()) == 1
    town.extend(unit, TUESDAY)
    assert set(town.told(TUESDAY)) == {"Kelurahan Melati"}


def test_without_a_deadline_nobody_is_reminded() -> None:
    town = Town(due=None)
    town.silent("Kelurahan Melati")
    town.without_officer("Kelurahan Kencana")
    town.rule(-5, every=1, times=60)
    assert days_of(town) == []


def test_a_deadline_to_come_that_was_decided_later(town: Town) -> None:
    DeadlineDecision.objects.all().delete()
    town.silent("Kelurahan Melati")
    town.rule(-1)
    assert town.told() == {}
    town.decide(TUESDAY)
    assert set(town.told()) == {"Kelurahan Melati"}


def test_only_the_stages_that_the_rule_names(town: Town) -> None:
    town.silent("Kelurahan Melati")
    town.without_officer("Kelurahan Kencana")
    town.with_officer("Kelurahan Zamrud", "lilis@contoh.go.id")
    town.rule(0, stages=("belum", "soft"))
    found = {line.office.name: line.office.stage for line in town.planned().lines}
    assert found == {"Kelurahan Kencana": "belum", "Kelurahan Zamrud": "soft"}


def test_a_duty_that_arose_after_the_deadline_counts_from_its_own_day() -> None:
    """As on the board: nobody is reminded of a year that they were complete in."""
    town = Town(due=date(2025, 3, 3))
    unit, _person = town.with_officer("Kelurahan Melati", "lilis@contoh.go.id")
    town.mandate.statuses.filter(unit=unit).update(
        officer_from=None, officer_until=None, vacant_since=FRIDAY
    )
    town.rule(1, stages=("belum",))
    (line,) = town.planned().lines
    assert line.office.counted_from == FRIDAY


def test_a_rule_says_nothing_of_days_before_it_was_one(town: Town) -> None:
    town.silent("Kelurahan Melati")
    town.rule(-1, since=MONDAY)
    assert town.told(FRIDAY) == {}
    assert town.told(MONDAY) == {}


def test_an_ended_rule_reminds_nobody(town: Town) -> None:
    town.silent("Kelurahan Melati")
    rule = town.rule(0)
    end_rule(rule=rule, by=town.admin, today=MONDAY)
    assert town.told() == {}


def test_a_replaced_mandate_reminds_nobody(town: Town) -> None:
    town.silent("Kelurahan Melati")
    town.rule(0)
    Mandate.objects.filter(pk=town.mandate.pk).update(in_force_until=MONDAY)
    assert town.send() == []
    assert town.queued() == []


def test_an_override_moves_the_day(town: Town) -> None:
    town.silent("Kelurahan Melati")
    town.rule(1)
    assert town.planned(TUESDAY).lines
    closed = Calendar({TUESDAY: False})
    assert not town.planned(TUESDAY, closed).lines
    assert town.planned(date(2026, 11, 25), closed).lines


class TestSteps:
    def test_the_officer_is_asked_first(self, town: Town) -> None:
        unit, _person = town.with_officer("Kelurahan Melati", "lilis@contoh.go.id")
        town.headed(unit, "hendra@contoh.go.id")
        town.rule(0)
        assert town.told() == {"Kelurahan Melati": ["lilis@contoh.go.id"]}

    def test_an_officer_who_signs_in_has_that_address(self, town: Town) -> None:
        unit, person = town.with_officer("Kelurahan Melati")
        a_user(RoleKind.OFFICER, unit, person=person, email="masuk@contoh.go.id")
        town.rule(0)
        assert town.told() == {"Kelurahan Melati": ["masuk@contoh.go.id"]}

    def test_without_an_officers_address_it_goes_up_and_says_so(self, town: Town) -> None:
        unit, _person = town.with_officer("Kelurahan Melati")
        town.headed(unit, "hendra@contoh.go.id")
        town.rule(0)
        (line,) = town.planned().lines
        assert (line.step, line.went_up) == (Step.HEAD, True)
        town.send()
        (message,) = town.queued()
        assert message.to == "hendra@contoh.go.id"
        assert "karena kantor ini belum mempunyai petugas dengan alamat surel" in message.text

    def test_who_signs_in_as_head_is_one(self, town: Town) -> None:
        unit = town.silent("Kelurahan Melati", email="")
        a_user(RoleKind.UNIT_HEAD, unit, email="lurah@contoh.go.id")
        town.rule(0, step=Step.HEAD)
        assert town.told() == {"Kelurahan Melati": ["lurah@contoh.go.id"]}

    def test_the_offices_own_mailbox_stands_last(self, town: Town) -> None:
        unit = town.silent("Kelurahan Melati", email="kelurahan@contoh.go.id")
        town.rule(0, step=Step.HEAD)
        assert town.told() == {"Kelurahan Melati": ["kelurahan@contoh.go.id"]}
        town.headed(unit, "hendra@contoh.go.id")
        assert town.told() == {"Kelurahan Melati": ["hendra@contoh.go.id"]}

    def test_nobody_below_and_it_is_the_verifiers(self, town: Town) -> None:
        town.silent("Kelurahan Melati", email="")
        town.rule(0)
        assert town.told() == {"Kelurahan Melati": [town.verifier.email]}

    def test_nobody_at_all_is_told_too(self, town: Town) -> None:
        town.verifier.roles.all().delete()
        town.silent("Kelurahan Melati", email="")
        town.rule(0)
        (line,) = town.planned().lines
        assert (line.step, line.recipients) == (Step.NOBODY, ())
        (run,) = town.send()
        assert run.figures["nobody"] == 1
        assert run.sent.get().to == ""
        assert town.queued() == []

    def test_a_dead_address_counts_as_none_and_is_told(self, town: Town) -> None:
        unit, _person = town.with_officer("Kelurahan Melati", "Lilis@contoh.go.id")
        town.headed(unit, "hendra@contoh.go.id")
        DeadAddress.objects.create(
            government=town.government, address="lilis@contoh.go.id", bounced_at=timezone.now()
        )
        town.rule(0)
        (line,) = town.planned().lines
        assert line.reached.dead == ("Lilis@contoh.go.id",)
        assert line.step == Step.HEAD

    def test_what_is_no_address_counts_as_none(self, town: Town) -> None:
        town.with_officer("Kelurahan Melati", "lilis di kantor", email="kantor@contoh.go.id")
        town.rule(0)
        assert town.told() == {"Kelurahan Melati": ["kantor@contoh.go.id"]}

    def test_one_message_at_a_step_and_rather_the_one_meant_for_it(self, town: Town) -> None:
        unit = town.silent("Kelurahan Melati", email="")
        town.headed(unit, "hendra@contoh.go.id")
        town.rule(0, order=90)
        meant = town.rule(0, step=Step.HEAD, order=10)
        (line,) = town.planned().lines
        assert line.rule == meant


def test_another_government_is_not_asked(town: Town) -> None:
    far: Government = GovernmentFactory(code="32", short_name="Pemprov Zamrud")
    there = Town(far)
    there.silent("Kelurahan Zamrud")
    there.rule(0)
    town.silent("Kelurahan Melati")
    town.rule(0)
    assert set(town.told()) == {"Kelurahan Melati"}
    assert set(there.told()) == {"Kelurahan Zamrud"}
    town.send()
    assert there.queued() == []


def test_a_day_costs_as_many_queries_for_many_offices_as_for_few(town: Town) -> None:
    town.rule(0)
    town.rule(0, step=Step.HEAD)
    asked = []
    for name in ("Melati", "Kencana", "Kenanga"):
        town.silent(f"Kelurahan {name}")
        with CaptureQueriesContext(connection) as queries:
            town.planned()
        asked.append(len(queries))
    assert len(set(asked)) == 1
    assert asked[0] <= 13
