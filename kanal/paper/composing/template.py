"""Templates: which letters they are for, the rule and the years they follow, and their text."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kanal.paper.composing.facts import Facts, Form, Kind
from kanal.paper.composing.glyphs import FAMILIES
from kanal.paper.composing.mistakes import TemplateMistake

FOLDER = Path(__file__).parent / "templates"
MAX_SOURCE = 100_000


@dataclass(frozen=True, slots=True)
class Style:
    """How a rule wants letters to look. `address_side` is `left` or `right`; sizes in points."""

    font: str = "Liberation Serif"
    size: int = 12
    unit_larger: int = 4
    address_side: str = "left"
    date_with_place: bool = False
    post_upper: bool = False
    name_bold: bool = True
    name_underlined: bool = False
    nip_mark: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """`until_year` None: still in force. `is_shipped`: ours, so it may run in this process."""

    name: str
    title: str
    kinds: frozenset[Kind]
    forms: frozenset[Form]
    rule: str
    from_year: int
    until_year: int | None
    source: str
    style: Style = field(default_factory=Style)
    is_shipped: bool = False

    def fits(self, facts: Facts) -> bool:
        return facts.kind in self.kinds and facts.form in self.forms

    def is_for_year(self, year: int) -> bool:
        return self.from_year <= year and (self.until_year is None or year <= self.until_year)

    @classmethod
    def from_text(cls, source: str, metadata: dict[str, Any]) -> Template:
        """An office's own template. Raises TemplateMistake for what it says about itself.

        Metadata: name, title, kinds, forms, rule, from_year, and if wanted until_year and style.
        """
        if len(source) > MAX_SOURCE or "\0" in source:
            raise TemplateMistake(None, "Naskah templat terlalu panjang atau bukan teks.")
        return cls(source=source, **_read_metadata(metadata))


def _read_metadata(said: dict[str, Any]) -> dict[str, Any]:
    try:
        return {
            "name": str(said["name"])[:80],
            "title": str(said["title"])[:160],
            "kinds": frozenset(Kind(kind) for kind in said["kinds"]),
            "forms": frozenset(Form(form) for form in said["forms"]),
            "rule": str(said["rule"])[:300],
            "from_year": int(said["from_year"]),
            "until_year": None if said.get("until_year") is None else int(said["until_year"]),
            "style": _read_style(said.get("style", {})),
        }
    except KeyError as error:
        raise TemplateMistake(None, f"Keterangan templat “{error.args[0]}” belum ada.") from None
    except (ValueError, TypeError) as error:
        raise TemplateMistake(None, f"Keterangan templat salah: {error}") from None


def _read_style(said: dict[str, Any]) -> Style:
    """Every value as the type of its default, so that no template is built upon a guess."""
    standard = Style()
    if not isinstance(said, dict):
        raise TypeError("style")
    for name, value in said.items():
        if type(value) is not type(getattr(standard, name, None)):
            raise ValueError(f"style.{name}")
    style = Style(**said)
    if style.font not in FAMILIES or not 8 <= style.size <= 14:
        raise ValueError("style.font, style.size")
    return style


@cache
def shipped() -> dict[str, Template]:
    """Ours by name, `surat-99-2021`: every paper under every rule."""
    rules = {path.stem: _load(path) for path in sorted((FOLDER / "rules").glob("*.json"))}
    papers = {path.stem: _load(path) for path in sorted(FOLDER.glob("*.json"))}
    made = [_shipped(paper, papers[paper], rule, rules[rule]) for paper in papers for rule in rules]
    return {template.name: template for template in made}


def _load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def _shipped(paper: str, about: dict[str, Any], rule: str, ruled: dict[str, Any]) -> Template:
    source = (FOLDER / f"{paper}.typ").read_text(encoding="utf-8")
    said = _read_metadata({**about, **ruled, "name": f"{paper}-{rule}"})
    return Template(source=source, is_shipped=True, **said)


def fitting(facts: Facts) -> list[Template]:
    """Ours for these facts, the rule that came last first."""
    made = shipped().values()
    fit = [one for one in made if one.fits(facts) and one.is_for_year(facts.date.year)]
    return sorted(fit, key=lambda one: (-one.from_year, one.name))
