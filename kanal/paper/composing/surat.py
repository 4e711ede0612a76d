"""The surat dinas: to the Sekda, with Nomor, Sifat, Lampiran, Hal."""

from __future__ import annotations

from collections.abc import Callable

from kanal.paper.composing.content import Block, Content, Listed, Prose, Table
from kanal.paper.composing.facts import Facts, Kind
from kanal.paper.composing.phrases import (
    accounts_part,
    exchange_table,
    number_of,
    people_part,
    say_basis,
    say_day,
    say_earlier,
    say_period,
    signature_of,
    subject_of,
)

THANKS = Prose("Demikian disampaikan, atas perhatian dan kerja samanya diucapkan terima kasih.")

# The body, and the last paragraph that stays with the thanks and the signature.
_Parts = tuple[tuple[Block, ...], tuple[Block, ...]]


def surat(facts: Facts) -> Content:
    body, tail = _PARTS[facts.kind](facts)
    return Content(
        title=f"{subject_of(facts)} - {facts.agency}",
        body=body,
        tail=(*tail, THANKS),
        signature=signature_of(facts.signatory),
        reference=(
            ("Nomor", number_of(facts)),
            ("Sifat", facts.urgency),
            ("Lampiran", facts.enclosure),
            ("Hal", subject_of(facts)),
        ),
        place=facts.place,
        day=say_day(facts.date),
        addressee=_addressee(facts),
        copies=facts.copies,
    )


def _addressee(facts: Facts) -> tuple[str, ...]:
    """Name, `melalui` and the one between when there is one, `di` with the place."""
    to = facts.addressee
    if to is None:
        return ()
    via = ("melalui", to.via) if to.via else ()
    return (to.name, *via, f"di {to.place}") if to.place else (to.name, *via)


def duties_part(facts: Facts) -> tuple[Block, ...]:
    if not facts.duties:
        return ()
    return (Prose(f"{facts.role} tersebut mempunyai tugas:"), Listed(facts.duties, style="a"))


def _appointment(facts: Facts) -> _Parts:
    who = "nama pegawai yang ditunjuk"
    opening = Prose(
        f"Menindaklanjuti {say_basis(facts)}, bersama ini disampaikan {who} sebagai {facts.role} "
        f"{facts.agency} sebagai berikut:"
    )
    body = (opening, people_part(facts.officers), *accounts_part(facts), *duties_part(facts))
    return body, (_in_force(facts, "Penunjukan ini berlaku"),)


def _in_force(facts: Facts, what: str) -> Prose:
    period = say_period(facts) or "terhitung mulai tanggal surat ini"
    return Prose(
        f"{what} {period}, dan apabila terjadi perubahan akan disampaikan surat penggantian "
        f"{facts.role}."
    )


def _replacement(facts: Facts) -> _Parts:
    opening = Prose(
        f"Berdasarkan {say_basis(facts, with_dictum=True)}, dengan ini disampaikan penggantian "
        f"{facts.role} {facts.agency} sebagai berikut:"
    )
    body = (opening, exchange_table(facts), *accounts_part(facts), *duties_part(facts))
    return body, (_in_force(facts, "Penggantian ini berlaku"), *_no_longer(facts))


def _no_longer(facts: Facts) -> tuple[Block, ...]:
    if facts.earlier is None:
        return ()
    return (
        Prose(
            f"Dengan berlakunya penggantian ini, {say_earlier(facts.earlier)} dinyatakan tidak "
            "berlaku lagi bagi petugas yang diganti."
        ),
    )


def _termination(facts: Facts) -> _Parts:
    period = say_period(facts) or "terhitung mulai tanggal surat ini"
    opening = Prose(
        f"Berdasarkan {say_basis(facts, with_dictum=True)}, dengan ini disampaikan bahwa {period} "
        f"pegawai berikut berhenti sebagai {facts.role} {facts.agency}:"
    )
    reason = (Prose(f"Alasan penghentian: {facts.reason}."),) if facts.reason else ()
    return (opening, people_part(facts.replaced), *reason, *_ended_accounts(facts)), (
        Prose(ended_sentence(facts)),
    )


def _ended_accounts(facts: Facts) -> tuple[Block, ...]:
    return accounts_part(facts) if facts.accounts else ()


def ended_sentence(facts: Facts) -> str:
    source = say_earlier(facts.earlier) if facts.earlier else "surat penunjukan terdahulu"
    return (
        f"Dengan surat ini, {source} dinyatakan tidak berlaku lagi bagi yang bersangkutan, dan "
        "seluruh akses pengelolaan akun media sosial diserahkan kembali kepada "
        f"{facts.agency}."
    )


def _correction(facts: Facts) -> _Parts:
    source = say_earlier(facts.earlier) if facts.earlier else "surat terdahulu"
    rows = tuple(
        (f"{at}.", one.where, one.was, one.becomes) for at, one in enumerate(facts.corrections, 1)
    )
    opening = Prose(
        f"Sehubungan dengan kekeliruan penulisan dalam {source}, dengan ini disampaikan ralat "
        "sebagai berikut:"
    )
    tail = "Ketentuan lain dalam surat tersebut tidak berubah dan tetap berlaku."
    table = Table(("No.", "Bagian", "Semula tertulis", "Seharusnya"), rows)
    return (opening, table), (Prose(tail),)


def _nil(facts: Facts) -> _Parts:
    statement = Prose(
        f"Menindaklanjuti {say_basis(facts)}, dengan ini dinyatakan bahwa sampai dengan tanggal "
        f"{say_day(facts.date)} {facts.agency} tidak memiliki akun media sosial (nihil), sehingga "
        f"tidak menunjuk {facts.role}."
    )
    tail = (
        f"Apabila di kemudian hari {facts.agency} membuka akun media sosial, surat penunjukan "
        f"{facts.role} akan segera disampaikan."
    )
    return (statement,), (Prose(tail),)


def _reminder(facts: Facts) -> _Parts:
    asked = facts.reminder
    if asked is None:
        raise ValueError(facts.kind)
    again = f" (pengingat ke-{asked.ordinal})" if asked.ordinal > 1 else ""
    opening = (
        f"Menindaklanjuti {say_basis(facts)}, sampai dengan tanggal {say_day(facts.date)} kami "
        f"belum menerima{again}"
    )
    what: tuple[Block, ...] = (Prose(f"{opening} {asked.missing[0]}."),)
    if len(asked.missing) > 1:
        what = (Prose(f"{opening}:"), Listed(asked.missing))
    due = f" paling lambat tanggal {say_day(asked.due)}" if asked.due else " segera"
    to = f" melalui {asked.reply_to}" if asked.reply_to else ""
    request = f"Sehubungan dengan hal tersebut, mohon agar disampaikan{due}{to}."
    passed = "Apabila telah disampaikan, surat ini dapat diabaikan."
    return (*what, Prose(request)), (Prose(passed),)


_PARTS: dict[Kind, Callable[[Facts], _Parts]] = {
    Kind.APPOINTMENT: _appointment,
    Kind.REPLACEMENT: _replacement,
    Kind.TERMINATION: _termination,
    Kind.CORRECTION: _correction,
    Kind.NIL: _nil,
    Kind.REMINDER: _reminder,
}
