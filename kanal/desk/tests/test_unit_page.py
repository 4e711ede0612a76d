"""One office's page: how far it is, who serves, what to do first, and for whom."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kanal.appointments.models import LetterKind
from kanal.compliance.actions import rebuild
from kanal.directory.models import RoleKind, Succession, Unit, UnitName, User
from kanal.intake.actions import receive
from kanal.intake.models import Channel, Medium
from kanal.lib.dates import today
from kanal.mandates.models import Addressee, Mandate, UnitStatus
from kanal.register import actions as register
from tests.factories import (
    a_clerk,
    a_head,
    a_letter,
    a_user,
    a_verifier,
    accepted,
    an_account,
    an_appointed,
    an_office,
    an_officer,
)

pytestmark = pytest.mark.django_db

TODAY = today()


@pytest.fixture
def city() -> Unit:
    root = an_office("Pemprov DKI Jakarta", code="31", path="/31/", unit_class="pemprov")
    return an_office("Kota Jakarta Barat", code="31.73", parent=root, unit_class="kota")


@pytest.fixture
def unit(city: Unit) -> Unit:
    district = an_office("Kecamatan Palmerah", code="31.73.07", parent=city, unit_class="kecamatan")
    return an_office("Kelurahan Rawa Melati", code="31.73.07.1099", parent=district)


@pytest.fixture
def verifier(unit: Unit) -> User:
    return a_verifier(government=unit.government)


@pytest.fixture
def mandate(unit: Unit) -> Mandate:
    made = Mandate.objects.create(
        government=unit.government,
        form="Instruksi",
        number="20",
        year=2018,
        text="...",
        text_sha256="0" * 64,
        in_force_from=date(2018, 3, 28),
        confirmed_at="2018-03-28T09:00Z",
        confirmed_by_name="Ratna Dewanti",
    )
    Addressee.objects.create(mandate=made, order=1, text="Para Lurah", unit_class="kelurahan")
    made.deadlines.create(
        effective_on=TODAY - timedelta(days=6),
        reason="Batas tertulis sudah lewat",
        decided_by_name="Kepala Dinas",
        decided_on=TODAY - timedelta(days=30),
    )
    rebuild(government=unit.government, today=TODAY)
    return made


def seen(user: User, unit: Unit, **asked: str) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(reverse("desk:unit", args=[unit.code]), asked)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def words(page: str) -> str:
    """What a reader sees, without the marks."""
    text = re.sub(r"<(title|desc|script|style)[^>]*>.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_the_way_down_the_tree(unit: Unit, verifier: User) -> None:
    a_head(unit, "Drs. Hendra Gunawan, M.Si.", begins_on=date(2023, 1, 2))
    page = seen(verifier, unit)
    crumbs = re.search(r'<nav class="remah".*?</nav>', page, re.DOTALL)
    assert crumbs is not None
    assert words(crumbs[0]) == "Instansi Kota Jakarta Barat Kecamatan Palmerah"
    assert "di bawah Kecamatan Palmerah. Kode 31.73.07.1099" in words(page)
    assert "Drs. Hendra Gunawan, M.Si., Definitif, sejak 2 Januari 2023" in words(page)


def test_a_silent_office_is_told_what_to_do_first(
    unit: Unit, verifier: User, mandate: Mandate
) -> None:
    page = seen(a_user(RoleKind.UNIT_HEAD, unit), unit)
    assert "Belum menyatakan akun" in page
    assert "Ini langkah pertama." in page
    assert reverse("register:declare") in page
    assert reverse("register:nil") in page


def test_every_step_in_its_turn(unit: Unit, verifier: User, mandate: Mandate) -> None:
    an_account(unit, by=verifier, today=TODAY - timedelta(days=40))
    page = words(seen(verifier, unit))
    assert "Petugas belum ditunjuk lewat batas 6 hari" in page

    dated = TODAY - timedelta(days=9)
    letter = a_letter(unit, dated=dated, today=TODAY, with_file=False)
    accepted(letter, by=verifier, today=TODAY)
    page = words(seen(verifier, unit))
    assert "Petugas ditunjuk 1 orang bertugas" in page
    assert "Softcopy belum diterima lewat batas 6 hari" in page

    for medium, left in ((Medium.SOFTCOPY, "Hardcopy belum diterima"), (Medium.HARDCOPY, "")):
        receive(
            letter=letter,
            medium=medium,
            channel=Channel.COUNTER,
            received_on=TODAY,
            by=verifier,
            today=TODAY,
        )
        page = words(seen(verifier, unit))
        assert "Softcopy diterima" in page
        assert (left in page) if left else ("belum diterima" not in page)
    assert "lewat batas" not in page


def test_without_a_deadline_nobody_is_late(unit: Unit, verifier: User, mandate: Mandate) -> None:
    mandate.deadlines.all().delete()
    rebuild(government=unit.government, today=TODAY)
    an_account(unit, by=verifier, today=TODAY - timedelta(days=400))
    page = words(seen(verifier, unit))
    assert "Petugas belum ditunjuk belum ada batas waktu" in page


def test_an_office_without_accounts_owes_nothing(
    unit: Unit, verifier: User, mandate: Mandate
) -> None:
    register.declare_nil(
        unit=unit,
        signer_name="Hendra Gunawan",
        signer_post="Lurah",
        declared_on=TODAY,
        by=verifier,
        today=TODAY,
    )
    page = words(seen(verifier, unit))
    assert "Dinyatakan nihil Tanpa akun sejak" in page
    assert page.count("tidak diwajibkan") == 4
    assert "oleh Hendra Gunawan, Lurah" in page


def test_officers_with_their_letters_and_the_days_without(unit: Unit, verifier: User) -> None:
    account = an_account(unit, by=verifier, today=date(2024, 1, 8))
    hendra = an_appointed(unit, "Hendra Gunawan", since=date(2024, 1, 8))
    stop = a_letter(
        unit,
        kind=LetterKind.TERMINATION,
        officers=[an_officer(person=hendra)],
        dated=date(2025, 6, 30),
    )
    accepted(stop)
    an_appointed(unit, "Lilis Suryani", since=date(2025, 7, 28))
    page = seen(verifier, unit)
    assert page.count('fill="url(#arsir)"') == 1
    assert "Tanpa petugas selama 28 hari, 30 Juni 2025 sampai 27 Juli 2025." in page
    picture = re.search(r"<svg class=\"waktu\".*?</svg>\s*<ul", page, re.DOTALL)
    assert picture is not None
    assert "Lilis Suryani" in picture[0]
    letters = re.findall(r'<a href="(/surat/\d+/)" aria-label="Surat', picture[0])
    assert len(letters) == 2
    assert "style=" not in page
    assert account.shown in page

    then = words(seen(verifier, unit, pada="2025-07-10"))
    assert "Petugas pada hari itu Tidak ada petugas." in then
    assert "Keadaan menurut surat pada 10 Juli 2025" in then
    assert "Catat surat" not in then


def test_numbers_in_the_picture_are_never_written_with_a_comma(unit: Unit, verifier: User) -> None:
    an_appointed(unit, "Hendra Gunawan", since=date(2024, 1, 8))
    page = seen(verifier, unit)
    assert re.findall(r'\b(?:x|y|width|height|x1|x2|y1|y2)="[^"]*,[^"]*"', page) == []
    assert re.search(r' x="\d+\.\d+%"', page)


def test_who_may_do_what(unit: Unit, city: Unit) -> None:
    an_account(unit)
    stranger = an_office("Kelurahan Lain", code="31.73.07.1001", parent=unit.parent)
    an_appointed(unit, "Hendra Gunawan", since=date(2024, 1, 8))
    letter = unit.letters.get()
    letter_page = f'href="{reverse("appointments:letter", args=[letter.pk])}"'
    for user, enters, reads in (
        (a_verifier(government=unit.government), True, True),
        (a_user(RoleKind.OFFICER, unit), True, True),
        (a_user(RoleKind.UNIT_HEAD, city), True, True),
        (a_user(RoleKind.CONTRIBUTOR, unit), False, True),
        (a_user(RoleKind.INSPECTOR, government=unit.government), False, True),
        (a_user(RoleKind.OFFICER, stranger), False, False),
    ):
        page = seen(user, unit)
        assert (reverse("intake:submit") in page) == enters, user.kinds
        assert (letter_page in page) == reads, user.kinds
        assert letter.number in page
        assert "Hendra Gunawan" in page


def test_another_governments_office_is_not_there(unit: Unit) -> None:
    client = Client()
    client.force_login(a_verifier(government__code="32"))
    assert client.get(reverse("desk:unit", args=[unit.code])).status_code == 404


def test_where_an_office_came_from(unit: Unit, verifier: User) -> None:
    old = an_office("Kelurahan Rawa Lama", code="31.73.07.1098", parent=unit.parent)
    Succession.objects.create(
        predecessor=old, successor=unit, event="penggabungan", effective_text="1 Januari 2020"
    )
    UnitName.objects.create(
        unit=unit,
        name="Kelurahan Melati",
        valid_until=date(2019, 1, 1),
        basis="Pergub 1/2019",
    )
    page = words(seen(verifier, unit))
    assert "Dahulu bernama Kelurahan Melati, sampai 1 Januari 2019. Pergub 1/2019" in page
    assert "Meneruskan Kelurahan Rawa Lama (penggabungan, 1 Januari 2020)" in page
    Unit.objects.filter(pk=old.pk).update(closed_on=date(2020, 1, 1))
    page = words(seen(verifier, old))
    assert "Kantor ini tidak ada lagi sejak 1 Januari 2020." in page
    assert "Diteruskan Kelurahan Rawa Melati" in page
    assert "Catat surat" not in page


def test_a_day_to_come_and_a_day_that_is_none_are_refused(unit: Unit, verifier: User) -> None:
    client = Client()
    client.force_login(verifier)
    for written in ((TODAY + timedelta(days=1)).isoformat(), "2026-13-01"):
        answer = client.get(reverse("desk:unit", args=[unit.code]), {"pada": written})
        assert answer.status_code == 422


def test_the_page_costs_the_same_however_much_there_is(
    unit: Unit, verifier: User, mandate: Mandate
) -> None:
    client = Client()
    client.force_login(verifier)
    address = reverse("desk:unit", args=[unit.code])

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    an_account(unit, by=verifier)
    client.get(address)
    few = queries()
    clerk = a_clerk(unit)
    for month in range(1, 4):
        an_account(unit, by=verifier)
        letter = a_letter(
            unit, by=clerk, dated=date(2025, month, 3), officers=[an_officer(f"Petugas {month}")]
        )
        accepted(letter, by=verifier)
    a_letter(unit, by=clerk)
    assert UnitStatus.objects.filter(unit=unit).exists()
    # One more only: the accounts that the flags found are fetched once there are any.
    assert queries() <= few + 1 <= 12
