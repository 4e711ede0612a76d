from kanal.directory.models import RoleKind
from kanal.directory.permissions import ALL, Permission

READ_ACCOUNTS = Permission("register.read", ALL)
DECLARE_ACCOUNT = Permission(
    "register.declare",
    frozenset({RoleKind.UNIT_HEAD, RoleKind.OFFICER, RoleKind.VERIFIER, RoleKind.ADMINISTRATOR}),
)
DECLARE_NIL = Permission(
    "register.nil", frozenset({RoleKind.UNIT_HEAD, RoleKind.VERIFIER, RoleKind.ADMINISTRATOR})
)
VERIFY_ACCOUNT = Permission("register.verify", frozenset({RoleKind.VERIFIER}))
