"""Hashtags and phrases in what is published."""

from __future__ import annotations

import pytest

from commsleads.rules.responses import Phrases
from tests.responses.campaign import NOW, Office, day

LONG = (
    "The old dock gets a hall of glass, and the town is to see it before anybody else does, on a Sunday. For six years "
    "masons, glaziers and divers have worked at the quay where the last herring boats were unloaded, and nobody knew "
    "whether the money would last. It did, by the width of a finger, says the director, who counted each pane herself. "
)


def test_story_that_uses_the_hashtag(office: Office) -> None:
    """A story that uses the hashtag is a response, of the target in whose outlet it stands."""
    who = office.target(kind="outlet", email="", outlet="North County Post", identity="domain northcountypost.example")
    office.story(("https://northcountypost.example/1", "A hall of glass", f"{LONG} #newwing"))
    office.settle()
    one = office.one()
    assert (one.kind, one.cta, one.did, one.target) == ("mention", "tag", True, who)
    assert one.at.hour == NOW.hour - 2
    assert office.stands(who).status == "did it"


def test_copies_of_a_story_are_one_response(office: Office) -> None:
    """What many papers print is one response; where a target is among them it is the target's."""
    office.story(("https://first.example/1", "A hall of glass", f"{LONG} #NewWing"))
    office.settle()
    assert office.one().target == ""
    who = office.target(kind="outlet", email="", outlet="North County Post", identity="domain northcountypost.example")
    office.story(("https://northcountypost.example/1", "A hall of glass", f"{LONG} #NewWing"))
    office.story(("https://third.example/1", "A hall of glass", f"{LONG} #NewWing"))
    office.settle()
    assert office.one().target == who
    before = office.found()
    office.rebuild()
    assert office.found() == before


def test_writer_is_a_target_by_name_and_outlet_together(office: Office) -> None:
    """A writer's name alone is no evidence; the name in the outlet is."""
    who = office.target(name="Ruth Calder", outlet="North County Post")
    office.story(("https://elsewhere.example/1", "A hall", "#NewWing one"))
    office.story(("https://northcountypost.example/2", "A second hall of glass", "#NewWing two, of another thing"))
    office.session.execute("UPDATE signals SET author = 'Ruth Calder'")
    office.settle()
    assert sorted(one.target for one in office.found()) == sorted(["", who])


def test_our_own_pages_answer_nothing(office: Office) -> None:
    """The hashtag on our own site is no response."""
    office.story(("https://www.museum.example/news/1", "The new wing", "#NewWing"))
    office.settle()
    assert office.found() == []


def test_story_before_the_campaign(office: Office) -> None:
    """A story from before the campaign is kept with the reason and does not count."""
    office.story(("https://first.example/1", "A hall of glass", "#NewWing"), at=day(20).replace(month=10))
    office.settle()
    assert not office.one().counts


def test_phrase_that_is_declared_late(office: Office) -> None:
    """What was published before a phrase was declared is found when it is."""
    campaigns = office.app.settings.campaigns
    bare = [campaign for campaign in campaigns if campaign.id != "wing"]
    office.story(("https://first.example/1", "A hall of glass", "#NewWing"))
    object.__setattr__(office.app.settings, "campaigns", tuple(bare))
    office.settle()
    assert office.found() == []
    object.__setattr__(office.app.settings, "campaigns", campaigns)
    office.settle()
    assert office.one().counts


@pytest.mark.parametrize(("text", "uses"), [
    ("Come! #NewWing", True), ("#NEWWING!", True), ("(#newwing)", True), ("#newwings", False), ("#newwing_2", False),
    ("https://x.example/#newwing", False), ("a#newwing", False), ("##newwing", False), ("newwing", False),
    ("#newwing26 and #NewWing", True),
])  # fmt: skip
def test_hashtag_stands_whole(office: Office, text: str, uses: bool) -> None:
    """A hashtag is found whole and in any case, and neither as a part of another word nor of an address."""
    assert bool(Phrases(office.app.settings.campaigns).find("", text)) is uses
