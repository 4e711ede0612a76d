"""What somebody with the database superuser's password could try. Each touches the real tables."""

from collections.abc import Callable
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from kanal.journal import canonical, merkle, signing
from kanal.journal.models import Seal
from kanal.journal.stored import rows_of

Tampering = Callable[[Random], None]

TEXTS = ("actor_name", "verb", "subject", "unit", "letter", "note")
NUMBERS = ("government", "actor_id")
EDITS = {
    **{f"{name}-space": f"{name} = {name} || ' '" for name in TEXTS},
    **{f"{name}-case": f"{name} = md5({name})" for name in TEXTS},
    **{f"{name}-number": f"{name} = coalesce({name}, 0) + 1" for name in NUMBERS},
    "id": "id = id + 1000000",
    "at": "at = at + interval '1 microsecond'",
    "at-century": "at = at - interval '2100 years'",
    "at-endless": "at = 'infinity'",
    "before-nothing": "before = NULL",
    "before-null": "before = 'null'",
    "after-name": """after = after || '{"by": "Budi Santosa"}'""",
    "after-extra": """after = after || '{"x": 1}'""",
    "after-number": """after = jsonb_set(after, '{at}', '1.10000001')""",
    "swapped-facts": "before = after, after = before",
    "swapped-texts": "unit = letter, letter = unit",
    "leaf": "leaf = sha256(leaf)",
}
SEAL_EDITS = {
    "number": "number = number + 100",
    "previous": "previous = sha256(previous)",
    "root": "root = sha256(root)",
    "count": "count = count + 1",
    "first": "first = first - 1",
    "last": "last = last + 1",
    "total": "total = total + 1",
    "at": "at = at - interval '1 microsecond'",
    "key": "key = '0000000000000000'",
    "ids-longer": "ids = ids || 999::bigint",
    "ids-shorter": "ids = ids[2:]",
    "ids-other": "ids[1] = 999",
    "ids-turned": "ids = ids[2:] || ids[1:1]",
    "leaves": "leaves = sha256(leaves) || substr(leaves, 33)",
    "leaves-shorter": "leaves = substr(leaves, 33)",
    "head": "head = sha256(head)",
    "signature": "signature = substr(signature, 2) || substr(signature, 1, 1)",
}


def run(statement: str, *values: object) -> None:
    """With the triggers asleep, and awake again afterwards so that only hashes can tell."""
    with connection.cursor() as cursor:
        for table in ("journal_entry", "journal_seal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER journal_entry_arrives")
        for table in ("journal_entry", "journal_seal"):
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_stays")


def any_row(random: Random) -> int:
    return random.choice(_column("SELECT id FROM journal_entry ORDER BY id"))


def sealed_row(random: Random) -> int:
    return random.choice(_column("SELECT unnest(ids) FROM journal_seal ORDER BY 1"))


def any_seal(random: Random) -> int:
    return random.choice(_column("SELECT number FROM journal_seal ORDER BY 1"))


def _column(query: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [value for (value,) in cursor.fetchall()]


def _edit(change: str) -> Tampering:
    def edit(random: Random) -> None:
        run(f"UPDATE journal_entry SET {change} WHERE id = %s", any_row(random))

    return edit


def _edit_with_right_hash(change: str) -> Tampering:
    def edit(random: Random) -> None:
        row = sealed_row(random)
        run(f"UPDATE journal_entry SET {change} WHERE id = %s", row)
        _kept, computed = rows_of([row])[row]
        run("UPDATE journal_entry SET leaf = %s WHERE id = %s", computed, row)

    return edit


def _edit_seal(change: str) -> Tampering:
    def edit(random: Random) -> None:
        run(f"UPDATE journal_seal SET {change} WHERE number = %s", any_seal(random))

    return edit


def delete_row(random: Random) -> None:
    run("DELETE FROM journal_entry WHERE id = %s", any_row(random))


def delete_sealed_row_and_its_mention(random: Random) -> None:
    row = sealed_row(random)
    run("DELETE FROM journal_entry WHERE id = %s", row)
    run("UPDATE journal_seal SET ids = array_remove(ids, %s::bigint)", row)


def swap_rows(random: Random) -> None:
    one, other = random.sample(_column("SELECT id FROM journal_entry"), 2)
    run(
        "UPDATE journal_entry a SET (at, verb, subject, after, leaf, note)"
        " = (SELECT b.at, b.verb, b.subject, b.after, b.leaf, b.note FROM journal_entry b"
        "    WHERE b.id IN (%s, %s) AND b.id <> a.id) WHERE a.id IN (%s, %s)",
        one, other, one, other,
    )  # fmt: skip


def insert_unseen(random: Random) -> None:
    source = any_row(random)
    run(
        "INSERT INTO journal_entry (id, government, at, actor_name, verb, subject, unit, letter,"
        " note, leaf) SELECT id + 500000, government, at, actor_name, 'end-letter', subject, unit,"
        " letter, note, leaf FROM journal_entry WHERE id = %s",
        source,
    )


def insert_as_a_row_that_is_sealed(random: Random) -> None:
    """A row with the bytes of another, its number taken twice."""
    run("ALTER TABLE journal_entry DROP CONSTRAINT journal_entry_pkey")
    run("INSERT INTO journal_entry SELECT * FROM journal_entry WHERE id = %s", sealed_row(random))


def queue_again(random: Random) -> None:
    run("INSERT INTO journal_waiting VALUES (%s)", sealed_row(random))


def forget_waiting(random: Random) -> None:
    run("DELETE FROM journal_waiting")


def swap_seals(random: Random) -> None:
    one, other = random.sample(_column("SELECT number FROM journal_seal"), 2)
    run("UPDATE journal_seal SET number = -number WHERE number IN (%s, %s)", one, other)
    run("UPDATE journal_seal SET number = CASE number WHEN %s THEN %s::bigint ELSE %s::bigint END"
        " WHERE number < 0", -one, other, one)  # fmt: skip


def turn_whole_batch(random: Random) -> None:
    """Numbers and hashes turned together: every row still matches its hash."""
    seal = Seal.objects.get(number=any_seal(random))
    leaves = bytes(seal.leaves)
    run("UPDATE journal_seal SET ids = %s, leaves = %s WHERE number = %s",
        seal.ids[1:] + seal.ids[:1], leaves[32:] + leaves[:32], seal.number)  # fmt: skip


def delete_seal(random: Random) -> None:
    run("DELETE FROM journal_seal WHERE number = %s", any_seal(random))


def unseal(random: Random) -> None:
    """The last seal undone as if it had never been; its rows wait again."""
    run("INSERT INTO journal_waiting SELECT unnest(ids) FROM journal_seal"
        " WHERE number = (SELECT max(number) FROM journal_seal)")  # fmt: skip
    run("DELETE FROM journal_seal WHERE number = (SELECT max(number) FROM journal_seal)")


def cut_tail(random: Random) -> None:
    """The same as an older backup put back: all that came later is gone without a trace."""
    keep = random.choice([0, *_column("SELECT number FROM journal_seal ORDER BY 1")[:-1]])
    run("DELETE FROM journal_seal WHERE number > %s", keep)
    run("DELETE FROM journal_entry WHERE id NOT IN (SELECT unnest(ids) FROM journal_seal)")
    run("DELETE FROM journal_waiting")


def cut_tail_and_grow_another(random: Random) -> None:
    """After an older backup the office works on, and the seals go on with the right key."""
    last = Seal.objects.latest("number").number
    cut_tail(random)
    for _ in range(last + 1):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO journal_entry (actor_name, verb, subject, unit, letter, note)"
                " VALUES ('x', 'other', '', '', '', '')"
            )
    _rewrite_seals(signing.read_key(), grow=True)


def edit_and_rewrite_with_own_key(random: Random) -> None:
    edit_and_rewrite_with_stolen_key(random, Ed25519PrivateKey.generate())


def edit_and_rewrite_with_stolen_key(random: Random, key: Ed25519PrivateKey | None = None) -> None:
    """The whole journal made consistent again: only heads kept elsewhere can tell."""
    row = sealed_row(random)
    run("UPDATE journal_entry SET actor_name = 'Orang Lain' WHERE id = %s", row)
    _kept, computed = rows_of([row])[row]
    run("UPDATE journal_entry SET leaf = %s WHERE id = %s", computed, row)
    _rewrite_seals(key or signing.read_key())


def _rewrite_seals(key: Ed25519PrivateKey, *, grow: bool = False) -> None:
    if grow:
        run(
            "INSERT INTO journal_seal SELECT (SELECT coalesce(max(number), 0) FROM journal_seal)"
            " + row_number() OVER (ORDER BY entry_id), '', '', 1, entry_id, entry_id, 0, now(), '',"
            " ARRAY[entry_id], '', '', '' FROM journal_waiting"
        )
        run("DELETE FROM journal_waiting")
    previous, total = canonical.NO_HEAD, 0
    for seal in Seal.objects.order_by("number"):
        rows = rows_of(seal.ids)
        leaves = [rows[row_id][1] for row_id in seal.ids]
        total += len(leaves)
        fingerprint = signing.fingerprint(key.public_key())
        root = merkle.root(leaves)
        signed = canonical.head_bytes(
            [
                str(seal.number), previous.hex(), root.hex(), str(len(leaves)), str(seal.first),
                str(seal.last), str(total), canonical.instant_text(seal.at), fingerprint,
            ]
        )  # fmt: skip
        head = canonical.head_hash(signed)
        run(
            "UPDATE journal_seal SET previous = %s, root = %s, count = %s, total = %s, key = %s,"
            " leaves = %s, head = %s, signature = %s WHERE number = %s",
            previous, root, len(leaves), total, fingerprint, b"".join(leaves), head,
            key.sign(signed), seal.number,
        )  # fmt: skip
        previous = head


TAMPERINGS: dict[str, Tampering] = {
    **{f"edit {name}": _edit(change) for name, change in EDITS.items()},
    **{
        f"edit {name} and its hash": _edit_with_right_hash(change)
        for name, change in EDITS.items()
        if name not in {"id", "leaf"}
    },
    **{f"edit seal {name}": _edit_seal(change) for name, change in SEAL_EDITS.items()},
    **{
        act.__name__.replace("_", " "): act
        for act in (
            delete_row,
            delete_sealed_row_and_its_mention,
            swap_rows,
            insert_unseen,
            insert_as_a_row_that_is_sealed,
            queue_again,
            forget_waiting,
            swap_seals,
            turn_whole_batch,
            delete_seal,
            unseal,
            cut_tail,
            cut_tail_and_grow_another,
            edit_and_rewrite_with_own_key,
            edit_and_rewrite_with_stolen_key,
        )
    },
}
