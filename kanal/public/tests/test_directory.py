"""The offices with their accounts, and the open list."""

import csv
from datetime import date
from io import StringIO

import pytest

from kanal.directory.models import UnitClass
from kanal.lib.templatetags.kanal import NETWORK_NAMES
from kanal.public.figures import figures
from kanal.public.open_data import COLUMNS, safe
from kanal.public.tests import office
from kanal.register.models import AccountState, Network

pytestmark = pytest.mark.django_db


def page_of(client, address: str, **query) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_the_classes_to_one_office_and_its_accounts(client, health):
    office.account(
        health, "https://t.me/dinkes_lama", state=AccountState.CLOSED, ended_on=date(2024, 3, 1)
    )
    assert "/cek/kantor/jenis/dinas/" in page_of(client, "/cek/kantor/")
    assert "/cek/kantor/31-DIN-KES/" in page_of(client, "/cek/kantor/jenis/dinas/")
    page = page_of(client, "/cek/kantor/31-DIN-KES/")
    assert "@dinkes.contoh" in page
    assert "Bukan lagi akun yang dipakai" in page
    assert "@dinkes_lama" in page


def test_an_office_is_found_by_part_of_its_name(client, jakarta, health):
    office.unit(jakarta, "31.73.07", "Kecamatan Palmerah", UnitClass.DISTRICT)
    page = page_of(client, "/cek/kantor/", cari="palmer")
    assert "Kecamatan Palmerah" in page
    assert "belum ada akun terdaftar" in page
    assert "Tidak ada kantor" in page_of(client, "/cek/kantor/", cari="zzz")
    assert "Tidak ada kantor" in page_of(client, "/cek/kantor/", cari="z\0z")


def test_a_long_class_comes_in_pages(client, jakarta, django_assert_max_num_queries):
    for number in range(60):
        unit = office.unit(
            jakarta, f"31.73.07.{number}", f"Kelurahan {number:02}", UnitClass.VILLAGE
        )
        office.account(unit, f"https://x.com/kel{number}")
    client.get("/cek/")
    with django_assert_max_num_queries(4):
        first = page_of(client, "/cek/kantor/jenis/kelurahan/")
    assert "Kelurahan 49" in first
    assert "Kelurahan 50" not in first
    assert "Kelurahan 50" in page_of(client, "/cek/kantor/jenis/kelurahan/", hal=2)


def test_what_does_not_exist_is_not_found(client, health):
    assert client.get("/cek/kantor/jenis/warung/").status_code == 404
    assert client.get("/cek/kantor/99.99/").status_code == 404


def test_the_open_list_tells_every_account_and_no_person(client, health):
    office.account(
        health, "https://t.me/dinkes_lama", state=AccountState.CLOSED, ended_on=date(2024, 3, 1)
    )
    answer = client.get("/cek/daftar.csv")
    rows = list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))
    assert list(rows[0]) == COLUMNS
    assert {(row["nama_akun"], row["status"]) for row in rows} == {
        ("dinkes.contoh", "terverifikasi"),
        ("dinkes_lama", "ditutup"),
    }
    assert rows[0]["kantor"] == "Dinas Kesehatan Provinsi DKI Jakarta"


@pytest.mark.parametrize("cell", ["=cmd|'/c calc'!A0", "+62", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_of_the_open_list_is_a_formula(cell):
    assert safe(cell) == f"'{cell}"


def test_an_office_named_like_a_formula_is_quoted(client, jakarta):
    unit = office.unit(jakarta, "31-X", "=HYPERLINK(1)")
    office.account(unit, "https://x.com/aneh")
    body = b"".join(client.get("/cek/daftar.csv").streaming_content).decode()
    assert "'=HYPERLINK(1)" in body


@pytest.mark.parametrize("address", ["/bantuan/", "/aksesibilitas/", "/cek/kantor/", "/cek/"])
def test_public_pages_open_before_there_is_any_government(client, address):
    assert client.get(address).status_code == 200


def test_every_network_has_a_name_and_a_picture(client, health):
    assert dict(Network.choices) == NETWORK_NAMES


def test_an_account_of_another_office_is_not_told_before_a_verifier_decides(
    client, jakarta, health
):
    """Claimed by the library, verified for the health office: flagged inside, held back here."""
    library = office.unit(jakarta, "31-DIN-PUS", "Dinas Perpustakaan Provinsi DKI Jakarta")
    claimed = office.account(library, "@dinkes.contoh", "instagram", AccountState.DECLARED)
    own = office.account(library, "@perpus.contoh", "instagram", AccountState.DECLARED)
    page = client.get("/cek/kantor/31-DIN-PUS/").content.decode()
    assert own.shown in page
    assert claimed.shown not in page
    listed = b"".join(client.get("/cek/daftar.csv").streaming_content).decode()
    assert "31-DIN-PUS,dinas" in listed.split("perpus.contoh")[-1]
    assert "Dinas Perpustakaan" not in listed.split("dinkes.contoh")[1].split("\r\n")[0]
    assert listed.count("instagram,dinkes.contoh,") == 1
    assert figures().total == 2
    answer = client.get("/cek/", {"akun": "instagram.com/dinkes.contoh"})
    assert "Dinas Kesehatan" in answer.content.decode()
    assert "Dinas Perpustakaan" not in answer.content.decode()
    # The health office gave it up: now it is the library's to declare.
    health.accounts.update(state=AccountState.CLOSED, ended_on=office.VERIFIED_ON)
    page = client.get("/cek/kantor/31-DIN-PUS/").content.decode()
    assert claimed.shown in page
