"""The sections of the digest that people feed: messages and tone, alerts, what was corrected, what is to come."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from commsleads.contract import Document
from commsleads.coverage.coding import set_message, set_tone
from commsleads.coverage.removing import remove
from commsleads.plan import CalendarEntry, KeyMessage
from commsleads.reports.weekly import WeeklyDigest, WeeklySettings
from commsleads.reports.weekly.told import clipped, titled
from commsleads.rules.periods import parse_period
from commsleads.store.coding import Carrying, Toned, keep_messages, keep_tones
from commsleads.store.engine import Session, stamp
from tests.ledger import BERLIN, NOW, WATCHES, WING, Ledger, at

OPEN = KeyMessage(id="open", text="Open to every school", phrases=("every school",))


@pytest.fixture
def ledger(session: Session) -> Ledger:
    made = Ledger(session)
    made.source("post")
    made.weekly_polls("post")
    for label in range(39, 47):
        made.week(label, 3)
    return made


def digest(ledger: Ledger, **changes: Any) -> Document:
    return WeeklyDigest().write(ledger.facts(**changes), parse_period("2026-W47", BERLIN), WeeklySettings())


def flat(text: str) -> str:
    """A text part without its line ends."""
    return " ".join(text.split())


def part(document: Document, name: str, audience: str = "") -> str:
    """One section of the text part, for the team or for another audience."""
    told = next((one for one in document.versions if one.audience == audience), document)
    return flat(told.text.partition(f"\n{name.upper()}\n")[2].partition("\n\n")[0])


def alert(ledger: Ledger, subject: str, **changes: str) -> None:
    """A row of an alert that was raised on Tuesday."""
    at_ = stamp(at("2026-11-17T09:30"))
    given = {
        "id": f"a-{subject}", "kind": "surge", "level": "review", "subject": subject, "title": "Many stories",
        "text": "Many.", "owner": "", "caused_at": at_, "raised_at": at_, "ready_at": at_,
    }  # fmt: skip
    ledger._row("alerts", given | changes)


# --- what is cut -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fill", ["nothing", "a story", "crowded"])
def test_a_director_reads_no_command(ledger: Ledger, fill: str) -> None:
    """Commands are for whoever sits at the program: none stands in the version for directors, in any rendering."""
    if fill != "nothing":
        ledger.signal("2026-11-17T08:00", id="first", title="The museum leaks")
        alert(ledger, "first", kind="tier 1", level="escalate")
    if fill == "crowded":
        ledger.source("bad", state="failing", last_error="It broke.")
    version = next(one for one in digest(ledger).versions if one.audience == "director")
    for rendering in (version.text, version.html, version.markdown, version.printed):
        assert not re.search(r"commsleads [a-z]", rendering)
        assert "Rows:" not in rendering


def test_a_director_reads_a_headline_once(ledger: Ledger) -> None:
    """Where the verdict names what to read first, the line of coverage does not say it again."""
    ledger.signal("2026-11-17T08:00", id="first", title="The museum leaks")
    version = next(one for one in digest(ledger).versions if one.audience == "director")
    assert version.text.count("The museum leaks") == 1


def test_what_is_cut_ends_where_a_sentence_can_end() -> None:
    """A shorter sentence is said and not a broken one; quotations stay whole; endless words are cut."""
    edited = "The Gazette edited a headline: “Furious, and late” became “Traders ask for a timetable”."
    assert clipped(edited, 55) == "The Gazette edited a headline."
    assert clipped("W45, stories: 6 told, 5 now; copies were found to be one.", 40) == "W45, stories: 6 told, 5 now."
    assert (
        clipped("2026-0024, sign-off since Fri 13 Nov, 14:22, due Wed", 48)
        == "2026-0024, sign-off since Fri 13 Nov, 14:22"
    )
    assert clipped("It broke. Nobody knows why, or how.", 20) == "It broke."
    assert clipped("short", 20) == "short"
    assert clipped("word " * 40, 20) == "word word word…"
    assert titled("A thousand homes join: digging can begin soon", 30) == "A thousand homes join"
    assert titled("A thousand homes join the shared heating", 30) == "A thousand homes join the…"


# --- 5 stories and 8 risks -------------------------------------------------------------------------------------------


def test_a_risk_says_whether_it_went_out_and_whose_it_is(ledger: Ledger) -> None:
    """A surge names its alert, level, time and owner; without an alert it says that none went out."""
    ledger.week(47, 20)
    without = part(digest(ledger), "Risks and moving stories")
    assert "Harbour Museum: 20 stories, where up to 8 would be nothing unusual" in without
    assert "No alert went out about it." in without
    alert(ledger, "museum")
    told = part(digest(ledger), "Risks and moving stories")
    assert "Alert (review) since Tue 17 Nov, 09:30: nobody has it yet." in told


def test_alerts_of_a_high_level_are_risks_and_count_in_the_subject(ledger: Ledger) -> None:
    """An open alert to escalate stands among the risks by its title; one that settled, or of a low level, does not."""
    ledger.week(47, 3)
    alert(ledger, "one", kind="risk word", level="escalate", title="A leak is reported")
    alert(ledger, "two", kind="risk word", level="escalate", title="It is over", settled_at=stamp(NOW))
    alert(ledger, "three", kind="collector down", level="watch", title="A source is silent")
    document = digest(ledger)
    told = part(document, "Risks and moving stories")
    assert "A leak is reported" in told
    assert "It is over" not in told
    assert "A source is silent" not in told
    assert document.subject.endswith(", 1 risk")


def test_a_story_that_presses_comes_first(ledger: Ledger) -> None:
    """A story with an open alert of a high level stands before others, whatever their outlets and pickups."""
    first = ledger.signal("2026-11-17T08:00", id="first", title="A fine evening")
    ledger.signal("2026-11-17T12:00", copy_of=first, outlet="Quay Radio", domain="quayradio.example")
    ledger.signal("2026-11-18T08:00", id="second", title="The builder sues")
    usual = part(digest(ledger), "Coverage that matters")
    assert usual.index("A fine evening") < usual.index("The builder sues")
    alert(ledger, "second", kind="risk word", level="escalate")
    told = part(digest(ledger), "Coverage that matters")
    assert told.index("The builder sues") < told.index("A fine evening")


def test_a_story_says_who_acts(ledger: Ledger) -> None:
    """An open alert about it, else a person's word that it is against us, else that nobody must act."""
    ledger.signal("2026-11-17T08:00", id="first", title="The museum leaks")
    assert "Action: none." in part(digest(ledger), "Coverage that matters")
    set_tone(ledger.session, "first", "negative", watches=WATCHES, who="ada", now=at("2026-11-18T09:00"))
    assert "Against us: read it." in part(digest(ledger), "Coverage that matters")
    alert(ledger, "first", kind="tier 1", level="escalate")
    assert "Alert (escalate): nobody has it yet." in part(digest(ledger), "Coverage that matters")


# --- 7 messages, tone, share of voice --------------------------------------------------------------------------------


def test_messages_and_tone_by_people(ledger: Ledger) -> None:
    """The message in k of n stories with its interval; tone as people read it, of how many, and the rest apart."""
    campaign = replace(WING, messages=(OPEN,))
    for number in range(4):
        ledger.signal("2026-11-17T08:00", id=f"m{number}", tied="watch")
    row = ledger.session.query("SELECT arrival FROM signals WHERE id = 'm0'")[0]
    keep_messages(ledger.session, [Carrying("m0", "new-wing", "open", "m0", row["arrival"], 2, "every school")])
    for ident, tone in (("m0", "positive"), ("m1", "negative")):
        set_tone(ledger.session, ident, tone, watches=WATCHES, who="ada", now=at("2026-11-18T09:00"))
    said = {"presence": "1", "accuracy": "2"}
    set_message(ledger.session, "m0", "open", campaigns=(campaign,), given=said, who="ada", now=at("2026-11-18T09:00"))
    document = digest(ledger, campaigns=(campaign,))
    told = part(document, "Messages, tone, share of voice")
    assert "- Message: “Open to every school” in 1 of 4 (25%); 5–70%; week before" in told
    assert "- Tone: 1 negative, 0 neutral, 1 positive: 2 of 4 read by a person" in told
    whole = part(document, "Messages, tone, share of voice", "analyst")
    assert "“Open to every school” (The new wing): 1 of 4 (25%, 5–70%)" in whole
    assert "1 of 1 judged right" in whole
    assert document.data["messages"][0]["share"]["k"] == 1
    assert document.data["tone"]["checked"]["negative"] == 1


def test_how_far_the_machine_may_be_believed_stands_beside_its_guesses(ledger: Ledger) -> None:
    """Analysts read its Brier score beside that of the usual shares, and bin by bin what was told and what was so."""
    for number, (chances, tone) in enumerate((((800, 100, 100), "negative"), ((850, 100, 50), "neutral"))):
        ident = ledger.signal("2026-11-17T08:00", id=f"r{number}")
        arrival = ledger.session.query("SELECT arrival FROM signals WHERE id = :id", id=ident)[0]["arrival"]
        keep_tones(ledger.session, [Toned(ident, "museum", ident, arrival, *chances, "made-up")])
        set_tone(ledger.session, ident, tone, watches=WATCHES, who="ada", now=at("2026-11-18T09:00"))
    document = digest(ledger)
    whole = part(document, "Messages, tone, share of voice", "analyst")
    assert "Of 2 checked so far the machine was right in 1, 50% (9–91%)" in whole
    # (0.04 + 0.01 + 0.01 + 0.7225 + 0.81 + 0.0025) / 2; each of the two has the other for a usual share.
    assert "Brier score 0.797, who guesses the usual shares 2.000" in whole
    assert "1 negative where it expected 2, 1 neutral where it expected 0 and 0 positive where it expected 0" in whole
    assert "- 80% – 90%: 2 · 82% · 50% (9–91%)" in whole
    assert document.data["tone"]["reliability"]["brier"] == 0.7975
    assert "Brier" not in part(document, "Messages, tone, share of voice")


def test_nothing_declared_and_nothing_read_is_said(ledger: Ledger) -> None:
    """Without messages, without a word on tone and without rivals each row says so, and nothing is a zero."""
    ledger.week(47, 3)
    told = part(digest(ledger, watches=WATCHES[:1]), "Messages, tone, share of voice")
    assert "- Message: none is declared for a campaign that runs" in told
    assert "- Tone: none of 3 stories read by a person yet" in told
    assert "- Share of voice: not measured yet" in told


# --- 9 learned and changed -------------------------------------------------------------------------------------------


def test_what_people_corrected_is_told(ledger: Ledger) -> None:
    """A story taken out this week stands among what was learned, with its reason, and is counted no more."""
    ledger.week(47, 2)
    ident = ledger.signal("2026-11-17T08:00", title="Another museum by a harbour")
    before = digest(ledger).data["figures"]["stories"]["value"]
    remove(ledger.session, ident, why="another museum", who="ada", now=at("2026-11-18T09:00"))
    document = digest(ledger)
    assert document.data["figures"]["stories"]["value"] == before - 1
    assert "1 story was taken out as no coverage: " in part(document, "Learned and changed")
    assert "another museum" in part(document, "Learned and changed")


def test_an_edition_that_did_not_reach_everybody_says_so(ledger: Ledger) -> None:
    """How many got the last edition, and what became of the others."""
    monday = stamp(at("2026-11-16T07:00"))
    ledger._row(
        "reports",
        {
            "name": "weekly", "period": "2026-W46", "start_at": stamp(at("2026-11-09T00:00")), "cutoff": 0,
            "end_at": stamp(at("2026-11-16T00:00")), "state": "written", "begun_at": monday, "leased_until": "",
            "written_at": monday, "data": json.dumps({}),
        },
    )  # fmt: skip
    for name, state in (("ada", "sent"), ("ben", "over")):
        given = {"name": "weekly", "period": "2026-W46", "recipient": f"{name}@museum.example", "state": state}
        ledger._row("deliveries", given | {"at": monday})
    told = part(digest(ledger), "Learned and changed", "analyst")
    assert "W46 reached 1 of 2 people: 0 still tried, 1 given up or bounced, 0 in doubt." in told


# --- 10 next week ----------------------------------------------------------------------------------------------------


def test_what_is_to_come_in_its_order_and_capped(ledger: Ledger) -> None:
    """Five entries with day, kind, what and who; the rest is counted and stands in the version for analysts."""
    diary = [
        CalendarEntry(on=date(2026, 11, 23 + number), what=f"Talk {number}", kind="event", at="11:00", who="Ada Lind")
        for number in range(7)
    ]
    diary[0] = replace(diary[0], kind="embargo", what="Annual figures", campaign="new-wing", at="")
    document = digest(ledger, diary=diary)
    told = part(document, "Next week")
    assert "- Mon 23 Nov: Embargo ends: Annual figures (The new wing) · Ada Lind" in told
    assert "- Tue 24 Nov, 11:00: Event: Talk 1 · Ada Lind" in told
    assert "And 2 more." in told
    assert "Talk 6" in part(document, "Next week", "analyst")
    assert len(document.data["coming"]) == 7
