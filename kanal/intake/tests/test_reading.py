"""From an uploaded letter to an accepted one without typing what the page already says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from kanal.appointments import actions as letters
from kanal.appointments.models import Appointment, CheckName, Letter, Verdict
from kanal.directory.models import RoleKind, Unit, User
from kanal.intake import reading as waiting
from kanal.intake.actions import submit_letter
from kanal.lib.dates import today
from kanal.lib.refusal import Refused
from kanal.readings.jobs import read, sweep
from kanal.readings.models import Reading, State
from tests.factories import (
    a_clerk,
    a_government,
    a_user,
    a_verifier,
    an_account,
    an_office,
    an_officer,
    letter_facts,
)
from tests.walls.page_forms import deeds_of

pytestmark = pytest.mark.django_db

LETTERS = Path(__file__).parents[3] / "tests" / "letters"
TRUTH = {row["file"]: row for row in json.loads((LETTERS / "manifest.json").read_text())["files"]}
SUBMIT = "/surat/catat/"


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker runs beside these tests: they read when they say so."""
    monkeypatch.setattr(waiting, "PATIENCE", 0)


@pytest.fixture
def tebet() -> Unit:
    return an_office("Kecamatan Tebet")


@pytest.fixture
def verifier(tebet: Unit) -> User:
    return a_verifier(government=tebet.government)


def a_file(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (LETTERS / name).read_bytes())


def uploaded(client: Client, name: str, path: str = SUBMIT) -> str:
    """The letter sent in to be read; the address of the page that goes on with it."""
    answer = client.post(path, {"baca": "1", "letter_files": a_file(name)})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def test_a_letter_is_taken_over_as_it_was_read(tebet: Unit, verifier: User, client: Client) -> None:
    an_account(tebet, "https://www.instagram.com/kec_tebet/")
    client.force_login(verifier)
    address = uploaded(client, "p03_tebet_kv.pdf")
    assert "sedang dibaca" in client.get(address).content.decode()
    read(pk=Reading.objects.get().pk)
    chosen = client.get(address).content.decode()
    assert f"unit={tebet.code}" in chosen
    address = f"{address}&unit={tebet.code}"
    page = client.get(address).content.decode()
    deed = next(d for d in deeds_of(page, address, {}) if d.button and "kirim" in d.button)
    answer = client.post(deed.path, deed.values)
    assert answer.status_code == 302, answer.content.decode()
    letter = Letter.objects.get()
    truth = TRUTH["p03_tebet_kv.pdf"]["truth"][0]
    officer = letter.officers.get()
    assert (letter.kind, letter.number) == (truth["kind"], truth["number"])
    assert letter.dated.isoformat() == truth["date"]
    assert officer.person.identity_number == truth["officers"][0]["nip"]
    assert letter.signer_name == truth["signatory"]["name"]
    for name in CheckName:
        other = a_verifier(government=tebet.government)
        letters.check(letter=letter, name=name, verdict=Verdict.MEETS, note="", by=other)
    letters.accept(letter=letter, by=other, today=today())
    assert Appointment.objects.known().get().person == officer.person


def test_each_fact_stands_beside_its_piece_of_the_page(
    tebet: Unit, verifier: User, client: Client
) -> None:
    client.force_login(verifier)
    address = uploaded(client, "p03_tebet_kv.pdf", f"{SUBMIT}?unit={tebet.code}")
    reading = Reading.objects.get()
    read(pk=reading.pk)
    reading.refresh_from_db()
    page = client.get(address).content.decode()
    for field in ("number", "date", "signatory.name", "officers.0.nip"):
        picture = reverse("readings:piece", args=[reading.pk, f"0.{field}"])
        assert picture in page
        given = client.get(picture)
        assert given.headers["Content-Type"] == "image/png"
    stranger = Client()
    stranger.force_login(a_clerk(an_office(government=tebet.government)))
    assert stranger.get(picture).status_code == 404
    far = Client()
    far.force_login(a_verifier(government=a_government(code="32")))
    assert far.get(picture).status_code == 404


def test_the_upload_stands_beside_the_form_as_pictures(
    tebet: Unit, verifier: User, client: Client
) -> None:
    client.force_login(verifier)
    address = uploaded(client, "p03_tebet_kv.pdf", f"{SUBMIT}?unit={tebet.code}")
    read(pk=Reading.objects.get().pk)
    page = client.get(address).content.decode()
    assert "<iframe" not in page
    picture = next(link for link in page.split('"') if link.endswith("/halaman/1.png"))
    assert client.get(picture)["Content-Type"] == "image/png"
    assert client.get(picture.replace("1.png", "9.png")).status_code == 404
    stranger = Client()
    stranger.force_login(a_verifier(government=tebet.government))
    assert stranger.get(picture).status_code == 404


def test_an_uncertain_number_wants_a_tick(tebet: Unit, verifier: User, client: Client) -> None:
    client.force_login(verifier)
    address = uploaded(client, "p03_tebet_kv.pdf", f"{SUBMIT}?unit={tebet.code}")
    reading = Reading.objects.get()
    read(pk=reading.pk)
    reading.refresh_from_db()
    reading.document["confidence"]["officers.0.nip"] = 0.7
    reading.save()
    page = client.get(address).content.decode()
    deed = next(d for d in deeds_of(page, address, {}) if d.button and "kirim" in d.button)
    values = {name: value for name, value in deed.values.items() if name != "cocok"}
    refused = client.post(deed.path, values)
    assert refused.status_code == 422
    assert "lalu centang" in refused.content.decode()
    assert not Letter.objects.exists()
    answer = client.post(deed.path, {**values, "cocok": ["petugas-0-identity_number"]})
    assert answer.status_code == 302, answer.content.decode()


def test_a_dangerous_file_is_refused_in_words(tebet: Unit, verifier: User, client: Client) -> None:
    client.force_login(verifier)
    data = {"baca": "1", "letter_files": a_file("h03_javascript.pdf")}
    answer = client.post(f"{SUBMIT}?unit={tebet.code}", data)
    assert answer.status_code == 422
    assert "JavaScript" in answer.content.decode()
    assert not Reading.objects.exists()


def test_what_is_no_letter_is_said_and_can_still_be_typed(
    tebet: Unit, verifier: User, client: Client
) -> None:
    client.force_login(verifier)
    address = uploaded(client, "x06_bukan_surat_undangan.pdf", f"{SUBMIT}?unit={tebet.code}")
    read(pk=Reading.objects.get().pk)
    page = client.get(address)
    assert page.status_code == 200
    assert "bukan surat penunjukan" in page.content.decode()


def test_the_verifier_sees_entered_and_read_side_by_side(
    tebet: Unit, verifier: User, client: Client
) -> None:
    client.force_login(verifier)
    address = uploaded(client, "p03_tebet_kv.pdf", f"{SUBMIT}?unit={tebet.code}")
    read(pk=Reading.objects.get().pk)
    page = client.get(address).content.decode()
    deed = next(d for d in deeds_of(page, address, {}) if d.button and "kirim" in d.button)
    client.post(deed.path, {**deed.values, "number": "188/-1.711.31"})
    letter = Letter.objects.get()
    other = Client()
    other.force_login(a_verifier(government=tebet.government))
    page = other.get(reverse("appointments:verify", args=[letter.pk])).content.decode()
    assert "terbaca 187/-1.711.31" in page
    assert page.count("sama dengan bacaan") >= 4


def test_a_lost_job_is_found_and_a_reading_that_fails_thrice_ends(
    tebet: Unit, verifier: User, client: Client
) -> None:
    client.force_login(verifier)
    uploaded(client, "p03_tebet_kv.pdf", f"{SUBMIT}?unit={tebet.code}")
    Reading.objects.update(asked_at="2026-01-01T00:00:00Z")
    sweep(timestamp=0)
    assert Reading.objects.get().state == State.DONE
    uploaded(client, "p04_cakung_kv.pdf", f"{SUBMIT}?unit={tebet.code}")
    Reading.objects.filter(state=State.WAITING).update(attempts=3)
    read(pk=Reading.objects.get(state=State.WAITING).pk)
    assert Reading.objects.get(name="p04_cakung_kv.pdf").state == State.FAILED


def test_only_who_sends_letters_may_have_one_read(tebet: Unit, client: Client) -> None:
    client.force_login(a_user(RoleKind.READER, government=tebet.government))
    data = {"baca": "1", "letter_files": a_file("p03_tebet_kv.pdf")}
    assert client.post(SUBMIT, data).status_code == 403


def test_a_reading_is_found_again_when_their_numbers_have_grown(
    tebet: Unit, verifier: User, client: Client
) -> None:
    """Indonesian pages write thousands with a dot; a hidden number must not."""
    client.force_login(verifier)
    Reading.objects.create(
        pk=123_455, government=tebet.government, unit=tebet, sha256="0" * 64, name="lain.pdf"
    )
    with connection.cursor() as cursor:
        cursor.execute("select setval('readings_reading_id_seq', 123456)")
    address = uploaded(client, "p03_tebet_kv.pdf", f"{SUBMIT}?unit={tebet.code}")
    reading = Reading.objects.get(name="p03_tebet_kv.pdf")
    read(pk=reading.pk)
    page = client.get(address).content.decode()
    assert f'name="bacaan" value="{reading.pk}"' in page


def entered(unit: Unit, *names: str, **facts: Any) -> Letter:
    """By the form alone, with the files attached: nobody asked for a reading."""
    return submit_letter(
        unit=unit,
        facts=letter_facts([an_officer("Lilis Suryani")], **facts),
        files=[a_file(name) for name in names],
        by=a_clerk(unit),
        today=today(),
    )


def verifying(letter: Letter) -> str:
    browser = Client()
    browser.force_login(a_verifier(government=letter.government))
    return browser.get(reverse("appointments:verify", args=[letter.pk])).content.decode()


def test_a_file_attached_to_the_form_is_read_and_held_against_what_was_typed(tebet: Unit) -> None:
    other = an_office("Dinas Perpustakaan dan Kearsipan", government=tebet.government)
    an_account(tebet, "https://www.instagram.com/kec_tebet/")
    an_account(other, "https://www.instagram.com/dispusip/")
    letter = entered(tebet, "p01_perpus_tabel.pdf", number="0001/HM.03.00")
    page = verifying(letter)
    assert "sedang dibaca" in page
    assert "terbaca 0412/-1.823.5" not in page
    read(pk=Reading.objects.get().pk)
    page = verifying(letter)
    assert "sedang dibaca" not in page
    assert "Yang dicatat berbeda dengan berkasnya" in page
    assert "terbaca 0412/-1.823.5" in page
    assert "terbaca 9 April 2018" in page
    assert "terbaca Dinas Perpustakaan dan Kearsipan" in page
    assert "tidak disebut di berkas" in page  # Lilis Suryani
    assert "terbaca Togar Utami, ST" in page  # whom nobody entered
    assert "Terdaftar untuk kantor lain: Dinas Perpustakaan dan Kearsipan." in page
    assert "X @dispusip" in page
    assert "Twitter @dispusip" not in page
    assert "terdaftar untuk kantor ini, tetapi tidak disebut" in page.casefold()
    assert "akun=https%3A%2F%2Fx.com%2Fdispusip" in page


def test_a_spoilt_signature_is_told_to_the_verifier(tebet: Unit) -> None:
    letter = entered(tebet, "t02_ttd_byte_diubah.pdf", number="0001/HM.03.00")
    read(pk=Reading.objects.get().pk)
    page = verifying(letter)
    assert "Isi surat tidak sama dengan yang ditandatangani." in page
    assert "Sertifikat atas nama" in page


def test_the_same_file_is_not_read_twice(tebet: Unit, verifier: User, client: Client) -> None:
    client.force_login(verifier)
    uploaded(client, "p03_tebet_kv.pdf", f"{SUBMIT}?unit={tebet.code}")
    entered(tebet, "p03_tebet_kv.pdf", number="187/-1.711.31")
    assert Reading.objects.count() == 1


def test_a_refused_letter_asks_for_no_reading(tebet: Unit) -> None:
    entered(tebet, "p03_tebet_kv.pdf", number="0001/HM.03.00")
    with pytest.raises(Refused):
        entered(tebet, "p04_cakung_kv.pdf", number="0001/HM.03.00")
    assert Reading.objects.count() == 1


def test_an_account_the_letter_names_is_registered_from_the_entry_page(
    tebet: Unit, verifier: User, client: Client
) -> None:
    client.force_login(verifier)
    address = uploaded(client, "p01_perpus_tabel.pdf", f"{SUBMIT}?unit={tebet.code}")
    read(pk=Reading.objects.get().pk)
    page = client.get(address).content.decode()
    assert "X @dispusip" in page
    link = next(deed for deed in page.split('"') if "akun=" in deed).replace("&amp;", "&")
    form = client.get(link).content.decode()
    assert "https://www.instagram.com/dispusip/\nhttps://x.com/dispusip" in form


def the_sending(page: str, address: str, **typed: Any) -> tuple[str, dict[str, Any]]:
    """What the page's own form would send, with nothing ticked but what is typed."""
    deed = next(d for d in deeds_of(page, address, {}) if d.button and "kirim" in d.button)
    unticked = {
        name: value
        for name, value in deed.values.items()
        if name != "scope" and not name.endswith("-accounts")
    }
    return deed.path, {**unticked, **typed}


def entry_page(client: Client, unit: Unit, name: str) -> tuple[str, Any]:
    address = uploaded(client, name, f"{SUBMIT}?unit={unit.code}")
    read(pk=Reading.objects.latest("pk").pk)
    return address, client.get(address)


def test_nothing_is_proposed_that_the_page_does_not_say(
    tebet: Unit, verifier: User, client: Client
) -> None:
    client.force_login(verifier)
    _address, answer = entry_page(client, tebet, "p03_tebet_kv.pdf")
    entry, page = answer.context["entry"], answer.content.decode()
    assert entry.formset[0]["duties"].value() == []
    assert "Tugas tidak terbaca di surat; isi dari surat." in page
    assert entry.form["subject"].value() == "Penyampaian Nama Petugas Pengelola Media Sosial"
    assert "0.subject.png" in page
    assert entry.form["form"].value() == "surat"
    assert "Tidak ada judul yang terbaca" in page


def test_what_the_page_says_is_proposed_with_its_picture(
    tebet: Unit, verifier: User, client: Client
) -> None:
    client.force_login(verifier)
    _address, answer = entry_page(client, tebet, "p07_tapem_keputusan.pdf")
    entry, page = answer.context["entry"], answer.content.decode()
    assert entry.formset[3]["duties"].value() == ["konten"]
    assert "Tidak terbaca di surat: pengumpulan konten dan koordinasi" in page
    assert page.count("0.duties.png") == 4
    assert entry.form["form"].value() == "keputusan"
    assert "0.form.png" in page


def test_a_reading_from_before_proposes_neither_subject_nor_form_nor_duties(
    tebet: Unit, verifier: User, client: Client
) -> None:
    client.force_login(verifier)
    address, _answer = entry_page(client, tebet, "p06_ancol_judul.pdf")
    reading = Reading.objects.get()
    for name in ("form", "subject", "duties"):
        del reading.document["letters"][0][name]
    reading.save()
    entry = client.get(address).context["entry"]
    assert (entry.form["form"].value(), entry.form["subject"].value()) == ("", "")
    assert entry.formset[0]["duties"].value() == []
    assert set(entry.proposals.notes) == {"form", "subject", "duties"}


def test_a_letter_that_names_accounts_is_for_all_of_them_only_when_said(
    tebet: Unit, verifier: User, client: Client
) -> None:
    client.force_login(verifier)
    an_account(tebet, "https://www.facebook.com/kecamatantebet/")
    address, answer = entry_page(client, tebet, "p03_tebet_kv.pdf")
    page = answer.content.decode()
    assert "Surat ini berlaku untuk akun mana?" in page
    assert "Disebut di surat, tetapi belum didaftarkan" in page
    assert not answer.context["entry"].form["scope"].value()
    assert "pilih di bagian Akun dalam surat" in page
    path, given = the_sending(page, address)
    refused = client.post(path, given)
    assert refused.status_code == 422
    assert "pilih untuk akun mana ia berlaku" in refused.content.decode()
    refused = client.post(path, {**given, "scope": "disebut"})
    assert "Daftarkan dulu akun yang disebut" in refused.content.decode()
    assert not Letter.objects.exists()
    assert client.post(path, {**given, "scope": "semua"}).status_code == 302
    page = verifying(Letter.objects.get())
    assert "tidak satu pun terdaftar untuk kantor ini" in page
    assert "Lebih luas daripada suratnya" in page


def test_accounts_registered_meanwhile_are_ticked_and_nothing_is_asked(
    tebet: Unit, verifier: User, client: Client
) -> None:
    client.force_login(verifier)
    names = ("https://www.instagram.com/kec_tebet/", "https://x.com/kec_tebet")
    keys = [str(an_account(tebet, name).pk) for name in names]
    address, answer = entry_page(client, tebet, "p03_tebet_kv.pdf")
    page, entry = answer.content.decode(), answer.context["entry"]
    # The letter names all there are, which is not "also those to come".
    assert entry.formset[0]["accounts"].value() == keys
    assert "berlaku untuk akun mana" not in page
    path, given = the_sending(page, address)
    assert client.post(path, given).status_code == 422  # somebody took the ticks away
    assert client.post(path, {**given, "petugas-0-accounts": keys}).status_code == 302
    letter = Letter.objects.get()
    assert letter.officers.get().accounts.count() == 2
    assert "Lebih luas" not in verifying(letter)


def test_what_was_registered_in_another_tab_is_ticked_by_one_button(
    tebet: Unit, verifier: User, client: Client
) -> None:
    client.force_login(verifier)
    address, answer = entry_page(client, tebet, "p03_tebet_kv.pdf")
    path, given = the_sending(answer.content.decode(), address, scope="disebut")
    refused = client.post(path, given)
    assert "tekan “Centang yang baru didaftarkan”" in refused.content.decode()
    names = ("https://www.instagram.com/kec_tebet/", "https://x.com/kec_tebet")
    keys = [str(an_account(tebet, name).pk) for name in names]
    del given["kirim"]
    again = client.post(path, {**given, "number": "ketikan saya", "segarkan": "1"})
    assert again.status_code == 200
    entry = again.context["entry"]
    assert entry.formset[0]["accounts"].value() == keys
    assert entry.form["number"].value() == "ketikan saya"
    assert not Letter.objects.exists()


def test_a_letter_typed_by_hand_for_an_office_without_accounts_says_what_it_is_for(
    tebet: Unit, verifier: User, client: Client
) -> None:
    client.force_login(verifier)
    answer = client.get(f"{SUBMIT}?unit={tebet.code}")
    assert "belum mendaftarkan akun" in answer.content.decode()
    assert answer.context["entry"].form["scope"].value() == "semua"
    an_account(tebet, "https://www.instagram.com/kec_tebet/")
    assert "berlaku untuk akun mana" not in client.get(answer.wsgi_request.path).content.decode()


def test_recorded_duties_are_not_the_files_word(tebet: Unit) -> None:
    letter = entered(tebet, "p03_tebet_kv.pdf", number="187/-1.711.31")
    assert "Kedua tugas diktum KEDUA dicatat" in verifying(letter)
    read(pk=Reading.objects.get().pk)
    page = verifying(letter)
    assert "Dicatat, tetapi tidak terbaca di berkas: penyediaan" in page
    assert "Terbaca di berkas" not in page
    letter = entered(tebet, "p06_ancol_judul.pdf", number="056/-077.2")
    read(pk=Reading.objects.latest("pk").pk)
    page = verifying(letter)
    assert "Terbaca di berkas: penyediaan" in page
    assert "Terbaca di berkas: pengumpulan" in page


def test_a_doubt_stays_a_doubt_at_the_second_pair_of_eyes(
    tebet: Unit, verifier: User, client: Client
) -> None:
    client.force_login(verifier)
    an_account(tebet, "https://www.instagram.com/kec_tebet/")
    address, answer = entry_page(client, tebet, "p03_tebet_kv.pdf")
    path, given = the_sending(answer.content.decode(), address, scope="semua")
    assert client.post(path, {**given, "petugas-0-post": "Lurah"}).status_code == 302
    letter, reading = Letter.objects.get(), Reading.objects.get()
    assert "% yakin" not in verifying(letter).replace("100% yakin", "")
    reading.document["confidence"].update({"officers.0.nip": 0.7, "officers.0.rank": 0.75})
    reading.save()
    page = verifying(letter)
    assert page.count("sama dengan bacaan, tetapi terbaca hanya 70% yakin") == 1
    assert page.count("sama dengan bacaan, tetapi terbaca hanya 75% yakin") == 1
    assert "terbaca Arsiparis Terampil" in page
    assert 'class="ragu"' in page
