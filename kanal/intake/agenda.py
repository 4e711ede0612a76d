"""The year's book of agenda numbers, for letters and the mails that brought them."""

from __future__ import annotations

from kanal.intake.models import AgendaBook


def next_number(government_id: int, year: int) -> int:
    """Locks the year's book until the transaction ends, so numbers neither skip nor repeat."""
    AgendaBook.objects.bulk_create(
        [AgendaBook(government_id=government_id, year=year)], ignore_conflicts=True
    )
    book = AgendaBook.objects.select_for_update().get(government_id=government_id, year=year)
    book.last += 1
    book.save(update_fields=["last"])
    return book.last
