"""A letter's file arrives: kept byte for byte, or refused with nothing left behind."""

import hashlib
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from kanal.lib.files import (
    DOCX,
    HEIC,
    JPEG,
    OLD_WORD,
    PDF,
    PNG,
    TIFF,
    WEBP,
    XLSX,
    ZIP,
    FileGone,
    FileMistake,
    keep,
    media_type_of,
    open_kept,
    sha256,
    sniff,
)

A_PDF = b"%PDF-1.7\n" + bytes(range(256)) * 300


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "file_permissions_mode": 0o600},
        },
    }


def zipped(names: list[str], size: int = 10) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"0" * size)
    return out.getvalue()


WORD = ["[Content_Types].xml", "word/document.xml"]


def refused(data: bytes, **options: object) -> FileMistake:
    with pytest.raises(FileMistake) as caught:
        keep(SimpleUploadedFile("surat.pdf", data), "surat", **options)
    assert str(caught.value.kept) == "Berkas tidak disimpan."
    assert str(caught.value.next_step)
    return caught.value


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"%PDF-1.4", PDF),
        (b"\xef\xbb\xbf\r\n%PDF-1.4", PDF),
        (b"\x89PNG\r\n\x1a\n", PNG),
        (b"\xff\xd8\xff\xe0", JPEG),
        (b"II*\x00", TIFF),
        (b"MM\x00*", TIFF),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", WEBP),
        (b"PK\x03\x04", ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_WORD),
        (b"\x00\x00\x00\x18ftypheic", HEIC),
        (b"<html>%PDF-1.4", None),
        (b"MZ\x90\x00", None),
        (b"", None),
    ],
)
def test_the_type_is_what_the_bytes_say(head: bytes, media_type: str | None) -> None:
    assert sniff(head) == media_type


def test_a_letter_is_kept_byte_for_byte_under_a_name_of_our_own(tmp_path: Path) -> None:
    kept = keep(SimpleUploadedFile("../../surat <script>.exe", A_PDF), "surat")
    stored = tmp_path / kept.name
    assert stored.read_bytes() == A_PDF
    assert kept.sha256 == hashlib.sha256(A_PDF).hexdigest()
    assert (kept.size, kept.media_type) == (len(A_PDF), PDF)
    assert kept.name.startswith("surat/")
    assert kept.name.endswith(".pdf")
    assert "script" not in kept.name
    assert stored.stat().st_mode & 0o777 == 0o600


def test_a_large_upload_waiting_on_disk_is_copied_and_left_alone(tmp_path: Path) -> None:
    upload = TemporaryUploadedFile("surat.pdf", "application/pdf", 0, None)
    upload.write(A_PDF * 20)
    upload.size = len(A_PDF) * 20
    kept = keep(upload, "surat")
    assert (tmp_path / kept.name).read_bytes() == A_PDF * 20
    assert Path(upload.temporary_file_path()).exists()
    upload.close()


def test_the_same_letter_twice_is_two_files_with_one_hash() -> None:
    first, second = (keep(SimpleUploadedFile("a.pdf", A_PDF), "surat") for _ in range(2))
    assert first.name != second.name
    assert first.sha256 == second.sha256
    with default_storage.open(first.name) as stored:
        assert sha256(stored) == first.sha256
        assert stored.tell() == 0


def test_empty_and_oversized_files_are_refused(tmp_path: Path) -> None:
    assert refused(b"").code == "empty"
    large = refused(A_PDF, max_bytes=1000)
    assert (large.code, large.field) == ("too-large", "file")
    assert list(tmp_path.rglob("*.pdf")) == []


def test_an_upload_that_lies_about_its_size_leaves_nothing(tmp_path: Path) -> None:
    upload = SimpleUploadedFile("surat.pdf", A_PDF)
    upload.size = 10
    with pytest.raises(FileMistake) as caught:
        keep(upload, "surat", max_bytes=1000)
    assert caught.value.code == "too-large"
    assert list(tmp_path.rglob("*.pdf")) == []


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<html>surat</html>", "bukan jenis"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99, "Word"),
        (b"\x00\x00\x00\x18ftypheic" + b"0" * 99, "HEIC"),
        (zipped(["a.txt"]), "bukan jenis"),
        (zipped(["[Content_Types].xml", "xl/workbook.xml"]), "bukan jenis"),
    ],
)
def test_other_kinds_are_refused_by_name(data: bytes, says: str) -> None:
    mistake = refused(data)
    assert mistake.code == "type"
    assert says in str(mistake.what)


def test_a_word_file_is_known_by_its_listing() -> None:
    assert keep(SimpleUploadedFile("a.docx", zipped(WORD)), "surat").media_type == DOCX
    excel = BytesIO(zipped(["[Content_Types].xml", "xl/workbook.xml"]))
    assert media_type_of(excel) == XLSX
    assert excel.tell() == 0


def test_an_excel_list_is_taken_where_it_is_allowed() -> None:
    upload = SimpleUploadedFile("a.xlsx", zipped(["[Content_Types].xml", "xl/workbook.xml"]))
    assert keep(upload, "impor", allowed={XLSX}).media_type == XLSX


def test_macros_bombs_and_broken_zips_are_refused_without_unpacking() -> None:
    assert refused(zipped([*WORD, "word/vbaProject.bin"])).code == "macros"
    assert refused(zipped(WORD, size=160 << 20)).code == "broken"
    assert refused(zipped(WORD)[:-30]).code == "broken"
    assert refused(zipped([*WORD, *(f"{n:0150}" for n in range(6000))])).code == "broken"


def test_a_kept_file_that_is_gone_is_said() -> None:
    with pytest.raises(FileGone) as gone:
        open_kept("surat/tidak-ada.pdf")
    assert gone.value.status == 410
    assert "cadangan" in str(gone.value.next_step)
