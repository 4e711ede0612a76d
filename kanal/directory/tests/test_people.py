"""People on record: found again by number, corrected with a reason, posted and heading."""

from datetime import date, timedelta

import pytest

from kanal.directory import people, posts
from kanal.directory.models import Capacity, Government, Headship, Person, RoleKind, Unit, User
from kanal.journal.models import Entry
from kanal.lib.identity import IdentityKind, IdentityMistake
from kanal.lib.refusal import NotAllowed
from tests.factories import TODAY, PersonFactory, a_government, a_head, a_nip, a_user, an_office

pytestmark = pytest.mark.django_db
NIP = "196402111984031002"
DAY = date(2026, 11, 1)


def found(government: Government, name: str, number: str = NIP, reason: str = "") -> Person:
    return people.find_or_add_person(
        government=government,
        full_name=name,
        identity_kind=IdentityKind.NIP if number else IdentityKind.NONE,
        identity_number=number,
        identity_reason=reason,
        by=a_user(RoleKind.VERIFIER, government=government),
    )


def added(
    by: User, name: str = "Drs. Budi Santoso, M.Si.", number: str = NIP, reason: str = ""
) -> Person:
    return people.add_person(
        full_name=name,
        identity_kind=IdentityKind.NIP if number else IdentityKind.NONE,
        identity_number=number,
        identity_reason=reason,
        by=by,
    )


def test_the_number_decides_and_the_name_checks(province: Government) -> None:
    first = found(province, "Drs. H. BUDI SANTOSO, M.Si.")
    assert found(province, "Budi Santoso", "19640211 198403 1 002") == first
    assert found(province, "B. Santoso") == first
    with pytest.raises(people.PersonMismatch) as refused:
        found(province, "Siti Maesaroh")
    assert "BUDI SANTOSO" in str(refused.value.what)
    assert NIP not in str(refused.value.what)
    assert "19640211******1002" in str(refused.value.what)


def test_namesakes_without_numbers(province: Government, verifier: User) -> None:
    one = found(province, "Budi", "", "PJLP Tebet")
    assert found(province, "BUDI", "", "Tenaga ahli") == one
    other = added(verifier, "Budi", "", "PJLP Manggarai")
    assert found(province, "Budi", "", "PJLP Manggarai") == other
    with pytest.raises(people.AlreadyRecorded):
        added(verifier, "budi", "", " PJLP  Manggarai ")
    with pytest.raises(people.ReasonMissing):
        added(verifier, "Budi", "", " ")


def test_the_same_number_in_two_governments_is_two_people(province: Government) -> None:
    assert found(province, "Budi") != found(a_government(code="32"), "Siti")


def test_somebody_is_added_once(verifier: User) -> None:
    person = added(verifier)
    assert (person.title_before, person.name, person.name_folded) == (
        "Drs.",
        "Budi Santoso",
        "budi santoso",
    )
    assert Entry.objects.get().after == {
        "name": "Drs. Budi Santoso, M.Si.",
        "identity": "19640211******1002",
    }
    with pytest.raises(people.AlreadyRecorded):
        added(verifier)
    with pytest.raises(people.PersonMismatch):
        added(verifier, "Siti Maesaroh")
    with pytest.raises(IdentityMistake):
        added(verifier, "Sari", "123")
    assert Person.objects.count() == 1


def test_titles_change_freely_and_identity_only_with_a_reason(verifier: User) -> None:
    person = added(verifier)
    people.change_person(
        person=person,
        full_name="Dr. Budi Santoso, M.Si.",
        email="b@x.go.id",
        phone="021",
        by=verifier,
    )
    entry = Entry.objects.get(verb="change-person")
    assert (entry.before["name"], entry.after["name"]) == (
        "Drs. Budi Santoso, M.Si.",
        "Dr. Budi Santoso, M.Si.",
    )
    with pytest.raises(people.PersonRefused, match="berubah"):
        people.change_person(
            person=person, full_name="Budi Susanto", email="", phone="", by=verifier
        )

    def correct(reason: str) -> Person:
        return people.correct_person(
            person=person,
            full_name="Budi Susanto",
            identity_kind=IdentityKind.NIP,
            identity_number="196402121984031002",
            identity_reason="",
            reason=reason,
            by=verifier,
        )

    with pytest.raises(people.PersonRefused, match="Alasan"):
        correct(" ")
    corrected = correct("SK pengangkatan 1984")
    assert (corrected.name_folded, corrected.identity_number) == (
        "budi susanto",
        "196402121984031002",
    )
    entry = Entry.objects.get(verb="correct-person")
    assert entry.note == "SK pengangkatan 1984"
    assert entry.before["identity"] == "19640211******1002"


def test_a_correction_never_takes_somebody_elses_number(verifier: User) -> None:
    other = PersonFactory(full="Siti Maesaroh")
    person = added(verifier)
    with pytest.raises(people.PersonMismatch):
        people.correct_person(
            person=person,
            full_name="Budi Santoso",
            identity_kind=IdentityKind.NIP,
            identity_number=other.identity_number,
            identity_reason="",
            reason="SK",
            by=verifier,
        )
    person.refresh_from_db()
    assert person.identity_number == NIP


def test_a_posting_begins_once_and_ends_with_its_reason(tebet: Unit, verifier: User) -> None:
    person = PersonFactory()

    def begin(unit: Unit, day: date) -> None:
        posts.begin_posting(
            person=person,
            unit=unit,
            post="Lurah",
            rank="III/d",
            begins_on=day,
            by=verifier,
            today=TODAY,
        )

    begin(tebet, DAY)
    with pytest.raises(posts.PostRefused, match="sudah tercatat bekerja"):
        begin(tebet, TODAY)
    with pytest.raises(posts.PostRefused, match="belum tiba"):
        begin(an_office(), TODAY + timedelta(days=1))
    with pytest.raises(posts.PostRefused, match="tidak buka"):
        begin(an_office(closed_on=date(2021, 9, 1)), DAY)
    with pytest.raises(posts.PostRefused, match="berbeda"):
        posts.begin_posting(
            person=PersonFactory(government=a_government(code="32")),
            unit=tebet,
            post="",
            rank="",
            begins_on=DAY,
            by=verifier,
            today=TODAY,
        )
    posting = person.postings.get()

    def end(day: date, reason: str = "Mutasi") -> None:
        posts.end_posting(posting=posting, ends_on=day, reason=reason, by=verifier, today=TODAY)

    for day, reason in ((DAY, "Mutasi"), (TODAY + timedelta(days=1), "Mutasi"), (TODAY, " ")):
        with pytest.raises(posts.PostRefused):
            end(day, reason)
    end(TODAY)
    with pytest.raises(posts.PostRefused, match="sudah diakhiri"):
        end(TODAY)
    posting.refresh_from_db()
    assert (posting.ends_on, posting.end_reason) == (TODAY, "Mutasi")
    begin(tebet, TODAY)
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["begin-posting", "end-posting", "begin-posting"]


def heads(unit: Unit) -> list[tuple[str, date, date | None]]:
    rows = Headship.objects.filter(unit=unit).order_by("begins_on")
    return [(row.person.name, row.begins_on, row.ends_on) for row in rows]


def test_a_new_head_ends_the_one_before_on_the_same_day(tebet: Unit, verifier: User) -> None:
    a_head(tebet, "Hendra Gunawan", begins_on=date(2020, 1, 1))
    sari = PersonFactory(full="Sari Dewi")
    headship = posts.begin_headship(
        unit=tebet,
        person=sari,
        capacity=Capacity.PLT,
        begins_on=DAY,
        basis="SPT 1/2026",
        by=verifier,
        today=TODAY,
    )
    assert heads(tebet) == [("Hendra Gunawan", date(2020, 1, 1), DAY), ("Sari Dewi", DAY, None)]
    entry = Entry.objects.get(verb="begin-headship")
    assert entry.before["head"] == "Hendra Gunawan"
    assert entry.after["capacity"] == "plt"
    for day in (DAY, date(2020, 1, 1), date(2019, 1, 1)):
        with pytest.raises(posts.PostRefused, match="sudah tercatat memimpin"):
            posts.begin_headship(
                unit=tebet,
                person=PersonFactory(full="Orang Lain", identity_number=a_nip()),
                capacity=Capacity.DEFINITIVE,
                begins_on=day,
                basis="",
                by=verifier,
                today=TODAY,
            )
    posts.end_headship(headship=headship, ends_on=TODAY, by=verifier, today=TODAY)
    assert heads(tebet)[-1] == ("Sari Dewi", DAY, TODAY)
    with pytest.raises(posts.PostRefused, match="sudah diakhiri"):
        posts.end_headship(headship=headship, ends_on=TODAY, by=verifier, today=TODAY)


def test_only_those_who_keep_the_directory_change_people(tebet: Unit, officer: User) -> None:
    person = PersonFactory()
    with pytest.raises(NotAllowed):
        added(officer)
    with pytest.raises(NotAllowed):
        people.change_person(
            person=person, full_name=person.full_name, email="", phone="", by=officer
        )
    with pytest.raises(NotAllowed):
        posts.begin_posting(
            person=person, unit=tebet, post="", rank="", begins_on=DAY, by=officer, today=TODAY
        )
    with pytest.raises(NotAllowed):
        posts.begin_headship(
            unit=tebet,
            person=person,
            capacity=Capacity.PJ,
            begins_on=DAY,
            basis="",
            by=officer,
            today=TODAY,
        )
    assert not Entry.objects.exists()
