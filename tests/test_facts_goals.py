"""Goals, credit and evenness as facts, from rows in a database."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from commsleads.app import App
from commsleads.contract import Period
from commsleads.facts import Facts
from commsleads.facts.goal_values import GoalLine
from commsleads.journey import Lead, Move, Offer, Touch
from commsleads.leads.agreeing import ensure
from commsleads.leads.retelling import rebuild
from commsleads.rules.leads.credit import KEYS, MODELS, credit
from commsleads.rules.periods import parse_period
from commsleads.store.engine import Session, stamp
from commsleads.store.leads import told, touches
from tests.office import Clock, office

NOVEMBER = """
[[goals]]
id = "november"
name = "November"
n = 20
of = "{of}"
starts_on = 2026-11-01
ends_on = 2026-11-30
{more}
"""
NOW = datetime(2026, 11, 16, 23, 0, tzinfo=UTC)
"""Midnight after the sixteenth day, in Berlin."""
HOUR = timedelta(hours=1)


def day(number: int, hour: int = 12, month: int = 11) -> datetime:
    return datetime(2026, month, number, hour, tzinfo=UTC)


def lead(name: str, opened: datetime, qualified: datetime | None = None, *, opener: str = "", **more: object) -> Lead:
    reached = (("engaged", opened), *((("story-qualified", qualified),) if qualified else ()))
    moves = tuple(
        Move(number, at, at, "stage", "", stage, "a reason", "touch t", 1)
        for number, (stage, at) in enumerate(reached, start=1)
    )
    return Lead(
        id=name, contacts=(name,), opened=opened, first_at=opened, last_at=opened, opener=opener or f"t-{name}",
        touches=1, qualified_at=qualified, qualified=qualified is not None, reached=reached, moves=moves, terms=1,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def accepted(one: Lead, at: datetime, by: str) -> Lead:
    move = Move(len(one.moves) + 1, at, at, "status", "offered", "accepted", "said so", "act a", 1, by)
    return replace(one, moves=(*one.moves, move), owner=by)


def touch(name: str, contact: str, at: datetime, **more: object) -> Touch:
    return Touch(name, 1, contact, at, at, str(more.pop("kind", "enquiry")), evidence=f"enquiry {name}", **more)  # type: ignore[arg-type]


def people(session: Session, *names: str) -> None:
    """Contacts, for touches to be of somebody."""
    session.many(
        "INSERT INTO contacts (id, name, folded, origin, basis, first_at, last_at, erase_after) "
        "VALUES (?, ?, ?, 'test', 'test', ?, ?, '')",
        [(name, name, name, stamp(day(1, month=1)), stamp(day(1, month=1))) for name in names],
    )


AGREED = day(1, month=1)


class House:
    """A press office with criteria in force from the first of a year on."""

    def __init__(self, folder: Path, more: str = "", *, agreed: datetime = AGREED) -> None:
        self.app: App
        self.clock: Clock
        self.app, self.clock = office(folder, {}, more=more)
        self.clock.now = NOW
        with self.app.engine.session() as session:
            ensure(session, self.app.settings, agreed)

    def keep(self, *leads: Lead, kinds: str = "enquiry") -> None:
        """Write these leads, each with a touch that made it one."""
        with self.app.engine.session() as session, session.atomic():
            people(session, *(one.id for one in leads))
            touches.add(session, [touch(f"t-{one.id}", one.id, one.opened or NOW, kind=kinds) for one in leads])
            told.keep(session, leads, NOW)

    @contextmanager
    def facts(self) -> Iterator[Facts]:
        with self.app.engine.session() as session:
            yield self.app.facts(session)

    def goals(self, label: str = "") -> dict[str, GoalLine]:
        with self.facts() as facts:
            period = parse_period(label, facts.zone) if label else None
            return {one.id: one for one in facts.goals(period)}


def many(n: int, at: datetime, *, qualified: int = 0, name: str = "a") -> list[Lead]:
    """So many leads opened one after the other, of which the first ones qualified an hour later."""
    return [
        lead(f"{name}{number:03}", at + HOUR * number, at + HOUR * (number + 1) if number < qualified else None)
        for number in range(n)
    ]


def test_a_goal_with_its_leads_named(tmp_path: Path) -> None:
    """Behind, with as many as there are, the half expected, and a shortfall whose parts add up."""
    house = House(tmp_path, NOVEMBER.format(of="qualified leads", more="leads = 40"))
    house.keep(lead("early", day(20, month=10), day(3)), *many(12, day(5), qualified=5))
    found = house.goals("2026-W46")["november"]
    assert (found.origin, found.state, found.days, found.day) == ("settings", "running", 30, 17)
    assert (found.reached, found.in_period) == (6, 0)
    assert found.pace.expected == pytest.approx(20 * 16 / 30)
    assert found.by_kind == (("enquiry", 6),)
    assert found.pace.word == "behind"
    why = found.diagnosis
    assert (why.word, why.basis, why.actual) == ("fewer", "goal", 6)
    assert why.difference == sum(part.thousandths for part in why.parts) == -4_667
    assert [part.step for part in why.parts] == ["leads", "qualified", "earlier"]
    assert why.parts[2].thousandths == 1_000
    assert why.sentence.startswith("4.7 fewer qualified leads than the goal expects by now (6 and not 10.7): ")
    assert "commsleads lead list" in found.query


def test_the_course_ends_where_the_goal_stands(tmp_path: Path) -> None:
    """Week by week it only grows, its weeks are seven local days, and its last point is what was reached by now."""
    house = House(tmp_path, NOVEMBER.format(of="qualified leads", more=""))
    house.keep(*many(6, day(2), qualified=4), *many(5, day(12), qualified=3, name="b"))
    for line in house.goals().values():
        counts = [n for _, n in line.course]
        assert counts == sorted(counts), line.id
        assert not line.course or (line.course[-1][0] <= NOW and counts[-1] == line.reached), line.id
        assert all(b - a <= timedelta(days=7) for (a, _), (b, _) in pairwise(line.course))
    assert any(line.course for line in house.goals().values())


def test_against_the_time_before(tmp_path: Path) -> None:
    """A goal that names no leads is held against as many days before it."""
    house = House(tmp_path, NOVEMBER.format(of="qualified leads", more=""))
    house.keep(
        lead("older", day(1, month=9)),
        *many(30, day(18, month=10), qualified=15, name="b"),
        *many(30, day(2), qualified=5, name="c"),
    )
    why = house.goals()["november"].diagnosis
    assert (why.word, why.basis, why.actual, why.expected) == ("fewer", "before", 5, 15.0)
    assert [(part.step, part.thousandths, part.chance) for part in why.parts] == [
        ("leads", 0, True), ("qualified", -10_000, False),
    ]  # fmt: skip
    assert "than in the 16 days before the goal began" in why.sentence


def test_what_came_before_was_not_counted(tmp_path: Path) -> None:
    """Without criteria then, there is nothing to compare with, and no cause is made up."""
    house = House(tmp_path, NOVEMBER.format(of="qualified leads", more=""), agreed=day(31, month=10))
    house.keep(*many(8, day(5), qualified=3))
    found = house.goals()["november"]
    assert found.diagnosis.word == "cannot tell"
    assert found.diagnosis.actual == 3
    assert found.counted_from == day(5)
    assert "The first that is known came on 5 November 2026, after the goal began." in found.sentence


def test_criteria_that_came_late(tmp_path: Path) -> None:
    """A goal is not called missed for days on which nobody could have been counted."""
    house = House(tmp_path, NOVEMBER.format(of="qualified leads", more="leads = 40"), agreed=day(10))
    house.keep(*many(8, day(12), qualified=3))
    found = house.goals()["november"]
    assert found.pace.word == "cannot tell"
    assert "counted only from 2026-11-10 on" in found.sentence
    assert found.diagnosis.word == "cannot tell"


def test_without_criteria_nothing_is_counted(tmp_path: Path) -> None:
    """No criteria: the number of leads is not zero, it is not known."""
    app, _ = office(tmp_path, {}, more=NOVEMBER.format(of="qualified leads", more=""))
    with app.engine.session() as session:
        (found, *_) = [one for one in app.facts(session).goals() if one.id == "november"]
    assert found.reached is None
    assert "no criteria are in force" in found.sentence


def test_each_figure_counts_its_own(tmp_path: Path) -> None:
    """Leads, engaged leads, accepted leads and a stage each have their count and their steps."""
    figures = ("leads", "engaged leads", "accepted leads", "story-qualified", "enquiries", "stories", "no-such-stage")
    text = "".join(
        NOVEMBER.format(of=of, more="").replace('"november"', f'"goal-{number}"') for number, of in enumerate(figures)
    )
    house = House(tmp_path, text)
    found = many(10, day(5), qualified=4)
    found[0], found[1] = accepted(found[0], day(6), "ada"), accepted(found[1], day(6), "ada")
    house.keep(lead("older", day(1, month=9)), *found)
    lines = [house.goals()[f"goal-{number}"] for number in range(len(figures))]
    assert [line.reached for line in lines] == [10, 10, 2, 4, None, 0, None]
    assert [part.step for part in lines[2].diagnosis.parts] == ["leads", "qualified", "accepted"]
    assert [part.step for part in lines[3].diagnosis.parts] == ["leads", "story-qualified"]
    assert lines[0].diagnosis.basis == "goal"
    assert "no enquiry was ever logged" in lines[4].sentence
    assert "no stage" in lines[6].sentence


def test_goals_of_a_campaign_a_source_and_a_team(tmp_path: Path) -> None:
    """A goal counts its own part; of some of our people nobody can say how many leads came to them."""
    desk = (
        '[desk]\nteam = "press"\n'
        '[[desk.officers]]\nid = "ada"\nname = "Ada"\n[[desk.officers]]\nid = "ben"\nname = "Ben"\nteam = "events"\n'
    )
    parts = ('campaign = "new-wing"', 'source = "email"', 'team = "press"', 'owner = "ben"')
    text = desk + "".join(
        NOVEMBER.format(of="qualified leads", more=more).replace('"november"', f'"goal-{number}"')
        for number, more in enumerate(parts)
    )
    house = House(tmp_path, text)
    offer = Offer(1, day(6), "ben", day(7), "story-qualified", 1)
    house.keep(
        lead("one", day(5), day(6), campaign="new-wing"),
        lead("two", day(5), day(6), source="email", owner="ada"),
        lead("three", day(5), day(6), offers=(offer,)),
        lead("four", day(5), day(6)),
    )
    lines = [house.goals()[f"goal-{number}"] for number in range(len(parts))]
    assert [line.reached for line in lines] == [1, 1, 1, 1]
    assert lines[2].diagnosis.word == "cannot tell"
    assert "nobody's before it is handed over" in lines[2].diagnosis.sentence


def test_the_goal_of_a_campaign_stands_among_them(tmp_path: Path) -> None:
    """It is told under an id that no other goal can have; one in words of its own is counted by the card."""
    more = (
        '[[campaigns]]\nid = "spring"\nstarts_on = 2026-11-01\nends_on = 2026-11-30\n'
        'goal = { n = 3, of = "qualified leads" }\n'
        '[[campaigns]]\nid = "summer"\ngoal = { n = 3, of = "bookings" }\n'
    )
    house = House(tmp_path, more)
    house.keep(lead("one", day(5), day(6), campaign="spring"))
    found = house.goals()
    assert (found["campaign:spring"].reached, found["campaign:spring"].origin) == (1, "campaign")
    assert found["campaign:summer"].reached is None
    assert found["campaign:summer"].state == ""
    assert house.goals("2026-W45").keys() == {"campaign:spring", "campaign:summer"}
    assert house.goals("2026-W20").keys() == {"campaign:summer"}


def test_in_the_period(tmp_path: Path) -> None:
    """What came in the week is told apart from what came so far."""
    house = House(tmp_path, NOVEMBER.format(of="qualified leads", more=""))
    house.keep(lead("one", day(3), day(3)), lead("two", day(10), day(11)), lead("three", day(11), day(15)))
    found = house.goals("2026-W46")["november"]
    assert (found.reached, found.in_period) == (3, 2)


# --- credit ----------------------------------------------------------------------------------------------------------


def campaigned(chance: random.Random, n: int) -> tuple[list[Lead], list[Touch]]:
    """Leads with touches of several campaigns, sources and channels, before and after they qualified."""
    leads, log = [], []
    for number in range(n):
        name = f"p{number:03}"
        at = day(2) + HOUR * chance.randrange(24 * 12)
        mine = [
            touch(
                f"{name}-{place}", name, at - HOUR * chance.randrange(-48, 24 * 120),
                campaign=chance.choice(("", "spring", "summer")), source=chance.choice(("not known", "email")),
                channel=chance.choice(("", "mail", "phone")), counts=chance.random() < 0.9,
                kind=chance.choice(("enquiry", "reply", "known")),
            )
            for place in range(chance.randrange(1, 8))
        ]  # fmt: skip
        log += mine
        said = chance.choice(("", "Radio", "radio "))
        leads.append(lead(name, at, at, opener=chance.choice(mine).id, self_reported=said))
    leads[-1] = replace(leads[-1], self_reported="from Ruth Calder")
    return leads, log


@pytest.mark.parametrize("key", KEYS)
def test_credit_is_that_of_the_rule(tmp_path: Path, key: str) -> None:
    """The table is the sum of what the rule gives each lead, adds up, and always shows what nobody can attribute."""
    house = House(tmp_path)
    leads, log = campaigned(random.Random(7), 60)
    with house.app.engine.session() as session, session.atomic():
        people(session, *(one.id for one in leads))
        touches.add(session, log)
        told.keep(session, leads, NOW)
    with house.facts() as facts:
        period = parse_period("2026-11", facts.zone)
        table = facts.credit(period, key)
    assert table.leads == 60
    for place, model in enumerate(MODELS):
        assert sum(row.credits[place] for row in table.rows) == 60_000
        for row in table.rows:
            expected = sum(
                credit(model, [t for t in log if t.contact == one.id], one.opener, one.qualified_at or NOW, key).get(
                    row.name, 0
                )
                for one in leads
            )
            assert row.credits[place] == expected
    assert table.rows[-1].name == ""
    assert sum(n for _, n in table.self_reported) == 59
    assert table.alone == 1  # what one of them alone said may tell who it is
    assert {words for words, _ in table.self_reported} == {"", "radio"}


def test_credit_of_joined_contacts_and_replaced_touches(tmp_path: Path) -> None:
    """The touches of all contacts of a lead have credit, each as it is known now."""
    house = House(tmp_path)
    one = replace(lead("one", day(5), day(6), opener="a"), contacts=("one", "other"))
    first = touch("b", "other", day(4), campaign="summer")
    log = [touch("a", "one", day(5), campaign="spring"), first, first._replace(version=2, campaign="autumn")]
    with house.app.engine.session() as session, session.atomic():
        people(session, "one", "other")
        touches.add(session, log)
        told.keep(session, [one], NOW)
    with house.facts() as facts:
        table = facts.credit(parse_period("2026-11", facts.zone))
    linear = table.models.index("linear")
    assert {row.name: row.credits[linear] for row in table.rows} == {"autumn": 500, "spring": 500, "": 0}


def test_credit_of_nothing(tmp_path: Path) -> None:
    """A month without a qualified lead has a table, with the row that is always there; another key is refused."""
    house = House(tmp_path)
    with house.facts() as facts:
        period = parse_period("2026-11", facts.zone)
        table = facts.credit(period)
        assert (table.leads, [row.name for row in table.rows]) == (0, [""])
        with pytest.raises(ValueError, match="no key of credit"):
            facts.credit(period, "weather")


# --- evenness --------------------------------------------------------------------------------------------------------


def test_acceptance_by_owner_and_campaign(tmp_path: Path) -> None:
    """Ada takes nine of ten, Ben takes two of ten: that is not chance; of campaigns there is one."""
    house = House(tmp_path)
    found = []
    for who, took in (("ada", 18), ("ben", 4)):
        for number in range(20):
            answer = "accepted" if number < took else "rejected" if number % 2 else "lapsed"
            offer = Offer(1, day(6), who, day(7), "story-qualified", 1, answer=answer, answered=day(7))
            found.append(lead(f"{who}{number:02}", day(5), day(6), offers=(offer,), campaign="new-wing"))
    still = Offer(1, day(6), "ada", day(7), "story-qualified", 1)
    found.append(lead("open", day(5), day(6), offers=(still,)))
    house.keep(*found)
    with house.facts() as facts:
        told_of = facts.evenness(Period(day(1), day(30), "2026-11"))
    assert told_of.owners.word == "uneven"
    assert {name: (share.k, share.n) for name, share in told_of.owners.groups} == {"ada": (18, 20), "ben": (4, 20)}
    assert told_of.campaigns.word == "cannot tell"
    assert {name: (share.k, share.n) for name, share in told_of.qualified.groups} == {"new-wing": (40, 40), "": (1, 1)}


# --- from touches to goals -------------------------------------------------------------------------------------------

ASKED = "ask deadline outlet outlet-domain own tier-1 works"


def test_leads_that_were_told_from_their_touches(tmp_path: Path) -> None:
    """Touches become leads by the criteria that come with the program; the goal, the credit and the split follow."""
    house = House(tmp_path, NOVEMBER.format(of="qualified leads", more="leads = 30"))
    log = []
    for number in range(9):
        at = day(3) + timedelta(days=number)
        who = f"asker{number}"
        kind = "form" if number == 4 else "enquiry"
        log.append(touch(f"{who}-1", who, at, kind=kind, marks=ASKED if number < 5 else "own works", campaign="spring"))
        log.append(touch(f"{who}-0", who, at - HOUR, kind="click", marks="works", campaign="new-wing"))
    with house.app.engine.session() as session, session.atomic():
        people(session, *(f"asker{number}" for number in range(9)))
        touches.keep(session, log)
        rebuild(session, ensure(session, house.app.settings, NOW), NOW)
    found = house.goals("2026-W45")["november"]
    assert (found.reached, found.in_period) == (5, 5)
    assert found.by_kind == (("enquiry", 4), ("form", 1))
    assert [(part.step, part.actual) for part in found.diagnosis.parts] == [("leads", 9.0), ("qualified", 5 / 9)]
    assert found.diagnosis.difference == sum(part.thousandths for part in found.diagnosis.parts)
    with house.facts() as facts:
        table = facts.credit(parse_period("2026-11", facts.zone))
    assert {row.name: row.credits for row in table.rows} == {
        "spring": (0, 5000, 2500, 2500, 3335, 2505),
        "new-wing": (5000, 0, 2500, 2500, 1665, 2495),
        "": (0,) * 6,
    }


def test_the_card_and_the_goals_judge_alike(tmp_path: Path) -> None:
    """A campaign of which half was not counted is behind on neither: one digest would contradict itself."""
    more = (
        '[[campaigns]]\nid = "spring"\nstarts_on = 2026-11-01\nends_on = 2026-11-30\n'
        'goal = { n = 30, of = "qualified leads" }\n'
    )
    house = House(tmp_path, more, agreed=day(9))
    house.keep(lead("one", day(10), day(11), campaign="spring"))
    goal = house.goals()["campaign:spring"].pace
    with house.facts() as facts:
        card = facts.card("spring")
    assert card is not None
    assert card.pace == goal
    assert (goal.word, goal.low) == ("cannot tell", None)
    assert "counted only from 2026-11-09 on" in goal.why
