"""What an edition was written from: kept beside it, and cleared where it names people who are erased."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterable
from typing import Any

from commsleads.store.engine import Row, Session

WITHOUT = "!"
"""What inputs begin with that are none: why stands behind it."""
ERASED = f"{WITHOUT}erased "
"""... because it named people who are erased; the day stands behind it."""
MOST = 64 * 2**20
"""Bytes of one edition's inputs when they are read: a bomb of zeros is not."""


class PackedError(ValueError):
    """What is kept cannot be read."""


def squeezed(value: Any) -> str:
    """JSON values as one short text."""
    raw = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return base64.b64encode(zlib.compress(raw, 6)).decode()


def opened(text: str) -> str:
    """The JSON that `squeezed` made a text of. Raises `PackedError`."""
    try:
        reader = zlib.decompressobj()
        raw = reader.decompress(base64.b64decode(text, validate=True), MOST)
        if reader.unconsumed_tail or not reader.eof:
            raise PackedError("it is cut off or far too large")
        return raw.decode("utf-8", "surrogatepass")
    except (binascii.Error, zlib.error, UnicodeError, ValueError) as error:
        raise PackedError(str(error)) from error


def of(session: Session, name: str, period: str) -> Row | None:
    """An edition as it was told, with what it was written from; None when it was not told."""
    rows = session.query(
        "SELECT inputs, settings, program, written_at, subject, text, html, markdown, printed, data FROM reports "
        "WHERE name = :name AND period = :period AND state = 'written'",
        name=name,
        period=period,
    )
    return rows[0] if rows else None


def forget(session: Session, words: Iterable[str], now: str, *, enquiries: Iterable[str] = ()) -> int:
    """Clear what editions were written from where it holds any of these words; how many were cleared.

    The words are names, addresses and numbers of people who are erased. With `enquiries` (ids) only editions that know
    one of these are looked at. The edition cannot be made again, and says so.
    """
    found = _pattern(words)
    if found is None:
        return 0
    among = _pattern(enquiries)
    cleared = 0
    for name, period, kept in session.tuples("SELECT name, period, inputs FROM reports WHERE inputs <> ''"):
        if kept.startswith(WITHOUT):
            continue
        try:
            held = opened(kept)
        except PackedError:
            held = ""  # nobody can read it, so nobody knows whom it names
        if not held or ((among is None or among.search(held)) and found.search(held)):
            session.execute(
                "UPDATE reports SET inputs = :inputs WHERE name = :name AND period = :period",
                inputs=f"{ERASED}{now[:10]}",
                name=name,
                period=period,
            )
            cleared += 1
    return cleared


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """What finds any of these words in JSON, in any case, and not in the middle of another word."""
    said = sorted({json.dumps(word, ensure_ascii=False)[1:-1] for word in words if len(word.strip()) > 1})
    if not said:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, said))})(?!\w)", re.IGNORECASE)
