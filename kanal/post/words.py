"""What failed, for the person who can mend it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_WORDS: dict[str, tuple[Promise, Promise]] = {
    "dns": (
        _("Nama server tidak ditemukan."),
        _("Periksa ejaan nama servernya, dan DNS mesin ini."),
    ),
    "refused": (
        _("Server tidak menerima sambungan."),
        _("Periksa port dan tembok api di antara mesin ini dan server."),
    ),
    "timeout": (
        _("Server tidak menjawab dalam batas waktu."),
        _("Periksa port dan tembok api, lalu coba lagi."),
    ),
    "certificate": (
        _("Sertifikat server tidak dipercaya."),
        _("Periksa nama server; untuk sertifikat kantor sendiri, isi KANAL_MAIL_CA."),
    ),
    "tls": (_("Sambungan TLS gagal."), _("Periksa pilihan TLS atau STARTTLS dan portnya.")),
    "sign_in": (
        _("Server menolak nama pengguna atau kata sandi."),
        _("Isi lagi kata sandinya; beberapa penyedia meminta kata sandi aplikasi."),
    ),
    "token": (
        _("Penyedia tidak memberi token masuk (OAuth2)."),
        _("Berikan izin lagi pada penyedia, lalu isi token penyegar yang baru."),
    ),
    "folder": (_("Folder itu tidak ada di kotak surat."), _("Periksa nama foldernya.")),
    "broken": (
        _("Sambungan ke server terputus atau jawabannya tidak dapat dimengerti."),
        _("Biasanya pulih sendiri; jika tidak, tanyakan kepada pengelola server."),
    ),
    "sealed": (
        _("Kata sandi yang tersimpan tidak dapat dibuka dengan kunci server ini."),
        _("Isi lagi kata sandinya."),
    ),
    "disk": (
        _("Surel tidak dapat disimpan di server ini."),
        _("Periksa ruang disk. Surel tetap ada di kotaknya dan diambil lagi nanti."),
    ),
    "temporary": (_("Server menolak untuk sementara."), _("Kanal mencoba lagi sendiri.")),
    "permanent": (
        _("Server penerima menolak pesan ini."),
        _("Periksa alamatnya dan baca jawaban server."),
    ),
    "address_dead": (
        _("Alamat ini sebelumnya memantulkan surel."),
        _("Perbaiki alamatnya, atau hapus tandanya jika sudah berfungsi lagi."),
    ),
    "expired": (
        _("Lima hari dicoba dan tidak pernah berhasil."),
        _("Periksa server pengirim, lalu kirim lagi."),
    ),
    "file_gone": (
        _("Lampirannya tidak ada di tempat penyimpanan."),
        _("Minta administrator memulihkan folder berkas dari cadangan."),
    ),
    "role_ended": (
        _("Penerimanya tidak lagi berperan di Kanal saat pesan ini hendak dikirim."),
        _("Tidak ada yang perlu dilakukan. Beri peran lagi jika ia tetap harus menerima."),
    ),
    "unsubscribed": (
        _("Penerimanya sudah berhenti berlangganan saat pesan ini hendak dikirim."),
        _("Tidak ada yang perlu dilakukan."),
    ),
    "done": (
        _("Keadaan kantornya sudah lain saat pesan ini hendak dikirim."),
        _("Tidak ada yang perlu dilakukan."),
    ),
    "no_route": (
        _("Server pengirim belum diatur."),
        _("Pesan menunggu. Isi server pengirim di halaman Surel."),
    ),
}
_UNKNOWN = (_("Ada yang gagal."), _("Baca jawaban server."))


def problem_words(code: str) -> tuple[Promise, Promise]:
    """What happened and what to do."""
    return _WORDS.get(code, _UNKNOWN)
