"""A line of addressees means a whole class only when it says so."""

import pytest

from kanal.paper.addressees import unit_class


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Inspektur Provinsi DKI Jakarta", "inspektorat"),
        ("Para Walikota Provinsi DKI Jakarta", "kota"),
        ("Para Wali Kota", "kota"),
        ("Bupati Administrasi Kepulauan Seribu", "kabupaten"),
        ("Seluruh Kepala Dinas di lingkungan Pemerintah Provinsi", "dinas"),
        ("Sekretaris DPRD Kota Rekaan", "setwan"),
        ("Sekretaris Daerah Provinsi DKI Jakarta", "setda"),
        ("Kepala Satpol PP", "satpol_pp"),
        ("Para Kepala Biro Sekretariat Daerah", "biro"),
        ("Para Lurah;", "kelurahan"),
        # One of a class, a part of it, or more than one class: a person decides.
        ("Kepala Dinas Kesehatan Provinsi DKI Jakarta", None),
        ("Camat Gambir", None),
        ("Wali Kota Jakarta Pusat", None),
        ("Bupati Sukabumi", None),
        ("Para Lurah di Kecamatan Gambir", None),
        ("Para Kepala Dinas kecuali Dinas Kesehatan", None),
        ("Para Kepala Dinas dan Kepala Badan", None),
        ("Para Kepala Dinas/Badan Provinsi", None),
        ("Para Camat dan Lurah", None),
        # No class of the lists
        ("Para Direktur RSUD", None),
        ("Para Kepala UPT", None),
        ("Para Kepala Suku Dinas Kesehatan", None),
        ("Inspektur Pembantu Wilayah Kota", None),
        ("Wakil Wali Kota", None),
        ("Para Kepala Perangkat Daerah", None),
        ("Sekretaris Kecamatan", None),
        ("", None),
    ],
)
def test_the_class_of_an_addressee(line: str, expected: str | None) -> None:
    assert unit_class(line) == expected
