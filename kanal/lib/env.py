"""Typed answers from the environment, with the mistake named."""

import os
from pathlib import Path


class EnvironmentMistake(Exception):
    """A setting in the environment can't be used; the message names it and says what would do."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    given = os.environ.get(name, "").strip().lower()
    if given in {"1", "true", "yes", "on"}:
        return True
    if given in {"0", "false", "no", "off"}:
        return False
    if given:
        raise EnvironmentMistake(f"{name}={given!r}: write 1 or 0")
    return default


def number(name: str, default: int) -> int:
    given = os.environ.get(name, "").strip()
    try:
        return int(given) if given else default
    except ValueError:
        raise EnvironmentMistake(f"{name}={given!r}: write a whole number") from None


def words(name: str, default: list[str]) -> list[str]:
    """Comma-separated words."""
    given = os.environ.get(name, "")
    return [word.strip() for word in given.split(",") if word.strip()] or default


def folder(name: str, default: Path) -> Path:
    return Path(os.environ.get(name) or default).expanduser().absolute()
