"""What is sent as a file: its size, its name and what it claims to be decide nothing."""

from __future__ import annotations

import re
import tracemalloc
from io import BytesIO, RawIOBase
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from kanal.appointments.models import LetterFile
from kanal.directory.models import Unit
from tests.factories import a_clerk, an_office, pdf_bytes
from tests.test_browser_headers import inline
from tests.walls.counter import kept_files, send

pytestmark = pytest.mark.django_db

MEGABYTE = 1 << 20
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)


@pytest.fixture
def unit() -> Unit:
    return an_office()


@pytest.fixture
def clerk(client: Client, unit: Unit) -> Client:
    client.force_login(a_clerk(unit))
    return client


class Endless(RawIOBase):
    """A multipart body that is made while it is read: a small head, then 60 MB of zeros."""

    boundary = "batas"

    def __init__(self, megabytes: int) -> None:
        head = (
            f'--{self.boundary}\r\nContent-Disposition: form-data; name="letter_files";'
            ' filename="surat.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\n'
        )
        self.head = BytesIO(head.encode())
        self.tail = BytesIO(f"\r\n--{self.boundary}--\r\n".encode())
        self.left = megabytes * MEGABYTE
        self.length = len(head) + self.left + len(self.tail.getvalue())

    def read(self, size: int = -1) -> bytes:
        size = 64 * 1024 if size < 0 else size
        part = self.head.read(size)
        if not part and self.left:
            part = bytes(min(size, self.left))
            self.left -= len(part)
        return part or self.tail.read(size)


def test_60_mb_pass_through_without_being_held_in_memory(
    clerk: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    body = Endless(60)
    clerk.get("/surat/catat/")
    tracemalloc.start()
    answer = clerk.post(
        "/surat/catat/",
        **{
            "wsgi.input": body,
            "CONTENT_TYPE": f"multipart/form-data; boundary={body.boundary}",
            "CONTENT_LENGTH": str(body.length),
        },
    )
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "paling besar 25,0" in page, re.findall(r"<span>(.{20,}?)</span>", page)
    assert body.left == 0
    assert peak < 12 * MEGABYTE
    assert kept_files() == []
    assert list(tmp_path.glob("*.upload*")) == []


NAMES = {
    "kutip \"dua\" dan 'satu'.pdf": "kutip",
    "baris\r\nSet-Cookie: jahat=1.pdf": "baris",
    "surat\u202efdp.exe.pdf": "surat",
    "<img src=x onerror=alert(1)>.pdf": "onerror",
    "../../../../etc/passwd.pdf": "passwd",
    "C:\\Windows\\surat.pdf": "surat.pdf",
    'nama;filename="lain.html".pdf': "nama",
    "Surat Penunjukan é 表.pdf": "表",
    "a" * 300 + ".pdf": "aaa",
}


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_files_name_is_only_ever_text(clerk: Client, name: str) -> None:
    file = SimpleUploadedFile("x.pdf", pdf_bytes(), content_type="text/html")
    file._name = name  # type: ignore[attr-defined]  # past Django's own tidying, as a script sends it
    answer = send(clerk, "/surat/catat/", button="kirim", files=[file])
    assert answer.status_code == 302, answer.content.decode()
    page = clerk.get(answer.headers["Location"]).content.decode()
    assert inline(page) == []
    kept = LetterFile.objects.get()
    assert not {"\r", "\n", "/", "\u202e"} & set(kept.name)
    assert re.fullmatch(r"surat/[0-9a-f]{32}/[0-9a-f]{32}\.pdf", kept.kept_as)
    for query in ("", "?unduh=1"):
        given = clerk.get(f"/surat/{kept.letter_id}/berkas/{kept.pk}/{query}")
        assert given.headers["Content-Type"] == "application/pdf"
        assert given.headers["X-Content-Type-Options"] == "nosniff"
        said = given.headers["Content-Disposition"]
        assert said.startswith("attachment" if query else "inline")
        assert not {"\r", "\n"} & set(said)
        assert said.count("filename") == 1 or "filename*" in said or '\\"' in said


def test_a_file_lost_from_its_folder_is_said_and_not_a_crash(clerk: Client) -> None:
    send(
        clerk, "/surat/catat/", button="kirim", files=[SimpleUploadedFile("surat.pdf", pdf_bytes())]
    )
    kept = LetterFile.objects.get()
    default_storage.delete(kept.kept_as)
    answer = clerk.get(f"/surat/{kept.letter_id}/berkas/{kept.pk}/")
    assert answer.status_code == 410
    assert "cadangan" in answer.content.decode()


DISGUISED = {
    "surat.html": b"%PDF-1.7 <html><script>alert(1)</script>",
    "surat.svg": PNG + b"<svg onload=alert(1)>",
    "surat.js": b"\xff\xd8\xff" + b"alert(1)",
}


@pytest.mark.parametrize("name", DISGUISED)
def test_a_file_that_is_two_things_is_refused(clerk: Client, name: str) -> None:
    file = SimpleUploadedFile(name, DISGUISED[name], content_type="text/html")
    answer = send(clerk, "/surat/catat/", button="kirim", files=[file])
    assert answer.status_code == 422
    assert not LetterFile.objects.exists()


def test_a_file_is_given_out_as_what_it_is_and_can_do_nothing(clerk: Client) -> None:
    data = pdf_bytes()
    file = SimpleUploadedFile("surat.pdf", data, content_type="text/html")
    answer = send(clerk, "/surat/catat/", button="kirim", files=[file])
    assert answer.status_code == 302, answer.content.decode()
    kept = LetterFile.objects.get()
    given = clerk.get(f"/surat/{kept.letter_id}/berkas/{kept.pk}/")
    assert given.headers["Content-Type"] == "application/pdf"
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    policy = given.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy
    assert b"".join(given.streaming_content) == data  # type: ignore[attr-defined]
