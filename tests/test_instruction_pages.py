"""The pages of the legal basis, as a verifier and as an officer see them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from kanal.directory.models import Government, RoleKind, Unit
from kanal.journal.models import Entry
from kanal.mandates.models import Mandate
from kanal.sample.loading import INSTRUCTION, base
from tests.factories import a_user, a_verifier, pdf_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def jakarta() -> Government:
    return base()


@pytest.fixture
def verifier(jakarta: Government, client: Client) -> Client:
    client.force_login(a_verifier(government=jakarta))
    return client


def test_the_page_shows_the_text_with_what_was_read_marked(verifier: Client) -> None:
    page = verifier.get(reverse("mandates:mandate", args=[Mandate.objects.get().pk]))
    told = page.content.decode()
    assert "<mark>16 Maret 2018" in told or "16 Maret 2018<span" in told
    assert "Batas waktu tertulis mendahului tanggal penetapan" in told
    assert "belum ada kantor yang terlambat" in told


def test_an_uploaded_instruction_waits_for_its_confirmation(verifier: Client) -> None:
    text = INSTRUCTION.read_bytes().replace(b"NOMOR 20 TAHUN 2018", b"NOMOR 9 TAHUN 2019")
    answer = verifier.post(
        reverse("mandates:upload"), {"file": SimpleUploadedFile("baru.md", text)}, follow=True
    )
    assert "Yang terbaca, untuk dikonfirmasi" in answer.content.decode()
    mandate = Mandate.objects.get(number="9")
    assert mandate.confirmed_at is None
    form = answer.context["confirm_form"]
    sent = {bound.name: bound.value() for bound in form if bound.value() is not None}
    done = verifier.post(reverse("mandates:confirm", args=[mandate.pk]), sent, follow=True)
    mandate.refresh_from_db()
    assert mandate.confirmed_at, done.context["confirm_form"].errors
    assert mandate.statuses.count() == 362


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("kosong.md", b""),
        ("gambar.png", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("x.pdf", pdf_bytes("Halo")),
    ],
)
def test_a_file_that_is_no_instruction(verifier: Client, name: str, data: bytes) -> None:
    answer = verifier.post(reverse("mandates:upload"), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422
    assert Mandate.objects.count() == 1


def test_a_deadline_for_one_office_needs_its_code(verifier: Client) -> None:
    address = reverse("mandates:decide-deadline", args=[Mandate.objects.get().pk])
    sent = {
        "effective_on": "2026-12-04", "reason": "Banjir", "decided_by_name": "Kepala Dinas",
        "decided_on": "2026-11-20", "unit": "99.99",
    }  # fmt: skip
    wrong = verifier.post(address, sent)
    assert wrong.status_code == 422
    assert "Tidak ada kantor dengan kode 99.99" in wrong.content.decode()
    right = verifier.post(address, {**sent, "unit": "31.74.01"})
    assert right.status_code == 302


def test_an_officer_reads_and_changes_nothing(jakarta: Government, client: Client) -> None:
    client.force_login(a_user(RoleKind.OFFICER, Unit.objects.get(code="31.74.01")))
    assert client.get(reverse("mandates:mandates")).status_code == 200
    assert client.get(reverse("mandates:upload")).status_code == 403


def test_the_command_says_what_it_read(jakarta: Government, capsys, tmp_path) -> None:
    file = tmp_path / "instruksi.txt"
    file.write_bytes(INSTRUCTION.read_bytes().replace(b"NOMOR 20", b"NOMOR 33"))
    call_command("read_mandate", str(file))
    told = capsys.readouterr().out
    assert "No. 33 Tahun 2018" in told
    assert "10 jenis kantor" in told
    assert "menunggu konfirmasi" in told


def test_an_instruction_uploaded_by_mistake_is_discarded_and_may_come_again(
    verifier: Client,
) -> None:
    text = INSTRUCTION.read_bytes().replace(b"NOMOR 20 TAHUN 2018", b"NOMOR 9 TAHUN 2019")
    uploaded = {"file": SimpleUploadedFile("baru.md", text)}
    page = verifier.post(reverse("mandates:upload"), uploaded, follow=True)
    wrong = Mandate.objects.get(number="9")
    address = reverse("mandates:discard", args=[wrong.pk])
    assert address in page.content.decode()
    verifier.post(address)
    wrong.refresh_from_db()
    assert wrong.discarded_at
    assert wrong.discarded_by_name
    assert Entry.objects.filter(verb="discard-mandate", subject=f"mandate:{wrong.pk}").exists()
    gone = verifier.get(reverse("mandates:mandate", args=[wrong.pk])).content.decode()
    assert "Dibuang" in gone
    assert reverse("mandates:confirm", args=[wrong.pk]) not in gone
    assert "Salah unggah, dibuang" in verifier.get(reverse("mandates:mandates")).content.decode()
    uploaded = {"file": SimpleUploadedFile("baru.md", text)}
    verifier.post(reverse("mandates:upload"), uploaded)
    assert Mandate.objects.filter(number="9", discarded_at=None).count() == 1


def test_what_is_in_force_is_not_discarded(verifier: Client) -> None:
    mandate = Mandate.objects.get()
    page = verifier.get(reverse("mandates:mandate", args=[mandate.pk]))
    assert reverse("mandates:discard", args=[mandate.pk]) not in page.content.decode()
    answer = verifier.post(reverse("mandates:discard", args=[mandate.pk]))
    assert "Hanya dasar hukum yang belum dikonfirmasi" in answer.content.decode()
    mandate.refresh_from_db()
    assert mandate.discarded_at is None


def test_the_deadline_is_warned_of_once(verifier: Client) -> None:
    text = INSTRUCTION.read_bytes().replace(b"NOMOR 20 TAHUN 2018", b"NOMOR 9 TAHUN 2018")
    sent = {"file": SimpleUploadedFile("baru.md", text)}
    told = verifier.post(reverse("mandates:upload"), sent, follow=True).content.decode()
    assert told.count("Batas waktu tertulis mendahului") == 1
    assert "Batas waktu yang tertulis lebih awal" not in told
