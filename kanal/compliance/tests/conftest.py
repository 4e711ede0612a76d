import pytest
from django.test import Client

from kanal.compliance.tests.story import a_mandate
from kanal.directory.models import Government, RoleKind
from kanal.mandates.models import Mandate
from tests.factories import a_government, a_user


@pytest.fixture
def jakarta(db) -> Government:
    return a_government()


@pytest.fixture
def mandate(jakarta) -> Mandate:
    return a_mandate(jakarta)


@pytest.fixture
def governor(jakarta) -> Client:
    """Somebody who only reads, signed in."""
    client = Client()
    client.force_login(a_user(RoleKind.READER, government=jakarta))
    return client
