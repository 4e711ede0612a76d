"""Letters of offices all over the country, as PDF and as DOCX, are read and judged alike."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from kanal.paper.reading.document import read_letters
from kanal.paper.tests import (
    letters_between_the_samples,
    letters_in_further_words,
    letters_in_many_words,
    letters_last_met,
    letters_met_at_the_end,
    letters_never_seen,
    letters_of_a_later_round,
    letters_of_few_words,
    letters_of_other_offices,
    letters_with_faults,
    letters_with_more_faults,
    letters_with_odd_forms,
)
from kanal.paper.tests.reading_desk import TODAY
from kanal.paper.tests.score import score

SETS = (
    letters_of_other_offices,
    letters_with_faults,
    letters_with_odd_forms,
    letters_last_met,
    letters_with_more_faults,
    letters_never_seen,
    letters_met_at_the_end,
    letters_between_the_samples,
    letters_in_further_words,
    letters_of_a_later_round,
    letters_of_few_words,
)


@pytest.mark.parametrize("letters", SETS, ids=lambda module: module.__name__.rpartition(".")[2])
def test_all_are_read_and_judged(tmp_path: Path, letters: ModuleType) -> None:
    entries = letters_in_many_words.write_all(tmp_path, 1, letters.SCENARIOS)
    assert len(entries) >= len(letters.SCENARIOS)
    result = score(read_letters([tmp_path / e["file"] for e in entries], today=TODAY), entries)
    assert result.wrong_and_certain == []
    assert result.verdicts_wrong == []
    assert result.wrong == []
