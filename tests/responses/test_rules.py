"""The pure rules: steps, calls to action, windows, traces."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from commsleads.plan import STATUSES, CallToAction, Campaign, Status
from commsleads.responses import Target
from commsleads.rules.responses import LinkAt, Traces, response_id, span, step
from commsleads.rules.responses.making import act
from commsleads.rules.responses.writing import Told, written

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(("statuses", "did", "found"), [
    (STATUSES, True, "did it"), (STATUSES, False, "responded"), ((), True, ""), ((Status(name="aimed at"),), True, ""),
    ((Status(name="a"), Status(name="b", responded=True), Status(name="c", responded=True)), True, "c"),
    ((Status(name="a"), Status(name="b", responded=True), Status(name="c", responded=True)), False, "b"),
    ((Status(name="a"), Status(name="won", responded=True, success=True)), False, ""),
])  # fmt: skip
def test_step_that_follows(statuses: tuple[Status, ...], did: bool, found: str) -> None:
    """Who did it stands at the first success, who responded at the first response, and never further."""
    assert step(statuses, did=did) == found


def test_call_to_action_of_an_answer() -> None:
    """The one that is recognised by the way in which it came; else what the evidence names, as a step; else unknown."""
    visit, come = CallToAction(id="visit"), CallToAction(id="come", kind="reply")
    other = CallToAction(id="other", kind="reply")
    assert act(Campaign(id="c", ctas=(visit, come)), "visit", "reply") == ("come", True)
    assert act(Campaign(id="c", ctas=(visit, come, other)), "visit", "reply") == ("visit", False)
    assert act(Campaign(id="c", ctas=(visit, come, other)), "other", "reply") == ("other", True)
    assert act(Campaign(id="c", ctas=(visit, come, other)), "", "reply") == ("", False)
    assert act(Campaign(id="c", ctas=(visit,)), "", "reply") == ("visit", False)
    assert act(Campaign(id="c", ctas=(visit, come)), "visit", "reply", by_person=True) == ("visit", False)
    assert act(Campaign(id="c"), "", "reply") == ("", False)


def test_window_follows_the_clock_of_the_organisation() -> None:
    """Days are of the zone, through a change of its clocks; a campaign without days is open."""
    found = span(Campaign(id="c", starts_on=date(2026, 10, 20), ends_on=date(2026, 10, 24)), BERLIN)
    start, late = datetime(2026, 10, 19, 22, tzinfo=UTC), datetime(2026, 10, 31, 23, tzinfo=UTC)
    assert (found.start, found.late) == (start, late)
    assert not found.outside(start)
    assert found.outside(late)
    assert not span(Campaign(id="c"), BERLIN).outside(datetime(1970, 1, 1, tzinfo=UTC))
    ends = Campaign(id="c", ends_on=date(9999, 12, 30), window=timedelta(days=400))
    assert span(ends, BERLIN).late is None


def test_links_are_found_as_people_write_them() -> None:
    """A link is found without its letter case, in brackets, at the end of a sentence, and among a flood of others."""
    traces = Traces([Campaign(id="c")], [LinkAt("https://go.x.example/r/abc", "c", "come", "mail")])
    for text in (
        "(HTTPS://GO.X.EXAMPLE/r/ABC).",
        "www.x.example, https://go.x.example/r/abc?utm_source=x",
        "x" * 10**6,
    ):
        assert [one.campaign for one in traces.find(text)] == ["c"] * ("go.x" in text.lower())
    assert traces.find("https://x.example/" + "http://" * 500_000) == []
    assert traces.find("https://go.x.example/r/abcd") == []


def test_ids_tell_things_apart() -> None:
    """The same evidence for another call to action is another response."""
    assert len({response_id("a", "b", "c"), response_id("ab", "", "c"), response_id("a", "", "bc")}) == 3


@pytest.mark.parametrize(("kind", "named", "counts"), [
    ("reply", False, True), ("enquiry", False, False), ("form", False, False), ("enquiry", True, True),
    ("form", True, True),
])  # fmt: skip
def test_a_question_of_a_target_may_be_about_anything(kind: str, named: bool, counts: bool) -> None:
    """A target's answer by mail counts by its address alone; their question counts when it names the campaign."""
    campaign = Campaign(id="c", ctas=(CallToAction(id="ask", kind="request"),))
    told = Told(
        evidence=f"{kind} 1",
        at=datetime(2026, 11, 20, 9, tzinfo=UTC),
        kind=kind,
        channel="email",
        targets=(Target(id="t", campaign="c", group="editors", kind="contact"),),
        named=frozenset({"c"} if named else ()),
    )
    (found,) = written(told, {"c": campaign}, {"c": span(campaign, BERLIN)})
    assert (found.target, found.counts) == ("t", counts)
    assert found.did
