"""What waits for somebody, group by group, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet, Window
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kanal.appointments.models import Appointment, Letter, LetterState
from kanal.appointments.permissions import SUBMIT_LETTER, VERIFY_LETTER
from kanal.appointments.warnings import AT_MOST, Alert, Found, warnings
from kanal.compliance.stages import OPEN, Stage, late_days, stage_of
from kanal.desk.permissions import SEE_TASKS
from kanal.directory.asking import day_of, reach
from kanal.directory.models import Unit, User
from kanal.intake.models import Medium, Receipt
from kanal.intake.permissions import RECEIVE
from kanal.lib.dates import local_day
from kanal.mandates.models import Mandate, UnitStatus
from kanal.register.flags import flags
from kanal.register.models import Account, AccountState, Report
from kanal.register.reports import open_reports

SHOWN = 8
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Task:
    text: str
    unit: Unit
    detail: str
    url: str
    action: str


@dataclass(frozen=True)
class Group:
    key: str
    title: str
    icon: str
    tasks: list[Task]
    total: int
    # Where all of them are, when there are more than are shown.
    more: str = ""

    @property
    def hidden(self) -> int:
        return self.total - len(self.tasks)


@dataclass
class Desk:
    """One person's tasks on a day."""

    user: User
    # One group by its key, whole; empty: all of them, the first few of each.
    only: str = ""
    today: date = field(init=False)

    def __post_init__(self) -> None:
        self.today = day_of(self.user)

    @cached_property
    def is_whole(self) -> bool:
        """Somebody with a role over the whole government; others see to their own offices."""
        roles = [role for role in self.user.roles_now if role.kind in SEE_TASKS.roles]
        return any(role.unit is None for role in roles)

    @cached_property
    def groups(self) -> list[Group]:
        mine = [] if self.is_whole else [self._steps, self._returned]
        theirs = [self._waiting, self._held, self._copies, self._alerts, self._flags]
        whole = {"lengkap": self._steps, "dikembalikan": self._returned, "perhatian": self._alerts}
        making = [*mine, *theirs, self._unverified]
        if self.only in whole and whole[self.only] in making:
            making = [whole[self.only]]
        return [group for make in making if (group := make()).total]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.only) and len(self.groups) == 1

    @property
    def _shown(self) -> int:
        return AT_MOST if self.only else SHOWN

    def _all_of(self, key: str) -> str:
        return "" if self.only else f"{reverse('desk:tasks')}?kelompok={key}"

    @cached_property
    def reports(self) -> list[Report]:
        return open_reports(self.user.government) if self.is_whole else []

    @cached_property
    def _units(self) -> list[int] | None:
        """The units of somebody bound to some; None: all of the government's."""
        if self.is_whole:
            return None
        rows = Unit.objects.filter(reach(self.user, SEE_TASKS, unit=""))
        return list(rows.values_list("pk", flat=True))

    def _mine(self) -> Q:
        return reach(self.user, SEE_TASKS)

    def _waiting(self) -> Group:
        rows, total = self._letters(LetterState.SUBMITTED)
        return Group(
            "menunggu",
            _("Surat menunggu verifikasi"),
            "inbox",
            [self._letter(letter, _("Periksa")) for letter in rows],
            total,
            f"{reverse('intake:letters')}?keadaan=menunggu",
        )

    def _held(self) -> Group:
        rows, total = self._letters(LetterState.HELD)
        return Group(
            "ditunda",
            _("Surat ditunda"),
            "player-pause",
            [self._letter(letter, _("Lanjutkan")) for letter in rows],
            total,
            f"{reverse('intake:letters')}?keadaan=ditunda",
        )

    def _letters(self, state: LetterState) -> tuple[list[Letter], int]:
        """The oldest first."""
        rows = Letter.objects.filter(self._mine(), state=state).select_related("unit")
        return _counted(rows.order_by("submitted_at", "pk"))

    def _letter(self, letter: Letter, action: str) -> Task:
        days = (self.today - local_day(letter.submitted_at, self.user.government.timezone)).days
        waits = ngettext("menunggu %(n)s hari", "menunggu %(n)s hari", days) % {"n": days}
        own = letter.submitted_by_id == self.user.pk
        verifies = self.user.may(VERIFY_LETTER, letter.unit) and not own
        page = "appointments:verify" if verifies else "appointments:letter"
        return Task(
            _("%(kind)s %(number)s") % {"kind": letter.get_kind_display(), "number": letter.number},
            letter.unit,
            waits if days else _("masuk hari ini"),
            reverse(page, args=[letter.pk]),
            action if verifies else _("Lihat"),
        )

    def _returned(self) -> Group:
        """Given back, and nothing sent in since."""
        newer = Letter.objects.filter(
            unit=OuterRef("unit"), submitted_at__gt=OuterRef("decided_at")
        )
        rows = Letter.objects.filter(self._mine(), ~Exists(newer), state=LetterState.RETURNED)
        rows = rows.select_related("unit").order_by("-decided_at")
        found, total = _counted(rows, self._shown)
        title = _("Surat dikembalikan, menunggu perbaikan")
        tasks = [self._letter(letter, _("Lihat")) for letter in found]
        more = self._all_of("dikembalikan")
        return Group("dikembalikan", title, "arrow-back-up", tasks, total, more)

    def _copies(self) -> Group:
        """Letters in force of which a copy hasn't come."""
        in_force = Appointment.objects.known().on(self.today).filter(letter=OuterRef("pk"))
        came = Receipt.objects.standing().filter(letter=OuterRef("pk"))
        rows = (
            Letter.objects.accepted()
            .filter(self._mine(), Exists(in_force))
            .annotate(
                soft=Exists(came.filter(medium=Medium.SOFTCOPY)),
                hard=Exists(came.filter(medium=Medium.HARDCOPY)),
            )
            .exclude(soft=True, hard=True)
        )
        found, total = _counted(rows.select_related("unit").order_by("dated", "pk"))
        return Group(
            "salinan",
            _("Softcopy atau hardcopy belum diterima"),
            "rubber-stamp",
            [self._copy(letter) for letter in found],
            total,
            f"{reverse('compliance:board')}?status=soft" if self.is_whole else "",
        )

    def _copy(self, letter: Letter) -> Task:
        facts = vars(letter)
        missing = [] if facts["soft"] else [str(Medium.SOFTCOPY.label)]
        missing += [] if facts["hard"] else [str(Medium.HARDCOPY.label)]
        days = (self.today - letter.dated).days
        receives = self.user.may(RECEIVE, letter.unit)
        return Task(
            _("%(media)s surat %(number)s")
            % {"media": _(" dan ").join(missing), "number": letter.number},
            letter.unit,
            ngettext("bertanggal %(n)s hari lalu", "bertanggal %(n)s hari lalu", days)
            % {"n": days},
            reverse("intake:receive" if receives else "appointments:letter", args=[letter.pk]),
            _("Terima") if receives else _("Lihat"),
        )

    def _alerts(self) -> Group:
        found: Found = warnings(self.user.government_id, self.today, self._units, most=self._shown)
        units = Unit.objects.in_bulk({alert.unit_id for alert in found.alerts})
        return Group(
            "perhatian",
            _("Perlu perhatian di kantor"),
            "alert-triangle",
            [self._alert(alert, units[alert.unit_id]) for alert in found.alerts],
            sum(found.totals.values()),
            self._all_of("perhatian"),
        )

    def _alert(self, alert: Alert, unit: Unit) -> Task:
        return Task(alert.text, unit, "", reverse("desk:unit", args=[unit.code]), _("Buka kantor"))

    def _flags(self) -> Group:
        if self._units is None:
            found = flags(self.user.government_id)
        else:
            active = Account.objects.active().filter(unit__in=self._units)
            accounts = list(active.values_list("pk", flat=True))
            found = flags(self.user.government_id, accounts=accounts) if accounts else []
        tasks = [
            Task(
                flag.text,
                flag.account.unit,
                "",
                reverse("register:account", args=[flag.account.pk]),
                _("Buka akun"),
            )
            for flag in found[:SHOWN]
        ]
        more = f"{reverse('register:accounts')}?tanda=on"
        return Group("tanda", _("Akun yang bertanda"), "flag", tasks, len(found), more)

    def _unverified(self) -> Group:
        rows = Account.objects.filter(self._mine(), state=AccountState.DECLARED)
        found, total = _counted(rows.select_related("unit").order_by("declared_on", "pk"))
        return Group(
            "akun",
            _("Akun dinyatakan, belum diverifikasi"),
            "rosette-discount-check",
            [self._account(account) for account in found],
            total,
            f"{reverse('register:accounts')}?keadaan={AccountState.DECLARED}",
        )

    def _account(self, account: Account) -> Task:
        days = (self.today - account.declared_on).days
        return Task(
            str(account),
            account.unit,
            ngettext("dinyatakan %(n)s hari lalu", "dinyatakan %(n)s hari lalu", days) % {"n": days}
            if days
            else _("dinyatakan hari ini"),
            reverse("register:account", args=[account.pk]),
            _("Buka akun"),
        )

    def _steps(self) -> Group:
        """How far one's own offices are, those that still owe something."""
        in_force = Mandate.objects.filter(government_id=self.user.government_id)
        rows = UnitStatus.objects.filter(
            unit__in=self._units or [], mandate__in=in_force.in_force(self.today).values("pk")
        ).select_related("unit")
        owing = [
            (row, stage)
            for row in rows.order_by("unit__path")
            if (stage := stage_of(row, self.today)) in (*OPEN, Stage.UNKNOWN)
        ]
        tasks = [self._step(row, stage) for row, stage in owing[: self._shown]]
        title, more = _("Kelengkapan kantor"), self._all_of("lengkap")
        return Group("lengkap", title, "list-check", tasks, len(owing), more)

    def _step(self, row: UnitStatus, stage: Stage) -> Task:
        late = late_days(row, stage, self.today)
        return Task(
            str(stage.label),
            row.unit,
            ngettext("lewat batas %(n)s hari", "lewat batas %(n)s hari", late) % {"n": late}
            if late
            else "",
            reverse("desk:unit", args=[row.unit.code]),
            _("Kerjakan") if self.user.may(SUBMIT_LETTER, row.unit) else _("Lihat"),
        )


def _counted(rows: QuerySet[Row], most: int = SHOWN) -> tuple[list[Row], int]:
    """The first few rows, and how many there are, in one query."""
    found = list(rows.annotate(total=Window(Count("*")))[:most])
    return found, vars(found[0])["total"] if found else 0
