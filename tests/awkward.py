"""An office with awkward data: pickups, older pieces, gaps, stories taken out and entered by hand, words of people that
contradict each other, three campaigns, alerts voted on. Made by the program's own verbs, from chance that is seeded."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from commsleads.app import App, build
from commsleads.contract import Signal
from commsleads.coverage import coding, removing
from commsleads.coverage.adding import Found
from commsleads.errors import CoverageError
from commsleads.intake.entered import enter
from commsleads.store.engine import Session, micros, stamp
from tests.factories import signal
from tests.office import Clock

BERLIN = ZoneInfo("Europe/Berlin")
FIRST, LAST = date(2026, 9, 7), date(2026, 11, 22)
NOW = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
SETTINGS = """
[organisation]
name = "Harbour Museum"
timezone = "Europe/Berlin"
[fetch]
contact = "press@museum.example"
[[watches]]
id = "museum"
role = "brand"
any = ["Harbour Museum"]
[[watches]]
id = "ada"
role = "spokesperson"
any = ["Ada Stone"]
[[watches]]
id = "rival"
role = "competitor"
any = ["Town Gallery"]
[[watches]]
id = "docks"
role = "topic"
any = ["old docks"]
[[outlets]]
name = "The Meridian"
domains = ["meridian.example"]
tier = 1
[[outlets]]
name = "Trade Weekly"
domains = ["trade.example"]
tier = 2
[[campaigns]]
id = "wing"
starts_on = 2026-11-02
ends_on = 2026-11-29
watches = ["museum"]
messages = [{ id = "free", phrases = ["free entry"] }, { id = "open", phrases = ["opens in spring"] }]
[[campaigns]]
id = "day"
starts_on = 2026-11-07
ends_on = 2026-11-15
watches = ["ada"]
uplift = { weeks = 6 }
messages = [{ id = "climb", phrases = ["climb the mast"] }]
[[campaigns]]
id = "past"
starts_on = 2026-09-01
ends_on = 2026-10-11
window = "14d"
watches = ["docks"]
messages = [{ id = "ours", phrases = ["docks are ours"] }]
"""
SOURCE = '[[sources]]\nid = "{0}"\nkind = "feeds"\nurl = "http://127.0.0.1:9/{0}"\nevery = "30m"\n'
WORDS = [
    "rope",
    "factory",
    "ship",
    "model",
    "storage",
    "director",
    "visitor",
    "harbour",
    "timber",
    "sail",
    "anchor",
    "captain",
    "ledger",
    "winter",
    "crane",
    "lantern",
    "quarry",
    "meadow",
    "orchard",
    "bridge",
    "canal",
    "ferry",
    "market",
    "window",
    "ladder",
    "pepper",
    "copper",
    "silver",
    "garden",
    "letter",
    "mirror",
]
NAMES = {"museum": "Harbour Museum", "ada": "Ada Stone", "rival": "Town Gallery", "docks": "old docks"}
SAYS = (
    "was accused of a shameful failure and sued by angry visitors.",
    "won praise for bold, brilliant work.",
    "spoke.",
)
MESSAGES = ("There is free entry.", "It opens in spring.", "All can climb the mast.", "The docks are ours.")
DOMAINS = ("meridian.example", "trade.example", "elsewhere.example", "far.example")


def office(folder: Path) -> tuple[App, Clock]:
    """The office on the Monday after week 47."""
    file = folder / "config.toml"
    file.write_text(SETTINGS + "".join(SOURCE.format(name) for name in "abc"), encoding="utf-8")
    clock = Clock(datetime(2026, 9, 7, 4, tzinfo=UTC))
    app = build(file, clock=clock, environ={})
    app.prepare()
    dice = random.Random(7)
    with app.engine.session() as session:
        for when, source, one in sorted(_news(dice), key=lambda row: row[0]):
            clock.now = when
            with session.atomic():
                app.intake(session).keep(session, [(source, [one])], when)
        with session.atomic():
            _watched(session)
        _people(app, session, dice, clock)
        with session.atomic():
            _alerts(session, dice)
    clock.now = NOW
    return app, clock


def _news(dice: random.Random) -> Iterator[tuple[datetime, str, Signal]]:
    day, number = FIRST, 0
    while day <= LAST:
        for _ in range(dice.choice([0, 1, 2, 3, 4]) if day.weekday() < 5 else dice.choice([0, 0, 1])):
            begun = datetime(day.year, day.month, day.day, dice.randrange(24), dice.randrange(60), tzinfo=BERLIN)
            title, body = _text(dice)
            dated = begun - (timedelta(days=40) if dice.random() < 0.08 else timedelta(hours=1))
            for copy in range(1 + dice.choice([0, 0, 0, 1, 2, 4])):
                number += 1
                when = begun + timedelta(hours=copy * dice.choice([1, 20, 50]))
                if when.date() > LAST:
                    break
                url = f"https://{dice.choice(DOMAINS)}/{number}"
                one = signal(str(number), title=title, body=f"<p>{body}</p>", url=url, published_at=dated)
                yield when.astimezone(UTC), dice.choice("abc") if copy else "a", one
        day += timedelta(days=1)


def _text(dice: random.Random) -> tuple[str, str]:
    """A headline that names somebody now and then, and a text that names one to three."""
    names = dice.sample(list(NAMES), dice.choice([1, 1, 2, 3]))
    title = " ".join(dice.choices(WORDS, k=6)).capitalize()
    title += f" {NAMES[names[0]]}" if dice.random() < 0.4 else ""
    parts = [" ".join(dice.choices(WORDS, k=dice.choice([2, 60]))) + "."]
    parts += [f"{NAMES[name]} {dice.choice(SAYS)}" for name in names]
    parts += [one for one in MESSAGES if dice.random() < 0.25]
    return title, " ".join([*parts, *dice.choices(WORDS, k=40)])


def _watched(session: Session) -> None:
    """Polls of each source, one that began late; an outage of one and one of all."""
    for source in "abc":
        when = datetime(2026, 8, 20 if source == "c" else 1, 6, tzinfo=UTC)
        while when < NOW:
            session.execute(
                "INSERT INTO polls (source_id, at, outcome) VALUES (:id, :at, 'read')", id=source, at=stamp(when)
            )
            when += timedelta(hours=12)
        session.execute("UPDATE sources SET state = 'ok' WHERE id = :id", id=source)
    for source, first, hours in (("b", date(2026, 10, 6), 72), *((one, date(2026, 11, 10), 36) for one in "abc")):
        start = datetime(first.year, first.month, first.day, tzinfo=BERLIN)
        session.execute(
            "INSERT INTO gaps (source_id, start_at, end_at, why) VALUES (:id, :start, :end, 'It said 503.')",
            id=source, start=stamp(start), end=stamp(start + timedelta(hours=hours)),
        )  # fmt: skip


def _people(app: App, session: Session, dice: random.Random, clock: Clock) -> None:
    """Tone and messages said, said otherwise and taken back; stories taken out, put back and entered."""
    watches, campaigns = app.settings.watches, app.campaigns(session)
    ids = [watch.id for watch in watches]
    rows = session.tuples("SELECT DISTINCT story_id FROM matches WHERE watch_id IN ('museum', 'ada') ORDER BY story_id")
    clock.now = datetime(2026, 11, 18, 9, tzinfo=UTC)
    for number, (story,) in enumerate(rows):
        clock.move(minutes=1)
        said: dict[str, Any] = {"watches": watches, "who": "ada", "now": clock.now}
        try:
            if number % 2:
                coding.set_tone(session, story, dice.choice(["negative", "neutral", "positive", "mixed"]), **said)
            if number % 5 == 0:
                coding.set_tone(session, story, "negative", watch="ada", **said)
            if number % 9 == 0:
                coding.set_tone(session, story, "", **said)
            if number % 3 == 0:
                message = dice.choice(["free", "open", "climb"])
                given = dice.choice([{"presence": "1", "accuracy": "1"}, {"presence": "0"}, {"accuracy": "2"}])
                coding.set_message(session, story, message, campaigns=campaigns, given=given, who="ada", now=clock.now)
            if number % 7 == 0:
                watch = dice.choice(["", "museum", "ada"])
                removing.remove(session, story, why="no", who="ben", now=clock.now, watch=watch, watches=ids)
            if number % 21 == 0:
                removing.keep(session, story, why="yes", who="ben", now=clock.now)
        except CoverageError:  # it does not name that watch
            continue
    for title, outlet in (("Harbour Museum on the radio", "Quay Radio"), ("Ada Stone: climb the mast", "The Meridian")):
        clock.move(hours=1)
        found = Found(title=title, outlet=outlet, on=date(2026, 11, 16), medium="radio")
        with session.atomic():
            enter(session, app.intake(session), found, who="ada", now=clock.now, zone=BERLIN, watches=ids)


def _alerts(session: Session, dice: random.Random) -> None:
    """Alerts alone and in a summary, sent, failed and waiting; some judged, by people who may change their mind."""
    for number in range(24):
        at = datetime(2026, 11, 12, 3, tzinfo=UTC) + timedelta(hours=9 * number)
        row = {
            "id": f"{number:032x}", "kind": dice.choice(["surge", "risk", "deadline"]), "level": "review",
            "subject": "summary" if number == 15 else f"s{number}", "title": "t", "text": "t",
            "told_in": f"{15:032x}" if 11 < number < 15 else "", "caused_at": stamp(at),
            "raised_at": stamp(at + timedelta(minutes=number)),
            "ready_at": stamp(at + timedelta(minutes=number, hours=3 * (number % 4 == 0))),
        }  # fmt: skip
        _insert(session, "alerts", row)
        if not row["told_in"]:
            state = dice.choice(["sent", "sent", "sent", "over", "waiting"])
            sent = {"alert_id": row["id"], "channel": "room", "state": state, "at": stamp(at + timedelta(hours=4))}
            _insert(session, "alert_sends", sent)
        for vote in range(dice.choice([0, 1, 2, 3])):
            word = {"alert_id": row["id"], "at": stamp(at + timedelta(hours=5 + vote)), "voter": dice.choice("ab")}
            _insert(session, "alert_votes", word | {"useful": dice.randrange(2)})


def _insert(session: Session, table: str, row: Mapping[str, object]) -> None:
    names = ", ".join(row)
    session.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join(':' + name for name in row)})", **row)


def week(number: int) -> int:
    """The arrival with which a week of 2026 begins."""
    return micros(datetime.combine(date.fromisocalendar(2026, number, 1), datetime.min.time(), BERLIN).astimezone(UTC))
