"""One mail as a person may safely look at it: words without anything that loads or runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import nh3
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from kanal.intake.mail_raw import open_raw
from kanal.intake.mail_tables import Mail, MailFile
from kanal.intake.mail_words import PROOF_NOTES, Said, said
from kanal.lib.dates import say_day
from kanal.paper import envelope
from kanal.paper.verdicts import Verdict

# Words and their order, nothing else: no attribute is kept, so nothing points anywhere.
_TAGS = {"p", "br", "ul", "ol", "li", "b", "strong", "i", "em", "u", "blockquote", "pre"}
_CELL_ENDS = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_ROW_ENDS = re.compile(r"</(?:tr|h[1-6]|div)\s*>", re.IGNORECASE)
_MOST = 200_000

VERDICTS: dict[str, Promise] = {
    Verdict.ACCEPT: _("Baik"),
    Verdict.SANITISED: _("Baik, dibaca dari salinan yang dibersihkan"),
    Verdict.REPAIRED: _("Baik, dibaca dari salinan yang diperbaiki"),
    Verdict.REVIEW: _("Perlu dilihat"),
    Verdict.DUPLICATE: _("Sudah pernah datang"),
    Verdict.REJECT: _("Tidak dapat diterima"),
}
_PROOF_STATES: dict[str, Promise] = {
    "pass": _("cocok"),
    "fail": _("tidak cocok"),
    "unknown": _("tidak dapat dipastikan"),
    "absent": _("tidak ada"),
}


@dataclass(frozen=True)
class ShownFile:
    file: MailFile
    verdict: Promise
    reasons: list[Said]
    letters: list[str]
    may_enter: bool


def shown_file(file: MailFile) -> ShownFile:
    letters = [_letter(letter) for letter in file.document.get("letters", [])]
    decoration = "decoration" in file.reasons
    return ShownFile(
        file,
        VERDICTS.get(file.verdict, _("Perlu dilihat")),
        [said(reason) for reason in file.reasons],
        letters,
        bool(file.kept_as) and file.letter_id is None and not decoration,
    )


def _letter(letter: dict[str, str | None]) -> str:
    dated = letter.get("date")
    day = say_day(date.fromisoformat(dated), short=True) if dated else ""
    return ", ".join(part for part in (letter.get("number"), day, letter.get("agency")) if part)


def body_of(mail: Mail) -> SafeString | str:
    """The text; of a mail that is only HTML, its words. Plain text is escaped by the template."""
    if mail.body.strip() or not mail.has_html:
        return mail.body
    arrival = mail.arrivals.filter(is_whole=True).order_by("pk").first()
    if arrival is None:
        return ""
    try:
        return words_of(envelope.read(open_raw(arrival.kept_as)).html)
    except FileNotFoundError:
        return ""


def words_of(html: str) -> SafeString:
    """Nothing remote, no link, no style, no script is left of it."""
    html = _ROW_ENDS.sub("<br>", _CELL_ENDS.sub(" ", html[:_MOST]))
    clean = nh3.clean(html, tags=_TAGS, attributes={}, strip_comments=True, link_rel=None)
    return mark_safe(clean)


def proof_lines(mail: Mail) -> list[tuple[str, Promise, str]]:
    """SPF, DKIM, DMARC: the state in words, and by whom or for which domain."""
    told = mail.proofs
    if not told:
        return []
    by = str(told.get("by") or "")
    return [
        ("SPF", _state(told, "spf"), by),
        ("DKIM", _state(told, "dkim"), str(told.get("domain") or "")),
        ("DMARC", _state(told, "dmarc"), by),
    ]


def _state(told: dict[str, str], name: str) -> Promise:
    return _PROOF_STATES.get(told.get(name, "absent"), _PROOF_STATES["unknown"])


def proof_notes(mail: Mail) -> list[Promise]:
    notes = mail.proofs.get("notes", []) if mail.proofs else []
    return [PROOF_NOTES[note] for note in notes if note in PROOF_NOTES]
