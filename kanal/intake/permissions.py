from kanal.directory.models import RoleKind
from kanal.directory.permissions import Permission

RECEIVE = Permission("intake.receive", frozenset({RoleKind.VERIFIER, RoleKind.ADMINISTRATOR}))
READ_MAIL = Permission(
    "intake.read-mail",
    frozenset({RoleKind.VERIFIER, RoleKind.ADMINISTRATOR, RoleKind.INSPECTOR}),
)
