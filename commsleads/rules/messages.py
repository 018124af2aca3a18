"""Which key messages of campaigns a text carries, and how prominently. Whether it carries them rightly a person says.

A message is carried where one of its phrases stands, found like the phrases of a watch (`rules.matching`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from commsleads.plan import Campaign, Watch
from commsleads.rules.matching import Matcher
from commsleads.rules.prominence import prominence


class Carried(NamedTuple):
    """A key message in a text: 2 in the headline or the lead, 1 elsewhere, by which phrase (as it was declared)."""

    campaign_id: str
    message_id: str
    prominence: int
    phrase: str


class Messages:
    """The key messages of all campaigns at once. Made once for the settings, then asked for each signal."""

    def __init__(self, campaigns: Sequence[Campaign]) -> None:
        declared = [(campaign.id, message) for campaign in campaigns for message in campaign.messages]
        self._named = {str(place): (campaign, message.id) for place, (campaign, message) in enumerate(declared)}
        self._matcher = Matcher(
            [
                Watch(id=str(place), any=message.phrases)
                for place, (_, message) in enumerate(declared)
                if message.phrases
            ]
        )

    def carried(self, title: str, text: str) -> list[Carried]:
        """The messages that a text (folded, as its title) carries, as declared."""
        if not self._named:
            return []
        return [
            Carried(*self._named[match.watch_id], prominence(match.field, lead=match.lead), match.phrase)
            for match in self._matcher.match(title, text)
        ]
