"""A press office that mails editions: settings with a mail server, a clock, and editions without a report's work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from commsleads.app import App, build
from commsleads.contract import Document
from commsleads.rules.periods import parse_period
from commsleads.store import deliveries, reports
from commsleads.store import sources as timetable
from commsleads.telling import addressed
from tests.office import Clock
from tests.sending.letters import DIGEST

HEAD = """
[organisation]
name = "Harbour Museum"
timezone = "Europe/Berlin"
[fetch]
contact = "press@museum.example"
[desk]
addresses = ["museum.example"]
[[desk.officers]]
id = "ada"
role = "lead"
[web]
base = "https://comms.museum.example"
[[reports]]
name = "weekly"
"""
WEEK = "2026-W47"


def office(
    folder: Path, port: int, *, to: tuple[str, ...] = ("a@x.example",), directors: tuple[str, ...] = (),
    analysts: tuple[str, ...] = (), smtp: str = 'security = "none"\n', clock: Callable[[], datetime] | None = None,
) -> App:  # fmt: skip
    """The program in a folder, on the Monday after the week that is told."""
    file = folder / "config.toml"
    lists = "".join(
        f"{name} = [{', '.join(f'{one!r}' for one in people)}]\n"
        for name, people in {"to": to, "directors": directors, "analysts": analysts}.items()
    )
    mail = f'[smtp]\nhost = "127.0.0.1"\nport = {port}\nsender = "Press <press@museum.example>"\n{smtp}'
    file.write_text(HEAD + lists + mail, encoding="utf-8")
    app = build(file, clock=clock or Clock(datetime(2026, 11, 23, 6, 30, tzinfo=UTC)), environ={})
    app.prepare()
    with app.engine.session() as session, session.atomic():
        timetable.by_hand(session, "post", kind="mailbox", name="", why="a test")
    return app


def tell(app: App, label: str = WEEK, document: Document = DIGEST) -> None:
    """Put an edition into the database as the job does, addressed to those it is for."""
    period = parse_period(label, app.settings.organisation.zone)
    with app.engine.session() as session:
        claimed = reports.claim(session, "weekly", period, app.now())
        assert claimed
        assert reports.written(session, claimed, document, addressed(app.settings.reports[0]), app.now())


def states(app: App, label: str = WEEK) -> dict[str, str]:
    """Each recipient's state; further turns by their number."""
    with app.engine.session() as session:
        rows = deliveries.of(session, "weekly", label)
    return {row["recipient"] + (f"#{row['turn']}" if row["turn"] > 1 else ""): row["state"] for row in rows}
