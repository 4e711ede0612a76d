"""The handle rules' refusals, in the words of the screens."""

from django.utils.translation import gettext as _

from kanal.lib.refusal import Refused
from kanal.networks import handles

# What a refusal quotes from the handle rules; every other value is the reader's own text.
SENTENCES = {"rule", "network", "name"}


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
        raise AccountRefused(refused.code, *told(refused)) from refused


def told(refused: handles.HandleRefused) -> tuple[str, str]:
    """What is wrong and what to do, in the reader's language."""
    values = {
        name: _(value) if name in SENTENCES else value for name, value in refused.values.items()
    }
    return _(refused.what) % values, _(refused.next_step) % values
