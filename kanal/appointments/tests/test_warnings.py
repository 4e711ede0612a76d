"""What the unit's page and the verifier's desk are told to look at."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kanal.appointments.models import LetterKind
from kanal.appointments.warnings import Kind, warnings
from kanal.directory.models import Capacity, Posting, Unit
from kanal.register import actions as register
from kanal.register.models import AccountState
from tests.factories import (
    TODAY,
    a_head,
    a_letter,
    a_verifier,
    accepted,
    an_account,
    an_appointed,
    an_office,
    an_officer,
)

pytestmark = pytest.mark.django_db


def told(unit: Unit, day: date = TODAY) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for alert in warnings(unit.government_id, day, [unit.pk]).alerts:
        found.setdefault(alert.kind, []).append(alert.text)
    return found


@pytest.fixture
def unit() -> Unit:
    return an_office("Kelurahan Rawa Melati")


def test_an_office_in_order_has_nothing_to_be_told(unit: Unit) -> None:
    an_account(unit)
    an_appointed(unit)
    a_head(unit)
    assert told(unit) == {}


def test_an_office_that_never_appointed_is_the_boards_matter(unit: Unit) -> None:
    an_account(unit)
    assert told(unit) == {}


def test_a_stop_without_replacement_leaves_a_vacancy_with_its_days(unit: Unit) -> None:
    account = an_account(unit, today=date(2026, 1, 5))
    lilis = an_appointed(unit, "Lilis Suryani", since=date(2026, 1, 5))
    stop = a_letter(
        unit,
        kind=LetterKind.TERMINATION,
        officers=[an_officer(person=lilis)],
        dated=date(2026, 11, 3),
    )
    accepted(stop)
    assert told(unit, date(2026, 9, 1)) == {}
    assert "hari ini" in told(unit, date(2026, 11, 2))[Kind.ENDING][0]
    assert told(unit) == {
        Kind.VACANCY: [f"{account.shown} tanpa petugas sejak 3 November 2026, sudah 20 hari."]
    }
    register.change_state(
        account=account,
        to=AccountState.PARKED,
        by=a_verifier(government=unit.government),
        today=TODAY,
        note="Tidak dipakai",
    )
    assert told(unit) == {}


def test_one_account_left_out_of_a_letter_is_a_vacancy_of_that_account(unit: Unit) -> None:
    named = an_account(unit)
    other = an_account(unit)
    accepted(a_letter(unit, officers=[an_officer("Lilis Suryani", accounts=[named])]))
    assert told(unit) == {Kind.VACANCY: [f"{other.shown} belum punya petugas."]}


@pytest.mark.parametrize(
    ("ends_on", "words"),
    [
        (TODAY - timedelta(days=3), "tidak lagi bekerja di kantor ini sejak 20 November 2026"),
        (TODAY + timedelta(days=9), "meninggalkan kantor ini 2 Desember 2026"),
    ],
)
def test_an_officer_whose_posting_ends_is_still_an_officer(
    unit: Unit, ends_on: date, words: str
) -> None:
    lilis = an_appointed(unit)
    Posting.objects.filter(person=lilis).update(ends_on=ends_on, end_reason="Mutasi")
    (text,) = told(unit)[Kind.LEAVING]
    assert words in text
    below = an_office("Seksi Pemerintahan", code="31.73.07.1001.9", parent=unit)
    Posting.objects.create(person=lilis, unit=below, post="Pranata Humas")
    assert told(unit) == {}


@pytest.mark.parametrize(
    ("capacity", "begins_on", "warned"),
    [
        (Capacity.PLT, date(2025, 11, 23), True),
        (Capacity.PLT, date(2025, 11, 24), False),
        (Capacity.PLH, date(2026, 8, 23), True),
        (Capacity.PLH, date(2026, 8, 24), False),
        (Capacity.DEFINITIVE, date(2019, 1, 1), False),
    ],
)
def test_an_acting_head_past_the_time_allowed(
    unit: Unit, capacity: Capacity, begins_on: date, warned: bool
) -> None:
    a_head(unit, capacity=capacity, begins_on=begins_on)
    assert (Kind.ACTING in told(unit)) == warned


def test_an_acting_head_who_has_gone_is_forgotten(unit: Unit) -> None:
    a_head(unit, capacity=Capacity.PLT, begins_on=date(2024, 1, 1), ends_on=TODAY)
    assert told(unit) == {}


def test_two_letters_that_wait_and_name_the_same_person(unit: Unit) -> None:
    lilis = an_appointed(unit)
    first = a_letter(unit, kind=LetterKind.TERMINATION, officers=[an_officer(person=lilis)])
    second = a_letter(
        unit,
        kind=LetterKind.REPLACEMENT,
        officers=[an_officer("Wulan Kartikasari", replaces=lilis)],
    )
    (text,) = told(unit)[Kind.CONTRADICTION]
    assert text == (
        f"Surat {first.number} dan {second.number} sama-sama menunggu dan menyebut Lilis Suryani."
    )


def test_a_letter_older_than_one_that_already_had_effect(unit: Unit) -> None:
    lilis = an_appointed(unit)
    newer = a_letter(
        unit,
        kind=LetterKind.REPLACEMENT,
        officers=[an_officer("Wulan Kartikasari", replaces=lilis)],
        dated=date(2026, 11, 16),
    )
    accepted(newer)
    older = a_letter(
        unit,
        kind=LetterKind.REPLACEMENT,
        officers=[an_officer("Dimas Arkananta", replaces=lilis)],
        dated=date(2026, 11, 2),
    )
    (text,) = told(unit)[Kind.CONTRADICTION]
    assert text.startswith(f"Surat {older.number} menunggu, padahal surat {newer.number}")
    accepted(older)
    (text,) = told(unit)[Kind.CONTRADICTION]
    assert text.startswith(f"Surat {older.number} berlaku lebih awal tetapi diterima sesudah")


def test_a_correction_doesnt_contradict_what_it_corrects(unit: Unit) -> None:
    wrong = a_letter(unit, officers=[an_officer("Lilis Suryani")], dated=date(2026, 11, 2))
    accepted(wrong)
    lilis = wrong.officers.get().person
    a_letter(
        unit,
        kind=LetterKind.CORRECTION,
        corrects=wrong,
        officers=[an_officer(person=lilis)],
        dated=date(2026, 11, 9),
        begins_on=date(2026, 11, 2),
    )
    assert told(unit) == {}


def test_an_appointment_about_to_end_until_somebody_goes_on(unit: Unit) -> None:
    first = a_letter(
        unit,
        officers=[an_officer("Lilis Suryani")],
        dated=date(2026, 1, 5),
        ends_on=date(2026, 12, 5),
    )
    accepted(first)
    lilis = first.officers.get().person
    assert told(unit, date(2026, 11, 4)) == {}
    assert told(unit) == {
        Kind.ENDING: [
            "Penunjukan Lilis Suryani berakhir 5 Desember 2026, 12 hari lagi, tanpa kelanjutan."
        ]
    }
    assert "hari ini" in told(unit, date(2026, 12, 5))[Kind.ENDING][0]
    renewed = a_letter(
        unit,
        officers=[an_officer(person=lilis)],
        dated=date(2026, 11, 20),
        begins_on=date(2026, 12, 6),
    )
    accepted(renewed)
    assert told(unit) == {}


def test_a_whole_government_costs_one_query_and_other_offices_stay_apart(unit: Unit) -> None:
    offices = [unit, an_office(), an_office()]
    for office in offices:
        an_account(office, today=date(2026, 1, 5))
        person = an_appointed(office, since=date(2026, 1, 5))
        accepted(
            a_letter(office, kind=LetterKind.TERMINATION, officers=[an_officer(person=person)])
        )
    with CaptureQueriesContext(connection) as asked:
        found = warnings(unit.government_id, TODAY, most=2)
    assert len(asked) == 1
    assert found.totals == {Kind.VACANCY: 3}
    assert len(found.alerts) == 2
    (alone,) = warnings(unit.government_id, TODAY, [offices[1].pk]).alerts
    assert alone.unit_id == offices[1].pk
