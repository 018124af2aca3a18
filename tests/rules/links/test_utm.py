"""Tags of links: the closed vocabulary, and what may not stand in an address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads import urls
from commsleads.errors import CampaignError
from commsleads.plan import CHANNELS, CallToAction, Campaign
from commsleads.rules.links.utm import LONGEST, Tagged, tagged, word

MAIL = CHANNELS[0]


def made(
    destination: str = "https://museum.example/wing", group: str = "", people: object = (), **more: object
) -> Tagged:
    """The address of a link by mail."""
    campaign = Campaign(**({"id": "new-wing"} | more))  # type: ignore[arg-type]
    cta = CallToAction(id="visit", destination=destination)
    return tagged(campaign, cta, MAIL, group=group, people=people)  # type: ignore[arg-type]


def test_the_tags_come_from_the_channel_and_the_campaign() -> None:
    """Source and medium are the channel's, the campaign is the declared one or its id, the content names the asking."""
    tags = "utm_source=mailing&utm_medium=email&utm_campaign={}&utm_content={}"
    assert made().url == "https://museum.example/wing?" + tags.format("new-wing", "visit")
    declared = made(utm_campaigns=("Wing26", "old"), group="Energy journalists, Zürich")
    assert declared.url.endswith(tags.format("wing26", "visit-energy-journalists-zurich"))
    assert declared.remarks == ()


def test_the_destination_keeps_its_query_and_fragment() -> None:
    """What the page itself needs is not touched, not even its order and its escapes."""
    url = made("https://museum.example/a;b?id=7&x=%E4&empty&list=1,2#/route?tab=2").url
    before, _, fragment = url.partition("#")
    assert before.startswith("https://museum.example/a;b?id=7&x=%E4&empty&list=1,2&utm_source=")
    assert fragment == "/route?tab=2"


def test_tags_that_were_there_are_replaced_and_named() -> None:
    """An address copied from a mailing brings old tags; two of each would be counted by chance."""
    found = made("https://museum.example/?UTM_Source=old&id=7&utm%5Fcampaign=other")
    assert found.url.count("utm_source") == found.url.count("utm_campaign") == 1
    assert "id=7" in found.url
    assert "UTM_Source=old, utm_campaign=other" in found.remarks[0]


def test_the_address_can_stand_in_a_header() -> None:
    """International hosts and letters are written in ASCII."""
    url = made("https://müseum.example:8443/größe?wort=ä b\r\nSet-Cookie: x").url
    assert url.isascii()
    assert url.startswith("https://xn--mseum-kva.example:8443/gr%C3%B6%C3%9Fe?wort=%C3%A4%20b%0D%0ASet-Cookie")


@pytest.mark.parametrize(
    ("group", "why"),
    [
        ("mary@press.example", "mail address"),
        ("Mary Smith", "one of its people"),
        ("Friends of mary  SMITH", "one of its people"),
        ("tel. +49 30 1234567", "telephone"),
        ("030/123 45 67", "telephone"),
        ("!!!", "no letter or digit"),
    ],
)
def test_no_personal_data_goes_into_an_address(group: str, why: str) -> None:
    """Every server on the way writes the address down."""
    with pytest.raises(CampaignError, match=why):
        made(group=group, people=("Mary Smith", "Li"))


@pytest.mark.parametrize("group", ["North 2026-11-18", "Radio and TV", "Smiths", "A-list 1000", "博物館の友"])
def test_everyday_groups_are_no_personal_data(group: str) -> None:
    """Dates, numbers and words that only begin like a name are let be."""
    assert word(group).replace("-", "") in urls.utm(made(group=group, people=("Mary Smith",)).url)[
        "utm_content"
    ].replace("-", "")


@pytest.mark.parametrize("declared", ["Wing 26", "wing/26", "wing-26_b", "a=b", "-wing", "wing&x"])
def test_a_declared_tag_that_cannot_stand_is_refused(declared: str) -> None:
    """It would not be found again in the statistics as it was declared."""
    with pytest.raises(CampaignError, match="cannot stand in a link"):
        made(utm_campaigns=(declared,))


def test_a_call_to_action_without_a_destination_is_refused() -> None:
    """With the reason and what to do."""
    with pytest.raises(CampaignError, match="leads nowhere: give it a `destination`"):
        made("")


def test_an_address_that_is_too_long_is_refused() -> None:
    """Some browsers would cut it, and with it the tags."""
    with pytest.raises(CampaignError, match="at most 2,000"):
        made("https://museum.example/" + "a" * LONGEST)


@given(st.text(max_size=80))
def test_words_of_tags_are_clean(said: str) -> None:
    """Small letters, digits and single hyphens between; the word of a word is itself."""
    found = word(said)
    assert found == word(found)
    assert "--" not in found
    assert found.strip("-") == found
    assert not any(one in "&=?#/@ %+" for one in found)


@given(st.from_regex(r"https://[a-z]{1,8}\.example(/[ -~]{0,20})?(\?[ -~]{0,30})?(#[ -~]{0,10})?", fullmatch=True))
def test_every_address_has_the_tags_once(destination: str) -> None:
    """Whatever the destination, the statistics find the campaign, and the fragment stays at the end."""
    try:
        url = made(destination).url
    except CampaignError:
        return
    assert url.count("utm_source=mailing") == 1
    assert urls.utm(url)["utm_campaign"] == "new-wing"
    assert url.isascii()
    assert " " not in url
