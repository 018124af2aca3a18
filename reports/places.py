"""Where the rows behind a figure are on the dashboard: one rule from the command that lists them to an address.

`commsleads stories --watch museum --since 2026-11-16 --limit 0` is `/stories?watch=museum&since=2026-11-16` below the
dashboard: the words are the path, the options are the query, and how many are listed at most is left out.
"""

from __future__ import annotations

import shlex
from urllib.parse import quote, urlencode

from commsleads.reports.wording import link

LEFT_OUT = ("limit", "format", "json")
"""Options that say how rows are listed and not which."""


def address_of(dashboard: str, command: str) -> str:
    """The address of what a command lists, below `dashboard`; '' without one, or when it is no command of ours.

    Of several commands (`a ; b`) it is the first one's.
    """
    base = link(dashboard).rstrip("/")
    words = _words(command.partition(" ; ")[0])
    if not base or len(words) < 2 or words[0] != "commsleads":
        return ""
    path = []
    options: list[tuple[str, str]] = []
    rest = iter(words[1:])
    for word in rest:
        if word.startswith("--"):
            name, has_value, value = word[2:].partition("=")
            options.append((name, value if has_value else ""))
        elif options and not options[-1][1]:
            options[-1] = (options[-1][0], word)
        else:
            path.append(quote(word, safe=""))
    query = urlencode([(name, value or "yes") for name, value in options if name not in LEFT_OUT])
    return f"{base}/{'/'.join(path)}{f'?{query}' if query else ''}"


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError:
        return []
