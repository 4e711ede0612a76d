"""A small government with a few accounts in every state, for the stories told here."""

from datetime import date

from kanal.directory.models import Government, Unit, UnitClass
from kanal.networks.handles import fold_confusable, read
from kanal.register.models import Account, AccountState

DECLARED_ON = date(2019, 2, 11)
VERIFIED_ON = date(2026, 11, 20)


def government(code: str = "31") -> Government:
    return Government.objects.create(
        code=code,
        name="Pemerintah Provinsi DKI Jakarta",
        short_name="Pemprov DKI Jakarta",
        verifying_unit_name="Dinas Komunikasi, Informatika dan Statistik",
    )


def unit(owner: Government, code: str, name: str, unit_class: str = UnitClass.OFFICE) -> Unit:
    return Unit.objects.create(
        government=owner, code=code, name=name, unit_class=unit_class, path=f"/31/{code}/"
    )


def account(
    owner: Unit,
    text: str,
    network: str | None = None,
    state: str = AccountState.VERIFIED,
    ended_on: date | None = None,
) -> Account:
    handle = read(text, network)
    return Account.objects.create(
        government_id=owner.government_id,
        unit=owner,
        network=handle.network,
        id_kind=handle.kind,
        handle=handle.written,
        handle_key=handle.key,
        handle_folded=fold_confusable(handle.written),
        url=handle.url,
        shown=handle.shown,
        state=state,
        declared_on=DECLARED_ON,
        verified_on=VERIFIED_ON if state == AccountState.VERIFIED else None,
        ended_on=ended_on,
    )
