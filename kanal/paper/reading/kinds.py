"""What kind of letter it is, and of which form."""

import re
from collections.abc import Sequence

from kanal.paper.reading.facts import Fact, fact
from kanal.paper.reading.layout import Sheet
from kanal.paper.reading.subjects import has_label, own_words

ORDINARY = "Surat Dinas"
KINDS = ("penunjukan", "penggantian", "penghentian", "ralat")
_WORDS = (
    (
        "ralat",
        r"\bralat\b|\br a l a t\b|pembetulan|perbaikan\s+surat|koreksi\s+(?:atas\s+)?surat|kekeliruan|kesalahan penulisan",
    ),
    (
        "penggantian",
        (
            r"penggantian|pergantian|perubahan|digantikan|menggantikan|pengganti\b|semula\W+menjadi|"
            r"mengganti\b|diganti\s(?:oleh|dengan)|peralihan|pemutakhiran|\b(?:kami|saya)\s(?:ganti|alihkan)\b|"
            r"\bdialihkan\s+(?:kepada|dari)\b|\balih\s+tugas\b|"
            r"\bganti\s+(?:petugas|pengelola|admin|operator)"
        ),
    ),
    (
        "penghentian",
        (
            r"penghentian|pemberhentian|memberhentikan|diberhentikan|pembebastugasan|pencabutan|"
            r"pembebasan\s+tugas|membebastugaskan|dibebastugaskan|pengakhiran|menghentikan|mengakhiri|penarikan petugas|"
            r"tidak\s+lagi\s+(?:menjadi|bertugas)|pengunduran\s+diri|"
            r"\b(?:kami|saya)\s(?:berhentikan|hentikan|bebastugaskan|akhiri|tarik|cabut)\b"
        ),
    ),
    (
        "penunjukan",
        (
            r"penunjukan|penugasan|surat\s+perintah|surat\s+tugas|diperintahkan|penetapan|penyampaian\s+nama|menunjuk|"
            r"menugaskan|ditunjuk|ditugaskan|memerintahkan|pengangkatan|nama[- ]nama\s+petugas|"
            r"serahi\s+tugas|nama\s+petugas|data\s+petugas|usul(?:an)?\s+(?:nama|petugas|pengelola|admin|penunjukan|penetapan|penugasan|personel|calon)|menetapkan|mengangkat|daftar\s+(?:nama\s+)?petugas|"
            r"\b(?:kami|saya)\s(?:tunjuk|tugaskan|tetapkan|angkat|percayakan|perintahkan)\b|"
            r"susunan\s+petugas|pembentukan\s+(?:tim|satuan)|\btim\s+pengelola|s\s?u\s?r\s?a\s?t\s+t\s?u\s?g\s?a\s?s|memberi(?:kan)?\s+tugas"
        ),
    ),
)
# New facts about officers are a replacement only where somebody leaves.
_NEW_FACTS = re.compile(r"(?i)pemutakhiran|perubahan")
# Words that say it in a subject or a title, where in a sentence they may say anything.
_HEADED = (
    ("penggantian", r"\brotasi\b|\bmutasi\b"),
    ("penghentian", r"\bberakhir(?:nya)?\b|\bpurna\s?(?:tugas|bakti)\b"),
    (
        "penunjukan",
        r"\b(?:penambahan|pembagian|perpanjangan|pengaktifan|mandat|pelimpahan|penempatan)\b",
    ),
)
# `Pemberhentian dan Pengangkatan ...`: one goes and one comes.
_BOTH = re.compile(
    r"(?i)\b(?:pemberhentian|penghentian|pembebasan|pembebastugasan)\b[^.]{0,60}?\bdan\s"
    r"(?:pengangkatan|penunjukan|penugasan|penetapan)\b|"
    r"\b(?:pengangkatan|penunjukan|penugasan)\b[^.]{0,40}?\bdan\s(?:pemberhentian|penghentian)\b"
)
# Somebody left though nobody was recognised as the one who did.
_LEAVES = re.compile(
    r"(?i)\b(?:digantikan|diganti|(?<!saling )menggantikan|mengganti|dialihkan|beralih|mutasi|pensiun|pindah|"
    r"purna\s?\w+|berhenti|diberhentikan|lama)\b"
)
_ONLY_FORM = re.compile(r"(?i)\bsurat\s+(?:perintah\s+tugas|perintah|tugas|penugasan)\b")
_HEADED_KIND = tuple((kind, re.compile(rf"(?i){words}")) for kind, words in _HEADED)
_KIND = tuple((kind, re.compile(rf"(?i){words}")) for kind, words in _WORDS)
_FORMS = (
    ("Keputusan", r"^\W*KEPUTUSAN\b"),
    ("Surat Perintah Tugas", r"SURAT\s+PERINTAH\s+TUGAS"),
    ("Surat Perintah", r"SURAT\s+PERINTAH"),
    ("Surat Tugas", r"SURAT\s+TUGAS"),
    ("Surat Penugasan", r"SURAT\s+PENUGASAN"),
    ("Surat Penunjukan", r"SURAT\s+PENUNJUKAN"),
    ("Surat Penggantian", r"SURAT\s+PENGGANTIAN"),
    ("Surat Penghentian", r"SURAT\s+(?:PENGHENTIAN|PEMBERHENTIAN)"),
    ("Ralat", r"^\W*(?:SURAT\s+)?(?:RALAT|R A L A T)\b"),
)


def form_of(sheet: Sheet) -> Fact | None:
    """By its title in capitals; a letter with a subject line and no title is an ordinary one."""
    passage = sheet.passage
    for form, words in _FORMS:
        hit = re.search(words, passage.text, re.MULTILINE)
        if hit:
            return fact(form, passage.between(*hit.span()))
    return Fact(ORDINARY) if has_label(sheet) else None


def kind_of(text: str, subjects: Sequence[str]) -> str | None:
    """By subject and title first, then by what the letter does; None when neither says."""
    heads, body = " ".join(subjects), own_words(text)
    if _BOTH.search(heads):
        return "penggantian"
    for kind, words in _KIND:
        if words.search(heads) and not (kind == "penunjukan" and _corrects(text)):
            return _undone(kind, body)
    for kind, words in _HEADED_KIND:
        if words.search(heads):
            return kind
    return next((kind for kind, words in _KIND if words.search(body)), None)


def is_said(kind: str, subjects: Sequence[str]) -> bool:
    """Whether subject or title name this kind, not only a sentence: a `Surat Tugas` may do any."""
    heads = _ONLY_FORM.sub(" ", " ".join(subjects))
    return any(words.search(heads) for one, words in (*_KIND, *_HEADED_KIND) if one == kind)


def settled(
    kind: str | None, text: str, subjects: Sequence[str], *, comes: bool, goes: bool
) -> str | None:
    """Where no subject or title says so, the people do: who comes and goes makes the kind."""
    said = " ".join(subjects)
    heads = _NEW_FACTS.sub(" ", said)
    if kind == "penunjukan" and comes and goes:
        return "penggantian"
    if kind is None and comes:
        return "penunjukan"
    if kind == "penghentian" and comes:
        return "penggantian" if goes else "penunjukan"
    if kind != "penggantian" or comes == goes or _KIND[1][1].search(heads):
        return kind
    if comes and _NEW_FACTS.search(said) and _LEAVES.search(own_words(text)):
        return kind
    return "penunjukan" if comes else "penghentian"


def announces(subjects: str) -> bool:
    """Whether a subject or a title says that somebody comes or goes."""
    return any(words.search(subjects) for _, words in _KIND)


def _undone(kind: str, flat: str) -> str:
    """A letter whose subject is only an appointment may in truth replace: its table says so."""
    if kind == "penunjukan" and re.search(
        r"(?i)\bsemula\b\W+\bmenjadi\b|\bdigantikan oleh\b|"
        r"(?-i:\b[mM]enggantikan)\s+(?:Sdr|Saudar)",
        flat,
    ):
        return "penggantian"
    return kind


def _corrects(text: str) -> bool:
    return bool(re.search(r"(?m)^\W*(?:RALAT|R A L A T)\b", text))
