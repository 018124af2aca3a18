"""The facts of the press desk: what counts in which period, what is compared, what a mailbox has to do with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commsleads.app import build
from commsleads.desk import covering, ending
from commsleads.facts.desk_values import DeskFigures
from commsleads.rules.periods import parse_period
from commsleads.store.engine import Engine, Session
from tests.ledger import BERLIN, Ledger
from tests.reports.desk_office import PRIYA, RUTH, Office, at, fortnight, office

WEEK = parse_period("2026-W47", BERLIN)


@pytest.fixture
def made(engine: Engine, tmp_path: Path) -> Iterator[Office]:
    with office(engine, tmp_path) as found:
        yield found


def desk(made: Office, label: str = "2026-W47", now: datetime | None = None) -> DeskFigures:
    facts = made.facts(now) if now else made.facts()
    return facts.desk(parse_period(label, facts.zone))


def came(made: Office, *times: str) -> None:
    """Enquiries of these UTC times, logged long after."""
    for number, when in enumerate(times):
        made.now = datetime(2026, 11, 23, 7, tzinfo=UTC)
        made.call(subject=f"Enquiry {number}", received_at=datetime.fromisoformat(when).replace(tzinfo=UTC))


# --- which period --------------------------------------------------------------------------------------------------


def test_a_week_with_a_clock_change(made: Office) -> None:
    """The week in which London's clocks go back has 169 hours, from midnight to midnight on the wall."""
    came(
        made,
        "2026-10-18T22:59",  # Sunday, 23:59 in summer time
        "2026-10-18T23:00",  # Monday, 00:00 in summer time
        "2026-10-25T00:30",  # Sunday, 01:30 for the first time
        "2026-10-25T01:30",  # Sunday, 01:30 for the second
        "2026-10-25T23:59",  # Sunday, 23:59 in winter time
        "2026-10-26T00:00",  # Monday
    )
    assert [bar.count for bar in desk(made, "2026-W43").trend][-2:] == [1, 4]
    assert desk(made, "2026-W43").figures.all.received.n == 4
    assert desk(made, "2026-W44").figures.all.received.n == 1


def test_nothing_that_is_still_to_come_counts(made: Office) -> None:
    """The same log, asked on Wednesday, knows of what had come by Wednesday."""
    fortnight(made)
    found = desk(made, now=at("18 12:00"))
    assert [line.reference for line in found.lines] == [f"2026-00{n:02}" for n in range(9, 2, -1)]
    assert found.figures.all.received.n == 7


def test_what_is_heard_late_of_what_ended_long_ago(made: Office) -> None:
    """A story that comes a year after its enquiry was closed is a story of the week in which it was seen."""
    made.now = datetime(2025, 9, 1, 9, tzinfo=UTC)
    ref = made.call(owner="ben")
    ending.close(made.desk("ada"), ref, reason="nobody called back")
    made.now = at("18 09:00")
    covering.confirm(made.desk("ada"), ref, made.story("s1", "At last"))
    found = desk(made)
    assert (found.figures.coverage.links.n, found.figures.all.received.n) == (1, 0)
    assert [(one.reference, one.title) for one in found.stories] == [(ref, "At last")]


# --- compared with what --------------------------------------------------------------------------------------------


def weeks(made: Office, *counts: int) -> None:
    """So many enquiries in each of the weeks up to week 47."""
    for place, count in enumerate(reversed(counts)):
        monday = datetime(2026, 11, 16, 10, tzinfo=UTC) - timedelta(weeks=place)
        came(made, *((monday + timedelta(hours=number)).isoformat()[:16] for number in range(count)))


def test_compared_with_the_weeks_in_which_there_was_a_log(made: Office) -> None:
    """Previous week, medians and verdict rest on whole weeks of the log; the one in which it began is left out."""
    weeks(made, 1, 4, 5, 4, 6, 5, 20)
    found = desk(made)
    assert [(bar.label[-3:], bar.count, bar.used) for bar in found.trend][2:] == [
        ("W41", 1, False), ("W42", 4, True), ("W43", 5, True), ("W44", 4, True), ("W45", 6, True), ("W46", 5, True),
        ("W47", 20, True),
    ]  # fmt: skip
    assert (found.periods, found.median_4, found.median_8) == (5, 5, 5)
    assert found.before is not None
    assert found.eight is not None
    assert (found.before.all.received.n, found.eight.received.n, found.verdict.word) == (5, 24, "above")
    assert found.figures.journalists.known.share.k == 1


def test_a_young_log_compares_with_nothing(made: Office) -> None:
    """There is no week before, and no verdict, where nobody logged."""
    came(made, "2026-11-17T10:00")
    found = desk(made)
    assert (found.before, found.eight, found.median_8, found.periods) == (None, None, None, 0)
    assert found.verdict.word == "cannot tell"


# --- restricted ----------------------------------------------------------------------------------------------------


def test_a_restricted_enquiry_shows_that_it_is_there(made: Office) -> None:
    """Its reference, its times and its state; not what it is about, who asked, who owns or who signs."""
    refs = fortnight(made)
    found = desk(made)
    (line,) = [one for one in found.lines if one.hidden]
    assert (line.reference, line.subject, line.owner, line.outlet, line.tier) == (
        refs["secret"],
        "restricted",
        "",
        "",
        None,
    )
    assert found.references[line.id] == "restricted"
    assert [(one.reference, one.approver) for one in found.pending] == [(refs["secret"], "")]
    assert [(one.reference, one.title) for one in found.stories if one.hidden] == [("restricted", "")]


def test_figures_name_only_what_can_be_looked_up(made: Office) -> None:
    """Every id in the figures has its reference."""
    fortnight(made)
    found = desk(made)
    for ids in (
        found.figures.all.received.ids,
        found.figures.backlog.open.ids,
        found.figures.sign_off.elapsed.ids,
        found.figures.left_out.duplicate.ids,
    ):
        assert ids
        assert set(ids) <= set(found.references)


# --- touches -------------------------------------------------------------------------------------------------------


def test_touches_are_positive_or_neutral_and_by_somebody(made: Office) -> None:
    """What waits for a name or a stance is said; hostile, withdrawn and redirected ones are none."""
    made.came("17 10:00", "Yes", RUTH, stance="neutral")
    made.came("17 10:00", "Yes again", RUTH, stance="positive", channel="email")
    made.came("17 10:00", "No stance yet", PRIYA)
    made.came("17 10:00", "No name", None, stance="neutral")
    made.came("17 10:00", "Hostile", PRIYA, stance="hostile")
    ending.redirect(made.desk("ada"), made.came("17 10:00", "Redirected", PRIYA, stance="neutral"), "the shop")
    touches = desk(made).touches
    assert (touches.n, touches.not_yet, touches.contacts) == (2, 2, 1)
    assert touches.by_channel == (("email", 1), ("phone", 1))


# --- mailboxes -----------------------------------------------------------------------------------------------------


def test_mailboxes_are_no_eyes_for_coverage(session: Session) -> None:
    """A mailbox that is down all week changes nothing about how well stories were observed, and stands in the gaps."""
    ledger = Ledger(session)
    for name in ("post", "press"):
        ledger.source(name)
        ledger.weekly_polls(name)
    ledger.gap("press", "2026-11-10T00:00")
    blamed, facts = ledger.facts(), ledger.facts(mailboxes=("press",))
    assert (blamed.health(WEEK).observed, facts.health(WEEK).observed) == (0.5, 1.0)
    assert (facts.coverage(WEEK).eyes, facts.coverage(WEEK).alive) == (1, 1)
    assert (facts.health(WEEK).total, facts.health(WEEK).watching) == (2, 1)
    assert [(gap.source, gap.lost) for gap in facts.health(WEEK).gaps] == [("press", True)]
    assert [gap.source for gap in facts.desk(WEEK).gaps] == ["press"]


def test_mail_waits_on_its_server(session: Session) -> None:
    """A mailbox's gap that is over has lost nothing; a feed's has."""
    ledger = Ledger(session)
    for name in ("post", "press"):
        ledger.source(name)
        ledger.gap(name, "2026-11-17T00:00", "2026-11-18T00:00")
    gaps = ledger.facts(mailboxes=("press",)).health(WEEK).gaps
    assert {gap.source: gap.lost for gap in gaps} == {"post": True, "press": False}


def test_a_week_in_which_the_mailbox_was_down_is_not_called_quiet(made: Office) -> None:
    """Fewer enquiries while nobody read the mailbox are not fewer enquiries."""
    weeks(made, 1, 9, 9, 9, 9, 9, 9, 1)
    made.session.execute(
        "INSERT INTO sources (id, kind, name, every_seconds, next_check_at, interval_seconds, state) "
        "VALUES ('press', 'mailbox', 'Press', 60, '', 60, 'failing')"
    )
    assert desk(made).verdict.word == "below"
    made.session.execute("INSERT INTO gaps (source_id, start_at, why) VALUES ('press', '2026-11-16T12:00:00Z', 'down')")
    facts = made.facts(mailboxes=("press",))
    assert facts.desk(parse_period("2026-W47", facts.zone)).verdict.word == "cannot tell"


def test_the_collector_says_that_it_brings_mail(tmp_path: Path) -> None:
    """The program knows mailboxes by what their collector says of itself, and not by its name."""
    file = tmp_path / "config.toml"
    file.write_text(
        '[organisation]\nname = "Museum"\n[[sources]]\nid = "post"\nkind = "feeds"\nurl = "https://post.example/feed"\n'
        '[[sources]]\nid = "press"\nkind = "mailbox"\nurl = "imaps://mail.example"\nuser = "press"\n'
        'password_secret = "press"\n',
        encoding="utf-8",
    )
    assert build(file).mailboxes == ["press"]


def test_an_empty_log_has_figures_all_the_same(session: Session) -> None:
    """Nothing logged is an answer, and no crash; whoever tells it looks at `ever` first."""
    found = Ledger(session).facts().desk(WEEK)
    assert (found.ever, found.begun, found.figures.all.received.n, found.lines) == (0, None, 0, ())
