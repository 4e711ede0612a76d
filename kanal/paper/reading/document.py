"""The door of the room: a file's bytes in, one answer out, whatever the file holds."""

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from kanal.paper.inspection.inspecting import Inspection, Part
from kanal.paper.inspection.report import Limits
from kanal.paper.reading import scans
from kanal.paper.reading.answers import Document
from kanal.paper.reading.checks import findings_of
from kanal.paper.reading.claims import held_against
from kanal.paper.reading.facts import Fact, Letter
from kanal.paper.reading.first_look import inspect_to_read
from kanal.paper.reading.letters import letters_in
from kanal.paper.reading.merge import doubted, merged
from kanal.paper.reading.recognised import agreed_numbers, with_context
from kanal.paper.reading.sources import MAIL, PDF, Source, source_of
from kanal.paper.signing.apart import verify_apart
from kanal.paper.signing.roots import Root
from kanal.paper.verdicts import Finding, Verdict, hardest

_NOT_A_LETTER = {"not_an_appointment", "low_confidence", "type_unsupported"}
_STANDARD = Limits()
Roots = Sequence[Root | bytes]


@dataclass(frozen=True)
class _How:
    today: date
    roots: Roots
    mode: scans.Mode


def read_file(
    data: bytes,
    name: str,
    *,
    today: date,
    roots: Roots = (),
    limits: Limits = _STANDARD,
    mode: scans.Mode = "both",
    inspection: Inspection | None = None,
) -> Document:
    """One file inspected and read. Never raises for what a file holds: that is a verdict.

    `roots` are trusted for signatures. `mode` is for scans: `both` engines, or `small`.
    `inspection` is given by whoever has inspected the file already.
    """
    started = time.perf_counter()
    checked = inspection or inspect_to_read(data, name, limits=limits)
    document = _read(data, name, checked, _How(today, roots, mode))
    return replace(
        document,
        sha256=hashlib.sha256(data).hexdigest(),
        seconds=time.perf_counter() - started,
    )


def _read(data: bytes, name: str, checked: Inspection, how: _How) -> Document:
    if hardest(checked.findings) is Verdict.REJECT:
        return Document(name, Verdict.REJECT, _words(_hard(checked.findings)))
    if checked.media_type == MAIL:
        return _read_mail(name, checked, how)
    signed: tuple[Finding, ...] = ()
    if checked.media_type == PDF and checked.signed:
        signed = tuple(report.finding for report in verify_apart(data, roots=how.roots))
    source = source_of(
        checked.cleaned or data, checked.media_type or "", mode=how.mode, told=checked.carried
    )
    letters, findings = _letters(source, how.today)
    everything = (*checked.findings, *signed, *source.findings, *findings)
    if hardest(everything) is Verdict.REJECT:
        broken = hardest(signed) is Verdict.REJECT
        kept = tuple(map(doubted, letters)) if broken else ()
        return Document(name, Verdict.REJECT, _words(_hard(everything)), kept)
    return Document(name, hardest(everything), _words(everything), tuple(letters))


def _hard(findings: Iterable[Finding]) -> list[Finding]:
    """Of a file that is refused only the refusals are told."""
    return [finding for finding in findings if finding.verdict is Verdict.REJECT]


def _letters(source: Source, today: date) -> tuple[list[Letter], list[Finding]]:
    """The letters of all views made one, and what must be said about them."""
    if not source.views:
        return [], [] if source.findings else [Finding(Verdict.REVIEW, "low_confidence")]
    letters = merged(
        [letters_in(view) for view in with_context(source.views)],
        today=today,
        carried=source.carried,
        agreed=agreed_numbers(source.views),
    )
    shown = [each for each in letters if "not_an_appointment" not in each.problems]
    if source.qr and shown:
        text, place = source.qr
        shown[0] = replace(shown[0], qr=Fact(text, 1.0, place))
    agreed = False
    if source.said is not None:
        shown, agreed = held_against(source.said, shown, carried=source.carried)
    recognised = any(view.is_recognised for view in source.views)
    # What an engine saw is judged for itself, whatever is attached.
    judged = shown if agreed and source.carried else letters
    findings = list(findings_of(judged, today=today, recognised=recognised, told=agreed))
    if source.layer is not None and not _layer_is_true(source, letters):
        findings.append(Finding(Verdict.REVIEW, "hidden_text"))
    if source.said is not None and not agreed:
        findings.append(Finding(Verdict.REVIEW, "attachment_disagrees"))
    return shown, findings


def _layer_is_true(source: Source, letters: Sequence[Letter]) -> bool:
    """Whether the text laid under a picture says the NIPs and numbers that the picture shows."""
    if source.layer is None:
        return True
    said = letters_in(source.layer)
    shown = {nip.digits for letter in letters for nip in letter.numbers} | {
        digits for letter in letters for digits in letter.agreed
    }
    claimed = {nip.digits for letter in said for nip in letter.numbers}
    if claimed - shown:
        return False
    return all(
        one.number is None or other.number is None or one.number.value == other.number.value
        for one, other in zip(said, letters, strict=False)
    )


def _words(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.reason for finding in findings))


def _read_mail(name: str, checked: Inspection, how: _How) -> Document:
    """A mail is what its attachments are; pictures in a signature do not spoil a letter.

    Each attachment is a file of its own, so two that bring a letter each are as clear as one.
    """
    read = [_read(part.data, part.name, part.inspection, how) for part in checked.parts]
    letters = tuple(letter for document in read for letter in document.letters)
    if letters:
        read = [one for one in read if one.letters or not _NOT_A_LETTER.issuperset(one.reasons)]
    findings = list(checked.findings)
    if not checked.parts:
        findings.append(Finding(Verdict.REVIEW, "no_attachment"))
    reasons = [*_words(findings), *(reason for one in read for reason in one.reasons)]
    verdict = hardest((*findings, *(Finding(document.verdict, "") for document in read)))
    return Document(name, verdict, tuple(dict.fromkeys(reasons)), letters)


def read_files(
    files: Iterable[tuple[bytes, str]],
    *,
    today: date,
    roots: Roots = (),
    limits: Limits = _STANDARD,
    mode: scans.Mode = "both",
) -> Iterator[Document]:
    """Several files in the order they came; what came before is a duplicate.

    Files are compared with files and mails by what they carry: a mail that brings a file which
    was handed in before is still a mail of its own.
    """
    files_seen: dict[str, str] = {}
    parts_seen: dict[str, str] = {}
    for data, name in files:
        started = time.perf_counter()
        digest = hashlib.sha256(data).hexdigest()
        if data and digest in files_seen:
            yield _duplicate(name, f"same_file_as:{files_seen[digest]}", digest)
            continue
        files_seen.setdefault(digest, name)
        checked = inspect_to_read(data, name, limits=limits)
        inside = _hashes(checked.parts)
        before = [parts_seen.get(part) for part in inside]
        if inside and all(before) and hardest(checked.findings) is not Verdict.REJECT:
            yield _duplicate(name, f"same_attachment_as:{before[0]}", digest)
            continue
        for part in inside:
            parts_seen.setdefault(part, name)
        document = read_file(data, name, today=today, roots=roots, mode=mode, inspection=checked)
        yield replace(document, seconds=time.perf_counter() - started)


def _hashes(parts: Iterable[Part]) -> list[str]:
    return [hashlib.sha256(part.data).hexdigest() for part in parts]


def _duplicate(name: str, reason: str, digest: str) -> Document:
    return Document(name, Verdict.DUPLICATE, (reason,), sha256=digest)


def read_letters(
    paths: Iterable[Path | str],
    *,
    today: date,
    roots: Roots = (),
    limits: Limits = _STANDARD,
    mode: scans.Mode = "both",
) -> Iterator[dict[str, Any]]:
    """One JSON document per file, as `kanal read-letter` prints them. Raises OSError."""
    files = ((Path(path).read_bytes(), Path(path).name) for path in paths)
    for document in read_files(files, today=today, roots=roots, limits=limits, mode=mode):
        yield document.as_json()
