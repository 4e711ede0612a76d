"""What kind of letter it is, or that it appoints nobody."""

import re

KINDS = ("penunjukan", "penggantian", "penghentian", "ralat")
_BASIS = re.compile(
    r"(?i)(?:instruksi|peraturan|undang-undang|surat edaran|keputusan gubernur)[^.;]{0,160}?\btentang\b"
    r"[^.;]{0,90}?(?:media\s+sosial|publik|daerah)\b"
)
_ABOUT_MEDIA = re.compile(
    r"(?i)med[il1]a\s*sos[il1]al|\bmedsos\b|akun\s+resmi|konten\s+digital|"
    r"\b(?:akun|admin|pengelola|kanal)\W+(?:resmi\W+)?(?:instagram|facebook|twitter|youtube|tiktok)\b"
)
# A position's own name says nothing of what the letter is about.
_POSITION_IN_MEDIA = re.compile(
    r"(?i)\b(?:analis|seksi|bidang|subbagian|staf)\s+media\s+sosial|"
    r"\bjabatan\s*:?\s*(?:operator|admin|pengelola)\s+media\s+sosial"
)
_WORDS = (
    (
        "ralat",
        r"\bralat\b|pembetulan|perbaikan\s+surat|koreksi\s+(?:atas\s+)?surat|kekeliruan|kesalahan penulisan",
    ),
    (
        "penggantian",
        (
            r"penggantian|pergantian|perubahan|digantikan|menggantikan|pengganti\b|semula\W+menjadi|"
            r"mengganti\b|diganti\s(?:oleh|dengan)|peralihan|pemutakhiran"
        ),
    ),
    (
        "penghentian",
        (
            r"penghentian|pemberhentian|memberhentikan|diberhentikan|pembebastugasan|pencabutan|"
            r"membebastugaskan|dibebastugaskan|pengakhiran|menghentikan|mengakhiri|penarikan petugas"
        ),
    ),
    (
        "penunjukan",
        (
            r"penunjukan|penugasan|surat\s+perintah|surat\s+tugas|diperintahkan|penetapan|penyampaian\s+nama|menunjuk|"
            r"menugaskan|ditunjuk|ditugaskan|memerintahkan|pengangkatan|nama[- ]nama\s+petugas|"
            r"nama\s+petugas|data\s+petugas|usul|menetapkan|mengangkat|daftar\s+(?:nama\s+)?petugas|"
            r"susunan\s+petugas|s\s?u\s?r\s?a\s?t\s+t\s?u\s?g\s?a\s?s|memberi(?:kan)?\s+tugas"
        ),
    ),
)
# New facts about officers are a replacement only where somebody leaves.
_NEW_FACTS = re.compile(r"(?i)pemutakhiran|perubahan")
_LEAVES = re.compile(
    r"(?i)\b(?:semula|menjadi|lama|baru|pengganti\w*|digantikan|diganti|menggantikan|mengganti|"
    r"mutasi|pensiun|pindah|purna)\b"
)
_KIND = tuple((kind, re.compile(rf"(?i){words}")) for kind, words in _WORDS)
_OTHER = re.compile(
    r"(?i)\b(?:undangan|permohonan|laporan|pernyataan\s+(?:nihil|tidak)|tanda\s+terima|berita\s+acara|"
    r"pengingat|edaran|pengantar|notul(?:a|en)|risalah|daftar\s+hadir|cuti|peminjaman|rapat|sosialisasi|bimbingan teknis|bimtek|"
    r"penghargaan|piagam|sertifikat|rekomendasi|penelitian|izin|kuasa|ucapan|jadwal|kuitansi|pengumuman|permintaan|evaluasi|pelatihan)\b"
)
# An instruction orders others to appoint; it names nobody itself.
_ORDERS = re.compile(r"(?m)^\W{0,3}(?:INSTRUKSI|SURAT EDARAN|PENGUMUMAN)\b")
_SUBJECT = re.compile(r"(?im)^(?:perihal|hal)\b\s*[:.;=-]*\s*(?P<said>.{0,120}(?:\n.{0,60})?)")
_TITLE = re.compile(
    r"(?m)^\W{0,3}(?P<said>(?:SURAT|KEPUTUSAN|RALAT|NOTA|PENUNJUKAN|PENUGASAN|PENGGANTIAN|UNDANGAN|"
    r"BERITA ACARA|TANDA TERIMA|PERNYATAAN|NOTULA|NOTULEN|RISALAH|PIAGAM|SERTIFIKAT|DAFTAR HADIR|LAPORAN|JADWAL|"
    r"S U R A T)\b[A-Z /.,()-]*(?:\n[A-Z /.,()-]+){0,2})"
)
_OPERATIVE = re.compile(
    r"(?i)\b(?:menunjuk|menugaskan|memerintahkan|diperintahkan|ditunjuk|ditugaskan|digantikan|menggantikan|diganti|"
    r"memberhentikan|diberhentikan|menetapkan|sampaikan|disampaikan|mengangkat|membebastugaskan|"
    r"menghentikan|mencabut|ditetapkan|mengganti|memberi(?:kan)? tugas|penggantian|penunjukan|ralat)\b"
)
# A subject that asks for something and appoints only by the way.
_ASKS = re.compile(
    r"(?i)^\W*(?:permohonan|permintaan|undangan|peminjaman|kuitansi|evaluasi|jadwal|pengingat)\b"
)
_APPOINTING = re.compile(
    r"(?i)penunjukan|penugasan|penetapan|pengangkatan|pen?ggantian|pergantian|perubahan|pemberhentian|"
    r"penghentian|pencabutan|\bralat\b"
)
# Some word that a letter about the keepers of accounts cannot do without.
_IN_CHARGE = re.compile(
    r"(?i)\bmengelola\b|pengelola|\bpetugas\s(?:media|medsos|akun)|\badmin(?!istra)|operator|\btim\b|"
    r"\b(?:menangani|mengurus|mengampu)\b|penanggung\s?jawab|bertanggung\s?jawab"
)
# Who is sent to a meeting or a course about social media is not yet put in charge of it.
_ATTENDS = re.compile(
    r"(?i)\b(?:mengikuti|menghadiri|narasumber|perjalanan dinas|peserta)\b|\b(?:diklat|bimtek|lokakarya)\b"
)
_KEEPS = re.compile(
    r"(?i)\bmengelola\b|\b(?:penunjukan|menunjuk|ditunjuk|penggantian|digantikan|menggantikan)\b|"
    r"\b(?:sebagai|selaku|menjadi)\s+(?:\w+\s+){0,2}(?:petugas|admin\w*|pengelola|operator)\b"
)
_FORMS = (
    ("Keputusan", r"^\W*KEPUTUSAN\b"),
    ("Surat Perintah Tugas", r"SURAT\s+PERINTAH\s+TUGAS"),
    ("Surat Perintah", r"SURAT\s+PERINTAH"),
    ("Surat Tugas", r"SURAT\s+TUGAS"),
    ("Surat Penugasan", r"SURAT\s+PENUGASAN"),
    ("Surat Penunjukan", r"SURAT\s+PENUNJUKAN"),
    ("Surat Penggantian", r"SURAT\s+PENGGANTIAN"),
    ("Surat Penghentian", r"SURAT\s+(?:PENGHENTIAN|PEMBERHENTIAN)"),
    ("Ralat", r"^\W*(?:SURAT\s+)?RALAT\b"),
)


def form_of(text: str) -> str | None:
    """The form by its title in capitals; None for an ordinary letter."""
    for form, words in _FORMS:
        if re.search(words, text, re.MULTILINE):
            return form
    return None


def kind_of(text: str) -> str | None:
    """By subject and title first, then by what the letter does; None when neither says."""
    heads = " ".join(_heads(text))
    for kind, words in _KIND:
        if words.search(heads) and not (kind == "penunjukan" and _corrects(text)):
            return _undone(kind, text, heads)
    body = _BASIS.sub(" ", text.replace("\n", " "))
    return next((kind for kind, words in _KIND if words.search(body)), None)


def _undone(kind: str, text: str, heads: str) -> str:
    """A letter whose subject is only an appointment may in truth replace: its table says so."""
    flat = _BASIS.sub(" ", text.replace("\n", " "))
    if kind == "penunjukan" and re.search(
        r"(?i)\bsemula\b\W+\bmenjadi\b|\bdigantikan oleh\b|"
        r"(?-i:\b[mM]enggantikan)\s+(?:Sdr|Saudar)",
        flat,
    ):
        return "penggantian"
    weak = kind == "penggantian" and not _KIND[1][1].search(_NEW_FACTS.sub(" ", heads))
    if weak and not _LEAVES.search(flat):
        return "penunjukan"
    return kind


def _corrects(text: str) -> bool:
    return bool(re.search(r"(?m)^\W*RALAT\b", text))


def _heads(text: str) -> list[str]:
    heads = [hit["said"].replace("\n", " ") for hit in _SUBJECT.finditer(text)][:2]
    return heads + [hit["said"].replace("\n", " ") for hit in _TITLE.finditer(text)][:2]


def is_appointment(text: str, people: int) -> bool:
    """Whether the letter is about who keeps an agency's social media."""
    heads = " ".join(_heads(text))
    body = _BASIS.sub(" ", text.replace("\n", " "))
    appoints = any(words.search(heads) for _, words in _KIND)
    if _OTHER.search(heads) and not appoints:
        return False
    if any(_ASKS.match(head) and not _APPOINTING.search(head) for head in _heads(text)):
        return False
    if not people and (_ORDERS.search(text) or any(map(_OTHER.match, _heads(text)))):
        return False
    if not _ABOUT_MEDIA.search(_POSITION_IN_MEDIA.sub(" ", text)):
        return False
    if _ATTENDS.search(body) and not _KEEPS.search(body):
        return False
    if people > 0:
        return bool(_IN_CHARGE.search(body) or (appoints and _ABOUT_MEDIA.search(heads)))
    return appoints or bool(_OPERATIVE.search(body) and _ABOUT_MEDIA.search(body))
