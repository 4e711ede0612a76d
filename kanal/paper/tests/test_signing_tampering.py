"""Every way of tampering with a signed letter that we know, and what the office is told of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.timestamps import DummyTimeStamper

from kanal.paper.signing.reports import REASONS, SignatureReport, State
from kanal.paper.signing.roots import RootRefused
from kanal.paper.signing.verifying import verify
from kanal.paper.tests.signing_desk import (
    AT,
    END,
    START,
    Authority,
    Person,
    Update,
    clock_of,
    letter,
    resigned,
    rsa_key,
    self_signed,
    sign_anyhow,
    usage,
    with_form,
)
from kanal.paper.verdicts import Verdict

LETTERS = Path(__file__).parents[3] / "tests" / "letters"
BOX = (40, 40, 400, 600)


@pytest.fixture(scope="module")
def root() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def head(root: Authority) -> Person:
    return root.issue()


@pytest.fixture(scope="module")
def signed(head: Person) -> bytes:
    return head.sign(letter())


def one(pdf: bytes, root: Authority, at: datetime | None = None) -> SignatureReport:
    [report] = verify(pdf, roots=[root.pem], at=at)
    return report


def states(pdf: bytes, *roots: Authority) -> list[State]:
    return [report.state for report in verify(pdf, roots=[root.pem for root in roots])]


def test_untouched(signed: bytes, root: Authority, head: Person) -> None:
    report = one(signed, root, at=AT + timedelta(hours=1))
    assert report.state == State.VALID
    assert report.signer == "Mega Contoh, S.Sos."
    assert report.serial == f"{head.certificate.serial_number:X}"
    assert report.issuer == report.root == "Akar Uji"
    assert report.claimed_at == AT
    assert report.timestamped_at is None
    assert report.trusted
    assert report.covers_whole_file
    assert not report.changed_afterwards
    assert report.level == "PAdES B-B"
    assert report.algorithm == "ECDSA P-256, SHA-256"
    assert report.stated_reason == "Penunjukan"
    assert report.stated_place == "Jakarta"
    assert report.finding.verdict == Verdict.ACCEPT


def test_rsa_is_as_good(root: Authority) -> None:
    report = one(root.issue(key=rsa_key()).sign(letter()), root)
    assert (report.state, report.algorithm) == (State.VALID, "RSA 2048, SHA-256")


def test_unsigned_is_an_empty_list() -> None:
    assert verify(letter()) == []
    assert verify(b"") == []
    assert verify(b"bukan PDF") == []


def test_byte_changed_inside(signed: bytes, root: Authority) -> None:
    at = signed.index(b"stream") + 20
    report = one(signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :], root)
    assert (report.state, report.reason) == (State.BROKEN, "digest")
    assert not report.covers_whole_file
    assert report.finding.verdict == Verdict.REJECT
    assert report.finding.reason == "signature_broken"


@pytest.mark.parametrize(
    ("tail", "reason"),
    [
        (b"\n", "blank_appended"),
        (b" \r\n\t\n", "blank_appended"),
        (b"sampah", "appended"),
        (b"\n%%EOF\n", "appended"),
        (b"1 0 obj\n<</Type/Catalog>>\nendobj\n", "appended"),
    ],
)
def test_bytes_appended(signed: bytes, root: Authority, tail: bytes, reason: str) -> None:
    report = one(signed + tail, root)
    assert (report.state, report.reason) == (State.CHANGED_AFTER, reason)
    assert report.changed_afterwards
    assert not report.covers_whole_file


def test_a_lot_of_garbage_appended(signed: bytes, root: Authority) -> None:
    """So much that a reader no longer finds the end of the file: signed all the same."""
    report = one(signed + b"x" * 5000, root)
    assert (report.state, report.reason) == (State.CHANGED_AFTER, "appended")


def test_page_painted_over(signed: bytes, root: Authority) -> None:
    report = one(Update(signed).paint_over().done(), root)
    assert (report.state, report.reason) == (State.CHANGED_AFTER, "changed")
    assert report.changed_afterwards
    assert not report.covers_whole_file


def test_annotation_added(signed: bytes, root: Authority) -> None:
    assert one(Update(signed).annotate().done(), root).state == State.CHANGED_AFTER


def test_form_value_changed(head: Person, root: Authority) -> None:
    signed = head.sign(with_form(letter()))
    assert one(signed, root).state == State.VALID
    assert one(Update(signed).fill("Orang Lain").done(), root).state == State.CHANGED_AFTER


def test_page_added(signed: bytes, root: Authority) -> None:
    forged = Update(signed).add_page().done()
    with pikepdf.open(BytesIO(forged)) as document:
        assert len(document.pages) == 3
    assert one(forged, root).state == State.CHANGED_AFTER


def test_attachment_replaced(signed: bytes, root: Authority) -> None:
    forged = Update(signed).replace_attachment(b'{"kanal": 2}').done()
    with pikepdf.open(BytesIO(forged)) as document:
        assert document.attachments["surat.json"].get_file().read_bytes() == b'{"kanal": 2}'
    assert one(forged, root).state == State.CHANGED_AFTER


def test_signature_taken_out_of_its_field(signed: bytes, root: Authority) -> None:
    reports = verify(Update(signed).unsign().done(), roots=[root.pem])
    assert [report.reason for report in reports] == ["empty", "removed"]
    assert all(report.finding.verdict == Verdict.REVIEW for report in reports)


def test_field_taken_off(signed: bytes, root: Authority) -> None:
    report = one(Update(signed).take_field_off().done(), root)
    assert (report.state, report.reason) == (State.UNREADABLE, "removed")


def test_saved_anew_without_the_signature(signed: bytes) -> None:
    """Nothing is left to tell from: an unsigned file is what it is."""
    with pikepdf.open(BytesIO(signed)) as document:
        del document.Root.AcroForm
        for page in document.pages:
            if "/Annots" in page.obj:
                del page.obj["/Annots"]
        out = BytesIO()
        document.save(out)
    assert verify(out.getvalue()) == []


def test_place_for_a_signature_only() -> None:
    reports = verify(Update(letter() + b"\n").empty_field(BOX).done())
    assert [report.state for report in reports] == [State.EMPTY]


def test_signature_copied_to_another_letter(signed: bytes, head: Person, root: Authority) -> None:
    other = head.sign(letter().replace(b"2026", b"2027"))
    value = re.compile(rb"/Contents\s?<([0-9a-fA-F]+)>")
    theirs, ours = value.search(other), value.search(signed)
    assert theirs
    assert ours
    forged = other[: theirs.start(1)] + ours[1] + other[theirs.end(1) :]
    assert len(forged) == len(other)
    assert one(forged, root).state == State.BROKEN


def ranged(pdf: bytes, change: tuple[int, int, int, int]) -> bytes:
    """The file with its signature's range moved by so many bytes at each number."""
    found = re.search(rb"/ByteRange\s*\[([\d ]+)\]", pdf)
    assert found
    numbers = [int(n) + d for n, d in zip(found[1].split(), change, strict=True)]
    inside = " ".join(map(str, numbers)).encode().ljust(len(found[1]))
    return pdf[: found.start(1)] + inside + pdf[found.end(1) :]


@pytest.mark.parametrize(
    "change",
    [(0, -200, 0, 0), (0, 0, 200, -200), (0, 0, 0, -50), (100, -100, 0, 0), (0, 0, 0, 90)],
    ids=["gap wider before", "gap wider after", "stops early", "starts late", "beyond the end"],
)
def test_range_manipulated(
    signed: bytes, root: Authority, change: tuple[int, int, int, int]
) -> None:
    assert one(ranged(signed, change), root).state == State.BROKEN


def test_honest_signature_over_part_of_the_file(head: Person, root: Authority) -> None:
    """The signer himself left room in the gap, where anything may be put later."""
    for pdf in (sign_leaving_a_gap(head, before=True), sign_leaving_a_gap(head, before=False)):
        report = one(pdf, root)
        assert (report.state, report.reason) == (State.BROKEN, "range")


def sign_leaving_a_gap(person: Person, *, before: bool) -> bytes:
    """Signed for real, after the range was made to leave out more than the value."""
    whole = person.sign(letter())
    return resigned(ranged(whole, (0, -40, 0, 0) if before else (0, 0, 40, -40)), person)


def test_self_signed(root: Authority) -> None:
    report = one(self_signed().sign(letter()), root)
    assert report.state == State.SELF_SIGNED
    assert not report.trusted
    assert report.finding.reason == "signature_untrusted_self_signed"


def test_self_signed_in_a_roots_name(root: Authority) -> None:
    """For a careless program the name is enough, and the certificate is taken for the root."""
    report = one(self_signed("Akar Uji").sign(letter()), root)
    assert report.state == State.SELF_SIGNED
    assert not report.trusted


def test_expired_when_signed(root: Authority) -> None:
    old = root.issue(start=START, end=START + timedelta(days=10))
    report = one(sign_anyhow(letter(), old), root)
    assert (report.state, report.reason) == (State.EXPIRED, "expired")


def test_expired_when_received(head: Person, signed: bytes, root: Authority) -> None:
    assert one(signed, root, at=END - timedelta(days=1)).state == State.VALID
    report = one(signed, root, at=END + timedelta(days=1))
    assert (report.state, report.reason) == (State.EXPIRED, "expired_since")


def test_signed_after_it_came(signed: bytes, root: Authority) -> None:
    report = one(signed, root, at=AT - timedelta(days=30))
    assert (report.state, report.reason) == (State.UNTRUSTED, "in_the_future")


def test_trusted_clock(head: Person, root: Authority) -> None:
    """A timestamp proves when it was signed, so the certificate may lapse afterwards."""
    stamped = AT + timedelta(minutes=1)
    pdf = sign_anyhow(letter(), head, clock=clock_of(root, stamped))
    report = one(pdf, root, at=END + timedelta(days=300))
    assert (report.state, report.level) == (State.VALID, "PAdES B-T")
    assert report.timestamped_at == report.signed_at == stamped
    assert report.claimed_at == AT


def test_untrusted_clock_proves_nothing(head: Person, root: Authority) -> None:
    stranger = Authority("Jam Asing")
    pdf = sign_anyhow(letter(), head, clock=clock_of(stranger, AT))
    report = one(pdf, root, at=AT)
    assert (report.state, report.level, report.timestamped_at) == (State.VALID, "PAdES B-B", None)
    assert one(pdf, root, at=END + timedelta(days=1)).reason == "expired_since"


def test_trusted_clock_against_a_backdated_signature(root: Authority) -> None:
    """The signer's own clock says a day on which the certificate held; the trusted one doesn't."""
    old = root.issue(end=START + timedelta(days=10))
    pdf = sign_anyhow(letter(), old, at=START + timedelta(days=1), clock=clock_of(root, AT))
    assert one(pdf, root).reason == "expired"


def test_timestamp_of_another_signature(head: Person, root: Authority) -> None:
    class Mistaken(DummyTimeStamper):
        """Stamps something else than it was asked to."""

        async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> object:
            return await super().async_timestamp(b"\0" * len(message_digest), md_algorithm)

    right = clock_of(root, AT)
    assert isinstance(right, DummyTimeStamper)
    wrong = Mistaken(tsa_cert=right.tsa_cert, tsa_key=right.tsa_key, fixed_dt=AT)
    report = one(sign_anyhow(letter(), head, clock=wrong), root)
    assert (report.state, report.reason) == (State.BROKEN, "timestamp")


def test_wrong_key_usage(root: Authority) -> None:
    for person in (
        root.issue(may=usage(signs=False, commits=False, encrypts=True)),
        root.issue(purposes=[ExtendedKeyUsageOID.SERVER_AUTH]),
        root.issue(purposes=[ExtendedKeyUsageOID.TIME_STAMPING]),
    ):
        report = one(sign_anyhow(letter(), person), root)
        assert (report.state, report.reason) == (State.UNTRUSTED, "wrong_usage")


def test_purposes_that_persons_have(root: Authority) -> None:
    for purpose in (ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.CLIENT_AUTH):
        assert one(root.issue(purposes=[purpose]).sign(letter()), root).state == State.VALID


def test_unknown_root(signed: bytes) -> None:
    stranger = Authority("Akar Lain")
    report = one(signed, stranger)
    assert (report.state, report.reason) == (State.UNTRUSTED, "unknown_root")
    assert verify(signed)[0].state == State.UNTRUSTED


def test_trusted_name_with_another_key(signed: bytes) -> None:
    report = one(signed, Authority("Akar Uji"))
    assert report.state == State.UNTRUSTED
    assert not report.trusted
    assert report.root == ""


def test_intermediate_authority(root: Authority) -> None:
    below = Authority("Penerbit Uji", above=root)
    report = one(below.issue().sign(letter()), root)
    assert (report.state, report.issuer, report.root) == (State.VALID, "Penerbit Uji", "Akar Uji")


def test_a_person_is_no_authority(root: Authority, head: Person) -> None:
    """A certificate issued with an ordinary person's key leads nowhere."""
    forger = Authority("Mega Contoh, S.Sos.")
    forger.key, forger.certificate = head.key, head.certificate
    victim = forger.issue("Gubernur Contoh")
    pdf = Person(victim.key, victim.certificate, (head.certificate,)).sign(letter())
    assert one(pdf, root).state == State.UNTRUSTED


def test_sha1(head: Person, root: Authority) -> None:
    report = one(sign_anyhow(letter(), head, digest="sha1"), root)
    assert (report.state, report.reason) == (State.UNTRUSTED, "weak_algorithm")
    assert report.algorithm == "ECDSA P-256, SHA-1"


def test_weak_rsa(root: Authority) -> None:
    report = one(sign_anyhow(letter(), root.issue(key=rsa_key(1024))), root)
    assert (report.state, report.reason) == (State.UNTRUSTED, "weak_algorithm")


def test_second_person_countersigns(signed: bytes, root: Authority) -> None:
    both = root.issue("Kepala Dua").sign(signed)
    first, second = verify(both, roots=[root.pem])
    assert (first.state, second.state) == (State.VALID, State.VALID)
    assert (first.covers_whole_file, second.covers_whole_file) == (False, True)
    assert not first.changed_afterwards
    assert (first.signer, second.signer) == ("Mega Contoh, S.Sos.", "Kepala Dua")


def test_countersigned_then_painted_over(signed: bytes, root: Authority) -> None:
    both = root.issue("Kepala Dua").sign(signed)
    assert states(Update(both).paint_over().done(), root) == [State.CHANGED_AFTER] * 2


def test_painted_over_then_countersigned(signed: bytes, root: Authority) -> None:
    forged = root.issue("Kepala Dua").sign(Update(signed).paint_over().done())
    assert states(forged, root) == [State.CHANGED_AFTER, State.VALID]


def test_stranger_countersigns_visibly(signed: bytes, root: Authority) -> None:
    """A visible signature can show anything over the letter, so a stranger's spoils the first."""
    forged = sign_anyhow(signed, self_signed("Siapa Saja"), box=BOX)
    assert states(forged, root) == [State.CHANGED_AFTER, State.SELF_SIGNED]


def test_stranger_countersigns_invisibly(signed: bytes, root: Authority) -> None:
    forged = self_signed("Siapa Saja").sign(signed)
    assert states(forged, root) == [State.VALID, State.SELF_SIGNED]


def test_colleague_countersigns_visibly(signed: bytes, root: Authority) -> None:
    both = sign_anyhow(signed, root.issue("Kepala Dua"), box=BOX)
    assert states(both, root) == [State.VALID, State.VALID]


def test_visible_empty_field_added(signed: bytes, root: Authority) -> None:
    forged = Update(signed).empty_field(BOX).done()
    assert states(forged, root) == [State.CHANGED_AFTER, State.EMPTY]


def test_locked_by_the_first_signer(head: Person, root: Authority) -> None:
    """Whoever certifies against all changes allows not even a second signature."""
    locked = sign_anyhow(letter(), head, locked=MDPPerm.NO_CHANGES)
    assert states(locked, root) == [State.VALID]
    late = head.sign(letter())  # an unlocked one, to show that the lock is what decides
    assert states(root.issue("Kepala Dua").sign(late), root) == [State.VALID, State.VALID]
    assert states(Update(locked).empty_field(BOX).done(), root)[0] == State.CHANGED_AFTER


def test_locked_but_for_signatures(head: Person, root: Authority) -> None:
    certified = sign_anyhow(letter(), head, locked=MDPPerm.FILL_FORMS)
    assert states(root.issue("Kepala Dua").sign(certified), root) == [State.VALID] * 2
    assert states(Update(certified).annotate().done(), root) == [State.CHANGED_AFTER]


def test_broken_cross_references(signed: bytes, root: Authority) -> None:
    at = signed.rindex(b"startxref")
    forged = signed[:at] + b"startxref\n7\n%%EOF\n"
    report = one(forged, root)
    assert (report.state, report.reason) == (State.UNREADABLE, "unreadable")


def test_cut_off(signed: bytes, root: Authority) -> None:
    assert one(signed[:-300], root).state == State.UNREADABLE


def test_value_that_is_no_signature(signed: bytes, root: Authority) -> None:
    value = re.search(rb"/Contents\s?<([0-9a-fA-F]{40})", signed)
    assert value
    forged = signed[: value.start(1)] + b"00" * 20 + signed[value.end(1) :]
    assert one(forged, root).state in {State.UNREADABLE, State.BROKEN}


def test_kind_that_is_not_known(signed: bytes, root: Authority) -> None:
    forged = signed.replace(b"/ETSI.CAdES.detached", b"/ETSI.XXXXX.detached")
    report = one(forged, root)
    assert (report.state, report.reason) == (State.UNREADABLE, "unsupported")


def test_older_kind(head: Person, root: Authority) -> None:
    pdf = sign_anyhow(letter(), head, subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED)
    report = one(pdf, root)
    assert (report.state, report.level) == (State.VALID, "PKCS#7")
    assert report.claimed_at == AT


def locked_with(password: str) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(letter())) as document:
        document.save(out, encryption=pikepdf.Encryption(user=password, owner="pemilik", R=6))
    return out.getvalue()


def test_encrypted(head: Person, root: Authority) -> None:
    """Readable with the empty password like any viewer does; otherwise told as locked."""
    report = one(sign_anyhow(locked_with(""), head, password=""), root)
    assert (report.state, report.stated_place) == (State.VALID, "Jakarta")
    report = one(sign_anyhow(locked_with("rahasia"), head, password="rahasia"), root)
    assert (report.state, report.reason) == (State.UNREADABLE, "locked")
    assert verify(locked_with("rahasia")) == []


def test_hidden_name(signed: bytes, root: Authority) -> None:
    """A name written in #-codes is the same name, and hides nothing from a broken file's check."""
    hidden = Update(signed).take_field_off().done().replace(b"/ByteRange ", b"/Byte#52ange ")
    assert verify(hidden, roots=[root.pem]) != []


def test_roots_that_are_no_roots(head: Person) -> None:

    with pytest.raises(RootRefused):
        verify(letter(), roots=[head.certificate.public_bytes(Encoding.PEM)])


def test_moment_needs_a_zone(signed: bytes) -> None:
    with pytest.raises(ValueError, match="time zone"):
        verify(signed, at=datetime(2026, 3, 2))


def test_every_reason_speaks() -> None:
    for reason in REASONS.values():
        assert reason.what.endswith(".")
        assert reason.next_step.endswith(".") or reason.state == State.VALID
    assert {reason.state for reason in REASONS.values()} == set(State)


def test_sample_letters() -> None:
    root = (LETTERS / "uji_root_ca.pem").read_bytes()
    arrived = datetime(2026, 11, 22, tzinfo=UTC)

    def state(name: str, *roots: bytes) -> State:
        [report] = verify((LETTERS / name).read_bytes(), roots=roots, at=arrived)
        return report.state

    assert state("t01_ttd_sah.pdf", root) == State.VALID
    assert state("t01_ttd_sah.pdf") == State.UNTRUSTED
    assert state("t02_ttd_byte_diubah.pdf", root) == State.BROKEN
    assert state("t04_ttd_sertifikat_sendiri.pdf", root) == State.SELF_SIGNED


def test_no_sample_letter_is_taken_for_signed() -> None:
    for path in sorted(LETTERS.glob("*.pdf")):
        if not path.name.startswith("t0"):
            assert verify(path.read_bytes()) == [], path.name
