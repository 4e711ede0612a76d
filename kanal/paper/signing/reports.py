"""What is said of one signature, in a few states and in words for the officer who must decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kanal.paper.signing.signer import _
from kanal.paper.verdicts import Finding, Verdict


class State(StrEnum):
    """Only `VALID` speaks for a letter. The rest say what stands against it."""

    VALID = "valid"
    UNTRUSTED = "untrusted"
    SELF_SIGNED = "self_signed"
    BROKEN = "broken"
    CHANGED_AFTER = "changed_after"
    EXPIRED = "expired"
    REVOKED_UNKNOWN = "revoked_unknown"
    UNREADABLE = "unreadable"
    EMPTY = "empty"


class Revocation(StrEnum):
    """Whether the issuer has withdrawn the certificate: only answered where it was asked."""

    UNCHECKED = "unchecked"
    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a signature is in its state: two sentences to translate, and what it does to a letter."""

    state: State
    what: str
    next_step: str
    verdict: Verdict
    word: str


_ASK_SENDER = _("Minta pengirim mengirim ulang berkas asli dari penandatangannya.")
_ASK_SIGNER = _(
    "Hubungi penandatangan lewat saluran yang sudah dikenal sebelum menerima surat ini."
)

REASONS: dict[str, Reason] = {
    "valid": Reason(
        State.VALID,
        _("Tanda tangan sah, dan suratnya tidak berubah sejak ditandatangani."),
        "",
        Verdict.ACCEPT,
        "signature_valid",
    ),
    "unknown_root": Reason(
        State.UNTRUSTED,
        _("Isi surat utuh, tetapi penerbit sertifikatnya tidak ada dalam daftar yang dipercaya."),
        _("Bandingkan penerbitnya dengan daftar akar tepercaya; tambahkan bila memang resmi."),
        Verdict.REVIEW,
        "signature_untrusted",
    ),
    "chain_broken": Reason(
        State.UNTRUSTED,
        _("Sertifikat ini mengaku diterbitkan oleh akar tepercaya, tetapi tidak terbukti."),
        _ASK_SIGNER,
        Verdict.REVIEW,
        "signature_untrusted",
    ),
    "wrong_usage": Reason(
        State.UNTRUSTED,
        _("Sertifikatnya tidak diterbitkan untuk menandatangani dokumen."),
        _ASK_SIGNER,
        Verdict.REVIEW,
        "signature_untrusted",
    ),
    "weak_algorithm": Reason(
        State.UNTRUSTED,
        _("Tanda tangan ini memakai cara lama yang sudah dapat dipalsukan."),
        _("Minta surat ditandatangani ulang dengan SHA-256 atau yang lebih baru."),
        Verdict.REVIEW,
        "signature_weak",
    ),
    "in_the_future": Reason(
        State.UNTRUSTED,
        _("Waktu tanda tangan yang tertulis lebih baru daripada saat surat diterima."),
        _ASK_SIGNER,
        Verdict.REVIEW,
        "signature_untrusted",
    ),
    "condition_unmet": Reason(
        State.UNTRUSTED,
        _("Tanda tangan ini tidak memenuhi syarat yang tertulis dalam berkasnya sendiri."),
        _ASK_SIGNER,
        Verdict.REVIEW,
        "signature_untrusted",
    ),
    "self_signed": Reason(
        State.SELF_SIGNED,
        _("Sertifikatnya dibuat sendiri oleh penandatangan, tanpa penerbit yang menjamin namanya."),
        _ASK_SIGNER,
        Verdict.REVIEW,
        "signature_untrusted_self_signed",
    ),
    "digest": Reason(
        State.BROKEN,
        _("Isi surat tidak sama dengan yang ditandatangani."),
        _ASK_SENDER,
        Verdict.REJECT,
        "signature_broken",
    ),
    "range": Reason(
        State.BROKEN,
        _("Tanda tangan ini tidak mencakup seluruh isi surat yang diakuinya."),
        _ASK_SENDER,
        Verdict.REJECT,
        "signature_broken",
    ),
    "timestamp": Reason(
        State.BROKEN,
        _("Stempel waktu pada tanda tangan ini rusak atau bukan miliknya."),
        _ASK_SENDER,
        Verdict.REJECT,
        "signature_broken",
    ),
    "changed": Reason(
        State.CHANGED_AFTER,
        _("Surat ini diubah sesudah ditandatangani."),
        _ASK_SENDER,
        Verdict.REJECT,
        "signature_changed_after",
    ),
    "appended": Reason(
        State.CHANGED_AFTER,
        _("Ada isi yang ditambahkan di belakang surat sesudah ditandatangani."),
        _ASK_SENDER,
        Verdict.REJECT,
        "signature_changed_after",
    ),
    "blank_appended": Reason(
        State.CHANGED_AFTER,
        _("Ada baris kosong yang ditambahkan di belakang surat; isinya sendiri tidak berubah."),
        _("Biasanya ulah program pengirim. Minta berkas aslinya agar tidak ada keraguan."),
        Verdict.REVIEW,
        "signature_changed_after",
    ),
    "covered_over": Reason(
        State.CHANGED_AFTER,
        _(
            "Sesudah ditandatangani, kolom tanda tangan tampak yang tidak sah ditambahkan di atasnya."
        ),
        _ASK_SENDER,
        Verdict.REJECT,
        "signature_changed_after",
    ),
    "expired": Reason(
        State.EXPIRED,
        _("Sertifikatnya tidak berlaku pada saat surat ditandatangani."),
        _("Minta surat ditandatangani ulang dengan sertifikat yang masih berlaku."),
        Verdict.REVIEW,
        "signature_expired",
    ),
    "expired_since": Reason(
        State.EXPIRED,
        _(
            "Sertifikatnya sudah berakhir saat surat diterima, dan tidak ada stempel waktu tepercaya."
        ),
        _ASK_SIGNER,
        Verdict.REVIEW,
        "signature_expired",
    ),
    "revoked": Reason(
        State.REVOKED_UNKNOWN,
        _("Sertifikat ini sudah dicabut oleh penerbitnya."),
        _ASK_SIGNER,
        Verdict.REVIEW,
        "signature_revoked",
    ),
    "revocation_unknown": Reason(
        State.REVOKED_UNKNOWN,
        _("Penerbit tidak dapat ditanya apakah sertifikat ini sudah dicabut."),
        _("Periksa lagi nanti, atau tanyakan kepada penerbitnya."),
        Verdict.REVIEW,
        "signature_revocation_unknown",
    ),
    "unreadable": Reason(
        State.UNREADABLE,
        _("Ada tanda tangan dalam berkas ini, tetapi tidak dapat dibaca."),
        _("Periksa dengan verifikasi BSrE atau Adobe Reader, atau minta berkas aslinya."),
        Verdict.REVIEW,
        "signature_unreadable",
    ),
    "unsupported": Reason(
        State.UNREADABLE,
        _("Tanda tangan ini berjenis yang tidak dapat diperiksa di sini."),
        _("Periksa dengan verifikasi BSrE atau Adobe Reader."),
        Verdict.REVIEW,
        "signature_unreadable",
    ),
    "removed": Reason(
        State.UNREADABLE,
        _("Berkas ini pernah ditandatangani, tetapi tanda tangannya dilepas."),
        _ASK_SENDER,
        Verdict.REVIEW,
        "signature_unreadable",
    ),
    "locked": Reason(
        State.UNREADABLE,
        _("Berkas ini terkunci kata sandi, jadi tanda tangannya tidak dapat diperiksa."),
        _("Minta salinan tanpa kata sandi."),
        Verdict.REVIEW,
        "signature_unreadable",
    ),
    "too_much": Reason(
        State.UNREADABLE,
        _("Berkas ini terlalu besar atau terlalu rumit untuk diperiksa tanda tangannya."),
        _("Periksa dengan verifikasi BSrE, atau minta berkas yang lebih sederhana."),
        Verdict.REVIEW,
        "signature_unreadable",
    ),
    "empty": Reason(
        State.EMPTY,
        _("Ada kolom tanda tangan, tetapi belum ada tanda tangan di dalamnya."),
        _("Jangan anggap surat ini bertanda tangan elektronik."),
        Verdict.REVIEW,
        "signature_empty",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureReport:
    """One signature, or one place for a signature.

    `reason` is a key of `REASONS`. `claimed_at` is what the signer's clock said and proves
    nothing; `timestamped_at` was vouched for by a trusted clock. `root` and `root_sha256` name
    the root that vouches for the signer, and are empty when none does. `serial` and the
    fingerprints are hexadecimal. `changed_afterwards` leaves out what is allowed: a second
    person's signature and the proofs kept for the first. `is_timestamp` marks a clock's own
    seal, which is nobody's signature.
    """

    reason: str
    field: str = ""
    signer: str = ""
    organisation: str = ""
    serial: str = ""
    issuer: str = ""
    certificate_sha256: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    claimed_at: datetime | None = None
    timestamped_at: datetime | None = None
    trusted: bool = False
    root: str = ""
    root_sha256: str = ""
    covers_whole_file: bool = False
    changed_afterwards: bool = False
    level: str = ""
    algorithm: str = ""
    revocation: Revocation = Revocation.UNCHECKED
    stated_reason: str = ""
    stated_place: str = ""
    is_timestamp: bool = False

    @property
    def state(self) -> State:
        return REASONS[self.reason].state

    @property
    def what(self) -> str:
        return REASONS[self.reason].what

    @property
    def next_step(self) -> str:
        return REASONS[self.reason].next_step

    @property
    def signed_at(self) -> datetime | None:
        """The best that is known of when it was signed."""
        return self.timestamped_at or self.claimed_at

    @property
    def finding(self) -> Finding:
        """What this signature does to the letter that carries it."""
        reason = REASONS[self.reason]
        return Finding(reason.verdict, reason.word)
