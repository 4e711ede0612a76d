"""A staff number is read as printed, explained when wrong, and never shown whole."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.lib.identity import (
    IdentityKind,
    IdentityMistake,
    Sex,
    mask,
    parse,
    read_employee_number,
)

TODAY = date(2026, 11, 22)
SAEFULLAH = "196402111984031002"
PPPK = "199001012023211005"


@pytest.mark.parametrize(
    "printed",
    [
        SAEFULLAH,
        "19640211 198403 1 002",
        "NIP 19640211 198403 1 002",
        "NIP. 196402111984031002",
        "NIP : 19640211.198403.1.002",
        " nip:19640211-198403-1-002 ",
        "１９６４０２１１１９８４０３１００２",
    ],
)
def test_every_printed_form_is_one_number(printed: str) -> None:
    read = parse(IdentityKind.NIP, printed, today=TODAY)
    assert read.digits == SAEFULLAH
    assert (read.born, read.since) == (date(1964, 2, 11), date(1984, 3, 1))
    assert (read.sex, read.serial, read.contract) == (Sex.MAN, "002", None)


def test_a_pppk_number_says_its_year_and_contract() -> None:
    read = parse(IdentityKind.PPPK, "NI PPPK 19900101 2023 21 1 005", today=TODAY)
    assert (read.born, read.since) == (date(1990, 1, 1), date(2023, 1, 1))
    assert (read.contract, read.sex, read.serial) == (1, Sex.MAN, "005")


def test_digits_thirteen_and_fourteen_tell_the_two_apart() -> None:
    assert read_employee_number(SAEFULLAH, today=TODAY).kind is IdentityKind.NIP
    assert read_employee_number(PPPK, today=TODAY).kind is IdentityKind.PPPK


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("nip", "", "empty"),
        ("nip", "NIP :", "empty"),
        ("nip", "19640211198403100", "length"),
        ("nip", "1964021119840310022", "length"),
        ("nip", "3171010101900001", "nik"),
        ("pppk", "3171010101900001", "nik"),
        ("nrk", "3171010101900001", "nik"),
        ("nip", "199013452017041022", "birth-month"),
        ("nip", "199002302017041022", "birth-day"),
        ("nip", "202702302017041022", "birth-day"),
        ("nip", "202711232046041022", "birth-year"),
        ("nip", "189911231946041022", "birth-year"),
        ("nip", "196402111984131002", "appointment-month"),
        ("nip", "196402111984001002", "appointment-month"),
        ("nip", "196402112099031002", "appointment-future"),
        ("nip", "198402111984031002", "age"),
        ("nip", "190402111984031002", "age"),
        ("nip", "196402111984033002", "sex"),
        ("nip", "196402111984031000", "serial"),
        ("nip", "I96402111984031002", "letter-like-digit"),
        ("nip", "1964O2111984031002", "letter-like-digit"),
        ("nip", "l96402111984031002", "letter-like-digit"),
        ("nip", "Budi Santoso", "not-digits"),
        ("nip", "19640211198403100x", "not-digits"),
        ("nip", "١٩٦٤٠٢١١١٩٨٤٠٣١٠٠٢", "not-digits"),
        ("nip", PPPK, "pppk-as-nip"),
        ("pppk", SAEFULLAH, "nip-as-pppk"),
        ("pppk", "199001012023201005", "contract"),
        ("nip_lama", SAEFULLAH, "length"),
        ("nip_lama", "12345678", "length"),
        ("nrk", "12345", "length"),
        ("tanpa", "123", "number-with-none"),
    ],
)
def test_each_mistake_has_its_own_words(kind: str, text: str, code: str) -> None:
    with pytest.raises(IdentityMistake) as caught:
        parse(IdentityKind(kind), text, today=TODAY)
    assert caught.value.code == code
    assert str(caught.value.what)
    assert str(caught.value.next_step)


def test_the_words_say_what_to_do() -> None:
    with pytest.raises(IdentityMistake) as short:
        parse(IdentityKind.NIP, "19640211198403100", today=TODAY)
    assert "18 angka" in str(short.value.what)
    assert "17 angka" in str(short.value.what)
    with pytest.raises(IdentityMistake) as month:
        parse(IdentityKind.NIP, "199013452017041022", today=TODAY)
    assert "13" in str(month.value.what)
    with pytest.raises(IdentityMistake) as contract:
        parse(IdentityKind.NIP, PPPK, today=TODAY)
    assert "NI PPPK" in str(contract.value.next_step)


def test_a_refused_number_is_never_repeated() -> None:
    for text in ("3171010101900001", "19640211198403100", PPPK):
        with pytest.raises(IdentityMistake) as caught:
            parse(IdentityKind.NIP, text, today=TODAY)
        assert text not in f"{caught.value.what} {caught.value.next_step}"


def test_short_numbers_are_only_counted() -> None:
    assert parse(IdentityKind.OLD_NIP, "NIP. 470 012 345").digits == "470012345"
    assert parse(IdentityKind.NRK, "NRK 123456").digits == "123456"
    assert parse(IdentityKind.NONE, "  ").digits == ""


def test_the_month_before_today_is_not_the_future() -> None:
    assert parse(IdentityKind.NIP, "199001012026111001", today=TODAY).since == date(2026, 11, 1)
    with pytest.raises(IdentityMistake):
        parse(IdentityKind.NIP, "199001012026121001", today=TODAY)


def test_outside_the_file_a_number_is_masked() -> None:
    assert mask(IdentityKind.NIP, SAEFULLAH) == "19640211******1002"
    assert mask("pppk", PPPK) == "19900101******1005"
    assert mask(IdentityKind.OLD_NIP, "470012345") == "47*****45"
    assert mask(IdentityKind.NRK, "123456") == "1****6"
    assert mask(IdentityKind.NONE, "") == ""


def test_a_number_of_a_wrong_length_shows_nothing() -> None:
    assert mask(IdentityKind.NIP, "3171010101900001") == "*" * 16


@given(st.sampled_from(IdentityKind), st.text(max_size=30))
def test_no_text_does_more_than_be_refused(kind: IdentityKind, text: str) -> None:
    try:
        read = parse(kind, text, today=TODAY)
    except IdentityMistake:
        return
    assert read.digits == "" or read.digits.isdigit()


@given(
    st.dates(date(1950, 1, 1), date(1995, 12, 31)),
    st.integers(18, 30),
    st.integers(1, 12),
    st.sampled_from("12"),
    st.integers(1, 999),
)
def test_every_true_number_reads_back(
    born: date, age: int, month: int, sex: str, serial: int
) -> None:
    digits = f"{born:%Y%m%d}{born.year + age}{month:02}{sex}{serial:03}"
    read = parse(IdentityKind.NIP, digits, today=TODAY)
    assert (read.digits, read.born) == (digits, born)
    assert read.since == date(born.year + age, month, 1)
    assert "*" * 6 in mask(read.kind, read.digits)
