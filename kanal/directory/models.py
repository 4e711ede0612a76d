from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, Upper
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kanal.lib.identity import IdentityKind, mask
from kanal.lib.names import initials

if TYPE_CHECKING:
    from kanal.directory.permissions import Permission
    from kanal.journal.actions import Actor


class Government(models.Model):
    """One government; every other row belongs to exactly one, and no query crosses."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    timezone = models.CharField(max_length=40, default="Asia/Jakarta")
    # The unit that verifies letters: Diskominfotik in Jakarta.
    verifying_unit_name = models.CharField(max_length=200, blank=True)
    is_sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.short_name


class UnitClass(models.TextChoices):
    GOVERNMENT = "pemprov", _("Pemerintah daerah")
    SECRETARIAT = "setda", _("Sekretariat Daerah")
    INSPECTORATE = "inspektorat", _("Inspektorat")
    AGENCY = "badan", _("Badan")
    CITY = "kota", _("Kota Administrasi")
    REGENCY = "kabupaten", _("Kabupaten Administrasi")
    CIVIL_POLICE = "satpol_pp", _("Satpol PP")
    OFFICE = "dinas", _("Dinas")
    COUNCIL_SECRETARIAT = "setwan", _("Sekretariat DPRD")
    BUREAU = "biro", _("Biro Setda")
    DISTRICT = "kecamatan", _("Kecamatan")
    VILLAGE = "kelurahan", _("Kelurahan")
    SUBUNIT = "sub", _("Unit di bawahnya")


class UnitQuerySet(models.QuerySet["Unit"]):
    def open_on(self, day: date) -> UnitQuerySet:
        return self.filter(
            Q(opened_on=None) | Q(opened_on__lte=day), Q(closed_on=None) | Q(closed_on__gt=day)
        )

    def under(self, unit: Unit) -> UnitQuerySet:
        """The unit and everything below it."""
        return self.filter(government_id=unit.government_id, path__startswith=unit.path)

    def named_like(self, words: str) -> UnitQuerySet:
        return self.filter(Q(name__icontains=words) | Q(abbreviation__icontains=words))


class Unit(models.Model):
    """An office (OPD, kecamatan, kelurahan) or a sub-unit below one."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="units")
    code = models.CharField(max_length=60)
    unit_class = models.CharField(max_length=20, choices=UnitClass)
    name = models.CharField(max_length=250)
    abbreviation = models.CharField(max_length=80, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    # "/31/31.74/31.74.01/": the codes from the root down, so a subtree is a prefix.
    path = models.CharField(max_length=500)
    region_code = models.CharField(max_length=20, blank=True)
    head_title = models.CharField(max_length=250, blank=True)
    website = models.CharField(max_length=250, blank=True)
    aliases = ArrayField(models.CharField(max_length=250), default=list, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    source = models.CharField(max_length=250, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "code"], name="unit_code_once"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(opened_on=None) | Q(closed_on__gt=F("opened_on")),
                name="unit_closes_after_it_opens",
            ),
        ]
        indexes = [
            models.Index(OpClass("path", "text_pattern_ops"), "government", name="unit_path"),
            models.Index(fields=["government", "unit_class"], name="unit_class"),
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="unit_name_trgm"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def journal_key(self) -> str:
        return self.code

    @property
    def short(self) -> str:
        """The name as a list shows it, without the government's own name at its end."""
        for tail in (" Setda Provinsi DKI Jakarta", " Provinsi DKI Jakarta"):
            if self.name.endswith(tail):
                return self.name.removesuffix(tail)
        return self.name

    def is_open(self, day: date) -> bool:
        opened = self.opened_on is None or self.opened_on <= day
        return opened and (self.closed_on is None or self.closed_on > day)


class UnitName(models.Model):
    """What a unit was called, from when until when. Open-ended rows are its present name."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names")
    name = models.CharField(max_length=250)
    abbreviation = models.CharField(max_length=80, blank=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    basis = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(valid_until=None), name="unit_one_present_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """One unit's tasks went to another: renamed, split or merged."""

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successors")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="predecessors")
    event = models.CharField(max_length=120)
    effective_on = models.DateField(null=True)
    effective_text = models.CharField(max_length=200)
    source = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "event"], name="succession_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} -> {self.successor}"


class Person(models.Model):
    """Somebody letters name. Signing in is another matter: see User."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="people")
    title_before = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=160)
    title_after = models.CharField(max_length=80, blank=True)
    name_folded = models.CharField(max_length=160)
    identity_kind = models.CharField(
        max_length=12, choices=[(kind.value, kind.name) for kind in IdentityKind]
    )
    identity_number = models.CharField(max_length=18, blank=True)
    identity_reason = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["government", "identity_kind", "identity_number"],
                condition=~Q(identity_number=""),
                name="person_identity_once",
            ),
            models.CheckConstraint(
                condition=Q(identity_kind="tanpa", identity_number="") & ~Q(identity_reason="")
                | ~Q(identity_kind="tanpa") & ~Q(identity_number=""),
                name="person_identity_or_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["government", "name_folded"], name="person_folded"),
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="person_name_trgm"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        before = f"{self.title_before} " if self.title_before else ""
        after = f", {self.title_after}" if self.title_after else ""
        return f"{before}{self.name}{after}"

    @property
    def initials(self) -> str:
        return initials(self.name)

    @property
    def masked_identity(self) -> str:
        return mask(IdentityKind(self.identity_kind), self.identity_number)


class Posting(models.Model):
    """Where a person works and as what. Leaving ends the row."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="postings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="postings")
    post = models.CharField(max_length=200, blank=True)
    rank = models.CharField(max_length=80, blank=True)
    begins_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit"], condition=Q(ends_on=None), name="posting_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.post}"


class Capacity(models.TextChoices):
    DEFINITIVE = "definitif", _("Definitif")
    PJ = "pj", _("Pj. (penjabat)")
    PLT = "plt", _("Plt. (pelaksana tugas)")
    PLH = "plh", _("Plh. (pelaksana harian)")
    ON_BEHALF = "an", _("a.n. (atas nama)")
    ON_BEHALF_BELOW = "an_ub", _("a.n. dan u.b. (untuk beliau)")


class HeadshipQuerySet(models.QuerySet["Headship"]):
    def on(self, day: date) -> HeadshipQuerySet:
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), begins_on__lte=day)


class Headship(models.Model):
    """Who headed a unit, in what capacity, from when until when (the end is excluded)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="headships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="headships")
    capacity = models.CharField(max_length=12, choices=Capacity)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True)
    basis = models.CharField(max_length=250, blank=True)

    objects = HeadshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("begins_on")),
                name="headship_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_capacity_display()} {self.person}"


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who signs in. What they may do is in their roles, not here."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="users")
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=160)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="users")
    is_active = models.BooleanField(default=True)
    # Counts the times somebody was switched off: a session begun before does not come back.
    switched_off = models.PositiveSmallIntegerField(default=0, db_default=0)
    is_sample = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's own, which follows the password, and the switching off beside it."""
        of_password: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]
        return f"{of_password}:{self.switched_off}"

    @property
    def journal_name(self) -> str:
        return f"{self.name} <{self.email}>"

    @property
    def initials(self) -> str:
        return initials(self.name)

    @cached_property
    def roles_now(self) -> list[Role]:
        """Read once a request: a role that ended a second ago is gone on the next click."""
        return list(self.roles.in_force().select_related("unit"))

    @property
    def kinds(self) -> set[str]:
        return {role.kind for role in self.roles_now}

    def may(self, permission: Permission, unit: Unit | None = None) -> bool:
        """`unit` None asks: anywhere at all? A role bound to a unit reaches what is below it."""
        if not self.is_active:
            return False
        return any(role.kind in permission.roles and role.reaches(unit) for role in self.roles_now)

    @property
    def own_units(self) -> list[Unit]:
        return [role.unit for role in self.roles_now if role.unit]


def user_or_none(by: Actor) -> User | None:
    """Whoever did something, for a row's foreign key: None for a machine."""
    return by if isinstance(by, User) else None


class RoleKind(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    VERIFIER = "verifier", _("Verifikator Diskominfotik")
    UNIT_HEAD = "unit_head", _("Kepala kantor")
    OFFICER = "officer", _("Petugas")
    CONTRIBUTOR = "contributor", _("Kontributor")
    READER = "reader", _("Pimpinan (membaca)")
    INSPECTOR = "inspector", _("Pemeriksa (membaca semua)")


UNIT_ROLES = {RoleKind.UNIT_HEAD, RoleKind.OFFICER, RoleKind.CONTRIBUTOR}


class RoleQuerySet(models.QuerySet["Role"]):
    def in_force(self, at: datetime | None = None) -> RoleQuerySet:
        """At an instant; by default at the database's own now, so no clock can differ."""
        moment = at or Now()
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=moment), starts_at__lte=moment)


class Role(models.Model):
    """What a user may be, where, from when until when."""

    user = models.ForeignKey(User, models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=20, choices=RoleKind)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="roles")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    granted_by_name = models.CharField(max_length=160)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=sorted(UNIT_ROLES), unit__isnull=False)
                | ~Q(kind__in=sorted(UNIT_ROLES)) & Q(unit=None),
                name="role_has_a_unit_where_it_needs_one",
            ),
            models.UniqueConstraint(
                fields=["user", "kind", "unit"],
                condition=Q(ends_at=None),
                nulls_distinct=False,
                name="role_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def reaches(self, unit: Unit | None) -> bool:
        if unit is None or self.unit is None:
            return True
        same_house = unit.government_id == self.unit.government_id
        return same_house and unit.path.startswith(self.unit.path)


def paths_above(units: Iterable[Unit]) -> set[str]:
    """Every path from the root to these units, to fetch their ancestors in one query."""
    found = set()
    for unit in units:
        parts = unit.path.strip("/").split("/")
        found |= {"/" + "/".join(parts[:n]) + "/" for n in range(1, len(parts) + 1)}
    return found
