"""What tests of the whole product share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.walls.crawl import Crawl, crawl, quiet
from tests.walls.houses import Town, build_town


@pytest.fixture(scope="session")
def crawled(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Crawl:
    """What everybody got to see: asked once, then the database is as it was."""
    folder = tmp_path_factory.mktemp("crawl")
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": folder / "files"}}
    ours = override_settings(
        DATA=folder,
        FILES=folder / "files",
        STORAGES={**settings.STORAGES, "default": default},
    )
    with ours, django_db_blocker.unblock(), transaction.atomic():
        found = crawl(build_town())
        transaction.set_rollback(True)
    return found


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    with quiet():
        yield build_town()
