"""A month's sheet says what the board said on its last day, once and for all."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta

import pikepdf
import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kanal.appointments.models import Letter, LetterKind
from kanal.appointments.tests.story import Story
from kanal.compliance import board as boards
from kanal.compliance import figures as counted
from kanal.compliance.listing import Wanted
from kanal.compliance.stages import OPEN
from kanal.digests import actions, changes, gathering, making, printed
from kanal.digests.jobs import make as make_job
from kanal.digests.models import Making, Sheet, Step
from kanal.digests.tests.story import (
    MONDAY,
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    a_living_government,
    a_sheet,
    asked,
)
from kanal.directory.models import Government, Unit, User
from kanal.intake.actions import receive
from kanal.intake.models import Channel, Medium
from kanal.journal.actions import SYSTEM
from kanal.journal.models import Entry
from kanal.lib.files import sha256
from kanal.mandates.models import Mandate
from kanal.paper.composing.conformance import problems
from tests.factories import TODAY, a_verifier, an_account, an_office, an_officer

pytestmark = pytest.mark.django_db


def kept(sheet: Sheet) -> bytes:
    with default_storage.open(sheet.kept_as) as file:
        return file.read()


def words(sheet: Sheet) -> str:
    page = pypdfium2.PdfDocument(kept(sheet))[0]
    return " ".join(page.get_textpage().get_text_range().split())


def board_then(government: Government, day: date) -> boards.Board:
    basis = boards.basis(government.pk, day=day, today=TODAY)
    assert basis is not None
    return boards.read(basis, Wanted(per=25))


def test_it_says_what_the_board_says_of_that_day(jakarta: Government) -> None:
    sheet = a_sheet(jakarta)
    board = board_then(jakarta, date(2026, 10, 31))
    assert sheet.figures["board"] == json.loads(json.dumps(counted.keep(board.figures)))
    assert sheet.figures["numbers"] == {
        "units": 7,
        "with_accounts": 5,
        "named": 3,
        "soft": 2,
        "hard": 1,
        "nil": 0,
        "unknown": 2,
        "late": 4,
    }
    longest = [line for line in board.lines if line.stage in OPEN]
    assert [each["code"] for each in sheet.figures["waiting"]] == [
        line.unit.code for line in longest
    ]
    assert [each["late"] for each in sheet.figures["waiting"]] == [line.late for line in longest]


def test_counted_in_pieces_it_is_the_same(
    jakarta: Government, monkeypatch: pytest.MonkeyPatch
) -> None:
    basis = gathering.basis_of(jakarta, OCTOBER, MONDAY)
    assert basis is not None
    whole = gathering.gather(jakarta, OCTOBER, basis, lambda _done, _all: None)
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(gathering, "CHUNK", 2)
    pieces = gathering.gather(jakarta, OCTOBER, basis, lambda done, all_: told.append((done, all_)))
    assert pieces == whole
    assert told == [(0, 7), (2, 7), (4, 7), (6, 7), (7, 7)]


def test_only_the_longest_are_kept_of_many() -> None:
    government = a_living_government()
    for number in range(300):
        an_account(an_office(f"Kelurahan Ramai {number}", government=government), today=TODAY)
    basis = gathering.basis_of(government, NOVEMBER, date(2026, 12, 1))
    assert basis is not None
    noticed = gathering.Noticed(basis.day)
    rows = list(gathering._rows(basis, lambda _done, _all: None))
    assert len(list(noticed.passing(rows))) == 307
    assert len(noticed.longest) <= 50 * gathering.LONGEST
    assert [row.unit_id for row in noticed.rows] == [
        line.unit.pk
        for line in board_at_the_end(government, date(2026, 11, 30))[: gathering.LONGEST]
    ]


def board_at_the_end(government: Government, day: date) -> list[boards.Line]:
    basis = boards.basis(government.pk, day=day, today=day + timedelta(days=1))
    assert basis is not None
    lines = boards.every_line(basis, Wanted(), most=400)
    return [line for line in lines if line.stage in OPEN]


def test_who_came_and_went(jakarta: Government) -> None:
    sheet = a_sheet(jakarta)
    assert sheet.figures["changes"] == {"appointed": 1, "replaced": 1, "ended": 1}
    assert sheet.figures["vacancies"] == {"count": 1, "since": "2026-10-20"}
    assert changes.in_month(jakarta.pk, SEPTEMBER).as_json() == {
        "appointed": 3,
        "replaced": 0,
        "ended": 0,
    }


def test_a_term_split_by_account_counts_nobody_anew(jakarta: Government) -> None:
    story = Story(an_office(government=jakarta))
    one = an_account(story.unit, today=date(2026, 8, 3))
    an_account(story.unit, "https://x.com/kantor_dua", today=date(2026, 8, 3))
    before = changes.in_month(jakarta.pk, OCTOBER)
    first = story.appoint("Sari Dewi", date(2026, 9, 1))
    story.replace(first, "Tono Wijaya", date(2026, 10, 6), accounts=[one])
    after = changes.in_month(jakarta.pk, OCTOBER)
    assert (after.appointed, after.ended) == (before.appointed, before.ended)
    assert after.replaced == before.replaced + 1


def test_a_ralat_counts_as_what_it_corrects_and_once(jakarta: Government) -> None:
    story = Story(an_office(government=jakarta))
    an_account(story.unit, today=date(2026, 8, 3))
    before = changes.in_month(jakarta.pk, OCTOBER)
    wrong = story.accept(
        story.letter(LetterKind.APPOINTMENT, an_officer("Sari Dewi"), dated=date(2026, 10, 6))
    )
    story.accept(
        story.letter(
            LetterKind.CORRECTION,
            an_officer("Sari Dewi Lestari"),
            dated=date(2026, 10, 8),
            begins_on=date(2026, 10, 6),
            corrects=wrong,
        )
    )
    assert changes.in_month(jakarta.pk, OCTOBER).appointed == before.appointed + 1


def test_the_month_before_is_compared_and_the_way_remembered(jakarta: Government) -> None:
    sheet = a_sheet(jakarta)
    assert printed.changed(sheet.figures, "soft") == 1
    assert printed.changed(sheet.figures, "hard") == 0
    assert [each["month"] for each in sheet.figures["months"]] == ["2026-08", "2026-09", "2026-10"]


def test_the_next_month_asks_the_kept_figures(jakarta: Government) -> None:
    with CaptureQueriesContext(connection) as first:
        october = a_sheet(jakarta)
    with CaptureQueriesContext(connection) as second:
        november = a_sheet(jakarta, NOVEMBER)
    assert len(second) < len(first)
    assert november.figures["before"]["numbers"] == october.figures["numbers"]
    assert november.figures["months"][:-1] == october.figures["months"]


def test_its_pdf_is_for_the_archive_and_holds_its_figures(jakarta: Government) -> None:
    sheet = a_sheet(jakarta)
    pdf = kept(sheet)
    assert problems(pdf) == []
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert sha256(io.BytesIO(pdf)) == sheet.sha256
    with pikepdf.open(io.BytesIO(pdf)) as document:
        inside = document.attachments["lembar.json"].get_file().read_bytes()
    assert json.loads(inside) == sheet.figures
    assert "1 dari 5 kantor yang punya akun sudah lengkap. 4 lewat batas 16 Oktober 2026." in words(
        sheet
    )


def test_it_is_made_once(jakarta: Government, admin: User) -> None:
    sheet = a_sheet(jakarta, by=admin)
    with pytest.raises(actions.AlreadyMade):
        asked(jakarta)
    row = Making.objects.get()
    assert (row.step, row.sheet, row.units_done, row.units_all) == (Step.DONE, sheet, 7, 7)
    assert making.make(row) is None
    make_job(0)
    assert Sheet.objects.count() == 1
    verbs = Entry.objects.filter(verb__in=["ask-sheet", "make-sheet"]).values_list(
        "verb", flat=True
    )
    assert sorted(verbs) == ["ask-sheet", "make-sheet"]


def test_two_who_ask_get_one(jakarta: Government) -> None:
    asked(jakarta)
    with pytest.raises(actions.UnderWay):
        asked(jakarta)


def test_the_present_month_has_none(jakarta: Government) -> None:
    with pytest.raises(actions.MonthNotOver):
        actions.ask(government=jakarta, month=NOVEMBER, sends=False, by=SYSTEM, today=NOVEMBER.last)


def test_a_later_fact_makes_another_edition_that_says_so(jakarta: Government) -> None:
    first = a_sheet(jakarta)
    before = kept(first)
    letter = Letter.objects.get(unit__name="Kelurahan Tiga")
    receive(
        letter=letter,
        medium=Medium.HARDCOPY,
        channel=Channel.COUNTER,
        received_on=date(2026, 10, 30),
        by=a_verifier(government=jakarta),
        today=TODAY,
    )
    second = a_sheet(jakarta, reason="Tanda terima 30 Oktober baru dicatat")
    assert (second.edition, second.figures["numbers"]["hard"]) == (2, 2)
    assert "Menggantikan edisi 1" in words(second)
    assert "Tanda terima 30 Oktober baru dicatat" in words(second)
    first.refresh_from_db()
    assert (first.figures["numbers"]["hard"], kept(first)) == (1, before)
    assert list(Sheet.objects.newest()) == [second]
    assert second.file_name == "lembar-2026-10-edisi-2.pdf"


def test_nothing_new_makes_no_edition(jakarta: Government) -> None:
    a_sheet(jakarta)
    row = asked(jakarta, reason="Coba lagi")
    assert making.make(row) is None
    row.refresh_from_db()
    assert (row.step, row.problem) == (Step.REFUSED, making.SAME)
    assert Sheet.objects.count() == 1


def test_no_edition_of_what_is_not_there(jakarta: Government) -> None:
    with pytest.raises(actions.NothingToCorrect):
        asked(jakarta, reason="Salah")


def test_without_a_legal_basis_there_is_none(jakarta: Government) -> None:
    Mandate.objects.update(in_force_from=date(2026, 11, 1))
    row = asked(jakarta)
    assert making.make(row) is None
    row.refresh_from_db()
    assert row.problem == making.NO_BASIS


def test_a_worker_killed_on_the_way_is_followed_by_another(jakarta: Government) -> None:
    row = asked(jakarta)
    soon = timezone.now() + timedelta(minutes=1)
    Making.objects.update(step=Step.COUNTING, attempts=1, leased_until=soon)
    assert making.drain() == 0
    Making.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert making.drain() == 1
    row.refresh_from_db()
    assert (row.step, row.attempts) == (Step.DONE, 2)


def test_after_some_tries_it_is_given_up(jakarta: Government) -> None:
    asked(jakarta)
    Making.objects.update(attempts=making.MOST_ATTEMPTS)
    assert making.drain() == 0
    assert Making.objects.get().problem == making.FAILED


def test_one_government_counts_nothing_of_another(jakarta: Government) -> None:
    a_living_government(code="32", name="Pemerintah Provinsi Lain", short_name="Lain")
    sheet = a_sheet(jakarta)
    assert sheet.figures["numbers"]["units"] == 7
    codes = {each["code"] for each in sheet.figures["waiting"]}
    assert codes <= set(Unit.objects.filter(government=jakarta).values_list("code", flat=True))


def test_a_name_that_no_font_has_stops_nothing(jakarta: Government) -> None:
    Unit.objects.update(name="Kelurahan 東京 \u202e<b>\"'")
    assert problems(kept(a_sheet(jakarta))) == []


def test_sample_offices_are_marked_on_the_sheet(jakarta: Government) -> None:
    Government.objects.update(is_sample=True)
    jakarta.refresh_from_db()
    sheet = a_sheet(jakarta)
    assert sheet.is_sample
    assert "Data contoh" in words(sheet)
