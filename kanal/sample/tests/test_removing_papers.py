"""What the sample's people wrote and got goes with them; what somebody real did stays whole."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from kanal.correspondence import issuing
from kanal.correspondence.actions import DraftFacts, OfficerLine, draft
from kanal.correspondence.models import Paper, PaperKind
from kanal.directory.models import Government, Person, RoleKind, Unit, User
from kanal.intake import mail_fetching, mail_filing, mail_reading
from kanal.intake.models import AgendaBook, Mail, SenderAddress
from kanal.lib.dates import today
from kanal.lib.identity import IdentityKind
from kanal.paper.tests.signing_desk import Authority
from kanal.post import actions as post
from kanal.post.models import Mailbox, Outgoing
from kanal.readings.models import Reading, State
from kanal.register.models import Account
from kanal.sample.loading import ensure
from kanal.sample.removing import remove
from kanal.stationery import actions as stationery
from kanal.stationery import roots
from kanal.stationery.models import Letterhead, NumberBook, NumberEntry, PaperForm, Root
from tests.factories import a_user, pdf_bytes

pytestmark = pytest.mark.django_db

BOX = {"host": "127.0.0.1", "port": 1, "security": "none", "secret": "rahasia"}
LINES = {"government_line": "", "above": [], "unit_line": "", "address": "", "contact": ""}


@pytest.fixture
def office() -> Government:
    ensure(empty=False, out=StringIO())
    return Government.objects.get()


def shown(short: str) -> User:
    return User.objects.get(email__startswith=f"{short}@")


def writes(unit: Unit, head: User, person: Person, account: Account) -> Paper:
    """A letterhead, a number used elsewhere, and an approved paper that names them."""
    stationery.write_letterhead(
        unit=unit, lines={**LINES, "city": "Jakarta"}, logo=None, without_logo=False, by=head
    )
    stationery.write_outside(
        unit=unit,
        form=PaperForm.SURAT,
        dated=today(),
        subject="Undangan",
        through=None,
        by=head,
        today=today(),
    )
    line = OfficerLine(
        person=person,
        full_name=person.full_name,
        identity_kind=IdentityKind(person.identity_kind),
        identity_number=person.identity_number,
        post="Pranata Humas",
    )
    facts = DraftFacts(
        kind=PaperKind.APPOINTMENT, officers=(line,), accounts=(account,), begins_on=today()
    )
    paper = draft(unit=unit, facts=facts, by=head)
    return issuing.approve(paper=paper, by=head, today=today(), at=timezone.now())


def gets(unit: Unit, admin: User, name: str) -> Mail:
    """A mail in a mailbox that `admin` set up, filed under the office and answered."""
    box = post.add_mailbox(by=admin, name=name, user=name, **BOX)
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = f"{name}@contoh.id", "surat@contoh.id"
    mail["Subject"], mail["Message-ID"] = name, f"<{name}@contoh.id>"
    mail.set_content("Terlampir.")
    mail.add_attachment(pdf_bytes(name), maintype="application", subtype="pdf", filename="a.pdf")
    raw = mail.as_bytes()
    waiting = mail_fetching.Waiting(1, len(raw), timezone.now())
    mail_fetching.write_down(box, 1, [mail_fetching.Fetched(waiting, raw, True)])
    mail_reading.drain(ask=lambda _name: None)
    found = Mail.objects.get(mailbox=box)
    mail_filing.file(mail=found, unit=unit, by=admin)
    return found


def read_for(unit: Unit, by: User) -> Reading:
    crop = default_storage.save(f"bacaan/{by.pk}/0.number.png", ContentFile(b"png"))
    return Reading.objects.create(
        government=unit.government,
        unit=unit,
        sha256=f"{by.pk:064}",
        name="surat.pdf",
        media_type="application/pdf",
        state=State.DONE,
        done_at=timezone.now(),
        crops={"0.number": crop},
        asked_by=by,
    )


def test_what_was_written_goes_and_what_is_real_keeps_whom_it_names(
    office: Government, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    village = Unit.objects.get(code="31.74.01.1001")
    district = Unit.objects.get(code="31.74.01")
    person = Person.objects.filter(is_sample=True, postings__unit=village).latest("pk")
    account = Account.objects.filter(is_sample=True, unit=district)[0]
    other = Account.objects.filter(is_sample=True, unit=village)[0]
    gone = writes(village, shown("lurah"), person, other)
    roots.add_roots(data=Authority("Akar contoh").pem, by=shown("admin"))
    real = writes(district, a_user(RoleKind.UNIT_HEAD, district), person, account)
    roots.add_roots(data=Authority("Akar nyata").pem, by=a_user(RoleKind.ADMINISTRATOR))
    readings = read_for(village, shown("petugas")), read_for(district, real.approved_by)
    files = {file.kept_as for file in gone.files.all()} | {*readings[0].crops.values()}

    with django_capture_on_commit_callbacks(execute=True):
        removed = remove(government=office, today=today())

    assert removed.papers == 1
    assert list(Paper.objects.all()) == [real]
    assert [row.person for row in real.officers.all()] == [person]
    assert list(real.accounts.all()) == [account]
    assert {book.unit for book in NumberBook.objects.all()} == {district}
    assert NumberEntry.objects.count() == 2
    assert list(Letterhead.objects.values_list("unit", flat=True)) == [district.pk]
    assert [root.subject for root in Root.objects.all()] == ["Akar nyata"]
    assert list(Reading.objects.all()) == [readings[1]]
    assert not any(default_storage.exists(path) for path in files)
    kept = [*real.files.values_list("kept_as", flat=True), *readings[1].crops.values()]
    assert all(default_storage.exists(path) for path in kept)


def test_mail_of_the_samples_own_mailbox_goes_with_its_answers(office: Government) -> None:
    village = Unit.objects.get(code="31.74.01.1001")
    gets(village, shown("admin"), "contoh")
    taken_over = gets(village, shown("admin"), "diambil")
    real = gets(village, a_user(RoleKind.ADMINISTRATOR), "nyata")
    mail_filing.file(mail=taken_over, unit=village, by=a_user(RoleKind.VERIFIER))

    assert remove(government=office, today=today()).mails == 1

    assert set(Mail.objects.all()) == {taken_over, real}
    assert set(Mailbox.objects.values_list("name", flat=True)) == {"diambil", "nyata"}
    assert set(Outgoing.objects.values_list("to", flat=True)) == {
        "diambil@contoh.id",
        "nyata@contoh.id",
    }
    assert set(SenderAddress.objects.values_list("address", flat=True)) == {
        "diambil@contoh.id",
        "nyata@contoh.id",
    }
    # The agenda goes on where the mails that stay left off.
    assert AgendaBook.objects.get(year=real.agenda_year or real.received_at.year).last >= 3
