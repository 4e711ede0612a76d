"""Tanda terima and berita acara serah terima."""

from __future__ import annotations

from kanal.paper.composing.content import Block, Content, Pairs, Prose, Signature, Table
from kanal.paper.composing.facts import Facts, Officer
from kanal.paper.composing.phrases import (
    accounts_part,
    letter_name,
    nip_label,
    number_of,
    person_pairs,
    say_basis,
    say_day,
    say_number,
    say_weekday,
    signature_of,
    subject_of,
)


def receipt(facts: Facts) -> Content:
    taken, letter = facts.receipt, facts.earlier
    if taken is None or letter is None:
        raise ValueError(facts.kind)
    on = taken.received_on
    pairs = [
        ("Nomor agenda", taken.agenda),
        ("Dari", taken.sender),
        ("Surat", letter_name(letter)),
        ("Nomor surat", letter.number),
        ("Tanggal surat", say_day(letter.date)),
        ("Hal", letter.subject),
        ("Bentuk", taken.medium),
        ("Diterima melalui", taken.channel),
        ("Diterima oleh", taken.receiver),
    ]
    note = Prose(
        "Tanda terima ini menyatakan bahwa surat telah diterima, dan bukan merupakan persetujuan "
        "atas isinya. Hasil pemeriksaan disampaikan kemudian."
    )
    return Content(
        title=f"Tanda Terima Surat Nomor {number_of(facts)}",
        heading=("Tanda Terima Surat",),
        number_line=f"NOMOR {number_of(facts)}",
        body=(
            Prose(f"Telah diterima pada hari {say_weekday(on)}, tanggal {say_day(on)}:"),
            Pairs(tuple((label, value) for label, value in pairs if value)),
        ),
        tail=(note,),
        signature=signature_of(facts.signatory, f"{facts.place}, {say_day(facts.date)}"),
        copies=facts.copies,
    )


def handover(facts: Facts) -> Content:
    passed = facts.handover
    if passed is None:
        raise ValueError(facts.kind)
    return Content(
        title=f"Berita Acara {subject_of(facts)} - {facts.agency}",
        heading=("Berita Acara", subject_of(facts)),
        number_line=f"NOMOR {number_of(facts)}",
        body=(*_parties(facts), *_what_passes(facts)),
        tail=(
            Prose(
                "Kata sandi, kode pemulihan, dan rahasia lain tidak dicatat dalam berita acara ini."
            ),
            Prose(
                "Demikian Berita Acara ini dibuat dengan sebenarnya dalam rangkap secukupnya untuk "
                "dipergunakan sebagaimana mestinya."
            ),
        ),
        parties=(_party(passed.receiver, "PIHAK KEDUA,"), _party(passed.giver, "PIHAK KESATU,")),
        signature=signature_of(facts.signatory, "Mengetahui,"),
        copies=facts.copies,
    )


def _party(officer: Officer, title: str) -> Signature:
    label = nip_label(officer.nip) if officer.nip else "NIP"
    return Signature((title,), officer.name, officer.nip or "", nip_label=label)


def _parties(facts: Facts) -> tuple[Block, ...]:
    passed, day = facts.handover, facts.date
    if passed is None:
        return ()
    basis = f" berdasarkan {say_basis(facts)}," if facts.basis else ""
    opening = (
        f"Pada hari ini {say_weekday(day)}, tanggal {say_number(day.day)} bulan "
        f"{say_day(day).split()[1]} tahun {say_number(day.year)} ({day:%d-%m-%Y}), bertempat di "
        f"{facts.place},{basis} yang bertanda tangan di bawah ini:"
    )
    return (
        Prose(opening),
        person_pairs(passed.giver),
        Prose("selanjutnya disebut PIHAK KESATU, dan"),
        person_pairs(passed.receiver),
        Prose("selanjutnya disebut PIHAK KEDUA."),
    )


def _what_passes(facts: Facts) -> tuple[Block, ...]:
    passed = facts.handover
    if passed is None:
        return ()
    rows = tuple((f"{at}.", one.what, one.kept) for at, one in enumerate(passed.things, 1))
    says = Prose(
        "PIHAK KESATU menyerahkan kepada PIHAK KEDUA, dan PIHAK KEDUA menerima dari PIHAK KESATU, "
        f"pengelolaan akun media sosial {facts.agency} beserta kelengkapannya sebagai berikut:"
    )
    accounts = accounts_part(facts) if facts.accounts else ()
    return (says, Table(("No.", "Yang diserahkan", "Disimpan oleh / di"), rows), *accounts)
