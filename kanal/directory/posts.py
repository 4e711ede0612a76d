"""Where people work, and who heads a unit: begun and ended, never edited."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kanal.directory.models import Capacity, Headship, Person, Posting, Unit, User
from kanal.directory.permissions import EDIT_DIRECTORY, require
from kanal.directory.units import tidy
from kanal.journal.actions import record
from kanal.lib.dates import say_day
from kanal.lib.refusal import Refused

# Signing in somebody's name is not heading the unit.
HEADING = [
    capacity
    for capacity in Capacity
    if capacity not in (Capacity.ON_BEHALF, Capacity.ON_BEHALF_BELOW)
]


class PostRefused(Refused):
    """Nobody's post was changed."""

    status = 422


def begin_posting(
    *, person: Person, unit: Unit, post: str, rank: str, begins_on: date, by: User, today: date
) -> Posting:
    require(by=by, permission=EDIT_DIRECTORY, unit=unit)
    _check_house(person, unit)
    _check_days(unit, begins_on, today)
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        held = Posting.objects.filter(person=person, unit=unit, ends_on=None).first()
        if held:
            raise PostRefused(
                _("%(person)s sudah tercatat bekerja di %(unit)s.")
                % {"person": person.full_name, "unit": unit.name},
                next_step=_("Akhiri dulu penempatan itu, bila jabatannya berganti."),
                field="unit",
            )
        posting = Posting.objects.create(
            person=person, unit=unit, post=tidy(post), rank=tidy(rank), begins_on=begins_on
        )
        after = {"post": posting.post, "rank": posting.rank, "begins_on": begins_on.isoformat()}
        _record("begin-posting", person, unit, by, after=after)
    return posting


def end_posting(*, posting: Posting, ends_on: date, reason: str, by: User, today: date) -> Posting:
    """`ends_on` is the first day the person no longer works there."""
    require(by=by, permission=EDIT_DIRECTORY, unit=posting.unit)
    if not tidy(reason):
        raise PostRefused(
            _("Alasannya kosong."),
            next_step=_("Tulis alasannya, misalnya mutasi atau pensiun."),
            field="reason",
        )
    with transaction.atomic():
        posting = Posting.objects.select_for_update(of=("self",)).get(pk=posting.pk)
        _check_end(posting.begins_on, posting.ends_on, ends_on, today)
        posting.ends_on, posting.end_reason = ends_on, tidy(reason)
        posting.save(update_fields=["ends_on", "end_reason"])
        after = {"ends_on": ends_on.isoformat(), "reason": posting.end_reason}
        _record("end-posting", posting.person, posting.unit, by, after=after)
    return posting


def begin_headship(
    *,
    unit: Unit,
    person: Person,
    capacity: Capacity,
    begins_on: date,
    basis: str,
    by: User,
    today: date,
) -> Headship:
    """Whoever headed the unit until then ends on the same day."""
    require(by=by, permission=EDIT_DIRECTORY, unit=unit)
    _check_house(person, unit)
    _check_days(unit, begins_on, today)
    with transaction.atomic():
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        before = _end_the_one_before(unit, person, begins_on)
        headship = Headship.objects.create(
            unit=unit, person=person, capacity=capacity, begins_on=begins_on, basis=tidy(basis)
        )
        after = {
            "capacity": str(capacity),
            "begins_on": begins_on.isoformat(),
            "basis": headship.basis,
        }
        _record("begin-headship", person, unit, by, before=before, after=after)
    return headship


def _end_the_one_before(unit: Unit, person: Person, day: date) -> dict[str, Any] | None:
    rows = Headship.objects.filter(unit=unit).select_related("person").order_by("begins_on", "pk")
    later = [row for row in rows if row.begins_on >= day or (row.ends_on and row.ends_on > day)]
    if later:
        raise PostRefused(
            _("%(person)s sudah tercatat memimpin sejak %(since)s sampai %(until)s.")
            % {
                "person": later[0].person.full_name,
                "since": say_day(later[0].begins_on),
                "until": say_day(later[0].ends_on) if later[0].ends_on else _("sekarang"),
            },
            next_step=_("Pilih tanggal mulai sesudah itu."),
            field="begins_on",
        )
    held = [row for row in rows if row.ends_on is None]
    Headship.objects.filter(pk__in=[row.pk for row in held]).update(ends_on=day)
    if not held:
        return None
    return {"head": held[-1].person.full_name, "person": held[-1].person_id}


def end_headship(*, headship: Headship, ends_on: date, by: User, today: date) -> Headship:
    require(by=by, permission=EDIT_DIRECTORY, unit=headship.unit)
    with transaction.atomic():
        headship = Headship.objects.select_for_update(of=("self",)).get(pk=headship.pk)
        _check_end(headship.begins_on, headship.ends_on, ends_on, today)
        headship.ends_on = ends_on
        headship.save(update_fields=["ends_on"])
        after = {"ends_on": ends_on.isoformat()}
        _record("end-headship", headship.person, headship.unit, by, after=after)
    return headship


def _check_house(person: Person, unit: Unit) -> None:
    if person.government_id != unit.government_id:
        raise PostRefused(
            _("Orang dan kantor ini dari pemerintah yang berbeda."),
            next_step=_("Pilih orang dari pemerintah ini."),
        )


def _check_days(unit: Unit, begins_on: date, today: date) -> None:
    if begins_on > today:
        raise PostRefused(
            _("%(day)s belum tiba.") % {"day": say_day(begins_on)},
            next_step=_("Catat pada hari itu, atau periksa tanggalnya."),
            field="begins_on",
        )
    if not unit.is_open(begins_on):
        raise PostRefused(
            _("%(unit)s tidak buka pada %(day)s.") % {"unit": unit.name, "day": say_day(begins_on)},
            next_step=_("Pilih kantor yang buka pada hari itu, atau periksa tanggalnya."),
            field="begins_on",
        )


def _check_end(begun: date | None, ended: date | None, ends_on: date, today: date) -> None:
    if ended:
        raise PostRefused(
            _("Ini sudah diakhiri pada %(day)s.") % {"day": say_day(ended)},
            next_step=_("Muat ulang halamannya."),
        )
    if begun and ends_on <= begun:
        raise PostRefused(
            _("Akhirnya harus sesudah %(day)s, hari mulainya.") % {"day": say_day(begun)},
            next_step=_("Periksa tanggalnya."),
            field="ends_on",
        )
    if ends_on > today:
        raise PostRefused(
            _("%(day)s belum tiba.") % {"day": say_day(ends_on)},
            next_step=_("Catat pada hari itu, atau periksa tanggalnya."),
            field="ends_on",
        )


def _record(
    verb: str,
    person: Person,
    unit: Unit,
    by: User,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any],
) -> None:
    record(
        verb=verb,
        by=by,
        government=unit.government_id,
        subject=f"person:{person.pk}",
        unit=unit.code,
        before=before,
        after=after,
    )
