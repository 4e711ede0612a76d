"""For the tests of signing: an authority of our own, letters of our own, and a forger's tools."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from io import BytesIO

import typst
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.timestamps import DummyTimeStamper, TimeStamper

from kanal.paper.signing.pkcs12 import Pkcs12Signer

WIB = timezone(timedelta(hours=7))
AT = datetime(2026, 3, 2, 9, 0, tzinfo=WIB)
# Pages check certificates on their own day, so these hold for as long as anyone runs the tests.
START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2046, 1, 1, tzinfo=UTC)
PASSPHRASE = "Rahasia-Kepala-Dinas"
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

_LETTER = b"""
#set document(title: "Surat Penunjukan", date: datetime(year: 2026, month: 3, day: 2))
#set text(lang: "id")
#pdf.attach("surat.json", bytes("{\\"kanal\\": 1}"), relationship: "data",
  mime-type: "application/json", description: "Isi surat")
= Surat Penunjukan
Nomor 0611/-1.823.5, petugas: Budi Contoh.
#pagebreak()
Halaman kedua.
"""


@cache
def letter() -> bytes:
    """PDF/A-3a of two pages with an attachment, as the office composes them."""
    pdf: bytes = typst.compile(_LETTER, format="pdf", pdf_standards=["a-3a"])
    return pdf


@cache
def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def ec_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True)
class Person:
    """A certificate with its key, and the certificates handed out with it."""

    key: Key
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    def p12(self, passphrase: str = PASSPHRASE) -> bytes:
        return pkcs12.serialize_key_and_certificates(
            b"kunci",
            self.key,
            self.certificate,
            self.chain,
            BestAvailableEncryption(passphrase.encode()),
        )

    @property
    def signer(self) -> Pkcs12Signer:
        return Pkcs12Signer(self.p12(), PASSPHRASE)

    def sign(self, pdf: bytes, *, at: datetime = AT) -> bytes:
        return self.signer.sign(pdf, reason="Penunjukan", at=at, place="Jakarta").pdf


def usage(
    *, signs: bool = True, commits: bool = True, encrypts: bool = False, certifies: bool = False
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=commits,
        key_encipherment=encrypts,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certifies,
        crl_sign=certifies,
        encipher_only=False,
        decipher_only=False,
    )


class Authority:
    """A root, or with `above` an intermediate."""

    def __init__(self, name: str = "Akar Uji", above: Authority | None = None) -> None:
        self.name, self.key, self.above = dn(name), ec_key(), above
        issuer, key = (above.name, above.key) if above else (self.name, self.key)
        self.certificate = made(
            self.name, issuer, self.key, key, usage(signs=False, commits=False, certifies=True)
        )

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def issue(
        self,
        common_name: str = "Mega Contoh, S.Sos.",
        *,
        key: Key | None = None,
        start: datetime = START,
        end: datetime = END,
        may: x509.KeyUsage | None = None,
        purposes: Sequence[ObjectIdentifier] = (),
        extra: Sequence[x509.ExtensionType] = (),
        critical: bool = False,
    ) -> Person:
        key = key or ec_key()
        certificate = made(
            dn(common_name),
            self.name,
            key,
            self.key,
            may or usage(),
            start,
            end,
            purposes,
            extra,
            critical,
        )
        return Person(key, certificate, (self.certificate,))


def self_signed(common_name: str = "Mega Contoh, S.Sos.") -> Person:
    key = ec_key()
    return Person(key, made(dn(common_name), dn(common_name), key, key, usage()))


def dn(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def made(
    subject: x509.Name,
    issuer: x509.Name,
    key: Key,
    by: Key,
    may: x509.KeyUsage,
    start: datetime = START,
    end: datetime = END,
    purposes: Sequence[ObjectIdentifier] = (),
    extra: Sequence[x509.ExtensionType] = (),
    critical: bool = False,
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(may.key_cert_sign, None), critical=True)
        .add_extension(may, critical=True)
    )
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=critical)
    for extension in extra:
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(by, hashes.SHA256())


def sign_anyhow(
    pdf: bytes,
    person: Person,
    *,
    at: datetime = AT,
    digest: str = "sha256",
    locked: fields.MDPPerm | None = None,
    box: tuple[int, int, int, int] | None = None,
    password: str | None = None,
    clock: TimeStamper | None = None,
    subfilter: fields.SigSeedSubFilter = fields.SigSeedSubFilter.PADES,
) -> bytes:
    """A signature as some other program makes it, with choices that our own signer refuses."""
    out = IncrementalPdfFileWriter(BytesIO(pdf if pdf.endswith(b"\n") else pdf + b"\n"))
    if password is not None:
        out.encrypt(password)
    name = f"Lain{len(pdf)}"
    held = signers.SimpleSigner.load_pkcs12_data(person.p12(), [], PASSPHRASE.encode())
    says = signers.PdfSignatureMetadata(
        field_name=name,
        md_algorithm=digest,
        subfilter=subfilter,
        location="Jakarta",
        certify=locked is not None,
        docmdp_permissions=locked or fields.MDPPerm.FILL_FORMS,
    )
    spec = fields.SigFieldSpec(name, box=box) if box else None
    pdf_signer = signers.PdfSigner(says, held, new_field_spec=spec, timestamper=clock)
    session = pdf_signer.init_signing_session(out)
    session.system_time = at

    async def signed() -> bytes:
        prepared = session.prepare_tbs_document(validation_info=None, bytes_reserved=16384)
        told, stream = prepared.digest_tbs_document(in_place=True)
        await prepared.perform_signature(
            told.document_digest, PdfCMSSignedAttributes(signing_time=at)
        )
        stream.seek(0)
        return stream.read()

    return asyncio.run(signed())


def clock_of(authority: Authority, at: datetime) -> TimeStamper:
    """A timestamping service of that authority whose clock stands still."""
    person = authority.issue(
        "Jam Uji",
        key=rsa_key(),
        purposes=[ExtendedKeyUsageOID.TIME_STAMPING],
        end=datetime(2040, 1, 1, tzinfo=UTC),
        critical=True,
    )
    held = signers.SimpleSigner.load_pkcs12_data(person.p12(), [], PASSPHRASE.encode())
    return DummyTimeStamper(
        tsa_cert=held.signing_cert, tsa_key=held.signing_key, fixed_dt=at.astimezone(UTC)
    )


class Update:
    """A forger's later revision of a file, appended as any editor appends it."""

    def __init__(self, pdf: bytes) -> None:
        self.out = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)

    def done(self) -> bytes:
        stream = BytesIO()
        self.out.write(stream)
        return stream.getvalue()

    def page(self, number: int = 0) -> generic.DictionaryObject:
        reference, _ = self.out.find_page_for_modification(number)
        page = reference.get_object()
        self.out.mark_update(reference)
        return page

    def paint_over(self) -> Update:
        """A white sheet over the whole page, with other words to come on it."""
        page = self.page()
        sheet = generic.StreamObject(stream_data=b"q 1 1 1 rg 0 0 600 900 re f Q")
        old = page.raw_get("/Contents")
        page[pdf_name("/Contents")] = generic.ArrayObject([old, self.out.add_object(sheet)])
        return self

    def annotate(self) -> Update:
        note = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/FreeText"),
                pdf_name("/Rect"): generic.ArrayObject(
                    map(generic.NumberObject, (10, 10, 500, 700))
                ),
                pdf_name("/Contents"): generic.pdf_string("Petugas: orang lain"),
                pdf_name("/DA"): generic.pdf_string("/Helv 20 Tf"),
            }
        )
        page = self.page()
        kept = [*page["/Annots"]] if "/Annots" in page else []
        page[pdf_name("/Annots")] = generic.ArrayObject([*kept, self.out.add_object(note)])
        return self

    def add_page(self) -> Update:
        pages_reference = self.out.root.raw_get("/Pages")
        pages = pages_reference.get_object()
        page = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Page"),
                pdf_name("/Parent"): pages_reference,
                pdf_name("/MediaBox"): generic.ArrayObject(
                    map(generic.NumberObject, (0, 0, 595, 842))
                ),
            }
        )
        pages["/Kids"].append(self.out.add_object(page))
        pages[pdf_name("/Count")] = generic.NumberObject(int(pages["/Count"]) + 1)
        self.out.update_container(pages["/Kids"])
        self.out.update_container(pages)
        return self

    def replace_attachment(self, data: bytes) -> Update:
        spec = self.out.root["/AF"][0].get_object()
        stream = spec["/EF"].raw_get("/F").get_object()
        other = generic.StreamObject(
            dict_data={key: stream.raw_get(key) for key in ("/Type", "/Subtype", "/Params")},
            stream_data=data,
        )
        reference = self.out.add_object(other)
        for key in list(spec["/EF"]):
            spec["/EF"][key] = reference
        self.out.update_container(spec["/EF"])
        return self

    def fill(self, value: str) -> Update:
        field = self.out.root["/AcroForm"]["/Fields"].raw_get(0).get_object()
        field[pdf_name("/V")] = generic.pdf_string(value)
        self.out.update_container(field)
        return self

    def unsign(self) -> Update:
        """Takes the value out of the signature's field and leaves the field."""
        for reference in self.out.root["/AcroForm"]["/Fields"]:
            field = reference.get_object()
            if field.get("/FT") == "/Sig":
                del field["/V"]
                self.out.update_container(field)
        return self

    def take_field_off(self) -> Update:
        del self.out.root["/AcroForm"]
        self.out.update_root()
        return self

    def empty_field(self, box: tuple[int, int, int, int]) -> Update:
        fields.append_signature_field(self.out, fields.SigFieldSpec("Kosong", box=box))
        return self


def with_form(pdf: bytes) -> bytes:
    """The letter with a text field on its first page."""
    update = Update(pdf + b"\n")
    field = update.out.add_object(
        generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/Widget"),
                pdf_name("/FT"): pdf_name("/Tx"),
                pdf_name("/T"): generic.pdf_string("petugas"),
                pdf_name("/V"): generic.pdf_string("Budi Contoh"),
                pdf_name("/Rect"): generic.ArrayObject(
                    map(generic.NumberObject, (50, 50, 300, 70))
                ),
            }
        )
    )
    update.page()[pdf_name("/Annots")] = generic.ArrayObject([field])
    update.out.root[pdf_name("/AcroForm")] = generic.DictionaryObject(
        {pdf_name("/Fields"): generic.ArrayObject([field])}
    )
    update.out.update_root()
    return update.done()


def resigned(pdf: bytes, person: Person) -> bytes:
    """The file with its one signature made anew over the range that it now says."""
    found = re.search(rb"/ByteRange\s*\[([\d ]+)\]", pdf)
    value = re.search(rb"/Contents\s?<([0-9a-fA-F]+)>", pdf)
    if found is None or value is None:
        raise ValueError("not signed")
    start, first, second, rest = map(int, found[1].split())
    digest = hashlib.sha256(pdf[start : start + first] + pdf[second : second + rest]).digest()
    held = signers.SimpleSigner.load_pkcs12_data(person.p12(), [], PASSPHRASE.encode())
    made_anew = asyncio.run(held.async_sign(digest, "sha256", use_pades=True)).dump().hex()
    inside = made_anew.encode().ljust(len(value[1]), b"0")
    return pdf[: value.start(1)] + inside + pdf[value.end(1) :]
