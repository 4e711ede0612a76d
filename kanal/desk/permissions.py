from kanal.directory.models import RoleKind
from kanal.directory.permissions import Permission

WHO_ANSWERED = Permission(
    "desk.who-answered",
    frozenset(
        {
            RoleKind.ADMINISTRATOR,
            RoleKind.VERIFIER,
            RoleKind.INSPECTOR,
            RoleKind.READER,
            RoleKind.UNIT_HEAD,
        }
    ),
)
SEE_TASKS = Permission(
    "desk.tasks",
    frozenset(
        {
            RoleKind.ADMINISTRATOR,
            RoleKind.VERIFIER,
            RoleKind.INSPECTOR,
            RoleKind.UNIT_HEAD,
            RoleKind.OFFICER,
        }
    ),
)
