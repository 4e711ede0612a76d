from kanal.directory.models import RoleKind
from kanal.directory.permissions import ALL, Permission

READ_CIRCULARS = Permission(
    "circulars.read",
    frozenset({RoleKind.ADMINISTRATOR, RoleKind.VERIFIER, RoleKind.INSPECTOR, RoleKind.READER}),
)
SERVE = Permission("circulars.serve", frozenset({RoleKind.ADMINISTRATOR, RoleKind.VERIFIER}))
# What one office was sent, for whoever works there or oversees it.
READ_NOTICES = Permission("circulars.read-notices", ALL)
ACKNOWLEDGE = Permission("circulars.acknowledge", frozenset({RoleKind.UNIT_HEAD, RoleKind.OFFICER}))
