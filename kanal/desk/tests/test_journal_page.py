"""Who may read the journal, and what they see there."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kanal.desk import journal_pages
from kanal.directory.models import RoleKind, User
from kanal.journal.actions import Deed, record, record_many
from tests.factories import GovernmentFactory, RoleFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db

READERS = {RoleKind.ADMINISTRATOR, RoleKind.VERIFIER, RoleKind.INSPECTOR}


def signed_in(kind: RoleKind, **facts) -> tuple[Client, User]:
    user = UserFactory(**facts)
    bound = kind in {RoleKind.UNIT_HEAD, RoleKind.OFFICER, RoleKind.CONTRIBUTOR}
    unit = UnitFactory(government=user.government) if bound else None
    RoleFactory(user=user, kind=kind, unit=unit)
    client = Client()
    client.force_login(user)
    return client, user


@pytest.fixture
def inspector() -> tuple[Client, User]:
    return signed_in(RoleKind.INSPECTOR, name="Ratna Dewanti")


def write(by: User, **facts) -> None:
    with transaction.atomic():
        record(by=by, **{"government": by.government_id, **facts})


def read(client: Client, **asked: str) -> str:
    answer = client.get(reverse("desk:journal"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("kind", RoleKind)
def test_only_those_who_account_for_the_register_read_it(kind):
    client, _user = signed_in(kind)
    allowed = client.get(reverse("desk:journal")).status_code == 200
    assert allowed == (kind in READERS)


def test_a_stranger_is_asked_to_sign_in():
    assert Client().get(reverse("desk:journal")).status_code == 302


def test_a_deed_is_told_in_a_sentence_with_its_letter_and_office(inspector):
    client, user = inspector
    unit = UnitFactory(government=user.government, name="Kelurahan Rawa Melati")
    write(
        user,
        verb="accept-letter",
        unit=unit.code,
        letter="12/-1.823.5",
        before={"state": "submitted", "officers": ["Wulan"]},
        after={"state": "accepted", "officers": ["Wulan"]},
    )
    page = read(client)
    assert "menerima surat" in page
    assert "Ratna Dewanti" in page
    assert "Kelurahan Rawa Melati" in page
    assert "12/-1.823.5" in page
    assert "<del>submitted</del> → <ins>accepted</ins>" in page
    assert "[&quot;Wulan&quot;]" in page


def test_an_unknown_verb_stands_as_it_was_written(inspector):
    client, user = inspector
    write(user, verb="water-plants")
    assert "water-plants" in read(client)


def test_another_governments_journal_stays_closed(inspector):
    client, _user = inspector
    other = UserFactory(government=GovernmentFactory(code="32", name="Jabar", short_name="Jabar"))
    write(other, verb="accept-letter", letter="99/RAHASIA")
    assert "99/RAHASIA" not in read(client)
    assert "99/RAHASIA" not in read(client, surat="99")


def test_filters_narrow_by_office_letter_person_verb_and_day(inspector):
    client, user = inspector
    unit = UnitFactory(government=user.government, name="Kecamatan Tanah Seribu")
    write(user, verb="accept-letter", unit=unit.code, letter="1/SURAT-SATU")
    write(user, verb="returned-letter", letter="2/SURAT-DUA")
    today = timezone.localdate()
    tomorrow = (today + timedelta(days=1)).isoformat()
    for asked in (
        {"kantor": "tanah seribu"},
        {"kantor": unit.code},
        {"surat": "surat-satu"},
        {"perbuatan": "accept-letter"},
    ):
        page = read(client, **asked)
        assert "1/SURAT-SATU" in page, asked
        assert "2/SURAT-DUA" not in page, asked
    for asked in ({"pelaku": "ratna"}, {"dari": today.isoformat(), "sampai": today.isoformat()}):
        page = read(client, **asked)
        assert "1/SURAT-SATU" in page, asked
        assert "2/SURAT-DUA" in page, asked
    assert "SURAT-" not in read(client, dari=tomorrow)
    assert "SURAT-" not in read(client, kantor="tidak ada kantor ini")


def test_a_day_that_is_none_is_refused_aloud(inspector):
    client, _user = inspector
    answer = client.get(reverse("desk:journal"), {"dari": "2018-13-01"})
    assert answer.status_code == 422


def test_pages_follow_one_another_without_gap_or_repeat(inspector, monkeypatch):
    monkeypatch.setattr(journal_pages, "PAGE", 4)
    client, user = inspector
    deeds = [Deed(verb=f"deed-{number:02}", government=user.government_id) for number in range(10)]
    with transaction.atomic():
        record_many(by=user, deeds=deeds)
    seen: list[str] = []
    address = reverse("desk:journal") + "?pelaku=ratna"
    while address:
        answer = client.get(address)
        seen += [line.entry.verb for line in answer.context["lines"]]
        older = answer.context["older"]
        address = reverse("desk:journal") + older if older else ""
    assert seen == [deed.verb for deed in reversed(deeds)]


@pytest.mark.parametrize("position", ["x", "~", "2018-01-01~", "2018-01-01T00:00:00~5", "~5"])
def test_a_mangled_position_shows_the_first_page(inspector, position):
    client, user = inspector
    write(user, verb="water-plants")
    assert "water-plants" in read(client, sebelum=position)


def test_the_number_of_queries_does_not_grow_with_the_rows(
    inspector, django_assert_max_num_queries
):
    client, user = inspector
    units = [UnitFactory(government=user.government) for _ in range(12)]
    for unit in units:
        write(user, verb="accept-letter", unit=unit.code, after={"state": "accepted"})
    with django_assert_max_num_queries(12):
        page = read(client)
    assert page.count("menerima surat") >= 12
