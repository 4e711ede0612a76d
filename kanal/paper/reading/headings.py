"""The heading of a table of people: which words are columns, and what each column holds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kanal.paper.reading.layout import Row, Token, parted

_KINDS = (
    ("no", r"no\.?(?:\s?urut)?|nomor(?:\surut)?|urut"),
    ("team", r"(?:jabatan|tugas|peran|kedudukan)\s?/?\s?(?:dalam|pada|di|sebagai)\s.*|tugas|peran"),
    ("old", r"(?:.*\b)?(?:semula|lama|yang\s(?:di)?ganti(?:kan)?|sebelumnya|tertulis)"),
    ("new", r"(?:.*\b)?(?:menjadi|baru|sekarang|pengganti(?:nya)?|seharusnya|yang\smenggantikan)"),
    (
        "account",
        (
            r"(?:akun|media sosial|medsos|platform|kanal|tautan|link|url|alamat akun|instagram|"
            r"(?:nama|jenis)\s(?:akun|media|platform|kanal)|facebook|twitter|youtube|tiktok).*"
        ),
    ),
    (
        "other",
        (
            r"(?:nama\s(?:unit|instansi|opd|skpd|dinas|satuan|jabatan)|"
            r"no\.?\s?(?:hp|telp|wa|ktp)|nomor\sktp).*"
        ),
    ),
    ("name", r"nama.*|pegawai|petugas|personel"),
    ("nip", r"(?:nip|nipppk|nomor induk|ni pppk|nik|nrk).*"),
    ("rank", r"(?:pangkat|gol).*"),
    ("position", r"jabatan.*"),
    ("status", r"(?:status|jenis).*"),
    (
        "other",
        (
            r"(?:ket|keterangan|unit|bidang|hp|no\.?\s?(?:hp|telp|wa)|telepon|e-?mail|surel|"
            r"seksi|pendidikan|nomor\s(?:hp|telepon|kontak)|kontak|uraian|satuan|instansi).*"
        ),
    ),
)
_HEADING = tuple((kind, re.compile(rf"^(?:{words})$", re.IGNORECASE)) for kind, words in _KINDS)
_HEADING_WORDS = re.compile(
    r"^(?:no|nomor|urut|nama|pegawai|petugas|lengkap|gelar|nip|nik|nrk|pangkat|gol|golongan|ruang|ni|p3k|"
    r"jabatan|dalam|tim|dinas|kedinasan|akun|yang|dikelola|media|sosial|unit|kerja|status|"
    r"kepegawaian|ket|keterangan|hp|lama|baru|semula|menjadi|dan|pengelola|tugas|peran|platform|kedudukan|posisi|"
    r"digantikan|diganti|pengganti|pppk|telepon|email|e-mail|induk|kontak|pejabat|admin|"
    r"sebagai|tmt|ruang|pada|uraian|tertulis|seharusnya|sekarang)$",
    re.IGNORECASE,
)
_ROLES = {"old": "replaced", "new": "officer"}
_LONGEST_SIDE, _LONGEST_REMARK = 40, 120
_LEAVES = re.compile(
    r"(?i)\W*(?:di)?(?:mutasi|pindah|pensiun|purna\s?tugas|berhenti|selesai|keluar|meninggal|wafat|promosi|"
    r"nonaktif|bebas\s?tugas)"
)
_SIDE = re.compile(
    r"(?i)\b(?:(?P<old>semula|lama|sebelumnya|yang\s(?:di)?ganti(?:kan)?|tertulis|tercantum|salah|"
    r"terdahulu|diberhentikan)|"
    r"(?P<new>digantikan\s(?:oleh|dengan)|menjadi|baru|pengganti(?:nya)?|yang\s(?:menggantikan|benar)|seharusnya|pembetulan|"
    r"perbaikan|koreksi|dibaca|ditunjuk|sekarang))\b"
)


@dataclass
class Column:
    kinds: tuple[str, ...]
    x0: float
    x1: float
    role: str = ""


def side_said(text: str) -> str:
    """The role that a few words give: `Semula`, `Petugas Lama`; empty when they give none."""
    if len(text) > _LONGEST_SIDE:
        return ""
    hit = _SIDE.search(text)
    return "" if hit is None else _ROLES["old" if hit["old"] else "new"]


def side_told(text: str) -> str:
    """The same of a remark: `Diberhentikan, pindah ke Dinas Sosial`, `Mutasi`."""
    begun = text[:_LONGEST_SIDE] if len(text) <= _LONGEST_REMARK else ""
    return _ROLES["old"] if _LEAVES.match(begun) else side_said(begun)


def column_of(texts: list[str], x0: float, x1: float) -> Column:
    """A column by the words in the cells over it, from the top: `Semula`, then `Nama`."""
    sides = [hit for text in texts if (hit := _SIDE.search(text))]
    role = (_ROLES["old"] if sides[-1]["old"] else _ROLES["new"]) if sides else ""
    bare = [_SIDE.sub(" ", text).strip(" ()") for text in texts]
    kinds = next((kinds_of(text) for text in reversed(bare) if text), ("other",))
    if role and not {"name", "nip", "rank", "position", "account"} & set(kinds):
        kinds = ("person",)
    return Column(kinds, x0, x1, role)


def heading_at(rows: tuple[Row, ...], at: int) -> tuple[list[Column], int]:
    """Columns, and how many rows the heading takes; none when no heading begins here."""
    if not is_heading(rows[at]):
        return [], 0
    used = 1
    while at + used < len(rows) and _goes_on(rows[at + used - 1], rows[at + used]) and used < 5:
        used += 1
    tokens = [token for row in rows[at : at + used] for token in row.tokens]
    columns = _columns(tokens)
    kinds = [kind for column in columns for kind in column.kinds]
    if len(columns) < 2 or not ({"name", "person"} & set(kinds)) or kinds == ["name", "other"]:
        return [], 0
    return columns, used


def is_heading(row: Row) -> bool:
    """Whether a row holds nothing but words of headings, or nearly so in cells far apart."""
    if ":" in row.text or len(row.tokens) > 24:
        return False
    words = [word for token in row.tokens for word in re.split(r"[/.,()&\-]+", token.text) if word]
    known = [word for word in words if _HEADING_WORDS.match(word)]
    if len(known) == len(words):
        return bool(words)
    named = any(re.match(r"(?i)^(?:nama|semula)$", word) for word in known)
    figures = any(char.isdigit() for char in row.text)
    return named and not figures and len(known) > 0.6 * len(words) and len(row.runs) > 3


def _goes_on(row: Row, below: Row) -> bool:
    near = below.page == row.page and below.y0 - row.y1 < 1.2 * row.height
    return near and is_heading(below)


def _columns(tokens: list[Token]) -> list[Column]:
    """Heading words grouped into cells: beside each other on one row, or above each other."""
    cells: list[list[Token]] = []
    rows = [list(_cells_of(row)) for row in _by_row(tokens)]
    roles = _role_row(rows)
    for row in rows[1:] if roles else rows:
        for part in row:
            over = [cell for cell in cells if _share(cell, part) > 0.35]
            if len(over) == 1:
                over[0].extend(part)
            else:
                cells.append(list(part))
    cells.sort(key=lambda cell: min(token.x0 for token in cell))
    columns = [
        Column(
            kinds_of(" ".join(token.text for token in cell)),
            min(token.x0 for token in cell),
            max(token.x1 for token in cell),
        )
        for cell in cells
    ]
    return _grouped(columns, roles) if roles else _alone(columns)


def _role_row(rows: list[list[list[Token]]]) -> list[str]:
    """The roles of a heading's upper row: `Semula` and `Menjadi`, each over columns of its own."""
    if len(rows) < 2:
        return []
    kinds = [kinds_of(" ".join(token.text for token in cell)) for cell in rows[0]]
    roles = [role for kind in kinds if (role := _ROLES.get(kind[0]))]
    names = sum("name" in kinds_of(" ".join(t.text for t in cell)) for cell in rows[1])
    return roles if names == len(roles) > 1 else []


def _grouped(columns: list[Column], roles: list[str]) -> list[Column]:
    """Each `Nama` begins the columns of the next role."""
    at = -1
    for column in columns:
        at += "name" in column.kinds
        if column.kinds != ("no",):
            column.role = roles[max(at, 0)]
    return columns


def _alone(columns: list[Column]) -> list[Column]:
    """`Semula` or `Petugas Baru` as a column: each of its cells is a whole person."""
    for column in columns:
        role = next((_ROLES[kind] for kind in column.kinds if kind in _ROLES), "")
        if role:
            column.role, column.kinds = role, ("person",)
    return columns


def _by_row(tokens: list[Token]) -> list[list[Token]]:
    rows: list[list[Token]] = []
    for token in tokens:
        if (
            rows
            and rows[-1][-1].page == token.page
            and (abs(rows[-1][0].middle - token.middle) < 0.45 * token.height)
        ):
            rows[-1].append(token)
        else:
            rows.append([token])
    return rows


def _cells_of(row: list[Token]) -> Iterator[list[Token]]:
    """Cells of a heading row: at wide gaps, and before a word that begins a column's name."""
    for part in _with_slashes(parted(row, 0.75)):
        cell: list[Token] = []
        for token in part:
            if cell and _begins_column(cell[-1], token):
                yield cell
                cell = []
            cell.append(token)
        yield cell


def _with_slashes(parts: list[list[Token]]) -> list[list[Token]]:
    """`PANGKAT` and `/` that a stretched line pulled apart belong together."""
    joined: list[list[Token]] = []
    for part in parts:
        if joined and (part[0].text.startswith("/") or joined[-1][-1].text.endswith("/")):
            joined[-1].extend(part)
        else:
            joined.append(part)
    return joined


def _begins_column(before: Token, token: Token) -> bool:
    starts = re.match(
        r"(?i)^(?:nama|nip|pangkat|jabatan|semula|menjadi|keterangan|status)\b", token.text
    )
    joined = re.search(
        r"(?i)[/,&(]$|^(?:dan|no\.?|nomor|petugas|pejabat)$", before.text
    ) or re.match(r"^[/,&(]", token.text)
    apart = token.x0 - before.x1 > 0.36 * token.height
    number = re.match(r"(?i)^no\.?$", before.text) and not re.match(
        r"(?i)^(?:hp|telp|urut)", token.text
    )
    return bool((starts and not joined and apart) or number)


def _share(cell: Sequence[Token], part: Sequence[Token]) -> float:
    x0 = max(min(token.x0 for token in cell), min(token.x0 for token in part))
    x1 = min(max(token.x1 for token in cell), max(token.x1 for token in part))
    wide = min(
        max(token.x1 for token in each) - min(token.x0 for token in each) for each in (cell, part)
    )
    return (x1 - x0) / wide if wide else 0.0


def kinds_of(text: str) -> tuple[str, ...]:
    """What a column holds, by its heading: several kinds for `Nama/NIP`."""
    pieces = [piece.strip(" .()") for piece in re.split(r"\s*[/,&(]\s*|\s+dan\s+", text)]
    kinds = [kind for piece in pieces if piece and (kind := _kind(piece))]
    return tuple(dict.fromkeys(kinds)) or ("other",)


def _kind(piece: str) -> str | None:
    return next((kind for kind, words in _HEADING if words.match(piece)), None)
