"""The desk's pages: what to do first, whom it reaches, how far it is, sheets to print."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kanal.circulars import actions, serving
from kanal.circulars.models import Circular, Notice
from kanal.circulars.tests.story import (
    TODAY,
    a_circular,
    a_mandate,
    an_admin,
    arrived,
    came_back,
    notice_of,
    offices,
    served,
)
from kanal.directory.models import RoleKind
from kanal.post.models import Outgoing
from tests.factories import a_government, a_pdf, a_user

LIST = reverse("circulars:circulars")


def page_of(circular: Circular) -> str:
    return reverse("circulars:circular", args=[circular.pk])


def text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_without_a_mandate_the_list_says_what_comes_first(client, jakarta):
    client.force_login(an_admin(jakarta))
    said = text(client.get(LIST))
    assert "Belum ada dasar hukum yang berlaku." in said
    assert "Ke dasar hukum" in said


def test_the_instruction_that_nobody_was_sent_stands_first(desk, mandate):
    offices(["a@contoh.go.id", ""])
    assert "belum disampaikan lewat Kanal" in text(desk.get(LIST))
    answer = desk.post(reverse("circulars:draft-instruction", args=[mandate.pk]), follow=True)
    assert "Sampaikan ke 2 kantor" in text(answer)
    assert "1 Dikirim lewat surel 1 Tanpa alamat surel" in text(answer)
    assert Outgoing.objects.count() == 0
    circular = Circular.objects.get()
    after = desk.post(reverse("circulars:serve", args=[circular.pk]), follow=True)
    assert "Sedang disampaikan: 0 dari 2 kantor" in text(after)
    serving.work_off()
    assert "0 dari 2 kantor menyatakan sudah menerima" in text(desk.get(page_of(circular)))
    assert "1 kantor belum tersampaikan" in text(desk.get(LIST))


def test_a_letter_is_uploaded_looked_at_and_discarded(desk, mandate):
    given = {
        "mandate": mandate.pk,
        "form": "Surat Edaran",
        "number": "7/SE/2026",
        "dated": TODAY.isoformat(),
        "subject": "Tata cara",
        "file": a_pdf(name="edaran.pdf"),
    }
    answer = desk.post(reverse("circulars:add"), given, follow=True)
    assert "Surat Edaran Nomor 7/SE/2026" in text(answer)
    circular = Circular.objects.get()
    shown = desk.get(reverse("circulars:file", args=[circular.pk]))
    assert b"".join(shown.streaming_content).startswith(b"%PDF")
    desk.post(reverse("circulars:discard", args=[circular.pk]))
    assert not Circular.objects.exists()


@pytest.mark.parametrize("data", [b"", b"<html>", b"%PDF-1.4 broken", b"PK\x03\x04" + b"0" * 100])
def test_bad_files_are_told_beside_their_field(desk, mandate, data):
    given = {
        "mandate": mandate.pk,
        "form": "SE",
        "number": "7",
        "dated": TODAY.isoformat(),
        "subject": "x",
        "file": SimpleUploadedFile("x.pdf", data),
    }
    answer = desk.post(reverse("circulars:add"), given)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not Circular.objects.exists()


def test_the_offices_of_one_fate(desk, admin):
    units = offices([f"k{n}@contoh.go.id" for n in range(3)])
    circular = served(a_circular(admin), admin)
    arrived(*units)
    came_back(units[0])
    actions.acknowledge_by_link(
        notice=notice_of(units[1]), name="Siti", post="Sekretaris", today=TODAY
    )
    failed = desk.get(page_of(circular), {"keadaan": "gagal"})
    assert [notice.unit for notice in failed.context["page"]] == [units[0]]
    assert "550 5.1.1 no such user" in text(failed)
    part = desk.get(page_of(circular), {"keadaan": "diterima"}, headers={"HX-Request": "true"})
    assert [notice.unit for notice in part.context["page"]] == [units[1]]
    assert "<html" not in part.content.decode()
    found = desk.get(page_of(circular), {"cari": units[2].name})
    assert [notice.unit for notice in found.context["page"]] == [units[2]]
    assert desk.get(page_of(circular), {"keadaan": "entah", "hal": "x"}).status_code == 200


def test_progress_is_asked_for_and_ends(desk, admin):
    offices([f"k{n}@contoh.go.id" for n in range(3)])
    circular = a_circular(admin)
    service = actions.serve(circular=circular, by=admin, today=TODAY)
    serving.serve_next(service.pk, at_once=2)
    part = desk.get(page_of(circular), {"bagian": "kemajuan"})
    assert "Sedang disampaikan: 2 dari 3 kantor" in text(part)
    serving.work_off()
    done = desk.get(page_of(circular), {"bagian": "kemajuan"})
    assert done.headers["HX-Refresh"] == "true"


def test_sheets_for_whom_nothing_reached_one_page_each(desk, admin):
    with_mail, without = offices(["a@contoh.go.id", ""])
    circular = served(a_circular(admin), admin)
    address = reverse("circulars:sheets", args=[circular.pk])
    page = desk.get(address)
    said = page.content.decode()
    assert [notice.unit for notice in page.context["page"]] == [without]
    assert said.count('class="qr"') == 1
    assert f"/p/{notice_of(without).token}/" in said
    assert notice_of(with_mail).token not in said
    everybody = desk.get(address, {"siapa": "semua", "wilayah": "31.73"})
    assert len(everybody.context["sheets"]) == 2
    assert len(desk.get(address, {"siapa": "semua", "wilayah": "99"}).context["sheets"]) == 0
    marked = desk.post(
        reverse("circulars:printed", args=[circular.pk]),
        {"lembar": f"{notice_of(without).pk},x,-1,{10**30}"},
        follow=True,
    )
    assert "1 lembar tercatat." in text(marked)
    assert Notice.objects.exclude(printed_on=None).count() == 1


def test_an_address_is_mended_from_the_offices_page(desk, admin):
    (unit,) = offices(["lama@contoh.go.id"])
    circular = served(a_circular(admin), admin)
    came_back(unit)
    own = reverse("circulars:unit", args=[unit.code])
    assert "Betulkan alamat" in text(desk.get(own))
    mend = reverse("circulars:mend", args=[notice_of(unit, circular).pk])
    assert desk.post(mend, {"email": "bukan alamat"}).status_code == 422
    assert desk.post(mend, {"email": "a@b.id\r\nBcc: c@d.id"}).status_code == 422
    desk.post(mend, {"email": "baru@contoh.go.id"})
    assert Outgoing.objects.latest("pk").to == "baru@contoh.go.id"
    assert "Betulkan alamat" not in text(desk.get(own))


def test_an_office_that_was_sent_nothing_is_told_so(client, jakarta, mandate):
    (unit,) = offices([""])
    client.force_login(a_user(RoleKind.OFFICER, unit))
    said = text(client.get(reverse("circulars:unit", args=[unit.code])))
    assert "Belum ada yang disampaikan ke kantor ini." in said


def test_a_draft_is_not_shown_to_offices(client, admin):
    (unit,) = offices(["a@contoh.go.id"])
    circular = a_circular(admin)
    client.force_login(a_user(RoleKind.OFFICER, unit))
    address = reverse("circulars:file", args=[circular.pk])
    assert client.get(address).status_code == 403
    served(circular, admin)
    assert client.get(address).status_code == 200


def test_nothing_of_another_government(jakarta, admin):
    (unit,) = offices(["a@contoh.go.id"])
    circular = served(a_circular(admin), admin)
    notice = notice_of(unit)
    far = a_government(code="32", name="Jawa Barat", short_name="Jabar")
    a_mandate(far)
    stranger = Client()
    stranger.force_login(an_admin(far))
    for name in ("circular", "file", "sheets"):
        address = reverse(f"circulars:{name}", args=[circular.pk])
        assert stranger.get(address).status_code == 404, name
    for name in ("serve", "serve-again", "discard", "printed"):
        address = reverse(f"circulars:{name}", args=[circular.pk])
        assert stranger.post(address).status_code == 404, name
    for name in ("paper", "mend"):
        assert stranger.get(reverse(f"circulars:{name}", args=[notice.pk])).status_code == 404
    assert stranger.get(reverse("circulars:unit", args=[unit.code])).status_code == 404
    mandate = jakarta.mandates.get()
    draft = reverse("circulars:draft-instruction", args=[mandate.pk])
    assert stranger.post(draft).status_code == 404
    assert circular.name not in text(stranger.get(LIST))


def test_pages_ask_as_much_for_many_as_for_few(desk, admin):
    def asked(address: str) -> int:
        desk.get(address)
        with CaptureQueriesContext(connection) as queries:
            desk.get(address)
        return len(queries)

    offices(["a@contoh.go.id"])
    circular = served(a_circular(admin), admin)
    addresses = [
        LIST,
        page_of(circular),
        reverse("circulars:sheets", args=[circular.pk]) + "?siapa=semua",
    ]
    few = [asked(address) for address in addresses]
    offices([f"k{n}@contoh.go.id" for n in range(30)])
    served(circular, admin)
    for number in range(5):
        served(a_circular(admin, number=f"{number}/SE"), admin)
    assert [asked(address) for address in addresses] == few
    assert max(few) <= 14


def test_the_board_marks_whom_it_has_not_reached(desk, admin):
    units = offices([f"k{n}@contoh.go.id" for n in range(3)])
    served(a_circular(admin), admin)
    arrived(*units)
    board = reverse("compliance:board")
    before = desk.get(board, {"status": "semua"})
    assert "belum tersampaikan" not in text(before).lower()
    came_back(units[0])
    page = desk.get(board, {"status": "semua"})
    assert "1 kantor belum tersampaikan instruksi atau edarannya" in text(page)
    assert "status=tak-sampai#daftar-h" in page.content.decode()
    listed = desk.get(board, {"status": "tak-sampai"})
    assert [line.unit for line in listed.context["lines"]] == [units[0]]
    actions.mend_address(
        notice=notice_of(units[0]), email="baru@contoh.go.id", by=admin, today=TODAY
    )
    gone = desk.get(board, {"status": "semua"})
    assert "belum tersampaikan" not in text(gone).lower()


def test_the_offices_page_says_it_in_one_line(desk, admin, mandate):
    (unit,) = offices(["a@contoh.go.id"])
    circular = served(actions.draft_instruction(mandate=mandate, by=admin), admin)
    address = reverse("desk:unit", args=[unit.code])
    assert "belum dinyatakan diterima" in text(desk.get(address))
    came_back(unit)
    assert "Instruksi atau edaran belum tersampaikan sejak" in text(desk.get(address))
    actions.acknowledge_by_link(notice=notice_of(unit, circular), name="Siti", post="", today=TODAY)
    assert ", diterima" in text(desk.get(address))
