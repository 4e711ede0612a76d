"""The job that runs in the child: one file in, everything found out about it."""

from __future__ import annotations

import io
from dataclasses import asdict
from typing import Any

import pikepdf

from kanal.paper import envelope
from kanal.paper.inspection import kinds, office, oldword, pdf, pictures
from kanal.paper.inspection.report import Inside, Limits, Part, Report
from kanal.paper.verdicts import Verdict

# What makes the file around it dangerous too, when it is found in an attachment.
_SPREADS = frozenset(
    [
        "javascript",
        "launch_action",
        "submit_form",
        "import_data",
        "rich_media",
        "xfa_form",
        "embedded_executable",
        "macro",
        "zip_bomb",
        "decompression_bomb",
        "pixel_bomb",
        "path_traversal",
        "nested_archive",
        "external_template",
        "external_relationship",
        "xml_entities",
        "embedded_object",
        "activex",
        "dde_field",
        "alt_chunk",
        "polyglot",
    ]
)
# In a mail these stand beside the letter and nobody opens them here.
_BESIDE_THE_LETTER = frozenset(
    [
        "txt",
        "ics",
        "vcf",
        "p7s",
        "p7m",
        "asc",
        "sig",
        "png",
        "gif",
        "jpg",
        "jpeg",
        "bmp",
        "svg",
        "csv",
        "xml",
        "json",
        "xlsx",
        "xls",
        "pptx",
        "ppt",
    ]
)


def examine(data: bytes, *, name: str, limits: dict[str, Any]) -> dict[str, Any]:
    """`limits` as of `report.Limits`; the answer as of `Report.plain`."""
    kept = Limits(**{**limits, "own_hosts": tuple(limits.get("own_hosts", ()))})
    return look(data, name, kept, kept.depth).plain()


def look(data: bytes, name: str, limits: Limits, depth: int) -> Report:
    if not data:
        report = Report(None)
        report.reject("empty")
        return report
    report = _by_kind(data, limits)
    _judge_name(report, name)
    if report.is_rejected:
        return report
    if report.inside and depth == 0:
        report.reject("nested_too_deep")
    for inside in report.inside:
        if report.is_rejected and not inside.is_part:
            break
        _look_inside(report, inside, limits, depth - 1)
    return report


def _by_kind(data: bytes, limits: Limits) -> Report:
    kind = kinds.kind_of(data)
    if kind == kinds.PDF:
        return pdf.examine(data, limits)
    if kind in kinds.PICTURES:
        return pictures.examine(data, kind, limits)
    if kind == kinds.ZIP:
        return office.examine(data, limits)
    if kind == kinds.CFB:
        return oldword.examine(data, limits)
    if kind == kinds.MAIL:
        return _mail(data, limits)
    return Report(kind)


def _judge_name(report: Report, name: str) -> None:
    if report.media_type in kinds.READABLE:
        if not kinds.name_fits(name, report.media_type) and not report.is_rejected:
            report.reject("type_mismatch")
    elif not report.is_rejected:
        lies = kinds.ending(name) in kinds.CLAIMS_READABLE
        report.reject("type_mismatch" if lies else "unsupported_type")


def _mail(data: bytes, limits: Limits) -> Report:
    report = Report(kinds.MAIL)
    mail = envelope.read(data)
    for problem in mail.problems:
        report.add(Verdict.REVIEW, problem)
    for attachment in mail.attachments:
        report.inside.append(Inside(attachment.name, attachment.data, is_part=True))
    return report


def _look_inside(report: Report, inside: Inside, limits: Limits, depth: int) -> None:
    found = look(inside.data, inside.name, limits, depth)
    if not inside.is_part:
        for finding in found.findings:
            if finding.reason in _SPREADS:
                report.add(finding.verdict, finding.reason)
        if found.media_type in kinds.ARCHIVES:
            report.add(Verdict.REVIEW, "nested_archive")
        return
    report.parts.append(Part(inside.name, inside.data, found))
    for verdict, reason in _of_a_part(inside, found):
        report.add(verdict, reason)


def _of_a_part(inside: Inside, found: Report) -> list[tuple[Verdict, str]]:
    if kinds.is_program(inside.name, inside.data):
        return [(Verdict.REJECT, "embedded_executable")]
    reasons = {finding.reason for finding in found.findings}
    if found.media_type in kinds.ARCHIVES and not reasons & _SPREADS:
        return [(Verdict.REVIEW, "nested_archive")]
    if reasons and reasons <= {"unsupported_type", "empty"}:
        beside = kinds.ending(inside.name) in _BESIDE_THE_LETTER
        return [] if beside else [(Verdict.REVIEW, "unsupported_type")]
    return [(finding.verdict, finding.reason) for finding in found.findings]


def _small_pdf() -> bytes:
    kept = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(kept)
    return kept.getvalue()


_PDF = _small_pdf()


def rehearse() -> None:
    """A small file of our own, examined before another comes."""
    examine(_PDF, name="contoh.pdf", limits=asdict(Limits()))


rehearse()
