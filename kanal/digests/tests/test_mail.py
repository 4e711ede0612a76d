"""Who gets the sheet, when it leaves, and that it leaves once."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from kanal.digests import making, schedule, sending, subscriptions, tokens
from kanal.digests.models import Dispatch, Making, Sheet, Subscription
from kanal.digests.tests.story import MONDAY, OCTOBER, a_living_government, a_sheet, asked, clock
from kanal.directory.models import Government, Role, RoleKind, User
from kanal.journal.models import Entry
from kanal.lib.refusal import NotAllowed
from kanal.mandates.models import Mandate
from kanal.post import calendar
from kanal.post.models import DeadAddress, Outgoing, State
from tests.factories import UserFactory, a_government, a_user, an_office

pytestmark = pytest.mark.django_db


def addresses(government: Government) -> list[str]:
    return [user.email for user in subscriptions.recipients(government.pk)]


def test_readers_get_it_and_nobody_else_unasked(
    jakarta: Government, sekda: User, admin: User
) -> None:
    assert addresses(jakarta) == [sekda.email]


def test_anybody_signed_in_may_ask_for_it_and_stop_it(jakarta: Government, admin: User) -> None:
    subscriptions.decide_own(wants=True, by=admin)
    assert addresses(jakarta) == [admin.email]
    subscriptions.decide_own(wants=False, by=admin)
    assert addresses(jakarta) == []
    told = Entry.objects.filter(subject=f"user:{admin.pk}").order_by("pk")
    assert [entry.verb for entry in told] == ["begin-digest", "end-digest"]


def test_a_role_that_ended_ends_the_mail(jakarta: Government, sekda: User, admin: User) -> None:
    subscriptions.decide_own(wants=True, by=admin)
    Role.objects.filter(user__in=[sekda, admin]).update(
        ends_at=timezone.now() - timedelta(seconds=1)
    )
    assert addresses(jakarta) == []
    sending.send(sheet=a_sheet(jakarta), by=admin_again(jakarta))
    assert not Outgoing.objects.exists()


def admin_again(government: Government) -> User:
    return a_user(RoleKind.ADMINISTRATOR, government=government)


def test_switched_off_means_no_mail(jakarta: Government, sekda: User) -> None:
    User.objects.filter(pk=sekda.pk).update(is_active=False)
    assert addresses(jakarta) == []


def test_another_governments_reader_gets_nothing_of_ours(jakarta: Government) -> None:
    far = a_government(code="32", name="Lain", short_name="Lain")
    a_user(RoleKind.READER, government=far)
    assert addresses(jakarta) == []


def test_whoever_keeps_the_list_adds_and_takes_away(
    jakarta: Government, sekda: User, admin: User
) -> None:
    clerk = a_user(RoleKind.OFFICER, an_office(government=jakarta))
    subscriptions.decide_for(user=clerk, wants=True, by=admin)
    subscriptions.decide_for(user=sekda, wants=False, by=admin)
    assert addresses(jakarta) == [clerk.email]
    with pytest.raises(NotAllowed):
        subscriptions.decide_for(user=sekda, wants=True, by=clerk)
    with pytest.raises(subscriptions.NobodyThere):
        subscriptions.somebody_at(jakarta.pk, "tidak.ada@contoh.go.id")
    with pytest.raises(subscriptions.NobodyThere):
        subscriptions.somebody_at(jakarta.pk, UserFactory(government=jakarta).email)


def test_nobody_is_signed_up_again_by_others(jakarta: Government, sekda: User, admin: User) -> None:
    subscriptions.stop_by_link(user=sekda)
    subscriptions.stop_by_link(user=sekda)
    with pytest.raises(subscriptions.StoppedThemselves):
        subscriptions.decide_for(user=sekda, wants=True, by=admin)
    assert addresses(jakarta) == []
    assert Entry.objects.filter(verb="end-digest").count() == 1
    subscriptions.decide_own(wants=True, by=sekda)
    assert addresses(jakarta) == [sekda.email]


def test_it_leaves_once_to_each_with_the_kept_file(
    jakarta: Government, sekda: User, admin: User
) -> None:
    sheet = a_sheet(jakarta)
    assert sending.send(sheet=sheet, by=admin).count == 1
    with pytest.raises(sending.NobodyLeft):
        sending.send(sheet=sheet, by=admin)
    message = Outgoing.objects.get()
    assert message.key == f"digest:2026-10:1:{sekda.pk}"
    assert message.to == sekda.email
    assert message.is_generated
    assert message.unsubscribe == tokens.address(sekda)
    assert message.attachments == [
        {
            "name": "lembar-2026-10.pdf",
            "kept_as": sheet.kept_as,
            "sha256": sheet.sha256,
            "media_type": "application/pdf",
        }
    ]
    assert "1 dari 5 kantor yang punya akun sudah lengkap. 4 lewat batas" in message.text
    assert "/lembar/2026-10/" in message.text
    assert tokens.address(sekda) in message.text


def test_whoever_joined_later_gets_it_and_the_others_not_again(
    jakarta: Government, sekda: User, admin: User
) -> None:
    sheet = a_sheet(jakarta)
    sending.send(sheet=sheet, by=admin)
    subscriptions.decide_own(wants=True, by=admin)
    assert sending.send(sheet=sheet, by=admin).count == 1
    assert sorted(Outgoing.objects.values_list("to", flat=True)) == sorted(
        [sekda.email, admin.email]
    )


def test_a_message_that_was_written_down_before_is_not_written_again(
    jakarta: Government, sekda: User
) -> None:
    """As after a crash between two tries: the key alone makes it one."""
    sheet = a_sheet(jakarta)
    sending.enqueue_many(government_id=jakarta.pk, drafts=[sending.draft(sheet, sekda)] * 2)
    sending.enqueue_many(government_id=jakarta.pk, drafts=[sending.draft(sheet, sekda)])
    assert Outgoing.objects.count() == 1


def test_only_an_administrator_sends(jakarta: Government, sekda: User) -> None:
    with pytest.raises(NotAllowed):
        sending.send(sheet=a_sheet(jakarta), by=sekda)
    with pytest.raises(NotAllowed):
        asked(jakarta, by=sekda)


def test_an_address_that_is_none_stops_nobody_elses(jakarta: Government, sekda: User) -> None:
    a_user(RoleKind.READER, government=jakarta, email="gübernur@contoh.go.id")
    sending.send(sheet=a_sheet(jakarta), by=admin_again(jakarta))
    assert Outgoing.objects.get().to == sekda.email


def test_a_dead_address_is_told_as_such(jakarta: Government, sekda: User) -> None:
    DeadAddress.objects.create(government=jakarta, address=sekda.email, bounced_at=timezone.now())
    sending.send(sheet=a_sheet(jakarta), by=admin_again(jakarta))
    assert Outgoing.objects.get().state == State.REFUSED


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (clock(date(2026, 11, 1), 9), None),  # a Sunday
        (clock(MONDAY, 6, 59), None),
        (clock(MONDAY, 7), OCTOBER),
        (clock(MONDAY, 17), None),
        (clock(date(2026, 11, 3), 10), OCTOBER),  # a server that was off
        (clock(date(2026, 11, 11), 10), None),
        (clock(date(2027, 1, 1), 9), None),  # New Year's Day, a Friday
        (clock(date(2027, 1, 4), 9), OCTOBER.after.after),
    ],
)
def test_it_leaves_on_the_first_working_day_in_office_hours(now: datetime, due: object) -> None:
    assert schedule.month_due(Government(timezone="Asia/Jakarta"), now) == due


def test_office_hours_are_the_governments_own() -> None:
    now = clock(MONDAY, 6, 30)
    assert schedule.month_due(Government(timezone="Asia/Jayapura"), now) == OCTOBER
    assert schedule.month_due(Government(timezone="Asia/Jakarta"), now) is None


def test_hours_and_days_off_are_the_reminders_own(jakarta: Government, admin: User) -> None:
    """Told once, on one page: what is a day off for reminders is one for the sheet."""
    calendar.set_hours(opens=time(9), closes=time(11), by=admin)
    assert schedule.month_due(jakarta, clock(MONDAY, 8, 59)) is None
    assert schedule.month_due(jakarta, clock(MONDAY, 9)) == OCTOBER
    assert schedule.month_due(jakarta, clock(MONDAY, 11)) is None
    calendar.override_day(day=MONDAY, is_working=False, note="Pilkada", by=admin)
    assert schedule.month_due(jakarta, clock(MONDAY, 9)) is None
    assert schedule.month_due(jakarta, clock(date(2026, 11, 3), 9)) == OCTOBER
    calendar.override_day(day=date(2026, 11, 1), is_working=True, note="Ganti", by=admin)
    assert schedule.month_due(jakarta, clock(date(2026, 11, 1), 9)) == OCTOBER


def test_it_keeps_the_hours_until_it_leaves(jakarta: Government, sekda: User) -> None:
    sending.send(sheet=a_sheet(jakarta), by=admin_again(jakarta))
    assert Outgoing.objects.get().keeps_hours


@pytest.mark.parametrize("kind", [RoleKind.ADMINISTRATOR, RoleKind.VERIFIER])
def test_another_government_asks_for_nothing_here(
    jakarta: Government, sekda: User, kind: RoleKind
) -> None:
    stranger = a_user(kind, government=a_government(code="32", name="Lain", short_name="Lain"))
    sheet = a_sheet(jakarta)
    written = Entry.objects.count()
    for act in (
        lambda: asked(jakarta, by=stranger),
        lambda: sending.send(sheet=sheet, by=stranger),
        lambda: subscriptions.decide_for(user=sekda, wants=False, by=stranger),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Entry.objects.count() == written
    assert not Outgoing.objects.exists()
    assert not Subscription.objects.exists()


def test_asked_every_ten_minutes_it_is_made_and_sent_once(jakarta: Government, sekda: User) -> None:
    for minutes in range(0, 60, 10):
        schedule.begin(jakarta, clock(MONDAY, 8, minutes))
        making.drain()
    assert Making.objects.count() == Sheet.objects.count() == Dispatch.objects.count() == 1
    assert Outgoing.objects.get().to == sekda.email


def test_a_sheet_made_by_hand_leaves_by_itself_too(jakarta: Government, sekda: User) -> None:
    sheet = a_sheet(jakarta)
    for minutes in (0, 10):
        schedule.begin(jakarta, clock(MONDAY, 8, minutes))
    assert Dispatch.objects.get().sheet == sheet
    assert Outgoing.objects.count() == 1


def test_without_recipients_it_is_still_made(jakarta: Government) -> None:
    for minutes in (0, 10, 20):
        schedule.begin(jakarta, clock(MONDAY, 8, minutes))
        making.drain()
    assert Sheet.objects.count() == 1
    assert Dispatch.objects.get().count == 0


def test_without_a_basis_nothing_is_asked_for(jakarta: Government) -> None:
    Mandate.objects.update(confirmed_at=None, confirmed_by_name="")
    schedule.begin(jakarta, clock(MONDAY, 9))
    assert not Making.objects.exists()


def test_each_government_has_its_own(jakarta: Government, sekda: User) -> None:
    far = a_living_government(code="32", name="Pemerintah Lain", short_name="Lain")
    a_user(RoleKind.READER, government=far, email="lain@contoh.id")
    for government in (jakarta, far):
        schedule.begin(government, clock(MONDAY, 9))
    making.drain()
    mine = Outgoing.objects.get(government=far)
    assert (mine.to, "Lain" in mine.subject) == ("lain@contoh.id", True)
    assert Outgoing.objects.get(government=jakarta).to == sekda.email


def test_what_one_decided_stays_one_row(jakarta: Government, sekda: User) -> None:
    for wants in (False, True, False):
        subscriptions.decide_own(wants=wants, by=sekda)
    assert Subscription.objects.get().wants is False
