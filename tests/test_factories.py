"""The makers themselves make what they say."""

import pytest

from kanal.appointments.models import Appointment, LetterState
from kanal.intake.models import Medium
from tests.factories import TODAY, a_letter, accepted, an_appointed, an_office

pytestmark = pytest.mark.django_db


def test_a_letter_is_received_and_accepted() -> None:
    unit = an_office("Kelurahan Rawa Melati")
    letter = accepted(a_letter(unit))
    assert letter.state == LetterState.ACCEPTED
    assert letter.receipts.get().medium == Medium.SOFTCOPY
    assert Appointment.objects.known().on(TODAY).get().unit == unit


def test_somebody_appointed_is_in_office() -> None:
    unit = an_office()
    person = an_appointed(unit)
    assert Appointment.objects.known().on(TODAY).get().person == person
