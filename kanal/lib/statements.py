"""Statements as they stand: for work done so often that the ORM takes longer to word a question
than the database to answer it."""

from __future__ import annotations

from typing import Any

from django.db import connection


def asked(statement: str, **given: Any) -> list[tuple[Any, ...]]:
    """All rows; `%(name)s` in the statement stands for what is given."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
