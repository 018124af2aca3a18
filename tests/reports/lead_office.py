"""Ten weeks of leads, written into the store as they would be told: 14 opened in week 47, counted by hand.

London, November 2026: local times are UTC. It is Monday the 23rd, seven o'clock, when the week is told. How leads
follow from touches is tested elsewhere; here stands what a report makes of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from commsleads.app import App, build
from commsleads.facts import Facts
from commsleads.journey import Lead, Move, Offer, Touch
from commsleads.leads import agreeing
from commsleads.store.engine import Session, stamp
from commsleads.store.leads import told, touches

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
SETTINGS = """
[organisation]
name = "Harbour Museum"
timezone = "Europe/London"
working_hours = "Mon-Fri 09:00-17:00"
[fetch]
contact = "press@museum.example"
[[desk.officers]]
id = "ada"
name = "Ada Lind"
[[desk.officers]]
id = "ben"
name = "Ben Roth"
role = "lead"
[[outlets]]
name = "The Meridian"
domains = ["themeridian.example"]
tier = 1
[[outlets]]
name = "Trade Ships"
domains = ["tradeships.example"]
tier = 2
[[campaigns]]
id = "spring"
name = "Spring opening"
starts_on = 2026-11-02
ends_on = 2026-12-18
goal = { n = 8, of = "qualified leads" }
[[campaigns.ctas]]
id = "tour"
wording = "Book a press tour"
kind = "register"
[[goals]]
id = "november"
name = "November"
n = 20
leads = 30
starts_on = 2026-11-01
ends_on = 2026-11-30
relevant = "The new wing."
reachable = "Half of it was reached in October."
"""


def at(text: str) -> datetime:
    """A time of November 2026: `16 09:30`."""
    day, clock = text.split()
    return datetime.fromisoformat(f"2026-11-{int(day):02}T{clock}:00+00:00")


class LeadOffice:
    """A store of leads. Each is told by when it was opened and what became of it."""

    def __init__(self, app: App, session: Session) -> None:
        self.app = app
        self.session = session
        self.n = 0

    def facts(self) -> Facts:
        return self.app.facts(self.session)

    def contact(self) -> str:
        """Somebody new."""
        self.n += 1
        name = f"{self.n:032x}"
        self.session.execute(
            "INSERT INTO contacts (id, name, folded, origin, basis, first_at, last_at, erase_after) "
            "VALUES (:id, 'Ruth Calder', 'calder ruth', 'test', 'test', :at, :at, '')",
            id=name,
            at=stamp(NOW),
        )
        return name

    def touch(self, contact: str, when: datetime, kind: str = "enquiry", marks: str = "own", **more: Any) -> str:
        """A touch of somebody; its id."""
        name = f"{contact}-{kind}-{stamp(when)}"
        touches.add(
            self.session,
            [Touch(name, 1, contact, when, when, kind, marks, evidence=f"test {name}", **more)],
        )
        return name

    def lead(
        self,
        opened: datetime,
        *,
        qualified: datetime | None = None,
        offers: tuple[Offer, ...] = (),
        status: str = "",
        since: datetime | None = None,
        owner: str = "",
        outcome: str = "",
        kind: str = "enquiry",
        source: str = "direct",
        channel: str = "email",
        campaign: str = "",
        outlet: str = "",
        wakes: datetime | None = None,
        own: bool = True,
    ) -> str:
        """A lead that was opened then. Its moves are made of what is said of it."""
        contact = self.contact()
        opener = self.touch(
            contact, opened, kind, "own" if own else "", source=source, channel=channel, campaign=campaign,
            outlet=outlet, cta="tour" if kind in ("reply", "form", "click") else "",
        )  # fmt: skip
        moves = [_stage(1, opened, "", "engaged")]
        reached = [("engaged", opened)]
        if qualified is not None:
            moves.append(_stage(2, qualified, "engaged", "story-qualified"))
            reached.append(("story-qualified", qualified))
        last = "new"
        for offer in offers:
            for when, to in ((offer.at, "offered"), (offer.answered, offer.answer)):
                if when and to in ("offered", "accepted", "rejected", "lapsed", "recycled", "closed"):
                    moves.append(Move(len(moves) + 1, when, when, "status", last, to, "as told", "act x", 1))
                    last = to
        if status and status != last:
            when = since or opened
            moves.append(Move(len(moves) + 1, when, when, "status", last, status, "as told", "act x", 1))
        found = Lead(
            id=contact, contacts=(contact,), opened=opened, first=opener, opener=opener, last=opener, first_at=opened,
            last_at=opened, touches=1, source=source, channel=channel, campaign=campaign, outlet=outlet,
            stage=reached[-1][0], qualified=qualified is not None, qualified_at=qualified, reached=tuple(reached),
            status=status or last, status_at=since or moves[-1].at, owner=owner, outcome=outcome, wakes=wakes, fit=40,
            engagement=30, fit_band="B", engagement_band="warm", terms=1, moves=tuple(moves), offers=offers,
        )  # fmt: skip
        told.keep(self.session, [found], NOW)
        return contact

    def nobody(self, when: datetime, kind: str = "click", marks: str = "") -> str:
        """Somebody with a touch that makes no lead under the EU reading."""
        contact = self.contact()
        touch = self.touch(contact, when, kind, marks)
        found = Lead(
            id=contact, contacts=(contact,), first=touch, last=touch, first_at=when, last_at=when, touches=1, terms=1
        )
        told.keep(self.session, [found], NOW)
        return contact


def _stage(number: int, when: datetime, came_from: str, to: str) -> Move:
    return Move(number, when, when, "stage", came_from, to, "as told", "touch x", 1)


def offer(
    when: datetime, to: str, answer: str = "", answered: datetime | None = None, *, hours: float = 24, **more: Any
) -> Offer:
    """An offer, due a day later if nothing else is said."""
    return Offer(
        1, when, to, when + timedelta(hours=hours), "story-qualified", 1, answer=answer, answered=answered, **more
    )


@contextmanager
def opened(folder: Path, settings: str = SETTINGS, now: datetime = NOW) -> Iterator[LeadOffice]:
    """An office without a lead; its criteria are in force since the 1st of September."""
    file = folder / "config.toml"
    file.write_text(settings, encoding="utf-8")
    app = build(file, clock=lambda: now, environ={})
    app.prepare()
    with app.engine.session() as session:
        agreeing.ensure(session, app.settings, datetime(2026, 9, 1, tzinfo=UTC))
        yield LeadOffice(app, session)


def filled(office: LeadOffice) -> None:
    """The ten weeks: week 47 as counted in the tests, the weeks before with two to six leads each."""
    session = office.session
    with session.atomic():
        for week in range(1, 9):
            for n in range(2 + week % 4):
                when = at("16 10:00") - timedelta(weeks=week) + timedelta(days=n)
                took = when + timedelta(days=1)
                done = offer(took, "ada", "accepted", took + timedelta(hours=3)) if n % 2 else None
                office.lead(
                    when, qualified=took if done else None, offers=(done,) if done else (), owner="ada" if done else "",
                    status="closed" if done and week > 3 else "", since=took + timedelta(days=5),
                    outcome="covered" if done and week > 3 else "", source="direct" if n % 2 else "event",
                )  # fmt: skip
        _week_47(office)


def _week_47(office: LeadOffice) -> None:
    """Opened 14: 7 qualified, all offered: 3 accepted, 1 rejected, 1 lapsed, 2 open (1 overdue)."""
    spring: dict[str, Any] = {"campaign": "spring", "source": "email", "channel": "mail"}
    tier1: dict[str, Any] = {"outlet": "The Meridian"}
    accepted = offer(at("16 10:00"), "ada", "accepted", at("16 12:00"), by="ada")
    office.lead(at("16 09:30"), qualified=at("16 10:00"), offers=(accepted,), owner="ada", **tier1)
    accepted = offer(at("17 09:00"), "ada", "accepted", at("17 15:00"), by="ada")
    office.lead(at("16 11:00"), qualified=at("17 09:00"), offers=(accepted,), owner="ada", kind="reply", **spring)
    accepted = offer(at("18 16:00"), "ben", "accepted", at("19 10:00"), by="ben")
    office.lead(
        at("18 15:00"), qualified=at("18 16:00"), offers=(accepted,), owner="ben", status="closed",
        since=at("20 12:00"), outcome="covered", **tier1,
    )  # fmt: skip
    rejected = offer(at("18 09:00"), "ben", "rejected", at("18 11:00"), by="ben", reason="not our subject")
    office.lead(at("17 08:00"), qualified=at("18 09:00"), offers=(rejected,), outlet="Trade Ships")
    lapsed = offer(at("17 10:00"), "ben", "lapsed", at("18 10:00"))
    office.lead(at("17 09:30"), qualified=at("17 10:00"), offers=(lapsed,), kind="form", **spring)
    office.lead(at("19 10:00"), qualified=at("19 11:00"), offers=(offer(at("19 11:00"), "ada"),), **tier1)
    office.lead(at("20 16:00"), qualified=at("20 16:30"), offers=(offer(at("20 16:30"), "", hours=70),), kind="phone")
    for n in range(6):
        office.lead(at(f"{17 + n % 4} 13:00"), kind="reply" if n % 2 else "enquiry", **(spring if n % 2 else tier1))
    office.lead(at("16 14:00"), status="faded", since=at("21 14:00"), source="event", channel="")
    office.nobody(at("17 10:00"))
    office.nobody(at("18 10:00"))
    office.nobody(at("18 10:00"), "form", "shared")
