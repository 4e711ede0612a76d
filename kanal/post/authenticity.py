"""Did the mail come from whom it says: our own check, and the word of one trusted server.

A mailbox reader does not see the connection, so SPF can only be had from the server that did; it
is believed when the mailbox names that server and its line is the topmost of its kind. DKIM and
DMARC are checked here. Anything odd (two senders, a changed body, lines that contradict each
other) and the answer is never `verified`. The result is shown to people; it decides nothing.

The trusted server must remove lines that claim its own name from what it takes in (RFC 8601, 5).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import dkim
import dns.exception
import dns.resolver
from authheaders.dmarc_lookup import DMARCException, lookup_receiver_record
from dkim.canonicalization import CanonicalizationPolicy, InvalidCanonicalizationPolicyError
from publicsuffix2 import PublicSuffixList

from kanal.paper import envelope
from kanal.paper.mailcodes import Headers

VERIFIED, NONE, FAILED = "verified", "none", "failed"
PASS, FAIL, UNKNOWN, ABSENT = "pass", "fail", "unknown", "absent"
MOST_SIGNATURES = 4
DNS_SECONDS = 4.0
_RESULT = re.compile(r"(?i)\b(spf|dkim|dmarc)\s*=\s*([a-z]+)((?:[^;\"]|\"[^\"]*\")*)")
_DOMAIN = re.compile(r"(?i)\bheader\.[di]\s*=\s*\"?(?:[^@\s;\"]*@)?([a-z0-9.-]+)")
_HASHES = {b"rsa-sha256": hashlib.sha256, b"ed25519-sha256": hashlib.sha256}

Ask = Callable[[str], str | None]


class NoAnswer(Exception):
    """The name server is not to be reached: nothing is known, neither good nor bad."""


@dataclass(frozen=True)
class Result:
    """`spf`, `dkim`, `dmarc`: pass, fail, unknown or absent. `domain` is who signed.

    `by` is the trusted server whose word was taken, "" when it is only ours. `notes` are words:
    two_senders, no_sender, body_changed, partly_signed, wrong_domain, says_otherwise.
    """

    verdict: str = NONE
    spf: str = ABSENT
    dkim: str = ABSENT
    dmarc: str = ABSENT
    domain: str = ""
    by: str = ""
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class _Signature:
    state: str
    domain: str = ""
    note: str = ""


def ask_dns(name: str) -> str | None:
    """The TXT record; None when there is none. Raises NoAnswer."""
    resolver = dns.resolver.Resolver()
    resolver.lifetime = resolver.timeout = DNS_SECONDS
    try:
        answer = resolver.resolve(name.rstrip("."), "TXT")
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return None
    except (dns.exception.DNSException, OSError, ValueError) as error:
        raise NoAnswer(name) from error
    return b"".join(answer[0].strings).decode("utf-8", "replace")


def patient(
    ask: Ask, seconds: float = 2 * DNS_SECONDS, *, known: dict[str, str | None] | None = None
) -> Ask:
    """For one mail: what was asked is not asked again, and slow name servers get so long together.

    `known` keeps answers for the mails that follow at once: most come from a few domains.
    """
    known = {} if known is None else known
    until = time.monotonic() + seconds

    def asked(name: str) -> str | None:
        if name not in known:
            if time.monotonic() > until:
                raise NoAnswer(name)
            known[name] = ask(name)
        return known[name]

    return asked


def check(raw: bytes, *, authserv_id: str = "", ask: Ask = ask_dns) -> Result:
    """Never raises for what the mail holds."""
    head = Headers.read(_head(raw), most=envelope.MAX_HEADERS)
    said = envelope.read(_head(raw))
    notes: list[str] = []
    own = said.sender.mail.rpartition("@")[2].lower() if said.sender else ""
    if len(head.all("from")) > 1 or (own and _several(head.first("from"))):
        notes.append("two_senders")
    elif not own:
        notes.append("no_sender")
    signature = _best([_signature(raw, number, own, ask) for number in _signatures(head)])
    if signature.note:
        notes.append(signature.note)
    trusted = _trusted(head, authserv_id)
    return _judged(own, signature, trusted, _policy(own, ask), authserv_id, notes)


def _head(raw: bytes) -> bytes:
    found = re.search(rb"\r?\n\r?\n", raw[: envelope.MAX_HEADER_BYTES * 2])
    return raw[: found.end()] if found else raw[: envelope.MAX_HEADER_BYTES]


def _several(value: str) -> bool:
    mail = envelope.read(b"From: " + value.encode("utf-8", "replace")[:20_000] + b"\n\n")
    tidy = re.sub(r'"(?:[^"\\]|\\.)*"|\([^()]*\)', "", value)
    return mail.sender is None or tidy.count("@") > 1


def _signatures(head: Headers) -> range:
    return range(min(len(head.all("dkim-signature")), MOST_SIGNATURES))


def _signature(raw: bytes, number: int, own: str, ask: Ask) -> _Signature:
    unreached: list[str] = []

    def text_of(name: bytes | str, timeout: int = 5) -> bytes | None:
        plain = name.decode("ascii", "replace") if isinstance(name, bytes) else name
        try:
            found = ask(plain.rstrip("."))
        except NoAnswer:
            unreached.append(plain)
            return None
        return found.encode() if found else None

    try:
        checker = dkim.DKIM(raw, minkey=1024, timeout=int(DNS_SECONDS))
    except dkim.DKIMException:
        return _Signature(FAIL)
    try:
        good = bool(checker.verify(idx=number, dnsfunc=text_of))
    except Exception:  # noqa: BLE001 the boundary: the library, on a header a stranger wrote
        good = False
    fields = getattr(checker, "signature_fields", None) or {}
    domain = fields.get(b"d", b"").decode("ascii", "replace").lower()
    if b"l" in fields:
        return _Signature(FAIL, domain, "partly_signed")
    if not _body_is_whole(checker, fields):
        return _Signature(FAIL, domain, "body_changed")
    if good:
        return _Signature(PASS, domain, "" if _aligned(domain, own) else "wrong_domain")
    return _Signature(UNKNOWN if unreached else FAIL, domain)


def _body_is_whole(checker: dkim.DKIM, fields: dict[bytes, bytes]) -> bool:
    """Whether the body is the one that was signed; needs no name server."""
    make = _HASHES.get(fields.get(b"a", b""))
    if make is None:
        return False
    try:
        rules = CanonicalizationPolicy.from_c_value(fields.get(b"c"))
        said = base64.b64decode(re.sub(rb"\s", b"", fields.get(b"bh", b"")))
    except (InvalidCanonicalizationPolicyError, binascii.Error, ValueError):
        return False
    return make(rules.canonicalize_body(checker.body)).digest() == said


def _best(signatures: list[_Signature]) -> _Signature:
    order = [
        lambda each: each.state == PASS and not each.note,
        lambda each: each.state == PASS,
        lambda each: each.state == UNKNOWN,
        lambda each: True,
    ]
    for wanted in order:
        for each in signatures:
            if wanted(each):  # type: ignore[no-untyped-call]
                return each
    return _Signature(ABSENT)


def _aligned(one: str, other: str) -> bool:
    """Relaxed: the same organisation's domain."""
    return bool(one and other) and (one == other or _organisation(one) == _organisation(other))


@cache
def _suffixes() -> PublicSuffixList:
    """Read once: it takes a quarter of a second."""
    listed = files("authheaders") / "public_suffix_list.txt"
    with listed.open(encoding="utf-8") as lines:
        return PublicSuffixList(lines)


@lru_cache(maxsize=2048)
def _organisation(domain: str) -> str:
    try:
        return str(_suffixes().get_public_suffix(domain) or domain)
    except (ValueError, UnicodeError, IndexError):
        return domain


def _policy(own: str, ask: Ask) -> str:
    """What the sender's domain asks for: reject, quarantine, none; absent or unknown."""
    if not own:
        return ABSENT
    try:
        record = lookup_receiver_record(own, dnsfunc=ask) or lookup_receiver_record(
            _organisation(own), dnsfunc=ask
        )
    except NoAnswer:
        return UNKNOWN
    except (DMARCException, ValueError, UnicodeError, IndexError, AttributeError):
        return ABSENT
    return str(record.get("p", ABSENT)) if record else ABSENT


def _trusted(head: Headers, authserv_id: str) -> dict[str, tuple[str, str]]:
    """spf, dkim and dmarc as the trusted server says: the result and whose domain.

    Only the topmost line counts, and none when more than one claims to be that server's.
    """
    lines = head.all("authentication-results")
    wanted = authserv_id.strip().lower()
    if not wanted or not lines or _server_of(lines[0]) != wanted:
        return {}
    if sum(_server_of(line) == wanted for line in lines) != 1:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for kind, result, rest in _RESULT.findall(lines[0].partition(";")[2]):
        domain = _DOMAIN.search(rest)
        better = kind.lower() not in found or result.lower() == PASS
        if better:
            found[kind.lower()] = (result.lower(), domain[1].lower() if domain else "")
    return found


def _server_of(line: str) -> str:
    words = re.sub(r"\([^()]*\)", " ", line.partition(";")[0]).split()
    return words[0].strip('"').lower() if words else ""


def _judged(
    own: str,
    signature: _Signature,
    trusted: dict[str, tuple[str, str]],
    policy: str,
    authserv_id: str,
    notes: list[str],
) -> Result:
    said_dkim, said_domain = trusted.get("dkim", (ABSENT, ""))
    if said_dkim == PASS and signature.state in (ABSENT, FAIL):
        notes.append("says_otherwise")
    aligned_here = signature.state == PASS and _aligned(signature.domain, own)
    aligned_there = (
        said_dkim == PASS
        and signature.state == UNKNOWN
        and signature.domain == said_domain
        and _aligned(said_domain, own)
    )
    verified = (aligned_here or aligned_there) and not notes
    refused = bool({"two_senders", "body_changed", "says_otherwise"} & {*notes})
    refused |= signature.state == FAIL
    refused |= trusted.get("dmarc", ("", ""))[0] == FAIL and not verified
    refused |= policy in ("reject", "quarantine") and signature.state == PASS and not verified
    return Result(
        verdict=VERIFIED if verified else FAILED if refused else NONE,
        spf=_plain(trusted.get("spf", (ABSENT, ""))[0]),
        dkim=signature.state,
        dmarc=PASS if verified else _plain(trusted.get("dmarc", (ABSENT, ""))[0]),
        domain=signature.domain or said_domain,
        by=authserv_id if trusted else "",
        notes=list(dict.fromkeys(notes)),
    )


def _plain(said: str) -> str:
    if said in (PASS, ABSENT):
        return said
    return FAIL if said in ("fail", "softfail", "permerror") else UNKNOWN
