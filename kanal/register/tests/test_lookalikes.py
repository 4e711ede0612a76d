"""Near names are found whatever letter was changed, added or dropped."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanal.directory.models import Government, Unit
from kanal.networks.handles import fold_confusable
from kanal.register.lookalikes import near
from kanal.register.models import Account, AccountState

# Without r and v: "rn" and "vv" fold into one letter, so an edit inside them counts as more.
LETTERS = "abcdefghijklmnopqstuwxyz01"
NAMES = st.text(LETTERS, min_size=7, max_size=24)
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["add", "drop", "change"]),
        st.integers(min_value=0, max_value=30),
        st.sampled_from(LETTERS),
    ),
    min_size=0,
    max_size=2,
)


def edited(name: str, edits: list[tuple[str, int, str]]) -> str:
    for kind, place, letter in edits:
        at = place % len(name)
        name = {
            "add": name[:at] + letter + name[at:],
            "drop": name[:at] + name[at + 1 :],
            "change": name[:at] + letter + name[at + 1 :],
        }[kind]
    return name


def listed(unit: Unit, name: str, state: str = AccountState.VERIFIED) -> Account:
    return Account.objects.create(
        government_id=unit.government_id,
        unit=unit,
        network="instagram",
        id_kind="handle",
        handle=name,
        handle_key=name.lower(),
        handle_folded=fold_confusable(name),
        url=f"https://www.instagram.com/{name}/",
        shown=f"@{name}",
        state=state,
        declared_on=date(2020, 1, 1),
        ended_on=date(2021, 1, 1) if state == AccountState.CLOSED else None,
    )


@pytest.fixture
def unit(db) -> Unit:
    government = Government.objects.create(code="31", name="DKI", short_name="DKI")
    return Unit.objects.create(
        government=government, code="31-A", name="Dinas A", unit_class="dinas", path="/31-A/"
    )


def names_near(name: str) -> list[str]:
    return [account.handle for account in near(name=name, folded=fold_confusable(name))]


@pytest.mark.django_db
@settings(max_examples=150, deadline=None)
@given(name=NAMES, edits=EDITS)
def test_two_mistakes_anywhere_are_still_near(name, edits):
    government, _made = Government.objects.get_or_create(code="31", name="DKI", short_name="DKI")
    unit, _made = Unit.objects.get_or_create(
        government=government, code="31-A", name="Dinas A", unit_class="dinas", path="/31-A/"
    )
    account = listed(unit, name)
    try:
        assert name in names_near(edited(name, edits))
    finally:
        account.delete()


@pytest.mark.parametrize(
    "forged", ["dlnkes.contoh", "d1nkes_contoh", "dinkes-contoh", "DINKES.CONT0H", "diknes.contoh"]
)
def test_letters_the_eye_confuses(unit, forged):
    listed(unit, "dinkes.contoh")
    assert names_near(forged) == ["dinkes.contoh"]


def test_the_nearest_comes_first_and_far_ones_not_at_all(unit):
    listed(unit, "dinsos.contoh")
    listed(unit, "dinkes.contoh")
    listed(unit, "bappeda.contoh")
    assert names_near("dinkess.contoh") == ["dinkes.contoh"]
    assert names_near("dinsoss.contoh") == ["dinsos.contoh"]
    assert names_near("dinkos.contoh")[0] in {"dinkes.contoh", "dinsos.contoh"}


def test_three_letters_away_is_another_name(unit):
    listed(unit, "dinkes.contoh")
    assert names_near("dinkabc.contoh") == []


def test_short_names_must_be_nearer(unit):
    listed(unit, "bpbd")
    assert names_near("bpbb") == ["bpbd"]
    assert names_near("bkad") == []


def test_a_closed_account_warns_of_nothing(unit):
    listed(unit, "dinkes.contoh", AccountState.CLOSED)
    assert names_near("dinkess.contoh") == []
