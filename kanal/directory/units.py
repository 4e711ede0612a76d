"""One unit at a time: opened below another, renamed from a day on, closed with its successor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kanal.directory.models import Headship, Succession, Unit, UnitClass, UnitName, User
from kanal.directory.permissions import EDIT_DIRECTORY, require
from kanal.directory.unit_sheet import open_deed
from kanal.directory.unit_tree import CODE_SIGNS, UnitLine, older, path_below, write
from kanal.directory.waking import wake_the_board
from kanal.journal.actions import record, record_many
from kanal.lib.addresses import usable
from kanal.lib.dates import say_day
from kanal.lib.refusal import Refused

LONGEST_PATH = 500


class UnitRefused(Refused):
    """The register of units stays as it is."""

    status = 422


@dataclass(frozen=True, kw_only=True)
class NewUnit:
    code: str
    name: str
    unit_class: str = UnitClass.SUBUNIT
    abbreviation: str = ""
    head_title: str = ""
    region_code: str = ""
    opened_on: date | None = None


def tidy(text: str) -> str:
    return " ".join(text.split())


def open_unit(*, parent: Unit, facts: NewUnit, by: User) -> Unit:
    """A unit directly below `parent`. Raises UnitRefused, NotAllowed."""
    require(by=by, permission=EDIT_DIRECTORY, unit=parent)
    code, name = facts.code.strip(), tidy(facts.name)
    if not code or not set(code) <= CODE_SIGNS:
        raise UnitRefused(
            _("Kode hanya boleh berisi huruf, angka, titik, tanda hubung, dan garis bawah."),
            next_step=_("Perbaiki kodenya."),
            field="code",
        )
    if not name:
        raise UnitRefused(_("Namanya kosong."), next_step=_("Isi nama lengkap."), field="name")
    if len(path_below(parent, code)) > LONGEST_PATH:
        raise UnitRefused(
            _("Susunan ini terlalu dalam."), next_step=_("Pendekkan kodenya."), field="code"
        )
    with transaction.atomic():
        upper = Unit.objects.select_for_update().get(pk=parent.pk)
        _check_opening(upper, code, facts.opened_on)
        line = UnitLine(
            number=1,
            code=code,
            unit_class=str(facts.unit_class),
            name=name,
            parent_code=upper.code,
            facts={
                "abbreviation": tidy(facts.abbreviation),
                "head_title": tidy(facts.head_title),
                "region_code": facts.region_code.strip() or upper.region_code,
            },
        )
        written = write([line], {upper.code: upper}, upper.government, on=facts.opened_on)
        unit = written.created[0]
        record_many(by=by, deeds=[open_deed(unit)])
    return unit


def _check_opening(parent: Unit, code: str, opened_on: date | None) -> None:
    used = Unit.objects.filter(government_id=parent.government_id, code=code).first()
    if used:
        raise UnitRefused(
            _("Kode %(code)s sudah dipakai %(unit)s.") % {"code": code, "unit": used.name},
            next_step=_("Pilih kode lain."),
            field="code",
        )
    if parent.closed_on and (opened_on is None or parent.closed_on <= opened_on):
        raise UnitRefused(
            _("%(unit)s sudah tutup pada %(day)s.")
            % {"unit": parent.name, "day": say_day(parent.closed_on)},
            next_step=_("Buka unit ini di bawah kantor penerusnya."),
        )
    if opened_on and parent.opened_on and opened_on < parent.opened_on:
        raise UnitRefused(
            _("%(unit)s baru ada sejak %(day)s.")
            % {"unit": parent.name, "day": say_day(parent.opened_on)},
            next_step=_("Pakai tanggal sesudah itu."),
            field="opened_on",
        )


def rename_unit(
    *, unit: Unit, name: str, abbreviation: str, on: date, basis: str = "", by: User, today: date
) -> Unit:
    """The name so far holds until the day. A name to come is recorded when its day has come."""
    require(by=by, permission=EDIT_DIRECTORY, unit=unit)
    name, abbreviation = tidy(name), tidy(abbreviation)
    if on > today:
        raise UnitRefused(
            _("Nama ini baru berlaku pada %(day)s.") % {"day": say_day(on)},
            next_step=_("Catat pada hari itu, supaya surat hari ini memakai nama yang berlaku."),
            field="on",
        )
    with transaction.atomic():
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        _check_still_open(unit, on)
        if name == unit.name:
            raise UnitRefused(
                _("Namanya sama dengan nama sekarang."),
                next_step=_("Isi nama yang baru."),
                field="name",
            )
        before = {"name": unit.name, "abbreviation": unit.abbreviation}
        _begin_name(unit, name, abbreviation, on, basis)
        unit.name, unit.abbreviation = name, abbreviation
        unit.save(update_fields=["name", "abbreviation"])
        after = {"name": name, "abbreviation": abbreviation, "on": on.isoformat(), "basis": basis}
        _record("rename-unit", unit, by, before=before, after=after)
    return unit


def _check_still_open(unit: Unit, on: date) -> None:
    if unit.closed_on:
        raise UnitRefused(
            _("%(unit)s tercatat tutup pada %(day)s.")
            % {"unit": unit.name, "day": say_day(unit.closed_on)},
            next_step=_("Ubah kantor penerusnya."),
        )
    if unit.opened_on and on <= unit.opened_on:
        raise UnitRefused(
            _("%(unit)s baru ada sejak %(day)s.")
            % {"unit": unit.name, "day": say_day(unit.opened_on)},
            next_step=_("Pakai tanggal sesudah itu."),
            field="on",
        )


def _begin_name(unit: Unit, name: str, abbreviation: str, on: date, basis: str) -> None:
    present = UnitName.objects.filter(unit=unit, valid_until=None).first()
    if present and present.valid_from and present.valid_from >= on:
        raise older(unit, present.valid_from, on)
    UnitName.objects.filter(unit=unit, valid_until=None).update(valid_until=on)
    if present is None:  # a unit recorded before its names were
        UnitName.objects.create(
            unit=unit, name=unit.name, abbreviation=unit.abbreviation, valid_until=on
        )
    UnitName.objects.create(
        unit=unit, name=name, abbreviation=abbreviation, valid_from=on, basis=tidy(basis)
    )


def change_contact(*, unit: Unit, email: str, phone: str | None = None, by: User) -> Unit:
    """Where the office is written to and called from now on; both may be empty, None stays.

    What was sent or is queued already keeps the address it was written for.
    """
    require(by=by, permission=EDIT_DIRECTORY, unit=unit)
    email = email.strip()
    if email and not usable(email):
        raise no_address(email)
    with transaction.atomic():
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        before = {"email": unit.email, "phone": unit.phone}
        after = {"email": email, "phone": unit.phone if phone is None else tidy(phone)}
        changed = [name for name, value in after.items() if value != before[name]]
        if changed:
            unit.email, unit.phone = after["email"], after["phone"]
            unit.save(update_fields=["email", "phone"])
            _record(
                "change-unit",
                unit,
                by,
                before={name: before[name] for name in changed},
                after={name: after[name] for name in changed},
            )
    return unit


def no_address(text: str) -> UnitRefused:
    return UnitRefused(
        _("“%(text)s” bukan alamat surel.") % {"text": text[:60]}
        if text
        else _("Ini bukan alamat surel."),
        next_step=_("Tulis satu alamat, misalnya kantor@contoh.go.id."),
        field="email",
    )


def close_unit(
    *, unit: Unit, on: date, successor: Unit | None, event: str, basis: str = "", by: User
) -> Unit:
    """Its last day is the one before `on`. What was recorded of it stays."""
    require(by=by, permission=EDIT_DIRECTORY, unit=unit)
    with transaction.atomic():
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        _check_still_open(unit, on)
        _check_nothing_below(unit, on)
        if successor:
            successor = Unit.objects.select_for_update().get(pk=successor.pk)
            _check_successor(unit, successor, on)
            Succession.objects.create(
                predecessor=unit,
                successor=successor,
                event=tidy(event),
                effective_on=on,
                effective_text=say_day(on, "id"),
                source=tidy(basis),
            )
        unit.closed_on = on
        unit.save(update_fields=["closed_on"])
        UnitName.objects.filter(unit=unit, valid_until=None).update(valid_until=on)
        Headship.objects.filter(unit=unit, ends_on=None, begins_on__lt=on).update(ends_on=on)
        after = {
            "closed_on": on.isoformat(),
            "successor": successor.code if successor else "",
            "event": event,
            "basis": basis,
        }
        _record("close-unit", unit, by, before={"closed_on": None}, after=after)
        wake_the_board()
    return unit


def _check_nothing_below(unit: Unit, on: date) -> None:
    below = Unit.objects.under(unit).exclude(pk=unit.pk).open_on(on)
    names = list(below.order_by("path").values_list("name", flat=True)[:3])
    if names:
        raise UnitRefused(
            _("Masih ada unit yang buka di bawahnya: %(names)s.") % {"names": ", ".join(names)},
            next_step=_("Tutup atau pindahkan unit-unit itu dulu."),
        )


def _check_successor(unit: Unit, successor: Unit, on: date) -> None:
    if successor.pk == unit.pk or successor.government_id != unit.government_id:
        raise UnitRefused(
            _("Kantor ini tidak dapat meneruskan dirinya sendiri."),
            next_step=_("Pilih kantor lain, atau kosongkan penerusnya."),
            field="successor",
        )
    if not successor.is_open(on):
        raise UnitRefused(
            _("%(unit)s tidak buka pada %(day)s.") % {"unit": successor.name, "day": say_day(on)},
            next_step=_("Pilih penerus yang buka pada hari itu."),
            field="successor",
        )


def _record(
    verb: str, unit: Unit, by: User, *, before: dict[str, Any], after: dict[str, Any]
) -> None:
    record(
        verb=verb,
        by=by,
        government=unit.government_id,
        subject=f"unit:{unit.pk}",
        unit=unit.code,
        before=before,
        after=after,
    )
