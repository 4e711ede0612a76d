from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kanal.directory.models import Unit, User
from kanal.directory.permissions import require
from kanal.journal.actions import record
from kanal.lib.dates import say_day
from kanal.lib.refusal import Refused
from kanal.mandates import standing
from kanal.networks.handles import Handle
from kanal.register.lookalikes import remember_near
from kanal.register.models import Account, AccountState, NilReturn, StateChange
from kanal.register.permissions import DECLARE_ACCOUNT, DECLARE_NIL, VERIFY_ACCOUNT
from kanal.register.reading import read_handle
from kanal.register.rows import row_of
from kanal.register.standing import running_on


class AlreadyDeclared(Refused):
    """The unit has declared this very account."""


class NotThatState(Refused):
    """The account can't go from its present state to the one asked for."""


class NilNotPossible(Refused):
    """A unit with accounts, or with a nil return in force, can't declare nil."""


class HeldByAnother(Refused):
    """Another unit's account with this handle is verified; one handle has one owner."""


# What may follow what. Closed is final: whoever opens a new account declares a new one.
FOLLOWS = {
    AccountState.DECLARED: {
        AccountState.VERIFIED,
        AccountState.PARKED,
        AccountState.LOST,
        AccountState.CLOSED,
    },
    AccountState.VERIFIED: {AccountState.PARKED, AccountState.LOST, AccountState.CLOSED},
    AccountState.PARKED: {AccountState.DECLARED, AccountState.CLOSED},
    AccountState.LOST: {AccountState.DECLARED, AccountState.CLOSED},
    AccountState.CLOSED: set(),
}


def declare(
    *,
    unit: Unit,
    text: str,
    network: str | None = None,
    by: User,
    today: date,
    source: str = "",
    is_sample: bool = False,
) -> Account:
    """Takes any pasted link or handle. The unit's first account ends its nil return."""
    require(by=by, permission=DECLARE_ACCOUNT, unit=unit)
    handle = read_handle(text, network)
    with transaction.atomic():
        Unit.objects.select_for_update(no_key=True).only("pk").get(pk=unit.pk)
        _refuse_twice(unit, handle)
        account = row_of(handle, unit, declared_on=today, source=source, is_sample=is_sample)
        account.save(force_insert=True)
        remember_near(account)
        _change(account, "", AccountState.DECLARED, today, by=by)
        _end_nil(unit, account, today)
        standing.refresh(government_id=unit.government_id, units=[unit.pk], today=today)
        record(
            verb="declare-account",
            by=by,
            government=unit.government_id,
            unit=unit.code,
            subject=f"account:{account.pk}",
            after={"url": account.url, "network": account.network},
        )
    return account


def _refuse_twice(unit: Unit, handle: Handle) -> None:
    twin = (
        Account.objects.filter(unit=unit)
        .same_handle(network=handle.network, id_kind=handle.kind, key=handle.key)
        .exclude(state=AccountState.CLOSED)
        .first()
    )
    if twin:
        raise AlreadyDeclared(
            _("%(account)s sudah terdaftar untuk kantor ini sejak %(day)s.")
            % {"account": twin, "day": say_day(twin.declared_on)},
            next_step=_("Tidak perlu didaftarkan lagi."),
            field="text",
        )


def _end_nil(unit: Unit, account: Account, today: date) -> None:
    NilReturn.objects.filter(unit=unit, ended_on=None).update(ended_on=today, ended_by=account)


def _change(
    account: Account,
    before: str,
    after: str,
    on: date,
    *,
    by: User,
    note: str = "",
    proof: str = "",
) -> None:
    StateChange.objects.create(
        account=account,
        before=before,
        after=after,
        on=on,
        note=note,
        proof=proof,
        by=by,
        by_name=by.name,
    )


def change_state(
    *, account: Account, to: AccountState, by: User, today: date, note: str = "", proof: str = ""
) -> None:
    """Verified needs a proof or a note; parked, lost and closed need a note."""
    needed = VERIFY_ACCOUNT if to == AccountState.VERIFIED else DECLARE_ACCOUNT
    require(by=by, permission=needed, unit=account.unit)
    if not (note or proof):
        raise NotThatState(
            _("Perubahan keadaan akun perlu keterangan."),
            next_step=_("Tulis apa yang Anda periksa atau apa yang terjadi."),
            field="note",
        )
    try:
        with transaction.atomic():
            current = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
            _refuse_step(current, to)
            _change(current, current.state, to, today, by=by, note=note, proof=proof)
            _set_state(current, to, today)
            standing.refresh(
                government_id=account.government_id, units=[account.unit_id], today=today
            )
            record(
                verb=f"{to}-account",
                by=by,
                government=account.government_id,
                unit=account.unit.code,
                subject=f"account:{account.pk}",
                before={"state": current.state},
                after={"state": to, "note": note, "proof": proof},
            )
    except IntegrityError as clash:
        raise HeldByAnother(
            _("Nama akun ini sudah terverifikasi untuk kantor lain."),
            next_step=_("Selesaikan dengan kantor itu: tutup atau parkir salah satunya dulu."),
        ) from clash
    account.refresh_from_db()


def _refuse_step(current: Account, to: AccountState) -> None:
    if to not in FOLLOWS[AccountState(current.state)]:
        raise NotThatState(
            _("Akun yang %(now)s tidak dapat menjadi %(to)s.")
            % {
                "now": current.get_state_display().lower(),
                "to": str(AccountState(to).label).lower(),
            },
            next_step=_("Muat ulang halaman; keadaannya mungkin sudah berubah."),
        )


def _set_state(account: Account, to: AccountState, today: date) -> None:
    ended = today if to in (AccountState.PARKED, AccountState.CLOSED) else None
    verified = today if to == AccountState.VERIFIED else account.verified_on
    Account.objects.filter(pk=account.pk).update(state=to, ended_on=ended, verified_on=verified)


def declare_nil(
    *,
    unit: Unit,
    signer_name: str,
    signer_post: str,
    declared_on: date,
    by: User,
    today: date,
    is_sample: bool = False,
) -> NilReturn:
    """The head's declaration that the unit has no account."""
    require(by=by, permission=DECLARE_NIL, unit=unit)
    if declared_on > today:
        raise NilNotPossible(
            _("Tanggal pernyataan belum tiba."),
            next_step=_("Periksa tanggal pada surat pernyataan."),
            field="declared_on",
        )
    with transaction.atomic():
        Unit.objects.select_for_update(no_key=True).only("pk").get(pk=unit.pk)
        _refuse_nil(unit, today)
        row = NilReturn.objects.create(
            government_id=unit.government_id,
            unit=unit,
            declared_on=declared_on,
            signer_name=signer_name,
            signer_post=signer_post,
            recorded_by=by,
            is_sample=is_sample,
        )
        standing.refresh(government_id=unit.government_id, units=[unit.pk], today=today)
        record(
            verb="declare-nil",
            by=by,
            government=unit.government_id,
            unit=unit.code,
            subject=f"nil:{row.pk}",
            after={"declared_on": declared_on.isoformat(), "signer": signer_name},
        )
    return row


def _refuse_nil(unit: Unit, today: date) -> None:
    if Account.objects.filter(running_on(today), unit=unit).exists():
        raise NilNotPossible(
            _("Kantor ini masih punya akun terdaftar."),
            next_step=_("Tutup atau parkir akunnya dulu, baru nyatakan nihil."),
        )
    if NilReturn.objects.filter(unit=unit, ended_on=None).exists():
        raise NilNotPossible(
            _("Pernyataan nihil kantor ini sudah tercatat."),
            next_step=_("Tidak perlu dikirim lagi."),
        )
