"""Two governments with everything in them, told apart by their numbers and by one word each.

`FAR` is another government, `NEXT_DOOR` another office of the same one. Their rows are numbered
from a start of their own, so one query sees whether anything of theirs was touched, and every
name of theirs holds a word of their own, so one search sees whether a page tells about them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from kanal.appointments.models import Letter, LetterKind
from kanal.directory.models import (
    UNIT_ROLES,
    Government,
    Headship,
    RoleKind,
    Unit,
    UnitClass,
    User,
)
from kanal.intake.actions import receive
from kanal.intake.models import Channel, Medium
from kanal.lib.dates import today
from kanal.mandates import actions as mandates
from kanal.mandates.actions import Confirmed
from kanal.mandates.models import Mandate
from kanal.register.models import Account
from kanal.register.reports import report_account
from tests.factories import (
    GovernmentFactory,
    RoleFactory,
    UnitFactory,
    UserFactory,
    a_head,
    a_letter,
    a_nip,
    accepted,
    an_account,
    an_employee,
    an_officer,
    checked,
    letters,
    returned,
)
from tests.walls import papers, reminded, served

HERE, NEXT_DOOR, FAR = 100_000, 500_000, 900_000
ROOM = 100_000
# The word in every name of a place.
WORDS = {HERE: "Melati", NEXT_DOOR: "Kencana", FAR: "Zamrud"}
# At the beginning of what spreadsheets would take for something to carry out.
FORMULA = "=cmd|'/C calc'!A1"
# In every name of our own office: whatever prints it unescaped is found by reading the page.
NASTY = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>\u202e=A1"

INSTRUCTION = """INSTRUKSI KEPALA DAERAH
NOMOR {number} TAHUN 2026
TENTANG
PENUNJUKAN PETUGAS {word}

Dalam rangka pelayanan informasi, dengan ini menginstruksikan :

Kepada : 1. Para Lurah {word}
         2. Para Kepala Dinas {word}
Untuk :

KESATU : Menunjuk petugas pengelola media sosial {word}.
KEDUA : Melaporkan penunjukan itu.

Instruksi ini mulai berlaku pada tanggal ditandatangani.

Dikeluarkan di Jakarta
pada tanggal 2 Maret 2026

GUBERNUR,

{word} WIRASENA
"""


@dataclass
class Place:
    """One office with everything an office can have, and its numbers by what they number."""

    start: int
    unit: Unit
    staff: dict[RoleKind, User]
    # By the kinds of addresses.py; numbers are row numbers, words are codes.
    values: dict[str, int | str] = field(default_factory=dict)

    @property
    def government(self) -> Government:
        return self.unit.government

    @property
    def word(self) -> str:
        return WORDS[self.start]


@dataclass
class Town:
    here: Place
    next_door: Place
    far: Place
    unemployed: User

    @property
    def places(self) -> list[Place]:
        return [self.here, self.next_door, self.far]


def counted_models() -> list[type[models.Model]]:
    """The tables of ours whose rows have a number, with those between two of them."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("kanal.")
        and isinstance(model._meta.pk, models.AutoField | models.BigAutoField)
        and model._meta.managed
    ]


def number_from(start: int) -> None:
    """The next row of every table gets the number after this."""
    tables = [model._meta.db_table for model in counted_models()]
    restart = ", ".join(f"setval(pg_get_serial_sequence('{t}', 'id'), {start})" for t in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {restart}")


def build_town() -> Town:
    day = today()
    number_from(HERE)
    government = GovernmentFactory()
    number_from(FAR)
    far_government = GovernmentFactory(
        code="32", name="Pemerintah Provinsi Zamrud", short_name="Pemprov Zamrud"
    )
    far = _office(far_government, "32.01.07.2001", FAR, day)
    number_from(NEXT_DOOR)
    next_door = _office(government, "31.73.07.1002", NEXT_DOOR, day)
    number_from(HERE + 1000)
    here = _office(government, "31.73.07.1001", HERE, day, nasty=NASTY)
    for place in (far, next_door, here):
        number_from(place.start + ROOM // 2)
        nasty = NASTY if place is here else ""
        papers.furnish(place, day, nasty, with_shared=place is not next_door)
        if place is not next_door:
            place.values |= dict(served.bring(place, day, nasty))
            place.values |= dict(reminded.bring(place, day, nasty))
    for place in (far, next_door, here):
        number_from(place.start + 3 * ROOM // 4)
        place.values |= dict(served.notice_of(place, day))
    return Town(here, next_door, far, _user(government, "Belum Berperan"))


def _office(
    government: Government,
    code: str,
    start: int,
    day: date,
    *,
    nasty: str = "",
) -> Place:
    word = WORDS[start]
    unit = UnitFactory(
        government=government,
        code=code,
        name=f"Kelurahan {word} {nasty}".strip(),
        abbreviation=f"{word if nasty else FORMULA} {nasty}".strip(),
        email=f"kantor@{word.lower()}.contoh.go.id",
        path=f"/{government.code}/{code}/",
    )
    staff = {
        kind: _user(government, f"{kind.label} {word} {nasty}", kind, unit) for kind in RoleKind
    }
    place = Place(start, unit, staff)
    _furnish(place, staff[RoleKind.VERIFIER], day, nasty)
    return place


def _user(
    government: Government, name: str, kind: RoleKind | None = None, unit: Unit | None = None
) -> User:
    user: User = UserFactory(government=government, name=name.strip()[:160], password=None)
    if kind is not None:
        RoleFactory(user=user, kind=kind, unit=unit if kind in UNIT_ROLES else None)
    return user


def _furnish(place: Place, verifier: User, day: date, nasty: str) -> None:
    """Accounts, people, letters in every state, receipts and a legal basis, by the real actions."""
    unit, word = place.unit, place.word
    head = a_head(unit, f"Hendra {word} {nasty}"[:150].strip())
    clerk = place.staff[RoleKind.OFFICER]
    account = an_account(
        unit, f"https://www.instagram.com/{word.lower()}.satu/", by=clerk, today=day
    )
    an_account(unit, f"https://x.com/{word.lower()}_dua", by=clerk, today=day)
    employee = an_employee(unit, f"Wulan {word} {nasty}"[:150].strip())
    employee.postings.update(post=f"{nasty or FORMULA} {word}", rank=f"{nasty or FORMULA} {word}")
    in_force = _letter(place, "Lilis", head, account, day - timedelta(days=60), nasty)
    accepted(in_force, by=verifier, today=day)
    waiting = _letter(place, "Raka", head, account, day - timedelta(days=9), nasty)
    checked(waiting, verifier)
    held = _letter(place, "Sinta", head, account, day - timedelta(days=8), nasty)
    letters.hold(letter=held, note=f"Menunggu {word} {nasty}"[:300], by=verifier)
    returned(
        _letter(place, "Tono", head, account, day - timedelta(days=7), nasty),
        note=f"Pindai ulang {word} {nasty}",
        by=verifier,
    )
    receipt = receive(
        letter=in_force,
        medium=Medium.HARDCOPY,
        channel=Channel.COUNTER,
        received_on=day,
        note=f"Dari loket {word} {nasty}"[:300],
        by=verifier,
        today=day,
    )
    unit.names.create(name=f"{unit.name[:60]} lama", basis=f"Pergub {nasty}")
    report = report_account(
        text=f"{word.lower()}.satuu {nasty}",
        note=f"Minta pulsa {word} {nasty}",
        government=unit.government,
        now=timezone.now(),
    )
    place.values = {
        "report": report.pk,
        "nip": employee.identity_number,
        "code": unit.code,
        "receipt code": receipt.code,
        "unit": unit.pk,
        "letter in force": in_force.pk,
        "letter waiting": waiting.pk,
        "file": in_force.files.get().pk,
        "receipt": receipt.pk,
        "account": account.pk,
        "person": employee.pk,
        "posting": employee.postings.get().pk,
        "headship": head.pk,
        "user": clerk.pk,
        "role": clerk.roles.get().pk,
    }
    _legal_basis(place, verifier, day)


def _letter(
    place: Place, first_name: str, head: Headship, account: Account, dated: date, nasty: str
) -> Letter:
    word = place.word
    return a_letter(
        place.unit,
        officers=[
            an_officer(
                f"{first_name} {word} {nasty}"[:150].strip(),
                identity_number=a_nip(),
                accounts=[account],
                post=f"Pranata Humas {word} {nasty}".strip(),
                evidence=f"Sertifikat {word} {nasty}".strip(),
            )
        ],
        by=place.staff[RoleKind.OFFICER],
        today=today(),
        kind=LetterKind.APPOINTMENT,
        dated=dated,
        subject=f"Penunjukan {word} {nasty}".strip(),
        signer_name=head.person.full_name,
        signer_nip=head.person.identity_number,
        signer_post=f"Lurah {word} {nasty}".strip(),
    )


def _legal_basis(place: Place, keeper: User, day: date) -> None:
    """One confirmed and with a deadline, one still waiting for confirmation."""
    if place.start == NEXT_DOOR:
        return
    first, second = (
        mandates.take_in(
            government=place.government,
            text=INSTRUCTION.format(number=number, word=place.word),
            by=keeper,
        )
        for number in (7, 8)
    )
    mandates.confirm(mandate=first, facts=_confirmed(first), by=keeper, today=day)
    mandates.decide_deadline(
        mandate=first,
        effective_on=day,
        reason=f"Rapat {place.word}",
        decided_by_name=f"Sekretaris {place.word}",
        decided_on=day,
        by=keeper,
        today=day,
    )
    place.values |= {"mandate": first.pk, "unconfirmed mandate": second.pk}


def _confirmed(mandate: Mandate) -> Confirmed:
    names = [name for name in Confirmed.__dataclass_fields__ if name != "classes"]
    facts = {name: getattr(mandate, name) for name in names}
    return Confirmed(**facts, classes={1: UnitClass.VILLAGE, 2: UnitClass.OFFICE})
