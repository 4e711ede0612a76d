"""Signing through BSrE's e-sign client service, which runs on the agency's own server.

Written from its published description and from open clients of it, version 1 of the interface:

    POST /api/sign/pdf          multipart: file, nik, passphrase, tampilan=invisible, and optionally
                                reason, location; answers the signed PDF, its number in `id_dokumen`
    GET  /api/user/status/NIK   {"status_code": 1111, "status": "ISSUE", "message": ...}
    POST /api/sign/verify       multipart: signed_file; answers a summary and details

All with basic authentication. Errors are {"status_code": 2031, "error": ...} beside an HTTP status,
sometimes beside 200. **Never tried against the live service**: only against our own stub of this
description, so the first use at an agency is a trial.

The signer is known to the service by the NIK, an identity number. Neither it nor the passphrase
stands in a message, a representation or a log line of this module.
"""

from __future__ import annotations

import json
import logging
import re
import ssl
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import httpx

from kanal.paper.signing.naming import plain
from kanal.paper.signing.reports import SignatureReport, State
from kanal.paper.signing.signer import (
    MAX_BYTES,
    LetterTooLarge,
    LetterUnsignable,
    Signed,
    SigningRefused,
    _,
    checked_letter,
)
from kanal.paper.signing.verifying import verify

_NIK = re.compile(r"[0-9]{16}")
_STATUS = "/api/user/status/"
# An answer holds the letter and its signature, proofs included.
_MOST_BYTES = MAX_BYTES + 4 * 1024 * 1024
_MOST_WORDS = 256 * 1024


def _hides_the_nik(record: logging.LogRecord) -> bool:
    """The service wants the NIK in an address, and httpx logs every address."""
    return _STATUS not in record.getMessage()


logging.getLogger("httpx").addFilter(_hides_the_nik)


class NikInvalid(SigningRefused):
    what = _("NIK penandatangan harus 16 angka.")
    next_step = _("Ketik NIK persis seperti pada KTP, tanpa spasi.")


class SignerUnknown(SigningRefused):
    what = _("Penandatangan ini belum terdaftar di BSrE.")
    next_step = _("Periksa NIK-nya, atau daftarkan lewat koordinator TTE instansi.")


class PassphraseRefused(SigningRefused):
    what = _("BSrE menolak passphrase penandatangan.")
    next_step = _("Ketik ulang passphrase TTE. Bila lupa, atur ulang di portal BSrE.")


class SignerCertificateUnfit(SigningRefused):
    what = _("Sertifikat penandatangan di BSrE sedang tidak dapat dipakai.")
    next_step = _("Perpanjang atau aktifkan sertifikat lewat koordinator TTE instansi.")


class ServiceRefusesUs(SigningRefused):
    what = _("Layanan e-sign menolak nama pengguna atau kata sandi aplikasi ini.")
    next_step = _("Administrator: periksa akun aplikasi pada pengaturan tanda tangan BSrE.")


class ServiceUnreachable(SigningRefused):
    what = _("Layanan e-sign instansi tidak dapat dihubungi.")
    next_step = _("Coba lagi beberapa saat lagi; bila tetap gagal, hubungi administrator.")


class ServiceUntrusted(ServiceUnreachable):
    what = _("Sertifikat server layanan e-sign tidak dipercaya, jadi passphrase tidak dikirim.")
    next_step = _("Administrator: pasang sertifikat server yang sah, atau daftarkan penerbitnya.")


class ServiceTooSlow(ServiceUnreachable):
    what = _(
        "Layanan e-sign tidak menjawab pada waktunya; surat mungkin sudah ditandatangani di sana."
    )
    next_step = _("Tunggu sebentar, lalu tanda tangani sekali lagi berkas yang sama.")


class ServiceFailed(SigningRefused):
    """`code` is the service's own, 0 where it gave none. Its words are kept out: they may quote us."""

    what = _("Layanan e-sign gagal menandatangani surat ini.")
    next_step = _("Coba lagi. Bila terulang, laporkan kode kesalahannya kepada administrator.")

    def __init__(self, code: int = 0) -> None:
        super().__init__()
        self.code = code


class AnswerStrange(ServiceFailed):
    what = _("Jawaban layanan e-sign bukan surat yang bertanda tangan utuh.")
    next_step = _("Jangan pakai hasilnya. Laporkan kepada administrator sebelum mencoba lagi.")


_BY_CODE: dict[int, type[SigningRefused]] = {
    1110: SignerUnknown,
    2011: SignerUnknown,
    2021: SignerCertificateUnfit,
    2031: PassphraseRefused,
}
# What the service says in words where its code says little.
_BY_WORDS: tuple[tuple[str, type[SigningRefused]], ...] = (
    ("passphrase", PassphraseRefused),
    ("belum terdaftar", SignerUnknown),
    ("tidak terdaftar", SignerUnknown),
    ("sertifikat", SignerCertificateUnfit),
    ("certificate", SignerCertificateUnfit),
    ("invalidpdf", LetterUnsignable),
)
_BY_STATUS: dict[int, type[SigningRefused]] = {
    401: ServiceRefusesUs,
    403: ServiceRefusesUs,
    413: LetterTooLarge,
    502: ServiceUnreachable,
    503: ServiceUnreachable,
    504: ServiceUnreachable,
}


@dataclass(frozen=True, slots=True)
class SignerStatus:
    """`may_sign` only for a certificate in force; `status` is the service's word, like `ISSUE`."""

    status: str
    may_sign: bool
    code: int


@dataclass(frozen=True, slots=True)
class ServiceVerdict:
    """The service's own opinion of a signed file, beside ours and never instead of it."""

    signatures: int
    summary: str
    notes: str


class BsreService:
    """One agency's e-sign client service.

    `ca_bundle` is a PEM file of the agency's own authority, where its server has no public
    certificate. Plain http sends the passphrase through the network for anyone to read, so it is
    refused unless `allow_plain_http` says that this network may.
    """

    def __init__(
        self,
        url: str,
        username: str,
        password: str,
        *,
        ca_bundle: str | None = None,
        timeout: float = 60.0,
        allow_plain_http: bool = False,
    ) -> None:
        scheme = urlsplit(url).scheme
        if scheme != "https" and not (scheme == "http" and allow_plain_http):
            raise ValueError("the e-sign service is reached by https")
        self._timeout = timeout
        self._client = httpx.Client(
            base_url=url.rstrip("/"),
            auth=httpx.BasicAuth(username, password),
            verify=ssl.create_default_context(cafile=ca_bundle),
            timeout=httpx.Timeout(timeout, connect=min(timeout, 10.0)),
            # No proxy from the environment, no redirect: the passphrase goes to one place only.
            trust_env=False,
            follow_redirects=False,
        )

    def __repr__(self) -> str:
        return f"<BsreService {self._client.base_url.host}>"

    def close(self) -> None:
        self._client.close()

    def signer(self, nik: str, passphrase: str) -> BsreSigner:
        """Raises NikInvalid before anything is sent."""
        known = _NIK.fullmatch(nik) is not None
        signer = BsreSigner(self, nik, passphrase) if known else None
        del nik, passphrase
        if signer is None:
            raise NikInvalid
        return signer

    def status(self, nik: str) -> SignerStatus:
        """Whether this person could sign now. Raises SigningRefused when the service can't say."""
        known = _NIK.fullmatch(nik) is not None
        answer = self._asked("GET", f"{_STATUS}{nik}", _MOST_WORDS) if known else NikInvalid()
        # Gone before anything is raised, so that no traceback can show it.
        del nik
        if isinstance(answer, SigningRefused):
            raise answer
        word = plain(answer.said().get("status", "")).upper()
        if not word:
            raise answer.refusal()
        return SignerStatus(word, word == "ISSUE", _code(answer.said()))

    def verify(self, pdf: bytes) -> ServiceVerdict:
        files = {"signed_file": ("surat.pdf", pdf, "application/pdf")}
        answer = self._asked("POST", "/api/sign/verify", _MOST_WORDS, files=files)
        if isinstance(answer, SigningRefused):
            raise answer
        said = answer.said()
        if answer.status != 200 or not isinstance(said.get("jumlah_signature"), int):
            raise answer.refusal()
        return ServiceVerdict(
            said["jumlah_signature"],
            plain(said.get("summary") or ""),
            plain(said.get("notes") or ""),
        )

    def sign(self, pdf: bytes, fields: _Unsaid) -> tuple[bytes, str]:
        """The signed bytes and the service's number for them."""
        files = {"file": ("surat.pdf", pdf, "application/pdf")}
        answer = self._asked("POST", "/api/sign/pdf", _MOST_BYTES, data=fields, files=files)
        if isinstance(answer, SigningRefused):
            raise answer
        if answer.status == 200 and answer.body.startswith(b"%PDF-"):
            return answer.body, answer.number
        raise answer.refusal()

    def _asked(self, method: str, path: str, most: int, **sent: Any) -> _Answer | SigningRefused:
        """Answers a refusal instead of raising it: what was sent holds secrets."""
        end, body = monotonic() + self._timeout, bytearray()
        try:
            with self._client.stream(method, path, **sent) as response:
                for part in response.iter_bytes():
                    body += part
                    if len(body) > most:
                        return AnswerStrange()
                    if monotonic() > end:
                        return ServiceTooSlow()
                number = plain(response.headers.get("id_dokumen", ""))
                return _Answer(response.status_code, bytes(body), number)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return _in_words(error)


class _Unsaid(dict[str, str]):
    """What is sent, kept out of every message and traceback."""

    def __repr__(self) -> str:
        return "<unsaid>"


class BsreSigner:
    """One person at one agency's service. Lives as long as it takes to sign, and is not stored."""

    __slots__ = ("_nik", "_passphrase", "_service")

    def __init__(self, service: BsreService, nik: str, passphrase: str) -> None:
        self._service, self._nik, self._passphrase = service, nik, passphrase
        known = _NIK.fullmatch(nik) is not None
        del nik, passphrase
        if not known:
            raise NikInvalid

    def __repr__(self) -> str:
        return f"<BsreSigner at {self._service!r}>"

    def __reduce__(self) -> str:
        raise TypeError("a signer holds a passphrase and is not stored")

    def sign(self, pdf: bytes, *, reason: str, at: datetime, place: str) -> Signed:
        """`at` only says when we asked: the service signs by its own clock, which is reported."""
        letter = checked_letter(pdf, at)
        says = _Unsaid(nik=self._nik, passphrase=self._passphrase, tampilan="invisible")
        says.update({"reason": reason} if reason else {}, **({"location": place} if place else {}))
        signed, number = self._service.sign(letter, says)
        report = _newest(signed, before=len(verify(letter)))
        return Signed(
            pdf=signed,
            subject=report.signer,
            issuer=report.issuer,
            serial=report.serial,
            certificate_sha256=report.certificate_sha256,
            signed_at=report.signed_at or at,
            algorithm=report.algorithm,
            appended_only=signed.startswith(letter),
            reference=number,
        )


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the service says may quote the NIK, so it is not shown."""

    status: int
    body: bytes = field(repr=False)
    number: str

    def said(self) -> dict[str, Any]:
        try:
            said = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return said if isinstance(said, dict) else {}

    def refusal(self) -> SigningRefused:
        """By the service's code, then its HTTP status, then its words; never repeating these."""
        said = self.said()
        code = _code(said)
        words = f"{said.get('error', '')} {said.get('message', '')}".lower()[:2000]
        by_words = (kind for hint, kind in _BY_WORDS if hint in words)
        kind = _BY_CODE.get(code) or _BY_STATUS.get(self.status) or next(by_words, None)
        if kind is not None:
            return kind()
        if self.status == 200 and not said:
            return AnswerStrange()
        return ServiceFailed(code or self.status)


def _newest(signed: bytes, *, before: int) -> SignatureReport:
    """The signature that the service has just added: there is one more, and it is whole."""
    reports = verify(signed)
    broken = {State.BROKEN, State.UNREADABLE, State.CHANGED_AFTER}
    if len(reports) <= before or any(report.state in broken for report in reports):
        raise AnswerStrange
    signatures = [report for report in reports if not report.is_timestamp]
    if not signatures:
        raise AnswerStrange
    return signatures[-1]


def _in_words(error: httpx.HTTPError | httpx.InvalidURL) -> SigningRefused:
    if isinstance(error, httpx.TimeoutException):
        reached = not isinstance(error, httpx.ConnectTimeout | httpx.PoolTimeout)
        return ServiceTooSlow() if reached else ServiceUnreachable()
    if isinstance(error, httpx.ConnectError) and "CERTIFICATE_VERIFY_FAILED" in str(error):
        return ServiceUntrusted()
    return ServiceUnreachable()


def _code(said: dict[str, Any]) -> int:
    code = said.get("status_code", 0)
    return code if isinstance(code, int) else 0
