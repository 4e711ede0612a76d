"""Whether a letter itself puts somebody in charge of an office's social media."""

import re
from collections.abc import Sequence

from kanal.paper.reading.kinds import announces
from kanal.paper.reading.subjects import own_words

_ACCOUNTS = (
    r"(?:med[il1]a\s*sos[il1]al|medsos|akun|kanal\s(?:resmi|digital|informasi)|konten\sdigital|"
    r"instagram|facebook|twitter|youtube|tiktok)"
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
# What other letters of an office are about.
_OTHER = re.compile(
    r"(?i)\b(?:undangan|permohonan|laporan|pernyataan\s+(?:nihil|tidak)|tanda\s+terima|berita\s+acara|"
    r"pengingat|edaran|pengantar|notul(?:a|en)|risalah|daftar\s+hadir|cuti|peminjaman|rapat|sosialisasi|"
    r"bimbingan\s+teknis|bimtek|penghargaan|piagam|sertifikat|rekomendasi|penelitian|izin|kuasa|ucapan|jadwal|"
    r"kuitansi|pengumuman|permintaan|evaluasi|pelatihan|keterangan|klarifikasi|verifikasi|teguran|"
    r"imbauan|himbauan|pedoman|panduan|lomba|workshop|lokakarya|peretasan|honorarium|kunjungan)\b"
)
# An instruction orders others to appoint; it names nobody itself.
_ORDERS = re.compile(r"(?m)^\W{0,3}(?:INSTRUKSI|SURAT EDARAN|PENGUMUMAN)\b")
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
_KEEPER = r"(?:pengelola\w*|petugas|admin\w*|operator|penanggung\s?jawab|pengampu|kontributor|tim)"
# The letter's own deed: who writes it, or its form, puts somebody to work.
_DEED = re.compile(
    r"(?i)\b(?:kami|saya)\s(?:\w+\s)?(?:tunjuk|tugaskan|tetapkan|angkat|percayakan|perintahkan|ganti)\b|"
    r"\b(?:dengan\sini|bersama\sini|untuk\situ|maka)\b[^.;]{0,90}?\b(?:menunjuk|menugaskan|memerintahkan|"
    r"menetapkan|mengangkat|memberi(?:kan)?\stugas|mempercayakan)\b|"
    r"(?-i:\b(?:MEMERINTAHKAN|MENUGASKAN|MENUNJUK|MEMUTUSKAN|MENETAPKAN)\b)"
)
_KEEPS_ACCOUNTS = re.compile(
    rf"(?i)\b(?:(?:me(?:ngelola|nangani|ngurus|ngampu|megang))|{_KEEPER})\b[^.;]{{0,70}}?\b{_ACCOUNTS}\b"
)
_DEED_REACH = 420
# Who is sent to a meeting or a course about social media is not yet put in charge of it.
_ATTENDS = re.compile(
    r"(?i)\b(?:mengikuti|menghadiri|narasumber|perjalanan dinas|peserta)\b|\b(?:diklat|bimtek|lokakarya)\b"
)
_KEEPS = re.compile(
    r"(?i)\bmengelola\b|\b(?:penunjukan|menunjuk|ditunjuk|penggantian|digantikan|menggantikan)\b|"
    r"\b(?:sebagai|selaku|menjadi)\s+(?:\w+\s+){0,2}(?:petugas|admin\w*|pengelola|operator)\b"
)


def appoints(text: str, people: int, subjects: Sequence[str]) -> bool:
    """Whether the letter is about who keeps an agency's social media."""
    heads, body = " ".join(subjects), own_words(text)
    if not _ABOUT_MEDIA.search(_POSITION_IN_MEDIA.sub(" ", text)):
        return False
    if not people:
        return _appoints_nobody_named(text, body, subjects)
    announced = announces(heads)
    asks = any(_ASKS.match(one) and not _APPOINTING.search(one) for one in subjects)
    if asks or (_OTHER.search(heads) and not announced):
        return _does_so_itself(body)
    if _ATTENDS.search(body) and not _KEEPS.search(body):
        return False
    return bool(_IN_CHARGE.search(body) or (announced and _ABOUT_MEDIA.search(heads)))


def _appoints_nobody_named(text: str, body: str, subjects: Sequence[str]) -> bool:
    """A letter that forgot its people, or that is about something else."""
    if _ORDERS.search(text) or any(map(_OTHER.match, subjects)):
        return False
    heads = " ".join(subjects)
    if announces(heads):
        return not (_ATTENDS.search(body) and not _KEEPS.search(body))
    return bool(not _OTHER.search(heads) and _OPERATIVE.search(body) and _ABOUT_MEDIA.search(body))


def _does_so_itself(body: str) -> bool:
    """Whatever the letter is called: in its own voice it puts somebody in charge of accounts."""
    for deed in _DEED.finditer(body):
        said = body[deed.start() : deed.end() + _DEED_REACH]
        keeps = _KEEPS_ACCOUNTS.search(said)
        if keeps and not _ATTENDS.search(said, 0, keeps.start()):
            return True
    return False
