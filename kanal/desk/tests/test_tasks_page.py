"""What waits: for the verifier over all offices, for an office its own."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kanal.appointments import actions as letters
from kanal.appointments.models import LetterKind
from kanal.desk import waiting
from kanal.desk.tests.test_unit_page import words
from kanal.directory.models import RoleKind, Unit, User
from kanal.journal.models import Entry
from kanal.lib.dates import today
from kanal.register.models import Report
from kanal.register.reports import report_account
from tests.factories import (
    a_letter,
    a_user,
    a_verifier,
    accepted,
    an_account,
    an_appointed,
    an_office,
    an_officer,
    returned,
)

pytestmark = pytest.mark.django_db

TODAY = today()


@pytest.fixture
def unit() -> Unit:
    return an_office("Kelurahan Rawa Melati")


@pytest.fixture
def verifier(unit: Unit) -> User:
    return a_verifier(government=unit.government)


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def seen(user: User) -> str:
    answer = of(user).get(reverse("desk:tasks"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_nothing_waits(verifier: User) -> None:
    assert "Tidak ada yang menunggu." in seen(verifier)


def test_letters_that_wait_the_oldest_first_each_with_its_way(unit: Unit, verifier: User) -> None:
    older, newer = a_letter(unit, with_file=False), a_letter(unit, with_file=False)
    page = seen(verifier)
    places = [page.index(reverse("appointments:verify", args=[one.pk])) for one in (older, newer)]
    assert places == sorted(places)
    assert "Surat menunggu verifikasi 2" in words(page)
    letters.hold(letter=older, note="Menunggu cap", by=verifier)
    assert "Surat ditunda 1" in words(seen(verifier))


def test_ones_own_letter_is_shown_but_not_to_verify(unit: Unit, verifier: User) -> None:
    own = a_letter(unit, by=verifier, with_file=False)
    page = seen(verifier)
    assert reverse("appointments:letter", args=[own.pk]) in page
    assert reverse("appointments:verify", args=[own.pk]) not in page


def test_copies_that_have_not_come(unit: Unit, verifier: User) -> None:
    letter = a_letter(unit, with_file=False)
    accepted(letter, by=verifier)
    page = seen(verifier)
    assert f"Softcopy dan Hardcopy surat {letter.number}" in page
    assert reverse("intake:receive", args=[letter.pk]) in page


def test_vacancies_flags_and_accounts_to_verify(unit: Unit, verifier: User) -> None:
    since = TODAY - timedelta(days=90)
    an_account(unit, by=verifier, today=since)
    second = an_account(unit, by=verifier, today=since)
    lilis = an_appointed(unit, since=since)
    stop = a_letter(
        unit,
        kind=LetterKind.TERMINATION,
        officers=[an_officer(person=lilis)],
        dated=TODAY - timedelta(days=20),
        today=TODAY,
    )
    accepted(stop, today=TODAY)
    page = words(seen(verifier))
    assert "sudah 20 hari." in page
    assert "Dua akun aktif di satu jaringan" in page
    assert "Akun dinyatakan, belum diverifikasi 2" in page
    assert second.shown in page


def test_an_office_sees_its_own_tasks_only(unit: Unit, verifier: User) -> None:
    other = an_office("Kelurahan Lain")
    an_account(unit, "@rawamelati.uji", network="instagram", by=verifier)
    an_account(other, "@kantorseberang", network="instagram", by=verifier)
    back = returned(a_letter(unit, with_file=False), by=verifier)
    head = a_user(RoleKind.UNIT_HEAD, unit)
    page = words(seen(head))
    assert "Surat dikembalikan, menunggu perbaikan 1" in page
    assert back.number in page
    assert "Kelurahan Lain" not in page
    a_letter(unit, with_file=False)
    assert "menunggu perbaikan" not in words(seen(head))


@pytest.mark.parametrize("kind", RoleKind)
def test_who_has_tasks(unit: Unit, kind: RoleKind) -> None:
    bound = kind in {RoleKind.UNIT_HEAD, RoleKind.OFFICER, RoleKind.CONTRIBUTOR}
    user = a_user(kind, unit if bound else None, government=unit.government)
    allowed = of(user).get(reverse("desk:tasks")).status_code == 200
    assert allowed == (kind not in {RoleKind.READER, RoleKind.CONTRIBUTOR})


def test_a_citizens_report_is_closed_with_what_was_found(unit: Unit, verifier: User) -> None:
    report = report_account(
        text="https://x.com/rawame1ati",
        note="Minta pulsa",
        government=unit.government,
        now=timezone.now(),
    )
    page = seen(verifier)
    assert "Minta pulsa" in page
    address = reverse("desk:close-report", args=[report.pk])
    empty = of(verifier).post(address, {"outcome": ""})
    assert empty.status_code == 422
    assert "Tulis dulu apa hasilnya." in empty.content.decode()
    done = of(verifier).post(address, {"outcome": "Dilaporkan ke X"})
    assert done.status_code == 302
    report.refresh_from_db()
    assert (report.outcome, report.closed_by_name) == ("Dilaporkan ke X", verifier.name)
    assert Entry.objects.filter(verb="close-report").exists()
    assert "Minta pulsa" not in seen(verifier)
    assert of(verifier).post(address, {"outcome": "Lagi"}).status_code == 409


def test_an_inspector_reads_reports_and_closes_none(unit: Unit) -> None:
    report = Report.objects.create(government=unit.government, text="https://x.com/rawame1ati")
    inspector = a_user(RoleKind.INSPECTOR, government=unit.government)
    assert "rawame1ati" in seen(inspector)
    assert "Tutup laporan" not in seen(inspector)
    address = reverse("desk:close-report", args=[report.pk])
    assert of(inspector).post(address, {"outcome": "x"}).status_code == 403


def test_the_page_costs_the_same_however_much_waits(unit: Unit, verifier: User) -> None:
    client = of(verifier)

    def fill() -> None:
        office = an_office()
        for _n in range(2):
            an_account(office, by=verifier, today=date(2026, 1, 5))
        lilis = an_appointed(office, since=date(2026, 1, 5))
        a_letter(office, kind=LetterKind.TERMINATION, officers=[an_officer(person=lilis)])
        held = a_letter(office)
        letters.hold(letter=held, note="Menunggu cap", by=verifier)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("desk:tasks")).status_code == 200
        return len(asked)

    fill()
    queries()
    once = queries()
    fill()
    fill()
    assert queries() == once <= 15


def test_what_needs_attention_is_listed_whole(
    unit: Unit, verifier: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "SHOWN", 1)
    since = TODAY - timedelta(days=90)
    for office in (unit, an_office("Kelurahan Kencana", government=unit.government)):
        an_account(office, by=verifier, today=since)
        gone = an_appointed(office, since=since)
        stop = {"officers": [an_officer(person=gone)], "dated": TODAY - timedelta(days=20)}
        accepted(a_letter(office, kind=LetterKind.TERMINATION, today=TODAY, **stop), today=TODAY)
    whole = f"{reverse('desk:tasks')}?kelompok=perhatian"
    assert whole in seen(verifier)
    page = of(verifier).get(whole).content.decode()
    assert page.count("sudah 20 hari.") >= 2
    assert "Semua tugas" in page
    assert "Surat menunggu" not in page
