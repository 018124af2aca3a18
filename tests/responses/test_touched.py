"""A campaign of which nothing was touched costs a pass nothing; whatever is touched is seen by the next."""

from __future__ import annotations

from typing import Any

import pytest

from commsleads.campaigns.forgetting import forget
from commsleads.campaigns.targets import exclude
from commsleads.intake import responses as intake
from commsleads.store import meta
from commsleads.store.campaigns import counters, links, touched
from commsleads.store.campaigns.counters import Outside
from tests.responses.campaign import RUTH, Office, day
from tests.responses.test_mails import reply


def test_every_change_is_noted(office: Office) -> None:
    """Targets, links and verdicts on clicks of one person raise the mark of their campaign, and of no other."""
    who = office.target()
    link = office.link(target=who, slug="a1")
    there = links.insert(
        office.session,
        links.New("wing", "preview", "mail", "https://museum.example/preview", source_id="bit", external="b.example/1"),
        at=office.app.now(),
        by="test",
    )
    other = touched.mark(office.session, "rope")
    outside = Outside(there, "wing", "come", "press", "https://museum.example/preview", "test")
    changes: list[Any] = [
        lambda: office.target(email="new@x.example"),
        lambda: exclude(office.session, who, office.app.now(), "ada", "a rival"),
        lambda: office.link(slug="a2"),
        lambda: office.hit("h1", link, day(4)),
        lambda: office.verdict("h1", "certain_machine"),
        lambda: counters.tie(office.session, [outside]),
        lambda: forget(office.session, RUTH, now=office.app.now(), by="ada"),
    ]
    for change in changes:
        before = touched.mark(office.session, "wing")
        change()
        assert touched.mark(office.session, "wing") != before
    same = touched.mark(office.session, "wing")
    counters.tie(office.session, [outside])
    assert (touched.mark(office.session, "wing"), touched.mark(office.session, "rope")) == (same, other)


def test_what_nobody_noted_is_seen_within_a_day(office: Office) -> None:
    """Whoever writes into the tables past the program waits a day and not for ever."""
    link = office.link(target=office.target(), slug="a1")
    office.settle()
    office.hit("h1", link, day(4), verdict="certain_machine")
    office.settle()
    office.session.execute("UPDATE hits SET verdict = 'certain_human'")
    office.settle()
    assert office.found() == []
    office.clock.move(hours=25)
    office.settle()
    assert office.one().counts


def test_a_pass_that_was_cut_short_is_done_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between noting that a campaign changed and looking at its enquiries the program dies; the next pass does it."""
    office.settle()
    office.target()
    with monkeypatch.context() as patched:
        patched.setattr(intake._Pass, "enquiries", _dies)
        with pytest.raises(KeyboardInterrupt):
            office.settle()
    assert meta.get(office.session, "responses:wing").endswith(intake.BEGUN)
    office.mail(reply())
    office.settle()
    assert office.one().counts
    assert not meta.get(office.session, "responses:wing").endswith(intake.BEGUN)


def _dies(*_: object) -> None:
    raise KeyboardInterrupt
