"""TOML to a tree of tables: the plain lines of a long file at the speed of one regular expression, the rest by tomllib.

A settings file of a thousand sources is five thousand lines of `key = "text"`. tomllib, which is the reference, takes
25 ms for them and 5 ms to be imported, at every start. `plain` reads such lines, hands an unusual value to tomllib
alone, and answers None for whatever hangs on more than its line: then tomllib reads the whole file. It never says
that a file is wrong. The tests hold it to tomllib's answers.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

_TEXT = r'"[^"\\\x00-\x08\x0a-\x1f\x7f]*"'
_LINE = re.compile(
    rf"""[ \t]*(?:
        ([\w-]+)[ \t]*=[ \t]*(?:                                                    # 1: a bare key, and its value:
            ({_TEXT})                                                               # 2: text without escapes
          | \[[ \t]*({_TEXT}[ \t]*(?:,[ \t]*{_TEXT}[ \t]*)*(?:,[ \t]*)?)?\]         # 3: a list of such on one line
          | ([^\n]+)                                                                # 4: anything else, and its comment
        )
      | \[\[([\w-]+)(?:\.([\w-]+))?\]\]                                             # 5, 6: an entry of many
      | \[([\w-]+)\]                                                                # 7: a table
    )?[ \t]*(?:\#[^\x00-\x08\x0a-\x1f\x7f]*)?\n""",
    re.VERBOSE | re.ASCII,
)
_TEXTS = re.compile(r'"([^"]*)"')
_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TRUTH = {"true": True, "false": False}

Table = dict[str, Any]


def parse(text: str) -> Table:
    """The tree of a TOML document. Raises `ValueError` with tomllib's words, or `RecursionError`."""
    found = plain(text)
    if found is None:
        from tomllib import loads

        found = loads(text)
    return found


def plain(text: str) -> Table | None:
    """The tree when the document is made of plain lines, else None."""
    text = text.replace("\r\n", "\n") + "\n"
    table: Table | None
    root: Table = {}
    table = root
    arrays: set[int] = set()  # the tables and lists that headers made; nothing may be added to others
    at, match = 0, _LINE.match
    while line := match(text, at):
        at = line.end()
        key, single, many, other, array, inner, name = line.groups()
        if key is not None:
            value = single[1:-1] if single else _value(other) if other else _TEXTS.findall(many or "")
            if value is None or key in table:
                return None
            table[key] = value
        elif array is not None:
            table = _entry(root, array, inner, arrays)
            if table is None:
                return None
        elif name is not None:
            if name in root:
                return None
            table = root[name] = {}
            arrays.add(id(table))
    return root if at == len(text) else None


def _entry(root: Table, array: str, inner: str | None, arrays: set[int]) -> Table | None:
    """A new entry for `[[array]]`, or for `[[array.inner]]` in the last entry of `array` (or in it, a table)."""
    parent, name = root, array
    if inner is not None:
        outer = root.get(array)
        if id(outer) not in arrays or outer is None:
            return None
        parent, name = outer[-1] if isinstance(outer, list) else outer, inner
    entries = parent.get(name)
    if isinstance(entries, dict):
        return None
    if entries is None:
        entries = parent[name] = []
        arrays.add(id(entries))
    elif id(entries) not in arrays:
        return None
    entry: Table = {}
    entries.append(entry)
    return entry


def _value(written: str) -> Any:
    """One value that is neither plain text nor a list of it, or None when it does not end on its line."""
    bare = written.partition("#")[0].rstrip(" \t") if written.isprintable() else ""
    if bare in _TRUTH:
        return _TRUTH[bare]
    try:
        if _NUMBER.fullmatch(bare):
            return int(bare)
        if _DATE.fullmatch(bare):
            return date.fromisoformat(bare)
        from tomllib import loads

        return loads(f"x = {written}")["x"]
    except (ValueError, RecursionError):
        return None
