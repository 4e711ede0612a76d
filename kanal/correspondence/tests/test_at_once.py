"""Two clicks at the same moment: every paper its own number, one paper only one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from kanal.correspondence import issuing
from kanal.correspondence.models import Paper, PaperState
from kanal.correspondence.tests.office import AT, a_writing_office
from kanal.lib.refusal import Refused
from kanal.stationery.models import NumberBook, NumberEntry
from tests.factories import TODAY

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(clicks: list[Callable[[], object]]) -> list[object]:
    together = Barrier(len(clicks))

    def one(click: Callable[[], object]) -> object:
        try:
            together.wait(timeout=30)
            return click()
        except Refused as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(clicks)) as office:
        return list(office.map(one, clicks))


def test_papers_approved_at_once_have_numbers_of_their_own() -> None:
    office = a_writing_office()
    papers = [office.a_draft() for _turn in range(4)]

    def approving(paper: Paper) -> Callable[[], object]:
        return lambda: issuing.approve(paper=paper, by=office.head, today=TODAY, at=AT)

    at_once([approving(paper) for paper in papers])
    numbers = Paper.objects.values_list("number__n", flat=True)
    assert sorted(filter(None, numbers)) == [1, 2, 3, 4]
    assert NumberBook.objects.get().last == 4


def test_one_paper_approved_twice_at_once_has_one_number() -> None:
    office = a_writing_office()
    paper = office.a_draft()
    answers = at_once(
        [lambda: issuing.approve(paper=paper, by=office.head, today=TODAY, at=AT)] * 2
    )
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert NumberEntry.objects.count() == 1
    assert Paper.objects.get().state == PaperState.APPROVED
