"""What a letter does, by its words alone: it appoints, it lacks something, or it is about another thing.

The letters stand as plain text in `papers/what_letters_do.txt`, each under a line with the verdict,
`+NIP` for who comes, `-NIP` for who goes, and what is told apart. Lines with two tabs or more are
the rows of a table.
"""

from __future__ import annotations

import io
import re
from itertools import groupby
from pathlib import Path

import docx
import pytest
from docx.document import Document

from kanal.paper.reading.document import read_file
from kanal.paper.tests.reading_desk import TODAY

_TEXTS = Path(__file__).parent / "papers" / "what_letters_do.txt"
_PARTS = re.split(r"(?m)^#### ", _TEXTS.read_text(encoding="utf-8"))[1:]


def written(text: str) -> bytes:
    document = docx.Document()
    for tabular, lines in groupby(text.strip("\n").split("\n"), key=_is_row):
        rows = [line.split("\t") for line in lines]
        if tabular and len(rows) > 1:
            _add_table(document, rows)
            continue
        for row in rows:
            document.add_paragraph("\t".join(row))
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _is_row(line: str) -> bool:
    return line.count("\t") > 1


def _add_table(document: Document, rows: list[list[str]]) -> None:
    table = document.add_table(0, max(map(len, rows)), style="Table Grid")
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=False):
            cell.text = words


def parted(part: str) -> tuple[str, set[str], str]:
    """The verdict, the signed numbers and the letter."""
    head, _, text = part.partition("\n")
    verdict, *people = head.partition(" | ")[0].split()
    return verdict, set(people), text


@pytest.mark.parametrize("part", _PARTS, ids=lambda part: part.partition("\n")[0][:60])
def test_a_letter_is_taken_for_what_it_does(part: str) -> None:
    verdict, people, text = parted(part)
    read = read_file(written(text), "surat.docx", today=TODAY)
    assert read.verdict.value == verdict, read.reasons
    if verdict == "accept":
        (letter,) = read.letters
        come = {f"+{one.nip.digits}" for one in letter.officers if one.nip}
        assert come | {f"-{one.nip.digits}" for one in letter.replaced if one.nip} == people
    if verdict == "reject":
        assert read.reasons == ("not_an_appointment",)


def test_there_are_letters_of_every_verdict() -> None:
    verdicts = [parted(part)[0] for part in _PARTS]
    assert min(verdicts.count(each) for each in ("accept", "review", "reject")) >= 5
