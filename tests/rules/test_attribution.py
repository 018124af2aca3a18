"""Which campaign a signal belongs to, by which rule, and how sure."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.plan import CallToAction, Campaign
from commsleads.rules.attribution import Attribution, Attributor
from commsleads.rules.matching import Match

BERLIN = ZoneInfo("Europe/Berlin")
SPRING = Campaign(
    id="spring",
    starts_on=date(2026, 3, 1),
    ends_on=date(2026, 3, 31),
    watches=("acme", "wing"),
    utm_campaigns=("Spring26", "spring launch"),
    ctas=(CallToAction(id="visit", destination="https://acme.example/spring", links=("https://go.example/s1",)),),
)
OTHER = Campaign(id="other", watches=("acme",), utm_campaigns=("spring26",))
NAMED = Match("acme", "title", "Acme")
DURING = datetime(2026, 3, 10, 12, tzinfo=UTC)


def rules(
    url: str = "", links: tuple[str, ...] = (), watches: tuple[Match, ...] = (), when: datetime = DURING
) -> list[tuple[str, int]]:
    """Rule and certainty that the spring campaign gets."""
    found = Attributor([SPRING], BERLIN).attribute(url, links, watches, when)
    assert len(found) <= 1
    return [(row.rule, row.permille) for row in found]


@pytest.mark.parametrize(
    ("url", "links", "rule"),
    [
        ("https://news.example/a?utm_campaign=SPRING26", (), "utm"),
        ("https://news.example/a", ("https://x.example/?utm_source=m&utm_campaign=spring+launch",), "utm"),
        ("https://news.example/a", ("http://www.acme.example/spring/?utm_source=mail#top",), "link"),
        ("https://go.example/s1", (), "link"),
        ("https://news.example/a", ("https://acme.example/spring?utm_campaign=spring26",), "utm"),
        ("https://news.example/a", ("https://x.example/", "https://go.example/s1"), "link"),
    ],
)
def test_addresses(url: str, links: tuple[str, ...], rule: str) -> None:
    """A tag of ours is proof, a link to a page of ours nearly so, at any time."""
    sure = {"utm": 1000, "link": 900}[rule]
    assert rules(url, links) == [(rule, sure)]
    assert rules(url, links, when=datetime(2020, 1, 1, tzinfo=UTC)) == [(rule, sure)]


@pytest.mark.parametrize(
    ("url", "links"),
    [
        ("https://news.example/a?utm_campaign=summer", ()),
        ("https://news.example/a?utm_source=spring26", ()),
        ("https://acme.example/", ("https://acme.example/spring/terms", "https://notacme.example/spring")),
        ("https://news.example/?to=acme.example/spring", ("not an address acme.example",)),
        ("", ()),
    ],
)
def test_other_addresses(url: str, links: tuple[str, ...]) -> None:
    """Other tags, other pages of the same site and mere mentions of a page are nothing."""
    assert rules(url, links) == []


@pytest.mark.parametrize(
    ("when", "found"),
    [
        (datetime(2026, 2, 28, 22, 59, 59, tzinfo=UTC), []),
        (datetime(2026, 2, 28, 23, 0, tzinfo=UTC), [("watch", 600)]),
        (datetime(2026, 3, 31, 21, 59, 59, tzinfo=UTC), [("watch", 600)]),
        (datetime(2026, 3, 31, 22, 0, tzinfo=UTC), [("window", 300)]),
        (datetime(2026, 4, 7, 21, 59, 59, tzinfo=UTC), [("window", 300)]),
        (datetime(2026, 4, 7, 22, 0, tzinfo=UTC), []),
    ],
)
def test_days_are_of_the_organisation(when: datetime, found: list[tuple[str, int]]) -> None:
    """The campaign runs from midnight to midnight in Berlin, summer time in between; then seven days of window."""
    assert rules(watches=(NAMED,), when=when) == found


def test_open_ends() -> None:
    """Without a start it has always run, without an end it still does, and then there is no window."""
    for campaign in (
        Campaign(id="c", watches=("acme",)),
        Campaign(id="c", watches=("acme",), starts_on=date(2026, 1, 1)),
        Campaign(id="c", watches=("acme",), ends_on=date(2026, 12, 31)),
    ):
        assert [a.rule for a in Attributor([campaign], BERLIN).attribute("", (), [NAMED], DURING)] == ["watch"]


def test_a_window_of_its_own() -> None:
    """A campaign may have a longer window, or none."""
    for days, expected in ((0, []), (30, ["window"])):
        campaign = Campaign(id="c", watches=("acme",), ends_on=date(2026, 3, 1), window=timedelta(days=days))
        assert [a.rule for a in Attributor([campaign], BERLIN).attribute("", (), [NAMED], DURING)] == expected


def test_a_watch_of_no_campaign_is_nothing() -> None:
    """A name counts only for campaigns that list its watch."""
    assert rules(watches=(Match("rival", "title", "Rival"),)) == []


def test_one_row_a_campaign_by_its_surest_rule() -> None:
    """Several rules and campaigns: one row each, surest first, then in the order of the settings."""
    attributor = Attributor([OTHER, SPRING], BERLIN)
    found = attributor.attribute("https://go.example/s1", (), [NAMED, Match("wing", "text", "new wing")], DURING)
    assert [(a.campaign_id, a.rule) for a in found] == [("spring", "link"), ("other", "watch")]
    both = attributor.attribute("https://a.example/?utm_campaign=spring26", (), [NAMED], DURING)
    assert [(a.campaign_id, a.rule) for a in both] == [("other", "utm"), ("spring", "utm")]


def test_evidence_is_a_sentence() -> None:
    """What a person reads names the tag, the page, or the phrase and the day."""
    attributor = Attributor([SPRING], BERLIN)
    link = ("https://acme.example/spring",)
    tag = "https://a.example/?utm_campaign=spring26"
    late = datetime(2026, 4, 1, 12, tzinfo=UTC)
    assert attributor.attribute(tag, (), [], DURING)[0].evidence == f"The address carries utm_campaign=spring26: {tag}"
    assert attributor.attribute("", link, [], DURING)[0].evidence == (
        "A link in it leads to a page of the campaign: https://acme.example/spring"
    )
    assert attributor.attribute("", (), [NAMED], DURING) == [
        Attribution("spring", "watch", 600, "It names “Acme” (watch acme) while the campaign runs.")
    ]
    assert attributor.attribute("", (), [NAMED], late)[0].evidence == (
        "It names “Acme” (watch acme) 1 day after the campaign ended."
    )
    assert "2 days after" in attributor.attribute("", (), [NAMED], late + timedelta(days=1))[0].evidence


def test_no_campaigns() -> None:
    """Without campaigns, or without anything of theirs to look for, nothing is attributed."""
    assert Attributor([], BERLIN).attribute("https://a.example/", (), [], DURING) == []
    idle = Campaign(id="idle", ctas=(CallToAction(id="call", wording="Call us"),))
    assert Attributor([idle], BERLIN).attribute("https://a.example/", ("https://b.example/",), [NAMED], DURING) == []
    assert (
        Attributor([], BERLIN).attribute("https://a.example/?utm_campaign=x", ("https://b.example/",), [NAMED], DURING)
        == []
    )


ZONES = st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kathmandu"])


@given(st.datetimes(datetime(2026, 2, 1), datetime(2026, 5, 1)), ZONES)
def test_never_before_it_began(moment: datetime, zone: str) -> None:
    """By a name, nothing is attributed before the first day in the zone nor after the last day and the window."""
    place = ZoneInfo(zone)
    when = moment.replace(tzinfo=UTC)
    day = when.astimezone(place).date()
    found = [a.rule for a in Attributor([SPRING], place).attribute("", (), [NAMED], when)]
    expected = {True: ["watch"], False: ["window"]}
    inside = date(2026, 3, 1) <= day <= date(2026, 3, 31)
    late = date(2026, 4, 1) <= day <= date(2026, 4, 7)
    assert found == (expected[inside] if inside or late else [])
