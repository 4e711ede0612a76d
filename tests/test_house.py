"""What import-linter can't see: foreign keys named by a string, URLs without a permission."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from kanal.directory.permissions import Permission

ROOT = Path(__file__).parent.parent
# allauth's own pages: it decides itself who may open them (sign-in, one's own account).
ALLAUTH = ("allauth.account.", "allauth.mfa.", "allauth.decorators", "allauth.headless.")


def test_foreign_keys_point_down() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text())
    rows = pyproject["tool"]["importlinter"]["contracts"][0]["layers"]
    height = {
        name: -level for level, row in enumerate(rows) for name in row.replace("|", " ").split()
    }
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model is not model:
                here, there = model._meta.app_label, field.related_model._meta.app_label
                if here in height and there in height and here != there:
                    assert height[here] > height[there], f"{model.__name__}.{field.name}"


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, prefix + str(entry.pattern))
        else:
            yield prefix + str(entry.pattern), entry


def test_every_url_names_its_permission() -> None:
    unnamed = [
        address
        for address, entry in patterns(get_resolver())
        if not isinstance(getattr(entry.callback, "permission", None), Permission)
        and not entry.callback.__module__.startswith(ALLAUTH)
    ]
    assert unnamed == []


def test_every_table_of_ours_belongs_to_a_room_of_the_house() -> None:
    rooms = {path.name for path in (ROOT / "kanal").iterdir() if (path / "apps.py").exists()}
    ours = {m._meta.app_label for m in apps.get_models() if m.__module__.startswith("kanal.")}
    assert ours <= rooms
