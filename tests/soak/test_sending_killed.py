"""SIGKILL while editions go out, to a mail server that misbehaves: each recipient has each edition exactly once, or its
row says what became of it.

Five hundred editions to twenty recipients. The process that sends is killed again and again at random moments and
started anew; the server (a real one) refuses for now and for good, greylists, ends connections, hangs up in the middle
of DATA, takes a message and hangs up without a word, and is slow at times. Six hours pass in each second, so that
retries come due. `COMMSLEADS_SOAK_EDITIONS` changes the number.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from commsleads.contract import Document
from tests.office import Clock
from tests.sending.letters import TREND
from tests.sending.rooms import office, tell
from tests.sending.smtpd import Smtpd

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]

EDITIONS = int(os.environ.get("COMMSLEADS_SOAK_EDITIONS", "500"))
KILLS = 40
"""About so many times the sender is killed while there is much to send, and then at each of the last few."""
PEOPLE = tuple(f"person{number}@x.example" for number in range(20))
BEGAN = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
_ID = re.compile(rb"^Message-ID: <([^>]+)>", re.MULTILINE)
FAULTS = {
    "450 4.2.0 greylisted": 30, "451 4.3.0 try again": 5, "554 5.7.1 we do not like it": 10, "550 5.1.1 unknown": 5,
    "421 4.3.2 we close": 5, "drop": 6, "lose": 6, "silent": 6,
}  # fmt: skip
"""How many of a thousand messages fare so."""

SENDER = """
import sys, time
from datetime import datetime, timedelta
from pathlib import Path
from commsleads.app import build
from commsleads.sending import deliver
from commsleads.telling import never

began, zero = datetime.fromisoformat(sys.argv[2]), float(sys.argv[3])
app = build(Path(sys.argv[1]), clock=lambda: began + timedelta(hours=6 * (time.time() - zero)), environ={})
while True:
    deliver(app, never)
    time.sleep(0.05)
"""


class Moody(Smtpd):
    """A server that misbehaves at random, and is slow at times."""

    def __init__(self, dice: random.Random) -> None:
        super().__init__()
        self.dice = dice
        self.calm = False
        self.faults = Counter[str]()

    def answer(self, recipient: str) -> str:
        """What this message gets."""
        place = self.dice.randrange(1_000)
        for fault, share in FAULTS.items():
            place -= share
            if place < 0 and not self.calm:
                self.faults[fault] += 1
                return fault
        return "250 kept"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Slow for one in two hundred: then a kill finds it waiting."""
        if self.dice.randrange(200) == 0 and not self.calm:
            await asyncio.sleep(0.3)
        return await super().handle_DATA(server, session, envelope)


def test_each_edition_once_or_it_is_said(tmp_path: Path) -> None:
    """Nothing goes out twice, nothing is called sent that was not, and nothing vanishes without a word."""
    seed = random.randrange(2**32)
    print("seed", seed)
    dice = random.Random(seed)
    with Moody(random.Random(seed + 1)) as server:
        app = office(tmp_path, server.port, to=PEOPLE, clock=Clock(BEGAN))
        for number in range(EDITIONS):
            day = date(2025, 1, 1) + timedelta(days=number)
            html = f'<p>Edition {number}</p><img src="cid:trend" alt="More."><!--letter-foot-->'
            digest = Document(
                subject=f"Day {day}", text=f"Edition {number}.\n", html=html, markdown="m", data={}, pictures=(TREND,)
            )
            tell(app, day.isoformat(), digest)
        database = tmp_path / "commsleads.db"
        said, zero = tmp_path / "said", time.time()
        said.touch()
        argv = [sys.executable, "-c", SENDER, str(tmp_path / "config.toml"), BEGAN.isoformat(), str(zero)]
        kills, left = 0, 1
        while left and kills < 4 * KILLS:
            with said.open("ab") as words:
                process = subprocess.Popen(argv, start_new_session=True, stderr=words)
            try:
                left = sent_a_while(database, process, dice.randrange(2 * len(PEOPLE) * EDITIONS // KILLS), said)
                time.sleep(dice.uniform(0, 0.05))
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
    with closing(sqlite3.connect(database, timeout=30)) as db:
        rows = db.execute("SELECT state, message_id, tries, error FROM deliveries").fetchall()
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    accepted = Counter(_ID.findall(content)[0].decode() for _, content in server.accepted)
    states = Counter(state for state, *_ in rows)
    print(f"{kills} kills in {time.time() - zero:.0f} s, {dict(states)}, faults {dict(server.faults)}")
    assert len(rows) == EDITIONS * len(PEOPLE)
    assert set(accepted.values()) == {1}, (seed, "accepted twice", [one for one, n in accepted.items() if n > 1])
    assert set(states) <= {"sent", "over", "sending"}, (seed, states)
    for state, ident, _, error in rows:
        if state == "sent":
            assert accepted[ident] == 1, (seed, "called sent, and the server never had it", ident)
        elif state == "over":
            assert accepted[ident] == 0, (seed, "called failed, and the server had it", ident)
            assert error
    # A doubt is one of a message without an answer, or of a kill in mid-message; every other one is certain.
    lost = server.faults["drop"] + server.faults["lose"] + server.faults["silent"]
    assert states["sending"] <= lost + kills, (seed, states, lost, kills)
    assert states["sent"] >= 0.97 * len(rows) - states["sending"], (seed, states)


def sent_a_while(database: Path, process: subprocess.Popen[bytes], many: int, said: Path) -> int:
    """Let a run send so many, or until nothing is left; how many are not settled."""
    began = left = open_ones(database)
    end = time.monotonic() + 120
    while left and began - left < many and time.monotonic() < end:
        assert process.poll() is None, said.read_text()[-3_000:]
        time.sleep(0.02)
        left = open_ones(database)
    return left


def open_ones(database: Path) -> int:
    """How many deliveries are still tried."""
    with closing(sqlite3.connect(database, timeout=30)) as db:
        return int(db.execute("SELECT count(*) FROM deliveries WHERE state IN ('waiting', 'failed')").fetchone()[0])
