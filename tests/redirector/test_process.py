"""The web process as a whole: started by command, ended by signal, two of them."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from commsleads.app import App
from commsleads.web import quick
from tests.redirector.desk import link, office, served


def start(app: App, port: int, *argv: str) -> subprocess.Popen[bytes]:
    """A web process of its own on that port."""
    words = [sys.executable, "-m", "commsleads", "--config", str(app.settings.path), *argv]
    process = subprocess.Popen(words, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as asked:
            asked.request("GET", "/healthz")
            if asked.getresponse().status == 200:
                break
        time.sleep(0.05)
    return process


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as one:
        return int(one.getsockname()[1])


def clicks(database: Path) -> int:
    with closing(sqlite3.connect(database)) as db:
        return int(db.execute("SELECT count(*) FROM hits").fetchone()[0])


@pytest.mark.parametrize(
    ("argv", "number"), [(("web",), signal.SIGTERM), (("web",), signal.SIGINT), (("run", "--web"), signal.SIGTERM)]
)
def test_an_orderly_end_loses_nothing(tmp_path: Path, argv: tuple[str, ...], number: int) -> None:
    """A signal in the middle of clicks: exit code 0, and every answered click is in the database."""
    port = free_port()
    app = office(tmp_path, more=f'[web]\nlisten = "127.0.0.1:{port}"\n')
    link(app, "wing")
    process = start(app, port, *argv)
    answered = [0, 0]

    def ask(who: int) -> None:
        with suppress(OSError, http.client.HTTPException), closing(http.client.HTTPConnection("127.0.0.1", port)) as c:
            while True:
                c.request("GET", "/r/wing")
                reply = c.getresponse()
                reply.read()
                answered[who] += reply.status == 302

    threads = [threading.Thread(target=ask, args=(who,)) for who in range(2)]
    for one in threads:
        one.start()
    time.sleep(0.3)
    process.send_signal(number)
    said = process.communicate(timeout=20)[1].decode()
    for one in threads:
        one.join()
    assert process.returncode == 0, said
    assert "Traceback" not in said
    assert "127.0.0.1" not in said
    assert sum(answered) > 0
    # One more may have been noted whose answer did not get through.
    assert 0 <= clicks(tmp_path / "commsleads.db") - sum(answered) <= 2


def test_killed_it_loses_nothing(tmp_path: Path) -> None:
    """SIGKILL right after the answers: the next process brings the clicks into the database."""
    port = free_port()
    app = office(tmp_path, more=f'[web]\nlisten = "127.0.0.1:{port}"\n')
    link(app, "wing")
    process = start(app, port, "web")
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as c:
        for _ in range(50):
            c.request("GET", "/r/wing")
            assert c.getresponse().read() == b""
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    with served(app) as site:
        assert len(site.hits()) == 50


def test_two_cannot_listen_at_one_place(tmp_path: Path) -> None:
    """The second one says in a sentence why not, and what to do."""
    app = office(tmp_path)
    with served(app) as site:
        host, port = site.web.address
        argv = [sys.executable, "-m", "commsleads", "--config", str(tmp_path / "config.toml"), "web"]
        second = subprocess.run([*argv, "--listen", f"{host}:{port}"], capture_output=True, text=True)
    assert second.returncode == 2
    assert "Is another `commsleads web` running there?" in second.stderr
    assert "Traceback" not in second.stderr


def test_who_takes_too_long_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that comes byte by byte, or not at all, does not hold its connection for ever."""
    monkeypatch.setattr(quick, "PATIENCE", 0.5)
    app = office(tmp_path)
    with served(app) as site:
        idle = socket.create_connection(site.web.address, 15)
        slow = socket.create_connection(site.web.address, 15)
        slow.sendall(b"GET /r/")
        with idle, slow, suppress(ConnectionResetError):
            assert idle.recv(10) == slow.recv(10) == b""


def test_connections_are_bounded(tmp_path: Path) -> None:
    """Past the bound a visitor is told to come later, and the others are served."""
    app = office(tmp_path)
    link(app, "wing")
    with served(app) as site:
        site.web.server.config.http_protocol_class.most = 3  # type: ignore[attr-defined]
        held = [socket.create_connection(site.web.address, 15) for _ in range(3)]
        time.sleep(0.2)
        assert site.send(b"").startswith(b"HTTP/1.1 503 ")
        held[0].sendall(b"GET /r/wing HTTP/1.1\r\nHost: x\r\n\r\n")
        assert held[0].recv(100).startswith(b"HTTP/1.1 302 ")
        for one in held:
            one.close()


def test_without_a_spool_people_are_sent_on(tmp_path: Path) -> None:
    """When clicks cannot be kept the visitor still gets where they want; /readyz says so."""
    app = office(tmp_path)
    link(app, "wing")
    with served(app) as site:
        site.web.spool.close()
        site.web.spool.folder = tmp_path / "config.toml"
        assert site.get("/r/wing").status == 302
        ready = site.get("/readyz")
        assert ready.status == 503
        assert b'"lost": 1' in ready.body
        site.web.spool.folder = site.web.folder
        assert site.get("/r/wing").status == 302
        assert site.get("/readyz").status == 200
