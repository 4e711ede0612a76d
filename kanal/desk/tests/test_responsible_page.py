"""Account and moment in; officers, letters, and what was known then out."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kanal.appointments.chain import instant
from kanal.appointments.tests.story import Story
from kanal.desk.known_then import differences
from kanal.desk.tests.test_unit_page import words
from kanal.directory.models import RoleKind, User
from kanal.register import actions as register
from kanal.register.models import Account, AccountState
from tests.factories import a_user, an_account, an_appointed, an_office

pytestmark = pytest.mark.django_db

JANUARY = date(2025, 1, 6)


@pytest.fixture
def story() -> Story:
    return Story(an_office("Kelurahan Rawa Melati"))


@pytest.fixture
def account(story: Story) -> Account:
    return an_account(story.unit, "@rawamelati.uji", network="instagram", today=JANUARY)


@pytest.fixture
def inspector(story: Story) -> User:
    return a_user(RoleKind.INSPECTOR, government=story.unit.government)


def ask(user: User, status: int = 200, **asked: str) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(reverse("desk:responsible"), asked)
    assert answer.status_code == status
    return words(answer.content.decode())


@pytest.mark.parametrize(
    "pasted",
    ["https://www.instagram.com/RawaMelati.uji/?hl=id", "@rawamelati.uji", "Rawa Melati"],
)
def test_who_it_was_under_which_letter(
    story: Story, account: Account, inspector: User, pasted: str
) -> None:
    lilis = story.appoint("Lilis Suryani, S.I.Kom.", JANUARY, duties=("konten",))
    letter = lilis.named_in.get().letter
    page = ask(inspector, akun=pasted, pada="2026-06-03T14:05")
    assert "3 Juni 2026 pukul 14.05 WIB" in page
    assert "Yang bertanggung jawab menurut surat: satu orang. Lilis Suryani, S.I.Kom." in page
    assert f"{letter.number} , 6 Januari 2025" in page or f"{letter.number}, 6 Januari 2025" in page
    assert "Drs. Hendra Gunawan, M.Si. Lurah, Definitif" in page
    assert "Tugas Penyediaan, penempatan, dan pembaruan konten Untuk semua akun" in page
    assert lilis.masked_identity in page
    assert lilis.identity_number not in page
    assert f"baru diterima {timezone.localtime(letter.decided_at):%-d} " in page
    assert "Jawaban register pada saat itu: tidak ada petugas." in page
    assert "Jawaban ini dibuat" in page


def test_what_was_known_then_in_plain_words(
    story: Story, account: Account, inspector: User
) -> None:
    lilis = story.appoint("Lilis Suryani", JANUARY)
    first = lilis.named_in.get().letter
    moment = instant()
    wulan = story.replace(lilis, "Wulan Kartikasari", date(2025, 6, 2))
    second = wulan.named_in.get().letter
    learned, forgotten = differences(story.ask(account, moment))
    assert learned.startswith(f"Surat {second.number} baru diterima ")
    assert learned.endswith("pada saat itu register belum mencatat Wulan Kartikasari.")
    assert forgotten.startswith(
        f"Pada saat itu register masih mencatat Lilis Suryani (surat {first.number})."
    )
    assert f"Surat {second.number}, diterima" in forgotten
    assert "Pada saat itu register mencatat hal yang sama." in ask(inspector, akun=account.shown)


def test_nobody_is_said_plainly(story: Story, account: Account, inspector: User) -> None:
    lilis = story.appoint("Lilis Suryani", JANUARY)
    story.stop(lilis, date(2026, 2, 2))
    story.appoint("Wulan Kartikasari", date(2026, 3, 2))
    page = ask(inspector, akun=account.url, pada="2026-02-14 08:00")
    assert "Tidak seorang pun." in page
    assert "Terakhir: Lilis Suryani, sampai 1 Februari 2026" in page
    assert "Berikutnya: Wulan Kartikasari, mulai 2 Maret 2026" in page


def test_a_closed_account_still_answers_and_says_so(
    story: Story, account: Account, inspector: User
) -> None:
    story.appoint("Lilis Suryani", JANUARY)
    register.change_state(
        account=account,
        to=AccountState.CLOSED,
        by=story.verifier,
        today=date(2026, 3, 2),
        note="Diganti akun baru",
    )
    before = ask(inspector, akun=account.url, pada="2026-03-01T12:00")
    assert "Sekarang akun ini tidak dipakai lagi: Ditutup sejak 2 Maret 2026." in before
    assert "Lilis Suryani" in before
    after = ask(inspector, akun=account.url, pada="2026-03-05T12:00")
    assert "Pada saat itu akun ini tidak dipakai: Ditutup sejak 2 Maret 2026." in after
    early = ask(inspector, akun=account.url, pada="2025-01-01T12:00")
    assert "Akun ini baru didaftarkan 6 Januari 2025" in early


def test_the_same_handle_in_two_hands_is_chosen_between(
    story: Story, account: Account, inspector: User
) -> None:
    register.change_state(
        account=account,
        to=AccountState.CLOSED,
        by=story.verifier,
        today=date(2026, 3, 2),
        note="Pindah kantor",
    )
    heir = an_office("Kelurahan Penerus")
    taken = an_account(heir, account.url, today=date(2026, 4, 1))
    an_appointed(heir, "Dimas Arkananta", since=date(2026, 4, 1))
    page = ask(inspector, akun=account.url, pada="2026-05-01T09:00")
    assert "Pilih akunnya" in page
    assert "Kelurahan Rawa Melati, tidak dipakai sejak 2 Maret 2026" in page
    chosen = ask(inspector, akun=account.url, no=str(taken.pk), pada="2026-05-01T09:00")
    assert "Dimas Arkananta" in chosen


@pytest.mark.parametrize(
    ("pada", "said"),
    [
        ((timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M"), "Saat itu belum tiba."),
        ("kemarin sore", "Waktu ini tidak terbaca."),
        ("0001-01-01T00:00", "Saat itu sebelum ada media sosial pemerintah."),
        ("9999-12-31T23:59", "Saat itu belum tiba."),
    ],
)
def test_a_moment_that_cannot_be_asked_about(
    account: Account, inspector: User, pada: str, said: str
) -> None:
    assert said in ask(inspector, 422, akun=account.url, pada=pada)


def test_an_account_nobody_ever_declared(inspector: User) -> None:
    page = ask(inspector, akun="https://x.com/tidakterdaftar99")
    assert "Akun ini tidak pernah terdaftar." in page
    assert "Sebutkan akunnya dulu." in ask(inspector, 422, akun="")


@pytest.mark.parametrize("kind", RoleKind)
def test_who_may_ask(story: Story, account: Account, kind: RoleKind) -> None:
    bound = kind in {RoleKind.UNIT_HEAD, RoleKind.OFFICER, RoleKind.CONTRIBUTOR}
    user = a_user(kind, story.unit if bound else None, government=story.unit.government)
    asks = kind not in {RoleKind.OFFICER, RoleKind.CONTRIBUTOR}
    ask(user, 200 if asks else 403, akun=account.url)


def test_a_head_asks_about_the_own_offices_only(story: Story, account: Account) -> None:
    head = a_user(RoleKind.UNIT_HEAD, an_office("Kelurahan Lain"))
    ask(head, 403, akun=account.url)
    own = a_user(RoleKind.UNIT_HEAD, story.unit)
    assert account.shown in ask(own)


def test_identity_numbers_stay_with_those_who_see_the_file(story: Story, account: Account) -> None:
    lilis = story.appoint("Lilis Suryani", JANUARY)
    reader = a_user(RoleKind.READER, government=story.unit.government)
    page = ask(reader, akun=account.url)
    assert "Lilis Suryani" in page
    assert lilis.masked_identity not in page
