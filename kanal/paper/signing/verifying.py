"""Judging the signatures of a PDF from anywhere: who signed, vouched for by whom, what changed."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.decode_limits import (
    DEFAULT_PURPOSE_LIMITS,
    DecodeLimits,
    DecodePurpose,
    DocumentDecodeBudget,
    StreamDecodeLimits,
)
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import EmbeddedPdfSignature

from kanal.paper.signing.changes import signed_range
from kanal.paper.signing.judging import Judge
from kanal.paper.signing.naming import plain
from kanal.paper.signing.reports import SignatureReport, State
from kanal.paper.signing.roots import Root, anchors_of
from kanal.paper.signing.signer import MAX_BYTES
from kanal.paper.signing.traces import looks_signed, unescaped, unreadable

MAX_SIGNATURES = 20
MAX_REVISIONS = 40
# Tables of objects are read entry by entry, so a packed one must not grow beyond a long letter's.
_TABLE = StreamDecodeLimits(max_output_size=4 << 20)
_UNPACKED = DecodeLimits(
    per_purpose={**DEFAULT_PURPOSE_LIMITS, DecodePurpose.XREF_STREAM: _TABLE},
    document_budget=DocumentDecodeBudget(base_allowance=64 << 20, max_ratio=20),
)
# Whatever hides the name of a signature's range with #-codes is undone first.
_RANGE = re.compile(rb"/ByteRange\s*\[([\d\s]{1,200})\]")

# pyHanko logs every doubt with a traceback, in which the hostile file chooses the words.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def verify(
    pdf: bytes,
    *,
    roots: Sequence[Root | bytes] = (),
    at: datetime | None = None,
    network: bool = False,
) -> list[SignatureReport]:
    """One report for each signature, oldest first; an empty list only for a file without any.

    `at` is when the office received the file, with a time zone: a certificate that had lapsed by
    then, or a signature from later, is told. Nobody is asked over the network unless `network`.
    In-process: for files from strangers, `verify_apart` also bounds time and memory.

    Raises RootRefused for a root that is no root, ValueError for an `at` without a time zone.
    """
    if at is not None and at.utcoffset() is None:
        raise ValueError("the moment of arrival needs a time zone")
    anchors = anchors_of(roots)
    if len(pdf) > MAX_BYTES:
        return [SignatureReport(reason="too_much")] if b"/ByteRange" in pdf else []
    traces = list(_RANGE.finditer(unescaped(pdf)))
    if len(traces) > MAX_SIGNATURES:
        return [SignatureReport(reason="too_much")]
    judge = Judge(pdf, anchors, at, network)
    found = _opened(judge)
    return found if found is not None else _opened_without_tail(judge, traces)


def _opened(judge: Judge) -> list[SignatureReport] | None:
    try:
        return asyncio.run(_File(judge).reports())
    except Exception:  # noqa: BLE001  the file may make pyHanko raise anything: that is a verdict
        return None


def _opened_without_tail(judge: Judge, traces: Sequence[re.Match[bytes]]) -> list[SignatureReport]:
    """Where what was added makes the file unreadable: the file as its last signer left it."""
    ranges = [[int(n) for n in trace[1].split()] for trace in traces]
    end = max((numbers[2] + numbers[3] for numbers in ranges if len(numbers) == 4), default=0)
    found = _opened(replace(judge, pdf=judge.pdf[:end])) if 0 < end < len(judge.pdf) else None
    return [
        replace(report, reason="appended", covers_whole_file=False, changed_afterwards=True)
        if report.state in _STANDING
        else report
        for report in found or unreadable(judge.pdf)
    ]


@dataclass(frozen=True)
class _Place:
    """A signature field; `embedded` is None where there is no value or none that can be read."""

    name: str
    since: int
    is_visible: bool
    embedded: EmbeddedPdfSignature | None
    trouble: str = ""


class _File:
    """One PDF under examination."""

    def __init__(self, judge: Judge) -> None:
        self.pdf, self.judge = judge.pdf, judge
        self.reader = PdfFileReader(BytesIO(judge.pdf), strict=False, decode_limits=_UNPACKED)

    async def reports(self) -> list[SignatureReport]:
        if self.reader.encrypted and not self._unlocked():
            return [SignatureReport(reason="locked")] if looks_signed(self.pdf) else []
        if self.reader.xrefs.total_revisions > MAX_REVISIONS:
            return [SignatureReport(reason="too_much")]
        places = sorted(self._places(), key=lambda place: place.since)
        if len(places) > MAX_SIGNATURES:
            return [SignatureReport(reason="too_much")]
        found = [await self._report(place) for place in places]
        return [*self._covered_over(places, found), *self._strays(places, found)]

    def _unlocked(self) -> bool:
        """With the empty password, as every viewer tries it."""
        return self.reader.decrypt("").status != AuthStatus.FAILED

    def _places(self) -> Iterator[_Place]:
        """Found here and not by pyHanko, which leaves out kinds of signature it doesn't know."""
        for name, value, field in enumerate_sig_fields(self.reader):
            inside = field.get_object()
            since, visible = self._since(field, value), _is_visible(inside)
            if value is None:
                yield _Place(plain(name), since, visible, None, "empty")
                continue
            try:
                embedded = EmbeddedPdfSignature(self.reader, inside, name)
            except Exception:  # noqa: BLE001  see `verify`; the file's other signatures still count
                yield _Place(plain(name), since, visible, None, "unreadable")
                continue
            yield _Place(plain(name), embedded.signed_revision, visible, embedded)

    def _since(self, field: object, value: object) -> int:
        for holder in (value, field):
            reference = getattr(holder, "reference", None)
            if reference is not None:
                return int(self.reader.xrefs.get_last_change(reference))
        return 0

    async def _report(self, place: _Place) -> SignatureReport:
        if place.embedded is None:
            return SignatureReport(reason=place.trouble, field=place.name)
        try:
            report = await self.judge.report(place.embedded)
        except Exception:  # noqa: BLE001  see `verify`
            report = SignatureReport(reason="unreadable")
        return replace(report, field=place.name)

    def _covered_over(
        self, places: Sequence[_Place], found: Sequence[SignatureReport]
    ) -> list[SignatureReport]:
        """A visible field added later can paint over the letter, so only a valid one may be."""
        told = list(found)
        for at in reversed(range(len(places))):
            later = [
                n
                for n, place in enumerate(places)
                if place.is_visible and place.since > places[at].since
            ]
            if told[at].state in _STANDING and any(told[n].state != State.VALID for n in later):
                told[at] = replace(told[at], reason="covered_over", changed_afterwards=True)
        return told

    def _strays(
        self, places: Sequence[_Place], found: Sequence[SignatureReport]
    ) -> list[SignatureReport]:
        """Signatures that stand in the file but in no field any more: somebody took them off."""
        opened = [place.embedded for place in places if place.embedded]
        known = {tuple(int(n) for n in one.byte_range) for one in opened}
        if any(report.state == State.UNREADABLE for report in found):
            return []
        inside = max(
            (
                signed_range(self.pdf, place.embedded).end
                for place, report in zip(places, found, strict=True)
                if place.embedded and report.state != State.BROKEN
            ),
            default=0,
        )
        for trace in _RANGE.finditer(unescaped(self.pdf)):
            if tuple(map(int, trace[1].split())) not in known and trace.start() >= inside:
                return [SignatureReport(reason="removed")]
        return []


# What still speaks for the letter's own bytes, and so can be painted over.
_STANDING = {State.VALID, State.UNTRUSTED, State.SELF_SIGNED, State.EXPIRED, State.REVOKED_UNKNOWN}


def _is_visible(field: DictionaryObject) -> bool:
    """Any of its widgets takes up room on a page; what cannot be measured raises."""
    # By subscript: `get` would not decipher.
    kids = field["/Kids"] if "/Kids" in field else [field]  # noqa: SIM401
    for widget in (kid.get_object() for kid in kids):
        box = [float(side) for side in widget["/Rect"]] if "/Rect" in widget else [0.0] * 4
        if box[0] != box[2] and box[1] != box[3]:
            return True
    return False
