import pytest
from pytest_django import Settings

from kanal.directory.loading import load_jakarta
from kanal.directory.models import Government, RoleKind, Unit, UnitClass, User
from kanal.journal.actions import SYSTEM
from tests.factories import a_government, a_user, an_office


@pytest.fixture(autouse=True)
def quick_hashing(settings: Settings) -> None:
    """These tests make many users and sign in with few passwords."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def province() -> Government:
    return a_government()


@pytest.fixture
def root(province: Government) -> Unit:
    return an_office("Pemerintah Provinsi", code="31", unit_class=UnitClass.GOVERNMENT, path="/31/")


@pytest.fixture
def tebet(root: Unit) -> Unit:
    return an_office("Kecamatan Tebet", code="31.74.01", unit_class=UnitClass.DISTRICT, parent=root)


@pytest.fixture
def admin(province: Government) -> User:
    return a_user(RoleKind.ADMINISTRATOR, government=province, name="Admin Contoh")


@pytest.fixture
def verifier(province: Government) -> User:
    return a_user(RoleKind.VERIFIER, government=province)


@pytest.fixture
def officer(tebet: Unit) -> User:
    return a_user(RoleKind.OFFICER, tebet, name="Dimas Arkananta")


@pytest.fixture
def jakarta(db: None) -> Government:
    """The real offices, as `kanal up` loads them."""
    return load_jakarta(by=SYSTEM)
