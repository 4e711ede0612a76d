"""The pieces that sentences of every letter share: days, people, accounts, earlier letters."""

from __future__ import annotations

from datetime import date

from kanal.lib.daywords import MONTH_NAMES
from kanal.paper.composing.content import Block, Listed, Pairs, Prose, Signature, Table
from kanal.paper.composing.facts import (
    Account,
    Capacity,
    Earlier,
    Facts,
    Form,
    Kind,
    Officer,
    Signatory,
)

FORM_NAMES = {
    Form.SURAT: "Surat",
    Form.SURAT_PENUNJUKAN: "Surat Penunjukan",
    Form.SURAT_TUGAS: "Surat Tugas",
    Form.SURAT_PERINTAH_TUGAS: "Surat Perintah Tugas",
    Form.SURAT_PENUGASAN: "Surat Penugasan",
    Form.KEPUTUSAN: "Keputusan",
    Form.TANDA_TERIMA: "Tanda Terima",
    Form.BERITA_ACARA: "Berita Acara",
}
KIND_NAMES = {
    Kind.APPOINTMENT: "Penunjukan",
    Kind.REPLACEMENT: "Penggantian",
    Kind.TERMINATION: "Penghentian",
}
# In the preview, where the number will stand.
NO_NUMBER = "........................"
# More accounts than this are a list of their own, not a sentence.
ACCOUNTS_IN_A_SENTENCE = 4

_WEEKDAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
_ONES = [
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
]


def say_day(day: date) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def say_weekday(day: date) -> str:
    return _WEEKDAYS[day.weekday()]


def say_number(number: int) -> str:
    """0 to 9999 in words: 2018 is `dua ribu delapan belas`."""
    if number < 12:
        return _ONES[number]
    if number < 20:
        return f"{_ONES[number - 10]} belas"
    for size, name, single in (
        (1000, "ribu", "seribu"),
        (100, "ratus", "seratus"),
        (10, "puluh", ""),
    ):
        if number >= size:
            count, rest = divmod(number, size)
            head = single if single and count == 1 else f"{say_number(count)} {name}"
            return f"{head} {say_number(rest)}" if rest else head
    raise ValueError(number)


def number_of(facts: Facts) -> str:
    return facts.number or NO_NUMBER


def subject_of(facts: Facts) -> str:
    if facts.subject:
        return facts.subject
    if facts.kind is Kind.CORRECTION:
        return f"Ralat {letter_name(facts.earlier)}" if facts.earlier else "Ralat"
    if facts.kind is Kind.NIL:
        return "Pernyataan Nihil Akun Media Sosial"
    if facts.kind is Kind.REMINDER:
        return "Pengingat Penyampaian " + (facts.reminder.missing[0] if facts.reminder else "")
    if facts.kind is Kind.RECEIPT:
        return "Tanda Terima Surat"
    if facts.kind is Kind.HANDOVER:
        return "Serah Terima Pengelolaan Akun Media Sosial"
    return f"{KIND_NAMES[facts.kind]} {facts.role}"


def letter_name(earlier: Earlier) -> str:
    return earlier.title or FORM_NAMES[earlier.form]


def say_earlier(earlier: Earlier) -> str:
    about = f" tentang {earlier.subject}" if earlier.subject else ""
    return f"{letter_name(earlier)} Nomor {earlier.number} tanggal {say_day(earlier.date)}{about}"


def say_basis(facts: Facts, *, with_dictum: bool = False) -> str:
    if facts.basis is None:
        return ""
    dictum = facts.basis.dictum if with_dictum else ""
    return f"{facts.basis.citation} diktum {dictum}" if dictum else facts.basis.citation


def say_accounts(accounts: tuple[Account, ...]) -> str:
    return "; ".join(f"{one.platform} {one.handle}" for one in accounts)


def accounts_part(facts: Facts) -> tuple[Block, ...]:
    """What is managed: a sentence for few, a list for many, all of the unit's for none named."""
    if not facts.accounts:
        return (
            Prose(f"Akun yang dikelola adalah seluruh akun media sosial resmi {facts.agency}."),
        )
    if len(facts.accounts) <= ACCOUNTS_IN_A_SENTENCE:
        return (Prose(f"Akun media sosial yang dikelola: {say_accounts(facts.accounts)}."),)
    lines = tuple(f"{one.platform} {one.handle}" for one in facts.accounts)
    return (Prose("Akun media sosial yang dikelola:"), Listed(lines))


def say_period(facts: Facts) -> str:
    """`terhitung mulai tanggal ... sampai dengan tanggal ...`; empty when the letter says none."""
    begins = f"terhitung mulai tanggal {say_day(facts.begins_on)}" if facts.begins_on else ""
    ends = f"sampai dengan tanggal {say_day(facts.ends_on)}" if facts.ends_on else ""
    return " ".join(filter(None, (begins, ends)))


def person_pairs(person: Officer | Signatory, position: str = "") -> Pairs:
    rows = [("Nama", person.name)]
    if person.nip:
        rows.append((nip_label(person.nip), person.nip))
    if person.rank:
        rows.append(("Pangkat/Gol.", person.rank))
    rows.append(("Jabatan", position or person.position))
    return Pairs(tuple(rows))


def nip_label(nip: str) -> str:
    """Digits 13 and 14 of a contract's number count contracts (21-29), not months."""
    return "NI PPPK" if len(nip) == 18 and "21" <= nip[12:14] <= "29" else "NIP"


def people_part(people: tuple[Officer, ...]) -> Pairs | Table:
    """One person by lines, several in a table."""
    if len(people) == 1 and not people[0].accounts:
        return person_pairs(people[0])
    return people_table(people)


def people_table(people: tuple[Officer, ...]) -> Table:
    with_accounts = any(one.accounts for one in people)
    head = ("No.", "Nama", "NIP", "Pangkat/Gol.", "Jabatan")
    rows = []
    for at, one in enumerate(people, 1):
        row = (f"{at}.", one.name, one.nip or "-", one.rank or "-", one.position)
        rows.append((*row, _own_accounts(one)) if with_accounts else row)
    return Table((*head, "Akun") if with_accounts else head, tuple(rows), fixed=(0, 2))


def _own_accounts(officer: Officer) -> str:
    return "\n".join(f"{one.platform} {one.handle}" for one in officer.accounts) or "semua akun"


def exchange_table(facts: Facts) -> Table:
    """Who goes beside who comes, in the order given; a dash where the sides are uneven."""
    count = max(len(facts.officers), len(facts.replaced))
    rows = tuple(
        (f"{at + 1}.", _card(facts.replaced, at), _card(facts.officers, at)) for at in range(count)
    )
    return Table(("No.", "Semula", "Menjadi"), rows)


def _card(people: tuple[Officer, ...], at: int) -> str:
    if at >= len(people):
        return "-"
    one = people[at]
    nip = f"{nip_label(one.nip)} {one.nip}" if one.nip else ""
    own = _own_accounts(one) if one.accounts else ""
    return "\n".join(filter(None, (one.name, nip, one.rank, one.position, own)))


def say_person(officer: Officer) -> str:
    """One officer within a sentence."""
    nip = f"{nip_label(officer.nip)} {officer.nip}" if officer.nip else ""
    return ", ".join(filter(None, (officer.name, nip, officer.rank, officer.position)))


def signature_of(signatory: Signatory, *opening: str) -> Signature:
    """How each capacity is printed; the last line of the post ends in a comma."""
    posts = [signatory.position]
    mark = "" if signatory.capacity is Capacity.DEFINITIVE else signatory.capacity.written
    if signatory.capacity is Capacity.ON_BEHALF:
        posts = [signatory.on_behalf_of, signatory.position]
    if signatory.capacity is Capacity.ON_BEHALF_BELOW:
        mark = "a.n."
        posts = [signatory.on_behalf_of, signatory.through, "u.b.", signatory.position]
    posts[-1] += ","
    return Signature(
        posts=tuple(posts),
        name=signatory.name,
        nip=signatory.nip or "",
        rank=signatory.rank or "",
        mark=mark,
        opening=opening,
        nip_label=nip_label(signatory.nip) if signatory.nip else "NIP",
    )


def whose_post(signatory: Signatory) -> str:
    """Whose letter it is: the head's, also when somebody signs in their name."""
    return signatory.on_behalf_of or signatory.position
