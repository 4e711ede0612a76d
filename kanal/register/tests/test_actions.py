"""Accounts are declared, verified, parked, lost, closed; never deleted, never in two hands."""

from datetime import date

import pytest

from kanal.directory.models import RoleKind, Unit
from kanal.journal.models import Entry
from kanal.lib.refusal import NotAllowed
from kanal.register import actions
from kanal.register.flags import flags
from kanal.register.models import Account, AccountState, NilReturn
from kanal.register.reading import AccountRefused
from tests.factories import TODAY, a_clerk, a_user, a_verifier, an_account, an_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Unit:
    return an_office("Kelurahan Rawa Melati")


def to(account: Account, state: AccountState, **said: object) -> None:
    actions.change_state(
        account=account, to=state, today=TODAY, note="Diperiksa",
        by=a_verifier(government=account.government), **said,
    )  # fmt: skip


def test_any_pasted_form_is_one_account(office: Unit) -> None:
    clerk = a_clerk(office)
    first = actions.declare(
        unit=office, text="https://m.instagram.com/RawaMelati/?hl=id", by=clerk, today=TODAY
    )
    assert (first.handle_key, first.shown) == ("rawamelati", "@RawaMelati")
    with pytest.raises(actions.AlreadyDeclared):
        actions.declare(unit=office, text="@rawamelati", network="instagram", by=clerk, today=TODAY)
    assert Account.objects.count() == 1


@pytest.mark.parametrize(
    "text",
    [
        "https://instagram.com@jahat.example/rawamelati",
        "https://instagram.com.jahat.example/rawamelati",
        "https://www.instagram.com/r\u0430wamelati",  # a Cyrillic letter
        "https://vm.tiktok.com/ZM123/",
        "javascript:alert(1)",
        "",
    ],
)
def test_dangerous_or_unclear_links_are_refused_with_the_reason(office: Unit, text: str) -> None:
    with pytest.raises(AccountRefused) as told:
        actions.declare(unit=office, text=text, by=a_clerk(office), today=TODAY)
    assert told.value.what
    assert told.value.next_step
    assert not Account.objects.exists()


def test_the_first_account_ends_the_nil_return(office: Unit) -> None:
    verifier = a_verifier(government=office.government)
    said = {"signer_name": "Lurah", "signer_post": "Lurah", "by": verifier, "today": TODAY}
    actions.declare_nil(unit=office, declared_on=date(2026, 1, 5), **said)
    with pytest.raises(actions.NilNotPossible):
        actions.declare_nil(unit=office, declared_on=TODAY, **said)
    account = an_account(office)
    ended = NilReturn.objects.get()
    assert (ended.ended_on, ended.ended_by) == (TODAY, account)
    with pytest.raises(actions.NilNotPossible):
        actions.declare_nil(unit=office, declared_on=TODAY, **said)


def test_an_account_goes_only_where_it_can(office: Unit) -> None:
    account = an_account(office)
    to(account, AccountState.VERIFIED)
    to(account, AccountState.LOST)
    to(account, AccountState.CLOSED)
    assert account.ended_on == TODAY
    with pytest.raises(actions.NotThatState):
        to(account, AccountState.DECLARED)
    assert [change.after for change in account.changes.all()] == [
        "declared", "verified", "lost", "closed",
    ]  # fmt: skip
    assert Entry.objects.filter(subject=f"account:{account.pk}").count() == 4


def test_one_handle_is_verified_for_one_office(office: Unit) -> None:
    first = an_account(office, "https://x.com/rawamelati")
    second = an_account(an_office("Kelurahan Lain"), "https://twitter.com/RawaMelati")
    to(first, AccountState.VERIFIED)
    with pytest.raises(actions.HeldByAnother):
        to(second, AccountState.VERIFIED)
    second.refresh_from_db()
    assert second.state == AccountState.DECLARED


def test_twins_near_twins_and_two_on_one_network_are_flagged(office: Unit) -> None:
    other = an_office("Kelurahan Lain")
    an_account(office, "https://www.instagram.com/kel.rawamelati/")
    an_account(office, "https://www.instagram.com/rawamelati.resmi/")
    an_account(other, "https://www.instagram.com/kel.rawameIati/")
    an_account(other, "https://x.com/kelrawa")
    an_account(office, "https://x.com/kelrawa")
    found = {flag.code for flag in flags(office.government_id, office.pk)}
    assert found == {"twin", "near", "two-on-network"}
    assert not flags(office.government_id, an_office("Kelurahan Ketiga").pk)


def test_who_may(office: Unit) -> None:
    neighbour = a_clerk(an_office("Kelurahan Lain"))
    with pytest.raises(NotAllowed):
        actions.declare(unit=office, text="https://x.com/rawa", by=neighbour, today=TODAY)
    account = an_account(office)
    with pytest.raises(NotAllowed):
        actions.change_state(
            account=account, to=AccountState.VERIFIED, by=a_clerk(office), today=TODAY, note="Saya"
        )
    with pytest.raises(NotAllowed):
        actions.declare_nil(
            unit=office, signer_name="x", signer_post="x", declared_on=TODAY, today=TODAY,
            by=a_user(RoleKind.OFFICER, office),
        )  # fmt: skip
