"""The files of a mail: taken out of it and of the mails inside it, looked at, kept and read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from django.core.files.base import File
from django.core.files.storage import default_storage

from kanal.intake.mail_tables import Mail, MailFile
from kanal.lib.files import ENDINGS, HEIC, LETTER_TYPES, OLD_WORD, FileMistake, keep
from kanal.lib.statements import asked
from kanal.paper import envelope
from kanal.paper.inspection.inspecting import Inspection
from kanal.paper.reading.document import Roots, read_file
from kanal.paper.verdicts import Finding, Verdict, hardest
from kanal.readings.gate import inspected, inspected_to_read, scan_mode

_KNOWN = f"""
SELECT file.id FROM {MailFile._meta.db_table} file JOIN {Mail._meta.db_table} mail
    ON mail.id = file.mail_id
WHERE file.sha256 = %(digest)s AND file.kept_as <> '' AND mail.id <> %(mail)s
    AND mail.government_id = %(government)s
ORDER BY file.id LIMIT 1
"""
FOLDER = "surel-berkas"
MOST_FILES = 50
MOST_DEPTH = 3
MOST_READ = 12
# A logo under a signature: smaller and shown inside the text.
_DECORATION = 60 << 10
_MAIL_TYPES = ("message/rfc822", "message/global")
# Of the mail system, not of the sender.
_SYSTEM_TYPES = ("message/delivery-status", "text/rfc822-headers", "text/calendar")


@dataclass(frozen=True)
class Found:
    name: str
    inside: str
    data: bytes
    is_decoration: bool


def files_in(mail: envelope.Mail, problems: list[str]) -> list[Found]:
    """What may be a letter, in its order; what was left out is named in `problems`."""
    found: list[Found] = []
    for each in _walk(mail, (), problems):
        if len(found) == MOST_FILES:
            _tell(problems, "too_many_attachments")
            break
        found.append(each)
    return found


def _walk(mail: envelope.Mail, inside: tuple[str, ...], problems: list[str]) -> Iterator[Found]:
    for part in mail.attachments:
        if part.media_type in _SYSTEM_TYPES or not part.data:
            continue
        if part.media_type in _MAIL_TYPES or part.name.lower().endswith(".eml"):
            yield from _mail_inside(part, inside, problems)
            continue
        picture = part.media_type.startswith("image/")
        shown = part.is_inline or bool(part.content_id)
        decoration = picture and shown and len(part.data) < _DECORATION
        yield Found(part.name or "lampiran", " / ".join(inside)[:300], part.data, decoration)


def _mail_inside(
    part: envelope.Attachment, inside: tuple[str, ...], problems: list[str]
) -> Iterator[Found]:
    if len(inside) >= MOST_DEPTH:
        _tell(problems, "nested_too_deep")
        return
    inner = envelope.read(part.data)
    for problem in inner.problems:
        _tell(problems, problem)
    yield from _walk(inner, (*inside, inner.subject[:80] or part.name or "surel"), problems)


def _tell(problems: list[str], problem: str) -> None:
    if problem not in problems:
        problems.append(problem)


def examined(mail: Mail, found: list[Found], *, today: date, roots: Roots) -> list[MailFile]:
    """Unsaved rows, the files kept. Never raises for what a file holds."""
    made: list[MailFile] = []
    seen: dict[str, str] = {}
    left_to_read = MOST_READ
    for place, each in enumerate(found, start=1):
        digest = hashlib.sha256(each.data).hexdigest()
        row = MailFile(
            mail=mail,
            place=place,
            name=each.name[:200],
            inside=each.inside,
            size=len(each.data),
            sha256=digest,
        )
        if digest in seen:
            row.verdict, row.reasons = Verdict.DUPLICATE, [f"same_file_as:{seen[digest]}"]
        elif not (earlier := _known(mail, digest)) or not _as_before(row, earlier):
            left_to_read -= _examine(row, each, today=today, roots=roots, may_read=left_to_read > 0)
        seen.setdefault(digest, row.name)
        made.append(row)
    return made


def _known(mail: Mail, digest: str) -> MailFile | None:
    """The same bytes in an earlier mail of this government: kept and read then."""
    found = asked(_KNOWN, digest=digest, mail=mail.pk, government=mail.government_id)
    return MailFile.objects.get(pk=found[0][0]) if found else None


def _as_before(row: MailFile, earlier: MailFile) -> bool:
    row.media_type, row.kept_as = earlier.media_type, earlier.kept_as
    row.document = earlier.document
    row.verdict = Verdict.DUPLICATE
    row.reasons = [f"same_file_in_mail:{earlier.mail_id}", *earlier.reasons][:20]
    return True


def _examine(row: MailFile, found: Found, *, today: date, roots: Roots, may_read: bool) -> int:
    """1 when it was read."""
    look = inspected_to_read if may_read and not found.is_decoration else inspected
    inspection = look(found.data, found.name)
    row.media_type = inspection.media_type or ""
    row.verdict, row.reasons = inspection.verdict, inspection.reasons[:20]
    if inspection.verdict is Verdict.REJECT:
        return 0
    _keep(row, found)
    if not row.kept_as or found.is_decoration:
        row.reasons = [*row.reasons, "decoration"] if found.is_decoration else row.reasons
        return 0
    if not may_read:
        row.verdict, row.reasons = Verdict.REVIEW, [*row.reasons, "not_read"]
        return 0
    _read(row, found, inspection, today=today, roots=roots)
    return 1


def _keep(row: MailFile, found: Found) -> None:
    """Byte for byte, also of a kind that no letter can have as long as it is harmless."""
    file = File(BytesIO(found.data), name=found.name)
    file.size = len(found.data)
    try:
        kept = keep(file, FOLDER, allowed={*LETTER_TYPES, OLD_WORD, HEIC, *ENDINGS})
    except FileMistake as mistake:
        row.verdict, row.reasons = Verdict.REVIEW, [*row.reasons, f"not_kept:{mistake.code}"]
        return
    row.kept_as, row.media_type = kept.name, kept.media_type


def _read(
    row: MailFile, found: Found, inspection: Inspection, *, today: date, roots: Roots
) -> None:
    document = read_file(
        found.data,
        found.name,
        today=today,
        roots=roots,
        mode=scan_mode(),
        inspection=inspection,
    ).as_json()
    row.document = document
    read = Finding(Verdict(document["verdict"]), "")
    row.verdict = hardest((Finding(Verdict(row.verdict), ""), read))
    row.reasons = list(dict.fromkeys([*row.reasons, *document["reasons"]]))[:20]


def opened(row: MailFile) -> File[bytes]:
    """Raises FileNotFoundError."""
    return default_storage.open(row.kept_as)
