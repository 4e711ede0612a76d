"""What each finding means for the office: what happened, and what to do next."""

from __future__ import annotations


def _(text: str) -> str:
    """Marks a sentence for the translators; whoever shows it translates it."""
    return text


_RESAVE = _("Simpan ulang surat sebagai PDF dari pengolah kata, lalu kirim lagi.")
_RESCAN = _("Unduh atau pindai ulang dari aslinya, lalu kirim lagi.")
_PRINT = _("Cetak surat ke PDF yang baru, lalu kirim hasilnya.")
_WORD_PDF = _("Buka surat di Word, simpan sebagai PDF, lalu kirim PDF itu.")
_NOTHING = _("Tidak ada yang perlu dilakukan. Berkas asli tetap disimpan apa adanya.")
_SEPARATE = _("Kirim suratnya saja, terpisah dari berkas lain.")
_BESIDE = _("Periksa isinya bersama pengirim sebelum surat diterima.")

_WORDS: dict[str, tuple[str, str]] = {
    "empty": (_("Berkas ini kosong."), _RESCAN),
    "file_too_large": (
        _("Berkas ini lebih besar daripada batas yang diterima."),
        _("Pindai ulang dengan 200 sampai 300 dpi, atau kirim suratnya saja tanpa lampiran."),
    ),
    "type_mismatch": (
        _("Isi berkas ini tidak sesuai dengan akhiran namanya."),
        _("Pastikan berkasnya benar, beri akhiran yang sesuai, lalu kirim lagi."),
    ),
    "unsupported_type": (
        _("Jenis berkas ini tidak dapat diterima sebagai surat."),
        _("Kirim surat sebagai PDF, DOCX, PNG, JPEG, atau TIFF."),
    ),
    "truncated": (_("Berkas ini terpotong: bagian akhirnya tidak ada."), _RESCAN),
    "broken_file": (_("Berkas ini rusak sehingga tidak dapat dibuka."), _RESCAN),
    "broken_xref": (
        _("Susunan berkas ini rusak, dan salinan yang diperbaiki dipakai untuk dibaca."),
        _("Bandingkan hasil bacaan dengan surat aslinya."),
    ),
    "too_slow": (_("Memeriksa berkas ini memakan waktu terlalu lama, jadi dihentikan."), _PRINT),
    "too_many_objects": (_("Berkas ini terlalu rumit untuk sebuah surat."), _PRINT),
    "too_many_pages": (
        _("Berkas ini terlalu banyak halamannya untuk sebuah surat."),
        _("Kirim halaman suratnya saja."),
    ),
    "page_too_large": (
        _("Ukuran halaman berkas ini tidak wajar."),
        _("Simpan ulang dengan ukuran kertas A4 atau F4, lalu kirim lagi."),
    ),
    "pixel_bomb": (
        _("Gambar di dalam berkas ini terlalu besar untuk dibuka dengan aman."),
        _("Pindai ulang dengan 200 sampai 300 dpi, lalu kirim lagi."),
    ),
    "decompression_bomb": (
        _("Isi berkas ini mengembang jauh melebihi ukurannya, seperti berkas perusak."),
        _PRINT,
    ),
    "zip_bomb": (
        _("Isi berkas ini mengembang jauh melebihi ukurannya, seperti berkas perusak."),
        _WORD_PDF,
    ),
    "encrypted_needs_password": (
        _("Berkas ini terkunci kata sandi."),
        _("Simpan salinan tanpa kata sandi, lalu kirim lagi."),
    ),
    "encrypted_owner_only": (
        _("Berkas ini dikunci terhadap perubahan, dan salinan tanpa kunci dipakai untuk dibaca."),
        _NOTHING,
    ),
    "external_uri": (
        _("Berkas ini memuat tautan ke situs yang tidak dikenal; tautannya dibuang dari salinan."),
        _("Jangan membuka tautan itu dari berkas asli."),
    ),
    "remote_goto": (
        _("Berkas ini hendak membuka berkas lain di luar dirinya."),
        _PRINT,
    ),
    "javascript": (_("Berkas ini memuat program (JavaScript)."), _PRINT),
    "launch_action": (_("Berkas ini hendak menjalankan program di komputer pembaca."), _PRINT),
    "submit_form": (_("Berkas ini hendak mengirim isian ke alamat lain."), _PRINT),
    "import_data": (_("Berkas ini hendak mengambil data dari berkas lain."), _PRINT),
    "rich_media": (_("Berkas ini memuat video, suara, atau benda tiga dimensi."), _PRINT),
    "xfa_form": (_("Berkas ini formulir XFA, yang tampilannya dapat berubah-ubah."), _PRINT),
    "embedded_executable": (_("Berkas ini membawa program yang dapat dijalankan."), _SEPARATE),
    "embedded_object": (_("Dokumen ini memuat objek OLE dari program lain."), _WORD_PDF),
    "activex": (_("Dokumen ini memuat kendali ActiveX."), _WORD_PDF),
    "macro": (_("Dokumen ini memuat makro (program)."), _WORD_PDF),
    "dde_field": (_("Dokumen ini memuat bidang DDE yang dapat menjalankan program."), _WORD_PDF),
    "alt_chunk": (_("Dokumen ini menyisipkan dokumen lain yang tidak tampak."), _WORD_PDF),
    "external_template": (_("Dokumen ini mengambil templat dari alamat luar."), _WORD_PDF),
    "external_relationship": (_("Dokumen ini mengambil isi dari alamat luar."), _WORD_PDF),
    "xml_entities": (
        _("Dokumen ini memuat entitas XML, yang tidak pernah ada di surat."),
        _WORD_PDF,
    ),
    "path_traversal": (_("Nama di dalam berkas ini hendak menulis ke luar foldernya."), _WORD_PDF),
    "nested_archive": (_("Ada arsip (seperti ZIP atau RAR) di dalam kiriman ini."), _SEPARATE),
    "nested_too_deep": (_("Berkas di dalam berkas ini terlalu berlapis."), _SEPARATE),
    "too_many_attachments": (_("Lampirannya terlalu banyak, jadi tidak semua dibuka."), _SEPARATE),
    "polyglot": (_("Berkas ini sekaligus berkas jenis lain."), _PRINT),
    "signed_and_changed": (
        _(
            "Surat bertanda tangan elektronik ini memuat hal yang biasanya dibuang; surat tidak diubah."
        ),
        _BESIDE,
    ),
    "malware": (
        _("Pemindai virus menemukan program jahat di dalam berkas ini."),
        _("Jangan dibuka. Beri tahu pengirim dan petugas keamanan informasi."),
    ),
    "mail_too_large": (_("Surel ini terlalu besar, jadi tidak terbaca seluruhnya."), _SEPARATE),
    "broken_mail": (_("Susunan surel ini rusak, jadi mungkin ada bagian yang hilang."), _RESAVE),
    "winmail_unreadable": (
        _("Lampiran winmail.dat dari Outlook ini tidak dapat dibuka."),
        _("Minta pengirim memakai format HTML atau teks biasa, lalu mengirim lagi."),
    ),
}


def words_for(reason: str) -> tuple[str, str]:
    """What happened and what to do next, to be translated by whoever shows them."""
    return _WORDS.get(
        reason,
        (_("Berkas ini tidak dapat diterima begitu saja."), _BESIDE),
    )


def known_reasons() -> frozenset[str]:
    return frozenset(_WORDS)
