"""The text of an uploaded paper: plain text and Markdown directly, PDF in a child process."""

import codecs
from dataclasses import dataclass

from kanal.paper import workshop

MARKDOWN, PLAIN, PDF = "text/markdown", "text/plain", "application/pdf"
MAX_BYTES = 25 * 1024 * 1024
_LIMITS = workshop.Limits(seconds=20, cpu_seconds=15, memory=1 << 30)
# Fewer letters than this on all pages together is a picture with a stray stamp, not a text.
_LEAST_LETTERS = 40


def _(text: str) -> str:
    """Marks a sentence for the translators; whoever shows it translates it."""
    return text


@dataclass(frozen=True)
class Reason:
    what: str
    next_step: str


REASONS = {
    "type": Reason(
        _("Berkas ini bukan teks, Markdown, atau PDF."),
        _("Simpan sebagai PDF atau teks, lalu unggah lagi."),
    ),
    "empty": Reason(_("Berkas ini kosong."), _("Periksa berkas aslinya, lalu unggah lagi.")),
    "too-large": Reason(
        _("Berkas ini terlalu besar untuk dibaca."), _("Unggah bagian instruksinya saja.")
    ),
    "not-text": Reason(
        _("Isi berkas ini bukan teks yang dapat dibaca."),
        _("Simpan ulang sebagai teks UTF-8 atau PDF, lalu unggah lagi."),
    ),
    "no-text": Reason(
        _("PDF ini hasil pindaian tanpa teks, jadi belum dapat dibaca."),
        _("Unggah PDF asli dari pengolah kata, atau ketik isiannya sambil melihat pindaian."),
    ),
    "encrypted": Reason(
        _("PDF ini terkunci kata sandi."), _("Simpan salinan tanpa kata sandi, lalu unggah lagi.")
    ),
    "broken": Reason(
        _("PDF ini rusak atau tidak lengkap."), _("Unduh atau pindai ulang, lalu unggah lagi.")
    ),
    "too-many-pages": Reason(
        _("PDF ini terlalu banyak halamannya untuk sebuah instruksi."),
        _("Unggah halaman instruksinya saja."),
    ),
    "too-slow": Reason(
        _("Membaca PDF ini memakan waktu atau memori terlalu banyak, jadi dihentikan."),
        _("Cetak ulang ke PDF dari pengolah kata, lalu unggah lagi."),
    ),
}


class PaperUnreadable(ValueError):
    """A paper whose text could not be had; `what` and `next_step` are sentences to translate."""

    def __init__(self, code: str) -> None:
        super().__init__(REASONS[code].what)
        self.code = code

    @property
    def what(self) -> str:
        return REASONS[self.code].what

    @property
    def next_step(self) -> str:
        return REASONS[self.code].next_step


def text_of(data: bytes, media_type: str) -> str:
    """The text of .md, .txt or .pdf; pages are parted by form feeds."""
    if not data.strip():
        raise PaperUnreadable("empty")
    if len(data) > MAX_BYTES:
        raise PaperUnreadable("too-large")
    kind = media_type.partition(";")[0].strip().lower()
    if kind == PDF:
        return _pdf_text(data)
    if kind in (MARKDOWN, PLAIN, "text/x-markdown"):
        return _decoded(data)
    raise PaperUnreadable("type")


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    if "\0" in text or text.count("\ufffd") > len(text) // 20:
        raise PaperUnreadable("not-text")
    return text.replace("\r\n", "\n")


def _pdf_text(data: bytes) -> str:
    """A hostile PDF can stall or swell whoever opens it, so a child with limits does."""
    try:
        answer = workshop.run("kanal.paper.pdftext:read", data, limits=_LIMITS)
    except workshop.JobFailed as error:
        raise PaperUnreadable("too-slow") from error
    if "refused" in answer:
        raise PaperUnreadable(answer["refused"])
    text = "\f".join(answer["pages"])
    if sum(letter.isalpha() for letter in text) < _LEAST_LETTERS:
        raise PaperUnreadable("no-text")
    return text
