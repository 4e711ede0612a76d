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
from kanal.stationery.roots import roots_of


class PublicState(StrEnum):
    VALID = "valid"
    UNSIGNED = "unsigned"
    REPLACED = "replaced"
    ENDED = "ended"
    VOID = "void"


WORDS = {
    PublicState.VALID: _("Surat ini sah dan berlaku"),
    PublicState.UNSIGNED: _("Surat ini terdaftar, tetapi belum ditandatangani"),
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
    if paper.ends_on is not None and paper.ends_on < day:
        return PublicState.ENDED
    return _state_of_letter(paper, day) if paper.letter_id else PublicState.VALID


def _state_of_letter(paper: Paper, day: date) -> PublicState:
    """By what the register holds, and by papers signed here that the verifiers still have to see."""
    letter = paper.letter
    assert letter is not None
    if _corrected(letter):
        return PublicState.REPLACED
    if paper.effect == PaperKind.TERMINATION:
        return PublicState.VALID
    ends = _register_ends(letter, day) or _papers_end(paper, day)
    return ends or PublicState.VALID


def _corrected(letter: Letter) -> bool:
    if letter.corrections.filter(state=LetterState.ACCEPTED).exists():
        return True
    return Paper.objects.issued().filter(corrects=letter, letter__isnull=True).exists()


def _register_ends(letter: Letter, day: date) -> PublicState | None:
    """Once nobody of the letter is in office under it any more."""
    terms = list(
        Appointment.objects.known()
        .filter(letter=letter)
        .select_related("ended_by")
        .order_by("valid")
    )
    if not terms or any(term.until is None or term.until > day for term in terms):
        return None
    last = max(terms, key=lambda term: term.until or day)
    return _by_kind(last.ended_by.kind if last.ended_by else "")


def _by_kind(kind: str) -> PublicState:
    return PublicState.REPLACED if kind == LetterKind.REPLACEMENT else PublicState.ENDED


def _papers_end(paper: Paper, day: date) -> PublicState | None:
    """When later papers of the office, already in force, let everybody go whom this one names."""
    named = set(
        LetterOfficer.objects.filter(letter=paper.letter_id).values_list("person_id", flat=True)
    )
    later = (
        Paper.objects.issued()
        .filter(
            unit_id=paper.unit_id,
            approved_at__gte=paper.approved_at,
            kind__in=[PaperKind.REPLACEMENT, PaperKind.TERMINATION],
            begins_on__lte=day,
        )
        .exclude(pk=paper.pk)
        .exclude(letter__state=LetterState.RETURNED)
        .prefetch_related("officers")
        .order_by("begins_on", "pk")
    )
    last = ""
    for one in later:
        gone = {
            row.person_id if one.kind == PaperKind.TERMINATION else row.replaces_id
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


def verify_file(data: bytes, name: str, *, at: datetime) -> Verified:
    """Nothing of the file is kept. `at` is now, with a zone."""
    _inspect(data, name)
    digest = hashlib.sha256(data).hexdigest()
    file = (
        PaperFile.objects.filter(sha256=digest)
        .exclude(role=FileRole.EDITABLE)
        .select_related("paper__unit", "paper__government", "paper__receipt")
        .first()
    )
    paper = file.paper if file else _paper_of(codes_in(data))
    signatures = verify_apart(data, roots=roots_of(_government_of(paper)), at=at)
    match = Match.SAME if file else _compare(data, paper, signatures)
    role = str(FileRole(file.role).label) if file else ""
    return Verified(match, paper, role, digest, signatures)


def _inspect(data: bytes, name: str) -> None:
    looked = inspected(data, name)
    if looked.media_type == PDF and looked.may_be_read:
        return
    reason = looked.reasons[0] if looked.reasons else "unsupported_type"
    what, then = words_for(reason)
    raise FileRefused(_(what), kept=_("Berkas tidak disimpan."), next_step=_(then), field="file")


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
