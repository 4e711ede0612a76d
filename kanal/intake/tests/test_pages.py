"""Letters come in over the counter of a web page: entered, refused, received, listed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kanal.appointments.models import Appointment, Letter, LetterState
from kanal.directory.models import Capacity, RoleKind, Unit, User
from kanal.intake import pending
from kanal.intake.actions import receive
from kanal.intake.models import Channel, Medium, Receipt
from kanal.lib.dates import today
from tests.factories import (
    a_clerk,
    a_government,
    a_head,
    a_letter,
    a_nip,
    a_pdf,
    a_user,
    a_verifier,
    accepted,
    an_appointed,
    an_employee,
    an_office,
    an_officer,
    pdf_bytes,
    returned,
)

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


@pytest.fixture
def verifier(unit: Unit) -> User:
    return a_verifier(government=unit.government)


def the_form(**typed: Any) -> dict[str, Any]:
    """The entry page filled in well, but for what is typed otherwise."""
    return {
        "tiket": "tiketsatu",
        "kind": "penunjukan",
        "form": "surat_penunjukan",
        "number": "217/-1.823.5",
        "dated": (NOW - timedelta(days=3)).isoformat(),
        "subject": "Penunjukan Petugas Pengelola Media Sosial",
        "signer_name": "Drs. Hendra Gunawan, M.Si.",
        "signer_post": "Lurah",
        "signer_capacity": "definitif",
        "petugas-TOTAL_FORMS": "1",
        "petugas-INITIAL_FORMS": "0",
        "petugas-0-full_name": "Wulan Kartikasari, S.I.Kom.",
        "petugas-0-identity_kind": "nip",
        "petugas-0-identity_number": a_nip(),
        "petugas-0-post": "Pranata Humas",
        "petugas-0-duties": ["konten", "koordinasi"],
        **typed,
    }


def enter(client: Client, unit: Unit, *, file: Any = "a new one", **typed: Any) -> Any:
    given = the_form(**typed)
    if file == "a new one":
        file = a_pdf()
    if file is not None:
        given["letter_files"] = file
    return client.post(f"{reverse('intake:submit')}?unit={unit.code}", given)


def test_a_clerk_enters_a_letter_and_gets_its_agenda_number(
    client: Client, unit: Unit, clerk: User
) -> None:
    scan = pdf_bytes("Surat asli")
    answer = enter(client, unit, file=SimpleUploadedFile("surat 217.pdf", scan))
    letter = Letter.objects.get()
    assert answer.headers["Location"] == reverse("appointments:letter", args=[letter.pk])
    assert letter.state == LetterState.SUBMITTED
    assert letter.begins_on == letter.dated
    receipt = letter.receipts.get()
    assert receipt.medium == Medium.SOFTCOPY
    assert receipt.agenda == f"0001/{NOW.year}"
    kept = letter.files.get()
    assert kept.name == "surat 217.pdf"
    assert default_storage.open(kept.kept_as).read() == scan
    assert receipt.agenda in client.get(answer.headers["Location"]).content.decode()


def test_the_page_knows_the_signer_and_who_is_replaced(
    client: Client, unit: Unit, clerk: User
) -> None:
    a_head(unit, "Drs. Hendra Gunawan, M.Si.", capacity=Capacity.PLT, begins_on=NOW)
    lilis = an_appointed(unit, "Lilis Suryani")
    page = client.get(f"{reverse('intake:submit')}?unit={unit.code}&ganti={lilis.pk}")
    form = page.context["entry"].form
    assert form["kind"].value() == "penggantian"
    assert form["signer_name"].value() == "Drs. Hendra Gunawan, M.Si."
    assert form["signer_capacity"].value() == "plt"
    assert f'<option value="{lilis.pk}" selected>Lilis Suryani, sejak' in page.content.decode()


def test_days_are_taken_as_letters_write_them(client: Client, unit: Unit, clerk: User) -> None:
    enter(client, unit, dated="28 Maret 2018", begins_on="1 Pebruari 2018")
    letter = Letter.objects.get()
    assert (letter.dated, letter.begins_on) == (date(2018, 3, 28), date(2018, 2, 1))


def test_a_refused_letter_keeps_what_was_typed_and_the_file_that_came(
    client: Client, unit: Unit, clerk: User
) -> None:
    scan = pdf_bytes("Surat yang dikirim sekali saja")
    answer = enter(client, unit, dated="28 Maret 2199", file=SimpleUploadedFile("surat.pdf", scan))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert not Letter.objects.exists()
    assert "28 Maret 2199" in page
    assert 'tabindex="-1" autofocus' in page
    assert '<a href="#id_dated">' in page
    assert "Wulan Kartikasari, S.I.Kom." in page
    assert "surat.pdf" in page

    answer = enter(client, unit, file=None)
    assert answer.status_code == 302
    kept = Letter.objects.get().files.get()
    assert (kept.name, default_storage.open(kept.kept_as).read()) == ("surat.pdf", scan)
    assert not waiting_files()


def files_in(folder: str) -> list[str]:
    if not default_storage.exists(folder):
        return []
    inner = default_storage.listdir(folder)[0]
    return [name for one in inner for name in default_storage.listdir(f"{folder}/{one}")[1]]


def waiting_files() -> list[str]:
    return files_in(pending.FOLDER)


def test_a_file_waiting_in_one_session_is_nobody_elses(
    client: Client, unit: Unit, clerk: User
) -> None:
    enter(client, unit, dated="31 Pebruari 2026")
    other = Client()
    other.force_login(a_clerk(unit, name="Orang Lain"))
    answer = enter(other, unit, file=None)
    assert answer.status_code == 422
    assert "Lampirkan suratnya" in answer.content.decode()


def test_a_waiting_file_can_be_dropped_and_is_swept_when_forgotten(
    client: Client, unit: Unit, clerk: User
) -> None:
    page = enter(client, unit, dated="31 Pebruari 2026")
    name = page.context["entry"].pending.files[0].kept_as
    page = enter(client, unit, file=None, lepas=name)
    assert page.context["entry"].pending.files == []
    assert not waiting_files()

    enter(client, unit, dated="31 Pebruari 2026")
    assert pending.sweep(before=timezone.now() - timedelta(days=1)) == 0
    # The file, the picture of its page, and how many pages it has.
    assert pending.sweep(before=timezone.now() + timedelta(seconds=5)) == 3
    assert not waiting_files()


def test_officers_are_added_and_removed_without_a_script(
    client: Client, unit: Unit, clerk: User
) -> None:
    page = enter(client, unit, file=None, tambah="1", number="")
    entry = page.context["entry"]
    assert page.status_code == 200  # nothing is a mistake yet
    assert len(entry.formset) == 2
    assert entry.formset[0]["full_name"].value() == "Wulan Kartikasari, S.I.Kom."
    assert not entry.formset[1]["duties"].value()  # whoever copies the letter ticks them

    two = {
        "petugas-TOTAL_FORMS": "2",
        "petugas-1-full_name": "Tono",
        "petugas-1-identity_kind": "tanpa",
        "petugas-1-identity_reason": "tenaga PJLP",
        "petugas-1-post": "Tenaga ahli",
        "petugas-1-duties": "konten",
    }
    page = enter(client, unit, file=None, buang="0", **two)
    assert [row["full_name"].value() for row in page.context["entry"].formset] == ["Tono"]

    assert enter(client, unit, **two).status_code == 302
    names = {str(officer.person) for officer in Letter.objects.get().officers.all()}
    assert names == {"Wulan Kartikasari, S.I.Kom.", "Tono"}


def test_a_row_left_empty_is_no_officer(client: Client, unit: Unit, clerk: User) -> None:
    empty = {
        "petugas-TOTAL_FORMS": "2",
        "petugas-1-identity_kind": "nip",
    }
    assert enter(client, unit, **empty).status_code == 302
    assert Letter.objects.get().officers.count() == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"petugas-0-identity_number": "19900101201503200"}, "harus 18 angka; yang diisi 17"),
        ({"petugas-0-identity_number": "199013012015032001"}, "bulan hanya 01 sampai 12"),
        ({"petugas-0-identity_number": "199001012021211001"}, "nomor induk PPPK, bukan NIP"),
        ({"petugas-0-identity_number": "3171234567890123"}, "Kanal tidak meminta"),
        (
            {"petugas-0-identity_kind": "tanpa", "petugas-0-identity_number": ""},
            "tidak punya nomor",
        ),
        ({"petugas-0-full_name": ""}, "Isi nama petugas"),
        ({"petugas-0-duties": []}, "Centang sekurangnya satu tugas"),
        ({"dated": "2026-13-01"}, "Bulan 13 tidak ada"),
        ({"dated": "31 Pebruari 2026"}, "tidak ada"),
        ({"dated": "2099-01-01"}, "belum tiba"),
        ({"ends_on": "2018-01-01"}, "berakhir sebelum dimulai"),
        ({"number": "tanpa nomor"}, "belum berisi angka"),
        ({"signer_nip": "1990"}, "harus 18 angka"),
        ({"kind": "penggantian"}, "belum menyebut siapa yang diganti"),
        ({"kind": "penghentian", "petugas-0-full_name": ""}, "belum punya petugas yang tercatat"),
        ({"kind": "ralat"}, "Pilih surat yang diralat"),
        ({"petugas-TOTAL_FORMS": "banyak"}, "Surat belum masuk"),
    ],
)
def test_what_a_letter_cannot_say_is_refused_in_plain_words(
    client: Client, unit: Unit, clerk: User, typed: dict[str, Any], told: str
) -> None:
    answer = enter(client, unit, **typed)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Letter.objects.exists()
    assert not Receipt.objects.exists()


def test_a_number_is_used_once(client: Client, unit: Unit, clerk: User) -> None:
    enter(client, unit, number="217/-1.823.5")
    answer = enter(client, unit, number="2I7/-1.823.5")
    assert "sudah dipakai surat lain kantor ini" in answer.content.decode()
    assert Letter.objects.count() == 1


def test_the_same_scan_is_not_taken_twice(client: Client, unit: Unit, clerk: User) -> None:
    scan = pdf_bytes("Satu surat")
    enter(client, unit, file=SimpleUploadedFile("a.pdf", scan))
    answer = enter(client, unit, number="218/-1.823.5", file=SimpleUploadedFile("b.pdf", scan))
    assert "Berkas yang sama sudah masuk" in answer.content.decode()
    assert len(files_in("surat")) == 1


def test_an_officer_of_another_office_is_refused(client: Client, unit: Unit, clerk: User) -> None:
    stranger = an_employee(an_office("Kelurahan Slipi"), "Siti Aminah")
    answer = enter(
        client,
        unit,
        **{
            "petugas-0-full_name": "Siti Aminah",
            "petugas-0-identity_number": stranger.identity_number,
        },
    )
    assert "tercatat sebagai pegawai Kelurahan Slipi" in answer.content.decode()


def test_only_somebody_in_office_can_be_replaced(client: Client, unit: Unit, clerk: User) -> None:
    lilis = an_appointed(unit, "Lilis Suryani", since=date(2025, 1, 1), ends_on=date(2025, 6, 30))
    given = {"kind": "penggantian", "petugas-0-replaces": str(lilis.pk)}
    answer = enter(client, unit, **given)
    assert "Lilis Suryani bukan petugas kantor ini pada" in answer.content.decode()
    answer = enter(client, unit, **{**given, "dated": "2025-03-01"})
    assert answer.status_code == 302


def test_a_signer_whose_plt_had_ended_is_refused(client: Client, unit: Unit, clerk: User) -> None:
    a_head(
        unit,
        "Siti Aminah, S.Sos.",
        capacity=Capacity.PLT,
        begins_on=date(2025, 1, 1),
        ends_on=date(2025, 7, 1),
    )
    answer = enter(client, unit, signer_name="Siti Aminah, S.Sos.")
    assert "berakhir 30 Juni 2025, sebelum tanggal surat" in answer.content.decode()


def test_a_penghentian_needs_only_the_name_that_is_chosen(
    client: Client, unit: Unit, clerk: User
) -> None:
    lilis = an_appointed(unit, "Lilis Suryani")
    answer = enter(
        client,
        unit,
        kind="penghentian",
        **{
            "petugas-0-replaces": str(lilis.pk),
            "petugas-0-full_name": "",
            "petugas-0-identity_number": "",
            "petugas-0-post": "",
        },
    )
    assert answer.status_code == 302
    letter = Letter.objects.get(kind="penghentian")
    assert letter.officers.get().person == lilis


def test_an_empty_file_is_refused_and_the_rest_stays(
    client: Client, unit: Unit, clerk: User
) -> None:
    answer = enter(client, unit, file=SimpleUploadedFile("kosong.pdf", b""))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "kosong.pdf: Berkas ini kosong (0 byte)." in page
    assert "217/-1.823.5" in page


def test_a_file_of_60_mb_is_refused_politely(client: Client, unit: Unit, clerk: User) -> None:
    huge = SimpleUploadedFile("pindaian.pdf", b"%PDF-1.4\n" + b"0" * (60 << 20))
    answer = enter(client, unit, file=huge)
    assert answer.status_code == 422
    assert "paling besar" in answer.content.decode()
    assert not waiting_files()


def test_what_is_no_letter_by_its_content_is_refused(
    client: Client, unit: Unit, clerk: User
) -> None:
    answer = enter(client, unit, file=SimpleUploadedFile("surat.pdf", b"MZ" + b"\0" * 500))
    assert "bukan jenis yang diterima" in answer.content.decode()


def test_an_office_that_does_not_exist_is_said_so(client: Client, clerk: User) -> None:
    answer = client.get(f"{reverse('intake:submit')}?unit=99.99")
    assert answer.status_code == 404
    assert "Tidak ada kantor dengan kode 99.99" in answer.content.decode()
    assert client.get(f"{reverse('intake:submit')}?unit=%00").status_code in (200, 404)


def test_a_clerk_enters_letters_of_the_own_office_only(client: Client, clerk: User) -> None:
    elsewhere = an_office("Kelurahan Slipi")
    assert enter(client, elsewhere).status_code == 403
    assert not Letter.objects.exists()


def test_a_role_that_ended_a_second_ago_ends_the_session_s_rights(
    client: Client, unit: Unit, clerk: User
) -> None:
    assert client.get(f"{reverse('intake:submit')}?unit={unit.code}").status_code == 200
    clerk.roles.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert enter(client, unit).status_code == 403
    assert not Letter.objects.exists()


def test_a_verifier_first_says_for_which_office(client: Client, unit: Unit) -> None:
    client.force_login(a_verifier(government=unit.government))
    page = client.get(reverse("intake:submit"), {"cari": "rawa"})
    assert f"?unit={unit.code}" in page.content.decode()


# the list


def listed(client: Client, **asked: str) -> list[str]:
    page = client.get(reverse("intake:letters"), asked)
    return [row.letter.number for row in page.context["rows"]]


def test_the_list_shows_an_office_its_own_letters(
    client: Client, unit: Unit, clerk: User, verifier: User
) -> None:
    a_letter(unit, number="1/own", by=clerk)
    a_letter(an_office("Kelurahan Slipi"), number="2/other")
    assert listed(client) == ["1/own"]
    client.force_login(verifier)
    assert listed(client) == ["1/own", "2/other"]


def test_letters_are_found_by_state_number_agenda_and_officer(
    client: Client, unit: Unit, verifier: User
) -> None:
    client.force_login(verifier)
    returned(a_letter(unit, number="10/a"))
    accepted(a_letter(unit, number="11/b", officers=[an_officer("Bambang Sutejo")]))
    third = a_letter(unit, number="12/c")
    assert listed(client) == ["12/c"]
    assert listed(client, keadaan="dikembalikan") == ["10/a"]
    assert listed(client, keadaan="semua") == ["12/c", "11/b", "10/a"]
    assert listed(client, keadaan="semua", cari="sutejo") == ["11/b"]
    assert listed(client, keadaan="semua", cari="I2/C") == ["12/c"]
    assert listed(client, keadaan="semua", cari=third.receipts.get().agenda) == ["12/c"]
    assert listed(client, keadaan="ngawur", cari="\0") == ["12/c"]
    assert listed(client, cari="10/a") == ["10/a"]  # no state asked for: wherever it stands
    hidden = client.get(reverse("intake:letters"), {"keadaan": "menunggu", "cari": "10/a"})
    assert "Lihat 1 surat dalam keadaan lain" in hidden.content.decode()
    assert "?keadaan=semua&amp;cari=10%2Fa" in hidden.content.decode()
    chips = client.get(reverse("intake:letters")).context["chips"]
    assert [chip.count for chip in chips] == [1, 0, 1, 1, 3]


def test_the_list_asks_the_same_number_of_queries_for_one_and_for_twenty(
    client: Client, unit: Unit, verifier: User
) -> None:
    client.force_login(verifier)
    a_letter(unit, by=verifier)
    one = queries_of(client)
    for _n in range(20):
        a_letter(unit, by=verifier)
    assert queries_of(client) == one <= 10


def queries_of(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("intake:letters"), {"keadaan": "semua"})
    return len(asked)


# receipts


def test_paper_arrives_and_gets_the_next_agenda_number(
    client: Client, unit: Unit, verifier: User
) -> None:
    letter = a_letter(unit, today=NOW)
    client.force_login(verifier)
    answer = client.post(
        reverse("intake:receive", args=[letter.pk]),
        {"medium": "hardcopy", "channel": "loket", "received_on": NOW.isoformat()},
    )
    receipt = Receipt.objects.get(medium=Medium.HARDCOPY)
    assert receipt.agenda_number == 2
    assert answer.headers["Location"] == reverse("intake:receipt", args=[receipt.code])
    page = client.get(reverse("intake:receive", args=[letter.pk])).content.decode()
    assert "sudah diterima" in page


def test_a_receipt_is_not_dated_ahead(client: Client, unit: Unit, verifier: User) -> None:
    letter = a_letter(unit)
    client.force_login(verifier)
    tomorrow = (NOW + timedelta(days=1)).isoformat()
    answer = client.post(
        reverse("intake:receive", args=[letter.pk]),
        {"medium": "hardcopy", "channel": "loket", "received_on": tomorrow},
    )
    assert answer.status_code == 422
    assert "Tanggal terima harus di antara" in answer.content.decode()


def test_a_mistaken_receipt_is_voided_and_its_number_is_not_given_again(
    client: Client, unit: Unit, verifier: User
) -> None:
    letter = a_letter(unit, today=NOW)
    receipt = letter.receipts.get()
    client.force_login(verifier)
    address = reverse("intake:void", args=[letter.pk, receipt.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Salah surat"}).status_code == 302
    again = client.post(address, {"reason": "Salah surat"})
    assert again.status_code == 409
    receive(
        letter=letter,
        medium=Medium.SOFTCOPY,
        channel=Channel.MAIL,
        received_on=letter.dated,
        by=verifier,
        today=NOW,
    )
    assert list(Receipt.objects.values_list("agenda_number", flat=True)) == [1, 2]
    page = Client().get(reverse("intake:receipt", args=[receipt.code])).content.decode()
    assert "dibatalkan" in page
    assert "Salah surat" not in page


def test_only_those_who_receive_give_agenda_numbers(
    client: Client, unit: Unit, clerk: User
) -> None:
    letter = a_letter(unit, by=clerk)
    assert client.get(reverse("intake:receive", args=[letter.pk])).status_code == 403


def test_anybody_with_the_code_sees_that_the_letter_came_and_nobody_s_name(unit: Unit) -> None:
    officer = an_officer("Wulan Kartikasari")
    letter = a_letter(unit, officers=[officer], number="217/-1.823.5", signer_nip=a_nip())
    receipt = letter.receipts.get()
    page = Client().get(reverse("intake:receipt", args=[receipt.code.lower()]))
    text = page.content.decode()
    for said in ("217/-1.823.5", "Kelurahan Rawa Melati", receipt.agenda, "Softcopy", "<svg"):
        assert said in text
    for secret in ("Wulan", officer.identity_number, letter.signer_nip, letter.signer_name):
        assert secret not in text
    assert receipt.receiver_name not in text
    assert "style=" not in text
    assert Client().get(reverse("intake:receipt", args=["TIDAKADA22"])).status_code == 404


def test_the_receipts_page_of_a_letter_out_of_reach_does_not_exist(client: Client) -> None:
    letter = a_letter(an_office("Kelurahan Slipi"))
    west_java = a_government(code="32", name="Provinsi Jawa Barat", short_name="Jawa Barat")
    client.force_login(a_user(RoleKind.ADMINISTRATOR, government=west_java))
    assert client.get(reverse("intake:receive", args=[letter.pk])).status_code == 404


def test_two_go_and_one_comes(unit: Unit, clerk: User, verifier: User, client: Client) -> None:
    """One row names both, the other only who goes: nobody stands in their place."""
    first, second = an_appointed(unit), an_appointed(unit, "Bayu Prakoso, S.Kom.")
    data = the_form(
        kind="penggantian",
        **{
            "petugas-TOTAL_FORMS": "2",
            "petugas-0-replaces": str(first.pk),
            "petugas-1-replaces": str(second.pk),
            "petugas-1-identity_kind": "nip",
        },
    )
    data["letter_files"] = a_pdf()
    answer = client.post("/surat/catat/", data)
    assert answer.status_code == 302, answer.content.decode()
    letter = Letter.objects.get(kind="penggantian")
    assert sorted(row.only_leaves for row in letter.officers.all()) == [False, True]
    accepted(letter, by=verifier)
    holding = Appointment.objects.known().on(NOW).filter(unit=unit)
    assert [term.person.name for term in holding] == ["Wulan Kartikasari"]


def test_a_replacement_row_with_nobody_in_it_is_asked_for(
    unit: Unit, clerk: User, client: Client
) -> None:
    data = the_form(kind="penggantian", **{"petugas-0-full_name": ""})
    answer = client.post("/surat/catat/", data)
    assert answer.status_code == 422
    assert "Isi nama petugas" in answer.content.decode()
