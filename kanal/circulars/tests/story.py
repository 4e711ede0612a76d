"""Offices to bring a circular to, the mandate that addresses them, and mail that comes back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from kanal.circulars import actions, serving, watching
from kanal.circulars.actions import CircularFacts
from kanal.circulars.models import Circular, Notice
from kanal.directory.models import Government, RoleKind, Unit, UnitClass, User
from kanal.lib.dates import today
from kanal.mandates import standing
from kanal.mandates.models import Addressee, Mandate, UnitStatus
from kanal.post.models import Outgoing, State
from tests.factories import a_government, a_pdf, a_user, an_office

# The outbox writes down when a message was made: these stories are told on the day they run.
TODAY = today()


def a_mandate(government: Government) -> Mandate:
    """In force since 2018, to dinas and kelurahan."""
    mandate = Mandate.objects.create(
        government=government,
        form="Instruksi Sekretaris Daerah",
        number="20",
        year=2018,
        in_force_from=date(2018, 3, 28),
        text="KESATU",
        text_sha256="0" * 64,
        confirmed_at=timezone.now(),
        confirmed_by_name="Ratna Dewanti",
    )
    for order, kind in enumerate((UnitClass.OFFICE, UnitClass.VILLAGE), 1):
        Addressee.objects.create(mandate=mandate, order=order, text=kind, unit_class=kind)
    return mandate


def an_admin(government: Government | None = None) -> User:
    return a_user(RoleKind.ADMINISTRATOR, government=government or a_government())


def offices(emails: Iterable[str], government: Government | None = None) -> list[Unit]:
    """One kelurahan for each address, on the board."""
    government = government or a_government()
    made = [an_office(government=government, email=email) for email in emails]
    standing.rebuild(government.mandates.get(), TODAY)
    return made


def a_circular(by: User, **facts: Any) -> Circular:
    given = {
        "form": "Surat Edaran",
        "number": "12/SE/2026",
        "dated": TODAY,
        "subject": "Pengelolaan akun",
        **facts,
    }
    return actions.draft_letter(
        mandate=by.government.mandates.get(),
        facts=CircularFacts(**given),
        file=a_pdf("Surat Edaran", name="edaran.pdf"),
        by=by,
        today=TODAY,
    )


def served(circular: Circular, by: User) -> Circular:
    actions.serve(circular=circular, by=by, today=TODAY)
    serving.work_off()
    circular.refresh_from_db()
    return circular


def notice_of(unit: Unit, circular: Circular | None = None) -> Notice:
    rows = Notice.objects.with_fate().filter(unit=unit)
    return rows.get(circular=circular) if circular else rows.get()


def mailed(unit: Unit) -> Outgoing:
    """The newest message to the office."""
    return Outgoing.objects.filter(unit=unit).latest("pk")


def arrived(*units: Unit) -> None:
    Outgoing.objects.filter(unit__in=units).update(state=State.SENT, sent_at=timezone.now())


def came_back(*units: Unit) -> None:
    """The server said for good that nobody is there, and Kanal has looked."""
    for unit in units:
        message = mailed(unit)
        message.state, message.sent_at = State.BOUNCED, timezone.now()
        message.problem, message.problem_detail = "permanent", "550 5.1.1 no such user"
        message.save()
    watching.refresh_all()


def standing_of(unit: Unit) -> UnitStatus:
    return UnitStatus.objects.get(unit=unit)


def is_proven(government: Government) -> bool:
    """The rows say what the facts say."""
    mandate = government.mandates.get()
    facts = standing.facts(mandate, TODAY)
    rows = UnitStatus.objects.filter(mandate=mandate)
    return {
        row.unit_id: {name: getattr(row, name) for name in facts[row.unit_id]} for row in rows
    } == facts
