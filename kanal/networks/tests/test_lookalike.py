"""Names one or two letters from an official one, and the letters that deceive."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.networks.handles import difference, distance, fold_confusable


@pytest.mark.parametrize(
    ("a", "b", "far"),
    [
        ("dkijakarta", "dkijakarta", 0),
        ("dkijakarta", "dkijakarta_", 1),
        ("dkijakarta", "dkijakata", 1),
        ("dkijakarta", "dkijakatra", 1),
        ("dkijakarta", "dkljakarto", 2),
        ("dkijakarta", "bandungkota", 3),
        ("", "ab", 2),
        ("abcdef", "", 3),
        ("ab", "ba", 1),
    ],
)
def test_distance_counts_up_to_the_cutoff(a: str, b: str, far: int) -> None:
    assert distance(a, b) == far
    assert distance(b, a) == far


def _slow(a: str, b: str) -> int:
    """The textbook table (optimal string alignment), to check the banded one against."""
    table = [
        [max(i, j) if not (i and j) else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)
    ]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            table[i][j] = min(
                table[i - 1][j] + 1,
                table[i][j - 1] + 1,
                table[i - 1][j - 1] + (a[i - 1] != b[j - 1]),
            )
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


@given(st.text("abc", max_size=9), st.text("abc", max_size=9), st.integers(1, 4))
def test_the_quick_distance_agrees_with_the_textbook(a: str, b: str, cutoff: int) -> None:
    assert distance(a, b, cutoff) == min(_slow(a, b), cutoff + 1)


@pytest.mark.parametrize(
    "imitation",
    ["dkl_jakarta", "DKI.Jakarta", "dk1jakarta", "d-k-i-jakarta", "dkijаkarta", "ｄｋｉjakarta"],
)
def test_what_the_eye_confuses_folds_to_one(imitation: str) -> None:
    assert fold_confusable(imitation) == fold_confusable("dkijakarta")


def test_pairs_of_letters_that_join_fold_too() -> None:
    assert fold_confusable("humasjakflre") == fold_confusable("humasjakfire")
    assert fold_confusable("pernprov") == fold_confusable("pemprov")
    assert fold_confusable("vvisatadki") == fold_confusable("wisatadki")
    assert fold_confusable("d0lar") == fold_confusable("dolar")
    assert fold_confusable("dinkes") != fold_confusable("dinsos")


def test_the_differing_letter_is_marked() -> None:
    assert difference("dkijakarta", "dkijakarta_") == [("dkijakarta", False), ("_", True)]
    assert difference("dkijakarta", "DKlJakarta") == [
        ("DK", False),
        ("l", True),
        ("Jakarta", False),
    ]
    assert ("", True) in difference("dkijakarta", "dkijakata")


@given(st.text(max_size=20), st.text(max_size=20))
def test_the_pieces_join_to_what_was_given(official: str, text: str) -> None:
    pieces = difference(official, text)
    assert "".join(piece for piece, _ in pieces) == text
    if official == text:
        assert not any(marked for _, marked in pieces)
