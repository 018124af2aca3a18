"""A press office in a temporary folder: settings, a clock that can be moved, and feeds served on loopback."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from commsleads.app import App, build

HEAD = """
[organisation]
name = "Harbour Museum"
timezone = "Europe/Berlin"
[fetch]
contact = "press@museum.example"
allow_networks = ["127.0.0.0/8"]
timeout = "{timeout}"
[[watches]]
id = "museum"
role = "brand"
any = ["Harbour Museum"]
[[campaigns]]
id = "new-wing"
name = "The new wing"
starts_on = 2026-01-01
ends_on = 2027-12-31
watches = ["museum"]
utm_campaigns = ["wing26"]
"""

WEEKLY = '[[reports]]\nname = "weekly"\nevery = "week"\non = "monday"\nat = "07:00"\n'


class Clock:
    """A time of day that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


def settings(folder: Path, urls: dict[str, str], *, more: str = "", timeout: str = "5s", every: str = "30m") -> Path:
    """Write a config.toml with these sources."""
    sources = "".join(
        f'[[sources]]\nid = "{name}"\nkind = "feeds"\nurl = "{url}"\nevery = "{every}"\n' for name, url in urls.items()
    )
    file = folder / "config.toml"
    file.write_text(HEAD.format(timeout=timeout) + more + sources, encoding="utf-8")
    return file


def office(folder: Path, urls: dict[str, str], **how: Any) -> tuple[App, Clock]:
    """The program on these sources, on a Wednesday morning."""
    clock = Clock(datetime(2026, 11, 18, 9, 30, tzinfo=UTC))
    app = build(settings(folder, urls, **how), clock=clock, environ={})
    app.prepare()
    return app, clock


def item(number: int | str, title: str, text: str = "", **more: str) -> str:
    """One RSS item."""
    link = more.pop("link", f"https://news.example/{number}")
    extra = "".join(f"<{name}>{value}</{name}>" for name, value in more.items())
    return (
        f"<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>n-{number}</guid>"
        f"<pubDate>Wed, 18 Nov 2026 07:00:00 GMT</pubDate><description>{text or title}</description>{extra}</item>"
    )


def rss(*items: str) -> bytes:
    """An RSS 2.0 feed."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>News</title>'
        f"<link>https://news.example/</link><description>News</description>{''.join(items)}</channel></rss>"
    ).encode()


def numbers(app: App, *tables: str) -> Sequence[int]:
    """How many rows these tables hold."""
    with app.engine.session() as session:
        return [session.tuples(f"SELECT count(*) FROM {table}")[0][0] for table in tables]
