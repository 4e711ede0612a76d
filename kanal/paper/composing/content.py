"""A letter as its parts: what every template and the editable copy lay out in their own way."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prose:
    text: str
    block: str = "prose"


@dataclass(frozen=True, slots=True)
class Centered:
    text: str
    block: str = "centered"


@dataclass(frozen=True, slots=True)
class Pairs:
    """Label and value with a colon between: one person, or the facts of a receipt."""

    rows: tuple[tuple[str, str], ...]
    block: str = "pairs"


@dataclass(frozen=True, slots=True)
class Listed:
    """`style` is `1` or `a`. A single entry is set without its mark."""

    items: tuple[str, ...]
    style: str = "1"
    block: str = "listed"


@dataclass(frozen=True, slots=True)
class Table:
    """`fixed` columns hold what may not be broken (numbers); the others share the rest.

    A line break within a cell is a new line on paper.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    fixed: tuple[int, ...] = (0,)
    block: str = "table"


@dataclass(frozen=True, slots=True)
class Clause:
    """`KESATU : ...` with its parts; `Menimbang : a. ... b. ...`."""

    label: str
    parts: tuple[Prose | Pairs | Listed | Table, ...]
    block: str = "clause"


Block = Prose | Centered | Pairs | Listed | Table | Clause


@dataclass(frozen=True, slots=True)
class Signature:
    """`opening` stands above the post, `mark` before its first line (`Plt.`, `a.n.`)."""

    posts: tuple[str, ...]
    name: str
    nip: str = ""
    rank: str = ""
    mark: str = ""
    opening: tuple[str, ...] = ()
    nip_label: str = "NIP"


@dataclass(frozen=True, slots=True)
class Annex:
    """`reference` is the block at its upper right: whose annex, number, date."""

    reference: tuple[tuple[str, str], ...]
    heading: tuple[str, ...]
    body: tuple[Block, ...]
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """`title` names the file. `tail` are the last blocks, which stay with the signature.

    `heading` is empty for a surat dinas, whose reference and addressee are filled instead.
    `authority` is whose decree it is, printed before its reasons.
    `parties` sign above the signatory, side by side.
    """

    title: str
    body: tuple[Block, ...]
    tail: tuple[Block, ...]
    signature: Signature
    heading: tuple[str, ...] = ()
    number_line: str = ""
    about: tuple[str, ...] = ()
    authority: str = ""
    reference: tuple[tuple[str, str], ...] = ()
    place: str = ""
    day: str = ""
    addressee: tuple[str, ...] = ()
    parties: tuple[Signature, ...] = ()
    copies: tuple[str, ...] = ()
    annex: Annex | None = None
