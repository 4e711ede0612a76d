"""A zip by its listing: bombs, paths that leave the folder, programs, archives within archives."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from kanal.paper.inspection import kinds
from kanal.paper.inspection.kinds import ZIP, is_program
from kanal.paper.inspection.report import Bomb, Limits, Report

_MOST_UNPACKED = 160 << 20
_RATIO, _RATIO_FROM = 200, 8 << 20
_HEAD = 64
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, ValueError, EOFError, OSError, KeyError)


class Unreadable(ValueError):
    """The message is the reason's word."""


def opened(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """Only what may be unpacked; raises Unreadable or Bomb."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (*BROKEN, NotImplementedError) as error:
        ended = b"PK\x05\x06" in data[-65_600:]
        raise Unreadable("broken_file" if ended else "truncated") from error
    _weigh(archive.infolist(), len(data), limits)
    if len(set(archive.namelist())) != len(archive.namelist()):
        raise Unreadable("broken_file")  # two readers would see two different files
    return archive


def _weigh(members: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    if len(members) > limits.members or sum(each.file_size for each in members) > _MOST_UNPACKED:
        raise Bomb("zip_bomb")
    if sum(each.compress_size for each in members) > size:
        raise Bomb("zip_bomb")  # members lie on top of one another
    for each in members:
        if each.file_size > max(_RATIO_FROM, _RATIO * each.compress_size):
            raise Bomb("zip_bomb")
        if _leaves(each):
            raise Unreadable("path_traversal")
        if each.flag_bits & 1:
            raise Unreadable("encrypted_needs_password")


def _leaves(member: zipfile.ZipInfo) -> bool:
    # The library already cuts names at a NUL and turns separators, so the original is asked too.
    for name in (member.filename, member.orig_filename):
        parts = name.replace("\\", "/").split("/")
        if ".." in parts or parts[0] == "" or parts[0].endswith(":") or "\0" in name:
            return True
    return stat.S_ISLNK(member.external_attr >> 16)


def heads(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Each member's name and first bytes; raises Unreadable when one cannot be unpacked."""
    for member in archive.infolist():
        if member.is_dir() or not member.file_size:
            continue
        try:
            with archive.open(member) as opened_member:
                yield member.filename, opened_member.read(_HEAD)
        except (*BROKEN, NotImplementedError, RuntimeError) as error:
            raise Unreadable("broken_file") from error


def examine(data: bytes, limits: Limits) -> Report:
    """An archive that is no document: it is not opened further, only judged."""
    report = Report(ZIP)
    try:
        with opened(data, limits) as archive:
            for name, head in heads(archive):
                if is_program(name, head):
                    report.reject("embedded_executable")
                elif kinds.kind_of(head) in kinds.ARCHIVES and not name.endswith(
                    (".docx", ".xlsx")
                ):
                    report.reject("nested_archive")
    except (Unreadable, Bomb) as problem:
        report.reject(str(problem))
    return report
