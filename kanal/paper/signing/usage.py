"""What a certificate must be meant for before its signature under a letter counts."""

from asn1crypto import x509  # type: ignore[import-untyped]
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator.errors import InvalidCertificateError

# A signer's certificate says "signature" or "commitment" ...
SIGNATURES = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
# ... and where it also lists purposes, one of them is a person's or a document's, not a server's,
# a program's or a clock's.
_PURPOSES = KeyUsageConstraints(
    extd_key_usage={
        "email_protection",
        "client_auth",
        "adobe_authentic_documents_trust",
        "microsoft_document_signing",
        "1.3.6.1.5.5.7.3.36",  # document signing, RFC 9336
    },
    explicit_extd_key_usage_required=False,
)


def may_sign(certificate: x509.Certificate) -> bool:
    try:
        SIGNATURES.validate(certificate)
        _PURPOSES.validate(certificate)
    except InvalidCertificateError:
        return False
    return True
