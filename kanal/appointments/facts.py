"""What a letter says, as somebody copied it from the paper: the input of `actions.submit`."""

from dataclasses import dataclass, field
from datetime import date

from kanal.appointments.models import Letter
from kanal.directory.models import Person
from kanal.lib.identity import IdentityKind
from kanal.register.models import Account


@dataclass(frozen=True, kw_only=True)
class OfficerFacts:
    """One person in the letter. `accounts` empty: all the unit's accounts, later ones too."""

    full_name: str
    identity_kind: IdentityKind
    identity_number: str = ""
    identity_reason: str = ""
    post: str = ""
    rank: str = ""
    duties: tuple[str, ...] = ("konten", "koordinasi")
    accounts: tuple[Account, ...] = ()
    replaces: Person | None = None
    evidence: str = ""


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    kind: str
    form: str
    number: str
    dated: date
    subject: str
    signer_name: str
    signer_post: str
    signer_capacity: str
    signer_nip: str = ""
    begins_on: date
    ends_on: date | None = None
    corrects: Letter | None = None
    officers: tuple[OfficerFacts, ...] = field(default=())

    @property
    def effect(self) -> str:
        """The kind whose effect it has: a ralat acts as the letter it corrects."""
        return effect_of(self.kind, self.corrects)


def effect_of(kind: str, corrects: Letter | None) -> str:
    while corrects is not None:
        kind, corrects = corrects.kind, corrects.corrects
    return kind
