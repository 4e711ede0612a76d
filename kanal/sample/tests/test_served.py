"""The sample's instruction was sent out, and goes again; nothing of it ever leaves the house."""

from __future__ import annotations

from io import StringIO

import pytest

from kanal.circulars import actions
from kanal.circulars.models import KIND, Circular, Fate, Notice
from kanal.compliance.actions import rebuild
from kanal.directory.models import Government, RoleKind
from kanal.lib.dates import today
from kanal.post.models import Outgoing, State
from kanal.sample.loading import ensure
from kanal.sample.removing import remove
from tests.factories import a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Government:
    ensure(empty=False, out=StringIO())
    return Government.objects.get()


def test_every_fate_is_shown_and_nothing_waits_to_be_sent(office: Government) -> None:
    assert Notice.objects.count() == 362
    fates = set(Notice.objects.with_fate().values_list("fate", flat=True))
    assert fates == {Fate.ACKNOWLEDGED, Fate.SENT, Fate.PRINTED, Fate.FAILED}
    sent = Outgoing.objects.filter(kind=KIND)
    assert not sent.filter(state=State.WAITING).exists()
    assert all(to.endswith(".example") for to in sent.values_list("to", flat=True))


def test_it_goes_whole(office: Government) -> None:
    remove(government=office, today=today())
    assert not Circular.objects.exists()
    assert not Notice.objects.exists()
    assert not Outgoing.objects.filter(kind=KIND).exists()
    assert rebuild(government=office, today=today(), check=True).differences == []


def test_what_somebody_real_recorded_stays(office: Government) -> None:
    real = a_user(RoleKind.VERIFIER, government=office)
    notice = Notice.objects.unacknowledged().select_related("circular", "unit")[0]
    actions.record_paper(notice=notice, name="Siti", post="", on=today(), by=real, today=today())
    remove(government=office, today=today())
    assert Circular.objects.count() == 1
