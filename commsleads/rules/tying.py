"""Which campaign and call to action a counter or link of another service belongs to, and by what that was seen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from commsleads.plan import CallToAction, Campaign, Channel
from commsleads.urls import canonical, utm


class Tie(NamedTuple):
    """`campaign` is '' for what belongs to none; `cta` is '' where only the campaign is known. `why` says by what."""

    campaign: str = ""
    cta: str = ""
    channel: str = ""
    why: str = ""


_Place = tuple[Campaign, CallToAction]


class Ties:
    """The short addresses, destinations and UTM names of all campaigns, to be looked up.

    Looked at in this order: the short address stands in `links` of a call to action; the destination is that of one;
    `utm_campaign` is one of a campaign's (and `utm_content` the id of its call to action). Tags that name another
    campaign outweigh the destination: two campaigns may lead to one page. What fits two belongs to none.
    """

    def __init__(self, campaigns: Sequence[Campaign], channels: Sequence[Channel] = ()) -> None:
        self._links: dict[str, list[_Place]] = {}
        self._destinations: dict[str, list[_Place]] = {}
        self._named: dict[str, list[Campaign]] = {}
        self._channels = {(one.source.lower(), one.medium.lower()): one.id for one in channels}
        for campaign in campaigns:
            for name in {one.strip().lower() for one in campaign.utm_campaigns}:
                self._named.setdefault(name, []).append(campaign)
            for cta in campaign.ctas:
                for link in {canonical(link) for link in cta.links} - {""}:
                    self._links.setdefault(link, []).append((campaign, cta))
                if destination := canonical(cta.destination):
                    self._destinations.setdefault(destination, []).append((campaign, cta))

    def find(self, thing: str, address: str = "", tags: Mapping[str, str] | None = None) -> Tie:
        """The tie of a short address (or other name) that leads to `address`; `tags` are the UTM names counted by."""
        said = utm(address) | _lowered(tags or {})
        channel = self._channels.get((said.get("utm_source", ""), said.get("utm_medium", "")), "")
        if places := self._links.get(canonical(thing)):
            return _one(places, channel, f"{thing} is one of its links")
        named = self._named.get(said.get("utm_campaign", ""), [])
        places = self._destinations.get(canonical(address), [])
        if named:
            there = [(campaign, cta) for campaign, cta in places if campaign in named]
            if len(there) > 1:
                there = [(campaign, cta) for campaign, cta in there if _is(cta, said)] or there
            if there:
                return _one(there, channel, "it leads to its destination and carries its tags")
            return self._by_tags(named, said, channel)
        return _one(places, channel, "it leads to its destination") if places else Tie(channel=channel)

    def _by_tags(self, named: Sequence[Campaign], said: Mapping[str, str], channel: str) -> Tie:
        name = said["utm_campaign"]
        ctas = [(campaign, cta) for campaign in named for cta in campaign.ctas if _is(cta, said)]
        if len(ctas) == 1:
            return _one(ctas, channel, f"utm_campaign={name} and utm_content={said['utm_content']}")
        if len(named) == 1:
            return Tie(named[0].id, "", channel, f"utm_campaign={name}")
        return Tie("", "", channel, f"utm_campaign={name} is claimed by {_names(named)}")


def _is(cta: CallToAction, said: Mapping[str, str]) -> bool:
    return cta.id.lower() == said.get("utm_content", "")


def _one(places: Collection[_Place], channel: str, why: str) -> Tie:
    campaigns = {campaign.id: campaign for campaign, _ in places}
    if len(campaigns) > 1:
        return Tie("", "", channel, f"{why}, but that fits {_names(campaigns.values())}")
    (campaign,) = campaigns.values()
    ctas = sorted({cta.id for _, cta in places})
    if len(ctas) > 1:
        return Tie(campaign.id, "", channel, f"{why}, which fits {', '.join(ctas)} alike")
    return Tie(campaign.id, ctas[0], channel, why)


def _names(campaigns: Iterable[Campaign]) -> str:
    return " and ".join(sorted(campaign.id for campaign in campaigns))


def _lowered(tags: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): " ".join(value.lower().split()) for name, value in tags.items() if value.strip()}
