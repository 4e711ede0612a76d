"""The auditor's command: what it prints and how it exits."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from kanal.journal import inclusion, sealing, signing
from kanal.journal.models import Entry
from kanal.journal.tests import tampering
from kanal.journal.tests.conftest import seal, write_some

pytestmark = pytest.mark.django_db


def verify(**options) -> str:
    out = StringIO()
    call_command("verify_journal", stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def broken(**options) -> tuple[str, str]:
    out = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("verify_journal", stdout=out, **options)
    assert refusal.value.returncode == 1
    return out.getvalue(), str(refusal.value)


def test_an_empty_journal_is_whole():
    assert "Jurnal utuh." in verify()


def test_a_whole_journal_with_rows_that_wait():
    write_some(3)
    seal()
    write_some(2)
    said = verify()
    assert "3 baris di 1 segel" in said
    assert "2 baris menunggu" in said
    assert "Jurnal utuh." in said


def test_an_edited_row_is_named():
    write_some(3)
    seal()
    row = Entry.objects.latest("pk").pk
    tampering.run("UPDATE journal_entry SET letter = '9/SE/2018' WHERE id = %s", row)
    said, verdict = broken()
    assert f"EDITED  baris {row} (segel 1)" in said
    assert "1 temuan" in verdict


def test_a_missing_heads_file_is_said_aloud():
    write_some(1)
    seal()
    sealing.heads_file().unlink()
    said, _verdict = broken()
    assert "BERKAS KEPALA" in said


def test_a_journal_without_known_keys_does_not_pass():
    write_some(1)
    seal()
    signing.public_file().unlink()
    said, _verdict = broken()
    assert "KEY  segel 1" in said


def test_the_key_given_is_the_key_believed(tmp_path):
    write_some(1)
    seal()
    copy = tmp_path / "copy.pem"
    signing.public_file().rename(copy)
    assert "Jurnal utuh." in verify(public_key=copy)
    copy.write_text("bukan kunci")
    assert "copy.pem" in broken(public_key=copy)[1]


def test_a_heads_file_that_is_not_there_or_not_readable(tmp_path):
    write_some(1)
    seal()
    assert "tidak-ada" in broken(heads=tmp_path / "tidak-ada")[1]
    torn = tmp_path / "torn.jsonl"
    torn.write_bytes(sealing.heads_file().read_bytes() + b"{}\n")
    assert "EXPORTED  berkas kepala, baris 2" in broken(heads=torn)[0]


def test_one_row_is_proved_on_paper():
    write_some(5)
    seal()
    row = Entry.objects.earliest("pk").pk
    proof = json.loads(verify(entry=row))
    assert proof["entry"]["id"] == str(row)
    assert inclusion.holds(proof, signing.read_public(signing.public_file()))


def test_an_edited_row_proves_nothing():
    write_some(5)
    seal()
    row = Entry.objects.earliest("pk").pk
    tampering.run("UPDATE journal_entry SET note = '' WHERE id = %s", row)
    assert "tidak berlaku" in broken(entry=row)[1]
    assert "belum" not in broken(entry=0)[1]


def test_the_office_seals_by_hand():
    write_some(2)
    out = StringIO()
    call_command("seal_journal", stdout=out)
    assert "2 baris disegel" in out.getvalue()
    signing.key_file().unlink()
    write_some(1)
    with pytest.raises(CommandError, match="--new-key"):
        call_command("seal_journal")
