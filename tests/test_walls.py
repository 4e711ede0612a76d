"""Who may see what: every role, on every address, over the things of every place.

Pages are found by asking Django for its URLs, so a new page stands before these walls at once.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.urls import reverse

from kanal.directory.models import UNIT_ROLES, RoleKind
from tests.factories import a_clerk, an_office
from tests.walls.addresses import TICKET, pages
from tests.walls.crawl import (
    SIGNED_OUT,
    WITHOUT_ROLE,
    Crawl,
    Visit,
    leave_upload,
    quiet,
    signed_in,
)
from tests.walls.houses import FAR, HERE, NEXT_DOOR, WORDS

pytestmark = pytest.mark.django_db

ROLES = {str(kind) for kind in RoleKind}
BOUND = {str(kind) for kind in UNIT_ROLES}
# What the whole government may know of each of its offices.
OF_ALL_OFFICES = {
    "compliance:board",
    "compliance:paper",
    "compliance:sheet",
    "desk:unit",
    "digests:edition",
    "digests:pdf",
    "digests:sheet",
    "digests:sheets",
    "directory:units",
    "directory:units-csv",
    "directory:units-xlsx",
}
# They answer for machines or for a sign-in under way, not for a reader.
ELSEWHERE = {"sehat", "desk:home"}


def listed(visits: Iterable[Visit]) -> str:
    return "\n".join(str(visit) for visit in visits)


def ours(crawled: Crawl) -> list[Visit]:
    """Without allauth's pages, which are about nobody but the one who asks."""
    return [visit for visit in crawled.visits if not visit.page.is_own_sign_in]


def test_nothing_breaks(crawled: Crawl) -> None:
    assert not listed(v for v in crawled.visits if v.status >= 500 and v.page.name != "sehat")


def test_every_address_leads_somewhere(crawled: Crawl) -> None:
    """Else the walls around it would stand before nothing."""
    reached = {v.page.name for v in ours(crawled) if v.place != FAR and not v.is_turned_away}
    known = {page.name for page in pages() if not page.is_own_sign_in}
    assert known - reached == set()


def test_a_role_opens_what_it_is_declared_to_open(crawled: Crawl) -> None:
    assert not listed(
        visit
        for visit in ours(crawled)
        if visit.who in ROLES
        and visit.place not in (NEXT_DOOR, FAR)
        and not visit.page.is_open
        and (visit.who in visit.page.permission.roles) != (visit.status not in (403, 404))
    )


def test_whoever_lacks_the_role_is_refused_before_anything_is_looked_up(crawled: Crawl) -> None:
    assert not listed(
        visit
        for visit in ours(crawled)
        if visit.who in ROLES | {WITHOUT_ROLE}
        and not visit.page.is_open
        and visit.who not in visit.page.permission.roles
        and visit.status != 403
    )


def test_signed_out_everything_else_leads_to_the_sign_in(crawled: Crawl) -> None:
    assert not listed(
        visit
        for visit in ours(crawled)
        if visit.who == SIGNED_OUT and not visit.page.is_open and not visit.is_sent_to_sign_in
    )


def test_another_government_is_as_good_as_none(crawled: Crawl) -> None:
    assert not listed(
        visit
        for visit in crawled.of(FAR)
        if not visit.page.is_open and not visit.is_turned_away and visit.status != 405
    )


def test_no_page_behind_the_sign_in_names_another_government(crawled: Crawl) -> None:
    word = WORDS[FAR].lower()
    assert not listed(
        v for v in ours(crawled) if not v.page.is_open and word in v.text.lower() + v.location
    )


def test_public_pages_name_nobody_of_another_government(crawled: Crawl) -> None:
    assert crawled.strangers
    assert not listed(v for v in ours(crawled) if any(name in v.text for name in crawled.strangers))


def test_another_office_keeps_its_letters_accounts_and_people(crawled: Crawl) -> None:
    assert not listed(
        visit
        for visit in crawled.of(NEXT_DOOR)
        if visit.who in BOUND
        and not visit.page.is_open
        and visit.page.name not in OF_ALL_OFFICES
        and not visit.is_turned_away
        and visit.status != 405
    )


def test_lists_of_one_office_hold_nothing_of_another(crawled: Crawl) -> None:
    word = WORDS[NEXT_DOOR].lower()
    assert not listed(
        visit
        for visit in ours(crawled)
        if visit.who in BOUND
        and not visit.page.is_open
        and visit.page.name not in OF_ALL_OFFICES
        and word in visit.text.lower()
    )


def test_a_waiting_upload_is_shown_to_the_session_that_sent_it_alone() -> None:
    """Not even to the same person elsewhere, who may know the ticket."""
    clerk = a_clerk(an_office())
    path = reverse("intake:waiting-file", args=[TICKET, 0])
    sender, elsewhere = signed_in(clerk), signed_in(clerk)
    leave_upload(sender)
    with quiet():
        assert [client.get(path).status_code for client in (sender, elsewhere)] == [200, 404]


def test_the_town_is_worth_looking_at(crawled: Crawl) -> None:
    """Each role saw its own office, and the government's verifier the office next door."""
    for place, who in [(HERE, ROLES), (NEXT_DOOR, {"verifier"})]:
        shown = {v.who for v in crawled.of(place) if WORDS[place].lower() in v.text.lower()}
        assert who <= shown
