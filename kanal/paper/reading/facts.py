"""What is read from a letter: each fact with how surely and where on the page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kanal.paper.reading.layout import Place, Token, place_of

# A name under this is what an engine made of a stamp or a pen.
LEGIBLE, DOUBTFUL = 0.7, 0.4


@dataclass(frozen=True)
class Fact:
    """A value as the register writes it; confidence 0..1."""

    value: str
    confidence: float = 1.0
    place: Place | None = None


@dataclass(frozen=True)
class Nip:
    """Digits as read. `sure`: every digit stood there as a digit, grouped as a NIP is."""

    digits: str
    sure: bool
    place: Place | None = None
    confidence: float = 1.0


@dataclass(frozen=True)
class Person:
    """`unnumbered`: the letter says that there is no NIP (a dash, PJLP); `side`: how surely he or
    she is of those who come, or of those who go, 0..1."""

    name: Fact | None = None
    nip: Nip | None = None
    position: Fact | None = None
    rank: Fact | None = None
    status: str | None = None
    unnumbered: bool = False
    side: float = 1.0


@dataclass(frozen=True)
class Signatory:
    name: Fact | None = None
    nip: Nip | None = None
    position: Fact | None = None
    capacity: str = "definitif"


@dataclass(frozen=True)
class Account:
    platform: str
    handle: str
    place: Place | None = None
    confidence: float = 1.0


@dataclass(frozen=True)
class Letter:
    """One letter as one view shows it. `problems`: reasons for a person to look.

    `numbers` are all NIPs seen anywhere in it, `agreed` the digits that two views share;
    `words` is all it prints, in small letters.
    """

    kind: str | None
    form: Fact | None
    number: Fact | None
    date: Fact | None
    agency: Fact | None
    officers: tuple[Person, ...] = ()
    replaced: tuple[Person, ...] = ()
    signatory: Signatory | None = None
    accounts: tuple[Account, ...] = ()
    qr: Fact | None = None
    subject: Fact | None = None
    duties: tuple[Fact, ...] = ()
    problems: frozenset[str] = field(default_factory=frozenset)
    engine: str = ""
    numbers: tuple[Nip, ...] = ()
    agreed: frozenset[str] = field(default_factory=frozenset)
    words: frozenset[str] = field(default_factory=frozenset)

    @property
    def people(self) -> tuple[Person, ...]:
        return self.officers + self.replaced


def fact(value: str, tokens: Sequence[Token]) -> Fact | None:
    """Nothing when there are no words."""
    value = value.strip()
    if not value:
        return None
    sure = min((token.confidence for token in tokens), default=1.0)
    return Fact(value, sure, place_of(tokens))
