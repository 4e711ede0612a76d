"""Why a file waits for a person or is turned away, in the office's words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kanal.paper.inspection.guidance import known_reasons, words_for


@dataclass(frozen=True)
class Said:
    what: str
    next_step: str


_READ: dict[str, tuple[Promise, Promise]] = {
    "nip_length": (
        _("Ada NIP yang jumlah digitnya bukan 18."),
        _("Cocokkan dengan SK atau kartu pegawai."),
    ),
    "nip_invalid_birthdate": (
        _("Ada NIP dengan tanggal lahir yang tidak ada di kalender."),
        _("Cocokkan dengan SK atau kartu pegawai."),
    ),
    "nip_invalid": (
        _("Ada NIP yang susunannya tidak mungkin."),
        _("Cocokkan dengan SK atau kartu pegawai."),
    ),
    "nip_equals_signatory": (
        _("NIP petugas sama dengan NIP penandatangan."),
        _("Periksa apakah memang orang yang sama."),
    ),
    "nip_duplicate": (_("Satu NIP tertulis untuk dua orang."), _("Tanyakan NIP yang benar.")),
    "nip_missing": (_("Ada orang tanpa NIP."), _("Isi NIP-nya, atau alasannya jika PJLP.")),
    "name_missing": (_("Ada orang yang namanya tidak terbaca."), _("Ketik dari gambarnya.")),
    "number_missing": (_("Nomor surat tidak ditemukan."), _("Ketik dari surat, jika ada.")),
    "date_missing": (_("Tanggal surat tidak ditemukan."), _("Ketik dari surat, jika ada.")),
    "date_invalid": (_("Tanggal surat tidak ada di kalender."), _("Tanyakan tanggalnya.")),
    "date_in_future": (_("Tanggal surat belum tiba."), _("Periksa tahun dan bulannya.")),
    "agency_missing": (_("Nama kantor tidak ditemukan."), _("Pilih kantornya.")),
    "officers_missing": (_("Nama petugas tidak ditemukan."), _("Ketik dari surat.")),
    "replaced_missing": (
        _("Petugas yang diganti tidak ditemukan."),
        _("Pilih dari daftar petugas kantor ini."),
    ),
    "signatory_missing": (_("Penandatangan tidak ditemukan."), _("Ketik dari surat.")),
    "multiple_letters": (
        _("Berkas ini memuat lebih dari satu surat."),
        _("Catat satu per satu: yang pertama diisikan di bawah."),
    ),
    "low_confidence": (
        _("Sebagian bacaan tidak pasti."),
        _("Cocokkan yang ditandai dengan gambarnya."),
    ),
    "not_an_appointment": (
        _("Ini bukan surat penunjukan, penggantian, penghentian, atau ralat."),
        _("Periksa apakah berkas yang dikirim benar."),
    ),
    "hidden_text": (
        _("Teks di dalam berkas berbeda dengan yang terlihat."),
        _("Percayai gambarnya saja, dan tanyakan asal berkas ini."),
    ),
    "attachment_disagrees": (
        _("Data di dalam berkas berbeda dengan yang tertulis."),
        _("Percayai yang tertulis, dan tanyakan asal berkas ini."),
    ),
    "signature_valid": (
        _("Tanda tangan elektroniknya sah dan sertifikatnya dipercaya."),
        _("Tidak ada yang perlu dilakukan."),
    ),
    "signature_untrusted": (
        _("Tanda tangan elektroniknya utuh, tetapi penerbit sertifikatnya tidak dikenal."),
        _("Minta administrator menambahkan sertifikat akarnya jika memang dipercaya."),
    ),
    "signature_untrusted_self_signed": (
        _("Tanda tangan elektroniknya memakai sertifikat buatan sendiri."),
        _("Mintakan tanda tangan basah, atau sertifikat dari penerbit yang dipercaya."),
    ),
    "signature_broken": (
        _("Tanda tangan elektroniknya rusak: isi berkas berubah setelah ditandatangani."),
        _("Minta berkas asli dari kantor pengirim."),
    ),
    "signature_changed_after": (
        _("Berkas ini diubah setelah ditandatangani."),
        _("Minta berkas asli dari kantor pengirim."),
    ),
    "doc_needs_libreoffice": (
        _("Berkas .doc lama tidak dapat dibaca di server ini."),
        _("Simpan sebagai PDF atau DOCX, atau ketik isinya dari surat."),
    ),
    "scan_needs_engines": (
        _("Server ini tidak dapat membaca pindaian."),
        _("Ketik isinya dari gambar; administrator dapat memasang pembacanya."),
    ),
    "text_layer_disagrees": (
        _("Teks di dalam berkas berbeda dengan yang terlihat."),
        _("Percayai gambarnya saja, dan tanyakan asal berkas ini."),
    ),
    "no_attachment": (_("Surel ini tidak membawa surat."), _("Minta pengirim melampirkannya.")),
    "type_unsupported": (
        _("Jenis berkas ini tidak dapat dibaca sebagai surat."),
        _("Kirim surat sebagai PDF, DOCX, PNG, JPEG, atau TIFF."),
    ),
    "doc_unreadable": (
        _("Berkas .doc ini tidak dapat dibuka."),
        _("Simpan sebagai PDF atau DOCX, lalu kirim lagi."),
    ),
    "unreadable": (_("Berkas ini tidak dapat dibaca."), _("Ketik isinya dari surat.")),
    "crashed": (_("Berkas ini tidak dapat dibaca."), _("Ketik isinya dari surat.")),
}


def said(reason: str) -> Said:
    """`reason` as in a reading's `reasons`, an appended `:name` aside."""
    word = reason.partition(":")[0]
    if word in _READ and word not in known_reasons():
        what, next_step = _READ[word]
        return Said(str(what), str(next_step))
    told, then = words_for(word)
    return Said(gettext(told), gettext(then))
