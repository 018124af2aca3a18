"""Answer cards as they are shown, and kept so that they can be shown again as they stood on a day.

A card is not worked out again for a day that is over: it would know what was learned since. So it is drawn while the
day lasts, once an hour and once more shortly before midnight, and what was drawn last is what stood on that day.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from commsleads.app import App
from commsleads.errors import CommsleadsError
from commsleads.rules.periods import midnight
from commsleads.store import meta
from commsleads.store.campaigns import shown
from commsleads.store.campaigns.shown import Shown
from commsleads.store.engine import Session, moment, stamp

if TYPE_CHECKING:
    from commsleads.contract import Document, Period
    from commsleads.facts import Facts
    from commsleads.plan import Campaign

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
"""How often cards are kept while a day lasts."""
CLOSING = timedelta(minutes=10)
"""Before midnight they are kept once more: what comes after it belongs to the next day."""
AFTER = timedelta(days=60)
"""For so long after its end (and its window) a campaign is still looked at: answers are set aside and found late."""
TIMES = ("as_of", "clicks_read_at")
"""What is another with each look though nothing happened."""


def card(app: App, facts: Facts, name: str, period: Period | None = None) -> Document:
    """The answer card of one campaign in words and data, as `campaign show` tells it. The campaign must be there."""
    report = app.plugins.report("campaign")
    document: Document = report.write(facts, period or facts.week(name), report.Settings(only=name, words=True))
    return document


def data_of(document: Document) -> Any:
    """The figures of that card, as `campaign show --json` gives them."""
    return document.data["campaigns"][0]


def any_due(app: App, session: Session) -> bool:
    """Whether cards are to be kept now: an hour has gone by, a day has begun, or it is about to end."""
    now, zone = app.now(), app.settings.organisation.zone
    last = moment(meta.get(session, "cards_kept_at"))
    if last is None or last > now:  # it was noted by a clock that was wrong
        return True
    today = now.astimezone(zone).date()
    closing = midnight(today + timedelta(days=1), zone) - CLOSING
    return now - last >= EVERY or last.astimezone(zone).date() != today or last < closing <= now


def keep(app: App, stopping: Callable[[], bool]) -> int:
    """Keep the cards of the campaigns that run, are to come or ended not long ago; how many rows were written.

    Nothing is kept while signals wait to be taken in anew: a card would be too small. One that cannot be drawn keeps
    no other from being kept.
    """
    from commsleads.campaigns import planning
    from commsleads.store.signals import any_untried

    kept = 0
    with app.engine.session() as session:
        if not any_due(app, session) or any_untried(session):
            return 0
        now, zone = app.now(), app.settings.organisation.zone
        campaigns = app.campaigns(session)
        planning.register(session, campaigns, app.settings.watches, now)
        running = [one.id for one in campaigns if not _over(one, now.astimezone(zone).date())]
        for name, document in _drawn(app, session, running, stopping):
            kept += _keep(app, session, name, document, now)
        if stopping():
            return kept
        meta.put(session, "cards_kept_at", stamp(now))
    return kept


def _over(campaign: Campaign, today: date) -> bool:
    return campaign.ends_on is not None and campaign.ends_on + campaign.window + AFTER < today


def _drawn(
    app: App, session: Session, names: Sequence[str], stopping: Callable[[], bool]
) -> list[tuple[str, Document]]:
    """The cards of these campaigns, of one moment: who was looking on which day is asked once for all of them."""
    found: list[tuple[str, Document]] = []
    with session.snapshot():
        facts = app.facts(session)
        for name in names:
            if stopping():
                break
            try:
                found.append((name, card(app, facts, name)))
            except Exception:
                log.exception("The card of the campaign %s could not be kept", name)
    return found


def _keep(app: App, session: Session, name: str, document: Document, now: datetime) -> bool:
    """Keep the card of one campaign in a row of this day, unless it is still as on the day before; whether it was."""
    data = json.dumps(data_of(document), ensure_ascii=False, separators=(",", ":"))
    day = now.astimezone(app.settings.organisation.zone).date()
    with session.atomic():
        last = shown.on(session, name, day)
        if last and last.day < day and _timeless(last.data) == _timeless(data):
            shown.same(session, last, now)
            return False
        shown.keep(session, Shown(name, day, now, now, data, document.text.rstrip()))
    return True


def _timeless(data: str) -> dict[str, Any]:
    return {name: value for name, value in json.loads(data).items() if name not in TIMES}


def card_on(session: Session, name: str, day: date) -> Shown:
    """The card as it stood on a day. Raises `CommsleadsError`, with the first day there is, when none was kept yet."""
    if found := shown.on(session, name, day):
        return found
    begun = shown.first(session, name)
    if begun is None:
        raise CommsleadsError(f"No card of “{name}” was kept yet; that is done every hour while commsleads runs.")
    raise CommsleadsError(f"How “{name}” stood on {_said(day)} was not kept: the first day is {_said(begun.day)}.")


def as_it_stood(found: Shown, day: date, app: App) -> str:
    """The line above a card of another day: when it was drawn, and whether somebody looked on that day at all."""
    zone = app.settings.organisation.zone
    seen = found.seen.astimezone(zone)
    line = f"As it stood on {_said(day)}"
    if found.day == day:
        return f"{line} (kept at {found.at.astimezone(zone):%H:%M})"
    kept = f"{_said(found.day)}, {found.at.astimezone(zone):%H:%M}"
    if seen.date() >= day:
        return f"{line} (kept on {kept}; nothing but the time changed until that day)"
    looked = f"{_said(seen.date())}, {seen:%H:%M}"
    return f"{line}, as far as is known (kept on {kept}; nobody looked after {looked})"


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
