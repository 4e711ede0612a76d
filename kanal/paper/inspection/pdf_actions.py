"""What a PDF would do by itself or at a click: every dictionary is walked, direct ones too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from kanal.paper.inspection import links, streams
from kanal.paper.inspection.kinds import is_program
from kanal.paper.inspection.report import Bomb, Inside, Limits, Report
from kanal.paper.verdicts import Verdict

# Names as the library writes them, so none can hide behind #-escapes.
_TELLING = re.compile(
    rb"/(?:JS|JavaScript|Launch|SubmitForm|ImportData|GoToR|GoToE|GoTo3DView|RichMedia\w*|3D\w*"
    rb"|U3D|PRC|Movie|Sound|Screen|Rendition|XFA|URI|EF|URL|Thread|FFilter|Ref|AA|OpenAction"
    rb"|Projection|Flash\w*)\b|/S \d+ \d+ R"
)
_WRONG_ACTIONS = {
    "/JavaScript": "javascript",
    "/Launch": "launch_action",
    "/SubmitForm": "submit_form",
    "/ImportData": "import_data",
    "/GoTo3DView": "rich_media",
    "/RichMediaExecute": "rich_media",
    "/Movie": "rich_media",
    "/Sound": "rich_media",
    "/Rendition": "rich_media",
}
_REMOTE = frozenset({"/GoToR", "/GoToE"})
_MEDIA = frozenset({"/RichMedia", "/3D", "/Movie", "/Sound", "/Screen", "/Projection", "/Flash"})
_PROGRAM_TYPES = re.compile(
    r"msdownload|msdos|executable|javascript|x-sh\b|x-bat|x-msi|hta|java-archive"
)
_DEPTH = 60
_CHAIN = 500


def look(pdf: pikepdf.Pdf, report: Report, limits: Limits) -> None:
    """Adds findings and the attachments, and empties in memory what a cleaned copy must not have."""
    for thing in pdf.objects:
        plain = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
        if not isinstance(plain, pikepdf.Dictionary | pikepdf.Array):
            continue
        if _TELLING.search(plain.unparse(resolved=True)) is None:
            continue
        for each in _dictionaries(plain, _DEPTH):
            _judge(each, report, limits)
        if isinstance(thing, pikepdf.Stream) and "/F" in plain:
            report.reject("remote_goto")  # its data lies in a file elsewhere


def _dictionaries(thing: Any, depth: int) -> Iterator[Any]:
    """Itself and what stands directly in it; what is referred to comes by itself."""
    if isinstance(thing, pikepdf.Dictionary):
        yield thing
        values = [value for _, value in thing.items()]
    elif isinstance(thing, pikepdf.Array):
        values = list(thing)
    else:
        return
    if depth == 0:
        raise Bomb("broken_file")
    for value in values:
        if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
            yield from _dictionaries(value, depth - 1)


def _judge(found: Any, report: Report, limits: Limits) -> None:
    for started in _started_by_itself(found):
        _judge_automatic(started, report)
    does, subtype = name_of(found.get("/S")), name_of(found.get("/Subtype"))
    if does in _WRONG_ACTIONS:
        report.reject(_WRONG_ACTIONS[does])
    if "/JS" in found or "/JavaScript" in found:
        report.reject("javascript")
    if "/XFA" in found:
        report.reject("xfa_form")
    if subtype in _MEDIA:
        report.reject("rich_media")
    if _reaches_out(found, does):
        report.add(Verdict.SANITISED, "remote_goto")
        _empty(found)
    elif does == "/URI" and not links.is_harmless(_text(found.get("/URI")), limits.own_hosts):
        report.add(Verdict.SANITISED, "external_uri")
        _empty(found)
    elif isinstance(found.get("/EF"), pikepdf.Dictionary):
        _take_attachment(found, report, limits)


def _reaches_out(found: Any, does: str) -> bool:
    if does in _REMOTE or (does == "/Thread" and "/F" in found):
        return True
    reference = found.get("/Ref")
    imports = isinstance(reference, pikepdf.Dictionary) and "/F" in reference
    return imports or name_of(found.get("/FS")) == "/URL"


def _started_by_itself(found: Any) -> Iterator[Any]:
    """Actions of /OpenAction and /AA, with everything chained to them."""
    waiting = [found.get("/OpenAction")]
    additional = found.get("/AA")
    if isinstance(additional, pikepdf.Dictionary):
        waiting += [value for _, value in additional.items()]
    for _ in range(_CHAIN):
        if not waiting:
            return
        action = waiting.pop()
        if isinstance(action, pikepdf.Dictionary):
            following = action.get("/Next")
            waiting += list(following) if isinstance(following, pikepdf.Array) else [following]
            yield action


def _judge_automatic(action: Any, report: Report) -> None:
    does = name_of(action.get("/S"))
    if does in _REMOTE:
        report.reject("remote_goto")
    elif does == "/URI":
        report.add(Verdict.SANITISED, "external_uri")
        _empty(action)


def _empty(found: Any) -> None:
    """Wherever it is referred to from, nothing is left to do."""
    for key in list(found.keys()):
        del found[key]


def _take_attachment(found: Any, report: Report, limits: Limits) -> None:
    name = _text(found.get("/UF")) or _text(found.get("/F"))
    for stream in [value for _, value in found["/EF"].items()]:
        if not isinstance(stream, pikepdf.Stream):
            continue
        data = _contents(stream, limits)
        said = name_of(stream.stream_dict.get("/Subtype")).lower()
        if (
            is_program(name, data)
            or is_program(_text(found.get("/F")), b"")
            or (_PROGRAM_TYPES.search(said))
        ):
            report.reject("embedded_executable")
        report.inside.append(Inside(name, data))
        if len(report.inside) > limits.attachments:
            raise Bomb("too_many_attachments")


def _contents(stream: pikepdf.Stream, limits: Limits) -> bytes:
    return streams.unpacked(
        stream.read_raw_bytes(), filters_of(stream.stream_dict), limits.stream_bytes
    )


def filters_of(dictionary: Any) -> list[str]:
    found = dictionary.get("/Filter")
    listed = list(found) if isinstance(found, pikepdf.Array) else [found]
    return streams.full_names([name_of(each) for each in listed if isinstance(each, pikepdf.Name)])


def name_of(value: Any) -> str:
    """With its slash; empty for what is no name, or one in letters that no keyword has."""
    try:
        return str(value) if isinstance(value, pikepdf.Name) else ""
    except UnicodeDecodeError:
        return ""


def _text(value: Any) -> str:
    return str(value) if isinstance(value, pikepdf.String | str) else ""
