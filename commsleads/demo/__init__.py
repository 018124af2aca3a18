"""The sample newsroom: an invented press office and nine weeks of made-up news, polled over loopback for real.

::

    world.toml, news.toml, filler.toml      the invented world
        newsroom.py     what every feed holds at any moment, and the truth about it
        formats.py      the same as RSS, Atom, RDF and JSON Feed, with bad habits
        server.py       the same over HTTP, with everything that goes wrong; and the chat that takes alerts
    press.toml                              what comes to the press office, and what its people do
        pressoffice.py  the mails, calls and acts by the calendar, and the truth about them
        maildir.py      the mail server: it delivers into a Maildir
        officers.py     each act, through the function that its command calls
    campaigns.toml, clicks.toml             two campaigns at work, and who opens their links
        campaigning.py  lists, links, mailings and marks by the calendar
        campaigners.py  each of them, through the function that its command calls
        clicking.py     every request at the links, by people and machines, and the truth about it
        visiting.py     the real redirector on loopback, and all who come to it
        shortener.py    a link service that counts for itself
        site.py         the pages that the calls to action lead to
    leads.toml, criteria.toml               what a qualified lead is, and who does what with each
        handing.py      criteria, goals, talks and acts by the calendar
        handlers.py     each of them, through the function that its command calls
    reading.toml                            what people say of coverage and of alerts
        reading.py      all of it by the calendar
        readers.py      each of them, through the function that its command calls
    replay.py       the real program polls feeds and mailbox, and people work, while nine weeks pass
    folder.py       where settings, database, mailbox and digests are left for a look
    telling.py      the words at the end: what came, the open board, where it lies, what to try

Nothing is inserted behind the program's back: all it shows it has fetched, matched and counted itself.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from commsleads.demo.folder import make_folder, write_criteria, write_secrets, write_settings
from commsleads.demo.newsroom import ZONE, monday_before, open_newsroom

if TYPE_CHECKING:
    from commsleads.demo.server import Server

__all__ = ["run"]


def run(folder: Path, *, serve: bool, say: Callable[[str], None], now: datetime | None = None) -> int:
    """Make the demo in `folder`, say its digest and where everything is; 0 when all went well.

    `now` is today, by which the demo's weeks are chosen. `serve` keeps the newsroom up until Ctrl-C. Raises
    `ConfigError` when the folder is not ours to use.
    """
    from commsleads.demo import telling
    from commsleads.demo.replay import moments, replay
    from commsleads.demo.server import Server

    began = time.monotonic()
    room = open_newsroom(monday_before(now or datetime.now(UTC)))
    make_folder(folder)
    with Server(room, next(moments(room.calendar))) as server:
        write_secrets(folder, server.base)
        write_criteria(folder, room)
        settings = write_settings(folder, room, server.base)
        _say_progress(f"A newsroom of {len(room.feeds)} feeds is on {server.base}; nine weeks pass ...")
        told = replay(
            settings, server, lambda moment: _say_progress(f"{moment.astimezone(ZONE):%a %d %b, %H:%M}", again=True)
        )
        _say_progress("", again=True)
        say(told.digest.text.rstrip())
        say("")
        say(telling.summary(told, server.asked, time.monotonic() - began))
        say(telling.answer(told))
        say(telling.board(told))
        say(telling.places(folder, told))
        say(telling.next_steps(folder, told, serve=serve))
        if serve:
            _stay(server, say)
    return 0


def _say_progress(text: str, *, again: bool = False) -> None:
    """Progress on a terminal, on stderr; quiet otherwise."""
    if sys.stderr.isatty():
        end = "" if again else "\n"
        sys.stderr.write(f"\r\x1b[K{text}{end}" if again else f"{text}{end}")
        sys.stderr.flush()


def _stay(server: Server, say: Callable[[str], None]) -> None:
    say(f"\nThe newsroom stays on {server.base} until you press Ctrl-C.")
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        say("The newsroom has closed.")
