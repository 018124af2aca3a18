"""A press office with two campaigns: targets, links by person, hits, mails, stories, and a pass over them."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from commsleads.app import App, build
from commsleads.contract import Signal, SignalKind
from commsleads.intake import responses as intake
from commsleads.responses import Hit, Response, Target
from commsleads.rules.campaigns.identity import target_id
from commsleads.store.campaigns import hits, links, responses, targets
from commsleads.store.engine import Session, micros, stamp
from tests.intake import postroom
from tests.office import Clock

NOW = postroom.NOW
MORE = """
[links]
base = "https://go.museum.example/r/"
[[watches]]
id = "wing"
role = "topic"
any = ["new wing"]
[[campaigns]]
id = "wing"
name = "Opening of the new wing"
starts_on = 2026-11-01
ends_on = 2026-11-30
window = "7d"
watches = ["wing", "museum"]
utm_campaigns = ["wing26"]
[[campaigns.ctas]]
id = "preview"
kind = "visit"
destination = "https://museum.example/preview"
[[campaigns.ctas]]
id = "come"
kind = "reply"
destination = "https://museum.example/come"
[[campaigns.ctas]]
id = "tag"
kind = "use"
phrases = ["#NewWing"]
[[campaigns]]
id = "rope"
name = "Rope makers"
starts_on = 2026-11-10
ends_on = 2026-11-25
window = "3d"
utm_campaigns = ["rope26"]
[[campaigns.ctas]]
id = "samples"
kind = "request"
destination = "https://museum.example/samples"
"""
RUTH = "ruth.calder@northcountypost.example"


class Office:
    """The office at work on one database."""

    def __init__(self, app: App, session: Session, clock: Any) -> None:
        self.app, self.session, self.clock = app, session, clock

    def target(self, campaign: str = "wing", email: str = RUTH, **how: Any) -> str:
        """Somebody that a campaign aims at; the id."""
        given: dict[str, Any] = {
            "part": "press", "kind": "contact", "name": "", "outlet": "", "contact_id": "", "note": "", "control": 0,
            "excluded": "", "status": "targeted", "origin": "test", "basis": "test", "erase_after": "",
        } | how  # fmt: skip
        identity = how.get("identity", f"mail {email}")
        ident = target_id(campaign, identity)
        at = stamp(self.app.now())
        given |= {"id": ident, "campaign_id": campaign, "identity": identity, "email": email, "status_at": at}
        with self.session.atomic():
            targets.add(self.session, [given | {"added_at": at}])
        return ident

    def link(self, campaign: str = "wing", cta: str = "preview", slug: str = "a1", **how: Any) -> str:
        """A link of ours; the id."""
        given: dict[str, Any] = {"channel": "mail", "destination": f"https://museum.example/{cta}"} | how
        new = links.New(campaign=campaign, cta=cta, slug=slug, **given)
        with self.session.atomic():
            return links.insert(self.session, new, at=self.app.now(), by="test")

    def hit(self, ident: str, link: str, at: datetime, verdict: str = "certain_human") -> None:
        """A hit with its verdict."""
        with self.session.atomic():
            hits.insert(self.session, [Hit(id=ident, link=link, arrival=micros(at))])
            self.verdict(ident, verdict)

    def verdict(self, ident: str, verdict: str) -> None:
        """What the rules say of a hit now."""
        hits.write(self.session, [("", verdict, "", 0, ident)])

    def mail(self, *mails: bytes, **how: Any) -> None:
        """Mails come and are read."""
        postroom.come(self.app, self.session, *mails, **how)

    def story(self, *told: tuple[str, str, str], at: datetime = NOW - timedelta(hours=2)) -> None:
        """Signals are published and taken in, as (address, title, text)."""
        self.session.execute(
            "INSERT INTO sources (id, kind, every_seconds, next_check_at, interval_seconds) "
            "VALUES ('news', 'feeds', 60, '', 60) ON CONFLICT (id) DO NOTHING"
        )
        found = [
            Signal(external_id=url, kind=SignalKind.ENTRY, url=url, title=title, body=text, published_at=at)
            for url, title, text in told
        ]
        with self.session.atomic():
            self.app.intake(self.session).keep(self.session, [("news", found)], self.app.now())

    def settle(self, **how: Any) -> int:
        """One pass."""
        return intake.settle(self.session, self.app.settings, self.app.campaigns(self.session), self.app.now(), **how)

    def rebuild(self) -> int:
        """All of it made again."""
        return intake.rebuild(self.session, self.app.settings, self.app.campaigns(self.session), self.app.now())

    def found(self, campaign: str = "wing") -> list[Response]:
        """The responses to a campaign."""
        return responses.of_campaign(self.session, campaign)

    def one(self, campaign: str = "wing") -> Response:
        """The only response to a campaign."""
        (found,) = self.found(campaign)
        return found

    def stands(self, target: str) -> Target:
        """A target as it stands now."""
        found = targets.get(self.session, target)
        assert found is not None
        return found


def everything(office: Office) -> list[tuple[Any, ...]]:
    """All responses as they stand, without when they were seen."""
    return office.session.tuples(
        "SELECT id, campaign_id, cta_id, target_id, at, kind, channel, did, counts, evidence, why, by FROM responses "
        "ORDER BY id"
    )


@cache
def _made() -> Path:
    """A folder with a database that is up to date: making one takes longer than most tests."""
    folder = Path(tempfile.mkdtemp(prefix="commsleads-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    postroom.office(folder, MORE)[0].engine.close()
    return folder


def opened(folder: Path) -> Iterator[Office]:
    """An office in this folder, while it is open."""
    for file in _made().iterdir():
        shutil.copy(file, folder)
    clock = Clock(NOW)
    app = build(folder / "config.toml", clock=clock, environ={})
    with app.engine.session() as session:
        yield Office(app, session, clock)
    app.engine.close()


def day(number: int, hour: int = 12) -> datetime:
    """A day of November 2026."""
    return datetime(2026, 11, number, hour, tzinfo=UTC)
