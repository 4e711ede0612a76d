"""A unit's logo, from whatever picture it sends: opened in a child, kept as a small plain PNG."""

from __future__ import annotations

import io
import warnings
from typing import Any

import typst
from PIL import Image, UnidentifiedImageError

from kanal.paper.composing.facts import Logo
from kanal.paper.composing.mistakes import LogoMistake
from kanal.paper.composing.offline import forbid_sockets
from kanal.paper.workshop import JobFailed, Limits, run

MAX_BYTES = 1024 * 1024
_MAX_PIXELS = 16_000_000
# 22 mm at 500 dots an inch: sharper than offices print.
_HEIGHT, _WIDTH = 440, 480
_LIMITS = Limits(seconds=8, cpu_seconds=6, memory=512 << 20, output_bytes=4 << 20)
_SVG_PAGE = (
    "#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"
    '#image(bytes(sys.inputs.svg), format: "svg", height: 22mm)'
)
_SVG_PPI = 500


def read_logo(data: bytes) -> Logo:
    """From PNG, JPEG or SVG. Transparent parts become white. Raises LogoMistake."""
    if not data or len(data) > MAX_BYTES:
        raise LogoMistake("Logo harus berupa gambar paling besar 1 MB.")
    try:
        made = run(f"{__name__}:shrink", data, limits=_LIMITS, bench="composing")
    except JobFailed as error:
        raise LogoMistake("Gambar ini tidak dapat dibuka. Simpan ulang sebagai PNG.") from error
    return Logo(made["png"], made["width"], made["height"])


def shrink(data: bytes) -> dict[str, Any]:
    """The child's job; whatever it raises is the picture's fault."""
    forbid_sockets()
    if b"<svg" in data[:4096]:
        data = _drawn(data)
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
    except UnidentifiedImageError:
        raise ValueError("neither PNG, JPEG nor SVG") from None
    if picture.width * picture.height > _MAX_PIXELS:
        raise ValueError("too many pixels")
    seen = picture.convert("RGBA")
    paper = Image.new("RGBA", seen.size, "white")
    paper.alpha_composite(seen)
    plain = paper.convert("RGB")
    plain.thumbnail((_WIDTH, _HEIGHT), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    plain.save(out, "PNG", optimize=True)
    return {"png": out.getvalue(), "width": plain.width, "height": plain.height}


def _drawn(svg: bytes) -> bytes:
    made = typst.compile(
        _SVG_PAGE.encode(),
        format="png",
        ppi=_SVG_PPI,
        sys_inputs={"svg": svg.decode("utf-8")},
        ignore_system_fonts=True,
    )
    return made if isinstance(made, bytes) else made[0]
