"""What the sample has none of: papers, numbers, a letter that was read, mail. On a running Kanal:

kanal --data FOLDER shell -c "from tests.browser import furnish; furnish.furnish()"
"""

from __future__ import annotations

import time
from pathlib import Path

from kanal.digests.making import drain
from kanal.digests.models import Making
from kanal.directory.models import Person, Role, RoleKind, Unit
from kanal.directory.reading import headed_by
from kanal.lib.dates import today
from kanal.lib.files import PDF
from kanal.readings.actions import ask, read
from tests.walls import papers, served
from tests.walls.houses import HERE, Place

KELURAHAN = "31.74.01.1001"
LETTER = Path(__file__).resolve().parents[1] / "letters" / "p03_tebet_kv.pdf"


def furnish() -> None:
    unit, day = Unit.objects.select_related("government").get(code=KELURAHAN), today()
    staff = {
        RoleKind(role.kind): role.user
        for role in Role.objects.select_related("user").order_by("-pk")
    }
    head = headed_by(unit, day)
    assert head is not None
    person = Person.objects.filter(postings__unit=unit).exclude(pk=head.person_id)[0]
    reading = ask(
        data=LETTER.read_bytes(),
        name=LETTER.name,
        media_type=PDF,
        government=unit.government,
        unit=unit,
        by=staff[RoleKind.OFFICER],
    )
    read(reading=reading)
    _sheets_are_made()
    place = Place(HERE, unit, staff, {"person": person.pk, "headship": head.pk})
    papers.furnish(place, day, "", with_shared=True)
    served.draft(place, day)


def _sheets_are_made() -> None:
    """The worker may be at them already."""
    until = time.monotonic() + 60
    while Making.objects.filter(ended_at=None).exists() and time.monotonic() < until:
        drain()
        time.sleep(0.3)
