"""Rows are joined under signed heads, whatever the order in which they commit."""

import json
import os
import threading
from datetime import timedelta
from random import Random
from time import sleep

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from kanal.journal import heads, inclusion, sealing, signing
from kanal.journal.actions import SYSTEM, record
from kanal.journal.jobs import seal_waiting
from kanal.journal.models import Entry, Seal, Waiting
from kanal.journal.sealing import HeadsDisagree, SealingKeyMissing
from kanal.journal.stored import NotInJournal, NotSealedYet, prove
from kanal.journal.tests.conftest import NOW, findings, seal, write_some


@pytest.mark.django_db
def test_nothing_to_seal_makes_nothing(data_folder):
    assert seal() == 0
    assert not list(data_folder.iterdir())


@pytest.mark.django_db
def test_rows_are_sealed_once_and_heads_are_chained():
    write_some(3)
    assert seal() == 3
    assert seal() == 0
    write_some(2)
    assert seal() == 2
    first, second = Seal.objects.order_by("number")
    assert (first.number, second.number, second.total) == (1, 2, 5)
    assert bytes(second.previous) == bytes(first.head)
    assert not Waiting.objects.exists()
    assert findings() == []
    assert sealing.state() == sealing.State(seals=2, sealed_rows=5, last_sealed=NOW, waiting=0)


@pytest.mark.django_db
def test_a_large_import_is_sealed_in_several_batches(monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 10)
    write_some(25)
    assert seal() == 25
    assert [s.count for s in Seal.objects.order_by("number")] == [10, 10, 5]
    assert findings() == []


@pytest.mark.django_db
def test_the_key_is_made_once_and_for_its_owner_only(data_folder):
    write_some(1)
    seal()
    made = signing.key_file().read_bytes()
    assert os.stat(signing.key_file()).st_mode & 0o777 == 0o600
    write_some(1)
    seal()
    assert signing.key_file().read_bytes() == made
    with pytest.raises(FileExistsError):
        signing.make_key()


@pytest.mark.django_db
def test_without_the_key_rows_wait_until_somebody_decides(data_folder):
    write_some(1)
    seal()
    signing.key_file().unlink()
    write_some(1)
    with pytest.raises(SealingKeyMissing):
        seal()
    assert Waiting.objects.count() == 1
    assert sealing.seal(now=NOW, new_key=True) == 1
    assert len(signing.read_public(signing.public_file())) == 2
    assert findings() == []


@pytest.mark.django_db
def test_another_machines_key_does_not_go_on_with_our_seals():
    write_some(1)
    seal()
    signing.key_file().unlink()
    signing.make_key()
    write_some(1)
    with pytest.raises(SealingKeyMissing):
        seal()


@pytest.mark.django_db
def test_a_key_file_with_something_else_in_it_is_refused():
    signing.key_file().write_text("bukan kunci")
    write_some(1)
    with pytest.raises(signing.KeyUnreadable):
        seal()


@pytest.mark.django_db
def test_a_database_older_than_the_exported_heads_is_not_sealed_further(data_folder):
    write_some(1)
    seal()
    line = json.loads(sealing.heads_file().read_text())
    with sealing.heads_file().open("a") as file:
        file.write(json.dumps({**line, "number": "2"}) + "\n")
    write_some(1)
    with pytest.raises(HeadsDisagree):
        seal()
    assert Waiting.objects.count() == 1


@pytest.mark.django_db
def test_heads_a_power_cut_kept_back_or_tore_are_exported_later():
    for _ in range(3):
        write_some(1)
        seal()
    whole = sealing.heads_file().read_bytes()
    lines = whole.splitlines(keepends=True)
    sealing.heads_file().write_bytes(lines[0] + lines[1][:40])
    assert seal() == 0
    assert sealing.heads_file().read_bytes() == whole


@pytest.mark.django_db
def test_a_lost_heads_file_is_written_again_as_it_was():
    for _ in range(2):
        write_some(1)
        seal()
    whole = sealing.heads_file().read_bytes()
    sealing.heads_file().unlink()
    seal()
    assert sealing.heads_file().read_bytes() == whole


@pytest.mark.django_db
def test_an_unreadable_heads_file_stops_the_sealer():
    sealing.heads_file().write_text("bukan kepala\n")
    write_some(1)
    with pytest.raises(heads.LineUnreadable):
        seal()


@pytest.mark.django_db
def test_an_older_copy_of_the_heads_agrees_with_a_longer_journal(tmp_path):
    write_some(2)
    seal()
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(sealing.heads_file().read_bytes())
    write_some(2)
    seal()
    assert findings(heads=copy) == []


@pytest.mark.django_db
def test_one_row_is_proved_on_a_machine_without_the_database():
    write_some(6)
    seal()
    keys = signing.read_public(signing.public_file())
    for entry in Entry.objects.all():
        sent = json.loads(json.dumps(prove(entry.pk)))
        assert inclusion.holds(sent, keys)
        assert not inclusion.holds(sent, {})
        for change in (
            {"entry": {**sent["entry"], "actor_name": "Orang Lain"}},
            {"index": sent["index"] ^ 1},
            {"size": 7},
            {"path": sent["path"][1:]},
            {"seal": {**sent["seal"], "total": "9"}},
            {"seal": {**sent["seal"], "signature": "00" * 64}},
        ):
            assert not inclusion.holds({**sent, **change}, keys), change


@pytest.mark.django_db
def test_what_is_not_sealed_or_not_there_cannot_be_proved():
    write_some(1)
    with pytest.raises(NotSealedYet):
        prove(Entry.objects.get().pk)
    with pytest.raises(NotInJournal):
        prove(0)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_commits_late_with_a_lower_number_is_in_a_later_seal():
    written, may_commit = threading.Event(), threading.Event()
    slow: list[int] = []

    def write_slowly() -> None:
        with transaction.atomic():
            slow.append(record(verb="slow", by=SYSTEM).pk)
            written.set()
            may_commit.wait(10)
        connection.close()

    writer = threading.Thread(target=write_slowly)
    writer.start()
    written.wait(10)
    write_some(3)
    assert seal() == 3
    may_commit.set()
    writer.join()
    assert seal() == 1
    first, second = Seal.objects.order_by("number")
    assert second.ids == slow
    assert slow[0] < first.first
    assert findings() == []


@pytest.mark.django_db(transaction=True)
def test_four_writers_and_a_busy_sealer_miss_nothing():
    """Transactions hold their rows back for random moments, so they commit out of order."""
    each = 40

    def write(seed: int) -> None:
        random = Random(seed)
        for _ in range(each):
            with transaction.atomic():
                record(verb="write", by=SYSTEM, after={"seed": seed})
                sleep(random.random() * 0.01)
                if random.random() < 0.1:
                    transaction.set_rollback(True)
        connection.close()

    writers = [threading.Thread(target=write, args=(seed,)) for seed in range(4)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        seal()
    seal()
    sealed = [row for ids in Seal.objects.values_list("ids", flat=True) for row in ids]
    assert sorted(sealed) == sorted(Entry.objects.values_list("pk", flat=True))
    assert each < len(sealed) <= 4 * each
    assert findings() == []


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_do_not_seal_twice():
    write_some(200)
    counts: list[int] = []

    def work() -> None:
        counts.append(sealing.seal(now=NOW + timedelta(seconds=1)))
        connection.close()

    sealers = [threading.Thread(target=work) for _ in range(4)]
    for sealer in sealers:
        sealer.start()
    for sealer in sealers:
        sealer.join()
    assert sum(counts) == 200
    assert findings() == []


@pytest.mark.django_db
def test_workers_seal_every_five_seconds():
    (periodic,) = [
        task for task in app.periodic_registry.periodic_tasks.values() if task.task is seal_waiting
    ]
    ticks = periodic.croniter
    ticks.set_current(0)
    assert [ticks.get_next(float) for _ in range(3)] == [5, 10, 15]
    write_some(2)
    seal_waiting(timestamp=0)
    assert Seal.objects.get().count == 2
