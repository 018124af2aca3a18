"""The speed of sending, for `bench.py`: one edition to a thousand recipients, at a local mail server.

    ./run bench --send

The server is a process apart that takes every message and keeps none. The edition has 60 kB of HTML and five pictures
of 20 kB. Beside it stands the least that can be sent so: a loop over `smtplib` with the same bytes, on one connection,
without a row, a state, a foot or an id of its own. The bar: a thousand in 30 seconds.
"""

from __future__ import annotations

import contextlib
import os
import random
import smtplib
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PEOPLE = 1_000
SERVER = """
import asyncio, sys, logging
logging.disable(logging.CRITICAL)

async def talk(reader, writer):
    writer.write(b"220 here\\r\\n")
    while line := await reader.readline():
        word = line[:4].upper()
        if word == b"DATA":
            writer.write(b"354 go on\\r\\n")
            await reader.readuntil(b"\\r\\n.\\r\\n")
        writer.write(b"221 bye\\r\\n" if word == b"QUIT" else b"250 ok\\r\\n")
        if word == b"QUIT":
            break
    writer.close()

async def main():
    server = await asyncio.start_server(talk, "127.0.0.1", int(sys.argv[1]), limit=1 << 24)
    async with server:
        await server.serve_forever()
asyncio.run(main())
"""
SETTINGS = """
[organisation]
name = "Harbour Museum"
[web]
base = "https://comms.museum.example"
[smtp]
host = "127.0.0.1"
port = {port}
sender = "press@museum.example"
security = "none"
[[reports]]
name = "weekly"
to = [{people}]
"""


@contextlib.contextmanager
def serving() -> Iterator[int]:
    """A mail server in a process of its own; its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = subprocess.Popen([sys.executable, "-c", SERVER, str(port)])
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        yield port
    finally:
        process.kill()
        process.wait()


def edition() -> Any:
    """A digest of the size of a full one."""
    from commsleads.contract import Document, Picture

    dice = random.Random("edition")
    words = [f"word{dice.randrange(10_000)}" for _ in range(7_000)]
    pictures = tuple(
        Picture(name=f"p{n}", title="", alt="", svg="", png=dice.randbytes(20_000), width=600, height=200)
        for n in range(5)
    )
    shown = "".join(f'<img src="cid:{picture.name}" alt="">' for picture in pictures)
    html = f"<html><body><p>{' '.join(words)}</p>{shown}<!--letter-foot--></body></html>"
    return Document(
        subject="Comms wk 47", text=" ".join(words[:600]), html=html, markdown="", data={}, pictures=pictures
    )


def ours(folder: Path, port: int) -> float:
    """Seconds of `deliver` for everybody."""
    from commsleads.app import build
    from commsleads.rules.periods import parse_period
    from commsleads.sending import deliver
    from commsleads.store import reports
    from commsleads.telling import addressed, never

    people = ", ".join(f'"person{n}@x.example"' for n in range(PEOPLE))
    folder.mkdir()
    (folder / "config.toml").write_text(SETTINGS.format(port=port, people=people))
    app = build(folder / "config.toml", environ={})
    app.prepare()
    with app.engine.session() as session:
        period = parse_period("2026-W47", app.settings.organisation.zone)
        claimed = reports.claim(session, "weekly", period, app.now())
        assert claimed
        reports.written(session, claimed, edition(), addressed(app.settings.reports[0]), app.now())
    began = time.perf_counter()
    sent = deliver(app, never)
    assert sent == PEOPLE, sent
    return time.perf_counter() - began


def plain(content: bytes, port: int) -> float:
    """Seconds of a bare loop with the same bytes."""
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as line:
        for number in range(PEOPLE):
            line.sendmail("press@museum.example", [f"person{number}@x.example"], content)
    return time.perf_counter() - began


def run(rounds: int) -> None:
    """Measure and tell."""
    from commsleads.delivery.message import Edition, Letters

    made = Letters(Edition(document=edition(), name="weekly", period="2026-W47", sender="press@museum.example"))
    from datetime import UTC, datetime

    content = made.letter("person0@x.example", "team", "TICKET", datetime(2026, 11, 23, tzinfo=UTC)).content
    took: dict[str, list[float]] = {"commsleads": [], "smtplib loop": []}
    with tempfile.TemporaryDirectory() as folder, serving() as port:
        for number in range(rounds):
            took["smtplib loop"].append(plain(content, port))
            took["commsleads"].append(ours(Path(folder) / str(number), port))
    cpus = os.cpu_count()
    print(f"{PEOPLE:,} messages of {len(content) / 1_000:,.0f} kB, {rounds} rounds, {cpus} cores; bar: 30 s")
    for name, seconds in took.items():
        middle = statistics.median(seconds)
        print(f"{name:14} {middle:6.2f} s  ({min(seconds):.2f} to {max(seconds):.2f}), {PEOPLE / middle:,.0f} a second")
    print(f"ratio {statistics.median(took['commsleads']) / statistics.median(took['smtplib loop']):.2f}")
