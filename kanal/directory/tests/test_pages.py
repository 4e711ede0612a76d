"""The directory's pages as people with different roles meet them."""

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kanal.directory import exporting
from kanal.directory.models import Headship, Person, Posting, Role, RoleKind, Unit, User
from kanal.directory.tests.sheets import as_csv, sheet_of, upload
from kanal.journal.models import Entry
from tests.factories import (
    TODAY,
    PersonFactory,
    a_head,
    a_nip,
    a_user,
    an_employee,
    an_office,
)

pytestmark = pytest.mark.django_db
UNIT_COLUMNS = ["kode", "kelas", "nama", "kode_induk"]
NIP = "196402111984031002"


def inside(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(response) -> str:
    return response.content.decode()


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


# Lists


@pytest.mark.parametrize("name", ["units", "people", "users"])
def test_a_longer_list_asks_no_more_of_the_database(admin: User, tebet: Unit, name: str) -> None:
    client, address = inside(admin), reverse(f"directory:{name}")
    an_employee(an_office(parent=tebet))
    client.get(address)
    few = queries(client, address)
    for n in range(12):
        unit = an_office(parent=tebet)
        an_employee(unit)
        a_head(unit)
        a_user(RoleKind.OFFICER, unit, name=f"Petugas {n}")
    assert queries(client, address) == few
    assert few <= 12


def test_offices_are_found_by_name_abbreviation_code_kind_and_region(jakarta, verifier) -> None:
    client, address = inside(verifier), reverse("directory:units")

    def found(**asked: str) -> list[str]:
        page = client.get(address, asked).context["page"]
        return [unit.code for unit in page.paginator.object_list]

    assert "31.74.01" in found(cari="tebet")
    assert found(cari="bapenda") == ["31-BAD-BAPENDA"]
    assert found(cari="31.74.01.1002") == ["31.74.01.1002"]
    assert len(found(kelas="kecamatan")) == 44
    assert len(found(kelas="kelurahan", wilayah="31.74")) == 65
    assert len(found()) == 364
    assert len(found(tutup="on")) == 376
    assert "31-BAD-BPRD" in found(cari="Pajak dan Retribusi", tutup="on")
    assert found(cari="tak ada kantor ini") == []
    assert len(found(kelas="bukan jenis")) == 364


def test_the_tree_is_walked_down_and_up(jakarta, verifier) -> None:
    client = inside(verifier)
    page = client.get(reverse("directory:units"), {"di": "31.74.01"})
    assert len(page.context["page"].paginator.object_list) == 7
    assert [name for name, _url in page.context["crumbs"]] == [
        "Instansi",
        "Pemerintah Provinsi Daerah Khusus Ibukota Jakarta",
        "Kota Administrasi Jakarta Selatan",
    ]
    assert "65" not in text(
        client.get(reverse("directory:units"), {"di": "31.74.01", "cari": "zz"})
    )
    assert client.get(reverse("directory:units"), {"di": "31.99"}).status_code == 404


def test_htmx_gets_the_list_alone(admin: User, tebet: Unit) -> None:
    part = inside(admin).get(reverse("directory:units"), headers={"HX-Request": "true"})
    assert text(part).lstrip().startswith('<div id="daftar"')


def test_empty_lists_say_what_to_do_first(admin: User, verifier: User) -> None:
    assert "Impor daftar kantor" in text(inside(admin).get(reverse("directory:units")))
    assert "Tambah orang" in text(inside(verifier).get(reverse("directory:people")))


# One office


def test_a_sub_unit_is_added_renamed_and_closed_in_the_browser(tebet: Unit, verifier: User) -> None:
    client = inside(verifier)
    client.post(
        reverse("directory:add-unit", args=[tebet.code]),
        {"name": "Puskesmas Tebet", "code": "31.74.01-PKM", "unit_class": "sub"},
    )
    unit = Unit.objects.get(code="31.74.01-PKM")
    client.post(
        reverse("directory:rename-unit", args=[unit.code]),
        {"name": "Puskesmas Kecamatan Tebet", "on": "1 Maret 2020", "basis": "SK"},
    )
    heir = an_office("Puskesmas Baru", code="31.74.01-P2", parent=tebet)
    client.post(
        reverse("directory:close-unit", args=[unit.code]),
        {"on": "2024-01-01", "successor": "puskesmas baru", "event": "digabung"},
    )
    unit.refresh_from_db()
    assert (unit.name, unit.closed_on) == ("Puskesmas Kecamatan Tebet", date(2024, 1, 1))
    assert unit.successors.get().successor == heir


def test_a_refusal_stands_beside_its_field(tebet: Unit, verifier: User) -> None:
    page = inside(verifier).post(
        reverse("directory:add-unit", args=[tebet.code]),
        {"name": "Tebet lagi", "code": "31.74.01", "unit_class": "sub"},
    )
    assert page.status_code == 422
    assert "sudah dipakai Kecamatan Tebet" in page.context["form"].errors["code"][0]


def test_an_offices_address_is_changed_from_its_page(tebet: Unit, verifier: User) -> None:
    client, page = inside(verifier), reverse("directory:unit-contact", args=[tebet.code])
    home = reverse("desk:unit", args=[tebet.code])
    assert page in text(client.get(home))
    assert client.post(page, {"email": "a@b", "phone": ""}).status_code == 422
    assert client.post(page, {"email": "", "phone": "0" * 41}).status_code == 422
    given = {"email": "tebet@contoh.go.id", "phone": "(021) 8301234"}
    after = text(client.post(page, given, follow=True))
    assert "tebet@contoh.go.id" in after
    assert "(021) 8301234" in after
    assert "tebet@contoh.go.id" in text(client.get(page))
    assert page not in text(inside(a_user(RoleKind.UNIT_HEAD, tebet)).get(home))


def test_a_name_that_fits_several_offices_is_asked_back(tebet: Unit, verifier: User) -> None:
    an_office("Kelurahan Baru Satu", code="b1", parent=tebet)
    an_office("Kelurahan Baru Dua", code="b2", parent=tebet)
    page = inside(verifier).post(
        reverse("directory:close-unit", args=[tebet.code]),
        {"on": "2024-01-01", "successor": "baru"},
    )
    said = page.context["form"].errors["successor"][0]
    assert "b1 Kelurahan Baru Satu" in said
    assert "b2 Kelurahan Baru Dua" in said


def test_heads_are_recorded_by_number_or_name(tebet: Unit, verifier: User) -> None:
    client, address = inside(verifier), reverse("directory:heads", args=[tebet.code])
    PersonFactory(full="Sari Dewi", identity_number=NIP)
    PersonFactory(full="Sari Dewi")
    asked = {"person": "Sari Dewi", "capacity": "plt", "begins_on": "2024-01-02"}
    page = client.post(address, asked)
    assert "19640211******1002" in page.context["form"].errors["person"][0]
    client.post(address, {**asked, "person": "19640211 198403 1 002"})
    headship = Headship.objects.get()
    assert (headship.person.identity_number, headship.capacity) == (NIP, "plt")
    client.post(
        reverse("directory:end-head", args=[tebet.code, headship.pk]), {"ends_on": "2024-06-01"}
    )
    headship.refresh_from_db()
    assert headship.ends_on == date(2024, 6, 1)
    assert (
        "belum tercatat"
        in client.post(address, {**asked, "person": "Entah"}).context["form"].errors["person"][0]
    )


# People


def test_a_number_is_masked_in_lists_and_whole_only_in_the_file(
    tebet: Unit, verifier: User
) -> None:
    person = an_employee(tebet)
    number = person.identity_number
    client = inside(verifier)
    assert number not in text(client.get(reverse("directory:people")))
    page = client.get(reverse("directory:person", args=[person.pk]))
    assert number in text(page)
    assert page["Cache-Control"] == "no-store"
    entry = Entry.objects.get(verb="see-person-file")
    assert (entry.actor_id, entry.subject) == (verifier.pk, f"person:{person.pk}")


def test_who_may_see_whom(tebet: Unit, root: Unit) -> None:
    here = an_employee(an_office(parent=tebet), "Orang Tebet")
    there = an_employee(an_office("Kelurahan Jauh", code="31.75.1", parent=root), "Orang Jauh")
    gone = an_employee(tebet, "Orang Pergi")
    Posting.objects.filter(person=gone).update(ends_on=TODAY - timedelta(days=3000))
    head, officer = a_user(RoleKind.UNIT_HEAD, tebet), a_user(RoleKind.OFFICER, tebet)
    reader, contributor = a_user(RoleKind.READER), a_user(RoleKind.CONTRIBUTOR, tebet)

    def status(user: User, person: Person) -> int:
        return inside(user).get(reverse("directory:person", args=[person.pk])).status_code

    assert [status(head, person) for person in (here, there, gone)] == [200, 404, 404]
    assert [status(officer, person) for person in (here, there)] == [200, 404]
    assert status(reader, there) == 200
    assert status(contributor, here) == 403
    assert {entry.actor_id for entry in Entry.objects.filter(verb="see-person-file")} == {head.pk}
    for user in (officer, reader):
        page = text(inside(user).get(reverse("directory:person", args=[here.pk])))
        assert here.identity_number not in page
        assert here.masked_identity in page
    names = {
        person.name for person in inside(head).get(reverse("directory:people")).context["page"]
    }
    assert names == {"Orang Tebet"}


def test_a_number_is_found_whole_and_only_by_who_may_see_it(tebet: Unit, verifier: User) -> None:
    person = an_employee(tebet)
    address = reverse("directory:people")

    def found(user: User, words: str) -> int:
        return len(inside(user).get(address, {"cari": words}).context["page"])

    assert found(verifier, person.identity_number) == 1
    assert found(verifier, person.identity_number[:12]) == 0
    assert found(a_user(RoleKind.READER), person.identity_number) == 0
    assert found(verifier, "kartikasari") == 1
    assert found(verifier, "WULAN Kartikasari, S.I.Kom.") == 1


def test_a_person_is_added_corrected_posted_and_leaves(tebet: Unit, verifier: User) -> None:
    client = inside(verifier)
    asked = {"full_name": "Budi Santoso, S.E.", "identity_kind": "nip", "identity_number": "1964"}
    page = client.post(reverse("directory:add-person"), asked)
    assert "18 angka" in page.context["form"].errors["identity_number"][0]
    client.post(reverse("directory:add-person"), {**asked, "identity_number": NIP})
    person = Person.objects.get()
    at = [person.pk]
    client.post(
        reverse("directory:change-person", args=at),
        {"full_name": "Budi Santoso, S.E., M.M.", "email": "budi@jakarta.go.id"},
    )
    client.post(
        reverse("directory:correct-person", args=at),
        {
            "full_name": "Budi Susanto",
            "identity_kind": "nip",
            "identity_number": NIP,
            "reason": "SK",
        },
    )
    client.post(
        reverse("directory:begin-posting", args=at),
        {"unit": "31.74.01", "post": "Camat", "begins_on": "2024-01-02"},
    )
    posting = Posting.objects.get()
    client.post(
        reverse("directory:end-posting", args=[person.pk, posting.pk]),
        {"ends_on": "2024-06-01", "reason": "Mutasi"},
    )
    person.refresh_from_db()
    posting.refresh_from_db()
    assert (person.full_name, person.email) == ("Budi Susanto", "budi@jakarta.go.id")
    assert (posting.ends_on, posting.end_reason) == (date(2024, 6, 1), "Mutasi")


# Users


def test_the_password_link_is_shown_once_and_kept_nowhere(admin: User, tebet: Unit) -> None:
    client = inside(admin)
    page = client.post(
        reverse("directory:invite"),
        {"name": "Dimas", "email": "dimas@jakarta.go.id", "kind": "officer", "unit": "31.74.01"},
    )
    user = User.objects.get(email="dimas@jakarta.go.id")
    assert page.context["link"].startswith("http://127.0.0.1:8000/akun-saya/lupa/")
    assert page["Cache-Control"] == "no-store"
    assert user.roles.get().unit == tebet
    assert "/lupa/" not in text(client.get(reverse("directory:user", args=[user.pk])))
    again = client.post(reverse("directory:password-link", args=[user.pk]))
    assert "/akun-saya/lupa/" in again.context["link"]


def test_roles_are_given_and_ended_in_the_browser(admin: User, verifier: User, tebet: Unit) -> None:
    client = inside(admin)
    address = reverse("directory:grant-role", args=[verifier.pk])
    page = client.post(address, {"kind": "officer"})
    assert "satu kantor" in page.context["form"].errors["unit"][0]
    client.post(address, {"kind": "officer", "unit": "Kecamatan Tebet"})
    role = Role.objects.get(kind="officer")
    asked = client.get(reverse("directory:end-role", args=[verifier.pk, role.pk]))
    assert "Ya, akhiri peran ini" in text(asked)
    role.refresh_from_db()
    assert role.ends_at is None
    client.post(reverse("directory:end-role", args=[verifier.pk, role.pk]))
    role.refresh_from_db()
    assert role.ends_at is not None
    own = admin.roles.get()
    page = client.post(reverse("directory:end-role", args=[admin.pk, own.pk]))
    assert page.status_code == 422
    assert "Anda sendiri" in text(page)


# Import


def uploaded(client: Client, data: bytes, kind: str = "kantor"):
    address = reverse("directory:import")
    return client.post(address, {"kind": kind, "file": upload(data), "on": ""}, follow=True)


def test_an_import_from_upload_to_list(tebet: Unit, verifier: User) -> None:
    client = inside(verifier)
    row = {
        "kode": "31.74.01.1001",
        "kelas": "kelurahan",
        "nama": "Kelurahan A",
        "kode_induk": "31.74.01",
    }
    page = uploaded(client, sheet_of(UNIT_COLUMNS, row))
    assert "Muat 1 baris" in text(page)
    assert not Unit.objects.filter(code="31.74.01.1001").exists()
    done = client.post(
        reverse("directory:import-carry-out"),
        {"fingerprint": page.context["plan"].fingerprint},
        follow=True,
    )
    assert "1 baru" in text(done)
    assert Unit.objects.get(code="31.74.01.1001").parent == tebet
    assert client.get(reverse("directory:import-preview")).status_code == 302
    assert default_storage.listdir("impor")[1] == []


def test_faults_are_listed_with_row_column_and_remedy_and_nothing_can_be_loaded(
    tebet: Unit, verifier: User
) -> None:
    client = inside(verifier)
    row = {"kode": "31.7", "kelas": "kelurahan", "nama": "=cmd", "kode_induk": "31.99"}
    page = uploaded(client, sheet_of(UNIT_COLUMNS, row))
    seen = text(page)
    for said in ("Baris 2", "kode_induk", "31.99", "rumus", "Hapus tanda itu"):
        assert said in seen
    assert "import-carry-out" not in seen
    assert "/impor/jalankan/" not in seen
    refused = client.post(reverse("directory:import-carry-out"), {"fingerprint": "x"})
    assert refused.status_code == 422
    assert Unit.objects.count() == 2


def test_a_file_that_can_not_be_read_is_refused_at_the_door(tebet: Unit, verifier: User) -> None:
    client = inside(verifier)
    for data in (b"", b"%PDF-1.4", b"a,b\n1,2\n", b"kode\n" + b"x" * (10 << 20)):
        page = uploaded(client, data)
        assert page.status_code == 422
        assert page.context["form"].errors["file"]
    assert not default_storage.exists("impor")


def test_a_draft_belongs_to_its_session_and_can_be_thrown_away(tebet: Unit, verifier: User) -> None:
    client, other = inside(verifier), inside(a_user(RoleKind.VERIFIER))
    uploaded(client, as_csv([UNIT_COLUMNS, ["31.7", "kota", "Kota", "31"]]))
    assert other.get(reverse("directory:import-preview")).status_code == 302
    other.post(reverse("directory:import-carry-out"))
    assert len(default_storage.listdir("impor")[1]) == 1
    client.post(reverse("directory:import-cancel"))
    assert default_storage.listdir("impor")[1] == []
    assert Unit.objects.count() == 2


def test_downloads_are_what_an_import_reads(tebet: Unit, verifier: User) -> None:
    client = inside(verifier)
    an_employee(tebet)
    for kind, name in (("kantor", "units"), ("orang", "people")):
        for form in ("csv", "xlsx"):
            file = client.get(reverse(f"directory:{name}-{form}"))
            data = b"".join(file.streaming_content) if file.streaming else file.content
            assert "attachment" in file["Content-Disposition"]
            assert "tidak ada yang perlu dimuat" in text(uploaded(client, data, kind))
        example = client.get(reverse("directory:import-example", args=[kind])).content
        assert (
            "hanya berisi judul"
            in uploaded(client, example, kind).context["form"].errors["file"][0]
        )
    assert client.get("/impor/contoh-lain.xlsx").status_code == 404


# Doors


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("units", set(RoleKind)),
        ("units-csv", set(RoleKind)),
        ("people", set(RoleKind) - {RoleKind.CONTRIBUTOR}),
        ("people-csv", set(RoleKind) - {RoleKind.CONTRIBUTOR}),
        ("add-person", {RoleKind.ADMINISTRATOR, RoleKind.VERIFIER}),
        ("import", {RoleKind.ADMINISTRATOR, RoleKind.VERIFIER}),
        ("users", {RoleKind.ADMINISTRATOR, RoleKind.INSPECTOR}),
        ("invite", {RoleKind.ADMINISTRATOR}),
    ],
)
def test_each_door_opens_to_its_roles_only(tebet: Unit, name: str, allowed: set[RoleKind]) -> None:
    address = reverse(f"directory:{name}")
    assert Client().get(address).status_code == 302
    bound = {RoleKind.UNIT_HEAD, RoleKind.OFFICER, RoleKind.CONTRIBUTOR}
    opened = {
        kind
        for kind in RoleKind
        if inside(a_user(kind, tebet if kind in bound else None)).get(address).status_code == 200
    }
    assert opened == allowed


def test_another_governments_offices_people_and_users_are_not_found(tebet, verifier, admin) -> None:
    other = PersonFactory(government__code="32", identity_number=a_nip())
    office = an_office(code="32.1", government=other.government)
    user = a_user(RoleKind.READER, government=other.government)
    assert inside(verifier).get(reverse("directory:person", args=[other.pk])).status_code == 404
    assert inside(verifier).get(reverse("directory:heads", args=[office.code])).status_code == 404
    assert inside(admin).get(reverse("directory:user", args=[user.pk])).status_code == 404
    seen = b"".join(exporting.units_csv(by=verifier)).decode()
    assert "32.1" not in seen
