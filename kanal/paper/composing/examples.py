"""Letters of an office that does not exist, for trying out templates: every kind and capacity."""

from __future__ import annotations

import dataclasses
from datetime import date

from kanal.paper.composing.completeness import FORMS
from kanal.paper.composing.facts import (
    Account,
    Addressee,
    Basis,
    Capacity,
    Correction,
    Custody,
    Earlier,
    Facts,
    Form,
    Handover,
    Kind,
    Letterhead,
    Officer,
    Receipt,
    Reminder,
    Signatory,
)

_HEAD = "Kepala Dinas Contoh"
_LETTERHEAD = Letterhead(
    government="Pemerintah Provinsi Daerah Contoh",
    unit="Dinas Contoh",
    address="Jalan Contoh Nomor 1, Contoh 10000",
    contact="Telepon (021) 0000000, surel contoh@contoh.go.id",
)
_EARLIER = Earlier(
    Form.SURAT_PENUNJUKAN,
    "0123/-1.823.5",
    date(2018, 4, 9),
    "Penunjukan Petugas Pengelola Media Sosial",
)
_CONTENT_DUTY = (
    "bertanggung jawab dalam penyediaan, penempatan, dan pembaruan konten informasi secara "
    "lengkap, valid, dan akuntabel melalui akun media sosial; dan"
)
_MEETING_DUTY = (
    "mengoordinasikan pengumpulan konten informasi serta melakukan koordinasi dengan dinas yang "
    "membidangi komunikasi dan informatika."
)
_THINGS = (
    Custody("Surel pemulihan akun", "brankas kata sandi unit"),
    Custody("Kunci keamanan dua langkah", "lemari arsip Subbagian Umum"),
)


def officers(count: int, first: int = 1) -> tuple[Officer, ...]:
    ranks = ("Penata Muda (III/a)", "Pengatur Tk. I (II/d)", None)
    posts = ("Pranata Hubungan Masyarakat", "Pengelola Data", "Tenaga Ahli Informasi")
    return tuple(
        Officer(
            name=f"Petugas Contoh {at}, S.I.Kom.",
            position=posts[at % 3],
            nip=None if at % 3 == 2 else f"19900101201501{1 + at % 2}{at % 1000:03d}",
            rank=ranks[at % 3],
            status="PJLP" if at % 3 == 2 else "PNS",
        )
        for at in range(first, first + count)
    )


def signatory(capacity: Capacity = Capacity.DEFINITIVE) -> Signatory:
    bare = Signatory("Dr. Kepala Contoh, M.Si.", _HEAD, "197001011995031001", capacity=capacity)
    if capacity is Capacity.ON_BEHALF:
        return dataclasses.replace(bare, position="Sekretaris", on_behalf_of=_HEAD)
    if capacity is Capacity.ON_BEHALF_BELOW:
        post = "Kepala Subbagian Umum"
        return dataclasses.replace(bare, position=post, on_behalf_of=_HEAD, through="Sekretaris")
    return bare


def example(kind: Kind, form: Form, count: int = 3, signer: Signatory | None = None) -> Facts:
    begin = kind in (Kind.APPOINTMENT, Kind.REPLACEMENT)
    end = kind in (Kind.REPLACEMENT, Kind.TERMINATION)
    pair = officers(2)
    return Facts(
        kind=kind,
        form=form,
        letterhead=_LETTERHEAD,
        agency="Dinas Contoh",
        number="14 Tahun 2023" if form is Form.KEPUTUSAN else "e-0213/HM.03.00",
        date=date(2023, 4, 25),
        place="Contoh",
        signatory=signer or signatory(),
        addressee=Addressee("Sekretaris Daerah Provinsi Contoh", "Kepala Dinas Kominfo", "Contoh"),
        basis=Basis(
            "Instruksi Sekretaris Daerah Provinsi Contoh Nomor 20 Tahun 2018 tentang Penunjukan "
            "Petugas Pengelola Media Sosial",
            "KEEMPAT",
        ),
        officers=officers(count) if begin else (),
        replaced=officers(count, 500) if end else (),
        accounts=(Account("Instagram", "@dinascontoh"), Account("X", "@dinascontoh")),
        duties=(_CONTENT_DUTY, _MEETING_DUTY),
        earlier=None if kind in (Kind.APPOINTMENT, Kind.NIL) else _EARLIER,
        corrections=(Correction("nama petugas nomor 1", "Petugas Contho", "Petugas Contoh"),),
        receipt=Receipt(
            "0042/2023", date(2023, 4, 25), "softcopy", "surel", "Dinas Contoh", "Penerima Contoh"
        ),
        reminder=Reminder(("Surat Penunjukan Petugas Pengelola Media Sosial",), date(2023, 5, 5)),
        handover=Handover(pair[0], pair[1], _THINGS),
        copies=("Gubernur Contoh", "Wakil Gubernur Contoh"),
    )


def every_paper() -> list[tuple[Kind, Form]]:
    return [(kind, form) for kind in Kind for form in Form if form in FORMS[kind]]
