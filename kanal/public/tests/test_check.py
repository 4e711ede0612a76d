"""A citizen pastes what she was sent, and is told what the register knows."""

from datetime import date

import pytest
from django.urls import reverse

from kanal.directory.models import UnitClass
from kanal.public.tests import office
from kanal.register.models import AccountState

pytestmark = pytest.mark.django_db
CHECK = "/cek/"


def ask(client, text: str, **headers) -> str:
    answer = client.get(CHECK, {"akun": text}, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_a_question_the_page_says_how_many_accounts_it_knows(client, health):
    office.account(health, "https://x.com/dinkes_contoh", state=AccountState.DECLARED)
    page = client.get(CHECK).content.decode()
    assert "Kami cocokkan dengan 2 akun" in page
    assert "1 kantor, 2 akun" in page


def test_an_official_account_is_told_with_its_office_and_since_when(client, health):
    page = ask(client, "https://www.instagram.com/Dinkes.Contoh/?igsh=abc")
    assert "Ini akun resmi" in page
    assert "Dinas Kesehatan" in page
    assert "11 Februari 2019" in page
    assert "20 November 2026" in page
    assert 'href="https://www.instagram.com/dinkes.contoh/"' in page


def test_a_bare_name_is_answered_with_a_word_of_care_about_other_networks(client, health):
    page = ask(client, "@dinkes.contoh")
    assert "Ini akun resmi" in page
    assert "di jaringan lain belum tentu" in page


def test_the_other_accounts_of_the_office_stand_below(client, health):
    office.account(health, "https://x.com/dinkes_contoh")
    page = ask(client, "instagram.com/dinkes.contoh")
    assert "Akun lain Dinas Kesehatan" in page
    assert "@dinkes_contoh" in page


def test_one_letter_more_is_marked_and_the_official_one_named(client, health):
    page = ask(client, "@dinkess.contoh")
    assert "Hati-hati, namanya mirip" in page
    assert "@dinke<mark>s</mark>s.contoh" in page
    assert "Dinas Kesehatan" in page


def test_one_letter_less_shows_where_it_is_missing(client, health):
    page = ask(client, "@dnkes.contoh")
    assert "Hati-hati" in page
    assert "ada huruf yang hilang" in page


def test_the_same_name_on_another_network_is_no_proof(client, health):
    page = ask(client, "https://www.tiktok.com/@dinkes.contoh")
    assert "Hati-hati, namanya sama" in page
    assert "Ini akun resmi" not in page


def test_a_forged_letter_is_refused_and_the_name_it_imitates_is_told(client, health):
    page = ask(client, "@dink\N{CYRILLIC SMALL LETTER IE}s.contoh")
    assert "menipu" in page
    assert "Meniru nama" in page
    assert "(huruf Kiril)" in page
    assert "CYRILLIC" not in page
    assert "@dinkes.contoh" in page


def test_a_link_that_opens_another_site_is_refused_with_the_site_it_opens(client, health):
    page = ask(client, "https://instagram.com@jahat.example/dinkes.contoh")
    assert "Awas" in page
    assert "jahat.example" in page
    assert 'href="https://instagram.com@jahat.example' not in page


def test_words_that_are_no_account_lead_to_the_offices(client, health):
    page = ask(client, "dinas kesehatan")
    assert "Belum bisa diperiksa" in page
    assert reverse("public:offices") + "?cari=dinas%20kesehatan" in page


@pytest.mark.parametrize(
    ("state", "ended", "words"),
    [
        (AccountState.DECLARED, None, "Dinyatakan kantornya, belum diperiksa"),
        (AccountState.PARKED, date(2025, 3, 1), "sedang tidak dipakai"),
        (AccountState.LOST, None, "lepas dari kantornya"),
        (AccountState.CLOSED, date(2024, 3, 1), "Akun resmi ini sudah ditutup"),
    ],
)
def test_no_other_state_is_called_official(client, health, state, ended, words):
    office.account(health, "https://t.me/dinkes_lama", state=state, ended_on=ended)
    page = ask(client, "https://t.me/dinkes_lama")
    assert words in page
    assert "Ini akun resmi" not in page


def test_a_closed_account_is_forgotten_once_another_office_has_the_name_verified(
    client, jakarta, health
):
    office.account(
        health, "https://x.com/sehat", state=AccountState.CLOSED, ended_on=date(2024, 3, 1)
    )
    later = office.unit(jakarta, "31-DIN-SOS", "Dinas Sosial Provinsi DKI Jakarta")
    office.account(later, "https://x.com/sehat")
    page = ask(client, "https://x.com/sehat")
    assert "Ini akun resmi" in page
    assert "Dinas Sosial" in page


def test_a_bare_name_with_two_networks_lists_both(client, jakarta, health):
    district = office.unit(jakarta, "31.73.07", "Kecamatan Palmerah", UnitClass.DISTRICT)
    office.account(district, "@dinkes.contoh", "threads", state=AccountState.DECLARED)
    page = ask(client, "@dinkes.contoh")
    assert "Nama ini ada di beberapa jaringan" in page
    assert "Kecamatan Palmerah" in page
    assert "Dinas Kesehatan" in page


def test_an_unknown_name_is_never_called_false(client, health):
    page = ask(client, "@warung.bu.tini")
    assert "Tidak ada dalam daftar" in page
    assert "Belum tentu palsu" in page
    assert "Laporkan akun ini" in page


def test_what_is_pasted_cannot_become_markup(client, health):
    page = ask(client, "<script>alert(1)</script>")
    assert "<script>alert" not in page


def test_htmx_gets_the_answer_alone(client, health):
    page = ask(client, "@dinkes.contoh", hx_request="true")
    assert page.lstrip().startswith('<div id="hasil"')
    assert "<html" not in page


def test_a_nul_byte_is_refused_not_a_crash(client, health):
    assert "Ini akun resmi" not in ask(client, "dinkes\x00.contoh")


@pytest.mark.parametrize(
    "text", ["@dinkes.contoh", "@dinkess.contoh", "@warung.bu.tini", "instagram.com/dinkes.contoh"]
)
def test_an_answer_takes_few_queries(client, health, django_assert_max_num_queries, text):
    client.get(CHECK)
    with django_assert_max_num_queries(4):
        ask(client, text)


def test_a_citizen_is_given_no_cookie(client, health):
    assert not client.get(CHECK, {"akun": "@dinkes.contoh"}).cookies


def test_indonesian_unless_chosen_otherwise(client, health):
    answer = client.get(CHECK, headers={"accept-language": "en-US"})
    assert answer.headers["Content-Language"] == "id"
    chosen = client.get("/bahasa/en/", {"ke": "/cek/?akun=a"})
    assert chosen.headers["Location"] == "/cek/?akun=a"
    assert client.get(CHECK).headers["Content-Language"] == "en"


@pytest.mark.parametrize("away", ["https://jahat.example/", "//jahat.example/", "javascript:1"])
def test_the_language_link_leads_nowhere_else(client, db, away):
    assert client.get("/bahasa/en/", {"ke": away}).headers["Location"] == "/"


def test_no_third_language(client, db):
    assert client.get("/bahasa/xx/").status_code == 404
