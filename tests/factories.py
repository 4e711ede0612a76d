"""Offices, people, accounts and letters for tests, made by the real actions wherever one exists.

    unit = an_office("Kelurahan Rawa Melati")
    letter = a_letter(unit, officers=[an_officer("Wulan Kartikasari")])
    accepted(letter)

Every maker takes the day; `TODAY` is the day the tests' stories are told on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory

from kanal.appointments import actions as letters
from kanal.appointments.facts import LetterFacts, OfficerFacts
from kanal.appointments.models import (
    CheckName,
    Letter,
    LetterForm,
    LetterKind,
    ReturnReason,
    Verdict,
)
from kanal.directory.models import (
    Capacity,
    Government,
    Headship,
    Person,
    Posting,
    Role,
    RoleKind,
    Unit,
    UnitClass,
    User,
)
from kanal.intake.actions import submit_letter
from kanal.lib.identity import IdentityKind
from kanal.lib.names import fold, split_titles
from kanal.register import actions as register
from kanal.register.models import Account

TODAY = date(2026, 11, 23)
PASSWORD = "kata-sandi-panjang-2026"

_numbers = count(1)


def a_nip(serial: int | None = None) -> str:
    """A NIP that can be: born 1990, appointed 2015, a woman."""
    n = next(_numbers) if serial is None else serial
    return f"1990{1 + n // 28 % 12:02}{1 + n % 28:02}2015032{1 + n % 999:03}"


class GovernmentFactory(DjangoModelFactory[Government]):
    class Meta:
        model = Government
        django_get_or_create = ("code",)

    code = "31"
    name = "Pemerintah Provinsi DKI Jakarta"
    short_name = "Pemprov DKI Jakarta"
    verifying_unit_name = "Dinas Komunikasi, Informatika dan Statistik"


class UnitFactory(DjangoModelFactory[Unit]):
    class Meta:
        model = Unit

    government = factory.SubFactory(GovernmentFactory)
    code = factory.Sequence(lambda n: f"31.73.07.{1001 + n}")
    unit_class = UnitClass.VILLAGE
    name = factory.Sequence(lambda n: f"Kelurahan Contoh {n + 1}")
    region_code = factory.SelfAttribute("code")
    head_title = "Lurah"

    @factory.lazy_attribute
    def path(self) -> str:
        above = getattr(self, "parent", None)
        return f"{above.path if above else '/31/'}{self.code}/"


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person
        exclude = ("full",)

    full = "Wulan Kartikasari, S.I.Kom."
    government = factory.SubFactory(GovernmentFactory)
    title_before = factory.LazyAttribute(lambda made: split_titles(made.full).prefix)
    name = factory.LazyAttribute(lambda made: split_titles(made.full).bare)
    title_after = factory.LazyAttribute(lambda made: split_titles(made.full).suffix)
    name_folded = factory.LazyAttribute(lambda made: fold(made.name))
    identity_kind = IdentityKind.NIP.value
    identity_number = factory.LazyFunction(a_nip)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    government = factory.SubFactory(GovernmentFactory)
    email = factory.Sequence(lambda n: f"pengguna{n + 1}@contoh.go.id")
    name = "Ratna Dewanti"
    password = factory.django.Password(PASSWORD)


class RoleFactory(DjangoModelFactory[Role]):
    class Meta:
        model = Role

    user = factory.SubFactory(UserFactory)
    kind = RoleKind.VERIFIER
    unit = None
    starts_at = datetime(2018, 1, 1, tzinfo=UTC)
    granted_by_name = "Administrator Contoh"


def a_government(**facts: Any) -> Government:
    return GovernmentFactory(**facts)


def an_office(name: str = "", *, code: str = "", parent: Unit | None = None, **facts: Any) -> Unit:
    given = {"name": name, "code": code, "parent": parent}
    return UnitFactory(**{key: value for key, value in given.items() if value}, **facts)


def a_user(kind: RoleKind, unit: Unit | None = None, **facts: Any) -> User:
    """Somebody with one role, in force since 2018."""
    if unit is not None:
        facts.setdefault("government", unit.government)
    user = UserFactory(**facts)
    RoleFactory(user=user, kind=kind, unit=unit)
    return user


def a_verifier(**facts: Any) -> User:
    return a_user(RoleKind.VERIFIER, **facts)


def a_clerk(unit: Unit, **facts: Any) -> User:
    """Whoever enters letters for the office: its petugas."""
    facts.setdefault("name", "Dimas Arkananta")
    return a_user(RoleKind.OFFICER, unit, **facts)


def a_head(
    unit: Unit,
    full: str = "Drs. Hendra Gunawan, M.Si.",
    *,
    capacity: Capacity = Capacity.DEFINITIVE,
    begins_on: date = date(2020, 1, 1),
    ends_on: date | None = None,
) -> Headship:
    person = PersonFactory(full=full, government=unit.government)
    return Headship.objects.create(
        unit=unit, person=person, capacity=capacity, begins_on=begins_on, ends_on=ends_on
    )


def an_employee(unit: Unit, full: str = "Wulan Kartikasari, S.I.Kom.") -> Person:
    person = PersonFactory(full=full, government=unit.government)
    Posting.objects.create(person=person, unit=unit, post="Pranata Humas")
    return person


def an_account(
    unit: Unit,
    text: str = "",
    *,
    network: str | None = None,
    by: User | None = None,
    today: date = TODAY,
) -> Account:
    return register.declare(
        unit=unit,
        text=text or f"https://www.instagram.com/kantor{unit.pk}.{next(_numbers)}/",
        network=network,
        by=by or a_verifier(government=unit.government),
        today=today,
    )


def an_officer(
    full_name: str = "Wulan Kartikasari, S.I.Kom.",
    *,
    person: Person | None = None,
    replaces: Person | None = None,
    accounts: Sequence[Account] = (),
    **facts: Any,
) -> OfficerFacts:
    """One line of a letter, about a new person, or with `person` one already on record."""
    if person is not None:
        full_name = person.full_name
        facts["identity_kind"] = IdentityKind(person.identity_kind)
        facts["identity_number"] = person.identity_number
        facts["identity_reason"] = person.identity_reason
    facts.setdefault("identity_kind", IdentityKind.NIP)
    if facts["identity_kind"] == IdentityKind.NIP:
        facts.setdefault("identity_number", a_nip())
    facts.setdefault("post", "Pranata Humas Ahli Pertama")
    return OfficerFacts(full_name=full_name, replaces=replaces, accounts=tuple(accounts), **facts)


def letter_facts(
    officers: Iterable[OfficerFacts] = (), *, dated: date = TODAY - timedelta(days=7), **facts: Any
) -> LetterFacts:
    given: dict[str, Any] = {
        "kind": LetterKind.APPOINTMENT,
        "form": LetterForm.SURAT_PENUNJUKAN,
        "number": f"{next(_numbers)}/-1.823.5",
        "subject": "Penunjukan Petugas Pengelola Media Sosial",
        "signer_name": "Drs. Hendra Gunawan, M.Si.",
        "signer_post": "Lurah",
        "signer_capacity": Capacity.DEFINITIVE,
        "begins_on": dated,
        **facts,
    }
    return LetterFacts(dated=dated, officers=tuple(officers) or (an_officer(),), **given)


def a_pdf(words: str = "", *, name: str = "surat.pdf") -> SimpleUploadedFile:
    """A small PDF, each one different, as an office would upload it."""
    return SimpleUploadedFile(name, pdf_bytes(words), content_type="application/pdf")


def pdf_bytes(words: str = "") -> bytes:
    """One page that says the words: enough for readers, and for a person looking at a picture."""
    lines = (words or f"Surat Penunjukan {next(_numbers)}").splitlines()
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 16 Tf 22 TL 60 760 Td {shown} ET".encode("latin-1", "replace")
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Font<</F1 5 0 R>>>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, part)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, rows)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return made + table + trailer % (len(parts) + 1, len(made))


def a_letter(
    unit: Unit,
    *,
    officers: Iterable[OfficerFacts] = (),
    by: User | None = None,
    today: date = TODAY,
    with_file: bool = True,
    **facts: Any,
) -> Letter:
    """Entered by the office's own clerk with its PDF, so that the softcopy is received."""
    return submit_letter(
        unit=unit,
        facts=letter_facts(officers, **facts),
        files=[a_pdf()] if with_file else [],
        by=by or a_clerk(unit),
        today=today,
    )


def checked(letter: Letter, by: User | None = None) -> User:
    """Every named check meets. Returns the verifier who looked."""
    by = by or a_verifier(government=letter.government)
    for name in CheckName:
        letters.check(letter=letter, name=name, verdict=Verdict.MEETS, note="", by=by)
    return by


def accepted(letter: Letter, *, by: User | None = None, today: date = TODAY) -> Letter:
    letters.accept(letter=letter, by=checked(letter, by), today=today)
    letter.refresh_from_db()
    return letter


def returned(
    letter: Letter,
    *,
    reason: ReturnReason = ReturnReason.UNREADABLE,
    note: str = "Pindai ulang.",
    by: User | None = None,
) -> Letter:
    by = by or a_verifier(government=letter.government)
    letters.give_back(letter=letter, reason=reason, note=note, by=by)
    letter.refresh_from_db()
    return letter


def an_appointed(
    unit: Unit, full_name: str = "Lilis Suryani", *, since: date = date(2025, 8, 1), **facts: Any
) -> Person:
    """Somebody in office under an accepted letter."""
    letter = a_letter(unit, officers=[an_officer(full_name)], dated=since, begins_on=since, **facts)
    accepted(letter)
    return letter.officers.get().person
