from kanal.directory.models import RoleKind
from kanal.directory.permissions import ALL, Permission

READ_SHEETS = Permission("digests.read", ALL)
MAKE_SHEETS = Permission("digests.make", frozenset({RoleKind.ADMINISTRATOR}))
MANAGE_RECIPIENTS = Permission(
    "digests.recipients", frozenset({RoleKind.ADMINISTRATOR, RoleKind.VERIFIER})
)
