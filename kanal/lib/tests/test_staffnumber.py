"""The rules of staff numbers stand without words, so that papers and forms share them."""

from datetime import date

import pytest

from kanal.lib.staffnumber import IdentityKind, NumberMistake, parse, read_employee_number

TODAY = date(2026, 11, 22)


def test_a_number_says_when_its_owner_was_born_and_appointed() -> None:
    read = read_employee_number("NIP. 19640211 198403 1 002", today=TODAY)
    assert (read.kind, read.digits) == (IdentityKind.NIP, "196402111984031002")
    assert (read.born, read.since) == (date(1964, 2, 11), date(1984, 3, 1))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("19640211198403100", "length"),
        ("3171010101900001", "nik"),
        ("199013452017041022", "birth-month"),
        ("196402111984141002", "appointment-month"),
        ("196402111984033002", "sex"),
        ("196402111984031OO2", "letter-like-digit"),
    ],
)
def test_a_mistake_is_a_code_and_what_it_concerns(text: str, code: str) -> None:
    with pytest.raises(NumberMistake) as caught:
        read_employee_number(text, today=TODAY)
    assert caught.value.code == code
    assert text not in str(caught.value.details)


def test_what_somebody_said_it_is_counts() -> None:
    with pytest.raises(NumberMistake) as caught:
        parse(IdentityKind.PPPK, "196402111984031002", today=TODAY)
    assert caught.value.code == "nip-as-pppk"
