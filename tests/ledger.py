"""Rows written straight into the tables, for the tests of what is read out of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from commsleads.facts import Facts
from commsleads.plan import CallToAction, Campaign, Goal, Outlet, TargetGroup, Watch
from commsleads.store.engine import Session, micros, stamp
from commsleads.store.signals import Columns, last_arrival

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
"""The Monday on which week 47 of 2026 is told, seven o'clock in Berlin."""

WATCHES = (
    Watch(id="museum", role="brand", name="Harbour Museum", any=("Harbour Museum",)),
    Watch(id="rival", role="competitor", name="Maritime House", any=("Maritime House",)),
    Watch(id="docks", role="topic", name="Old docks", any=("old docks",)),
)
OUTLETS = (
    Outlet(name="The Harbour Post", domains=("harbourpost.example",), tier=1),
    Outlet(name="Museum Weekly", domains=("museumweekly.example",), tier=2),
    Outlet(name="Quay Radio", domains=("quayradio.example",), tier=3),
)
WING = Campaign(
    id="new-wing",
    name="The new wing",
    objective="Fill the school workshops",
    starts_on=date(2026, 11, 9),
    ends_on=date(2026, 12, 20),
    watches=("museum",),
    utm_campaigns=("wing26",),
    goal=Goal(n=40, of="school bookings", by=date(2026, 12, 31)),
    ctas=(CallToAction(id="book", wording="Book the workshop", destination="https://museum.example/book"),),
    targets=(
        TargetGroup(name="education desks", n=38, excluded=2, reason="asked not to be contacted"),
        TargetGroup(name="local radio", n=11),
    ),
)


def at(text: str) -> datetime:
    """A local time in Berlin, such as `2026-11-18T09:30`."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


class Ledger:
    """Writes rows that belong together. Ids are made of what they are, so tests can name them."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.numbers = 0

    def source(self, ident: str = "post", *, since: datetime | None = None, **changes: Any) -> str:
        """A source that answers, polled for the first time half a year ago."""
        given: dict[str, Any] = {
            "id": ident,
            "kind": "feeds",
            "name": changes.pop("name", ident.title()),
            "url": f"https://{ident}.example/feed",
            "every_seconds": 1800,
            "interval_seconds": 1800,
            "state": "ok",
            "next_check_at": stamp(NOW),
            "last_polled_at": stamp(NOW),
            "last_success_at": stamp(NOW),
            "last_new_at": stamp(NOW),
        }
        self._row("sources", given | changes)
        self.poll(ident, since or NOW - timedelta(days=200))
        return ident

    def poll(self, source: str, when: datetime) -> None:
        """One attempt that brought something."""
        self._row("polls", {"source_id": source, "at": stamp(when), "outcome": "read"})

    def weekly_polls(self, source: str = "post", weeks: int = 12) -> None:
        """A poll in each of the last weeks, so that a week without news is one in which somebody looked."""
        for week in range(weeks):
            self.poll(source, NOW - timedelta(days=7 * week, hours=12))

    def signal(
        self,
        when: datetime | str,
        watches: Sequence[str] = ("museum",),
        *,
        copy_of: str = "",
        passing: bool = False,
        tied: str = "",
        **changes: Any,
    ) -> str:
        """A signal that names these watches (in passing: not in its headline), alone in its story or a copy."""
        arrived = when if isinstance(when, datetime) else at(when)
        self.numbers += 1
        ident: str = changes.pop("id", f"s{self.numbers:04}")
        given: dict[str, Any] = dict.fromkeys(Columns._fields, "") | {
            "id": ident,
            "source_id": "post",
            "kind": "entry",
            "external_id": ident,
            "url": f"https://harbourpost.example/{ident}",
            "title": f"Harbour Museum story {ident}",
            "text": "The Harbour Museum by the old docks.",
            "published_at": stamp(arrived - timedelta(hours=1)),
            "first_seen_at": stamp(arrived),
            "links": "[]",
            "extra": "{}",
            "arrival": micros(arrived) + self.numbers,
            "outlet": "The Harbour Post",
            "domain": "harbourpost.example",
            "story_id": copy_of or ident,
            "story_why": f"same text, 98 % shared with {copy_of}" if copy_of else "",
        }
        row = given | changes
        self._row("signals", row)
        for watch in watches:
            self._row(
                "matches",
                {
                    "watch_id": watch,
                    "signal_id": ident,
                    "arrival": row["arrival"],
                    "field": "text" if passing else "title",
                    "phrase": watch,
                    "story_id": row["story_id"],
                    "source_id": row["source_id"],
                    "published_at": row["published_at"],
                },
            )
        if tied:
            self.tie(ident, tied, row["arrival"], story=row["story_id"])
        return ident

    def tie(self, signal: str, rule: str, arrival: int, campaign: str = "new-wing", *, story: str = "") -> None:
        """Tie a signal to a campaign by a rule."""
        permille = {"utm": 1000, "link": 900, "watch": 600, "window": 300}[rule]
        self._row(
            "attributions",
            {
                "signal_id": signal,
                "campaign_id": campaign,
                "arrival": arrival,
                "rule": rule,
                "permille": permille,
                "evidence": "It says so.",
                "story_id": story or signal,
            },
        )

    def week(self, label: int, stories: int, watch: str = "museum", **changes: Any) -> list[str]:
        """So many stories, spread over a week of 2026 by its number."""
        monday = datetime.combine(date.fromisocalendar(2026, label, 1), datetime.min.time(), BERLIN).astimezone(UTC)
        return [
            self.signal(monday + timedelta(hours=12 + 160 * number // max(stories, 1)), (watch,), **changes)
            for number in range(stories)
        ]

    def gap(self, source: str, start: str, end: str = "", why: str = "The server said 503.") -> None:
        """A stretch in which a source was not seen; without an end it is open."""
        self._row(
            "gaps",
            {"source_id": source, "start_at": stamp(at(start)), "end_at": stamp(at(end)) if end else "", "why": why},
        )

    def facts(self, **changes: Any) -> Facts:
        """The facts of all this, as of `NOW`."""
        given: dict[str, Any] = {
            "watches": WATCHES,
            "outlets": OUTLETS,
            "campaigns": (WING,),
            "zone": BERLIN,
            "now": NOW,
            "cutoff": last_arrival(self.session),
            "organisation": "Harbour Museum",
        }
        return Facts(self.session, **given | changes)

    def _row(self, table: str, values: dict[str, Any]) -> None:
        names = ", ".join(values)
        self.session.execute(
            f"INSERT INTO {table} ({names}) VALUES ({', '.join(':' + name for name in values)})", **values
        )
