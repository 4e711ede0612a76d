"""What may come after a signature: further signatures and the proofs kept for them, no more."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    XrefStreamRule,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

# pyHanko's own policy also lets the values of a form change, which for a letter is a forgery.
ONLY_SIGNATURES = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(),  # type: ignore[no-untyped-call]
        *(
            rule.as_qualified(ModificationLevel.LTA_UPDATES)
            for rule in (
                DocInfoRule(),
                XrefStreamRule(),
                ObjectStreamRule(),
                DSSCompareRule(),
                MetadataUpdateRule(),  # type: ignore[no-untyped-call]
            )
        ),
    ],
    form_rule=FormUpdatingRule(
        field_rules=[
            SigFieldCreationRule(),  # type: ignore[no-untyped-call]
            SigFieldModificationRule(allow_in_place_appearance_stream_changes=False),
        ]
    ),
)

_HEX = re.compile(rb"<[0-9A-Fa-f\s\0]*>")
_END = re.compile(rb"startxref\s+\d{1,12}\s+%%EOF\s{0,2}\Z")


@dataclass(frozen=True, slots=True)
class Range:
    """Which bytes a signature speaks for: from the first to `end`, but for its own place.

    `is_honest` says that the bytes left out are the signature's own value and nothing else.
    """

    end: int
    is_honest: bool


def signed_range(pdf: bytes, embedded: EmbeddedPdfSignature) -> Range:
    numbers = [int(n) for n in embedded.byte_range]
    if len(numbers) != 4 or min(numbers) < 0:
        return Range(0, is_honest=False)
    start, first, second, rest = numbers
    gap = pdf[first:second]
    honest = (
        start == 0
        and first < second
        and second + rest <= len(pdf)
        and _HEX.fullmatch(gap) is not None
        and _value(gap) == embedded.pkcs7_content
    )
    return Range(second + rest, honest)


def after(pdf: bytes, end: int, signed_revision: int, reader: PdfFileReader) -> str:
    """What follows the last signed byte: "" for nothing or a later revision, else a reason."""
    tail = pdf[end:]
    if not tail:
        return ""
    if not tail.strip(b"\0\t\n\f\r "):
        return "blank_appended"
    if signed_revision + 1 >= reader.xrefs.total_revisions:
        return "appended"
    return "" if _END.search(tail[-2048:]) else "appended"


def _value(gap: bytes) -> bytes:
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", gap)
    return bytes.fromhex(digits.decode() + "0" * (len(digits) % 2))
