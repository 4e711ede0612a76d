"""What `kanal up` finds in its first minute: the real offices, the real instruction, a living year."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Protocol

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from kanal.compliance.actions import rebuild
from kanal.directory.loading import load_jakarta
from kanal.directory.models import Government, Role, RoleKind, Unit, User
from kanal.journal.actions import SYSTEM, record
from kanal.lib.dates import today
from kanal.mandates.actions import Confirmed, confirm_as, take_in
from kanal.mandates.models import DeadlineDecision, Mandate
from kanal.mandates.standing import addressed
from kanal.register.lookalikes import remember_all
from kanal.register.models import Account, StateChange
from kanal.register.rows import account_row
from kanal.sample.reminded import remind
from kanal.sample.served import serve_instruction
from kanal.sample.sheets import ask_for_sheets
from kanal.sample.year import DEADLINE_AGO, Year

HERE = Path(__file__).resolve().parent
INSTRUCTION = HERE.parent / "mandates" / "data" / "instruksi-sekda-20-2018.md"
SOURCED = HERE / "data" / "accounts_dki_sourced.csv"
Say = Callable[[str], object]


class Output(Protocol):
    """Django's OutputWrapper, or anything else that takes lines."""

    def write(self, msg: str) -> object: ...


# (e-mail before the @, name, role, unit code). People of the sample only.
SIGN_INS = (
    ("admin", "Admin Contoh", RoleKind.ADMINISTRATOR, ""),
    ("verifikator", "Ratna Dewanti", RoleKind.VERIFIER, ""),
    ("verifikator2", "Bagus Priyambodo", RoleKind.VERIFIER, ""),
    ("lurah", "Lilis Suryani", RoleKind.UNIT_HEAD, "31.74.01.1001"),
    ("petugas", "Dimas Arkananta", RoleKind.OFFICER, "31.74.01.1001"),
    ("kontributor", "Rina Marlina", RoleKind.CONTRIBUTOR, "31.74.01.1001"),
    ("pimpinan", "Teguh Santoso", RoleKind.READER, ""),
    ("pemeriksa", "Maya Anggraeni", RoleKind.INSPECTOR, ""),
)
DOMAIN = "contoh.jakarta.example"


def ensure(*, empty: bool, out: Output) -> None:
    """Loads what is missing, once; later starts find it there and load nothing."""
    say = out.write
    if User.objects.exists():
        tell_sign_ins(say)
        return
    with transaction.atomic():
        say("Memuat kantor Jakarta dan Instruksi Sekda 20/2018 ...")
        government = base()
        if empty:
            first_administrator(government, say)
            return
        say("Memuat data contoh ...")
        living_office(government, today(government.timezone))
    tell_sign_ins(say)


def base() -> Government:
    """The real units and the real instruction, confirmed as its own text reads."""
    government = load_jakarta(by=SYSTEM)
    day = today(government.timezone)
    mandate = take_in(
        government=government, text=INSTRUCTION.read_text(encoding="utf-8"), by=SYSTEM
    )
    if not mandate.confirmed_at:
        confirm_as(mandate=mandate, facts=_as_read(mandate), by=SYSTEM, today=day)
    return government


def _as_read(mandate: Mandate) -> Confirmed:
    columns = {
        name: getattr(mandate, name) for name in Confirmed.__dataclass_fields__ if name != "classes"
    }
    classes = {line.order: line.unit_class for line in mandate.addressees.all()}
    return Confirmed(**columns, classes=classes)


def first_administrator(government: Government, say: Say) -> None:
    """An empty Kanal has one administrator, whose password is told once."""
    password = secrets.token_urlsafe(12)
    user = _user(
        government, "admin@kanal.example", "Administrator", make_password(password), is_sample=False
    )
    _role(user, RoleKind.ADMINISTRATOR, None)
    say(f"Administrator pertama: {user.email}  kata sandi: {password}")
    say("Kata sandi ini hanya ditampilkan sekali. Ganti setelah masuk.")


def living_office(government: Government, day: date) -> None:
    mandate = Mandate.objects.get(government=government)
    users = _sample_users(government)
    _sourced_accounts(government, day)
    Year(
        clerk=users["admin"],
        verifier=users["verifikator"],
        head=users["lurah"],
        officer=users["petugas"],
        today=day,
        units=_whole(addressed(mandate, day)),
        random=Random(20),
    ).write()
    remember_all(Account.objects.filter(government=government))
    DeadlineDecision.objects.create(
        mandate=mandate,
        effective_on=day - DEADLINE_AGO,
        decided_by_name="Kepala Dinas (contoh)",
        reason="Contoh: batas tertulis mendahului penetapan",
        recorded_by=users["admin"],
        decided_on=day - timedelta(days=60),
    )
    serve_instruction(
        mandate=mandate,
        units=_whole(addressed(mandate, day)),
        by=users["verifikator"],
        today=day,
        random=Random(45),
    )
    Government.objects.filter(pk=government.pk).update(is_sample=True)
    rebuild(government=government, today=day)
    government.refresh_from_db()
    remind(Mandate.objects.get(pk=mandate.pk), users["admin"], day)
    ask_for_sheets(government, day)
    record(
        verb="load-sample",
        by=SYSTEM,
        government=government.pk,
        subject="sample",
        note="Orang dan surat karangan; hapus dengan kanal remove-sample",
    )


def _whole(units: list[Unit]) -> list[Unit]:
    return list(Unit.objects.filter(pk__in=[unit.pk for unit in units]).order_by("pk"))


def _sample_users(government: Government) -> dict[str, User]:
    # Hashing takes a while by design: once is enough for one password.
    hashed = make_password(_password())
    units = {
        unit.code: unit
        for unit in Unit.objects.filter(government=government, code__in=[s[3] for s in SIGN_INS])
    }
    users = {}
    for short, name, kind, code in SIGN_INS:
        user = _user(government, f"{short}@{DOMAIN}", name, hashed, is_sample=True)
        _role(user, kind, units.get(code))
        users[short] = user
    return users


def _user(government: Government, email: str, name: str, hashed: str, *, is_sample: bool) -> User:
    return User.objects.create(
        government=government, email=email, name=name, password=hashed, is_sample=is_sample
    )


def _role(user: User, kind: RoleKind, unit: Unit | None) -> None:
    Role.objects.create(
        user=user, kind=kind, unit=unit, starts_at=user.date_joined, granted_by_name="Kanal"
    )


def _password() -> str:
    """One for all sample sign-ins, made for this data folder alone."""
    kept = settings.DATA / "sample-password"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(9))
    return kept.read_text().strip()


def tell_sign_ins(say: Say) -> None:
    names = User.objects.filter(is_sample=True, is_active=True).values_list("email", flat=True)
    if not names:
        return
    say(f"Masuk sebagai contoh dengan kata sandi {_password()}:")
    kinds = {f"{short}@{DOMAIN}": kind.label for short, _name, kind, _code in SIGN_INS}
    for email in names.order_by("pk"):
        say(f"  {email:44} {kinds.get(email, '')}")


def _sourced_accounts(government: Government, day: date) -> None:
    """Real accounts found in public sources: declared, not verified, source named."""
    with SOURCED.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["handle"]]
    codes = {row["agency_code"] for row in rows}
    units = {u.code: u for u in Unit.objects.filter(government=government, code__in=codes)}
    accounts = Account.objects.bulk_create(
        account_row(
            units[row["agency_code"]],
            row["url"],
            declared_on=day,
            source=f"{row['source']} ({row['as_of']}, {row['confidence']})"[:300],
        )
        for row in rows
    )
    StateChange.objects.bulk_create(
        StateChange(
            account=account,
            after=account.state,
            on=day,
            by_name=SYSTEM.name,
            note=f"Dari sumber terbuka: {account.source}"[:400],
        )
        for account in accounts
    )
