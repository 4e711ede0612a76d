"""Several people at the same moment, through the pages: one is first, the others are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from kanal.appointments.models import Appointment, Decision, Letter, LetterState
from kanal.directory.models import User
from kanal.intake.models import Receipt
from kanal.lib.dates import today
from tests.factories import a_clerk, a_letter, a_pdf, a_verifier, an_office, checked
from tests.walls.counter import send

pytestmark = pytest.mark.django_db(transaction=True)

DAY = today()
Click = Callable[[Client], int]


def at_once(people: list[User], clicks: list[Click]) -> list[int]:
    """Each in a browser of their own; all wait for the last one before they press."""
    together = Barrier(len(people))

    def one(user: User, click: Click) -> int:
        try:
            browser = Client()
            browser.force_login(user)
            browser.get("/surat/")
            together.wait(timeout=30)
            return click(browser)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as office:
        return list(office.map(one, people, clicks))


def decides(letter: Letter, button: str) -> Click:
    path = f"/surat/{letter.pk}/periksa/"
    data = {"putusan": button, "reason": "tidak_terbaca", "note": "Pindai ulang."}
    return lambda browser: browser.post(path, data).status_code


@pytest.mark.parametrize("second", ["terima", "kembalikan"])
def test_of_two_decisions_at_once_one_counts(second: str) -> None:
    unit = an_office()
    letter = a_letter(unit, dated=DAY, today=DAY)
    verifiers = [a_verifier(government=unit.government) for _n in range(2)]
    checked(letter, verifiers[0])
    answers = at_once(verifiers, [decides(letter, "terima"), decides(letter, second)])
    assert sorted(answers) == [302, 409]
    decision = Decision.objects.get()
    letter.refresh_from_db()
    assert letter.state == decision.outcome
    accepted = letter.state == LetterState.ACCEPTED
    assert Appointment.objects.count() == (1 if accepted else 0)


def test_eight_letters_at_once_get_eight_numbers_without_a_gap() -> None:
    """A ninth is refused in the midst of them, and takes no number with it."""
    offices = [an_office() for _n in range(8)]
    taken = a_letter(offices[0], dated=DAY, today=DAY, number="1/-1.823.5")
    clerks = [a_clerk(unit) for unit in [*offices, offices[0]]]
    numbers = [f"{n}/-1.823.5" for n in range(2, 10)] + [taken.number]

    def enters(number: str) -> Click:
        return lambda browser: (
            send(
                browser, "/surat/catat/", button="kirim", files=[a_pdf()], number=number
            ).status_code
        )

    answers = at_once(clerks, [enters(number) for number in numbers])
    assert Counter(answers) == {302: 8, 422: 1}
    given = Receipt.objects.order_by("agenda_number").values_list("agenda_number", flat=True)
    assert list(given) == list(range(1, 10))


def test_eight_stamps_on_one_letter_are_one_receipt() -> None:
    unit = an_office()
    letter = a_letter(unit, dated=DAY, today=DAY, with_file=False)
    verifiers = [a_verifier(government=unit.government) for _n in range(8)]
    path = f"/surat/{letter.pk}/terima-berkas/"
    data = {"medium": "hardcopy", "channel": "loket", "received_on": DAY.isoformat()}
    answers = at_once(verifiers, [lambda browser: browser.post(path, data).status_code] * 8)
    assert Counter(answers)[302] == 1
    assert all(status in (302, 409, 422) for status in answers)
    assert [receipt.agenda_number for receipt in Receipt.objects.all()] == [1]
