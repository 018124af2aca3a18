"""The redirector's speed beside nginx, for `bench.py`: CPU a click, how long it takes, and whether any is lost.

    ./run bench --redirect                # three rounds, about two minutes

nginx and wrk must be installed; the server has the first processor and wrk the second, 32 connections that are kept
open, a thousand links. nginx answers the same redirection and writes a line of access log. Both take turns, so that
whatever else the machine does hits both. The bars: four times nginx's CPU a click, p99 under 20 ms at half load, no
click lost on SIGTERM. CPU of the threads that bring the clicks into the database is counted.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

PORT = 8_797
LINKS = 1_000
SECONDS = 6
CONNECTIONS = 32

LUA = """
math.randomseed(7)
local n = 0
local agent = os.getenv("AGENTS")
wrk.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
wrk.headers["Referer"] = "https://mail.example/"
request = function()
  n = n + 1
  if agent then
    wrk.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/" .. n % 500
    wrk.headers["Accept"] = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    wrk.headers["Accept-Language"] = "de,en-US;q=0.7,en;q=0.3"
    wrk.headers["Accept-Encoding"] = "gzip, deflate, br, zstd"
    wrk.headers["Sec-Fetch-Dest"] = "document"
    wrk.headers["Sec-Fetch-Mode"] = "navigate"
    wrk.headers["Sec-Fetch-Site"] = "cross-site"
    wrk.headers["Sec-Fetch-User"] = "?1"
    wrk.headers["Upgrade-Insecure-Requests"] = "1"
  end
  return wrk.format("GET", string.format("/r/t%04d", math.random(0, 999)))
end
local pause = tonumber(os.getenv("PAUSE") or "0")
if pause > 0 then delay = function() return math.random(0, 2 * pause) end end
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format('JSON {"requests": %d, "us": %d, "errors": %d, "p50": %d, "p99": %d}\\n', summary.requests,
    summary.duration, e.status + e.connect + e.read + e.write + e.timeout, latency:percentile(50),
    latency:percentile(99)))
end
"""

NGINX = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/err; {user}
events {{ worker_connections 1024; }}
http {{
  log_format c '$msec $remote_addr $uri "$http_user_agent" "$http_referer"';
  access_log {folder}/clicks.log c;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder}; uwsgi_temp_path {folder};
  scgi_temp_path {folder};
  server {{
    listen 127.0.0.1:{port}; keepalive_requests 1000000000;
    location ~ ^/r/(t[0-9]+)$ {{ return 302 "https://campaign.example/landing/$1?utm_source=mail"; }}
  }}
}}
"""

SETTINGS = """
[organisation]
name = "Harbour Museum"
[fetch]
contact = "press@museum.example"
[web]
listen = "127.0.0.1:{port}"
"""


def cpu(process: int, place: str = "") -> float:
    """Seconds of processor time of a process and its threads; or of its first thread, which answers, alone."""
    fields = Path(f"/proc/{process}/{place}stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Bench:
    """One folder with the settings of both servers."""

    def __init__(self, folder: Path, nginx: str, port: int = PORT) -> None:
        self.folder, self.port = folder, port
        self.database = folder / "commsleads.db"
        self.log = folder / "clicks.log"
        (folder / "load.lua").write_text(LUA)
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, user=user))
        (folder / "config.toml").write_text(SETTINGS.format(port=port))
        config = str(folder / "config.toml")
        self.argv = {
            "nginx": [nginx, "-c", str(folder / "nginx.conf")],
            "commsleads": [sys.executable, "-m", "commsleads", "--config", config, "web"],
        }

    def fill(self) -> None:
        from commsleads.app import build
        from commsleads.store.campaigns import links

        for file in self.folder.glob("commsleads.db*"):
            shutil.rmtree(file) if file.is_dir() else file.unlink()
        self.log.unlink(missing_ok=True)
        app = build(self.folder / "config.toml")
        app.prepare()
        with app.engine.session() as session, session.atomic():
            for n in range(LINKS):
                to = f"https://campaign.example/landing/{n}?utm_source=mail"
                new = links.New(campaign="c", cta="a", channel="mail", destination=to, slug=f"t{n:04}")
                links.insert(session, new, at=datetime.now(UTC), by="the benchmark")

    def recorded(self, server: str) -> int:
        if server == "nginx":
            with self.log.open() as lines:
                return sum(1 for _ in lines)
        with closing(sqlite3.connect(self.database)) as db:
            return int(db.execute("SELECT count(*) FROM hits").fetchone()[0])

    def load(self, seconds: float, *, pause: int = 0, agents: bool = False) -> dict[str, Any]:
        """wrk for so long; `pause` milliseconds between two clicks of a connection, on average."""
        environ = {**os.environ, "PAUSE": str(pause), **({"AGENTS": "1"} if agents else {})}
        argv = ["taskset", "-c", "1", "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s",
                str(self.folder / "load.lua"), f"http://127.0.0.1:{self.port}"]  # fmt: skip
        said = subprocess.run(argv, capture_output=True, text=True, env=environ, check=True).stdout
        found = re.search(r"JSON (.*)", said)
        assert found, said
        return dict(json.loads(found.group(1)))

    def measure(self, server: str, seconds: float) -> dict[str, Any]:
        """Full load, half load, browsers' headers with five hundred agents, then SIGTERM and the count."""
        self.fill()
        process = subprocess.Popen(["taskset", "-c", "0", *self.argv[server]])
        try:
            self.wait(process)
            asked = self.load(1)["requests"]
            first = f"task/{process.pid}/"
            began, answering = cpu(process.pid), cpu(process.pid, first)
            full = self.load(seconds)
            drained = self.settle(server, asked + full["requests"])
            spent, answering = cpu(process.pid) - began, cpu(process.pid, first) - answering
            rate = full["requests"] / full["us"] * 1e6
            half = self.load(seconds, pause=max(1, round(2 * CONNECTIONS / rate * 1000)))
            asked += full["requests"] + half["requests"]
            self.settle(server, asked)
            began = cpu(process.pid)
            new = self.load(seconds, agents=True)
            asked += new["requests"]
            drained = self.settle(server, asked) and drained
            browsers = cpu(process.pid) - began
            memory = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())
        finally:
            process.terminate()
            code = process.wait(30)
        return {
            "rate": rate, "us": spent / full["requests"] * 1e6, "answer": answering / full["requests"] * 1e6,
            "browsers": browsers / new["requests"] * 1e6,
            "p50": full["p50"], "p99": full["p99"], "half": half["requests"] / half["us"] * 1e6,
            "half p50": half["p50"], "half p99": half["p99"], "mib": int(memory.group(1)) / 1024 if memory else 0,
            "errors": full["errors"] + half["errors"] + new["errors"], "code": code, "drained": drained,
            "over": self.recorded(server) - asked,
        }  # fmt: skip

    def wait(self, process: subprocess.Popen[bytes]) -> None:
        for _ in range(400):
            time.sleep(0.05)
            if process.poll() is not None:
                sys.exit("A server did not start.")
            try:
                socket.create_connection(("127.0.0.1", self.port), 0.2).close()
            except OSError:
                continue
            time.sleep(0.5)
            return

    def settle(self, server: str, clicks: int) -> bool:
        """Wait until what was clicked is in the database: bringing it there belongs to its price."""
        end = time.monotonic() + 60
        while self.recorded(server) < clicks and time.monotonic() < end:
            time.sleep(0.2)
        return time.monotonic() < end

    def cut(self, server: str) -> int:
        """SIGTERM in the middle of the load: how many answered clicks are missing."""
        self.fill()
        process = subprocess.Popen(["taskset", "-c", "0", *self.argv[server]])
        self.wait(process)
        argv = ["taskset", "-c", "1", "wrk", "-t1", f"-c{CONNECTIONS}", "-d4s", "-s", str(self.folder / "load.lua"),
                f"http://127.0.0.1:{self.port}"]  # fmt: skip
        load = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
        time.sleep(2)
        process.terminate()
        process.wait(30)
        load.terminate() if server == "nginx" else None
        said = re.search(r"(\d+) requests in", load.communicate()[0])
        if server != "nginx":
            finish(self.folder)
        return int(said.group(1)) - self.recorded(server) if said else 0


def finish(folder: Path) -> None:
    """Bring what the stopped process left in its spool into the database, as `commsleads run` does."""
    from commsleads.app import build
    from commsleads.intake.hits import drain
    from commsleads.spool import folder_of

    app = build(folder / "config.toml")
    with app.engine.session() as session:
        drain(session, folder_of(Path(app.settings.store_url)), app.now(), app.settings.organisation.zone)


def run(rounds: int) -> None:
    """Both servers in turn, and the table."""
    nginx = next((path for path in ("/usr/sbin/nginx", shutil.which("nginx")) if path and Path(path).exists()), "")
    if not nginx or not shutil.which("wrk") or not shutil.which("taskset") or (os.cpu_count() or 1) < 2:
        sys.exit("This comparison needs nginx, wrk, taskset and two processors.")
    found: dict[str, list[dict[str, Any]]] = {"nginx": [], "commsleads": []}
    with tempfile.TemporaryDirectory(prefix="redirect-") as name:
        Path(name).chmod(0o755)
        bench = Bench(Path(name), nginx)
        for _ in range(rounds):
            for server, runs in found.items():
                runs.append(bench.measure(server, SECONDS))
                print(server, {key: round(value, 1) for key, value in runs[-1].items()}, flush=True)
        missing = [bench.cut("commsleads") for _ in range(rounds)]
    middle = {
        name: {key: statistics.median(one[key] for one in runs) for key in runs[0]} for name, runs in found.items()
    }
    columns = {
        "clicks/s": ("rate", 1, 0), "CPU µs a click": ("us", 1, 1), "of it to answer": ("answer", 1, 1),
        "with browsers' headers": ("browsers", 1, 1), "p50 ms": ("p50", 1e3, 1), "p99 ms": ("p99", 1e3, 1),
        "at half load: clicks/s": ("half", 1, 0), "p50 ms ": ("half p50", 1e3, 1), "p99 ms ": ("half p99", 1e3, 1),
        "MiB": ("mib", 1, 0),
    }  # fmt: skip
    print(f"\n| server | {' | '.join(map(str.strip, columns))} |\n| --- |{' ---: |' * len(columns)}")
    for server, one in middle.items():
        cells = (f"{one[key] / unit:.{digits}f}" for key, unit, digits in columns.values())
        print(f"| {server} | {' | '.join(cells)} |")
    ours, theirs = middle["commsleads"], middle["nginx"]
    print(f"\nCPU a click against nginx: {ours['us'] / theirs['us']:.1f} times ({ours['answer'] / theirs['us']:.1f} to "
          f"answer, the rest to bring it into the database); with browsers' headers and five hundred agents "
          f"{ours['browsers'] / theirs['browsers']:.1f} times. Bar: 4. Answered and missing after SIGTERM in "
          f"mid-load: {', '.join(map(str, missing))}.")  # fmt: skip


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
