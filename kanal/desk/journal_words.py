"""The journal's verbs as sentences an office reads. An unknown verb stands as it was written."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kanal.lib.refusal import Words

SENTENCES: dict[str, Promise] = {
    "submit-letter": _("mengajukan surat"),
    "check-letter": _("memeriksa satu syarat surat"),
    "accept-letter": _("menerima surat"),
    "held-letter": _("menunda surat"),
    "returned-letter": _("mengembalikan surat ke kantor pengirim"),
    "receive-softcopy": _("mencatat tanda terima softcopy"),
    "receive-hardcopy": _("mencatat tanda terima hardcopy"),
    "void-receipt": _("membatalkan tanda terima"),
    "declare-account": _("menyatakan akun resmi"),
    "declared-account": _("mengembalikan akun ke keadaan dinyatakan"),
    "verified-account": _("memverifikasi akun"),
    "parked-account": _("memarkir akun"),
    "lost-account": _("mencatat akun hilang kendali"),
    "closed-account": _("menutup akun"),
    "declare-nil": _("menyatakan nihil: tidak memiliki akun"),
    "report-account": _("melaporkan akun yang mencurigakan"),
    "close-report": _("menutup laporan akun"),
    "read-mandate": _("memasukkan dasar hukum"),
    "confirm-mandate": _("mengonfirmasi dasar hukum"),
    "decide-deadline": _("menetapkan tenggat"),
    "import-units": _("mengimpor instansi"),
    "import-people": _("mengimpor orang"),
    "add-unit": _("menambah instansi"),
    "change-unit": _("mengubah instansi"),
    "close-unit": _("menutup instansi"),
    "add-person": _("menambah orang"),
    "change-person": _("mengubah data orang"),
    "add-user": _("menambah pengguna"),
    "make-password-link": _("membuat tautan kata sandi"),
    "grant-role": _("memberi peran"),
    "end-role": _("mengakhiri peran"),
    "load-units": _("memuat daftar instansi"),
    "load-successions": _("mencatat penerus instansi"),
    "rename-unit": _("mengganti nama instansi"),
    "correct-person": _("mengoreksi identitas orang"),
    "see-person-file": _("membuka identitas lengkap orang"),
    "export-people": _("mengunduh daftar orang"),
    "begin-posting": _("mencatat penempatan"),
    "change-posting": _("mengubah penempatan"),
    "end-posting": _("mengakhiri penempatan"),
    "begin-headship": _("mencatat kepala kantor"),
    "end-headship": _("mengakhiri masa kepala kantor"),
    "deactivate-user": _("menonaktifkan pengguna"),
    "reactivate-user": _("mengaktifkan kembali pengguna"),
    "load-sample": _("memuat data contoh"),
    "remove-sample": _("menghapus data contoh"),
}


def sentence(verb: str) -> Words:
    return SENTENCES.get(verb, verb)
