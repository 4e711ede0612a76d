"""A circular that was brought to the offices of a government, and one still to be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from kanal.circulars import actions, serving
from kanal.circulars.models import Circular, Notice
from kanal.directory.models import RoleKind
from kanal.mandates.models import Mandate
from tests.factories import a_pdf

if TYPE_CHECKING:
    from tests.walls.houses import Place

ACKNOWLEDGED, OPEN = "11/SE", "12/SE"


def bring(place: Place, day: date, nasty: str) -> Iterator[tuple[str, int | str]]:
    """To every office of the place's government."""
    for number in (ACKNOWLEDGED, OPEN):
        circular = _letter(place, day, f"{number}/{place.word}", nasty)
        actions.serve(circular=circular, by=place.staff[RoleKind.VERIFIER], today=day)
        serving.work_off()
    yield "circular", circular.pk
    yield "circular draft", _letter(place, day, f"13/SE/{place.word}", nasty).pk


def draft(place: Place, day: date) -> int:
    return _letter(place, day, "13/SE", "").pk


def _letter(place: Place, day: date, number: str, nasty: str) -> Circular:
    facts = actions.CircularFacts(
        form="Surat Edaran",
        number=f"{number} {nasty}"[:80].strip(),
        dated=day,
        subject=f"Pengelolaan akun {place.word} {nasty}".strip(),
    )
    return actions.draft_letter(
        mandate=Mandate.objects.filter(government=place.government).in_force(day)[0],
        facts=facts,
        file=a_pdf(f"Surat Edaran {place.word}", name=f"edaran {place.word}.pdf"),
        by=place.staff[RoleKind.VERIFIER],
        today=day,
    )


def notice_of(place: Place, day: date) -> Iterator[tuple[str, int | str]]:
    """One that the office has still to acknowledge; of the earlier one it has done so."""
    notices = Notice.objects.filter(unit=place.unit)
    earlier = notices.get(circular__number__startswith=ACKNOWLEDGED)
    actions.acknowledge_by_link(notice=earlier, name=f"Siti {place.word}", post="", today=day)
    yield "acknowledgement", earlier.acknowledgements.get().pk
    notice = notices.get(circular__number__startswith=OPEN)
    yield "notice", notice.pk
    yield "notice key", notice.token
