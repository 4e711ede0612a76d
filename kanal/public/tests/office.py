"""A small government with a few accounts in every state, for the stories told here."""

from datetime import date

from django.utils import timezone

from kanal.directory.models import Government, RoleKind, Unit, UnitClass, User
from kanal.register.actions import declare
from kanal.register.models import Account, AccountState

DECLARED_ON = date(2019, 2, 11)
VERIFIED_ON = date(2026, 11, 20)


def government(code: str = "31") -> Government:
    return Government.objects.create(
        code=code,
        name="Pemerintah Provinsi DKI Jakarta",
        short_name="Pemprov DKI Jakarta",
        verifying_unit_name="Dinas Komunikasi, Informatika dan Statistik",
    )


def unit(owner: Government, code: str, name: str, unit_class: str = UnitClass.OFFICE) -> Unit:
    return Unit.objects.create(
        government=owner, code=code, name=name, unit_class=unit_class, path=f"/31/{code}/"
    )


def account(
    owner: Unit,
    text: str,
    network: str | None = None,
    state: str = AccountState.VERIFIED,
    ended_on: date | None = None,
) -> Account:
    made = declare(
        unit=owner, text=text, network=network, by=verifier(owner.government), today=DECLARED_ON
    )
    made.state = state
    made.verified_on = VERIFIED_ON if state == AccountState.VERIFIED else None
    made.ended_on = ended_on
    made.save()
    return made


def verifier(owner: Government) -> User:
    user, new = User.objects.get_or_create(
        government=owner, email="verifikator@contoh.id", name="Ratna Dewanti"
    )
    if new:
        user.roles.create(kind=RoleKind.VERIFIER, starts_at=timezone.now(), granted_by_name="uji")
    return user
