"""Files that arrive: known by their content, kept byte for byte under a name of our own."""

from __future__ import annotations  # Django's File takes type arguments for the checker only

import hashlib
import logging
import os
import struct
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from kanal.lib.refusal import Refused, Words

PDF, PNG, JPEG, TIFF, WEBP = (
    "application/pdf",
    "image/png",
    "image/jpeg",
    "image/tiff",
    "image/webp",
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP, OLD_WORD, HEIC = "application/zip", "application/msword", "image/heic"

log = logging.getLogger(__name__)

LETTER_TYPES = frozenset({PDF, PNG, JPEG, TIFF, WEBP, DOCX})
ENDINGS = {
    PDF: ".pdf",
    PNG: ".png",
    JPEG: ".jpg",
    TIFF: ".tif",
    WEBP: ".webp",
    DOCX: ".docx",
    XLSX: ".xlsx",
}

_CHUNK = 1 << 16
_HEAD = 64
# A Word or Excel file lists a few dozen parts; a bomb lists many, or says they unpack to gigabytes.
_MAX_LISTING_BYTES = 1 << 20
_MAX_UNPACKED = 300 << 20
_END_OF_ZIP = b"PK\x05\x06"

_SEND_PDF = _("Simpan atau pindai sebagai PDF, lalu unggah lagi.")


@dataclass(frozen=True)
class Kept:
    """A stored file: its name in the default storage, and what it was on arrival."""

    name: str
    sha256: str
    size: int
    media_type: str


class FileMistake(Refused):
    """A file that was not taken in. `code`: empty, too-large, type, broken, macros."""

    status = 422

    def __init__(self, code: str, what: Words, *, next_step: Words = _SEND_PDF) -> None:
        super().__init__(what, kept=_("Berkas tidak disimpan."), next_step=next_step, field="file")
        self.code = code


class FileGone(Refused):
    """The row stands, the bytes are not where they were kept: a disk was changed or cut short."""

    status = 410


def open_kept(name: str) -> File[bytes]:
    """Raises FileGone."""
    try:
        return default_storage.open(name)
    except FileNotFoundError as lost:
        log.error("kept file missing: %s", name)
        raise FileGone(
            _("Berkas surat ini tidak ada di tempat penyimpanannya."),
            kept=_("Isi surat, keputusan, dan sidik SHA-256 berkasnya tetap tercatat."),
            next_step=_("Minta administrator memulihkan folder berkas dari cadangan."),
        ) from lost


def sniff(head: bytes) -> str | None:
    """The media type the first bytes show; a zip is only `application/zip` until it is listed."""
    if head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t ").startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith((b"II*\x00", b"MM\x00*")):
        return TIFF
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"PK\x03\x04"):
        return ZIP
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return OLD_WORD
    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"):
        return HEIC
    return None


def media_type_of(file: IO[bytes] | File[bytes]) -> str | None:
    """The media type by content, looking into a zip's listing but never unpacking it."""
    file.seek(0)
    found = sniff(file.read(_HEAD))
    if found == ZIP:
        found = _office_type(file)
    file.seek(0)
    return found


def _office_type(file: IO[bytes] | File[bytes]) -> str | None:
    _check_listing_size(file)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, struct.error) as error:
        raise _broken() from error
    names = {part.filename for part in parts}
    if sum(part.file_size for part in parts) > _MAX_UNPACKED:
        raise _broken()
    if "[Content_Types].xml" not in names:
        return ZIP
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileMistake("macros", _("Berkas ini berisi makro (program), jadi tidak diterima."))
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else ZIP


def _check_listing_size(file: IO[bytes] | File[bytes]) -> None:
    """Reads the end record first: a listing of millions of names is refused unread."""
    size = file.seek(0, os.SEEK_END) or file.tell()
    file.seek(max(0, size - 65_557))
    tail = file.read(65_557)
    at = tail.rfind(_END_OF_ZIP)
    if at < 0 or len(tail) < at + 22:
        raise _broken()
    (listing,) = struct.unpack_from("<I", tail, at + 12)
    if listing > _MAX_LISTING_BYTES:
        raise _broken()


def _broken() -> FileMistake:
    return FileMistake("broken", _("Berkas ini rusak atau isinya tidak wajar."))


def sha256(file: IO[bytes] | File[bytes]) -> str:
    """The hex digest of the whole file, which is left at its beginning."""
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(_CHUNK):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()


def keep(
    upload: File[Any],
    folder: str,
    *,
    allowed: Collection[str] = LETTER_TYPES,
    max_bytes: int | None = None,
) -> Kept:
    """Takes a file into the default storage byte for byte, on disk when this returns.

    The name is ours and random; the sender's name decides nothing.
    """
    limit = settings.LETTER_MAX_BYTES if max_bytes is None else max_bytes
    _check_size(upload, limit)
    media_type = media_type_of(upload)
    if media_type is None or media_type not in allowed:
        raise _wrong_type(media_type)
    passing = _Hashing(upload, limit)
    name = f"{folder}/{uuid4().hex}/{uuid4().hex}{ENDINGS.get(media_type, '')}"
    stored = default_storage.save(name, passing)
    try:
        passing.check()
        _to_disk(stored)
    except (FileMistake, OSError):
        default_storage.delete(stored)
        raise
    return Kept(stored, passing.digest.hexdigest(), passing.seen, media_type)


def _check_size(upload: File[Any], limit: int) -> None:
    if not upload.size:
        raise FileMistake(
            "empty",
            _("Berkas ini kosong (0 byte)."),
            next_step=_("Periksa berkas aslinya, lalu unggah lagi."),
        )
    if upload.size > limit:
        raise _too_large(upload.size, limit)


def _too_large(size: int, limit: int) -> FileMistake:
    return FileMistake(
        "too-large",
        _("Berkas ini %(size)s; paling besar %(limit)s.")
        % {"size": filesizeformat(size), "limit": filesizeformat(limit)},
        next_step=_("Pindai ulang hitam-putih 200 dpi, atau kecilkan PDF-nya, lalu unggah lagi."),
    )


def _wrong_type(media_type: str | None) -> FileMistake:
    if media_type == OLD_WORD:
        return FileMistake("type", _("Berkas Word atau Excel lama (.doc, .xls) tidak diterima."))
    if media_type == HEIC:
        return FileMistake(
            "type",
            _("Foto HEIC dari ponsel tidak diterima."),
            next_step=_("Kirim sebagai JPEG, atau pindai sebagai PDF."),
        )
    return FileMistake("type", _("Menurut isinya, berkas ini bukan jenis yang diterima."))


class _Hashing(File):  # type: ignore[type-arg]
    """Passes an upload on in chunks, counting and hashing exactly what is written."""

    def __init__(self, upload: File[Any], limit: int) -> None:
        super().__init__(upload.file, name=upload.name)
        self.upload, self.limit = upload, limit
        self.seen, self.digest = 0, hashlib.sha256()

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        self.upload.seek(0)
        while block := self.upload.read(chunk_size or _CHUNK):
            self.seen += len(block)
            if self.seen > self.limit:
                return
            self.digest.update(block)
            yield block

    def check(self) -> None:
        if self.seen > self.limit:
            raise _too_large(self.seen, self.limit)


def _to_disk(name: str) -> None:
    """The bytes and their folder entries survive a power cut; other storages do so themselves."""
    try:
        path = Path(default_storage.path(name))
    except NotImplementedError:
        return
    for place in (path, path.parent, path.parent.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
