"""An account's row from what somebody pasted. Writing it is `actions.declare`'s, or a bulk load's."""

from datetime import date

from kanal.directory.models import Unit
from kanal.networks.handles import Handle, fold_confusable
from kanal.register.models import Account
from kanal.register.reading import read_handle


def account_row(
    unit: Unit,
    text: str,
    network: str | None = None,
    *,
    declared_on: date,
    source: str = "",
    is_sample: bool = False,
) -> Account:
    handle = read_handle(text, network)
    return row_of(handle, unit, declared_on=declared_on, source=source, is_sample=is_sample)


def row_of(
    handle: Handle, unit: Unit, *, declared_on: date, source: str, is_sample: bool
) -> Account:
    return Account(
        government_id=unit.government_id,
        unit=unit,
        network=handle.network,
        id_kind=handle.kind,
        handle=handle.written,
        handle_key=handle.key,
        handle_folded=fold_confusable(handle.written),
        url=handle.url,
        shown=handle.shown,
        declared_on=declared_on,
        source=source,
        is_sample=is_sample,
    )
