"""The pages: months, one sheet, its making, its recipients; and the link that ends the mail."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kanal.digests import making, sending, subscriptions, tokens
from kanal.digests.models import Making, Sheet, Step, Subscription
from kanal.digests.months import Month
from kanal.digests.tests.story import OCTOBER, SEPTEMBER, a_sheet, asked
from kanal.directory.models import Government, RoleKind, User
from kanal.lib.dates import today
from kanal.post.models import Outgoing, State
from tests.factories import a_government, a_user, an_office

pytestmark = pytest.mark.django_db

LIST = reverse("digests:sheets")
PAGE = reverse("digests:sheet", args=[OCTOBER])


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def verifier(jakarta: Government) -> User:
    return a_user(RoleKind.VERIFIER, government=jakarta)


def test_an_empty_list_says_what_to_do(jakarta: Government, sekda: User, admin: User) -> None:
    assert "hari kerja pertama" in client_of(sekda).get(LIST).content.decode()
    assert reverse("digests:make") in client_of(admin).get(LIST).content.decode()


def test_the_months_stand_with_their_numbers(jakarta: Government, sekda: User) -> None:
    a_sheet(jakarta, SEPTEMBER)
    a_sheet(jakarta)
    page = client_of(sekda).get(LIST).content.decode()
    assert page.index("Oktober 2026") < page.index("September 2026")
    assert "dari 5 kantor lengkap" in page
    assert 'class="garis"' in page


def test_the_list_costs_the_same_however_many_months(
    jakarta: Government, sekda: User, django_assert_max_num_queries: object
) -> None:
    a_sheet(jakarta, SEPTEMBER)
    a_sheet(jakarta)
    client = client_of(sekda)
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        client.get(LIST)


def test_one_sheet_says_the_same_as_its_paper(jakarta: Government, sekda: User) -> None:
    a_sheet(jakarta)
    answer = client_of(sekda).get(PAGE)
    page = " ".join(answer.content.decode().split())
    assert "<b>1</b> dari 5 kantor yang punya akun sudah lengkap." in page
    assert "lewat batas 16 Oktober 2026." in page
    assert "Kelurahan Empat" in page
    assert [step.rung.count for step in answer.context["steps"]] == [7, 5, 3, 2, 1]


def test_it_is_read_in_english_too(jakarta: Government, sekda: User) -> None:
    a_sheet(jakarta)
    client = client_of(sekda)
    client.cookies["django_language"] = "en"
    assert "October 2026" in client.get(PAGE).content.decode()


def test_the_paper_is_given_out_as_it_was_kept(jakarta: Government, sekda: User) -> None:
    sheet = a_sheet(jakarta)
    path = reverse("digests:pdf", args=[OCTOBER, 1])
    answer = client_of(sekda).get(f"{path}?unduh=1")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-1.7")
    assert sheet.file_name in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("path", ["lembar/2026-13/", "lembar/2026-09/", "lembar/2026-10/edisi/7/"])
def test_what_is_not_there_leads_nowhere(jakarta: Government, sekda: User, path: str) -> None:
    a_sheet(jakarta)
    assert client_of(sekda).get(f"/{path}").status_code == 404


def test_another_governments_sheet_is_none_of_ours(jakarta: Government) -> None:
    a_sheet(jakarta)
    stranger = a_user(RoleKind.ADMINISTRATOR, government=a_government(code="32", name="Lain"))
    for path in (PAGE, reverse("digests:pdf", args=[OCTOBER, 1])):
        assert client_of(stranger).get(path).status_code == 404


def test_an_earlier_edition_says_that_it_was_replaced(jakarta: Government, sekda: User) -> None:
    first = a_sheet(jakarta)
    Sheet.objects.filter(pk=first.pk).update(figures=first.figures | {"changes": {}})
    a_sheet(jakarta, reason="Tanda terima terlambat dicatat")
    assert "Tanda terima terlambat dicatat" in client_of(sekda).get(PAGE).content.decode()
    old = client_of(sekda).get(reverse("digests:edition", args=[OCTOBER, 1]))
    assert "sudah diganti edisi 2" in old.content.decode()


def test_progress_is_told_while_it_is_made(jakarta: Government, sekda: User) -> None:
    row = asked(jakarta)
    Making.objects.filter(pk=row.pk).update(step=Step.COUNTING, units_done=2, units_all=7)
    page = client_of(sekda).get(LIST).content.decode()
    assert "2 dari 7 kantor" in page
    assert 'max="7" value="2"' in page
    assert "Muat ulang" in page


def test_what_could_not_be_made_is_told_to_whoever_asked(
    jakarta: Government, sekda: User, admin: User
) -> None:
    a_sheet(jakarta)
    making.make(asked(jakarta, reason="Coba lagi", by=admin))
    assert "Angkanya sama dengan edisi terakhir" in client_of(admin).get(LIST).content.decode()
    assert "Angkanya sama" not in client_of(sekda).get(LIST).content.decode()


def test_an_administrator_looks_first_and_then_makes_and_sends(
    jakarta: Government, sekda: User, admin: User
) -> None:
    client, month = client_of(admin), Month.of(today()).before
    page = client.get(reverse("digests:make")).content.decode()
    assert sekda.email in page
    picture = client.get(reverse("digests:picture"), {"bulan": str(month)})
    assert picture["Content-Type"] == "image/png"
    assert not Sheet.objects.exists()
    client.post(reverse("digests:make"), {"month": str(month), "kirim": "1"})
    assert making.drain() == 1
    assert Outgoing.objects.get().to == sekda.email
    assert client.post(reverse("digests:make"), {"month": str(month)}).status_code == 422


def test_the_present_month_is_not_offered(jakarta: Government, admin: User) -> None:
    given = {"month": str(Month.of(today())), "kirim": "1"}
    assert client_of(admin).post(reverse("digests:make"), given).status_code == 422
    assert not Making.objects.exists()


def test_made_first_and_sent_later(jakarta: Government, sekda: User, admin: User) -> None:
    a_sheet(jakarta)
    client = client_of(admin)
    assert sekda.email in client.get(reverse("digests:sent", args=[OCTOBER])).content.decode()
    client.post(reverse("digests:send", args=[OCTOBER]))
    message = Outgoing.objects.get()
    Outgoing.objects.filter(pk=message.pk).update(state=State.BOUNCED, sent_at=timezone.now())
    page = client.get(reverse("digests:sent", args=[OCTOBER])).content.decode()
    assert sekda.name in page
    assert "Kembali" in page
    assert client.post(reverse("digests:send", args=[OCTOBER])).status_code == 409


def test_another_edition_needs_a_reason(jakarta: Government, admin: User) -> None:
    a_sheet(jakarta)
    path = reverse("digests:correct", args=[OCTOBER])
    assert client_of(admin).post(path, {"reason": " "}).status_code == 422
    client_of(admin).post(path, {"reason": "Tanda terima terlambat dicatat"})
    assert Making.objects.get(ended_at=None).reason == "Tanda terima terlambat dicatat"


@pytest.mark.parametrize("kind", [RoleKind.READER, RoleKind.VERIFIER, RoleKind.INSPECTOR])
def test_only_an_administrator_makes(jakarta: Government, kind: RoleKind) -> None:
    client = client_of(a_user(kind, government=jakarta))
    assert client.get(reverse("digests:make")).status_code == 403
    assert client.get(reverse("digests:picture")).status_code == 403


def test_a_verifier_keeps_the_list(jakarta: Government, sekda: User, verifier: User) -> None:
    clerk = a_user(RoleKind.OFFICER, an_office(government=jakarta))
    client, path = client_of(verifier), reverse("digests:recipients")
    assert client.post(path, {"email": clerk.email.upper()}).status_code == 302
    client.post(reverse("digests:remove", args=[sekda.pk]))
    assert [user.pk for user in subscriptions.recipients(jakarta.pk)] == [clerk.pk]
    assert client.post(path, {"email": "tidak.ada@contoh.go.id"}).status_code == 422
    assert client_of(clerk).get(path).status_code == 403


def test_nobody_of_another_government_is_added(jakarta: Government, verifier: User) -> None:
    stranger = a_user(RoleKind.READER, government=a_government(code="32", name="Lain"))
    client = client_of(verifier)
    assert client.post(reverse("digests:recipients"), {"email": stranger.email}).status_code == 422
    assert client.post(reverse("digests:remove", args=[stranger.pk])).status_code == 404
    assert not Subscription.objects.exists()


def test_ones_own_subscription(jakarta: Government, sekda: User) -> None:
    client = client_of(sekda)
    client.post(reverse("digests:own"), {"mau": "tidak"})
    assert not subscriptions.gets_it(sekda)
    client.post(reverse("digests:own"), {})
    assert not subscriptions.gets_it(sekda)
    client.post(reverse("digests:own"), {"mau": "ya"})
    assert subscriptions.gets_it(sekda)


def strict() -> Client:
    """A mail program or a stranger's browser: no session, and every cookie checked."""
    return Client(enforce_csrf_checks=True)


def test_opening_the_link_changes_nothing_and_asks(sekda: User) -> None:
    path = tokens.address(sekda).removeprefix("http://127.0.0.1:8000")
    answer = strict().get(path)
    assert "Ya, berhenti" in answer.content.decode()
    assert answer.cookies == {}
    assert sekda.email not in answer.content.decode()
    assert subscriptions.gets_it(sekda)


def test_one_click_ends_it_without_a_cookie(sekda: User) -> None:
    path = tokens.address(sekda).removeprefix("http://127.0.0.1:8000")
    for _twice in range(2):
        answer = strict().post(
            path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )
        assert (answer.status_code, answer.cookies) == (200, {})
    assert not subscriptions.gets_it(sekda)
    assert Subscription.objects.get().is_own


def test_a_switched_off_users_link_still_ends_it(sekda: User) -> None:
    User.objects.filter(pk=sekda.pk).update(is_active=False)
    path = tokens.address(sekda).removeprefix("http://127.0.0.1:8000")
    assert strict().post(path).status_code == 200


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "1",
        "1:",
        ":",
        "1:abc",
        "1:1:1",
        "9" * 400,
        "%00",
        "1%0d%0aSet-Cookie:x",
        "../../1",
        "１:abc",
    ],
)
def test_a_link_made_up_ends_nothing(sekda: User, token: str) -> None:
    _ends_nothing(token)


@pytest.mark.parametrize(
    ("salt", "text"),
    [
        ("something else", "1"),
        ("kanal.digests.unsubscribe", "abc"),
        ("kanal.digests.unsubscribe", "999999999999999999999999"),
        ("kanal.digests.unsubscribe", "-1"),
    ],
)
def test_a_link_signed_for_something_else_ends_nothing(sekda: User, salt: str, text: str) -> None:
    _ends_nothing(Signer(salt=salt).sign(text))


def _ends_nothing(token: str) -> None:
    for method in ("get", "post"):
        answer = getattr(strict(), method)(f"/lembar/berhenti/{token}/")
        assert answer.status_code == 404
    assert not Subscription.objects.exists()


def test_one_persons_link_does_not_end_anothers(sekda: User, admin: User) -> None:
    subscriptions.decide_own(wants=True, by=admin)
    mine, theirs = tokens.token_of(sekda), tokens.token_of(admin)
    forged = f"{admin.pk}:{mine.partition(':')[2]}"
    assert theirs != forged
    assert strict().post(f"/lembar/berhenti/{forged}/").status_code == 404
    strict().post(f"/lembar/berhenti/{mine}/")
    assert subscriptions.gets_it(admin)


def test_a_sheet_kept_by_an_earlier_version_still_opens(jakarta: Government, sekda: User) -> None:
    """Sheets stay for good: what they hold may lack what later versions count."""
    sheet = a_sheet(jakarta)
    board = {
        "first": "2026-09-13",
        "stages": {"kelurahan": {"lengkap": 1, "belum": 2, "belum_lapor": 2}},
        "late": {"kelurahan": 1},
        "soft": {"kelurahan": {"2026-10-05": 1}},
        "districts": {"31.73.07": [5, 3, 1]},
    }
    Sheet.objects.filter(pk=sheet.pk).update(figures=sheet.figures | {"board": board})
    for path in (LIST, PAGE):
        assert client_of(sekda).get(path).status_code == 200


def test_months_as_addresses() -> None:
    assert str(Month.of(date(2026, 10, 31))) == "2026-10"
    assert (OCTOBER.last, OCTOBER.before, OCTOBER.after.first) == (
        date(2026, 10, 31),
        SEPTEMBER,
        date(2026, 11, 1),
    )
    assert [str(month) for month in Month.of(date(2026, 1, 5)).back(2)] == ["2025-11", "2025-12"]
    assert sending.KIND == "digest"
