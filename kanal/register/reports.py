"""Citizens' reports of accounts that pose as the government's."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kanal.directory.models import Government, RoleKind, User
from kanal.directory.permissions import Permission, require
from kanal.journal.actions import SYSTEM, record
from kanal.lib.refusal import Refused
from kanal.register.lookup import look_up
from kanal.register.models import Account, Report

CLOSE_REPORT = Permission(
    "register.close-report", frozenset({RoleKind.VERIFIER, RoleKind.ADMINISTRATOR})
)
# Beyond this many in a day somebody is flooding the desk, whatever addresses it comes from.
A_DAY = 1000


class TooManyReports(Refused):
    """The register takes no more reports today."""

    status = 429


class AlreadyClosed(Refused):
    """Somebody else has dealt with this report."""


def report_account(*, text: str, note: str, government: Government, now: datetime) -> Report:
    """Keeps what was said about the account and nothing about who said it."""
    similar_to = _resembles(text)
    with transaction.atomic():
        _refuse_flood(government, now)
        report = Report.objects.create(
            government=government, text=text[:300], note=note[:500], similar_to=similar_to
        )
        record(
            verb="report-account",
            by=SYSTEM,
            government=government.pk,
            subject=f"report:{report.pk}",
            unit=similar_to.unit.code if similar_to else "",
            after={"text": report.text, "similar_to": similar_to.pk if similar_to else None},
        )
    return report


def _resembles(text: str) -> Account | None:
    answer = look_up(text)
    return answer.similar[0].account if answer.similar else None


def _refuse_flood(government: Government, now: datetime) -> None:
    lately = Report.objects.filter(government=government, at__gt=now - timedelta(days=1))
    if lately.count() >= A_DAY:
        raise TooManyReports(
            _("Laporan hari ini sudah terlalu banyak untuk ditampung."),
            kept=_("Laporan Anda belum tersimpan."),
            next_step=_("Coba lagi besok, atau hubungi kantor yang namanya dipakai."),
        )


def open_reports(government: Government) -> list[Report]:
    """Waiting for the verifier, the oldest first; read with their accounts and units."""
    waiting = Report.objects.filter(government=government, closed_at=None)
    return list(waiting.select_related("similar_to__unit").order_by("at")[:200])


def close_report(*, report: Report, outcome: str, by: User, now: datetime) -> None:
    """Says what was found or done; the row stays."""
    require(by=by, permission=CLOSE_REPORT)
    with transaction.atomic():
        current = Report.objects.select_for_update(no_key=True).get(
            pk=report.pk, government_id=by.government_id
        )
        if current.closed_at is not None:
            raise AlreadyClosed(
                _("Laporan ini sudah ditutup oleh %(name)s.") % {"name": current.closed_by_name}
            )
        current.closed_at = now
        current.closed_by_name = by.name
        current.outcome = outcome[:300]
        current.save(update_fields=["closed_at", "closed_by_name", "outcome"])
        record(
            verb="close-report",
            by=by,
            government=current.government_id,
            subject=f"report:{current.pk}",
            after={"outcome": current.outcome},
        )
