"""By what a request is known again, whether it is still open, and which watches it names."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from commsleads.letters import SourceRequest
from commsleads.rules.matching import Match, Matcher
from commsleads.text import fold

COMPARED = 300
"""Letters and digits of a query that count for its identity: what follows may be lost or gained on the way."""

EVENING = timedelta(hours=6, minutes=59)
"""From the close of work to the last minute of the day."""


def key(request: SourceRequest, message_id: str) -> str:
    """The id of a request within its mail: reading the same mail again gives the same ids."""
    parts = (request.service, message_id, request.number, content_key(request))
    return f"{request.service or 'request'}-{_hash(*parts)}"


def content_key(request: SourceRequest) -> str:
    """The same for one query however it came: sent again, forwarded, quoted, with its lines broken elsewhere.

    Services forbid asking twice, so what is equal here is a copy. It compares letters and digits of summary,
    journalist and query; the alias does not count, since a service may give a new one.
    """
    return _hash(_bare(request.summary), _bare(request.journalist), _bare(request.query)[:COMPARED])


def expired(request: SourceRequest, now: datetime) -> bool:
    """Whether its deadline has passed. One without a deadline, or with one that could not be read, never expires.

    One that gives a day only stands with its close of work and is over when the day is.
    """
    deadline = request.deadline
    return deadline is not None and now > deadline.at + (EVENING if deadline.day else timedelta(0))


def matching(request: SourceRequest, matcher: Matcher) -> list[Match]:
    """The watches (and topics of expertise, which are watches) that a request names."""
    rest = f"{request.query} | {request.requirements} | {request.category}"
    return matcher.match(fold(request.summary), fold(rest))


def _bare(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
