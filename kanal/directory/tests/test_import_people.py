"""A personnel list comes in as a file: every number read strictly, nobody mixed up."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kanal.directory import exporting, importing
from kanal.directory.importing import Draft, ImportRefused, SheetKind
from kanal.directory.models import Person, Posting, RoleKind, Unit, User
from kanal.directory.plan import Plan, RowState
from kanal.directory.tests.sheets import as_xlsx, sheet_of, upload
from kanal.journal.models import Entry
from kanal.lib.identity import IdentityKind
from kanal.lib.names import fold, split_titles
from tests.factories import PersonFactory, a_nip, a_user, an_employee, an_office

pytestmark = pytest.mark.django_db
COLUMNS = exporting.PERSON_COLUMNS
NIP, PPPK = "196402111984031002", "199001012021211001"


def draft_of(data: bytes, by: User) -> Draft:
    return importing.keep(kind=SheetKind.PEOPLE, upload=upload(data), on=None, by=by)


def plan_of(by: User, *rows: dict[str, str], data: bytes = b"") -> Plan:
    return importing.preview(draft=draft_of(data or sheet_of(COLUMNS, *rows), by), by=by)


def load(by: User, *rows: dict[str, str], data: bytes = b"") -> Plan:
    draft = draft_of(data or sheet_of(COLUMNS, *rows), by)
    shown = importing.preview(draft=draft, by=by)
    return importing.carry_out(draft=draft, fingerprint=shown.fingerprint, by=by)


def row(
    name: str = "Drs. H. Budi Santoso, M.Si.", number: str = NIP, **rest: str
) -> dict[str, str]:
    kind = "nip" if number else "tanpa"
    return {"nama_lengkap": name, "jenis_identitas": kind, "nomor_identitas": number, **rest}


def fault(plan: Plan, number: int = 2) -> tuple[str, str, str]:
    (wrong,) = [one for one in plan.rows if one.number == number]
    assert wrong.state == RowState.WRONG
    (only,) = wrong.faults
    return only.column, only.what, only.mend


def test_a_new_colleague_with_titles_and_a_post(tebet: Unit, verifier: User) -> None:
    given_row = row(
        kode_kantor="31.74.01",
        jabatan="Sekretaris Camat",
        pangkat="Pembina, IV/a",
        surel="budi@jakarta.go.id",
        telepon="+62 812",
        mulai="2 Januari 2024",
    )
    assert load(verifier, given_row).counts == {"baru": 1}
    person = Person.objects.get()
    assert (person.title_before, person.name, person.title_after) == (
        "Drs. H.",
        "Budi Santoso",
        "M.Si.",
    )
    assert (person.identity_number, person.email, person.phone) == (
        NIP,
        "budi@jakarta.go.id",
        "+62 812",
    )
    posting = person.postings.get()
    assert (posting.unit, posting.post, posting.begins_on) == (
        tebet,
        "Sekretaris Camat",
        date(2024, 1, 2),
    )
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["add-person", "begin-posting", "import-people"]
    assert NIP not in str(list(Entry.objects.values_list("after", flat=True)))


@pytest.mark.parametrize(
    ("given_row", "column", "said"),
    [
        (row(number="19640211198403100"), "nomor_identitas", "17 angka"),
        (row(number="196413111984031002"), "nomor_identitas", "Bulan kelahiran"),
        (row(number="196402111984131002"), "nomor_identitas", "Bulan pengangkatan"),
        (row(number=PPPK), "nomor_identitas", "PPPK"),
        (row(number="3174012345678901"), "nomor_identitas", "NIK"),
        (row(number="1964O2111984031002"), "nomor_identitas", "huruf"),
        (row(number="1,96402E+17"), "nomor_identitas", "bilangan"),
        (row(number="19640211******1002"), "nomor_identitas", "disamarkan"),
        ({**row(), "jenis_identitas": "ktp"}, "jenis_identitas", "ktp"),
        (row("Budi", "", alasan=""), "alasan", "perlu alasannya"),
        (row(alasan="PJLP"), "alasan", "tanpa nomor"),
        (row(name=""), "nama_lengkap", "kosong"),
        (row(name="=Budi"), "nama_lengkap", "rumus"),
        (row(kode_kantor="31.99"), "kode_kantor", "31.99"),
        (row(jabatan="Staf"), "kode_kantor", "kantornya kosong"),
        (row(kode_kantor="31.74.01", mulai="besok"), "mulai", "tidak terbaca"),
        (
            row(kode_kantor="31.74.01", mulai="2024-01-02", selesai="2024-01-02"),
            "selesai",
            "tidak sesudah",
        ),
        (row(surel="budi"), "surel", "bukan alamat surel"),
        (row(name="A" * 161), "nama_lengkap", "terlalu panjang"),
    ],
)
def test_a_mistake_is_told_with_row_column_and_remedy(
    tebet: Unit, verifier: User, given_row: dict[str, str], column: str, said: str
) -> None:
    found, what, mend = fault(plan_of(verifier, given_row))
    assert found == column
    assert said in what
    assert mend


def test_digits_eaten_by_excel_are_never_guessed(tebet: Unit, verifier: User) -> None:
    head = ["nama_lengkap", "jenis_identitas", "nomor_identitas"]
    plan = plan_of(verifier, data=as_xlsx([head, ["Budi", "nip", 1.96402111984031e17]]))
    column, what, mend = fault(plan)
    assert (column, "bilangan" in what, "Teks" in mend) == ("nomor_identitas", True, True)


def test_the_kind_may_be_left_to_the_number(tebet: Unit, verifier: User) -> None:
    rows = [{**row(), "jenis_identitas": ""}, {**row("Sari", PPPK), "jenis_identitas": "NI PPPK"}]
    load(verifier, *rows)
    kinds = Person.objects.order_by("identity_kind").values_list("identity_kind", flat=True)
    assert list(kinds) == ["nip", "pppk"]


def test_a_number_of_somebody_else_is_refused_with_both_names(tebet: Unit, verifier: User) -> None:
    PersonFactory(full="Siti Maesaroh, S.E.", identity_number=NIP)
    column, what, _mend = fault(plan_of(verifier, row()))
    assert column == "nomor_identitas"
    assert "Siti Maesaroh, S.E." in what
    assert NIP not in what


def test_titles_may_be_mended_but_another_name_may_not(tebet: Unit, verifier: User) -> None:
    person = PersonFactory(full="Budi Santoso", identity_number=NIP)
    plan = load(verifier, row())
    assert plan.to_do[0].changes == (
        ("nama_lengkap", "Budi Santoso", "Drs. H. Budi Santoso, M.Si."),
    )
    person.refresh_from_db()
    assert person.full_name == "Drs. H. Budi Santoso, M.Si."
    column, _what, mend = fault(plan_of(verifier, row("Budi")))
    assert column == "nama_lengkap"
    assert "Koreksi identitas" in mend


def test_two_people_without_numbers_are_told_apart_by_the_reason(
    tebet: Unit, verifier: User
) -> None:
    first = row("Budi", "", alasan="PJLP Kelurahan Tebet Barat")
    load(verifier, first)
    assert plan_of(verifier, first).counts == {"tetap": 1}
    column, what, _mend = fault(
        plan_of(verifier, row("BUDI", "", alasan="PJLP Kelurahan Manggarai"))
    )
    assert column == "alasan"
    assert "PJLP Kelurahan Tebet Barat" in what


def test_one_person_with_two_stories_in_one_file(tebet: Unit, verifier: User) -> None:
    rows = [row(telepon="0811", kode_kantor="31.74.01"), row(telepon="0812")]
    assert "Baris 2 menyebut orang yang sama" in fault(plan_of(verifier, *rows), 3)[1]


def test_somebody_is_not_posted_twice_to_one_office(tebet: Unit, verifier: User) -> None:
    posted = row(kode_kantor="31.74.01", mulai="2024-01-02")
    load(verifier, posted)
    later = row(kode_kantor="31.74.01", mulai="2025-01-02")
    assert "masih tercatat bekerja" in fault(plan_of(verifier, later))[1]
    twice = row("Sari", a_nip(), kode_kantor="31.74.01")
    assert "baris lain berkas ini" in fault(plan_of(verifier, twice, twice), 3)[1]


def test_a_posting_ends_and_the_next_begins_in_one_file(tebet: Unit, verifier: User) -> None:
    office = an_office("Kelurahan Bukit Duri", code="31.74.01.1007", parent=tebet)
    load(verifier, row(kode_kantor="31.74.01", mulai="2024-01-02"))
    plan = load(
        verifier,
        row(kode_kantor="31.74.01", mulai="2024-01-02", selesai="2025-03-01"),
        row(kode_kantor="31.74.01.1007", mulai="2025-03-01", jabatan="Lurah"),
    )
    assert plan.counts == {"berubah": 1, "baru": 1}
    rows = list(Posting.objects.order_by("pk").values_list("unit", "begins_on", "ends_on"))
    assert rows == [
        (tebet.pk, date(2024, 1, 2), date(2025, 3, 1)),
        (office.pk, date(2025, 3, 1), None),
    ]


def test_nobody_is_posted_to_an_office_that_has_closed(tebet: Unit, verifier: User) -> None:
    Unit.objects.filter(pk=tebet.pk).update(closed_on=date(2021, 9, 1))
    assert "sudah tutup" in fault(plan_of(verifier, row(kode_kantor="31.74.01")))[1]
    past = row(kode_kantor="31.74.01", mulai="2020-01-01", selesai="2021-09-01")
    assert plan_of(verifier, past).counts == {"baru": 1}


def test_one_wrong_row_keeps_everybody_out(tebet: Unit, verifier: User) -> None:
    draft = draft_of(sheet_of(COLUMNS, row(), row("Sari", "1")), verifier)
    shown = importing.preview(draft=draft, by=verifier)
    with pytest.raises(ImportRefused):
        importing.carry_out(draft=draft, fingerprint=shown.fingerprint, by=verifier)
    assert not Person.objects.exists()
    assert not Entry.objects.exists()


def test_numbers_leave_in_full_only_with_whoever_may_see_them(tebet: Unit, verifier: User) -> None:
    person = an_employee(tebet)
    elsewhere = an_employee(an_office("Kelurahan Jauh"), "Orang Jauh")
    number, masked = person.identity_number, person.masked_identity
    seen = b"".join(exporting.people_csv(by=verifier)).decode()
    assert number in seen
    entry = Entry.objects.get(verb="export-people")
    assert (entry.actor_id, entry.after["people"]) == (verifier.pk, 2)

    reader = a_user(RoleKind.READER, government=tebet.government)
    seen = b"".join(exporting.people_csv(by=reader)).decode()
    assert number not in seen
    assert masked in seen

    head = a_user(RoleKind.UNIT_HEAD, tebet)
    seen = b"".join(exporting.people_csv(by=head)).decode()
    assert number in seen
    assert elsewhere.name not in seen
    assert Entry.objects.filter(verb="export-people").count() == 2


NAMES = st.sampled_from(
    ["Budi Santoso", "SITI MAESAROH", "Drs. H. Moh. Yusuf, M.Si.", "dr. Ayu", "Ni Luh Ayu, S.E., M.M.",
     "Abd. Rahman", "M. Nur", "'Aisyah", "Prof. Dr. Ir. Oey Kim, Ph.D."]
)  # fmt: skip
TEXTS = st.text(st.characters(codec="latin-1", exclude_categories=["Cc", "Cf"]), max_size=20).map(
    lambda text: " ".join(text.split())
)
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2010, 1, 1))
POSTINGS = st.lists(
    st.tuples(TEXTS, TEXTS, DAYS, st.none() | st.dates(date(2011, 1, 1), date(2020, 1, 1))),
    max_size=4,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(NAMES, st.booleans(), TEXTS, POSTINGS), max_size=5))
def test_the_exported_file_changes_nobody(tebet: Unit, verifier: User, drawn) -> None:
    with transaction.atomic():
        for n, (name, numbered, text, postings) in enumerate(drawn):
            split = split_titles(name)
            person = Person.objects.create(
                government=tebet.government,
                title_before=split.prefix,
                name=split.bare,
                title_after=split.suffix,
                name_folded=fold(split.bare),
                identity_kind=IdentityKind.NIP if numbered else IdentityKind.NONE,
                identity_number=a_nip() if numbered else "",
                identity_reason="" if numbered else f"PJLP {n}",
                phone=text,
            )
            still_there = False
            for post, rank, begins_on, ends_on in postings:
                if ends_on is None and still_there:
                    continue
                still_there |= ends_on is None
                Posting.objects.create(
                    person=person, unit=tebet, post=post, rank=rank, begins_on=begins_on,
                    ends_on=ends_on,
                )  # fmt: skip
        plain, book = (
            b"".join(exporting.people_csv(by=verifier)),
            exporting.people_xlsx(by=verifier),
        )
        for data in (plain, book) if drawn else ():
            plan = plan_of(verifier, data=data)
            assert plan.wrong == []
            assert plan.to_do == []
        transaction.set_rollback(True)
