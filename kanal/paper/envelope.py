"""A mail as it came, taken apart with nothing taken for granted.

`read` never raises for what is in the mail: parts beyond a bounded number and depth are left out
and named in `problems`, broken encodings give what they still hold, headers cannot carry line
breaks into other headers. The standard library reads single headers and codes; the splitting into
parts is done here, because its parser has no bounds.

Words in `problems`: too_many_attachments, nested_too_deep, mail_too_large, winmail_unreadable,
broken_mail.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from kanal.paper import mailcodes, tnef
from kanal.paper.mailcodes import Headers

MAX_PARTS = 200
MAX_DEPTH = 12
MAX_HEADERS = 1_000
MAX_HEADER_BYTES = 256 << 10
MAX_BODY_CHARACTERS = 1_000_000
MAX_ADDRESSES = 200
MAX_BYTES = 64 << 20
_BLANK = re.compile(rb"\r?\n\r?\n|\r\r")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,500}>")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[()<>,;:]|[^()<>,;:"]+|"')
_AUTOMATIC = ("auto-submitted", "precedence", "x-auto-response-suppress", "list-id", "x-autoreply",
              "x-autorespond", "feedback-id", "list-unsubscribe")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """`name` may be empty; `mail` is lower case in its domain only."""

    name: str
    mail: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """`name` and `media_type` as the sender said them: neither is to be believed."""

    name: str
    media_type: str
    data: bytes
    content_id: str = ""
    is_inline: bool = False


@dataclass(slots=True)
class Mail:
    """`automatic` holds the headers that tell a machine's mail from a person's, as sent."""

    sender: Address | None = None
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    date: datetime | None = None
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    return_path: str | None = None
    automatic: dict[str, str] = field(default_factory=dict)
    body_text: str = ""
    has_html: bool = False
    html: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def is_automatic(self) -> bool:
        """An out-of-office note, a bounce, a list: nobody is waiting for an answer."""
        said = self.automatic.get("auto-submitted", "no").strip().lower()
        precedence = self.automatic.get("precedence", "").strip().lower()
        others = self.automatic.keys() - {"auto-submitted", "precedence"}
        return (
            not said.startswith("no")
            or precedence in {"bulk", "junk", "list", "auto_reply"}
            or bool(others - {"list-unsubscribe"})
            or self.return_path == ""
        )


def read(raw: bytes) -> Mail:
    mail = Mail()
    if len(raw) > MAX_BYTES:
        _tell(mail, "mail_too_large")
        raw = raw[:MAX_BYTES]
    _Reader(mail, raw).part(0, len(raw), depth=0)
    return mail


def _tell(mail: Mail, problem: str) -> None:
    if problem not in mail.problems:
        mail.problems.append(problem)


class _Reader:
    """Works with places in the raw bytes; only what is kept is copied."""

    def __init__(self, mail: Mail, raw: bytes) -> None:
        self.mail, self.raw = mail, raw
        self.parts = 0
        self.letters_left = MAX_BODY_CHARACTERS

    def part(self, start: int, end: int, depth: int, default: str = "text/plain") -> None:
        self.parts += 1
        headers, start = _headers(self.raw, start, end)
        if depth == 0:
            _take_headers(self.mail, headers)
        kind, parameters = headers.with_parameters("content-type")
        kind = kind.strip().lower() or default
        if depth > MAX_DEPTH:
            _tell(self.mail, "nested_too_deep")
            return
        if kind.startswith("multipart/") and parameters.get("boundary"):
            default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
            self._each(parameters["boundary"], start, end, depth, default)
        else:
            self._leaf(headers, kind, parameters, self.raw[start:end])

    def _each(self, boundary: str, start: int, end: int, depth: int, default: str) -> None:
        pieces = _pieces(self.raw, boundary.encode(), start, end)
        for begin, finish in pieces:
            if self.parts >= MAX_PARTS:
                _tell(self.mail, "too_many_attachments")
                return
            self.part(begin, finish, depth + 1, default)
        if not pieces:
            _tell(self.mail, "broken_mail")

    def _leaf(self, headers: Headers, kind: str, parameters: dict[str, str], body: bytes) -> None:
        place, said = headers.with_parameters("content-disposition")
        name = mailcodes.file_name(said.get("filename") or parameters.get("name") or "")
        data = mailcodes.decoded(body, headers.first("content-transfer-encoding"))
        place = place.strip().lower()
        if kind in ("text/plain", "text/html") and place != "attachment" and not name:
            self._body(kind, mailcodes.text_of(data, parameters.get("charset", "")))
            return
        if kind in ("application/ms-tnef", "application/vnd.ms-tnef") or (
            name.lower() == "winmail.dat"
        ):
            self._winmail(data)
            return
        if kind.startswith("multipart/") and not data.strip():
            return
        if not name:
            name = "pesan.eml" if kind == "message/rfc822" else ""
        content_id = headers.first("content-id").strip().strip("<>")[:200]
        self._attach(Attachment(name, kind[:200], data, content_id, place == "inline"))

    def _attach(self, attachment: Attachment) -> None:
        if len(self.mail.attachments) >= MAX_PARTS:
            _tell(self.mail, "too_many_attachments")
        else:
            self.mail.attachments.append(attachment)

    def _body(self, kind: str, text: str) -> None:
        text = text.replace("\r\n", "\n").replace("\0", "")[: self.letters_left]
        self.letters_left -= len(text)
        if kind == "text/html":
            self.mail.has_html = True
            self.mail.html += text
        elif text.strip():
            self.mail.body_text += ("\n" if self.mail.body_text else "") + text

    def _winmail(self, data: bytes) -> None:
        try:
            found = tnef.attachments(data, most=MAX_PARTS)
        except tnef.Unreadable:
            _tell(self.mail, "winmail_unreadable")
            self._attach(Attachment("winmail.dat", "application/ms-tnef", data))
            return
        for name, content in found:
            self._attach(Attachment(mailcodes.file_name(name), "", content))


def _headers(raw: bytes, start: int, end: int) -> tuple[Headers, int]:
    """And where the body begins; a part that begins with an empty line has no headers."""
    for empty in (b"\r\n", b"\n"):
        if raw.startswith(empty, start, end):
            return Headers([]), start + len(empty)
    match = _BLANK.search(raw, start, end)
    last, body = match.span() if match else (end, end)
    head = raw[start : min(last, start + MAX_HEADER_BYTES)]
    return Headers.read(head, most=MAX_HEADERS), body


def _pieces(raw: bytes, boundary: bytes, start: int, end: int) -> list[tuple[int, int]]:
    """Between the boundary's lines, closed or not; one more than allowed at the most."""
    line = re.compile(rb"(?m)^--" + re.escape(boundary) + rb"(--)?[ \t]*\r?(?:\n|\Z)")
    pieces: list[tuple[int, int]] = []
    begin = -1
    for match in line.finditer(raw, start, end):
        if begin >= 0:
            pieces.append((begin, _before_break(raw, begin, match.start())))
        begin = match.end()
        if match[1] or len(pieces) > MAX_PARTS:
            return pieces
    if begin >= 0:
        pieces.append((begin, end))
    return pieces


def _before_break(raw: bytes, begin: int, end: int) -> int:
    """The line break before a boundary belongs to the boundary."""
    for ending in (b"\r\n", b"\n"):
        if raw.endswith(ending, begin, end):
            return end - len(ending)
    return end


def _take_headers(mail: Mail, headers: Headers) -> None:
    senders = _addresses(headers, "from") or _addresses(headers, "sender")
    mail.sender = senders[0] if senders else None
    mail.reply_to = _addresses(headers, "reply-to")
    mail.to, mail.cc = _addresses(headers, "to"), _addresses(headers, "cc")
    mail.subject = headers.text("subject")[:1000]
    mail.date = _date(headers.first("date"))
    mail.message_id = _first_id(headers.first("message-id"))
    mail.in_reply_to = _first_id(headers.first("in-reply-to"))
    mail.references = tuple(_MESSAGE_ID.findall(headers.first("references"))[-100:])
    mail.return_path = _return_path(headers)
    mail.automatic = {
        name: headers.text(name)[:500] for name in _AUTOMATIC if headers.first(name).strip()
    }


def _addresses(headers: Headers, name: str) -> tuple[Address, ...]:
    found: list[Address] = []
    for value in headers.all(name)[:20]:
        # Parsed before decoding, so that an encoded name cannot bring an address of its own.
        for shown, mail in _mailboxes(value[:20_000]):
            local, at, domain = mail.rpartition("@")
            if at and local and domain and not re.search(r"[\s<>]", mail):
                plain = mailcodes.decoded_words(shown)
                found.append(Address(plain[:300], f"{local}@{domain.lower()}"[:320]))
    return tuple(found[:MAX_ADDRESSES])


def _mailboxes(value: str) -> list[tuple[str, str]]:
    """Names and addresses, parted by commas outside of quotes, brackets and comments."""
    found: list[tuple[str, str]] = []
    shown, mail, comment = "", "", ""
    place, depth = "name", 0
    for token in [*_TOKEN.findall(value), ","]:
        if token == "(" or (depth and token == ")"):
            depth += 1 if token == "(" else -1
        elif depth:
            comment += token
        elif place == "mail":
            place, mail = ("name", mail) if token == ">" else ("mail", mail + token)
        elif token == "<":
            place, mail = "mail", ""
        elif token in ",;":
            bare = shown.strip()
            found.append((bare, mail.strip()) if mail else (comment.strip(), bare))
            shown, mail, comment = "", "", ""
        elif token == ":" and not mail:
            shown = ""  # the name of a group
        else:
            shown += re.sub(r"\\(.)", r"\1", token[1:-1]) if token[0] == '"' else token
    return found


def _first_id(value: str) -> str:
    match = _MESSAGE_ID.search(value)
    return match[0] if match else ""


def _return_path(headers: Headers) -> str | None:
    """None when there is none; empty when it is `<>`, as in a bounce."""
    values = headers.all("return-path")
    return values[0].strip().strip("<>").strip()[:320] if values else None


def _date(value: str) -> datetime | None:
    """In UTC; None for what is no date."""
    try:
        found = parsedate_to_datetime(value.strip()[:200])
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
