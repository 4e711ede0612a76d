"""Why a mail waits, what its check found, why it was not answered: in the office's words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kanal.readings import words


@dataclass(frozen=True)
class Said:
    what: str
    next_step: str = ""


_MAIL: dict[str, tuple[Promise, Promise | str]] = {
    "no_attachment": (
        _("Surel ini tidak membawa berkas surat."),
        _("Baca isinya, lalu tutup atau filekan."),
    ),
    "files_refused": (
        _("Lampirannya tidak dapat diterima; alasannya ada di lampiran itu."),
        _("Minta kiriman ulang, lalu tutup surel ini."),
    ),
    "no_letter": (
        _("Tidak ada surat penunjukan yang terbaca di lampirannya."),
        _("Buka lampirannya, lalu tutup atau filekan."),
    ),
    "no_unit_named": (
        _("Tidak ada nama kantor yang terbaca, dan pengirimnya belum dikenal."),
        _("Pilih kantornya."),
    ),
    "unit_unknown": (
        _("Kantor yang tertulis di surat tidak ada di daftar."),
        _("Pilih kantornya."),
    ),
    "several_units": (
        _("Lebih dari satu kantor mungkin pemiliknya."),
        _("Pilih yang benar."),
    ),
    "units_differ": (
        _("Surat, pengirim, dan utas surel menunjuk kantor yang berbeda."),
        _("Cocokkan dulu dengan suratnya."),
    ),
    "several_letters": (
        _("Surel ini membawa lebih dari satu surat."),
        _("Catat satu per satu; untuk surat kantor lain, filekan dulu di kantor itu."),
    ),
    "same_id_other_content": (
        _("Nomor pengenal (Message-ID) surel ini sudah dipakai surel lain yang isinya berbeda."),
        _("Bandingkan keduanya sebelum mencatat."),
    ),
    "no_message_id": (_("Surel ini tanpa nomor pengenal (Message-ID)."), ""),
    "came_again": (_("Surel yang sama datang lebih dari sekali; dihitung satu."), ""),
    "automatic": (_("Surel ini dikirim mesin, jadi tidak dijawab."), ""),
    "bounce": (_("Laporan bahwa kiriman kita tidak sampai."), ""),
    "mail_too_large": (
        _("Surel ini lebih besar daripada batas, jadi hanya kepalanya disimpan."),
        _("Aslinya tetap ada di kotak surat. Minta kiriman yang lebih kecil."),
    ),
    "reading_failed": (
        _("Surel ini tidak dapat dibaca; aslinya disimpan utuh."),
        _("Unduh aslinya dan periksa dengan program surel."),
    ),
    "sender_failed": (
        _("Pemeriksaan pengirim tidak cocok."),
        _("Hubungi kantornya lewat jalan lain sebelum mencatat."),
    ),
    "decoration": (_("Gambar kecil di dalam surel, bukan surat."), ""),
    "not_read": (_("Belum dibaca karena lampirannya terlalu banyak."), _("Buka sendiri.")),
    "not_kept": (
        _("Jenis berkas ini tidak dapat menjadi surat."),
        _("Aslinya ada di dalam surel."),
    ),
    "same_file_in_mail": (_("Berkas yang sama sudah datang dengan surel lain."), ""),
    "same_file_as": (_("Berkas yang sama ada dua kali di surel ini."), ""),
}

BECAUSE: dict[str, Promise] = {
    "letter": _("nama kantor tertulis di surat"),
    "thread": _("membalas surel yang sudah terfilekan"),
    "sender": _("pengirim ini pernah difilekan di sini"),
    "office_address": _("alamat surel kantor ini"),
}

PROOF_NOTES: dict[str, Promise] = {
    "two_senders": _("Ada lebih dari satu pengirim di kepala surel."),
    "no_sender": _("Pengirim tidak tertulis dengan benar."),
    "body_changed": _("Isinya berubah setelah ditandatangani server pengirim."),
    "partly_signed": _("Hanya sebagian isinya yang ditandatangani."),
    "wrong_domain": _("Ditandatangani domain lain daripada pengirimnya."),
    "says_otherwise": _("Keterangan server penerima bertentangan dengan isi surel."),
}

UNANSWERED: dict[str, Promise] = {
    "too_old": _("surel lama"),
    "sender_doubtful": _("pengirim tidak cocok"),
    "no_address": _("tidak ada alamat balasan"),
    "automatic": _("dikirim mesin"),
    "nobody": _("alamat yang tidak dibaca orang"),
    "ourselves": _("alamat kita sendiri"),
    "dead": _("alamatnya memantulkan surel"),
    "too_often": _("sudah cukup banyak jawaban hari ini"),
    "stranger": _("pengirim belum dikenal"),
}


def said(reason: str) -> Said:
    """`reason` as in a mail's or file's `reasons`; what follows a colon is left out."""
    word = reason.partition(":")[0]
    if word in _MAIL:
        what, next_step = _MAIL[word]
        return Said(str(what), str(next_step))
    told = words.said(reason)
    return Said(told.what, told.next_step)
