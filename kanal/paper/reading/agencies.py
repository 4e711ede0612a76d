"""The unit that wrote the letter: from its letterhead, its sentences, its signatory."""

import re
from collections.abc import Iterator, Sequence

from kanal.paper.reading.casing import is_shouted, say_office
from kanal.paper.reading.facts import Fact, fact
from kanal.paper.reading.layout import Row, Token

_UNIT = (
    r"DINAS|BADAN|BIRO|KECAMATAN|KELURAHAN|KOTA ADMINISTRASI|KABUPATEN ADMINISTRASI|SUKU DINAS|"
    r"SUKU BADAN|SUDIN|RUMAH SAKIT|RSUD|RSKD|RSU|PUSAT|PUSKESMAS|UNIT|UPT|UPTD|INSPEKTORAT|"
    r"SEKRETARIAT|SATUAN|SATPOL|BALAI|TAMAN|SEKOLAH|SMA|SMK|SMP|SD|SMAN|SMKN|SMPN|LEMBAGA|KANTOR|"
    r"BAGIAN|MUSEUM|LABORATORIUM|PANTI|TERMINAL|GELANGGANG|DEWAN|PERPUSTAKAAN|DESA|NAGARI|DISTRIK|KAPANEWON|KEMANTREN|KALURAHAN|KEPENGHULUAN|GAMPONG|"
    r"PELABUHAN|STASIUN|KLINIK|KEBUN|INSTALASI|AKADEMI|POLITEKNIK|PERUMDA|PASAR|SANGGAR|SLB|SLBN|PKBM"
)
_UNIT_START = re.compile(rf"^(?:{_UNIT})\b")
_GOVERNMENT = re.compile(r"^(?:PEMERINTAH|PEMPROV|PEMKOT|PEMKAB|PROVINSI|DAERAH KHUSUS)\b")
_ADDRESS = re.compile(
    r"(?i)(?:^|\W)(?:jl|jln|jalan|telp|telepon|fax|faks|website|e-?mail|kode pos|gedung|blok|lantai|"
    r"komplek|kompleks|situs|laman|https?:|www)\b|\b\d{5}\b|@"
)
_HEAD_ENDS = re.compile(
    r"(?i)^(?:nomor|no\b|sifat|lampiran|hal\b|perihal|surat\b|keputusan|nota|kepada|yth|tentang|"
    r"instruksi|ralat|undangan|pengumuman|berita|lembar|memo|telaah|formulir|mandat|pernyataan|s\s?u\s?r\s?a\s?t|"
    r"k e p u t|n o t a|r a l a t|m e m o)"
)
# A unit whose letterhead goes on with the place it serves, on the next line.
_SERVES_PLACE = re.compile(
    r"^(?:SUKU|SUDIN|PUSAT KESEHATAN|PUSKESMAS|SATUAN|SATPOL|UNIT|UPT|INSPEKTORAT PEMBANTU|BAGIAN|"
    r"SEKRETARIAT KOTA|SEKRETARIAT KABUPATEN|KANTOR)"
)
_PLACE_LINE = re.compile(r"^(?:KOTA|KABUPATEN|KECAMATAN|KELURAHAN)\b")
# `KECAMATAN PANCORAN` under `KELURAHAN KALIBATA` only says where that lies.
_LOWER, _HIGHER = re.compile(r"^(?:KELURAHAN|DESA)\b"), re.compile(r"^(?:KECAMATAN|KOTA)\b")
_SHORT = (
    (re.compile(r"\bRUMAH SAKIT UMUM DAERAH\b", re.IGNORECASE), "RSUD"),
    (re.compile(r"\bPUSAT KESEHATAN MASYARAKAT\b", re.IGNORECASE), "PUSKESMAS"),
    (re.compile(r"\bDEWAN PERWAKILAN RAKYAT DAERAH\b", re.IGNORECASE), "DPRD"),
    (re.compile(r"\bRUMAH SAKIT KHUSUS DAERAH\b", re.IGNORECASE), "RSKD"),
)
_PROVINCE = re.compile(
    r"(?i)[\s,]*(?:\bSetda\b|\bSekretariat Daerah\b)?[\s,]*\bProvinsi\s+(?:DKI|Daerah Khusus(?: Ibu ?kota)?)"
    r"(?:\s+Jakarta)?.*$|\s+\bSetda\b.*$"
)
_HEADS = (
    (r"Inspektur(?: Pembantu)?", "Inspektorat"),
    (r"Camat", "Kecamatan"),
    (r"Kepala Distrik", "Distrik"),
    (r"Lurah", "Kelurahan"),
    (r"Panewu", "Kapanewon"),
    (r"Mantri Pamong Praja", "Kemantren"),
    (r"Wali Nagari", "Nagari"),
    (r"Kepala Desa", "Desa"),
    (r"Wali\s?kota(?: Administrasi| (?=Jakarta))", "Kota Administrasi"),
    (r"Wali\s?kota", "Kota"),
    (r"Bupati(?: Administrasi| (?=Kepulauan Seribu))", "Kabupaten Administrasi"),
    (r"Bupati", "Kabupaten"),
    (r"Sekretaris (?=DPRD|Dewan)", "Sekretariat "),
    (r"(?:Kepala|Direktur(?: Utama)?|Ketua)(?: Pelaksana(?: Harian)?)?", ""),
)
_HEADED = re.compile(r"(?i)^(?:kepala|direktur|ketua|pimpinan|manajer)\s+")
_DOCTOR = re.compile(r"\b(?:drg|dr|prof)\.\s?")
_Line = tuple[str, tuple[Token, ...]]
_MENTION = re.compile(
    rf"(?:media sosial|medsos)(?:\s+resmi)?\s+(?:pada\s+|di\s+(?:lingkungan\s+)?|milik\s+)?"
    rf"(?P<unit>(?:{_UNIT})\b[^.:;()]{{2,110}})",
    re.IGNORECASE,
)
_MENTION_ENDS = re.compile(
    r"\s(?:sebagai|yang|dengan|untuk|digantikan|diganti|adalah|yaitu|kepada|tahun|terhitung|sesuai|"
    r"dalam|berdasarkan|tersebut|serta|mulai|pada|melalui|oleh|meliputi|,)\b.*$|\s*,.*$",
    re.IGNORECASE,
)


def agency_of(rows: tuple[Row, ...], position: str | None) -> Fact | None:
    """The unit's name in the register's form: `Kelurahan Ancol`, `RSUD Tarakan`."""
    name, tokens = _last_unit(list(_letterhead(rows)), position)
    body = " ".join(row.text for row in rows)
    if name:
        return fact(_as_in_body(_tidy(name), body), tokens)
    led = unit_led_by(position) if position else None
    if led:
        return Fact(_as_in_body(led, body), 0.8)
    hit = _MENTION.search(body)
    if hit:
        said = _PROVINCE.sub("", _MENTION_ENDS.sub("", hit["unit"])).strip()
        return Fact(_tidy(said), 0.75)
    return None


def begins_unit(text: str) -> bool:
    """Whether a line in capitals begins with what an office is called."""
    return _UNIT_START.match(text) is not None


def _letterhead(rows: tuple[Row, ...]) -> Iterator[tuple[str, tuple[Token, ...]]]:
    """The lines above the address. Each run stands for itself: the day may stand beside them."""
    started = False
    for row in rows[:16]:
        for run in row.runs:
            text = run.text.strip(" .|_-")
            address = _ADDRESS.search(text)
            before = text[: address.start()].strip() if address else ""
            if started and _UNIT_START.match(before) and _is_shouted(before):
                yield before, run.tokens
                return
            if started and (address or _HEAD_ENDS.match(text)):
                return
            if _GOVERNMENT.match(text.upper()) and is_shouted(text):
                started = True
                rest = re.sub(r"(?i)^.*?\bJAKARTA\b", "", text).strip()
                if _UNIT_START.match(rest):
                    yield rest, run.tokens
            elif _is_shouted(text) and (started or _UNIT_START.match(text.upper())):
                started = True
                yield text, run.tokens
            elif started and not re.match(r"^[\d(]", text) and len(text) > 3:
                return


def _is_shouted(text: str) -> bool:
    """In capitals but for a doctor's title: `RSUD dr. SOEDONO`."""
    return is_shouted(_DOCTOR.sub("", text))


def _last_unit(head: Sequence[_Line], position: str | None) -> _Line:
    """The lowest office, whose name may take several lines."""
    units: list[list[_Line]] = []
    for text, tokens in head:
        goes_on = not _UNIT_START.match(text) or (
            bool(_PLACE_LINE.match(text)) and bool(units and _SERVES_PLACE.match(units[-1][0][0]))
        )
        if units and _LOWER.match(units[-1][0][0]) and _HIGHER.match(text):
            continue
        if goes_on and units:
            units[-1].append((text, tokens))
        elif not goes_on:
            units.append([(text, tokens)])
    return _joined(_led(units[-1], position)) if units else ("", ())


def _led(lines: list[_Line], position: str | None) -> list[_Line]:
    """Of the lines those that the signer heads: an office of a kind we do not know."""
    led = _HEADED.sub("", position or "").casefold()
    ends = (lines[at:] for at in range(1, len(lines)))
    return next((end for end in ends if _joined(end)[0].casefold() == led), lines)


def _joined(lines: Sequence[_Line]) -> _Line:
    return " ".join(text for text, _ in lines), tuple(t for _, tokens in lines for t in tokens)


def _tidy(name: str) -> str:
    for long, short in _SHORT:
        name = long.sub(short if is_shouted(name) else short.capitalize(), name)
    name = re.sub(r"\b(?:Rsud|Rskd|Dprd)\b", lambda hit: hit[0].upper(), name)
    doctor = _DOCTOR.search(name) if _is_shouted(name) else None
    said = say_office(name.upper() if doctor else name)
    said = said.replace(doctor[0].capitalize(), doctor[0]) if doctor else said
    # `Sekretariat Daerah Provinsi ...` stands behind its bureaus' names, and alone for itself.
    return _PROVINCE.sub("", said).strip(" ,.") or re.sub(r"(?i)\s+Provinsi\b.*", "", said)


def unit_led_by(position: str) -> str | None:
    """`Camat Tebet` leads `Kecamatan Tebet`; `Kepala Dinas Sosial` leads `Dinas Sosial`."""
    said = _PROVINCE.sub("", say_office(position)).strip(" ,.")
    for head, unit in _HEADS:
        hit = re.match(rf"(?i){head}\b\s*", said)
        if hit:
            rest = said[hit.end() :].strip()
            if not rest and unit != "Inspektorat":
                return None
            if unit:
                return f"{unit.strip()} {rest}".strip()
            return rest if _UNIT_START.match(rest.upper()) else None
    return None


def _as_in_body(name: str, body: str) -> str:
    """The name as a sentence of the letter writes it, when one does."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    for hit in re.finditer(words, body, re.IGNORECASE):
        if not _is_shouted(hit[0]) and hit[0][0].isupper():
            return " ".join(hit[0].split())
    return name
