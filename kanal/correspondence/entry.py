"""One paper being drafted: its form, its rows of people, and what they come to."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import override

from kanal.appointments.models import Letter, LetterKind
from kanal.correspondence.actions import DraftFacts, OfficerLine, draft, redraft
from kanal.correspondence.doubts import doubts
from kanal.correspondence.forms import (
    MISSING,
    NEW,
    AppointmentForm,
    CorrectionForm,
    DraftForm,
    HandoverForm,
    NilForm,
    ReminderForm,
    RowForm,
    TerminationForm,
    forms_for,
    rows_class,
)
from kanal.correspondence.issuing import preview
from kanal.correspondence.models import Paper, PaperKind
from kanal.correspondence.people import anybody, officers_of, staff_of
from kanal.directory.models import Capacity, Unit, User
from kanal.directory.reading import headed_by
from kanal.intake.officers import PREFIX, hushed
from kanal.lib.fields import put_on
from kanal.lib.identity import IdentityKind
from kanal.lib.refusal import Refused

if TYPE_CHECKING:
    from kanal.correspondence.forms import Rows
    from kanal.intake.officers import Formset

# Letters are Indonesian, whatever language the drafter reads the page in.
with override("id"):
    _MISSING = {key: str(words) for key, words in MISSING.items()}
WITH_ROWS = {PaperKind.APPOINTMENT, PaperKind.REPLACEMENT, PaperKind.CORRECTION}


class Entry:
    """`data` None: a fresh page, or with `paper` the draft as it was left."""

    def __init__(
        self,
        *,
        unit: Unit,
        kind: str,
        by: User,
        today: date,
        data: QueryDict | None = None,
        paper: Paper | None = None,
        corrects: Letter | None = None,
        leaving: str = "",
        about: str = "",
    ) -> None:
        self.unit, self.kind, self.by, self.today = unit, PaperKind(kind), by, today
        self.data, self.paper, self.leaving, self.about = data, paper, leaving, about
        self.corrects = paper.corrects if paper else corrects
        self.pages: list[bytes] = []
        self.doubts: list[str] = []
        self.form = self._form()
        self.rows: Rows | None = self._rows() if self.kind in WITH_ROWS else None

    @cached_property
    def officers(self) -> dict[str, Any]:
        return officers_of(self.unit, self.today)

    @cached_property
    def staff(self) -> dict[str, Any]:
        return anybody(self.unit, self.today)

    @cached_property
    def accounts(self) -> dict[str, Any]:
        rows = self.unit.accounts.active().order_by("network", "pk")
        return {str(account.pk): account for account in rows}

    def _form(self) -> DraftForm:
        head = headed_by(self.unit, self.today)
        common: dict[str, Any] = {
            "kind": self.kind,
            "needs_through": head is not None and head.capacity == Capacity.ON_BEHALF_BELOW,
            "initial": self._initial() if self.data is None else None,
        }
        if self.kind in (PaperKind.APPOINTMENT, PaperKind.REPLACEMENT):
            accounts = [(key, str(account)) for key, account in self.accounts.items()]
            return AppointmentForm(self.data, accounts=accounts, **common)
        if self.kind == PaperKind.TERMINATION:
            leaving = [(key, one.told) for key, one in self.officers.items()]
            return TerminationForm(self.data, leaving=leaving, **common)
        if self.kind == PaperKind.CORRECTION:
            return CorrectionForm(self.data, **common)
        if self.kind == PaperKind.REMINDER:
            government = self.unit.government_id
            return ReminderForm(self.data, government=government, today=self.today, **common)
        if self.kind == PaperKind.HANDOVER:
            return HandoverForm(self.data, people=self.staff, **common)
        return NilForm(self.data, **common)

    def _initial(self) -> dict[str, Any]:
        known: dict[str, Any] = {"begins_on": self.today, "form": forms_for(self.kind)[0]}
        if self.about:
            known["about"] = self.about
        if self.leaving:
            known["leaving"] = [self.leaving]
        if self.corrects is not None:
            known |= {"begins_on": self.corrects.begins_on, "ends_on": self.corrects.ends_on}
        if self.paper is not None:
            known |= _as_left(self.paper)
        return known

    def _rows(self) -> Rows:
        leaving = self.officers if self._replaces else {}
        # Who goes can't be who comes; a ralat names whom the letter named, by hand.
        staff = {} if self.kind == PaperKind.CORRECTION else staff_of(self.unit, self.today)
        return rows_class()(
            self.data,
            prefix=PREFIX,
            initial=self._row_initial() if self.data is None else None,
            form_kwargs={
                "staff": staff,
                "leaving": leaving,
                "kind": self._row_kind,
            },
        )

    @property
    def _replaces(self) -> bool:
        return self._row_kind == LetterKind.REPLACEMENT

    @property
    def _row_kind(self) -> str:
        """A ralat's people are replaced as in the letter it corrects, which is not asked again."""
        return "" if self.kind == PaperKind.CORRECTION else str(self.kind)

    def _row_initial(self) -> list[dict[str, Any]]:
        if self.paper is not None:
            return [_row_as_left(row) for row in self.paper.officers.all()]
        if self.corrects is not None:
            named = self.corrects.officers.select_related("person").order_by("pk")
            return [
                {
                    "full_name": row.person.full_name,
                    "identity_kind": row.person.identity_kind,
                    "identity_number": row.person.identity_number,
                    "identity_reason": row.person.identity_reason,
                    "post": row.post,
                    "rank": row.rank,
                }
                for row in named
            ]
        return [{"replaces": self.leaving} if self.leaving else {}]

    def is_valid(self) -> bool:
        """Both are looked at even when one is wrong, so that every mistake shows at once."""
        return self.form.is_valid() & (self.rows is None or self.rows.is_valid())

    def hush(self) -> None:
        """A row was added or removed: what is still missing is not a mistake yet."""
        if self.rows is not None:
            hushed(self.form, cast("Formset", self.rows))

    @property
    def is_refused(self) -> bool:
        return bool(self.form.errors) or bool(self.rows and self.rows.total_error_count())

    def facts(self) -> DraftFacts:
        given = self.form.cleaned_data
        common: dict[str, Any] = {
            "kind": self.kind.value,
            "form": given.get("form") or forms_for(self.kind)[0].value,
            "begins_on": given.get("begins_on"),
            "ends_on": given.get("ends_on"),
            "signer_through": given.get("signer_through", ""),
            "copies": given.get("copies"),
            "corrects": self.corrects,
        }
        return DraftFacts(**common, **self._of_kind(given))

    def _of_kind(self, given: dict[str, Any]) -> dict[str, Any]:
        if self.kind == PaperKind.TERMINATION:
            leaving = tuple(self.officers[key].line() for key in given["leaving"])
            return {"officers": leaving, "reason": given["reason"]}
        if self.kind == PaperKind.REMINDER:
            missing = tuple(_MISSING[key] for key in given["missing"])
            return {"about_unit": given["about"], "lines": missing, "due_on": given["due_on"]}
        if self.kind == PaperKind.HANDOVER:
            pair = (self.staff[given["giver"]].line(), self.staff[given["receiver"]].line())
            accounts = tuple(self.accounts.values())
            return {"officers": pair, "lines": given["things"], "accounts": accounts}
        if self.rows is None:
            return {}
        return {
            "officers": tuple(
                self._line(row, at) for at, row in enumerate(self.rows) if row.cleaned_data
            ),
            "accounts": self._accounts(given),
        }

    def _accounts(self, given: dict[str, Any]) -> tuple[Any, ...]:
        if self.corrects is not None:
            named = self.corrects.officers.prefetch_related("accounts")
            return tuple({account for row in named for account in row.accounts.all()})
        return tuple(self.accounts[key] for key in given.get("accounts", ()))

    def _line(self, row: RowForm, at: int) -> OfficerLine:
        given = row.cleaned_data
        if given.get("known") is not None:
            line: OfficerLine = given["known"].line(given["post"], given["rank"], given["leaver"])
            return line
        kind = IdentityKind(given["identity_kind"])
        return OfficerLine(
            full_name=given["full_name"],
            identity_kind=kind,
            identity_number=given["identity_number"],
            identity_reason=given["identity_reason"] if kind is IdentityKind.NONE else "",
            post=given["post"],
            rank=given["rank"],
            replaces=given["leaver"] or self._replaced_then(at),
        )

    def _replaced_then(self, at: int) -> Any:
        if self.corrects is None:
            return None
        named = list(self.corrects.officers.select_related("replaces").order_by("pk"))
        return named[at].replaces if at < len(named) else None

    def look(self) -> None:
        """Pictures of what would be saved, and what the register says against it; nothing is kept."""
        facts = self.facts()
        self.doubts = doubts(
            unit=self.unit,
            kind=self.kind,
            begins_on=facts.begins_on,
            officers=facts.officers,
            today=self.today,
        )
        try:
            with transaction.atomic():
                self.pages = preview(self._written(), self.today)
                transaction.set_rollback(True)
        except Refused as refused:
            put_on(self.form, refused)

    def save(self) -> Paper | None:
        """The draft, or None with what was refused shown on the form."""
        try:
            return self._written()
        except Refused as refused:
            put_on(self.form, refused)
            return None

    def _written(self) -> Paper:
        if self.paper is not None:
            return redraft(paper=self.paper, facts=self.facts(), by=self.by)
        return draft(unit=self.unit, facts=self.facts(), by=self.by)

    @property
    def nobody(self) -> str:
        """Why this kind of paper can't be written now; empty when it can."""
        ends = self.kind in (PaperKind.REPLACEMENT, PaperKind.TERMINATION)
        if ends and not self.officers:
            return _("Kantor ini belum punya petugas yang suratnya diterima.")
        if self.kind == PaperKind.HANDOVER and len(self.staff) < 2:
            return _("Belum cukup orang yang tercatat di kantor ini.")
        if self.kind == PaperKind.CORRECTION and self.corrects is None:
            return _("Pilih dulu surat yang diralat.")
        return ""


def _as_left(paper: Paper) -> dict[str, Any]:
    people = [str(row.person_id) for row in paper.officers.all()]
    return {
        "begins_on": paper.begins_on,
        "ends_on": paper.ends_on,
        "form": paper.form,
        "reason": paper.reason,
        "accounts": [str(account.pk) for account in paper.accounts.all()],
        "copies": "\n".join(paper.copies or ()),
        "signer_through": paper.signer_through,
        "leaving": people,
        "about": paper.about_unit.code if paper.about_unit else "",
        "missing": [key for key, words in _MISSING.items() if words in paper.lines],
        "due_on": paper.due_on,
        "things": "\n".join(paper.lines),
        "giver": people[0] if people else "",
        "receiver": people[-1] if people else "",
    }


def _row_as_left(row: Any) -> dict[str, Any]:
    return {
        "person": str(row.person_id or NEW),
        "replaces": str(row.replaces_id or ""),
        "full_name": "" if row.person_id else row.full_name,
        "identity_kind": row.identity_kind,
        "identity_number": "" if row.person_id else row.identity_number,
        "identity_reason": "" if row.person_id else row.identity_reason,
        "post": row.post,
        "rank": row.rank,
    }
