"""The certificates this government trusts under signatures: added and ended by an administrator."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kanal.directory.models import User
from kanal.directory.permissions import require
from kanal.journal.actions import record
from kanal.lib.refusal import Refused
from kanal.paper.signing.roots import RootRefused as RootMistake
from kanal.paper.signing.roots import parse_roots
from kanal.stationery.models import Root
from kanal.stationery.permissions import MANAGE_ROOTS


class RootRefused(Refused):
    """The file adds no root."""

    status = 422


class AlreadyEnded(Refused):
    """Somebody else was quicker, or the page was old."""


def roots_of(government_id: int) -> list[bytes]:
    """As PEM, for `kanal.paper.signing` and `kanal.paper.reading`."""
    rows = Root.objects.trusted().filter(government_id=government_id)
    return [pem.encode() for pem in rows.values_list("pem", flat=True)]


def add_roots(*, data: bytes, by: User) -> list[Root]:
    """All certificates of the file; those already trusted refuse the file, which says which."""
    require(by=by, permission=MANAGE_ROOTS)
    try:
        found = parse_roots(data)
    except RootMistake as mistake:
        raise RootRefused(
            f"{_(mistake.what)} {mistake.about}".strip(),
            next_step=_(mistake.next_step),
            field="file",
        ) from mistake
    known = Root.objects.trusted().filter(
        government_id=by.government_id, fingerprint__in=[root.fingerprint for root in found]
    )
    if twin := known.first():
        raise RootRefused(
            _("%(subject)s sudah dipercaya sejak %(day)s.")
            % {"subject": twin.subject, "day": timezone.localtime(twin.added_at).date()},
            next_step=_("Tidak perlu ditambahkan lagi."),
            field="file",
        )
    rows = [
        Root(
            government_id=by.government_id,
            subject=root.subject[:200] or "-",
            fingerprint=root.fingerprint,
            valid_from=root.not_before,
            valid_until=root.not_after,
            pem=root.pem.decode(),
            added_by=by,
            added_by_name=by.name,
        )
        for root in found
    ]
    try:
        with transaction.atomic():
            for row in rows:
                row.save(force_insert=True)
                _tell("add-root", row, by)
    except IntegrityError as twins:
        raise RootRefused(
            _("Sertifikat ini baru saja ditambahkan."), next_step=_("Muat ulang halaman.")
        ) from twins
    return rows


def end_root(*, root: Root, reason: str, by: User) -> None:
    require(by=by, permission=MANAGE_ROOTS)
    with transaction.atomic():
        changed = Root.objects.trusted().filter(pk=root.pk, government_id=by.government_id)
        if not changed.update(ended_at=timezone.now(), ended_by_name=by.name, end_reason=reason):
            raise AlreadyEnded(
                _("Sertifikat ini sudah tidak dipercaya."), next_step=_("Muat ulang halaman.")
            )
        _tell("end-root", root, by, note=reason)


def _tell(verb: str, row: Root, by: User, note: str = "") -> None:
    record(
        verb=verb,
        by=by,
        government=row.government_id,
        subject=f"root:{row.pk}",
        after={"subject": row.subject, "sha256": row.fingerprint},
        note=note,
    )
