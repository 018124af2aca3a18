"""The visits of one Shlink link: a stretch of time, whole, from the oldest on, each visit with an identity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import quote

from commsleads.collectors.asking import Answer, Asking

PAGE = 500
OVERLAP = timedelta(hours=1)
"""So much of what was read is read again: visits are written a little after they happened."""
SECOND = timedelta(seconds=1)


class Place(NamedTuple):
    """How far a link is read: its `total` then (-1: not to the end), the date of its newest visit, and its making."""

    total: int = -1
    since: str = ""
    made: str = ""


class Visit(NamedTuple):
    """One visit. `identity` is the same whenever it is read."""

    identity: str
    at: datetime
    agent: str
    referrer: str
    bot: bool


class Came(NamedTuple):
    """What was read of a link: `whole` says that nothing newer was left, `odd` counts visits without a date."""

    visits: list[Visit]
    place: Place
    whole: bool
    odd: int


async def visits(
    ask: Asking, url: str, *, code: str, domain: str, place: Place, now: datetime, first_days: int
) -> Came:
    """The visits since the newest that was read, or of the last `first_days`; as many pages as this poll may still ask.

    The first answer is the newest page. When there are more, the stretch is closed at the second before the newest
    visit, so that visits that happen meanwhile do not shift its pages, and read from its last page, the oldest, on.
    """
    where = f"{url}/short-urls/{quote(code, safe='')}/visits"
    what = f"the visits of {domain or 'the link'}/{code}" if domain else f"the visits of the link {code}"
    since = _moment(place.since)
    # In the middle of a backlog nothing comes late; an hour of it might be more than one poll can read again.
    start = (since - OVERLAP if place.total >= 0 else since) if since else now - timedelta(days=first_days)
    asked = {
        "startDate": _written(start),
        "itemsPerPage": str(PAGE),
        "page": "1",
        **({"domain": domain} if domain else {}),
    }
    answer = await ask.get(where, what=what, params=asked)
    rows = answer.rows("visits", "data")
    if _pages(answer) <= 1:
        return _came(answer, rows, place, whole=True)
    moments = [at.replace(microsecond=0) for row in rows if (at := _moment(_date(row)))]
    if not moments or not ask.more:
        return Came([], place, False, len(rows))
    newest = max(moments)
    asked["endDate"] = _written(newest - SECOND if min(moments) < newest else newest)
    answer = await ask.get(where, what=what, params=asked)
    page = _pages(answer)
    first_page = answer.rows("visits", "data")
    rows = []
    while page > 1 and ask.more:
        answer = await ask.get(where, what=what, params={**asked, "page": str(page)})
        rows += answer.rows("visits", "data")
        page -= 1
    if page <= 1:
        rows += first_page
    return _came(answer, rows, place, whole=False)


def _came(answer: Answer, rows: list[Mapping[str, Any]], place: Place, *, whole: bool) -> Came:
    alike: Counter[str] = Counter()
    found: list[Visit] = []
    odd = 0
    for row in rows:
        at = _moment(_date(row))
        if at is None:
            odd += 1
            continue
        agent = answer.text(row, "userAgent", most=1_000, empty=True)
        referrer = answer.text(row, "referer", most=2_000, empty=True)
        key = _key(at, agent, referrer)
        alike[key] += 1
        found.append(Visit(f"{key}-{alike[key]}", at, agent, referrer, row.get("potentialBot") is True))
    newest = max((visit.at for visit in found), default=None)
    if newest and place.since < _written(newest):
        place = place._replace(since=_written(newest))
    return Came(found, place, whole, odd)


def _key(at: datetime, agent: str, referrer: str) -> str:
    said = "\x1f".join((_written(at), agent, referrer)).encode("utf-8", "replace")
    return sha256(said).hexdigest()[:24]


def _pages(answer: Answer) -> int:
    return answer.number(answer.table("visits", "pagination"), "pagesCount")


def _date(row: Mapping[str, Any]) -> str:
    date = row.get("date")
    return date if isinstance(date, str) else ""


def _moment(text: str) -> datetime | None:
    """An ISO time with its offset, in UTC; None for what is none."""
    try:
        found = datetime.fromisoformat(text[:40]) if text else None
        return found.astimezone(UTC) if found and found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _written(at: datetime) -> str:
    """The one way in which times are written here: UTC, to the second, with an offset."""
    return at.astimezone(UTC).replace(microsecond=0).isoformat()
