"""Who may see an enquiry, and which enquiries are touches."""

from __future__ import annotations

from typing import Any

import pytest

from commsleads.enquiries import CHANNELS, STANCES, Approval, Officer, State
from commsleads.rules.desk.privacy import look_needs_record, may_see
from commsleads.rules.desk.touch import SOURCES, touch_of
from tests.rules.desk.table import ADA, BEN, CAI, DOT, OFFICERS, at, case

STRANGER = Officer(id="eve", role="lead", team="press")
ASKED = (Approval(round=1, step="sign-off", approver="cai", decision="asked", asked_at=at("11-02 10:00"), draft=1),)


@pytest.mark.parametrize(
    ("known", "who"),
    [
        ({"privacy": "open"}, {"ada", "ben", "cai", "dot", "eve", None}),
        ({"privacy": "team", "team": "press"}, {"ada", "ben"}),
        ({"privacy": "team", "team": "events"}, {"ada", "dot"}),
        ({"privacy": "team", "team": "events", "owner": "ben"}, {"ada", "ben", "dot"}),
        ({"privacy": "team", "owner": "dot"}, {"ada", "dot"}),
        ({"privacy": "team"}, {"ada", "ben", "cai", "dot"}),
        ({"privacy": "team", "team": "press", "approvals": ASKED}, {"ada", "ben", "cai"}),
        ({"privacy": "restricted"}, {"ada"}),
        ({"privacy": "restricted", "team": "press", "owner": "dot"}, {"ada", "dot"}),
        ({"privacy": "restricted", "owner": "ada"}, {"ada", "ben"}),
        ({"privacy": "restricted", "approvals": ASKED}, {"ada", "cai"}),
        ({"privacy": "restricted", "author": "dot"}, {"ada", "dot"}),
        ({"privacy": "some new word"}, {"ada"}),
    ],
)
def test_who_may_see(known: dict[str, Any], who: set[str | None]) -> None:
    """Open for all, team for the team, restricted for those who work on it; leads see all, strangers nothing."""
    people = (*OFFICERS, STRANGER)
    seeing = {one.id for one in people if may_see(one, case(**known), OFFICERS)}
    assert seeing | ({None} if may_see(None, case(**known), OFFICERS) else set()) == who


def test_a_house_without_officers() -> None:
    """With nobody declared there is nobody to tell apart, and a look at what is restricted is recorded."""
    secret = case(privacy="restricted")
    assert may_see(None, secret, ())
    assert look_needs_record(secret)
    assert not look_needs_record(case(privacy="team"))
    assert {officer.id for officer in (ADA, BEN, CAI, DOT)} == {"ada", "ben", "cai", "dot"}


@pytest.mark.parametrize(
    ("known", "counts", "why"),
    [
        ({"stance": "positive"}, True, "a positive enquiry"),
        ({"stance": "neutral"}, True, "a neutral enquiry"),
        ({"stance": "neutral", "state": State.DECLINED}, True, "a neutral enquiry"),
        ({"stance": "positive", "state": State.CLOSED}, True, "a positive enquiry"),
        ({"stance": "hostile"}, False, "hostile"),
        ({"stance": "unknown"}, False, "not yet: nobody has said"),
        ({"stance": "positive", "journalists": ()}, False, "not yet: no journalist"),
        ({"stance": "positive", "state": State.DUPLICATE}, False, "duplicate"),
        ({"stance": "positive", "state": State.REDIRECTED}, False, "redirected"),
        ({"stance": "positive", "state": State.WITHDRAWN}, False, "withdrawn"),
    ],
)
def test_touches(known: dict[str, Any], counts: bool, why: str) -> None:
    """A positive or neutral enquiry by an identified journalist is a touch; what is none says why."""
    touch = touch_of(case(**{"journalists": ("j1", "j2"), "channel": "web form", **known}))
    assert touch.counts is counts
    assert why in touch.why
    assert (touch.channel, touch.source, touch.at) == ("web form", "newsroom form", at("11-02 10:00"))


def test_every_channel_has_its_source() -> None:
    """No channel is left without a source of the closed list, and no stance without a verdict."""
    assert set(SOURCES) == set(CHANNELS)
    assert touch_of(case(channel="carrier pigeon")).source == "not known"
    assert [touch_of(case(journalists=("j",), stance=stance)).counts for stance in STANCES] == [
        True,
        True,
        False,
        False,
    ]
