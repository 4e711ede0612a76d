"""An office acts; the journal writes it down once and lets nobody touch it."""

from dataclasses import dataclass
from datetime import UTC, date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kanal.journal import canonical
from kanal.journal.actions import SYSTEM, Deed, OutsideTransaction, record, record_many
from kanal.journal.models import Entry, Waiting
from kanal.journal.stored import rows_of
from kanal.journal.tests.conftest import NOW, write, write_some


@dataclass(frozen=True)
class Official:
    pk: int
    journal_name: str


@pytest.mark.django_db
def test_a_verifier_accepts_a_letter():
    siti = Official(7, "Siti Rahmawati")
    began = timezone.now()
    with transaction.atomic():
        entry = record(
            verb="accept-letter",
            by=siti,
            government=1,
            subject="letter:12",
            unit="31.71.01",
            letter="12/-1.823.5",
            before={"state": "received"},
            after={"state": "accepted", "on": date(2018, 4, 2)},
        )
    kept = Entry.objects.get(pk=entry.pk)
    assert (kept.actor_id, kept.actor_name) == (7, "Siti Rahmawati")
    assert kept.after == {"state": "accepted", "on": "2018-04-02"}
    assert began - timedelta(seconds=1) < kept.at < timezone.now() + timedelta(seconds=1)
    assert Waiting.objects.filter(pk=entry.pk).exists()


@pytest.mark.django_db
def test_nobody_chooses_the_instant_or_the_hash():
    entry = Entry(verb="x", actor_name="x", at=NOW, leaf=b"\x00" * 32)
    entry.save()
    entry.refresh_from_db()
    assert entry.at > NOW
    kept, computed = rows_of([entry.pk])[entry.pk]
    assert kept == computed != b"\x00" * 32


@pytest.mark.django_db(transaction=True)
def test_a_row_outside_a_transaction_is_refused():
    with pytest.raises(OutsideTransaction):
        record(verb="accept-letter", by=SYSTEM)
    with pytest.raises(OutsideTransaction):
        record_many(by=SYSTEM, deeds=[Deed(verb="import-units")])
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_rolled_back_leaves_no_row():
    with transaction.atomic():
        record(verb="accept-letter", by=SYSTEM)
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    assert not Waiting.objects.exists()


@pytest.mark.django_db
def test_one_deed_costs_one_statement(django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(1):
        record(verb="accept-letter", by=SYSTEM, after={"state": "accepted"})


@pytest.mark.django_db
def test_an_import_writes_its_rows_together(django_assert_max_num_queries):
    deeds = [Deed(verb="import-unit", unit=str(number)) for number in range(2500)]
    with django_assert_max_num_queries(6):
        assert record_many(by=SYSTEM, deeds=deeds) == 2500
    assert Waiting.objects.count() == 2500


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["journal_entry", "journal_seal"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET key_or_note = key_or_note",
        "DELETE FROM {}",
        "DELETE FROM {} WHERE false",
        "TRUNCATE {}",
    ],
)
def test_the_owner_cannot_change_or_empty_it(table, statement):
    column = "note" if table == "journal_entry" else "key"
    write_some(1)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_whole")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(statement.format(table).replace("key_or_note", column))
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_a_session_that_calls_itself_a_replica_is_refused_too():
    write_some(1)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute("DELETE FROM journal_entry")


printable = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
facts = st.none() | st.dictionaries(
    printable,
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
        | printable,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(printable, inner, max_size=3),
        max_leaves=5,
    ),
    max_size=4,
)  # fmt: skip


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deed=st.builds(
    Deed, verb=printable, government=st.none() | st.integers(-(2**63), 2**63 - 1),
    subject=printable, unit=printable, letter=printable, before=facts, after=facts, note=printable,
))  # fmt: skip
def test_the_database_and_the_verifier_hash_the_same_bytes(deed):
    with transaction.atomic():
        record_many(by=SYSTEM, deeds=[deed])
    newest = Entry.objects.latest("pk")
    kept, computed = rows_of([newest.pk])[newest.pk]
    assert kept == computed


@given(st.lists(st.none() | printable, min_size=12, max_size=12), st.integers(0, 11), printable)
def test_two_different_rows_never_have_the_same_bytes(values, place, other):
    changed = [*values[:place], other, *values[place + 1 :]]
    same = canonical.entry_bytes(values) == canonical.entry_bytes(changed)
    assert same == (values == changed)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(instant=st.datetimes(timezones=st.just(UTC)))
def test_instants_are_written_as_postgresql_writes_them(instant):
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM %s::timestamptz)::text", [instant])
        assert cursor.fetchone() == (canonical.instant_text(instant),)


@pytest.mark.django_db
def test_reading_the_journal_of_one_office():
    write(
        Deed(verb="declare-account", government=1, unit="31.71.01"),
        Deed(verb="accept-letter", government=1, unit="31.71.02", letter="4/-1.823.5"),
        Deed(verb="accept-letter", government=2, unit="31.71.01", letter="4/-1.823.5"),
    )
    ours = Entry.objects.of(1)
    assert [entry.verb for entry in ours.newest_first()] == ["accept-letter", "declare-account"]
    assert ours.in_units(["31.71.01"]).get().verb == "declare-account"
    assert ours.under_letter("4/-1").get().unit == "31.71.02"
    assert ours.saying("accept-letter").count() == 1
    assert ours.by_actor("kanal").count() == 2
    today = timezone.localdate()
    assert ours.since(today).until(today).count() == 2
    assert not ours.until(today - timedelta(days=1)).exists()
    newest, oldest = ours.newest_first()
    assert list(ours.newest_first().before_row(newest.at, newest.pk)) == [oldest]
