"""What a letter says: strict at the door, the same on the way out, and a code for paper."""

import dataclasses
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.paper.composing import phrases
from kanal.paper.composing.codes import ALPHABET, new_code, parse_code
from kanal.paper.composing.completeness import check
from kanal.paper.composing.examples import every_paper, example, signatory
from kanal.paper.composing.facts import Capacity, Facts, Form, Kind, Logo, Officer
from kanal.paper.composing.glyphs import check_glyphs, covered
from kanal.paper.composing.mistakes import FactsMistake, GlyphMissing

THREE = example(Kind.APPOINTMENT, Form.SURAT)


@pytest.mark.parametrize(("kind", "form"), every_paper())
def test_every_letter_survives_json(kind: Kind, form: Form) -> None:
    facts = example(kind, form)
    check(facts)
    assert Facts.from_json(facts.to_json()) == facts


def test_a_logo_survives_json() -> None:
    head = dataclasses.replace(THREE.letterhead, logo=Logo(b"\x89PNG", 1, 2))
    facts = dataclasses.replace(THREE, letterhead=head)
    assert Facts.from_json(facts.to_json()).letterhead.logo == Logo(b"\x89PNG", 1, 2)


def changed(path: str, value: object) -> str:
    said = json.loads(THREE.to_json())
    at = said
    *way, last = path.split(".")
    for step in way:
        at = at[int(step)] if step.isdigit() else at[step]
    at[last] = value
    return json.dumps(said)


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("kind", "undangan", "kind"),
        ("date", "25-04-2023", "date"),
        ("officers", "Budi", "officers"),
        ("officers.1.name", 7, "officers[1].name"),
        ("officers.1.nik", "3171", "officers[1].nik"),
        ("officers.0.name", "Budi\u202eoduB", "officers[0].name"),
        ("officers.0.name", "Budi\x07", "officers[0].name"),
        ("officers.0.name", "\ud800", "officers[0].name"),
        ("subject", "x" * 601, "subject"),
        ("signatory.capacity", "kepala", "signatory.capacity"),
        ("letterhead.logo", {"png": "!!", "width": 1, "height": 1}, "letterhead.logo.png"),
        ("copies", ["x"] * 1001, "copies"),
    ],
)
def test_a_mistake_is_named_by_its_place(path: str, value: object, field: str) -> None:
    with pytest.raises(FactsMistake) as told:
        Facts.from_json(changed(path, value))
    assert told.value.field == field
    assert told.value.message.endswith(".")


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 100_000, "null", '{"kind": "ralat"}'])
def test_what_is_no_letter_is_a_mistake_too(text: str) -> None:
    with pytest.raises(FactsMistake):
        Facts.from_json(text)


def test_what_pasting_leaves_behind_is_dropped() -> None:
    pasted = changed("officers.0.name", " Siti\u00a0 Nur\u200bhaliza\ufeff,\n S.E. ")
    assert Facts.from_json(pasted).officers[0].name == "Siti Nurhaliza, S.E."


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": None}, "number"),
        ({"officers": ()}, "officers"),
        ({"replaced": THREE.officers}, "replaced"),
        ({"basis": None}, "basis.citation"),
        ({"addressee": None}, "addressee.name"),
        ({"form": Form.BERITA_ACARA}, "form"),
        ({"officers": (Officer("A", "B", nip="123"),)}, "officers[0].nip"),
        ({"officers": (Officer("A", ""),)}, "officers[0].position"),
        ({"begins_on": date(2023, 5, 1), "ends_on": date(2023, 4, 1)}, "ends_on"),
        ({"date": date(1900, 1, 1)}, "date"),
        ({"agency": "Dinas\u200d"}, "agency"),
    ],
)
def test_an_incomplete_letter_is_refused_by_field(change: dict[str, object], field: str) -> None:
    with pytest.raises(FactsMistake) as told:
        check(dataclasses.replace(THREE, **change))  # type: ignore[arg-type]
    assert told.value.field == field


def test_on_behalf_needs_somebody() -> None:
    for capacity in (Capacity.ON_BEHALF, Capacity.ON_BEHALF_BELOW):
        alone = dataclasses.replace(signatory(capacity), on_behalf_of="", through="")
        with pytest.raises(FactsMistake, match=r"signatory\.on_behalf_of"):
            check(dataclasses.replace(THREE, signatory=alone))


def test_a_letter_the_font_lacks_is_named_with_its_place() -> None:
    odd = dataclasses.replace(THREE.officers[1], name="Petugas 😀")
    facts = dataclasses.replace(THREE, officers=(THREE.officers[0], odd))
    with pytest.raises(GlyphMissing) as told:
        check_glyphs(facts, "Liberation Serif")
    assert (told.value.character, told.value.field) == ("😀", "officers[1].name")
    assert "U+1F600" in told.value.message


def test_the_fonts_draw_what_indonesian_names_need() -> None:
    for family in ("Liberation Serif", "Liberation Sans"):
        assert covered(family).issuperset("AZaz09éèêëîïôçñüḥṣŚ’“”–—·€@#$\\*<>_`~שИΩ")


@given(st.text(max_size=40))
def test_any_text_as_a_name_is_taken_or_refused_at_its_place(name: str) -> None:
    refused = ""
    try:
        facts = Facts.from_json(changed("officers.0.name", name))
        check(facts)
        check_glyphs(facts, "Liberation Serif")
    except (FactsMistake, GlyphMissing) as mistake:
        refused = str(mistake)
    assert not refused or refused.startswith("officers[0].name")


def test_codes_are_twelve_symbols_that_nobody_misreads() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4, 4, 4]
        assert set(code) <= set(ALPHABET) | {"-"}
        assert parse_code(code) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("676m-hwqc-45qn", "676M-HWQC-45QN"),
        ("676MHWQC45QN", "676M-HWQC-45QN"),
        ("  676M HWQC\u201345QN\n", "676M-HWQC-45QN"),
        ("O0oI-1lLi-0000", "0001-1111-0000"),
        ("676M-HWQC-45Q", None),
        ("676M-HWQC-45QNX", None),
        ("676M-HWQC-45QU", None),
        ("", None),
        ("-" * 10_000, None),
        ("６７６M-HWQC-45QN", None),
    ],
)
def test_codes_are_read_as_people_type_them(typed: str, code: str | None) -> None:
    assert parse_code(typed) == code


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (12, "dua belas"),
        (20, "dua puluh"),
        (25, "dua puluh lima"),
        (100, "seratus"),
        (1111, "seribu seratus sebelas"),
        (2018, "dua ribu delapan belas"),
    ],
)
def test_numbers_in_words(number: int, said: str) -> None:
    assert phrases.say_number(number) == said
