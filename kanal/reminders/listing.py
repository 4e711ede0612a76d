"""What the pages show of a plan, of a run, and of one office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote, urlencode

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kanal.compliance.pictures import marks
from kanal.compliance.stages import Stage
from kanal.directory.models import Unit
from kanal.lib.workdays import Calendar
from kanal.mandates.models import Mandate, UnitStatus
from kanal.post.models import Outgoing
from kanal.reminders.models import REMINDED, Rule, Sent, Step
from kanal.reminders.occurrences import upcoming
from kanal.reminders.phones import whatsapp
from kanal.reminders.planning import Line, Plan, staged
from kanal.reminders.recipients import Reachable, Recipient
from kanal.reminders.wording import Office, Writer, filled

A_PAGE = 20
FILE_PAGE = 20
EVERY = "semua"


@dataclass(frozen=True)
class StepCount:
    """How many offices are reminded at that step, drawn by their stages."""

    key: str
    label: str | Promise
    count: int
    picture: SafeString


def steps(plan: Plan) -> list[StepCount]:
    found = []
    for step in Step:
        stages = [line.office.stage for line in plan.lines if line.reached.step == step]
        counts = {stage: stages.count(stage) for stage in set(stages)}
        if stages or step != Step.NOBODY:
            picture = marks(counts, of_all=len(plan.lines))
            found.append(StepCount(step.value, step.label, len(stages), picture))
    return found


def stages(plan: Plan) -> list[tuple[str, str, int]]:
    counts = plan.by_stage()
    return [(stage.value, str(stage.label), counts[stage]) for stage in REMINDED if counts[stage]]


def narrowed(plan: Plan, *, words: str, step: str) -> list[Line]:
    wanted = words.casefold()
    lines = [
        line
        for line in plan.lines
        if (step == EVERY or line.reached.step == step) and (not wanted or _says(line, wanted))
    ]
    lines.sort(key=lambda line: (line.office.counted_from, line.office.name, line.unit_id))
    return lines


def _says(line: Line, wanted: str) -> bool:
    told = [line.office.name, line.office.code, line.rule.name]
    told += [f"{one.address} {one.name}" for one in line.recipients]
    return any(wanted in each.casefold() for each in told)


def page_of(lines: list[Line], number: str | None) -> Page[Line]:
    return Paginator(lines, A_PAGE).get_page(number)


@dataclass(frozen=True)
class Kept:
    """A reminder in an office's file: the message with what became of it."""

    sent: Sent
    message: Outgoing | None
    whatsapp: str = ""


def kept(rows: Iterable[Sent], government_id: int) -> list[Kept]:
    """With their messages, in one more query."""
    found = list(rows)
    keys = {row.key for row in found if row.key}
    messages = Outgoing.objects.filter(government_id=government_id, key__in=keys)
    by_key = {message.key: message for message in messages.defer("html", "references")}
    return [Kept(row, by_key.get(row.key)) for row in found]


def in_file(
    rows: Iterable[Sent], government_id: int, office: Office | None, writer: Writer | None
) -> list[Kept]:
    """As `kept`, each with a WhatsApp link to whoever it went to, in the words of today."""
    return [
        replace(each, whatsapp=_link(each.sent, office, writer))
        for each in kept(rows, government_id)
    ]


def _link(sent: Sent, office: Office | None, writer: Writer | None) -> str:
    if office is None or writer is None or sent.person is None:
        return ""
    return whatsapp(sent.person.phone, spoken(office, writer, sent.rule))


@dataclass(frozen=True)
class Reachee:
    """Somebody of the office who can be asked: at which step, and how."""

    step: str | Promise
    one: Recipient
    is_dead: bool
    whatsapp: str
    # Opens the reader's own mail program with the same words; nothing is sent by Kanal.
    mail: str = ""


@dataclass(frozen=True)
class Standing:
    """Where an office stands, and what comes next."""

    stage: Stage
    counted_from: date | None
    due_on: date | None
    coming: list[tuple[date, Rule]]
    office: Office | None

    @property
    def label(self) -> str:
        return str(self.stage.label)


def standing(mandate: Mandate, unit: Unit, day: date, calendar: Calendar) -> Standing | None:
    """None: the mandate does not name the office."""
    row = staged(UnitStatus.objects.filter(mandate=mandate, unit=unit), day).first()
    if row is None:
        return None
    counted = row.counted_from if row.due_on else None
    stage = Stage(row.stage)
    if counted is None or stage not in REMINDED:
        return Standing(stage, None, row.due_on, [], None)
    office = Office(unit.code, unit.name, row.officer_names, stage, counted)
    coming = []
    for rule in mandate.reminder_rules.active(day):
        if stage in rule.stages and (on := upcoming(rule, counted, day, calendar)):
            coming.append((on, rule))
    coming.sort(key=lambda each: (each[0], each[1].pk))
    return Standing(stage, counted, row.due_on, coming, office)


def reachees(there: Reachable, unit: Unit, text: str) -> list[Reachee]:
    found = []
    for step in (Step.OFFICER, Step.HEAD):
        for one in there.named(unit.pk, step):
            is_dead = one.address.lower() in there.dead
            mail = "" if is_dead else _mail(one.address, unit, text)
            found.append(Reachee(step.label, one, is_dead, whatsapp(one.phone, text), mail))
    return found


def _mail(address: str, unit: Unit, text: str) -> str:
    if not address or not text:
        return ""
    asked = {"subject": _("Pengingat %(unit)s") % {"unit": unit.short}, "body": text}
    return f"mailto:{quote(address)}?{urlencode(asked, quote_via=quote)}"


def spoken(office: Office | None, writer: Writer, rule: Rule | None = None) -> str:
    """The reminder as a short message; the rule's own words where there is one."""
    if office is None:
        return ""
    text = rule.text if rule is not None and rule.step != Step.VERIFIER else _SHORT
    return filled(text, writer.values(office))


_SHORT = (
    "Yth. Bapak/Ibu di {kantor}, menurut catatan kami {kantor} {keadaan}. Batasnya {tenggat}"
    " ({sisa}). Kami mohon: {langkah}. {tautan}"
)
