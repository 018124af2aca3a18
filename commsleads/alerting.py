"""Alerts raised and sent: each cause once, each channel once.

`alarm` looks what there is to tell and keeps it; `notify` sends what is ready. Both may be killed at any moment and
run twice at once: a cause is a row whose id is made of it, and a send is claimed by its row before anything leaves.
What was claimed and never ended is in doubt: it is shown, and not sent again by itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from commsleads.app import App
from commsleads.errors import CollectError, CommsleadsError, ConfigError
from commsleads.runs import this_run
from commsleads.store import alerts, meta
from commsleads.store.ballots import ballot
from commsleads.store.engine import Row, Session, micros, moment, stamp
from commsleads.store.keys import signing_key

if TYPE_CHECKING:
    from commsleads.alerts.leaving import Left
    from commsleads.apart import Apart
    from commsleads.plan import AlertChannel
    from commsleads.rules.alerts.causes import Cause
    from commsleads.rules.alerts.desk import Office

log = logging.getLogger(__name__)

Stopping = Callable[[], bool]

SURGES_EVERY = timedelta(minutes=15)
SURGES_AT = "surges_at"
"""The name in `meta` of when surges were looked for last."""
WAVES = "surges_week"
"""The name in `meta` of the last week that was looked at as a whole."""
SECONDS = 30.0
"""Seconds that one send may take in all."""
KEPT = timedelta(days=800)
"""How long alerts are kept."""


def alarm(app: App, stopping: Stopping) -> int:  # noqa: ARG001 - a few indices
    """Raise what is to be told and settle what is over; how many causes are new."""
    from commsleads.alerts import finding, raising
    from commsleads.desk import Desk

    now = app.now()
    with app.engine.session() as session:
        calendar = Desk(session=session, settings=app.settings, now=now).calendar(now)
        office = finding.office_of(app.settings, calendar, now)
        new = raising.keep(session, app.settings, now, office, finding.find(session, app.settings, office, now))
        if _surges_due(session, now):
            new += _surges(app, session, office, now)
    if new:
        log.info("%d alerts raised", new)
    return new


def _surges_due(session: Session, now: datetime) -> bool:
    last = moment(meta.get(session, SURGES_AT))
    return last is None or not last <= now < last + SURGES_EVERY


def _surges(app: App, session: Session, office: Office, now: datetime) -> int:
    """Look at the last 24 hours of each watch; how many surges began."""
    from commsleads.alerts import raising
    from commsleads.rules.alerts.causes import SETTLES, SUMMARY
    from commsleads.store.signals import any_untried

    if any_untried(session):  # in the middle of a rebuild everything is too small
        return 0
    least = app.settings.alerts.surge.least
    open_ = [row for row in alerts.open_(session, ("surge",)) if row["subject"] != SUMMARY and "W" not in row["slot"]]
    going = {row["subject"]: row["id"] for row in open_}
    busy = [watch.id for watch in app.settings.watches if _many(session, watch.id, now, least)]
    new, still = _compared(app, session, office, busy, going) if busy else ([], set())
    over = [ident for watch, ident in going.items() if watch not in still]
    with session.atomic():
        alerts.settle(session, over, now, SETTLES["surge"])
        raised = raising.raise_(session, app.settings, now, office, new)
        meta.put(session, SURGES_AT, stamp(now))
    return raised + _waves(app, session, office, now)


def _waves(app: App, session: Session, office: Office, now: datetime) -> int:
    """Once a week is over: the spikes of it that no surge has told. Before the digest tells them; how many."""
    from commsleads.alerts import raising
    from commsleads.rules.periods import period_of, previous

    zone = app.settings.organisation.zone
    (week,) = previous(period_of("week", now.astimezone(zone).date(), zone), "week", zone, 1)
    last = meta.get(session, WAVES)
    if last == week.label:
        return 0
    new: list[Cause] = []
    if last:  # on the first day there is no week to speak of
        from commsleads.facts.surges import waves

        new = waves(app.facts(session), week, office, alerts.subjects(session, "surge", week.start, now))
    with session.atomic():
        raised = raising.raise_(session, app.settings, now, office, new)
        meta.put(session, WAVES, week.label)
    return raised


def _compared(
    app: App, session: Session, office: Office, watches: Sequence[str], going: Collection[str]
) -> tuple[list[Cause], set[str]]:
    """The surges that begin among these watches, and the watches whose surge goes on."""
    from commsleads.facts.surges import rising, surge
    from commsleads.rules.alerts.stories import StoryRules
    from commsleads.rules.alerts.surges import begins, cause, goes_on

    plan = app.settings.alerts
    new: list[Cause] = []
    still: set[str] = set()
    facts, rules = app.facts(session), StoryRules(plan, app.settings.outlets)
    for watch in watches:
        found = surge(facts, watch, plan.surge)
        if found and watch in going:
            if goes_on(found.over, plan.surge):
                still.add(watch)
        elif found and begins(found.verdict, plan.surge) and _rested(app, session, watch, facts.now):
            new.append(cause(rising(facts, watch, found, rules), facts.now, office))
    return new, still


def _many(session: Session, watch: str, now: datetime, least: int) -> bool:
    """Whether there are enough stories for a surge at all: a quick look before the thorough one."""
    from commsleads.rules.alerts.surges import WINDOW
    from commsleads.store.alert_causes import stories

    return stories(session, watch, micros(now - WINDOW), micros(now)) >= least


def _rested(app: App, session: Session, watch: str, now: datetime) -> bool:
    """Whether the newest surge of a watch is long enough ago."""
    from commsleads.rules.alerts.surges import rested

    row = alerts.newest(session, "surge", watch)
    last = [moment(row["raised_at"]), moment(row["settled_at"])] if row else []
    return rested([at for at in last if at], now, app.settings.alerts.surge)


def any_ready(app: App, session: Session) -> bool:
    """Whether an alert waits to go out: asked at each heartbeat."""
    return bool(app.settings.alerts.channels) and alerts.any_ready(session, app.now())


def notify(app: App, stopping: Stopping) -> int:
    """Send the alerts whose time has come, each to each of its channels once; how many got there.

    What there is to tell is looked at once more before: after the quiet hours, what has settled is not told any more.
    """
    with app.engine.session() as session:
        if not any_ready(app, session):
            return 0
    alarm(app, stopping)
    with app.engine.session() as session:
        rows = alerts.ready(session, app.now())
    if not rows:
        return 0
    from commsleads.alerts.carrying import carry

    return carry(lambda apart: _send(app, apart, rows, stopping))


async def _send(app: App, apart: Apart, rows: list[Row], stopping: Stopping) -> int:
    sent, silent = 0, set[str]()
    for row in rows:
        if stopping():
            break
        if row["channel"] in silent:
            continue
        left = await _one(app, apart, row)
        sent += left is not None and left.state == "sent"
        # A channel that does not answer, or asks for time, is let be until the next pass.
        if left is not None and left.state in {"later", "doubt"}:
            silent.add(row["channel"])
    return sent


async def _one(app: App, apart: Apart, row: Row) -> Left | None:
    """One alert to one channel: what became of it, None when it was not this run's to send."""
    alert, channel = row["alert_id"], row["channel"]
    with app.engine.session() as session:
        # Whatever is wrong with the settings is seen before the claim, since nothing can be in doubt then.
        url = _url(app, channel)
        body = _body(app, row, signing_key(session))
        with session.atomic():
            if not alerts.claim(session, alert, channel, app.now(), this_run()):
                return None
            if not isinstance(url, str):
                alerts.failed(session, alert, channel, app.now(), str(url))
                return None
    left = await _leave(apart, url, row["title"], body)
    with app.engine.session() as session, session.atomic():
        _note(session, alert, channel, left, app.now())
    if left.state != "sent":
        log.warning("The alert %s on %s: %s", alert, channel, left.why)
    return left


async def _leave(apart: Apart, url: str, title: str, body: str) -> Left:
    from commsleads.alerts.leaving import Left, leave

    try:
        return await apart.run(leave, url, title, body, seconds=SECONDS)
    except CollectError:  # it was killed, or it died: how far it came nobody knows
        return Left("doubt", f"Sending it took longer than {SECONDS:g} seconds or crashed: it may have arrived.")


def _note(session: Session, alert: str, channel: str, left: Left, now: datetime) -> None:
    if left.state == "sent":
        alerts.sent(session, alert, channel, now)
    elif left.state == "doubt":
        alerts.in_doubt(session, alert, channel, now, left.why)
    else:
        alerts.failed(session, alert, channel, now, left.why, for_good=left.state == "refused")


def _url(app: App, name: str) -> str | CommsleadsError:
    """The Apprise URL of a channel, or what is wrong with it. A channel may have left the settings since."""
    channel = _channel(app, name)
    if channel is None:
        return ConfigError([f"The channel “{name}” is not in the settings any more."])
    try:
        return app.secret(channel.url_secret)
    except CommsleadsError as error:
        return error


def _channel(app: App, name: str) -> AlertChannel | None:
    return next((one for one in app.settings.alerts.channels if one.name == name), None)


def _body(app: App, row: Row, key: bytes) -> str:
    """What goes out: the text, the command that shows more, and the link that asks whether it was useful."""
    parts = [row["text"]]
    if row["command"]:
        parts.append(row["command"])
    parts.append(f"Level: {row['level']}. Alert {row['alert_id']}.")
    if base := app.settings.web.base:
        parts.append(f"Was it useful? {base.rstrip('/')}/a/{ballot(key, row['alert_id'], row['channel'])}")
    return "\n\n".join(parts)


def test(app: App, name: str) -> Left:
    """Send a test to a channel, now and whatever its level. Raises `ConfigError` for one that is not there."""
    channel = _channel(app, name)
    if channel is None:
        known = ", ".join(one.name for one in app.settings.alerts.channels) or "none is set up, see [[alerts.channels]]"
        raise ConfigError([f"No channel of alerts is called “{name[:60]}”. There is: {known}."])
    url = app.secret(channel.url_secret)
    who = app.settings.organisation.name or "commsleads"
    text = f"This is a test of the channel “{name}” for alerts of {who}. Nothing has happened and nobody needs to act."
    from commsleads.alerts.carrying import carry

    return carry(lambda apart: _leave(apart, url, "Test of an alert", text))


def problems(app: App) -> dict[str, str]:
    """What is wrong with the address of each channel, '' where nothing is. Nothing is sent."""
    from commsleads.alerts.carrying import carry

    async def ask(apart: Apart) -> dict[str, str]:
        urls = {channel.name: _url(app, channel.name) for channel in app.settings.alerts.channels}
        return {name: await _asked(apart, url) if isinstance(url, str) else str(url) for name, url in urls.items()}

    return carry(ask)


async def _asked(apart: Apart, url: str) -> str:
    from commsleads.alerts.leaving import problem

    try:
        return await apart.run(problem, url, seconds=SECONDS)
    except CollectError:
        return "Apprise could not be asked about it."
