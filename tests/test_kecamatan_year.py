"""A whole year of Kecamatan Tebet, from the instruction to "who answered for it that day?"."""

from datetime import date, timedelta

import pytest

from kanal.appointments import actions as letters
from kanal.appointments.chain import instant
from kanal.appointments.models import Appointment, LetterKind, LetterState
from kanal.appointments.rules import LetterRefused
from kanal.compliance.actions import rebuild
from kanal.directory.models import Government, Unit
from kanal.intake.actions import receive
from kanal.intake.models import Channel, Medium, Receipt
from kanal.journal.models import Entry
from kanal.lib.files import Kept
from kanal.mandates.actions import decide_deadline
from kanal.mandates.models import Mandate, UnitStatus
from kanal.register.actions import change_state, declare, declare_nil
from kanal.register.models import AccountState
from kanal.sample.loading import base
from tests.factories import (
    a_clerk,
    a_letter,
    a_verifier,
    accepted,
    an_officer,
    checked,
    letter_facts,
    returned,
)

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2026, 1, 5)


@pytest.fixture
def jakarta() -> Government:
    return base()


def stand(unit: Unit) -> UnitStatus:
    return UnitStatus.objects.get(unit=unit)


def in_office(unit: Unit, day: date) -> list[str]:
    rows = Appointment.objects.known().on(day).filter(unit=unit).select_related("person")
    return sorted(row.person.name for row in rows)


def rows_are_true(government: Government, day: date) -> None:
    found = rebuild(government=government, today=day, check=True)
    assert found.differences == []
    assert found.units == 362


def test_a_year_of_kecamatan_tebet(jakarta: Government) -> None:
    tebet = Unit.objects.get(code="31.74.01")
    bukit_duri = Unit.objects.filter(parent=tebet).order_by("code").first()
    assert bukit_duri is not None
    verifier, second = a_verifier(government=jakarta), a_verifier(government=jakarta)
    clerk = a_clerk(tebet)

    # January. Nobody is late: the written deadline precedes the signing, nobody has decided yet.
    mandate = Mandate.objects.get()
    assert mandate.deadline_precedes_signing
    assert stand(tebet).due_on is None
    decide_deadline(
        mandate=mandate,
        effective_on=date(2026, 3, 31),
        reason="Batas tertulis sudah lewat",
        decided_by_name="Kepala Diskominfotik",
        decided_on=NEW_YEAR,
        by=verifier,
        today=NEW_YEAR,
    )
    assert stand(tebet).due_on == date(2026, 3, 31)

    # The kelurahan declares nil; in March it opens an account, and the declaration ends.
    declare_nil(
        unit=bukit_duri,
        signer_name="Lurah",
        signer_post="Lurah",
        declared_on=NEW_YEAR,
        by=verifier,
        today=NEW_YEAR,
    )
    assert stand(bukit_duri).nil_since == NEW_YEAR
    march = date(2026, 3, 2)
    declare(unit=bukit_duri, text="@kel.bukitduri", network="instagram", by=verifier, today=march)
    assert stand(bukit_duri).nil_since is None
    assert stand(bukit_duri).accounts_since == march

    # The kecamatan declares two accounts; the first letter comes back unreadable, the second holds.
    instagram = declare(
        unit=tebet, text="https://www.instagram.com/kec.tebet/?hl=id", by=clerk, today=NEW_YEAR
    )
    declare(unit=tebet, text="https://facebook.com/kectebet", by=clerk, today=NEW_YEAR)
    change_state(
        account=instagram,
        to=AccountState.VERIFIED,
        by=verifier,
        today=NEW_YEAR,
        proof="staff",
        note="Ditautkan dari selatan.jakarta.go.id",
    )
    february = date(2026, 2, 2)
    bad = a_letter(tebet, by=clerk, dated=february, today=february, number="412/-1.823.5")
    assert returned(bad).state == LetterState.RETURNED
    good = a_letter(
        tebet,
        by=clerk,
        dated=february,
        today=february,
        number="412/-1.823.5",
        officers=[an_officer("Hendra Gunawan"), an_officer("Siti Maesaroh", accounts=[instagram])],
    )
    with pytest.raises(LetterRefused) as twice:
        a_letter(tebet, by=clerk, dated=february, today=february, number="4l2/-1.823.5")
    assert twice.value.code == "number-taken"
    accepted(good, by=verifier, today=february)
    assert in_office(tebet, february) == ["Hendra Gunawan", "Siti Maesaroh"]
    assert in_office(tebet, february - timedelta(days=1)) == []
    assert stand(tebet).softcopy_on == february
    assert stand(tebet).hardcopy_on is None
    receive(
        letter=good,
        medium=Medium.HARDCOPY,
        channel=Channel.COUNTER,
        received_on=date(2026, 2, 9),
        by=second,
        today=date(2026, 2, 9),
    )
    assert stand(tebet).hardcopy_on == date(2026, 2, 9)
    assert list(
        Receipt.objects.order_by("agenda_number").values_list("agenda_number", flat=True)
    ) == [1, 2, 3]

    # June. Hendra is replaced; in no instant both, in no instant neither.
    june = date(2026, 6, 15)
    hendra = good.officers.get(person__name="Hendra Gunawan").person
    swap = a_letter(
        tebet,
        by=clerk,
        kind=LetterKind.REPLACEMENT,
        dated=june,
        today=june,
        officers=[an_officer("Wulan Kartikasari", replaces=hendra)],
    )
    accepted(swap, by=verifier, today=june)
    assert in_office(tebet, june - timedelta(days=1)) == ["Hendra Gunawan", "Siti Maesaroh"]
    assert in_office(tebet, june) == ["Siti Maesaroh", "Wulan Kartikasari"]
    assert stand(tebet).hardcopy_on is None  # the new letter's paper is still on its way

    # August. The letter said the wrong day: a ralat, not an edit.
    mend = a_letter(
        tebet,
        by=clerk,
        kind=LetterKind.CORRECTION,
        corrects=swap,
        today=date(2026, 8, 3),
        dated=date(2026, 8, 3),
        begins_on=date(2026, 6, 22),
        officers=[an_officer(person=swap.officers.get().person, replaces=hendra)],
    )
    before = instant()
    accepted(mend, by=verifier, today=date(2026, 8, 3))
    assert in_office(tebet, date(2026, 6, 18)) == ["Hendra Gunawan", "Siti Maesaroh"]
    assert in_office(tebet, date(2026, 6, 22)) == ["Siti Maesaroh", "Wulan Kartikasari"]
    then = Appointment.objects.known(before).on(date(2026, 6, 18)).filter(unit=tebet)
    assert {row.person.name for row in then} == {"Siti Maesaroh", "Wulan Kartikasari"}

    # October. Wulan stops; Siti still answers for Instagram, nobody for Facebook: a vacancy.
    october = date(2026, 10, 1)
    wulan = mend.officers.get().person
    stop = a_letter(
        tebet,
        by=clerk,
        kind=LetterKind.TERMINATION,
        dated=october,
        today=october,
        officers=[an_officer(person=wulan)],
    )
    accepted(stop, by=verifier, today=october)
    assert in_office(tebet, october) == ["Siti Maesaroh"]
    assert stand(tebet).officer_from is None
    assert stand(tebet).vacant_since == october

    # November. A letter that begins in December does what it says, then.
    november, december = date(2026, 11, 16), date(2026, 12, 1)
    later = a_letter(
        tebet,
        by=clerk,
        dated=november,
        today=november,
        begins_on=december,
        officers=[an_officer("Rudi Hermanto")],
    )
    accepted(later, by=verifier, today=november)
    assert in_office(tebet, november) == ["Siti Maesaroh"]
    assert in_office(tebet, december) == ["Rudi Hermanto", "Siti Maesaroh"]
    assert stand(tebet).officer_from == december

    rows_are_true(jakarta, november)
    assert Entry.objects.filter(unit=tebet.code, verb="accept-letter").count() == 5


def test_whoever_submits_does_not_verify_and_two_clicks_accept_once(jakarta: Government) -> None:
    tebet = Unit.objects.get(code="31.74.01")
    verifier = a_verifier(government=jakarta)
    own = letters.submit(
        unit=tebet, facts=letter_facts(dated=NEW_YEAR), by=verifier, today=NEW_YEAR
    )
    with pytest.raises(letters.SameHand):
        checked(own, verifier)
    accepted(own, today=NEW_YEAR)
    with pytest.raises(letters.AlreadyDecided):
        letters.accept(letter=own, by=a_verifier(government=jakarta), today=NEW_YEAR)


def test_the_same_file_is_not_two_letters(jakarta: Government) -> None:
    tebet = Unit.objects.get(code="31.74.01")
    clerk = a_clerk(tebet)
    first = a_letter(tebet, by=clerk, dated=NEW_YEAR, today=NEW_YEAR)
    with pytest.raises(LetterRefused) as refused:
        letters.submit(
            unit=tebet,
            facts=letter_facts(dated=NEW_YEAR),
            by=clerk,
            today=NEW_YEAR,
            files=[("lagi.pdf", _kept_again(first))],
        )
    assert refused.value.code == "file-twice"


def _kept_again(letter):  # type: ignore[no-untyped-def]
    file = letter.files.get()
    return Kept("surat/lagi.pdf", file.sha256, file.size, file.media_type)
