"""Days as they are written in letters."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.lib.dates import DayMistake, local_day, parse_day, say_day
from kanal.lib.daywords import find_days

SIGNED = date(2018, 3, 28)


@pytest.mark.parametrize(
    "written",
    [
        "28 Maret 2018",
        "28 MARET 2018",
        " 28  maret\n2018 ",
        "28 Mar 2018",
        "28 Mrt. 2018",
        "28-Mar-2018",
        "2018-03-28",
        "28-03-2018",
        "28/3/2018",
        "28.03.2018",
        "Rabu, 28 Maret 2018",
        "28\u00a0Maret\u00a02018",
        "２８ Maret ２０１８",
        "28 March 2018",
    ],
)
def test_one_day_in_many_writings(written: str) -> None:
    assert parse_day(written) == SIGNED


@pytest.mark.parametrize(
    ("month", "number"),
    [
        ("Pebruari", 2),
        ("Peb", 2),
        ("Agt", 8),
        ("Ags", 8),
        ("Agustus", 8),
        ("Sept", 9),
        ("Okt", 10),
        ("Nopember", 11),
        ("Nop", 11),
        ("Nov", 11),
        ("Des", 12),
    ],
)
def test_old_and_short_month_names(month: str, number: int) -> None:
    assert parse_day(f"1 {month} 2020") == date(2020, number, 1)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "belum diisi"),
        ("Maret 2018", "tanggalnya belum ada"),
        ("31 April 2018", "tidak ada di kalender"),
        ("29 Februari 2018", "tidak ada di kalender"),
        ("03/28/2018", "Bulan 28 tidak ada"),
        ("28-03-18", "empat angka"),
        ("28 Merat 2018", "bukan nama bulan"),
        ("28 Maret 1018", "di luar"),
        ("Senin, 28 Maret 2018", "bukan hari Senin"),
        ("besok", "tidak terbaca"),
        ("28 Maret 2018 dan 29 Maret 2018", "tidak terbaca"),
    ],
)
def test_what_is_not_one_certain_day_is_refused(written: str, says: str) -> None:
    with pytest.raises(DayMistake) as caught:
        parse_day(written)
    assert says in str(caught.value.what)


def test_a_day_is_said_in_both_languages() -> None:
    assert say_day(SIGNED) == "28 Maret 2018"
    assert say_day(SIGNED, short=True) == "28 Mar 2018"
    assert say_day(date(2018, 8, 1), short=True) == "1 Agt 2018"
    assert say_day(SIGNED, "en") == "28 March 2018"
    assert say_day(date(2018, 8, 1), "en", short=True) == "1 Aug 2018"


def test_the_day_depends_on_where_the_government_is() -> None:
    late = datetime(2018, 3, 28, 16, 30, tzinfo=UTC)
    assert local_day(late) == date(2018, 3, 28)
    assert local_day(late, "Asia/Makassar") == date(2018, 3, 29)
    assert local_day(late, "Asia/Jayapura") == date(2018, 3, 29)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(["id", "en"]), st.booleans())
def test_what_is_said_is_read_back(day: date, language: str, short: bool) -> None:
    assert parse_day(say_day(day, language, short)) == day
    assert parse_day(day.isoformat()) == day


@given(st.text(max_size=40))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    try:
        parse_day(text)
    except DayMistake as mistake:
        says = str(mistake.what)
    else:
        says = "a day"
    assert says


def test_days_inside_a_text_keep_their_place() -> None:
    text = "ditetapkan 28\nMaret 2018, paling lambat 31 Juni 2018 atau 1 Nopember 2018"
    found = [(one.day, text[one.start : one.end]) for one in find_days(text)]
    assert found == [
        (SIGNED, "28\nMaret 2018"),
        (date(2018, 11, 1), "1 Nopember 2018"),
    ]
