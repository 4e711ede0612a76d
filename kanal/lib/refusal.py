"""Refusing aloud: what happened, what was kept, what to do next, in the office's words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
NOTHING_CHANGED = _("Tidak ada yang berubah.")


class Refused(Exception):
    """An action that was not carried out. Nothing was changed unless `kept` says so.

    Subclass it beside the action that raises it. `field` names the form field at fault, if one is.
    """

    status = 409

    def __init__(
        self,
        what: Words,
        *,
        kept: Words = NOTHING_CHANGED,
        next_step: Words = "",
        field: str = "",
    ) -> None:
        super().__init__(what)
        self.what = what
        self.kept = kept
        self.next_step = next_step
        self.field = field


class NotAllowed(Refused):
    """The person who acts has no role, today, that allows this."""

    status = 403
