"""Dataclasses to JSON and back, strictly: every mistake is named by its place."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import types
import unicodedata
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from kanal.paper.composing.mistakes import FactsMistake

T = TypeVar("T")

MAX_LETTERS = 600
MAX_ENTRIES = 1000
MAX_LOGO = 1024 * 1024
# Left behind by word processors and chat programs; nobody sees or means them.
_DROPPED = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"), None)


def to_json(value: object) -> Any:
    """JSON's own shapes: dicts in field order, lists, ISO days, bytes as base64."""
    if type(value) is str or value is None:
        return value
    if dataclasses.is_dataclass(value):
        return {name: to_json(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, tuple):
        return [to_json(one) for one in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def from_json(kind: type[T], value: object, field: str = "") -> T:
    """A dataclass of `kind` from what JSON holds. Raises FactsMistake."""
    if not isinstance(value, dict):
        raise FactsMistake(field or "facts", "Isian ini harus berupa objek.")
    hints = _hints(kind)
    for name in value:
        if name not in hints:
            raise FactsMistake(_path(field, str(name)[:60]), "Isian ini tidak dikenal.")
    filled = {
        name: _read(hints[name], value[name], _path(field, name)) for name in hints if name in value
    }
    for one in dataclasses.fields(kind):  # type: ignore[arg-type]
        needed = one.default is dataclasses.MISSING
        if needed and one.name not in filled:
            raise FactsMistake(_path(field, one.name), "Isian ini belum ada.")
    return kind(**filled)


_HINTS: dict[Any, dict[str, Any]] = {}
_NAMES: dict[Any, tuple[str, ...]] = {}


def _hints(kind: Any) -> dict[str, Any]:
    if kind not in _HINTS:
        _HINTS[kind] = get_type_hints(kind)
    return _HINTS[kind]


def _names(kind: Any) -> tuple[str, ...]:
    if kind not in _NAMES:
        _NAMES[kind] = tuple(one.name for one in dataclasses.fields(kind))
    return _NAMES[kind]


def _path(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name


def _read(kind: Any, value: object, field: str) -> Any:
    if get_origin(kind) in (types.UnionType, Union):
        inner = next(one for one in get_args(kind) if one is not type(None))
        return None if value is None else _read(inner, value, field)
    if get_origin(kind) is tuple:
        return _read_entries(get_args(kind)[0], value, field)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return from_json(kind, value, field)
    if kind is int:
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 10**9:
            raise FactsMistake(field, "Isian ini harus bilangan.")
        return value
    if not isinstance(value, str):
        raise FactsMistake(field, "Isian ini harus berupa teks.")
    return _read_text(kind, value, field)


def _read_entries(kind: Any, value: object, field: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise FactsMistake(field, "Isian ini harus berupa daftar.")
    if len(value) > MAX_ENTRIES:
        raise FactsMistake(field, f"Paling banyak {MAX_ENTRIES} baris.")
    return tuple(_read(kind, one, f"{field}[{at}]") for at, one in enumerate(value))


def _read_text(kind: Any, value: str, field: str) -> Any:
    if kind is bytes:
        return _read_bytes(value, field)
    if kind is date:
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise FactsMistake(field, "Tanggal ditulis TTTT-BB-HH.") from None
    if issubclass(kind, StrEnum):
        try:
            return kind(value)
        except ValueError:
            raise FactsMistake(field, f"“{value[:40]}” bukan pilihan di sini.") from None
    if len(value) > MAX_LETTERS * 2:
        raise FactsMistake(field, f"Paling panjang {MAX_LETTERS} huruf.")
    clean = tidy(value)
    check_text(clean, field)
    return clean


def _read_bytes(value: str, field: str) -> bytes:
    if len(value) > MAX_LOGO * 4 // 3:
        raise FactsMistake(field, "Gambar ini terlalu besar.")
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error:
        raise FactsMistake(field, "Gambar ini rusak.") from None


def tidy(text: str) -> str:
    """One line, composed letters, ordinary spaces, without what pasting leaves behind."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_DROPPED)).split())


def check_text(text: str, field: str) -> None:
    """Refuses what would print differently from what it says: controls, reordering, joiners."""
    if len(text) > MAX_LETTERS:
        raise FactsMistake(field, f"Paling panjang {MAX_LETTERS} huruf.")
    if text.isprintable():
        return
    for letter in text:
        if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
            raise FactsMistake(
                field, f"Ada tanda tak terlihat (U+{ord(letter):04X}). Hapus dan ketik ulang."
            )


def texts(value: object, field: str = "") -> Iterator[tuple[str, str]]:
    """Every text with its path, in the order of the fields."""
    if type(value) is str:
        yield field, value
    elif type(value) is tuple:
        for at, one in enumerate(value):
            yield from texts(one, f"{field}[{at}]")
    elif dataclasses.is_dataclass(value):
        for name in _names(type(value)):
            yield from texts(getattr(value, name), _path(field, name))
