"""The room's pages: what is planned, the rules, the calendar, one office's file."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kanal.directory.models import Person, RoleKind, Unit
from kanal.journal.models import Entry
from kanal.lib.dates import today
from kanal.lib.workdays import Calendar
from kanal.post.calendar import override_day, set_hours
from kanal.post.models import DayOverride, SendingHours
from kanal.reminders import sending
from kanal.reminders.actions import RuleEnded, RulesThere, adopt_defaults, end_rule
from kanal.reminders.defaults import DEFAULTS
from kanal.reminders.models import Rule, Run, Sent, Step
from kanal.reminders.tests.office import JAKARTA, Town, at
from kanal.reminders.wording import TextRefused
from tests.factories import GovernmentFactory, a_user, an_office

pytestmark = pytest.mark.django_db

NOW = today()
NEXT = Calendar().next_working(NOW)
A_RULE = {
    "name": "Seminggu sesudah",
    "stages": ["belum", "soft"],
    "days": "5",
    "side": "after",
    "every": "5",
    "times": "3",
    "step": "officer",
    "subject": "Pengingat {kantor}",
    "text": "Yth. {kantor}: {langkah}",
}


@pytest.fixture
def town() -> Town:
    """Whose deadline is the next working day, so that something is planned."""
    return Town(due=NEXT)


@pytest.fixture
def admin(town: Town) -> Client:
    return signed_in(town.admin)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def silent(town: Town, name: str, **facts: Any) -> Unit:
    unit = town.silent(name, **facts)
    town.stand(NOW)
    return unit


def test_first_it_says_what_to_do(town: Town, admin: Client) -> None:
    page = text_of(admin, "reminders:today")
    assert "Pakai aturan bawaan" in page
    answer = admin.post(reverse("reminders:adopt"), {"mandate": town.mandate.pk})
    assert answer.status_code == 302
    assert Rule.objects.count() == len(DEFAULTS)
    assert "Kebijakan Diskominfotik" in text_of(admin, "reminders:rules")
    with pytest.raises(RulesThere):
        adopt_defaults(mandate=town.mandate, by=town.admin, today=NOW)


def test_without_a_mandate_it_leads_to_one(town: Town) -> None:
    elsewhere = a_user(RoleKind.ADMINISTRATOR, government=GovernmentFactory(code="32"))
    assert "Belum ada dasar hukum" in text_of(signed_in(elsewhere), "reminders:today")


def test_without_a_deadline_it_says_so() -> None:
    town = Town(due=None)
    town.rule(0)
    silent(town, "Kelurahan Melati")
    assert "Belum ada tenggat" in text_of(signed_in(town.admin), "reminders:today")


def test_who_gets_what(town: Town, admin: Client) -> None:
    silent(town, "Kelurahan Melati")
    silent(town, "Kelurahan Kencana", email="")
    town.rule(0, name="Pada batasnya")
    page = text_of(admin, "reminders:today")
    assert "<b>2</b> surel tentang <b>2</b> kantor" in page
    assert "melati@contoh.go.id" in page
    assert "Naik: Petugas tanpa alamat yang berfungsi." in page
    only = text_of(admin, "reminders:today", langkah="verifier")
    assert "Kelurahan Kencana" in only
    assert "melati@contoh.go.id" not in only
    found = text_of(admin, "reminders:today", cari="MELATI@")
    assert "melati@contoh.go.id" in found
    assert "Kelurahan Kencana" not in found


def test_a_day_to_come_and_none_that_is_gone(town: Town, admin: Client) -> None:
    silent(town, "Kelurahan Melati")
    town.rule(3)
    there = Calendar().shift(NEXT, 3)
    assert "melati@" not in text_of(admin, "reminders:today")
    assert "melati@" in text_of(admin, "reminders:today", pada=there.isoformat())
    for wrong in ((NOW - timedelta(days=1)).isoformat(), "2199-01-01", "besok"):
        assert admin.get(reverse("reminders:today"), {"pada": wrong}).status_code == 422


def test_many_pages_few_queries(town: Town, admin: Client) -> None:
    town.rule(0)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            text_of(admin, "reminders:today")
        return len(asked)

    silent(town, "Kelurahan Melati")
    few = queries()
    for nth in range(60):
        an_office(f"Kelurahan {nth}", government=town.government, email=f"k{nth}@contoh.go.id")
    town.stand(NOW)
    assert queries() == few
    assert "dari 61" in text_of(admin, "reminders:today")


def test_sending_now(town: Town, admin: Client) -> None:
    silent(town, "Kelurahan Melati")
    town.rule(0 if NEXT == NOW else -1)
    town.decide(NOW)
    town.stand(NOW)
    assert "surel tentang" in text_of(admin, "reminders:send")
    answer = admin.post(reverse("reminders:send"), follow=True)
    run = Run.objects.get()
    assert run.by == town.admin
    assert answer.redirect_chain[-1][0] == reverse("reminders:run", args=[run.pk])
    assert Entry.objects.of(town.government.pk).get(verb="send-reminders").actor_id == town.admin.pk


@pytest.mark.parametrize("keeps_hours", [True, False])
def test_at_a_quiet_hour_it_warns_and_takes_a_word_for_it(
    town: Town, admin: Client, keeps_hours: bool
) -> None:
    """Pressed on a page from before they closed, the messages wait for the next opening."""
    silent(town, "Kelurahan Melati")
    town.decide(NOW)
    town.stand(NOW)
    override_day(day=NOW, is_working=True, note="Uji", by=town.admin)
    is_morning = timezone.now().astimezone(JAKARTA).hour < 12
    opens, closes = (time(20), time(21)) if is_morning else (time(3), time(4))
    set_hours(opens=opens, closes=closes, by=town.admin)
    town.rule(0)
    page = text_of(admin, "reminders:send")
    assert "Tetap kirim" in page
    assert 'name="tetap"' in page
    admin.post(reverse("reminders:send"), {} if keeps_hours else {"tetap": "1"})
    assert [message.keeps_hours for message in town.queued()] == [keeps_hours]


class TestRules:
    def test_one_is_written(self, town: Town, admin: Client) -> None:
        form = {**A_RULE, "mandate": str(town.mandate.pk)}
        assert admin.post(reverse("reminders:add-rule"), form).status_code == 302
        rule = Rule.objects.get()
        assert (rule.offset, rule.every, rule.times) == (5, 5, 3)
        assert (rule.stages, rule.added_by) == (["belum", "soft"], town.admin)
        assert Entry.objects.of(town.government.pk).get(verb="add-reminder-rule")

    @pytest.mark.parametrize(
        ("field", "given", "said"),
        [
            ("text", "Yth. {nama}", "Isian {nama} tidak dikenal"),
            ("text", "Yth. {kantor", "kurung kurawal tanpa pasangannya"),
            ("text", "{kantor!r} {0} {kantor.__class__}", "tidak dikenal"),
            ("subject", "{}", "tidak dikenal"),
            ("times", "", "Pengulangan perlu jarak dan jumlahnya"),
            ("stages", "lengkap", "Masukkan pilihan yang valid"),
            ("days", "900", "250"),
        ],
    )
    def test_a_mistake_stands_beside_its_field(
        self, town: Town, admin: Client, field: str, given: str, said: str
    ) -> None:
        form = {**A_RULE, "mandate": str(town.mandate.pk), field: given}
        answer = admin.post(reverse("reminders:add-rule"), form)
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert said in answer.content.decode()
        assert not Rule.objects.exists()

    def test_a_list_for_verifiers_speaks_of_no_single_office(self, town: Town) -> None:
        with pytest.raises(TextRefused, match="tidak dikenal di sini"):
            town.rule(0, step=Step.VERIFIER, text="Yth. {kantor}")

    def test_replacing_ends_the_old_one_and_begins_the_new(self, town: Town, admin: Client) -> None:
        old = town.rule(-3, every=2, times=4)
        address = f"{reverse('reminders:add-rule')}?ganti={old.pk}"
        shown = admin.get(address).content.decode()
        assert "Aturan lama berakhir hari ini" in shown
        assert admin.post(address, A_RULE).status_code == 302
        old.refresh_from_db()
        new = Rule.objects.get(replaces=old)
        assert (old.active_until, new.active_from) == (NOW, NOW)
        assert old.ended_by_name == "Admin Contoh"
        assert admin.get(address).status_code == 404

    def test_ending(self, town: Town, admin: Client) -> None:
        rule = town.rule(0)
        admin.post(reverse("reminders:end-rule", args=[rule.pk]))
        with pytest.raises(RuleEnded):
            end_rule(rule=rule, by=town.admin, today=NOW)
        assert "Yang sudah diakhiri" in text_of(admin, "reminders:rules")


class TestCalendar:
    def test_a_day_is_told_and_taken_back(self, town: Town, admin: Client) -> None:
        form = {"day": "2027-02-10", "is_working": "0", "note": "Pilkada"}
        assert admin.post(reverse("reminders:calendar"), form).status_code == 302
        row = DayOverride.objects.get()
        assert (row.day, row.is_working) == (date(2027, 2, 10), False)
        again = admin.post(reverse("reminders:calendar"), form)
        assert again.status_code == 422
        assert "sudah ada dalam daftar" in again.content.decode()
        admin.post(reverse("reminders:end-day", args=[row.pk]))
        row.refresh_from_db()
        assert row.ended_by_name == "Admin Contoh"
        verbs = set(Entry.objects.of(town.government.pk).values_list("verb", flat=True))
        assert {"override-day", "end-day-override"} <= verbs

    def test_the_hours(self, town: Town, admin: Client) -> None:
        address = reverse("reminders:hours")
        assert admin.post(address, {"opens": "09:00", "closes": "08:00"}).status_code == 422
        assert admin.post(address, {"opens": "08:00", "closes": "15:30"}).status_code == 302
        assert str(SendingHours.objects.get()) == "08.00–15.30"
        told = Entry.objects.of(town.government.pk).get(verb="set-reminder-hours")
        assert told.before == {"hours": "07.00–17.00"}

    def test_the_holidays_of_a_year(self, admin: Client) -> None:
        page = text_of(admin, "reminders:calendar", tahun="2018")
        assert "Wafat Yesus Kristus" in page
        assert "2017" in page


class TestFile:
    @pytest.fixture
    def unit(self, town: Town) -> Unit:
        """Reminded today, with an officer who has a telephone."""
        unit, person = town.with_officer("Kelurahan Melati", "lilis@contoh.go.id")
        Person.objects.filter(pk=person.pk).update(phone="0812-3456-7890")
        town.decide(NOW)
        town.stand(NOW)
        town.rule(0)
        town.rule(5, name="Sesudahnya")
        return unit

    def sent(self, town: Town) -> None:
        Run.objects.all().delete()
        day = Calendar().shift(NOW, 0)
        sending.send_due(town.government, at(9, day=day))

    def test_every_message_stands_there_with_other_ways_beside_it(
        self, town: Town, unit: Unit, admin: Client
    ) -> None:
        self.sent(town)
        page = text_of(admin, "reminders:unit", unit.code)
        assert "lilis@contoh.go.id" in page
        assert "Menunggu dikirim" in page
        assert page.count("https://wa.me/6281234567890?text=") == 2
        assert "Sesudahnya" in page
        assert "Pengingat" in text_of(admin, "desk:unit", unit.code)

    def test_its_own_people_see_it_and_nobody_elses(self, town: Town, unit: Unit) -> None:
        self.sent(town)
        other = an_office("Kelurahan Kencana", government=town.government)
        for kind in (RoleKind.UNIT_HEAD, RoleKind.OFFICER):
            client = signed_in(a_user(kind, unit))
            page = text_of(client, "reminders:unit", unit.code)
            assert "lilis@contoh.go.id" in page
            assert "wa.me" not in page
            answer = client.get(reverse("reminders:unit", args=[other.code]))
            assert answer.status_code == 403
            for closed in ("reminders:today", "reminders:rules", "reminders:calendar"):
                assert client.get(reverse(closed)).status_code == 403

    def test_the_letter_on_paper(self, town: Town, unit: Unit, admin: Client) -> None:
        page = text_of(admin, "reminders:letter", unit.code)
        assert "Yth. Lurah" in page
        assert "belum menyampaikan hardcopy" in page
        assert f"tentang={unit.code}" in page

    def test_a_finished_office_has_no_letter(self, town: Town, unit: Unit, admin: Client) -> None:
        town.mandate.statuses.filter(unit=unit).update(hardcopy_on=NOW - timedelta(days=1))
        answer = admin.get(reverse("reminders:letter", args=[unit.code]))
        assert answer.status_code == 302
        assert "Tidak ada yang ditunggu" in text_of(admin, "reminders:unit", unit.code)

    def test_an_office_outside_the_mandate(self, town: Town, admin: Client) -> None:
        bureau = an_office("Biro Umum", government=town.government, unit_class="biro")
        assert "tidak ditujukan" in text_of(admin, "reminders:unit", bureau.code)


class TestWho:
    def test_the_inspector_reads_and_changes_nothing(self, town: Town) -> None:
        rule = town.rule(0)
        client = signed_in(a_user(RoleKind.INSPECTOR, government=town.government))
        for name in ("reminders:today", "reminders:rules", "reminders:calendar"):
            page = text_of(client, name)
            assert '<form method="post" action="/pengingat' not in page
        form = {"day": "2027-02-10", "is_working": "0", "note": "Pilkada"}
        assert client.post(reverse("reminders:calendar"), form).status_code == 403
        assert client.post(reverse("reminders:end-rule", args=[rule.pk])).status_code == 403
        assert client.get(reverse("reminders:send")).status_code == 403
        assert not DayOverride.objects.exists()

    def test_the_verifier_keeps_rules_and_does_not_send(self, town: Town) -> None:
        client = signed_in(town.verifier)
        admin_only = client.get(reverse("reminders:send"))
        assert admin_only.status_code == 403
        answer = client.post(reverse("reminders:adopt"), {"mandate": town.mandate.pk})
        assert answer.status_code == 302

    def test_another_governments_things_are_not_there(self, town: Town, admin: Client) -> None:
        far = Town(GovernmentFactory(code="32"))
        rule, unit = far.rule(0), silent(far, "Kelurahan Zamrud", code="32.01.01.1001")
        for name, key in (("end-rule", rule.pk), ("unit", unit.code), ("letter", unit.code)):
            answer = admin.get(reverse(f"reminders:{name}", args=[key]))
            assert answer.status_code in (404, 405)
        assert admin.post(reverse("reminders:end-rule", args=[rule.pk])).status_code == 404
        assert (
            admin.post(reverse("reminders:adopt"), {"mandate": far.mandate.pk}).status_code == 404
        )
        address = f"{reverse('reminders:add-rule')}?ganti={rule.pk}"
        assert admin.post(address, A_RULE).status_code == 404
        assert not Sent.objects.exists()
