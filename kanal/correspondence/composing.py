"""From a draft and the register to the facts of a paper: nobody types what is already known."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from kanal.appointments.models import PLAIN_FORMS, Appointment, Letter, LetterKind
from kanal.correspondence.changes import changes
from kanal.correspondence.models import Paper, PaperKind, PaperOfficer
from kanal.directory.models import Capacity, Headship, Posting, Unit
from kanal.directory.reading import headed_by
from kanal.lib.identity import IdentityKind
from kanal.lib.refusal import Refused
from kanal.mandates.models import Mandate
from kanal.paper.composing import facts
from kanal.register.models import Account
from kanal.stationery.letterheads import head_of

# Staff without a number of their own are named with what they are.
_STATUS = {IdentityKind.NIP: "PNS", IdentityKind.OLD_NIP: "PNS", IdentityKind.PPPK: "PPPK"}
_KEEPS_DUTIES = {PaperKind.APPOINTMENT, PaperKind.REPLACEMENT}


class CannotCompose(Refused):
    """Something the register should know is missing; the draft stays as it is."""

    status = 422


def facts_of(paper: Paper, day: date) -> facts.Facts:
    """Everything that is printed, as the register has it that day. Raises CannotCompose."""
    unit, kind = paper.unit, facts.Kind(paper.kind)
    printed, place = letterhead_and_place(paper, day)
    mandate = _mandate(paper, day)
    officers = list(paper.officers.select_related("person", "replaces"))
    return facts.Facts(
        kind=kind,
        form=facts.Form(paper.form),
        letterhead=printed,
        agency=unit.name,
        number=paper.number_text or None,
        date=day,
        place=place,
        signatory=signatory_of(paper, day),
        addressee=_addressee(paper, mandate, place),
        basis=_basis(paper, mandate),
        officers=_beginning(paper, officers),
        replaced=_ending(paper, officers, day),
        accounts=tuple(map(account_facts, paper.accounts.order_by("network", "pk"))),
        duties=_duties(mandate) if paper.kind in _KEEPS_DUTIES else (),
        begins_on=paper.begins_on,
        ends_on=paper.ends_on,
        earlier=_earlier(paper, officers, day),
        corrections=_corrections(paper, officers),
        reason=paper.reason,
        reminder=_reminder(paper, mandate),
        handover=_handover(paper, officers),
        copies=_copies(paper, mandate),
    )


def letterhead_and_place(paper: Paper, day: date) -> tuple[facts.Letterhead, str]:
    """The place falls back to where the instruction was signed: the government's own seat."""
    head = head_of(paper.unit)
    mandate = _mandate(paper, day)
    return head.printed, head.city or (mandate.signed_at if mandate else "")


def _mandate(paper: Paper, day: date) -> Mandate | None:
    return Mandate.objects.in_force(day).filter(government_id=paper.government_id).first()


def signatory_of(paper: Paper, day: date) -> facts.Signatory:
    """Who heads the unit that day, in which capacity."""
    unit = paper.unit
    headship = headed_by(unit, day)
    if headship is None or not unit.head_title:
        raise CannotCompose(
            _("Belum tercatat siapa kepala %(unit)s.") % {"unit": unit.short},
            kept=_("Konsepnya tetap tersimpan."),
            next_step=_("Catat kepala kantor dan sebutan jabatannya di halaman kantor."),
        )
    capacity = facts.Capacity(headship.capacity)
    person, posting = headship.person, _posting(headship)
    is_for = headship.capacity in (Capacity.ON_BEHALF, Capacity.ON_BEHALF_BELOW)
    return facts.Signatory(
        name=person.full_name,
        position=(posting.post if posting else "") if is_for else unit.head_title,
        nip=_printed_number(person.identity_kind, person.identity_number),
        rank=(posting.rank if posting else "") or None,
        capacity=capacity,
        on_behalf_of=unit.head_title if is_for else "",
        through=paper.signer_through if capacity is facts.Capacity.ON_BEHALF_BELOW else "",
    )


def _posting(headship: Headship) -> Posting | None:
    rows = Posting.objects.filter(person_id=headship.person_id, ends_on=None)
    return rows.filter(unit_id=headship.unit_id).order_by("-pk").first()


def _addressee(paper: Paper, mandate: Mandate | None, place: str) -> facts.Addressee | None:
    if paper.form != facts.Form.SURAT and not paper.is_letter:
        return None
    if paper.about_unit is not None:
        title = paper.about_unit.head_title or "Kepala"
        return facts.Addressee(_post_at(title, paper.about_unit), place=place)
    to = mandate.issuer if mandate else ""
    via = paper.government.verifying_unit_name
    return facts.Addressee(to, via=f"Kepala {via}" if via else "", place=place) if to else None


def _post_at(title: str, unit: Unit) -> str:
    """`Lurah Rawa Melati`, `Kepala Dinas Perhubungan`."""
    bare = unit.short
    for kind in ("Kelurahan ", "Kecamatan "):
        bare = bare.removeprefix(kind)
    known = title.casefold()
    if bare.casefold() in known or known in bare.casefold():
        return title
    return f"{title} {bare}"


def _basis(paper: Paper, mandate: Mandate | None) -> facts.Basis | None:
    if mandate is None:
        return None
    number = f" Nomor {mandate.number}" if mandate.number else ""
    year = f" Tahun {mandate.year}" if mandate.year else ""
    about = f" tentang {mandate.title}" if mandate.title else ""
    return facts.Basis(f"{mandate.form}{number}{year}{about}", _dictum(paper, mandate))


def _dictum(paper: Paper, mandate: Mandate) -> str:
    """The part of the mandate that speaks of replacing, for papers that do so."""
    if paper.kind not in (PaperKind.REPLACEMENT, PaperKind.TERMINATION):
        return ""
    found = mandate.dicta.filter(text__icontains="penggantian").first()
    return found.label if found else ""


def _duties(mandate: Mandate | None) -> tuple[str, ...]:
    """The items of the dictum that lists them."""
    for dictum in mandate.dicta.all() if mandate else ():
        if dictum.items:
            return tuple(dictum.items)
    return ()


def account_facts(account: Account) -> facts.Account:
    return facts.Account(account.get_network_display(), account.shown)


def _beginning(paper: Paper, officers: list[PaperOfficer]) -> tuple[facts.Officer, ...]:
    if paper.kind in (PaperKind.APPOINTMENT, PaperKind.REPLACEMENT):
        return tuple(map(officer_facts, officers))
    return ()


def _ending(paper: Paper, officers: list[PaperOfficer], day: date) -> tuple[facts.Officer, ...]:
    if paper.kind == PaperKind.TERMINATION:
        return tuple(map(officer_facts, officers))
    if paper.kind != PaperKind.REPLACEMENT:
        return ()
    people = [row.replaces for row in officers if row.replaces]
    posts = _named_last(paper.unit, [person.pk for person in people])
    return tuple(
        facts.Officer(
            person.full_name,
            posts.get(person.pk, ("", ""))[0] or "Petugas",
            nip=_printed_number(person.identity_kind, person.identity_number),
            rank=posts.get(person.pk, ("", ""))[1] or None,
            status=_STATUS.get(IdentityKind(person.identity_kind)),
        )
        for person in people
    )


def _named_last(unit: Unit, people: list[int]) -> dict[int, tuple[str, str]]:
    """Post and rank as the newest letter of the unit named them."""
    rows = Letter.objects.accepted().filter(unit=unit, officers__person__in=people)
    named = rows.order_by("dated", "pk").values_list(
        "officers__person_id", "officers__post", "officers__rank"
    )
    return {person: (post, rank) for person, post, rank in named}


def officer_facts(row: PaperOfficer) -> facts.Officer:
    kind = IdentityKind(row.identity_kind)
    return facts.Officer(
        row.full_name,
        row.post,
        nip=_printed_number(row.identity_kind, row.identity_number),
        rank=row.rank or None,
        status=_STATUS.get(kind) or row.identity_reason or None,
    )


def _printed_number(kind: str, number: str) -> str | None:
    """An NRK is the office's own and stands on no letter."""
    return number if number and IdentityKind(kind) in _STATUS else None


def _earlier(paper: Paper, officers: list[PaperOfficer], day: date) -> facts.Earlier | None:
    """The letter that this one corrects, or under which those who go are in office."""
    letter = paper.corrects or letter_ended_by(paper, officers, day)
    if letter is None:
        return None
    return earlier_facts(letter)


def earlier_facts(letter: Letter) -> facts.Earlier:
    with override("id"):
        says_more = letter.kind != LetterKind.APPOINTMENT and letter.form in PLAIN_FORMS
        title = letter.called if says_more else ""
    form = facts.Form(letter.form)
    return facts.Earlier(form, letter.number, letter.dated, letter.subject, title)


def letter_ended_by(paper: Paper, officers: list[PaperOfficer], day: date) -> Letter | None:
    going = {row.replaces_id for row in officers if row.replaces_id}
    if paper.kind == PaperKind.TERMINATION:
        going = {row.person_id for row in officers if row.person_id}
    if not going:
        return None
    terms = Appointment.objects.known().filter(unit_id=paper.unit_id, person__in=going)
    found = terms.on(paper.begins_on or day).select_related("letter").order_by("-valid", "-pk")
    term = found.first()
    return term.letter if term else None


def _corrections(paper: Paper, officers: list[PaperOfficer]) -> tuple[facts.Correction, ...]:
    return tuple(changes(paper, officers)) if paper.corrects is not None else ()


def _reminder(paper: Paper, mandate: Mandate | None) -> facts.Reminder | None:
    if paper.kind != PaperKind.REMINDER:
        return None
    earlier = Paper.objects.issued().filter(
        unit_id=paper.unit_id, kind=paper.kind, about_unit_id=paper.about_unit_id
    )
    return facts.Reminder(
        tuple(paper.lines),
        due=paper.due_on,
        ordinal=earlier.exclude(pk=paper.pk).count() + 1,
        reply_to=mandate.address if mandate else "",
    )


def _handover(paper: Paper, officers: list[PaperOfficer]) -> facts.Handover | None:
    if paper.kind != PaperKind.HANDOVER or len(officers) != 2:
        return None
    giver, receiver = map(officer_facts, officers)
    things = [line.partition("|") for line in paper.lines]
    return facts.Handover(
        giver,
        receiver,
        tuple(facts.Custody(what.strip(), kept.strip() or "-") for what, _bar, kept in things),
    )


def _copies(paper: Paper, mandate: Mandate | None) -> tuple[str, ...]:
    """Tembusan: as the drafter wrote them, else whom the mandate wants to have the letter."""
    if paper.copies is not None:
        return tuple(paper.copies)
    if mandate is None or not paper.is_letter or paper.form == facts.Form.SURAT:
        return ()
    via = paper.government.verifying_unit_name
    return tuple(filter(None, (mandate.issuer, f"Kepala {via}" if via else "")))
