"""Accounts on the screens: declared by the line, proved, parked, closed, or declared to be none."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kanal.directory.models import RoleKind, Unit, User
from kanal.lib.dates import today
from kanal.register.actions import change_state
from kanal.register.models import Account, AccountState, NilReturn
from tests.factories import a_clerk, a_head, a_user, a_verifier, an_account, an_office

pytestmark = pytest.mark.django_db

NOW = today()


@pytest.fixture
def unit() -> Unit:
    return an_office("Kelurahan Rawa Melati")


@pytest.fixture
def clerk(unit: Unit, client: Client) -> User:
    user = a_clerk(unit)
    client.force_login(user)
    return user


def declare(client: Client, unit: Unit, text: str, network: str = "") -> Any:
    address = f"{reverse('register:declare')}?unit={unit.code}"
    return client.post(address, {"text": text, "network": network})


def shown() -> list[str]:
    return [str(account) for account in Account.objects.order_by("pk")]


def test_several_lines_are_declared_together(client: Client, unit: Unit, clerk: User) -> None:
    lines = "https://www.instagram.com/rawamelati.contoh/?hl=id\n\n @kelrawamelati \n"
    answer = declare(client, unit, lines, "tiktok")
    assert answer.headers["Location"] == f"{reverse('register:accounts')}?unit={unit.code}"
    assert shown() == ["Instagram @rawamelati.contoh", "TikTok @kelrawamelati"]
    page = client.get(answer.headers["Location"]).content.decode()
    assert "2 akun Kelurahan Rawa Melati terdaftar" in page


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("@rawamelati", "Pilih jejaringnya"),
        ("https://instagram.com@jahat.example/rawamelati", "menipu"),
        ("https://www.instagram.com/rawamelati.contoh/", "sudah terdaftar untuk kantor ini"),
        ("bukan akun sama sekali", "spasi"),
    ],
)
def test_one_bad_line_stops_all_and_every_line_is_answered(
    client: Client, unit: Unit, clerk: User, bad: str, told: str
) -> None:
    good = "https://www.instagram.com/rawamelati.contoh/"
    answer = declare(client, unit, f"{good}\n{bad}")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert f"Terbaca sebagai akun Instagram: {good}" in page
    assert shown() == []


def test_a_chosen_network_does_not_overrule_a_link(client: Client, unit: Unit, clerk: User) -> None:
    declare(client, unit, "https://x.com/rawamelati", "instagram")
    assert shown() == ["X @rawamelati"]


def test_more_than_twenty_lines_and_none_at_all_are_refused(
    client: Client, unit: Unit, clerk: User
) -> None:
    many = "\n".join(f"https://x.com/rawamelati{n}" for n in range(21))
    assert "Ada 21 baris" in declare(client, unit, many).content.decode()
    assert "Tempel sekurangnya satu" in declare(client, unit, " \n ").content.decode()
    assert shown() == []


def test_an_office_declares_for_itself_only(client: Client, clerk: User) -> None:
    slipi = an_office("Kelurahan Slipi")
    assert declare(client, slipi, "https://x.com/slipi").status_code == 403
    assert shown() == []


# one account


def change(client: Client, account: Account, **typed: Any) -> Any:
    return client.post(reverse("register:account", args=[account.pk]), typed)


def test_an_account_is_verified_with_a_proof(client: Client, unit: Unit) -> None:
    account = an_account(unit)
    client.force_login(a_verifier(government=unit.government))
    assert change(client, account, to="verified").status_code == 422
    assert change(client, account, to="verified", proof="staff").status_code == 422
    note = "Ditautkan dari https://rawamelati.contoh.go.id"
    assert change(client, account, to="verified", proof="two-way", note=note).status_code == 302
    account.refresh_from_db()
    assert (account.state, account.verified_on) == (AccountState.VERIFIED, NOW)
    page = client.get(reverse("register:account", args=[account.pk])).content.decode()
    assert note in page
    assert "Tautan dua arah" in page


def test_an_office_parks_its_account_but_does_not_verify_it(
    client: Client, unit: Unit, clerk: User
) -> None:
    account = an_account(unit)
    assert change(client, account, to="verified", proof="code").status_code == 422
    assert change(client, account, to="parked").status_code == 422
    assert change(client, account, to="parked", note="Tidak dipakai").status_code == 302
    account.refresh_from_db()
    assert account.state == AccountState.PARKED


def test_a_closed_account_stays_as_a_tombstone(client: Client, unit: Unit, clerk: User) -> None:
    account = an_account(unit)
    change(client, account, to="closed", note="Pindah ke akun kecamatan")
    page = client.get(reverse("register:account", args=[account.pk])).content.decode()
    assert "Akun ini ditutup pada" in page
    assert "Pindah ke akun kecamatan" in page
    assert 'name="to"' not in page
    again = change(client, account, to="declared", note="Buka lagi")
    assert again.status_code == 409
    assert "tidak dapat dibuka lagi" in again.content.decode()


def test_a_handle_verified_elsewhere_is_refused_on_the_page(client: Client, unit: Unit) -> None:
    by = a_verifier(government=unit.government)
    link = "https://www.instagram.com/rawamelati.contoh/"
    theirs = an_account(an_office("Kelurahan Slipi"), link)
    change_state(account=theirs, to=AccountState.VERIFIED, by=by, today=NOW, proof="code")
    mine = an_account(unit, link)
    client.force_login(by)
    answer = change(client, mine, to="verified", proof="code")
    assert answer.status_code == 422
    assert "sudah terverifikasi untuk kantor lain" in answer.content.decode()


def test_a_reader_sees_the_account_and_changes_nothing(client: Client, unit: Unit) -> None:
    account = an_account(unit)
    client.force_login(a_user(RoleKind.READER, government=unit.government))
    assert (
        'name="to"'
        not in client.get(reverse("register:account", args=[account.pk])).content.decode()
    )
    assert change(client, account, to="closed", note="x").status_code == 403


def test_another_office_s_account_page_does_not_exist_for_a_clerk(
    client: Client, clerk: User
) -> None:
    account = an_account(an_office("Kelurahan Slipi"))
    assert client.get(reverse("register:account", args=[account.pk])).status_code == 404


# the list


def listed(client: Client, **asked: str) -> list[str]:
    page = client.get(reverse("register:accounts"), asked)
    return [account.shown for account, _marks in page.context["rows"]]


def test_accounts_are_found_by_name_network_state_office_and_mark(
    client: Client, unit: Unit
) -> None:
    by = a_verifier(government=unit.government)
    client.force_login(by)
    slipi = an_office("Kelurahan Slipi")
    one = an_account(unit, "https://www.instagram.com/rawamelati.contoh/")
    an_account(slipi, "https://www.instagram.com/rawamelat1.contoh/")
    an_account(slipi, "https://x.com/kelslipi")
    change_state(account=one, to=AccountState.VERIFIED, by=by, today=NOW, proof="code")
    assert listed(client) == ["@rawamelati.contoh", "@rawamelat1.contoh", "@kelslipi"]
    assert listed(client, jejaring="x") == ["@kelslipi"]
    assert listed(client, keadaan="verified") == ["@rawamelati.contoh"]
    assert listed(client, cari="slipi") == ["@rawamelat1.contoh", "@kelslipi"]
    assert listed(client, unit=unit.code) == ["@rawamelati.contoh"]
    assert listed(client, tanda="on") == ["@rawamelati.contoh", "@rawamelat1.contoh"]
    page = client.get(reverse("register:accounts")).content.decode()
    assert "@rawamelat1.contoh mirip @rawamelati.contoh milik Kelurahan Rawa Melati." in page


def test_an_office_sees_its_own_accounts(client: Client, unit: Unit, clerk: User) -> None:
    an_account(unit, "https://x.com/rawamelati")
    an_account(an_office("Kelurahan Slipi"), "https://x.com/kelslipi")
    assert listed(client) == ["@rawamelati"]


def test_the_list_asks_the_same_number_of_queries_for_one_and_for_twenty(
    client: Client, unit: Unit
) -> None:
    by = a_verifier(government=unit.government)
    client.force_login(by)
    an_account(unit, "https://x.com/satu", by=by)
    an_account(unit, "https://x.com/satudua", by=by)
    few = queries_of(client)
    for n in range(20):
        an_account(an_office(), f"https://x.com/akunkantor{n}", by=by)
    assert queries_of(client) == few <= 10


def queries_of(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("register:accounts"))
    return len(asked)


# nihil


def test_the_head_s_nil_return_is_recorded_and_ended_by_the_first_account(
    client: Client, unit: Unit
) -> None:
    a_head(unit, "Drs. Hendra Gunawan, M.Si.")
    client.force_login(a_user(RoleKind.UNIT_HEAD, unit))
    address = f"{reverse('register:nil')}?unit={unit.code}"
    assert 'value="Drs. Hendra Gunawan, M.Si."' in client.get(address).content.decode()
    given = {
        "signer_name": "Drs. Hendra Gunawan, M.Si.",
        "signer_post": "Lurah",
        "declared_on": NOW.isoformat(),
    }
    assert client.post(address, given).status_code == 302
    twice = client.post(address, given)
    assert twice.status_code == 422
    assert "sudah tercatat" in twice.content.decode()
    declare(client, unit, "https://x.com/rawamelati")
    assert NilReturn.objects.get().ended_on == NOW


def test_a_nil_return_of_tomorrow_or_beside_an_account_is_refused(
    client: Client, unit: Unit
) -> None:
    client.force_login(a_verifier(government=unit.government))
    address = f"{reverse('register:nil')}?unit={unit.code}"
    given = {"signer_name": "Hendra", "signer_post": "Lurah", "declared_on": "1 Januari 2099"}
    page = client.post(address, given).content.decode()
    assert "belum tiba" in page
    assert 'value="1 Januari 2099"' in page
    an_account(unit)
    page = client.post(address, {**given, "declared_on": NOW.isoformat()}).content.decode()
    assert "masih punya akun terdaftar" in page
    assert not NilReturn.objects.exists()


def test_an_officer_does_not_sign_for_the_head(client: Client, unit: Unit, clerk: User) -> None:
    assert client.get(f"{reverse('register:nil')}?unit={unit.code}").status_code == 403
