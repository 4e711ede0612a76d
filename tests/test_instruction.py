"""The instruction is taken in, confirmed by a person, and replaced by the next one."""

from datetime import date

import pytest

from kanal.directory.models import Government, RoleKind, Unit, UnitClass
from kanal.journal.actions import SYSTEM
from kanal.journal.models import Entry
from kanal.lib.refusal import NotAllowed
from kanal.mandates import actions
from kanal.mandates.models import Mandate, UnitStatus
from kanal.sample.loading import INSTRUCTION, base
from tests.factories import a_user, a_verifier

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def jakarta() -> Government:
    return base()


@pytest.fixture
def mandate(jakarta: Government) -> Mandate:
    return Mandate.objects.get(government=jakarta)


def confirmed(found: Mandate, **changed: object) -> actions.Confirmed:
    columns = {
        name: getattr(found, name)
        for name in actions.Confirmed.__dataclass_fields__
        if name != "classes"
    }
    classes = {line.order: line.unit_class for line in found.addressees.all()}
    return actions.Confirmed(**{**columns, "classes": classes, **changed})


def test_the_instruction_as_its_own_text_reads(mandate: Mandate) -> None:
    assert mandate.name == "Instruksi Sekretaris Daerah No. 20 Tahun 2018"
    assert mandate.title == "Penunjukan Petugas Pengelola Media Sosial"
    assert (mandate.signed_at, mandate.signed_on) == ("Jakarta", date(2018, 3, 28))
    assert mandate.in_force_from == date(2018, 3, 28)
    assert mandate.written_deadline == date(2018, 3, 16)
    assert mandate.deadline_precedes_signing
    assert mandate.address == "diskominfo@jakarta.go.id"
    assert (mandate.signer_name, mandate.signer_nip) == ("Saefullah", "196402111984031002")
    assert [line.unit_class for line in mandate.addressees.all()] == [
        "inspektorat", "badan", "kota", "kabupaten", "satpol_pp", "dinas", "setwan", "biro",
        "kecamatan", "kelurahan",
    ]  # fmt: skip
    assert [dictum.label for dictum in mandate.dicta.all()] == [
        "KESATU", "KEDUA", "KETIGA", "KEEMPAT",
    ]  # fmt: skip
    assert len(mandate.dicta.get(label="KEDUA").items) == 2
    assert [copy.text for copy in mandate.copies.all()] == [
        "Gubernur Provinsi DKI Jakarta", "Wakil Gubernur Provinsi DKI Jakarta",
    ]  # fmt: skip


def test_it_reaches_the_362_offices_and_nobody_is_late(mandate: Mandate) -> None:
    rows = UnitStatus.objects.filter(mandate=mandate)
    assert rows.count() == 362
    assert not rows.exclude(due_on=None).exists()
    assert not rows.filter(unit__unit_class__in=[UnitClass.GOVERNMENT, UnitClass.SECRETARIAT])
    assert not rows.filter(unit__closed_on__isnull=False)


def test_reading_the_same_text_twice_is_once(jakarta: Government) -> None:
    again = actions.take_in(
        government=jakarta, text=INSTRUCTION.read_text(encoding="utf-8"), by=SYSTEM
    )
    assert Mandate.objects.count() == 1
    assert again.confirmed_at


def test_what_is_not_an_instruction_is_refused(jakarta: Government) -> None:
    with pytest.raises(actions.NothingRead):
        actions.take_in(government=jakarta, text="Selamat pagi, ini bukan surat.", by=SYSTEM)
    assert Mandate.objects.count() == 1


def test_a_deadline_is_a_dated_decision_with_name_and_reason(mandate: Mandate) -> None:
    verifier = a_verifier(government=mandate.government)
    tebet = Unit.objects.get(code="31.74.01")
    said = {"mandate": mandate, "decided_by_name": "Kepala Dinas", "by": verifier, "today": TODAY}
    actions.decide_deadline(
        **said, effective_on=date(2026, 11, 16), reason="Batas tertulis sudah lewat",
        decided_on=date(2026, 10, 1),
    )  # fmt: skip
    actions.decide_deadline(
        **said, effective_on=date(2026, 12, 4), reason="Banjir", decided_on=date(2026, 11, 20),
        unit=tebet,
    )  # fmt: skip
    assert UnitStatus.objects.get(unit=tebet).due_on == date(2026, 12, 4)
    others = UnitStatus.objects.exclude(unit=tebet).values_list("due_on", flat=True).distinct()
    assert list(others) == [date(2026, 11, 16)]
    assert Entry.objects.filter(verb="decide-deadline").count() == 2


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"decided_on": date(2026, 12, 1)}, "decided_on"),
        ({"effective_on": date(2018, 3, 16)}, "effective_on"),
    ],
)
def test_a_deadline_that_cannot_be(mandate: Mandate, changed: dict, field: str) -> None:
    said = {
        "effective_on": date(2026, 11, 16), "reason": "Sudah lewat", "decided_on": TODAY, **changed,
    }  # fmt: skip
    with pytest.raises(actions.DeadlineRefused) as refused:
        actions.decide_deadline(
            mandate=mandate, decided_by_name="Kepala Dinas", today=TODAY,
            by=a_verifier(government=mandate.government), **said,
        )  # fmt: skip
    assert refused.value.field == field
    assert not mandate.deadlines.exists()


def test_a_clerk_decides_no_deadline(mandate: Mandate) -> None:
    tebet = Unit.objects.get(code="31.74.01")
    with pytest.raises(NotAllowed):
        actions.decide_deadline(
            mandate=mandate, decided_by_name="Saya", reason="Mau", decided_on=TODAY,
            effective_on=TODAY, by=a_user(RoleKind.OFFICER, tebet), today=TODAY,
        )  # fmt: skip


def test_the_next_instruction_replaces_the_first(mandate: Mandate) -> None:
    text = INSTRUCTION.read_text(encoding="utf-8")
    newer = text.replace("NOMOR 20 TAHUN 2018", "NOMOR 7 TAHUN 2026").replace(
        "pada tanggal 28 Maret 2018", "pada tanggal 5 Januari 2026"
    )
    second = actions.take_in(government=mandate.government, text=newer, by=SYSTEM)
    assert (second.number, second.year) == ("7", 2026)
    actions.confirm(
        mandate=second, facts=confirmed(second), replaces=mandate, today=TODAY,
        by=a_verifier(government=mandate.government),
    )  # fmt: skip
    mandate.refresh_from_db()
    assert mandate.in_force_until == date(2026, 1, 5)
    assert list(Mandate.objects.in_force(TODAY)) == [second]
    assert list(Mandate.objects.in_force(date(2025, 6, 1))) == [mandate]
    assert second.statuses.count() == 362
    with pytest.raises(actions.NotConfirmable):
        actions.confirm(
            mandate=second, facts=confirmed(second), today=TODAY,
            by=a_verifier(government=mandate.government),
        )  # fmt: skip


def test_without_a_beginning_or_an_addressee_it_stays_open(mandate: Mandate) -> None:
    text = INSTRUCTION.read_text(encoding="utf-8").replace("NOMOR 20", "NOMOR 21")
    second = actions.take_in(government=mandate.government, text=text, by=SYSTEM)
    verifier = a_verifier(government=mandate.government)
    for changed in ({"in_force_from": None}, {"classes": {}}):
        with pytest.raises(actions.NotConfirmable):
            actions.confirm(
                mandate=second, facts=confirmed(second, **changed), by=verifier, today=TODAY
            )
    second.refresh_from_db()
    assert second.confirmed_at is None
