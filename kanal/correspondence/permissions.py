from django.utils.translation import gettext as _

from kanal.appointments.permissions import SUBMIT_LETTER
from kanal.correspondence.models import PaperKind
from kanal.directory.models import RoleKind, Unit, User
from kanal.directory.permissions import Permission, require
from kanal.lib.refusal import NotAllowed

DRAFT_PAPER = Permission("correspondence.draft", SUBMIT_LETTER.roles)
# A reminder is about another office: whoever may write to all of them.
DRAFT_REMINDER = Permission(
    "correspondence.draft-reminder", frozenset({RoleKind.VERIFIER, RoleKind.ADMINISTRATOR})
)
APPROVE_PAPER = Permission("correspondence.approve", frozenset({RoleKind.UNIT_HEAD}))


def drafting(kind: str) -> Permission:
    """What one needs to write a paper of that kind."""
    return DRAFT_REMINDER if kind == PaperKind.REMINDER else DRAFT_PAPER


class NotTheHead(NotAllowed):
    """Whoever heads the office above doesn't sign for the one below."""


def heads(by: User, unit: Unit) -> bool:
    """The role on this very unit: one that reaches it from above is not enough."""
    return any(
        role.kind in APPROVE_PAPER.roles and role.unit_id == unit.pk for role in by.roles_now
    )


def require_head(*, by: User, unit: Unit) -> None:
    require(by=by, permission=APPROVE_PAPER, unit=unit)
    if not heads(by, unit):
        raise NotTheHead(
            _("Surat ini milik %(unit)s; Anda bukan kepalanya.") % {"unit": unit.short},
            next_step=_("Minta kepala kantor itu menyetujuinya sendiri."),
        )
