"""The book of numbers: written as the office writes them, one for each, no gap."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connections, transaction

from kanal.directory.models import RoleKind, Unit, User
from kanal.lib.refusal import Refused
from kanal.stationery import actions, patterns
from kanal.stationery.models import NumberBook, NumberEntry, NumberState, PaperForm
from tests.factories import TODAY, a_clerk, a_user, an_office


def take(unit: Unit, by: User, dated: date = TODAY, form: str = PaperForm.SURAT) -> NumberEntry:
    with transaction.atomic():
        return actions.take_number(
            unit=unit, form=form, dated=dated, subject="Penunjukan", code="", by=by
        )


@pytest.fixture
def unit(db: None) -> Unit:
    return an_office()


@pytest.fixture
def head(unit: Unit) -> User:
    return a_user(RoleKind.UNIT_HEAD, unit)


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        ("{n}/-1.823.5", "7/-1.823.5"),
        ("{n:04}/-1.823.5", "0007/-1.823.5"),
        ("e-{n:04}/HM.03.00", "e-0007/HM.03.00"),
        ("{n} TAHUN {year}", "7 TAHUN 2026"),
    ],
)
def test_the_patterns_of_the_offices(pattern: str, first: str) -> None:
    assert patterns.written(patterns.check(pattern), 7, 2026) == first


@pytest.mark.parametrize(
    "pattern",
    ["", "tanpa", "{n}{n}", "{m}", "{n", "{n:x}", "{n.__class__}", "{n}\x00", "{n}<b>", "{n}" * 30],
)
def test_what_is_no_pattern(pattern: str) -> None:
    with pytest.raises(patterns.PatternRefused):
        patterns.check(pattern)


def test_each_form_and_year_has_its_own_book(unit: Unit, head: User) -> None:
    assert [take(unit, head).n for _turn in range(3)] == [1, 2, 3]
    assert take(unit, head, form=PaperForm.KEPUTUSAN).text == "1 TAHUN 2026"
    assert take(unit, head, dated=date(2027, 1, 4)).n == 1


def test_the_new_year_goes_on_with_the_old_pattern(unit: Unit, head: User) -> None:
    actions.set_pattern(
        unit=unit, form=PaperForm.SURAT, year=2026, pattern="{n:03}/RM/{year}", by=head
    )
    assert take(unit, head).text == "001/RM/2026"
    assert take(unit, head, dated=date(2027, 1, 4)).text == "001/RM/2027"


def test_numbers_from_the_paper_book_are_passed_over_in_sight(unit: Unit, head: User) -> None:
    entry = actions.write_outside(
        unit=unit,
        form=PaperForm.SURAT,
        dated=TODAY,
        subject="Dari buku kertas",
        through=36,
        by=head,
        today=TODAY,
    )
    assert (entry.n, entry.through, entry.state) == (1, 36, NumberState.OUTSIDE)
    assert take(unit, head).n == 37
    with pytest.raises(actions.NumberRefused):
        actions.write_outside(
            unit=unit,
            form=PaperForm.SURAT,
            dated=TODAY,
            subject="x",
            through=20,
            by=head,
            today=TODAY,
        )


def test_a_void_number_is_never_given_again(unit: Unit, head: User) -> None:
    entry = actions.write_outside(
        unit=unit,
        form=PaperForm.SURAT,
        dated=TODAY,
        subject="Undangan",
        through=None,
        by=head,
        today=TODAY,
    )
    actions.void_outside(entry=entry, reason="Tidak jadi", by=head)
    entry.refresh_from_db()
    assert (entry.state, entry.void_reason) == (NumberState.VOID, "Tidak jadi")
    assert take(unit, head).n == 2
    with pytest.raises(actions.NumberRefused):
        actions.void_outside(entry=entry, reason="Lagi", by=head)


def test_only_the_head_takes_a_number(unit: Unit) -> None:
    for somebody in (a_clerk(unit), a_user(RoleKind.UNIT_HEAD, an_office())):
        with pytest.raises(Refused):
            take(unit, somebody)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_never_get_one_number_and_a_failure_leaves_no_gap() -> None:
    unit = an_office()
    heads = [a_user(RoleKind.UNIT_HEAD, unit) for _turn in range(6)]
    together = Barrier(len(heads))

    def approves(by: User, goes_wrong: bool) -> int | None:
        try:
            together.wait(timeout=30)
            with transaction.atomic():
                entry = actions.take_number(
                    unit=unit, form=PaperForm.SURAT, dated=TODAY, subject="x", code="", by=by
                )
                if goes_wrong:
                    transaction.set_rollback(True)
                    return None
            return entry.n
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(heads)) as office:
        taken = list(office.map(approves, heads, [False, True, False, True, False, False]))
    assert sorted(n for n in taken if n) == [1, 2, 3, 4]
    assert NumberBook.objects.get().last == 4
