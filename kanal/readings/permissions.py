from kanal.directory.models import RoleKind
from kanal.directory.permissions import Permission

# Whoever may see the letter itself may see what was read from it: see READ_LETTERS above.
SEE_READINGS = Permission("readings.see", frozenset(RoleKind))
ASK_READINGS = Permission(
    "readings.ask",
    frozenset({RoleKind.UNIT_HEAD, RoleKind.OFFICER, RoleKind.VERIFIER, RoleKind.ADMINISTRATOR}),
)
