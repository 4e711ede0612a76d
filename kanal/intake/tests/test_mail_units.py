"""Whose mail it is, when several things point somewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kanal.directory.models import Unit
from kanal.intake.mail_units import LETTER, OFFICE, SENDER, proposals_for, sure_unit
from kanal.intake.models import Mail, MailFile, SenderAddress
from kanal.paper import envelope
from tests.factories import TODAY, a_government, an_office


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


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("Kecamatan Tebet", ["tebet"]),
        ("KECAMATAN TEBET PROVINSI DKI JAKARTA", ["tebet"]),
        ("kec_tbt", ["tebet"]),
        ("Kantor Camat Tebet", ["tebet"]),
        ("Kecamatan Lama", []),
        ("Kecamatan Entah", []),
        ("...", []),
    ],
)
def test_an_office_is_known_by_each_of_its_names_while_it_is_open(
    said: str, named: list[str]
) -> None:
    an_office(
        "Kecamatan Tebet", code="tebet", abbreviation="KEC_TBT", aliases=["Kantor Camat Tebet"]
    )
    an_office("Kecamatan Lama", code="lama", closed_on=TODAY - timedelta(days=1))
    mail = Mail(government=a_government(), received_at=timezone.now())
    file = MailFile(document={"letters": [{"agency": said}]})
    found = proposals_for(mail, envelope.Mail(), [file])
    codes = [Unit.objects.get(pk=each["unit"]).code for each in found]
    assert codes == named
    assert all(each["because"] == [LETTER] for each in found)


@pytest.mark.django_db
def test_a_sender_is_known_by_what_people_filed_and_by_the_offices_own_address() -> None:
    filed, own = an_office("Kecamatan Satu"), an_office("Kecamatan Dua", email="Kec.Dua@x.id")
    SenderAddress.objects.create(
        government=a_government(), address="kec.dua@x.id", unit=filed, last_at=timezone.now()
    )
    mail = Mail(government=a_government(), received_at=timezone.now(), sender="KEC.DUA@x.id")
    found = proposals_for(mail, envelope.Mail(), [])
    assert found == [
        {"unit": filed.pk, "because": [SENDER]},
        {"unit": own.pk, "because": [OFFICE]},
    ]
