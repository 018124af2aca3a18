"""The sample newsroom: an invented press office and nine weeks of made-up news, polled over loopback for real.

::

    world.toml, news.toml, filler.toml      the invented world
        newsroom.py     what every feed holds at any moment, and the truth about it
        formats.py      the same as RSS, Atom, RDF and JSON Feed, with bad habits
        server.py       the same over HTTP, with everything that goes wrong
        replay.py       the real program polls it while nine weeks pass
        folder.py       where its settings, database and digests are left for a look

Nothing is inserted behind the program's back: all it shows it has fetched, matched and counted itself.
"""

from __future__ import annotations

import shlex
import sys
import textwrap
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from commsleads.demo.folder import DIGESTS, make_folder, write_settings
from commsleads.demo.newsroom import ZONE, monday_before, open_newsroom

if TYPE_CHECKING:
    from commsleads.contract import Period
    from commsleads.demo.replay import Told
    from commsleads.demo.server import Server

__all__ = ["run"]


def run(folder: Path, *, serve: bool, say: Callable[[str], None], now: datetime | None = None) -> int:
    """Make the demo in `folder`, say its digest and where everything is; 0 when all went well.

    `now` is today, by which the demo's weeks are chosen. `serve` keeps the newsroom up until Ctrl-C. Raises
    `ConfigError` when the folder is not ours to use.
    """
    from commsleads.demo.replay import moments, replay
    from commsleads.demo.server import Server

    began = time.monotonic()
    room = open_newsroom(monday_before(now or datetime.now(UTC)))
    make_folder(folder)
    with Server(room, next(moments(room.calendar))) as server:
        settings = write_settings(folder, room, server.base)
        _say_progress(f"A newsroom of {len(room.feeds)} feeds is on {server.base}; nine weeks pass ...")
        told = replay(
            settings, server, lambda moment: _say_progress(f"{moment.astimezone(ZONE):%a %d %b, %H:%M}", again=True)
        )
        _say_progress("", again=True)
        say(told.digest.text.rstrip())
        say("")
        say(_summary(told, server, time.monotonic() - began))
        say(_places(folder, told))
        say(_next_steps(folder, told, serve=serve))
        if serve:
            _stay(server, say)
    return 0


def _say_progress(text: str, *, again: bool = False) -> None:
    """Progress on a terminal, on stderr; quiet otherwise."""
    if sys.stderr.isatty():
        end = "" if again else "\n"
        sys.stderr.write(f"\r\x1b[K{text}{end}" if again else f"{text}{end}")
        sys.stderr.flush()


def _summary(told: Told, server: Server, seconds: float) -> str:
    asked = server.asked
    return textwrap.fill(
        f"All of this was fetched: {sum(asked.values()):,} requests to an invented newsroom while nine weeks passed "
        f"({asked.get(304, 0):,} times nothing new, {told.failed} polls failed) brought {told.signals:,} signals, in "
        f"{seconds:.0f} seconds.",
        78,
    )


def _places(folder: Path, told: Told) -> str:
    digest = folder / DIGESTS / f"weekly-{told.period.label}.html"
    return (
        f"\nTo look at:\n  the digest    {digest}\n  the database  {folder / 'commsleads.db'}\n"
        f"  the settings  {folder / 'config.toml'}"
    )


def _next_steps(folder: Path, told: Told, *, serve: bool) -> str:
    lines = [f"  # {what}\n  {command}" for command, what in commands(folder, told.period, serve=serve)]
    return "\nTo try next:\n" + "\n".join(lines)


def commands(folder: Path, period: Period, *, serve: bool) -> list[tuple[str, str]]:
    """What to try next, each with what it shows. All of it works on the folder the demo has left."""
    program = "./run" if Path("run").is_file() and Path("commsleads/demo").is_dir() else "commsleads"
    start = f"{program} --config {shlex.quote(str(folder / 'config.toml'))}"
    first = f"{period.start.astimezone(ZONE):%Y-%m-%d}"
    after = f"{period.end.astimezone(ZONE):%Y-%m-%d}"
    found = [
        (f"stories --watch wendlemere --since {first} --until {after}", "the stories behind the digest's first number"),
        ("stories --campaign heat-next-door", "what the running campaign has brought so far"),
        ('search "Kiln Row"', "every word of nine weeks"),
        ("gaps", "what was not seen, when and why"),
        ("sources", "which feeds are well and which are not"),
        (f"report weekly --period {period.label} --format md", "the same digest as Markdown (or html, json)"),
    ]
    if serve:
        found.append(("once --all", "ask every feed once more, from a second terminal"))
    return [(f"{start} {command}", what) for command, what in found]


def _stay(server: Server, say: Callable[[str], None]) -> None:
    say(f"\nThe newsroom stays on {server.base} until you press Ctrl-C.")
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        say("The newsroom has closed.")
