"""The pages of Surat keluar and of keaslian surat, without a script."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdfium2 import PdfDocument

from kanal.correspondence import receipts, verifying
from kanal.correspondence.actions import DraftFacts, draft
from kanal.correspondence.models import FileRole, Paper, PaperKind, PaperState
from kanal.correspondence.signing import read
from kanal.correspondence.tests.office import (
    AT,
    Office,
    a_key,
    a_writing_office,
    composed,
)
from kanal.directory.models import RoleKind
from kanal.journal.models import Entry
from kanal.lib.dates import today
from kanal.lib.refusal import NotAllowed
from kanal.paper.tests.signing_desk import PASSPHRASE, Authority
from kanal.register.models import NilReturn
from kanal.stationery.models import NumberEntry
from kanal.stationery.roots import add_roots
from tests.factories import (
    TODAY,
    a_letter,
    a_nip,
    a_user,
    a_verifier,
    accepted,
    an_account,
    an_appointed,
    an_employee,
    an_office,
    an_officer,
    pdf_bytes,
    returned,
)

pytestmark = pytest.mark.django_db

NOW = today()
ROWS = {"petugas-TOTAL_FORMS": "1", "petugas-INITIAL_FORMS": "0"}


@pytest.fixture
def office() -> Office:
    cache.clear()
    return a_writing_office()


@pytest.fixture
def head(office: Office) -> Client:
    browser = Client()
    browser.force_login(office.head)
    return browser


@pytest.fixture
def anybody() -> Client:
    return Client()


def a_row(office: Office, **typed: Any) -> dict[str, Any]:
    return {
        **ROWS,
        "petugas-0-person": str(office.wulan.pk),
        "petugas-0-identity_kind": "nip",
        "begins_on": NOW.isoformat(),
        "form": "surat_penunjukan",
        **typed,
    }


def write(browser: Client, kind: str, data: dict[str, Any], query: str = "") -> Paper:
    answer = browser.post(f"/surat/keluar/tulis/{kind}/{query}", {**data, "simpan": "1"})
    assert answer.status_code == 302, answer.content.decode()[:4000]
    return Paper.objects.latest("pk")


def the_page(paper: Paper, step: str = "") -> str:
    return f"/surat/keluar/{paper.pk}/{step}"


def test_three_fields_a_look_and_a_number(office: Office, head: Client) -> None:
    fresh = head.get("/surat/keluar/tulis/penunjukan/").content.decode()
    assert "Wulan Kartikasari" in fresh
    look = head.post("/surat/keluar/tulis/penunjukan/", a_row(office, lihat="1"))
    assert "data:image/png;base64," in look.content.decode()
    assert not Paper.objects.exists()

    paper = write(head, "penunjukan", a_row(office))
    assert "Setujui dan beri nomor" in head.get(the_page(paper)).content.decode()
    picture = head.get(the_page(paper, "pratinjau/1.png"))
    assert picture["Content-Type"] == "image/png"
    assert head.get(the_page(paper, "pratinjau/2.png")).status_code == 404
    assert head.post(the_page(paper, "setujui/")).status_code == 302
    paper.refresh_from_db()
    assert paper.number_text == "e-0001/HM.03.00"
    assert head.get(the_page(paper, "halaman/1.png"))["Content-Type"] == "image/png"
    for file in paper.files.all():
        answer = head.get(the_page(paper, f"berkas-surat/{file.pk}/"))
        assert b"".join(answer.streaming_content) == read(file)  # type: ignore[attr-defined]


def test_a_new_person_is_typed_with_the_mistakes_beside(office: Office, head: Client) -> None:
    data = a_row(office, simpan="1", **{"petugas-0-person": "baru"})
    answer = head.post("/surat/keluar/tulis/penunjukan/", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Isi nama lengkap petugas." in page
    assert "Isi jabatan petugas" in page
    typed = {
        "petugas-0-full_name": "Lilis Suryani",
        "petugas-0-identity_number": a_nip(),
        "petugas-0-post": "Pengelola Data",
    }
    paper = write(head, "penunjukan", {**data, **typed})
    assert paper.officers.get().person is None


def test_more_officers_are_rows_of_their_own(office: Office, head: Client) -> None:
    more = head.post("/surat/keluar/tulis/penunjukan/", a_row(office, tambah="1"))
    assert 'name="petugas-1-person"' in more.content.decode()
    second = an_employee(office.unit, "Lilis Suryani")
    data = a_row(
        office,
        **{
            "petugas-TOTAL_FORMS": "2",
            "petugas-1-person": str(second.pk),
            "petugas-1-identity_kind": "nip",
        },
    )
    paper = write(head, "penunjukan", data)
    assert paper.officers.count() == 2


def test_who_replaces_whom(office: Office, head: Client) -> None:
    leaves = an_appointed(office.unit, "Lilis Suryani")
    data = a_row(office, **{"petugas-0-replaces": str(leaves.pk)})
    paper = write(head, "penggantian", data)
    assert paper.officers.get().replaces == leaves
    page = head.get(f"{the_page(paper)}ubah/").content.decode()
    assert f'<option value="{leaves.pk}" selected>' in page


def test_a_replacement_names_nobody_beforehand(office: Office, head: Client) -> None:
    leaves = an_appointed(office.unit, "Lilis Suryani")
    page = head.get("/surat/keluar/tulis/penggantian/").content.decode()
    chosen = page[page.index('name="petugas-0-person"') :]
    chosen = chosen[: chosen.index("</select>")]
    assert '<option value="" selected>' in chosen
    assert str(office.wulan.pk) in chosen
    assert f'value="{leaves.pk}"' not in chosen
    answer = head.post(
        "/surat/keluar/tulis/penggantian/",
        a_row(office, simpan="1", **{"petugas-0-person": "", "petugas-0-replaces": str(leaves.pk)}),
    )
    assert answer.status_code == 422
    assert "Pilih petugasnya" in answer.content.decode()


def test_a_number_is_asked_about_before_it_is_taken(office: Office, head: Client) -> None:
    paper = office.a_draft()
    page = head.get(the_page(paper, "setujui/")).content.decode()
    assert "tidak dapat diurungkan" in page
    assert "Wulan Kartikasari" in page
    assert not NumberEntry.objects.exists()
    clerk = Client()
    clerk.force_login(office.clerk)
    assert clerk.get(the_page(paper, "setujui/")).status_code == 403
    head.post(the_page(paper, "setujui/"))
    assert head.get(the_page(paper, "setujui/")).status_code == 302


def test_a_replacement_is_called_one_everywhere(office: Office, head: Client) -> None:
    leaves = an_appointed(office.unit, "Lilis Suryani")
    paper = write(head, "penggantian", a_row(office, **{"petugas-0-replaces": str(leaves.pk)}))
    letter = office.sent(paper, a_key(Authority())).letter
    assert letter is not None
    verifier = a_verifier(government=office.unit.government)
    browser = Client()
    browser.force_login(verifier)
    receipt = letter.receipts.select_related("letter__unit", "government").get()
    pages = [reverse("appointments:letter", args=[letter.pk]), f"/tanda-terima/{receipt.code}/"]
    for address in pages:
        page = browser.get(address).content.decode()
        assert "<dd>Surat Penggantian</dd>" in page
        assert "Surat Penunjukan" not in page
    an_office("Dinas Komunikasi, Informatika dan Statistik", code="31.diskominfotik")
    printed = receipts.receipt_paper(receipt=receipt, by=verifier, today=TODAY, at=AT)
    assert printed.facts["earlier"]["title"] == "Surat Penggantian"
    text = PdfDocument(composed(printed))[0].get_textpage().get_text_range()
    assert "Surat Penggantian" in text
    assert "Surat Penunjukan" not in text


def test_nobody_replaces_themselves(office: Office, head: Client) -> None:
    accepted(a_letter(office.unit, officers=[an_officer(person=office.wulan)], by=office.clerk))
    data = a_row(office, simpan="1", **{"petugas-0-replaces": str(office.wulan.pk)})
    answer = head.post("/surat/keluar/tulis/penggantian/", data)
    assert answer.status_code == 422
    assert "Penggantinya harus orang lain." in answer.content.decode()


def test_nobody_to_replace_is_said_at_once(head: Client) -> None:
    for kind in ("penggantian", "penghentian"):
        page = head.get(f"/surat/keluar/tulis/{kind}/").content.decode()
        assert "belum punya petugas" in page


def test_who_stops_and_why(office: Office, head: Client) -> None:
    leaves = an_appointed(office.unit, "Lilis Suryani")
    data = {
        "leaving": [str(leaves.pk)],
        "begins_on": NOW.isoformat(),
        "reason": "pensiun",
        "form": "surat",
    }
    paper = write(head, "penghentian", data)
    assert (paper.form, paper.officers.get().person) == ("surat", leaves)
    assert head.post(the_page(paper, "setujui/")).status_code == 302


def test_a_correction_begins_with_what_the_letter_says(office: Office, head: Client) -> None:
    an_appointed(office.unit, "Lilis Suryani")
    letter = office.unit.letters.get()
    assert letter.number in head.get("/surat/keluar/tulis/ralat/").content.decode()
    query = f"?unit={office.unit.code}&surat={letter.pk}"
    page = head.get(f"/surat/keluar/tulis/ralat/{query}").content.decode()
    assert 'value="Lilis Suryani"' in page
    row = letter.officers.get()
    data = {
        **ROWS,
        "petugas-0-person": "baru",
        "petugas-0-full_name": "Lilis Suryani",
        "petugas-0-identity_kind": "nip",
        "petugas-0-identity_number": row.person.identity_number,
        "petugas-0-post": row.post,
        "begins_on": letter.begins_on.isoformat(),
    }
    nothing = write(head, "ralat", data, query)
    assert head.post(the_page(nothing, "setujui/")).status_code == 422
    paper = write(head, "ralat", {**data, "petugas-0-post": "Analis Humas"}, query)
    assert head.post(the_page(paper, "setujui/")).status_code == 302


def test_the_other_papers(office: Office, head: Client) -> None:
    second = an_employee(office.unit, "Lilis Suryani")
    papers = {
        "nihil": {},
        "serah_terima": {
            "giver": str(office.wulan.pk),
            "receiver": str(second.pk),
            "things": "Surel pemulihan | brankas kantor",
        },
    }
    for kind, data in papers.items():
        paper = write(head, kind, data)
        assert head.post(the_page(paper, "setujui/")).status_code == 302, kind
    assert NumberEntry.objects.count() == 2


def test_another_office_is_reminded_by_verifiers_and_administrators_alone(
    office: Office, head: Client
) -> None:
    other = an_office("Kelurahan Rawa Kenanga")
    data = {"about": other.code, "missing": ["surat"]}
    address = "/surat/keluar/tulis/pengingat/"
    clerk, verifier = Client(), Client()
    clerk.force_login(office.clerk)
    verifier.force_login(a_verifier())
    for browser in (head, clerk):
        assert address not in browser.get("/surat/keluar/tulis/").content.decode()
        assert browser.get(address).status_code == 403
        assert browser.post(address, {**data, "simpan": "1"}).status_code == 403
    facts = DraftFacts(kind=PaperKind.REMINDER, about_unit=other, lines=("surat",))
    for user in (office.clerk, office.head):
        with pytest.raises(NotAllowed):
            draft(unit=office.unit, facts=facts, by=user)
    assert not Paper.objects.exists()

    of_office = f"?unit={office.unit.code}"
    assert address in verifier.get(f"/surat/keluar/tulis/{of_office}").content.decode()
    named = verifier.get(f"{address}{of_office}&tentang={other.code}").content.decode()
    assert f'value="{other.code}"' in named
    paper = write(verifier, "pengingat", data, of_office)
    assert paper.about_unit == other
    for browser in (head, clerk):
        assert browser.get(the_page(paper, "ubah/")).status_code == 403
        assert browser.post(the_page(paper, "hapus/")).status_code == 403
    assert head.post(the_page(paper, "setujui/")).status_code == 302


def test_a_nil_return_reaches_the_register(office: Office, head: Client) -> None:
    paper = write(head, "nihil", {})
    head.post(the_page(paper, "setujui/"))
    sign(head, paper)
    assert head.post(the_page(paper, "kirim/")).status_code == 302
    assert NilReturn.objects.get().signer_name == "Drs. Hendra Gunawan, M.Si."


def sign(browser: Client, paper: Paper, passphrase: str = PASSPHRASE) -> Any:
    key = Authority().issue("Hendra Gunawan").p12()
    data = {
        "key": SimpleUploadedFile("kunci.p12", key),
        "passphrase": passphrase,
        "despite_root": "on",
    }
    return browser.post(the_page(paper, "tanda-tangan/"), data)


def test_the_passphrase_is_used_and_forgotten(office: Office, head: Client) -> None:
    paper = office.approved(office.a_draft())
    wrong = sign(head, paper, "Sandi-Yang-Salah-Sekali")
    assert wrong.status_code == 422
    assert "Kata sandi kunci tidak cocok" in wrong.content.decode()
    assert "Sandi-Yang-Salah-Sekali" not in wrong.content.decode()
    assert sign(head, paper).status_code == 302
    told = " ".join(map(str, Entry.objects.values_list("before", "after", "note")))
    assert PASSPHRASE not in told


def test_nobody_else_approves_signs_or_sees(office: Office) -> None:
    paper = office.a_draft()
    district = an_office("Kecamatan Melati", code="31.73.99", parent=None)
    office.unit.path = f"{district.path}{office.unit.code}/"
    office.unit.save()
    steps = {"setujui/": {}, "batal/": {"reason": "x"}}
    above = a_user(RoleKind.UNIT_HEAD, district)
    next_door = a_writing_office("Kelurahan Rawa Kenanga").head
    for somebody, status in ((office.clerk, 403), (above, 403), (next_door, 404)):
        browser = Client()
        browser.force_login(somebody)
        for step, data in steps.items():
            assert browser.post(the_page(paper, step), data).status_code == status
    browser = Client()
    browser.force_login(next_door)
    assert browser.get(the_page(paper)).status_code == 404
    assert not NumberEntry.objects.exists()


def test_the_list_takes_the_same_queries_however_long(office: Office, head: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            assert head.get("/surat/keluar/").status_code == 200
        return len(counted)

    office.a_draft()
    first = queries()
    for _turn in range(5):
        office.a_draft()
    assert queries() <= first


def test_the_public_page_says_nothing_about_people(office: Office, anybody: Client) -> None:
    paper = office.sent(office.a_draft(), a_key(Authority()))
    assert paper.code is not None
    for typed in (paper.code, paper.code.lower().replace("-", ""), f"{paper.code}"):
        answer = anybody.get(f"/v/{typed}/")
        page = answer.content.decode()
        assert answer.status_code == 200
        assert answer["X-Robots-Tag"] == "noindex"
        assert paper.number_text in page
        for hidden in ("Wulan", "Hendra", office.wulan.identity_number, "contoh.go.id"):
            assert hidden not in page
    assert anybody.get(f"/v/{paper.code}").status_code in (200, 301)


def test_an_unknown_code_says_what_to_do(anybody: Client) -> None:
    assert anybody.get("/v/0000-0000-0000/").status_code == 404
    assert anybody.get("/v/bukan-kode/").status_code == 404
    assert anybody.get("/v/?kode=0000 0000 0000")["Location"] == "/v/0000-0000-0000/"


def upload(browser: Client, data: bytes, name: str = "surat.pdf") -> tuple[int, str]:
    answer = browser.post("/v/", {"file": SimpleUploadedFile(name, data)})
    return answer.status_code, answer.content.decode()


def test_a_file_is_compared_byte_for_byte(office: Office, anybody: Client) -> None:
    paper = office.sent(office.a_draft(), a_key(Authority()))
    signed = read(paper.files.get(role=FileRole.SIGNED))
    ours = composed(paper)
    status, page = upload(anybody, ours)
    assert (status, "sama persis" in page) == (200, True)
    status, page = upload(anybody, signed)
    assert "sama persis" in page
    assert "penerbit sertifikatnya tidak ada dalam daftar" in page
    at = ours.rindex(b"/ID[(") + len(b"/ID[(")
    changed = ours[:at] + bytes([ours[at] ^ 1]) + ours[at + 1 :]
    status, page = upload(anybody, changed)
    assert (status, "Isinya berbeda" in page) == (200, True)
    for added in (ours, signed):
        status, page = upload(anybody, added + b"\n% lebih\n")
        assert "Isinya berbeda" in page
    elsewhere = Authority("Akar Lain").issue("Hendra Gunawan").sign(ours, at=AT)
    status, page = upload(anybody, elsewhere)
    assert "ditandatangani di luar Kanal" in page
    status, page = upload(anybody, pdf_bytes("Surat orang lain"))
    assert "tidak dikenal" in page
    status, page = upload(anybody, b"MZ\x90\x00program", "surat.pdf")
    assert status == 422


def test_a_changed_file_is_never_shown_with_the_seal(office: Office, anybody: Client) -> None:
    authority = Authority()
    paper = office.sent(office.a_draft(), a_key(authority))
    assert paper.letter is not None
    accepted(paper.letter)
    ours = read(paper.files.get(role=FileRole.SIGNED))
    _status, page = upload(anybody, ours)
    assert seals_in(page) == 0
    assert "tidak dijamin lembaga tepercaya" in page
    assert "sah dan berlaku" not in page
    add_roots(
        data=authority.pem, by=a_user(RoleKind.ADMINISTRATOR, government=office.unit.government)
    )
    _status, page = upload(anybody, ours)
    assert seals_in(page) == 1
    assert "sah dan berlaku" in page
    _status, page = upload(anybody, ours + b"\n% lebih\n")
    assert seals_in(page) == 0
    assert page.count("<h1") == 1
    assert "BUKAN surat yang tersimpan" in page[page.index("<h1") : page.index("</h1>")]
    assert "Data surat asli yang tersimpan" in page
    assert paper.number_text in page


def seals_in(page: str) -> int:
    """The picture that says: in force."""
    return page.count("#rosette-discount-check")


def test_the_public_page_has_no_seal_before_acceptance(office: Office, anybody: Client) -> None:
    paper = office.sent(office.a_draft(), a_key(Authority()))
    page = anybody.get(f"/v/{paper.code}/").content.decode()
    assert seals_in(page) == 0
    assert "belum diverifikasi Diskominfotik" in page
    assert "tidak ada akar dalam daftar tepercaya" in page
    assert paper.letter is not None
    returned(paper.letter, note="Cap kantor tidak ada.")
    page = anybody.get(f"/v/{paper.code}/").content.decode()
    assert "dikembalikan Diskominfotik" in page
    assert "Cap kantor" not in page


def test_the_head_is_told_when_nobody_vouches_for_the_key(office: Office, head: Client) -> None:
    paper = office.approved(office.a_draft())
    sign(head, paper)
    assert "Kunci ini tidak dijamin" in head.get(the_page(paper)).content.decode()


def test_uploads_have_a_measure(anybody: Client) -> None:
    cache.clear()
    answers = [upload(anybody, b"%PDF-rusak")[0] for _turn in range(32)]
    assert answers[0] == 422
    assert answers[-1] == 429
    cache.clear()


def test_a_number_taken_outside_is_not_given_twice(office: Office, head: Client) -> None:
    a_letter(office.unit, number="e-0001/HM.03.00", dated=TODAY, by=office.clerk)
    paper = office.a_draft()
    answer = head.post(the_page(paper, "setujui/"))
    assert answer.status_code in (302, 409)
    if today().year == TODAY.year:
        assert answer.status_code == 409
        assert not NumberEntry.objects.exists()


def test_a_receipt_is_composed_once(office: Office) -> None:
    letter = a_letter(office.unit, by=office.clerk)
    an_office("Dinas Komunikasi, Informatika dan Statistik", code="31.diskominfotik")
    receipt = letter.receipts.select_related("letter__unit", "government").get()
    verifier = a_verifier(government=office.unit.government)
    browser = Client()
    browser.force_login(verifier)
    path = reverse("correspondence:receipt", args=[receipt.code])
    first, second = browser.post(path), browser.post(path)
    assert first["Location"] == second["Location"]
    assert browser.get(first["Location"])["Content-Type"] == "application/pdf"
    paper = Paper.objects.get(receipt=receipt)
    assert paper.number_text == receipt.agenda
    assert verifying.public_state(paper, TODAY) == "valid"
    again = receipts.receipt_paper(receipt=receipt, by=verifier, today=TODAY, at=AT)
    assert again.pk == paper.pk


def test_a_draft_can_be_dropped_and_an_issued_paper_can_not(office: Office, head: Client) -> None:
    paper = office.a_draft()
    issued = office.approved(office.a_draft())
    assert head.post(the_page(paper, "hapus/")).status_code == 302
    assert head.post(the_page(issued, "hapus/")).status_code == 409
    assert list(Paper.objects.values_list("state", flat=True)) == [PaperState.APPROVED]


def test_accounts_are_all_unless_some_are_ticked(office: Office, head: Client) -> None:
    account = an_account(office.unit)
    an_account(office.unit)
    paper = write(head, "penunjukan", a_row(office, accounts=[str(account.pk)]))
    assert list(paper.accounts.all()) == [account]
    sent = office.sent(paper, a_key(Authority()))
    assert sent.letter is not None
    assert list(sent.letter.officers.get().accounts.all()) == [account]
    accepted(sent.letter)
    assert sent.kind == PaperKind.APPOINTMENT


def test_the_caveat_stands_beside_the_headline(office: Office, anybody: Client) -> None:
    paper = office.sent(office.a_draft(), a_key(Authority()))
    assert paper.letter is not None
    accepted(paper.letter)
    page = anybody.get(f"/v/{paper.code}/").content.decode()
    head = page[page.index("<h1") : page.index("<dl")]
    assert "Surat ini terdaftar dan berlaku" in head
    assert "Diterima Diskominfotik; tanda tangan elektroniknya tidak dijamin" in head
    assert seals_in(page) == 0


def test_a_citizen_is_told_to_distrust_and_not_to_launder(office: Office, anybody: Client) -> None:
    paper = office.approved(office.a_draft())
    copy = read(paper.files.get(role=FileRole.EDITABLE))
    status, page = upload(anybody, copy, "surat.docx")
    assert status == 422
    assert "bukan PDF" in page
    assert "DOCX" not in page
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_bytes("Surat"))) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
        )
        pdf.save(out)
    status, page = upload(anybody, out.getvalue())
    assert status == 422
    assert "jangan percaya berkas ini" in page
    assert "Cetak surat ke PDF" not in page


def test_a_tick_appears_with_what_it_means(office: Office, head: Client) -> None:
    paper = office.approved(office.a_draft())

    def sign_as(name: str, **ticks: str) -> str:
        key = SimpleUploadedFile("kunci.p12", Authority().issue(name).p12())
        data = {"key": key, "passphrase": PASSPHRASE, **ticks}
        answer = head.post(the_page(paper, "tanda-tangan/"), data)
        assert answer.status_code == 422
        return answer.content.decode()

    assert "despite_" not in head.get(the_page(paper)).content.decode()
    page = sign_as("Hendra Gunawan")
    assert "Kunci ini tidak dijamin siapa pun" in page
    assert 'name="despite_root"' in page
    page = sign_as("Hendra Goenawan")
    assert "Nama pada sertifikat berbeda</a>" in page
    assert 'name="despite_name"' in page
    page = sign_as("Hendra Goenawan", despite_name="on")
    assert 'name="despite_name"' in page
    assert 'name="despite_root"' in page
    page = sign_as("Budi Penipu", despite_name="on", despite_root="on")
    assert "Nama pada sertifikat berbeda: Budi Penipu bukan" in page
    paper.refresh_from_db()
    assert paper.state == PaperState.APPROVED


def test_a_form_opened_by_its_own_address_leads_back(office: Office, head: Client) -> None:
    paper = office.approved(office.a_draft())
    for step in (
        "tanda-tangan/",
        "tanda-tangan/bsre/",
        "pindaian/",
        "pindaian/terlihat/",
        "batal/",
    ):
        assert head.get(the_page(paper, step))["Location"] == the_page(paper)
    next_door = Client()
    next_door.force_login(a_writing_office("Kelurahan Rawa Kenanga").head)
    assert next_door.get(the_page(paper, "tanda-tangan/")).status_code == 404


def test_the_scan_is_looked_at_before_the_letter_counts_as_signed(
    office: Office, head: Client
) -> None:
    paper = office.approved(office.a_draft())
    signed = Authority().issue("Hendra Gunawan").sign(composed(paper), at=AT)
    scans = {"scans": [SimpleUploadedFile("pindaian.pdf", signed)]}
    page = head.post(the_page(paper, "pindaian/"), scans, follow=True).content.decode()
    file = paper.files.get(role=FileRole.UNSEEN)
    picture = reverse("correspondence:file-page", args=[paper.pk, file.pk, 1])
    assert picture in page
    assert head.get(picture)["Content-Type"] == "image/png"
    assert head.post(the_page(paper, "pindaian/terlihat/")).status_code == 422
    assert head.post(the_page(paper, "pindaian/terlihat/"), {"seen": "on"}).status_code == 302
    paper.refresh_from_db()
    assert paper.state == PaperState.SIGNED


def look(browser: Client, kind: str, data: dict[str, Any]) -> str:
    answer = browser.post(f"/surat/keluar/tulis/{kind}/", {**data, "lihat": "1"})
    return str(answer.content.decode())


def test_the_preview_says_what_contradicts_the_register(office: Office, head: Client) -> None:
    assert "bertentangan" not in look(head, "nihil", {})
    an_account(office.unit)
    assert "Pernyataan nihil bertentangan" in look(head, "nihil", {})
    assert "sudah petugas" not in look(head, "penunjukan", a_row(office))
    person = an_appointed(office.unit, "Lilis Suryani")
    row = a_row(office, **{"petugas-0-person": str(person.pk)})
    assert "Lilis Suryani sudah petugas kantor ini" in look(head, "penunjukan", row)
    row["begins_on"] = (NOW - timedelta(days=3)).isoformat()
    assert "berlaku surut" in look(head, "penunjukan", row)
    own = {
        "petugas-0-person": "baru",
        "petugas-0-full_name": "Hendra Gunawan",
        "petugas-0-identity_number": office.headship.person.identity_number,
        "petugas-0-post": "Lurah",
    }
    page = look(head, "penunjukan", a_row(office, **own))
    assert "menunjuk dirinya sendiri" in page
    assert "Lengkapi kop surat" in page


def test_nobody_chosen_is_one_mistake(office: Office, head: Client) -> None:
    page = look(head, "penunjukan", a_row(office, **{"petugas-0-person": ""}))
    assert page.count("Pilih petugasnya") == 1
    for hidden in ("Isi nama lengkap", "Isi jabatan", "18 angka"):
        assert hidden not in page
    details = page[page.index("orang-baru") :]
    details = details[: details.index("</details>")]
    assert details.count("boleh kosong") == 1


def test_the_letters_to_correct_say_whom_they_concern(office: Office, head: Client) -> None:
    an_appointed(office.unit, "Lilis Suryani")
    assert "Lilis Suryani" in head.get("/surat/keluar/tulis/ralat/").content.decode()
