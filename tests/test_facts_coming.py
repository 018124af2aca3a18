"""What is to come: the calendar, and what follows from campaigns, goals, enquiries and leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from commsleads.contract import Period
from commsleads.enquiries import DeskPlan, Officer
from commsleads.facts.coming_values import KINDS, Coming
from commsleads.facts.recorded import Recorded, Replayed, recorded
from commsleads.plan import ENTRIES, CalendarEntry, GoalPlan
from commsleads.rules.periods import parse_period
from commsleads.store import open_engine
from commsleads.store.engine import Session, stamp
from tests.campaign_rows import Drive
from tests.ledger import BERLIN, NOW, WING, at

WEEK = parse_period("2026-W47", BERLIN)
"""16 to 22 November; what is told is the week from the 23rd to the 29th."""
DESK = DeskPlan(officers=(Officer(id="ada", name="Ada Quill"), Officer(id="ben")))


def entry(day: int, what: str = "The report is free", **more: Any) -> CalendarEntry:
    return CalendarEntry(on=date(2026, 11, day), what=what, **more)


def enquiry(drive: Drive, number: int, **given: Any) -> None:
    """A row of the log."""
    drive.row(
        "enquiries",
        **{
            "id": f"{number:016x}",
            "reference": f"2026-{number:04}",
            "year": 2026,
            "number": number,
            "received_at": stamp(NOW - timedelta(days=1)),
            "logged_at": stamp(NOW - timedelta(days=1)),
            "received_by": "ada",
            "channel": "phone",
            "out_of_hours": 0,
            "subject": f"Question {number}",
            "state": "new",
            "owner": "ada",
            "outlet": "The Harbour Post",
        }
        | given,
    )


def lead(drive: Drive, name: str, **given: Any) -> None:
    """A row of the ledger of leads."""
    for table in ("contacts", "leads"):
        columns = {row[1]: row for row in drive.session.tuples(f"PRAGMA table_info({table})")}
        known = {key: value for key, value in given.items() if key in columns}
        needed = {
            key: 0 if "INT" in row[2] else ""
            for key, row in columns.items()
            if row[3] and row[4] is None and key not in known
        }
        drive.row(table, **needed | known | {"id": name})


@pytest.fixture
def drive(session: Session) -> Drive:
    made = Drive(session)
    made.source("post")
    return made


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A database with nothing in it, for many questions."""
    engine = open_engine(str(tmp_path_factory.mktemp("coming") / "commsleads.db"))
    engine.migrate()
    with engine.session() as opened:
        yield opened


def told(drive: Drive, period: Period = WEEK, **changes: Any) -> tuple[Coming, ...]:
    return drive.facts(campaigns=changes.pop("campaigns", ()), plan=DESK, **changes).coming(period)


def test_entries_of_the_week_after_and_no_others(drive: Drive) -> None:
    """Sunday belongs to the week that is over and Monday in a week to the one after next."""
    diary = [entry(day, f"day {day}") for day in (30, 22, 29, 23)]
    assert [one.what for one in told(drive, diary=diary)] == ["day 23", "day 29"]


def test_an_entry_has_its_hour_its_campaign_and_who_sees_to_it(drive: Drive) -> None:
    """An officer is told by name, and so is the campaign; the hour is that of the organisation."""
    diary = [entry(24, kind="embargo", at="06:00", campaign="new-wing", who="ada")]
    (one,) = told(drive, diary=diary, campaigns=(replace(WING, starts_on=None, ends_on=None, goal=None),))
    assert (one.kind, one.who, one.campaign, one.on) == ("embargo", "Ada Quill", "The new wing", date(2026, 11, 24))
    assert one.at == at("2026-11-24T06:00")
    assert one.command == "commsleads campaign show new-wing"


def test_who_is_no_officer_and_a_campaign_that_is_not_there_are_told_as_they_stand(drive: Drive) -> None:
    """A name is a name; an id of nothing is not lost."""
    (one,) = told(drive, diary=[entry(24, campaign="gone", who="The chief executive")])
    assert (one.who, one.campaign) == ("The chief executive", "gone")


def test_campaigns_and_goals_by_their_days(drive: Drive) -> None:
    """A campaign that starts, one that ends, its goal, and a goal of the settings."""
    running = replace(WING, id="old", name="Old", starts_on=date(2026, 9, 1), ends_on=date(2026, 11, 25), goal=None)
    next_one = replace(WING, starts_on=date(2026, 11, 24), owner="ben")
    goal = GoalPlan(
        id="q4", n=30, name="Quarter", team="press", starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 29)
    )
    found = told(drive, campaigns=(running, next_one), goals=(goal,))
    assert [(one.kind, one.reference, one.who) for one in found] == [
        ("campaign starts", "new-wing", "ben"),
        ("campaign ends", "old", ""),
        ("goal due", "q4", "press"),
    ]
    assert found[-1].what == "30 qualified leads (Quarter)"
    assert found[-1].command == "commsleads goal show q4"


def test_deadlines_embargoes_and_promises_of_the_desk(drive: Drive) -> None:
    """What a journalist waits for; what is answered or ended is not told, a restricted one by its reference."""
    soon = stamp(at("2026-11-25T17:00"))
    enquiry(drive, 1, deadline_at=soon)
    enquiry(drive, 2, deadline_at=soon, responded_at=stamp(NOW))
    enquiry(drive, 3, deadline_at=soon, ended_at=stamp(NOW))
    enquiry(drive, 4, deadline_at=stamp(at("2026-11-24T09:00")), privacy="restricted", subject="A secret")
    enquiry(drive, 5, embargo_until=stamp(at("2026-11-27T06:00")), responded_at=stamp(NOW))
    drive.row(
        "promises", enquiry_id=f"{1:016x}", number=1, what="Call back with a date", made_at=stamp(NOW),
        due_at=stamp(at("2026-11-24T12:00")), by="ben",
    )  # fmt: skip
    found = told(drive)
    assert [(one.kind, one.reference, one.what, one.who) for one in found] == [
        ("deadline", "2026-0004", "", ""),
        ("call back", "2026-0001", "Call back with a date", "ben"),
        ("deadline", "2026-0001", "Question 1 (The Harbour Post)", "Ada Quill"),
        ("embargo", "2026-0005", "Question 5 (The Harbour Post)", "Ada Quill"),
    ]
    assert found[0].hidden
    assert "secret" not in str(found)


def test_leads_that_wake(drive: Drive) -> None:
    """A lead that sleeps comes back on its day, to its owner."""
    lead(drive, "lead-1", status="recycled", wakes_at=stamp(at("2026-11-26T09:00")), owner="ada")
    lead(drive, "lead-2", status="recycled", wakes_at=stamp(at("2026-12-26T09:00")), owner="ada")
    (one,) = told(drive)
    assert (one.kind, one.reference, one.who, one.what) == ("lead wakes", "lead-1", "Ada Quill", "")
    assert one.command == "commsleads lead show lead-1"


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [("2026-11-22", 23, 23), ("2026-W47", 23, 29), ("2026-10", 1, 30)],
)
def test_it_looks_ahead_as_far_as_the_period_is_long(drive: Drive, label: str, first: int, last: int) -> None:
    """The digest of a day tells the next day, that of a month the next month."""
    diary = [entry(day, f"{day}") for day in range(1, 31)]
    found = told(drive, parse_period(label, BERLIN), diary=diary)
    assert [one.what for one in found] == [f"{day}" for day in range(first, last + 1)]


def test_the_end_of_the_calendar_is_no_crash(drive: Drive) -> None:
    """After the last week there is none."""
    last = Period(datetime(9999, 12, 20, tzinfo=BERLIN), datetime(9999, 12, 31, 12, tzinfo=BERLIN), "9999-W51")
    assert told(drive, last, diary=[entry(24)]) in ((), told(drive, last))


@given(
    diary=some.lists(
        some.builds(
            CalendarEntry,
            on=some.dates(date(2026, 11, 20), date(2026, 12, 2)),
            what=some.text(min_size=1, max_size=20),
            kind=some.sampled_from(ENTRIES),
            at=some.sampled_from(["", "00:00", "06:30", "23:59"]),
        ),
        max_size=12,
    )
)
def test_every_entry_of_the_week_is_told_once_and_in_order(empty: Session, diary: list[CalendarEntry]) -> None:
    """By day; what has no hour first; nothing is lost and nothing comes from another week."""
    found = Drive(empty).facts(campaigns=(), diary=diary).coming(WEEK)
    within = [one for one in diary if date(2026, 11, 23) <= one.on <= date(2026, 11, 29)]
    assert sorted(one.what for one in found) == sorted(one.what for one in within)
    keys = [(one.on, one.at is not None, one.at or one.on.isoformat()) for one in found]
    assert [key[:2] for key in keys] == sorted(key[:2] for key in keys)
    assert {one.kind for one in found} <= set(KINDS)


def test_it_can_be_kept_and_told_again(drive: Drive) -> None:
    """What a digest was told of the days to come is the same when the digest is made again."""
    facts = Recorded(drive.facts(diary=[entry(24, at="06:00")]), WEEK)
    then = facts.coming(WEEK)
    assert Replayed(recorded(facts)).coming(WEEK) == then
