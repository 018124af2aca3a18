"""SIGKILL at any moment: the database stays sound, nothing committed is lost, nothing is there twice.

Two hundred times `commsleads run` is started on growing feeds, a report with recipients that falls due again and again,
and a mail server, and is killed at a random moment. `COMMSLEADS_KILLS` changes the number.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.mail import MailServer
from tests.office import item, rss, settings
from tests.web import Answer, Asked, Web

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1_500)]

FEEDS = 6
KILLS = int(os.environ.get("COMMSLEADS_SOAK_KILLS", "200"))


class GrowingFeeds:
    """Feeds that gain an entry with every few requests and keep all they ever had."""

    def __init__(self, web: Web) -> None:
        self.asked = Counter[str]()
        self.lock = threading.Lock()
        for number in range(FEEDS):
            web.handler(f"/feed{number}", self.answer)

    def size(self, path: str) -> int:
        return 3 + self.asked[path] // 2

    def answer(self, asked: Asked) -> Answer:
        with self.lock:
            self.asked[asked.path] += 1
            size = self.size(asked.path)
        feed = asked.path[-1]
        items = (item(f"{feed}-{n}", f"Harbour Museum story {feed} {n}") for n in range(size))
        return Answer(body=rss(*items), etag=f'"{size}"', delay=random.random() / 20)


@pytest.fixture
def mailbox() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


def test_killed_at_any_moment(tmp_path: Path, mailbox: MailServer) -> None:
    """After every kill: integrity, foreign keys, no row gone, no row twice, no report or mail twice."""
    seed = random.randrange(2**32)
    r = random.Random(seed)
    print("seed", seed)
    more = (
        '[run]\nheartbeat = "1s"\n[output]\nfolder = "told"\n'
        f'[smtp]\nhost = "127.0.0.1"\nport = {mailbox.port}\nsender = "press@museum.example"\nsecurity = "none"\n'
        '[[reports]]\nname = "weekly"\nevery = "day"\nat = "00:00"\nto = ["a@museum.example", "b@museum.example"]\n'
    )
    with Web() as web:
        feeds = GrowingFeeds(web)
        urls = {f"feed{n}": web.url(f"/feed{n}") for n in range(FEEDS)}
        config = settings(tmp_path, urls, more=more, every="1s")
        database = tmp_path / "commsleads.db"
        argv = [sys.executable, "-m", "commsleads", "--config", str(config), "run"]
        seen: set[str] = set()
        days = 0
        for kill in range(KILLS):
            process = subprocess.Popen(argv, stderr=subprocess.PIPE, start_new_session=True)
            time.sleep(r.uniform(0.05, 1.6))
            os.killpg(process.pid, signal.SIGKILL)
            said = process.communicate()[1].decode()
            assert "Traceback" not in said, (seed, said)
            if database.exists():
                seen = sound(database, seen)
                if kill % 8 == 0:
                    days += 1
                    make_due(database, days)
        make_due(database, 4)
        before = polls(database)
        process = subprocess.Popen(argv, stderr=subprocess.PIPE, start_new_session=True)
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and not (polls(database) > before + FEEDS and settled(database, feeds)):
            time.sleep(0.3)
        process.terminate()
        said = process.communicate(timeout=20)[1].decode()
        assert process.returncode == 0, (seed, said)
        sound(database, seen)
        expected = {f"feed{n}": feeds.size(f"/feed{n}") for n in range(FEEDS)}
    with closing(sqlite3.connect(database, timeout=30)) as db:
        found = dict(db.execute("SELECT source_id, count(*) FROM signals GROUP BY source_id"))
        assert all(expected[name] - found[name] <= 1 for name in expected), (seed, expected, found)
        assert db.execute("SELECT count(*) FROM pending").fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM matches").fetchone() == (sum(found.values()),)
        told = dict(db.execute("SELECT period, state FROM reports"))
        states = Counter(state for (state,) in db.execute("SELECT state FROM deliveries"))
    sent = Counter(str(message_from_bytes(body)["Message-ID"]) for body in mailbox.messages)
    assert len(told) >= 2
    assert set(told.values()) == {"written"}, (seed, told)
    assert set(sent.values()) == {1}, (seed, "a mail went out twice", sent)
    # A run that died between handing over and noting leaves the delivery in doubt, never a second mail.
    assert states["sent"] <= len(sent) <= states["sent"] + states["sending"], (seed, states, len(sent))
    for period in told:
        assert json.loads((tmp_path / "told" / f"weekly-{period}.json").read_text())


def sound(database: Path, seen: set[str]) -> set[str]:
    """Check the database and that every signal seen before is still there, once."""
    with closing(sqlite3.connect(database, timeout=30)) as db, db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'signals'").fetchone():
            return seen
        rows = db.execute("SELECT source_id || ' ' || external_id FROM signals").fetchall()
        twice = [row for row, count in Counter(row for (row,) in rows).items() if count > 1]
        assert not twice
        now = {row for (row,) in rows}
        assert seen <= now, "a committed signal is gone"
        stories = db.execute("SELECT count(*) FROM signals WHERE story_id NOT IN (SELECT id FROM signals)")
        assert stories.fetchone() == (0,)
        return now


def make_due(database: Path, days: int) -> None:
    """Let the database have begun to observe some days ago, so that a few more daily reports are due."""
    since = (datetime.now(UTC) - timedelta(days=min(days, 4) + 1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with closing(sqlite3.connect(database, timeout=30)) as db, db:
        db.execute("UPDATE meta SET value = ? WHERE name = 'since'", (since,))


def polls(database: Path) -> int:
    with closing(sqlite3.connect(database, timeout=30)) as db, db:
        return int(db.execute("SELECT count(*) FROM polls").fetchone()[0])


def settled(database: Path, feeds: GrowingFeeds) -> bool:
    with closing(sqlite3.connect(database, timeout=30)) as db, db:
        open_reports = db.execute("SELECT count(*) FROM reports WHERE state <> 'written'").fetchone()[0]
        waiting = db.execute("SELECT count(*) FROM deliveries WHERE state = 'waiting'").fetchone()[0]
        pending = db.execute("SELECT count(*) FROM pending").fetchone()[0]
        found = dict(db.execute("SELECT source_id, count(*) FROM signals GROUP BY source_id"))
    behind = [n for n in range(FEEDS) if feeds.size(f"/feed{n}") - found.get(f"feed{n}", 0) > 1]
    return not (open_reports or waiting or pending or behind)
