"""A document made ready to be looked at: as a PDF, and as a page that needs nothing beside it.

    content = pdf(document.printed, document.pictures)
    html = page_of(document)

A PDF is made by Typst out of the markup that the report wrote. It is done in a child process: its time and memory end,
it reads nothing but the pictures, and it fetches nothing. Typst comes with `pip install "commsleads[pdf]"`.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from html import escape
from importlib.util import find_spec
from typing import Any

from commsleads.apart import Apart
from commsleads.contract import Document, Picture, Version
from commsleads.errors import CollectError, ParseError, ReportError

SECONDS = 60.0
"""How long making one PDF may take."""
MEMORY = 2_000_000_000
"""Bytes of address space it may have; most of it is fonts that are only mapped."""
LARGEST = 8_000_000
"""Characters of markup and of pictures together that are printed."""
NOWHERE = "http://127.0.0.1:9"
"""A proxy that is none: who asks for something gets nothing."""

_IMAGE = re.compile(r'<img((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*/?>')
_ATTRIBUTE = re.compile(r'\s([a-z-]+)="([^"]*)"')
_NAMED = re.compile(r'(\sid="|url\(#|\shref="#|\sxlink:href="#)')
_TOLD = re.compile(r"\A\s*<title[^<]*</title>(?:\s*<desc[^<]*</desc>)?")
FOOT = "<!--letter-foot-->"


def pdf(markup: str, pictures: Sequence[Picture] = ()) -> bytes:
    """The pages of this markup as PDF. Same markup and pictures on the same machine, same bytes.

    Raises `ReportError` when there is no markup, when Typst is not installed, and when it cannot be printed.
    """
    if not markup:
        raise ReportError("This report was written without pages for print: take another format.")
    if find_spec("typst") is None:
        raise ReportError('A PDF needs Typst. Install it with: pip install "commsleads[pdf]"')
    files = {f"{picture.name}.svg": picture.svg for picture in pictures}
    if len(markup) + sum(map(len, files.values())) > LARGEST:
        raise ReportError("This report is too long to be printed. Take another format, or a shorter period.")

    async def apart() -> bytes:
        child = Apart(memory=MEMORY)
        try:
            return await child.run(typeset, markup, files, seconds=SECONDS)
        finally:
            await child.close()

    try:
        with ThreadPoolExecutor(1) as beside:  # whoever asks may have a running loop of his own
            return beside.submit(asyncio.run, apart()).result()
    except CollectError as error:
        raise ReportError(f"The PDF could not be made. {error}") from None


def typeset(markup: str, pictures: dict[str, str]) -> bytes:
    """What the child does: pages out of markup, with no other files than these and no network."""
    import typst

    os.environ.update(dict.fromkeys(("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY"), NOWHERE))
    files: Any = {"main.typ": markup.encode(), **{name: svg.encode() for name, svg in pictures.items()}}
    with tempfile.TemporaryDirectory(prefix="commsleads-print-") as empty:
        try:
            return typst.compile(files, root=empty, package_path=empty, package_cache_path=empty, format="pdf")
        except typst.TypstError as error:
            raise ParseError(f"Its markup is not what Typst understands: {error}.") from None


def page_of(document: Document, audience: str = "") -> str:
    """The HTML for a file or a page of the web: pictures stand in it, and how to get no more mail does not.

    `audience` chooses one of the versions; the document's own is taken when there is none for it.
    """
    told = version_of(document, audience)
    drawn = {picture.name: picture for picture in document.pictures}

    def placed(image: re.Match[str]) -> str:
        said = dict(_ATTRIBUTE.findall(image[1]))
        picture = drawn.get(said.get("src", "").removeprefix("cid:"))
        return image[0] if picture is None else inline(picture)

    return _IMAGE.sub(placed, told.html).replace(FOOT, "")


def version_of(document: Document, audience: str) -> Document | Version:
    """The document as it is told to an audience."""
    return next((version for version in document.versions if version.audience == audience), document)


def inline(picture: Picture) -> str:
    """A picture as SVG within HTML, with its finding for those who do not see it.

    Names inside it get the picture's name before them, because a page may hold several.
    """
    start = picture.svg.find("<svg")
    drawing = _NAMED.sub(lambda found: f"{found[1]}{picture.name}-", picture.svg[max(start, 0) :])
    opening, _, rest = drawing.partition(">")
    rest = _TOLD.sub("", rest, count=1)
    opening = re.sub(r'\s(?:role|style|aria-[a-z]+|width|height)="[^"]*"', "", opening)
    name = escape(picture.name)
    return (
        f'{opening} role="img" aria-labelledby="{name}-title {name}-desc" width="{picture.width}" '
        f'height="{picture.height}" style="display:block;width:100%;height:auto">'
        f'<title id="{name}-title">{escape(picture.title)}</title><desc id="{name}-desc">{escape(picture.alt)}</desc>'
        f"{rest}"
    )
