"""Mails read, filed, answered and entered, without a mail server in between."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kanal.appointments import actions as letters
from kanal.appointments.models import ReturnReason
from kanal.intake import mail_answers, mail_fetching, mail_filing, mail_reading
from kanal.intake.actions import submit_letter
from kanal.intake.mail_raw import content_key
from kanal.intake.mail_showing import words_of
from kanal.intake.mail_units import folded
from kanal.intake.models import Channel, Mail, SenderAddress
from kanal.lib.dates import today
from kanal.post import outbox
from kanal.post.models import Mailbox, Outgoing
from kanal.readings import actions as readings
from kanal.readings.models import Reading
from tests.factories import (
    a_clerk,
    a_government,
    a_pdf,
    a_verifier,
    an_office,
    letter_facts,
    pdf_bytes,
)

pytestmark = pytest.mark.django_db

LETTERS = Path(__file__).resolve().parents[3] / "tests" / "letters"
TEBET = (LETTERS / "p03_tebet_kv.pdf").read_bytes()
CAKUNG = (LETTERS / "p04_cakung_kv.pdf").read_bytes()
FROM = "kec.tebet@contoh.go.id"
# Mails arrive when the test runs.
TODAY = today()


def a_mail(
    *files: tuple[str, bytes], sender: str = FROM, message_id: str = "<1@x.id>", **headers: str
) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = sender, "surat@kantor.go.id"
    mail["Subject"], mail["Message-ID"] = "Surat Penunjukan", message_id
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("Terlampir.")
    for name, data in files:
        mail.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    return mail


def arrived(raw: bytes | EmailMessage, uid: int = 0) -> Mail:
    """As the fetcher writes it down, then read."""
    raw = raw.as_bytes() if isinstance(raw, EmailMessage) else raw
    box, _new = Mailbox.objects.get_or_create(
        government=a_government(), host="surel.invalid", user="surat", defaults={"name": "Kotak"}
    )
    uid = uid or 1 + sum(Mail.objects.values_list("pk", flat=True))
    waiting = mail_fetching.Waiting(uid, len(raw), timezone.now())
    fetched = mail_fetching.Fetched(waiting, raw, True)
    mail_fetching.write_down(box, 1, [fetched])
    mail_reading.drain(ask=lambda name: None)
    return Mail.objects.get(content_sha256=content_key(raw))


def answers(mail: Mail) -> list[Outgoing]:
    return list(Outgoing.objects.filter(unit=mail.unit).order_by("pk"))


def test_a_letter_finds_its_office_by_its_own_words() -> None:
    tebet = an_office("Kecamatan Tebet")
    an_office("Kecamatan Cakung")
    mail = arrived(a_mail(("surat.pdf", TEBET)))
    assert (mail.state, mail.unit, mail.agenda) == ("filed", tebet, f"0001/{TODAY.year}")
    (answer,) = answers(mail)
    assert mail.agenda in answer.text
    assert "hardcopy" in answer.text
    assert answer.in_reply_to == "<1@x.id>"


def test_what_names_no_office_waits_and_is_filed_with_one_click(client: Client) -> None:
    office = an_office("Dinas Contoh Yang Lain")
    mail = arrived(a_mail(("undangan.pdf", pdf_bytes("Undangan rapat")), sender="x@y.id"))
    assert (mail.state, mail.agenda, mail.unanswered) == ("held", "", "stranger")
    assert not Outgoing.objects.exists()
    client.force_login(a_verifier())
    page = client.get(reverse("intake:mail", args=[mail.pk]), {"cari": "Contoh Yang"})
    assert office.short in page.content.decode()
    client.post(reverse("intake:file-mail", args=[mail.pk]), {"unit": office.code})
    mail.refresh_from_db()
    assert (mail.state, mail.unit) == ("filed", office)
    assert mail.agenda
    assert len(answers(mail)) == 1
    assert SenderAddress.objects.get().address == "x@y.id"


def test_a_sender_filed_once_is_proposed_and_a_letter_that_disagrees_is_held() -> None:
    tebet, cakung = an_office("Kecamatan Tebet"), an_office("Kecamatan Cakung")
    first = arrived(a_mail(("surat.pdf", TEBET), sender="pribadi@contoh.id"))
    mail_filing.file(mail=first, unit=tebet, by=a_verifier())
    second = arrived(a_mail(("lain.pdf", CAKUNG), sender="pribadi@contoh.id", message_id="<2@x>"))
    assert (second.state, second.unit) == ("held", None)
    assert "several_units" in second.reasons or "units_differ" in second.reasons
    assert {each["unit"] for each in second.proposals} == {tebet.pk, cakung.pk}


def test_an_answer_in_the_thread_goes_to_the_same_office() -> None:
    tebet = an_office("Kecamatan Tebet")
    arrived(a_mail(("surat.pdf", TEBET)))
    ours = Outgoing.objects.get().message_id
    reply = arrived(
        a_mail(
            ("tambahan.pdf", pdf_bytes("Bukti pelatihan")),
            sender="lain@contoh.id",
            message_id="<3@x>",
            In_Reply_To=ours,
        )
    )
    assert reply.proposals[0] == {"unit": tebet.pk, "because": ["thread"]}


def test_several_letters_one_twice_and_a_mail_in_a_mail() -> None:
    an_office("Kecamatan Tebet")
    an_office("Kecamatan Cakung")
    inner = a_mail(("cakung.pdf", CAKUNG), message_id="<dalam@x>")
    outer = a_mail(("tebet.pdf", TEBET), ("salinan.pdf", TEBET), message_id="<luar@x>")
    outer.add_attachment(inner)
    mail = arrived(outer)
    files = list(mail.files.all())
    assert [file.name for file in files] == ["tebet.pdf", "salinan.pdf", "cakung.pdf"]
    assert files[1].verdict == "duplicate"
    assert files[2].inside == "Surat Penunjukan"
    assert mail.state == "held"
    assert {"several_letters", "several_units"} <= {*mail.reasons}


def test_a_dangerous_file_is_not_kept_and_the_sender_is_told_why() -> None:
    tebet = an_office("Kecamatan Tebet", email=FROM)
    bad = (LETTERS / "h03_javascript.pdf").read_bytes()
    mail = arrived(a_mail(("surat.pdf", bad)))
    (file,) = mail.files.all()
    assert (file.verdict, file.kept_as) == ("reject", "")
    assert mail.proposals[0]["unit"] == tebet.pk
    text = Outgoing.objects.get().text
    assert "tidak dapat diterima" in text
    assert "lampiran" in text


def test_without_an_attachment_a_known_office_is_told_and_a_stranger_is_not() -> None:
    an_office("Kecamatan Tebet", email=FROM)
    known = arrived(a_mail())
    assert (known.state, known.agenda) == ("held", "")
    assert "lampiran" in Outgoing.objects.get().text
    stranger = arrived(a_mail(sender="x@y.id", message_id="<2@x>"))
    assert stranger.unanswered == "stranger"
    assert Outgoing.objects.count() == 1


def test_the_same_file_in_a_second_mail_is_not_read_again() -> None:
    an_office("Kecamatan Tebet")
    first = arrived(a_mail(("surat.pdf", TEBET)))
    second = arrived(a_mail(("SCAN.pdf", TEBET), message_id="<2@x>"))
    (file,) = second.files.all()
    assert file.verdict == "duplicate"
    assert file.reasons[0] == f"same_file_in_mail:{first.pk}"
    assert file.holds_a_letter


def test_an_old_mail_a_doubtful_one_and_a_machine_are_not_answered() -> None:
    an_office("Kecamatan Tebet")
    robot = arrived(a_mail(("s.pdf", TEBET), message_id="<r@x>", Auto_Submitted="auto-generated"))
    assert robot.unanswered == "automatic"
    two = b"From: gubernur@contoh.go.id\r\n" + a_mail(("s.pdf", TEBET)).as_bytes()
    assert arrived(two).unanswered == "sender_doubtful"
    assert not Outgoing.objects.exists()


def test_an_out_of_office_note_and_a_bounce_are_put_aside() -> None:
    note = arrived(a_mail(Auto_Submitted="auto-replied"))
    assert (note.state, note.unanswered) == ("automatic", "automatic")
    message = outbox.enqueue(
        government_id=a_government().pk,
        draft=outbox.Draft(key="k", kind="t", to=FROM, subject="s", text="t"),
    )
    raw = (
        f"Return-Path: <>\r\nFrom: MAILER-DAEMON@x.id\r\nSubject: failure\r\n\r\n"
        f"<{FROM}>: 550 5.1.1 unknown\r\n\r\nMessage-ID: {message.message_id}\r\n"
    )
    assert "bounce" in arrived(raw.encode()).reasons
    assert outbox.dead_among(message.government_id, [FROM]) == {FROM}


def test_a_letter_entered_from_a_mail_takes_its_number_and_ends_its_waiting() -> None:
    office = an_office("Kecamatan Tebet")
    mail = arrived(a_mail(("surat.pdf", TEBET)))
    (file,) = mail.files.all()
    with mail_file(file.kept_as) as opened:
        letter = submit_letter(
            unit=office,
            facts=letter_facts(),
            files=[File(opened, name="surat.pdf")],
            by=a_verifier(),
            today=TODAY,
        )
    receipt = letter.receipts.get()
    assert (receipt.agenda, receipt.channel) == (mail.agenda, Channel.MAIL)
    mail.refresh_from_db()
    assert mail.state == "entered"
    assert mail.files.get().letter == letter

    letters.give_back(
        letter=letter, reason=ReturnReason.NO_SIGNATURE, note="Halaman 2.", by=a_verifier()
    )
    assert mail_answers.answer_decisions(office.government_id) == 1
    assert mail_answers.answer_decisions(office.government_id) == 0
    answer = Outgoing.objects.get(kind="mail-decided")
    assert "Belum ditandatangani" in answer.text
    assert "Halaman 2." in answer.text
    assert "Mintakan tanda tangan" in answer.text
    assert answer.to == FROM


def mail_file(kept_as: str) -> File[bytes]:
    return default_storage.open(kept_as)


def test_the_next_number_follows_without_a_gap() -> None:
    office = an_office("Kecamatan Tebet")
    mail = arrived(a_mail(("surat.pdf", TEBET)))
    letter = submit_letter(
        unit=office,
        facts=letter_facts(),
        files=[a_pdf()],
        by=a_clerk(office),
        today=TODAY,
    )
    assert (mail.agenda_number, letter.receipts.get().agenda_number) == (1, 2)


def test_closing_asks_why_and_can_be_undone(client: Client) -> None:
    office = an_office("Kecamatan Tebet")
    mail = arrived(a_mail(sender="x@y.id"))
    client.force_login(a_verifier())
    assert client.post(reverse("intake:close-mail", args=[mail.pk])).status_code == 422
    client.post(reverse("intake:close-mail", args=[mail.pk]), {"reason": "Undangan"})
    mail.refresh_from_db()
    assert (mail.state, mail.note) == ("closed", "Undangan")
    mail_filing.file(mail=mail, unit=office, by=a_verifier())
    mail.refresh_from_db()
    assert mail.state == "filed"


def test_the_pages_are_for_those_who_receive_letters(client: Client) -> None:
    office = an_office("Kecamatan Tebet")
    mail = arrived(a_mail(("surat.pdf", TEBET)))
    client.force_login(a_clerk(office))
    for address in (reverse("intake:mails"), reverse("intake:mail", args=[mail.pk])):
        assert client.get(address).status_code == 403
    other = a_government(code="32", name="Lain", short_name="Lain")
    client.force_login(a_verifier(government=other))
    assert client.get(reverse("intake:mail", args=[mail.pk])).status_code == 404
    assert client.get(reverse("intake:mail-original", args=[mail.pk])).status_code == 404


def test_original_and_attachment_are_given_out_and_never_run(client: Client) -> None:
    an_office("Kecamatan Tebet")
    mail = arrived(a_mail(("surat.pdf", TEBET)))
    client.force_login(a_verifier())
    original = client.get(reverse("intake:mail-original", args=[mail.pk]))
    assert "attachment" in original["Content-Disposition"]
    assert "sandbox" in original["Content-Security-Policy"]
    file = client.get(reverse("intake:mail-file", args=[mail.pk, 1]))
    assert b"".join(file.streaming_content) == TEBET  # type: ignore[attr-defined]
    assert file["X-Content-Type-Options"] == "nosniff"


def test_on_to_the_entry_page_with_the_file_waiting_there(client: Client) -> None:
    office = an_office("Kecamatan Tebet")
    mail = arrived(a_mail(("surat.pdf", TEBET)))
    client.force_login(a_verifier())
    answer = client.post(reverse("intake:enter-mail", args=[mail.pk, 1]))
    assert answer.status_code == 302
    assert f"unit={office.code}" in answer["Location"]
    page = client.get(answer["Location"])
    assert page.status_code == 200
    reading = Reading.objects.get()
    readings.read(reading=reading)
    # Not read anew: even the seconds it took are those of the mail's reading.
    assert reading.document == mail.files.get().document
    assert reading.crops


def test_only_words_are_left_of_html() -> None:
    shown = words_of(
        '<p onclick="x()">Yth.<script>alert(1)</script><img src="https://x.id/1.png">'
        '<a href="javascript:x">sini</a><style>p{}</style><svg onload=x>'
        "<table><tr><td>satu</td><td>dua</td></tr></table>"
    )
    for bad in ("script", "onclick", "http", "javascript", "svg", "style", "<a", "<img", "<table"):
        assert bad not in shown
    assert "satu dua" in shown


def test_the_list_asks_as_much_for_many_as_for_one(
    client: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        arrived(a_mail(sender=f"x{number}@y.id", message_id=f"<{number}@x>"))
    client.force_login(a_verifier())
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = client.get(reverse("intake:mails"))
    assert "x11@y.id" in page.content.decode()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kecamatan Tebet", "KECAMATAN TEBET"),
        ("Biro Umum Setda Provinsi DKI Jakarta", "Biro Umum"),
        ("Dinas Komunikasi, Informatika dan Statistik", "Dinas Komunikasi Informatika & Statistik"),
    ],
)
def test_one_office_has_one_key(one: str, other: str) -> None:
    assert folded(one) == folded(other)
