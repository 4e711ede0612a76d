"""What stands in the tables, so that a test can say that nothing changed, and where something did.

A row counts with its version number, so even a write that changes no column shows.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection, models

from tests.walls.houses import ROOM, counted_models

Ledger = dict[str, tuple[int, str]]

# Signing in and out, and reading in one's own language, are nobody else's business.
NOT_COUNTED = {"django_session"}


def everything() -> Ledger:
    tables = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.db_table not in NOT_COUNTED
    }
    return _read(dict.fromkeys(sorted(tables), "TRUE"))


def of_place(start: int) -> Ledger:
    """The rows of a place, and the rows of others that point at one of them."""
    asked = {}
    for model in counted_models():
        own = f"t.id BETWEEN {start} AND {start + ROOM}"
        pointing = [
            f"t.{column} BETWEEN {start} AND {start + ROOM}" for column in pointing_columns(model)
        ]
        asked[model._meta.db_table] = " OR ".join([own, *pointing])
    return _read(asked)


def pointing_columns(model: type[models.Model]) -> list[str]:
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model in counted_models()
    ]
    # The journal outlives what it tells of, so it has no foreign keys.
    return columns or (["government"] if model._meta.label == "journal.Entry" else [])


def _read(asked: dict[str, str]) -> Ledger:
    parts = [
        f"SELECT '{table}', count(*),"
        f" coalesce(sum(hashtextextended(t.xmin::text || t::text, 0)), 0)::text"
        f" FROM {table} t WHERE {where}"
        for table, where in asked.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return {table: (count, mark) for table, count, mark in cursor.fetchall()}


def changes(before: Ledger, after: Ledger) -> list[str]:
    return [
        f"{table} ({before[table][0]} -> {after[table][0]} rows)"
        for table in before
        if before[table] != after[table]
    ]
