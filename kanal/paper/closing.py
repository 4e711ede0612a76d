"""The end of an instruction: coming into force, place and day, signer, copies."""

import re
from dataclasses import dataclass
from datetime import date

from kanal.lib.daywords import find_days
from kanal.paper.heading import Heading, same_words
from kanal.paper.spans import Found, Piece, View

_SIGNED = re.compile(
    r"\b(?:Ditetapkan|Dikeluarkan|DITETAPKAN|DIKELUARKAN)\s+(?:di|DI)\s+"
    r"([A-Z][A-Za-z.'-]*(?:\s+[A-Z][A-Za-z.'-]*){0,4}?)\s*,?\s+(?:pada|Pada|PADA)\s+"
    r"(?:tanggal|TANGGAL)[\s:]{0,20}"
)
_PLACE_AND_DAY = re.compile(r"^[ ]*([A-Z][A-Za-z .]{2,30}),\s{0,9}(?=\d{1,2}\s)", re.MULTILINE)
_PROMULGATED = re.compile(r"\bDiundangkan\s+di\s+[A-Z][A-Za-z ]{2,40}?\s+pada\s+tanggal\s+")
_EFFECT = re.compile(
    r"\b(?:Instruksi|Keputusan|Peraturan|Surat\s+Edaran|Edaran)\b(?:\s+\w+){0,12}?\s+ini\s+mulai\s+"
    r"berlaku\b[^.;:]{0,160}\.?"
)
_AFTER_SIGNATURE = re.compile(
    r"\b(?:Tembusan|TEMBUSAN|Salinan\s+sesuai|Diundangkan|Lampiran|LAMPIRAN|Catatan)\b"
)
_COPIES = re.compile(
    r"\b(?:Tembusan|TEMBUSAN)\b(?:\s+(?:disampaikan\s+kepada|kepada)\b)?(?:\s+Yth)?[\s.:]{0,40}"
)
_NIP = re.compile(r"\bNIP[\s.:]{0,20}((?:\d[\s.]{0,2}){17}\d)(?!\d)")
_NIP_WORD = re.compile(r"\bNIP\b")
_NOT_A_NAME = re.compile(
    r"^(?:ttd\.?|\(?\s*tanda\s+tangan\s*\)?|cap|ditandatangani\s+secara\s+elektronik.*|"
    r"dokumen\s+ini.*|\$\{.*|\^|-+|(?:pembina|penata|pengatur)\b.*)$",
    re.IGNORECASE,
)
_SIGNED_MARK = re.compile(r"(?:ttd\.?|cap)\s+", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z][A-Za-z.,'’ -]{1,79}")


@dataclass(frozen=True)
class Closing:
    """`start` is where the text of the instruction has surely ended."""

    start: int
    place: Found[str] | None = None
    signed_on: Found[date] | None = None
    effect: Found[str] | None = None
    in_force_from: Found[date] | None = None
    post: Found[str] | None = None
    name: Found[str] | None = None
    nip: Found[str] | None = None
    copies: tuple[Found[str], ...] = ()


@dataclass(frozen=True)
class _Signed:
    start: int
    end: int
    place: Found[str] | None
    day: Found[date] | None


def read_closing(view: View, heading: Heading) -> Closing:
    if heading.end == 0:
        return Closing(len(view.plain))
    signed = _signed(view, heading)
    after = _AFTER_SIGNATURE.search(view.plain, max(signed.end, heading.end))
    stop = after.start() if after else len(view.plain)
    post, name, nip = _signature(view, heading, signed, stop)
    effect = _effect(view, heading.end, stop)
    start = signed.start if signed.start > heading.end else _tail_start(stop, post, name)
    return Closing(
        start,
        signed.place,
        signed.day,
        effect,
        _in_force(view, effect, signed.day),
        post,
        name,
        nip,
        _copies(view, max(signed.end, heading.end)),
    )


def _tail_start(stop: int, post: Found[str] | None, name: Found[str] | None) -> int:
    """Where the signature begins, when no place and day stand above it."""
    return min([stop, *(found.span[0] for found in (post, name) if found)])


def _signed(view: View, heading: Heading) -> _Signed:
    hit = _SIGNED.search(view.plain, heading.end)
    if hit is None:
        return _signed_like_a_letter(view)
    place = view.found_words(*hit.span(1))
    day = _day_at(view, hit.end())
    return _Signed(hit.start(), day.span[1] if day else hit.end(), place, day)


def _signed_like_a_letter(view: View) -> _Signed:
    """`Jakarta, 16 September 2021`: at the top or above the signature of a circular."""
    for hit in _PLACE_AND_DAY.finditer(view.plain):
        day = _day_at(view, hit.end())
        if day:
            return _Signed(hit.start(), day.span[1], view.found_words(*hit.span(1)), day)
    return _Signed(0, 0, None, None)


def _day_at(view: View, at: int) -> Found[date] | None:
    """A day in words exactly here; a line left blank for a pen is no day."""
    day = next(iter(find_days(view.plain[at : at + 40])), None)
    if day is None or view.plain[at : at + day.start].strip():
        return None
    return view.found(day.day, at + day.start, at + day.end)


def _effect(view: View, start: int, end: int) -> Found[str] | None:
    hits = list(_EFFECT.finditer(view.plain, start, end))
    return view.found_words(*hits[-1].span()) if hits else None


def _in_force(
    view: View, effect: Found[str] | None, signed: Found[date] | None
) -> Found[date] | None:
    if effect is None:
        return None
    day = next(iter(find_days(effect.value)), None)
    if day:
        return view.found(day.day, *effect.span)
    if "diundangkan" in effect.value:
        hit = _PROMULGATED.search(view.plain, effect.span[1])
        return _day_at(view, hit.end()) if hit else None
    if signed and re.search(r"\b(?:ditetapkan|dikeluarkan|ditandatangani)\b", effect.value):
        return view.found(signed.value, *effect.span)
    return None


def _signature(
    view: View, heading: Heading, signed: _Signed, stop: int
) -> tuple[Found[str] | None, Found[str] | None, Found[str] | None]:
    """Post, name and NIP. Without a NIP the post must end in a comma on a line of its own."""
    start = signed.end if signed.start > heading.end else max(heading.end, stop - 800)
    stop = min(stop, start + 1500)
    nip = _NIP.search(view.plain, start, stop)
    word = _NIP_WORD.search(view.plain, start, stop)
    number = view.found(re.sub(r"\D", "", nip[1]), *nip.span(1)) if nip else None
    end = word.start() if word else stop
    post = name = None
    if heading.issuer:
        again = same_words(heading.issuer.value).search(view.plain, start, end)
        comma = re.compile(r"\s*,").match(view.plain, again.end(), end) if again else None
        if again and comma and (word or "\n" in view.plain[comma.end() : end]):
            post = view.found_words(again.start(), again.end())
            name = _name(view, comma.end(), end)
    if name is None:
        post, name = _by_lines(view, start, end, anchored=signed.start > heading.end)
    return post, name, number


def _by_lines(
    view: View, start: int, end: int, *, anchored: bool
) -> tuple[Found[str] | None, Found[str] | None]:
    lines = list(view.lines(start, end))
    ends = [at for at, line in enumerate(lines) if view.plain[line[1] - 1] == ","]
    if not ends:
        return None, None
    last = ends[0] if anchored else ends[-1]
    first = 0 if anchored else _post_start(view, lines, last)
    post = view.found_words(lines[first][0], lines[last][1] - 1)
    return post, _name(view, lines[last][1], end)


def _post_start(view: View, lines: list[tuple[int, int]], last: int) -> int:
    """Lines of one post follow each other without a blank line or a full stop between."""
    first = last
    while first and "\n" not in view.plain[lines[first - 1][1] + 1 : lines[first][0]]:
        if view.plain[lines[first - 1][1] - 1] in ".:;":
            break
        first -= 1
    return first


def _name(view: View, start: int, end: int) -> Found[str] | None:
    """What stands between the post and the NIP, when it can be a name and nothing more."""
    lines = [line for line in view.lines(start, end) if not _NOT_A_NAME.match(view.words(*line))]
    if not lines:
        return None
    begin = lines[0][0]
    signed = _SIGNED_MARK.match(view.plain, begin, end)
    begin = signed.end() if signed else begin
    for line in (lines[-1], lines[0]):
        said = view.words(begin, line[1])
        if _NAME.fullmatch(said):
            return view.found(said, begin, line[1])
    return None


def _copies(view: View, start: int) -> tuple[Found[str], ...]:
    hit = _COPIES.search(view.plain, start)
    if hit is None:
        return ()
    end = min(len(view.plain), hit.end() + 6000)
    annex = re.compile(r"\b(?:LAMPIRAN|Lampiran)\b").search(view.plain, hit.end(), end)
    end = annex.start() if annex else end
    pieces = view.listed(hit.end(), end, "1") or [Piece("1", hit.end(), end)]
    found = [_copy(view, piece) for piece in pieces]
    return tuple(one for one in found if one)


def _copy(view: View, piece: Piece) -> Found[str] | None:
    start, end = view.trim(piece.start, piece.end)
    blank = re.compile(r"\n[ ]*\n").search(view.plain, start, end)
    end = blank.start() if blank else end
    said = view.words(start, end).rstrip(";,.")
    return view.found(said, start, end) if said and len(said) < 300 else None
