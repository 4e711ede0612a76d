from kanal.directory.models import RoleKind
from kanal.directory.permissions import ALL, Permission

READ_STATIONERY = Permission("stationery.read", ALL - {RoleKind.CONTRIBUTOR, RoleKind.READER})
EDIT_LETTERHEAD = Permission(
    "stationery.letterhead", frozenset({RoleKind.UNIT_HEAD, RoleKind.ADMINISTRATOR})
)
KEEP_BOOK = Permission("stationery.book", frozenset({RoleKind.UNIT_HEAD, RoleKind.ADMINISTRATOR}))
TAKE_NUMBER = Permission("stationery.take-number", frozenset({RoleKind.UNIT_HEAD}))
MANAGE_TEMPLATES = Permission("stationery.templates", frozenset({RoleKind.ADMINISTRATOR}))
MANAGE_ROOTS = Permission("stationery.roots", frozenset({RoleKind.ADMINISTRATOR}))
READ_ROOTS = Permission(
    "stationery.read-roots",
    frozenset({RoleKind.ADMINISTRATOR, RoleKind.VERIFIER, RoleKind.INSPECTOR}),
)
