"""What may be kept of a referrer's path: where somebody came from, and nothing that says who it was."""

from __future__ import annotations

import re
from urllib.parse import unquote

DEEPEST = 4
"""How often a path is unescaped: a query that was escaped twice is a query still."""

_QUERY = re.compile(r"[?#]|[;&][\w.-]{1,50}=")
_ADDRESS = re.compile(r"[^\s@/]@[^\s@/]")


def plain_path(path: str) -> str:
    """A path without escapes, without a query in whatever disguise, and only as far as no mail address stands in it."""
    for _ in range(DEEPEST):
        before, path = path, unquote(path)
        if path == before:
            break
    found = _QUERY.search(path)
    path = path[: found.start()] if found else path
    found = _ADDRESS.search(path)
    return path[: path.rfind("/", 0, found.start() + 1) + 1] if found else path
