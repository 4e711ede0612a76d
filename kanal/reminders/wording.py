"""What a reminder says: a rule's own text with a closed list of placeholders, and what all say.

Messages are Indonesian whatever language the reader of a page has chosen: they are letters of an
Indonesian office. So these sentences stand outside the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kanal.compliance.stages import Stage
from kanal.lib.dates import say_day
from kanal.lib.refusal import Refused
from kanal.mandates.models import Mandate
from kanal.post.routes import from_address
from kanal.reminders.models import Step

# What a rule's author may let Kanal fill in, and what each of them is.
GENERAL: dict[str, Promise] = {
    "dasar": gettext_lazy("nama dasar hukum"),
    "verifikator": gettext_lazy("nama kantor yang memverifikasi"),
    "alamat": gettext_lazy("alamat penyampaian surat"),
}
OF_UNIT: dict[str, Promise] = {
    "kantor": gettext_lazy("nama kantor"),
    "keadaan": gettext_lazy("apa yang belum ada"),
    "langkah": gettext_lazy("apa yang perlu dilakukan"),
    "tenggat": gettext_lazy("hari yang dihitung sebagai batas"),
    "sisa": gettext_lazy("berapa hari lagi, atau sudah lewat"),
    "petugas": gettext_lazy("nama petugas"),
    "tautan": gettext_lazy("alamat halaman kantor itu di Kanal"),
}
PLACEHOLDERS = {**OF_UNIT, **GENERAL}

MISSING = {
    Stage.UNKNOWN: "belum menyatakan akun media sosial resminya",
    Stage.NONE: "belum memiliki petugas pengelola media sosial menurut surat yang kami terima",
    Stage.NAMED: "belum menyampaikan softcopy surat penunjukan petugas pengelola media sosial",
    Stage.SOFT: "belum menyampaikan hardcopy surat penunjukan petugas pengelola media sosial",
}
NEXT_STEP = {
    Stage.UNKNOWN: "daftarkan akun media sosial resmi kantor di Kanal, atau nyatakan nihil bila"
    " kantor tidak memiliki akun",
    Stage.NONE: "tunjuk petugas pengelola media sosial dengan surat penunjukan, lalu sampaikan"
    " suratnya melalui {alamat}",
    Stage.NAMED: "sampaikan softcopy surat penunjukan melalui {alamat}",
    Stage.SOFT: "sampaikan hardcopy surat penunjukan kepada {verifikator}",
}

_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_FILLED = re.compile(r"\{(\w+)\}")


class TextRefused(Refused):
    """The text asks for something that Kanal can't fill in."""

    status = 422


def check(text: str, *, step: str, field: str) -> None:
    """Raises TextRefused, naming the first thing that can't be filled in."""
    known = GENERAL if step == Step.VERIFIER else PLACEHOLDERS
    for found in _BRACES.finditer(text):
        if found[1] is None:
            raise TextRefused(
                _("Ada kurung kurawal tanpa pasangannya."),
                next_step=_("Kurung kurawal hanya untuk isian, misalnya {dasar}."),
                field=field,
            )
        if found[1] not in known:
            raise TextRefused(
                _("Isian {%(name)s} tidak dikenal di sini.") % {"name": found[1][:40]},
                next_step=_("Yang dapat dipakai: %(known)s.")
                % {"known": ", ".join(f"{{{name}}}" for name in known)},
                field=field,
            )


def filled(text: str, values: Mapping[str, str]) -> str:
    """Once through: what was filled in is not looked at again."""
    return _FILLED.sub(lambda found: values.get(found[1], found[0]), text)


@dataclass(frozen=True)
class Office:
    """Of one office, what its message says."""

    code: str
    name: str
    officer_names: str
    stage: str
    counted_from: date


class Writer:
    """The values of one mandate's messages on one day; the general ones are looked up once."""

    def __init__(self, mandate: Mandate, day: date) -> None:
        self.day = day
        government = mandate.government
        self.verifier = government.verifying_unit_name or government.name
        self.general = {
            "dasar": mandate.short_name,
            "verifikator": self.verifier,
            "alamat": mandate.address or from_address(mandate.government_id),
        }
        self._page = settings.PUBLIC_URL + reverse("desk:unit", args=["-"])
        self._said: dict[date, tuple[str, str]] = {}

    def values(self, office: Office) -> dict[str, str]:
        said, left = self._days(office.counted_from)
        return {
            **self.general,
            "kantor": office.name,
            "keadaan": self.missing(office.stage),
            "langkah": self.next_step(office.stage),
            "tenggat": said,
            "sisa": left,
            "petugas": office.officer_names or "belum ada",
            "tautan": self.page(office.code),
        }

    def missing(self, stage: str) -> str:
        return MISSING.get(Stage(stage), "")

    def next_step(self, stage: str) -> str:
        return filled(NEXT_STEP.get(Stage(stage), ""), self.general)

    def page(self, code: str) -> str:
        return self._page.replace("/-/", f"/{quote(code, safe='')}/")

    def _days(self, counted_from: date) -> tuple[str, str]:
        if counted_from not in self._said:
            left = (counted_from - self.day).days
            words = f"{left} hari lagi" if left > 0 else f"lewat {-left} hari"
            self._said[counted_from] = say_day(counted_from, "id"), words if left else "hari ini"
        return self._said[counted_from]

    def footer(self) -> str:
        return (
            f"--\nSurel ini dikirim Kanal karena {self.general['dasar']} ditujukan kepada kantor"
            " Bapak/Ibu; jadwalnya kebijakan Diskominfotik. Bila sudah disampaikan, abaikan surel"
            f" ini. Pertanyaan: balas surel ini atau hubungi {self.verifier}."
        )


WENT_UP = {
    Step.HEAD: "Surel ini kami sampaikan kepada Bapak/Ibu karena kantor ini belum mempunyai"
    " petugas dengan alamat surel yang berfungsi.",
    Step.VERIFIER: "Kantor berikut tidak mempunyai alamat surel petugas atau kepala yang"
    " berfungsi. Mohon dihubungi dengan cara lain.",
}
