"""Letterheads that fall back, templates that are tried first, certificates that are ended."""

from __future__ import annotations

import dataclasses
import io
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.test import Client
from django.urls import reverse
from PIL import Image

from kanal.directory.models import RoleKind, UnitClass, User
from kanal.lib.refusal import Refused
from kanal.paper.composing import facts as paper
from kanal.paper.composing.examples import example
from kanal.paper.composing.letter import compose
from kanal.paper.tests.signing_desk import Authority
from kanal.stationery import actions, roots, templating
from kanal.stationery.choosing import template_for
from kanal.stationery.letterheads import head_of
from kanal.stationery.models import PaperTemplate, Root
from tests.factories import a_clerk, a_government, a_user, an_office

pytestmark = pytest.mark.django_db

LINES = {
    "government_line": "",
    "above": [],
    "unit_line": "",
    "address": "",
    "contact": "",
    "city": "",
}


def a_logo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (90, 90), "green").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def administrator() -> User:
    return a_user(RoleKind.ADMINISTRATOR)


def write(unit: object, by: User, logo: bytes | None = None, **lines: object) -> None:
    actions.write_letterhead(
        unit=unit,  # type: ignore[arg-type]
        lines={**LINES, **lines},
        logo=logo,
        without_logo=False,
        by=by,
    )


def test_what_a_unit_leaves_empty_comes_from_above(administrator: User) -> None:
    root = an_office("Pemprov", code="31", unit_class=UnitClass.GOVERNMENT)
    root.path = "/31/"
    root.save()
    city = an_office("Kota Administrasi Jakarta Barat", code="31.73", parent=root)
    village = an_office("Kelurahan Rawa Melati", code="31.73.07.1001", parent=city)
    write(root, administrator, logo=a_logo(), city="Jakarta", contact="Laman jakarta.go.id")
    write(city, administrator, address="Jalan Raya Kembangan 2")
    head = head_of(village)
    assert head.city == "Jakarta"
    assert head.printed.unit == "Kelurahan Rawa Melati"
    assert head.printed.above == ("Kota Administrasi Jakarta Barat",)
    assert head.printed.address == "Jalan Raya Kembangan 2"
    assert head.printed.logo is not None
    write(village, administrator, address="Jalan Melati 1", above=["Kecamatan Melati"])
    head = head_of(village)
    assert (head.printed.address, head.printed.above) == ("Jalan Melati 1", ("Kecamatan Melati",))
    assert head.printed.contact == "Laman jakarta.go.id"


def test_a_logo_that_is_no_picture_changes_nothing(administrator: User) -> None:
    unit = an_office()
    with pytest.raises(actions.LogoRefused):
        write(unit, administrator, logo=b"<script>", city="Jakarta")
    assert head_of(unit).city == ""


def test_the_head_writes_their_own_letterhead_only() -> None:
    unit, other = an_office(), an_office()
    head = a_user(RoleKind.UNIT_HEAD, unit)
    write(unit, head, city="Jakarta")
    for unit_of, somebody in ((other, head), (unit, a_clerk(unit))):
        with pytest.raises(Refused):
            write(unit_of, somebody, city="Bandung")


def a_template(source: str = "", **facts: object) -> templating.TemplateFacts:
    given = {
        "name": "surat-kami",
        "title": "Surat kami",
        "kinds": ("nihil",),
        "forms": ("surat",),
        "rule": "Kebijakan Diskominfotik",
        "from_year": 2026,
        "until_year": None,
        "font": "Liberation Sans",
        "size": 11,
        "source": source or "#letterhead()\n#reference()\n#body()\n#closing()\n",
        **facts,
    }
    return templating.TemplateFacts(**given)  # type: ignore[arg-type]


def test_a_mistake_in_a_template_names_its_line(administrator: User) -> None:
    with pytest.raises(templating.TemplateRefused) as refused:
        templating.add_template(
            facts=a_template("#letterhead()\n#reference()\n#badan()\n"), by=administrator
        )
    assert refused.value.line == 3
    assert not PaperTemplate.objects.exists()


def test_a_template_without_its_qr_code_is_not_taken(administrator: User) -> None:
    with pytest.raises(templating.TemplateRefused, match="QR"):
        templating.add_template(facts=a_template("#letterhead()\n#body()\n"), by=administrator)


def test_a_new_version_ends_the_old_and_is_used(administrator: User) -> None:
    first = templating.add_template(facts=a_template(), by=administrator)
    second = templating.add_template(facts=a_template(title="Surat baru"), by=administrator)
    first.refresh_from_db()
    assert (first.version, second.version) == (1, 2)
    assert first.ended_at is not None
    nil = example(paper.Kind.NIL, paper.Form.SURAT)
    old, _row = template_for(administrator.government_id, nil)
    assert old.is_shipped
    facts = dataclasses.replace(nil, date=nil.date.replace(year=2026))
    chosen, row = template_for(administrator.government_id, facts)
    assert row == second
    assert not chosen.is_shipped
    code = "676M-HWQC-45QN"
    made = compose(chosen, facts, verify_url=f"https://x/v/{code}", code=code, at=datetime.now(UTC))
    assert made.pages == 1


def test_roots_are_added_and_ended_never_deleted(administrator: User) -> None:
    authority = Authority("Akar Uji")
    (row,) = roots.add_roots(data=authority.pem, by=administrator)
    assert roots.roots_of(administrator.government_id) == [authority.pem]
    with pytest.raises(roots.RootRefused, match="sudah dipercaya"):
        roots.add_roots(data=authority.pem, by=administrator)
    roots.end_root(root=row, reason="Kunci bocor", by=administrator)
    assert roots.roots_of(administrator.government_id) == []
    assert Root.objects.get().end_reason == "Kunci bocor"
    roots.add_roots(data=authority.pem, by=administrator)
    assert Root.objects.count() == 2
    other = a_government(code="32", name="Pemerintah Provinsi Lain", short_name="Lain")
    assert roots.roots_of(other.pk) == []


def test_a_persons_certificate_is_no_root(administrator: User) -> None:
    person = Authority().issue()
    with pytest.raises(roots.RootRefused, match="perorangan"):
        roots.add_roots(data=person.certificate.public_bytes(Encoding.DER), by=administrator)


@pytest.mark.parametrize("kind", list(RoleKind))
def test_pages_open_for_whom_they_are(kind: RoleKind, client: Client) -> None:
    unit = an_office()
    bound = kind in (RoleKind.UNIT_HEAD, RoleKind.OFFICER, RoleKind.CONTRIBUTOR)
    client.force_login(a_user(kind, unit if bound else None, government=unit.government))
    letterhead = reverse("stationery:letterhead", args=[unit.code])
    reads = kind not in (RoleKind.CONTRIBUTOR, RoleKind.READER)
    may = {
        letterhead: kind in (RoleKind.UNIT_HEAD, RoleKind.ADMINISTRATOR),
        reverse("stationery:book", args=[unit.code]): reads,
        reverse("stationery:templates"): reads,
        reverse("stationery:add-template"): kind == RoleKind.ADMINISTRATOR,
        reverse("stationery:roots"): kind
        in (RoleKind.ADMINISTRATOR, RoleKind.VERIFIER, RoleKind.INSPECTOR),
    }
    found = {path: client.get(path).status_code for path in may}
    assert found == {path: 200 if opens else 403 for path, opens in may.items()}
