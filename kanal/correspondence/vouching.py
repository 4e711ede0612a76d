"""What the signature on a paper of ours is worth: vouched for by a listed root, or not, or in ink."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from kanal.correspondence.models import FileRole, Paper, PaperFile
from kanal.correspondence.signing import read
from kanal.correspondence.verifying import WORDS, PublicState
from kanal.lib.refusal import Words
from kanal.paper.signing.apart import verify_apart
from kanal.paper.signing.reports import State
from kanal.stationery.roots import roots_of


class Signature(StrEnum):
    VOUCHED = "vouched"
    NOT_VOUCHED = "not-vouched"
    ON_PAPER = "on-paper"
    NONE = "none"


_IN_FORCE_OR_COMING = {PublicState.VALID, PublicState.ISSUED}
SIGNATURES = {
    Signature.VOUCHED: _(
        "Ditandatangani secara elektronik; sertifikatnya dijamin akar dalam daftar tepercaya."
    ),
    Signature.NOT_VOUCHED: _(
        "Ditandatangani secara elektronik, tetapi tidak ada akar dalam daftar tepercaya yang"
        " menjamin sertifikatnya."
    ),
    Signature.ON_PAPER: _("Ditandatangani di atas kertas; yang tersimpan adalah pindaiannya."),
    Signature.NONE: "",
}

# Beside the headline, which must not promise more than the signature proves.
_ACCEPTED = _(
    "Diterima Diskominfotik; tanda tangan elektroniknya tidak dijamin lembaga tepercaya mana pun."
)
_ISSUED = _("Tanda tangan elektroniknya tidak dijamin lembaga tepercaya mana pun.")


def headline(paper: Paper, state: PublicState, signature: Signature) -> tuple[Words, Words]:
    """What is said first and largest, and what has to stand beside it ("" where nothing has)."""
    if signature != Signature.NOT_VOUCHED or state not in _IN_FORCE_OR_COMING:
        return WORDS[state], ""
    if state != PublicState.VALID:
        return WORDS[state], _ISSUED
    return _("Surat ini terdaftar dan berlaku"), _ACCEPTED if paper.is_letter else _ISSUED


def signature_on(paper: Paper) -> Signature:
    """By today's list of roots, of the kept file, at the moment it was signed."""
    files = {file.role: file for file in paper.files.all()}
    signed = files.get(FileRole.SIGNED)
    if signed is not None:
        return _electronic(paper, signed)
    return Signature.ON_PAPER if FileRole.SCAN in files else Signature.NONE


def _electronic(paper: Paper, file: PaperFile) -> Signature:
    reports = verify_apart(
        read(file), roots=roots_of(paper.government_id), at=paper.signed_at or file.at
    )
    is_vouched = any(one.state == State.VALID for one in reports if not one.is_timestamp)
    return Signature.VOUCHED if is_vouched else Signature.NOT_VOUCHED
