"""The weekly digest: complete, honest, the same for the same facts, and inert whatever the feeds brought."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest

from commsleads.contract import Document, Report, Version
from commsleads.errors import ReportError
from commsleads.plan import Goal
from commsleads.reports.places import address_of
from commsleads.reports.weekly import WeeklyDigest, WeeklySettings
from commsleads.reports.wording import columns
from commsleads.reports.words import spoken
from commsleads.rules.periods import parse_period
from commsleads.store.engine import Session, stamp
from tests.ledger import BERLIN, WING, Ledger, at
from tests.reports.words import SECTIONS, words_of

BEYOND = ("Data health", "How these numbers are made")
"""What an analyst reads after them: how well we looked, and how numbers are made."""


@pytest.fixture
def ledger(session: Session) -> Ledger:
    made = Ledger(session)
    for name in ("post", "radio"):
        made.source(name)
        made.weekly_polls(name)
    return made


def busy(ledger: Ledger) -> None:
    """A week in which something happened, after eight ordinary ones."""
    for label, count in zip(range(39, 47), (5, 8, 6, 7, 8, 9, 6, 7), strict=True):
        ledger.week(label, count)
        ledger.week(label, 2, "rival")
    first = ledger.signal("2026-11-17T08:00", title="Harbour Museum opens its new wing", tied="utm")
    for number in range(14):
        ledger.signal("2026-11-17T12:00", copy_of=first, outlet=f"Paper {number}", domain=f"p{number}.example")
    ledger.week(47, 19, outlet="Quay Radio", domain="quayradio.example")
    ledger.week(47, 3, "rival", title="Maritime House sells a boat")
    ledger.signal("2026-11-19T08:00", title="Ten things to do on Saturday", passing=True)


def digest(ledger: Ledger, label: str = "2026-W47", **changes: Any) -> Document:
    report: Report[WeeklySettings] = WeeklyDigest()
    return report.write(ledger.facts(**changes), parse_period(label, BERLIN), WeeklySettings())


def told_to(document: Document, audience: str = "analyst") -> Version:
    """The version for directors or for analysts."""
    (version,) = [one for one in document.versions if one.audience == audience]
    return version


def flat(text: str) -> str:
    """A text part without its line ends."""
    return " ".join(text.split())


class Elements(HTMLParser):
    """Every element with its attributes, and the text outside of them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


# --- what it says --------------------------------------------------------------------------------------------------


def test_subject_and_verdict(ledger: Ledger) -> None:
    """The subject holds the figure, its median and the risks; the verdict can be forwarded alone."""
    busy(ledger)
    document = digest(ledger)
    assert document.subject == "Comms wk 47: 21 stories (8-week median 7), 1 risk"
    rose = "coverage rose to 21 stories about Harbour Museum, against an expected 2 to 13."
    assert document.data["verdict"]["sentences"] == [
        f"Week 47, 16–22 November 2026: {rose}",
        "First to read: “Harbour Museum opens its new wing” (The Harbour Post, tier 1), with 14 pickups.",
        "All 2 collectors were watched without a lasting gap.",
    ]


def test_every_rendering_has_every_section_in_order(ledger: Ledger) -> None:
    """The sections stand in the same order in HTML, text and Markdown, also in an empty week and for analysts."""
    for happened in (False, True):
        if happened:
            busy(ledger)
        document = digest(ledger)
        for told, sections in ((document, SECTIONS), (told_to(document), (*SECTIONS, *BEYOND))):
            heads = {
                told.html: [f"<h2[^>]*>{name}</h2>" for name in sections],
                told.markdown: [f"\n## {name}\n" for name in sections],
                told.text: [f"\n{name.upper()}\n---" for name in sections],
            }
            for text, marks in heads.items():
                places = [found.start() for mark in marks for found in re.finditer(mark, text)]
                assert len(places) == len(sections)
                assert places == sorted(places)


def test_a_director_reads_the_rest_in_a_line_each(ledger: Ledger) -> None:
    """After the verdict and what needs somebody, each other section is one line, in the same order."""
    busy(ledger)
    text = told_to(digest(ledger), "director").text
    names = ("Leads", "Campaigns", "Coverage", "Enquiries", "Tone and voice", "Risks", "Learned", "Ahead")
    places = [text.index(f"\n- {name}: ") for name in names]
    assert places == sorted(places)
    assert words_of(text) <= 250


def test_an_empty_week_says_so(ledger: Ledger) -> None:
    """Nothing seen is told in words, with what was observed and without a zero for what nobody measures."""
    for label in range(39, 47):
        ledger.week(label, 1)
    document = digest(ledger)
    text = document.text
    assert "no story about Harbour Museum was seen, which is nothing outside baseline" in flat(text)
    assert "Nothing needs you." in text
    assert "Qualified leads are not counted here yet" in text
    assert "No enquiry has been logged yet: commsleads enquiry log" in text
    assert "Nothing had to be corrected." in text
    assert "Nothing is noted for the week to come." in text
    assert "No gaps: every collector was watched all week." in told_to(document).text


def test_a_database_with_nothing_in_it(session: Session) -> None:
    """The very first digest of somebody who set up nothing is still a digest."""
    document = digest(Ledger(session), watches=(), outlets=(), campaigns=(), organisation="")
    assert document.subject == "Comms wk 47: not observed, 1 needs you"
    assert "No source is set up yet." in document.text
    assert "No campaign runs." in document.text


def test_gaps_are_rows_and_drawn_as_gaps(ledger: Ledger) -> None:
    """An outage is a row with source, time and reason; its week is hatched and left out by name."""
    busy(ledger)
    ledger.gap("post", "2026-10-20T08:00", "2026-10-23T08:00", "The server answered with 503.")
    ledger.gap("radio", "2026-11-18T08:00", why="410 Gone: the feed was taken away.")
    document = digest(ledger)
    whole = flat(told_to(document).text)
    assert "Radio: Wed 18 Nov, 08:00 – still open · 410 Gone: the feed was taken away." in whole
    assert "W43 left out for gaps" in flat(document.text)
    assert "5, 8, 6, 7, 8+, 9, 6, 7, 21+." in flat(document.text)
    assert "Not fully observed, drawn as gaps: W43" in whole
    assert "2/2 collectors, 1 gap" in document.text


def test_nothing_measured_is_nothing_claimed(ledger: Ledger) -> None:
    """The card shows whom and what; who took it is not measured yet, and no rate is given."""
    busy(ledger)
    short, text = flat(digest(ledger).text), flat(told_to(digest(ledger)).text)
    assert "The new wing: 47 · “Book the workshop” not measured yet" in short
    assert "Whom 47 aimed at, 49 named less 2 excluded education desks (38) and local radio (11)" in text
    assert "What “Book the workshop” Did it not measured yet" in text
    assert "Coverage 1 story (+14 pickups) 1 by campaign tag, certain" in text
    assert "Goal “The new wing”: not known of 40 school bookings" in short
    assert "The goal “The new wing”, by 31 Dec 2026: 40 school bookings: cannot tell how many so far" in text
    assert digest(ledger).data["campaigns"][0]["took"] is None


def test_lists_are_capped_and_say_so(ledger: Ledger) -> None:
    """Five needs and four campaigns for the team, twelve gaps for analysts; what is left out is counted."""
    for number in range(20):
        ledger.source(f"bad{number}", state="failing", last_error="It broke.")
        ledger.gap(f"bad{number}", "2026-11-18T08:00")
    campaigns = [WING] + [type(WING)(id=f"c{number}", name=f"Campaign {number}") for number in range(6)]
    document = digest(ledger, campaigns=tuple(campaigns))
    assert "And 15 more." in document.text.partition("LEADS AGAINST")[0]
    assert "And 3 more." in document.text.partition("CAMPAIGN ANSWERS")[2].partition("COVERAGE THAT")[0]
    assert "And 8 more: commsleads gaps." in told_to(document).text


@pytest.mark.parametrize(("label", "title"), [("2026-11-18", "Daily digest"), ("2026-10", "Monthly digest")])
def test_days_and_months_are_told_alike(ledger: Ledger, label: str, title: str) -> None:
    """The same digest serves a day and a month, in their own words."""
    busy(ledger)
    document = digest(ledger, label)
    assert title in document.text
    assert " week" not in document.data["verdict"]["sentences"][0]


# --- the same facts, the same bytes --------------------------------------------------------------------------------


def test_same_facts_same_bytes(ledger: Ledger) -> None:
    """Written twice, every rendering and the JSON are the same to the byte."""
    busy(ledger)
    one, two = digest(ledger), digest(ledger)
    assert one == two
    assert json.dumps(one.data) == json.dumps(two.data)


def test_the_renderings_tell_the_same_figures(ledger: Ledger) -> None:
    """What the text says stands in the HTML and the Markdown as well."""
    busy(ledger)
    document = digest(ledger)
    for sentence in document.data["verdict"]["sentences"]:
        assert sentence in " ".join(document.text.split())
        assert sentence in document.html
        assert sentence in document.markdown


def test_figures_lead_back_to_their_rows(ledger: Ledger) -> None:
    """Each figure of the JSON has value, context, definition, ids and a command; the ids are the stories counted."""
    busy(ledger)
    data = json.loads(json.dumps(digest(ledger).data))
    keys = {"value", "n", "previous", "median_4", "median_8", "low", "high", "definition", "rows", "query"}
    figures = [*(value for value in data["figures"].values() if isinstance(value, dict))]
    figures += [one["figure"] for one in (*data["campaigns"], *data["watches"])]
    assert len(figures) == 5
    for figure in figures:
        assert set(figure) == keys
        assert figure["value"] == len(figure["rows"])
        assert figure["query"].startswith("commsleads stories --")
    assert data["stories"][0]["id"] in data["figures"]["stories"]["rows"]
    assert data["leads"]["value"] is None


# --- safe and readable ---------------------------------------------------------------------------------------------

HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)> "quoted" {{ 7*7 }} [x](javascript:1) | \u202eevil'


def test_what_the_feeds_brought_is_inert(ledger: Ledger) -> None:
    """Markup in titles, outlets, reasons and names is text in every rendering, and only web addresses are links."""
    for number, url in enumerate(("javascript:alert(1)", 'https://a.example/"onmouseover="x', "https://b.example/ok")):
        ledger.signal(
            "2026-11-18T08:00", id=f"h{number}", title=HOSTILE, outlet=HOSTILE, url=url, domain="x.example", tied="utm"
        )
    ledger.source("bad", state="failing", last_error=HOSTILE, name=HOSTILE)
    ledger.gap("bad", "2026-11-18T08:00", why=HOSTILE)
    document = digest(ledger, organisation=HOSTILE)
    elements = Elements(document.html).found
    assert not {"script", "iframe", "link", "object", "form", "svg"} & {tag for tag, _ in elements}
    assert all((attrs["src"] or "").startswith("cid:") for tag, attrs in elements if tag == "img")
    assert not [attrs for _, attrs in elements if any(name.startswith("on") for name in attrs)]
    links = [attrs for tag, attrs in elements if tag == "a"]
    assert {attrs["href"] for attrs in links} == {"https://a.example/%22onmouseover=%22x", "https://b.example/ok"}
    assert all(attrs["rel"] == "noopener noreferrer" for attrs in links)
    assert "{{ 7*7 }}" in document.text
    assert "\u202e" not in document.text + document.html + document.markdown
    assert "<script" not in document.markdown.replace(r"\<script", "")
    assert "\n" not in document.subject


def test_html_that_mail_clients_keep(ledger: Ledger) -> None:
    """Language and title are set, style stands in the elements, nothing is loaded from anywhere."""
    busy(ledger)
    html = digest(ledger).html
    assert '<html lang="en"' in html
    assert "<title>Comms wk 47: 21 stories (8-week median 7), 1 risk</title>" in html
    assert "url(" not in html
    assert html.count("src=") == html.count('src="cid:')
    assert "@import" not in html
    assert re.search("max-width: ?640px", html)
    cells = [attrs for tag, attrs in Elements(html).found if tag == "td"]
    assert all("font" in (attrs.get("style") or "") for attrs in cells if attrs.get("class") != "margin")
    # Gmail cuts a message off beyond 102 KB.
    assert len(html.encode()) < 102_000


def test_text_of_at_most_78_columns(ledger: Ledger) -> None:
    """No line of the text part is wider, but for addresses, which are never broken."""
    busy(ledger)
    ledger.signal("2026-11-18T08:00", title="港湾博物館" * 30, url="https://a.example/" + "x" * 100)
    wide = [line for line in digest(ledger).text.splitlines() if columns(line) > 78]
    assert all(line.strip().startswith("https://") for line in wide)


def test_older_pieces_are_marked(ledger: Ledger) -> None:
    """A piece of last year that came to light now is named as such and called no rise."""
    for label in range(39, 47):
        ledger.week(label, 1)
    for _ in range(12):
        ledger.signal("2026-11-18T08:00", published_at=stamp(at("2025-05-01T08:00")))
    text = " ".join(digest(ledger).text.split())
    assert "; 12 stories counted here are dated long before the week." in text
    assert "an older piece that came to light now" in text
    assert "nothing outside baseline, with 12 stories about Harbour Museum (0 of them comparable)" in text


def test_a_fall_is_told(ledger: Ledger) -> None:
    """One story after eight weeks of ten is a fall, and the first sentence says it."""
    for label in range(39, 47):
        ledger.week(label, 10)
    ledger.week(47, 1)
    first = digest(ledger).data["verdict"]["sentences"][0]
    assert first.endswith("coverage fell to 1 story about Harbour Museum, against an expected 4 to 17.")


def test_nothing_seen_and_nothing_to_compare_with(session: Session) -> None:
    """In the first week of a newcomer the sentence claims neither much nor little."""
    ledger = Ledger(session)
    ledger.source("post", since=at("2026-11-18T00:00"))
    first = digest(ledger).data["verdict"]["sentences"][0]
    assert "no story about Harbour Museum was seen, and whether that is little cannot be told, because none of" in first


@pytest.mark.parametrize("down", [False, True], ids=["before the first poll", "everything down"])
def test_a_week_in_which_nobody_looked_is_no_zero(session: Session, *, down: bool) -> None:
    """No figure, no praise and no zero in any rendering when no collector was watched."""
    ledger = Ledger(session)
    ledger.source("post", since=at("2026-11-01T00:00" if down else "2026-11-24T00:00"))
    if down:
        ledger.weekly_polls("post")
        ledger.gap("post", "2026-11-10T00:00", "2026-11-25T00:00", "Nothing answers there.")
    document = digest(ledger, now=at("2026-11-24T12:00"))
    text = " ".join(document.text.split())
    assert document.subject.startswith("Comms wk 47: not observed")
    assert "nobody was looking, so no number of stories about Harbour Museum can be given." in text
    assert "No collector was watched in this week, so there may have been any number." in text
    for told in (text, document.html, document.markdown):
        assert "without a lasting gap" not in told
        assert "watched all week" not in told
        assert "No story about" not in told
        assert "unusually often" not in told
    assert "Coverage not observed" in flat(told_to(document).text)
    assert document.data["figures"]["stories"]["value"] is None
    assert "▲" in document.html


def test_an_office_that_began_within_the_week(session: Session) -> None:
    """What was seen is told, with how much of the week was observed, and without a claim about the rest."""
    ledger = Ledger(session)
    ledger.source("post", since=at("2026-11-20T12:00"))
    ledger.week(47, 2)
    document = digest(ledger)
    text, whole = flat(document.text), flat(told_to(document).text)
    assert "36% of the week was observed, so there may have been more." in text
    assert "1/1 collectors, 36% observed" in text
    assert "No collector failed, and of the week 36% was observed: nobody was asking in the rest of it." in whole
    assert "named unusually often cannot be told yet: none of the 8 weeks before was fully observed" in text


def test_a_week_before_with_gaps_is_no_plain_zero(ledger: Ledger) -> None:
    """The figure beside which the week stands says when only a part of it was observed."""
    for name in ("post", "radio"):
        ledger.gap(name, "2026-11-10T00:00", "2026-11-16T00:00")
    assert "Week before 0 seen, only 14% observed" in " ".join(digest(ledger).text.split())


def test_words_without_end_are_broken(ledger: Ledger) -> None:
    """A headline of one word of 200 letters must not make the page wider than the screen it is read on."""
    ledger.signal("2026-11-18T08:00", title="Donaudampfschiff" * 12)
    page = next(attrs for _, attrs in Elements(digest(ledger).html).found if "page" in (attrs.get("class") or ""))
    assert "overflow-wrap:anywhere" in (page["style"] or "").replace(": ", ":")


def test_a_week_that_is_not_over_says_so(ledger: Ledger) -> None:
    """Asked on a Wednesday, the digest says up to when it counts."""
    first = digest(ledger, now=at("2026-11-18T12:00")).data["verdict"]["sentences"][0]
    assert first.startswith("Week 47, 16–22 November 2026 (not over: as of Wed 18 Nov 2026, 12:00): ")
    later = digest(ledger, "2027-W01").data["verdict"]["sentences"][0]
    assert later.startswith("Week 1, 4–10 January 2027 (not begun): nobody was looking")


def test_states_of_campaigns_and_sources_in_words(ledger: Ledger) -> None:
    """A campaign to come and one that ended, sources that are quiet, paused or new: each has its words."""
    campaigns = (
        replace(WING, id="ended", name="Ended", ends_on=date(2026, 11, 14)),
        replace(WING, id="later", name="Later", starts_on=date(2026, 12, 1)),
    )
    ledger.signal("2026-11-18T08:00", (), id="early")
    ledger.tie("early", "utm", 0, "later")
    ledger.session.execute("UPDATE attributions SET arrival = (SELECT arrival FROM signals WHERE id = 'early')")
    ledger.source("still", last_new_at=stamp(at("2026-09-01T08:00")))
    ledger.source("locked", state="paused", paused_why="It refuses our password.")
    ledger.week(46, 4)
    ledger.session.execute(
        "INSERT INTO reports (name, period, start_at, end_at, cutoff, state, begun_at, leased_until, data, "
        "written_at) VALUES ('weekly', '2026-W46', '', '', 0, 'written', '', '', :data, '2026-11-16T06:00:00Z')",
        data=json.dumps({"figures": {"stories": {"value": 3}, "older_pieces": 0}}),
    )
    text = flat(told_to(digest(ledger, campaigns=campaigns)).text)
    assert "* Ended (ended on 14 Nov)" in text
    assert "* Later (starts on 1 Dec)" in text
    assert "Answer, but bring nothing new: Still (since 1 Sep)" in text
    assert "Locked is paused until somebody acts" in text
    assert "W46, stories about us: 3 told, 4 now; " in text


def test_a_pickup_by_a_better_outlet_is_named(ledger: Ledger) -> None:
    """The copy seen first stands for the story, and the outlet with the best tier is named beside it."""
    first = ledger.signal("2026-11-17T08:00", outlet="A blog", domain="blog.example")
    ledger.signal("2026-11-17T09:00", copy_of=first)
    assert "A blog; also The Harbour Post, tier 1 · 17 Nov · +1 pickup" in digest(ledger).text


# --- how long it is to read ----------------------------------------------------------------------------------------


def crowded(ledger: Ledger) -> dict[str, Any]:
    """A week with too much of everything: fifty campaigns, twenty broken sources, headlines without end."""
    busy(ledger)
    for number in range(20):
        ledger.source(
            f"bad{number}", state="failing", last_error="It broke, and nobody knows why or for how long. " * 3
        )
        ledger.gap(f"bad{number}", "2026-11-18T08:00", why="Nothing answers there, whoever asks. " * 5)
    for number in range(30):
        title = f"{number} " + "a b c d e f g h " * 12
        ledger.signal("2026-11-18T08:00", title=title, outlet="The Paper of the Long Name " * 4, tied="utm")
    many = [
        replace(WING, id=f"c{number}", name=f"The campaign with the very long name, number {number} of them")
        for number in range(50)
    ]
    return {"campaigns": (WING, *many)}


@pytest.mark.parametrize("language", ["words", "no words"])
def test_a_crowded_week_is_read_in_its_time(ledger: Ledger, language: str) -> None:
    """At most six hundred words for the team and two hundred and fifty for directors, whatever the week brought."""
    given = crowded(ledger)
    if language == "no words":
        ledger.signal("2026-11-19T08:00", id="wide", title="港湾博物館" * 60, tied="utm")
    document = digest(ledger, **given)
    assert words_of(document.text) <= 600
    assert words_of(told_to(document, "director").text) <= 250
    assert words_of(document.text.partition("LEADS AGAINST GOAL")[0]) <= 300
    assert [name for name in SECTIONS if f"\n{name.upper()}\n" not in document.text] == []
    whole = told_to(document).text
    assert whole.count("* The campaign with the very long name") == 50
    assert len(document.data["campaigns"]) == 51


def test_the_first_screen_holds_an_outcome_where_one_is_counted(ledger: Ledger) -> None:
    """Each part of the data says what it is evidence of, and no part is without a word for it."""
    data = digest(ledger).data
    assert set(data["kinds"].values()) == {"output", "out-take", "outcome"}
    assert data["kinds"]["leads"] == data["kinds"]["enquiries"] == "outcome"
    assert (
        data["kinds"]["messages"] == data["kinds"]["tone"] == "output"
    )  # what stands in the media; see the evaluation


# --- where figures lead ----------------------------------------------------------------------------------------------


def test_figures_lead_to_the_dashboard_where_there_is_one(ledger: Ledger) -> None:
    """Each figure has a link beside its command, and the foot of the mail leads there."""
    busy(ledger)
    document = digest(ledger, dashboard="https://comms.museum.example/")
    figure = document.data["figures"]["stories"]
    there = "https://comms.museum.example/stories?watch=museum&since=2026-11-16&until=2026-11-23"
    assert figure["link"] == there
    assert there.replace("&", "&amp;") in document.html
    assert there in document.text
    assert "link" not in digest(ledger).data["figures"]["stories"]


@pytest.mark.parametrize(
    ("command", "address"),
    [
        ("commsleads stories --watch a --limit 0", "https://d.example/base/stories?watch=a"),
        ("commsleads stories --watch a ; commsleads stories --watch b", "https://d.example/base/stories?watch=a"),
        ("commsleads lead list --qualified --since 2026-11-16", "https://d.example/base/lead/list?qualified=yes&since=2026-11-16"),
        ("commsleads campaign show new-wing", "https://d.example/base/campaign/show/new-wing"),
        ("commsleads report enquiries --format csv", "https://d.example/base/report/enquiries"),
        ("commsleads stories --watch 'a b&c=d'", "https://d.example/base/stories?watch=a+b%26c%3Dd"),
        ("rm -rf /", ""),
        ("commsleads", ""),
        ("commsleads stories --watch 'a", ""),
    ],
)  # fmt: skip
def test_one_rule_from_a_command_to_an_address(command: str, address: str) -> None:
    """Words are the path, options the query, how many are listed is left out; what is no command of ours has none."""
    assert address_of("https://d.example/base/", command) == address


@pytest.mark.parametrize("dashboard", ["", "javascript:alert(1)", "dashboard", "ftp://d.example"])
def test_no_address_without_a_dashboard(dashboard: str) -> None:
    """Nothing leads anywhere but to web addresses."""
    assert address_of(dashboard, "commsleads stories --watch a") == ""


# --- other languages, other weeks ----------------------------------------------------------------------------------


def test_a_cap_below_nought_is_refused() -> None:
    """No list is cut from its end by a slip in the settings."""
    with pytest.raises(ValueError, match="needs must not be below 0"):
        WeeklySettings(needs=-1)


def test_a_language_without_words_is_refused_by_the_report() -> None:
    """The setting `language` of the report is answered with what there is, where it is set and where it is used."""
    with pytest.raises(ValueError, match="language 'tlh' is none; there are words in: en"):
        WeeklySettings(language="tlh")
    with pytest.raises(ReportError, match='There are no words in the language "tlh"'), spoken("tlh"):
        pass


@pytest.mark.parametrize(("label", "days"), [("2026-W13", "23–29 March 2026"), ("2026-W43", "19–25 October 2026")])
def test_weeks_in_which_the_clock_changes(ledger: Ledger, label: str, days: str) -> None:
    """A week of 167 or 169 hours is told like any other, with its own seven days."""
    period = parse_period(label, BERLIN)
    assert (period.end - period.start).total_seconds() / 3600 in {167, 169}
    assert f"{days}: " in digest(ledger, label).data["verdict"]["sentences"][0]


def test_figures_of_seven_digits(ledger: Ledger) -> None:
    """Thousands have their comma, and the digest is no longer for it."""
    goal = Goal(n=7_654_321, of="school bookings", by=WING.ends_on)
    big = replace(WING, targets=(replace(WING.targets[0], n=1_234_567, excluded=0),), goal=goal)
    document = digest(ledger, campaigns=(big,))
    assert "The new wing: 1,234,567 · " in document.text
    assert "of 7,654,321 school bookings" in flat(document.text)
    assert words_of(document.text) <= 600


def test_what_was_told_late_says_so(ledger: Ledger) -> None:
    """An edition that comes a day after its time says how late it is, in the line under its head."""
    ledger.session.execute(
        "INSERT INTO reports (name, period, start_at, end_at, cutoff, state, begun_at, leased_until, due_at) "
        "VALUES ('weekly', '2026-W47', '', '', 0, 'begun', '', '', '2026-11-22T04:00:00Z')"
    )
    assert " · told 1 day 2 h late" in flat(digest(ledger).text)
