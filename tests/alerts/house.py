"""An office with channels for its alerts: a web hook on loopback, a clock that can be moved, rows written by hand."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from commsleads import alerting
from commsleads.alerts import looking
from commsleads.app import App, build
from commsleads.desk import MACHINE, Call, Desk, log
from commsleads.store.desk.people import Person
from commsleads.store.engine import micros, stamp
from tests.office import Clock
from tests.web import Web

WEDNESDAY = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
HEAD = """
[organisation]
name = "Harbour Museum"
timezone = "Europe/Berlin"
working_hours = "Mon-Sun 00:00-23:59"
[web]
base = "https://comms.museum.example"
[[watches]]
id = "museum"
role = "brand"
any = ["Harbour Museum"]
[[outlets]]
name = "Evening Post"
domains = ["evening-post.example"]
tier = 1
[[outlets]]
name = "Harbour Weekly"
tier = 3
[[desk.officers]]
id = "ada"
name = "Ada Stone"
role = "lead"
[[desk.officers]]
id = "ben"
name = "Ben Okoro"
"""
ALERTS = '[alerts]\nrisk = ["lawsuit"]\n'
EMPTY: list[Path] = []
"""A migrated database without a row, when one was made."""
HOOK = '[[alerts.channels]]\nname = "hook"\nurl_secret = "hook"\n'


@dataclass
class House:
    """The office. `tick` is one heartbeat of alerts."""

    app: App
    clock: Clock

    def tick(self) -> tuple[int, int]:
        """Look what there is to tell, and send what is ready: how many were raised and sent."""
        return alerting.alarm(self.app, _never), alerting.notify(self.app, _never)

    def call(self, deadline: timedelta | None = None, **columns: Any) -> str:
        """Log an enquiry that must be answered so long from now; its reference. `columns` are written over it."""
        with self.app.engine.session() as session:
            desk = Desk(session=session, settings=self.app.settings, now=self.clock.now, who=MACHINE)
            person = Person(name="Ruth Calder", email="ruth@ncp.example")
            ident = log(desk, Call(subject="Secret jobs", journalists=(person,), questions=("How many?",)))
            given: dict[str, Any] = {"acknowledged_at": stamp(self.clock.now)} | columns
            if deadline is not None:
                given["deadline_at"] = stamp(self.clock.now + deadline)
            parts = ", ".join(f"{name} = :{name}" for name in given)
            session.execute(f"UPDATE enquiries SET {parts} WHERE id = :id", id=ident, **given)
            rows = session.tuples("SELECT reference FROM enquiries WHERE id = ?", (ident,))
        return str(rows[0][0])

    def set(self, ref: str, **columns: Any) -> None:
        """Write columns of an enquiry."""
        with self.app.engine.session() as session:
            parts = ", ".join(f"{name} = :{name}" for name in columns)
            session.execute(f"UPDATE enquiries SET {parts} WHERE reference = :ref", ref=ref, **columns)

    def story(self, ident: str, title: str, text: str = "", **more: Any) -> None:
        """A signal about the museum that was seen now, with its match."""
        with self.app.engine.session() as session:
            add_story(session, self.clock.now, ident, title, text, **more)

    def alerts(self, *, only_open: bool = False) -> list[dict[str, Any]]:
        """All alerts as `alert list --json` shows them."""
        with self.app.engine.session() as session:
            return looking.listed(session, self.clock.now, only_open=only_open)

    def kinds(self, *, only_open: bool = False) -> list[str]:
        return sorted(one["kind"] for one in self.alerts(only_open=only_open))


def add_story(session: Any, now: datetime, ident: str, title: str, text: str = "", **more: Any) -> None:
    """Write a signal with its match. `more`: story, watch, outlet, domain, published, source."""
    source = more.get("source", "press")
    session.execute(
        "INSERT INTO sources (id, kind, every_seconds, next_check_at, interval_seconds, state, last_success_at) "
        "VALUES (:id, 'feeds', 60, '2100-01-01T00:00:00Z', 60, 'ok', :now) ON CONFLICT (id) DO NOTHING",
        id=source,
        now=stamp(now),
    )
    taken = session.tuples("SELECT coalesce(max(arrival), 0) FROM signals")[0][0]
    arrival = more.get("arrival") or max(micros(now), taken + 1)
    given = {
        "id": ident, "source_id": source, "kind": "entry", "external_id": ident, "url": f"https://news.example/{ident}",
        "title": title, "text": text, "author": "", "language": "", "published_at": more.get("published", ""),
        "published_raw": "", "date_note": "", "links": "[]", "extra": "{}", "content_hash": ident,
        "first_seen_at": stamp(now), "revised_at": "", "arrival": arrival,
        "canonical_url": f"https://news.example/{ident}", "outlet": more.get("outlet", ""),
        "domain": more.get("domain", ""), "story_id": more.get("story", ident),
        "story_why": "" if more.get("story", ident) == ident else "copy",
    }  # fmt: skip
    session.execute(
        f"INSERT INTO signals ({', '.join(given)}) VALUES ({', '.join(':' + name for name in given)})", **given
    )
    session.execute(
        "INSERT INTO matches (watch_id, signal_id, arrival, field, phrase, story_id, source_id, published_at) "
        "VALUES (:watch, :id, :arrival, 'title', 'Harbour Museum', :story, :source, :published)",
        watch=more.get("watch", "museum"),
        id=ident,
        arrival=arrival,
        story=more.get("story", ident),
        source=source,
        published=more.get("published", ""),
    )


def house(folder: Path, web: Web | None = None, *, more: str = "", alerts: str = ALERTS, path: str = "/hook",
          secrets: dict[str, str] | None = None) -> House:  # fmt: skip
    """The office, its channel a JSON hook of this server when there is one."""
    channel = HOOK if web else ""
    (folder / "config.toml").write_text(HEAD + alerts + channel + more, encoding="utf-8")
    if EMPTY and not (folder / "commsleads.db").exists():
        shutil.copy(EMPTY[-1], folder / "commsleads.db")
    environ = dict(secrets or {})
    if web:
        environ["COMMSLEADS_SECRET_HOOK"] = f"json://127.0.0.1:{web.port}{path}"
    clock = Clock(WEDNESDAY)
    app = build(folder / "config.toml", clock=clock, environ=environ)
    app.prepare()
    return House(app, clock)


def _never() -> bool:
    return False
