"""What a word has to do with coming and going, whichever of its many forms a clerk uses.

A weight learnt for one sense serves all its words, also those no letter had before.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

GOES, COMES, STAYS, STANDS_BY, WHY, NOT = "goes", "comes", "stays", "stands by", "why", "not"
# The heart of a word, found anywhere in it; one of four letters only at its beginning.
_HEARTS = {
    STAYS: "tetap masih bertahan pertahan perpanjang seperti",
    GOES: (
        "pindah mutasi pensiun purna wafat tinggal pulang almarhum gugur undur mundur henti lepas bebas "
        "cabut tarik coret hapus lesai rampung usai habis akhir sudahi cukupkan lengser copot geser pamit "
        "keluar luarkan dipromosi lantik kembali mantan bekas terdahulu sebelumnya semula dahulu tadinya lama "
        "nonaktif istirahat cuti sakit lahirkan halangan dirawat belajar kuliah studi diklat perbantu mangkat "
        "padam bubar lebur tutup resign rotasi tukar hijrah pergi batal gugat sanksi disiplin "
        "jenuh letih lelah uzur"
    ),
    COMES: (
        "tunjuk unjuk ngangkat diangkat pengangkat netap penetapan tugasi tugaskan nugas penugas percaya "
        "amanat amanah mandat kuasa serahi limpah bebankan emban pikul pegang megang kelola ngelola ampu "
        "tangan nangan urus asuh jalankan laksana pengganti penerus nerus terus lanjut mengisi diisi tempati "
        "duduki kini sekarang terkini baru masuk mulai gabung mengambil nggantikan penerima nerima pasrah "
        "dapuk daulat pilih milih kukuh giliran estafet tongkat tambah damping kenal hadir tugas penanggung "
        "berikut digantikan diganti kepada jatuh jaga operasikan ngoperasi gawang garap sandang kawal handle "
        "pic admin"
    ),
    STANDS_BY: (
        "dihubungi menghubungi narahubung penghubung kontak konfirmasi koordinasi atasan pembina awas setuju iksa verifikasi paraf tahui saksi "
        "hadapan pimpin rapat lapor konsultasi tanya antar caraka disposisi usul arahan wakil kepala "
        "sekretaris kretariat kasubbag kasubag kabid kabag kasi camat lurah direktur sekcam seklur bendahara "
        "pengarah redaktur mentor pelatih bimbing tanda dokter bupati gubernur wali asisten ketua dekan rektor"
    ),
    WHY: "karena sebab akibat nyusul sehubungan mengingat berhubung lantaran alasan atas dasar",
    NOT: "tidak tak bukan belum tanpa jangan nihil",
}
_SENSES = {sense: tuple(hearts.split()) for sense, hearts in _HEARTS.items()}
_TOGETHER = {
    GOES: (
        "tidak lagi/tak lagi/bukan lagi/sudah tidak/tidak dapat/selama ini/tugas belajar/alih tugas/"
        "beralih tugas/tugas baru/yang lama/lanjut usia/melanjutkan pendidikan/melanjutkan studi/"
        "melanjutkan kuliah"
    ),
    COMES: "ambil alih/mengambil alih/yang baru",
    STAYS: "tidak berubah/tetap seperti",
}
_PAIRS = {pair: sense for sense, pairs in _TOGETHER.items() for pair in pairs.split("/")}
_VOICES = ("di", "me", "ber", "ter", "pe", "ke")
_ANYWHERE, _AT_THE_BEGINNING = 5, 4

Sense = tuple[str, str]


def senses_in(words: Sequence[str]) -> list[Sense]:
    """The senses of the words that have one, each with its verb's voice, in their order."""
    found: list[Sense] = []
    at = 0
    while at < len(words):
        pair = _PAIRS.get(" ".join(words[at : at + 2]))
        sense = pair or sense_of(words[at])
        if sense:
            found.append((sense, _voice(words[at])))
        at += 2 if pair else 1
    return found


@lru_cache(maxsize=20_000)
def sense_of(word: str) -> str | None:
    return next(
        (
            sense
            for sense, hearts in _SENSES.items()
            if any(_has_heart(word, heart) for heart in hearts)
        ),
        None,
    )


def _has_heart(word: str, heart: str) -> bool:
    if len(heart) >= _ANYWHERE:
        return heart in word
    return word == heart or (len(heart) == _AT_THE_BEGINNING and word.startswith(heart))


def _voice(word: str) -> str:
    """Passive, active or neither: `ditunjuk` is said of another than `menunjuk`."""
    return next((voice for voice in _VOICES if word.startswith(voice)), "")


def sensed(where: str, words: Sequence[str]) -> Iterator[str]:
    for sense, voice in senses_in(words):
        yield f"{where}#{sense}"
        yield f"{where}#{sense}/{voice}"


def sensed_nearest(where: str, words: Sequence[str], *, last: bool) -> Iterator[str]:
    """Besides all senses the two nearest to a person: the last before, or the first behind."""
    yield from sensed(where, words)
    ordered = senses_in(words)
    near = ordered[::-1][:2] if last else ordered[:2]
    if near:
        yield f"{where}#1={near[0][0]}"
        yield f"{where}#1={'/'.join(near[0])}"
    if len(near) > 1:
        yield f"{where}#2={near[0][0]},{near[1][0]}"
