"""The frame around the pages: who sees which places, and where each role begins."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone

from kanal.desk.context import Frame
from kanal.desk.places import MENUS, OWN_UNIT
from kanal.directory.models import Government, RoleKind, Unit, User
from kanal.directory.permissions import OPEN

pytestmark = pytest.mark.django_db


@pytest.fixture
def jakarta() -> Government:
    return Government.objects.create(
        code="31", name="Pemerintah Provinsi DKI Jakarta", short_name="Pemprov DKI Jakarta"
    )


@pytest.fixture
def village(jakarta) -> Unit:
    return Unit.objects.create(
        government=jakarta,
        code="31.73.07.1001",
        name="Kelurahan Palmerah",
        unit_class="kelurahan",
        path="/31.73.07.1001/",
    )


def somebody(
    government: Government, kind: str = "", unit: Unit | None = None, sample: bool = False
) -> User:
    user = User.objects.create(
        government=government, email=f"{kind}@contoh.id", name="Ratna Dewanti", is_sample=sample
    )
    if kind:
        user.roles.create(
            kind=kind,
            unit=unit,
            starts_at=timezone.now() - timedelta(days=1),
            granted_by_name="uji",
        )
    return user


def test_without_signing_in_the_first_page_is_the_public_check(client):
    assert client.get("/").headers["Location"] == reverse("public:check")


@pytest.mark.parametrize(
    "kind",
    [RoleKind.VERIFIER, RoleKind.READER, RoleKind.ADMINISTRATOR, RoleKind.INSPECTOR],
)
def test_who_looks_at_all_offices_begins_at_the_board(client, jakarta, kind):
    client.force_login(somebody(jakarta, kind))
    assert client.get("/").headers["Location"] == reverse("compliance:board")


@pytest.mark.parametrize("kind", [RoleKind.OFFICER, RoleKind.UNIT_HEAD, RoleKind.CONTRIBUTOR])
def test_who_belongs_to_one_office_begins_there(client, jakarta, village, kind):
    client.force_login(somebody(jakarta, kind, village))
    assert client.get("/").headers["Location"] == "/instansi/31.73.07.1001/"


def test_without_a_role_one_is_told_whom_to_ask(client, jakarta):
    client.force_login(somebody(jakarta))
    page = client.get("/", follow=True).content.decode()
    assert "belum diberi peran" in page


def test_a_role_that_ended_opens_nothing(client, jakarta):
    user = somebody(jakarta, RoleKind.VERIFIER)
    user.roles.update(ends_at=timezone.now() - timedelta(seconds=1))
    client.force_login(user)
    assert client.get("/").headers["Location"] == reverse("public:check")


def frame_of(user: User, path: str = "/cek/") -> Frame:
    request = RequestFactory().get(path)
    request.user = user
    return Frame(request)


def test_five_places_at_most_and_each_role_its_own(jakarta, village):
    head = frame_of(somebody(jakarta, RoleKind.UNIT_HEAD, village))
    admin = frame_of(somebody(jakarta, RoleKind.ADMINISTRATOR))
    reader = frame_of(somebody(jakarta, RoleKind.READER))
    for frame in (head, admin, reader):
        assert 0 < len(frame.items) <= 5
    assert "/instansi/31.73.07.1001/" in [item.url for item in head.items]
    assert reverse("directory:users") in [item.url for item in admin.more]
    assert reverse("directory:users") not in [item.url for item in (*reader.items, *reader.more)]


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        (kind, place)
        for kinds, (header, menu) in MENUS
        for kind in kinds
        for place in (*header, *menu)
    ],
    ids=lambda value: getattr(value, "view", str(value)),
)
def test_no_menu_leads_to_a_closed_door(kind, place):
    address = reverse(place.view, args=["31"] if place is OWN_UNIT else [])
    permission = resolve(address).func.permission
    assert permission == OPEN or kind in permission.roles


def test_the_place_one_is_in_is_marked_once(jakarta):
    frame = frame_of(somebody(jakarta, RoleKind.VERIFIER), "/cek/kantor/")
    assert [item.current for item in frame.items if item.url == "/cek/"] == ["true"]
    assert len([item for item in (*frame.items, *frame.more) if item.current]) == 1


def test_the_whole_frame_asks_the_database_once(jakarta, django_assert_num_queries):
    frame = frame_of(somebody(jakarta, RoleKind.VERIFIER))
    assert frame.user
    assert frame.user.kinds  # the permission of every page reads the roles anyway
    with django_assert_num_queries(1):
        assert frame.items
        assert frame.more
        assert frame.government
        assert frame.role


def test_sample_data_is_marked_while_it_is_there(client, jakarta):
    assert "data contoh" not in client.get("/cek/").content.decode()
    somebody(jakarta, RoleKind.READER, sample=True)
    assert "data contoh" in client.get("/cek/").content.decode()


def test_a_refusal_leads_back_to_our_own_page_only(jakarta):
    request = RequestFactory().get("/cek/", headers={"referer": "http://testserver/surat/"})
    assert Frame(request).back == "http://testserver/surat/"
    request = RequestFactory().get("/cek/", headers={"referer": "https://jahat.example/"})
    assert Frame(request).back == ""


def test_the_menu_signs_out_without_javascript(client, jakarta):
    client.force_login(somebody(jakarta, RoleKind.VERIFIER))
    assert f'action="{reverse("account_logout")}"' in client.get("/cek/").content.decode()
    client.post(reverse("account_logout"))
    assert client.get("/").headers["Location"] == reverse("public:check")
