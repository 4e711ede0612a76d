"""What to look at for each check, and what an office is told when its letter is returned."""

from django.utils.translation import gettext_lazy as _

from kanal.appointments.models import CheckName, ReturnReason

LOOK_AT = {
    CheckName.AUTHENTIC: _(
        "Kop, nomor, tanggal, tanda tangan, dan cap terlihat; tidak ada halaman hilang atau"
        " tulisan yang ditimpa."
    ),
    CheckName.SIGNER: _(
        "Kepala kantor, atau yang sah bertindak untuknya (Pj., Plt., Plh., a.n.), pada tanggal"
        " surat."
    ),
    CheckName.OFFICER: _(
        "Nama, nomor pegawai, dan jabatan sama dengan yang tertulis di surat, dan orangnya bekerja"
        " di kantor ini."
    ),
    CheckName.DUTIES: _(
        "Surat menugaskan penyediaan, penempatan, dan pembaruan konten, serta koordinasi dengan"
        " Diskominfotik."
    ),
    CheckName.ACCOUNTS: _(
        "Akun yang disebut terdaftar untuk kantor ini. Surat yang tidak menyebut akun berlaku"
        " untuk semuanya."
    ),
    CheckName.DATES: _(
        "Nomor dan tanggal sama dengan di surat; mulai dan akhir masa tugas tidak bertentangan"
        " dengan surat lain."
    ),
}

TO_DO = {
    ReturnReason.UNREADABLE: _(
        "Pindai ulang seluruh halaman surat sebagai PDF yang terbaca, lalu catat suratnya lagi."
    ),
    ReturnReason.NO_SIGNATURE: _(
        "Mintakan tanda tangan dan cap kepala kantor, lalu catat suratnya lagi."
    ),
    ReturnReason.WRONG_SIGNER: _(
        "Terbitkan surat yang ditandatangani kepala kantor atau pejabat yang sah bertindak"
        " untuknya pada tanggal surat."
    ),
    ReturnReason.NUMBER_MISSING: _(
        "Cocokkan nomor dan tanggal dengan buku agenda kantor Anda, lalu catat suratnya lagi."
    ),
    ReturnReason.OFFICER_WRONG: _(
        "Cocokkan nama, nomor pegawai, dan jabatan petugas dengan data kepegawaian, lalu catat"
        " suratnya lagi."
    ),
    ReturnReason.ACCOUNT_WRONG: _(
        "Daftarkan dulu akun yang disebut, atau perbaiki nama akunnya, lalu catat suratnya lagi."
    ),
    ReturnReason.NOT_A_LETTER: _(
        "Yang diperlukan surat penunjukan, penggantian, penghentian, atau ralat petugas yang"
        " ditandatangani kepala kantor."
    ),
    ReturnReason.CONTRADICTS: _(
        "Periksa surat kantor Anda yang lain tentang petugas yang sama, lalu kirim satu surat yang"
        " berlaku."
    ),
}
