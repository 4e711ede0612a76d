"""What a letter says, before it looks like one. Everything that is printed stands here."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from enum import StrEnum

from kanal.paper.composing import jsonfacts
from kanal.paper.composing.mistakes import FactsMistake

# 300 officers with everything about them take a quarter of this; a logo the rest.
MAX_JSON = 4 * 1024 * 1024


class Kind(StrEnum):
    APPOINTMENT = "penunjukan"
    REPLACEMENT = "penggantian"
    TERMINATION = "penghentian"
    CORRECTION = "ralat"
    NIL = "nihil"
    RECEIPT = "tanda_terima"
    REMINDER = "pengingat"
    HANDOVER = "serah_terima"


class Form(StrEnum):
    SURAT = "surat"
    SURAT_PENUNJUKAN = "surat_penunjukan"
    SURAT_TUGAS = "surat_tugas"
    SURAT_PERINTAH_TUGAS = "surat_perintah_tugas"
    SURAT_PENUGASAN = "surat_penugasan"
    KEPUTUSAN = "keputusan"
    TANDA_TERIMA = "tanda_terima"
    BERITA_ACARA = "berita_acara"


class Capacity(StrEnum):
    DEFINITIVE = "definitif"
    PJ = "pj"
    PLT = "plt"
    PLH = "plh"
    ON_BEHALF = "an"
    ON_BEHALF_BELOW = "an_ub"

    @property
    def written(self) -> str:
        """As letters print it, and as `kanal read-letter` answers."""
        return _WRITTEN[self]


_WRITTEN = {
    Capacity.DEFINITIVE: "definitif",
    Capacity.PJ: "Pj.",
    Capacity.PLT: "Plt.",
    Capacity.PLH: "Plh.",
    Capacity.ON_BEHALF: "a.n.",
    Capacity.ON_BEHALF_BELOW: "a.n. u.b.",
}


@dataclass(frozen=True, slots=True)
class Logo:
    """A PNG without transparency, already small (`logo.read_logo` makes it)."""

    png: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Letterhead:
    """`above` is what the unit belongs to: `("Sekretariat Daerah",)`. Capitals are the print's."""

    government: str
    unit: str
    above: tuple[str, ...] = ()
    address: str = ""
    contact: str = ""
    logo: Logo | None = None


@dataclass(frozen=True, slots=True)
class Addressee:
    """`via` is who passes it on ("melalui"). `place` as printed after "di"."""

    name: str
    via: str = ""
    place: str = "Jakarta"


@dataclass(frozen=True, slots=True)
class Account:
    platform: str
    handle: str


@dataclass(frozen=True, slots=True)
class Officer:
    """`status` as in the register: PNS, PPPK, PJLP. No accounts of their own: all the letter's."""

    name: str
    position: str
    nip: str | None = None
    rank: str | None = None
    status: str | None = None
    accounts: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True)
class Signatory:
    """`position` is the signer's own, or for Pj., Plt. and Plh. the one they fill.

    a.n.: `on_behalf_of` is the head's post. u.b.: `through` is the post between the two.
    """

    name: str
    position: str
    nip: str | None = None
    rank: str | None = None
    capacity: Capacity = Capacity.DEFINITIVE
    on_behalf_of: str = ""
    through: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """The mandate as cited, `Instruksi ... Nomor 20 Tahun 2018 tentang ...`, and its dictum."""

    citation: str
    dictum: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The letter that this one replaces, ends, corrects, receives or reminds of.

    `title` is what it calls itself where its form alone would say too little: a penggantian under
    the form of a Surat Penunjukan is a Surat Penggantian.
    """

    form: Form
    number: str
    date: datetime.date
    subject: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """`where` names the place: `nama petugas nomor 1`."""

    where: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a counter or a mailbox took in: `sender` is the unit, `receiver` the person."""

    agenda: str
    received_on: datetime.date
    medium: str
    channel: str
    sender: str
    receiver: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """`missing` are whole phrases: `Surat Penunjukan Petugas Pengelola Media Sosial`."""

    missing: tuple[str, ...]
    due: datetime.date | None = None
    ordinal: int = 1
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Custody:
    """One thing handed over: what, where it is kept. Never a secret itself."""

    what: str
    kept: str


@dataclass(frozen=True, slots=True)
class Handover:
    giver: Officer
    receiver: Officer
    things: tuple[Custody, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """One letter. `officers` begin, `replaced` end; in a penggantian they stand side by side.

    `agency` is the unit as a sentence names it. `number` may be missing for a preview only.
    `signatory` of a pernyataan, tanda terima or berita acara is who signs or knows of it.
    """

    kind: Kind
    form: Form
    letterhead: Letterhead
    agency: str
    number: str | None
    date: datetime.date
    place: str
    signatory: Signatory
    role: str = "Petugas Pengelola Media Sosial"
    subject: str = ""
    addressee: Addressee | None = None
    basis: Basis | None = None
    officers: tuple[Officer, ...] = ()
    replaced: tuple[Officer, ...] = ()
    accounts: tuple[Account, ...] = ()
    duties: tuple[str, ...] = ()
    considering: tuple[str, ...] = ()
    recalling: tuple[str, ...] = ()
    begins_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    earlier: Earlier | None = None
    corrections: tuple[Correction, ...] = ()
    reason: str = ""
    receipt: Receipt | None = None
    reminder: Reminder | None = None
    handover: Handover | None = None
    urgency: str = "Biasa"
    enclosure: str = "-"
    copies: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Everything, the logo as base64; `from_json` gives the same facts back."""
        return json.dumps(jsonfacts.to_json(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Facts:
        """Raises FactsMistake. Texts come out as one line each, without invisible marks."""
        if len(text) > MAX_JSON:
            raise FactsMistake("facts", "Isian surat ini terlalu besar.")
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            raise FactsMistake("facts", "Isian surat ini bukan JSON yang utuh.") from None
        return jsonfacts.from_json(cls, said)
