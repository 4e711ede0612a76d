from kanal.directory.models import RoleKind
from kanal.directory.permissions import ALL, Permission

READ_MANDATES = Permission("mandates.read", ALL)
KEEP_MANDATES = Permission("mandates.keep", frozenset({RoleKind.ADMINISTRATOR, RoleKind.VERIFIER}))
