from kanal.directory.permissions import ALL, Permission
from kanal.directory.models import RoleKind

READ_LETTERS = Permission("appointments.read", ALL)
SUBMIT_LETTER = Permission(
    "appointments.submit",
    frozenset(
        {RoleKind.UNIT_HEAD, RoleKind.OFFICER, RoleKind.VERIFIER, RoleKind.ADMINISTRATOR}
    ),
)
VERIFY_LETTER = Permission("appointments.verify", frozenset({RoleKind.VERIFIER}))
