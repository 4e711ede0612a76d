"""Is everything there that this kind of letter must say? Refused by field, before typesetting."""

from __future__ import annotations

import re
from collections.abc import Callable

from kanal.paper.composing import jsonfacts
from kanal.paper.composing.facts import Capacity, Facts, Form, Kind, Officer, Signatory
from kanal.paper.composing.mistakes import FactsMistake

_APPOINTING = frozenset(
    {
        Form.SURAT,
        Form.SURAT_PENUNJUKAN,
        Form.SURAT_TUGAS,
        Form.SURAT_PERINTAH_TUGAS,
        Form.SURAT_PENUGASAN,
        Form.KEPUTUSAN,
    }
)
FORMS: dict[Kind, frozenset[Form]] = {
    Kind.APPOINTMENT: _APPOINTING,
    Kind.REPLACEMENT: _APPOINTING,
    Kind.TERMINATION: _APPOINTING,
    Kind.CORRECTION: frozenset({Form.SURAT}),
    Kind.NIL: frozenset({Form.SURAT}),
    Kind.REMINDER: frozenset({Form.SURAT}),
    Kind.RECEIPT: frozenset({Form.TANDA_TERIMA}),
    Kind.HANDOVER: frozenset({Form.BERITA_ACARA}),
}
_NIP = re.compile(r"\d{18}|\d{9}")
_FIRST_YEAR, _LAST_YEAR = 1945, 2199


def check(facts: Facts, *, needs_number: bool = True) -> None:
    """Raises FactsMistake for the first thing missing, contradictory or unprintable."""
    for field, text in jsonfacts.texts(facts):
        jsonfacts.check_text(text, field)
    _check_always(facts)
    if needs_number:
        _need(facts.number, "number", "Nomor surat belum ada.")
    _check_signatory(facts.signatory)
    for field, people in (("officers", facts.officers), ("replaced", facts.replaced)):
        for at, officer in enumerate(people):
            _check_officer(officer, f"{field}[{at}]")
    for own_check in _OF_KIND[facts.kind]:
        own_check(facts)


def _need(value: object, field: str, message: str) -> None:
    if not value:
        raise FactsMistake(field, message)


def _check_always(facts: Facts) -> None:
    _need(facts.letterhead.government, "letterhead.government", "Nama pemerintah belum ada.")
    _need(facts.letterhead.unit, "letterhead.unit", "Nama unit belum ada.")
    _need(facts.agency, "agency", "Nama unit belum ada.")
    _need(facts.place, "place", "Tempat surat ditetapkan belum ada.")
    for field in ("date", "begins_on", "ends_on"):
        day = getattr(facts, field)
        if day is not None and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            raise FactsMistake(field, "Tahun ini tidak mungkin.")
    if facts.begins_on and facts.ends_on and facts.ends_on < facts.begins_on:
        raise FactsMistake("ends_on", "Berakhir sebelum dimulai.")
    if facts.form not in FORMS[facts.kind]:
        raise FactsMistake("form", f"Bentuk ini tidak dipakai untuk surat {facts.kind.value}.")


def _check_signatory(signatory: Signatory) -> None:
    _check_person(signatory.name, signatory.position, signatory.nip, "signatory")
    on_behalf = signatory.capacity in (Capacity.ON_BEHALF, Capacity.ON_BEHALF_BELOW)
    below = signatory.capacity is Capacity.ON_BEHALF_BELOW
    for is_needed, value, field in (
        (on_behalf, signatory.on_behalf_of, "signatory.on_behalf_of"),
        (below, signatory.through, "signatory.through"),
    ):
        if is_needed and not value:
            raise FactsMistake(field, "Atas nama siapa surat ini ditandatangani belum ada.")
        if value and not is_needed:
            raise FactsMistake(field, "Hanya untuk penandatangan a.n. atau u.b.")


def _check_officer(officer: Officer, field: str) -> None:
    _check_person(officer.name, officer.position, officer.nip, field)


def _check_person(name: str, position: str, nip: str | None, field: str) -> None:
    _need(name, f"{field}.name", "Nama belum ada.")
    _need(position, f"{field}.position", "Jabatan belum ada.")
    if nip is not None and not _NIP.fullmatch(nip):
        raise FactsMistake(f"{field}.nip", "NIP terdiri dari 18 angka tanpa spasi.")


def _check_officers(facts: Facts) -> None:
    _need(facts.officers, "officers", "Petugas yang ditunjuk belum ada.")


def _check_replaced(facts: Facts) -> None:
    _need(facts.replaced, "replaced", "Petugas yang berhenti belum ada.")


def _check_nobody(facts: Facts) -> None:
    if facts.officers or facts.replaced:
        raise FactsMistake("officers", "Surat ini tidak menyebut petugas.")


def _check_nobody_begins(facts: Facts) -> None:
    if facts.officers:
        raise FactsMistake("officers", "Surat penghentian tidak menunjuk petugas baru.")


def _check_nobody_ends(facts: Facts) -> None:
    if facts.replaced:
        raise FactsMistake("replaced", "Hanya surat penggantian yang mengganti petugas.")


def _check_basis(facts: Facts) -> None:
    _need(facts.basis and facts.basis.citation, "basis.citation", "Dasar hukum belum ada.")


def _check_addressee(facts: Facts) -> None:
    if facts.form is Form.SURAT:
        _need(facts.addressee and facts.addressee.name, "addressee.name", "Tujuan surat belum ada.")


def _check_earlier(facts: Facts) -> None:
    _need(facts.earlier and facts.earlier.number, "earlier.number", "Surat asalnya belum ada.")


def _check_corrections(facts: Facts) -> None:
    _need(facts.corrections, "corrections", "Apa yang diralat belum ada.")
    for at, one in enumerate(facts.corrections):
        _need(one.where, f"corrections[{at}].where", "Bagian yang diralat belum ada.")
        if one.was == one.becomes:
            raise FactsMistake(f"corrections[{at}].becomes", "Sama dengan yang semula.")


def _check_receipt(facts: Facts) -> None:
    _need(facts.receipt, "receipt", "Keterangan penerimaan belum ada.")


def _check_reminder(facts: Facts) -> None:
    _need(facts.reminder and facts.reminder.missing, "reminder.missing", "Yang ditagih belum ada.")


def _check_handover(facts: Facts) -> None:
    _need(facts.handover and facts.handover.things, "handover.things", "Yang diserahkan belum ada.")
    if facts.handover:
        _check_officer(facts.handover.giver, "handover.giver")
        _check_officer(facts.handover.receiver, "handover.receiver")


_ISSUED: tuple[Callable[[Facts], None], ...] = (_check_basis, _check_addressee)
_OF_KIND: dict[Kind, tuple[Callable[[Facts], None], ...]] = {
    Kind.APPOINTMENT: (*_ISSUED, _check_officers, _check_nobody_ends),
    Kind.REPLACEMENT: (*_ISSUED, _check_officers, _check_replaced),
    Kind.TERMINATION: (*_ISSUED, _check_replaced, _check_nobody_begins),
    Kind.CORRECTION: (_check_addressee, _check_earlier, _check_corrections),
    Kind.NIL: (*_ISSUED, _check_nobody),
    Kind.RECEIPT: (_check_earlier, _check_receipt),
    Kind.REMINDER: (*_ISSUED, _check_reminder),
    Kind.HANDOVER: (_check_handover,),
}


def find_letter(facts: Facts, character: str) -> str | None:
    """The first field in which a character stands."""
    return next((field for field, text in jsonfacts.texts(facts) if character in text), None)
