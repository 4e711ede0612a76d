"""Whose mail this is: the office the letter names, the sender's own, the thread's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from kanal.directory.models import Unit
from kanal.intake.mail_tables import Mail, MailFile, SenderAddress
from kanal.lib.dates import local_day
from kanal.lib.statements import asked
from kanal.paper import envelope
from kanal.post.models import Outgoing

# In the order of their weight. Public mail providers say nothing of an office.
LETTER, THREAD, SENDER, OFFICE = "letter", "thread", "sender", "office_address"
_WEIGHT = {LETTER: 8, THREAD: 4, SENDER: 3, OFFICE: 3}
_TAIL = re.compile(
    r"(?: setda)? provinsi (?:dki|daerah khusus(?: ibu ?kota)?) jakarta$| setda$", re.IGNORECASE
)
_MOST = 5
_LIKELY = f"""
SELECT id, ARRAY[name, abbreviation] || aliases FROM {Unit._meta.db_table}
WHERE government_id = %(government)s
    AND (opened_on IS NULL OR opened_on <= %(day)s) AND (closed_on IS NULL OR closed_on > %(day)s)
    AND (upper(name) LIKE ANY (%(ends)s::text[])
         OR upper(abbreviation) = ANY (%(short)s::text[]) OR aliases && %(agencies)s::varchar[])
LIMIT 500
"""
_OF_SENDER = f"""
(SELECT unit_id, %(sender)s FROM {SenderAddress._meta.db_table}
 WHERE government_id = %(government)s AND address = %(address)s LIMIT {_MOST})
UNION ALL
(SELECT id, %(office)s FROM {Unit._meta.db_table}
 WHERE government_id = %(government)s AND upper(email) = upper(%(address)s) LIMIT {_MOST})
"""


def folded(name: str) -> str:
    """One key for the ways one office is written: case, signs, the province at its end."""
    plain = " ".join(re.sub(r"[^\w\s]", " ", name.casefold().replace("&", " dan ")).split())
    plain = _TAIL.sub("", plain)
    return re.sub(r"^unit kerja ", "", plain).strip()


def proposals_for(
    mail: Mail, said: envelope.Mail, files: Iterable[MailFile]
) -> list[dict[str, Any]]:
    """[{"unit": pk, "because": [...]}], the likeliest first; by name, sender and thread."""
    because: dict[int, list[str]] = defaultdict(list)
    for unit in _named(mail, agencies_in(files)):
        because[unit].append(LETTER)
    for unit in _of_thread(mail, said):
        because[unit].append(THREAD)
    for unit, why in _of_sender(mail):
        because[unit].append(why)
    ranked = sorted(because.items(), key=lambda item: -sum(_WEIGHT[why] for why in set(item[1])))
    return [{"unit": unit, "because": sorted(set(whys))} for unit, whys in ranked[:_MOST]]


def agencies_in(files: Iterable[MailFile]) -> list[str]:
    """The offices the letters name as their own, each once."""
    named = [
        letter.get("agency") or "" for file in files for letter in file.document.get("letters", [])
    ]
    return list(dict.fromkeys(name for name in named if name))


def _named(mail: Mail, agencies: Sequence[str]) -> list[int]:
    """Open offices of exactly this name, another name of theirs, or their abbreviation."""
    wanted = {folded(agency) for agency in agencies} - {""}
    if not wanted:
        return []
    likely = asked(
        _LIKELY,
        government=mail.government_id,
        day=local_day(mail.received_at, mail.government.timezone),
        ends=[f"%{name.split()[-1].upper()}%" for name in wanted],
        short=[agency.strip().upper() for agency in agencies],
        agencies=list(agencies),
    )
    return [unit for unit, names in likely if wanted & {folded(name) for name in names}]


def _of_thread(mail: Mail, said: envelope.Mail) -> list[int]:
    """An answer to a message of ours, or to a mail that is filed."""
    ids = [each for each in (said.in_reply_to, *said.references) if each]
    if not ids:
        return []
    ours = Outgoing.objects.filter(
        government_id=mail.government_id, message_id__in=ids, unit__isnull=False
    ).values_list("unit_id", flat=True)
    filed = Mail.objects.filter(
        government_id=mail.government_id, message_id__in=ids, unit__isnull=False
    ).values_list("unit_id", flat=True)
    return list(dict.fromkeys([*ours, *filed]))


def _of_sender(mail: Mail) -> list[tuple[int, str]]:
    if not mail.sender:
        return []
    found = asked(
        _OF_SENDER,
        government=mail.government_id,
        address=mail.sender.lower(),
        sender=SENDER,
        office=OFFICE,
    )
    return [(unit, why) for unit, why in found]


def sure_unit(
    proposals: Sequence[dict[str, Any]], agencies: Sequence[str]
) -> tuple[int | None, str]:
    """The unit everything points to, or why a person has to say: a word of mail_words."""
    if not proposals:
        return None, "unit_unknown" if agencies else "no_unit_named"
    if len(proposals) > 1:
        named = [each for each in proposals if LETTER in each["because"]]
        return None, "several_units" if len(named) != 1 else "units_differ"
    if agencies and LETTER not in proposals[0]["because"]:
        return None, "units_differ"
    return proposals[0]["unit"], ""
