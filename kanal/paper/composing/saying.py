"""What a letter of ours says of itself to whoever reads it by machine."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from kanal.paper.composing import jsonfacts
from kanal.paper.composing.facts import Account, Facts, Officer

NAME = "surat.json"
VERSION = 1


def letter_of(facts: Facts, verify_url: str | None) -> dict[str, Any]:
    """One entry of `letters`, in the shape in which letters are read."""
    signer = facts.signatory
    return {
        "kind": facts.kind.value,
        "number": facts.number,
        "date": facts.date.isoformat(),
        "agency": facts.agency,
        "officers": [_person(one) for one in facts.officers],
        "replaced": [_person(one) for one in facts.replaced],
        "signatory": {
            "name": signer.name,
            "nip": signer.nip,
            "position": signer.position,
            "capacity": signer.capacity.written,
        },
        "accounts": [
            {"platform": one.platform, "handle": one.handle} for one in _all_accounts(facts)
        ],
        "qr": verify_url,
    }


def _person(officer: Officer) -> dict[str, Any]:
    return {
        "name": officer.name,
        "nip": officer.nip,
        "nip_confidence": 1.0 if officer.nip else None,
        "position": officer.position,
        "rank": officer.rank,
        "status": officer.status,
    }


def _all_accounts(facts: Facts) -> list[Account]:
    """The letter's, then those that only one officer has, each once."""
    own = (account for one in facts.officers for account in one.accounts)
    return list(dict.fromkeys((*facts.accounts, *own)))


def attachment(facts: Facts, *, code: str, verify_url: str) -> str:
    """`surat.json`: without the logo, which everybody can see on the letter."""
    bare = dataclasses.replace(facts, letterhead=dataclasses.replace(facts.letterhead, logo=None))
    said = {
        "kanal": VERSION,
        "code": code,
        "letters": [letter_of(facts, verify_url)],
        "facts": jsonfacts.to_json(bare),
    }
    return json.dumps(said, ensure_ascii=False)
