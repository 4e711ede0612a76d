"""Letters in words and layouts that differ from each other are all read the same way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

# Importing the second list adds its scenarios to the first.
from kanal.paper.reading.document import read_letters
from kanal.paper.tests import letters_in_many_words, letters_in_more_words
from kanal.paper.tests.reading_desk import TODAY
from kanal.paper.tests.score import Score, manifest, score

assert letters_in_more_words.__doc__


def _read(folder: Path) -> Score:
    entries: list[dict[str, Any]] = manifest(folder)
    return score(read_letters([folder / e["file"] for e in entries], today=TODAY), entries)


@pytest.mark.parametrize("seed", [1, 7])
def test_all_are_read_and_judged(tmp_path: Path, seed: int) -> None:
    entries = letters_in_many_words.write_all(tmp_path, seed)
    assert len(entries) > 80
    result = _read(tmp_path)
    assert result.wrong_and_certain == []
    assert result.verdicts_wrong == []
    assert result.wrong == []
