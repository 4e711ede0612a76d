"""The list as a spreadsheet: the same rows, and nothing in it runs."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from kanal.compliance import sheets
from kanal.compliance.tests.story import a_row, keep
from kanal.compliance.tests.test_board import EARLY
from tests.factories import an_office

SHEET = reverse("compliance:sheet")


def opened(response):
    return load_workbook(BytesIO(response.content)).active


def test_the_sheet_has_the_rows_asked_for(governor, mandate):
    keep([a_row(mandate, "soft", day=EARLY), a_row(mandate, "lengkap", day=EARLY)])
    response = governor.get(SHEET, {"status": "lengkap"})
    rows = list(opened(response).iter_rows(min_row=4, values_only=True))
    assert [row[4] for row in rows] == ["Lengkap"]
    assert "papan-" in response.headers["Content-Disposition"]
    assert opened(response)["A3"].value == "Kode"


def test_the_sheet_says_when_the_instruction_came(governor, mandate):
    days = {"served_on": EARLY, "acknowledged_on": EARLY, "undelivered_since": EARLY}
    keep([a_row(mandate, "soft", day=EARLY, **days)])
    rows = list(opened(governor.get(SHEET)).iter_rows(min_row=3, values_only=True))
    assert rows[0][12:] == (
        "Instruksi disampaikan", "Instruksi diterima", "Belum tersampaikan sejak",
    )  # fmt: skip
    assert [cell.date() for cell in rows[1][12:]] == [EARLY] * 3


def test_a_name_like_a_formula_stays_a_name(governor, mandate):
    unit = an_office("=cmd|' /C calc'!A0", government=mandate.government)
    keep([a_row(mandate, "soft", day=EARLY, unit=unit, officer_names="=1+1")])
    row = opened(governor.get(SHEET))[4]
    assert (row[1].value, row[1].data_type) == ("=cmd|' /C calc'!A0", "s")
    assert (row[6].value, row[6].data_type) == ("=1+1", "s")


def test_a_sheet_too_long_is_refused_with_a_way_out(governor, mandate, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 1)
    keep(a_row(mandate, "soft", day=EARLY) for _n in range(2))
    refused = governor.get(SHEET)
    assert refused.status_code == 413
    assert "Saring menurut wilayah" in refused.content.decode()


@pytest.mark.parametrize("name", ["compliance:sheet", "compliance:paper"])
def test_without_an_instruction_there_is_no_sheet(governor, name):
    assert "Belum ada dasar hukum" in governor.get(reverse(name)).content.decode()


def test_the_file_and_the_paper_say_what_they_were_narrowed_to(governor, mandate):
    keep([a_row(mandate, "soft", day=EARLY)])
    assert "Saringan: Perlu tindakan" in opened(governor.get(SHEET))["A1"].value
    asked = {"status": "semua", "jenis": "kelurahan", "cari": "melati"}
    assert "Semua, Kelurahan, kata “melati”" in opened(governor.get(SHEET, asked))["A1"].value
    paper = governor.get(reverse("compliance:paper"), asked).content.decode()
    assert "Saringan: Semua, Kelurahan, kata “melati”." in paper
