"""Letters under a title: Surat Penunjukan, Surat Tugas, Surat Perintah Tugas, Surat Penugasan."""

from __future__ import annotations

from kanal.paper.composing.content import Block, Centered, Clause, Content, Listed, Prose
from kanal.paper.composing.facts import Facts, Form, Kind
from kanal.paper.composing.phrases import (
    FORM_NAMES,
    accounts_part,
    exchange_table,
    number_of,
    people_part,
    person_pairs,
    say_accounts,
    say_basis,
    say_day,
    say_period,
    signature_of,
    subject_of,
)
from kanal.paper.composing.surat import duties_part, ended_sentence

_VERBS = {
    Kind.APPOINTMENT: "menunjuk",
    Kind.REPLACEMENT: "mengganti",
    Kind.TERMINATION: "memberhentikan",
}
_COMMANDS = {
    Form.SURAT_TUGAS: "MENUGASKAN",
    Form.SURAT_PERINTAH_TUGAS: "MEMERINTAHKAN",
    Form.SURAT_PENUGASAN: "MENUGASKAN",
}


def titled(facts: Facts) -> Content:
    is_order = facts.form in _COMMANDS and facts.kind is not Kind.TERMINATION
    return Content(
        title=f"{_title(facts)} Nomor {number_of(facts)} - {facts.agency}",
        heading=(_title(facts),),
        number_line=f"NOMOR {number_of(facts)}",
        body=_order(facts) if is_order else _statement(facts),
        tail=(*_effect(facts), Prose(_CLOSING)),
        signature=signature_of(
            facts.signatory,
            f"Ditetapkan di {facts.place}",
            f"pada tanggal {say_day(facts.date)}",
        ),
        copies=facts.copies,
    )


_CLOSING = (
    "Demikian surat ini dibuat untuk dilaksanakan dengan sebaik-baiknya dan penuh tanggung jawab."
)


def _title(facts: Facts) -> str:
    if facts.form in _COMMANDS and facts.kind is not Kind.TERMINATION:
        return FORM_NAMES[facts.form]
    return f"Surat {subject_of(facts)}"


def _statement(facts: Facts) -> tuple[Block, ...]:
    signer = facts.signatory
    with_dictum = facts.kind is not Kind.APPOINTMENT
    says = Prose(
        f"berdasarkan {say_basis(facts, with_dictum=with_dictum)}, dengan ini "
        f"{_VERBS[facts.kind]} {facts.role} {facts.agency} sebagai berikut:"
    )
    opening = (Prose("Yang bertanda tangan di bawah ini:"), person_pairs(signer, whose(facts)))
    return (*opening, says, *_people(facts))


def whose(facts: Facts) -> str:
    """The signer's post with its capacity, as it stands in a list of who signs."""
    signer = facts.signatory
    is_acting = signer.capacity.value in ("pj", "plt", "plh")
    return f"{signer.capacity.written} {signer.position}" if is_acting else signer.position


def _people(facts: Facts) -> tuple[Block, ...]:
    if facts.kind is Kind.TERMINATION:
        reason = (Prose(f"Alasan penghentian: {facts.reason}."),) if facts.reason else ()
        return (people_part(facts.replaced), *reason)
    if facts.kind is Kind.REPLACEMENT:
        return (exchange_table(facts), *accounts_part(facts), *duties_part(facts))
    return (people_part(facts.officers), *accounts_part(facts), *duties_part(facts))


def _order(facts: Facts) -> tuple[Block, ...]:
    exchanged = facts.kind is Kind.REPLACEMENT
    people = exchange_table(facts) if exchanged else people_part(facts.officers)
    accounts = say_accounts(facts.accounts) or f"seluruh akun media sosial resmi {facts.agency}"
    task = f"melaksanakan tugas sebagai {facts.role} {facts.agency} pada {accounts}"
    duties = [_without_end(duty) for duty in facts.duties]
    tasks = (*(f"{one};" for one in (task, *duties)[:-1]), f"{(task, *duties)[-1]}.")
    return (
        Clause("Dasar", (Listed((f"{say_basis(facts, with_dictum=exchanged)};",)),)),
        Centered(f"{_COMMANDS[facts.form]}:"),
        Clause("Kepada", (people,)),
        Clause("Untuk", (Listed(tasks),)),
    )


def _without_end(duty: str) -> str:
    """Each task gets its own stop, so the list's `; dan` goes."""
    return duty.rstrip(".; ").removesuffix("; dan").removesuffix(" dan").rstrip(".; ")


def _effect(facts: Facts) -> tuple[Block, ...]:
    if facts.kind is Kind.TERMINATION:
        begins = say_period(facts)
        begin = f"Penghentian ini berlaku {begins}. " if begins else ""
        return (Prose(begin + ended_sentence(facts)),)
    period = say_period(facts) or "terhitung mulai tanggal ditetapkan"
    return (
        Prose(
            f"Surat ini berlaku {period} dan disampaikan kepada {_readers(facts)} untuk dilaksanakan."
        ),
    )


def _readers(facts: Facts) -> str:
    """The instruction wants the letter with its issuer, through whoever keeps the register."""
    to = facts.addressee
    officers = "petugas yang bersangkutan"
    if to is None:
        return officers
    via = f" melalui {to.via}" if to.via else ""
    return f"{to.name}{via} serta {officers}"
