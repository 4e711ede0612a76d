"""Mailboxes and the sending server: set up, tried, ended. Who did so is in the journal."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kanal.directory.models import User
from kanal.directory.permissions import require, require_own
from kanal.journal.actions import record
from kanal.lib.refusal import Refused
from kanal.lib.secrets import SealBroken, seal
from kanal.post import imap, outbox, smtp
from kanal.post.connecting import LOOPBACK, Unreachable
from kanal.post.models import (
    MAILBOX_CLIENT,
    MAILBOX_SECRET,
    SENDER_SECRET,
    DeadAddress,
    Mailbox,
    Outgoing,
    Security,
    Sender,
    State,
)
from kanal.post.permissions import MANAGE_MAIL
from kanal.post.routes import route_of

_TRIAL = 12.0  # seconds a person waits


class MailRefused(Refused):
    """A mailbox or server that can't be set up like this."""

    status = 422


class AlreadyEnded(Refused):
    """The mailbox is read no more."""


class NotToSend(Refused):
    """A message in this state is not sent again."""


def add_mailbox(*, by: User, secret: str, client_secret: str = "", **facts: Any) -> Mailbox:
    """`facts`: the fields of the mailbox that are no secrets."""
    require(by=by, permission=MANAGE_MAIL)
    box = Mailbox(government_id=by.government_id, **facts)
    if not secret:
        raise MailRefused(
            _("Kata sandi atau token belum diisi."), next_step=_("Isi dulu."), field="secret"
        )
    _check_secrecy(box.security, box.host, has_secret=True)
    _seal(box, secret, client_secret)
    with transaction.atomic():
        _save_once(box)
        _record("add-mailbox", box, by)
    return box


def change_mailbox(
    *, box: Mailbox, by: User, secret: str = "", client_secret: str = "", **facts: Any
) -> None:
    """Secrets left empty stay as they are, unless the server changes: then they are asked anew."""
    require(by=by, permission=MANAGE_MAIL)
    require_own(by=by, government_id=box.government_id)
    _check_running(box)
    before = _shown(box)
    moved = [name for name in ("host", "user", "token_endpoint") if facts[name] != before[name]]
    if moved and not secret:
        raise MailRefused(
            _("Server atau pengguna berganti, jadi kata sandinya harus diisi lagi."),
            next_step=_("Isi kata sandi atau tokennya."),
            field="secret",
        )
    for name, value in facts.items():
        setattr(box, name, value)
    _check_secrecy(box.security, box.host, has_secret=True)
    _seal(box, secret, client_secret)
    box.problem = box.problem_detail = ""
    box.problem_at = None
    with transaction.atomic():
        _save_once(box)
        _record("change-mailbox", box, by, before=before)


def end_mailbox(*, box: Mailbox, by: User) -> None:
    """What came through it stays; its password is forgotten."""
    require(by=by, permission=MANAGE_MAIL)
    require_own(by=by, government_id=box.government_id)
    _check_running(box)
    with transaction.atomic():
        box.ended_at, box.ended_by_name = timezone.now(), by.name
        box.secret = box.client_secret = ""
        box.save(update_fields=["ended_at", "ended_by_name", "secret", "client_secret"])
        _record("end-mailbox", box, by)


def try_mailbox(*, box: Mailbox, by: User) -> Unreachable | None:
    """Goes all the way to the folder; None: it works. Reads and marks nothing."""
    require(by=by, permission=MANAGE_MAIL)
    require_own(by=by, government_id=box.government_id)
    _check_running(box)
    try:
        with imap.opened(box, timeout=_TRIAL):
            failed = None
    except Unreachable as error:
        failed = error
    note_problem(box, failed)
    return failed


def note_problem(box: Mailbox, failed: Unreachable | None) -> None:
    """What the page says about the mailbox, from its last reading or trial."""
    Mailbox.objects.filter(pk=box.pk).update(
        problem=failed.code if failed else "",
        problem_detail=failed.detail if failed else "",
        problem_at=timezone.now() if failed else None,
    )


def set_sender(*, by: User, secret: str = "", **facts: Any) -> Sender:
    """The government's own sending server. An empty secret keeps the one there is."""
    require(by=by, permission=MANAGE_MAIL)
    with transaction.atomic():
        sender = Sender.objects.select_for_update().filter(government_id=by.government_id).first()
        sender = sender or Sender(government_id=by.government_id)
        moved = (sender.host, sender.user) != (facts["host"], facts["user"])
        for name, value in facts.items():
            setattr(sender, name, value)
        if secret:
            sender.secret = seal(secret, SENDER_SECRET)
        elif not sender.user:
            sender.secret = ""
        elif moved or not sender.secret:
            raise MailRefused(
                _("Server atau pengguna berganti, jadi kata sandinya harus diisi lagi."),
                next_step=_("Isi kata sandinya."),
                field="secret",
            )
        _check_secrecy(sender.security, sender.host, has_secret=bool(sender.secret))
        sender.save()
        record(
            verb="set-mail-sender",
            by=by,
            government=by.government_id,
            subject="mail-sender",
            after={"host": sender.host, "port": sender.port, "address": sender.address},
        )
    outbox.wake()
    return sender


def try_sender(*, by: User) -> Unreachable | None:
    """Connects and signs in, and sends nothing. None: it works."""
    require(by=by, permission=MANAGE_MAIL)
    try:
        route = route_of(by.government_id)
    except SealBroken:
        return Unreachable("sealed")
    if route is None:
        return Unreachable("no_route")
    try:
        with smtp.connected(route, timeout=_TRIAL):
            return None
    except Unreachable as failed:
        return failed


def send_again(*, message: Outgoing, by: User) -> None:
    """A message that was refused, for instance after the address or server was mended.

    At somebody's word it leaves at any hour.
    """
    require(by=by, permission=MANAGE_MAIL)
    require_own(by=by, government_id=message.government_id)
    with transaction.atomic():
        now = timezone.now()
        changed = Outgoing.objects.filter(
            pk=message.pk, state__in=[State.REFUSED, State.WAITING], leased_until=None
        ).update(state=State.WAITING, problem="", problem_detail="", due_at=now, keeps_hours=False)
        if not changed:
            raise NotToSend(
                _("Pesan ini sedang atau sudah dikirim."), next_step=_("Muat ulang halaman.")
            )
        record(
            verb="send-mail-again",
            by=by,
            government=message.government_id,
            subject=f"outgoing:{message.pk}",
            after={"to": message.to},
        )
        outbox.wake()


def revive_address(*, dead: DeadAddress, by: User) -> None:
    """Somebody mended it: messages go there again."""
    require(by=by, permission=MANAGE_MAIL)
    require_own(by=by, government_id=dead.government_id)
    with transaction.atomic():
        record(
            verb="revive-address",
            by=by,
            government=dead.government_id,
            subject=f"address:{dead.address}",
            before={"detail": dead.detail},
        )
        dead.delete()


def _check_running(box: Mailbox) -> None:
    if box.ended_at is not None:
        raise AlreadyEnded(
            _("Kotak surat ini sudah diakhiri."),
            next_step=_("Tambahkan lagi sebagai kotak baru jika masih dipakai."),
        )


def _check_secrecy(security: str, host: str, *, has_secret: bool) -> None:
    """A password crosses a network under TLS or not at all."""
    if security == Security.NONE and has_secret and host.lower() not in LOOPBACK:
        raise MailRefused(
            _("Tanpa TLS, kata sandi terbaca di jaringan."),
            next_step=_("Pilih TLS atau STARTTLS."),
            field="security",
        )


def _seal(box: Mailbox, secret: str, client_secret: str) -> None:
    if secret:
        box.secret = seal(secret, MAILBOX_SECRET)
    if client_secret:
        box.client_secret = seal(client_secret, MAILBOX_CLIENT)


def _save_once(box: Mailbox) -> None:
    try:
        with transaction.atomic():
            box.save()
    except IntegrityError as error:
        raise MailRefused(
            _("Kotak surat ini sudah ada di daftar."),
            next_step=_("Buka yang sudah ada, lalu ubah di sana."),
            field="user",
        ) from error


def _shown(box: Mailbox) -> dict[str, Any]:
    names = ("name", "host", "port", "security", "user", "sign_in", "folder", "authserv_id")
    return {name: getattr(box, name) for name in (*names, "token_endpoint", "client_id")}


def _record(verb: str, box: Mailbox, by: User, before: dict[str, Any] | None = None) -> None:
    record(
        verb=verb,
        by=by,
        government=box.government_id,
        subject=f"mailbox:{box.pk}",
        before=before,
        after=_shown(box),
    )
