"""Logs to tell leads from: short criteria, rows by the day, and every log that hypothesis can think of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from commsleads.criteria import Assignment, Band, Criteria, Handoff, Rule, Sort, Stage
from commsleads.enquiries import Hours, Officer
from commsleads.journey import Act, Lead, Merge, Move, Touch
from commsleads.rules.leads import told
from commsleads.rules.leads.terms import Ground, Terms

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
"""Nine in the morning in London, where the office is."""
BEFORE = MONDAY - timedelta(days=365)
ASKS = "ask outlet own tier-2"
"""The marks of a touch that qualifies."""

GROUND = Ground(
    zone=ZoneInfo("Europe/London"),
    hours=tuple(Hours(weekday, time(9), time(17)) for weekday in range(5)),
    officers=(
        Officer(id="ruth", team="news"),
        Officer(id="tom", team="news", role="lead"),
        Officer(id="ann", team="health"),
    ),
)
CRITERIA = Criteria(
    version="1",
    half_life=timedelta(days=30),
    engagement=(
        Rule(id="asked", says="asked us something", points=30, touch=("enquiry", "form"), cap=60),
        Rule(id="answered", says="answered us", points=15, touch=("reply",), cap=30),
        Rule(id="clicked", says="clicked", points=3, touch=("click",), cap=9, half_life=timedelta(days=10)),
        Rule(id="hostile", says="asked in hostility", points=-20, having=("hostile",), cap=-40),
        Rule(
            id="objected", says="asked not to be written to", points=-100, having=("objected",), cap=-100,
            half_life=timedelta(0),
        ),
    ),
    fit=(
        Rule(id="national", says="works for a national outlet", points=40, having=("tier-1",)),
        Rule(id="outlet", says="works for an outlet we know", points=10, having=("outlet",)),
        Rule(id="listed", says="is among those we aimed at", points=10, having=("listed",)),
        Rule(id="throwaway", says="writes from a throwaway address", points=-40, having=("throwaway",)),
        Rule(id="referred", says="was referred to us", points=5, source=("personal referral",)),
    ),
    engagement_bands=(Band(name="cool", least=5, margin=2), Band(name="warm", least=20, margin=5)),
    fit_bands=(Band(name="C", least=10), Band(name="B", least=30, margin=5)),
    stages=(
        Stage(id="engaged", says="acted on something of ours", when=Sort(having=("own",)), qualified=False),
        Stage(
            id="material", says="used our material, then came to us", fit="C", when=Sort(having=("own",)),
            after=Sort(having=("material",)), apart=timedelta(days=1), qualified=False,
        ),
        Stage(
            id="story", says="asks for something, for an outlet we know", fit="C", engagement="warm",
            when=Sort(having=("ask", "outlet"), without=("hostile",)),
        ),
        Stage(id="service", says="asks for more", fit="C", engagement="warm", when=Sort(having=("ask", "more"))),
    ),
    handoff=Handoff(
        answer_within=timedelta(hours=8), to="ruth", escalate_to="tom", fades=timedelta(days=60),
        assign=(Assignment(to="health", campaign=("flu",)), Assignment(to="ann", having=("tier-1",))),
    ),
)  # fmt: skip
STRICTER = replace(
    CRITERIA,
    version="2",
    stages=(CRITERIA.stages[0], replace(CRITERIA.stages[2], fit="B"), CRITERIA.stages[3]),
)
OPEN = replace(
    CRITERIA,
    version="3",
    reading="US",
    handoff=replace(CRITERIA.handoff, escalate_to="", answer_within=timedelta(hours=200)),
)
FLAT = replace(CRITERIA, version="4", half_life=timedelta(0), stages=CRITERIA.stages[:1])


def day(days: float, hours: float = 0) -> datetime:
    """So many days after the Monday."""
    return MONDAY + timedelta(days=days, hours=hours)


def terms(number: int = 1, at: datetime = BEFORE, criteria: Criteria = CRITERIA, **changed: Any) -> Terms:
    """Terms in force from before anything happened, if nothing else is said."""
    return Terms(number=number, revision=1, at=at, by="ruth", criteria=criteria, ground=replace(GROUND, **changed))


def touch(name: str, at: datetime, marks: str = "own", kind: str = "enquiry", **more: Any) -> Touch:
    """A touch of the contact "ada", known at once if nothing else is said."""
    given = {"version": 1, "contact": "ada", "learned": at, "source": "email", **more}
    return Touch(id=name, at=at, kind=kind, marks=marks, **given)


def act(verb: str, at: datetime, by: str = "ruth", **more: Any) -> Act:
    """What one of us did."""
    return Act(id=f"{verb}-{at:%m%d%H%M}", lead="ada", number=1, at=at, by=by, verb=verb, **more)


def lead(*rows: Touch | Act | Terms, now: datetime | None = None) -> Lead:
    """The lead "ada", under the usual terms where no others are given; as of the last row, if nothing else is said."""
    given = [row for row in rows if isinstance(row, Terms)]
    moments = [row.learned if isinstance(row, Touch) else row.at for row in rows]
    return told(
        ("ada",),
        [row for row in rows if isinstance(row, Touch)],
        [row for row in rows if isinstance(row, Act)],
        given or [terms()],
        now or max(moments),
    )


def stages(told: Lead) -> list[tuple[str, datetime]]:
    """To which stages it moved, and when."""
    return [(move.to, move.at) for move in told.moves if move.what == "stage"]


def statuses(told: Lead) -> list[tuple[str, datetime]]:
    """To which statuses it moved, and when."""
    return [(move.to, move.at) for move in told.moves if move.what == "status"]


def last(told: Lead, what: str) -> Move:
    """The last move of a sort."""
    return [move for move in told.moves if move.what == what][-1]


class Rows(NamedTuple):
    """A whole log."""

    touches: tuple[Touch, ...]
    acts: tuple[Act, ...]
    terms: tuple[Terms, ...]

    def told(self, now: datetime, contacts: tuple[str, ...] = ("ada", "ben", "cy")) -> Lead:
        """The lead that follows."""
        return told(contacts, self.touches, self.acts, self.terms, now)

    @property
    def moments(self) -> list[datetime]:
        """When something was known."""
        known = {one.learned for one in self.touches} | {one.at for one in self.acts} | {one.at for one in self.terms}
        return sorted(known)


hours = st.integers(0, 24 * 150).map(lambda number: MONDAY + timedelta(hours=number))
some_marks = st.sampled_from((
    ASKS, ASKS, "ask more outlet own", "own", "own material", "material", "ask outlet own tier-1", "hostile own",
    "listed", "objected", "throwaway", "outlet", "",
))  # fmt: skip
kinds = st.sampled_from(("enquiry", "enquiry", "reply", "form", "click", "phone", "known"))
names = st.sampled_from(("ruth", "tom", "ann", "news", "nobody", ""))


@st.composite
def versions(draw: st.DrawFn, number: int) -> list[Touch]:
    """A touch with its versions."""
    at = draw(hours)
    learned = at + timedelta(hours=draw(st.sampled_from((0, 0, 0, 1, 30, 900, -5))))
    contact = draw(st.sampled_from(("ada", "ada", "ben", "cy")))
    found = []
    for version in range(1, draw(st.sampled_from((1, 1, 1, 1, 2, 3))) + 1):
        found.append(
            touch(
                f"t{number:02}", at, draw(some_marks), draw(kinds), version=version, contact=contact, learned=learned,
                source=draw(st.sampled_from(("email", "personal referral"))),
                campaign=draw(st.sampled_from(("", "flu"))), counts=draw(st.sampled_from((True, True, True, False))),
            )
        )  # fmt: skip
        learned += timedelta(hours=draw(st.integers(0, 400)))
        if draw(st.integers(0, 5)) == 0:
            at = draw(hours)
    return found


@st.composite
def acts(draw: st.DrawFn, number: int) -> Act:
    """An act, with or without sense."""
    at = draw(hours)
    verb = draw(st.sampled_from(("accept", "reject", "recycle", "assign", "close", "reopen", "stage", "note")))
    to = draw(st.sampled_from(("engaged", "material", "story", "service", "gone")) if verb == "stage" else names)
    until = at + timedelta(hours=draw(st.integers(-5, 900))) if verb == "recycle" and draw(st.booleans()) else None
    return Act(f"a{number:02}", "ada", number, at, draw(names), verb, to, "too late", "words", until)


@st.composite
def logs(draw: st.DrawFn, most: int = 8, least_terms: int = 0) -> Rows:
    """Any log."""
    touches = [one for number in range(draw(st.integers(0, most))) for one in draw(versions(number))]
    done = [draw(acts(number)) for number in range(draw(st.integers(0, 6)))]
    switched = []
    at = BEFORE if draw(st.integers(0, 3)) else draw(hours)
    for number in range(1, draw(st.integers(least_terms, 3)) + 1):
        criteria = draw(st.sampled_from((CRITERIA, CRITERIA, STRICTER, OPEN, FLAT)))
        switched.append(terms(number, at, criteria, hours=draw(st.sampled_from((GROUND.hours, ())))))
        at = max(at, MONDAY) + timedelta(hours=draw(st.integers(0, 1500)))
    return Rows(tuple(touches), tuple(done), tuple(switched))


@st.composite
def merges(draw: st.DrawFn) -> list[Merge]:
    """Merges of five contacts, some undone."""
    people = st.sampled_from(("ada", "ben", "cy", "dot", "eve"))
    found = []
    for number in range(draw(st.integers(0, 6))):
        at = draw(hours)
        undone = at + timedelta(hours=draw(st.integers(0, 300))) if draw(st.booleans()) else None
        found.append(Merge(f"m{number}", draw(people), draw(people), at, "ruth", "the same address", undone))
    return found
