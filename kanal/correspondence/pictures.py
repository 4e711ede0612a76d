"""Pages of a paper as pictures for the screen: of the kept file, never typeset again."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pypdfium2
from django.urls import reverse
from PIL import Image

from kanal.correspondence.models import FileRole, Paper, PaperFile
from kanal.correspondence.signing import read
from kanal.lib.files import PDF
from kanal.lib.given import PICTURES
from kanal.readings.sheets import page_numbers

# 952 px across: a page that can still be read when a phone shows half of it.
_SCALE, _COLOURS = 1.6, 48


def shown_file(paper: Paper) -> PaperFile | None:
    """The electronically signed one looks the same; what is shown is what was composed."""
    return next((file for file in paper.files.all() if file.role == FileRole.COMPOSED), None)


def page_picture(file: PaperFile, number: int) -> bytes | None:
    """PNG of a page, from 1; None past the last."""
    document = pypdfium2.PdfDocument(read(file))
    try:
        if not 1 <= number <= len(document):
            return None
        picture = document[number - 1].render(scale=_SCALE).to_pil().convert("RGB")
    finally:
        document.close()
    out = io.BytesIO()
    few = picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(out, "PNG")
    return out.getvalue()


@dataclass(frozen=True)
class Brought:
    """A scan to look at: the addresses of its pictures; none where browsers show no such file."""

    name: str
    address: str
    pictures: list[str]


def pictures_of(paper: Paper) -> list[Brought]:
    return [_brought(file) for file in paper.files.all() if file.role == FileRole.UNSEEN]


def _brought(file: PaperFile) -> Brought:
    of_file = [file.paper_id, file.pk]
    address = reverse("correspondence:file", args=of_file)
    pictures = [address] if file.media_type in PICTURES else []
    if file.media_type == PDF:
        pictures = [
            reverse("correspondence:file-page", args=[*of_file, number])
            for number in page_numbers(file.kept_as)
        ]
    return Brought(file.name, address, pictures)
