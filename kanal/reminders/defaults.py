"""The rules an office can begin with. No instruction orders them: they are Diskominfotik's policy."""

from __future__ import annotations

from dataclasses import dataclass

from kanal.compliance.stages import Stage
from kanal.reminders.models import REMINDED, Step


@dataclass(frozen=True, kw_only=True)
class RuleFacts:
    """`offset` and `every` in working days; `every` None: once."""

    name: str
    stages: tuple[str, ...]
    offset: int
    every: int | None = None
    times: int = 0
    step: str
    subject: str
    text: str
    order: int = 0


_TO_DO = "Kami mohon Bapak/Ibu: {langkah}.\n\nHalaman kantor: {tautan}"
_BEFORE = (
    "Yth. Bapak/Ibu di {kantor},\n\nMenindaklanjuti {dasar}, menurut catatan kami {kantor}"
    f" {{keadaan}}. Batasnya {{tenggat}} ({{sisa}}).\n\n{_TO_DO}"
)
_AFTER = (
    "Yth. Bapak/Ibu di {kantor},\n\nMenindaklanjuti {dasar}, sampai hari ini menurut catatan kami"
    f" {{kantor}} {{keadaan}}. Batasnya {{tenggat}} ({{sisa}}).\n\n{_TO_DO}"
)
_TO_HEAD = (
    "Yth. Kepala {kantor},\n\nMenindaklanjuti {dasar}, {kantor} {keadaan}. Batasnya {tenggat}"
    " ({sisa}). Petugas: {petugas}.\n\nKami mohon arahan Bapak/Ibu agar hal ini diselesaikan:"
    " {langkah}.\n\nHalaman kantor: {tautan}"
)
_TO_VERIFIER = (
    "Kantor berikut sudah diingatkan melalui petugas dan kepalanya, dan masih belum memenuhi"
    " {dasar}. Mohon ditindaklanjuti."
)
_OPEN = (Stage.NONE, Stage.NAMED, Stage.SOFT)

DEFAULTS = (
    RuleFacts(
        name="Seminggu sebelum batas",
        stages=REMINDED,
        offset=-5,
        step=Step.OFFICER,
        subject="Pengingat {dasar}: {kantor}, {sisa}",
        text=_BEFORE,
    ),
    RuleFacts(
        name="Sehari sebelum batas",
        stages=REMINDED,
        offset=-1,
        step=Step.OFFICER,
        subject="Pengingat {dasar}: {kantor}, {sisa}",
        text=_BEFORE,
    ),
    RuleFacts(
        name="Sesudah batas, kepada petugas",
        stages=REMINDED,
        offset=2,
        every=5,
        times=3,
        step=Step.OFFICER,
        subject="Pengingat {dasar}: {kantor}, {sisa}",
        text=_AFTER,
    ),
    RuleFacts(
        name="Seminggu sesudah batas, kepada kepala",
        stages=_OPEN,
        offset=5,
        every=5,
        times=3,
        step=Step.HEAD,
        subject="Mohon arahan: {kantor} dan {dasar}",
        text=_TO_HEAD,
    ),
    RuleFacts(
        name="Dua minggu sesudah batas, kepada Diskominfotik",
        stages=REMINDED,
        offset=10,
        every=5,
        times=10,
        step=Step.VERIFIER,
        subject="Kantor yang masih perlu dihubungi menurut {dasar}",
        text=_TO_VERIFIER,
    ),
)
