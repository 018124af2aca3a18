"""What people do to coverage: taken out as no coverage, put back, entered by hand, said in our own words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commsleads.cli import main
from commsleads.contract import Signal, SignalKind
from commsleads.coverage import adding, removing
from commsleads.coverage.adding import Found
from commsleads.errors import CoverageError, NotFoundError
from commsleads.intake import Intake, rebuild
from commsleads.intake.entered import SOURCE, enter
from commsleads.plan import Watch
from commsleads.reports.weekly.learned import stories_of
from commsleads.rules.periods import parse_period
from commsleads.store import coverage, removals, summaries
from commsleads.store.engine import Session, micros
from commsleads.store.lists import Filter, stories
from tests.ledger import BERLIN, NOW, OUTLETS, WATCHES, WING, Ledger
from tests.office import office

WEEK = parse_period("2026-W47", BERLIN)
THEN = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def ledger(session: Session) -> Ledger:
    """Nine weeks of three stories, and in week 47 one about us and the docks, tied to a campaign, with a copy."""
    made = Ledger(session)
    with session.atomic():
        made.source()
        made.weekly_polls()
        for week in range(39, 48):
            made.week(week, 3)
        made.signal("2026-11-18T10:00", ("museum", "docks"), id="both", tied="watch")
        made.signal("2026-11-18T12:00", ("museum",), id="copy", copy_of="both")
        made.session.execute(
            "UPDATE attributions SET evidence = 'It names “x” (watch museum) while the campaign runs.'"
        )
    return made


def counts(ledger: Ledger, now: datetime = NOW) -> tuple[int, int, int, int]:
    """Stories about us, about the docks, tied to the campaign, and in the list of the week."""
    facts = ledger.facts(now=now)
    (answer,) = facts.answers(WEEK)
    docks = next((line.figure.value for line in facts.watch_lines(WEEK) if line.id == "docks"), 0)
    return facts.coverage(WEEK).figure.value, docks, answer.figure.value, len(facts.stories(WEEK))


# --- taken out, put back -------------------------------------------------------------------------------------------


def test_a_story_taken_out_is_in_no_count(ledger: Ledger) -> None:
    """Of every watch, the campaign, the list, the baseline and share of voice; its copies go with it."""
    assert counts(ledger) == (4, 1, 1, 4)
    taken = removing.remove(ledger.session, "copy", why="not us", who="ada", now=THEN)
    assert (taken.story, taken.watches, taken.changed) == ("both", ("docks", "museum"), True)
    assert counts(ledger) == (3, 0, 0, 3)
    assert ledger.facts().coverage(WEEK).trend[-1].count == 3
    assert "both" not in {row["id"] for row in stories(ledger.session)}
    (row,) = stories(ledger.session, Filter(removed=True))
    assert (row["id"], row["removed"], row["removed_of"]) == ("both", True, ["docks", "museum"])


def test_a_story_taken_out_of_one_watch_stays_with_the_others(ledger: Ledger) -> None:
    """No coverage of ours and coverage of the docks; the tie to the campaign that our name made falls."""
    removing.remove(ledger.session, "both", why="not us", who="ada", now=THEN, watch="museum", watches=["museum"])
    assert counts(ledger) == (3, 1, 0, 4)
    assert [row["id"] for row in stories(ledger.session, Filter(watch="docks"))] == ["both"]
    assert "both" not in {row["id"] for row in stories(ledger.session, Filter(watch="museum"))}
    assert [row["id"] for row in stories(ledger.session, Filter(watch="museum", removed=True))] == ["both"]


def test_a_tie_by_a_tag_of_ours_stays(ledger: Ledger) -> None:
    """A link with our tag is proof whatever the story is about, until the whole story is taken out."""
    ledger.session.execute("UPDATE attributions SET rule = 'utm', permille = 1000")
    removing.remove(ledger.session, "both", why="not us", who="ada", now=THEN, watch="museum", watches=["museum"])
    assert counts(ledger)[2] == 1
    removing.remove(ledger.session, "both", why="not at all", who="ada", now=THEN)
    assert counts(ledger)[2] == 0


def test_counts_as_of_a_moment_before_still_have_it(ledger: Ledger) -> None:
    """What was told before it was taken out stays true of that moment."""
    removing.remove(ledger.session, "both", why="not us", who="ada", now=NOW + timedelta(hours=1))
    assert counts(ledger) == (4, 1, 1, 4)
    assert counts(ledger, NOW + timedelta(hours=2))[0] == 3


def test_it_can_be_put_back_and_taken_out_again(ledger: Ledger) -> None:
    """Whoever did what stands in its log; doing the same twice is doing it once."""
    for turn in range(2):
        assert removing.remove(ledger.session, "both", why=f"no {turn}", who="ada", now=THEN).changed
        assert not removing.remove(ledger.session, "both", why="again", who="ben", now=THEN).changed
        assert counts(ledger)[0] == 3
        assert removing.keep(ledger.session, "both", why="", who="ben", now=THEN).changed
        assert not removing.keep(ledger.session, "both", why="", who="ben", now=THEN).changed
        assert counts(ledger)[0] == 4
    log = [(row["removed"], row["who"]) for row in removals.of_story(ledger.session, "both")]
    assert log == [(1, "ada"), (0, "ben")] * 2


@pytest.mark.parametrize(
    ("story", "how", "said"),
    [
        ("both", {"why": " "}, "Say why"),
        ("nothing", {"why": "x"}, "No story has the id"),
        ("both", {"why": "x", "watch": "rival"}, "does not name the watch rival"),
        ("both", {"why": "x", "watch": "musuem"}, "Did you mean museum"),
    ],
)
def test_what_makes_no_sense_is_refused(ledger: Ledger, story: str, how: dict[str, str], said: str) -> None:
    """A reason is asked for, and a watch that the story names; nothing is kept otherwise."""
    with pytest.raises((CoverageError, NotFoundError), match=said):
        removing.remove(
            ledger.session, story, who="ada", now=THEN, watches=[watch.id for watch in WATCHES], **how
        )  # fmt: skip
    assert removals.gone(ledger.session) == removals.NOTHING


ACTS = st.lists(st.tuples(st.booleans(), st.sampled_from(["", "museum", "docks"]), st.integers(0, 3)), max_size=12)


@given(ACTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_any_order_of_acts_ends_where_the_last_ones_say(ledger: Ledger, acts: Sequence[tuple[bool, str, int]]) -> None:
    """The state follows from the log alone: what is out by a moment is what the acts until then say."""
    ledger.session.execute("DELETE FROM removals")
    out: set[str] = set()
    moments = []
    for number, (removed, watch, _) in enumerate(acts):
        now = THEN + timedelta(minutes=number)
        if removed:
            removing.remove(
                ledger.session, "both", why="x", who="ada", now=now, watch=watch, watches=["museum", "docks"]
            )
            out |= {watch} if "" not in out and watch not in out else set()
        else:
            removing.keep(ledger.session, "both", why="x", who="ada", now=now)
            out.clear()
        moments.append((now, set(out)))
    for now, standing in moments:
        gone = removals.gone(ledger.session, now)
        assert ("both" in gone.whole) == ("" in standing)
        for watch in ("museum", "docks"):
            assert ("both" in gone.of(watch)) == bool(standing & {"", watch})


def test_the_noise_of_each_watch_is_told(ledger: Ledger) -> None:
    """How many of the stories that a watch found were taken out, and by which phrase it found them."""
    ledger.session.execute("UPDATE matches SET phrase = 'Museum' WHERE signal_id = 'both'")
    removing.remove(ledger.session, "both", why="not us", who="ada", now=THEN)
    removing.remove(ledger.session, "s0001", why="nor this", who="ben", now=THEN - timedelta(days=30))
    told = ledger.facts().quality(WEEK)
    assert [(one.watch, one.removed, one.found) for one in told.noise] == [
        ("", 2, 28), ("museum", 2, 28), ("docks", 1, 1),
    ]  # fmt: skip
    assert dict(told.noise[1].phrases) == {"Museum": 1, "museum": 1}
    assert [(cause.who, cause.rows) for cause in told.removed] == [("ada", ("both",))]
    assert told.kept == ()
    removing.keep(ledger.session, "s0001", why="", who="ada", now=THEN)
    assert [cause.rows for cause in ledger.facts().quality(WEEK).kept] == [("s0001",)]
    removing.keep(ledger.session, "both", why="", who="ada", now=THEN)
    assert ledger.facts().quality(WEEK).removed == ()


def test_a_story_that_stands_for_another_watch_of_ours_is_no_noise_of_ours(ledger: Ledger) -> None:
    """Taken out of one watch of ours and still coverage of another it is about us, and is found once and not twice."""
    chief = Watch(id="chief", role="spokesperson", any=("Ada Stone",))
    ledger.signal("2026-11-19T10:00", ("museum", "chief"), id="two")
    ours = ("museum", "chief")
    removing.remove(ledger.session, "two", watch="museum", watches=ours, why="not it", who="ada", now=THEN)
    found = {one.watch: (one.removed, one.found) for one in ledger.facts(watches=(*WATCHES, chief)).quality(WEEK).noise}
    assert found == {"museum": (1, 29)}
    removing.remove(ledger.session, "two", watch="chief", watches=ours, why="not her", who="ada", now=THEN)
    told = ledger.facts(watches=(*WATCHES, chief)).quality(WEEK)
    assert {one.watch: (one.removed, one.found) for one in told.noise} == {
        "": (1, 29), "museum": (1, 29), "chief": (1, 1),
    }  # fmt: skip
    assert stories_of(told.removed) == 1


def test_readers_of_every_sort_leave_it_out(ledger: Ledger) -> None:
    """Each row of `store.coverage` of a story that is out is gone, and as of before it is there."""
    span = (micros(WEEK.start), micros(WEEK.end))
    ledger.session.execute("INSERT INTO revisions (signal_id, replaced_at, number, url, title, text) VALUES "
                           "('both', '2026-11-19T00:00:00Z', 1, '', 'Before', '')")  # fmt: skip
    between = ("2026-11-16T00:00:00Z", "2026-11-22T00:00:00Z")

    def rows(gone: removals.Gone | None = None) -> list[int]:
        return [
            sum("both" in row for row in coverage.mentions(ledger.session, "museum", *span, gone)),
            sum("both" in row for row in coverage.named(ledger.session, "docks", *span, gone)),
            len(coverage.attributed(ledger.session, "new-wing", *span, gone)),
            coverage.count_attributed(ledger.session, "new-wing", *span, gone),
            len(coverage.ties(ledger.session, ["both"], gone)),
            len(coverage.edits(ledger.session, span, between, gone)),
        ]

    assert rows() == [2, 1, 1, 1, 1, 2]
    removing.remove(ledger.session, "both", why="not us", who="ada", now=THEN)
    assert rows() == [0] * 6
    assert rows(removals.NOTHING) == [2, 1, 1, 1, 1, 2]


# --- entered by hand -----------------------------------------------------------------------------------------------


@pytest.fixture
def rules() -> Intake:
    """The intake of the office of `tests.ledger`."""
    return Intake(WATCHES, OUTLETS, (WING,), BERLIN)


def by_hand(session: Session, rules: Intake, found: Found, now: datetime = NOW) -> adding.Added:
    """What somebody enters."""
    return enter(session, rules, found, who="ada", now=now, zone=BERLIN, watches=[watch.id for watch in WATCHES])


PRINT = Found(title="Harbour Museum opens late", outlet="The Harbour Post", on=date(2026, 11, 18))


def test_what_was_seen_in_print_is_coverage(ledger: Ledger, rules: Intake) -> None:
    """It is matched, tied and counted from now on, with the tier of its outlet, and named as missed."""
    before = ledger.facts().coverage(WEEK).figure.value
    added = by_hand(ledger.session, rules, PRINT, THEN)
    assert (added.new, added.watches, added.joined) == (True, ("museum",), "")
    facts = ledger.facts()
    assert facts.coverage(WEEK).figure.value == before + 1
    (story,) = [one for one in facts.stories(WEEK) if one.id == added.story]
    assert (story.title, story.outlet, story.tier, story.url) == (PRINT.title, PRINT.outlet, 1, "")
    assert [tie.id for tie in story.campaigns] == ["new-wing"]
    (missed,) = facts.quality(WEEK).missed
    assert (missed.story, missed.by, missed.seen_on, missed.ours) == (added.story, "ada", PRINT.on, True)
    assert facts.coverage(WEEK).verdict.count == before  # nobody who watched then and now saw it


def test_the_same_again_changes_nothing(ledger: Ledger, rules: Intake) -> None:
    """Entering twice is entering once, letter case and spaces aside."""
    one = by_hand(ledger.session, rules, PRINT, THEN)
    other = by_hand(ledger.session, rules, Found(title="Harbour  museum opens LATE", outlet="the harbour post",
                    on=PRINT.on), NOW)  # fmt: skip
    assert (other.new, other.id) == (False, one.id)
    assert ledger.session.tuples("SELECT count(*) FROM signals WHERE source_id = ?", (SOURCE,)) == [(1,)]


def test_what_it_is_about_is_kept_when_the_title_does_not_say(ledger: Ledger, rules: Intake) -> None:
    """A radio clip about us without our name counts for the watch that a person named, after a rebuild as well."""
    clip = Found(
        title="Morning talk",
        outlet="Quay Radio",
        on=date(2026, 11, 18),
        medium="radio",
        programme="Breakfast",
        watches=("museum", "docks"),
        summary="The director spoke of the wing.",
    )
    added = by_hand(ledger.session, rules, clip, THEN)
    assert added.watches == ("docks", "museum")
    assert summaries.summaries(ledger.session, [added.story], NOW)[added.story].text == clip.summary
    rebuild(ledger.session, rules)
    rows = ledger.session.tuples("SELECT watch_id FROM matches WHERE signal_id = ? ORDER BY 1", (added.id,))
    assert rows == [("docks",), ("museum",)]


def test_an_article_that_is_there_is_not_entered_again(ledger: Ledger, rules: Intake) -> None:
    """By its address, whatever tags hang on it; what reads the same elsewhere is a copy of the known story."""
    text = "Harbour Museum opens the wing by the old docks at last"
    rules.keep(ledger.session, [("post", [Signal("x1", SignalKind.ENTRY, text, text, "https://a.example/x")])], THEN)
    with pytest.raises(CoverageError, match="It is there already"):
        by_hand(ledger.session, rules, Found(title="Other", outlet="A", on=PRINT.on, watches=("museum",),
                url="https://www.a.example/x?utm_source=mail"))  # fmt: skip
    added = by_hand(ledger.session, rules, Found(title=text, outlet="The Harbour Post", on=PRINT.on,
                    url="https://harbourpost.example/p"), THEN + timedelta(hours=1))  # fmt: skip
    assert "same headline" in added.joined
    assert ledger.facts().quality(WEEK).missed == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": " "}, "headline"),
        ({"outlet": ""}, "Where was it"),
        ({"on": date(2026, 12, 1)}, "has not come yet"),
        ({"on": date(2006, 1, 1)}, "more than ten years ago"),
        ({"url": "javascript:alert(1)"}, "no web address"),
        ({"url": "https://u:hunter2@x.example/a"}, "The address holds a user name or password"),
        ({"medium": "smoke"}, "is none of print"),
        ({"watches": ("nobody",)}, "No watch is called"),
        ({"title": "Weather"}, "names no watch"),
    ],
)
def test_what_is_not_complete_is_refused(ledger: Ledger, rules: Intake, changes: dict[str, Any], said: str) -> None:
    """A sentence says what is missing, and nothing is kept."""
    given: dict[str, Any] = {"title": PRINT.title, "outlet": PRINT.outlet, "on": PRINT.on} | changes
    with pytest.raises(CoverageError, match=said):
        by_hand(ledger.session, rules, Found(**given))
    assert ledger.session.tuples("SELECT count(*) FROM signals WHERE source_id = ?", (SOURCE,)) == [(0,)]


WORDS = st.text(st.one_of(st.characters(), st.sampled_from("\ud800\udcff\x00\u202e<&")), max_size=40)


@given(st.tuples(WORDS, WORDS, WORDS, WORDS))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_anything_typed_is_kept_as_words(ledger: Ledger, rules: Intake, words: tuple[str, str, str, str]) -> None:
    """Markup, control signs and other scripts stay words; nothing crashes, and it is one story of the watch."""
    title, outlet, programme, summary = words
    found = Found(
        title=f"<b>{title}</b>",
        outlet=f"{outlet}&amp;",
        on=PRINT.on,
        programme=programme,
        watches=("docks",),
        summary=summary,
    )
    added = by_hand(ledger.session, rules, found, THEN)
    ((kept,),) = ledger.session.tuples("SELECT title FROM signals WHERE id = ?", (added.id,))
    assert kept.startswith("<b>")
    assert "docks" in added.watches
    removing.remove(ledger.session, added.story, why=f"x{summary}", who="ada", now=THEN)
    removing.keep(ledger.session, added.story, why=summary, who="ada", now=THEN)


def test_the_newest_summary_counts(ledger: Ledger) -> None:
    """A summary is written anew beside the old one; an empty one takes it back; as of a day it is that of then."""
    for number, words in enumerate(("First.", "  Second \n one. ", "")):
        adding.summarise(ledger.session, "both", words, who="ada", now=THEN + timedelta(hours=number))
    told = [
        summaries.summaries(ledger.session, ["both", "copy"], THEN + timedelta(hours=number)) for number in range(3)
    ]
    assert [{story: one.text for story, one in found.items()} for found in told] == [
        {"both": "First."}, {"both": "Second one."}, {},
    ]  # fmt: skip


# --- by command ----------------------------------------------------------------------------------------------------


def test_the_commands(tmp_path: Path) -> None:
    """Enter one, say what it says, take it out, see it, put it back; a slip has a sentence and exit code 2."""
    app, _ = office(tmp_path, {})
    config = str(tmp_path / "config.toml")

    def call(*words: str, code: int = 0) -> Any:
        found = CliRunner().invoke(main, [*words, "--config", config])
        assert found.exit_code == code, found.output
        return json.loads(found.output) if "--json" in words else found.output

    day = str(datetime.now(UTC).date() - timedelta(days=1))
    entered = call("story", "add", "--title", "Harbour Museum <b>bold</b>", "--outlet", "Quay Radio", "--on", day,
                   "--medium", "radio", "--summary", "A talk.", "--by", "ada", "--json")  # fmt: skip
    story = entered["story"]
    assert (entered["watches"], entered["new"]) == (["museum"], True)
    assert "Was entered before" in call("story", "add", "--title", "Harbour Museum <b>bold</b>", "--outlet",
                                        "Quay Radio", "--on", day, "--medium", "radio", "--by", "ada")  # fmt: skip
    assert "Kept" in call("story", "note", story, "What it said.", "--by", "ada")
    call("story", "note", story, code=2)
    call("story", "remove", story, "--by", "ada", code=2)
    call("story", "remove", "nothing", "--why", "x", "--by", "ada", code=1)
    assert "No coverage any more" in call("story", "remove", story, "--why", "another one", "--by", "ada")
    assert "Was taken out before" in call("story", "remove", story, "--why", "another one", "--by", "ada")
    assert call("stories", "--json") == []
    assert [row["id"] for row in call("stories", "--removed", "--json")] == [story]
    shown = call("story", "show", story)
    assert "taken out by ada: another one" in shown
    assert "“What it said.” (ada)" in shown
    assert "Coverage again" in call("story", "keep", story, "--by", "ada")
    assert [row["id"] for row in call("stories", "--watch", "museum", "--json")] == [story]
    call("story", "note", story, "--forget", "--by", "ada")
    assert call("story", "show", story, "--json")["summary"] is None
    app.engine.close()
