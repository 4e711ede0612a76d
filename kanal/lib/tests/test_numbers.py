"""Two writings of one letter number."""

import pytest

from kanal.lib.numbers import fold_letter_number, tidy_letter_number


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("e-0037/HM.03.00", "e-OO37/HM.03.00"),
        ("e-0037/HM.03.00", "E-0037 / hm.03.00"),
        ("112/-1.823.5", "l12/-I.823.5"),
        ("46/SE/2021", "Nomor : 46/SE/2021"),
        ("46/SE/2021", "No. 46 / SE / 2021"),
        ("46/SE–2021", "46/SE-2021"),
        ("20", "Nomor 20"),
    ],
)
def test_slips_of_typing_and_scanning_do_not_make_a_new_number(one: str, other: str) -> None:
    assert fold_letter_number(one) == fold_letter_number(other)


def test_different_numbers_stay_different() -> None:
    folded = {
        fold_letter_number(n) for n in ("46/SE/2021", "46/SE/2022", "47/SE/2021", "461/SE/2021")
    }
    assert len(folded) == 4


def test_a_number_is_kept_as_written_but_tidy() -> None:
    assert tidy_letter_number(" Nomor :  e-0037 / HM.03.00 ") == "e-0037/HM.03.00"
    assert tidy_letter_number("0412/-1.823.5") == "0412/-1.823.5"
    assert tidy_letter_number("Nota 12") == "Nota 12"
