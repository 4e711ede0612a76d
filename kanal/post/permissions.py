from kanal.directory.models import RoleKind
from kanal.directory.permissions import Permission

MANAGE_MAIL = Permission("post.manage", frozenset({RoleKind.ADMINISTRATOR}))
SEE_MAIL_SETTINGS = Permission(
    "post.see-settings", frozenset({RoleKind.ADMINISTRATOR, RoleKind.INSPECTOR})
)
KEEP_HOURS = Permission("post.hours", frozenset({RoleKind.ADMINISTRATOR, RoleKind.VERIFIER}))
READ_OUTBOX = Permission(
    "post.outbox",
    frozenset({RoleKind.ADMINISTRATOR, RoleKind.VERIFIER, RoleKind.INSPECTOR}),
)
