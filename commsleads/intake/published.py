"""What was published, made ready for the rules of responses: which stories use the words that a campaign asked for."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from commsleads import urls
from commsleads.config import Settings
from commsleads.plan import Campaign
from commsleads.responses import Response, Target
from commsleads.rules.campaigns.identity import words
from commsleads.rules.responses import Phrases, Span, Used, mention
from commsleads.store.campaigns import evidence, targets
from commsleads.store.engine import Row, Session, moment

DAY = timedelta(days=1)


class Press:
    """Stories, held against the calls to action that a mention answers."""

    def __init__(
        self, session: Session, settings: Settings, campaigns: Mapping[str, Campaign], spans: Mapping[str, Span]
    ) -> None:
        self.session = session
        self.phrases = Phrases(list(campaigns.values()))
        self._campaigns = campaigns
        self._spans = spans
        self._by: dict[str, dict[str, Target]] = {}
        places = [one.rpartition("@")[2] for one in settings.desk.addresses]
        places += [urls.host(cta.destination) for one in campaigns.values() for cta in one.ctas]
        self._own = frozenset(urls.site(place) for place in (*places, urls.host(settings.links.base))) - {""}

    def uses(self, title: str, text: str, links: str) -> bool:
        """Whether a signal uses a phrase of any call to action."""
        return bool(self.phrases.find(title, text, json.loads(links or "[]")))

    def of_story(self, story: str) -> list[Response]:
        """The responses that a story is, one for each call to action whose words it uses."""
        used: dict[tuple[str, str], list[Used]] = defaultdict(list)
        for row in evidence.copies(self.session, story):
            if row["domain"] in self._own:  # what we publish ourselves answers nothing
                continue
            found = self.phrases.find(row["title"], row["text"], json.loads(row["links"] or "[]"))
            for (campaign, cta), phrase in found.items():
                target = self._target(campaign, row)
                used[campaign, cta].append(Used(row["id"], _at(row), phrase, target))
        made = (
            mention(self._campaigns[campaign], cta, story, given, self._spans[campaign])
            for (campaign, cta), given in sorted(used.items())
        )
        return [one for one in made if one is not None]

    def _target(self, campaign: str, row: Row) -> Target | None:
        """The target that published it: whoever wrote it, by name and outlet together, else the outlet."""
        known = self._by.get(campaign)
        if known is None:
            known = self._by[campaign] = self._register(campaign)
        outlet = words(row["outlet"])
        author = known.get(f"{words(row['author'])}|{outlet}") if row["author"] and outlet else None
        return author or known.get(f"outlet {outlet}") or known.get(f"domain {row['domain']}")

    def _register(self, campaign: str) -> dict[str, Target]:
        found: dict[str, Target] = {}
        places = {row["id"]: row["identity"] for row in targets.told(self.session, campaign)}
        for target in targets.of_campaign(self.session, campaign):
            outlet = words(target.outlet or (target.name if target.kind == "outlet" else ""))
            if target.kind == "outlet":
                found.setdefault(f"outlet {outlet}", target)
                sort, _, host = places.get(target.id, "").partition(" ")
                if sort == "domain":
                    found.setdefault(f"domain {urls.site(host) or host}", target)
            elif target.name and outlet:
                found.setdefault(f"{words(target.name)}|{outlet}", target)
        found.pop("outlet ", None)
        found.pop("domain ", None)
        return found


def _at(row: Row) -> datetime:
    """When it was published; a day without a time may have been any of it, and nothing is seen before it is there."""
    seen = moment(row["first_seen_at"])
    assert seen is not None  # noqa: S101 - the schema has no row without it
    at = min(moment(row["published_at"]) or seen, seen)
    if (at.hour, at.minute, at.second) == (0, 0, 0):
        at = max(at, min(seen, at + DAY))
    return at
