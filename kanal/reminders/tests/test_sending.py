"""Reminders leave once, inside the hours, to offices that still owe something at that moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from kanal.directory.models import RoleKind, Unit, User
from kanal.intake.actions import receive
from kanal.intake.models import Channel, Medium
from kanal.journal.models import Entry
from kanal.lib.refusal import NotAllowed
from kanal.mandates.models import UnitStatus
from kanal.post import calendar, outbox
from kanal.post import sending as post
from kanal.post.models import Outgoing, State
from kanal.reminders import actions, jobs, sending
from kanal.reminders.defaults import DEFAULTS
from kanal.reminders.models import Rule, Run, Sent, Step
from kanal.reminders.tests.office import MONDAY, Town, at
from tests.factories import GovernmentFactory, a_user, an_account

TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
SATURDAY = date(2026, 11, 28)

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def test_a_message_and_the_fact_of_it(town: Town) -> None:
    unit = town.silent("Kelurahan Melati")
    rule = town.rule(0, subject="Pengingat {kantor}", text="{keadaan}; {langkah}; {sisa}")
    (run,) = town.send()
    (message,) = town.queued()
    assert (message.to, message.subject) == ("melati@contoh.go.id", "Pengingat Kelurahan Melati")
    assert "belum menyatakan akun" in message.text
    assert "hari ini" in message.text
    assert "Pertanyaan: balas surel ini atau hubungi Dinas Komunikasi" in message.text
    assert message.is_generated
    assert message.unsubscribe == ""
    assert message.unit == unit
    fact = Sent.objects.get()
    assert (fact.rule, fact.unit, fact.key, fact.run) == (rule, unit, message.key, run)
    told = Entry.objects.of(town.government.pk).get(verb="send-reminders")
    assert told.actor_name == "Kanal"
    assert told.after["messages"] == 1


def test_once_a_day_by_itself_and_nothing_twice_at_somebodys_word(town: Town) -> None:
    town.silent("Kelurahan Melati")
    town.rule(0)
    assert len(town.send()) == 1
    assert town.send(hour=10) == []
    again = sending.send_now(mandate=town.mandate, by=town.admin, now=at(11))
    assert again.figures["messages"] == 0
    assert len(town.queued()) == 1


def test_the_words_are_indonesian_whoever_sends(town: Town) -> None:
    town.silent("Kelurahan Melati")
    town.rule(0, text="{tenggat}: {keadaan}")
    with translation.override("en"):
        sending.send_now(mandate=town.mandate, by=town.admin, now=at(9))
    assert "23 November 2026: belum menyatakan akun" in town.queued()[0].text


def test_what_a_name_says_is_not_filled_in_again(town: Town) -> None:
    town.silent("Kelurahan {langkah}", email="a@contoh.go.id")
    town.rule(0, subject="{kantor}")
    town.send()
    assert town.queued()[0].subject == "Kelurahan {langkah}"


def test_verifiers_get_one_list_of_all(town: Town) -> None:
    for name in ("Melati", "Kencana"):
        town.silent(f"Kelurahan {name}")
    stranded = town.silent("Kelurahan Zamrud", email="")
    second = a_user(RoleKind.VERIFIER, government=town.government)
    a_user(RoleKind.VERIFIER, government=town.government, is_active=False)
    town.rule(
        0, step=Step.VERIFIER, stages=("belum_lapor",), subject="Daftar", text="Menurut {dasar}:"
    )
    town.mandate.statuses.filter(unit=stranded).update(accounts_since=date(2026, 1, 1))
    town.rule(0, stages=("belum",))
    town.send()
    messages = town.queued()
    assert {each.to for each in messages} == {town.verifier.email, second.email}
    text = messages[0].text
    assert "Kelurahan Melati" in text
    assert "Kelurahan Kencana" in text
    assert text.index("tidak mempunyai alamat surel") < text.index("Kelurahan Zamrud")
    assert messages[0].subject == "Daftar: 3 kantor"
    assert Sent.objects.count() == 6


class TestHours:
    @pytest.mark.parametrize(
        ("zone", "opens_utc"),
        [("Asia/Jakarta", 0), ("Asia/Makassar", 23), ("Asia/Jayapura", 22)],
    )
    def test_by_the_wall_clock_of_the_place(self, zone: str, opens_utc: int) -> None:
        """07.00 in Jakarta, Makassar and Jayapura are three instants."""
        town = Town(GovernmentFactory(code="91", timezone=zone), due=MONDAY)
        town.silent("Kelurahan Melati")
        town.rule(0)
        there = ZoneInfo(zone)
        assert sending.send_due(town.government, at(6, 59, zone=there)) == []
        assert sending.send_due(town.government, at(17, zone=there)) == []
        assert at(7, zone=there).hour == opens_utc
        assert len(sending.send_due(town.government, at(7, zone=there))) == 1

    def test_the_office_chooses_them(self, town: Town) -> None:
        town.silent("Kelurahan Melati")
        town.rule(0)
        calendar.set_hours(opens=time(10), closes=time(11), by=town.admin)
        assert town.send(hour=9) == []
        assert len(town.send(hour=10)) == 1

    def test_not_on_a_day_off_and_made_good_on_the_next(self, town: Town) -> None:
        """The deadline was Monday; the rule's Tuesday was decreed to be free that very day."""
        town.silent("Kelurahan Melati")
        town.rule(1)
        town.send()
        calendar.override_day(day=TUESDAY, is_working=False, note="Pilkada", by=town.admin)
        assert town.send(TUESDAY) == []
        (run,) = town.send(WEDNESDAY)
        assert run.figures["messages"] == 1

    def test_a_machine_that_was_off_makes_it_good_once(self, town: Town) -> None:
        """From Monday to Thursday of the next week: three reminders fell due, the newest goes."""
        town.silent("Kelurahan Melati")
        town.rule(1)
        last = town.rule(2, every=2, times=9)
        town.send()
        assert town.send(SATURDAY) == []
        (run,) = town.send(date(2026, 12, 3))
        assert run.figures["messages"] == 1
        assert Sent.objects.get().rule == last
        assert town.send(date(2026, 12, 4))[0].figures["messages"] == 0
        assert town.send(date(2026, 12, 7))[0].figures["messages"] == 1

    def test_somebody_may_send_at_any_hour(self, town: Town) -> None:
        town.silent("Kelurahan Melati")
        town.rule(0)
        run = sending.send_now(mandate=town.mandate, by=town.admin, now=at(22))
        assert (run.by, run.figures["messages"]) == (town.admin, 1)
        with pytest.raises(NotAllowed):
            sending.send_now(mandate=town.mandate, by=town.verifier, now=at(22))


class TestBound:
    """To the working hours, until the moment of sending."""

    def test_what_kanal_sends_by_itself(self, town: Town) -> None:
        town.silent("Kelurahan Melati")
        town.rule(0)
        town.send(hour=16)
        assert [message.keeps_hours for message in town.queued()] == [True]

    @pytest.mark.parametrize("at_any_hour", [True, False])
    def test_what_somebody_sends_unless_they_mean_now(self, town: Town, at_any_hour: bool) -> None:
        town.silent("Kelurahan Melati")
        town.rule(0)
        sending.send_now(mandate=town.mandate, by=town.admin, now=at(22), at_any_hour=at_any_hour)
        assert [message.keeps_hours for message in town.queued()] == [not at_any_hour]


class TestAnotherGovernment:
    """Its administrators and verifiers begin, end and send nothing here."""

    @pytest.fixture(params=[RoleKind.ADMINISTRATOR, RoleKind.VERIFIER])
    def stranger(self, request: pytest.FixtureRequest) -> User:
        return a_user(request.param, government=GovernmentFactory(code="32"))

    def refused(self, act: Callable[[], object]) -> None:
        written = Entry.objects.count()
        rules = set(Rule.objects.values_list("pk", "ended_at"))
        with pytest.raises(NotAllowed):
            act()
        assert set(Rule.objects.values_list("pk", "ended_at")) == rules
        assert Entry.objects.count() == written
        assert not Run.objects.exists()
        assert not Outgoing.objects.exists()

    def test_adopts_adds_and_ends_no_rule(self, town: Town, stranger: User) -> None:
        self.refused(
            lambda: actions.adopt_defaults(mandate=town.mandate, by=stranger, today=MONDAY)
        )
        rule = town.rule(0)
        facts = DEFAULTS[0]
        self.refused(
            lambda: actions.add_rule(mandate=town.mandate, facts=facts, by=stranger, today=MONDAY)
        )
        self.refused(lambda: actions.end_rule(rule=rule, by=stranger, today=MONDAY))

    def test_puts_none_of_ours_in_the_place_of_its_own(self, town: Town, stranger: User) -> None:
        rule, far = town.rule(0), Town(stranger.government)
        self.refused(
            lambda: actions.add_rule(
                mandate=far.mandate, facts=DEFAULTS[0], by=stranger, today=MONDAY, replaces=rule
            )
        )

    def test_sends_nothing(self, town: Town, stranger: User) -> None:
        town.silent("Kelurahan Melati")
        town.rule(0)
        self.refused(lambda: sending.send_now(mandate=town.mandate, by=stranger, now=at(9)))


class TestDone:
    def done(self, town: Town, unit: Unit) -> None:
        for letter in unit.letters.all():
            receive(
                letter=letter,
                medium=Medium.HARDCOPY,
                channel=Channel.COUNTER,
                received_on=MONDAY,
                note="",
                by=town.verifier,
                today=MONDAY,
            )

    def test_a_complete_office_gets_nothing(self, town: Town) -> None:
        unit, _person = town.with_officer("Kelurahan Melati", "lilis@contoh.go.id")
        town.rule(0)
        assert town.told()
        self.done(town, unit)
        assert town.send()[0].figures["messages"] == 0

    def test_done_after_the_message_was_queued_it_does_not_leave(self, town: Town) -> None:
        unit, _person = town.with_officer("Kelurahan Melati", "lilis@contoh.go.id")
        town.with_officer("Kelurahan Kencana", "wulan@contoh.go.id")
        town.rule(0)
        town.send()
        self.done(town, unit)
        jobs.cancel_done(0)
        states = {message.to: message.state for message in town.queued()}
        assert states == {
            "lilis@contoh.go.id": State.CANCELLED,
            "wulan@contoh.go.id": State.WAITING,
        }
        told = Entry.objects.of(town.government.pk).get(verb="cancel-reminders")
        assert told.after["messages"] == 1

    def test_done_between_the_look_and_the_sending_it_does_not_leave(self, town: Town) -> None:
        unit, _person = town.with_officer("Kelurahan Melati", "lilis@contoh.go.id")
        town.rule(0)
        town.send()
        (message,) = town.queued()
        assert sending.unwanted(message) == ""
        self.done(town, unit)
        assert sending.unwanted(message) == "done"

    def test_what_is_being_sent_is_left_alone(self, town: Town) -> None:
        unit, _person = town.with_officer("Kelurahan Melati", "lilis@contoh.go.id")
        town.rule(0)
        town.send()
        assert post.claim(town.government.pk, timezone.now()) is not None
        self.done(town, unit)
        assert sending.cancel_done(town.government.pk, MONDAY) == 0

    def test_no_longer_true_is_not_said_either(self, town: Town) -> None:
        """It has declared an account since: "has not declared" is wrong by now."""
        unit = town.silent("Kelurahan Melati")
        town.rule(0)
        town.send()
        an_account(unit, today=MONDAY)
        assert sending.cancel_done(town.government.pk, MONDAY) == 1

    def test_a_list_leaves_while_one_of_its_offices_still_waits(self, town: Town) -> None:
        first, second = (town.silent(f"Kelurahan {name}") for name in ("Melati", "Kencana"))
        town.rule(0, step=Step.VERIFIER, subject="Daftar", text="Menurut {dasar}:")
        town.send()
        an_account(first, today=MONDAY)
        assert sending.cancel_done(town.government.pk, MONDAY) == 0
        an_account(second, today=MONDAY)
        assert sending.cancel_done(town.government.pk, MONDAY) == 1

    def test_the_mandate_ended(self, town: Town) -> None:
        town.silent("Kelurahan Melati")
        town.rule(0)
        town.send()
        type(town.mandate).objects.update(in_force_until=MONDAY)
        assert sending.cancel_done(town.government.pk, MONDAY) == 1

    def test_another_governments_key_is_not_cancelled(self, town: Town) -> None:
        town.silent("Kelurahan Melati")
        town.rule(0)
        town.send()
        (message,) = town.queued()
        far = GovernmentFactory(code="32")
        with transaction.atomic():
            assert outbox.cancel(government_id=far.pk, keys=[message.key], problem="done") == 0


def at_once(work: Callable[[], object], workers: int = 3) -> None:
    def one() -> None:
        try:
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
class TestCrashes:
    def test_workers_at_once_send_each_message_once(self) -> None:
        town = Town()
        for nth in range(30):
            town.silent(f"Kelurahan {nth}", email=f"kantor{nth}@contoh.go.id")
        town.rule(0)
        at_once(town.send)
        assert Run.objects.count() == 1
        assert Sent.objects.count() == Outgoing.objects.count() == 30

    def test_a_worker_and_an_administrator_at_once(self) -> None:
        town = Town()
        town.silent("Kelurahan Melati")
        town.rule(0)
        mandate, admin = town.mandate, User.objects.get(pk=town.admin.pk)
        hands = iter([town.send, lambda: sending.send_now(mandate=mandate, by=admin, now=at(9))])
        at_once(lambda: next(hands)(), workers=2)
        assert Run.objects.count() == 2
        assert Sent.objects.count() == Outgoing.objects.count() == 1

    def test_killed_on_the_way_leaves_nothing_and_the_next_run_sends_all(self) -> None:
        """The server ends the connection after the facts were written, before the messages."""
        town = Town()
        for name in ("Melati", "Kencana"):
            town.silent(f"Kelurahan {name}")
        town.rule(0)
        killed = threading.Event()

        def dies() -> None:
            with pytest.raises(Exception, match="terminating connection"):
                _run_until_killed(town, killed)

        at_once(dies, workers=1)
        assert killed.is_set()
        assert not Run.objects.exists()
        assert not Sent.objects.exists()
        assert not Outgoing.objects.exists()
        town.send()
        assert Sent.objects.count() == Outgoing.objects.count() == 2


def _run_until_killed(town: Town, killed: threading.Event) -> None:
    def die(_execute: object, sql: str, *rest: object) -> object:
        if "post_outgoing" in sql and "INSERT" in sql:
            connection.connection.execute("select pg_terminate_backend(pg_backend_pid())")
        return _execute(sql, *rest)  # type: ignore[operator]

    killed.set()
    with connection.execute_wrapper(die):
        town.send()


def test_the_same_reminder_twice_is_refused_by_the_database(town: Town) -> None:
    town.silent("Kelurahan Melati")
    town.rule(0)
    town.send()
    fact = Sent.objects.get()
    fact.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        fact.save(force_insert=True)


def test_the_job_serves_every_government(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    far = Town(GovernmentFactory(code="32"))
    for each, name in ((town, "Melati"), (far, "Zamrud")):
        each.silent(f"Kelurahan {name}")
        each.rule(0)
    monkeypatch.setattr(timezone, "now", lambda: at(9))
    jobs.send(0)
    assert [len(each.queued()) for each in (town, far)] == [1, 1]
    assert set(Sent.objects.values_list("government", flat=True)) == {
        town.government.pk,
        far.government.pk,
    }


def test_a_status_whose_day_has_come_is_refreshed_first(town: Town) -> None:
    unit = town.silent("Kelurahan Melati")
    UnitStatus.objects.filter(unit=unit).update(accounts_since=MONDAY, turns_on=MONDAY)
    town.rule(0, stages=("belum",))
    assert town.send()[0].figures["messages"] == 0
    assert Rule.objects.count() == 1
