"""Two receipts a letter, each with its number in a book without gaps."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection

from kanal.directory.models import User
from kanal.intake import actions
from kanal.intake.models import Channel, Medium, Receipt
from kanal.lib.files import FileMistake
from kanal.lib.refusal import NotAllowed
from tests.factories import (
    TODAY,
    a_clerk,
    a_letter,
    a_pdf,
    a_verifier,
    an_office,
    letter_facts,
)


def receive(letter, by: User, medium: Medium = Medium.HARDCOPY, on: date = TODAY) -> Receipt:
    return actions.receive(
        letter=letter, medium=medium, channel=Channel.COUNTER, received_on=on, by=by, today=TODAY
    )


@pytest.mark.django_db
def test_an_uploaded_letter_is_a_softcopy_received() -> None:
    letter = a_letter(an_office())
    receipt = letter.receipts.get()
    assert (receipt.medium, receipt.channel) == (Medium.SOFTCOPY, Channel.UPLOAD)
    assert receipt.agenda == f"0001/{TODAY.year}"


@pytest.mark.django_db
def test_a_medium_is_received_once_and_a_mistake_is_voided_not_erased() -> None:
    letter = a_letter(an_office())
    verifier = a_verifier(government=letter.government)
    first = receive(letter, verifier)
    with pytest.raises(actions.AlreadyReceived):
        receive(letter, verifier)
    actions.void(receipt=first, reason="Salah surat", by=verifier, today=TODAY)
    with pytest.raises(actions.AlreadyVoided):
        actions.void(receipt=first, reason="Salah surat", by=verifier, today=TODAY)
    again = receive(letter, verifier)
    assert [row.agenda_number for row in Receipt.objects.all()] == [1, 2, 3]
    assert again.agenda_number == 3


@pytest.mark.django_db
@pytest.mark.parametrize("days", [1, -30])
def test_received_between_the_letter_and_today(days: int) -> None:
    letter = a_letter(an_office())
    with pytest.raises(actions.ReceivedTomorrow):
        receive(letter, a_verifier(government=letter.government), on=TODAY + timedelta(days=days))


@pytest.mark.django_db
def test_the_office_itself_receives_nothing() -> None:
    office = an_office()
    letter = a_letter(office)
    with pytest.raises(NotAllowed):
        receive(letter, a_clerk(office))


@pytest.mark.django_db
def test_a_refused_file_leaves_no_letter() -> None:
    office = an_office()
    with pytest.raises(FileMistake):
        actions.submit_letter(
            unit=office, facts=letter_facts(), files=[a_pdf(), _empty()], by=a_clerk(office),
            today=TODAY,
        )  # fmt: skip
    assert not Receipt.objects.exists()
    assert not office.letters.exists()


def _empty():
    file = a_pdf(name="kosong.pdf")
    file.file.truncate(0)
    file.size = 0
    return file


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_skip_no_number() -> None:
    letters = [a_letter(an_office(), with_file=False) for _ in range(16)]
    verifier = a_verifier(government=letters[0].government)

    def one(letter) -> int:
        try:
            return receive(letter, User.objects.get(pk=verifier.pk)).agenda_number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as desk:
        numbers = sorted(desk.map(one, letters))
    assert numbers == list(range(1, 17))
