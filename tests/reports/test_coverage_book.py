"""The coverage book: what stands in it, what never does, and what is left out."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from commsleads.contract import Document, Report
from commsleads.delivery import as_csv
from commsleads.errors import ReportError
from commsleads.facts.recorded import Recorded, Replayed, recorded
from commsleads.plan import KeyMessage
from commsleads.reports.coverage import CoverageBook, CoverageSettings
from commsleads.reports.wording import columns
from commsleads.rules.periods import parse_period
from commsleads.store import summaries
from commsleads.store.engine import Session, stamp
from tests.ledger import BERLIN, NOW, WING, Ledger

WEEK = parse_period("2026-W47", BERLIN)
EVIL = '<img src=x onerror="alert(1)"> =HYPERLINK("http://evil.example") | **x** \u202ereversed #let x = [*b*]'
WEEKLY: dict[str, Any] = {"outlet": "Museum Weekly", "domain": "museumweekly.example"}
RADIO: dict[str, Any] = {"outlet": "Quay Radio", "domain": "quayradio.example"}
NOWHERE: dict[str, Any] = {"outlet": "A blog", "domain": "blog.example"}


@pytest.fixture
def ledger(session: Session) -> Ledger:
    made = Ledger(session)
    made.source("post")
    made.weekly_polls()
    return made


def book(ledger: Ledger, label: str = "2026-W47", *, facts: dict[str, Any] | None = None, **settings: Any) -> Document:
    made: Report[CoverageSettings] = CoverageBook()
    return made.write(ledger.facts(**facts or {}), parse_period(label, BERLIN), CoverageSettings(**settings))


def flat(text: str) -> str:
    return " ".join(text.split())


def bare(html: str) -> str:
    """The words of a page."""
    return flat(unescape(re.sub(r"<[^>]*>", " ", html)))


def some(ledger: Ledger) -> None:
    """Four stories: a national with three pickups, a trade one, a local one, a blog."""
    first = ledger.signal("2026-11-17T08:00", title="The new wing opens", tied="utm")
    ledger.signal("2026-11-17T10:00", copy_of=first, **WEEKLY)
    ledger.signal("2026-11-17T11:00", copy_of=first, **RADIO)
    ledger.signal("2026-11-18T11:00", copy_of=first, **NOWHERE)
    ledger.signal("2026-11-18T08:00", title="Ships in glass", **WEEKLY)
    ledger.signal("2026-11-19T08:00", title="Queue at the docks", passing=True, **RADIO)
    ledger.signal("2026-11-20T08:00", title="I went there", **NOWHERE)


def test_cards_by_tier_with_outlet_date_link_and_pickups(ledger: Ledger) -> None:
    """The best outlets first; who else carried a story is named with its tier."""
    some(ledger)
    text = flat(book(ledger).text)
    places = [
        text.index(word) for word in ("The new wing opens", "Ships in glass", "Queue at the docks", "I went there")
    ]
    assert places == sorted(places)
    assert "TIER 1: NATIONAL OR HIGH REACH (1)" in text
    assert "The Harbour Post, tier 1 · 17 Nov 2026" in text
    assert "+3 pickups: Museum Weekly (tier 2), Quay Radio (tier 3) and A blog." in text
    assert "https://harbourpost.example/s0001" in text
    assert "Campaign: The new wing (certain)." in text


def test_figures_on_top_with_what_they_are_held_against(ledger: Ledger) -> None:
    """Stories, pickups, outlets and tiers, beside those of the week before; reach is in none of them."""
    ledger.week(46, 2)
    some(ledger)
    document = book(ledger)
    text = flat(document.text)
    assert document.subject == "Coverage wk 47: 4 stories, 3 pickups, 1 in tier 1"
    assert "4 stories about Harbour Museum, with 3 pickups in 4 outlets" in text
    assert "1 story of tier 1, after 2 the week before." in text
    assert "Stories: 4; week before 2" in text
    assert "Reach: Not added up" in text
    assert "Advertising value: None is given" in text
    assert not re.search(r"\b(UVM|AVE|EUR|visitors? a month)\b", text)


def test_our_own_summary_and_never_a_text_of_theirs(ledger: Ledger) -> None:
    """What a person wrote stands on the card; of the article there is its headline and nothing else."""
    ledger.signal("2026-11-17T08:00", id="story-1", title="The new wing opens", text="SECRET ARTICLE TEXT " * 20)
    ledger.signal("2026-11-18T08:00", title="Ships in glass", text="SECRET ARTICLE TEXT " * 20)
    with ledger.session.atomic():
        summaries.add(ledger.session, "story-1", "They like the light and ask about tickets.", who="ada", now=NOW)
    document = book(ledger)
    for rendering in (document.text, document.html, document.markdown, document.printed, json.dumps(document.data)):
        assert "They like the light and ask about tickets." in flat(rendering)
        assert "SECRET" not in rendering
    assert "1 of 2 stories has no summary yet" in flat(document.text)


def test_what_is_chosen_and_what_is_not(ledger: Ledger) -> None:
    """By campaign, by watch, by tier, or all there is."""
    some(ledger)
    ledger.signal("2026-11-20T09:00", ("rival",), title="Maritime House moves")
    strange = ledger.signal("2026-11-20T10:00", (), title="A link and no name")
    ledger.tie(strange, "link", 1, story=strange)
    ledger.session.execute("UPDATE attributions SET arrival = (SELECT arrival FROM signals WHERE id = signal_id)")

    def titles(**settings: Any) -> set[str]:
        return {row["headline"] for row in book(ledger, **settings).data["stories"]}

    assert titles() == {"The new wing opens", "Ships in glass", "Queue at the docks", "I went there"}
    assert titles(tiers=(1, 3)) == {"The new wing opens", "Queue at the docks"}
    assert titles(watch="rival") == {"Maritime House moves"}
    assert titles(everyone=True) == titles() | titles(watch="rival")
    assert titles(campaign="new-wing") == {"The new wing opens", "A link and no name"}
    assert titles(campaign="new-wing", watch="museum") == {"The new wing opens"}


def test_messages_and_tone_on_a_card(ledger: Ledger) -> None:
    """What it carries by rule, and how a person has read it; a machine's guess stands nowhere."""
    ident = ledger.signal("2026-11-17T08:00", tied="utm", title="Workshops are free")
    arrival = ledger.session.tuples("SELECT arrival FROM signals")[0][0]
    ledger._row(
        "message_hits",
        {"signal_id": ident, "campaign_id": WING.id, "message_id": "free", "story_id": ident, "arrival": arrival,
         "prominence": 2, "phrase": "free"},
    )  # fmt: skip
    ledger._row(
        "tones",
        {"signal_id": ident, "watch_id": "museum", "story_id": ident, "arrival": arrival, "negative": 900,
         "neutral": 50, "positive": 50, "model": "test"},
    )  # fmt: skip
    plan = replace(WING, messages=(KeyMessage(id="free", text="Free for schools", phrases=("free",)),))
    text = flat(book(ledger, facts={"campaigns": (plan,)}).text)
    assert "Carries “Free for schools”." in text
    assert "negative" not in text
    ledger._row(
        "codings",
        {"id": "c1", "story_id": ident, "what": "tone", "about": "museum", "value": "positive",
         "at": stamp(NOW - timedelta(hours=1)), "who": "ada"},
    )  # fmt: skip
    document = book(ledger, facts={"campaigns": (plan,)})
    assert "Read as positive towards us." in flat(document.text)
    assert "Read by a person: 1 of 1" in flat(document.text)
    assert document.data["stories"][0]["tone"] == "positive"


@pytest.mark.parametrize("settings", [{"campaign": "nope"}, {"watch": "nope"}])
def test_an_id_of_nothing_is_told(ledger: Ledger, settings: dict[str, Any]) -> None:
    """A sentence with the id, and where the ids are."""
    with pytest.raises(ReportError, match="of “nope”, and no campaign or watch has that id"):
        book(ledger, **settings)


def test_an_empty_week_and_a_week_that_nobody_saw(ledger: Ledger, session: Session) -> None:
    """Nothing seen by open eyes is nothing; nothing seen by nobody is not known, and no zero."""
    assert "no story about Harbour Museum was seen" in flat(book(ledger).text)
    session.execute("DELETE FROM polls")
    session.execute("DELETE FROM sources")
    blind = Ledger(session)
    blind.source("post")
    blind.gap("post", "2026-11-01T00:00")
    document = book(blind)
    assert document.subject == "Coverage wk 47: not observed"
    assert "nobody was looking, so no number of stories about Harbour Museum can be given" in flat(document.text)


def test_nothing_set_up_at_all(session: Session) -> None:
    """A book of an empty database is written, and says that nobody looks."""
    document = book(Ledger(session), facts={"watches": (), "outlets": (), "campaigns": ()})
    assert "No source is set up" in flat(document.text)
    assert document.data["stories"] == []


def test_a_book_of_thousands_is_bounded_and_says_what_is_left_out(ledger: Ledger) -> None:
    """Sixty cards, whatever came; the tables have every story."""
    for _ in range(800):
        ledger.signal("2026-11-17T08:00", **WEEKLY)
    some(ledger)
    document = book(ledger, stories=60)
    text = flat(document.text)
    assert text.count("https://") == 60
    assert "And 742 more: the JSON, the CSV and the workbook of this report have them all." in text
    assert "1 not shown: the JSON, the CSV and the workbook of this report have them all." in text
    assert len(document.html) < 400_000
    assert len(document.data["stories"]) == 804
    assert len(list(csv.reader(io.StringIO(as_csv(document.data))))) == 805


def test_hostile_headlines_are_words_everywhere(ledger: Ledger) -> None:
    """Markup, formulas and turned text stay words: in the page, the paper, the text and the cells of a table."""
    ledger.signal("2026-11-17T08:00", id="evil", title=EVIL, outlet=EVIL, url="javascript:alert(1)")
    ledger.signal("2026-11-18T08:00", title="x" * 400, url="https://harbourpost.example/" + "y" * 400)
    with ledger.session.atomic():
        summaries.add(ledger.session, "evil", EVIL, who="ada", now=NOW)
    evil = replace(WING, name=EVIL, objective=EVIL)
    document = book(ledger, facts={"organisation": EVIL, "campaigns": (evil,)})
    assert "<img" not in document.html
    assert "javascript:" not in document.html + document.markdown + document.printed
    assert "\u202e" not in document.html + document.text + document.markdown + document.printed
    assert "#let x" in bare(document.html)
    for row in csv.reader(io.StringIO(as_csv(document.data))):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row if len(cell) > 1)
    assert all(columns(line) <= 78 for line in document.text.splitlines() if "http" not in line and "xxx" not in line)


def test_the_same_facts_make_the_same_bytes_also_later(ledger: Ledger) -> None:
    """A book can be made again from what was kept of its facts."""
    some(ledger)
    facts = Recorded(ledger.facts(), WEEK)
    made: Report[CoverageSettings] = CoverageBook()
    then = made.write(facts, WEEK, CoverageSettings(tiers=(1, 2)))
    ledger.session.execute("DELETE FROM matches")
    assert made.write(Replayed(recorded(facts)), WEEK, CoverageSettings(tiers=(1, 2))) == then


@pytest.mark.parametrize(
    "settings", [{}, {"everyone": True}, {"watch": "rival"}, {"tiers": (1, 3)}, {"campaign": "new-wing"},
                 {"campaign": "new-wing", "watch": "museum"}],
)  # fmt: skip
def test_what_was_before_is_what_the_book_of_that_week_says(ledger: Ledger, settings: dict[str, Any]) -> None:
    """Whatever is chosen: the tiers and pickups of the week before are those of its own book."""
    for week in ("2026-11-1",) * 2:
        first = ledger.signal(f"{week}0T08:00", tied="utm")
        ledger.signal(f"{week}1T08:00", copy_of=first, tied="utm", **WEEKLY)
        ledger.signal(f"{week}2T08:00", ("rival",), **RADIO)
        ledger.signal(f"{week}2T09:00", ("museum", "rival"), tied="watch", **NOWHERE)
    facts = ledger.facts()
    then = facts.book(parse_period("2026-W46", BERLIN), **settings)
    now = ledger.facts().book(WEEK, **settings)
    assert then is not None
    assert now is not None
    assert {line.tier: line.previous for line in now.tiers} == {line.tier: line.stories for line in then.tiers}
    assert now.previous_pickups == then.pickups
    assert then.n > 0


def test_a_day_stands_beside_the_same_weekday(ledger: Ledger) -> None:
    """What a day is compared with is not yesterday, and is not called that."""
    ledger.signal("2026-11-11T10:00")
    ledger.signal("2026-11-17T10:00")
    ledger.signal("2026-11-18T10:00")
    text = flat(book(ledger, "2026-11-18").text)
    assert "same weekday before 1" in text
    assert "day before" not in text.replace("weekday before", "")
