"""The web process: what listens, what runs beside it, and an orderly end.

Beside the event loop three threads work, none of them in the way of a click: one has the spool on the disk every tenth
of a second, one looks every second whether links have changed and whether a salt's day is over, one reads the spool
into the database. Answers go out from the event loop alone.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import secrets
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import uvicorn

from commsleads.app import App, clock
from commsleads.errors import ConfigError
from commsleads.intake.hits import Unread, drain, unread
from commsleads.intake.salts import Salts
from commsleads.rules.clicks.networks import lookup
from commsleads.spool import Spool, folder_of
from commsleads.store.campaigns import links, redirecting
from commsleads.store.engine import micros
from commsleads.web.asking import Asking
from commsleads.web.questions import QUESTIONS
from commsleads.web.quick import close_late, protocol_of
from commsleads.web.redirector import Redirector, Salted, app
from commsleads.web.register import Register
from commsleads.web.visitors import Visitors

log = logging.getLogger(__name__)

SYNC_EVERY = 0.1
"""Seconds between two syncs of the spool: what a power cut may cost."""
LOOK_EVERY = 1.0
DRAIN_EVERY = 1.0
NOTE_EVERY = 30.0
"""Seconds between two notes that links are redirected."""
MOST_CONNECTIONS = 4_000
SPARE_FILES = 64
GRACE = 3
"""Seconds that open requests have to be answered when the process is to end."""
UNREAD_TOO_LONG = 600
"""Seconds after which an unread spool means that something is wrong."""


def prefix_of(base: str) -> str:
    """The path before the slugs, with a slash at both ends."""
    path = urlsplit(base).path if base else "/r/"
    return f"/{path.strip('/')}/" if path.strip("/") else "/"


def bind(listen: str) -> socket.socket:
    """A socket that listens there. Raises `ConfigError` when that cannot be."""
    parts = urlsplit(f"//{listen}")
    try:
        host, port = parts.hostname or "127.0.0.1", parts.port or 0
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, number, _, address = found[0]
        opened = socket.socket(family, kind, number)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind(address)
            opened.listen(2_048)
        except OSError:
            opened.close()
            raise
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        busy = getattr(error, "errno", None) == errno.EADDRINUSE
        what = "Is another `commsleads web` running there? Stop it, or give" if busy else "Give"
        said = (
            f"[web] listen: cannot listen on {listen} ({why}). {what} another address and port, such as 127.0.0.1:8105."
        )
        raise ConfigError([said]) from error
    opened.setblocking(False)
    return opened


class Server(uvicorn.Server):
    """uvicorn's server, ended by SIGTERM or SIGINT with exit code 0, closing connections that come to nothing. Once a
    second it calls `beat`, in the thread of the event loop."""

    beat: Callable[[], None]

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {one: signal.signal(one, self._end) for one in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)

    def _end(self, number: int, frame: Any) -> None:  # noqa: ARG002
        self.should_exit = True

    async def on_tick(self, counter: int) -> bool:
        if counter % 10 == 0:
            close_late(self.server_state, time.monotonic())
            self.beat()
        return await super().on_tick(counter)


class Web:
    """The web process of one organisation: `run` in the main thread or another, `stop` from any."""

    def __init__(self, app_: App, listen: str = "") -> None:
        self.app = app_
        settings = app_.settings
        self.socket = bind(listen or settings.web.listen)
        self.folder = folder_of(Path(settings.store_url))
        self.spool = Spool(self.folder)
        self.salts = Salts(self.folder, settings.organisation.zone)
        self.prefix = prefix_of(settings.links.base)
        networks = settings.clicks.networks
        self.redirector = Redirector(
            prefix=self.prefix,
            spool=self.spool,
            visitors=Visitors(settings.web.trusted_proxies, lambda address: lookup(address, networks), b""),
            salt=self._salt,
            now=_microseconds if app_.clock is clock else lambda: micros(app_.now()),
        )
        self.asking = Asking(app_, QUESTIONS)
        self.server = Server(
            uvicorn.Config(
                app(self.redirector, self.ready, self.asking),
                http=protocol_of(self.redirector, _most_connections()),
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_keep_alive=15,
                timeout_graceful_shutdown=GRACE,
            )
        )
        self.server.beat = self.redirector.beat
        self.stopping = threading.Event()
        self.version = -1
        self.links_trouble = "links have not been read yet"
        self.drain_trouble = ""
        self.waiting = Unread()
        self._lost = 0
        self.name = secrets.token_hex(8)
        self._noted = float("-inf")

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens."""
        host, port = self.socket.getsockname()[:2]
        return str(host), int(port)

    def run(self) -> None:
        """Listen until a signal or `stop`; then answer what is open, sync and drain."""
        self.app.prepare()
        self.redirector.resalt()
        # A thread that drains must not keep the clicks waiting for its whole turn.
        sys.setswitchinterval(0.001)
        # One connection stays open: when the last one closes, SQLite tidies its log and waits for the disk, each time.
        with self.app.engine.session() as session:
            self.look(session)
            self.note(session)
            works = [
                threading.Thread(target=self._every, args=work, name=name, daemon=True)
                for name, work in {
                    "sync": (SYNC_EVERY, self.sync),
                    "links": (LOOK_EVERY, self._in_session(self.look)),
                    "drain": (DRAIN_EVERY, self._in_session(self.drain)),
                }.items()
            ]
            for work in works:
                work.start()
            try:
                self.server.run(sockets=[self.socket])
            finally:
                self.stopping.set()
                for work in works:
                    work.join(GRACE)
                self.asking.close()
                self.redirector.flush_orphans(self.redirector.now())
                self.spool.close()
                end = time.monotonic() + GRACE
                self.drain(session, lambda: time.monotonic() > end)
                self.note(session)

    def stop(self) -> None:
        """Ask for an orderly end; `run` returns within a few seconds."""
        self.server.should_exit = True

    def ready(self) -> tuple[bool, dict[str, Any]]:
        """Whether clicks are redirected and kept, and what is known of that."""
        troubles = [one for one in (self.links_trouble, self.spool.trouble, self.drain_trouble) if one]
        if not self.spool.usable and not self.spool.trouble:
            troubles.append("the spool cannot be written")
        age = (self.redirector.now() - self.waiting.since) / 1e6 if self.waiting.since else 0.0
        if age > UNREAD_TOO_LONG:
            troubles.append(f"the oldest click that is not in the database is {age:.0f} seconds old")
        return not troubles, {
            "ready": not troubles,
            "troubles": troubles,
            "links": self.redirector.register.size,
            "lost": self.spool.lost + self.redirector.failed,
            "unread_bytes": self.waiting.bytes,
            "unread_seconds": round(max(age, 0.0), 1),
        }

    # --- beside the event loop -------------------------------------------------------------------------------------

    def sync(self, _: Any = None) -> None:
        """Have the clicks on the disk; tell of those that were lost."""
        self.spool.sync()
        lost = self.spool.lost
        if lost > self._lost:
            log.error("%d clicks could not be written: %s", lost - self._lost, self.spool.trouble)
            self._lost = lost

    def look(self, session: Any) -> None:
        """Take up links that changed, and destroy a salt whose day is over."""
        self.salts.tend(self.app.now())
        version = links.version(session)
        if version != self.version:
            self.redirector.register = Register(links.live(session, self.app.now()), self.prefix)
            self.version = version
        self.links_trouble = ""

    def drain(self, session: Any, stopping: Callable[[], bool] | None = None) -> None:
        """Read the spool into the database. What is not read stays for the next process, or for `commsleads run`."""
        zone = self.app.settings.organisation.zone
        drain(session, self.folder, self.app.now(), zone, stopping or self.stopping.is_set)
        self.waiting = unread(session, self.folder)
        self.drain_trouble = ""
        if time.monotonic() - self._noted >= NOTE_EVERY:
            self.note(session)

    def note(self, session: Any) -> None:
        """Note that links are redirected now: what lies between two processes was not observed."""
        redirecting.note(session, self.name, self.app.now())
        self._noted = time.monotonic()

    def _in_session(self, work: Callable[[Any], None]) -> Callable[[Any], None]:
        def done(_: Any) -> None:
            try:
                with self.app.engine.session() as session:
                    work(session)
            except Exception as error:
                name = work.__name__
                setattr(self, "links_trouble" if name == "look" else "drain_trouble", f"{name}: {error}")
                raise

        return done

    def _every(self, seconds: float, work: Callable[[Any], None]) -> None:
        while not self.stopping.wait(seconds):
            try:
                work(None)
            except Exception:
                log.exception("This will be tried again")

    def _salt(self) -> Salted:
        return Salted(*self.salts.current(self.app.now()))


def _microseconds() -> int:
    return time.time_ns() // 1_000


def _most_connections() -> int:
    """As many as files can be opened, within reason."""
    try:
        import resource
    except ImportError:  # pragma: no cover - Windows
        return MOST_CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + SPARE_FILES
    if soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))
        soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return max(min(MOST_CONNECTIONS, soft - SPARE_FILES), 16)
