"""A verifier looks at a letter, is told what the register knows, and decides."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pypdfium2
import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kanal.appointments.guidance import TO_DO
from kanal.appointments.models import (
    Appointment,
    Check,
    CheckName,
    Decision,
    Letter,
    LetterState,
    ReturnReason,
)
from kanal.directory.models import Capacity, Posting, RoleKind, Unit, User
from kanal.lib.dates import today
from kanal.lib.identity import IdentityKind
from kanal.readings import sheets
from tests.factories import (
    a_clerk,
    a_head,
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
)

pytestmark = pytest.mark.django_db

NOW = today()


@pytest.fixture
def unit() -> Unit:
    return an_office("Kelurahan Rawa Melati")


@pytest.fixture
def verifier(unit: Unit, client: Client) -> User:
    user = a_verifier(government=unit.government)
    client.force_login(user)
    return user


def all_meet(**typed: Any) -> dict[str, Any]:
    return {**{f"{name}-verdict": "meets" for name in CheckName}, "putusan": "terima", **typed}


def decide(client: Client, letter: Letter, **typed: Any) -> Any:
    return client.post(reverse("appointments:verify", args=[letter.pk]), typed)


def look(client: Client, letter: Letter) -> str:
    return client.get(reverse("appointments:verify", args=[letter.pk])).content.decode()


# reading


def test_the_page_tells_what_the_letter_says_and_what_happened(
    client: Client, unit: Unit, verifier: User
) -> None:
    letter = accepted(a_letter(unit, number="217/-1.823.5"), by=verifier)
    page = client.get(reverse("appointments:letter", args=[letter.pk])).content.decode()
    for said in (
        "217/-1.823.5",
        "Wulan Kartikasari, S.I.Kom.",
        "Drs. Hendra Gunawan, M.Si.",
        "Dicatat",
        "Surat asli dan utuh: Memenuhi",
        "Diterima",
        letter.receipts.get().agenda,
    ):
        assert said in page


def test_employee_numbers_are_masked_for_whoever_need_not_read_them(
    client: Client, unit: Unit
) -> None:
    officer = an_officer()
    letter = a_letter(unit, officers=[officer], signer_nip=a_nip())
    address = reverse("appointments:letter", args=[letter.pk])
    client.force_login(a_clerk(unit))
    page = client.get(address).content.decode()
    assert officer.identity_number not in page
    assert letter.signer_nip not in page
    assert f"{officer.identity_number[:8]}******" in page
    client.force_login(a_verifier(government=unit.government))
    assert officer.identity_number in client.get(address).content.decode()


@pytest.mark.parametrize("page", ["letter", "file"])
def test_another_office_s_letter_does_not_exist_for_a_clerk(client: Client, page: str) -> None:
    letter = a_letter(an_office("Kelurahan Slipi"))
    client.force_login(a_clerk(an_office("Kelurahan Palmerah")))
    args = [letter.pk] if page == "letter" else [letter.pk, letter.files.get().pk]
    assert client.get(reverse(f"appointments:{page}", args=args)).status_code == 404


def test_a_file_is_given_out_as_it_came_and_can_do_nothing(
    client: Client, unit: Unit, verifier: User
) -> None:
    letter = a_letter(unit)
    address = reverse("appointments:file", args=[letter.pk, letter.files.get().pk])
    answer = client.get(address)
    assert b"".join(answer.streaming_content).startswith(b"%PDF-1.4")  # type: ignore[arg-type]
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer["Content-Disposition"].startswith("inline")
    assert client.get(address + "?unduh=1")["Content-Disposition"].startswith("attachment")
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert Client().get(address).status_code == 302  # to sign in


def test_a_file_belongs_to_its_own_letter(client: Client, unit: Unit, verifier: User) -> None:
    first, second = a_letter(unit), a_letter(unit)
    address = reverse("appointments:file", args=[first.pk, second.files.get().pk])
    assert client.get(address).status_code == 404


# what the register knows


def test_a_signer_is_held_against_the_heads_on_record(
    client: Client, unit: Unit, verifier: User
) -> None:
    letter = a_letter(unit, signer_name="Siti Aminah, S.Sos.", signer_capacity=Capacity.PLT)
    assert "belum tercatat, jadi penandatangan" in look(client, letter)
    acting = a_head(unit, "SITI AMINAH", capacity=Capacity.PLT, begins_on=date(2025, 1, 1))
    page = look(client, letter)
    assert "Cocok: SITI AMINAH" in page
    assert "batasnya 365 hari" in page
    acting.delete()
    a_head(unit, "Hendra Gunawan")
    assert "bukan penandatangan" in look(client, letter)


def test_a_plh_beyond_three_months_and_a_capacity_written_otherwise_are_told(
    client: Client, unit: Unit, verifier: User
) -> None:
    begins = NOW - timedelta(days=130)
    a_head(unit, "Hendra Gunawan", capacity=Capacity.PLH, begins_on=begins)
    dated = NOW - timedelta(days=7)
    letter = a_letter(unit, signer_name="Drs. Hendra Gunawan, M.Si.", dated=dated, today=NOW)
    page = look(client, letter)
    assert "batasnya 92 hari" in page
    assert "Di surat tertulis Definitif" in page


def test_the_officer_s_own_office_is_told(client: Client, unit: Unit, verifier: User) -> None:
    here = an_employee(unit, "Bambang Sutejo")
    letter = a_letter(unit, officers=[an_officer(person=here), an_officer("Wulan Kartikasari")])
    page = look(client, letter)
    assert "Bambang Sutejo tercatat sebagai pegawai kantor ini." in page
    assert "Wulan Kartikasari belum tercatat di kantor mana pun" in page


def test_somebody_in_office_elsewhere_is_told(client: Client, unit: Unit, verifier: User) -> None:
    slipi = an_office("Kelurahan Slipi")
    person = an_appointed(slipi, "Bambang Sutejo")
    Posting.objects.update_or_create(person=person, unit=unit, defaults={"ends_on": None})
    letter = a_letter(unit, officers=[an_officer(person=person)])
    assert "Bambang Sutejo juga bertugas di Kelurahan Slipi." in look(client, letter)


def test_accounts_and_missing_duties_are_told(client: Client, unit: Unit, verifier: User) -> None:
    only = an_officer("Tono", duties=("konten",))
    assert "belum mendaftarkan akun" in look(client, a_letter(unit, officers=[only]))
    an_account(unit, "https://www.instagram.com/rawamelati.contoh/")
    page = look(client, a_letter(unit, officers=[only]))
    assert "Instagram @rawamelati.contoh belum diverifikasi." in page
    assert "Tidak ada petugas surat ini untuk: pengumpulan konten" in page


def test_numbers_out_of_order_and_contradicting_letters_are_told(
    client: Client, unit: Unit, verifier: User
) -> None:
    lilis = an_appointed(unit, "Lilis Suryani")
    replacing = {"kind": "penggantian", "officers": [an_officer("Tono", replaces=lilis)]}
    a_letter(unit, today=NOW, number="300/x", dated=NOW - timedelta(days=9), **replacing)
    letter = a_letter(unit, today=NOW, number="290/x", dated=NOW - timedelta(days=4), **replacing)
    page = look(client, letter)
    assert "Nomor 300/x bertanggal" in page
    assert "Surat 300/x yang juga menunggu menyebut Tono." in page
    newer = a_letter(
        unit,
        today=NOW,
        number="310/x",
        dated=NOW - timedelta(days=1),
        kind="penggantian",
        officers=[an_officer("Sari", replaces=lilis)],
    )
    accepted(newer, today=NOW)
    page = look(client, letter)
    assert "Surat 310/x tanggal" in page
    assert "Sekarang belum dapat diterima" not in page  # Lilis was still in office that day


def test_numbers_of_another_book_are_not_compared(
    client: Client, unit: Unit, verifier: User
) -> None:
    a_letter(unit, today=NOW, number="300/HM.03", dated=NOW - timedelta(days=9))
    a_letter(unit, today=NOW, number="e-400/PH.12", dated=NOW - timedelta(days=9))
    a_letter(unit, today=NOW, number="77/SK/III/2026", dated=NOW - timedelta(days=9))
    page = look(
        client, a_letter(unit, today=NOW, number="290/PH.12", dated=NOW - timedelta(days=4))
    )
    assert "urutannya tidak cocok" not in page
    page = look(
        client, a_letter(unit, today=NOW, number="76/SK/IV/2026", dated=NOW - timedelta(days=4))
    )
    assert "Nomor 77/SK/III/2026 bertanggal" in page


def test_an_inspector_sees_the_verifying_without_its_form(
    client: Client, unit: Unit, verifier: User
) -> None:
    letter = a_letter(unit)
    client.force_login(a_user(RoleKind.INSPECTOR, government=unit.government))
    page = look(client, letter)
    assert "Jika diterima" in page
    assert 'name="putusan"' not in page
    assert decide(client, letter, **all_meet()).status_code == 403
    letter.refresh_from_db()
    assert letter.state == LetterState.SUBMITTED


def test_a_refused_decision_says_at_the_top_what_is_missing(
    client: Client, unit: Unit, verifier: User
) -> None:
    answer = decide(client, a_letter(unit), putusan="simpan", **{"asli-verdict": "refuse"})
    page = answer.content.decode()
    assert 'tabindex="-1" autofocus' in page
    assert '<a href="#id_asli-note">' in page
    assert page.index("#id_asli-note") < page.index('class="berkas"')


def test_the_page_tells_beforehand_what_acceptance_will_do(
    client: Client, unit: Unit, verifier: User
) -> None:
    lilis = an_appointed(unit, "Lilis Suryani", since=date(2025, 8, 1), number="61/RM")
    letter = a_letter(
        unit,
        kind="penggantian",
        dated=date(2026, 9, 15),
        begins_on=date(2026, 9, 15),
        officers=[an_officer("Wulan Kartikasari", replaces=lilis)],
    )
    before = list(Appointment.objects.values_list("pk", "recorded"))
    page = look(client, letter)
    assert (
        "Mulai 15 September 2026 Wulan Kartikasari menggantikan Lilis Suryani untuk"
        " semua akun kantor ini."
    ) in page
    assert (
        "Masa tugas Lilis Suryani sejak 1 Agustus 2025 (surat 61/RM) berakhir 14 September 2026."
    ) in page
    assert list(Appointment.objects.values_list("pk", "recorded")) == before


def test_the_page_tells_what_goes_on_when_only_one_account_changes_hands(
    client: Client, unit: Unit, verifier: User
) -> None:
    instagram = an_account(unit, "https://www.instagram.com/rawamelati.contoh/")
    an_account(unit, "https://www.tiktok.com/@rawamelati.contoh")
    lilis = an_appointed(unit, "Lilis Suryani")
    letter = a_letter(
        unit,
        kind="penggantian",
        officers=[an_officer("Wulan", replaces=lilis, accounts=[instagram])],
    )
    page = look(client, letter)
    assert "menggantikan Lilis Suryani untuk Instagram @rawamelati.contoh." in page
    assert "Lilis Suryani tetap bertugas untuk TikTok @rawamelati.contoh." in page


def test_the_page_tells_beforehand_that_acceptance_would_be_refused(
    client: Client, unit: Unit, verifier: User
) -> None:
    person = an_employee(unit, "Bambang Sutejo")
    letter = a_letter(unit, officers=[an_officer(person=person)])
    person.postings.update(unit=an_office("Kelurahan Slipi"))
    assert "Sekarang belum dapat diterima: Bambang Sutejo tercatat sebagai" in look(client, letter)
    answer = decide(client, letter, **all_meet())
    assert answer.status_code == 422
    assert letter.checks.count() == len(CheckName)  # what was looked at stays
    assert not Appointment.objects.exists()


def test_somebody_who_moved_away_can_still_be_released(
    client: Client, unit: Unit, verifier: User
) -> None:
    lilis = an_appointed(unit, "Lilis Suryani")
    lilis.postings.update(unit=an_office("Kelurahan Slipi"))
    letter = a_letter(unit, kind="penghentian", officers=[an_officer(person=lilis)])
    assert "Lilis Suryani tidak lagi bertugas" in look(client, letter)
    assert decide(client, letter, **all_meet()).status_code == 302
    assert not Appointment.objects.known().on(NOW).exists()


def test_looking_asks_as_many_queries_for_one_officer_as_for_eight(
    client: Client, unit: Unit, verifier: User
) -> None:
    account = an_account(unit)
    one = a_letter(unit, officers=[an_officer("Satu", accounts=[account])])
    people = [an_officer(f"Petugas {chr(65 + n)}", accounts=[account]) for n in range(8)]
    many = a_letter(unit, officers=people)
    look(client, one)
    for page in ("letter", "verify"):
        counts = [
            queries_of(client, reverse(f"appointments:{page}", args=[p.pk])) for p in (one, many)
        ]
        assert counts[0] == counts[1] <= 24


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


# deciding


def test_a_letter_that_meets_every_check_takes_effect(
    client: Client, unit: Unit, verifier: User
) -> None:
    letter = a_letter(unit)
    answer = decide(client, letter, **all_meet())
    assert answer.headers["Location"] == reverse("intake:letters")
    letter.refresh_from_db()
    assert letter.state == LetterState.ACCEPTED
    assert Appointment.objects.known().on(NOW).get().letter == letter
    gone = client.get(reverse("appointments:verify", args=[letter.pk]))
    assert gone.headers["Location"] == reverse("appointments:letter", args=[letter.pk])


def test_a_check_left_open_keeps_the_letter_waiting(
    client: Client, unit: Unit, verifier: User
) -> None:
    letter = a_letter(unit)
    answer = decide(client, letter, **{**all_meet(), "akun-verdict": ""})
    assert answer.status_code == 422
    assert "Akun yang disebut milik kantor ini" in answer.content.decode()
    letter.refresh_from_db()
    assert letter.state == LetterState.SUBMITTED
    assert letter.checks.count() == 5


def test_checks_are_saved_once_and_changed_by_a_new_row(
    client: Client, unit: Unit, verifier: User
) -> None:
    letter = a_letter(unit)
    save = {"putusan": "simpan", "asli-verdict": "refuse"}
    assert decide(client, letter, **save).status_code == 422  # a refusal says what is lacking
    for _twice in range(2):
        decide(client, letter, **save, **{"asli-note": "Cap tidak terlihat"})
    assert letter.checks.count() == 1
    assert 'value="Cap tidak terlihat"' in look(client, letter)
    decide(client, letter, **{"putusan": "simpan", "asli-verdict": "meets"})
    assert [row.verdict for row in letter.checks.all()] == ["refuse", "meets"]


def test_a_letter_is_held_for_something_named(client: Client, unit: Unit, verifier: User) -> None:
    letter = a_letter(unit)
    assert decide(client, letter, putusan="tunda").status_code == 422
    decide(client, letter, putusan="tunda", note="Menunggu hardcopy")
    letter.refresh_from_db()
    assert letter.state == LetterState.HELD
    client.force_login(a_clerk(unit))
    page = client.get(reverse("appointments:letter", args=[letter.pk])).content.decode()
    assert "Menunggu hardcopy" in page


def test_a_returned_letter_tells_the_office_what_to_do(
    client: Client, unit: Unit, verifier: User
) -> None:
    letter = a_letter(unit)
    assert decide(client, letter, putusan="kembalikan").status_code == 422
    assert decide(client, letter, putusan="kembalikan", reason="lain").status_code == 422
    decide(client, letter, putusan="kembalikan", reason="tidak_terbaca")
    decision = Decision.objects.get()
    assert decision.outcome == LetterState.RETURNED
    assert decision.note == TO_DO[ReturnReason.UNREADABLE]
    client.force_login(a_clerk(unit))
    page = client.get(reverse("appointments:letter", args=[letter.pk])).content.decode()
    assert str(TO_DO[ReturnReason.UNREADABLE]) in page
    assert "Catat surat perbaikan" in page


def test_every_reason_but_other_tells_what_to_do() -> None:
    assert set(TO_DO) == set(ReturnReason) - {ReturnReason.OTHER}


def test_nobody_verifies_the_letter_they_entered(
    client: Client, unit: Unit, verifier: User
) -> None:
    letter = a_letter(unit, by=verifier)
    page = look(client, letter)
    assert "verifikator lain yang memeriksanya" in page
    assert 'value="terima"' not in page
    assert decide(client, letter, **all_meet()).status_code == 403
    assert not Appointment.objects.exists()
    assert not Check.objects.exists()


@pytest.mark.parametrize("kind", [RoleKind.OFFICER, RoleKind.UNIT_HEAD])
def test_an_office_does_not_verify(client: Client, unit: Unit, kind: RoleKind) -> None:
    letter = a_letter(unit)
    client.force_login(a_user(kind, unit))
    assert decide(client, letter, **all_meet()).status_code == 403


@pytest.mark.parametrize("kind", [RoleKind.INSPECTOR, RoleKind.READER, RoleKind.ADMINISTRATOR])
def test_those_who_read_do_not_decide(client: Client, unit: Unit, kind: RoleKind) -> None:
    letter = a_letter(unit)
    client.force_login(a_user(kind, government=unit.government))
    assert client.get(reverse("appointments:letter", args=[letter.pk])).status_code == 200
    assert decide(client, letter, **all_meet()).status_code == 403


def test_an_old_page_is_told_that_somebody_else_decided(
    client: Client, unit: Unit, verifier: User
) -> None:
    letter = accepted(a_letter(unit))
    answer = decide(client, letter, **all_meet())
    assert answer.status_code == 409
    assert "Surat ini sudah diterima" in answer.content.decode()
    assert Decision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_verifiers_clicking_accept_at_once_one_is_refused() -> None:
    unit = an_office("Kelurahan Rawa Melati")
    letter = a_letter(unit)
    verifiers = [a_verifier(government=unit.government) for _n in range(2)]
    together = Barrier(2)

    def click(user: User) -> int:
        browser = Client()
        browser.force_login(user)
        look(browser, letter)
        together.wait(timeout=20)
        try:
            status: int = decide(browser, letter, **all_meet()).status_code
        finally:
            connections.close_all()
        return status

    with ThreadPoolExecutor(2) as threads:
        answers = sorted(threads.map(click, verifiers))
    assert answers == [302, 409]
    assert Decision.objects.count() == 1
    assert Appointment.objects.count() == 1


def test_somebody_without_a_number_is_told_with_the_reason(
    client: Client, unit: Unit, verifier: User
) -> None:
    tono = an_officer("Tono", identity_kind=IdentityKind.NONE, identity_reason="tenaga PJLP")
    assert "Tono tanpa nomor pegawai: tenaga PJLP." in look(client, a_letter(unit, officers=[tono]))


def test_the_sample_pdf_of_these_tests_is_one_a_reader_opens() -> None:
    page = pypdfium2.PdfDocument(pdf_bytes("Surat Penunjukan"))[0]
    assert page.get_textpage().get_text_bounded() == "Surat Penunjukan"


def test_a_pdf_is_shown_as_pictures_of_its_pages(
    client: Client, unit: Unit, verifier: User
) -> None:
    letter = a_letter(unit, by=a_clerk(unit))
    file = letter.files.get()
    address = reverse("appointments:page", args=[letter.pk, file.pk, 1])
    for name in ("letter", "verify"):
        page = client.get(reverse(f"appointments:{name}", args=[letter.pk])).content.decode()
        assert "<iframe" not in page
        assert f'src="{address}"' in page
        assert reverse("appointments:file", args=[letter.pk, file.pk]) in page
    picture = client.get(address)
    assert picture["Content-Type"] == "image/png"
    assert client.get(address, headers={"If-None-Match": picture["ETag"]}).status_code == 304
    past = reverse("appointments:page", args=[letter.pk, file.pk, 9])
    assert client.get(past).status_code == 404
    stranger = Client()
    stranger.force_login(a_clerk(an_office("Kelurahan Rawa Kenanga", government=unit.government)))
    assert stranger.get(address).status_code == 404


def test_a_pdf_that_cannot_be_drawn_is_only_linked(
    client: Client, unit: Unit, verifier: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "page_of", lambda data, number: (0, None))
    letter = a_letter(unit, by=a_clerk(unit))
    page = client.get(reverse("appointments:letter", args=[letter.pk])).content.decode()
    assert "tidak dapat ditampilkan" in page
    assert reverse("appointments:file", args=[letter.pk, letter.files.get().pk]) in page
