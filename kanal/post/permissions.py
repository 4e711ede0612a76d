from kanal.directory.models import RoleKind
from kanal.directory.permissions import Permission

MANAGE_MAIL = Permission("post.manage", frozenset({RoleKind.ADMINISTRATOR}))
READ_OUTBOX = Permission(
    "post.outbox",
    frozenset({RoleKind.ADMINISTRATOR, RoleKind.VERIFIER, RoleKind.INSPECTOR}),
)
