"""Sensible values; a test overrides what matters to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from commsleads.contract import Signal, SignalKind, Source
from commsleads.intake import Intake
from commsleads.plan import CallToAction, Campaign, Outlet, Watch
from commsleads.store import sources as timetable
from commsleads.store.engine import Session

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)

LONG = (
    "The Harbour Museum will open its new wing on Saturday with free admission for everybody under eighteen, the "
    "director said on Tuesday. The building, a former rope factory by the old docks, has been restored for eleven "
    "million and holds the collection of ship models that had been in storage for thirty years. Visitors can watch "
    "the restorers at work behind glass, and schools may book the workshop from January."
)


def signal(external_id: str = "1", **changes: Any) -> Signal:
    """A feed entry about the Harbour Museum."""
    given: dict[str, Any] = {
        "external_id": external_id,
        "kind": SignalKind.ENTRY,
        "title": "Harbour Museum opens its new wing",
        "body": f"<p>{LONG}</p>",
        "url": f"https://news.example/2026/{external_id}",
        "published_at": NOW - timedelta(hours=2),
        "published_raw": "Wed, 18 Nov 2026 07:30:00 GMT",
    }
    return Signal(**given | changes)


def source(source_id: str = "trade-press", **changes: Any) -> Source[Any]:
    """A feed polled every half hour."""
    given: dict[str, Any] = {
        "id": source_id,
        "kind": "feeds",
        "url": f"https://{source_id}.example/feed",
        "every": timedelta(minutes=30),
        "settings": None,
    }
    return Source(**given | changes)


def intake(**changes: Any) -> Intake:
    """The rules of an office that watches the Harbour Museum and runs one campaign."""
    given: dict[str, Any] = {
        "watches": (Watch(id="museum", role="brand", any=("Harbour Museum",), none=("Harbour Museum of Toys",)),),
        "outlets": (Outlet(name="The Example", domains=("news.example",), tier=1),),
        "campaigns": (
            Campaign(
                id="new-wing",
                starts_on=NOW.date() - timedelta(days=30),
                ends_on=NOW.date() + timedelta(days=30),
                watches=("museum",),
                utm_campaigns=("wing26",),
                ctas=(CallToAction(id="book", wording="Book the workshop", destination="https://museum.example/book"),),
            ),
        ),
        "zone": ZoneInfo("Europe/Berlin"),
    }
    return Intake(**given | changes)


def with_sources(session: Session, *ids: str) -> None:
    """Rows of `sources` for signals to belong to."""
    with session.atomic():
        timetable.sync(session, [source(source_id) for source_id in ids], NOW)
