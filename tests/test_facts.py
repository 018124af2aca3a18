"""The figures of a period, out of real tables filled by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from commsleads.plan import Campaign, TargetGroup, Watch
from commsleads.rules.periods import parse_period
from commsleads.store import history
from commsleads.store import sources as timetable
from commsleads.store.engine import Session, micros, stamp
from tests.ledger import BERLIN, NOW, WATCHES, WING, Ledger, at

WEEK = parse_period("2026-W47", BERLIN)


@pytest.fixture
def ledger(session: Session) -> Ledger:
    made = Ledger(session)
    made.source("post")
    made.weekly_polls()
    return made


def steady(ledger: Ledger, *counts: int) -> None:
    """Eight weeks before week 47 with these counts."""
    for label, count in zip(range(39, 47), counts or (5, 8, 6, 7, 8, 9, 6, 7), strict=True):
        ledger.week(label, count)


# --- the headline --------------------------------------------------------------------------------------------------


def test_stories_are_counted_and_not_copies(ledger: Ledger) -> None:
    """One text that nine outlets printed is one story with eight pickups."""
    first = ledger.signal("2026-11-17T08:00")
    for _ in range(8):
        ledger.signal("2026-11-18T08:00", copy_of=first)
    ledger.signal("2026-11-19T08:00")
    facts = ledger.facts()
    assert facts.coverage(WEEK).figure.value == 2
    assert [story.pickups for story in facts.stories(WEEK)] == [8, 0]


def test_the_arrival_decides_the_week(ledger: Ledger) -> None:
    """What was first seen on Sunday night belongs to the week, what came on Monday does not, whatever it is dated."""
    ledger.signal("2026-11-22T23:59", published_at=stamp(at("2026-11-24T08:00")))
    ledger.signal("2026-11-23T00:00", published_at=stamp(at("2026-11-20T08:00")))
    assert ledger.facts().coverage(WEEK).figure.rows == ("s0001",)


def test_nothing_beyond_the_cut_off_counts(ledger: Ledger) -> None:
    """The same cut-off gives the same figures, whatever came in later."""
    first = ledger.signal("2026-11-17T08:00")
    ledger.signal("2026-11-20T08:00", copy_of=first)
    ledger.signal("2026-11-21T08:00")
    facts = ledger.facts(cutoff=micros(at("2026-11-19T00:00")))
    assert facts.coverage(WEEK).figure.value == 1
    assert facts.stories(WEEK)[0].pickups == 0


def test_a_story_of_last_week_is_not_told_again(ledger: Ledger) -> None:
    """A copy that comes on Tuesday belongs to the story that began on Sunday."""
    first = ledger.signal("2026-11-15T20:00")
    ledger.signal("2026-11-17T08:00", copy_of=first)
    facts = ledger.facts()
    assert facts.coverage(WEEK).figure.value == 0
    assert facts.coverage(WEEK).figure.previous == 1
    assert facts.stories(WEEK) == []


def test_figure_has_what_is_needed_to_judge_it(ledger: Ledger) -> None:
    """Previous value, medians, interval, number of weeks, rows and the command that lists them."""
    steady(ledger)
    rows = ledger.week(47, 12)
    figure = ledger.facts().coverage(WEEK).figure
    assert (figure.value, figure.previous, figure.median_4, figure.median_8, figure.n) == (12, 7, 7.5, 7, 8)
    assert (figure.low, figure.high) == (2, 13)
    assert figure.rows == tuple(rows)
    assert figure.query == "commsleads stories --watch museum --since 2026-11-16 --until 2026-11-23 --limit 0"


def test_a_rise_is_told_and_an_ordinary_week_is_not(ledger: Ledger) -> None:
    """Twelve stories after weeks of seven are nothing special; twenty are a rise."""
    steady(ledger)
    ledger.week(47, 12)
    assert ledger.facts().coverage(WEEK).verdict.word == "nothing outside baseline"
    ledger.week(47, 8)
    assert ledger.facts().coverage(WEEK).verdict.word == "above"


def test_roles_decide_what_is_about_us(ledger: Ledger) -> None:
    """The headline counts brand, product and spokesperson; competitors and topics are counted beside it."""
    ledger.week(47, 3)
    ledger.week(47, 4, "rival")
    coverage = ledger.facts().coverage(WEEK)
    assert (coverage.ours, coverage.figure.value, coverage.everything.value) == (True, 3, 7)


def test_without_roles_every_watch_counts(ledger: Ledger) -> None:
    """Somebody who only wrote down topics sees them counted."""
    ledger.week(47, 3, "docks")
    coverage = ledger.facts(watches=(Watch(id="docks", any=("docks",)),)).coverage(WEEK)
    assert (coverage.ours, coverage.figure.value) == (False, 3)


def test_an_empty_database_answers_everything(session: Session) -> None:
    """Nothing set up, nothing seen: every question has an answer, and none is a crash."""
    facts = Ledger(session).facts(watches=(), outlets=(), campaigns=())
    coverage = facts.coverage(WEEK)
    assert coverage.figure.value == 0
    assert coverage.verdict.word == "cannot tell"
    assert (facts.stories(WEEK), facts.watch_lines(WEEK), facts.voices(WEEK), facts.answers(WEEK)) == ([], [], [], [])
    assert (facts.health(WEEK).total, facts.changes(WEEK)) == (0, [])
    assert [need.what for need in facts.needs()] == ["No source is set up"]


# --- what was not observed -----------------------------------------------------------------------------------------


def test_weeks_in_which_nobody_looked_are_no_zeros(session: Session) -> None:
    """Three weeks without a poll and without a signal are left out of the baseline and drawn as missing."""
    ledger = Ledger(session)
    ledger.source("post", since=at("2026-09-01T00:00"))
    for label in (39, 40, 44, 45, 46):
        ledger.week(label, 7)
    ledger.week(47, 7)
    coverage = ledger.facts().coverage(WEEK)
    assert coverage.verdict.baseline is not None
    assert coverage.verdict.baseline.left_out == ("2026-W41", "2026-W42", "2026-W43")
    assert coverage.figure.median_8 == 7
    assert [bar.observed for bar in coverage.trend] == [1, 1, 0, 0, 0, 1, 1, 1, 1]


def test_before_the_first_poll_nobody_looked(session: Session) -> None:
    """A newcomer's second week has nothing to be compared with, and says so."""
    ledger = Ledger(session)
    ledger.source("post", since=at("2026-11-11T00:00"))
    ledger.week(46, 4)
    ledger.week(47, 9)
    coverage = ledger.facts().coverage(WEEK)
    assert coverage.verdict.why == "none of the 8 weeks before was fully observed and 4 are needed"
    assert coverage.figure.previous == 4
    assert coverage.figure.median_8 is None


def test_a_broken_source_is_left_out_on_both_sides(ledger: Ledger) -> None:
    """One feed of six broke: the verdict compares what the other five saw now and then, and says that."""
    for name in ("a", "b", "c", "d"):
        ledger.source(name)
    ledger.source("broken")
    steady(ledger, 10, 11, 9, 10, 10, 9, 11, 10)
    for label in range(39, 47):
        ledger.week(label, 6, source_id="broken")
    ledger.week(47, 10)
    ledger.gap("broken", "2026-11-15T00:00")
    coverage = ledger.facts().coverage(WEEK)
    assert (coverage.eyes, coverage.alive) == (5, 6)
    assert coverage.verdict.word == "nothing outside baseline"
    assert coverage.verdict.baseline is not None
    assert coverage.verdict.baseline.expected == 10
    assert coverage.figure.previous == 16


def test_an_outage_of_everything_cannot_be_compared(ledger: Ledger) -> None:
    """Three days without any feed leave a low week unjudged, and name the share that is missing."""
    steady(ledger)
    ledger.week(47, 1)
    ledger.gap("post", "2026-11-17T00:00", "2026-11-20T00:00")
    verdict = ledger.facts().coverage(WEEK).verdict
    assert (verdict.word, verdict.why) == ("cannot tell", "43% of this week was not observed")


def test_a_gap_that_lost_nothing_is_no_hole(ledger: Ledger) -> None:
    """A feed that still held everything after its outage was observed, only later."""
    steady(ledger)
    ledger.week(47, 7)
    timetable.open_gap(ledger.session, "post", stamp(at("2026-11-17T00:00")), "The server said 503.")
    timetable.close_gap(ledger.session, "post", stamp(at("2026-11-20T00:00")), timetable.STILL_HELD)
    facts = ledger.facts()
    assert facts.coverage(WEEK).verdict.word == "nothing outside baseline"
    assert [gap.lost for gap in facts.health(WEEK).gaps] == [False]
    assert facts.health(WEEK).observed == 1


def test_a_gap_that_outlasts_the_week_is_a_hole_in_it(ledger: Ledger) -> None:
    """What came to light on Monday was not seen in the week, even if it was not lost."""
    steady(ledger)
    timetable.open_gap(ledger.session, "post", stamp(at("2026-11-20T00:00")), "The server said 503.")
    timetable.close_gap(ledger.session, "post", stamp(at("2026-11-23T05:00")), timetable.STILL_HELD)
    assert ledger.facts().coverage(WEEK).verdict.word == "cannot tell"


def test_a_week_that_is_not_over_is_not_judged(ledger: Ledger) -> None:
    """On Thursday a low count says nothing yet."""
    steady(ledger)
    ledger.week(47, 1)
    verdict = ledger.facts(now=at("2026-11-19T10:00")).coverage(WEEK).verdict
    assert (verdict.word, verdict.why) == ("cannot tell", "the week is not over")


def test_older_pieces_are_counted_and_not_compared(ledger: Ledger) -> None:
    """A new source brings its past along: named, but no rise."""
    steady(ledger)
    ledger.week(47, 7)
    ledger.week(47, 30, published_at="2025-01-01T00:00:00Z")
    coverage = ledger.facts().coverage(WEEK)
    assert (coverage.figure.value, coverage.older, coverage.verdict.count) == (37, 30, 7)
    assert coverage.verdict.word == "nothing outside baseline"
    assert not ledger.facts().stories(WEEK)[0].older


def test_a_source_that_left_the_settings_is_not_missed(ledger: Ledger) -> None:
    """It is no collector any more, and its last weeks do not count as holes."""
    ledger.source("gone", state="paused", paused_why=timetable.REMOVED, last_polled_at=stamp(at("2026-10-30T00:00")))
    steady(ledger)
    ledger.week(47, 7)
    facts = ledger.facts()
    assert facts.health(WEEK).total == 1
    assert facts.coverage(WEEK).verdict.word == "nothing outside baseline"


# --- stories, watches, voices --------------------------------------------------------------------------------------


def test_a_story_says_who_carried_it_and_why_it_is_here(ledger: Ledger) -> None:
    """Outlets, best tier, watches with their place, campaigns with their rule, and how pickups were recognised."""
    first = ledger.signal("2026-11-17T08:00", outlet="A blog", domain="blog.example", tied="utm")
    ledger.signal("2026-11-17T09:00", ("museum", "docks"), copy_of=first, passing=True, tied="watch")
    (story,) = ledger.facts().stories(WEEK)
    assert (story.outlet, story.tier, story.tier_outlet) == ("A blog", 1, "The Harbour Post")
    assert story.outlets == ("A blog", "The Harbour Post")
    assert [(name.id, name.headline) for name in story.watches] == [("museum", True), ("docks", False)]
    assert [(tie.id, tie.rule) for tie in story.campaigns] == [("new-wing", "utm")]
    assert story.why == (f"same text, 98 % shared with {first}",)
    assert story.signals == ("s0001", "s0002")


def test_tiers_come_from_the_register_by_name_or_domain(ledger: Ledger) -> None:
    """An outlet is known by the name the intake gave it, else by its domain, in any case of letters."""
    facts = ledger.facts()
    assert facts.tier("Museum Weekly", "") == 2
    assert facts.tier("QUAYRADIO.example", "quayradio.example") == 3
    assert facts.tier("Somebody", "somebody.example") is None


def test_spikes_are_rare_by_construction(ledger: Ledger) -> None:
    """A watch that jumps is a spike; two stories out of nothing are not; many watches make the bar higher."""
    for label in range(39, 47):
        ledger.week(label, 2, "docks")
    ledger.week(47, 12, "docks")
    ledger.week(47, 2, "rival")
    facts = ledger.facts()
    lines = facts.watch_lines(WEEK)
    assert {line.id for line in lines} == {"museum", "rival", "docks"}
    assert [line.id for line in facts.spikes(lines)] == ["docks"]
    many = ledger.facts(watches=(*WATCHES, *(Watch(id=f"w{n}", any=("x",)) for n in range(500))))
    strict = next(line for line in many.watch_lines(WEEK) if line.id == "docks")
    loose = next(line for line in lines if line.id == "docks")
    assert strict.verdict.baseline is not None
    assert loose.verdict.baseline is not None
    assert strict.verdict.baseline.high > loose.verdict.baseline.high


def test_share_of_voice_has_its_denominator(ledger: Ledger) -> None:
    """Seven of ten stories are ours, with an interval, and last week's share beside it."""
    ledger.week(46, 2)
    ledger.week(47, 6)
    ledger.week(47, 3, "rival")
    ledger.signal("2026-11-18T08:00", ("museum", "rival"))
    museum, rival = ledger.facts().voices(WEEK)
    assert (museum.share.k, museum.share.n, rival.share.k) == (7, 10, 4)
    assert museum.share.low is not None
    assert museum.share.high is not None
    assert museum.share.low < 0.7 < museum.share.high
    assert museum.previous is not None
    assert (museum.previous.k, museum.previous.n) == (2, 2)
    assert ledger.facts(watches=WATCHES[:1]).voices(WEEK) == []


def test_a_week_that_nobody_watched_has_no_share_of_voice(ledger: Ledger) -> None:
    """It was not silent: nobody knows, so there is nothing to compare with."""
    ledger.week(47, 3)
    ledger.gap("post", "2026-11-08T00:00", "2026-11-16T00:00")
    museum, _ = ledger.facts().voices(WEEK)
    assert (museum.share.k, museum.previous, museum.previous_weighted) == (3, None, None)


# --- campaigns -----------------------------------------------------------------------------------------------------


def test_the_answer_card(ledger: Ledger) -> None:
    """Whom, what, how many and whether it rose; what nobody measures is unknown and not zero."""
    steady(ledger)
    first = ledger.signal("2026-11-17T08:00", tied="utm")
    ledger.signal("2026-11-17T09:00", copy_of=first, tied="watch")
    ledger.signal("2026-11-18T09:00", tied="watch")
    ledger.signal("2026-11-18T10:00", (), tied="link")
    ledger.signal("2026-11-12T10:00", tied="watch")
    (answer,) = ledger.facts().answers(WEEK)
    assert (answer.targeted, [(g.name, g.n, g.excluded) for g in answer.groups]) == (
        49,
        [("education desks", 38, 2), ("local radio", 11, 0)],
    )
    assert answer.ctas == ("Book the workshop",)
    assert (answer.took, answer.qualified) == (None, None)
    assert (answer.goal, answer.goal_of) == (40, "school bookings")
    assert (answer.figure.value, answer.pickups, answer.to_date, answer.figure.previous) == (3, 1, 5, 1)
    assert [(rule.rule, rule.permille, rule.stories) for rule in answer.rules] == [
        ("utm", 1000, 1),
        ("link", 900, 1),
        ("watch", 600, 1),
    ]
    assert answer.figure.n == 1
    # The baseline ends where the campaign begins: week 46 is not in it, and week 38 was empty.
    assert answer.uplift.before_last == date(2026, 11, 8)
    # Two days of the empty week lie farther than two days from anything that was asked or seen.
    assert (answer.uplift.before_days, answer.uplift.before_left_out, answer.uplift.days) == (54, 2, 14)


def test_an_uncounted_group_leaves_no_total(ledger: Ledger) -> None:
    """When one group was not counted, the number targeted is unknown."""
    campaign = replace(WING, targets=(TargetGroup(name="press", n=20), TargetGroup(name="friends")))
    assert ledger.facts(campaigns=(campaign,)).answers(WEEK)[0].targeted is None
    assert ledger.facts(campaigns=(replace(WING, targets=()),)).answers(WEEK)[0].targeted is None


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"watches": ("gone",)}, "no watch is called “gone” any more"),
        ({"starts_on": None}, "nobody said when it began"),
        ({"starts_on": date(2026, 11, 17)}, "no week before it began was observed well enough and 4 are needed"),
    ],
)
def test_an_uplift_that_cannot_be_told_says_why(session: Session, changes: dict[str, object], why: str) -> None:
    """Without watches, without a beginning or without observed weeks before it, there is no uplift."""
    ledger = Ledger(session)
    ledger.source("post", since=at("2026-11-16T00:00"))
    ledger.week(47, 9, tied="watch")
    (answer,) = ledger.facts(campaigns=(replace(WING, **changes),)).answers(WEEK)  # type: ignore[arg-type]
    assert (answer.uplift.word, answer.uplift.why) == ("cannot tell", why)


def test_which_campaigns_concern_a_week(ledger: Ledger) -> None:
    """Running ones first, then those just ended; what has not begun or ended long ago only if it was written about."""
    campaigns = (
        Campaign(id="old", starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1)),
        Campaign(id="ended", starts_on=date(2026, 9, 1), ends_on=date(2026, 11, 12)),
        Campaign(id="later", starts_on=date(2026, 12, 1)),
        Campaign(id="named", starts_on=date(2026, 12, 1)),
        Campaign(id="running", starts_on=date(2026, 10, 1)),
        Campaign(id="younger", starts_on=date(2026, 11, 22)),
    )
    ledger.signal("2026-11-18T08:00", (), id="early")
    ledger.tie("early", "utm", micros(at("2026-11-18T08:00")), "named")
    found = ledger.facts(campaigns=campaigns).answers(WEEK)
    assert [(answer.id, answer.state) for answer in found] == [
        ("younger", "running"),
        ("running", "running"),
        ("ended", "just ended"),
        ("named", "to come"),
    ]
    assert found[-1].uplift.why.startswith("it has not begun")


# --- health, needs, changes ----------------------------------------------------------------------------------------


def test_health_counts_collectors_and_lists_gaps(ledger: Ledger) -> None:
    """States of the sources, the share observed, and each gap that touches the week."""
    ledger.source("bad", state="failing")
    ledger.source("fresh", state="new", last_success_at="")
    ledger.session.execute("DELETE FROM polls WHERE source_id = 'fresh'")
    ledger.source("still", last_new_at=stamp(NOW - timedelta(days=45)))
    ledger.gap("bad", "2026-11-19T12:00")
    ledger.gap("bad", "2026-10-01T12:00", "2026-10-02T12:00")
    health = ledger.facts().health(WEEK)
    assert (health.total, health.ok, health.failing, health.never) == (4, 2, ("bad",), ("fresh",))
    assert [(gap.source, gap.end) for gap in health.gaps] == [("bad", None)]
    assert [quiet.source for quiet in health.quiet] == ["still"]
    assert health.observed == pytest.approx(1 - 0.5 / 3)


def test_needs_say_what_to_do(ledger: Ledger) -> None:
    """Mail first, then paused and broken sources, then what could not be taken in; each with a command."""
    session = ledger.session
    ledger.source("locked", state="paused", paused_why="The server refuses our password.", name="Locked feed")
    ledger.source("dead", state="failing", last_error="410 Gone", last_success_at="", name="Dead feed")
    session.execute("INSERT INTO unread VALUES ('dead', '2026-11-20T08:00:00Z', 'a web page', 'text/html', 9, 'x')")
    ledger.signal("2026-11-20T08:00")
    session.execute("INSERT INTO pending VALUES ('s0001', 3, 'RecursionError')")
    session.execute(
        "INSERT INTO reports (name, period, start_at, end_at, cutoff, state, begun_at, leased_until, error) "
        "VALUES ('weekly', '2026-W46', '', '', 0, 'failed', '', '', 'ReportError: no room')"
    )
    for recipient, state in (("a@x.example", "failed"), ("b@x.example", "sending"), ("c@x.example", "sent")):
        session.execute(
            "INSERT INTO deliveries (name, period, recipient, state, at, tries) "
            "VALUES ('weekly', '2026-W46', :to, :state, '2026-11-16T06:00:00Z', 1)",
            to=recipient,
            state=state,
        )
    needs = ledger.facts().needs()
    assert [need.what for need in needs] == [
        "The weekly report for 2026-W46 could not be written",
        "a@x.example did not get the weekly report for 2026-W46 yet",
        "Nobody knows whether b@x.example got the weekly report for 2026-W46",
        "Locked feed is paused until somebody acts",
        "Dead feed has never been read",
        "1 signal could not be taken in",
    ]
    assert needs[4].why == "410 Gone. What came is kept aside to look at."
    assert (needs[3].command, needs[4].command) == ("commsleads poll locked", "commsleads unread dead")


def test_an_office_that_never_polled_is_told_to(session: Session) -> None:
    """The first need of the first day is to ask somebody."""
    ledger = Ledger(session)
    ledger.source("post", state="new", last_polled_at="", last_success_at="")
    session.execute("DELETE FROM polls")
    (need,) = ledger.facts().needs()
    assert (need.what, need.command) == ("No source has been asked yet", "commsleads once")


def test_edited_headlines_are_told(ledger: Ledger) -> None:
    """A headline that reads differently now is a change, the text alone is not, and last month's is not."""
    for ident, when, before in (
        ("a", "2026-11-18T08:00:00Z", "Museum to close"),
        ("b", "2026-11-18T08:00:00Z", "Same"),
        ("c", "2026-10-18T08:00:00Z", "Long ago"),
    ):
        ledger.signal("2026-11-17T08:00", id=ident, title="Same" if ident == "b" else "Museum to open")
        ledger.session.execute(
            "INSERT INTO revisions VALUES (:id, :at, 1, '', :title, '')", id=ident, at=when, title=before
        )
    ledger.session.execute("INSERT INTO revisions VALUES ('a', '2026-11-19T08:00:00Z', 2, '', 'Museum to move', '')")
    (change,) = ledger.facts().changes(WEEK)
    assert change.text == "The Harbour Post edited a headline: “Museum to close” became “Museum to open”."


def test_what_was_declared_anew_is_told(ledger: Ledger) -> None:
    """New sources and changed watches of the week, a line for each sort; last week's are not repeated."""
    for when, what, kind, row in (
        ("2026-11-17", "added", "source", "one"),
        ("2026-11-17", "added", "source", "two"),
        ("2026-11-18", "changed", "watch", "museum"),
        ("2026-11-18", "changed", "watch", "museum"),
        ("2026-11-10", "added", "source", "earlier"),
    ):
        history.record(ledger.session, at(f"{when}T08:00"), who="settings", what=what, kind=kind, row_id=row)
    assert [change.text for change in ledger.facts().changes(WEEK)] == [
        "2 sources added: one, two.",
        "1 watch changed: museum.",
    ]


# --- other lengths -------------------------------------------------------------------------------------------------


def test_a_day_is_compared_with_the_same_weekday(ledger: Ledger) -> None:
    """Mondays are busier than Sundays, so a Monday is held against eight Mondays."""
    for week in range(9):
        monday = at("2026-11-16T10:00") - timedelta(days=7 * week)
        for _ in range(6):
            ledger.signal(monday)
        ledger.signal(monday + timedelta(days=2))
    day = parse_period("2026-11-16", BERLIN)
    coverage = ledger.facts().coverage(day)
    assert (coverage.figure.value, coverage.figure.median_8, coverage.verdict.word) == (
        6,
        6,
        "nothing outside baseline",
    )
    assert [bar.label for bar in coverage.trend][-2:] == ["2026-11-09", "2026-11-16"]


def test_figures_over_many_watches_name_one_command(ledger: Ledger) -> None:
    """Six watches have a command each, seven are too many to print: one command stands for any of them."""
    watches = tuple(Watch(id=f"w{number}", role="brand", any=("x",)) for number in range(7))
    query = ledger.facts(watches=watches[:6]).coverage(WEEK).figure.query
    assert query.count("commsleads stories --watch w") == 6
    assert ledger.facts(watches=watches).coverage(WEEK).figure.query.startswith("commsleads stories --watch WATCH ")


def test_campaigns_of_the_same_week_share_their_baseline(ledger: Ledger) -> None:
    """Two campaigns that began together are compared with the same weeks, each by its own watches."""
    steady(ledger)
    ledger.week(47, 9)
    twins = (WING, replace(WING, id="twin", watches=("docks",)))
    found = {answer.id: answer.uplift for answer in ledger.facts(campaigns=twins).answers(WEEK)}
    assert (found["new-wing"].observed, found["twin"].observed) == (16, 0)
    assert len({(one.before_first, one.before_last, one.before_days) for one in found.values()}) == 1
