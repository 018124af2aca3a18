"""The use of a hashtag or phrase in what was published: one response a story, whatever its copies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from commsleads.plan import Campaign, Watch
from commsleads.responses import Response, Target
from commsleads.rules.matching import Matcher
from commsleads.rules.responses.making import Act, made
from commsleads.rules.responses.window import Span
from commsleads.text import fold


class Used(NamedTuple):
    """A signal of a story that uses a phrase: when it was published, and the target that published it, if one did."""

    id: str
    at: datetime
    phrase: str
    target: Target | None = None


class Phrases:
    """The phrases of all calls to action that are recognised by a mention."""

    def __init__(self, campaigns: Sequence[Campaign]) -> None:
        watches: list[Watch] = []
        self._asks: list[tuple[str, str]] = []
        for campaign in campaigns:
            for cta in campaign.ctas:
                for phrase in cta.phrases if "mention" in cta.ways else ():
                    # Each phrase for itself: one that is a part of another word must not hide the next.
                    watches.append(Watch(id=str(len(self._asks)), any=(phrase,)))
                    self._asks.append((campaign.id, cta.id))
        self._matcher = Matcher(watches)

    def __bool__(self) -> bool:
        return bool(self._asks)

    def find(self, title: str, text: str, links: Iterable[str] = ()) -> dict[tuple[str, str], str]:
        """The calls to action, as (campaign, id), whose phrases stand there, each with its first phrase."""
        if not self._asks:
            return {}
        head, body = fold(title), fold("\n".join((text, *links)))
        found: dict[tuple[str, str], str] = {}
        for match in self._matcher.match(head, body):
            if match.phrase.lstrip()[:1] == "#" and not _tag(fold(match.phrase)).search(f"{head}\n{body}"):
                continue
            found.setdefault(self._asks[int(match.watch_id)], match.phrase)
        return found


@lru_cache(maxsize=10_000)
def _tag(folded: str) -> re.Pattern[str]:
    """A hashtag, whole: not the end of an address, nor the beginning of a longer one."""
    return re.compile(rf"(?<![\w#&/?=]){re.escape(folded)}(?![\w])")


def mention(
    campaign: Campaign, cta: str, story: str, used: Sequence[Used], span: Span, *, channel: str = "mention"
) -> Response | None:
    """The response that a story is: the first of its copies that uses the phrase, of those in time and by a target
    where there are such. None when no copy uses it."""
    used = [one for one in used if not span.long_before(one.at)]
    if not used:
        return None
    first = min(used, key=lambda one: (bool(span.outside(one.at)), one.target is None, one.at, one.id))
    asked = next((one for one in campaign.ctas if one.id == cta), None)
    return made(
        campaign,
        Act(cta, asked is not None and "mention" in asked.ways),
        at=first.at,
        kind="mention",
        channel=channel,
        evidence=f"story {story}",
        why=f"“{first.phrase}” stands in it.",
        target=first.target,
        span=span,
    )
