"""Whole lists of offices: Jakarta's own two, and lists that must not be loaded."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kanal.directory.loading import (
    DATA,
    JAKARTA_LATEST,
    ListRefused,
    Loaded,
    load_jakarta,
    load_successions,
    load_units,
    read_rows,
)
from kanal.directory.models import Government, Succession, Unit, UnitName
from kanal.journal.actions import SYSTEM
from kanal.journal.models import Entry

pytestmark = pytest.mark.django_db
LATEST = DATA / "units_dki_latest.csv"
Rows = list[dict[str, str]]


def a_list(*units: tuple[str, str, str]) -> Rows:
    """Code, name, parent; the class follows from the code's length."""
    return [
        {
            "code": code,
            "class": "kelurahan" if parent else "pemprov",
            "name": name,
            "parent_code": parent,
        }
        for code, name, parent in units
    ]


def load(government: Government, rows: Rows, as_of: date | None = None) -> Loaded:
    return load_units(rows, government=government, as_of=as_of, by=SYSTEM)


def everything() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in (Unit, UnitName, Succession)]


def test_jakarta_in_2018_and_now(jakarta: Government) -> None:
    assert jakarta.verifying_unit_name == "Diskominfotik"
    on_signing, today = date(2018, 3, 28), date(2026, 11, 23)
    assert Unit.objects.open_on(on_signing).count() == 364
    assert Unit.objects.open_on(today).count() == 364
    assert Unit.objects.count() == 376
    tebet_barat = Unit.objects.get(code="31.74.01.1002")
    assert tebet_barat.path == "/31/31.74/31.74.01/31.74.01.1002/"
    assert tebet_barat.parent.name == "Kecamatan Tebet"
    assert Unit.objects.under(Unit.objects.get(code="31.74")).count() == 1 + 10 + 65


def test_two_agencies_were_renamed_and_keep_their_old_name(jakarta: Government) -> None:
    agency = Unit.objects.get(code="31-BAD-BPAD")
    assert agency.name.startswith("Badan Pengelolaan Aset")
    assert list(agency.names.order_by("pk").values_list("name", "valid_from", "valid_until")) == [
        ("Badan Pengelola Aset Daerah Provinsi DKI Jakarta", None, JAKARTA_LATEST),
        ("Badan Pengelolaan Aset Daerah Provinsi DKI Jakarta", JAKARTA_LATEST, None),
    ]
    assert agency.head_title.startswith("Kepala Badan Pengelolaan Aset")
    entry = Entry.objects.get(verb="change-unit", unit="31-BAD-BPAD")
    assert "Pengelola Aset" in entry.before["name"]


def test_who_followed_whom_and_when(jakarta: Government) -> None:
    assert Succession.objects.count() == 15
    exact = Unit.objects.get(code="31-BAD-BPRD")
    assert exact.closed_on == date(2020, 1, 1)
    assert exact.names.get().valid_until == date(2020, 1, 1)
    heir = exact.successors.get()
    assert heir.successor.code == "31-BAD-BAPENDA"
    assert (heir.effective_on, heir.effective_text) == (
        date(2020, 1, 1),
        "2020-01 (Pergub 154/2019)",
    )
    assert heir.successor.opened_on == date(2020, 1, 1)

    vague = Unit.objects.get(code="31-BIR-TAPEM")
    assert vague.closed_on == JAKARTA_LATEST
    link = vague.successors.get()
    assert (link.effective_on, link.effective_text) == (None, "between 2019-03 and 2021-09")


def test_loading_again_changes_nothing(jakarta: Government) -> None:
    before, entries = everything(), Entry.objects.count()
    assert load_jakarta(by=SYSTEM) == jakarta
    assert load(jakarta, read_rows(DATA / "units_dki_2018.csv")) == Loaded(unchanged=364)
    assert load(jakarta, read_rows(LATEST), JAKARTA_LATEST) == Loaded(unchanged=364)
    rows = read_rows(DATA / "unit_successions_dki.csv")
    assert load_successions(rows, government=jakarta, by=SYSTEM) == 0
    assert everything() == before
    assert Entry.objects.count() == entries


def test_a_later_list_opens_renames_moves_and_closes(province: Government) -> None:
    load(
        province,
        a_list(("1", "Pucuk", ""), ("1.1", "A", "1"), ("1.2", "B", "1"), ("1.3", "C", "1.2")),
    )
    day = date(2024, 5, 1)
    later = a_list(("1", "Pucuk", ""), ("1.1", "Aa", "1"), ("1.3", "C", "1.1"), ("1.4", "D", "1.3"))
    assert load(province, later, day) == Loaded(created=1, changed=2, unchanged=1, closed=1)
    assert Unit.objects.get(code="1.2").closed_on == day
    assert Unit.objects.get(code="1.4").path == "/1/1.1/1.3/1.4/"
    assert Unit.objects.get(code="1.4").opened_on == day
    assert list(
        Unit.objects.get(code="1.1").names.order_by("pk").values_list("name", flat=True)
    ) == ["A", "Aa"]
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["load-units", "load-units", "change-unit", "change-unit", "close-unit"]


def test_sub_units_the_list_does_not_speak_of_stay_open(province: Government) -> None:
    load(province, a_list(("1", "Pucuk", ""), ("1.1", "A", "1")))
    unit = Unit.objects.get(code="1.1")
    Unit.objects.create(
        government=province,
        code="pkm",
        unit_class="sub",
        name="Puskesmas",
        parent=unit,
        path="/1/1.1/pkm/",
    )
    load(province, a_list(("1", "Pucuk", ""), ("1.1", "A", "1")), date(2024, 5, 1))
    assert Unit.objects.get(code="pkm").closed_on is None


def test_an_older_list_or_a_closed_office_is_refused(province: Government) -> None:
    first = a_list(("1", "Pucuk", ""), ("1.1", "A", "1"))
    load(province, first)
    load(province, a_list(("1", "Pucuk", ""), ("1.2", "B", "1")), date(2024, 5, 1))
    with pytest.raises(ListRefused, match="sudah tutup"):
        load(province, first, date(2025, 5, 1))
    with pytest.raises(ListRefused, match="lebih lama"):
        load(province, a_list(("1", "Pucuk", ""), ("1.3", "C", "1")), date(2023, 5, 1))
    assert Unit.objects.get(code="1.2").closed_on is None


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "kolom code"),
        ([{"code": "1", "name": "A"}], "kolom class, parent_code"),
        (a_list(("1", "Pucuk", ""), ("1", "Pucuk", "")), "sudah ada di baris 2"),
        (a_list(("1", "Pucuk", ""), ("1.1", "A", "9")), "Induk 9"),
        (a_list(("1", "A", "2"), ("2", "B", "1")), "dirinya sendiri"),
        (a_list(("1", "", "")), "Namanya kosong"),
        (a_list(("1/2", "A", "")), "huruf, angka"),
        ([{**a_list(("1", "A", ""))[0], "class": "desa"}], "desa"),
    ],
)
def test_a_list_with_a_mistake_is_refused_whole(
    province: Government, rows: Rows, said: str
) -> None:
    with pytest.raises(ListRefused) as caught:
        load(province, rows)
    assert said in str(caught.value.what)
    assert not Unit.objects.exists()


def test_a_successor_nobody_knows_is_refused(jakarta: Government) -> None:
    row = {
        "predecessor_2018": "31-INSP",
        "successor_latest": "31-APA",
        "event": "rename",
        "effective": "2020-01",
        "source": "",
    }
    with pytest.raises(ListRefused, match="31-APA"):
        load_successions([row], government=jakarta, by=SYSTEM)


def run(*arguments: object) -> str:
    said = StringIO()
    call_command("load_units", *map(str, arguments), stdout=said)
    return said.getvalue()


def test_the_command_loads_both_lists_of_jakarta() -> None:
    assert "364 dibuka" in run(DATA / "units_dki_2018.csv")
    said = run(
        LATEST, "--as-of", "1 September 2021", "--successions", DATA / "unit_successions_dki.csv"
    )
    assert "12 dibuka, 30 berubah, 12 ditutup, 322 tetap" in said
    assert "15 tautan" in said
    assert Government.objects.get().short_name == "Pemprov DKI Jakarta"
    assert "0 dibuka, 0 berubah, 0 ditutup, 364 tetap" in run(LATEST, "--as-of", "2021-09-01")


def test_the_command_reads_our_own_export(tmp_path: Path) -> None:
    file = tmp_path / "kantor.csv"
    file.write_text("kode,kelas,nama,kode_induk,singkatan\n35,pemprov,Jawa Timur,,Jatim\n")
    run(file, "--government", "35", "--name", "Pemerintah Provinsi Jawa Timur")
    unit = Unit.objects.get()
    assert (unit.government.code, unit.abbreviation) == ("35", "Jatim")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tidak-ada.csv"], "tidak terbaca"),
        ([LATEST, "--as-of", "kapan-kapan"], "tidak terbaca"),
        ([LATEST, "--government", "99"], "kode 99"),
    ],
)
def test_the_command_says_what_is_wrong(arguments: list[object], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run(*arguments)
    assert not Unit.objects.exists()


def test_the_command_refuses_other_encodings(tmp_path: Path) -> None:
    file = tmp_path / "kantor.csv"
    file.write_bytes("code,class,name,parent_code\n1,kota,Café,\n".encode("cp1252"))
    with pytest.raises(CommandError, match="UTF-8"):
        run(file)
