"""The board as its readers see it: the numbers, the list, another day, another government."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kanal.compliance import board as boards
from kanal.compliance import drawn, jobs, views
from kanal.compliance.models import BoardFigures
from kanal.compliance.tests.story import DAY, DUE, a_mandate, a_row, decide, keep
from kanal.directory.models import RoleKind, UnitClass
from kanal.lib.dates import say_day
from tests.factories import (
    TODAY,
    a_government,
    a_user,
    an_account,
    an_appointed,
    an_office,
)

BOARD = reverse("compliance:board")
EARLY = DAY - timedelta(days=400)


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def names(response) -> list[str]:
    return [line.unit.name for line in response.context["lines"]]


def chips(response) -> dict[str, int]:
    return {chip.status: chip.count for chip in response.context["chips"]}


@pytest.fixture
def offices(mandate):
    """Two complete, one at each other stage; the vacant one waits longest."""
    stages = ["lengkap", "lengkap", "soft", "tunjuk", "kosong", "belum_lapor"]
    keep(
        [
            *(a_row(mandate, stage, day=EARLY) for stage in stages),
            a_row(
                mandate,
                "belum",
                day=EARLY,
                due_on=DUE - timedelta(days=3),
                unit=an_office("Kelurahan Rawa Melati", government=mandate.government),
            ),
        ]
    )


def test_one_sentence_and_five_numbers(governor, offices):
    page = text(governor.get(BOARD))
    assert "2 dari 5 kantor yang punya akun sudah lengkap." in page
    assert f"3 lewat batas {say_day(DUE)}." in page
    for said in (
        "Kantor terdata 7 semua jenis kantor",
        "Punya akun 5 1 nihil, 1 belum menyatakan",
        "Petugas ditunjuk 4 1 belum menunjuk",
        "Softcopy diterima 3 1 surat belum dikirim",
        "Hardcopy diterima 2 1 hardcopy menyusul",
    ):
        assert said in page


def test_without_a_decided_deadline_nobody_is_late(governor, jakarta):
    mandate = a_mandate(jakarta, due=None)
    keep([a_row(mandate, "belum", day=EARLY, due_on=None)])
    page = governor.get(BOARD)
    assert "Belum ada batas waktu efektif: belum ada yang terlambat." in text(page)
    assert chips(page)["telat"] == 0


def test_the_list_begins_with_whoever_is_late_longest(governor, offices):
    page = governor.get(BOARD)
    assert names(page)[0] == "Kelurahan Rawa Melati"
    assert [line.late for line in page.context["lines"]] == sorted(
        (line.late for line in page.context["lines"]), reverse=True
    )
    assert chips(page) == {
        "perlu": 4, "telat": 3, "belum": 1, "tunjuk": 1, "soft": 1, "belum_lapor": 1,
        "kosong": 1, "lengkap": 2, "semua": 7,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"status": "semua"}, 7),
        ({"status": "lengkap"}, 2),
        ({"status": "telat"}, 3),
        ({"status": "entah"}, 4),
        ({"cari": "rawa MELATI"}, 1),
        ({"cari": "kartikasari", "status": "semua"}, 4),
        ({"cari": "tidak ada ini"}, 0),
        ({"jenis": "kelurahan", "status": "semua"}, 7),
        ({"jenis": "dinas", "status": "semua"}, 0),
        ({"wilayah": "31.73", "status": "semua"}, 7),
        ({"wilayah": "provinsi", "status": "semua"}, 0),
        ({"hal": "99", "status": "semua"}, 7),
    ],
)
def test_the_list_is_narrowed(governor, offices, asked, count):
    assert len(names(governor.get(BOARD, asked))) == count


def test_pages_of_ten_and_of_twenty_five(governor, mandate):
    keep(a_row(mandate, "soft", day=EARLY) for _n in range(27))
    first, third = governor.get(BOARD), governor.get(BOARD, {"hal": 3})
    assert (len(names(first)), len(names(third))) == (10, 7)
    assert "1–10 dari 27 kantor" in text(first)
    assert not set(names(first)) & set(names(third))
    assert len(names(governor.get(BOARD, {"per": "25"}))) == 25


def test_htmx_gets_the_list_alone(governor, offices):
    part = governor.get(BOARD, {"status": "lengkap"}, headers={"HX-Request": "true"})
    assert len(names(part)) == 2
    assert "<html" not in part.content.decode()
    assert 'id="daftar"' in part.content.decode()


def test_a_unit_links_to_its_page_and_a_clerk_may_send_its_letter(offices, jakarta, client):
    melati = an_office("Kelurahan Duri Pinang", government=jakarta)
    keep([a_row(jakarta.mandates.get(), "belum", unit=melati, day=EARLY)])
    client.force_login(a_user(RoleKind.OFFICER, melati))
    page = client.get(BOARD)
    assert reverse("desk:unit", args=[melati.code]) in page.content.decode()
    assert page.context["may_submit"] == {melati.pk}


def test_another_government_is_not_on_it(governor, offices):
    elsewhere = a_mandate(a_government(code="32", name="Jawa Barat", short_name="Jabar"))
    keep(a_row(elsewhere, "belum") for _n in range(5))
    assert chips(governor.get(BOARD, {"status": "semua"}))["semua"] == 7


def test_whoever_has_no_role_reads_nothing(client, jakarta, offices):
    user = a_user(RoleKind.READER, government=jakarta)
    user.roles.update(ends_at=user.date_joined)
    client.force_login(user)
    assert client.get(BOARD).status_code == 403


def test_the_number_of_queries_does_not_grow(governor, mandate):
    keep([a_row(mandate, "soft", day=EARLY)])
    governor.get(BOARD)
    with CaptureQueriesContext(connection) as few:
        governor.get(BOARD)
    keep(a_row(mandate, "belum", day=EARLY) for _n in range(60))
    with CaptureQueriesContext(connection) as many:
        governor.get(BOARD, {"per": "25"})
    assert len(many) == len(few) <= 12


def test_whom_nothing_reached_is_said_counted_and_listed(governor, mandate):
    late, early, _reached = keep(
        [
            a_row(mandate, "lengkap", day=EARLY, undelivered_since=DAY),
            a_row(mandate, "belum", day=EARLY, undelivered_since=EARLY),
            a_row(mandate, "belum", day=EARLY),
        ]
    )
    page = governor.get(BOARD, {"status": "tak-sampai"})
    assert names(page) == [early.name, late.name]
    assert chips(page)["tak-sampai"] == 2
    assert "2 kantor belum tersampaikan instruksi atau edarannya" in text(page)
    assert page.content.decode().count('<b class="merah">belum tersampaikan</b>') == 2


def test_a_large_board_says_what_a_small_one_says(governor, offices, mandate, monkeypatch):
    keep(
        a_row(mandate, stage, day=EARLY, undelivered_since=DAY - timedelta(days=n))
        for n, stage in enumerate(("belum", "lengkap", "kosong"))
    )
    asked = [
        {"status": "tak-sampai"}, {"status": "tak-sampai", "wilayah": "31.73"},
        {}, {"status": "semua"}, {"status": "telat"}, {"status": "lengkap"},
        {"cari": "kartikasari", "status": "semua"}, {"jenis": "kelurahan"}, {"wilayah": "31.73"},
        {"wilayah": "provinsi"}, {"hal": "2", "status": "semua"},
    ]  # fmt: skip
    drawn._drawn.cache_clear()  # drawn anew, so that the pictures are in the context
    small = [governor.get(BOARD, query) for query in asked]
    monkeypatch.setattr(boards, "LARGE", 3)
    large = [governor.get(BOARD, query) for query in asked]
    assert BoardFigures.objects.count() == 1
    assert [names(page) for page in large] == [names(page) for page in small]
    assert [chips(page) for page in large] == [chips(page) for page in small]
    ladders = [[rung.count for rung in page.context["ladder"]] for page in (small[0], large[0])]
    assert ladders[0] == ladders[1]
    pictures = [
        [strip.picture for strip in page.context["strips"]] for page in (small[0], large[0])
    ]
    assert pictures[0] == pictures[1]


def test_a_large_boards_figures_are_renewed_and_dropped_when_it_shrinks(
    governor, mandate, monkeypatch
):
    monkeypatch.setattr(boards, "LARGE", 3)
    units = keep(a_row(mandate, "soft", day=EARLY) for _n in range(5))
    governor.get(BOARD)
    keep([a_row(mandate, "lengkap", day=EARLY)])
    assert "0 dari 5 kantor" in text(governor.get(BOARD))
    jobs.recount(0)
    assert "1 dari 6 kantor" in text(governor.get(BOARD))
    mandate.statuses.filter(unit__in=units).delete()
    jobs.recount(0)
    assert not BoardFigures.objects.exists()


def test_an_earlier_day_is_told_from_the_facts(governor, jakarta, mandate):
    unit = an_office("Kelurahan Rawa Melati", government=jakarta)
    an_account(unit, today=TODAY - timedelta(days=90))
    an_appointed(unit, since=TODAY - timedelta(days=60))
    before, after = TODAY - timedelta(days=70), TODAY - timedelta(days=50)
    told = governor.get(BOARD, {"pada": before.isoformat()})
    assert f"Papan per {say_day(before)}" in text(told)
    assert chips(told)["belum"] == 1
    assert chips(governor.get(BOARD, {"pada": after.isoformat()}))["tunjuk"] == 1
    assert 'name="pada" value="' + before.isoformat() in told.content.decode()


def test_an_earlier_day_does_not_know_a_later_decision(governor, jakarta):
    mandate = a_mandate(jakarta, due=None)
    decide(mandate, DUE, on=DAY)
    an_account(an_office(government=jakarta), today=DUE - timedelta(days=90))
    before = governor.get(BOARD, {"pada": (DAY - timedelta(days=1)).isoformat()})
    assert "Belum ada batas waktu efektif" in text(before)
    assert chips(governor.get(BOARD, {"pada": DAY.isoformat()}))["telat"] == 1


@pytest.mark.parametrize(
    ("pada", "said"),
    [
        ("2999-01-01", "tahun"),
        ("2098-01-01", "hari itu belum tiba"),
        ("2026-13-01", "Bulan 13 tidak ada"),
        ("kemarin", "tidak terbaca"),
    ],
)
def test_a_day_to_come_or_no_day_is_refused_in_words(governor, offices, pada, said):
    refused = governor.get(BOARD, {"pada": pada})
    assert refused.status_code == 422
    assert said.casefold() in text(refused).casefold()


def test_before_the_instruction_there_is_nothing_to_count(governor, offices):
    page = governor.get(BOARD, {"pada": "2017-01-01"})
    assert page.status_code == 200
    assert "belum ada dasar hukum" in text(page)


def test_without_any_instruction_the_board_says_what_is_missing(governor, jakarta):
    assert "Belum ada dasar hukum yang berlaku." in text(governor.get(BOARD))


def test_the_tile_map_is_jakartas(governor, mandate):
    keep([a_row(mandate, "lengkap", day=EARLY)])
    page = governor.get(BOARD)
    assert "Palmerah" in text(page) or "Pal Merah" in text(page)
    bandung = an_office(
        code="32.04.01.2001", government=mandate.government, unit_class=UnitClass.VILLAGE
    )
    keep([a_row(mandate, "lengkap", day=EARLY, unit=bandung)])
    assert 'class="petak"' not in governor.get(BOARD).content.decode()


def test_on_paper_the_list_is_whole(governor, mandate):
    keep(a_row(mandate, "soft", day=EARLY) for _n in range(13))
    page = governor.get(reverse("compliance:paper"))
    assert len(names(page)) == 13
    assert "<form" not in page.content.decode().partition("<main")[2].partition("</main")[0]


def test_paper_has_an_end(governor, mandate, monkeypatch):
    monkeypatch.setattr(views, "MOST_ON_PAPER", 5)
    keep(a_row(mandate, "soft", day=EARLY) for _n in range(13))
    page = governor.get(reverse("compliance:paper"))
    assert len(names(page)) == 5
    assert "8 baris lagi tidak dicetak" in text(page)
