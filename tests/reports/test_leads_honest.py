"""What the report on leads must not say: a zero where nobody counted, columns that do not add up, one person twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.contract import Document
from commsleads.facts.lead_values import LeadFigures
from commsleads.leads import agreeing
from commsleads.leads.retelling import rebuild
from commsleads.reports.leads import LeadsReport, LeadsSettings
from commsleads.reports.leads.credits import tenths
from commsleads.reports.weekly import WeeklyDigest, WeeklySettings
from commsleads.rules.periods import parse_period
from tests.reports.lead_office import NOW, SETTINGS, LeadOffice, at, offer, opened


@pytest.fixture
def office(tmp_path: Path) -> Iterator[LeadOffice]:
    with opened(tmp_path) as found:
        yield found


def leads(office: LeadOffice, label: str = "2026-W47") -> LeadFigures:
    facts = office.facts()
    return facts.leads(parse_period(label, facts.zone))


def report(office: LeadOffice, label: str = "2026-W47") -> Document:
    facts = office.facts()
    return LeadsReport().write(facts, parse_period(label, facts.zone), LeadsSettings())


def test_a_time_before_leads_were_counted_has_no_figures(office: LeadOffice) -> None:
    """In July there were no criteria: nothing of it is a zero, in no form and not in the digest."""
    office.lead(at("17 09:00"), qualified=at("18 09:00"))
    early = report(office, "2026-W30")
    assert early.subject == "Leads wk 30: not counted"
    assert early.data["moved"] is early.data["funnel"] is early.data["weeks_of_entry"] is None
    assert "0 leads" not in early.text
    assert "nothing was counted" in " ".join(early.text.split())
    facts = office.facts()
    digest = WeeklyDigest().write(facts, parse_period("2026-W30", facts.zone), WeeklySettings())
    assert digest.data["leads"]["value"] is None
    assert "leads qualified" not in digest.text


def test_a_week_in_which_nobody_came_is_a_zero(office: LeadOffice) -> None:
    """Criteria are in force since September: the week before the first lead has none, and that is known."""
    office.lead(at("17 09:00"))
    assert report(office, "2026-W46").data["moved"]["opened"] == 0
    before = leads(office).before
    assert before is not None
    assert before.opened == 0


def test_weeks_of_entry_begin_with_the_counting(office: LeadOffice) -> None:
    """Of the eight weeks up to the second one of September only those since the first of September are told."""
    office.lead(at("17 09:00"))
    assert [one.label for one in leads(office, "2026-W37").cohorts] == ["2026-W36", "2026-W37"]
    assert len(leads(office).cohorts) == 8


def test_a_week_that_nobody_counted_is_no_zero(office: LeadOffice) -> None:
    """A talk of August, noted today, makes no zeros of the weeks between it and the first criteria; and a week that
    has not begun has no line."""
    office.lead(at("17 09:00") - timedelta(days=91))
    found = leads(office, "2026-W37").cohorts
    assert [(one.label[5:], one.n, one.open) for one in found] == [
        ("W34", 1, 1), ("W35", None, None), ("W36", 0, 0), ("W37", 0, 0),
    ]  # fmt: skip
    assert report(office, "2026-W34").data["moved"]["opened"] == 1
    assert report(office, "2026-W35").data["moved"] is None
    told = report(office, "2026-W37")
    assert "W35: not counted" in told.text
    assert [one["n"] for one in told.data["weeks_of_entry"]] == [1, None, 0, 0]
    assert leads(office, "2026-11").cohorts[-1].label == "2026-W48"


def test_two_who_were_joined_are_one_silent_target_or_none(office: LeadOffice) -> None:
    """Who acted under another contact of theirs is not silent; two lists with both contacts of one are one person;
    who is excluded is on no list."""
    acted, other, silent, twin = (office.contact() for _ in range(4))
    office.touch(acted, at("18 10:00"), "reply")
    office.touch(silent, at("18 10:00"), "click", counts=False)
    with office.session.atomic():
        for name, one, two in (("m1", acted, other), ("m2", silent, twin)):
            office.session.execute(
                "INSERT INTO merges (id, one, other, at, by, why) VALUES (:id, :one, :other, :at, 'ada', 'a voice')",
                id=name, one=one, other=two, at="2026-11-18T11:00:00Z",
            )  # fmt: skip
        for n, (contact, excluded) in enumerate([(other, ""), (silent, ""), (twin, ""), ("", "asked for no mail")]):
            office.session.execute(
                "INSERT INTO targets (id, campaign_id, part, kind, identity, contact_id, excluded, status, status_at, "
                "origin, basis, added_at) VALUES (:id, 'spring', '', 'person', :id, :contact, :excluded, 'targeted', "
                ":at, 'test', 'test', :at)",
                id=f"target {n}", contact=contact, excluded=excluded, at="2026-11-18T09:00:00Z",
            )  # fmt: skip
    rebuild(office.session, agreeing.ensure(office.session, office.app.settings, NOW), NOW)
    found = leads(office).reading
    assert (found.n, found.named, found.more) == (1, 1, 1)


def test_what_became_of_offers_adds_up(office: LeadOffice) -> None:
    """One that was closed as an answer is told, too: the lines of the handoff make all offers."""
    for answer in ("accepted", "rejected", "lapsed", "recycled", "closed", "withdrawn", ""):
        done = offer(at("17 10:00"), "ada", answer, at("17 11:00") if answer else None, hours=200)
        office.lead(at("17 09:00"), qualified=at("17 10:00"), offers=(done,), owner="ada")
    told = report(office)
    handoff = told.data["handoff"]
    kinds = ("rejected", "lapsed", "recycled", "closed", "withdrawn", "open")
    assert handoff["accepted"]["k"] + sum(handoff[kind] for kind in kinds) == handoff["offered"] == 7
    text = " ".join(told.text.split())
    for words in ("Closed without being taken up: 1", "Withdrawn: 1", "Back to nurture: 1"):
        assert words in text


def test_a_median_that_all_reached_says_so(office: LeadOffice) -> None:
    """`all qualified`, and not `none not qualified`."""
    office.lead(at("17 09:00"), qualified=at("18 09:00"))
    text = " ".join(report(office).text.split())
    assert "of 1, all qualified" in text
    assert "none not" not in text


@given(st.lists(st.integers(0, 9_999), min_size=1, max_size=9), st.integers(0, 999))
def test_printed_credits_add_up_as_printed(given_: list[int], more: int) -> None:
    """Tenths of a lead make the leads that the column is of, each off by less than a tenth."""
    column = [*given_, more]
    column[-1] += -sum(column) % 1000
    found = tenths(column)
    assert 100 * sum(found) == sum(column)
    assert all(-100 < 100 * one - exact < 100 for one, exact in zip(found, column, strict=True))


def test_report_and_digest_tell_the_same_goal(tmp_path: Path) -> None:
    """Where no goal is behind, both tell that of all qualified leads, not the first that ends."""
    more = """
[[goals]]
id = "accepted"
of = "accepted leads"
n = 1
starts_on = 2026-11-01
ends_on = 2026-11-25
relevant = "The new wing."
reachable = "One a month."
"""
    with opened(tmp_path, SETTINGS.replace("\nn = 20\n", "\nn = 1\n").replace("{ n = 8,", "{ n = 1,") + more) as office:
        done = offer(at("17 10:00"), "ada", "accepted", at("17 11:00"))
        office.lead(at("17 09:00"), qualified=at("17 10:00"), offers=(done,), owner="ada", campaign="spring")
        facts = office.facts()
        digest = WeeklyDigest().write(facts, parse_period("2026-W47", facts.zone), WeeklySettings())
        assert digest.data["leads"]["goal_id"] == "november"
        assert report(office).data["verdict"]["sentences"][1].startswith("The goal “November”")


def test_the_readings_differ_by_just_what_is_told(tmp_path: Path) -> None:
    """The same touches under both, in one month: EU and what it says of the US are what the US counts."""
    told = {}
    own = (Path(agreeing.__file__).parents[1] / "criteria.example.toml").read_text(encoding="utf-8")
    for reading in ("EU", "US"):
        folder = tmp_path / reading
        folder.mkdir()
        with opened(folder) as office:
            text = own.replace('reading = "EU"', f'reading = "{reading}"\n# another')
            agreeing.switch_on(office.session, office.app.settings, text.encode(), by="ben", now=at("01 09:00"))
            for touches in (
                [("click", "", True)],
                [("click", "", True), ("form", "own", True)],
                [("form", "shared", True)],
                [("click", "", True), ("phone", "", True)],
                [("reply", "own", True)],
                [("reply", "own", False), ("click", "", True)],
                [("enquiry", "own", False)],
            ):
                contact = office.contact()
                for n, (kind, marks, counts) in enumerate(touches):
                    office.touch(contact, at(f"{10 + n} 09:00"), kind, marks, counts=counts)
            rebuild(office.session, agreeing.ensure(office.session, office.app.settings, NOW), NOW)
            told[reading] = leads(office, "2026-11").reading
    eu, us = told["EU"], told["US"]
    assert (eu.n, eu.clicked, eu.doubtful, eu.more) == (2, 2, 2, 4)
    assert (us.n, us.clicked, us.doubtful, us.fewer) == (6, 2, 2, 4)


def test_two_who_were_joined_are_one_on_the_card(office: LeadOffice) -> None:
    """Both contacts of one person asked about the campaign: one journalist, two enquiries."""
    names = [office.contact() for _ in range(2)]
    with office.session.atomic():
        for n, contact in enumerate(names):
            office.touch(contact, at("17 09:00"))
            office.session.execute(
                "UPDATE touches SET evidence = :e WHERE contact_id = :c", e=f"enquiry e{n}", c=contact
            )
            office.session.execute(
                "INSERT INTO enquiries (id, number, reference, year, received_at, logged_at, state, received_by, "
                "channel, out_of_hours, subject) VALUES (:id, :n, :id, 2026, :at, :at, 'new', 'ada', 'email', 0, '')",
                id=f"e{n}", n=n, at="2026-11-17T09:00:00Z",
            )  # fmt: skip
            office.session.execute(
                "INSERT INTO enquiry_ties (enquiry_id, what, ref) VALUES (:id, 'campaign', 'spring')", id=f"e{n}"
            )
        office.session.execute(
            "INSERT INTO merges (id, one, other, at, by, why) VALUES ('m', :one, :other, :at, 'ada', 'a voice')",
            one=names[0], other=names[1], at="2026-11-18T11:00:00Z",
        )  # fmt: skip
    rebuild(office.session, agreeing.ensure(office.session, office.app.settings, NOW), NOW)
    card = office.facts().card("spring")
    assert card is not None
    assert (card.leads.n, card.leads.enquiries) == (1, 2)
