"""Coverage that somebody saw and no collector did, added by hand: print, radio, television, paywalls.

It is counted when it is added, not on the day it bears: what was told of that day's week was told without it. So no
earlier figure changes, and the report of this week names it as found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from html import escape
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from commsleads import text, urls
from commsleads.contract import Signal, SignalKind
from commsleads.errors import CoverageError
from commsleads.store import summaries
from commsleads.store.engine import Session

SOURCE = "by-hand"
"""The id of the source that people feed."""
MEDIA = ("print", "radio", "television", "online", "podcast", "newsletter", "other")
LONGEST = 300
"""Characters of a title, an outlet, a programme."""
MOST = 2_000
"""Characters of a summary."""
OLDEST = 3_660
"""Days back that a day may lie: what is older is a slip of the pen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something that somebody saw. `on` is the day it bears; `watches` what it is about, where its title names none.

    `summary` is what it says, in our own words: never the text of the article.
    """

    title: str
    outlet: str
    on: date
    url: str = ""
    medium: str = "print"
    programme: str = ""
    watches: tuple[str, ...] = ()
    summary: str = ""


class Added(NamedTuple):
    """What became of it: `new` is False when it was entered before. `joined` says why it is a copy of a known story,
    '' when it is one of its own."""

    id: str
    story: str
    title: str
    watches: tuple[str, ...]
    new: bool
    joined: str


def line(words: str, most: int) -> str:
    """What somebody typed, on one line and without what cannot be seen."""
    return text.plain(escape(words))[:most].strip()


def signal_of(found: Found, declared: Sequence[str], *, who: str, now: datetime, zone: ZoneInfo) -> Signal:
    """What was seen, as a signal. `declared` are the ids of the watches. Raises `CoverageError` where it is wrong."""
    _must_make_sense(found, declared, now.astimezone(zone).date())
    return _signal(found, who, zone)


def summarise(session: Session, story: str, words: str, *, who: str, now: datetime) -> None:
    """Keep what a story says, in our own words. No words take back what was said before."""
    with session.atomic():
        summaries.add(session, story, line(words, MOST), who=who, now=now)


def must_be_unseen(session: Session, url: str) -> None:
    """An article that a collector has seen would count once more, as a copy of itself. Raises `CoverageError`."""
    canonical = urls.canonical(url) if url else ""
    if not canonical:
        return
    rows = session.tuples(
        "SELECT story_id, title, first_seen_at FROM signals WHERE canonical_url = ? ORDER BY arrival LIMIT 1",
        (canonical,),
    )
    if rows:
        story, title, at = rows[0]
        raise CoverageError(
            f"It is there already: “{title[:80]}”, seen on {at[:10]}. See: commsleads story show {story}"
        )


def _must_make_sense(found: Found, declared: Sequence[str], today: date) -> None:
    if not line(found.title, LONGEST):
        raise CoverageError('What is its headline, or what was said? --title "..."')
    if not line(found.outlet, LONGEST):
        raise CoverageError('Where was it? --outlet "The Harbour Post"')
    if found.on > today:
        raise CoverageError(f"{found.on} has not come yet.")
    if (today - found.on).days > OLDEST:
        raise CoverageError(f"{found.on} is more than ten years ago. Write the day as 2026-11-16.")
    if found.url and not urls.is_web(found.url):
        raise CoverageError(f"“{found.url[:80]}” is no web address. It may be left out.")
    if "@" in urlsplit(found.url).netloc:
        raise CoverageError("The address holds a user name or password, and it stands in reports. Leave these out.")
    if found.medium not in MEDIA:
        raise CoverageError(f"“{found.medium[:40]}” is none of {', '.join(MEDIA)}.")
    for watch in found.watches:
        if watch not in declared:
            raise CoverageError(f"No watch is called “{watch[:80]}”. There is: {', '.join(declared[:20]) or 'none'}.")


def _signal(found: Found, who: str, zone: ZoneInfo) -> Signal:
    title, outlet, programme = (line(words, LONGEST) for words in (found.title, found.outlet, found.programme))
    day = datetime.combine(found.on, time(), zone).astimezone(UTC)
    what = f"{title}\n{outlet}\n{programme}".casefold() + f"\n{found.on}\n{found.url}"
    extra = {
        "medium": found.medium,
        "programme": programme,
        "watches": " ".join(found.watches),
        "by": who,
    }
    return Signal(
        external_id=hashlib.blake2b(what.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest(),
        kind=SignalKind.MENTION,
        title=escape(title),
        url=found.url,
        outlet=escape(outlet),
        published_at=day,
        published_raw=found.on.isoformat(),
        extra={name: value for name, value in extra.items() if value},
    )
