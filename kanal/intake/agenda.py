"""The year's book of agenda numbers, for letters and the mails that brought them."""

from __future__ import annotations

from django.db import connection

from kanal.intake.models import AgendaBook

_NEXT = """
INSERT INTO {book} AS book (government_id, year, last) VALUES (%s, %s, 1)
ON CONFLICT (government_id, year) DO UPDATE SET last = book.last + 1
RETURNING last
"""


def next_number(government_id: int, year: int) -> int:
    """Locks the year's book until the transaction ends, so numbers neither skip nor repeat."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT.format(book=AgendaBook._meta.db_table), [government_id, year])
        return int(cursor.fetchone()[0])
