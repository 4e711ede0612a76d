"""A letter from three choices to Surat masuk, and what anybody may know of it."""

from __future__ import annotations

import io

import pypdfium2
import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageDraw
from pytest_django import Settings

from kanal.appointments.models import CheckName, Letter, LetterState
from kanal.appointments.read_beside import beside
from kanal.correspondence import issuing, sending, signing, verifying
from kanal.correspondence.models import FileRole, Paper, PaperKind, PaperState
from kanal.correspondence.tests.office import (
    AT,
    Office,
    a_key,
    a_new_person,
    a_writing_office,
    composed,
)
from kanal.correspondence.vouching import signature_on
from kanal.directory.models import RoleKind
from kanal.journal.models import Entry
from kanal.lib.refusal import Refused
from kanal.paper.composing import conformance
from kanal.paper.reading.document import read_file
from kanal.paper.tests.bsre_stub import PASSWORD, USERNAME, Member, Stub, running
from kanal.paper.tests.signing_desk import Authority
from kanal.readings.jobs import read as read_job
from kanal.readings.models import Reading
from kanal.stationery.models import NumberEntry, NumberState
from kanal.stationery.roots import add_roots
from tests.factories import TODAY, a_user, a_verifier, accepted, an_account, returned

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return a_writing_office()


@pytest.fixture
def authority() -> Authority:
    return Authority()


def printed(pdf: bytes, *, turned: float = 0, ink: bool = True) -> SimpleUploadedFile:
    """Out of the printer, signed unless told otherwise, and back through the scanner as a JPEG."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=150 / 72).to_pil().convert("RGB")
    document.close()
    if ink:
        _sign(picture)
    out = io.BytesIO()
    picture.rotate(turned, fillcolor="white").save(out, "JPEG", quality=60)
    return SimpleUploadedFile("pindaian.jpg", out.getvalue(), content_type="image/jpeg")


def _sign(picture: Image.Image) -> None:
    """A thin blue stroke to the right of the code, where the letter leaves room for it."""
    (code,) = zxingcpp.read_barcodes(picture)
    x, y = code.position.top_left.x, code.position.top_left.y
    stroke = [(x + 530 + 18 * step, y + 30 + 60 * (step % 2)) for step in range(12)]
    ImageDraw.Draw(picture).line(stroke, fill=(90, 100, 190), width=2)


def test_from_three_choices_to_an_accepted_letter(office: Office, authority: Authority) -> None:
    paper = office.a_draft()
    pages = issuing.preview(paper, TODAY)
    assert Image.open(io.BytesIO(pages[0])).format == "PNG"

    paper = office.approved(paper)
    assert paper.number_text == "e-0001/HM.03.00"
    assert conformance.problems(composed(paper)) == []
    before = composed(paper)

    paper = office.sent(paper, a_key(authority))
    letter = paper.letter
    assert letter is not None
    assert letter.state == LetterState.SUBMITTED
    assert (letter.number, letter.signer_name) == (paper.number_text, "Drs. Hendra Gunawan, M.Si.")
    assert letter.officers.get().person == office.wulan
    assert verifying.public_state(paper, TODAY) == "issued"
    accepted(letter)
    assert verifying.public_state(paper, TODAY) == "valid"
    assert composed(paper) == before


def test_what_a_sample_user_wrote_and_sent_is_a_sample_letter(
    office: Office, authority: Authority
) -> None:
    office.clerk.is_sample = True
    office.clerk.save(update_fields=["is_sample"])
    letter = office.sent(office.approved(office.a_draft()), a_key(authority)).letter
    assert letter is not None
    assert letter.is_sample


def test_what_is_sent_reads_back_complete(office: Office, authority: Authority) -> None:
    paper = office.sent(office.a_draft(), a_key(authority))
    file = signing.read(paper.files.get(role=FileRole.SIGNED))
    document = read_file(file, "surat.pdf", today=TODAY, roots=[authority.pem])
    (found,) = document.letters
    assert found.number is not None
    assert found.number.value == paper.number_text
    assert [officer.nip.digits for officer in found.officers if officer.nip] == [
        office.wulan.identity_number
    ]


def test_what_is_sent_is_read_and_held_against_its_own_facts(
    office: Office, authority: Authority
) -> None:
    letter = office.sent(office.a_draft(), a_key(authority)).letter
    assert letter is not None
    files, officers = list(letter.files.all()), list(letter.officers.all())
    waiting = beside(letter, files, officers)
    assert waiting is not None
    assert waiting.is_waiting
    read_job(pk=Reading.objects.get().pk)
    found = beside(letter, files, officers)
    assert found is not None
    assert found.facts
    assert found.differing == []
    assert [one.signer for one in found.signatures] == ["Hendra Gunawan"]


def test_a_doubtful_signature_is_not_called_authentic_without_a_word(
    office: Office, authority: Authority, client: Client
) -> None:
    letter = office.sent(office.a_draft(), a_key(authority)).letter
    assert letter is not None
    read_job(pk=Reading.objects.get().pk)
    client.force_login(a_verifier(government=office.unit.government))
    address = reverse("appointments:verify", args=[letter.pk])
    ticked = {f"{name}-verdict": "meets" for name in CheckName} | {"putusan": "simpan"}
    answer = client.post(address, ticked)
    assert answer.status_code == 422
    assert "Tanda tangan elektroniknya diragukan" in answer.content.decode()
    noted = {**ticked, f"{CheckName.AUTHENTIC}-note": "Lurah membenarkannya lewat telepon."}
    assert client.post(address, noted).status_code == 302


def test_a_letter_says_that_it_goes_to_the_sekda_through_diskominfotik(office: Office) -> None:
    paper = office.approved(office.a_draft())
    text = " ".join(
        pypdfium2.PdfDocument(composed(paper))[0].get_textpage().get_text_range().split()
    )
    assert "disampaikan kepada Sekretaris Daerah Provinsi DKI Jakarta melalui Kepala" in text
    assert "serta petugas yang bersangkutan" in text


def test_the_wet_signed_letter_is_known_by_its_code(office: Office) -> None:
    paper = office.approved(office.a_draft())
    signing.bring_scan(paper=paper, scans=[printed(composed(paper))], by=office.head)
    paper.refresh_from_db()
    assert paper.state == PaperState.APPROVED
    signing.confirm_scan(paper=paper, by=office.head, at=AT)
    paper.refresh_from_db()
    assert paper.state == PaperState.SIGNED
    sent = sending.send(paper=paper, by=office.clerk, today=TODAY, at=AT)
    assert sent.letter is not None
    assert sent.letter.files.get().media_type == "image/jpeg"


def test_the_scan_of_another_letter_is_refused_by_name(office: Office) -> None:
    first = office.approved(office.a_draft())
    second = office.approved(office.a_draft(officers=(a_new_person(),)))
    with pytest.raises(signing.ScanRefused) as refused:
        signing.bring_scan(paper=second, scans=[printed(composed(first))], by=office.head)
    assert first.number_text in str(refused.value.what)


def test_a_scan_without_a_code_needs_the_heads_word(office: Office) -> None:
    paper = office.approved(office.a_draft())
    blank = io.BytesIO()
    Image.new("RGB", (800, 1100), "white").save(blank, "JPEG")

    def scan() -> SimpleUploadedFile:
        return SimpleUploadedFile("kosong.jpg", blank.getvalue(), content_type="image/jpeg")

    with pytest.raises(signing.NoCode):
        signing.bring_scan(paper=paper, scans=[scan()], by=office.head)
    signing.bring_scan(paper=paper, scans=[scan()], by=office.head, despite_no_code=True)
    done = signing.confirm_scan(paper=paper, by=office.head, at=AT)
    assert done.state == PaperState.SIGNED


@pytest.mark.parametrize("turned", [0, 0.7, -1.5, 180])
def test_our_own_print_without_a_pen_on_it_is_refused(office: Office, turned: float) -> None:
    paper = office.approved(office.a_draft())
    pdf = composed(paper)
    with pytest.raises(signing.ScanRefused, match="masih kosong"):
        signing.bring_scan(
            paper=paper, scans=[printed(pdf, turned=turned, ink=False)], by=office.head
        )
    assert not paper.files.filter(role=FileRole.UNSEEN).exists()
    signing.bring_scan(paper=paper, scans=[printed(pdf, turned=turned)], by=office.head)
    assert paper.files.filter(role=FileRole.UNSEEN).count() == 1


def test_a_signature_beside_its_room_needs_the_heads_word(office: Office) -> None:
    paper = office.approved(office.a_draft())

    def scan() -> SimpleUploadedFile:
        return printed(composed(paper), ink=False)

    with pytest.raises(signing.NoInk, match="masih kosong"):
        signing.bring_scan(paper=paper, scans=[scan()], by=office.head)
    signing.bring_scan(paper=paper, scans=[scan()], by=office.head, despite_blank=True)
    entry = Entry.objects.filter(verb="scan-paper").latest("pk")
    assert entry.after["signed"] == "elsewhere"
    ours = SimpleUploadedFile("surat.pdf", composed(paper))
    with pytest.raises(signing.ScanRefused, match="masih kosong") as refused:
        signing.bring_scan(paper=paper, scans=[ours], by=office.head, despite_blank=True)
    assert refused.value.field == "scans"


def test_our_own_pdf_is_no_scan_and_one_signed_elsewhere_is_looked_at(
    office: Office, authority: Authority
) -> None:
    paper = office.approved(office.a_draft())
    ours = SimpleUploadedFile("surat.pdf", composed(paper))
    with pytest.raises(signing.ScanRefused, match="masih kosong"):
        signing.bring_scan(paper=paper, scans=[ours], by=office.head)
    signed = authority.issue("Hendra Gunawan").sign(composed(paper), at=AT)
    signing.bring_scan(paper=paper, scans=[SimpleUploadedFile("ttd.pdf", signed)], by=office.head)
    assert paper.files.filter(role=FileRole.UNSEEN).count() == 1


def test_a_scan_brought_again_takes_the_place_of_the_first(office: Office) -> None:
    paper = office.approved(office.a_draft())
    for _turn in range(2):
        signing.bring_scan(paper=paper, scans=[printed(composed(paper))], by=office.head)
    assert paper.files.filter(role=FileRole.UNSEEN).count() == 1
    signing.drop_scan(paper=paper, by=office.head)
    assert not paper.files.filter(role=FileRole.UNSEEN).exists()
    with pytest.raises(signing.ScanRefused):
        signing.confirm_scan(paper=paper, by=office.head, at=AT)


def test_a_scan_nobody_confirmed_is_no_letter_of_ours_to_the_public(office: Office) -> None:
    paper = office.approved(office.a_draft())
    signed = Authority().issue("Hendra Gunawan").sign(composed(paper), at=AT)
    signing.bring_scan(paper=paper, scans=[SimpleUploadedFile("ttd.pdf", signed)], by=office.head)
    assert verifying.verify_file(signed, "ttd.pdf", at=AT).match != verifying.Match.SAME


def test_a_name_spelt_otherwise_is_asked_about(office: Office, authority: Authority) -> None:
    paper = office.approved(office.a_draft())
    key = a_key(authority, "Hendra Goenawan")
    with pytest.raises(signing.OtherName) as asked:
        office.signed(paper, key)
    assert ".." not in str(asked.value.what)
    signed = signing.sign_with_key(
        paper=paper, key=key, by=office.head, at=AT, despite_name=True, despite_root=True
    )
    assert signed.state == PaperState.SIGNED


def test_a_key_of_somebody_else_signs_nothing(office: Office, authority: Authority) -> None:
    paper = office.approved(office.a_draft())
    with pytest.raises(signing.NotSigned, match="Nama pada sertifikat berbeda"):
        signing.sign_with_key(
            paper=paper,
            key=a_key(authority, "Budi Penipu"),
            by=office.head,
            at=AT,
            despite_name=True,
            despite_root=True,
        )
    paper.refresh_from_db()
    assert paper.state == PaperState.APPROVED


def test_a_key_that_no_root_vouches_for_signs_only_on_the_heads_word(
    office: Office, authority: Authority
) -> None:
    paper = office.approved(office.a_draft())
    key = a_key(authority)

    def sign(**word: bool) -> Paper:
        return signing.sign_with_key(paper=paper, key=key, by=office.head, at=AT, **word)

    with pytest.raises(signing.NobodyVouches):
        sign()
    namesake = Authority()
    administrator = a_user(RoleKind.ADMINISTRATOR, government=office.unit.government)
    add_roots(data=namesake.pem, by=administrator)
    with pytest.raises(signing.NobodyVouches):
        sign()
    add_roots(data=authority.pem, by=administrator)
    signed = sign()
    assert signed.state == PaperState.SIGNED
    assert signature_on(signed) == "vouched"


NIK = "3173010101700001"


def test_through_bsre_on_the_agencys_own_server(
    office: Office, authority: Authority, settings: Settings
) -> None:
    """Against a stub written from the service's description, not the service."""
    paper = office.approved(office.a_draft())
    stub = Stub(members={NIK: Member(authority.issue("Hendra Gunawan"), "sandi-tte")})
    settings.BSRE_USER, settings.BSRE_PASSWORD = USERNAME, PASSWORD
    with running(stub):
        settings.BSRE_URL = stub.url
        settings.BSRE_PLAIN_HTTP = False

        def sign(passphrase: str) -> None:
            signing.sign_through_bsre(
                paper=paper, nik=NIK, passphrase=passphrase, by=office.head, at=AT
            )

        with pytest.raises(signing.NotSigned, match="diatur"):
            sign("sandi-tte")
        settings.BSRE_PLAIN_HTTP = True
        with pytest.raises(signing.NotSigned, match="passphrase"):
            sign("salah")
        sign("sandi-tte")
    paper.refresh_from_db()
    assert (paper.state, paper.signed_by_name) == (PaperState.SIGNED, "Hendra Gunawan")
    told = " ".join(map(str, Entry.objects.values_list("before", "after", "note")))
    assert NIK not in told


def test_only_the_head_of_this_very_office_approves(office: Office) -> None:
    paper = office.a_draft()
    neighbour = a_writing_office("Kelurahan Rawa Kenanga")
    for somebody in (office.clerk, neighbour.head):
        with pytest.raises(Refused):
            issuing.approve(paper=paper, by=somebody, today=TODAY, at=AT)
    assert not NumberEntry.objects.exists()


def test_a_voided_paper_keeps_its_number_in_sight(office: Office) -> None:
    paper = office.approved(office.a_draft())
    issuing.void(paper=paper, reason="Salah nama", by=office.head)
    paper.refresh_from_db()
    assert paper.state == PaperState.VOID
    assert verifying.public_state(paper, TODAY) == "void"
    entry = NumberEntry.objects.get()
    assert (entry.state, entry.void_reason) == (NumberState.VOID, "Salah nama")
    assert office.approved(office.a_draft()).number_text == "e-0002/HM.03.00"


def test_what_can_not_be_set_takes_no_number(office: Office) -> None:
    paper = office.a_draft(officers=(office.line(full_name="Wulan 漢"),))
    with pytest.raises(Refused, match="漢"):
        office.approved(paper)
    assert not NumberEntry.objects.exists()
    office.headship.delete()
    with pytest.raises(Refused, match="kepala"):
        office.approved(office.a_draft())


def test_a_replacement_turns_the_first_letter_into_a_replaced_one(
    office: Office, authority: Authority
) -> None:
    first = office.sent(office.a_draft(), a_key(authority))
    assert first.letter is not None
    accepted(first.letter)
    comes = a_new_person()
    line = type(comes)(**{**comes.__dict__, "replaces": office.wulan})
    second = office.a_draft(kind=PaperKind.REPLACEMENT, officers=(line,))
    assert verifying.public_state(first, TODAY) == "valid"
    second = office.sent(second, a_key(authority))
    assert verifying.public_state(first, TODAY) == "valid"
    assert verifying.public_state(second, TODAY) == "issued"
    assert second.letter is not None
    accepted(second.letter)
    assert verifying.public_state(first, TODAY) == "replaced"
    assert verifying.public_state(second, TODAY) == "valid"


def test_only_an_accepted_letter_is_in_force(office: Office, authority: Authority) -> None:
    paper = office.approved(office.a_draft())
    assert verifying.public_state(paper, TODAY) == "unsigned"
    paper = office.signed(paper, a_key(authority))
    assert verifying.public_state(paper, TODAY) == "issued"
    paper = sending.send(paper=paper, by=office.clerk, today=TODAY, at=AT)
    assert paper.letter is not None
    assert verifying.public_state(paper, TODAY) == "issued"
    returned(paper.letter)
    assert verifying.public_state(paper, TODAY) == "returned"


def test_a_nihil_is_in_force_from_the_register_until_the_first_account(
    office: Office, authority: Authority
) -> None:
    paper = office.approved(office.a_draft(kind=PaperKind.NIL, form="surat", officers=()))
    paper = office.signed(paper, a_key(authority))
    assert verifying.public_state(paper, TODAY) == "issued"
    paper = sending.send(paper=paper, by=office.head, today=TODAY, at=AT)
    assert verifying.public_state(paper, TODAY) == "valid"
    an_account(office.unit)
    assert verifying.public_state(paper, TODAY) == "ended"


def test_whether_a_listed_root_vouches_for_the_signature(
    office: Office, authority: Authority
) -> None:
    paper = office.approved(office.a_draft())
    assert signature_on(paper) == "none"
    paper = office.signed(paper, a_key(authority))
    assert signature_on(paper) == "not-vouched"
    administrator = a_user(RoleKind.ADMINISTRATOR, government=office.unit.government)
    add_roots(data=authority.pem, by=administrator)
    assert signature_on(Paper.objects.get(pk=paper.pk)) == "vouched"
    wet = office.approved(office.a_draft(officers=(a_new_person(),)))
    signing.bring_scan(paper=wet, scans=[printed(composed(wet))], by=office.head)
    signing.confirm_scan(paper=wet, by=office.head, at=AT)
    assert signature_on(wet) == "on-paper"


def test_a_termination_ends_it(office: Office, authority: Authority) -> None:
    first = office.sent(office.a_draft(), a_key(authority))
    assert first.letter is not None
    accepted(first.letter)
    second = office.a_draft(kind=PaperKind.TERMINATION, reason="mutasi ke kantor lain")
    second = office.sent(second, a_key(authority))
    assert verifying.public_state(first, TODAY) == "valid"
    assert second.letter is not None
    accepted(second.letter)
    assert verifying.public_state(first, TODAY) == "ended"


def test_a_correction_says_what_is_right(office: Office, authority: Authority) -> None:
    first = office.sent(office.a_draft(), a_key(authority))
    assert first.letter is not None
    accepted(first.letter)
    mended = office.line(post="Pranata Humas Ahli Muda")
    second = office.a_draft(
        kind=PaperKind.CORRECTION,
        form="surat",
        officers=(mended,),
        corrects=Letter.objects.get(pk=first.letter.pk),
        begins_on=first.letter.begins_on,
    )
    second = office.approved(second)
    assert second.facts["corrections"] == [
        {
            "where": "jabatan petugas nomor 1",
            "was": "Pranata Humas",
            "becomes": "Pranata Humas Ahli Muda",
        }
    ]
    second = office.sent(second, a_key(authority))
    assert second.letter is not None
    accepted(second.letter)
    assert verifying.public_state(first, TODAY) == "replaced"
