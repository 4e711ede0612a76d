"""What every way of signing has in common: the call, what comes back, and refusing in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Protocol

MAX_BYTES = 25 * 1024 * 1024


def _(text: str) -> str:
    """Marks a sentence for the translators; whoever shows it translates it."""
    return text


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed letter. `serial` and `certificate_sha256` are hexadecimal, upper and lower case.

    `appended_only` says that the letter's own bytes stand untouched before the signature;
    `reference` is the signing service's own number for the letter, if it has one.
    """

    pdf: bytes = field(repr=False)
    subject: str
    issuer: str
    serial: str
    certificate_sha256: str
    signed_at: datetime
    algorithm: str
    appended_only: bool = True
    reference: str = ""


class Signer(Protocol):
    """One person's means of signing. Raises a `SigningRefused`, never anything of a library."""

    def sign(self, pdf: bytes, *, reason: str, at: datetime, place: str) -> Signed:
        """`at` has a time zone; `reason` and `place` are written into the signature."""
        ...


class SigningRefused(Exception):
    """Nothing was signed. `what` and `next_step` are sentences for the officer, to translate."""

    what: ClassVar[str] = _("Surat ini belum ditandatangani.")
    next_step: ClassVar[str] = _("Coba lagi, atau hubungi administrator.")

    def __init__(self) -> None:
        super().__init__(self.what)


class LetterTooLarge(SigningRefused):
    what = _("Berkas surat ini terlalu besar untuk ditandatangani.")
    next_step = _("Kecilkan lampiran atau gambarnya, lalu susun surat sekali lagi.")


class LetterUnsignable(SigningRefused):
    what = _("Berkas ini bukan PDF utuh yang dapat ditandatangani.")
    next_step = _("Susun surat sekali lagi, lalu tanda tangani berkas yang baru.")


class LetterLocked(SigningRefused):
    what = _("Penandatangan sebelumnya mengunci surat ini terhadap perubahan apa pun.")
    next_step = _("Minta penandatangan sebelumnya menandatangani tanpa kunci.")


def checked_letter(pdf: bytes, at: datetime) -> bytes:
    """The bytes to sign: whole, small enough, and ending in a newline.

    Without that newline the update that carries the signature begins in the middle of a line,
    which PDF/A forbids.
    """
    if at.utcoffset() is None:
        raise ValueError("the moment of signing needs a time zone")
    if len(pdf) > MAX_BYTES:
        raise LetterTooLarge
    if not pdf.startswith(b"%PDF-"):
        raise LetterUnsignable
    return pdf if pdf.endswith((b"\n", b"\r")) else pdf + b"\n"
