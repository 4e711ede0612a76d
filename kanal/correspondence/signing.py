"""How an approved paper gets its signature: a key, BSrE's service, or pen and scanner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from kanal.correspondence.actions import locked, tell
from kanal.correspondence.ink import is_blank
from kanal.correspondence.issuing import FOLDER, add_file, file_name
from kanal.correspondence.models import FileRole, Paper, PaperFile, PaperState
from kanal.correspondence.permissions import require_head
from kanal.correspondence.printed_codes import codes_in
from kanal.directory.models import User
from kanal.lib.files import JPEG, PDF, PNG, TIFF, WEBP, Kept, keep, open_kept
from kanal.lib.names import fold, may_be_one
from kanal.lib.refusal import Refused
from kanal.paper.inspection.guidance import words_for
from kanal.paper.signing.signer import Signed, Signer, SigningRefused
from kanal.paper.signing.traces import looks_signed
from kanal.readings import sheets
from kanal.readings.gate import inspected
from kanal.stationery.roots import roots_of

if TYPE_CHECKING:
    # Imported where a signature is made: few requests sign, and pyHanko would double the time
    # that each of our processes takes to start.
    from kanal.paper.signing.bsre import BsreService
    from kanal.paper.signing.pkcs12 import Pkcs12Signer

SCANS = frozenset({PDF, PNG, JPEG, TIFF, WEBP})
SCANS_AT_MOST = 10
_REASON = "Penandatanganan surat dinas"


class NotSigned(Refused):
    """No signature came about. The passphrase was not kept."""

    status = 422


class OtherName(NotSigned):
    """The certificate spells the name otherwise than the letter does: the head may say it is he."""


class NobodyVouches(NotSigned):
    """No root of the list leads to the certificate: the head may sign all the same."""


class ScanRefused(Refused):
    """The file is not the scan of this paper."""

    status = 422


class NoCode(ScanRefused):
    """No code could be read at all: the head may say that it is this paper."""


class NoInk(ScanRefused):
    """Nothing in the signature's room: the head may say that it stands elsewhere on the page."""


@dataclass(frozen=True)
class Key:
    """Used once and forgotten: kept nowhere, shown nowhere."""

    data: bytes
    passphrase: str

    def __repr__(self) -> str:
        return "<Key>"


def sign_with_key(
    *,
    paper: Paper,
    key: Key,
    by: User,
    at: datetime,
    despite_name: bool = False,
    despite_root: bool = False,
) -> Paper:
    require_head(by=by, unit=paper.unit)
    from kanal.paper.signing.pkcs12 import Pkcs12Signer  # noqa: PLC0415 - see TYPE_CHECKING

    try:
        signer = Pkcs12Signer(key.data, key.passphrase)
        _check_name(paper, signer.subject, despite_name)
        if not despite_root:
            _check_root(paper, signer, at)
    except SigningRefused as refused:
        raise _in_words(refused) from None
    return _sign(paper, signer, by, at)


def _check_name(paper: Paper, subject: str, despite: bool) -> None:
    """A clerk's own key under the head's name is more often a slip than a marriage."""
    signer = paper.facts["signatory"]["name"] if paper.facts else ""
    if fold(subject) == fold(signer):
        return
    told = {"subject": subject, "signer": signer}
    if not may_be_one(subject, signer):
        raise NotSigned(
            _(
                "Nama pada sertifikat berbeda: %(subject)s bukan %(signer)s, yang menandatangani"
                " surat ini."
            )
            % told,
            next_step=_(
                "Pakailah kunci milik penandatangan surat ini, atau tanda tangan basah. Jika kepala"
                " kantornya sudah berganti, batalkan surat ini lalu tulis yang baru."
            ),
        )
    if not despite:
        raise OtherName(
            _("Tertulis %(subject)s pada sertifikat dan %(signer)s pada surat ini.") % told,
            next_step=_("Jika orangnya sama, centang pernyataan di bawah dan pilih kuncinya lagi."),
            field="despite_name",
        )


def _check_root(paper: Paper, signer: Pkcs12Signer, at: datetime) -> None:
    """Asked before anything is signed: a signature that nobody vouches for is not taken back."""
    roots = roots_of(paper.government_id)
    if not signer.is_vouched_for(roots, at=at):
        raise NobodyVouches(
            _("Tidak ada akar dalam daftar tepercaya yang menjamin sertifikat %(subject)s.")
            % {"subject": signer.subject},
            next_step=_(
                "Pakailah sertifikat BSrE atau tanda tangan basah, atau minta administrator mencatat"
                " akarnya jika memang resmi. Jika tetap memakai kunci ini, centang pernyataan di"
                " bawah dan pilih kuncinya lagi."
            ),
            field="despite_root",
        )


def has_bsre() -> bool:
    return bool(settings.BSRE_URL)


def bsre() -> BsreService:
    """The agency's own e-sign service, where it is configured."""
    from kanal.paper.signing.bsre import BsreService  # noqa: PLC0415 - see TYPE_CHECKING

    try:
        return BsreService(
            settings.BSRE_URL,
            settings.BSRE_USER,
            settings.BSRE_PASSWORD,
            ca_bundle=settings.BSRE_CA or None,
            allow_plain_http=settings.BSRE_PLAIN_HTTP,
        )
    except (ValueError, OSError) as mistake:
        raise NotSigned(
            _("Layanan BSrE belum diatur dengan benar."),
            next_step=_("Minta administrator memeriksa alamat dan sertifikatnya."),
        ) from mistake


def sign_through_bsre(*, paper: Paper, nik: str, passphrase: str, by: User, at: datetime) -> Paper:
    require_head(by=by, unit=paper.unit)
    service = bsre()
    try:
        signer = service.signer(nik, passphrase)
    except SigningRefused as refused:
        service.close()
        raise _in_words(refused) from None
    try:
        return _sign(paper, signer, by, at)
    finally:
        service.close()


def _in_words(refused: SigningRefused) -> NotSigned:
    return NotSigned(
        _(refused.what),
        kept=_("Suratnya tetap; kata sandi dan kunci tidak disimpan."),
        next_step=_(refused.next_step),
        field="key",
    )


def _sign(paper: Paper, signer: Signer, by: User, at: datetime) -> Paper:
    """The service is asked before the paper is locked: it may take a minute to answer."""
    if paper.state != PaperState.APPROVED:
        locked(paper, PaperState.APPROVED)
    composed = paper.files.get(role=FileRole.COMPOSED)
    local = at.astimezone(ZoneInfo(paper.government.timezone))
    place = paper.facts["place"] if paper.facts else ""
    try:
        signed = signer.sign(read(composed), reason=_REASON, at=local, place=place)
    except SigningRefused as refused:
        raise _in_words(refused) from None
    name = f"{file_name(paper)}-ttd.pdf"
    kept = keep(ContentFile(signed.pdf, name=name), FOLDER, allowed={PDF})
    try:
        with transaction.atomic():
            current = locked(paper, PaperState.APPROVED)
            add_file(current, FileRole.SIGNED, name, kept, composed.pages)
            _mark(current, signed.subject, at)
            tell("sign-paper", current, by, after=_said(signed, kept))
    except Refused:
        default_storage.delete(kept.name)
        raise
    return current


def _said(signed: Signed, kept: Kept) -> dict[str, str]:
    return {
        "subject": signed.subject,
        "issuer": signed.issuer,
        "serial": signed.serial,
        "certificate_sha256": signed.certificate_sha256,
        "algorithm": signed.algorithm,
        "reference": signed.reference,
        "sha256": kept.sha256,
    }


def _mark(paper: Paper, signer: str, at: datetime) -> None:
    paper.state, paper.signed_at, paper.signed_by_name = PaperState.SIGNED, at, signer[:160]
    paper.save(update_fields=["state", "signed_at", "signed_by_name"])


def read(file: PaperFile) -> bytes:
    with open_kept(file.kept_as) as opened:
        data: bytes = opened.read()
    return data


def bring_scan(
    *,
    paper: Paper,
    scans: Iterable[File[bytes]],
    by: User,
    despite_no_code: bool = False,
    despite_blank: bool = False,
) -> Paper:
    """The wet-signed letter, known by its printed code; by eye only where no code can be read.

    Kept to be looked at: it counts once the head says that the signature is on it.
    """
    require_head(by=by, unit=paper.unit)
    scans = list(scans)
    found = [code for scan in scans for code in _codes(scan)]
    _check_codes(paper, found, despite_no_code)
    _check_ink(paper, scans, despite_blank)
    kept: list[tuple[str, Kept]] = []
    try:
        for scan in scans:
            kept.append((scan.name or "pindaian", keep(scan, FOLDER, allowed=SCANS)))
        with transaction.atomic():
            current = locked(paper, PaperState.APPROVED)
            _forget_unseen(current)
            for name, file in kept:
                add_file(current, FileRole.UNSEEN, name, file)
            tell(
                "scan-paper",
                current,
                by,
                after={
                    "matched": "code" if found else "by-eye",
                    **({"signed": "elsewhere"} if despite_blank else {}),
                    "files": [file.sha256 for _name, file in kept],
                },
            )
    except Refused:
        for _name, file in kept:
            default_storage.delete(file.name)
        raise
    return current


def confirm_scan(*, paper: Paper, by: User, at: datetime) -> Paper:
    """The head has looked at the pictures and says that signature and stamp are on them."""
    require_head(by=by, unit=paper.unit)
    with transaction.atomic():
        current = locked(paper, PaperState.APPROVED)
        files = list(current.files.filter(role=FileRole.UNSEEN))
        if not files:
            raise ScanRefused(
                _("Belum ada pindaian yang dapat dinyatakan bertanda tangan."),
                next_step=_("Unggah pindaiannya lebih dulu."),
            )
        current.files.filter(role=FileRole.UNSEEN).update(role=FileRole.SCAN)
        signer = str(paper.facts["signatory"]["name"]) if paper.facts else by.name
        _mark(current, signer, at)
        tell("confirm-scan", current, by, after={"files": [file.sha256 for file in files]})
    return current


def drop_scan(*, paper: Paper, by: User) -> None:
    """Looked at, and not the signed letter: nothing of it stays."""
    require_head(by=by, unit=paper.unit)
    with transaction.atomic():
        current = locked(paper, PaperState.APPROVED)
        if gone := _forget_unseen(current):
            tell("drop-scan", current, by, before={"files": gone})


def _forget_unseen(paper: Paper) -> list[str]:
    """The digests of what is gone; the files go once the rows surely have."""
    files = list(paper.files.filter(role=FileRole.UNSEEN))
    paper.files.filter(role=FileRole.UNSEEN).delete()
    for file in files:
        transaction.on_commit(partial(_delete, file.kept_as))
    return [file.sha256 for file in files]


def _delete(kept_as: str) -> None:
    sheets.forget(kept_as)
    default_storage.delete(kept_as)


def _check_ink(paper: Paper, scans: Iterable[File[bytes]], despite_blank: bool) -> None:
    """Our own print, sent back without a pen having touched it; our own file is never a scan."""
    composed = read(paper.files.get(role=FileRole.COMPOSED))
    for scan in scans:
        data = _read(scan)
        is_ours = data == composed
        # Signed in another program: what is visible says nothing then.
        if looks_signed(data) or (despite_blank and not is_ours):
            continue
        if not is_blank(data, composed):
            continue
        raise (ScanRefused if is_ours else NoInk)(
            _(
                "Tempat tanda tangan pada %(name)s masih kosong, sama seperti surat yang dicetak"
                " Kanal."
            )
            % {"name": scan.name or _("pindaian ini")},
            kept=_("Berkas tidak disimpan."),
            next_step=_("Tanda tangani dan cap cetakannya, pindai, lalu pilih pindaian itu.")
            if is_ours
            else _(
                "Tanda tangani dan cap cetakannya, pindai, lalu pilih pindaian itu. Jika tanda"
                " tangannya ada di tempat lain, centang pernyataan di bawah dan pilih berkasnya lagi."
            ),
            field="scans" if is_ours else "despite_blank",
        )


def _read(scan: File[bytes]) -> bytes:
    scan.seek(0)
    data: bytes = scan.read(settings.LETTER_MAX_BYTES + 1)
    scan.seek(0)
    return data


def _codes(scan: File[bytes]) -> list[str]:
    """Inspected first: nothing opens a file that the door refuses."""
    data = _read(scan)
    looked = inspected(data, scan.name or "")
    if not looked.may_be_read or looked.media_type not in SCANS:
        what, then = words_for(looked.reasons[0] if looked.reasons else "unsupported_type")
        raise ScanRefused(
            _(what), kept=_("Berkas tidak disimpan."), next_step=_(then), field="scans"
        )
    return codes_in(data)


def _check_codes(paper: Paper, found: list[str], despite_no_code: bool) -> None:
    foreign = next((code for code in found if code != paper.code), None)
    if foreign is not None:
        raise ScanRefused(
            _("Kode QR pada pindaian ini milik surat lain: %(other)s.")
            % {"other": _named(paper, foreign)},
            kept=_("Berkas tidak disimpan."),
            next_step=_("Pilih pindaian surat %(number)s.") % {"number": paper.number_text},
            field="scans",
        )
    if not found and not despite_no_code:
        raise NoCode(
            _("Kode QR surat ini tidak terbaca pada pindaian."),
            kept=_("Berkas tidak disimpan."),
            next_step=_(
                "Pindai ulang 200 dpi dengan seluruh halaman terlihat. Jika kodenya tertutup cap,"
                " centang pernyataan di bawah dan pilih berkasnya lagi."
            ),
            field="despite_no_code",
        )


def _named(paper: Paper, code: str) -> str:
    """Within the same government only: another one's letters are nobody's business here."""
    other = Paper.objects.filter(government_id=paper.government_id, code=code).first()
    if other is None:
        return code
    return f"{other.get_kind_display()} {other.number_text} ({code})"
