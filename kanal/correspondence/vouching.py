"""What the signature on a paper of ours is worth: vouched for by a listed root, or not, or in ink."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from kanal.correspondence.models import FileRole, Paper, PaperFile
from kanal.correspondence.signing import read
from kanal.paper.signing.apart import verify_apart
from kanal.paper.signing.reports import State
from kanal.stationery.roots import roots_of


class Signature(StrEnum):
    VOUCHED = "vouched"
    NOT_VOUCHED = "not-vouched"
    ON_PAPER = "on-paper"
    NONE = "none"


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
