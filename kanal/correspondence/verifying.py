"""What anybody may know of a paper of ours, by its code or by holding a file of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from kanal.appointments.models import Appointment, Letter, LetterKind, LetterOfficer, LetterState
from kanal.correspondence.models import FileRole, Paper, PaperFile, PaperKind, PaperState
from kanal.correspondence.printed_codes import codes_in
from kanal.correspondence.signing import read
from kanal.directory.models import Government
from kanal.lib.files import PDF
from kanal.lib.refusal import Refused
from kanal.paper.inspection.guidance import words_for
from kanal.paper.signing.apart import verify_apart
from kanal.paper.signing.reports import SignatureReport
from kanal.readings.gate import inspected
from kanal.register.models import NilReturn
from kanal.stationery.roots import roots_of


class PublicState(StrEnum):
    VALID = "valid"
    UNSIGNED = "unsigned"
    ISSUED = "issued"
    RETURNED = "returned"
    REPLACED = "replaced"
    ENDED = "ended"
    VOID = "void"


WORDS = {
    PublicState.VALID: _("Surat ini sah dan berlaku"),
    PublicState.UNSIGNED: _("Surat ini terdaftar, tetapi belum ditandatangani"),
    PublicState.ISSUED: _("Surat ini terbit dan terdaftar, belum diverifikasi Diskominfotik"),
    PublicState.RETURNED: _("Surat ini dikembalikan Diskominfotik dan tidak berlaku"),
    PublicState.REPLACED: _("Surat ini sudah diganti"),
    PublicState.ENDED: _("Surat ini sudah berakhir"),
    PublicState.VOID: _("Surat ini batal"),
}
MORE = {
    PublicState.VALID: _("Cocokkan nomor, tanggal, dan penerbitnya dengan surat di tangan Anda."),
    PublicState.UNSIGNED: _(
        "Nomornya sudah diberikan, tetapi salinan bertanda tangannya belum ada di Kanal. Tanyakan"
        " kepada kantor penerbitnya."
    ),
    PublicState.ISSUED: _(
        "Surat ini baru berlaku dalam daftar setelah diterima. Sampai saat itu, jangan menganggap"
        " orang yang disebutnya berwenang."
    ),
    PublicState.RETURNED: _("Mintalah surat perbaikannya kepada kantor penerbitnya."),
    PublicState.REPLACED: _(
        "Surat yang lebih baru dari kantor yang sama berlaku sebagai gantinya."
    ),
    PublicState.ENDED: _("Masa berlakunya habis, atau diakhiri dengan surat lain."),
    PublicState.VOID: _("Kantor penerbitnya membatalkan surat ini. Jangan dipakai."),
}


def public_state(paper: Paper, day: date) -> PublicState:
    if paper.state == PaperState.VOID or (paper.receipt and paper.receipt.voided_at):
        return PublicState.VOID
    if paper.state == PaperState.APPROVED:
        return PublicState.UNSIGNED
    if paper.is_letter:
        return _state_of_letter(paper, day)
    return _state_of_nil(paper) if paper.kind == PaperKind.NIL else PublicState.VALID


def _state_of_letter(paper: Paper, day: date) -> PublicState:
    """By what the register holds: a signature alone puts nothing in force."""
    letter = paper.letter
    if letter is None or letter.is_waiting:
        return PublicState.ISSUED
    if letter.state == LetterState.RETURNED:
        return PublicState.RETURNED
    if paper.ends_on is not None and paper.ends_on < day:
        return PublicState.ENDED
    if letter.corrections.filter(state=LetterState.ACCEPTED).exists():
        return PublicState.REPLACED
    if paper.effect == PaperKind.TERMINATION:
        return PublicState.VALID
    return _terms_end(letter, day) or PublicState.VALID


def _state_of_nil(paper: Paper) -> PublicState:
    """A nihil is in force from when the register took it until the office's first account."""
    if paper.state != PaperState.SENT:
        return PublicState.ISSUED
    assert paper.dated is not None
    rows = NilReturn.objects.filter(unit_id=paper.unit_id, declared_on=paper.dated)
    last = rows.order_by("-pk").first()
    return PublicState.ENDED if last and last.ended_on else PublicState.VALID


def _terms_end(letter: Letter, day: date) -> PublicState | None:
    """Once nobody of the letter is in office under it any more."""
    terms = list(
        Appointment.objects.known()
        .filter(letter=letter)
        .select_related("ended_by")
        .order_by("valid")
    )
    if not terms:
        return _undone(letter, day)
    if any(term.until is None or term.until > day for term in terms):
        return None
    last = max(terms, key=lambda term: term.until or day)
    return _by_kind(last.ended_by.kind if last.ended_by else "")


def _by_kind(kind: str) -> PublicState:
    return PublicState.REPLACED if kind == LetterKind.REPLACEMENT else PublicState.ENDED


def _undone(letter: Letter, day: date) -> PublicState | None:
    """A later letter began on the same day: those whom it lets go never had one under this one."""
    named = set(LetterOfficer.objects.filter(letter=letter).values_list("person_id", flat=True))
    later = (
        Letter.objects.accepted()
        .filter(
            unit_id=letter.unit_id,
            decided_at__gte=letter.decided_at,
            kind__in=[LetterKind.REPLACEMENT, LetterKind.TERMINATION],
            begins_on__lte=day,
        )
        .exclude(pk=letter.pk)
        .prefetch_related("officers")
        .order_by("decided_at")
    )
    last = ""
    for one in later:
        gone = {
            row.person_id if one.kind == LetterKind.TERMINATION else row.replaces_id
            for row in one.officers.all()
        }
        if named & gone:
            named, last = named - gone, one.kind
    return _by_kind(last) if last and not named else None


def shown_digest(paper: Paper) -> str:
    """The beginning of the SHA-256 of the file that counts: the signed one where there is one."""
    files = {file.role: file.sha256 for file in paper.files.all()}
    found = files.get(FileRole.SIGNED) or files.get(FileRole.COMPOSED) or ""
    return found[:16]


class Match(StrEnum):
    SAME = "same"
    SIGNED_ELSEWHERE = "signed-elsewhere"
    DIFFERENT = "different"
    NOT_OURS = "not-ours"


MATCHES = {
    Match.SAME: _("Berkas ini sama persis dengan yang tersimpan di Kanal."),
    Match.SIGNED_ELSEWHERE: _(
        "Ini surat kami seutuhnya, yang sesudahnya ditandatangani di luar Kanal. Baca laporan tanda"
        " tangan di bawah."
    ),
    Match.DIFFERENT: _(
        "Isinya berbeda: kode suratnya milik kami, tetapi berkas ini bukan yang kami simpan."
        " Hasil pindai atau foto surat asli juga berbeda isinya; cocokkan dengan data di bawah."
    ),
    Match.NOT_OURS: _("Berkas ini tidak dikenal: bukan surat yang diterbitkan melalui Kanal."),
}


# The first and largest thing said of an uploaded file.
VERDICTS = {
    Match.SAME: _("Berkas ini sama dengan yang tersimpan di Kanal"),
    Match.SIGNED_ELSEWHERE: _("Surat kami, ditandatangani di luar Kanal"),
    Match.DIFFERENT: _("Berkas ini BUKAN surat yang tersimpan di Kanal"),
    Match.NOT_OURS: _("Berkas ini bukan surat dari Kanal"),
}


@dataclass(frozen=True)
class Verified:
    match: Match
    paper: Paper | None
    role: str
    sha256: str
    signatures: list[SignatureReport]


class FileRefused(Refused):
    """The file was not opened."""

    status = 422


# What a file may be without anybody meaning harm; every other reason is one to distrust it.
_NOT_A_LETTER_FILE = {"unsupported_type", "empty"}
_UNREADABLE = {
    "file_too_large",
    "truncated",
    "broken_file",
    "too_slow",
    "too_many_objects",
    "too_many_pages",
    "page_too_large",
    "encrypted_needs_password",
}
_DISTRUST = _("Surat resmi tidak memuat hal seperti itu: jangan percaya berkas ini.")
_ASK = _(
    "Periksa kode yang tercetak pada suratnya di atas, atau tanyakan kepada kantor yang disebut dalam"
    " surat."
)


def verify_file(data: bytes, name: str, *, at: datetime) -> Verified:
    """Nothing of the file is kept. `at` is now, with a zone."""
    _inspect(data, name)
    digest = hashlib.sha256(data).hexdigest()
    file = (
        PaperFile.objects.filter(sha256=digest)
        .exclude(role__in=[FileRole.EDITABLE, FileRole.UNSEEN])
        .select_related("paper__unit", "paper__government", "paper__receipt")
        .first()
    )
    paper = file.paper if file else _paper_of(codes_in(data))
    signatures = verify_apart(data, roots=roots_of(_government_of(paper)), at=at)
    match = Match.SAME if file else _compare(data, paper, signatures)
    role = str(FileRole(file.role).label) if file else ""
    return Verified(match, paper, role, digest, signatures)


def _inspect(data: bytes, name: str) -> None:
    """In words for whoever holds the letter and didn't write it: nothing about mending the file."""
    looked = inspected(data, name)
    if looked.media_type == PDF and looked.may_be_read:
        return
    reason = looked.reasons[0] if looked.reasons else "unsupported_type"
    if reason in _NOT_A_LETTER_FILE or (looked.media_type != PDF and looked.may_be_read):
        raise FileRefused(
            _("Berkas ini bukan PDF; di sini hanya PDF yang dapat diperiksa keasliannya."),
            kept=_("Berkas tidak disimpan."),
            next_step=_ASK,
            field="file",
        )
    what, _mending = words_for(reason)
    next_step = _ASK if reason in _UNREADABLE else f"{_DISTRUST} {_ASK}"
    raise FileRefused(_(what), kept=_("Berkas tidak disimpan."), next_step=next_step, field="file")


def _paper_of(codes: Iterable[str]) -> Paper | None:
    rows = Paper.objects.filter(code__in=list(codes)).select_related(
        "unit", "government", "receipt"
    )
    return rows.order_by("pk").first()


def _compare(data: bytes, paper: Paper | None, signatures: list[SignatureReport]) -> Match:
    """Our bytes with a signature after them are our letter; with anything else after them not."""
    if paper is None:
        return Match.NOT_OURS
    ours = paper.files.filter(role__in=[FileRole.COMPOSED, FileRole.SIGNED])
    if not any(data.startswith(read(file)) for file in ours):
        return Match.DIFFERENT
    whole = [one for one in signatures if one.covers_whole_file]
    spoilt = any(one.changed_afterwards for one in signatures)
    return Match.SIGNED_ELSEWHERE if whole and not spoilt else Match.DIFFERENT


def _government_of(paper: Paper | None) -> int:
    """Whose list of roots counts: the issuer's, else that of this installation, the first."""
    if paper is not None:
        return paper.government_id
    first = Government.objects.order_by("pk").values_list("pk", flat=True).first()
    return first or 0
