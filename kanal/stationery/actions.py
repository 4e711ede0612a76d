from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kanal.directory.models import Unit, User
from kanal.directory.permissions import require
from kanal.journal.actions import record
from kanal.lib.files import PNG, Kept, keep
from kanal.lib.refusal import Refused
from kanal.paper.composing.logo import read_logo
from kanal.paper.composing.mistakes import LogoMistake
from kanal.stationery import patterns
from kanal.stationery.models import Letterhead, NumberBook, NumberEntry, NumberState
from kanal.stationery.permissions import EDIT_LETTERHEAD, KEEP_BOOK, TAKE_NUMBER

LINES = ("government_line", "above", "unit_line", "address", "contact", "city")
_MOST_AT_ONCE = 5000


class LogoRefused(Refused):
    """The picture can't be a logo; the words of the letterhead were not saved either."""

    status = 422


class NumberRefused(Refused):
    """The book can't do that."""


def write_letterhead(
    *, unit: Unit, lines: dict[str, Any], logo: bytes | None, without_logo: bool, by: User
) -> Letterhead:
    """`lines` as in `LINES`. `logo` None leaves the one there is, unless `without_logo`."""
    require(by=by, permission=EDIT_LETTERHEAD, unit=unit)
    kept = _kept_logo(logo) if logo is not None else None
    with transaction.atomic():
        row = Letterhead.objects.select_for_update().filter(unit=unit).first()
        row = row or Letterhead(government_id=unit.government_id, unit=unit)
        before = _said(row)
        for name in LINES:
            setattr(row, name, lines[name])
        if kept is not None:
            file, row.logo_width, row.logo_height = kept
            row.logo, row.logo_sha256 = file.name, file.sha256
        elif without_logo:
            row.logo, row.logo_sha256, row.logo_width, row.logo_height = "", "", 0, 0
        row.changed_by_name = by.name
        row.save()
        record(
            verb="change-letterhead",
            by=by,
            government=unit.government_id,
            unit=unit.code,
            subject=f"letterhead:{row.pk}",
            before=before,
            after=_said(row),
        )
    return row


def _kept_logo(data: bytes) -> tuple[Kept, int, int]:
    """Drawn anew in a child with limits: what is kept is ours, not what was sent."""
    try:
        logo = read_logo(data)
    except LogoMistake as mistake:
        raise LogoRefused(
            str(mistake),
            next_step=_("Pilih gambar PNG, JPEG, atau SVG lain."),
            field="logo",
        ) from mistake
    kept = keep(ContentFile(logo.png, name="logo.png"), "kop", allowed={PNG})
    return kept, logo.width, logo.height


def _said(row: Letterhead) -> dict[str, Any]:
    return {name: getattr(row, name) for name in LINES} | {"logo": row.logo_sha256}


def book_of(unit: Unit, form: str, year: int) -> NumberBook:
    """The book, not yet saved where none was opened: with the pattern of the year before."""
    book = NumberBook.objects.filter(unit=unit, form=form, year=year).first()
    if book is not None:
        return book
    earlier = NumberBook.objects.filter(unit=unit, form=form, year__lt=year).order_by("-year")
    pattern = earlier.values_list("pattern", flat=True).first() or patterns.usual(form)
    return NumberBook(
        government_id=unit.government_id, unit=unit, form=form, year=year, pattern=pattern
    )


def _locked(unit: Unit, form: str, year: int) -> NumberBook:
    """Opened if need be, and nobody else's until the transaction ends."""
    NumberBook.objects.bulk_create([book_of(unit, form, year)], ignore_conflicts=True)
    return NumberBook.objects.select_for_update().get(unit=unit, form=form, year=year)


def take_number(
    *, unit: Unit, form: str, dated: date, subject: str, code: str, by: User
) -> NumberEntry:
    """The next number of the year's book, in the caller's transaction: it rolls back with it."""
    require(by=by, permission=TAKE_NUMBER, unit=unit)
    book = _locked(unit, form, dated.year)
    return _write_entry(book, dated=dated, subject=subject, code=code, by=by)


def _write_entry(
    book: NumberBook,
    *,
    dated: date,
    subject: str,
    by: User,
    code: str = "",
    state: str = NumberState.USED,
    count: int = 1,
) -> NumberEntry:
    first, last = book.last + 1, book.last + count
    text = patterns.written(book.pattern, first, book.year)
    if count > 1:
        text += f" – {patterns.written(book.pattern, last, book.year)}"
    book.last = last
    book.save(update_fields=["last"])
    entry = NumberEntry.objects.create(
        book=book,
        n=first,
        through=last,
        text=text[:80],
        dated=dated,
        subject=subject,
        code=code,
        state=state,
        by=by,
        by_name=by.name,
    )
    record(
        verb="take-number",
        by=by,
        government=book.government_id,
        unit=book.unit.code,
        subject=f"number:{entry.pk}",
        letter=entry.text,
        after={"form": book.form, "year": book.year, "state": state, "code": code},
    )
    return entry


def write_outside(
    *, unit: Unit, form: str, dated: date, subject: str, through: int | None, by: User, today: date
) -> NumberEntry:
    """Numbers used outside Kanal: the next one, or all up to `through` at once."""
    require(by=by, permission=KEEP_BOOK, unit=unit)
    if dated > today:
        raise NumberRefused(
            _("Tanggal ini belum tiba."), next_step=_("Periksa tanggalnya."), field="dated"
        )
    with transaction.atomic():
        book = _locked(unit, form, dated.year)
        count = 1 if through is None else through - book.last
        if not 1 <= count <= _MOST_AT_ONCE:
            raise NumberRefused(
                _("Buku ini sudah sampai nomor %(last)s.") % {"last": book.last},
                next_step=_("Isi nomor terakhir yang lebih besar, paling banyak 5.000 sekaligus."),
                field="through",
            )
        return _write_entry(
            book,
            dated=dated,
            subject=subject,
            by=by,
            state=NumberState.OUTSIDE,
            count=count,
        )


def set_pattern(*, unit: Unit, form: str, year: int, pattern: str, by: User) -> NumberBook:
    """How further numbers are written; those given out stay as they are."""
    require(by=by, permission=KEEP_BOOK, unit=unit)
    tidy = patterns.check(pattern)
    with transaction.atomic():
        book = _locked(unit, form, year)
        before, book.pattern = book.pattern, tidy
        book.save(update_fields=["pattern"])
        record(
            verb="change-number-pattern",
            by=by,
            government=book.government_id,
            unit=unit.code,
            subject=f"number-book:{book.pk}",
            before={"pattern": before},
            after={"form": form, "year": year, "pattern": tidy},
        )
    return book


def void_outside(*, entry: NumberEntry, reason: str, by: User) -> None:
    """A number that no paper of Kanal bears; it stays in the book with its reason."""
    require(by=by, permission=KEEP_BOOK, unit=entry.book.unit)
    with transaction.atomic():
        current = NumberEntry.objects.select_for_update(no_key=True).get(pk=entry.pk)
        if not current.may_be_voided_here:
            raise NumberRefused(
                _("Nomor ini tidak dapat dibatalkan dari buku."),
                next_step=_("Nomor surat Kanal dibatalkan di halaman suratnya."),
            )
        void_number(entry=entry, reason=reason, by=by)


def void_number(*, entry: NumberEntry, reason: str, by: User) -> None:
    """In the caller's transaction, beside the voiding of the paper that bears it."""
    require(by=by, permission=KEEP_BOOK, unit=entry.book.unit)
    changed = (
        NumberEntry.objects.filter(pk=entry.pk)
        .exclude(state=NumberState.VOID)
        .update(
            state=NumberState.VOID,
            voided_at=timezone.now(),
            voided_by_name=by.name,
            void_reason=reason,
        )
    )
    if not changed:
        raise NumberRefused(_("Nomor ini sudah dibatalkan."), next_step=_("Muat ulang halaman."))
    record(
        verb="void-number",
        by=by,
        government=entry.book.government_id,
        unit=entry.book.unit.code,
        subject=f"number:{entry.pk}",
        letter=entry.text,
        after={"reason": reason},
    )
