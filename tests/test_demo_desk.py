"""The desk of the demo: what the program made of its mails, calls and work, held against what `press.toml` says.

The truth is counted here from the data file itself, by other means than the program's.
"""

from __future__ import annotations

import json
import mailbox
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from commsleads.app import App, build
from commsleads.contract import Period
from commsleads.demo import run
from commsleads.demo.newsroom import WEEKS, monday_before, open_newsroom
from commsleads.demo.pressoffice import open_press_office
from commsleads.facts.desk_values import DeskFigures
from commsleads.rules.periods import period_of
from tests.desktruth import DATA, KNOWN, Truth, truths
from tests.shown import Shown, shown_once


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return shown_once(tmp_path_factory)


@pytest.fixture(scope="module")
def truth(shown: Shown) -> dict[str, Truth]:
    return truths(shown.room.calendar)


@pytest.fixture(scope="module")
def app(shown: Shown) -> App:
    """The program on the demo's folder, at the demo's last moment."""
    return build(shown.folder / "config.toml", clock=lambda: shown.room.calendar.at(f"{WEEKS + 1} mon 07:30"))


@pytest.fixture(scope="module")
def records(shown: Shown) -> list[dict[str, Any]]:
    """Every enquiry of the log, whole, in the order of their references."""
    heads = shown.ask("enquiry", "list", "--all", "--limit", "0", "--by", "nadia")
    return [shown.ask("enquiry", "show", ref, "--by", "nadia") for ref in sorted(head["reference"] for head in heads)]


def week(app: App, shown: Shown, number: int) -> Period:
    return period_of("week", shown.room.calendar.day(f"{number} mon"), app.settings.organisation.zone)


def desk(app: App, period: Period) -> DeskFigures:
    with app.engine.session() as session:
        return app.facts(session).desk(period)


def instant(stamp: str | None) -> datetime | None:
    return datetime.fromisoformat(stamp) if stamp else None


def paired(records: Iterable[dict[str, Any]], truth: dict[str, Truth]) -> Iterator[tuple[dict[str, Any], Truth]]:
    """Each record with its truth: both stand in the order in which the enquiries came."""
    yield from zip(records, truth.values(), strict=True)


# --- mails ------------------------------------------------------------------------------------------------------------


def test_the_mailbox_holds_the_mails_word_for_word(shown: Shown) -> None:
    """A Maildir as any mail program reads it, with each mail of the data file once."""
    found = mailbox.Maildir(shown.folder / "mailbox", create=False)
    said = {str(mail["Message-ID"]) for mail in found}
    assert len(found) == len(said) == len(DATA["mails"])


def test_every_mail_is_read_as_what_it_is(app: App, shown: Shown) -> None:
    """The class of each mail, and nothing waits or was set aside."""
    with app.engine.session() as session:
        rows = session.query("SELECT l.message_id, r.class FROM letters l LEFT JOIN readings r ON r.letter_id = l.id")
    office = open_press_office(shown.room.calendar)
    assert {row["message_id"]: row["class"] for row in rows} == {mail.message_id: mail.kind for mail in office.mails}
    assert len(rows) == len(office.mails)
    assert shown.ask("unread") == [row for row in shown.ask("unread") if row["source"] != "press-mail"]


def test_only_enquiries_are_logged_each_once(records: list[dict[str, Any]], truth: dict[str, Truth]) -> None:
    """One enquiry for each mail and call that is one: who asks, for whom, by when, on which channel, at what hour."""
    for record, one in paired(records, truth):
        assert [person["name"] for person in record["journalists"]] == [one.journalist], one.key
        assert record["outlet"] == one.outlet
        assert record["channel_in"] == one.channel
        assert instant(record["received_at"]) == one.received
        assert instant(record["deadline_at"]) == one.deadline, one.key
        assert bool(record["out_of_hours"]) == one.out_of_hours


def test_answers_find_their_enquiry_and_strangers_do_not(app: App) -> None:
    """A mail belongs to the enquiry that it answers only when its writer does; a stranger's waits for a person."""
    with app.engine.session() as session:
        rows = session.query(
            "SELECT l.message_id AS mail, first.message_id AS of FROM enquiry_letters t "
            "JOIN letters l ON l.id = t.letter_id JOIN enquiries e ON e.id = t.enquiry_id "
            "JOIN letters first ON first.id = e.letter_id WHERE t.letter_id <> e.letter_id"
        )
    found = {row["mail"].partition(".")[0]: row["of"].partition(".")[0] for row in rows}
    assert found == {
        mail["key"]: mail["answers"] for mail in DATA["mails"] if "answers" in mail and not mail.get("review")
    }


def test_what_is_doubtful_waits_for_a_person(shown: Shown) -> None:
    """The Italian mail and the stranger, and nobody else."""
    waiting = {row["sender"] for row in shown.ask("review", "list", "--by", "nadia")}
    assert waiting == {re.findall(r"<(.+)>", mail["from"])[0] for mail in DATA["mails"] if mail.get("review")}


def test_each_request_of_the_digests_is_there_once(shown: Shown) -> None:
    """With its deadline in its own zone, and the topics that it names."""
    rows = shown.ask("requests", "--all", "--limit", "0")
    asked = [request for mail in DATA["mails"] for request in mail.get("requests", ())]
    calendar = shown.room.calendar
    expected = {
        request["summary"]: (
            request["outlet"],
            datetime.combine(
                calendar.day(request["deadline"]["day"]),
                time.fromisoformat(request["deadline"]["at"]),
                ZoneInfo(request["deadline"]["zone"]),
            ),
            set(request["topics"]),
        )
        for request in asked
    }
    found = {
        row["summary"]: (row["outlet"], instant(row["deadline_at"]), {match["topic"] for match in row["matches"]})
        for row in rows
    }
    assert found == expected
    assert len(rows) == len(asked)


# --- work -------------------------------------------------------------------------------------------------------------


def test_every_enquiry_stands_where_the_work_has_brought_it(
    records: list[dict[str, Any]], truth: dict[str, Truth]
) -> None:
    """State, acknowledgement, answer and stance of each; and lapsed are exactly those that missed their deadline."""
    for record, one in paired(records, truth):
        assert record["status"] == one.state, one.key
        assert instant(record["acknowledged_at"]) == one.acknowledged, one.key
        assert instant(record["response_sent_at"]) == one.responded
        assert record["stance"] == one.stance
        assert bool(record["lapsed_at"]) == (one.counts and one.in_time is False), one.key
    assert {one.state for one in truth.values()} >= {
        "acknowledged", "assigned", "researching", "awaiting_signoff", "monitoring", "closed", "withdrawn",
        "duplicate", "redirected",
    }  # fmt: skip


def test_every_act_left_its_trace(records: list[dict[str, Any]], truth: dict[str, Truth]) -> None:
    """Drafts, sign-offs, promises, interviews and experts are as many as were done, by whom they were done."""
    for record, one in paired(records, truth):
        assert [draft["author"] for draft in record["drafts"]] == [act["by"] for act in one.did("draft")]
        decided = {"approve": "approved", "send back": "sent_back", "waive": "waived"}
        decisions = [step["decision"] for step in record["approvals"] if step["decision"] != "asked"]
        assert decisions == [decided[act["do"]] for act in one.did(*decided)], one.key
        assert [bool(made["done_at"]) for made in record["follow_ups"]] == [True] * len(one.did("promise"))
        assert len(record["interviews"]) == len(one.did("interview"))
        assert len(record["experts"]) == len(one.did("ask expert"))


def test_the_coverage_that_people_confirmed_is_what_was_served(
    shown: Shown, records: list[dict[str, Any]], truth: dict[str, Truth]
) -> None:
    """Each confirmed story is the one of the feed that the data file names, with what was said of it."""
    urls = {(by, item.story): item.url.partition("?")[0] for by, items in shown.room.items.items() for item in items}
    known = {row["id"]: row["url"].partition("?")[0] for row in shown.ask("signals", "--limit", "0")}
    for record, one in paired(records, truth):
        found = {known[row["number"]]: row for row in record["coverage"] if row["state"] == "confirmed"}
        acts = one.did("confirm")
        assert set(found) == {urls[act["in"], act["story"]] for act in acts}, one.key
        for act in acts:
            assert bool(found[urls[act["in"], act["story"]]]["quote_used"]) == act["quoted"]


def test_who_may_not_see_it_sees_that_it_is_there(shown: Shown, truth: dict[str, Truth]) -> None:
    """An officer sees of the restricted enquiry when it is due; the lead's look at it is in its history."""
    (hidden,) = [key for key in truth if KNOWN[key].get("privacy") == "restricted"]
    rows = shown.ask("enquiry", "list", "--by", "tobias")
    (row,) = [row for row in rows if row["shown"] == "restricted"]
    assert row["subject"] == "restricted"
    assert instant(row["deadline_at"]) == truth[hidden].deadline
    shown.ask("enquiry", "show", row["reference"], "--by", "nadia")
    history = shown.ask("enquiry", "history", row["reference"], "--by", "nadia")
    assert any("looked" in line["what"] and line["who"] == "nadia" for line in history)
    assert truth[hidden].outlet not in shown.said.partition("The open board")[2].partition("To look at")[0]


# --- figures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(1, WEEKS + 1))
def test_the_figures_of_every_week_are_those_of_the_data_file(
    app: App, shown: Shown, truth: dict[str, Truth], number: int
) -> None:
    """Received, hit rate, channels, hours, what is left out, promises and kinds of answers."""
    period = week(app, shown, number)
    figures = desk(app, period).figures
    here = [one for one in truth.values() if period.start <= one.received < period.end]
    counted = [one for one in here if one.counts]
    assert figures.all.received.n == len(counted)
    hits = [one for one in counted if one.in_time]
    misses = [one for one in counted if one.in_time is False]
    assert (figures.all.hit_rate.share.k, figures.all.hit_rate.share.n) == (len(hits), len(hits) + len(misses))
    channels = Counter(one.channel for one in counted)
    assert {part.name: part.value.received.n for part in figures.by_channel} == channels
    assert figures.out_of_hours.share.k == sum(one.out_of_hours for one in counted)
    left = figures.left_out
    for state, found in (("duplicate", left.duplicate), ("redirected", left.redirected), ("withdrawn", left.withdrawn)):
        assert found.n == sum(one.state == state for one in here)


def test_the_week_reported_has_the_promises_answers_and_signatures_it_had(
    app: App, shown: Shown, truth: dict[str, Truth]
) -> None:
    """One promise kept and one broken, one sending back, one waiver, one correction asked, one interview."""
    period = week(app, shown, WEEKS)
    figures = desk(app, period).figures

    def inside(when: datetime) -> bool:
        return period.start <= when < period.end

    calendar = shown.room.calendar
    promises = [
        (calendar.at(made["due"]), kept["when"])
        for one in truth.values()
        for made, kept in zip(one.did("promise"), one.did("keep"), strict=True)
        if inside(calendar.at(made["due"]))
    ]
    kept = sum(done <= due for due, done in promises)
    assert (figures.callbacks.share.k, figures.callbacks.share.n) == (kept, len(promises)) == (1, 2)
    kinds = Counter(
        act.get("kind", "full") for one in truth.values() for act in one.did("respond") if inside(act["when"])
    )
    assert {part.name: part.value.n for part in figures.responses} == kinds
    acts = [act for one in truth.values() for act in one.work if inside(act["when"])]
    done = Counter(act["do"] for act in acts)
    assert figures.interviews.chief.n == done["interview"]
    assert figures.coverage.corrections.share.n == done["ask correction"] == 1
    assert done["send back"] == done["waive"] == 1


def test_the_board_is_what_is_open(app: App, shown: Shown, truth: dict[str, Truth]) -> None:
    """All that has not ended, by deadline: one lapsed, one that came out of hours, one that waits for a sign-off."""
    ended = {"closed", "withdrawn", "duplicate", "redirected"}
    still = sorted((one for one in truth.values() if one.state not in ended), key=lambda one: one.deadline)
    board = desk(app, week(app, shown, WEEKS)).board
    assert [line.deadline_at for line in board] == [one.deadline for one in still]
    lapsed = [one for one in still if one.responded is None and one.in_time is False]
    assert [line.shown for line in board].count("lapsed") == len(lapsed) == 1
    said = shown.said.partition("The open board")[2].partition("To look at")[0]
    assert re.findall(r"^  (\d{4}-\d{4})  ", said, re.MULTILINE) == [line.reference for line in board]
    assert said.count("lapsed") == 1
    assert said.count("awaiting sign-off") == 1
    assert all(len(line) <= 80 for line in said.splitlines())


def test_answers_to_everybody_who_came_back(app: App, shown: Shown, truth: dict[str, Truth]) -> None:
    """Journalists who had asked before are known to have: one contact a person, however often they ask."""
    with app.engine.session() as session:
        people = session.tuples("SELECT count(DISTINCT contact_id) FROM enquiry_journalists")[0][0]
    assert people == len({one.journalist for one in truth.values()})
    period = week(app, shown, WEEKS)
    here = [one for one in truth.values() if one.counts and period.start <= one.received < period.end]
    before = {one.journalist for one in truth.values() if one.received < period.start}
    figure = desk(app, period).figures.journalists
    assert figure.known.share.k == len({one.journalist for one in here} & before)


def test_most_of_what_people_confirmed_had_been_suggested(
    records: list[dict[str, Any]], truth: dict[str, Truth]
) -> None:
    """The program had found it first, with its reasons; of the lapsed enquiry it says that we could not be reached."""
    rows = [(one, row) for record, one in paired(records, truth) for row in record["coverage"]]
    confirmed = [row for _, row in rows if row["state"] == "confirmed"]
    suggested = [row for row in confirmed if not any(why.startswith("by ") for why in row["reasons"])]
    assert len(suggested) > len(confirmed) * 3 / 4
    unreached = {one.key: row["unreached"] for one, row in rows if row["unreached"]}
    assert unreached == {"cafe": "Wendlemere Energy could not be reached for comment."}


def test_the_digest_says_the_same_of_the_desk(shown: Shown, truth: dict[str, Truth]) -> None:
    """Section 6 of the digest and the report on enquiries: the week's numbers, down to the median and the touches."""
    calendar = shown.room.calendar
    first, after = calendar.at(f"{WEEKS} mon 00:00"), calendar.at(f"{WEEKS + 1} mon 00:00")
    here = [one for one in truth.values() if one.counts and first <= one.received < after]
    told = shown.digest()["enquiries"]
    assert told["value"] == len(here)
    assert (told["in_time"]["k"], told["in_time"]["n"]) == (
        sum(one.in_time is True for one in here),
        sum(one.in_time is not None for one in here),
    )
    assert told["median_seconds"] == survived_half(here, calendar.at(f"{WEEKS + 1} mon 07:30"))
    assert told["out_of_hours"] == sum(one.out_of_hours for one in here)
    touches = [one for one in here if one.stance in ("positive", "neutral") and one.state != "withdrawn"]
    assert shown.digest()["leads"]["enquiry_touches"]["n"] == len(touches)
    report = json.loads((shown.folder / "digests" / f"{shown.stem('enquiries')}.json").read_text(encoding="utf-8"))
    assert report["desk"]["received"]["value"] == len(here)
    assert report["logged"]["ever"] == len(truth)


def survived_half(here: list[Truth], now: datetime) -> float:
    """The time by which half were answered, the open ones counted for as long as they have lasted (Kaplan, Meier)."""
    alive = 1.0
    lasted = sorted(((one.responded or now) - one.received, one.responded is None) for one in here)
    for place, (length, is_open) in enumerate(lasted):
        if not is_open:
            alive *= 1 - 1 / (len(lasted) - place)
        if alive <= 0.5:
            return length.total_seconds()
    return float("inf")


@pytest.mark.soak
@pytest.mark.parametrize(
    "today",
    [
        datetime(2026, 1, 7, 12, tzinfo=UTC),  # over the new year: references begin anew
        datetime(2026, 4, 20, 5, tzinfo=UTC),  # over the clocks going forward, a week apart in Europe and America
        datetime(2026, 11, 9, 23, tzinfo=UTC),  # over the clocks going back
        datetime(2028, 3, 15, 12, tzinfo=UTC),  # over a leap day
    ],
)
def test_any_day_tells_the_same_truth_of_the_desk(tmp_path: Path, today: datetime) -> None:
    """Whenever the demo is run, its desk has the numbers of the data file."""
    said: list[str] = []
    assert run(tmp_path / "demo", serve=False, say=said.append, now=today) == 0
    shown = Shown(tmp_path / "demo", "\n".join(said), open_newsroom(monday_before(today)))
    truth = truths(shown.room.calendar)
    app = build(shown.folder / "config.toml", clock=lambda: shown.room.calendar.at(f"{WEEKS + 1} mon 07:30"))
    heads = shown.ask("enquiry", "list", "--all", "--limit", "0", "--by", "nadia")
    records = [shown.ask("enquiry", "show", ref, "--by", "nadia") for ref in sorted(row["reference"] for row in heads)]
    test_every_mail_is_read_as_what_it_is(app, shown)
    test_only_enquiries_are_logged_each_once(records, truth)
    test_each_request_of_the_digests_is_there_once(shown)
    test_every_enquiry_stands_where_the_work_has_brought_it(records, truth)
    test_the_board_is_what_is_open(app, shown, truth)
    test_the_digest_says_the_same_of_the_desk(shown, truth)
    for number in range(1, WEEKS + 1):
        test_the_figures_of_every_week_are_those_of_the_data_file(app, shown, truth, number)
