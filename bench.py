"""Speed and memory of commsleads, as ratios measured side by side in one run.

    ./run bench                                  # 200 and 1,000 feeds, three rounds: about a minute
    ./run bench --feeds 1000 --history 1000000   # with a long history behind it: some minutes
    ./run bench --desk                           # the press desk instead, see `bench_desk.py`: some minutes
    ./run bench --leads                          # leads instead, see `bench_leads.py`: some minutes
    ./run bench --send                           # sending instead, see `bench_send.py`: a minute
    ./run bench --digest                         # the digest of a large office, see `bench_digest.py`: some minutes

A farm of feeds (30 entries each, every feed on a loopback address of its own) is served from a process apart. In each
round the runners take turns, phase by phase, each phase one process from start to exit:

* `floor`: the least a Python program can do: libcurl, expat, INSERT OR IGNORE. No product.
* `by hand`: the script people write: httpx, feedparser, sqlite3 (only up to 200 feeds; it takes its time).
* `commsleads`: `once --all` with 1,000 phrases in 20 watches, pickups and attribution.

CPU is user and system time of the whole process; peak memory its largest resident set. On a shared machine read CPU
before wall, and ratios before seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

PORT = 8_765
ENTRIES = 30
BEGAN = datetime(2026, 11, 2, tzinfo=UTC)
PHASES = ("cold", "warm", "changed")


# --- the farm ------------------------------------------------------------------------------------------------------


def vocabulary() -> list[str]:
    r = random.Random("words")
    heads = ["b", "c", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "pl"]
    tails = ["an", "el", "or", "us", "im", "et", "ack", "ond", "ai", "ory"]
    return ["".join(r.choice(heads) + r.choice(tails) for _ in range(r.randint(1, 4))) for _ in range(9_000)]


def phrases(count: int) -> list[str]:
    r, words = random.Random("phrases"), vocabulary()
    return sorted(
        {" ".join(r.choice(words).title() for _ in range(r.choice((1, 2, 2, 3)))) + str(n) for n in range(count)}
    )


class Farm:
    """Feeds made from their number and the tick alone. One entry in twenty is a wire story other feeds carry too."""

    def __init__(self) -> None:
        self.words = vocabulary()
        self.phrases = phrases(1_000)
        self.tick = 0
        self.made: dict[tuple[int, int], tuple[bytes, str]] = {}

    def entry(self, feed: int, number: int) -> str:
        r = random.Random(f"{feed} {number}")
        wire = r.randrange(2_000) if r.random() < 0.05 else None
        told = random.Random(f"wire {wire}") if wire is not None else r
        paragraphs = [" ".join(told.choices(self.words, k=told.randint(25, 60))).capitalize() for _ in range(4)]
        if told.random() < 0.05:
            paragraphs[1] += f" {told.choice(self.phrases)} said"
        body = "".join(
            f"<p>{text}. <a href='https://site{feed}.example/t/{number}'>more</a></p>" for text in paragraphs
        )
        when = format_datetime(BEGAN + timedelta(minutes=7 * number + feed % 60))
        return (
            f"<item><title>{' '.join(paragraphs[0].split()[:9])}</title><link>https://site{feed}.example/{number}</link>"
            f"<guid isPermaLink='false'>{feed}-{number}</guid><pubDate>{when}</pubDate>"
            f"<description><![CDATA[{body}]]></description></item>"
        )

    def feed(self, number: int) -> tuple[bytes, str]:
        """The gzipped feed and its ETag. At tick 1 one feed in ten has three new entries."""
        tick = self.tick if number % 10 == 0 else 0
        if (number, tick) not in self.made:
            newest = ENTRIES + 3 * tick
            items = "".join(self.entry(number, n) for n in range(newest, newest - ENTRIES, -1))
            whole = (
                f'<?xml version="1.0"?><rss version="2.0"><channel><title>Site {number}</title>{items}</channel></rss>'
            )
            self.made[number, tick] = gzip.compress(whole.encode(), 6), f'"{number}-{tick}"'
        return self.made[number, tick]

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            path = head.split(" ", 2)[1]
            if path.startswith("/tick/"):
                self.tick = int(path.rpartition("/")[2])
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            else:
                body, etag = self.feed(int(path[1:]))
                common = f"ETag: {etag}\r\nConnection: close\r\n"
                if etag in head:
                    writer.write(f"HTTP/1.1 304 Not Modified\r\n{common}\r\n".encode())
                else:
                    kind = "Content-Type: application/rss+xml\r\nContent-Encoding: gzip\r\n"
                    writer.write(
                        f"HTTP/1.1 200 OK\r\n{common}{kind}Content-Length: {len(body)}\r\n\r\n".encode() + body
                    )
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


def serve(feeds: int) -> None:
    farm = Farm()
    for tick in (1, 0):
        farm.tick = tick
        for number in range(feeds):
            farm.feed(number)

    async def forever() -> None:
        server = await asyncio.start_server(farm.answer, "0.0.0.0", PORT, backlog=1024)
        print("ready", flush=True)
        async with server:
            await server.serve_forever()

    asyncio.run(forever())


def addresses(feeds: int) -> list[str]:
    return [f"http://127.20.{n // 250}.{n % 250 + 1}:{PORT}/{n}" for n in range(feeds)]


# --- the runners ---------------------------------------------------------------------------------------------------


def floor(database: str, feeds: int) -> None:
    """The least: no matching, no cleaning, no errors handled."""
    from io import BytesIO
    from xml.parsers import expat

    import pycurl

    db = sqlite3.connect(database, isolation_level=None)
    db.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        "CREATE TABLE IF NOT EXISTS feeds (url TEXT PRIMARY KEY, etag TEXT);"
        "CREATE TABLE IF NOT EXISTS entries (id INTEGER PRIMARY KEY, feed TEXT, guid TEXT, title TEXT, link TEXT, "
        "at TEXT, body TEXT, UNIQUE (feed, guid))"
    )
    etags = dict(db.execute("SELECT url, etag FROM feeds"))
    fields = {"guid": 0, "title": 1, "link": 2, "pubDate": 3, "description": 4}

    def parse(body: bytes) -> list[list[str]]:
        found: list[list[str]] = []
        parser = expat.ParserCreate()
        parser.buffer_text = True
        now: list[str] = []

        def start(name: str, _: dict[str, str]) -> None:
            if name == "item":
                found.append([""] * 5)
            now.clear()

        def end(name: str) -> None:
            if name in fields and found:
                found[-1][fields[name]] = "".join(now)

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = now.append
        parser.Parse(body, True)
        return found

    multi = pycurl.CurlMulti()
    waiting, live = iter(addresses(feeds)), 0
    done: list[tuple[str, str, list[list[str]]]] = []

    def begin(curl: Any) -> int:
        url = next(waiting, None)
        if url is None:
            return 0
        curl.url, curl.body, curl.etag = url, BytesIO(), ""
        curl.setopt(curl.URL, url)
        curl.setopt(curl.HTTPHEADER, [f"If-None-Match: {etags[url]}"] if url in etags else [])
        curl.setopt(curl.WRITEDATA, curl.body)

        def header(line: bytes) -> None:
            if line.lower().startswith(b"etag:"):
                curl.etag = line[5:].strip().decode()

        curl.setopt(curl.HEADERFUNCTION, header)
        multi.add_handle(curl)
        return 1

    def store() -> None:
        db.execute("BEGIN IMMEDIATE")
        rows = ((url, *entry) for url, _, entries in done for entry in entries)
        db.executemany("INSERT OR IGNORE INTO entries (feed, guid, title, link, at, body) VALUES (?,?,?,?,?,?)", rows)
        db.executemany("INSERT OR REPLACE INTO feeds VALUES (?, ?)", ((url, etag) for url, etag, _ in done))
        db.execute("COMMIT")
        done.clear()

    for _ in range(64):
        curl = pycurl.Curl()
        curl.setopt(curl.ENCODING, "gzip")
        live += begin(curl)
    while live:
        while multi.perform()[0] == pycurl.E_CALL_MULTI_PERFORM:
            pass
        for curl in multi.info_read()[1]:
            multi.remove_handle(curl)
            if curl.getinfo(curl.RESPONSE_CODE) == 200:
                done.append((curl.url, curl.etag, parse(curl.body.getvalue())))
            live += begin(curl) - 1
        if len(done) >= 100:
            store()
        if live:
            multi.select(1.0)
    store()


def by_hand(database: str, feeds: int) -> None:
    """The script people write."""
    import feedparser
    import httpx

    db = sqlite3.connect(database)
    db.execute("CREATE TABLE IF NOT EXISTS feeds (url TEXT PRIMARY KEY, etag TEXT)")
    db.execute(
        "CREATE TABLE IF NOT EXISTS entries (feed TEXT, guid TEXT, title TEXT, link TEXT, body TEXT, "
        "UNIQUE (feed, guid))"
    )
    with httpx.Client(trust_env=False) as client:
        for url in addresses(feeds):
            row = db.execute("SELECT etag FROM feeds WHERE url = ?", (url,)).fetchone()
            answer = client.get(url, headers={"If-None-Match": row[0]} if row else {})
            if answer.status_code == 200:
                for entry in feedparser.parse(answer.content).entries:
                    values = (url, entry.id, entry.title, entry.link, entry.summary)
                    db.execute("INSERT OR IGNORE INTO entries VALUES (?,?,?,?,?)", values)
                db.execute("INSERT OR REPLACE INTO feeds VALUES (?, ?)", (url, answer.headers["etag"]))
            db.commit()


def settings(folder: Path, feeds: int) -> Path:
    lines = [
        '[organisation]\nname = "Bench"\n[fetch]\ncontact = "bench@example.org"\nallow_networks = ["127.0.0.0/8"]\n'
    ]
    names = phrases(1_000)
    for n in range(20):
        any_of = json.dumps(names[n * 50 : n * 50 + 50])
        lines.append(
            f'[[watches]]\nid = "w{n}"\nany = {any_of}\n[[campaigns]]\nid = "c{n}"\nname = "C{n}"\n'
            f'starts_on = 2020-01-01\nends_on = 2040-01-01\nwatches = ["w{n}"]\n'
        )
    lines += [
        f'[[sources]]\nid = "f{n}"\nkind = "feeds"\nurl = "{url}"\nevery = "15m"\n'
        for n, url in enumerate(addresses(feeds))
    ]
    file = folder / "config.toml"
    file.write_text("".join(lines))
    return file


def command(runner: str, folder: Path, feeds: int) -> list[str]:
    if runner == "commsleads":
        return [sys.executable, "-m", "commsleads", "--config", str(folder / "config.toml"), "once", "--all"]
    return [sys.executable, __file__, "--as", runner, str(folder / "other.db"), str(feeds)]


def stored(runner: str, folder: Path) -> int:
    file, table = ("commsleads.db", "signals") if runner == "commsleads" else ("other.db", "entries")
    with sqlite3.connect(folder / file) as db:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


# --- measuring -----------------------------------------------------------------------------------------------------


def measured(argv: list[str]) -> dict[str, float]:
    """One process from start to exit."""
    began = time.monotonic()
    process = subprocess.Popen(argv, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(argv)} ended with {process.returncode}")
    return {
        "wall": time.monotonic() - began,
        "cpu": used.ru_utime + used.ru_stime,
        "mib": used.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2),
    }


@contextmanager
def farm(feeds: int) -> Iterator[Callable[[int], None]]:
    process = subprocess.Popen([sys.executable, __file__, "--as", "serve", "-", str(feeds)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()

    def turn(tick: int) -> None:
        import urllib.request

        urllib.request.urlopen(f"http://127.0.0.1:{PORT}/tick/{tick}").close()

    try:
        yield turn
    finally:
        process.kill()
        process.wait()


def fill(database: Path, count: int) -> None:
    """A history: `count` signals of the past fifty weeks, one in twenty a mention of a campaign's watch."""
    r, words = random.Random("history"), vocabulary()
    now = int(time.time()) * 1_000_000
    step = 50 * 7 * 86_400 * 1_000_000 // count
    db = sqlite3.connect(database, isolation_level=None)
    columns = [name for _, name, *_ in db.execute("PRAGMA table_info(signals)")]
    (source,) = db.execute("SELECT id FROM sources LIMIT 1").fetchone()
    db.execute("BEGIN IMMEDIATE")
    for n in range(count):
        arrival = now - (count - n) * step
        day = datetime.fromtimestamp(arrival / 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        ident = f"{r.getrandbits(64):016x}"
        row = dict.fromkeys(columns, "") | {
            "id": ident, "source_id": source, "kind": "entry", "external_id": f"h{n}", "arrival": arrival,
            "title": " ".join(r.choices(words, k=8)), "text": " ".join(r.choices(words, k=40)), "first_seen_at": day,
            "story_id": ident, "url": f"https://old.example/{n}", "outlet": "old.example", "domain": "old.example",
        }  # fmt: skip
        db.execute(f"INSERT INTO signals VALUES ({','.join('?' * len(columns))})", [row[name] for name in columns])
        if n % 20 == 0:
            watch = r.randrange(20)
            mention = (f"w{watch}", ident, arrival, "title", "x", ident, source, "")
            db.execute("INSERT INTO matches VALUES (?,?,?,?,?,?,?,?)", mention)
            tie = (ident, f"c{watch}", arrival, "watch", 600, "x", ident)
            db.execute("INSERT INTO attributions VALUES (?,?,?,?,?,?,?)", tie)
    db.execute("COMMIT")
    db.close()


def cycle(runner: str, feeds: int, turn: Callable[[int], None], history: int = 0) -> dict[str, dict[str, float]]:
    """Cold, warm and changed for one runner, and the digest for ours."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings(folder, feeds)
        results = {}
        for phase in PHASES:
            turn(1 if phase == "changed" else 0)
            results[phase] = measured(command(runner, folder, feeds))
            if phase == "cold" and history:
                fill(folder / "commsleads.db", history)
        expected = history + feeds * ENTRIES + 3 * -(-feeds // 10)
        if (found := stored(runner, folder)) != expected:
            raise SystemExit(f"{runner} stored {found} entries instead of {expected}: its figures mean nothing")
        if runner == "commsleads":
            argv = command(runner, folder, feeds)[:-2]
            week = datetime.now(UTC).strftime("%G-W%V")
            results["digest"] = measured([*argv, "report", "weekly", "--period", week, "--format", "html"])
            results["--help"] = measured([*argv, "--help"])
        return results


def tell(title: str, rows: dict[str, dict[str, list[dict[str, float]]]], against: str) -> None:
    print(f"\n{title}\n\n| runner | phase | CPU s (min–max) | wall s | peak MiB | CPU vs {against} |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    for runner, phases in rows.items():
        for phase, found in phases.items():
            middle = {key: statistics.median(one[key] for one in found) for key in found[0]}
            base = rows.get(against, {}).get(phase)
            ratio = f"{middle['cpu'] / statistics.median(one['cpu'] for one in base):.2f}" if base else "–"
            least, most = min(one["cpu"] for one in found), max(one["cpu"] for one in found)
            print(
                f"| {runner} | {phase} | {middle['cpu']:.2f} ({least:.2f}–{most:.2f}) | {middle['wall']:.2f} "
                f"| {middle['mib']:.0f} | {ratio} |"
            )


def rounds(
    runners: list[str], feeds: int, count: int, history: int = 0
) -> dict[str, dict[str, list[dict[str, float]]]]:
    rows: dict[str, dict[str, list[dict[str, float]]]] = {}
    with farm(feeds) as turn:
        for _ in range(count):
            for runner in runners:
                for phase, found in cycle(runner, feeds, turn, history).items():
                    rows.setdefault(runner, {}).setdefault(phase, []).append(found)
    return rows


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--feeds", default="200,1000", help="how many feeds, one table each")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--history", type=int, default=0, help="also with so many signals stored before")
    options.add_argument("--desk", action="store_true", help="the press desk: mails read, and a long log")
    options.add_argument("--card", action="store_true", help="the answer card of a campaign, with many hits behind it")
    options.add_argument("--hits", type=int, default=1_000_000, help="how many, for --card")
    options.add_argument("--redirect", action="store_true", help="the redirector beside nginx")
    options.add_argument("--leads", action="store_true", help="leads: touches taken in, and all of them told anew")
    options.add_argument("--digest", action="store_true", help="the digest of a week of 100,000 signals")
    options.add_argument("--send", action="store_true", help="sending: one edition to a thousand recipients")
    options.add_argument("--touches", type=int, default=1_000_000, help="how many, for --leads")
    options.add_argument("--behind", type=int, default=100_000, help="enquiries behind those of the last month")
    options.add_argument("--as", dest="role", nargs=3, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.role:
        role, database, feeds = given.role
        {"floor": floor, "by hand": by_hand, "serve": lambda _, n: serve(n)}[role](database, int(feeds))
        return
    if given.desk:
        import bench_desk

        bench_desk.run(measured, given.behind, given.rounds)
        return
    if given.card:
        import bench_campaigns

        bench_campaigns.run(given.hits)
        return
    if given.send:
        import bench_send

        bench_send.run(given.rounds)
        return
    if given.leads:
        import bench_leads

        bench_leads.run(measured, given.touches, given.rounds)
        return
    if given.digest:
        import bench_digest

        bench_digest.run(measured, given.rounds)
        return
    if given.redirect:
        import bench_redirect

        bench_redirect.run(given.rounds)
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    for feeds in map(int, given.feeds.split(",")):
        runners = ["floor", *(["by hand"] if feeds <= 200 else []), "commsleads"]
        tell(f"{feeds} feeds of {ENTRIES} entries", rounds(runners, feeds, given.rounds), "floor")
        if given.history:
            both = {
                "empty": rounds(["commsleads"], feeds, given.rounds)["commsleads"],
                "long": rounds(["commsleads"], feeds, given.rounds, given.history)["commsleads"],
            }
            tell(f"{feeds} feeds with {given.history:,} signals stored before", both, "empty")


if __name__ == "__main__":
    main()
