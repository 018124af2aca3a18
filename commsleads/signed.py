"""Links that prove themselves: what they ask for is signed, so that nobody can make one up.

A token is a payload and its signature, in letters that an address may hold. It says nothing by itself of people: who
is meant is given as `mark`, which only the holder of the key can make. Tokens do not expire, for who wants no more mail
must be able to say so years later; what they ask for is harmless when asked twice.
"""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

KEY = 32
"""Bytes of the key: random, made once for a database."""
SIGNATURE = 16
"""Bytes of a signature: 128 bits, which nobody finds by asking a server."""
LONGEST = 300
"""Characters of a token that are looked at."""
MARK = 9
"""Bytes of the mark of a person."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,300}")


def token(key: bytes, purpose: str, payload: bytes) -> str:
    """A payload, signed for one purpose: the same words signed for another are worth nothing."""
    return urlsafe_b64encode(payload + _signature(key, purpose, payload)).rstrip(b"=").decode()


def payload_of(key: bytes, purpose: str, text: str) -> bytes | None:
    """What a token was made of, or None for one that we did not make for this purpose."""
    raw = b""
    if _TOKEN.fullmatch(text) and len(text) % 4 != 1:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    payload, given = raw[:-SIGNATURE], raw[-SIGNATURE:]
    # The same work for what is no token at all, and a comparison that takes as long wherever it fails.
    good = hmac.compare_digest(_signature(key, purpose, payload), given)
    # One spelling only: the spare bits of the last letter are nothing.
    return payload if good and len(raw) >= SIGNATURE and token(key, purpose, payload) == text else None


def link(base: str, kind: str, text: str) -> str:
    """The address of a token's page: `kind` is the letter of what it asks (`web.questions`), `base` is `[web] base`."""
    return f"{base.rstrip('/')}/{kind}/{text}"


def mark(key: bytes, person: str) -> bytes:
    """A stand-in for somebody (an address in small letters): the same each time, and meaningless without the key."""
    return hmac.digest(key, b"person\0" + person.encode("utf-8", "replace"), "sha256")[:MARK]


def _signature(key: bytes, purpose: str, payload: bytes) -> bytes:
    return hmac.digest(key, purpose.encode() + b"\0" + payload, "sha256")[:SIGNATURE]
