import pytest

from kanal.digests.tests.story import a_living_government
from kanal.directory.models import Government, RoleKind, User
from tests.factories import a_user


@pytest.fixture
def jakarta(db: None) -> Government:
    return a_living_government()


@pytest.fixture
def admin(jakarta: Government) -> User:
    return a_user(RoleKind.ADMINISTRATOR, government=jakarta, name="Ayu Administrator")


@pytest.fixture
def sekda(jakarta: Government) -> User:
    return a_user(
        RoleKind.READER, government=jakarta, name="Teguh Santoso", email="sekda@contoh.go.id"
    )
