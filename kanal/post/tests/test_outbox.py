"""Messages written down in bulk: each once, none to the dead, marked for what they are."""

from datetime import datetime
from email import message_from_bytes
from email.policy import default

import pytest
from django.utils import timezone

from kanal.post import outbox
from kanal.post.models import DeadAddress, Outgoing, State
from kanal.post.outbox import Draft
from kanal.post.routes import Route
from kanal.post.writing import written
from tests.factories import a_government

pytestmark = pytest.mark.django_db
ROUTE = Route("smtp", 25, "none", "", "", "kanal@contoh.go.id", "Kanal")


def drafts(count: int, **facts: object) -> list[Draft]:
    return [
        Draft(key=f"u{n}", kind="uji", to=f"u{n}@a.id", subject="s", text="t", **facts)  # type: ignore[arg-type]
        for n in range(count)
    ]


def test_thousands_are_a_few_queries_and_each_is_there_once(
    django_assert_max_num_queries: object,
) -> None:
    government = a_government()
    DeadAddress.objects.create(
        government=government, address="u7@a.id", bounced_at=timezone.now(), status="5.1.1"
    )
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        outbox.enqueue_many(government_id=government.pk, drafts=drafts(2_500))
    outbox.enqueue_many(government_id=government.pk, drafts=drafts(2_600))
    assert Outgoing.objects.count() == 2_600
    assert Outgoing.objects.filter(state=State.REFUSED).get().to == "u7@a.id"


def test_one_wrong_address_writes_nothing_of_its_thousand() -> None:
    wrong = Draft(key="x", kind="uji", to="bukan alamat", subject="s", text="t")
    with pytest.raises(outbox.NoAddress):
        outbox.enqueue_many(government_id=a_government().pk, drafts=[*drafts(3), wrong])
    assert not Outgoing.objects.exists()


def test_what_nobody_asked_for_says_so_and_how_to_end_it() -> None:
    where = "https://kanal.contoh.go.id/berhenti/abc"
    (draft,) = drafts(1, is_generated=True, unsubscribe=where)
    message = outbox.enqueue(government_id=a_government().pk, draft=draft)
    mail = message_from_bytes(written(message, ROUTE), policy=default)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] == f"<{where}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert isinstance(mail["Date"].datetime, datetime)
