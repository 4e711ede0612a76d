from kanal.directory.models import RoleKind
from kanal.directory.permissions import Permission

MANAGE_REMINDERS = Permission(
    "reminders.manage", frozenset({RoleKind.ADMINISTRATOR, RoleKind.VERIFIER})
)
SEND_REMINDERS = Permission("reminders.send", frozenset({RoleKind.ADMINISTRATOR}))
READ_REMINDERS = Permission(
    "reminders.read",
    frozenset({RoleKind.ADMINISTRATOR, RoleKind.VERIFIER, RoleKind.INSPECTOR}),
)
# What was sent to an office, and to whom: its head's and its officers' own business too.
SEE_REMINDED = Permission(
    "reminders.of-unit",
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
