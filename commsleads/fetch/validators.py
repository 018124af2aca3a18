"""What is kept between two polls of one address so that the second can be answered with "nothing new".

The cursor is a mapping of strings that the caller keeps. Ours are:

`etag`, `last_modified`  the server's validators, letter by letter as they came
`asked`                  the address that was asked for; when it is another one now, nothing of this holds
`at`                     the address that gave the validators, when a redirect led there; they are sent to no other
`moved_to`               where the address has moved for good (301, 308), once that place has answered with 200
`full_at`                from when on to ask without conditions again: some servers say 304 for ever

Whatever else is in the cursor belongs to the caller and is handed on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from commsleads.contract import Cursor
from commsleads.fetch.heads import spread

FULL_EVERY = timedelta(days=7)
_OURS = frozenset({"etag", "last_modified", "asked", "at", "moved_to", "full_at"})
_LONGEST = 1_000


class Held(NamedTuple):
    """What a cursor says about an address: where to begin, and what to send to whom."""

    start: str
    at: str
    fields: list[str | bytes]


def held(cursor: Cursor, url: str, now: datetime) -> Held:
    """Read a cursor. It says nothing when it is of another address, or when a full answer is due."""
    if not cursor or cursor.get("asked") != url:
        return Held(url, url, [])
    if (
        not _stamp(now) < cursor.get("full_at", "") < _stamp(now + 2 * FULL_EVERY)
    ):  # due, or from a clock that was wrong
        return Held(url, url, [])
    start = cursor.get("moved_to") or url
    fields: list[str | bytes] = []
    etag, modified = cursor.get("etag"), cursor.get("last_modified")
    if etag:
        fields.append(_field("If-None-Match", etag))
    if modified:
        fields.append(_field("If-Modified-Since", modified))
    return Held(start, cursor.get("at") or start, fields)


def renewed(cursor: Cursor, head: Mapping[str, str]) -> Cursor:
    """The cursor after a 304: validators that came are renewed, the others stay."""
    etag, modified = _kept(head, "etag"), _kept(head, "last-modified")
    if (not etag or etag == cursor.get("etag")) and (not modified or modified == cursor.get("last_modified")):
        return cursor
    new = dict(cursor)
    if etag:
        new["etag"] = etag
    if modified:
        new["last_modified"] = modified
    return new


def fresh(cursor: Cursor, head: Mapping[str, str], url: str, now: datetime, *, at: str, moved_to: str) -> Cursor:
    """The cursor after a full answer from `at`. `moved_to` is "" unless every redirect on the way was for good."""
    new = {key: value for key, value in cursor.items() if key not in _OURS}
    new["asked"] = url
    new["full_at"] = _stamp(now + FULL_EVERY + timedelta(days=spread(url)))
    if moved_to and moved_to != url:
        new["moved_to"] = moved_to
    if at != (moved_to or url):
        new["at"] = at
    etag, modified = _kept(head, "etag"), _kept(head, "last-modified")
    if etag:
        new["etag"] = etag
    if modified:
        new["last_modified"] = modified
    return new


def _kept(head: Mapping[str, str], name: str) -> str:
    value = head.get(name, "")
    return value if len(value) <= _LONGEST and value.isprintable() else ""


def _field(name: str, value: str) -> str | bytes:
    line = f"{name}: {value}"
    return line if line.isascii() else line.encode("latin-1", "ignore")


def _stamp(moment: datetime) -> str:
    return moment.isoformat()[:19] + "Z"
