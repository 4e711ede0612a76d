"""Whose mail it is, when several things point somewhere."""

from __future__ import annotations

import pytest

from kanal.intake.mail_units import LETTER, SENDER, sure_unit


@pytest.mark.parametrize(
    ("proposals", "agencies", "expected"),
    [
        ([], [], (None, "no_unit_named")),
        ([], ["Dinas Entah"], (None, "unit_unknown")),
        ([{"unit": 1, "because": [LETTER]}], ["A"], (1, "")),
        ([{"unit": 1, "because": [SENDER]}], [], (1, "")),
        ([{"unit": 1, "because": [SENDER]}], ["Dinas Entah"], (None, "units_differ")),
        (
            [{"unit": 1, "because": [LETTER]}, {"unit": 2, "because": [SENDER]}],
            ["A"],
            (None, "units_differ"),
        ),
        (
            [{"unit": 1, "because": [LETTER]}, {"unit": 2, "because": [LETTER]}],
            ["A", "B"],
            (None, "several_units"),
        ),
    ],
)
def test_only_one_answer_is_an_answer(
    proposals: list[dict[str, object]], agencies: list[str], expected: tuple[int | None, str]
) -> None:
    assert sure_unit(proposals, agencies) == expected
