"""Somebody with the keys to the database changes history. The verifier finds it every time."""

from random import Random

import pytest
from django.db import transaction

from kanal.journal.tests import tampering
from kanal.journal.tests.conftest import findings, kinds, seal, write_some


class Undo(Exception):
    """Ends a try; the next begins with the honest journal."""


@pytest.fixture
def journal(db):
    """Three seals and two rows that wait."""
    for count in (5, 7, 4):
        write_some(count)
        seal()
    write_some(2)
    assert findings() == []


def found_after(name: str, random: Random) -> set[str]:
    found: set[str] = set()
    try:
        with transaction.atomic():
            tampering.TAMPERINGS[name](random)
            found = kinds()
            raise Undo
    except Undo:
        return found


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize("name", tampering.TAMPERINGS)
def test_every_way_to_tamper_is_found(name):
    found = found_after(name, Random(name))
    assert found
    assert "guard" not in found, "the hashes must tell, not the sleeping trigger"
    assert findings() == []


@pytest.mark.slow
@pytest.mark.usefixtures("journal")
def test_a_thousand_random_tamperings_are_found():
    random = Random(20180328)
    names = sorted(tampering.TAMPERINGS)
    missed = [name for name in random.choices(names, k=1000) if not found_after(name, random)]
    assert missed == []


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("edit after-name", "edited"),
        ("delete row", "deleted"),
        ("insert unseen", "stray"),
        ("edit seal ids-turned", "moved"),
        ("delete seal", "stray"),
        ("swap seals", "chain"),
        ("cut tail", "cut"),
        ("cut tail and grow another", "exported"),
        ("edit and rewrite with own key", "key"),
        ("edit and rewrite with stolen key", "exported"),
    ],
)
def test_the_finding_says_what_was_done(name, kind):
    assert kind in found_after(name, Random(1))


@pytest.mark.usefixtures("journal")
def test_the_finding_names_the_row_and_its_seal():
    with transaction.atomic():
        row = tampering.sealed_row(Random(3))
        tampering.run("UPDATE journal_entry SET note = 'tidak lengkap' WHERE id = %s", row)
        (finding,) = findings()
    assert f"baris {row} (segel " in str(finding.where)


@pytest.mark.usefixtures("journal")
def test_a_sleeping_trigger_is_itself_a_finding():
    with transaction.atomic(), tampering.connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_stays")
        assert kinds() == {"guard"}
