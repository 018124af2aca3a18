"""The report of the press desk: every number as counted by hand, the same in every rendering, and nobody's secret."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from commsleads.cli import main
from commsleads.contract import Document, Report
from commsleads.delivery import as_csv, write_files
from commsleads.facts import Facts
from commsleads.reports.blocks import Page
from commsleads.reports.enquiries import DeskReport, DeskSettings
from commsleads.reports.enquiries.page import page_of
from commsleads.reports.weekly import WeeklyDigest, WeeklySettings
from commsleads.reports.wording import columns
from commsleads.rules.periods import parse_period
from commsleads.store import open_engine
from commsleads.store.desk.people import Person
from commsleads.store.engine import Engine, stamp
from tests.reports.desk_office import NOW, Office, at, fortnight, office

WEEK = "2026-W47"
SECRETS = ("Resignation", "Mia Holt", "Trade Ships", "Chair to go", "s4")


class Told:
    """The office, its facts, and the two reports on week 47."""

    def __init__(self, made: Office) -> None:
        self.refs = fortnight(made)
        self.facts = made.facts()
        self.report = report(self.facts)
        self.digest = digest(self.facts)
        self.text = flat(self.report.text)


def report(facts: Facts, label: str = WEEK, **settings: int) -> Document:
    made: Report[DeskSettings] = DeskReport()
    return made.write(facts, parse_period(label, facts.zone), DeskSettings(**settings))


def digest(facts: Facts, label: str = WEEK) -> Document:
    return WeeklyDigest().write(facts, parse_period(label, facts.zone), WeeklySettings())


def flat(text: str) -> str:
    return " ".join(text.replace(" \\\n", " ").split())


def untagged(html: str) -> str:
    return flat(re.sub(r"<[^>]*>", "", re.sub(r"<br>|</(p|td|div|th|tr)>", " ", html)))


def unmarked(markdown: str) -> str:
    return flat(re.sub(r"\\(.)", r"\1", markdown))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    folder = tmp_path_factory.mktemp("desk")
    engine = open_engine(str(folder / "commsleads.db"))
    engine.migrate()
    with office(engine, folder) as made:
        yield Told(made)


@pytest.fixture
def empty(engine: Engine, tmp_path: Path) -> Iterator[Office]:
    with office(engine, tmp_path) as made:
        yield made


# --- every number --------------------------------------------------------------------------------------------------

COUNTED = [
    # the head
    "Week 47, 16–22 November 2026: 12 enquiries came; whether that is many cannot be told, because none of the 8 weeks",
    "Answered in time: 5 of 7 (71%, 95% interval 36–92%), 2 not decided yet.",
    "10 open now, 5 unanswered, 1 lapsed; the oldest unanswered one came Tue 17 Nov, 19:00.",
    "12 enquiries received Not counted: 2 duplicate or redirected.",
    "Median to first answer: 23 h; of 12, 6 without an answer",
    "Out of hours: 3 of 12; 25%",
    # in time, by what they are
    "Tier 1: 3 · 1 of 2 (9–91%), 1 undecided · 5 h 30 min",
    "Tier 2: 3 · 1 of 1 (21–100%), 1 undecided · none yet (1 of 3)",
    "Tier 3: 4 · 2 of 3 (21–94%) · 23 h",
    "not in the register: 2 · 1 of 1 (21–100%) · 6 h",
    "phone: 6 · 2 of 4 (15–85%), 2 undecided · 23 h",
    "email: 5 · 3 of 3 (44–100%) · 6 h",
    "web form: 1 · no deadline · none yet (0 of 1)",
    "under 1 h: 1 · 1 of 1 (21–100%) · 40 min",
    "1 to 4 h: 3 · 2 of 3 (21–94%) · 2 h",
    "same day: 2 · 0 of 1 (0–79%) · 5 h 30 min",
    "later: 4 · 2 of 2 (34–100%), 2 undecided · 23 h",
    "none stated: 2 · no deadline · none yet (0 of 2)",
    "in hours: 9 · 5 of 6 (44–97%), 1 undecided · 6 h",
    "out of hours: 3 · 0 of 1 (0–79%), 1 undecided · none yet (0 of 3)",
    "Ben Okoro: 2 · cannot tell: 1 not decided yet · none yet (0 of 2)",
    "Dot Hale: 1 · 0 of 1 (0–79%) · none yet (0 of 1)",
    "the journalist (reactive): 11 · 4 of 6 (30–90%), 2 undecided · none yet (5 of 11)",
    "us (proactive): 1 · 1 of 1 (21–100%) · 23 h",
    # what was missed
    "2026-0007 · Dockside Radio (tier 3) · “Night tours” Deadline was Tue 17 Nov, 20:30 and nothing was answered; Ada",
    "2026-0005 · The Meridian (tier 1) · “The tower” Answered 1 h 30 min after its deadline; Ben Okoro.",
    # how fast
    "Time to first answer, median: 23 h; 95% interval 40 min or more; 12 enquiries, 6 of them without an answer",
    "Time to acknowledge, median: 5 min; nine of ten within 15 min; of 10; 2 enquiries without an acknowledgement",
    "Acknowledged within 15 min of working time: 9 of 11 (82%); 95% interval 52–95%; 1 not decided yet",
    "Answered within 4 h of working time: 4 of 8 (50%); 95% interval 22–78%; 3 not decided yet",
    # sign-off
    "Time to a decision, median: 45 min; nine of ten within 1 h 45 min; of 6",
    "The same in working time: 25 min; nine of ten within 1 h 45 min; of 6",
    "Enquiries sent back at least once: 1 of 5 (20%); 95% interval 4–62%",
    "Sent back: 1; of 6 decisions",
    "Share of the time to first answer: 15%; over 5 signed enquiries answered this week, pooled",
    "sign-off: 6 · 45 min · 1 h 45 min",
    "Cem Aksoy: 6 · 45 min · 1 h 45 min",
    # answers, promises, interviews
    "First answers given: 6; 2 full, 1 declined, 1 interview, 1 partial and 1 statement",
    "Promises kept on time: 1 of 2 (50%); 95% interval 9–91%",
    "Interviews given: 1; 1 by the chief executive",
    # what came of it
    "Coverage yield of this period's answers: cannot tell; 6 answered less than 30 days ago, too early to tell",
    "Coverage yield of answers now 30 days old: cannot tell; none turned 30 days old this week",
    "Stories tied to enquiries: 4",
    "Our words used: 1 of 3 (33%); 95% interval 6–79%; 1 of which nobody said",
    "Without an error: 3 of 4 (75%); 95% interval 30–95%",
    "Corrections granted: 1 of 1 (100%); 95% interval 21–100%",
    "“Could not be reached”: 1; after a deadline that we missed",
    "Of 2026-0005: seen 18 Nov; our words not used; error: It is 40 metres high, not 60; correction asked 19 Nov,",
    "Of 2026-0007: seen 18 Nov; our words not used; it says “The museum could not be reached”, after a deadline",
    "Of 2026-0003: seen 17 Nov; our words used.",
    "A story of a restricted enquiry Seen 21 Nov.",
    # who asks
    "Journalists who had asked before: 2 of 9; at least",
    "New journalists: cannot tell; the log is younger than the 180 days",
    "Enquiries without a name: 1",
    "Positive or neutral: 7 of 9 (78%); 95% interval 45–94%; 3 whose stance nobody has set",
    "Inbound share: not measured; pitches are not counted here",
    "Enquiry leads: 6 touches by 4 journalists (phone 4 and email 2), not yet qualified. 3 more wait for a name or a",
    # load, and what is counted apart
    "Ben Okoro: 8 · 3 (16 Nov)",
    "Ada Stone: 2 · 1 (17 Nov)",
    "nobody: 2 · 1 (18 Nov)",
    "Duplicates: 1; in no figure",
    "Redirected: 1; in no figure",
    "Withdrawn: 1; received, and not in the rate of those in time",
    "Deadlines that nobody could read: 1",
]


@pytest.mark.parametrize("words", COUNTED)
def test_every_number_is_the_counted_one(told: Told, words: str) -> None:
    """What was counted by hand stands in the report, with what it rests on."""
    assert words in told.text


def test_subject(told: Told) -> None:
    """The subject alone says how the week went."""
    assert told.report.subject == "Press desk wk 47: 12 enquiries, 5 of 7 in time, 10 open (1 lapsed)"


def test_what_needs_somebody(told: Told) -> None:
    """The most pressing first, each with the hour and, unless it is restricted, the owner."""
    (section,) = [one for one in page(told.facts).sections if one.title == "Needs somebody"]
    assert section.blocks[0].rows == (
        (
            "1 enquiry lapsed without an answer",
            "2026-0007, due Tue 17 Nov, 20:30, Ada Stone.",
            "commsleads enquiry list",
        ),
        ("1 promise overdue", "2026-0015, due Mon 23 Nov, 06:00, Ben Okoro.", "commsleads enquiry show REF"),
        (
            "2 deadlines within 48 hours",
            "2026-0014, due Mon 23 Nov, 12:00 · 2026-0015, due Tue 24 Nov, 12:00, Ben Okoro.",
            "commsleads enquiry list",
        ),
        (
            "1 sign-off waiting",
            "2026-0014, sign-off since Fri 20 Nov, 16:00, answer due Mon 23 Nov, 12:00.",
            "commsleads enquiry sign-off REF",
        ),
        (
            "1 enquiry not acknowledged in time",
            "2026-0008, came Wed 18 Nov, 10:00, nobody.",
            "commsleads enquiry acknowledge REF",
        ),
    )


def test_the_list_says_how_each_came_out(told: Told) -> None:
    """Every enquiry of the week in a word, newest first; those of the week before are not in it."""
    (section,) = [one for one in page(told.facts).sections if one.title == "The enquiries"]
    assert [(what.split(" · ")[0], verdict) for what, _, verdict in section.blocks[0].rows] == [
        ("2026-0016", "open"), ("2026-0015", "open"), ("2026-0014", "open"), ("2026-0013", "in time"),
        ("2026-0012", "withdrawn"), ("2026-0011", "redirected"), ("2026-0010", "duplicate"), ("2026-0009", "in time"),
        ("2026-0008", "open"), ("2026-0007", "lapsed"), ("2026-0006", "in time"), ("2026-0005", "late"),
        ("2026-0004", "in time"), ("2026-0003", "in time"),
    ]  # fmt: skip


# --- the same in every rendering -----------------------------------------------------------------------------------


def page(facts: Facts, label: str = WEEK) -> Page:
    period = parse_period(label, facts.zone)
    return page_of(facts, period, facts.desk(period), DeskSettings())


def test_every_rendering_says_the_same(told: Told) -> None:
    """Each word of each block stands in HTML, text and Markdown, under the same headings in the same order."""
    made = page(told.facts)
    words = [*made.verdict]
    words += [
        cell
        for one in made.sections
        for block in one.blocks
        if block.kind != "bars"
        for row in block.rows
        for cell in row
    ]
    words += [block.text for one in made.sections for block in one.blocks if block.text]
    assert len(words) > 250
    for rendering in (told.text, untagged(unescape(told.report.html)), unmarked(told.report.markdown)):
        for word in words:
            assert flat(word) in rendering
    heads = [one.title for one in made.sections if one.title]
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", told.report.html)[:-1] == heads
    assert re.findall(r"(?m)^## (.*)$", told.report.markdown)[:-1] == heads
    assert [line for line in told.report.text.splitlines() if line in {one.upper() for one in heads}] == [
        one.upper() for one in heads
    ]


def test_the_json_counts_the_same_and_names_its_rows(told: Told) -> None:
    """Each count is as long as its rows; each rate is its hits and misses; references can be looked up."""
    desk = json.loads(json.dumps(told.report.data))["desk"]
    assert desk["received"]["value"] == 12
    assert (desk["in_time"]["k"], desk["in_time"]["n"], desk["in_time"]["value"]) == (5, 7, 0.7143)
    refs = told.refs
    assert desk["in_time"]["misses"] == [refs["tower"], refs["night"]]
    assert desk["in_time"]["undecided"] == ["restricted", refs["wing"]]
    assert desk["first_answer"]["median_seconds"] == 23 * 3600
    assert (desk["backlog"]["open"]["value"], desk["backlog"]["unanswered"]["value"]) == (10, 5)
    assert desk["inbound"] is None
    counts, rates = 0, 0
    for found in dicts(desk):
        if "rows" in found and "value" in found:
            counts += 1
            assert found["value"] == len(found["rows"])
        if "hits" in found:
            rates += 1
            assert (found["k"], found["n"]) == (len(found["hits"]), len(found["hits"]) + len(found["misses"]))
    assert counts > 30
    assert rates > 20


def dicts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from dicts(part)
    elif isinstance(value, list):
        for part in value:
            yield from dicts(part)


def test_the_csv_is_the_list_of_the_json(told: Told) -> None:
    """One line an enquiry, with its times, verdict and whether it counts."""
    rows = list(csv.DictReader(io.StringIO(as_csv(told.report.data) or "")))
    data = told.report.data
    assert [row["reference"] for row in rows] == [row["reference"] for row in data["enquiries"]]
    assert list(rows[0]) == data["columns"]
    tower = next(row for row in rows if row["reference"] == told.refs["tower"])
    assert tower["received_at"] == "2026-11-16T13:00+00:00"
    in_json = next(row for row in data["enquiries"] if row["reference"] == tower["reference"])
    assert in_json["received_at"] == "2026-11-16T13:00:00Z"  # programs read UTC, people their own time
    assert (tower["notice_minutes"], tower["minutes_to_answer"], tower["in_time"]) == ("240", "330", "no")
    assert (tower["tier"], tower["journalists"], tower["owner"], tower["stance"]) == (
        "1",
        "Omar Said",
        "ben",
        "hostile",
    )
    assert sum(row["counted"] == "yes" for row in rows) == 12
    assert sum(row["in_time"] == "yes" for row in rows) == 5
    assert sum(row["out_of_hours"] == "yes" for row in rows if row["counted"] == "yes") == 3


def test_same_facts_same_bytes(told: Told) -> None:
    """Written twice, it is the same to the byte."""
    assert report(told.facts) == told.report
    assert json.dumps(report(told.facts).data) == json.dumps(told.report.data)


# --- in the weekly digest ------------------------------------------------------------------------------------------


def test_section_6_of_the_digest(told: Told) -> None:
    """One line with all its figures, three exceptions (lapsed, answered late, tier 1 and open); short for the team."""
    text = flat(told.digest.text)
    assert (
        "12 received; 5 of 7 in time (71%, 36–92%), 2 undecided; median 23 h; 3 of 12 out of hours. 10 open, 5 "
        "unanswered, the oldest since Tue 17 Nov, 19:00. - 2026-0007 · Dockside Radio (tier 3) · “Night tours” "
        "Deadline was Tue 17 Nov, 20:30 and nothing was answered, Ada Stone."
    ) in text
    (whole,) = [one for one in told.digest.versions if one.audience == "analyst"]
    text = flat(whole.text)
    assert (
        "12 enquiries received; answered in time 5 of 7 (71%, 95% interval 36–92%), 2 not decided yet; median time to "
        "first answer 23 h; 3 of 12 out of hours. 10 open now, 5 unanswered, 1 lapsed; the oldest unanswered one came "
        "Tue 17 Nov, 19:00. - 2026-0007 · Dockside Radio (tier 3) · “Night tours” Deadline was Tue 17 Nov, 20:30 and "
        "nothing was answered, Ada Stone. - 2026-0005 · The Meridian (tier 1) · “The tower” Answered 1 h 30 min after "
        "its deadline, Ben Okoro. - 2026-0015 · The Meridian (tier 1) · “The new wing” Tier 1 and open, due Tue 24 "
        "Nov, 12:00, Ben Okoro."
    ) in text
    for rendering in (untagged(unescape(whole.html)), unmarked(whole.markdown)):
        assert "5 of 7 (71%, 95% interval 36–92%), 2 not decided yet; median time to first answer 23 h" in rendering
        assert "Answered 1 h 30 min after its deadline, Ben Okoro." in rendering


def test_needs_and_leads_of_the_digest(told: Told) -> None:
    """The desk comes first in what needs you, a broken source keeps its place, and touches are no qualified leads."""
    text = flat(told.digest.text)
    assert told.digest.subject == "Comms wk 47: 12 enquiries (1 lapsed), no stories, 7 need you"
    assert text.index("1 enquiry lapsed without an answer") < text.index("1 promise overdue")
    assert text.index("1 sign-off waiting") < text.index("No source has been asked yet")
    assert "And 2 more." in text
    assert "Enquiry leads: 6 touches by 4 journalists (phone 4 and email 2), not yet qualified." in text
    assert "Qualified leads are not counted here yet, so no figure is given." in text
    data = told.digest.data
    assert (data["leads"]["value"], data["leads"]["enquiry_touches"]["n"]) == (None, 6)
    assert (data["enquiries"]["value"], data["enquiries"]["lapsed"], len(data["enquiries"]["rows"])) == (12, 1, 12)
    assert len(data["needs"]) == 7


# --- nobody's secret -----------------------------------------------------------------------------------------------


def test_restricted_enquiries_are_counted_and_never_shown(told: Told) -> None:
    """No word of theirs in any rendering of either report: not subject, name, outlet, owner, approver or story."""
    for document in (told.report, told.digest):
        data = json.dumps(document.data)
        for rendering in (document.text, document.html, document.markdown, data, as_csv(document.data) or ""):
            for secret in SECRETS:
                assert secret not in rendering
    assert "2026-0014 · restricted: open" in told.text
    (line,) = [row for row in told.report.data["enquiries"] if row["reference"] == "2026-0014"]
    assert {name for name, value in line.items() if value} == {
        "reference", "received_at", "subject", "state", "deadline_at", "deadline_kind", "notice_minutes",
        "acknowledged_at", "in_time", "counted",
    }  # fmt: skip
    assert told.report.data["desk"]["by_issue"] is None
    assert "2026-0014" not in json.dumps(told.report.data["desk"])


HOSTILE = (
    '=HYPERLINK("http://x")<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} | [x](javascript:1) '
    "\u202eevil"
)


class Elements(HTMLParser):
    """Every element with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_what_strangers_wrote_is_inert(empty: Office) -> None:
    """Markup in subjects, names, outlets, promises and errors is text; a formula is no formula in the CSV."""
    who = Person(name=HOSTILE[:100], outlet=HOSTILE[:100])
    ref = empty.came("17 10:00", HOSTILE, who, due="17 11:00", owner="ben", stance="neutral")
    empty.signed(ref, "17 12:00", "17 13:00")
    empty.answered(ref, "17 13:30")
    empty.printed(ref, "18 09:00", "s1", HOSTILE, unreached=HOSTILE)
    facts = empty.facts(organisation=HOSTILE)
    for document in (report(facts), digest(facts)):
        found = Elements(document.html).found
        assert all((attrs["src"] or "").startswith("cid:") for tag, attrs in found if tag == "img")
        assert not {"script", "iframe", "link", "object", "form", "svg", "a"} & {tag for tag, _ in found}
        assert not [attrs for _, attrs in found if any(name.startswith("on") for name in attrs)]
        assert "{{ 7*7 }}" in flat(document.text)
        assert "\u202e" not in document.text + document.html + document.markdown
        assert "<script" not in document.markdown.replace(r"\<script", "")
        assert "\n" not in document.subject
    cells = [cell for row in csv.reader(io.StringIO(as_csv(report(facts).data) or "")) for cell in row]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


# --- an office that has just begun, or whose mailbox is not read ----------------------------------------------------


def test_a_desk_that_nobody_uses(empty: Office) -> None:
    """One short line and no zero, in both reports."""
    document = report(empty.facts())
    assert document.subject == "Press desk wk 47: no enquiry logged yet"
    assert "No enquiry has been logged yet: commsleads enquiry log" in flat(document.text)
    assert not re.search(r"\b0\b", document.text)
    assert (document.data["enquiries"], document.data["desk"]) == ([], None)
    assert digest(empty.facts()).data["enquiries"]["value"] is None
    assert "No enquiry has been logged yet: commsleads enquiry log" in digest(empty.facts()).text


def test_a_week_before_the_log_began(empty: Office) -> None:
    """A week in which there was no log is no week without enquiries."""
    empty.came("18 10:00", "First", None)
    for document in (report(empty.facts(), "2026-W45"), digest(empty.facts(), "2026-W45")):
        assert "The log began after this week, on Wed 18 Nov, 10:00. 1 open now" in flat(document.text)
    assert report(empty.facts(), "2026-W45").subject == "Press desk wk 45: no enquiry logged yet"


def test_a_quiet_week(empty: Office) -> None:
    """A week with a log and without an enquiry is a zero that is meant, and rates cannot tell."""
    ref = empty.came("9 10:00", "Roof", None, owner="ben")
    empty.signed(ref, "9 10:00", "9 10:00")
    empty.answered(ref, "9 11:00")
    document = report(empty.facts())
    assert document.subject == "Press desk wk 47: no enquiries, 1 open"
    text = flat(document.text)
    assert "no enquiries came" in text
    assert "No enquiry came this week, so there is nothing to answer in time." in text
    assert "Answered in time: cannot tell, no deadline was stated" in text
    assert "Nothing was signed this week." in text
    assert "1 open now, all answered." in text
    assert "No enquiries received. 1 open now, all answered." in flat(digest(empty.facts()).text)


def test_a_mailbox_that_is_not_read_is_named(empty: Office) -> None:
    """Enquiries may be missing: said beside the figures, and the mark is no longer green."""
    empty.came("17 10:00", "Roof", None)
    mailbox(empty, "press", polled=True)
    mailbox(empty, "office", polled=False)
    gap(empty, "press", "18 08:00", "")
    facts = empty.facts(mailboxes=("press", "office"))
    for document in (report(facts), digest(facts)):
        text = flat(document.text)
        assert "Press has not been read since Wed 18 Nov, 08:00: enquiries may be missing." in text
        assert "Office has never been read: enquiries may be missing." in text
    assert "2 mailboxes, 2 not read" in report(facts).text
    assert "▲" in report(facts).html


def test_mail_that_was_read_late_is_not_missing(empty: Office) -> None:
    """A gap of a mailbox that is over has lost nothing: mail waits on its server."""
    empty.came("17 10:00", "Roof", None)
    mailbox(empty, "press", polled=True)
    gap(empty, "press", "17 08:00", "18 08:00")
    document = report(empty.facts(mailboxes=("press",)))
    assert "may be missing" not in document.text
    assert "1 mailbox, read late at times" in flat(document.text)


def mailbox(made: Office, name: str, *, polled: bool) -> None:
    made.session.execute(
        "INSERT INTO sources (id, kind, name, every_seconds, next_check_at, interval_seconds, state) "
        "VALUES (:id, 'mailbox', :name, 60, '', 60, 'ok')",
        id=name,
        name=name.title(),
    )
    if polled:
        made.session.execute(
            "INSERT INTO polls (source_id, at, outcome) VALUES (:id, :at, 'read')", id=name, at=stamp(at("1 08:00"))
        )


def gap(made: Office, source: str, start: str, end: str) -> None:
    made.session.execute(
        "INSERT INTO gaps (source_id, start_at, end_at, why) VALUES (:id, :start, :end, 'The line is dead.')",
        id=source,
        start=stamp(at(start)),
        end=stamp(at(end)) if end else "",
    )


# --- for people and their programs ---------------------------------------------------------------------------------


def test_lists_are_capped_and_say_so(empty: Office) -> None:
    """A long week still fits a mail; what is left out is counted and its place named."""
    for number in range(70):
        empty.came("17 10:00", f"Enquiry {number} about the roof of the tower", None, due="17 11:00", owner="ben")
    document = report(empty.facts())
    text = flat(document.text)
    assert "And 30 more: the CSV of this report lists them all." in text
    assert "And 60 more: the CSV of this report lists them all." in text
    assert "and 64 more." in text
    assert len(document.html.encode()) < 102_000
    assert len((as_csv(document.data) or "").splitlines()) == 71


def test_readable_everywhere(told: Told) -> None:
    """No line of the text is wider than 78 columns; style stands in the elements; nothing is loaded."""
    assert not [line for line in told.report.text.splitlines() if columns(line) > 78]
    html = told.report.html
    assert '<html lang="en"' in html
    assert not re.search(r"url\(|src=\"(?!cid:deadlines\")|@import", html)
    cells = [attrs for tag, attrs in Elements(html).found if tag in ("td", "th")]
    without = {attrs.get("class") for attrs in cells if "font" not in (attrs.get("style") or "")}
    assert without == {"margin"}, "it holds no words of its own"
    assert len(html.encode()) < 102_000


@pytest.mark.parametrize(
    ("label", "kind"), [("2026-11-17", "Press desk of the day"), ("2026-11", "Press desk of the month")]
)
def test_days_and_months_are_told_alike(told: Told, label: str, kind: str) -> None:
    """The same report serves a day and a month, in their own words."""
    document = report(told.facts, label)
    assert kind in document.text
    assert document.data["desk"]["received"]["value"] == {"2026-11-17": 2, "2026-11": 14}[label]
    assert "this week" not in document.text


def test_a_month_that_is_not_over_says_so(told: Told) -> None:
    """A part of a month is told as such, and is no basis for few or many."""
    assert "(not over: as of Mon 23 Nov 2026, 07:00)" in flat(report(told.facts, "2026-11").text)


def test_files_of_the_report(told: Told, tmp_path: Path) -> None:
    """The CSV stands beside the others, with the mark by which spreadsheets know UTF-8."""
    period = parse_period(WEEK, told.facts.zone)
    names = [path.name for path in write_files(told.report, "enquiries", period, tmp_path)]
    assert names == [f"enquiries-2026-W47.{ending}" for ending in ("html", "txt", "md", "json", "csv")]
    assert (tmp_path / "enquiries-2026-W47.csv").read_bytes().startswith(b"\xef\xbb\xbfreference,received_at,")
    digests = [path.name for path in write_files(told.digest, "weekly", period, tmp_path)]
    assert not [name for name in digests if name.endswith(".csv")], "the digest has no table"


def test_by_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`report enquiries` in each format; a report without a list says that it has none."""
    config = tmp_path / "config.toml"
    config.write_text('[organisation]\nname = "Harbour Museum"\ntimezone = "Europe/London"\n', encoding="utf-8")
    monkeypatch.setenv("COMMSLEADS_CONFIG", str(config))
    monkeypatch.setenv("COMMSLEADS_USER", "ada")

    def run(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(main, list(words), catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result.output

    run("enquiry", "log", "--from", "Ruth Calder, North County Post", "--subject", "Zoë asks", "--channel", "phone")
    told = run("report", "enquiries", "--period", "this", "--format", "csv").splitlines()
    assert told[0].startswith("reference,received_at,")
    assert "Zoë asks" in told[1]
    file = tmp_path / "list.csv"
    run("report", "enquiries", "--period", "this", "--format", "csv", "--out", str(file))
    assert file.read_bytes().startswith(b"\xef\xbb\xbfreference,")
    assert json.loads(run("report", "enquiries", "--period", "this", "--json"))["desk"]["received"]["value"] == 1
    assert "has no table to write as CSV" in run("report", "weekly", "--format", "csv", code=2)


def test_now_is_given(told: Told) -> None:
    """The report is told as of its facts and never as of the machine's clock."""
    assert told.report.data["as_of"] == f"{NOW.isoformat()[:19]}Z"
