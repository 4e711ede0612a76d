"""Words before a person that tell his or her role in a letter."""

import re

OFFICER, REPLACED, SIGNATORY, WRONG = "officer", "replaced", "signatory", "wrong"
# Named in passing: who stays in office while away, or whom to call.
OTHER = "other"

ADDRESSED = r"(?:Sdri?|Saudar[ai]|Bapak|Ibu|Pak|Bu|Ny|Almarhum(?:ah)?)\b\.?"
_CUES = (
    (
        SIGNATORY,
        (
            r"bertanda ?tangan(?:\sdi\s?bawah)?(?:\sini)?|(?:saya|kami),? selaku|pejabat yang menunjuk|pihak pertama|"
            r"pemberi (?:tugas|perintah)|yang (?:memberi(?:kan)? (?:tugas|perintah)|memerintahkan|menugaskan|menunjuk)"
        ),
    ),
    (WRONG, r"(?:semula |yang )?tertulis|tercantum\s*:|tertera"),
    (OFFICER, r"seharusnya|sebenarnya|yang benar|dibetulkan menjadi|dibaca"),
    (
        REPLACED,
        (
            r"menggantikan|mengganti(?=\s)|sebagai pengganti|pengganti dari|semula(?:\s(?:dijabat|dipegang|dikelola|ditangani|diampu)\soleh)?|"
            r"(?:petugas|pejabat|personel|pengelola|admin|nama)(?:\s\w+){0,4}?\slama|"
            r"yang di\s?ganti(?:kan)?|memberhentikan|membebastugaskan|mencabut|mengakhiri|"
            r"membebaskan|dibebaskan|menghentikan|penghentian|pemberhentian|menarik|dibebastugaskan|diberhentikan|dialihkan dari|"
            r"(?:di)?(?:mutasi|pindah|promosi|pensiun|tugaskan)(?:kan|tugaskan)?nya|"
            r"(?:mutasi|pensiun|purna\s?(?:tugas|bakti)|promosi|kepindahan|cuti|wafat|sakit|meninggal)\w*(?:\s\w+){0,3}?"
            r"(?=\s+(?:Sdr|Saudar|Bapak|Ibu|atas nama|petugas|pegawai|pengelola))|"
            r"alih tugas(?:nya)?(?=\s(?:Sdr|Saudar|Bapak|Ibu|dari))|"
            r"(?:tidak lagi|sebelumnya|dahulu|dulu) (?:dipegang|dijabat|dikelola|ditangani|diampu)(?: oleh)?|"
            r"(?:saat|selama) ini (?:adalah|dijabat|dipegang|dikelola|ditangani|diampu)(?: oleh)?|"
            r"telah (?:dipindah\w*|dimutasi\w*|mutasi|pindah|pensiun|purna\s?\w+|berhenti|dibebas\w*|"
            r"diberhentikan|dialih\s?tugaskan|dipromosikan|mengundurkan diri)[^.;:]{0,60}?,? (?:yaitu|yakni)|"
            r"tidak (?:dapat )?lagi (?:mengelola|memegang|bertugas|menjadi|menangani|mengurus)|"
            r"yang selama ini(?: (?:adalah|dijabat|dipegang|dikelola|ditangani|diampu)(?: oleh)?)?|(?:berakhir|selesai)(?:nya)?(?: masa)? tugas(?:nya)?|"
            r"yang (?:menyerahkan|berhenti|diberhentikan|dibebaskan|dibebastugaskan|keluar|selesai bertugas|purna\s?\w+)|"
            r"bukan lagi|(?:di)?tinggalkan oleh|(?:beralih|berubah|berganti|diubah) dari|pencabutan|berakhirnya|mengalihkan(?:\s\w+){0,6}\sdari"
        ),
    ),
    (
        OFFICER,
        (
            r"menunjuk|menugaskan|memerintahkan|mengangkat|digantikan\s(?:oleh|dengan)|"
            # `Menetapkan :` only opens a decree.
            r"menetapkan(?!\s*:\s*(?:pertama|kesatu|keputusan|peraturan|1\b))|"
            r"diganti\s(?:oleh|dengan|menjadi)|menjadi|penggantinya|pengganti\s*:|"
            r"(?:petugas|pejabat|personel|pengelola|admin|nama)(?:\s\w+){0,4}?\s(?:baru|pengganti)|"
            r"(?:kami|saya) (?:tunjuk|tugaskan|tetapkan|angkat|ganti(?:kan)? (?:dengan|oleh))|sebagai ganti(?:nya)?|"
            r"yang (?:mengganti(?:kan)?|meneruskan|melanjutkan|mengemban)|yang masuk|yang menerima|(?:dipegang|dijabat|dikelola|ditangani) oleh|(?:alihkan|percayakan|serahkan|limpahkan|tugaskan) kepada|yang mulai bertugas|ditunjuk|ditugaskan|diangkat|(?:dilaksana|dijalan|dilaku)kan oleh|diampu oleh|diisi oleh|diteruskan oleh|dilanjutkan oleh|"
            r"diserahkan kepada|dialihkan kepada|beralih kepada|selanjutnya|yang bersangkutan digantikan|"
            r"(?:ditetapkan|dialihkan|diserahkan|dipercayakan|beralih|berpindah)(?:\s\w+){0,3} (?:kepada|ke tangan)|"
            r"memberi(?:kan)?(?:\s\w+)? (?:tugas|perintah|mandat|kuasa|penugasan|kepercayaan|wewenang)"
            r"(?:\s\w+){0,2} kepada|nama pegawai|sampaikan petugas|melainkan|"
            r"(?:menerangkan|menyatakan|memberitahukan)(?:\s\w+){0,4}\sbahwa"
        ),
    ),
)
_CUE = re.compile(
    "|".join(f"(?P<c{at}>\\b(?:{words})\\b)" for at, (_, words) in enumerate(_CUES)), re.IGNORECASE
)
# Words that begin a report of who comes as well as of who goes.
_EITHER = re.compile(r"(?i)\bbahwa$")


def last_cue(before: str) -> str | None:
    """The role that the last telling word before a person gives."""
    last: str | None = None
    for hit in _CUE.finditer(before.replace("\n", " ")):
        last = next(_CUES[at][0] for at in range(len(_CUES)) if hit[f"c{at}"])
        last = None if _EITHER.search(hit[0]) else last
    return last
