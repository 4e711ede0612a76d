from kanal.directory.models import RoleKind
from kanal.directory.permissions import ALL, Permission

READ_LETTERS = Permission("appointments.read", ALL)
SUBMIT_LETTER = Permission(
    "appointments.submit",
    frozenset({RoleKind.UNIT_HEAD, RoleKind.OFFICER, RoleKind.VERIFIER, RoleKind.ADMINISTRATOR}),
)
VERIFY_LETTER = Permission("appointments.verify", frozenset({RoleKind.VERIFIER}))
# Whoever oversees the verifiers sees the same page, without its form.
SEE_VERIFYING = Permission(
    "appointments.see-verifying", frozenset({RoleKind.VERIFIER, RoleKind.INSPECTOR})
)
