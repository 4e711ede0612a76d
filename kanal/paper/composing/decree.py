"""The Keputusan: Menimbang, Mengingat, MEMUTUSKAN, its dicta, and the annex of many officers."""

from __future__ import annotations

from kanal.paper.composing.content import (
    Annex,
    Block,
    Centered,
    Clause,
    Content,
    Listed,
    Prose,
    Table,
)
from kanal.paper.composing.facts import Facts, Kind
from kanal.paper.composing.phrases import (
    exchange_table,
    number_of,
    people_table,
    say_accounts,
    say_basis,
    say_day,
    say_earlier,
    say_period,
    say_person,
    signature_of,
    subject_of,
    whose_post,
)

_ORDINALS = [
    "KESATU",
    "KEDUA",
    "KETIGA",
    "KEEMPAT",
    "KELIMA",
    "KEENAM",
    "KETUJUH",
    "KEDELAPAN",
    "KESEMBILAN",
    "KESEPULUH",
]
_VERBS = {
    Kind.APPOINTMENT: "Menunjuk",
    Kind.REPLACEMENT: "Mengganti",
    Kind.TERMINATION: "Memberhentikan",
}
_ANNEXES = {
    Kind.APPOINTMENT: "Susunan ",
    Kind.REPLACEMENT: "Penggantian ",
    Kind.TERMINATION: "Daftar Penghentian ",
}


def decree(facts: Facts) -> Content:
    owner = f"Keputusan {whose_post(facts.signatory)}"
    dicta = [Clause(_ORDINALS[at], parts) for at, parts in enumerate(_dicta(facts))]
    # The last two dicta are at least two lines, which keep the signature company.
    return Content(
        title=f"{owner} Nomor {number_of(facts)} tentang {subject_of(facts)}",
        heading=(owner,),
        number_line=f"NOMOR {number_of(facts).upper()}",
        about=(subject_of(facts), facts.agency),
        authority=whose_post(facts.signatory),
        body=(*_reasons(facts), *dicta[:-2]),
        tail=tuple(dicta[-2:]),
        signature=signature_of(
            facts.signatory,
            f"Ditetapkan di {facts.place}",
            f"pada tanggal {say_day(facts.date)}",
        ),
        copies=facts.copies,
        annex=_annex(facts, owner) if _has_annex(facts) else None,
    )


def _has_annex(facts: Facts) -> bool:
    people = facts.officers or facts.replaced
    return facts.kind is Kind.REPLACEMENT or len(people) > 1 or bool(people[0].accounts)


def _reasons(facts: Facts) -> tuple[Block, ...]:
    subject = subject_of(facts)
    reason = (
        f"bahwa dalam rangka pelaksanaan {say_basis(facts)}, perlu menetapkan Keputusan tentang "
        f"{subject} {facts.agency};"
    )
    considering = facts.considering or (reason,)
    recalling = facts.recalling or (f"{say_basis(facts)};",)
    owner = whose_post(facts.signatory)
    decided = f"KEPUTUSAN {owner} TENTANG {subject} {facts.agency}.".upper()
    return (
        Clause("Menimbang", (Listed(considering, style="a"),)),
        Clause("Mengingat", (Listed(recalling),)),
        Centered("MEMUTUSKAN:"),
        Clause("Menetapkan", (Prose(decided),)),
    )


def _dicta(facts: Facts) -> list[tuple[Prose | Listed | Table, ...]]:
    accounts = say_accounts(facts.accounts) or f"seluruh akun media sosial resmi {facts.agency}"
    dicta: list[tuple[Prose | Listed | Table, ...]] = [(Prose(_first(facts)),)]
    if facts.kind is not Kind.TERMINATION:
        if facts.duties:
            duty = f"{facts.role} sebagaimana dimaksud pada diktum KESATU mempunyai tugas:"
            dicta.append((Prose(duty), Listed(facts.duties, style="a")))
        dicta.append((Prose(f"Akun media sosial yang dikelola: {accounts}."),))
    if facts.earlier:
        ended = f"{say_earlier(facts.earlier)} dinyatakan tidak berlaku"
        scope = " bagi petugas yang diganti." if facts.kind is Kind.REPLACEMENT else "."
        dicta.append((Prose(ended + scope),))
    elif facts.kind is Kind.TERMINATION:
        back = f"Akses pengelolaan akun media sosial diserahkan kembali kepada {facts.agency}."
        dicta.append((Prose(back),))
    begins = say_period(facts) or "pada tanggal ditetapkan"
    dicta.append((Prose(f"Keputusan ini mulai berlaku {begins}."),))
    return dicta


def _first(facts: Facts) -> str:
    verb = _VERBS[facts.kind]
    why = f" karena {facts.reason}" if facts.reason else ""
    if _has_annex(facts):
        return (
            f"{verb} {facts.role} {facts.agency} dengan susunan sebagaimana tercantum dalam "
            f"Lampiran yang merupakan bagian tidak terpisahkan dari Keputusan ini{why}."
        )
    person = (facts.officers or facts.replaced)[0]
    return f"{verb} {say_person(person)}, sebagai {facts.role} {facts.agency}{why}."


def _annex(facts: Facts, owner: str) -> Annex:
    exchanged = facts.kind is Kind.REPLACEMENT
    table = exchange_table(facts) if exchanged else people_table(facts.officers or facts.replaced)
    return Annex(
        owner=f"Lampiran {owner}",
        reference=(("Nomor", number_of(facts)), ("Tanggal", say_day(facts.date))),
        heading=(_ANNEXES[facts.kind] + facts.role, facts.agency),
        body=(table,),
    )
