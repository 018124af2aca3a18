"""The report of the answer cards: the same in every rendering, inert whatever it holds, and a line in the digest."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from commsleads.contract import Document, Report
from commsleads.delivery import as_csv
from commsleads.errors import ReportError
from commsleads.plan import CallToAction, Goal
from commsleads.reports.campaign import AnswerCard, CardSettings
from commsleads.reports.campaign.page import METHOD, page_of
from commsleads.reports.cardwords import clicks_words, pace_words
from commsleads.reports.weekly import WeeklyDigest, WeeklySettings
from commsleads.reports.wording import columns
from commsleads.responses import Clicks
from commsleads.rules.campaigns.pace import pace
from commsleads.rules.periods import parse_period
from commsleads.store.engine import Session
from tests.campaign_rows import Drive, busy
from tests.ledger import BERLIN, NOW, WING, at

WEEK = parse_period("2026-W47", BERLIN)
EVIL = '<img src=x onerror="alert(1)"> =HYPERLINK("http://evil.example") | **x** \u202ereversed'


@pytest.fixture
def drive(session: Session) -> Drive:
    made = Drive(session)
    busy(made)
    return made


def report(drive: Drive, label: str = "2026-W47", **changes: Any) -> Document:
    made: Report[CardSettings] = AnswerCard()
    return made.write(drive.facts(**changes), parse_period(label, BERLIN), CardSettings())


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_answer_in_sentences(drive: Drive) -> None:
    """The first lines can be forwarded alone: whom, what, how many, the range of clicks, and what nobody can assign."""
    document = report(drive)
    assert document.subject == "Campaigns wk 47: The new wing, 6 of 20 (30%, 95% interval 15–52%)"
    text = flat(document.text)
    assert "31 were aimed at and asked: “Book the workshop”." in text
    assert "41 to 68 clicks by people; best 55; 120 by machines left out." in text
    assert "56 clicks and responses cannot be assigned to anybody." in text
    assert "Shlink was not read Sat 14 Nov 2026, 08:00 – Sat 14 Nov 2026, 14:00" in text
    assert "214 clicks · every GET and HEAD; machines included; days of UTC" in text


def test_every_rendering_says_the_same(drive: Drive) -> None:
    """Each word of each block stands in HTML, text and Markdown."""
    facts, document = drive.facts(), report(drive)
    page = page_of(facts, WEEK, facts.cards(WEEK), 12)
    words = [*page.verdict, *(one.title for one in page.sections)]
    words += [cell for one in page.sections for block in one.blocks for row in block.rows for cell in row]
    words += [block.text for one in page.sections for block in one.blocks if block.text]
    assert len(words) > 100
    html = flat(unescape(re.sub(r"<[^>]*>", "", re.sub(r"<br>|</(p|td|div|th|tr|h2|h3)>", " ", document.html))))
    for rendering in (flat(document.text), html, flat(re.sub(r"\\(.)", r"\1", document.markdown))):
        for word in words:
            assert flat(word) in rendering


def test_the_json_and_the_csv(drive: Drive) -> None:
    """The card of the JSON is that of the command, and the CSV has a line for each call to action."""
    document = report(drive)
    (card,) = json.loads(json.dumps(document.data))["campaigns"]
    (cta,) = card["ctas"]
    assert cta["took"] == {"n": 6, "rate": 0.3, "low": 0.1455, "high": 0.519}
    assert cta["clicks"] == {"certain_human": 41, "best": 55, "not_machine": 68, "all": 188}
    assert (card["targets"]["n"], card["targets"]["excluded"], cta["targets"]) == (33, 2, 20)
    assert card["unattributed"] == 56
    digest = WeeklyDigest().write(drive.facts(), WEEK, WeeklySettings()).data
    assert card["uplift"] == digest["campaigns"][0]["uplift"]
    (row,) = csv.DictReader(io.StringIO(as_csv(document.data) or ""))
    assert (row["took"], row["targets"], row["clicks_best"], row["goal"]) == ("6", "20", "55", "40")


def test_hostile_words_stay_words(drive: Drive) -> None:
    """Markup, formulas and turned letters in every text a person or a service can set do no harm."""
    for table, column in (("targets", "part"), ("links", "channel"), ("counters", "rule"), ("landings", "note")):
        drive.session.many(f"UPDATE {table} SET {column} = ?", [(EVIL,)])
    ctas = (CallToAction(id="book", wording=EVIL, destination="https://museum.example/book"),)
    evil = replace(WING, name=EVIL, objective=EVIL, ctas=ctas, goal=Goal(n=4, of=EVIL))
    document = report(drive, campaigns=(evil,))
    assert "<img src=x" not in document.html
    assert "\u202e" not in document.text + document.html + document.markdown
    assert "<img" not in document.markdown.replace("\\<img", "")
    rows = list(csv.DictReader(io.StringIO(as_csv(document.data) or "")))
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())
    assert "http://" not in re.sub(r"https?://(museum|go\.museum|s|evil)\.example", "", document.html)


def test_no_line_is_too_wide_and_nothing_is_fetched(drive: Drive) -> None:
    """The text part fits every mail program; the HTML loads nothing."""
    document = report(drive)
    assert max(columns(line) for line in document.text.splitlines()) <= 78
    assert not re.search(r"<(script|link|iframe)|url\(|src=\"(?!cid:curve-new-wing\")", document.html)


def test_a_period_without_a_campaign(drive: Drive) -> None:
    """It says so, in every rendering, and the CSV has its head and no line."""
    document = report(drive, "2026-W30")
    assert document.subject == "Campaigns wk 30: no campaigns"
    for rendering in (document.text, document.html, document.markdown):
        assert "No campaign runs, has just ended or was written about in this time." in flat(rendering)
    assert list(csv.reader(io.StringIO(as_csv(document.data) or "")))[1:] == []


def test_same_facts_same_bytes(drive: Drive) -> None:
    """Written twice, it is the same to the byte."""
    assert report(drive) == report(drive)


def test_on_the_terminal(drive: Drive) -> None:
    """One card as the command shows it, without the explanations."""
    facts = drive.facts()
    text = AnswerCard().write(facts, facts.week("new-wing"), CardSettings(only="new-wing")).text
    assert "6 of 20 (30%, 95% interval 15–52%)" in flat(text)
    assert METHOD[0][1] not in flat(text)
    with pytest.raises(ReportError, match="campaign list"):
        AnswerCard().write(facts, WEEK, CardSettings(only="no-such"))


def test_how_figures_are_made_is_read_whole() -> None:
    """Each explanation has its name, and none swallowed the next."""
    assert [name for name, _ in METHOD] == [
        "Aimed at (N)", "Did it", "Measured time", "Clicks by people", "Nobody can assign", "What others count",
        "Times", "Forecast",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("clicks", "words"),
    [
        (None, "no link, so no clicks"),
        (Clicks(), "no clicks"),
        (Clicks(4, 4, 4, 4), "4 clicks by people"),
        (Clicks(1, 1, 1, 9), "1 click by people; 8 by machines left out"),
        (Clicks(0, 0, 1, 1), "0 to 1 click by people; best 0"),
        (Clicks(41, 55, 63, 63), "41 to 63 clicks by people; best 55"),
    ],
)
def test_ranges_in_words(clicks: Clicks | None, words: str) -> None:
    """A range a director understands."""
    assert clicks_words(clicks) == words


def test_paces_in_words() -> None:
    """Behind says how many were expected by now, and where it ends if it goes on so."""
    start, end = at("2026-11-01T00:00"), at("2026-12-01T00:00")
    words, why = pace_words(pace(12, 60, start, end, at("2026-11-16T00:00")))
    assert words == "behind: 12 of 60 so far"
    assert why.startswith("30 expected by now if they came evenly; ")
    assert why.endswith("in the end if it goes on so")


# --- in the digest -------------------------------------------------------------------------------------------------


def digest(drive: Drive, **changes: Any) -> Document:
    return WeeklyDigest().write(drive.facts(**changes), WEEK, WeeklySettings())


def test_the_line_in_the_digest(drive: Drive) -> None:
    """Whom, what, how many with its interval, the range of clicks, leads and the goal."""
    document = digest(drive)
    assert "“Book the workshop” 6 of 20 (30%, 15–52%) · no leads" in flat(document.text)
    (whole,) = [one for one in document.versions if one.audience == "analyst"]
    text = flat(whole.text)
    assert (
        "Did it 6 of 20 (30%, 95% interval 15–52%) 41 to 68 clicks by people; best 55; 120 by machines left out · 1 "
        "response more that nobody can assign to a target Leads no journalists asked about it goal, school bookings: "
        "cannot tell"
    ) in text
    assert "Did it: Different targets with a response of the kind asked for" in text
    (answer,) = digest(drive).data["campaigns"]
    assert (answer["took"], answer["unattributed"], answer["leads"], answer["qualified"]) == (6, 56, 0, None)
    assert answer["asked"][0]["clicks"]["best"] == 55


def test_what_a_campaign_needs(drive: Drive) -> None:
    """A page that is gone and a goal that will be missed need somebody; what has ended needs nobody."""
    drive.session.many("UPDATE landings SET state = ?", [("gone",)])
    far = replace(WING, goal=Goal(n=400, of="school bookings", by=WING.ends_on))
    text = flat(digest(drive, campaigns=(far,)).text)
    needs = text.split("NEEDS YOU")[1].split("LEADS AGAINST GOAL")[0]
    assert needs.count("is gone") == 1, "a page that is gone is told once"
    assert "The page for new-wing/book is gone" in needs
    assert "The new wing is behind its goal 8 of 400 so far" in text
    over = replace(far, ends_on=NOW.date().replace(day=18))
    assert "is behind its goal" not in flat(digest(drive, campaigns=(replace(over, goal=None),)).text)


def test_a_status_is_no_response(drive: Drive) -> None:
    """Who did it by their status alone is in no figure, and the card says so: else two numbers contradict."""
    assert "by their status alone" not in flat(report(drive).text)
    drive.session.many("UPDATE targets SET status = 'did it' WHERE id IN (?, ?)", [("t-e010", "t-e011")])
    assert drive.card().whom.marked == 2
    assert "2 of them did it by their status alone: no response that counts says so" in flat(report(drive).text)


def test_before_it_begins(drive: Drive) -> None:
    """A campaign to come has no zero for an answer: its first lines say when it begins, not how many did it."""
    far = replace(WING, starts_on=WING.ends_on, ends_on=None)
    lead = AnswerCard().write(drive.facts(campaigns=(far,)), WEEK, CardSettings(only=WING.id)).text.split("Whom\n")[0]
    assert f"what comes before is in no figure. {number_aimed(drive)} were aimed at" in flat(lead)
    assert "did it" not in flat(lead).split("Aimed at (N)")[0]


def number_aimed(drive: Drive) -> int | None:
    return drive.card().whom.aimed


def test_nobody_did_it_yet(drive: Drive) -> None:
    """Where nothing has come there is no median of nobody, no empty figure, and a range of one number is a number."""
    drive.session.many("DELETE FROM responses WHERE id != ?", [("",)])
    drive.response("2026-11-13T10:00", "t-e003", kind="click", did=0)
    text = flat(AnswerCard().write(drive.facts(), WEEK, CardSettings(only=WING.id)).text)
    assert "not known yet; nobody who was contacted has done it yet" in text
    assert "Counted apart: 1 on the way to it" in text
    assert "0 of 0" not in text
