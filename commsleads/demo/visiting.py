"""The demo's redirector on loopback, and the visitors who come to it: real requests at their moments.

The redirector is the program's own web process, in a thread and by the demo's clock. What it notes lies in its spool
until the program's own jobs read it.
"""

from __future__ import annotations

import http.client
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from commsleads.app import App
from commsleads.demo.clicking import Click
from commsleads.errors import CommsleadsError
from commsleads.store.engine import Session
from commsleads.web.serving import Web

START = 20.0
"""Seconds that the redirector has to start, and to end."""
IDLE = 5.0
"""Seconds after which a connection is opened anew: the redirector closes those that nobody uses."""


class _Web(Web):
    """The web process; whoever has made a link lets it look at once, while its own thread looks every second."""

    def __init__(self, app: App) -> None:
        super().__init__(app, "127.0.0.1:0")
        self._looking = threading.Lock()

    def look(self, session: Any) -> None:
        with self._looking:
            super().look(session)


class Redirector:
    """The web process in a thread of its own. A context manager: it is up inside, and has ended in order after it."""

    def __init__(self, app: App) -> None:
        self._web = _Web(app)
        self._failed: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, name="web", daemon=True)
        self._switch = sys.getswitchinterval()

    def __enter__(self) -> Self:
        self._thread.start()
        end = time.monotonic() + START
        while not self._web.server.started and not self._failed and time.monotonic() < end:
            time.sleep(0.005)
        if not self._web.server.started:
            raise CommsleadsError("The redirector of the demo did not start.") from next(iter(self._failed), None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._web.stop()
        self._thread.join(START)
        sys.setswitchinterval(self._switch)
        if error is None and (self._failed or self._thread.is_alive()):
            raise CommsleadsError("The redirector of the demo did not end well.") from next(iter(self._failed), None)

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens."""
        return self._web.address

    @property
    def prefix(self) -> str:
        """The path before the words of links."""
        return self._web.prefix

    def look(self, session: Session) -> None:
        """Take up the links that were made."""
        self._web.look(session)

    def note(self, session: Session) -> None:
        """Note that it is up. It does so itself every minute; the demo's hours are shorter than that."""
        self._web.note(session)

    def _run(self) -> None:
        try:
            self._web.run()
        except BaseException as problem:
            self._failed.append(problem)


class Visitors:
    """All who will come, in order. `slug` tells the word of a link, `at` sets the demo's clock."""

    def __init__(
        self,
        redirector: Redirector,
        clicks: Sequence[Click],
        *,
        slug: Callable[[str, int], str],
        at: Callable[[datetime], None],
    ) -> None:
        self._redirector = redirector
        self._coming = deque(clicks)
        self._slug = slug
        self._at = at
        self._line = http.client.HTTPConnection(*redirector.address, timeout=10)
        self._used = 0.0

    def come(self, until: datetime) -> int:
        """Send everybody who comes before that moment; how many. Nobody is sent on to where a link leads."""
        done = 0
        while self._coming and self._coming[0].when < until:
            click = self._coming.popleft()
            self._at(click.when)
            self._ask(click)
            done += 1
        return done

    def close(self) -> None:
        """Close the connection."""
        self._line.close()

    def _ask(self, click: Click) -> None:
        now = time.monotonic()
        if now - self._used > IDLE:
            self._line.close()
        self._used = now
        word = click.word or self._slug(click.link, click.place)
        method = "HEAD" if click.asks == "head" else "GET"
        self._line.request(method, f"{self._redirector.prefix}{word}", headers=click.headers())
        answer = self._line.getresponse()
        answer.read()
        if answer.status not in {302, 404, 410}:
            raise CommsleadsError(f"The redirector answered {answer.status} for {word}.")
