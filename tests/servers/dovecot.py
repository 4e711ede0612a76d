"""A Dovecot of our own in one folder: TLS on loopback, LMTP in, nothing left behind."""

from __future__ import annotations

import contextlib
import os
import shutil
import smtplib
import socket
import ssl
import subprocess
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from imaplib import IMAP4_SSL
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USERS = {"surat": "rahasia-surat", "kedua": "rahasia-kedua"}
ACCOUNT = "dovenull"
TOKENS = """
auth_mechanisms = plain login xoauth2
passdb {
  driver = oauth2
  mechanisms = xoauth2
  args = @FOLDER@/tokens.conf
}
"""


def missing() -> str:
    """What to install; empty when a Dovecot can be started."""
    if program() is None:
        return "Dovecot is not installed: apt-get install dovecot-imapd dovecot-lmtpd"
    if not any(
        Path(place, "lmtp").exists() for place in ("/usr/lib/dovecot", "/usr/libexec/dovecot")
    ):
        return "Dovecot has no LMTP: apt-get install dovecot-lmtpd"
    return ""


def program() -> str | None:
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def certificate(folder: Path) -> Path:
    """A certificate for localhost, which is its own authority; key.pem beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
            ),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "cert.pem"


@dataclass
class Dovecot:
    folder: Path
    tls_port: int = field(default_factory=free_port)
    plain_port: int = field(default_factory=free_port)
    lmtp_port: int = field(default_factory=free_port)
    # Where it asks whose an OAuth2 token is; empty: passwords only.
    tokens_at: str = ""
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        for name in ("run", "state", "mail", "log"):
            (self.folder / name).mkdir(exist_ok=True)
        if not (self.folder / "cert.pem").exists():
            certificate(self.folder)
        lines = [f"{user}:{{PLAIN}}{password}" for user, password in USERS.items()]
        (self.folder / "passwd").write_text("\n".join(lines) + "\n")
        config = self.folder / "dovecot.conf"
        config.write_text(self._config())
        (self.folder / "tokens.conf").write_text(
            f"introspection_mode = post\nintrospection_url = {self.tokens_at}\n"
            "username_attribute = username\nactive_attribute = active\nactive_value = true\n"
        )
        self._hand_over()
        command = program()
        assert command
        self.process = subprocess.Popen(
            [command, "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._until_it_answers()

    def _config(self) -> str:
        user = ACCOUNT if os.geteuid() == 0 else _own_name()
        text = (Path(__file__).parent / "dovecot.conf").read_text()
        given = {
            "FOLDER": str(self.folder),
            "USER": user,
            "GROUP": _group_of(user),
            "TLS_PORT": str(self.tls_port),
            "PLAIN_PORT": str(self.plain_port),
            "LMTP_PORT": str(self.lmtp_port),
            "TOKENS": TOKENS.replace("@FOLDER@", str(self.folder)) if self.tokens_at else "",
        }
        for name, value in given.items():
            text = text.replace(f"@{name}@", value)
        return text

    def _hand_over(self) -> None:
        if os.geteuid() == 0:
            for place in (self.folder, *self.folder.rglob("*")):
                shutil.chown(place, ACCOUNT)

    def _until_it_answers(self) -> None:
        until = time.monotonic() + 15
        while True:
            try:
                with self.client() as client:
                    client.noop()
                return
            except (OSError, IMAP4_SSL.abort, IMAP4_SSL.error):
                if time.monotonic() > until:
                    log = self.folder / "log" / "dovecot.log"
                    raise AssertionError(log.read_text() if log.exists() else "silent") from None
                time.sleep(0.05)

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    @property
    def authority(self) -> Path:
        return self.folder / "cert.pem"

    def client(self, user: str = "surat", folder: str = "INBOX") -> IMAP4_SSL:
        """Asking the server itself, beside Kanal."""
        context = ssl.create_default_context(cafile=str(self.authority))
        client = IMAP4_SSL("localhost", self.tls_port, ssl_context=context, timeout=20)
        client.login(user, USERS[user])
        client.select(folder)
        return client

    def count(self, criterion: str = "ALL", user: str = "surat", folder: str = "INBOX") -> int:
        with self.client(user, folder) as client:
            found: bytes = client.uid("SEARCH", criterion)[1][0] or b""
        return len(found.split())

    def deliver(self, *mails: bytes, user: str = "surat", sender: str = "a@contoh.go.id") -> None:
        """By LMTP, as a mail server would: each gets its own trace lines."""
        with smtplib.LMTP("127.0.0.1", self.lmtp_port) as lmtp:
            for raw in mails:
                lmtp.sendmail(sender, [user], raw)

    def append(self, *mails: bytes, user: str = "surat", folder: str = "INBOX") -> None:
        """Byte for byte, whatever it is."""
        with self.client(user, folder) as client:
            for raw in mails:
                status, told = client.append(folder, None, None, raw)
                assert status == "OK", told

    def new_uidvalidity(self, user: str = "surat") -> None:
        """As after a restore: the same mails, every number given anew, flags kept."""
        maildir = self.folder / "mail" / user
        for name in (
            "dovecot-uidlist",
            "dovecot.index",
            "dovecot.index.log",
            "dovecot.index.cache",
        ):
            with contextlib.suppress(FileNotFoundError):
                (maildir / name).unlink()
        for place in maildir.glob("dovecot-uidvalidity*"):
            place.unlink()


def _own_name() -> str:
    return subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()


def _group_of(user: str) -> str:
    told = subprocess.run(["id", "-gn", user], capture_output=True, text=True, check=True)
    return told.stdout.strip()
