"""Which call to action a counter or link of another service belongs to."""

from __future__ import annotations

from commsleads.plan import CHANNELS, CallToAction, Campaign
from commsleads.rules.tying import Tie, Ties

WING = Campaign(
    id="wing",
    name="The new wing",
    utm_campaigns=("Wing26",),
    ctas=(
        CallToAction(id="visit", destination="https://museum.example/wing", links=("https://go.museum.example/w",)),
        CallToAction(id="kit", destination="https://museum.example/kit?a=1"),
    ),
)
NIGHT = Campaign(
    id="night",
    name="A night at the museum",
    utm_campaigns=("night26",),
    ctas=(CallToAction(id="visit", destination="http://www.museum.example/wing/"),),
)


def find(thing: str, address: str = "", *campaigns: Campaign, **tags: str) -> Tie:
    """The tie among these campaigns, or the first."""
    return Ties(campaigns or (WING,), CHANNELS).find(thing, address, {f"utm_{name}": one for name, one in tags.items()})


def test_the_short_address_comes_first() -> None:
    """What stands in `links` needs nothing else, however it is written."""
    tie = find("http://GO.museum.example/w", "https://elsewhere.example/?utm_campaign=other")
    assert (tie.campaign, tie.cta) == ("wing", "visit")
    assert "one of its links" in tie.why


def test_the_destination_is_compared_without_its_tags() -> None:
    """Tags and spelling of the address make no difference; other parameters do."""
    assert find("x", "http://www.museum.example/kit?utm_source=mailing&a=1").cta == "kit"
    assert find("x", "https://museum.example/kit?a=2") == Tie()


def test_tags_name_campaign_and_call_to_action() -> None:
    """utm_campaign gives the campaign, utm_content the call to action, source and medium the channel."""
    tie = find("x", "", campaign="WING26", content="Kit", source="mailing", medium="email")
    assert (tie.campaign, tie.cta, tie.channel) == ("wing", "kit", "mail")
    assert find("x", "", campaign="wing26")[:2] == ("wing", "")
    assert find("x", "", campaign="wing26", content="nothing of ours")[:2] == ("wing", "")


def test_tags_outweigh_a_destination_that_two_campaigns_share() -> None:
    """Both lead to one page; the tags say which it was, and without them nobody can."""
    page = "https://museum.example/wing"
    tie = find("x", f"{page}?utm_campaign=night26", WING, NIGHT)
    assert (tie.campaign, tie.cta, tie.why) == ("night", "visit", "it leads to its destination and carries its tags")
    unsure = find("x", page, WING, NIGHT)
    assert unsure.campaign == ""
    assert "night and wing" in unsure.why


def test_tags_of_another_campaign_outweigh_the_destination() -> None:
    """A link tagged for the one is not counted for the other, wherever it leads."""
    assert find("x", "https://museum.example/kit?a=1&utm_campaign=night26", WING, NIGHT)[:2] == ("night", "")


def test_two_calls_to_action_with_one_destination_are_told_apart_by_utm_content() -> None:
    """Without it only the campaign is known."""
    both = Campaign(
        id="both",
        name="Both",
        utm_campaigns=("both",),
        ctas=tuple(CallToAction(id=name, destination="https://museum.example/") for name in ("one", "two")),
    )
    assert find("x", "https://museum.example/?utm_campaign=both&utm_content=two", both)[:2] == ("both", "two")
    assert find("x", "https://museum.example/", both)[:2] == ("both", "")


def test_a_tag_that_two_campaigns_claim_ties_to_none() -> None:
    """Unless the call to action tells them apart."""
    other = Campaign(id="other", name="Other", utm_campaigns=("wing26",), ctas=(CallToAction(id="come"),))
    tie = find("x", "", WING, other, campaign="wing26")
    assert (tie.campaign, tie.why) == ("", "utm_campaign=wing26 is claimed by other and wing")
    assert find("x", "", WING, other, campaign="wing26", content="come")[:2] == ("other", "come")


def test_nothing_ties_to_nothing() -> None:
    """Empty and odd addresses belong to no campaign."""
    for thing in ("", "x", "javascript:alert(1)", "https://", "\x00"):
        assert find(thing, thing).campaign == ""
