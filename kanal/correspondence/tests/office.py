"""An office that writes: its head, its clerk, its staff, the instruction it acts under."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from kanal.correspondence import issuing, sending, signing
from kanal.correspondence.actions import DraftFacts, OfficerLine, draft
from kanal.correspondence.models import FileRole, Paper, PaperKind
from kanal.directory.models import Government, Headship, Person, RoleKind, Unit, User
from kanal.lib.identity import IdentityKind
from kanal.mandates.models import CopyTo, Dictum, Mandate
from kanal.paper.tests.signing_desk import PASSPHRASE, Authority
from tests.factories import (
    TODAY,
    a_clerk,
    a_head,
    a_nip,
    a_user,
    an_employee,
    an_office,
)

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def the_mandate(government: Government) -> Mandate:
    mandate = Mandate.objects.create(
        government=government,
        form="Instruksi Sekretaris Daerah",
        number="20",
        year=2018,
        title="Penunjukan Petugas Pengelola Media Sosial",
        issuer="Sekretaris Daerah Provinsi DKI Jakarta",
        signed_at="Jakarta",
        in_force_from=date(2018, 3, 28),
        text="x",
        text_sha256="0" * 64,
        confirmed_at=datetime(2018, 4, 1, tzinfo=UTC),
        confirmed_by_name="Ratna Dewanti",
    )
    Dictum.objects.create(
        mandate=mandate,
        order=2,
        label="KEDUA",
        text="mempunyai tugas:",
        items=["bertanggung jawab dalam penyediaan konten; dan", "mengoordinasikan pengumpulan."],
    )
    Dictum.objects.create(
        mandate=mandate, order=4, label="KEEMPAT", text="dapat dilakukan penggantian"
    )
    CopyTo.objects.create(mandate=mandate, order=1, text="Gubernur")
    return mandate


@dataclass
class Office:
    unit: Unit
    headship: Headship
    head: User
    clerk: User
    wulan: Person

    def line(self, person: Person | None = None, **facts: object) -> OfficerLine:
        person = person or self.wulan
        given = {
            "person": person,
            "full_name": person.full_name,
            "identity_kind": IdentityKind(person.identity_kind),
            "identity_number": person.identity_number,
            "post": "Pranata Humas",
            **facts,
        }
        return OfficerLine(**given)  # type: ignore[arg-type]

    def a_draft(self, **facts: object) -> Paper:
        given = {
            "kind": PaperKind.APPOINTMENT,
            "officers": (self.line(),),
            "begins_on": TODAY,
            **facts,
        }
        return draft(unit=self.unit, facts=DraftFacts(**given), by=self.clerk)  # type: ignore[arg-type]

    def approved(self, paper: Paper) -> Paper:
        return issuing.approve(paper=paper, by=self.head, today=TODAY, at=AT)

    def signed(self, paper: Paper, key: signing.Key) -> Paper:
        """With whatever key there is: most of these offices have no list of roots."""
        return signing.sign_with_key(paper=paper, key=key, by=self.head, at=AT, despite_root=True)

    def sent(self, paper: Paper, key: signing.Key) -> Paper:
        if paper.state == "draft":
            paper = self.approved(paper)
        paper = self.signed(paper, key)
        return sending.send(paper=paper, by=self.clerk, today=TODAY, at=AT)


def a_writing_office(name: str = "Kelurahan Rawa Melati") -> Office:
    unit = an_office(name)
    if not Mandate.objects.filter(government=unit.government).exists():
        the_mandate(unit.government)
    return Office(
        unit,
        a_head(unit),
        a_user(RoleKind.UNIT_HEAD, unit, name="Hendra Gunawan"),
        a_clerk(unit),
        an_employee(unit),
    )


def a_new_person() -> OfficerLine:
    return OfficerLine(
        full_name="Lilis Suryani",
        identity_kind=IdentityKind.NIP,
        identity_number=a_nip(),
        post="Pengelola Data",
    )


def a_key(authority: Authority, name: str = "Hendra Gunawan") -> signing.Key:
    return signing.Key(authority.issue(name).p12(), PASSPHRASE)


def composed(paper: Paper) -> bytes:
    return signing.read(paper.files.get(role=FileRole.COMPOSED))
