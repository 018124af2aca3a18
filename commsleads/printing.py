"""A report as PDF: the Typst markup that it keeps, with its pictures, made into pages; and as a page with its pictures.

Nothing here knows what a report says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from commsleads.contract import Picture

FOOT = "<!--letter-foot-->"
"""Where the HTML of a document has room for what only a mail says: how to get no more."""
_NAMED = re.compile(r'<img\b[^<>]*?\bsrc="cid:([a-z0-9-]{1,80})"[^<>]*>')


def page_of(html: str, pictures: Sequence[Picture]) -> str:
    """The HTML of a document or version as a page of its own: each picture it names as SVG in its place."""
    drawn = {picture.name: picture.svg for picture in pictures}
    return _NAMED.sub(lambda found: drawn.get(found[1], ""), html).replace(FOOT, "")
