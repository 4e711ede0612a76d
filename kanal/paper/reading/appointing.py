"""Whether a letter itself puts somebody in charge of an office's social media."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kanal.paper.reading.kept import kept
from kanal.paper.reading.kinds import announces
from kanal.paper.reading.subjects import MOST_SAID, own_words

_ACCOUNTS = (
    r"(?:med[il1]a\s*sos[il1]al|medsos|akun|kanal\s(?:resmi|digital|informasi)|konten\sdigital|"
    r"instagram|facebook|twitter|youtube|tiktok)"
)
_ABOUT_MEDIA = re.compile(
    r"(?i)med[il1]a\s*sos[il1]al|\bmedsos\b|akun\s+resmi|konten\s+digital|"
    r"\b(?:akun|admin|pengelola|kanal|halaman|laman|fan\s?page|grup)\W+(?:resmi\W+)?(?:instagram|facebook|twitter|youtube|tiktok)\b|"
    r"\b(?:instagram|facebook|twitter|youtube|tiktok|threads)\W{0,4}(?:@|https?:)"
)
# A position's own name says nothing of what the letter is about.
_POSITION_IN_MEDIA = re.compile(
    r"(?i)\b(?:analis|seksi|bidang|subbagian|staf)\s+media\s+sosial|"
    r"\bjabatan\s*:?\s*(?:operator|admin|pengelola)\s+media\s+sosial"
)
# A certificate; not one of an appointment, a replacement or a release.
_ATTESTS = r"keterangan(?!\s+(?:penu|peng|perg|peru|pemb|alih))"
# What other letters of an office are about.
_OTHER = re.compile(
    r"(?i)\b(?:undangan|permohonan|laporan|pernyataan\s+(?:nihil|tidak)|tanda\s+terima|berita\s+acara|"
    r"pengingat|edaran|notul(?:a|en)|risalah|daftar\s+hadir|cuti|peminjaman|rapat|sosialisasi|"
    r"bimbingan\s+teknis|bimtek|penghargaan|piagam|sertifikat|rekomendasi|penelitian|izin|kuasa|ucapan|jadwal|wawancara|skripsi|magang|"
    rf"kuitansi|pengumuman|permintaan|evaluasi|pelatihan|{_ATTESTS}|gaji|"
    r"klarifikasi|verifikasi|teguran|"
    r"imbauan|himbauan|pedoman|panduan|lomba|workshop|lokakarya|peretasan|honorarium|kunjungan)\b"
)
# Of these a subject cannot be about an appointment either, whatever it mentions.
_NEVER = re.compile(
    r"(?i)^\W*(?:undangan|pernyataan|tanda\s+terima|berita\s+acara(?!\s+(?:pergantian|penggantian)\s)|pengingat|edaran|notul(?:a|en)|risalah|"
    r"daftar\s+hadir|(?:surat\s+)?(?:izin\s+)?cuti|piagam|sertifikat|jadwal|kuitansi|pengumuman|evaluasi|"
    rf"(?:surat\s+)?{_ATTESTS}|teguran|klarifikasi|verifikasi|rapat|"
    r"sosialisasi|bimbingan\s+teknis|bimtek|pelatihan|workshop|lokakarya|lomba|kunjungan|peretasan|"
    r"(?:pemberitahuan\s+)?(?:perubahan|pergantian|penggantian)\s+(?:nama\s+akun|alamat|tautan|kata\s+sandi|sandi|logo)|"
    r"kenaikan\s+(?:gaji|pangkat)|penilaian|sasaran\s+kinerja|pengadaan|penawaran|tagihan|pembayaran|"
    r"(?:surat\s+)?(?:pe)?ngaduan|aduan|kehilangan|lembur|hak\s+jawab|somasi)\b"
)
# A covering letter that names nobody only sends another one.
_COVERS = re.compile(r"(?i)\bpengantar\b")
# An instruction orders others to appoint; it names nobody itself.
_ORDERS = re.compile(r"(?m)^\W{0,3}(?:INSTRUKSI|SURAT EDARAN|PENGUMUMAN|H?IMBAUAN)\b")
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
_KEEPER = (
    r"(?:pengelola\w*|petugas|admin\w*|operator|penanggung\s?jawab|pengampu|kontributor|tim|pemegang|"
    r"pengasuh|juru\s\w+)"
)
# What else a letter that names an account and its keeper may be about.
_MATTERS = re.compile(
    r"(?i)\b(?:pengantar|laporan|evaluasi|cuti|biaya|anggaran|perjalanan|pemantauan|liputan|piket|posko|hasil|kinerja|"
    r"dokumentasi|konten|data\spengunjung|statistik)\b"
)
_HAPPENS = re.compile(
    r"(?i)\b(?:honor\w*|gaji|pengaduan|penilaian|palsu|tiruan|teguran|menegur|lembur|lomba|juara|pemenang|mengundang|"
    r"diundang|tagihan|kehilangan|peretasan|diretas|pemantauan|jumlah\s(?:unggahan|pengikut)|"
    r"tidak\s(?:aktif|diperbarui|memuat))\b"
)
# What is proposed waits for somebody else's word.
_PROPOSES = re.compile(
    r"(?i)\bcalon\s(?:\w+\s)?(?:pengelola|petugas|admin|operator)|\bmohon\b[^.;]{0,80}\b(?:persetujuan|disetujui|"
    r"dipertimbangkan|ditetapkan|pertimbangan)\b|\bdapat\s(?:dipertimbangkan|disetujui|ditetapkan)\b"
)
_PROPOSAL = re.compile(r"(?i)^\W*(?:usul(?:an)?|pengusulan|permohonan\s(?:penetapan|penunjukan))\b")
# What is answered was asked by others.
_ANSWERS = re.compile(
    r"(?i)\b(?:jawaban|balasan|tanggapan|menjawab|tindak\slanjut)\s(?:atas\s|terhadap\s|surat\s)?"
    r"(?:permintaan|permohonan|undangan|edaran|pengingat|surat)\b"
)
# To do the work itself.
_KEEPING = (
    r"me(?:ngelola|nangani|ngurus|ngampu|megang|ngasuh|ngisi|njalankan|ngoperasikan|ngoperasionalkan|ngendalikan|"
    r"ngadministrasikan|ngawal)|menggawangi"
)
_KEEPER_NAMED = re.compile(rf"(?i)\b{_KEEPER}\b|\bnama\b|\bpenunjukan\b")
# The letter's own deed: who writes it, or its form, puts somebody to work.
_DEED = re.compile(
    r"(?i)\b(?:kami|saya)\s(?:\w+\s)?(?:tunjuk|tugaskan|tetapkan|angkat|percayakan|perintahkan|ganti)\b|"
    r"\b(?:dengan\sini|bersama\sini|untuk\situ|maka)\b[^.;]{0,90}?\b(?:menunjuk|menugaskan|memerintahkan|"
    r"menetapkan|mengangkat|memberi(?:kan)?\stugas|mempercayakan)\b|"
    r"\btidak\slagi\s(?:menjadi|bertugas)\b|"
    r"(?-i:\b(?:MEMERINTAHKAN|MENUGASKAN|MENUNJUK)\b)|"
    r"(?-i:\bMEMUTUSKAN\b)[^.;]{0,120}?\b(?:menunjuk|menugaskan|mengangkat|menetapkan)\b"
)
# A certificate that is itself the appointment, and the purposes of one that is not.
_CERTIFIES = re.compile(
    r"(?i)\bmenerangkan\b.{0,320}?\btelah\s(?:ditunjuk|ditugaskan|ditetapkan|diangkat)\s"
    rf"(?:menjadi|sebagai|selaku)\s(?:\w+\s){{0,3}}{_KEEPER}\b"
)
_CERTIFIED_FOR = re.compile(
    r"(?i)\b(?:angka kredit|penilaian|persyaratan|melengkapi|sertifikasi|pengalaman|berdasarkan surat)\b"
)
_KEEPS_ACCOUNTS = re.compile(rf"(?i)\b(?:{_KEEPING}|{_KEEPER})\b[^.;]{{0,70}}?\b{_ACCOUNTS}\b")
_KEPT = re.compile(
    rf"{_KEEPS_ACCOUNTS.pattern}|\b{_ACCOUNTS}\b.{{0,140}}?\b(?:di(?:kelola|ampu|pegang|tangani|asuh|jalankan|"
    rf"percayakan|serahkan|alihkan)\w*|pengelola\w*|{_KEEPER})\b|"
    rf"\b(?:pengelolaan|pengurusan|penanganan)\s(?:\w+\s){{0,2}}{_ACCOUNTS}\b",
    re.IGNORECASE,
)
_DEED_REACH = 420
# What is put right is named as the subject of another letter.
_CORRECTS = re.compile(r"(?i)\bralat\b|\br a l a t\b")
# Words that tie who is named to the accounts, where no subject says so.
_TIES = re.compile(
    rf"(?i)\b(?:sebagai|selaku|menjadi)\s+(?:[\w/-]+\s+){{0,4}}{_KEEPER}\b|"
    rf"\b(?:untuk|guna|bertugas|tugas|yang|agar|diminta|minta|wajib|dapat|akan|bersama)\s*:?\s"
    rf"(?:\d[.)]\s|[a-z][.)]\s)?(?:\w+\s){{0,3}}"
    rf"(?:{_KEEPING})\b[^.;]{{0,70}}\b{_ACCOUNTS}\b|"
    rf"\b(?:mengambil\salih|tidak\s(?:dapat\s|bisa\s)?lagi\s(?:mengelola|memegang|menangani|mengurus))\b"
    rf"[^.;]{{0,60}}\b{_ACCOUNTS}\b|\bmengemban\stugas\s(?:sebagai\s)?{_KEEPER}\b|"
    rf"\b(?:minta|tugaskan|tunjuk)\b.{{0,120}}\b(?:{_KEEPING})\b|"
    rf"(?<!\byang\s)\b(?:di)?(?:kelola|tangani|ampu|pegang|asuh|jalankan|percayakan|serahkan)\w*\s(?:oleh|kepada)\b|"
    rf"\b(?:percayakan|serahkan)\s(?:\w+\s){{0,6}}kepada\b|"
    rf"\b(?:penugasan|penunjukan|penggantian|pergantian|pemberhentian|penetapan)\s(?:\w+\s){{0,3}}{_KEEPER}\b|"
    rf"\btugas\s*:\s*{_KEEPER}\b|"
    rf"\bpengelolaan\b[^.;]{{0,90}}\bdi(?:laksanakan|jalankan|lakukan|tangani|pegang|serahkan|percayakan|emban)\b|"
    rf"\b(?:nama(?:-nama)?|daftar|data|susunan|personel|laporkan|sampaikan|beritahukan|tunjuk|tugaskan|"
    rf"tetapkan|angkat)\s(?:(?:nama|para|satu|seorang|sebagai|pegawai|berikut|bahwa|data|susunan|"
    rf"daftar|orang|personel)\s){{0,3}}{_KEEPER}\b|"
    rf"\b{_KEEPER}\b(?:[^;:]{{0,70}}\b(?:adalah|ialah|yaitu|yakni|berikut|terdiri|berganti|diganti\w*|digantikan)\b)|"
    rf"\b(?:menunjuk|menugaskan|memerintahkan|ditunjuk|ditugaskan|diperintahkan|menggantikan|digantikan|"
    rf"memberhentikan|diberhentikan|dibebastugaskan|memberi(?:kan)?\stugas)\b.{{0,300}}?\b(?:{_KEEPING}|"
    rf"{_KEEPER})\b[^.;]{{0,70}}\b{_ACCOUNTS}\b"
)
# `Admin Media Sosial RSUD Koja`: the subject is the keepers themselves.
_NAMES_KEEPERS = re.compile(
    r"(?i)^\W*(?:(?:penyampaian|pejabat|staf|pegawai|dan|para|nama(?:-nama)?|data|daftar|susunan|tim|personel|laporan|pemberitahuan|"
    rf"informasi)\s+)*{_KEEPER}\b"
)
# Others are asked to appoint; who is named then is only to be asked.
_REQUESTS = re.compile(
    r"(?i)(?<!meminta )\b(?:(?:di)?mohon|diminta|diharap(?:kan)?|agar|supaya|wajib)\b[^.;]{0,60}\b(?:menunjuk|menugaskan|"
    r"menetapkan|mengusulkan|menyampaikan|mengirim(?:kan)?)\b(?:(?!\bkepada\b)[^.;]){0,50}\b"
    rf"(?:(?:nama\s+)?{_KEEPER}|pejabat|pegawai|staf|orang|personel)\b"
)
_NAMED_AS = re.compile(
    r"(?i)\b(?:ditunjuk|ditugaskan|diperintahkan|digantikan|diganti|semula)\b|"
    rf"\b(?:sebagai|selaku|menjadi)\s+(?:\w+\s){{0,2}}{_KEEPER}\b"
)
_NO_ACCOUNTS = re.compile(
    r"(?i)\b(?:tidak|belum)\s+(?:pernah\s+)?(?:memiliki|mempunyai|ada|mengelola|terdapat)\b[^.;]{0,40}"
    rf"\b{_ACCOUNTS}\b"
)
# Who is sent to a meeting or a course about social media is not yet put in charge of it.
_ATTENDS = re.compile(
    r"(?i)\b(?:mengikuti(?!\stugas\sbelajar)|menghadiri|narasumber|perjalanan dinas|peserta)\b|\b(?:diklat|bimtek|lokakarya)\b"
)
_KEEPS = re.compile(
    r"(?i)\bmengelola\b|\b(?:penunjukan|menunjuk|ditunjuk|penggantian|digantikan|menggantikan)\b|"
    r"\b(?:sebagai|selaku|menjadi)\s+(?:\w+\s+){0,2}(?:petugas|admin\w*|pengelola|operator)\b"
)


@dataclass(frozen=True)
class Said:
    text: str
    subjects: Sequence[str]

    @kept
    def flat(self) -> str:
        """All on one line."""
        return self.text.replace("\n", " ")

    @kept
    def body(self) -> str:
        """Less what it quotes."""
        return own_words(self.text)

    @kept
    def heads(self) -> str:
        return _ANSWERS.sub(" ", " ".join(self.subjects))

    def told(self) -> dict[str, bool]:
        """What the rules make of it, each by its name."""
        return {
            "another": self.is_called_another(),
            "proposes": self.proposes(),
            "announces": self.announces(),
            "keepers": self.names_keepers(),
            "alone": self.is_of_it_alone(),
            "asks": self.asks_others(),
            "attends": self.only_attends(),
            "media": self.is_about_media(),
            "keeping": self.is_about_keeping(),
            "says": self.says_so(),
            "ties": _TIES.search(self.body) is not None,
            "does": _does_so_itself(self.body),
        }

    def is_called_another(self) -> bool:
        """By its subject it is a letter about something else."""
        asks = any(_ASKS.match(one) and not _APPOINTING.search(one) for one in self.subjects)
        never = any(map(_NEVER.match, self.subjects))
        other = _OTHER.search(self.heads) is not None
        other = other and not (self.announces() and self.names_keepers())
        return asks or never or other or self.proposes()

    def proposes(self) -> bool:
        return any(map(_PROPOSAL.match, self.subjects)) and _PROPOSES.search(self.body) is not None

    def announces(self) -> bool:
        return announces(self.heads)

    def names_keepers(self) -> bool:
        return _KEEPER_NAMED.search(self.heads) is not None

    def is_of_it_alone(self) -> bool:
        """It names who keeps the accounts and speaks of nothing else that may happen to them."""
        return not (_MATTERS.search(self.heads) or _HAPPENS.search(self.body))

    def asks_others(self) -> bool:
        if _REQUESTS.search(self.body) is None:
            return False
        return not (_NAMED_AS.search(self.body) or _does_so_itself(self.body))

    def only_attends(self) -> bool:
        return _ATTENDS.search(self.body) is not None and not _KEEPS.search(self.body)

    def is_about_media(self) -> bool:
        return _ABOUT_MEDIA.search(self.heads) is not None

    def is_about_keeping(self) -> bool:
        return self.is_about_media() or _KEPT.search(self.flat) is not None

    def says_so(self) -> bool:
        """Its subject announces that somebody comes or goes, or is the keepers themselves."""
        if self.announces() and (self.names_keepers() or self.is_about_media()):
            return True
        if any(map(_NAMES_KEEPERS.match, self.subjects)):
            return True
        deed = _APPOINTING.search(self.heads) or _CORRECTS.search(self.heads)
        return bool(deed and _KEEPS_ACCOUNTS.search(self.flat))


def appoints(text: str, people: int, subjects: Sequence[str], *, changes: bool = False) -> bool:
    """Whether the letter is about who keeps an agency's social media.

    `changes`: it names people who come and people who go.
    """
    said = Said(text[:MOST_SAID], subjects)
    if not _ABOUT_MEDIA.search(_POSITION_IN_MEDIA.sub(" ", said.text)):
        return False
    if not people:
        return _appoints_nobody_named(said)
    if said.is_called_another():
        return _does_so_itself(said.body)
    if said.asks_others() or not said.is_about_keeping():
        return False
    if changes or said.says_so():
        return changes or not said.only_attends()
    return not said.only_attends() and (
        _TIES.search(said.body) is not None or said.is_of_it_alone()
    )


def _appoints_nobody_named(said: Said) -> bool:
    """A letter that forgot its people, or that is about something else."""
    if any(_OTHER.match(one) or _NEVER.match(one) for one in said.subjects):
        return False
    if _COVERS.search(said.heads) or said.asks_others():
        return False
    if _ORDERS.search(said.text) or _NO_ACCOUNTS.search(said.body):
        return False
    if said.announces():
        return not said.only_attends()
    operative = _OPERATIVE.search(said.body) and _ABOUT_MEDIA.search(said.body)
    return bool(operative and not _OTHER.search(said.heads))


def _does_so_itself(body: str) -> bool:
    """Whatever the letter is called: in its own voice it puts somebody in charge of accounts."""
    if _CERTIFIES.search(body) and not _CERTIFIED_FOR.search(body):
        return True
    for deed in _DEED.finditer(body):
        said = body[deed.start() : deed.end() + _DEED_REACH]
        keeps = _KEEPS_ACCOUNTS.search(said)
        if keeps and not _ATTENDS.search(said, 0, keeps.start()):
            return True
    return False
