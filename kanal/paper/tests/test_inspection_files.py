"""Pictures, mails and damaged files; and a virus scanner that is asked when there is one."""

import random
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from kanal.paper.inspection.clamd import Scan
from kanal.paper.inspection.inspecting import inspect
from kanal.paper.inspection.report import Limits
from kanal.paper.verdicts import Verdict

LETTERS = Path(__file__).parents[3] / "tests" / "letters"
PDF = (LETTERS / "p03_tebet_kv.pdf").read_bytes()


def drawn(kind: str, size: tuple[int, int] = (60, 80), **saving: object) -> bytes:
    out = BytesIO()
    Image.new("L", size, 255).save(out, kind, **saving)
    return out.getvalue()


def said(data: bytes, name: str, **limits: object) -> tuple[str, list[str]]:
    found = inspect(data, name, limits=Limits(**limits))
    return found.verdict.value, found.reasons


KINDS = [("PNG", "a.png"), ("JPEG", "a.jpg"), ("TIFF", "a.tif"), ("WEBP", "a.webp")]


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_pictures_are_judged_by_their_headers(kind: str, name: str) -> None:
    data = drawn(kind)
    assert said(data, name) == ("accept", [])
    assert said(data, "a.jpeg") == ("accept", [])  # chat programs rename pictures
    assert said(data, "a.pdf") == ("reject", ["type_mismatch"])
    assert said(data, name, megapixels=0.004) == ("reject", ["pixel_bomb"])
    assert said(data[: len(data) // 2], name) == ("reject", ["truncated"])
    assert said(data + b"<html><script>", name)[0] == ("accept" if kind == "TIFF" else "reject")


def test_a_fax_of_many_pages() -> None:
    more = [Image.new("L", (20, 20)) for _ in range(60)]
    data = drawn("TIFF", save_all=True, append_images=more)
    assert said(data, "a.tif") == ("reject", ["too_many_pages"])
    assert said(data, "a.tif", pages=61) == ("accept", [])
    shades = [Image.new("L", (60, 80), shade) for shade in (9, 99)]
    moving = drawn("WEBP", save_all=True, append_images=shades)
    assert said(moving, "a.webp", pages=3) == ("accept", [])
    assert said(moving, "a.webp", pages=2) == ("reject", ["too_many_pages"])
    loop = bytearray(drawn("TIFF"))
    at = int.from_bytes(loop[4:8], "little")
    count = int.from_bytes(loop[at : at + 2], "little")
    loop[at + 2 + 12 * count : at + 6 + 12 * count] = at.to_bytes(4, "little")
    assert said(bytes(loop), "a.tif") == ("accept", [])


def test_a_header_that_says_much_and_holds_nothing() -> None:
    png = b"\x89PNG\r\n\x1a\n" + struct.pack(
        ">I4sIIBBBBBI", 13, b"IHDR", 9**9, 9**9, 1, 0, 0, 0, 0, 0
    )
    assert said(png, "a.png") == ("reject", ["pixel_bomb"])
    assert said(b"\x89PNG\r\n\x1a\n", "a.png") == ("reject", ["truncated"])
    assert said(b"GIF89a" + bytes(50), "a.gif") == ("reject", ["unsupported_type"])


def mail(*attachments: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "tu@jakarta.go.id", "diskominfo@jakarta.go.id"
    message["Subject"] = "Surat penunjukan"
    message.set_content("Terlampir.")
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="x-apa", filename=name)
    return message.as_bytes()


@pytest.mark.parametrize(
    ("attachments", "verdict"),
    [
        ([], ("accept", [])),
        ([("surat.pdf", PDF), ("undangan.ics", b"BEGIN:VCALENDAR")], ("accept", [])),
        ([("surat.pdf", PDF), ("kartu.vcf", b"BEGIN:VCARD"), ("a.p7s", b"0\x80")], ("accept", [])),
        ([("surat.pdf", PDF), ("tagihan.exe", b"x")], ("reject", ["embedded_executable"])),
        ([("surat.pdf", b"MZ\x90\0")], ("reject", ["embedded_executable"])),
        ([("surat.pdf.js", b"x")], ("reject", ["embedded_executable"])),
        ([("surat.pdf", b"<html>")], ("reject", ["type_mismatch"])),
        ([("halaman.html", b"<html>")], ("review", ["unsupported_type"])),
        ([("surat.rar", b"Rar!\x1a\x07\0" + bytes(20))], ("review", ["nested_archive"])),
        ([("surat.pdf", PDF[:5000])], ("reject", ["truncated"])),
        ([(f"{n}.txt", b"x") for n in range(300)], ("review", ["too_many_attachments"])),
    ],
)
def test_each_part_of_a_mail_is_looked_at(
    attachments: list[tuple[str, bytes]], verdict: tuple[str, list[str]]
) -> None:
    assert said(mail(*attachments), "surel.eml") == verdict


def test_a_forwarded_mail_is_opened_too() -> None:
    bad = (LETTERS / "h03_javascript.pdf").read_bytes()
    inner = mail(("surat.pdf", bad))
    assert said(mail(("terusan.eml", inner)), "a.eml") == ("reject", ["javascript"])
    deep = inner
    for _ in range(6):
        deep = mail(("terusan.eml", deep))
    assert said(deep, "a.eml")[0] == "reject"


SAMPLES = ["p03_tebet_kv.pdf", "h21_tautan_luar.pdf", "d02_pkm_kv.docx", "d07_hub_judul_lama.doc",
           "m05_lampiran_berbahaya.eml", "h02_sandi_pemilik_saja.pdf", "t01_ttd_sah.pdf"]  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_damaged_files_get_a_verdict_and_never_a_traceback(name: str) -> None:
    data = (LETTERS / name).read_bytes()
    dice = random.Random(name)
    for _ in range(12):
        broken = bytearray(data)
        for _ in range(dice.choice([1, 5, 50])):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        cut = broken[: dice.choice([len(broken), dice.randrange(len(broken))])]
        found = inspect(bytes(cut), name)
        assert found.verdict in Verdict
        assert found.verdict is not Verdict.REJECT or found.reasons


@contextmanager
def scanner(answer: bytes, heard: list[bytes]) -> Iterator[str]:
    """A small server that speaks clamd's INSTREAM as its manual describes it; no clamd is here."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        line, _ = listening.accept()
        with line, line.makefile("rb") as reading:
            command = reading.read(len(b"zINSTREAM\0"))
            received = b""
            while size := struct.unpack("!I", reading.read(4))[0]:
                received += reading.read(size)
            heard.extend([command, received])
            line.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    with listening:
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        thread.join()


def test_what_the_virus_scanner_says() -> None:
    for answer, scan, verdict in [
        (b"stream: OK\0", Scan.CLEAN, Verdict.ACCEPT),
        (b"stream: Eicar-Signature FOUND\0", Scan.FOUND, Verdict.REJECT),
        (b"INSTREAM size limit exceeded. ERROR\0", Scan.NOT_SCANNED, Verdict.ACCEPT),
        (b"", Scan.NOT_SCANNED, Verdict.ACCEPT),
    ]:
        heard: list[bytes] = []
        with scanner(answer, heard) as address:
            found = inspect(PDF, "surat.pdf", clamd_address=address)
        assert heard == [b"zINSTREAM\0", PDF]
        assert (found.scan, found.verdict) == (scan, verdict)
    with scanner(b"stream: Eicar-Signature FOUND\0", []) as address:
        found = inspect(PDF, "surat.pdf", clamd_address=address)
    assert (found.reasons, found.malware) == (["malware"], "Eicar-Signature")


@pytest.mark.parametrize("address", [None, "", "127.0.0.1:1", "/tidak/ada.sock", "bukan alamat"])
def test_without_a_scanner_the_file_says_so(address: str | None) -> None:
    found = inspect(PDF, "surat.pdf", clamd_address=address)
    assert (found.scan, found.verdict) == (Scan.NOT_SCANNED, Verdict.ACCEPT)
