"""One rule for how far a unit has come: as a person would say it, and the same in SQL."""

from datetime import date, timedelta
from random import Random

import pytest

from kanal.compliance.figures import Window, count, count_in_database, with_stage
from kanal.compliance.rows import Row, staged
from kanal.compliance.stages import Stage, late, late_days, stage_of, waited_for_since
from kanal.compliance.tests.story import DAY, DUE, a_row, keep
from kanal.mandates.models import UnitStatus

DAYS = [None, DAY - timedelta(days=9), DAY - timedelta(days=1), DAY, DAY + timedelta(days=1)]


def row(**dates: date) -> UnitStatus:
    return UnitStatus(**dates)


@pytest.mark.parametrize("stage", Stage.values)
def test_each_stage_is_read_from_its_dates(mandate, stage):
    assert stage_of(a_row(mandate, stage), DAY) == stage


def test_an_account_outweighs_a_nil_return():
    both = row(nil_since=DAY - timedelta(days=5), accounts_since=DAY)
    assert stage_of(both, DAY) == Stage.NONE
    assert stage_of(both, DAY - timedelta(days=1)) == Stage.NIL


def test_an_officer_counts_from_the_first_day_until_the_day_before_the_end():
    term = row(accounts_since=DUE, officer_from=DAY, officer_until=DAY + timedelta(days=3))
    assert stage_of(term, DAY - timedelta(days=1)) == Stage.NONE
    assert stage_of(term, DAY) == Stage.NAMED
    assert stage_of(term, DAY + timedelta(days=2)) == Stage.NAMED
    assert stage_of(term, DAY + timedelta(days=3)) == Stage.NONE


def test_the_day_after_the_deadline_is_the_first_late_one():
    unit = row(accounts_since=date(2020, 1, 1), due_on=DAY)
    assert late_days(unit, Stage.NONE, DAY) == 0
    assert late_days(unit, Stage.NONE, DAY + timedelta(days=1)) == 1


def test_nobody_is_late_before_somebody_decides_a_deadline():
    unit = row(accounts_since=date(2018, 1, 1))
    assert late_days(unit, Stage.NONE, DAY) == 0


def test_a_duty_that_arose_after_the_deadline_is_late_from_then_on():
    vacant = row(accounts_since=date(2020, 1, 1), due_on=DUE, vacant_since=DAY - timedelta(days=2))
    assert late_days(vacant, Stage.NONE, DAY) == 2
    ended = row(
        accounts_since=date(2020, 1, 1),
        due_on=DUE,
        officer_from=date(2020, 1, 1),
        officer_until=DAY - timedelta(days=3),
    )
    assert late_days(ended, stage_of(ended, DAY), DAY) == 3
    new_letter = row(due_on=DUE, letter_since=DAY - timedelta(days=4))
    assert late_days(new_letter, Stage.SOFT, DAY) == 4


def test_a_complete_unit_waits_for_nothing(mandate):
    done = a_row(mandate, "lengkap", due_on=DAY - timedelta(days=300))
    assert waited_for_since(done, Stage.COMPLETE, DAY) is None
    assert late_days(done, Stage.COMPLETE, DAY) == 0


@pytest.fixture
def every_kind_of_row(mandate):
    """Six hundred rows with dates around the day, in combinations no story would think of."""
    chance = Random(20)
    columns = Row._fields[4:13]
    rows = []
    for _n in range(600):
        made = a_row(mandate, "belum_lapor")
        for column in columns:
            setattr(made, column, chance.choice(DAYS))
        made.officer_until = made.officer_until and max(made.officer_until, DAY)
        rows.append(made)
    keep(rows)
    return UnitStatus.objects.filter(mandate=mandate)


def test_the_database_reads_rows_as_python_does(every_kind_of_row):
    late_in_sql = set(
        with_stage(every_kind_of_row, DAY).filter(late(DAY)).values_list("pk", flat=True)
    )
    stages = set()
    for found in with_stage(every_kind_of_row, DAY):
        stage = stage_of(found, DAY)
        stages.add(stage)
        assert found.stage == stage
        assert found.since == waited_for_since(found, stage, DAY)
        assert (found.pk in late_in_sql) == (late_days(found, stage, DAY) > 0)
    assert stages == set(Stage)
    assert late_in_sql


def test_both_ways_of_counting_agree(every_kind_of_row):
    window = Window.around(DAY, DUE)
    rows = [Row._make(values) for values in every_kind_of_row.values_list(*Row._fields)]
    here, there = count(staged(rows, DAY), window), count_in_database(every_kind_of_row, window)
    assert here.stages == there.stages
    assert here.late == there.late
    assert here.soft == there.soft
