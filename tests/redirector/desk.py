"""A web process in a folder, in a thread, with links; and a client that says what it wants, byte by byte."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from commsleads.app import App, build
from commsleads.store.campaigns import links
from commsleads.web.serving import Web

HEAD = """
[organisation]
name = "Harbour Museum"
timezone = "Europe/Berlin"
[fetch]
contact = "press@museum.example"
"""
NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


class Reply(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


def office(folder: Path, *, more: str = "", clock: Callable[[], datetime] | None = None) -> App:
    """The program in a folder, its database ready."""
    file = folder / "config.toml"
    file.write_text(HEAD + more, encoding="utf-8")
    app = build(file, clock=clock, environ={})
    app.prepare()
    return app


def link(app: App, slug: str, to: str = "https://museum.example/wing", **more: Any) -> str:
    """Make a link; its id."""
    with app.engine.session() as session, session.atomic():
        new = links.New(campaign="new-wing", cta="visit", channel="mail", destination=to, slug=slug, **more)
        return links.insert(session, new, at=app.now(), by="ada")


class Served:
    """A web process that runs."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.web = Web(app, "127.0.0.1:0")
        self.thread = threading.Thread(target=self.web.run)

    def get(self, path: str, *headers: str, method: str = "GET") -> Reply:
        """Ask for a path on a connection of its own."""
        lines = (f"{method} {path} HTTP/1.1", "Host: go.museum.example", "Connection: close", *headers, "", "")
        return read_reply(self.send("\r\n".join(lines).encode("utf-8", "surrogateescape")))

    def send(self, data: bytes) -> bytes:
        """Send bytes and read until the other side is done."""
        with socket.create_connection(self.web.address, 10) as connection:
            with suppress(ConnectionError):
                connection.sendall(data)
            came = b""
            # Who is refused in mid-sentence may be cut off with what was not read.
            with suppress(ConnectionResetError):
                while more := connection.recv(65_536):
                    came += more
            return came

    def hits(self) -> list[dict[str, Any]]:
        """What is in the database, once all is read."""
        with self.app.engine.session() as session:
            self.web.drain(session)
            return session.query(
                "SELECT hits.*, coalesce(agents.agent, '') AS agent FROM hits "
                "LEFT JOIN agents ON agents.id = hits.agent_id ORDER BY arrival, hits.id"
            )

    def clear(self) -> None:
        """Forget what came until now, also that it was a flood: past a hundred a second they are only counted."""
        self.web.redirector._more.clear()
        self.web.redirector._orphans = 0
        self.hits()
        with self.app.engine.session() as session, session.atomic():
            session.execute("DELETE FROM hits")
            session.execute("DELETE FROM orphans")

    def orphans(self) -> list[tuple[str, str, int]]:
        """Slug, why and how often."""
        self.hits()
        with self.app.engine.session() as session:
            return [(r["slug"], r["why"], r["n"]) for r in session.query("SELECT * FROM orphans ORDER BY slug, why")]


@contextmanager
def served(app: App) -> Iterator[Served]:
    """A web process in a thread, ended in an orderly way."""
    one = Served(app)
    one.thread.start()
    try:
        deadline = time.monotonic() + 20
        while not one.web.server.started and one.thread.is_alive() and time.monotonic() < deadline:
            time.sleep(0.01)
        yield one
    finally:
        one.web.stop()
        one.thread.join(20)
        one.web.socket.close()


def read_reply(data: bytes) -> Reply:
    """An answer taken apart."""
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return Reply(int(first.split()[1]), headers, body)
