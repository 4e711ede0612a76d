"""Reading an instruction: what it is, whom it binds, what it says, by when, who signed it.

What the text does not certainly say is left open (None); a person confirms the rest beside it.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from kanal.lib.daywords import find_days
from kanal.paper.addressees import unit_class
from kanal.paper.closing import Closing, read_closing
from kanal.paper.heading import Heading, read_heading
from kanal.paper.spans import Found, Piece, View, stops
from kanal.paper.text import PaperUnreadable, text_of

__all__ = [
    "WARNING_WORDS",
    "Addressee",
    "Dictum",
    "Found",
    "Item",
    "MandateReading",
    "PaperUnreadable",
    "read_mandate",
    "text_of",
    "warnings",
]

# An instruction of hundreds of pages is not one; what lies beyond is not read.
MAX_CHARACTERS = 250_000


@dataclass(frozen=True)
class Addressee:
    order: int
    text: str
    unit_class: str | None
    span: tuple[int, int]


@dataclass(frozen=True)
class Item:
    label: str
    text: str
    span: tuple[int, int]


@dataclass(frozen=True)
class Dictum:
    """`text` is what stands before the items, or everything when there are none."""

    label: str
    order: int
    text: str
    items: tuple[Item, ...]
    span: tuple[int, int]

    @property
    def whole(self) -> str:
        return "\n".join([self.text, *(f"{item.label}. {item.text}" for item in self.items)])


@dataclass(frozen=True)
class MandateReading:
    """Everything read, each with its place in the text. `cut` says the text was too long."""

    form: Found[str] | None = None
    number: Found[str] | None = None
    year: Found[int] | None = None
    title: Found[str] | None = None
    issuer: Found[str] | None = None
    place: Found[str] | None = None
    signed_on: Found[date] | None = None
    opening: Found[str] | None = None
    addressees: tuple[Addressee, ...] = ()
    dicta: tuple[Dictum, ...] = ()
    deadline: Found[date] | None = None
    deadline_words: Found[str] | None = None
    several_deadlines: bool = False
    submission_address: Found[str] | None = None
    effect: Found[str] | None = None
    in_force_from: Found[date] | None = None
    signer_name: Found[str] | None = None
    signer_nip: Found[str] | None = None
    signer_post: Found[str] | None = None
    copies: tuple[Found[str], ...] = ()
    cut: bool = False


_ORDINALS = (
    "KESATU|PERTAMA KEDUA KETIGA KEEMPAT KELIMA KEENAM KETUJUH KEDELAPAN KESEMBILAN KESEPULUH "
    "KESEBELAS KEDUA\\s?BELAS KETIGA\\s?BELAS KEEMPAT\\s?BELAS KELIMA\\s?BELAS"
)
_ORDINAL = re.compile(
    r"(?:^[ ]*[-•][ ]*)?(?<!\w)("
    + "|".join(reversed(_ORDINALS.split(" ")))
    + r"|Pasal\s\d{1,3}(?=[ ]*$))\s{0,40}:?",
    re.MULTILINE,
)
_ORDER = [re.compile(word) for word in _ORDINALS.split(" ")]
_KEPADA = re.compile(
    r"(?:^[ ]*[-•][ ]*)?\b(?:(?:Kepada|KEPADA)\s{0,40}(?::\s{0,40})?(?:Yth\b|Yang\s+[Tt]erhormat)"
    r"|(?:Kepada|KEPADA)\s{0,40}:|Yth\.(?=\s{0,20}1\.))[\s.:,]{0,40}",
    re.MULTILINE,
)
_UNTUK = re.compile(r"(?:^[ ]*[-•][ ]*)?\b(?:Untuk|UNTUK)\s{0,40}:", re.MULTILINE)
_OPENING = re.compile(
    r"\b(?:Dalam\s+rangka|Sehubungan\s+dengan|Menindaklanjuti|Berdasarkan|Guna|Dengan\s+ini)\b"
)
_MENIMBANG = re.compile(r"\bMenimbang\s{0,40}:")
_AFTER_MENIMBANG = re.compile(r"\b(?:Mengingat|MEMUTUSKAN)\s{0,40}:|\bMEMUTUSKAN\b")
_AT = re.compile(r"^[ ]*[dD]i(?:\s*-)?\s+(?:Tempat|tempat|[A-Z][a-z]+)[ ]*$", re.MULTILINE)
_AS_FOLLOWS = re.compile(r"\b(?:sebagai\s+berikut|menginstruksikan|agar|untuk)\s{0,9}:")
_FAREWELL = re.compile(r"^[ ]*Demikian\b", re.MULTILINE)
_BY = re.compile(
    r"(?:paling\s+lambat|paling\s+lama|selambat-?\s?lambatnya|sampai\s+dengan|sebelum)"
    r"(?=[^.;]{0,80})",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"[A-Za-z0-9._%+-]{1,64}$")
_DOMAIN = re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")


def read_mandate(text: str) -> MandateReading:
    """Reads an Instruksi, Keputusan, Surat Edaran or Peraturan. Never fails: unread stays open."""
    view = View(text[:MAX_CHARACTERS])
    heading = read_heading(view)
    closing = read_closing(view, heading)
    labels = _dictum_labels(view, heading.end, closing.start)
    opening = _opening(view, heading, labels[0].start if labels else closing.start)
    dicta = _dicta(view, labels, closing) or _numbered_points(view, heading, opening, closing)
    first = dicta[0].span[0] if dicta else closing.start
    reading = MandateReading(
        form=heading.form,
        number=heading.number,
        year=heading.year,
        title=heading.title,
        issuer=heading.issuer or closing.post,
        place=closing.place,
        signed_on=closing.signed_on,
        opening=opening,
        addressees=_addressees(view, heading, first),
        dicta=dicta,
        effect=closing.effect,
        in_force_from=closing.in_force_from,
        signer_name=closing.name,
        signer_nip=closing.nip,
        signer_post=closing.post,
        copies=closing.copies,
        cut=len(text) > MAX_CHARACTERS,
    )
    return _with_deadline(view, reading)


def _dictum_labels(view: View, start: int, end: int) -> list[Piece]:
    """Places of the labels that stand for a dictum, in rising order; mentions are passed over."""
    labels: list[Piece] = []
    highest = 0
    for hit in _ORDINAL.finditer(view.plain, start, end):
        word = " ".join(hit[1].split())
        article = word.startswith("Pasal")
        order = int(word[6:]) if article else _ordinal_order(word)
        mention = not article and not hit[0].endswith(":")
        if mention or order <= highest or _after_dictum(view.plain, hit.start(1)):
            continue
        labels.append(Piece(word, hit.start(), hit.end()))
        highest = order
    return labels


def _ordinal_order(word: str) -> int:
    return next(order for order, rule in enumerate(_ORDER, 1) if rule.fullmatch(word))


def _after_dictum(plain: str, at: int) -> bool:
    before = plain[max(0, at - 30) : at].split()
    return bool(before) and before[-1].lower() in ("diktum", "dictum", "dan", "dalam", "pada")


def _dicta(view: View, labels: list[Piece], closing: Closing) -> tuple[Dictum, ...]:
    dicta = []
    for label, stop in zip(labels, stops(labels, closing.start), strict=True):
        end = _without_effect(view, label.end, stop, closing.effect)
        article = label.label.startswith("Pasal")
        order = int(label.label[6:]) if article else _ordinal_order(label.label)
        dicta.append(_dictum(view, Piece(label.label, label.end, end), order, label.start))
    return tuple(dicta)


def _without_effect(view: View, start: int, end: int, effect: Found[str] | None) -> int:
    """The sentence on coming into force stands after the last dictum, unless it is that dictum."""
    if effect is None or not start < effect.span[0] < end:
        return end
    return effect.span[0] if view.words(start, effect.span[0]) else end


def _dictum(view: View, piece: Piece, order: int, begin: int) -> Dictum:
    pieces = _items(view, piece.start, piece.end)
    lead_end = _before_mark(view, pieces[0]) if pieces else piece.end
    items = tuple(
        Item(item.label, view.words(item.start, item.end), view.trim(item.start, item.end))
        for item in pieces
    )
    span = view.trim(begin, piece.end)
    return Dictum(piece.label, order, view.words(piece.start, lead_end), items, span)


def _items(view: View, start: int, end: int) -> list[Piece]:
    """The first kind of list that has at least two entries."""
    for style in ("a", "1", "(1)", "-"):
        pieces = view.listed(start, end, style)
        if len(pieces) > 1:
            return pieces
    return []


def _before_mark(view: View, first: Piece) -> int:
    """Where the list's first mark (`a.`, `(1)`, `-`) begins."""
    mark = re.compile(r"\(?(?:\w{1,3}[.)]{1,2}|[-•])\s+$")
    hit = mark.search(view.plain, max(0, first.start - 12), first.start)
    return hit.start() if hit else first.start


def _opening(view: View, heading: Heading, before: int) -> Found[str] | None:
    """The paragraph that gives the purpose; in a decision, its considerations."""
    if heading.end == 0:
        return None
    considering = _MENIMBANG.search(view.plain, heading.end, before)
    if considering:
        stop = _AFTER_MENIMBANG.search(view.plain, considering.end(), before)
        end = stop.start() if stop else before
        return view.found_words(considering.end(), end)
    begun = _OPENING.search(view.plain, heading.end, min(before, heading.end + 3000))
    if begun is None:
        return None
    ends = [
        hit.start()
        for rule in (_KEPADA, _UNTUK)
        if (hit := rule.search(view.plain, begun.end(), before))
    ]
    follows = _AS_FOLLOWS.search(view.plain, begun.end(), min(before, begun.end() + 3000))
    if follows:
        ends.append(follows.end())
    return view.found_words(begun.start(), min([*ends, before, begun.start() + 4000]))


def _addressees(view: View, heading: Heading, before: int) -> tuple[Addressee, ...]:
    label = _KEPADA.search(view.plain, 0, before)
    if label is None:
        return ()
    end = min(
        [before, label.end() + 20_000]
        + [
            hit.start()
            for rule in (_UNTUK, _AT, _OPENING)
            if (hit := rule.search(view.plain, label.end(), before))
        ]
        + ([heading.start] if heading.start > label.end() else [])
    )
    pieces = view.listed(label.end(), end, "1") or [Piece("1", label.end(), end)]
    lines = [(piece, view.words(piece.start, piece.end).rstrip(";,.")) for piece in pieces]
    return tuple(
        Addressee(order, line, unit_class(line), view.trim(piece.start, piece.end))
        for order, (piece, line) in enumerate(lines, 1)
        if line
    )


def _numbered_points(
    view: View, heading: Heading, opening: Found[str] | None, closing: Closing
) -> tuple[Dictum, ...]:
    """A circular has no KESATU: its points 1, 2, 3 are what it says."""
    if heading.form is None or not heading.form.value.startswith("Surat Edaran"):
        return ()
    start = opening.span[1] if opening else heading.end
    farewell = _FAREWELL.search(view.plain, start, closing.start)
    end = farewell.start() if farewell else closing.start
    pieces = view.listed(start, end, "1")
    return tuple(
        _dictum(
            view,
            replace(piece, end=_without_effect(view, piece.start, piece.end, closing.effect)),
            order,
            piece.start,
        )
        for order, piece in enumerate(pieces, 1)
    )


def _with_deadline(view: View, reading: MandateReading) -> MandateReading:
    """The deadline and the address, looked for in the dicta only."""
    if not reading.dicta:
        return reading
    start, end = reading.dicta[0].span[0], reading.dicta[-1].span[1]
    words, days = _deadlines(view, start, end)
    dates = {found.value for found in days}
    said = days or words
    return replace(
        reading,
        deadline=days[0] if len(dates) == 1 else None,
        deadline_words=view.found_words(*said[0].span) if said else None,
        several_deadlines=len(dates) > 1,
        submission_address=_address(view, reading.dicta, days),
    )


def _deadlines(view: View, start: int, end: int) -> tuple[list[Found[str]], list[Found[date]]]:
    """Every "paling lambat ...": those with a day in words, and those without."""
    words: list[Found[str]] = []
    days: list[Found[date]] = []
    for hit in _BY.finditer(view.plain, start, end):
        stop = _first(r"[.;](?=\s|$)", view.plain, hit.end(), min(end, hit.end() + 100))
        day = next(iter(find_days(view.plain[hit.end() : stop])), None)
        if day:
            days.append(view.found(day.day, hit.start(), hit.end() + day.end))
        elif hit[0].lower().startswith(("paling", "selambat")):
            stop = _first(r"[,.;](?=\s|$)", view.plain, hit.end(), stop)
            words.append(view.found("", hit.start(), stop))
    return words, days


def _first(sign: str, plain: str, start: int, end: int) -> int:
    hit = re.compile(sign).search(plain, start, end)
    return hit.start() if hit else end


def _address(view: View, dicta: tuple[Dictum, ...], days: list[Found[date]]) -> Found[str] | None:
    """The one e-mail address; of several, the only one in the dictum of the deadline."""
    found = _addresses(view, dicta[0].span[0], dicta[-1].span[1])
    if len({one.value.lower() for one in found}) > 1 and days:
        at = days[0].span[0]
        home = next(d.span for d in dicta if d.span[0] <= at <= d.span[1])
        found = [one for one in found if home[0] <= one.span[0] <= home[1]]
    return found[0] if len({one.value.lower() for one in found}) == 1 else None


def _addresses(view: View, start: int, end: int) -> list[Found[str]]:
    found = []
    at = view.plain.find("@", start, end)
    while at >= 0:
        local = _LOCAL.search(view.plain[max(start, at - 64) : at])
        domain = _DOMAIN.match(view.plain, at + 1, end)
        if local and domain:
            begin, stop = at - len(local[0]), domain.end()
            found.append(view.found(view.plain[begin:stop], begin, stop))
        at = view.plain.find("@", at + 1, end)
    return found


def _(text: str) -> str:
    """Marks a sentence for the translators; whoever shows it translates it."""
    return text


WARNING_WORDS = {
    "deadline-before-signing": _("Batas waktu yang tertulis lebih awal daripada penetapannya."),
    "several-deadlines": _("Ada beberapa batas waktu; pilih yang berlaku."),
    "deadline-without-day": _("Batas waktu tertulis tanpa tanggal."),
    "year-differs": _("Tahun pada nomor berbeda dari tahun penetapan."),
    "force-before-signing": _("Mulai berlaku sebelum ditetapkan."),
    "dictum-missing": _("Urutan diktum terputus; ada yang tidak terbaca."),
    "addressee-open": _("Ada alamat yang golongan perangkat daerahnya belum pasti."),
    "nothing-said": _("Tidak ada diktum yang terbaca."),
    "text-cut": _("Teks terlalu panjang; bagian akhirnya tidak dibaca."),
}


def warnings(reading: MandateReading) -> list[str]:
    """Codes of what a person should look at; nothing here forbids anything."""
    deadline, signed, force = reading.deadline, reading.signed_on, reading.in_force_from
    orders = [dictum.order for dictum in reading.dicta]
    raised = {
        "deadline-before-signing": bool(deadline and signed and deadline.value < signed.value),
        "several-deadlines": reading.several_deadlines,
        "deadline-without-day": bool(
            reading.deadline_words and not deadline and not reading.several_deadlines
        ),
        "year-differs": bool(reading.year and signed and reading.year.value != signed.value.year),
        "force-before-signing": bool(force and signed and force.value < signed.value),
        "dictum-missing": orders != list(range(1, len(orders) + 1)),
        "addressee-open": any(one.unit_class is None for one in reading.addressees),
        "nothing-said": not reading.dicta,
        "text-cut": reading.cut,
    }
    return [code for code, is_so in raised.items() if is_so]
