"""Rows of a campaign written straight into the tables: targets, links, clicks by the day, responses, counters."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from commsleads.facts.card_values import Card
from commsleads.store.campaigns.tallies import day
from commsleads.store.engine import micros, stamp
from tests.ledger import BERLIN, NOW, WING, Ledger, at

HUMAN, LIKELY, DOUBTFUL, MACHINE = "certain_human", "probable_human", "probable_machine", "certain_machine"
SENT = at("2026-11-10T09:00")


class Drive(Ledger):
    """A campaign at work, `WING` unless said otherwise. Ids are made of what the rows are."""

    def target(self, name: str, group: str = "education desks", **changes: Any) -> str:
        """A target who was contacted when the mailing went out."""
        given: dict[str, Any] = {
            "id": f"t-{name}",
            "campaign_id": WING.id,
            "part": group,
            "kind": "contact",
            "identity": f"{name}@desk.example",
            "name": name.title(),
            "status": "contacted",
            "status_at": stamp(SENT),
            "contacted_at": stamp(SENT),
            "origin": "list",
            "basis": "legitimate interest",
            "added_at": stamp(SENT),
        }
        self._row("targets", given | changes)
        return f"t-{name}"

    def targets(self, n: int, group: str = "education desks", **changes: Any) -> list[str]:
        """So many of a group: a000, a001 …"""
        return [self.target(f"{group[0]}{number:03}", group, **changes) for number in range(n)]

    def link(self, slug: str, cta: str = "book", **changes: Any) -> str:
        given: dict[str, Any] = {
            "id": f"l-{slug}",
            "slug": slug,
            "campaign_id": WING.id,
            "cta_id": cta,
            "channel": "newsletter",
            "destination": "https://museum.example/book",
            "made_at": stamp(SENT),
            "made_by": "ada",
        }
        self._row("links", given | changes)
        return f"l-{slug}"

    def clicks(self, link: str, when: datetime | str, verdict: str, n: int, medium: str = "direct") -> None:
        moment = at(when) if isinstance(when, str) else when
        values = {"link_id": link, "day": day(micros(moment), BERLIN), "medium": medium, "verdict": verdict, "n": n}
        self._row("hit_tallies", values)

    def response(self, when: datetime | str, target: str = "", *, kind: str = "form", **changes: Any) -> str:
        moment = at(when) if isinstance(when, str) else when
        self.numbers += 1
        given: dict[str, Any] = {
            "id": f"r{self.numbers:04}",
            "campaign_id": WING.id,
            "cta_id": "book",
            "target_id": target,
            "at": stamp(moment),
            "kind": kind,
            "channel": "newsletter",
            "did": 1,
            "counts": 1,
            "evidence": f"form {self.numbers}",
            "why": "they booked",
            "by": "commsleads",
            "seen_at": stamp(moment),
        }
        self._row("responses", given | changes)
        return str(given["id"])

    def counter(self, source: str, n: int, **changes: Any) -> None:
        given: dict[str, Any] = {
            "id": f"c-{source}",
            "source_id": source,
            "thing": "https://s.example/wing",
            "measure": "clicks",
            "campaign_id": WING.id,
            "cta_id": "book",
            "rule": "every GET and HEAD",
            "zone": "UTC",
            "filtered": "no",
            "gained": n,
            "total": n,
            "first_at": stamp(SENT),
            "last_at": stamp(NOW),
        }
        self._row("counters", given | changes)

    def row(self, table: str, **values: Any) -> None:
        """Any other row."""
        self._row(table, values)

    def card(self, name: str = WING.id, **changes: Any) -> Card:
        """The card of a campaign."""
        found = self.facts(**{"link_base": "https://go.museum.example/r/"} | changes).card(name)
        assert found is not None
        return found


def busy(drive: Drive) -> None:
    """Twenty targets aimed at, two excluded, ten held back; six did it; sixty-three clicks that may be people's."""
    people = drive.targets(20)
    drive.target("gone", excluded="asked not to be contacted", contacted_at="", status="targeted")
    drive.target("left", excluded="address bounces", contacted_at="", status="targeted")
    held = drive.targets(10, "held back", control=1, contacted_at="", status="targeted")
    drive.link("wing")
    drive.link("poster", channel="print")
    drive.link("bait", trap=1)
    for number, person in enumerate(people[:6]):
        drive.response(SENT + timedelta(hours=3 + 9 * number), person)
        drive.response(SENT + timedelta(days=5, hours=number), person)
    drive.response(SENT + timedelta(days=1), held[0])
    drive.response(SENT + timedelta(days=2), kind="phone")
    drive.response(SENT - timedelta(days=9), people[9])
    drive.response(SENT + timedelta(days=3), people[7], kind="click", did=0)
    drive.response(SENT + timedelta(days=3), people[8], counts=0)
    for link, when, verdict, n, medium in (
        ("l-wing", "2026-11-10T10:00", HUMAN, 31, "mail"),
        ("l-wing", "2026-11-12T10:00", HUMAN, 10, "social"),
        ("l-wing", "2026-11-10T10:00", LIKELY, 12, "direct"),
        ("l-poster", "2026-11-15T11:00", LIKELY, 2, "direct"),
        ("l-wing", "2026-11-10T09:00", DOUBTFUL, 8, "direct"),
        ("l-wing", "2026-11-10T09:00", MACHINE, 120, "direct"),
        ("l-wing", "2026-11-10T10:00", "again", 5, "mail"),
        ("l-bait", "2026-11-10T09:00", MACHINE, 40, "direct"),
        ("l-wing", "2026-11-01T09:00", HUMAN, 3, "direct"),
    ):
        drive.clicks(link, when, verdict, n, medium)
    drive.row("hit_days", link_id="l-wing", day="2026-11-10", visitors=38)
    drive.row("hit_days", link_id="l-wing", day="2026-11-12", visitors=9)
    drive.row(
        "landings", url="https://museum.example/book", next_check_at=stamp(NOW), checked_at=stamp(NOW), state="ok"
    )
    drive.row("mailings", id="m1", campaign_id=WING.id, channel="newsletter", part="", at=stamp(SENT), n=20, by="ada")
    drive.source("shlink", name="Shlink")
    drive.counter("shlink", 214)
    drive.gap("shlink", "2026-11-14T08:00", "2026-11-14T14:00", "The server answered with 503.")
