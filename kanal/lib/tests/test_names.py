"""One person in a decree and in a letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.lib.names import fold, initials, may_be_one, split_titles, suggest_key


@pytest.mark.parametrize(
    ("written", "prefix", "bare", "suffix"),
    [
        ("Drs. H. Budi Santoso, M.Si.", "Drs. H.", "Budi Santoso", "M.Si."),
        ("BUDI SANTOSO", "", "BUDI SANTOSO", ""),
        ("Drs.H.Budi Santoso,MSi", "Drs.H.", "Budi Santoso", "MSi"),
        (
            "Prof. Dr. Ir. Ani Lestari, S.T., M.T., Ph.D.",
            "Prof. Dr. Ir.",
            "Ani Lestari",
            "S.T., M.T., Ph.D.",
        ),
        ("dr. Sari, Sp.A", "dr.", "Sari", "Sp.A"),
        ("Joko Wibowo, AP, M.Si", "", "Joko Wibowo", "AP, M.Si"),
        ("TOGAR UTAMI, SE MM", "", "TOGAR UTAMI", "SE MM"),
        ("Ratna Dewi S.Sos", "", "Ratna Dewi", "S.Sos"),
        ("Dedi Wicaksono, S.I.Kom.", "", "Dedi Wicaksono", "S.I.Kom."),
        ("  Ayu \u00a0 Rahman ", "", "Ayu Rahman", ""),
        # What is not surely a title stays in the name.
        ("SANTOSO, BUDI", "", "SANTOSO, BUDI", ""),
        ("I Gusti A. N. Putra", "", "I Gusti A. N. Putra", ""),
        ("M. Yusuf", "", "M. Yusuf", ""),
        ("Ma'ruf Amin", "", "Ma'ruf Amin", ""),
        ("H.", "", "H.", ""),
        ("Saefullah", "", "Saefullah", ""),
    ],
)
def test_titles_are_parted_from_the_name(written: str, prefix: str, bare: str, suffix: str) -> None:
    name = split_titles(written)
    assert (name.prefix, name.bare, name.suffix) == (prefix, bare, suffix)


def test_the_whole_name_can_be_said_again() -> None:
    assert split_titles("Drs. H. Budi Santoso, M.Si.").full == "Drs. H. Budi Santoso, M.Si."
    assert split_titles("Saefullah").full == "Saefullah"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BUDI SANTOSO", "Drs. H. Budi  Santoso, M.Si."),
        ("Moh. Yusuf", "MUHAMMAD YUSUF"),
        ("Mochamad Yusuf", "Mohammad Yusuf"),
        ("Muh Yusuf", "Muhamad Yusuf"),
        ("A.N. Putra", "A. N. Putra"),
        ("Ma’ruf", "MA'RUF"),
        ("André", "Andre"),
    ],
)
def test_two_writings_of_one_name_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_different_people_stay_different() -> None:
    assert fold("Budi Santoso") != fold("Budi Susanto")
    assert fold("Muhibbah") != fold("Muhammad")


def test_old_spelling_counts_for_suggestions_only() -> None:
    assert suggest_key("Soekarno Tjokro Djoko") == suggest_key("Sukarno Cokro Joko")
    assert suggest_key("Nur Hayati") == suggest_key("Nurhayati")
    assert fold("Soekarno") != fold("Sukarno")


def test_initials_are_of_the_first_and_last_name() -> None:
    assert initials("Budi Hartono Santoso") == "BS"
    assert initials("Saefullah") == "S"
    assert initials("...") == "?"


@given(st.text(max_size=60))
def test_any_text_can_be_a_name(text: str) -> None:
    name = split_titles(text)
    assert split_titles(name.bare).bare.split() == name.bare.split() or name.prefix or name.suffix
    assert fold(fold(text)) == fold(fold(fold(text)))
    suggest_key(text)
    assert len(initials(text)) >= 1


@pytest.mark.parametrize(
    ("first", "second", "may"),
    [
        ("Drs. H. Budi Santoso, M.Si.", "BUDI SANTOSO", True),
        ("Lilis Suryani", "Lilis Soeryani", True),
        ("Lilis Suriani", "Lilis Suryani, S.Sos.", True),
        ("L. Suryani", "Lilis Suryani", True),
        ("Lilis S.", "Lilis Suryani", True),
        ("Moh. Ali", "Muhammad Ali Akbar", True),
        ("Budi Penipu", "Lilis Suryani", False),
        ("Budi Penipu", "Budi Santoso", False),
        ("L. S.", "Lilis Suryani", False),
        ("", "Lilis Suryani", False),
    ],
)
def test_two_spellings_may_be_one_person(first: str, second: str, may: bool) -> None:
    assert may_be_one(first, second) is may
    assert may_be_one(second, first) is may
