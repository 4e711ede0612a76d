from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from kanal.circulars.tests.story import a_mandate, an_admin
from kanal.directory.models import Government, User
from kanal.mandates.models import Mandate
from tests.factories import a_government


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def jakarta(db: None) -> Government:
    return a_government()


@pytest.fixture
def mandate(jakarta: Government) -> Mandate:
    return a_mandate(jakarta)


@pytest.fixture
def admin(jakarta: Government, mandate: Mandate) -> User:
    return an_admin(jakarta)


@pytest.fixture
def desk(admin: User) -> Client:
    client = Client()
    client.force_login(admin)
    return client
