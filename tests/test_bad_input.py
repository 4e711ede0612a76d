"""What offices get wrong, through the pages they use: a clear sentence, and nothing half-done."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from kanal.directory.models import Capacity, Person, RoleKind, Unit
from kanal.intake.models import Receipt
from kanal.lib.dates import today
from tests.factories import (
    PASSWORD,
    a_clerk,
    a_head,
    a_letter,
    a_nip,
    a_pdf,
    a_user,
    a_verifier,
    an_appointed,
    an_employee,
    an_office,
    checked,
    pdf_bytes,
)
from tests.walls.counter import Before, before, kept_files, send

pytestmark = pytest.mark.django_db

NO_INSTRUCTION = "\n".join(["Notulen rapat koordinasi petugas media sosial bulan ini"] * 12)
DAY = today()
TOMORROW = DAY + timedelta(days=1)


@pytest.fixture
def unit() -> Unit:
    return an_office("Kelurahan Rawa Melati", code="31.73.07.1001")


@pytest.fixture
def clerk(client: Client, unit: Unit) -> Client:
    a_head(unit)
    client.force_login(a_clerk(unit))
    return client


@pytest.fixture
def verifier(client: Client, unit: Unit) -> Client:
    client.force_login(a_verifier(government=unit.government))
    return client


def enter(clerk: Client, *files: SimpleUploadedFile, **typed: Any) -> HttpResponse:
    return send(clerk, "/surat/catat/", button="kirim", files=files or [a_pdf()], **typed)


def refused(answer: HttpResponse, sentence: str, stood: Before, status: int = 422) -> None:
    page = answer.content.decode()
    assert answer.status_code == status, page
    assert sentence in page, re.findall(r"<span>(.{20,}?)</span>", page)
    after = before()
    assert after.rows == stood.rows
    assert after.files == stood.files


def test_a_letter_filled_in_well_is_taken(clerk: Client) -> None:
    """Else nothing below would say anything."""
    stood = before()
    answer = enter(clerk)
    assert answer.status_code == 302
    assert before().rows != stood.rows
    # The letter, and the copy of it that waits to be read.
    assert len(kept_files()) == len(stood.files) + 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"identity_number": "199013012015032001"}, "Bulan kelahiran tertulis 13"),
        ({"identity_number": "199001012015132001"}, "Bulan pengangkatan tertulis 13"),
        ({"identity_number": "19900101201503200"}, "harus 18 angka; yang diisi 17 angka"),
        ({"identity_number": "199001012021211001"}, "Ini nomor induk PPPK, bukan NIP"),
        ({"identity_number": "1990O1012015032001"}, "di tempat angka, mungkin maksudnya 0"),
        ({"identity_number": "3173071234567890"}, "Kanal tidak meminta dan tidak menyimpan NIK"),
        ({"identity_number": "199002302015032001"}, "30 Februari 1990 tidak ada di kalender"),
        ({"dated": TOMORROW.isoformat()}, "belum tiba"),
        ({"dated": "2026-13-01"}, "Bulan 13 tidak ada"),
        ({"dated": "31 Pebruari 2026"}, "tidak ada di kalender"),
        ({"dated": "kemarin"}, "tidak terbaca"),
        ({"number": "tanpa nomor"}, "belum berisi angka"),
        ({"ends_on": "2019-01-01"}, "berakhir sebelum dimulai"),
        ({"kind": "penggantian"}, "siapa yang diganti"),
    ],
)
def test_what_a_letter_cannot_say(clerk: Client, typed: dict[str, str], sentence: str) -> None:
    stood = before()
    refused(enter(clerk, **typed), sentence, stood)


def test_a_letter_of_an_office_that_does_not_exist(verifier: Client) -> None:
    stood = before()
    for answer in (
        verifier.get("/surat/catat/?unit=99.99.99.9999"),
        verifier.post("/surat/catat/?unit=99.99.99.9999", {"number": "1/-1.823.5"}),
    ):
        refused(answer, "Tidak ada kantor dengan kode 99.99.99.9999", stood, status=404)


def test_a_number_already_used_by_another_letter(clerk: Client, unit: Unit) -> None:
    a_letter(unit, today=DAY, number="217/-1.823.5", dated=DAY, subject="Surat yang lain")
    stood = before()
    sentence = "sudah dipakai surat lain kantor ini: Surat yang lain"
    refused(enter(clerk, number="2I7/-1.823.5", dated=DAY.isoformat()), sentence, stood)


def test_the_same_scan_a_second_time(clerk: Client) -> None:
    data = pdf_bytes("Surat yang sama")
    first, second = (SimpleUploadedFile("surat.pdf", data) for _n in range(2))
    enter(clerk, first, number="1/-1.823.5", identity_number=a_nip())
    stood = before()
    answer = enter(clerk, second, number="2/-1.823.5", identity_number=a_nip())
    refused(answer, "Berkas yang sama sudah masuk", stood)


def test_an_officer_of_another_office(clerk: Client) -> None:
    stranger = an_employee(an_office("Kelurahan Kencana"), "Budi Santoso")
    stood = before()
    answer = enter(clerk, full_name="Budi Santoso", identity_number=stranger.identity_number)
    refused(answer, "tercatat sebagai pegawai Kelurahan Kencana", stood)


def test_a_replacement_of_somebody_not_in_office(clerk: Client, unit: Unit) -> None:
    left = an_appointed(unit, since=DAY - timedelta(days=300), ends_on=DAY - timedelta(days=90))
    stood = before()
    answer = enter(clerk, kind="penggantian", replaces=str(left.pk))
    refused(answer, "bukan petugas kantor ini pada", stood)


def test_a_replacement_of_somebody_never_in_office(clerk: Client) -> None:
    stranger: Person = an_employee(an_office("Kelurahan Kencana"))
    stood = before()
    answer = enter(clerk, kind="penggantian", replaces=str(stranger.pk))
    refused(answer, "pilihan yang valid", stood)


def test_a_signer_whose_plt_had_ended(clerk: Client, unit: Unit) -> None:
    begun, ended = DAY - timedelta(days=500), DAY - timedelta(days=135)
    a_head(unit, "Sri Wahyuni", capacity=Capacity.PLT, begins_on=begun, ends_on=ended)
    stood = before()
    answer = enter(clerk, signer_name="SRI WAHYUNI", signer_nip="", signer_capacity="plt")
    refused(answer, "sebelum tanggal surat", stood)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("surat.pdf", b"", "kosong (0 byte)"),
        ("surat.pdf", b"<html><script>alert(1)</script></html>", "bukan jenis yang diterima"),
        ("surat.pdf", b"MZ\x90\x00" + bytes(400), "bukan jenis yang diterima"),
        ("surat.docx", b"PK\x03\x04" + bytes(400), "rusak"),
        ("surat.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(400), "lama (.doc, .xls)"),
        ("foto.heic", b"\x00\x00\x00\x18ftypheic" + bytes(400), "HEIC"),
    ],
)
def test_a_file_that_is_no_letter(clerk: Client, name: str, data: bytes, sentence: str) -> None:
    stood = before()
    refused(enter(clerk, SimpleUploadedFile(name, data)), sentence, stood)


def test_a_file_of_60_mb(clerk: Client) -> None:
    stood = before()
    big = SimpleUploadedFile("surat.pdf", b"%PDF-1.7\n" + bytes(60 << 20))
    refused(enter(clerk, big), "paling besar 25,0", stood)
    assert Receipt.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("kode,nama\n31.73.07.1009,Kelurahan é".encode("utf-16-le")[:-1], "Berkas"),
        (b"\x00\x01\x02\x03" * 50, "bukan CSV atau Excel"),
        (b"", "kosong"),
        (b"kode,nama_lengkap_sekali\n1,2\n", "tidak dikenal"),
        (b"kode,kelas\n1,2\n", "belum ada"),
        (b"PK\x03\x04" + bytes(100), "rusak"),
    ],
)
def test_a_sheet_that_cannot_be_read(verifier: Client, data: bytes, sentence: str) -> None:
    stood = before()
    answer = send(verifier, "/impor/", files=[SimpleUploadedFile("daftar.csv", data)])
    refused(answer, sentence, stood)


def sheet_of(verifier: Client, name: str, encoding: str) -> str:
    """Uploads one line of people and returns the preview."""
    text = f"nama_lengkap;jenis_identitas;nomor_identitas\n{name};nip;{a_nip()}\n"
    file = SimpleUploadedFile("orang.csv", text.encode(encoding))
    answer = send(verifier, "/impor/", files=[file], kind="orang", on="")
    assert answer.status_code == 302, answer.content.decode()
    page: str = verifier.get("/impor/pratinjau/").content.decode()
    return page


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_sheet_in_another_encoding_is_read_or_refused_but_never_garbled(
    verifier: Client, encoding: str
) -> None:
    stood = before()
    page = sheet_of(verifier, "Renée Müller", encoding)
    assert "Renée Müller" in page
    assert before().rows == stood.rows


def test_a_sheet_with_a_formula_is_shown_row_and_column_and_not_loaded(verifier: Client) -> None:
    stood = before()
    page = sheet_of(verifier, "=cmd|' /C calc'!A0", "utf-8")
    assert "dijalankan sebagai rumus oleh Excel" in page
    assert "nama_lengkap" in page
    verifier.post("/impor/jalankan/", {"fingerprint": ""})
    assert before().rows == stood.rows


def test_a_role_that_ended_a_second_ago_ends_what_the_open_session_may(unit: Unit) -> None:
    user = a_clerk(unit)
    browser = Client()
    browser.force_login(user)
    assert browser.get("/surat/catat/").status_code == 200
    user.roles.update(ends_at=timezone.now() - timedelta(seconds=1))
    stood = before()
    for answer in (browser.get("/surat/"), browser.post("/surat/catat/", {"kirim": "1"})):
        refused(answer, "Peran Anda hari ini tidak mencakup tindakan ini", stood, status=403)


def test_a_role_ends_while_the_form_is_being_filled_in(unit: Unit) -> None:
    """The office's page was opened lawfully; the letter is sent a second too late."""
    user = a_verifier(government=unit.government)
    letter = a_letter(unit)
    browser = Client()
    browser.force_login(user)
    checked(letter, user)
    user.roles.update(ends_at=timezone.now())
    stood = before()
    answer = browser.post(f"/surat/{letter.pk}/periksa/", {"putusan": "terima"})
    refused(answer, "Peran Anda hari ini tidak mencakup tindakan ini", stood, status=403)


def test_a_user_switched_off_is_signed_out_at_the_next_click(unit: Unit) -> None:
    user = a_user(RoleKind.ADMINISTRATOR, government=unit.government)
    browser = Client()
    browser.force_login(user)
    assert browser.get("/pengguna/").status_code == 200
    user.is_active = False
    user.save(update_fields=["is_active"])
    for _again in range(2):
        assert "/akun-saya/masuk/" in browser.get("/pengguna/").headers["Location"]


def test_a_changed_password_ends_the_other_sessions(unit: Unit) -> None:
    user = a_user(RoleKind.ADMINISTRATOR, government=unit.government)
    browser = Client()
    browser.force_login(user)
    user.set_password(PASSWORD + "-baru")
    user.save()
    assert "/akun-saya/masuk/" in browser.get("/pengguna/").headers["Location"]


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("kosong.txt", b""), "kosong"),
        (SimpleUploadedFile("surat.txt", b"Bukan instruksi"), "tidak terbaca sebagai instruksi"),
        (SimpleUploadedFile("pindaian.pdf", pdf_bytes("x")), "hasil pindaian tanpa teks"),
        (SimpleUploadedFile("rusak.pdf", b"%PDF-1.7\nrusak"), "PDF"),
        (SimpleUploadedFile("surat.pdf", pdf_bytes(NO_INSTRUCTION)), "terbaca sebagai instruksi"),
    ],
    ids=lambda given: given.name if isinstance(given, SimpleUploadedFile) else "",
)
def test_an_instruction_that_is_none(
    verifier: Client, file: SimpleUploadedFile, sentence: str
) -> None:
    stood = before()
    file.seek(0)
    refused(send(verifier, "/dasar-hukum/baca/", files=[file], text=""), sentence, stood)
