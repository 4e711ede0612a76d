"""A list of offices comes in as a file: looked at first, loaded whole or not at all."""

from datetime import date
from itertools import product

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kanal.directory import exporting, importing
from kanal.directory.importing import Draft, ImportRefused, SheetKind
from kanal.directory.models import Unit, UnitClass, UnitName, User
from kanal.directory.plan import Plan, RowState
from kanal.directory.tests.sheets import as_csv, as_xlsx, sheet_of, upload
from kanal.journal.models import Entry
from kanal.lib.refusal import NotAllowed
from tests.factories import an_office

pytestmark = pytest.mark.django_db
COLUMNS = ["kode", "kelas", "nama", "kode_induk"]
ON = date(2026, 11, 1)


def draft_of(data: bytes, by: User, on: date | None = None) -> Draft:
    return importing.keep(kind=SheetKind.UNITS, upload=upload(data), on=on, by=by)


def plan_of(data: bytes, by: User, on: date | None = None) -> Plan:
    return importing.preview(draft=draft_of(data, by, on), by=by)


def load(data: bytes, by: User, on: date | None = None) -> Plan:
    draft = draft_of(data, by, on)
    shown = importing.preview(draft=draft, by=by)
    return importing.carry_out(draft=draft, fingerprint=shown.fingerprint, by=by)


def unit(code: str, name: str, parent: str = "31.74.01", kind: str = "kelurahan") -> dict[str, str]:
    return {"kode": code, "kelas": kind, "nama": name, "kode_induk": parent}


def fault(plan: Plan, row: int = 2) -> tuple[str, str, str]:
    (wrong,) = [one for one in plan.rows if one.number == row]
    assert wrong.state == RowState.WRONG
    (only,) = wrong.faults
    return only.column, only.what, only.mend


def test_new_offices_in_any_order_find_their_place(tebet: Unit, verifier: User) -> None:
    data = sheet_of(
        COLUMNS,
        unit("31.74.01.1001-A", "Puskesmas Pembantu", "31.74.01.1001", "Unit di bawahnya"),
        unit("31.74.01.1001", "Kelurahan Tebet Barat"),
    )
    plan = load(data, verifier, ON)
    assert plan.counts == {"baru": 2}
    below = Unit.objects.get(code="31.74.01.1001-A")
    assert below.path == "/31/31.74.01/31.74.01.1001/31.74.01.1001-A/"
    assert (below.unit_class, below.opened_on) == (UnitClass.SUBUNIT, ON)
    assert below.names.get().valid_from == ON
    verbs = Entry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["add-unit", "add-unit", "import-units"]
    assert Entry.objects.filter(verb="add-unit").first().actor_id == verifier.pk


def test_nothing_happens_before_the_yes(tebet: Unit, verifier: User) -> None:
    plan = plan_of(sheet_of(COLUMNS, unit("31.74.01.1001", "Kelurahan Tebet Barat")), verifier)
    assert plan.counts == {"baru": 1}
    assert not Unit.objects.filter(code="31.74.01.1001").exists()
    assert not Entry.objects.exists()


def test_one_wrong_row_keeps_everything_out(tebet: Unit, verifier: User) -> None:
    data = sheet_of(COLUMNS, unit("31.74.01.1001", "Kelurahan Tebet Barat"), unit("", "Tanpa kode"))
    draft = draft_of(data, verifier)
    plan = importing.preview(draft=draft, by=verifier)
    assert fault(plan, 3) == ("kode", "Kodenya kosong.", "Isi kode kantor.")
    with pytest.raises(ImportRefused, match="1 baris masih salah"):
        importing.carry_out(draft=draft, fingerprint=plan.fingerprint, by=verifier)
    assert Unit.objects.count() == 2
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (unit("31/74", "Garis miring"), "kode", "huruf, angka"),
        (unit("31.74.01.1001", ""), "nama", "kosong"),
        (unit("31.74.01.1001", "A", kind="desa"), "kelas", "desa"),
        (unit("31.74.01.1001", "A", "31.99"), "kode_induk", "31.99"),
        (unit("31.74.01.1001", "A", ""), "kode_induk", "pucuknya sudah ada"),
        (unit("31.74.01.1001", "A", "31.74.01.1001"), "kode_induk", "dirinya sendiri"),
        (unit("31", "Pemprov", "31.74.01", "pemprov"), "kode_induk", "dirinya sendiri"),
        (unit("31.74.01.1001", "=cmd|' /C calc'!A0"), "nama", "rumus"),
        ({**unit("31.7", "A"), "surel": "bukan surel"}, "surel", "bukan alamat surel"),
        ({**unit("31.7", "A"), "dibuka": "32-01-2020"}, "dibuka", "tidak ada di kalender"),
        ({**unit("31.7", "A"), "dibuka": "2020-01-02", "ditutup": "2020-01-02"}, "ditutup", "buka"),
        (
            {**unit("31.74.01", "Kecamatan Tebet", "31", "kecamatan"), "alias": "a" * 251},
            "alias",
            "250",
        ),
    ],
)
def test_a_mistake_is_told_with_row_column_and_remedy(
    tebet: Unit, verifier: User, row: dict[str, str], column: str, said: str
) -> None:
    plan = plan_of(sheet_of([*COLUMNS, "surel", "dibuka", "ditutup", "alias"], row), verifier)
    found, what, mend = fault(plan)
    assert found == column
    assert said in what
    assert mend


def test_a_code_twice_in_one_file(tebet: Unit, verifier: User) -> None:
    plan = plan_of(
        sheet_of(COLUMNS, unit("31.74.01.1001", "A"), unit("31.74.01.1001", "B")), verifier
    )
    assert "sudah ada di baris 2" in fault(plan, 3)[1]


def test_a_circle_of_three_is_seen_at_each_of_them(tebet: Unit, verifier: User) -> None:
    rows = [unit("a", "A", "c"), unit("b", "B", "a"), unit("c", "C", "b"), unit("d", "D", "a")]
    plan = plan_of(sheet_of(COLUMNS, *rows), verifier)
    assert [row.number for row in plan.wrong] == [2, 3, 4]


def test_a_digit_eaten_by_excel_is_named(tebet: Unit, verifier: User) -> None:
    plan = plan_of(as_xlsx([COLUMNS, [31.7401, "kelurahan", "A", "31"]]), verifier)
    column, what, mend = fault(plan)
    assert (column, "bilangan" in what, "Teks" in mend) == ("kode", True, True)


def test_a_renaming_has_its_day_and_a_spelling_mistake_has_none(
    tebet: Unit, verifier: User
) -> None:
    data = sheet_of(COLUMNS, unit("31.74.01", "Kecamatan Tebet Raya", "31", "kecamatan"))
    plan = load(data, verifier, ON)
    (row,) = plan.to_do
    assert row.changes == (("nama", "Kecamatan Tebet", "Kecamatan Tebet Raya"),)
    names = list(tebet.names.order_by("pk").values_list("name", "valid_from", "valid_until"))
    assert names == [
        ("Kecamatan Tebet", None, ON),
        ("Kecamatan Tebet Raya", ON, None),
    ]
    spelled = sheet_of(COLUMNS, unit("31.74.01", "Kecamatan Tebet-Raya", "31", "kecamatan"))
    load(spelled, verifier)
    assert tebet.names.count() == 2
    assert tebet.names.get(valid_until=None).name == "Kecamatan Tebet-Raya"
    entry = Entry.objects.filter(verb="change-unit").latest("pk")
    assert entry.before == {"name": "Kecamatan Tebet Raya"}
    assert entry.after == {"name": "Kecamatan Tebet-Raya"}


def test_a_unit_moves_with_everything_below_it(tebet: Unit, root: Unit, verifier: User) -> None:
    city = an_office("Kota Selatan", code="31.74", unit_class=UnitClass.CITY, parent=root)
    village = an_office("Kelurahan Bukit Duri", code="31.74.01.1007", parent=tebet)
    load(sheet_of(COLUMNS, unit("31.74.01", "Kecamatan Tebet", "31.74", "kecamatan")), verifier)
    village.refresh_from_db()
    assert village.path == f"{city.path}31.74.01/31.74.01.1007/"
    assert Unit.objects.under(city).count() == 3


def test_closing_needs_an_empty_house_and_is_not_undone(tebet: Unit, verifier: User) -> None:
    village = an_office("Kelurahan Bukit Duri", code="31.74.01.1007", parent=tebet)
    UnitName.objects.create(unit=village, name=village.name)
    columns = [*COLUMNS, "ditutup"]
    upper = {**unit("31.74.01", "Kecamatan Tebet", "31", "kecamatan"), "ditutup": "1 Nov 2026"}
    lower = {**unit("31.74.01.1007", village.name), "ditutup": "2026-11-01"}
    assert "Masih ada 1 unit" in fault(plan_of(sheet_of(columns, upper), verifier))[1]
    load(sheet_of(columns, upper, lower), verifier)
    village.refresh_from_db()
    assert (village.closed_on, village.names.get().valid_until) == (ON, ON)
    again = sheet_of(columns, {**lower, "ditutup": ""})
    assert "tidak dibuka lagi" in fault(plan_of(again, verifier))[1]


def test_a_column_the_file_lacks_is_left_alone_and_an_empty_cell_empties(
    tebet: Unit, verifier: User
) -> None:
    Unit.objects.filter(pk=tebet.pk).update(phone="0218", website="https://tebet.jakarta.go.id")
    row = unit("31.74.01", "Kecamatan Tebet", "31", "kecamatan")
    assert load(sheet_of(COLUMNS, row), verifier).counts == {"tetap": 1}
    load(sheet_of([*COLUMNS, "situs"], row), verifier)
    tebet.refresh_from_db()
    assert (tebet.phone, tebet.website) == ("0218", "")


def test_what_changed_since_the_preview_is_shown_again_first(tebet: Unit, verifier: User) -> None:
    draft = draft_of(sheet_of(COLUMNS, unit("31.74.01.1001", "Kelurahan A")), verifier)
    shown = importing.preview(draft=draft, by=verifier)
    an_office("Kelurahan B", code="31.74.01.1001", parent=tebet)
    with pytest.raises(ImportRefused, match="berubah sejak pratinjau"):
        importing.carry_out(draft=draft, fingerprint=shown.fingerprint, by=verifier)
    assert Unit.objects.get(code="31.74.01.1001").name == "Kelurahan B"


def test_a_file_is_gone_once_it_is_loaded(tebet: Unit, verifier: User) -> None:
    draft = draft_of(sheet_of(COLUMNS, unit("31.74.01.1001", "Kelurahan A")), verifier)
    shown = importing.preview(draft=draft, by=verifier)
    importing.carry_out(draft=draft, fingerprint=shown.fingerprint, by=verifier)
    with pytest.raises(ImportRefused, match="tidak disimpan"):
        importing.preview(draft=draft, by=verifier)


def test_who_may_not_edit_the_directory_may_not_import(tebet: Unit, officer: User) -> None:
    with pytest.raises(NotAllowed):
        draft_of(sheet_of(COLUMNS, unit("31.74.01.1001", "A")), officer)


WORDS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Cs", "Cf"], exclude_characters="|\ufffd"
    ),
    max_size=30,
).map(lambda text: " ".join(text.split()))
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2020, 1, 1))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "name": WORDS.filter(bool),
                "abbreviation": WORDS,
                "head_title": WORDS,
                "source": WORDS,
                "phone": WORDS,
                "aliases": st.lists(WORDS.filter(bool), max_size=3),
                "opened_on": DAYS,
                "unit_class": st.sampled_from(UnitClass.values),
                "closes": st.booleans(),
            }
        ),
        max_size=6,
    )
)
def test_the_exported_file_changes_nothing(root: Unit, verifier: User, drawn) -> None:
    with transaction.atomic():
        for n, facts in enumerate(drawn):
            given_facts = {key: value for key, value in facts.items() if key != "closes"}
            closed_on = date(2021, 1, 1) if facts["closes"] else None
            an_office(code=f"31.{n}", parent=root, closed_on=closed_on, **given_facts)
        files = [
            b"".join(exporting.units_csv(by=verifier)),
            exporting.units_xlsx(by=verifier),
        ]
        for data, on in product(files, [None, ON]):
            assert plan_of(data, verifier, on).counts == {"tetap": len(drawn) + 1}
        transaction.set_rollback(True)


def test_an_untouched_export_of_all_jakarta_is_loaded_without_a_trace(jakarta, verifier) -> None:
    entries = Entry.objects.count()
    plan = load(b"".join(exporting.units_csv(by=verifier)), verifier, ON)
    assert plan.counts == {"tetap": 376}
    assert Entry.objects.count() == entries


def test_one_edited_row_of_jakarta_is_the_only_change(jakarta, verifier) -> None:
    lines = b"".join(exporting.units_csv(by=verifier)).decode("utf-8-sig").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("31.74.01,"))
    lines[at] = lines[at].replace("Camat Tebet", "Camat Tebet Raya")
    plan = load("\n".join(lines).encode(), verifier)
    assert plan.counts == {"tetap": 375, "berubah": 1}
    assert Unit.objects.get(code="31.74.01").head_title == "Camat Tebet Raya"


def test_files_of_excel_in_indonesia_are_read(tebet: Unit, verifier: User) -> None:
    rows = [COLUMNS, ["31.74.01.1001", "kelurahan", "Kelurahan Café", "31.74.01"]]
    plan = plan_of(as_csv(rows, ";", "cp1252"), verifier)
    assert plan.counts == {"baru": 1}
    assert "Windows-1252" in plan.remarks[0]
    assert plan.rows[0].title == "31.74.01.1001 Kelurahan Café"
