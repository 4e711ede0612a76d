"""The handle rules' refusals, in the words of the screens."""

from django.utils.translation import gettext as _

from kanal.lib.refusal import Refused
from kanal.networks import handles


class AccountRefused(Refused):
    """The pasted text is no account that can be listed; `code` is the handle rules' own."""

    status = 422

    def __init__(self, code: str, what: str, next_step: str) -> None:
        super().__init__(what, next_step=next_step, field="text")
        self.code = code


def read_handle(text: str, network: str | None = None) -> handles.Handle:
    try:
        return handles.read(text, network)
    except handles.HandleRefused as refused:
        what = _(refused.what) % refused.values
        raise AccountRefused(
            refused.code, what, _(refused.next_step) % refused.values
        ) from refused
