"""How well we looked, what needs a person, and what changed in the way we look or in what was told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from commsleads.contract import Period
from commsleads.facts import alerts
from commsleads.facts.ground import Ground
from commsleads.facts.survey import Survey
from commsleads.facts.values import Change, Health, Need, Quiet
from commsleads.rules.links.landing import destinations
from commsleads.store import coverage as rows
from commsleads.store import health as store
from commsleads.store.campaigns import landings
from commsleads.store.engine import EPOCH, Row, moment, stamp
from commsleads.store.signals import last_arrival

QUIET = timedelta(days=30)
"""A source that answers and has brought nothing new for longer is named: feeds die politely, by standing still."""
AHEAD = timedelta(hours=1)
"""Further ahead of the clock no signal can have come, unless the clock was wrong."""
UNDELIVERED = timedelta(minutes=10)
"""A delivery begun longer ago than this and never ended is one of which nobody knows."""
GIVEN_UP = timedelta(days=14)
"""So long a delivery that was given up or came back is told: in two digests."""


def health(ground: Ground, period: Period) -> Health:
    """How well we looked in a period. States are those of now; gaps are those that touch the period."""
    by_state: dict[str, list[str]] = {}
    for row in ground.declared:
        by_state.setdefault(row["state"], []).append(row["id"])
    return Health(
        total=len(ground.declared),
        watching=sum(row["id"] not in ground.unseeing for row in ground.declared),
        ok=len(by_state.get("ok", ())),
        failing=tuple(by_state.get("failing", ())),
        paused=tuple(by_state.get("paused", ())),
        never=tuple(by_state.get("new", ())),
        observed=ground.observed(period),
        gaps=ground.gap_values(period),
        quiet=tuple(_quiet(ground, row) for row in ground.declared if _is_quiet(ground, row)),
    )


def _is_quiet(ground: Ground, row: Row) -> bool:
    last = moment(row["last_new_at"])
    return row["state"] == "ok" and last is not None and ground.now - last > QUIET


def _quiet(ground: Ground, row: Row) -> Quiet:
    return Quiet(source=row["id"], name=row["name"] or row["id"], since=moment(row["last_new_at"]) or ground.now)


def needs(ground: Ground) -> list[Need]:
    """What a person must see to, the longest broken first: sources, answers set aside, mail, signals."""
    found = _mails(ground)
    found = [*_ahead(ground), *found, *_unasked(ground)]
    unread = {row["source"]: row for row in store.unread(ground.session)}
    broken = [row for row in ground.declared if row["state"] in {"failing", "paused"}]
    # Paused means that only a person can help; among the failing ones the longest broken come first.
    broken.sort(key=lambda row: (row["state"] != "paused", row["last_success_at"], row["id"]))
    found += [_source(row, unread) for row in broken]
    found += _channels(ground)
    found += _pages(ground)
    if ground.criteria_differ:
        what = "The file of the criteria is not what is in force"
        found.append(Need(what=what, why=ground.criteria_differ, since=None, command="commsleads criteria diff"))
    stuck, why = store.stuck(ground.session)
    if stuck:
        text = "1 signal" if stuck == 1 else f"{stuck:,} signals"
        found.append(Need(what=f"{text} could not be taken in", why=why, since=None, command="commsleads rebuild"))
    return found


def _channels(ground: Ground) -> list[Need]:
    """Channels that alerts do not get through to: whoever waits for one would wait in vain."""
    return [
        Need(
            what=f"Alerts do not get through on the channel {name}",
            why=why,
            since=since,
            command=f"commsleads alert test {name}",
        )
        for name, (why, since) in alerts.troubles(ground).items()
    ]


_TROUBLE = {
    "gone": "The page for {} is gone",
    "moved": "The page for {} leads elsewhere now",
    "changed": "The page for {} is another one now",
    "failing": "The page for {} cannot be looked at",
}


def _pages(ground: Ground) -> list[Need]:
    """Pages that calls to action lead to and that are not what was chosen; those of ended campaigns are let be."""
    wanted = destinations(ground.campaigns, ground.now.astimezone(ground.zone).date())
    return [
        Need(
            what=_TROUBLE[row["state"]].format(", ".join(wanted[row["url"]][:3])),
            why=f"{row['note']} {row['url'][:200]}",
            since=moment(row["since"]) if row["state"] == "failing" else None,  # the others were read
            command="commsleads link check",
        )
        for row in (landings.troubled(ground.session) if wanted else ())
        if row["url"] in wanted
    ]


def _source(row: Row, unread: dict[str, Row]) -> Need:
    name = row["name"] or row["id"]
    aside = " What came is kept aside to look at." if row["id"] in unread else ""
    if row["state"] == "paused":
        what = f"{name} is paused until somebody acts"
        why = row["paused_why"] or row["last_error"]
    else:
        what = f"{name} cannot be read" if row["last_success_at"] else f"{name} has never been read"
        why = row["last_error"]
    since = moment(row["last_success_at"])
    stop = "." if aside and not why.endswith(".") else ""
    return Need(
        what=what,
        why=f"{why}{stop}{aside}".strip(),
        since=since,
        command=f"commsleads {'unread' if aside else 'poll'} {row['id']}",
    )


def _ahead(ground: Ground) -> list[Need]:
    """Signals are ordered by when they came. A clock that was ahead has ordered what came since behind its error."""
    newest = EPOCH + timedelta(microseconds=last_arrival(ground.session))
    if newest <= ground.now + AHEAD:
        return []
    why = (
        f"Signals are kept as seen until {newest:%Y-%m-%d %H:%M} UTC. What came after them counts there too and not in "
        "its week. Restore the backup made before the clock went wrong."
    )
    return [Need(what="The clock of this machine was ahead of time", why=why, since=None, command="commsleads check")]


def _unasked(ground: Ground) -> list[Need]:
    """The first day: an office whose digest can only stay empty."""
    if not ground.declared:
        why = "Name what you want to read under [[sources]] in the settings."
        return [Need(what="No source is set up", why=why, since=None, command="commsleads check")]
    if all(row["state"] == "new" and not row["first_polled_at"] for row in ground.declared):
        why = "Until one is, nothing is observed."
        return [Need(what="No source has been asked yet", why=why, since=None, command="commsleads once")]
    return []


def _mails(ground: Ground) -> list[Need]:
    """Reports that were not written or did not arrive. One line a cause, however many people it concerns."""
    rows = store.undelivered(ground.session, stamp(ground.now - UNDELIVERED), stamp(ground.now - GIVEN_UP))
    alike: dict[tuple[str, str, str, str], list[Row]] = {}
    for row in rows:
        error = row["error"].replace(row["recipient"], "…") if row["recipient"] else row["error"]
        alike.setdefault((row["name"], row["period"], row["state"], error), []).append(row)
    return [_mail(ground, same) for same in alike.values()]


def _mail(ground: Ground, rows: Sequence[Row]) -> Need:
    row, many = rows[0], len(rows)
    who = row["recipient"] if many == 1 else f"{row['recipient']} and {many - 1} more"
    report = f"the {row['name']} report for {row['period']}"
    shown = f"commsleads delivery list {row['name']} --period {row['period']}"
    again = f"commsleads report {row['name']} --period {row['period']} --send"
    if not row["recipient"]:
        return _need(f"The {row['name']} report for {row['period']} could not be written", row["error"], again[:-7])
    if row["state"] == "sending":
        return _need(
            f"Nobody knows whether {who} got {report}", row["error"] or "The run ended while sending it.", shown
        )
    if row["state"] == "bounced":
        return _need(f"T{report[1:]} came back from {who}", row["error"], "commsleads delivery stops")
    if row["state"] == "over":
        return _need(f"{who} did not get {report}", f"{row['error']} It is not tried again by itself.", again)
    next_at = moment(row["next_at"])
    when = f" The next try is at {next_at.astimezone(ground.zone):%H:%M on %A}." if next_at else ""
    return _need(f"{who} did not get {report} yet", f"{row['error']}{when}", shown)


def _need(what: str, why: str, command: str) -> Need:
    return Need(what=what, why=why, since=None, command=command)


PLURAL = {"source": "sources", "watch": "watches", "outlet": "outlets", "campaign": "campaigns"}


def changes(ground: Ground, survey: Survey) -> list[Change]:
    """What changed in the period: edited headlines, then what was declared anew. Figures have `Facts.restated`."""
    return [*_edited(ground, survey), *_declared(ground, survey.period)]


def _edited(ground: Ground, survey: Survey) -> list[Change]:
    """Mentions of this period and the one before whose headline reads differently now, ours first."""
    span = ground.span(survey.period)
    earliest = ground.span(survey.before[-1]).start
    arrivals = (earliest, span.end)
    between = (stamp(survey.period.start), stamp(min(survey.period.end, ground.now)))
    ours_first = sorted(survey.watches, key=lambda watch: watch not in ground.ours)
    place = {watch: number for number, watch in enumerate(ours_first)}
    edits = [edit for edit in rows.edits(ground.session, arrivals, between, ground.gone) if edit.watch in place]
    found: dict[str, Change] = {}
    for edit in sorted(edits, key=lambda edit: place[edit.watch]):
        text = f"{edit.outlet or 'A source'} edited a headline: “{edit.before}” became “{edit.after}”."
        found.setdefault(edit.signal, Change(kind="edited", text=text, rows=(edit.signal,)))
    return list(found.values())


def _declared(ground: Ground, period: Period) -> list[Change]:
    """Sources, watches, outlets and campaigns that were added, changed or removed, a line for each sort."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in store.changes(ground.session, stamp(period.start), stamp(min(period.end, ground.now))):
        ids = found.setdefault((row["kind"], row["what"]), [])
        if row["row_id"] not in ids:
            ids.append(row["row_id"])
    return [
        Change(kind=f"{kind} {verb}", text=_counted(kind, verb, ids), rows=tuple(ids))
        for (kind, verb), ids in sorted(found.items())
    ]


def _counted(kind: str, verb: str, ids: Sequence[str]) -> str:
    names = ", ".join(ids[:5]) + (f" and {len(ids) - 5} more" if len(ids) > 5 else "")
    noun = kind if len(ids) == 1 else PLURAL[kind]
    return f"{len(ids)} {noun} {verb}: {names}."
