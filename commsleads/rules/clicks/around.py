"""The neighbourhood of hits: who they came from and what was opened, grouped, in order of arrival."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from commsleads.responses import Hit, LinkFacts
from commsleads.rules.clicks.signs import Sign

SECOND = 1_000_000
"""Microseconds."""

NOWHERE = LinkFacts(id="", campaign="", cta="", channel="")
"""What is known of a link that is not."""


class Neighbourhood:
    """Hits in order of arrival, and what neighbours say of them.

    A place is the number of a hit in that order. `facts` are of the links, `found` the signs that hang on other hits.
    """

    def __init__(self, hits: Sequence[Hit], links: Mapping[str, LinkFacts]) -> None:
        self.hits = hits
        self.facts = [links.get(hit.link, NOWHERE) for hit in hits]
        self.found: defaultdict[int, list[Sign]] = defaultdict(list)

    def add(self, place: int, sign: Sign) -> None:
        """Keep a sign of a hit."""
        self.found[place].append(sign)

    def times(self, places: Iterable[int]) -> list[int]:
        """When the hits of these places arrived."""
        hits = self.hits
        return [hits[place].arrival for place in places]

    @cached_property
    def by_visitor(self) -> list[list[int]]:
        """The places of each visitor who came more than once. An unknown visitor is nobody."""
        return _groups([hit.visitor for hit in self.hits], 2)

    def by_network(self, least: int) -> list[list[int]]:
        """The places of each network with `least` hits at least by one agent.

        A gateway has one agent and many addresses; a crowd behind one address has many agents.
        """
        return _groups([hit.network and f"{hit.network}\n{hit.agent}" for hit in self.hits], least)

    def by_link(self) -> list[list[int]]:
        """The places of each link that was opened more than once."""
        return _groups([hit.link for hit in self.hits], 2)

    def by_message(self, places: Iterable[int]) -> Iterator[list[int]]:
        """Some places by the message their link stood in, where it had neighbours there."""
        groups: defaultdict[Hashable, list[int]] = defaultdict(list)
        for place in places:
            facts = self.facts[place]
            groups[facts.mailing or (facts.campaign, facts.channel)].append(place)
        return (group for key, group in groups.items() if len(group) > 1 and key != ("", ""))

    def by_round(self, places: Iterable[int]) -> Iterator[list[int]]:
        """Some places of links by person, by the campaign and the channel they were sent on."""
        groups: defaultdict[Hashable, list[int]] = defaultdict(list)
        for place in places:
            facts = self.facts[place]
            if facts.target:
                groups[facts.campaign, facts.channel].append(place)
        return (group for group in groups.values() if len(group) > 1)


def _groups(keys: Sequence[str], least: int) -> list[list[int]]:
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        groups[key].append(place)
    groups.pop("", None)
    return [group for group in groups.values() if len(group) >= least]
