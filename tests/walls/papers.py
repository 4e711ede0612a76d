"""What an office has for writing and getting letters: papers, numbers, mail, what was read."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from kanal.correspondence import issuing
from kanal.correspondence.actions import DraftFacts, OfficerLine, draft
from kanal.correspondence.models import FileRole, Paper, PaperKind
from kanal.digests import actions as sheets
from kanal.digests import making as sheet_making
from kanal.digests.models import Sheet
from kanal.digests.months import Month
from kanal.digests.tokens import token_of
from kanal.directory.models import Headship, Person, RoleKind
from kanal.intake import mail_fetching, mail_filing, mail_reading
from kanal.intake.mail_raw import content_key
from kanal.intake.mail_tables import MailState
from kanal.intake.models import Mail
from kanal.lib.identity import IdentityKind
from kanal.paper.tests.signing_desk import Authority
from kanal.post import actions as post
from kanal.post import outbox
from kanal.post.models import DeadAddress, Mailbox, Security
from kanal.readings.models import Reading, State
from kanal.stationery import actions as stationery
from kanal.stationery import roots, templating
from kanal.stationery.models import PaperForm
from tests.factories import pdf_bytes

if TYPE_CHECKING:
    from tests.walls.houses import Place

# Nobody listens there: a trial fails at once and reaches no network.
NOWHERE = {"host": "127.0.0.1", "port": 1, "security": Security.NONE}
SOURCE = "#letterhead()\n#reference()\n#body()\n#closing()\n"
FIELD = "0.number"


def furnish(place: Place, day: date, nasty: str, *, with_shared: bool) -> None:
    """After the rest of the place: papers lean on its people, accounts and legal basis.

    `with_shared`: what all offices of its government have in common as well.
    """
    place.values |= dict(_papers(place, day, nasty))
    place.values |= dict(_stationery(place, day, nasty))
    place.values |= {"reading": _reading(place, nasty).pk}
    place.values |= dict(_mail(place, nasty))
    if with_shared:
        place.values |= dict(_shared(place, nasty))
        place.values |= dict(_sheet(place, day))


def _stationery(place: Place, day: date, nasty: str) -> Iterator[tuple[str, int]]:
    head, word = place.staff[RoleKind.UNIT_HEAD], place.word
    stationery.write_letterhead(
        unit=place.unit,
        lines={
            "government_line": "",
            "above": [f"Kecamatan {word} {nasty}".strip()],
            "unit_line": "",
            "address": f"Jalan {word} 1 {nasty}".strip(),
            "contact": "",
            "city": "Jakarta",
        },
        logo=_picture(),
        without_logo=False,
        by=head,
    )
    entry = stationery.write_outside(
        unit=place.unit,
        form=PaperForm.SURAT_PENUNJUKAN,
        dated=day,
        subject=f"Undangan {word} {nasty}".strip(),
        through=None,
        by=head,
        today=day,
    )
    yield "number entry", entry.pk


def _picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 20), "green").save(out, "PNG")
    return out.getvalue()


def _papers(place: Place, day: date, nasty: str) -> Iterator[tuple[str, int | str]]:
    """One draft, and one that has its number and waits for a signature."""
    yield "paper draft", _draft(place, day, f"{place.word} {nasty}").pk
    paper = _draft(place, day, place.word)
    with _plain_names(place):
        issuing.approve(
            paper=paper, by=place.staff[RoleKind.UNIT_HEAD], today=day, at=timezone.now()
        )
    paper.refresh_from_db()
    yield "paper", paper.pk
    yield "paper code", str(paper.code)
    yield "paper file", paper.files.get(role=FileRole.COMPOSED).pk


@contextmanager
def _plain_names(place: Place) -> Iterator[None]:
    """No paper is set with signs that no font has: whoever it names goes by the word alone."""
    unit, head = place.unit, Headship.objects.get(pk=place.values["headship"]).person
    before = unit.name, head.name
    unit.name, head.name = f"Kelurahan {place.word}", f"Hendra {place.word}"
    unit.save(update_fields=["name"])
    head.save(update_fields=["name"])
    yield
    unit.name, head.name = before
    unit.save(update_fields=["name"])
    head.save(update_fields=["name"])


def _draft(place: Place, day: date, name: str) -> Paper:
    person = Person.objects.get(pk=place.values["person"])
    facts = DraftFacts(
        kind=PaperKind.APPOINTMENT,
        officers=(
            OfficerLine(
                person=person,
                full_name=f"Wulan {name}"[:150].strip(),
                identity_kind=IdentityKind(person.identity_kind),
                identity_number=person.identity_number,
                post=f"Pranata Humas {name}"[:150].strip(),
            ),
        ),
        begins_on=day,
    )
    return draft(unit=place.unit, facts=facts, by=place.staff[RoleKind.OFFICER])


def _reading(place: Place, nasty: str) -> Reading:
    """Of a scan that the place's clerk sent, with the picture of one fact."""
    crop = default_storage.save(f"bacaan/{place.start}/{FIELD}.png", ContentFile(_picture()))
    letter = {
        "number": f"7/{place.word}{nasty}",
        "subject": f"Penunjukan {place.word} {nasty}".strip(),
        "places": {"number": [1, 10, 10, 90, 30]},
        "officers": [],
        "accounts": [],
    }
    return Reading.objects.create(
        government=place.government,
        unit=place.unit,
        sha256=f"{place.start:064}",
        name=f"pindaian {place.word} {nasty}"[:200].strip(),
        media_type="image/png",
        state=State.DONE,
        done_at=timezone.now(),
        document={"verdict": "review", "reasons": [], "letters": [letter], "confidence": {}},
        crops={FIELD: crop},
        asked_by=place.staff[RoleKind.OFFICER],
    )


def _mail(place: Place, nasty: str) -> Iterator[tuple[str, int]]:
    """A mailbox with a mail that waits for an office and one filed here, which was answered."""
    box = post.add_mailbox(
        by=place.staff[RoleKind.ADMINISTRATOR],
        name=f"Kotak {place.word} {nasty}"[:120].strip(),
        user=f"surat@{place.word.lower()}.contoh.go.id",
        secret="rahasia",
        **NOWHERE,
    )
    held = _arrived(place, box, f"Undangan {place.word} {nasty}")
    filed = _arrived(place, box, f"Penunjukan {place.word} {nasty}")
    mail_filing.file(mail=filed, unit=place.unit, by=place.staff[RoleKind.VERIFIER])
    dead = DeadAddress.objects.create(
        government=place.government,
        address=f"lama@{place.word.lower()}.contoh.go.id",
        bounced_at=timezone.now() - timedelta(days=2),
    )
    message = outbox.enqueue(
        government_id=place.government.pk,
        draft=outbox.Draft(
            key=f"uji:{place.start}",
            kind="uji",
            to=f"kantor@{place.word.lower()}.contoh.go.id",
            subject=f"Tanda terima {place.word} {nasty}",
            text=f"Surat {place.word} diterima. {nasty}",
            unit_id=place.unit.pk,
        ),
    )
    yield from (("mailbox", box.pk), ("mail held", held.pk), ("mail filed", filed.pk))
    yield from (("dead address", dead.pk), ("message", message.pk))


def _arrived(place: Place, box: Mailbox, subject: str) -> Mail:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"Wulan {place.word} <wulan@{place.word.lower()}.contoh.id>"
    mail["To"], mail["Message-ID"] = box.user, f"<{place.start}.{len(subject)}@contoh.id>"
    mail["Subject"] = " ".join(subject.split())
    mail.set_content(f"{subject}\nTerlampir.")
    mail.add_attachment(
        pdf_bytes(f"Undangan {place.word}"),
        maintype="application",
        subtype="pdf",
        filename=f"surat {place.word}.pdf",
    )
    raw = mail.as_bytes()
    waiting = mail_fetching.Waiting(len(subject), len(raw), timezone.now())
    mail_fetching.write_down(box, 1, [mail_fetching.Fetched(waiting, raw, True)])
    return _read(place, content_key(raw))


def _read(place: Place, key: str) -> Mail:
    """Where Kanal is running its worker may be at it already."""
    until = time.monotonic() + 60
    while True:
        mail_reading.drain(ask=lambda _name: None)
        mail = Mail.objects.get(government=place.government, content_sha256=key)
        if mail.state != MailState.ARRIVED or time.monotonic() > until:
            return mail
        time.sleep(0.2)


def _shared(place: Place, nasty: str) -> Iterator[tuple[str, int]]:
    """What all offices of a government have in common."""
    admin = place.staff[RoleKind.ADMINISTRATOR]
    post.set_sender(
        by=admin,
        user="",
        address=f"kanal@{place.word.lower()}.contoh.go.id",
        name=f"Kanal {place.word}",
        **NOWHERE,
    )
    template = templating.add_template(
        facts=templating.TemplateFacts(
            name="surat-kami",
            title=f"Surat {place.word} {nasty}"[:160].strip(),
            kinds=("nihil",),
            forms=("surat",),
            rule=f"Pergub {place.word} {nasty}".strip(),
            from_year=2026,
            until_year=None,
            font="Liberation Sans",
            size=11,
            source=SOURCE,
        ),
        by=admin,
    )
    (root,) = roots.add_roots(data=Authority(f"Akar {place.word} <b>\"'").pem, by=admin)
    yield from (("template", template.pk), ("root", root.pk))


def _sheet(place: Place, day: date) -> Iterator[tuple[str, int | str]]:
    """Last month's; the other government has another month's, so that addresses differ."""
    ours, theirs = Month.of(day).before, Month.of(day).before.before
    month = theirs if place.word == "Zamrud" else ours
    admin, reader = place.staff[RoleKind.ADMINISTRATOR], place.staff[RoleKind.READER]
    if not Sheet.objects.filter(government=place.government, month=month.first).exists():
        sheets.ask(government=place.government, month=month, sends=False, by=admin, today=day)
        sheet_making.drain()
    yield from (("sheet month", str(month)), ("sheet edition", 1))
    yield "unsubscribe token", token_of(reader)
