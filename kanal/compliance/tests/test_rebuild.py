"""The rows against the facts: what actions wrote is true, what is not is found and mended."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from kanal.compliance.actions import Difference, rebuild, refresh
from kanal.compliance.jobs import rebuild as call_task
from kanal.compliance.jobs import turn_day
from kanal.directory import units
from kanal.directory.models import RoleKind, UnitClass
from kanal.lib.dates import today
from kanal.mandates.models import UnitStatus
from tests.factories import (
    TODAY,
    a_government,
    a_letter,
    a_user,
    accepted,
    an_account,
    an_office,
    an_officer,
)


@pytest.fixture
def melati(jakarta, mandate):
    """Appointed, the softcopy received; its row was kept by the actions alone."""
    unit = an_office("Kelurahan Rawa Melati", government=jakarta)
    rebuild(government=jakarta, today=TODAY)
    an_account(unit)
    accepted(a_letter(unit, officers=[an_officer("Wulan Kartikasari")]))
    return unit


def row(unit) -> UnitStatus:
    return UnitStatus.objects.get(unit=unit)


def test_what_the_actions_wrote_equals_the_facts(jakarta, melati):
    assert row(melati).officer_names == "Wulan Kartikasari"
    assert rebuild(government=jakarta, today=TODAY, check=True).differences == []


def test_a_column_that_lies_is_named_and_mended(jakarta, melati):
    UnitStatus.objects.update(officer_names="Orang Lain")
    lie = Difference(melati.code, "officer_names", "Orang Lain", "Wulan Kartikasari")
    assert rebuild(government=jakarta, today=TODAY, check=True).differences == [lie]
    assert row(melati).officer_names == "Orang Lain"
    assert rebuild(government=jakarta, today=TODAY).differences == [lie]
    assert row(melati).officer_names == "Wulan Kartikasari"


def test_missing_and_superfluous_rows_are_found(jakarta, mandate, melati):
    UnitStatus.objects.all().delete()
    closed = an_office(government=jakarta, closed_on=TODAY - timedelta(days=1))
    UnitStatus.objects.create(
        government=jakarta, mandate=mandate, unit=closed, unit_class="kelurahan"
    )
    found = rebuild(government=jakarta, today=TODAY).differences
    assert {(one.unit, one.column) for one in found} == {(melati.code, "row"), (closed.code, "row")}
    assert list(UnitStatus.objects.values_list("unit", flat=True)) == [melati.pk]


def test_a_rebuild_without_differences_writes_nothing(jakarta, melati, django_assert_num_queries):
    def where():
        return UnitStatus.objects.extra(select={"at": "ctid::text"}).values_list("at", flat=True)[0]

    before = where()
    rebuild(government=jakarta, today=TODAY)
    assert where() == before


def test_the_day_an_officers_term_ends_his_row_turns(jakarta, melati):
    last = TODAY + timedelta(days=5)
    unit = an_office("Kelurahan Duri Pinang", government=jakarta)
    rebuild(government=jakarta, today=TODAY)
    an_account(unit)
    accepted(a_letter(unit, ends_on=last))
    assert row(unit).turns_on == last + timedelta(days=1)
    assert refresh(government=jakarta, today=last) == 0
    assert refresh(government=jakarta, today=last + timedelta(days=1)) == 1
    assert row(unit).vacant_since == last + timedelta(days=1)
    assert row(unit).turns_on is None
    check = rebuild(government=jakarta, today=last + timedelta(days=1), check=True)
    assert check.differences == []


def test_the_hourly_job_turns_what_is_due(jakarta, melati):
    UnitStatus.objects.update(turns_on=today(), officer_names="Kemarin")
    turn_day(0)
    assert row(melati).officer_names == "Wulan Kartikasari"


def run(*arguments: str) -> str:
    said = StringIO()
    call_command("rebuild_status", *arguments, stdout=said)
    return said.getvalue()


def test_the_command_says_all_is_well(melati):
    run()
    assert "31: 1 kantor, 0 kolom berbeda" in run("--check")


def test_the_command_names_each_difference_and_fails(melati):
    run()
    UnitStatus.objects.update(networks=["x"])
    said = StringIO()
    with pytest.raises(CommandError) as failed:
        call_command("rebuild_status", "--check", stdout=said)
    assert failed.value.returncode == 1
    assert f"31 {melati.code} networks: tercatat x, fakta instagram" in said.getvalue()
    assert "1 kolom dibetulkan" in run()


def test_the_command_keeps_to_one_government(melati):
    a_government(code="32", name="Jawa Barat", short_name="Jabar")
    assert run("--government", "32", "--check").startswith("32: 0 kantor")
    with pytest.raises(CommandError, match="Tidak ada pemerintah dengan kode 99"):
        run("--government", "99")


def test_a_house_that_closes_leaves_the_board_without_waiting_for_the_night(jakarta, melati):
    units.close_unit(
        unit=melati,
        on=TODAY,
        successor=None,
        event="dibubarkan",
        by=a_user(RoleKind.ADMINISTRATOR, government=jakarta),
    )
    units.open_unit(
        parent=an_office("Kecamatan Rawa", government=jakarta),
        facts=units.NewUnit(code="RW2", name="Kelurahan Rawa Dua", unit_class=UnitClass.VILLAGE),
        by=a_user(RoleKind.ADMINISTRATOR, government=jakarta),
    )
    waiting = ProcrastinateJob.objects.filter(task_name="compliance.rebuild", status="todo")
    job = waiting.get()
    call_task(**job.args)
    assert not UnitStatus.objects.filter(unit=melati).exists()
    assert UnitStatus.objects.filter(unit__code="RW2").exists()
