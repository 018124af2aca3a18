"""SIGKILL while clicks come in: every answered click is in the database exactly once.

Two hundred thousand requests, each with a word of its own in its referrer, at a web process that is killed three times
on the way and started again on the same port. `COMMSLEADS_SOAK_CLICKS` changes the number.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from commsleads.app import build
from commsleads.intake.hits import drain
from commsleads.spool import folder_of
from commsleads.store.campaigns import links

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1_500)]

CLICKS = int(os.environ.get("COMMSLEADS_SOAK_CLICKS", "200000"))
KILLS = 3
CONNECTIONS = 16
LINKS = 50

SETTINGS = """
[organisation]
name = "Harbour Museum"
[fetch]
contact = "press@museum.example"
[web]
listen = "127.0.0.1:{port}"
"""


class Load:
    """Clicks over some connections; what was answered, and what was sent and not answered."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.numbers: Iterator[int] = iter(range(CLICKS))
        self.sent = 0
        self.answered: list[int] = []
        self.open: list[int] = []
        self.wrong = 0

    async def run(self) -> None:
        await asyncio.gather(*(self.visit() for _ in range(CONNECTIONS)))

    async def visit(self) -> None:
        """One connection after the other, each until it breaks. A click without an answer is not sent again."""
        number = next(self.numbers, None)
        while number is not None:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                await asyncio.sleep(0.05)
                continue
            try:
                while number is not None:
                    self.sent += 1
                    writer.write(
                        b"GET /r/wing%d HTTP/1.1\r\nHost: x\r\nReferer: https://x.example/%d\r\n\r\n"
                        % (number % LINKS, number)
                    )
                    reply = await reader.readuntil(b"\r\n\r\n")
                    self.wrong += not reply.startswith(b"HTTP/1.1 302 ")
                    self.answered.append(number)
                    number = next(self.numbers, None)
            except (OSError, asyncio.IncompleteReadError):
                assert number is not None
                self.open.append(number)
                number = next(self.numbers, None)
            finally:
                writer.close()


async def kill_on_the_way(load: Load, argv: list[str], r: random.Random) -> subprocess.Popen[bytes]:
    """Kill the process at three random places of the load and start it again."""
    process = subprocess.Popen(argv)
    places = sorted(r.randrange(CLICKS // 20, CLICKS * 19 // 20) for _ in range(KILLS))
    running = asyncio.create_task(load.run())
    for place in places:
        while load.sent < place:
            await asyncio.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process = subprocess.Popen(argv)
    await running
    return process


def test_every_answered_click_is_there_once(tmp_path: Path) -> None:
    """After three kills: each answered click is one row, no click is two, and nothing was made up."""
    seed = random.randrange(2**32)
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    config = tmp_path / "config.toml"
    config.write_text(SETTINGS.format(port=port))
    app = build(config)
    app.prepare()
    with app.engine.session() as session, session.atomic():
        for n in range(LINKS):
            to = f"https://museum.example/{n}"
            new = links.New(campaign="c", cta="a", channel="mail", destination=to, slug=f"wing{n}")
            links.insert(session, new, at=app.now(), by="ada")
    load = Load(port)
    began = time.monotonic()
    argv = [sys.executable, "-m", "commsleads", "--config", str(config), "web"]
    process = asyncio.run(kill_on_the_way(load, argv, random.Random(seed)))
    took = time.monotonic() - began
    process.terminate()
    assert process.wait(30) == 0
    with app.engine.session() as session:
        drain(session, folder_of(tmp_path / "commsleads.db"), app.now(), app.settings.organisation.zone)
    with closing(sqlite3.connect(tmp_path / "commsleads.db")) as db:
        found = Counter(int(referrer.rpartition("/")[2]) for (referrer,) in db.execute("SELECT referrer FROM hits"))
        torn = db.execute("SELECT value FROM meta WHERE name = 'clicks_torn'").fetchall()
    answered = Counter(load.answered)
    print(
        f"seed {seed}: {load.sent} sent, {len(load.answered)} answered, {len(load.open)} open when it was killed, "
        f"{sum(found.values())} kept, {len(answered - found)} lost, {len(found - answered)} kept without their answer "
        f"having come through, torn lines {torn}, {len(load.answered) / took:.0f} clicks a second"
    )
    assert not load.wrong
    assert load.sent == CLICKS
    assert set(answered.values()) == {1}
    assert not answered - found, (seed, "an answered click is missing")
    assert set(found.values()) == {1}, (seed, "a click is there twice")
    assert set(found - answered) <= set(load.open), (seed, "a click was made up")
