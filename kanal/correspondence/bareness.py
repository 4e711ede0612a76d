"""What the letterhead of an office still lacks, said where its letters are looked at."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kanal.directory.models import Unit, User
from kanal.stationery.letterheads import head_of
from kanal.stationery.permissions import EDIT_LETTERHEAD


@dataclass(frozen=True)
class Bareness:
    """`may_fill`: the reader is offered the page where it is filled in."""

    text: str
    may_fill: bool


def bareness(unit: Unit, user: User) -> Bareness | None:
    """None where the printed head has an address and a logo, its own or those of an office above."""
    printed = head_of(unit).printed
    words = {
        (True, True): _("Kop surat kantor ini belum beralamat dan belum berlogo."),
        (True, False): _("Kop surat kantor ini belum beralamat."),
        (False, True): _("Kop surat kantor ini belum berlogo."),
    }.get((not printed.address, printed.logo is None))
    return Bareness(words, user.may(EDIT_LETTERHEAD, unit)) if words else None
