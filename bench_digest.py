"""The digest's speed, for `bench.py`: a week of a very large office, with ten such weeks behind it.

    ./run bench --digest        # 1,100,000 signals, 110,000 clicks, 5,500 enquiries, 22,000 leads: some minutes

The week of the digest has 100,000 signals (one in twenty names a watch), 10,000 clicks, 500 enquiries and 2,000 leads.
Timed is `commsleads report weekly`, a whole process from start to exit, with the pictures and every version: on that
database, on one with nothing in it, and beside the rows of the same week read by plain SQL and put into a page by hand.
The bars are 3 s and 300 MB.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import bench_campaigns
import bench_desk
import bench_leads

NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
BEHIND = 10
"""Weeks behind that of the digest, each like it."""
SIGNALS, HITS, ENQUIRIES, LEADS = 100_000, 10_000, 500, 2_000
"""In one week."""
MENTION = "watch_id, signal_id, arrival, field, phrase, story_id, source_id, published_at"
TIE = "signal_id, campaign_id, arrival, rule, permille, evidence, story_id"
TONE = "signal_id, watch_id, story_id, arrival, negative, neutral, positive, model"
EACH = 6
"""Touches of a lead."""
OUTLETS = 300
SETTINGS = """
[organisation]
name = "Harbour Museum"
timezone = "Europe/Berlin"
[desk]
team = "press"
"""


def run(measured: Callable[[list[str]], dict[str, float]], rounds: int) -> None:
    """Three processes in turn, so many times."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        empty, full = made(folder / "empty", filled=False), made(folder / "full", filled=True)
        asked = {
            "rows by hand, plain SQL": [sys.executable, __file__, str(folder / "full" / "commsleads.db"), *week()],
            "digest, nothing in it": digest(empty),
            "digest, a week of 100,000": digest(full),
        }
        found: dict[str, list[dict[str, float]]] = {what: [] for what in asked}
        for _ in range(rounds):
            for what, argv in asked.items():
                found[what].append(measured(argv))
        told(found)


def told(found: dict[str, list[dict[str, float]]]) -> None:
    """The table: medians, and against the digest of nothing."""
    print("\n| what | CPU s (min–max) | wall s | peak MiB | CPU vs nothing |\n| --- | ---: | ---: | ---: | ---: |")
    base = statistics.median(one["cpu"] for one in found["digest, nothing in it"])
    for what, times in found.items():
        middle = {key: statistics.median(one[key] for one in times) for key in times[0]}
        least, most = min(one["cpu"] for one in times), max(one["cpu"] for one in times)
        print(
            f"| {what} | {middle['cpu']:.2f} ({least:.2f}–{most:.2f}) | {middle['wall']:.2f} | {middle['mib']:.0f} "
            f"| {middle['cpu'] / base:.1f} |"
        )


def digest(settings: Path) -> list[str]:
    label = last_week().strftime("%G-W%V")
    return [sys.executable, "-m", "commsleads", "--config", str(settings), "report", "weekly", "--period", label]


def last_week() -> datetime:
    """A moment in the week that ended last."""
    return NOW - timedelta(days=NOW.isoweekday() + 1)


def bounds() -> tuple[datetime, datetime]:
    """From the first week behind to the end of the digest's."""
    monday = (last_week() - timedelta(days=last_week().isoweekday() - 1)).replace(hour=0)
    return monday - timedelta(weeks=BEHIND), monday + timedelta(weeks=1)


def week() -> tuple[str, str]:
    """The digest's week in microseconds, as words."""
    end = bounds()[1]
    return str(int((end - timedelta(weeks=1)).timestamp() * 1e6)), str(int(end.timestamp() * 1e6))


# --- the office ------------------------------------------------------------------------------------------------------


def made(folder: Path, *, filled: bool) -> Path:
    """The program's settings and database in this folder."""
    from commsleads.app import build

    folder.mkdir()
    file = folder / "config.toml"
    file.write_text(SETTINGS + "".join(declared()), encoding="utf-8")
    app = build(file, environ={})
    app.prepare()
    if filled:
        with app.engine.session() as session:
            signals(session)
            clicks(session)
            enquiries(session)
            leads(app, session)
            session.execute("ANALYZE")
    return file


def declared() -> Iterator[str]:
    """Five watches of our own, three competitors, four topics; three campaigns; outlets; officers; a goal."""
    first, after = bounds()
    roles = ["brand", "brand", "product", "product", "spokesperson", *["competitor"] * 3, *["topic"] * 4]
    for number, role in enumerate(roles):
        yield f'[[watches]]\nid = "w{number}"\nrole = "{role}"\nany = ["Watch {number}"]\n'
    for number in range(OUTLETS):
        yield f'[[outlets]]\nname = "Post {number}"\ndomains = ["post{number}.example"]\ntier = {1 + number % 3}\n'
    for number in range(5):
        yield f'[[desk.officers]]\nid = "o{number}"\nrole = "lead"\n'
    for number in range(3):
        yield (
            f'[[campaigns]]\nid = "c{number}"\nname = "Campaign {number}"\nwatches = ["w{number}"]\n'
            f"starts_on = {first.date() + timedelta(weeks=8)}\nends_on = {after.date() + timedelta(weeks=3)}\n"
            f'goal = {{ n = 400, of = "responses" }}\n'
            f'ctas = [{{ id = "tour", destination = "https://museum.example/tour" }}]\n'
            f'targets = [{{ name = "Editors", n = 500 }}]\n'
            f'messages = [{{ id = "m", text = "Open to all", phrases = ["open to all"] }}]\n'
        )
    yield (
        f'[[goals]]\nid = "quarter"\nn = 20000\nof = "qualified leads"\nstarts_on = {first.date()}\n'
        f"ends_on = {after.date() + timedelta(weeks=2)}\n"
    )
    yield '[[sources]]\nid = "news"\nkind = "feeds"\nurl = "https://news.example/feed"\nevery = "30m"\n'


def signals(session: Any) -> None:
    """News through all weeks, one in twenty a mention, one in a hundred tied to a campaign, polled all the time."""
    rng = random.Random("signals")
    first, after = bounds()
    start, length = int(first.timestamp() * 1e6), int((after - first).total_seconds() * 1e6)
    count = SIGNALS * (BEHIND + 1)
    columns = [row["name"] for row in session.query("PRAGMA table_info(signals)")]
    words = ["harbour", "crane", "museum", "ferry", "dock", "rope", "winter", "council", "open", "gallery"]
    for begin in range(0, count, 50_000):
        rows: list[list[Any]] = []
        mentions: list[tuple[Any, ...]] = []
        ties: list[tuple[Any, ...]] = []
        tones: list[tuple[Any, ...]] = []
        for n in range(begin, begin + 50_000):
            arrival = start + n * length // count
            at, ident = datetime.fromtimestamp(arrival / 1e6, UTC), f"{rng.getrandbits(64):016x}"
            day, outlet = f"{at:%Y-%m-%dT%H:%M:%SZ}", rng.randrange(OUTLETS)
            title = " ".join(rng.choices(words, k=8))
            row = dict.fromkeys(columns, "") | {
                "id": ident, "source_id": "news", "kind": "entry", "external_id": f"h{n}", "arrival": arrival,
                "title": title, "text": " ".join(rng.choices(words, k=40)), "first_seen_at": day, "published_at": day,
                "story_id": ident, "url": f"https://post{outlet}.example/{n}", "outlet": f"Post {outlet}",
                "domain": f"post{outlet}.example", "links": "[]", "extra": "{}",
            }  # fmt: skip
            rows.append([row[name] for name in columns])
            if n % 20 == 0:
                watch = rng.choice((0, 0, 0, 1, 1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10, 11))
                mentions.append((f"w{watch}", ident, arrival, "title", f"Watch {watch}", ident, "news", day))
                if watch < 5:
                    tones.append((ident, f"w{watch}", ident, arrival, 200, 500, 300, "bench"))
                if watch < 3:
                    ties.append((ident, f"c{watch}", arrival, "watch", 600, "x", ident))
        with session.atomic():
            session.many(f"INSERT INTO signals VALUES ({','.join('?' * len(columns))})", rows)
            insert(session, "matches", MENTION, mentions)
            insert(session, "attributions", TIE, ties)
            insert(session, "tones", TONE, tones)
    polled(session, first, after)


def insert(session: Any, table: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
    marks = ",".join("?" * (columns.count(",") + 1))
    session.many(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def polled(session: Any, first: datetime, after: datetime) -> None:
    """The source was asked every half hour, so that the weeks are observed."""
    times = int((after - first).total_seconds() // 1_800)
    with session.atomic():
        session.many(
            "INSERT INTO polls (source_id, at, outcome) VALUES ('news', ?, 'read')",
            [(bench_desk.stamp(first + timedelta(seconds=1_800 * n)),) for n in range(times + 1)],
        )
        session.execute(
            "UPDATE sources SET state = 'ok', last_polled_at = :at, last_success_at = :at", at=bench_desk.stamp(after)
        )


def clicks(session: Any) -> None:
    """Clicks on the links of three campaigns."""
    rng = random.Random("clicks")
    mine = [link for n in range(3) for link in bench_campaigns._links(session, f"c{n}")]
    bench_campaigns.DAYS = (NOW - bounds()[0]).days
    bench_campaigns._write(session, HITS * (BEHIND + 1), mine, rng, "a")


def enquiries(session: Any) -> None:
    """Enquiries through all weeks; the last thirty are open."""
    log = bench_desk.Log(session)
    log.contacts()
    first, after = bounds()
    count = ENQUIRIES * (BEHIND + 1)
    for n in range(count):
        log.enquiry(n, first + (after - first) * n / count, still_open=n >= count - 30)
    log.write()


def leads(app: Any, session: Any) -> None:
    """Leads through all weeks, told under the criteria that come with the program."""
    from commsleads.leads import agreeing
    from commsleads.leads.retelling import rebuild

    people = LEADS * (BEHIND + 1)
    bench_leads.DAYS = (NOW - bounds()[0]).days
    bench_leads._people(session, people)
    terms = agreeing.ensure(session, app.settings, bounds()[0] - timedelta(days=1))
    bench_leads._touches(session, people * EACH, people)
    rebuild(session, terms, NOW)


# --- beside it -------------------------------------------------------------------------------------------------------


def by_hand(database: str, start: str, end: str) -> None:
    """The rows that a digest of that week needs at the least, on a page without any figure that can be defended."""
    import html

    db = sqlite3.connect(database)
    between = (int(start), int(end))
    named = db.execute(
        "SELECT watch_id, count(DISTINCT story_id) FROM matches WHERE arrival >= ? AND arrival < ? GROUP BY watch_id",
        between,
    ).fetchall()
    newest = db.execute(
        "SELECT s.title, s.url, s.outlet FROM matches m JOIN signals s ON s.id = m.signal_id "
        "WHERE m.arrival >= ? AND m.arrival < ? ORDER BY m.arrival DESC LIMIT 100",
        between,
    ).fetchall()
    counts = [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("enquiries", "leads", "hits")]
    print("<ul>", *(f"<li>{html.escape(str(one))}" for one in (*named, *newest, *counts)), "</ul>")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit(subprocess.call([sys.executable, "bench.py", "--digest"]))
    by_hand(*sys.argv[1:])
