"""What composing costs: letters a second with QR on one core, a letter of 300, memory after many.

    python -m bench.compose [--letters 1000]

Needs no database. Every letter differs in its number and code. Prints JSON; seconds are of the
processor, so that other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import resource
from datetime import UTC, datetime
from time import process_time

from kanal.paper.composing.codes import new_code
from kanal.paper.composing.editable import editable
from kanal.paper.composing.examples import example
from kanal.paper.composing.facts import Facts, Form, Kind
from kanal.paper.composing.letter import compose, preview
from kanal.paper.composing.template import Template, shipped

AT = datetime(2023, 4, 25, 3, tzinfo=UTC)


def make(template: Template, facts: Facts, at: int) -> int:
    code = new_code()
    numbered = dataclasses.replace(facts, number=f"e-{at:05d}/HM.03.00")
    url = f"https://kanal.jakarta.go.id/v/{code}"
    return len(compose(template, numbered, verify_url=url, code=code, at=AT).pdf)


def megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def seconds_each(template: Template, facts: Facts, count: int) -> list[float]:
    """One figure a letter, sorted."""
    took = []
    for at in range(count):
        begin = process_time()
        make(template, facts, at)
        took.append(process_time() - begin)
    return sorted(took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=1000)
    letters = parser.parse_args().letters
    template = shipped()["surat-99-2021"]
    three = example(Kind.APPOINTMENT, Form.SURAT, 3)
    make(template, three, 0)
    warm = megabytes()
    each = seconds_each(template, three, letters)
    after = megabytes()
    many = seconds_each(template, example(Kind.APPOINTMENT, Form.SURAT, 300), 5)[2]
    middle = each[len(each) // 2]
    begin = process_time()
    for _ in range(5):
        preview(template, three)
    looked = (process_time() - begin) / 5
    begin = process_time()
    for _ in range(5):
        editable(template, three, verify_url="https://k.id/v/x", code="x", at=AT)
    print(
        json.dumps(
            {
                "letters": letters,
                "ms_a_letter_with_qr": {
                    "least": round(each[0] * 1000, 2),
                    "p50": round(middle * 1000, 2),
                    "p95": round(each[len(each) * 95 // 100] * 1000, 2),
                },
                "letters_a_second_with_qr": round(1 / middle, 1),
                "bytes_a_letter": make(template, three, 1),
                "ms_a_letter_of_300": round(many * 1000, 1),
                "ms_a_preview": round(looked * 1000, 1),
                "ms_a_docx": round((process_time() - begin) / 5 * 1000, 1),
                "mb_before": warm,
                "mb_after": after,
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
