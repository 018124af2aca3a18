"""The report on sources: how well we looked, and what nobody can know because nobody looked."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from commsleads.contract import Document, Report
from commsleads.delivery import as_csv
from commsleads.facts.looked_values import Looked, SourceLine
from commsleads.facts.recorded import Recorded, Replayed, recorded
from commsleads.reports.sources import SourcesReport, SourcesSettings
from commsleads.rules.periods import parse_period
from commsleads.store.engine import Session, stamp
from tests.campaign_rows import Drive
from tests.ledger import BERLIN, NOW, at

WEEK = parse_period("2026-W47", BERLIN)
EVIL = "<script>alert(1)</script> =cmd() \u202e| x"


@pytest.fixture
def ledger(session: Session) -> Drive:
    made = Drive(session)
    made.source("post")
    made.weekly_polls()
    return made


def report(ledger: Drive, label: str = "2026-W47", *, facts: dict[str, Any] | None = None, **settings: Any) -> Document:
    made: Report[SourcesSettings] = SourcesReport()
    return made.write(ledger.facts(**facts or {}), parse_period(label, BERLIN), SourcesSettings(**settings))


def seen(ledger: Drive, **changes: Any) -> Looked:
    return ledger.facts(**changes).looked(WEEK)


def line(ledger: Drive, source: str, **changes: Any) -> SourceLine:
    return next(one for one in seen(ledger, **changes).lines if one.id == source)


def flat(text: str) -> str:
    return " ".join(text.split())


def polls(ledger: Drive, source: str, *outcomes: str, new: int = 0) -> None:
    """Polls of Wednesday, an hour apart."""
    for hour, outcome in enumerate(outcomes):
        when = stamp(at("2026-11-18T00:30") + timedelta(hours=hour))
        ledger.row("polls", source_id=source, at=when, outcome=outcome, new=new)


def test_what_a_source_did_and_brought_in_the_period(ledger: Drive) -> None:
    """Polls, failures and what was new, beside the week before; what was skipped was no poll."""
    polls(ledger, "post", "read", "failed", "same", "skipped", new=2)
    ledger.row("polls", source_id="post", at=stamp(at("2026-11-11T10:00")), outcome="read", new=5)
    one = line(ledger, "post")
    assert (one.polls, one.failed, one.new, one.new_before) == (4, 1, 6, 5)  # one more is the fixture's


def test_what_only_one_source_saw(ledger: Drive) -> None:
    """A story that two sources carried is not alone; one that a single source carried would be missing without it."""
    ledger.source("radio")
    ledger.weekly_polls("radio")
    first = ledger.signal("2026-11-17T08:00")
    ledger.signal("2026-11-17T09:00", copy_of=first, source_id="radio")
    ledger.signal("2026-11-18T09:00", source_id="radio")
    assert [(one.id, one.stories, one.alone) for one in seen(ledger).lines] == [("post", 1, 0), ("radio", 2, 1)]
    text = flat(report(ledger).text)
    assert "Of 2 stories seen, 1 came from one source alone and would be missing without it." in text


def test_gaps_are_told_with_what_they_cost(ledger: Drive) -> None:
    """How long, why, and whether something may be missing; a gap in which nothing was lost is no loss."""
    ledger.gap("post", "2026-11-17T00:00", "2026-11-18T00:00", why="The server said 503.")
    ledger.gap("post", "2026-11-19T00:00", "2026-11-19T12:00", why="It was late, so nothing was lost.")
    one = line(ledger, "post")
    assert (one.gaps, one.lost, round(one.observed or 0, 2)) == (1, timedelta(days=1), 0.86)
    text = flat(report(ledger).text)
    assert "Post: something may be missing Tue 17 Nov, 00:00 to Wed 18 Nov, 00:00 (1 day); The server said 503." in text
    assert "nothing lost" in text


def test_those_that_need_somebody_stand_first(ledger: Drive) -> None:
    """Paused before failing before quiet, each with why and the command that helps."""
    ledger.source("alpha", last_new_at=stamp(NOW - timedelta(days=90)))
    ledger.source("broken", state="failing", last_error="The server said 410.")
    ledger.source("shut", state="paused", paused_why="It asks for a password.")
    assert [one.id for one in seen(ledger).lines] == ["shut", "broken", "alpha", "post"]
    text = flat(report(ledger).text)
    places = [text.index(words) for words in ("Shut is paused", "Broken cannot be read", "Alpha has gone quiet")]
    assert places == sorted(places)
    assert "commsleads poll broken" in text
    assert "1 source paused and 1 source that cannot be read: a person must see to that." in text


def test_a_source_that_came_later_is_no_source_of_the_week(ledger: Drive) -> None:
    """Asked for the first time after the period: how much of it was observed is not known, and no zero."""
    ledger.source("new", since=NOW - timedelta(minutes=5))
    assert line(ledger, "new").observed is None
    assert "New: – · " in flat(report(ledger).text)


def test_mailboxes_and_counters_see_no_stories(ledger: Drive) -> None:
    """They stand in the list and have no figure of stories."""
    ledger.source("mail")
    one = line(ledger, "mail", mailboxes=("mail",))
    assert one.brings == "mail"
    assert "brings mail" in flat(report(ledger, facts={"mailboxes": ("mail",)}).text)


def test_an_empty_office_and_a_week_that_nobody_watched(session: Session) -> None:
    """No source is set up; and a source that was down all week is not observed."""
    assert report(Drive(session)).subject == "Sources wk 47: none is set up"
    ledger = Drive(session)
    ledger.source("post")
    ledger.gap("post", "2026-11-01T00:00")
    document = report(ledger)
    assert "not observed" in document.subject
    assert "No source was observed this week." in flat(document.text)


def test_many_sources_are_bounded_and_counted(ledger: Drive) -> None:
    """A hundred rows, and a line with how many more there are; the table has all."""
    for number in range(150):
        ledger.source(f"s{number:03}", name=f"Source {number}")
    document = report(ledger, needs=2, gaps=1, sources=100)
    assert "And 51 more: the JSON, the CSV and the workbook have them all." in flat(document.text)
    assert len(list(csv.reader(io.StringIO(as_csv(document.data))))) == 152


def test_hostile_names_and_reasons_are_words(ledger: Drive) -> None:
    """What a server says why it failed is a stranger's."""
    ledger.source("evil", name=EVIL, state="failing", last_error=EVIL)
    ledger.gap("evil", "2026-11-17T00:00", why=EVIL)
    document = report(ledger)
    assert "<script" not in document.html
    assert "\u202e" not in document.html + document.text + document.markdown + document.printed
    table = as_csv(document.data)
    assert table is not None
    assert all(not cell.startswith("=") for row in csv.reader(io.StringIO(table)) for cell in row)


def test_the_data_has_every_source_and_every_gap(ledger: Drive) -> None:
    """Two tables: sources and gaps, with the columns that they say."""
    ledger.gap("post", "2026-11-17T00:00", "2026-11-18T00:00")
    data = report(ledger).data
    assert [set(row) == set(data["columns"]) for row in data["sources"]] == [True]
    assert [set(row) == set(data["sheets"]["gaps"]) for row in data["gaps"]] == [True]
    assert data["sources"][0]["lost_seconds"] == 86_400


def test_it_can_be_made_again(ledger: Drive) -> None:
    """The same bytes from what was kept of its facts."""
    made: Report[SourcesSettings] = SourcesReport()
    facts = Recorded(ledger.facts(), WEEK)
    then = made.write(facts, WEEK, SourcesSettings())
    ledger.session.execute("DELETE FROM polls")
    assert made.write(Replayed(recorded(facts)), WEEK, SourcesSettings()) == then
