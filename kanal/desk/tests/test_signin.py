"""Signing in, with one's second step, and what belongs to one's own sign-in."""

import re
from urllib.parse import urlencode

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from kanal.directory.models import Government, RoleKind, User
from kanal.directory.signin import opens_as_page

pytestmark = pytest.mark.django_db
PASSWORD = "empat kata yang panjang"


@pytest.fixture(autouse=True)
def _no_earlier_attempts():
    cache.clear()


@pytest.fixture
def officer() -> User:
    government = Government.objects.create(code="31", name="DKI Jakarta", short_name="DKI")
    user = User.objects.create(government=government, email="wulan@contoh.id", name="Wulan")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": "wulan@contoh.id", "password": password})


def text(client, name: str) -> str:
    answer = client.get(reverse(name))
    assert answer.status_code == 200, name
    return answer.content.decode()


def prove(client) -> None:
    """Before the second step is changed, the password is asked once more."""
    assert "Pastikan ini Anda" in text(client, "account_reauthenticate")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_the_right_password_opens_and_a_wrong_one_says_so(client, officer):
    wrong = sign_in(client, "bukan kata sandinya")
    assert "tidak benar" in wrong.content.decode()
    assert sign_in(client).headers["Location"] == "/"


def test_nobody_signs_up_by_themselves(client, officer):
    assert "administrator" in text(client, "account_signup")
    client.post(reverse("account_signup"), {"email": "baru@contoh.id", "password1": PASSWORD})
    assert User.objects.count() == 1


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_inactive"])
def test_open_pages_stand_in_our_frame(client, officer, name):
    page = text(client, name)
    assert 'class="kepala p"' in page
    assert "<h1>" in page


@pytest.mark.parametrize(
    "name", ["account_logout", "account_change_password", "mfa_index", "account_reauthenticate"]
)
def test_own_pages_stand_in_our_frame(client, officer, name):
    sign_in(client)
    answer = client.get(reverse(name), follow=True)
    assert 'class="kepala' in answer.content.decode()


def test_own_pages_ask_for_the_sign_in_first(client, officer):
    assert reverse("account_login") in client.get(reverse("mfa_index")).headers["Location"]


def test_a_second_step_is_switched_on_asked_for_and_switched_off(client, officer):
    sign_in(client)
    prove(client)
    page = text(client, "mfa_activate_totp")
    found = re.search(r'class="rahasia">(\w+)<', page)
    assert found
    secret = found[1]
    client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert "Aktif. Kode diminta" in text(client, "mfa_index")
    codes = re.findall(r"<code>(\d{8})</code>", text(client, "mfa_view_recovery_codes"))
    assert len(codes) == 10
    assert "langsung tidak berlaku" in text(client, "mfa_generate_recovery_codes")

    client.post(reverse("account_logout"))
    assert sign_in(client).headers["Location"] == reverse("mfa_authenticate")
    assert "Satu langkah lagi" in text(client, "mfa_authenticate")
    assert (
        "salah"
        in client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode().lower()
    )
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    prove(client)
    assert "Pastikan ini Anda" in text(client, "mfa_reauthenticate")
    assert "Matikan autentikator?" in text(client, "mfa_deactivate_totp")
    client.post(reverse("mfa_deactivate_totp"))
    assert "Belum aktif" in text(client, "mfa_index")


def test_a_forgotten_password_is_made_anew_from_the_mailed_link(client, officer):
    client.post(reverse("account_reset_password"), {"email": "wulan@contoh.id"})
    found = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)
    assert found
    form = client.get(found[1], follow=True)
    assert "Buat kata sandi baru" in form.content.decode()
    fresh = "kata sandi yang lain sama sekali"
    done = client.post(
        form.redirect_chain[-1][0], {"password1": fresh, "password2": fresh}, follow=True
    )
    assert "Kata sandi baru tersimpan" in done.content.decode()
    assert sign_in(client, fresh).headers["Location"] == "/"


def test_a_used_link_says_so(client, officer):
    address = reverse("account_reset_password_from_key", args=["1", "habis-masa"])
    assert "tidak berlaku lagi" in client.get(address).content.decode()


def test_after_many_wrong_passwords_one_has_to_wait(client, officer):
    for _attempt in range(5):
        sign_in(client, "salah sama sekali")
    assert "Terlalu banyak" in sign_in(client).content.decode()


def test_the_mistake_speaks_as_the_field_does(client, officer):
    wrong = sign_in(client, "bukan kata sandinya").content.decode()
    assert "Alamat surel atau kata sandi tidak benar." in wrong
    assert "e-mail" not in wrong


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/surat/?keadaan=semua", "/surat/?keadaan=semua"),
        ("/surel/pengirim/coba/", "/"),
        ("/tak-ada/", "/"),
    ],
)
def test_after_the_sign_in_one_gets_to_a_page_or_to_the_first(client, officer, wanted, reached):
    answer = client.post(
        f"{reverse('account_login')}?{urlencode({'next': wanted})}",
        {"login": "wulan@contoh.id", "password": PASSWORD},
    )
    assert answer.headers["Location"] == reached


def test_every_buttons_address_is_known_as_one():
    """What Django keeps to itself is read off its closures: a newer Django may keep it otherwise."""
    assert not opens_as_page(reverse("directory:grant-role", args=[1]))
    assert not opens_as_page(reverse("mandates:confirm", args=[1]))
    assert opens_as_page(reverse("directory:user", args=[1]))
    assert opens_as_page(reverse("intake:submit"))


def test_a_buttons_address_opened_as_a_page_says_what_to_do(client, officer):
    officer.roles.create(
        kind=RoleKind.ADMINISTRATOR, starts_at=timezone.now(), granted_by_name="uji"
    )
    client.force_login(officer)
    answer = client.get("/surel/pengirim/coba/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    said = answer.content.decode()
    assert "Tidak ada yang dijalankan" in said
    assert "tekan tombolnya sekali lagi" in said
