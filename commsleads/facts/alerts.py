"""The alerts of a period: how many, of what, how fast, how many were worth it, and which channels are in trouble."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from commsleads.contract import Period
from commsleads.enquiries import LEVELS
from commsleads.facts.alert_values import AlertFigures, AlertLine, ChannelLine
from commsleads.facts.ground import WEEKS, Ground, unit
from commsleads.rules.alerts.causes import SUMMARY
from commsleads.rules.figures import median, wilson
from commsleads.rules.periods import alike
from commsleads.store import alert_lists as store
from commsleads.store import health
from commsleads.store.engine import Row, micros, moment, stamp

DOUBT = timedelta(minutes=5)
"""A send that was begun longer ago and never ended is one of which nobody knows."""
TROUBLED = timedelta(days=14)
"""What went wrong longer ago is no trouble of now."""
MOST = 5_000
"""Open alerts that are read."""

Judged = Sequence[tuple[str, bool]]


def alerts(ground: Ground, period: Period) -> AlertFigures:
    """The alerts raised in a period, as they stand now, and those that are open whenever they were raised."""
    start, end = stamp(period.start), stamp(period.end)
    raised = store.listed(ground.session, start=start, end=end)
    # Of a week that ended at midnight something is told on Monday before the digest: it is open then.
    now = stamp(ground.now + timedelta(seconds=1))
    open_ = store.listed(ground.session, only_open=True, end=max(end, now), most=MOST)
    rows = {row["id"]: row for row in (*raised, *open_)}
    sends, votes = store.sends(ground.session, list(rows)), store.votes(ground.session, list(rows))
    lines = {
        ident: _line(ground, row, sends.get(row["told_in"] or ident, []), votes.get(ident, []))
        for ident, row in rows.items()
    }
    told = _gravest_first(lines[row["id"]] for row in raised)
    causes = [row for row in raised if row["subject"] != SUMMARY]
    alone = [lines[row["id"]] for row in raised if not row["told_in"]]
    minutes = [_minutes(lines[row["id"]]) for row in raised if not row["told_in"] and not _waited(row)]
    timed = [one for one in minutes if one is not None]
    judged = [one for one in alone if one.sent_at and one.useful + one.useless]
    return AlertFigures(
        raised=len(causes),
        alerts=len(alone),
        before=_before(ground, period),
        by_kind=tuple(Counter(row["kind"] for row in causes).most_common()),
        by_level=tuple((level, sum(row["level"] == level for row in causes)) for level in reversed(LEVELS)),
        sent=sum(one.sent_at is not None for one in alone),
        failed=sum(one.state == "failed" for one in alone),
        in_doubt=sum(one.state == "in doubt" for one in alone),
        waiting=sum(one.state == "waiting" for one in alone),
        minutes=median(timed),
        timed=len(timed),
        precision=wilson(sum(one.useful > one.useless for one in judged), len(judged)),
        told=told,
        open=_gravest_first(lines[row["id"]] for row in open_),
        channels=_channels(ground, [row["id"] for row in raised], sends),
    )


def _line(ground: Ground, row: Row, sends: Sequence[Row], votes: Judged) -> AlertLine:
    sent = [moment(one["at"]) for one in sends if one["state"] == "sent"]
    useful = sum(said for _, said in votes)
    return AlertLine(
        id=row["id"],
        kind=row["kind"],
        level=row["level"],
        owner=row["owner"],
        title=row["title"],
        text=row["text"],
        command=row["command"],
        state=_state(ground, sends),
        caused_at=moment(row["caused_at"]) or ground.now,
        raised_at=moment(row["raised_at"]) or ground.now,
        sent_at=min((at for at in sent if at), default=None),
        settled_at=moment(row["settled_at"]),
        settled_why=row["settled_why"],
        useful=useful,
        useless=len(votes) - useful,
        told_in=row["told_in"],
        subject=row["subject"],
    )


def _state(ground: Ground, sends: Sequence[Row]) -> str:
    """The best that became of it on any channel."""
    states = {one["state"] for one in sends}
    if "sent" in states:
        return "sent"
    if any(one["state"] == "sending" and _old(ground, one) for one in sends):
        return "in doubt"
    if states & {"waiting", "failed", "sending"}:
        return "waiting"
    if "over" in states:
        return "failed"
    return "dropped" if states else "unsent"


def _old(ground: Ground, one: Row) -> bool:
    return ground.now - (moment(one["at"]) or ground.now) > DOUBT


def _waited(row: Row) -> bool:
    """Whether it was kept back in the quiet hours."""
    return bool(row["ready_at"] > row["raised_at"])


def _minutes(line: AlertLine) -> float | None:
    """From the cause until it had got somewhere."""
    if line.sent_at is None:
        return None
    return max(0.0, (line.sent_at - line.caused_at).total_seconds() / 60)


def _before(ground: Ground, period: Period) -> int | None:
    """How many were raised in the period before; None where nobody looked then."""
    earlier = alike(period, unit(period), ground.zone, WEEKS)
    if not earlier:
        return None
    last = earlier[-1]
    start, end = stamp(last.start), stamp(last.end)
    if not health.ran(ground.session, start, end, (micros(last.start), micros(last.end))):
        return None
    return store.count(ground.session, start, end)


def _gravest_first(lines: Iterable[AlertLine]) -> tuple[AlertLine, ...]:
    return tuple(sorted(lines, key=lambda one: (-LEVELS.index(one.level), one.raised_at, one.id)))


def _channels(ground: Ground, raised: Sequence[str], sends: dict[str, list[Row]]) -> tuple[ChannelLine, ...]:
    """Every channel of the settings, and those that left them and still have something to tell."""
    wrong = troubles(ground)
    counted: dict[str, Counter[str]] = {one.name: Counter() for one in ground.alerts_plan.channels}
    for ident in raised:
        for one in sends.get(ident, ()):
            doubt = one["state"] == "sending" and _old(ground, one)
            counted.setdefault(one["channel"], Counter())["in doubt" if doubt else one["state"]] += 1
    return tuple(
        ChannelLine(
            name=name,
            sent=states["sent"],
            failed=states["over"],
            in_doubt=states["in doubt"],
            waiting=states["waiting"] + states["failed"] + states["sending"],
            trouble=wrong.get(name, ("", None))[0],
        )
        for name, states in counted.items()
    )


def troubles(ground: Ground) -> dict[str, tuple[str, datetime | None]]:
    """What is wrong with each channel now, and since when, of those that something is wrong with."""
    found: dict[str, tuple[str, datetime | None]] = {}
    names = {one.name for one in ground.alerts_plan.channels}
    for row in store.troubled(ground.session, stamp(ground.now - TROUBLED), stamp(ground.now - DOUBT)):
        if row["channel"] not in names:
            continue
        n = row["n"]
        many = "1 alert" if n == 1 else f"{n} alerts"
        if row["state"] == "sending":
            words = f"Nobody knows whether {many} arrived."
        else:
            words = f"{many} could not be sent. {row['error']}"
        before = found.get(row["channel"], ("", None))[0]
        found[row["channel"]] = (f"{before} {words}".strip(), moment(row["at"]))
    return found
