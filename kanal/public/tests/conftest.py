import pytest
from django.core.cache import cache

from kanal.directory.models import Government, Unit
from kanal.public.tests import office


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    cache.clear()


@pytest.fixture
def jakarta(db) -> Government:
    return office.government()


@pytest.fixture
def health(jakarta) -> Unit:
    """Dinas Kesehatan with its Instagram account verified."""
    found = office.unit(jakarta, "31-DIN-KES", "Dinas Kesehatan Provinsi DKI Jakarta")
    office.account(found, "@dinkes.contoh", "instagram")
    return found
