"""What a page says and where: the one shape that every way of reading a file ends in."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Word:
    """One word with its box in points from the page's upper left corner.

    `confidence` is 0..1: 1 for text the file itself carries, less for what was recognised.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float = 1.0

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def height(self) -> float:
        return self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Page:
    """Width and height in points. Words in no particular order: coordinates decide."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """The whole file as one engine saw it: `pdf`, `docx`, `tesseract`, `rapidocr`, `mix`."""

    engine: str
    pages: tuple[Page, ...] = field(default=())

    @property
    def is_recognised(self) -> bool:
        """By looking at pictures, so digits may be wrong."""
        return self.engine in {"tesseract", "rapidocr", "mix"}
