"""Two weeks of a press office, done by its own verbs and counted by hand: 16 enquiries, 14 of them in week 47.

London, November 2026: local times are UTC. It is Monday the 23rd, seven o'clock, when the week is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from commsleads.desk import answering, covering, ending, signing, upkeep, work
from commsleads.desk.answering import Answer
from commsleads.enquiries import OnCall
from commsleads.facts import Facts
from commsleads.letters import Deadline
from commsleads.plan import Outlet
from commsleads.store.desk.people import Person
from commsleads.store.engine import Engine
from tests.desk.press import Press, settings

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
OUTLETS = (
    Outlet(name="The Meridian", domains=("themeridian.example",), tier=1),
    Outlet(name="Evening Post", domains=("evening-post.example",), tier=2),
    Outlet(name="Trade Ships", domains=("tradeships.example",), tier=2),
    Outlet(name="North County Post", domains=("ncp.example",), tier=3),
    Outlet(name="Dockside Radio", domains=("dockside.example",), tier=3),
)
RUTH = Person(name="Ruth Calder", outlet="North County Post", email="ruth@ncp.example")
PRIYA = Person(name="Priya Nair", outlet="The Meridian", email="priya@themeridian.example")
OMAR = Person(name="Omar Said", outlet="The Meridian", email="omar@themeridian.example")
LUC = Person(name="Luc Morel", outlet="Le Quai", email="luc@lequai.example")
KIT = Person(name="Kit Lowe", outlet="Dockside Radio", email="kit@dockside.example")
NINA = Person(name="Nina Berg", outlet="Evening Post", email="nina@evening-post.example")
LEO = Person(name="Leo Grant", outlet="Evening Post", email="leo@evening-post.example")
MIA = Person(name="Mia Holt", outlet="Trade Ships", email="mia@tradeships.example")
ZOE = Person(name="Zoe Winter", outlet="North County Post", email="zoe@ncp.example")


def at(text: str) -> datetime:
    """A time of November 2026: `16 09:30`."""
    day, clock = text.split()
    return datetime.fromisoformat(f"2026-11-{int(day):02}T{clock}:00+00:00")


class Office(Press):
    """The press office; each step says when it is taken."""

    def came(
        self,
        when: str,
        subject: str,
        who: Person | None,
        *,
        due: str = "",
        owner: str = "",
        heard: str = "",
        by: str = "ada",
        **given: Any,
    ) -> str:
        """An enquiry of that time; `due` is its deadline, `heard` when it was acknowledged. The reference."""
        self.now = at(when)
        fields: dict[str, Any] = {"subject": subject, "journalists": (who,) if who else (), "questions": ()}
        if due:
            deadline = Deadline(at=at(due), words="by then", sure=True, why="said so")
            fields |= {"deadline": deadline, "deadline_text": "by then"}
        ref = self.call(by, owner=owner, **fields | given)
        if heard:
            self.now = at(heard)
            work.acknowledge(self.desk(owner or by), ref)
        return ref

    def signed(self, ref: str, asked: str, decided: str, *, back: str = "") -> None:
        """Ben writes, Cem signs; `back` is when he sent it back first."""
        self.now = at(asked)
        answering.draft(self.desk("ben"), ref, "We say this.")
        signing.ask_signoff(self.desk("ben"), ref, "cem")
        if back:
            self.now = at(back)
            signing.send_back(self.desk("cem"), ref, "Check the number.")
            answering.draft(self.desk("ben"), ref, "We say that.")
            signing.ask_signoff(self.desk("ben"), ref, "cem")
        self.now = at(decided)
        signing.approve(self.desk("cem"), ref)

    def answered(self, ref: str, when: str, kind: str = "full") -> None:
        self.now = at(when)
        answering.respond(self.desk("ben"), ref, Answer(kind=kind, method="email", terms="on the record"))

    def printed(self, ref: str, when: str, story: str, title: str, **known: Any) -> None:
        """A story that came of it, confirmed by Ada."""
        self.now = at(when)
        self.story(story, title)
        if unreached := known.pop("unreached", ""):
            covering.suggest(
                self.desk("commsleads"), ref, story, permille=800, reasons=["same words"], unreached=unreached
            )
        covering.confirm(self.desk("ada"), ref, story, **known)

    def facts(self, now: datetime = NOW, **given: Any) -> Facts:
        self.now = now
        desk = self.desk("commsleads")
        fields: dict[str, Any] = {"watches": (), "outlets": (), "campaigns": (), "zone": desk.zone, "now": now}
        fields |= {"cutoff": 0, "plan": desk.plan, "calendar": desk.calendar(now), "organisation": "Harbour Museum"}
        return Facts(self.session, **fields | given)


@contextmanager
def office(engine: Engine, folder: Path) -> Iterator[Office]:
    """An office with an empty log, whose sign-off has one step; Ben is on call at the weekend and on Tuesday night."""
    on_call = (
        OnCall(officer="dot", first=date(2026, 11, 17), last=date(2026, 11, 17)),
        OnCall(officer="ben", first=date(2026, 11, 21), last=date(2026, 11, 22)),
    )
    with engine.session() as session:
        yield Office(session, replace(settings(folder, signoff=("sign-off",), on_call=on_call), outlets=OUTLETS))


def fortnight(office: Office) -> dict[str, str]:
    """All of it; the references by what the enquiry is about."""
    refs: dict[str, str] = {}
    _week_46(office, refs)
    _monday(office, refs)
    _midweek(office, refs)
    _weekend(office, refs)
    office.now = NOW
    upkeep.lapse(office.desk("commsleads"))
    return refs


def _week_46(office: Office, refs: dict[str, str]) -> None:
    """Two of the week before: one answered in time, one late."""
    for name, who, when, due, out in (
        ("roof", RUTH, "9 10:00", "9 16:00", "9 12:00"),
        ("lift", OMAR, "10 10:00", "10 12:00", "10 13:00"),
    ):
        ref = refs[name] = office.came(when, f"The {name}", who, due=due, owner="ben", heard=when, stance="neutral")
        office.signed(ref, when, out)
        office.answered(ref, out)
        ending.close(office.desk("ben"), ref, outcome="not covered" if name == "roof" else "unknown")


def _monday(office: Office, refs: dict[str, str]) -> None:
    jobs = refs["jobs"] = office.came(
        "16 09:30", "Jobs in Leeds", RUTH, due="16 12:00", owner="ben", heard="16 09:35", stance="neutral"
    )
    answering.promise(office.desk("ben"), jobs, "call back", at("16 17:00"))
    office.signed(jobs, "16 10:30", "16 11:00")
    office.answered(jobs, "16 11:30")
    fire = refs["fire"] = office.came(
        "16 12:00",
        "Fire safety",
        PRIYA,
        due="16 12:45",
        owner="ben",
        heard="16 12:02",
        stance="positive",
        channel="email",
    )
    office.signed(fire, "16 12:10", "16 12:30")
    office.answered(fire, "16 12:40", "statement")
    tower = refs["tower"] = office.came(
        "16 13:00", "The tower", OMAR, due="16 17:00", owner="ben", heard="16 13:20", stance="hostile"
    )
    answering.promise(office.desk("ben"), tower, "send the figures", at("17 10:00"))
    office.now = at("16 16:50")
    answering.kept(office.desk("ben"), jobs, 1)
    office.signed(tower, "16 17:00", "16 18:00")
    office.answered(tower, "16 18:30")


def _midweek(office: Office, refs: dict[str, str]) -> None:
    ships = refs["ships"] = office.came(
        "17 09:00", "Ship models", LUC, due="18 12:00", owner="ben", heard="17 09:10", channel="email"
    )
    office.now = at("17 10:30")
    answering.kept(office.desk("ben"), refs["tower"], 1)
    office.signed(ships, "17 11:00", "17 14:30", back="17 12:00")
    office.answered(ships, "17 15:00", "partial")
    office.printed(refs["jobs"], "17 15:10", "s1", "Museum cuts 150 jobs", quote_used=True)
    refs["night"] = office.came(
        "17 19:00", "Night tours", KIT, due="17 20:30", owner="ada", heard="17 19:05", stance="neutral"
    )
    office.printed(
        refs["night"],
        "18 08:00",
        "s3",
        "Night tours end",
        unreached="The museum could not be reached",
        quote_used=False,
    )
    office.printed(refs["tower"], "18 09:00", "s2", "The tower leans", quote_used=False)
    covering.error(office.desk("ada"), refs["tower"], "s2", "It is 40 metres high, not 60.")
    refs["form"] = office.came("18 10:00", "A question", None, channel="web form")
    profile = refs["profile"] = office.came(
        "18 11:00", "Profile of Dr Vale", RUTH, due="20 17:00", owner="ben", heard="18 11:15", stance="positive",
        direction="proactive",
    )  # fmt: skip
    office.now = at("19 08:00")
    covering.correction(office.desk("ada"), refs["tower"], "s2")
    refs["again"] = office.came("19 09:00", "Profile", RUTH, channel="email", owner="ben")
    ending.duplicate(office.desk("ben"), refs["again"], profile)
    refs["visit"] = office.came("19 09:30", "Opening hours", None)
    ending.redirect(office.desk("ada"), refs["visit"], "the visitors' desk")
    office.signed(profile, "19 09:40", "19 09:50")
    office.now = at("19 10:00")
    answering.interview(office.desk("ben"), profile, "Dr Vale", chief=True)
    office.answered(profile, "19 10:00", "interview")
    gone = refs["gone"] = office.came(
        "19 10:00",
        "Ticket prices",
        NINA,
        due="19 14:00",
        owner="ben",
        heard="19 10:05",
        stance="neutral",
        channel="email",
    )
    office.now = at("19 11:00")
    ending.withdraw(office.desk("ben"), gone, reason="the story was dropped")


def _weekend(office: Office, refs: dict[str, str]) -> None:
    no = refs["no"] = office.came(
        "20 09:00",
        "Staff salaries",
        LEO,
        due="20 12:00",
        owner="ada",
        heard="20 09:05",
        stance="neutral",
        channel="email",
    )
    office.now = at("20 09:30")
    ending.decline(office.desk("ada"), no, "salaries are private", told=True)
    covering.correction(office.desk("ada"), refs["tower"], "s2", granted=True)
    secret = refs["secret"] = office.came(
        "20 14:00", "Resignation of the chair", MIA, due="23 12:00", owner="ben", heard="20 14:05", stance="hostile",
        privacy="restricted",
    )  # fmt: skip
    office.now = at("20 16:00")
    answering.draft(office.desk("ben"), secret, "No comment.")
    signing.ask_signoff(office.desk("ben"), secret, "cem")
    office.printed(secret, "21 09:00", "s4", "Chair to go, say insiders")
    wing = refs["wing"] = office.came(
        "21 11:00", "The new wing", PRIYA, due="24 12:00", owner="ben", heard="21 11:05", stance="neutral", by="ben"
    )
    answering.promise(office.desk("ben"), wing, "send pictures", at("23 06:00"))
    refs["late"] = office.came("22 23:30", "Old ropes", ZOE, channel="email", deadline_text="when the moon is full")
