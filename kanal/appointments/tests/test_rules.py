"""What a letter must not say, each answered in the office's words with nothing half-done."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from kanal.appointments import actions as letters
from kanal.appointments.chain import LaterLettersStandOnIt
from kanal.appointments.models import (
    Appointment,
    CheckName,
    Letter,
    LetterKind,
    LetterOfficer,
    ReturnReason,
    Verdict,
)
from kanal.appointments.rules import LetterRefused
from kanal.directory.models import Capacity, Person, RoleKind, Unit
from kanal.directory.people import PersonMismatch, ReasonMissing
from kanal.journal.models import Entry
from kanal.lib.identity import IdentityKind, IdentityMistake
from kanal.lib.refusal import NotAllowed, Refused
from tests.factories import (
    TODAY,
    a_clerk,
    a_head,
    a_letter,
    a_user,
    a_verifier,
    accepted,
    an_account,
    an_appointed,
    an_employee,
    an_office,
    an_officer,
    checked,
)

pytestmark = pytest.mark.django_db
NIP = "199001012015031001"


@pytest.fixture
def office() -> Unit:
    return an_office("Kelurahan Rawa Melati")


def refused(office: Unit, **said: object) -> str:
    """The code of the refusal; nothing of the letter may be left behind."""
    before = (Letter.objects.count(), LetterOfficer.objects.count(), Person.objects.count())
    clerk = a_clerk(office)
    with pytest.raises(LetterRefused) as told:
        a_letter(office, by=clerk, **said)
    assert told.value.what
    assert told.value.next_step
    assert (Letter.objects.count(), LetterOfficer.objects.count(), Person.objects.count()) == before
    return told.value.code


def test_dates_that_cannot_be(office: Unit) -> None:
    assert refused(office, dated=TODAY + timedelta(days=1)) == "future"
    assert refused(office, dated=date(1998, 5, 21)) == "too-old"
    assert refused(office, begins_on=TODAY, ends_on=TODAY - timedelta(days=1)) == "ends-first"


def test_a_number_belongs_to_one_content(office: Unit) -> None:
    a_letter(office, number="e-0037/HM.03.00")
    assert refused(office, number="e-OO37/hm.03.00") == "number-taken"
    assert refused(office, number="tanpa nomor") == "number-empty"
    a_letter(office, number="e-0037/HM.03.00", dated=date(2025, 3, 3))  # another year's book
    a_letter(an_office("Kelurahan Duri Pinang"), number="e-0037/HM.03.00")  # another office's book


def test_a_returned_letter_frees_its_number(office: Unit) -> None:
    first = a_letter(office, number="5/-1.823.5")
    letters.give_back(
        letter=first, reason=ReturnReason.UNREADABLE, note="Pindai ulang",
        by=a_verifier(government=office.government),
    )  # fmt: skip
    a_letter(office, number="5/-1.823.5")


def test_every_kind_has_its_shape(office: Unit) -> None:
    assert refused(office, kind=LetterKind.REPLACEMENT) == "replaces-nobody"
    old = an_appointed(office)
    assert refused(office, officers=[an_officer(replaces=old)]) == "replaces-in-other-kind"
    assert refused(office, officers=[an_officer(duties=())]) == "no-duty"
    assert refused(office, kind=LetterKind.CORRECTION) == "corrects-nothing"


def test_one_person_twice_in_a_letter(office: Unit) -> None:
    person = an_employee(office)
    twice = [an_officer(person=person), an_officer(person=person)]
    assert refused(office, officers=twice) == "officer-twice"


def test_replacing_or_stopping_somebody_not_in_office(office: Unit) -> None:
    bystander = an_employee(office, "Rudi Hermanto")
    swap = {"kind": LetterKind.REPLACEMENT, "officers": [an_officer(replaces=bystander)]}
    assert refused(office, **swap) == "not-in-office"
    stop = {"kind": LetterKind.TERMINATION, "officers": [an_officer(person=bystander)]}
    assert refused(office, **stop) == "not-in-office"


def test_an_officer_of_another_office(office: Unit) -> None:
    stranger = an_employee(an_office("Dinas Sosial"), "Rudi Hermanto")
    assert refused(office, officers=[an_officer(person=stranger)]) == "officer-elsewhere"


def test_an_officer_of_a_sub_unit_is_of_the_office(office: Unit) -> None:
    below = an_office("Seksi Pemerintahan", parent=office, unit_class="sub", code="31.73.07.1001-S")
    person = an_employee(below, "Rudi Hermanto")
    accepted(a_letter(office, officers=[an_officer(person=person)]))
    assert Appointment.objects.known().filter(unit=office, person=person).exists()


def test_an_account_of_another_office_or_closed(office: Unit) -> None:
    other = an_account(an_office("Dinas Sosial"))
    assert refused(office, officers=[an_officer(accounts=[other])]) == "account-elsewhere"


def test_a_signer_whose_acting_term_had_ended(office: Unit) -> None:
    a_head(
        office, "Budi Santoso, S.H.", capacity=Capacity.PLT, begins_on=date(2025, 1, 1),
        ends_on=date(2026, 1, 1),
    )  # fmt: skip
    said = {"signer_name": "Budi Santoso", "signer_capacity": Capacity.PLT}
    assert refused(office, **said) == "signer-ended"
    a_letter(office, **said, dated=date(2025, 12, 31))


def test_a_closed_office_writes_no_letters(office: Unit) -> None:
    Unit.objects.filter(pk=office.pk).update(closed_on=date(2020, 1, 1))
    office.refresh_from_db()
    assert refused(office) == "unit-closed"


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (IdentityKind.NIP, "19900101201503200"),  # 17 digits
        (IdentityKind.NIP, "199013012015032001"),  # month 13
        (IdentityKind.NIP, "199001012021212001"),  # a PPPK's number
        (IdentityKind.NIP, "3174010101900001"),  # a NIK
        (IdentityKind.PPPK, "199001012015032001"),  # a NIP
    ],
)
def test_identity_numbers_that_cannot_be(office: Unit, kind: IdentityKind, number: str) -> None:
    clerk = a_clerk(office)
    with pytest.raises(IdentityMistake) as told:
        a_letter(
            office, by=clerk, officers=[an_officer(identity_kind=kind, identity_number=number)]
        )
    assert number not in str(told.value.what)
    assert not Letter.objects.exists()


def test_the_number_decides_and_the_name_checks(office: Unit) -> None:
    person = an_employee(office, "Drs. Moh. Budi Santoso, M.Si.")
    same = an_officer("MOHAMMAD BUDI SANTOSO", identity_number=person.identity_number)
    assert a_letter(office, officers=[same]).officers.get().person == person
    other = an_officer("Siti Maesaroh", identity_number=person.identity_number)
    with pytest.raises(PersonMismatch):
        a_letter(office, officers=[other])


def test_a_number_of_a_returned_letter_is_free_for_its_owner(office: Unit) -> None:
    wrong = a_letter(office, officers=[an_officer("Budi Percobaan", identity_number=NIP)])
    taken = an_officer("Siti Maesaroh", identity_number=NIP)
    with pytest.raises(PersonMismatch):  # the other letter may still turn out right
        a_letter(office, officers=[taken])
    letters.give_back(
        letter=wrong,
        reason=ReturnReason.OFFICER_WRONG,
        note="Salah nama",
        by=a_verifier(government=office.government),
    )
    right = a_letter(office, officers=[taken]).officers.get().person
    assert (right.name, right.identity_number) == ("Siti Maesaroh", NIP)
    said = wrong.officers.get().person
    assert (said.name, said.identity_number) == ("Budi Percobaan", "")
    assert Entry.objects.filter(verb="free-number", subject=f"person:{said.pk}").exists()


def test_a_number_once_in_force_is_not_freed(office: Unit) -> None:
    accepted(a_letter(office, officers=[an_officer("Budi Percobaan", identity_number=NIP)]))
    with pytest.raises(PersonMismatch):
        a_letter(office, officers=[an_officer("Siti Maesaroh", identity_number=NIP)])


def test_nobody_without_number_or_reason(office: Unit) -> None:
    nobody = {"identity_kind": IdentityKind.NONE, "identity_number": ""}
    with pytest.raises(ReasonMissing):
        a_letter(office, officers=[an_officer("Rudi", **nobody)])
    pjlp = an_officer("Rudi", **nobody, identity_reason="PJLP")
    assert a_letter(office, officers=[pjlp]).officers.get().person.identity_reason == "PJLP"


def test_acceptance_wants_every_check(office: Unit) -> None:
    letter = a_letter(office)
    verifier = checked(letter)
    letters.check(
        letter=letter, name=CheckName.SIGNER, verdict=Verdict.HOLD, note="SK Plt.?", by=verifier
    )
    with pytest.raises(letters.ChecksMissing):
        letters.accept(letter=letter, by=verifier, today=TODAY)
    assert not Appointment.objects.exists()
    letters.hold(letter=letter, note="Menunggu SK Plt.", by=verifier)
    letters.check(
        letter=letter, name=CheckName.SIGNER, verdict=Verdict.MEETS, note="Ada", by=verifier
    )
    letters.accept(letter=letter, by=verifier, today=TODAY)
    assert Appointment.objects.count() == 1


def test_only_a_verifier_decides(office: Unit) -> None:
    letter = a_letter(office)
    for kind in (RoleKind.ADMINISTRATOR, RoleKind.READER, RoleKind.INSPECTOR):
        user = a_user(kind, government=office.government)
        with pytest.raises(NotAllowed):
            letters.accept(letter=letter, by=user, today=TODAY)
        with pytest.raises(NotAllowed):
            letters.give_back(letter=letter, reason=ReturnReason.OTHER, note="", by=user)


def test_a_ralat_stops_at_later_letters(office: Unit) -> None:
    first = a_letter(office, officers=[an_officer("Lilis Suryani")], dated=date(2026, 1, 5))
    accepted(first)
    lilis = first.officers.get().person
    accepted(
        a_letter(
            office, kind=LetterKind.REPLACEMENT, dated=date(2026, 6, 1),
            officers=[an_officer("Wulan Kartikasari", replaces=lilis)],
        )
    )  # fmt: skip
    ralat = a_letter(
        office, kind=LetterKind.CORRECTION, corrects=first, dated=date(2026, 7, 1),
        begins_on=date(2026, 1, 12), officers=[an_officer(person=lilis)],
    )  # fmt: skip
    with pytest.raises(LaterLettersStandOnIt):
        accepted(ralat)
    assert Appointment.objects.known().on(date(2026, 1, 6)).get().person == lilis


def test_what_took_effect_is_never_edited(office: Unit) -> None:
    letter = accepted(a_letter(office))
    attempts = [
        lambda: Letter.objects.filter(pk=letter.pk).update(number="1/PALSU"),
        lambda: letter.delete(),
        lambda: Appointment.objects.update(person=an_employee(office, "Orang Lain")),
        lambda: Appointment.objects.all().delete(),
        lambda: LetterOfficer.objects.filter(letter=letter).update(post="Lain"),
        lambda: letter.decisions.update(note="diganti"),
    ]
    for attempt in attempts:
        with pytest.raises((IntegrityError, Refused)), transaction.atomic():
            attempt()
