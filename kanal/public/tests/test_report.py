"""A citizen reports an account; what is kept is the account, not the citizen."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from kanal.directory.models import RoleKind, User
from kanal.journal.models import Entry
from kanal.lib.refusal import NotAllowed
from kanal.register import reports
from kanal.register.models import Report

pytestmark = pytest.mark.django_db
REPORT = "/cek/lapor/"
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=timezone.get_default_timezone())


def test_the_form_comes_filled_with_what_was_checked(client, health):
    page = client.get(REPORT, {"akun": "@dinkess.contoh"}).content.decode()
    assert 'value="@dinkess.contoh"' in page
    assert "boleh kosong" in page


def test_a_report_is_kept_with_the_account_it_resembles(client, health):
    answer = client.post(REPORT, {"text": "@dinkess.contoh", "note": "minta transfer"})
    assert answer.headers["Location"] == "/cek/lapor/terkirim/"
    kept = Report.objects.get()
    assert kept.text == "@dinkess.contoh"
    assert kept.similar_to is not None
    assert kept.similar_to.shown == "@dinkes.contoh"
    assert Entry.objects.filter(verb="report-account").count() == 1
    assert "Laporan diterima" in client.get("/cek/lapor/terkirim/").content.decode()


def test_nothing_of_the_sender_is_written_down(client, health):
    client.post(
        REPORT,
        {"text": "@dinkess.contoh"},
        headers={"user-agent": "Peramban/9"},
        REMOTE_ADDR="203.0.113.7",
    )
    kept = repr(Report.objects.values().get()) + repr(list(Entry.objects.values()))
    assert "203.0.113.7" not in kept
    assert "Peramban" not in kept


def test_an_empty_report_says_what_is_missing_beside_the_field(client, health):
    answer = client.post(REPORT, {"text": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'aria-describedby="id_text_error"' in page
    assert 'id="id_text_error"' in page
    assert not Report.objects.exists()


def test_the_sixth_report_of_an_hour_from_one_address_is_refused(client, health):
    for number in range(5):
        client.post(REPORT, {"text": f"@tiruan{number}"})
    sixth = client.post(REPORT, {"text": "@tiruan6"})
    assert sixth.status_code == 429
    assert "Laporan yang ini belum tersimpan" in sixth.content.decode()
    elsewhere = client.post(REPORT, {"text": "@tiruan7"}, REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 302
    assert Report.objects.count() == 6


def test_a_flood_from_many_addresses_stops_at_the_daily_limit(jakarta, monkeypatch):
    monkeypatch.setattr(reports, "A_DAY", 2)
    now = timezone.now()
    for number in range(2):
        reports.report_account(text=f"@t{number}", note="", government=jakarta, now=now)
    with pytest.raises(reports.TooManyReports):
        reports.report_account(text="@t3", note="", government=jakarta, now=now)
    later = now + timedelta(days=2)
    assert reports.report_account(text="@t3", note="", government=jakarta, now=later)


def test_the_verifier_closes_it_once_and_nobody_else_may(jakarta, health):
    report = reports.report_account(text="@x_palsu", note="", government=jakarta, now=NOW)
    verifier = _user(jakarta, "v@contoh.id", RoleKind.VERIFIER)
    reader = _user(jakarta, "r@contoh.id", RoleKind.READER)
    assert reports.open_reports(jakarta) == [report]
    with pytest.raises(NotAllowed):
        reports.close_report(report=report, outcome="palsu", by=reader, now=NOW)
    reports.close_report(report=report, outcome="Dilaporkan ke jaringan", by=verifier, now=NOW)
    assert reports.open_reports(jakarta) == []
    with pytest.raises(reports.AlreadyClosed):
        reports.close_report(report=report, outcome="lagi", by=verifier, now=NOW)
    report.refresh_from_db()
    assert report.outcome == "Dilaporkan ke jaringan"


def _user(government, email: str, kind: str) -> User:
    user = User.objects.create(government=government, email=email, name=email)
    user.roles.create(kind=kind, starts_at=NOW - timedelta(days=900), granted_by_name="uji")
    return user
