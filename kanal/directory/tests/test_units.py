"""One office at a time: a sub-unit opens, a name changes, a house closes."""

from datetime import date

import pytest

from kanal.directory.models import Capacity, RoleKind, Succession, Unit, UnitName, User
from kanal.directory.unit_tree import OlderThanRecorded
from kanal.directory.units import (
    NewUnit,
    UnitRefused,
    change_contact,
    close_unit,
    open_unit,
    rename_unit,
)
from kanal.journal.models import Entry
from kanal.lib.refusal import NotAllowed
from tests.factories import TODAY, a_government, a_head, a_user, an_office

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)


def test_a_health_centre_opens_below_its_district(tebet: Unit, verifier: User) -> None:
    facts = NewUnit(code="31.74.01-PKM", name=" Puskesmas  Tebet ", opened_on=DAY)
    unit = open_unit(parent=tebet, facts=facts, by=verifier)
    assert (unit.name, unit.unit_class, unit.parent) == ("Puskesmas Tebet", "sub", tebet)
    assert unit.path == "/31/31.74.01/31.74.01-PKM/"
    assert unit.region_code == tebet.region_code
    assert unit.names.get().valid_from == DAY
    entry = Entry.objects.get()
    assert (entry.verb, entry.unit, entry.actor_id) == ("add-unit", unit.code, verifier.pk)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (NewUnit(code="31.74.01", name="A"), "code"),
        (NewUnit(code="a/b", name="A"), "code"),
        (NewUnit(code="", name="A"), "code"),
        (NewUnit(code="x" * 60, name=" "), "name"),
    ],
)
def test_what_can_not_be_a_unit(tebet: Unit, verifier: User, facts: NewUnit, field: str) -> None:
    with pytest.raises(UnitRefused) as refused:
        open_unit(parent=tebet, facts=facts, by=verifier)
    assert refused.value.field == field
    assert Unit.objects.count() == 2


def test_nothing_opens_below_a_closed_house_or_before_it(tebet: Unit, verifier: User) -> None:
    Unit.objects.filter(pk=tebet.pk).update(opened_on=date(2020, 1, 1), closed_on=DAY)
    for opened_on in (None, DAY, date(2019, 1, 1)):
        with pytest.raises(UnitRefused):
            open_unit(
                parent=tebet, facts=NewUnit(code="x", name="A", opened_on=opened_on), by=verifier
            )


def test_a_name_changes_on_its_day(tebet: Unit, verifier: User) -> None:
    UnitName.objects.create(unit=tebet, name=tebet.name)
    unit = rename_unit(
        unit=tebet,
        name="Kecamatan Tebet Raya",
        abbreviation="Kec. TR",
        on=DAY,
        basis="Perda 1/2026",
        by=verifier,
        today=TODAY,
    )
    assert unit.name == "Kecamatan Tebet Raya"
    assert list(unit.names.order_by("pk").values_list("name", "valid_from", "valid_until")) == [
        ("Kecamatan Tebet", None, DAY),
        ("Kecamatan Tebet Raya", DAY, None),
    ]
    entry = Entry.objects.get(verb="rename-unit")
    assert (entry.before["name"], entry.after["basis"]) == ("Kecamatan Tebet", "Perda 1/2026")

    def again(name: str, on: date) -> None:
        rename_unit(unit=unit, name=name, abbreviation="", on=on, by=verifier, today=TODAY)

    with pytest.raises(UnitRefused, match="sama"):
        again("Kecamatan Tebet Raya", TODAY)
    with pytest.raises(UnitRefused, match="baru berlaku"):
        again("Tebet Esok", date(2026, 12, 1))
    with pytest.raises(OlderThanRecorded):
        again("Tebet Dulu", date(2025, 1, 1))


def test_a_house_closes_with_its_successor(tebet: Unit, root: Unit, verifier: User) -> None:
    heir = an_office("Kecamatan Baru", code="31.74.99", parent=root, unit_class="kecamatan")
    UnitName.objects.create(unit=tebet, name=tebet.name)
    head = a_head(tebet, capacity=Capacity.DEFINITIVE)
    close_unit(unit=tebet, on=DAY, successor=heir, event="digabung", basis="Perda", by=verifier)
    tebet.refresh_from_db()
    head.refresh_from_db()
    assert (tebet.closed_on, tebet.names.get().valid_until, head.ends_on) == (DAY, DAY, DAY)
    link = Succession.objects.get()
    assert (link.predecessor, link.successor, link.effective_on) == (tebet, heir, DAY)
    assert link.effective_text == "1 November 2026"
    assert Entry.objects.get(verb="close-unit").after["successor"] == "31.74.99"
    with pytest.raises(UnitRefused, match="tercatat tutup"):
        close_unit(unit=tebet, on=TODAY, successor=None, event="", by=verifier)
    with pytest.raises(UnitRefused, match="tercatat tutup"):
        rename_unit(unit=tebet, name="X", abbreviation="", on=TODAY, by=verifier, today=TODAY)


def test_a_house_with_people_below_does_not_close(tebet: Unit, verifier: User) -> None:
    village = an_office("Kelurahan Bukit Duri", code="31.74.01.1007", parent=tebet)
    with pytest.raises(UnitRefused, match="Bukit Duri"):
        close_unit(unit=tebet, on=DAY, successor=None, event="", by=verifier)
    with pytest.raises(UnitRefused, match="dirinya sendiri"):
        close_unit(unit=village, on=DAY, successor=village, event="", by=verifier)
    close_unit(unit=village, on=DAY, successor=None, event="", by=verifier)
    with pytest.raises(UnitRefused, match="tidak buka"):
        close_unit(unit=tebet, on=DAY, successor=village, event="", by=verifier)


def test_only_those_who_keep_the_directory_change_it(tebet: Unit, officer: User) -> None:
    stranger = a_user(RoleKind.VERIFIER, government=a_government(code="32"))
    for user in (officer, stranger, a_user(RoleKind.INSPECTOR, government=tebet.government)):
        with pytest.raises(NotAllowed):
            open_unit(parent=tebet, facts=NewUnit(code="x", name="A"), by=user)
        with pytest.raises(NotAllowed):
            rename_unit(unit=tebet, name="A", abbreviation="", on=DAY, by=user, today=TODAY)
        with pytest.raises(NotAllowed):
            close_unit(unit=tebet, on=DAY, successor=None, event="", by=user)
    assert not Entry.objects.exists()


class TestContact:
    """Where the office is written to from now on; what was written before keeps its address."""

    def test_it_is_journalled_with_what_it_was(self, tebet: Unit, verifier: User) -> None:
        Unit.objects.filter(pk=tebet.pk).update(email="lama@contoh.go.id", phone="021-1")
        unit = change_contact(unit=tebet, email=" baru@contoh.go.id ", phone="021-2", by=verifier)
        assert (unit.email, unit.phone) == ("baru@contoh.go.id", "021-2")
        entry = Entry.objects.get()
        assert (entry.verb, entry.unit, entry.actor_id) == (
            "change-unit",
            tebet.code,
            verifier.pk,
        )
        assert entry.before == {"email": "lama@contoh.go.id", "phone": "021-1"}
        assert entry.after == {"email": "baru@contoh.go.id", "phone": "021-2"}

    def test_only_what_changed_is_told_and_nothing_when_nothing_did(
        self, tebet: Unit, verifier: User
    ) -> None:
        Unit.objects.filter(pk=tebet.pk).update(email="a@contoh.go.id", phone="021-1")
        tebet.refresh_from_db()
        change_contact(unit=tebet, email="a@contoh.go.id", phone="021-1", by=verifier)
        assert not Entry.objects.exists()
        change_contact(unit=tebet, email="", by=verifier)
        assert Entry.objects.get().after == {"email": ""}
        tebet.refresh_from_db()
        assert (tebet.email, tebet.phone) == ("", "021-1")

    @pytest.mark.parametrize(
        "email", ["bukan alamat", "a@b", "a@b.id\r\nBcc: c@d.id", "a@b.id, c@d.id", "ü@b.id"]
    )
    def test_what_is_no_address(self, tebet: Unit, verifier: User, email: str) -> None:
        with pytest.raises(UnitRefused) as refused:
            change_contact(unit=tebet, email=email, phone="021", by=verifier)
        assert refused.value.field == "email"
        assert not Entry.objects.exists()

    def test_whoever_may_not(self, tebet: Unit) -> None:
        far = a_government(code="32", name="Lain", short_name="Lain")
        for by in (
            a_user(RoleKind.UNIT_HEAD, tebet),
            a_user(RoleKind.INSPECTOR, government=tebet.government),
            a_user(RoleKind.ADMINISTRATOR, government=far),
            a_user(RoleKind.VERIFIER, government=far),
        ):
            with pytest.raises(NotAllowed):
                change_contact(unit=tebet, email="x@contoh.go.id", by=by)
        tebet.refresh_from_db()
        assert tebet.email == ""
        assert not Entry.objects.exists()
