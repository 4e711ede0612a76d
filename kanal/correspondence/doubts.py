"""What a draft says against the register: told before it is saved, never refused for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from kanal.appointments.models import Appointment
from kanal.correspondence.models import PaperKind
from kanal.directory.models import Person, Unit
from kanal.directory.reading import headed_by
from kanal.lib.dates import say_day
from kanal.lib.names import fold

_BEGINS = {PaperKind.APPOINTMENT, PaperKind.REPLACEMENT}
# Of more accounts the register's own page tells.
_NAMED = 3


class Named(Protocol):
    """A row of a draft, kept or not."""

    @property
    def person(self) -> Person | None: ...
    @property
    def full_name(self) -> str: ...
    @property
    def identity_number(self) -> str: ...


def doubts(
    *, unit: Unit, kind: str, begins_on: date | None, officers: Sequence[Named], today: date
) -> list[str]:
    """Sentences for whoever writes or approves it, in two queries at most."""
    if kind == PaperKind.NIL:
        return list(_has_accounts(unit))
    if kind in _BEGINS:
        return [
            *_names_signer(unit, officers, today),
            *_in_office(unit, officers, begins_on or today, today),
        ]
    return []


def _has_accounts(unit: Unit) -> Iterator[str]:
    accounts = [str(account) for account in unit.accounts.active().order_by("network", "pk")]
    if accounts:
        yield _(
            "Menurut register kantor ini mempunyai %(count)d akun aktif (%(accounts)s). Pernyataan"
            " nihil bertentangan dengan itu: tutup dulu akunnya di register, atau tulis surat"
            " penunjukan."
        ) % {
            "count": len(accounts),
            "accounts": ", ".join([*accounts[:_NAMED], *(["…"] if accounts[_NAMED:] else [])]),
        }


def _names_signer(unit: Unit, officers: Sequence[Named], today: date) -> Iterator[str]:
    head = headed_by(unit, today)
    for officer in officers:
        if head is not None and _is_same(officer, head.person):
            yield _(
                "%(name)s menunjuk dirinya sendiri: penandatangan surat ini juga petugasnya. Periksa"
                " apakah memang begitu maksudnya."
            ) % {"name": officer.full_name}


def _is_same(officer: Named, person: Person) -> bool:
    """The number decides, else the name."""
    if officer.person is not None:
        return officer.person.pk == person.pk
    if officer.identity_number and person.identity_number:
        return officer.identity_number == person.identity_number
    return fold(officer.full_name) == fold(person.full_name)


def _in_office(
    unit: Unit, officers: Sequence[Named], begins_on: date, today: date
) -> Iterator[str]:
    terms = list(
        Appointment.objects.known()
        .on(begins_on)
        .filter(unit=unit)
        .select_related("person", "letter")
        .order_by("valid")
    )
    for officer in officers:
        term = next((one for one in terms if _is_same(officer, one.person)), None)
        if term is None:
            continue
        told = {
            "name": officer.full_name,
            "since": say_day(term.begins_on),
            "number": term.letter.number,
            "begins": say_day(begins_on),
        }
        yield (
            _(
                "%(name)s sudah petugas kantor ini sejak %(since)s menurut surat %(number)s, padahal"
                " surat ini berlaku surut mulai %(begins)s. Untuk memperbaiki surat itu, tulis ralat."
            )
            if begins_on < today
            else _(
                "%(name)s sudah petugas kantor ini sejak %(since)s menurut surat %(number)s. Surat ini"
                " menunjuknya sekali lagi mulai %(begins)s."
            )
        ) % told
