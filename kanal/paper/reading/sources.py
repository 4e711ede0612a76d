"""From a file's bytes to the views of it: text it carries, text recognised, text converted."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kanal.paper import workshop
from kanal.paper.reading import scans
from kanal.paper.reading.layout import Place
from kanal.paper.reading.rules import RuledPage
from kanal.paper.verdicts import Finding, Verdict
from kanal.paper.words import Page, View, Word

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
MAIL = "message/rfc822"
_JOBS = "kanal.paper.reading.carried_job"
_LIMITS = workshop.Limits(seconds=20, cpu_seconds=15, memory=600 << 20)
_OFFICE_SECONDS = 60
_OFFICE_NAMES = ("soffice", "libreoffice")


@dataclass(frozen=True)
class Source:
    """`carried`: the first view is visible text of the file itself. `said`: our own attachment."""

    views: tuple[View, ...] = ()
    carried: bool = False
    qr: tuple[str, Place | None] | None = None
    said: dict[str, Any] | None = None
    findings: tuple[Finding, ...] = field(default=())
    layer: View | None = None


def source_of(
    data: bytes,
    media_type: str,
    *,
    mode: scans.Mode = "both",
    told: dict[str, Any] | None = None,
) -> Source:
    """The views of one file that may be opened; anything it cannot read is a finding.

    `mode` is for scans: `both` engines, or `small` for a small server. `told`: what its
    inspection has read of a PDF or DOCX already.
    """
    if media_type == PDF:
        return _pdf(data, mode, told)
    if media_type == DOCX:
        return _docx(data, told)
    if media_type == DOC:
        return _doc(data)
    if media_type.startswith("image/"):
        return _picture(data, media_type, mode)
    return Source(findings=(Finding(Verdict.REJECT, "type_unsupported"),))


def _pdf(data: bytes, mode: scans.Mode, told: dict[str, Any] | None) -> Source:
    try:
        told = _opened(told) if told else _asked("pdf", data)
    except _NotOpened as refusal:
        return Source(findings=(refusal.finding,))
    view = View("pdf", _pages(told["pages"]))
    qr = (told["qr"][0], _place(told["qr"][1])) if told["qr"] else None
    said = json.loads(told["said"]) if told["said"] else None
    lies = _lies(data, told["layers"])
    if not told["pictures"] and not lies:
        return Source((view,), True, qr, said)
    seen, failed = _seen(data, PDF, mode)
    views = tuple(_mixed(view, recognised) for recognised in seen) or (view,)
    layer = view if told["layered"] and seen else None
    return Source(views, False, qr, said, (*lies, *failed), layer)


class _NotOpened(Exception):
    """The child could not open the file; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.reason)
        self.finding = finding


def _asked(job: str, data: bytes) -> dict[str, Any]:
    """The answer of the limited child. Raises _NotOpened."""
    try:
        told: dict[str, Any] = workshop.run(f"{_JOBS}:{job}", data, limits=_LIMITS, bench="crops")
    except workshop.TooSlow as error:
        raise _NotOpened(Finding(Verdict.REVIEW, "too_slow")) from error
    except workshop.JobFailed as error:
        raise _NotOpened(Finding(Verdict.REVIEW, "unreadable")) from error
    return _opened(told)


def _opened(told: dict[str, Any]) -> dict[str, Any]:
    if "refused" in told:
        raise _NotOpened(Finding(Verdict.REJECT, told["refused"]))
    return told


def _pages(told: list[Any]) -> tuple[Page, ...]:
    return tuple(
        RuledPage(
            number,
            width,
            height,
            tuple(Word(*word) for word in words),
            tuple((x0, y0, x1, y1) for x0, y0, x1, y1 in rules),
        )
        for number, width, height, words, rules in told
    )


def _place(told: list[float]) -> Place:
    page, x0, y0, x1, y1 = told
    return int(page), x0, y0, x1, y1


def _lies(data: bytes, layers: list[Any]) -> tuple[Finding, ...]:
    """Whether the pages that carry text show it: one finding for each way in which they do not."""
    findings: dict[Finding, None] = {}
    for number, told in layers:
        if not told.get("eyes") and "refused" not in told:
            findings.update((Finding(Verdict.REVIEW, lie[0]), None) for lie in told["lies"])
            continue
        try:
            findings.update((lie.finding, None) for lie in scans.text_layer_lies(data, number))
        except scans.EngineMissing:
            findings[Finding(Verdict.REVIEW, "hidden_text")] = None
        except scans.ScanFailed as failure:
            findings[Finding(Verdict.REVIEW, failure.reason)] = None
    return tuple(findings)


def _seen(data: bytes, media_type: str, mode: scans.Mode) -> tuple[list[View], tuple[Finding, ...]]:
    """The pages as engines see them; what stopped them is for a person to look at."""
    try:
        return scans.views_of(data, media_type, mode=mode), ()
    except scans.EngineMissing:
        return [], (Finding(Verdict.REVIEW, "scan_needs_engines"),)
    except scans.ScanFailed as failure:
        return [], (Finding(Verdict.REVIEW, failure.reason),)


def _mixed(carried: View, view: View) -> View:
    """Recognised pages where the file has pictures, the file's own words elsewhere."""
    own = {page.number: page for page in carried.pages}
    known = {page.number for page in view.pages}
    pages = [*view.pages, *(page for number, page in own.items() if number not in known)]
    return View(view.engine, tuple(sorted(pages, key=_number)))


def _number(page: Page) -> int:
    return page.number


def _docx(data: bytes, told: dict[str, Any] | None = None) -> Source:
    try:
        told = _opened(told) if told else _asked("word", data)
    except _NotOpened as refusal:
        return Source(findings=(refusal.finding,))
    return Source((View("docx", _pages(told["pages"])),), carried=True)


def _doc(data: bytes) -> Source:
    office = next((path for name in _OFFICE_NAMES if (path := shutil.which(name))), None)
    if office is None:
        return Source(findings=(Finding(Verdict.REVIEW, "doc_needs_libreoffice"),))
    converted = _converted(data, office)
    if converted is None:
        return Source(findings=(Finding(Verdict.REVIEW, "doc_unreadable"),))
    return _docx(converted)


def _converted(data: bytes, office: str) -> bytes | None:
    """By LibreOffice with a profile of its own that dies with the folder; macros never run."""
    with tempfile.TemporaryDirectory(prefix="kanal-doc-") as folder:
        letter = Path(folder) / "surat.doc"
        letter.write_bytes(data)
        profile = (Path(folder) / "profile").as_uri()
        command = [
            office, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
            "--nodefault", "--nofirststartwizard", "--convert-to", "docx", "--outdir", folder,
            str(letter),
        ]  # fmt: skip
        office_run = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={"HOME": folder, "PATH": f"{Path(office).parent}:/usr/bin:/bin"},
            start_new_session=True,
        )
        try:
            office_run.wait(_OFFICE_SECONDS)
        except subprocess.TimeoutExpired:
            # LibreOffice's own children would live on without it.
            os.killpg(office_run.pid, signal.SIGKILL)
            office_run.wait()
        try:
            return (Path(folder) / "surat.docx").read_bytes()
        except OSError:
            return None


def _picture(data: bytes, media_type: str, mode: scans.Mode) -> Source:
    try:
        text = _asked("picture", data)["qr"]
    except _NotOpened as refusal:
        return Source(findings=(refusal.finding,))
    seen, failed = _seen(data, media_type, mode)
    return Source(tuple(seen), qr=(text, None) if text else None, findings=failed)
