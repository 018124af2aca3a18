"""The printed form of a link: a QR code as SVG or PNG, with its quiet zone, for paper and posters."""

from __future__ import annotations

import io
from pathlib import Path

from commsleads.errors import CampaignError

QUIET = 4
"""Modules of white around the code: the least that ISO/IEC 18004 asks for."""
PRINT = 1_200
"""Points that a PNG is wide at least: ten centimetres at 300 dpi."""


def code(url: str, kind: str) -> bytes:
    """The code of an address as `svg` or `png`. Error correction is M, or better where that costs no room."""
    import segno

    made = segno.make_qr(url, error="m", boost_error=True)
    buffer = io.BytesIO()
    if kind == "png":
        wide = made.symbol_size(border=QUIET)[0]
        made.save(buffer, kind="png", border=QUIET, scale=-(-PRINT // wide), dpi=300, dark="black", light="white")
    else:
        made.save(buffer, kind="svg", border=QUIET, scale=10, dark="black", light="white", title=url, nl=True)
    return buffer.getvalue()


def write(url: str, file: Path) -> Path:
    """Write the code to a file whose ending says the form. A file that is something else is not written over."""
    kind = file.suffix.lower().removeprefix(".")
    if kind not in {"svg", "png"}:
        raise CampaignError(f"“{file.name}” must end in .svg or .png.")
    content = code(url, kind)
    try:
        if file.exists():
            if file.read_bytes() != content:
                raise CampaignError(f"{file} is there already and is something else. Choose another name.")
        else:
            file.write_bytes(content)
    except OSError as error:
        raise CampaignError(f"{file} cannot be written: {error.strerror or error}.") from None
    return file
