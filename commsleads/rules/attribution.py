"""Which campaign a signal belongs to: by which rule, and how sure.

Four rules, in falling certainty. A campaign gets one row a signal, by its surest rule. The figures say how sure
the rule is, not how much of a success is due to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from commsleads import urls
from commsleads.plan import Campaign
from commsleads.rules.matching import Match

UTM, LINK, WATCH, WINDOW = 1000, 900, 600, 300
"""Permille: a tag we wrote ourselves is proof, a link to our page nearly so, a name in time is a good guess."""


class Attribution(NamedTuple):
    """One campaign of a signal, the rule that found it ("utm", "link", "watch", "window") and a sentence why."""

    campaign_id: str
    rule: str
    permille: int
    evidence: str


class _Run(NamedTuple):
    """When a campaign ran, as instants: half-open, `end` after its last day, `late` after its window."""

    campaign_id: str
    start: datetime | None
    end: datetime | None
    late: datetime | None
    last_day: date | None


class Attributor:
    """All campaigns at once. Made once for the settings, then asked for each signal. Days are of `zone`."""

    def __init__(self, campaigns: Sequence[Campaign], zone: ZoneInfo) -> None:
        self._zone = zone
        self._order = {campaign.id: n for n, campaign in enumerate(campaigns)}
        self._tags: dict[str, list[str]] = {}
        self._pages: dict[str, list[str]] = {}
        self._runs: dict[str, list[_Run]] = {}
        hosts: dict[str, None] = {}
        for campaign in campaigns:
            for tag in campaign.utm_campaigns:
                self._tags.setdefault(" ".join(tag.lower().split()), []).append(campaign.id)
            for cta in campaign.ctas:
                for link in (cta.destination, *cta.links):
                    key = urls.canonical(link)
                    if key:
                        self._pages.setdefault(key, []).append(campaign.id)
                        hosts[key[8:].partition("/")[0]] = None
            run = _run(campaign, zone)
            for watch in campaign.watches:
                self._runs.setdefault(watch, []).append(run)
        self._hosts = tuple(hosts)

    def attribute(self, url: str, links: Sequence[str], watches: Sequence[Match], when: datetime) -> list[Attribution]:
        """The campaigns of a signal, surest first.

        `when` is when it was published, or first seen where that is unknown; aware. What came before a campaign
        began is never attributed by a name.
        """
        if not links and not watches and not self._tags and not self._pages:
            return []
        found: dict[str, Attribution] = {}
        if self._tags or self._pages:
            self._by_address(found, url, "The address")
            for link in links:
                self._by_address(found, link, "A link in it")
        for match in watches:
            for run in self._runs.get(match.watch_id, ()):
                self._by_name(found, match, run, when)
        return sorted(found.values(), key=self._rank) if found else []

    def _rank(self, row: Attribution) -> tuple[int, int]:
        return -row.permille, self._order[row.campaign_id]

    def _by_address(self, found: dict[str, Attribution], url: str, what: str) -> None:
        if self._tags and ("utm_" in url or "UTM_" in url):
            tag = urls.utm(url).get("utm_campaign", "")
            for campaign_id in self._tags.get(tag, ()):
                _keep(found, Attribution(campaign_id, "utm", UTM, f"{what} carries utm_campaign={tag}: {url[:200]}"))
        for host in self._hosts:
            if host in url:
                for campaign_id in self._pages.get(urls.canonical(url), ()):
                    _keep(
                        found,
                        Attribution(campaign_id, "link", LINK, f"{what} leads to a page of the campaign: {url[:200]}"),
                    )
                break

    def _by_name(self, found: dict[str, Attribution], match: Match, run: _Run, when: datetime) -> None:
        if run.start is not None and when < run.start:
            return
        named = f"It names “{match.phrase}” (watch {match.watch_id})"
        if run.end is None or when < run.end:
            _keep(found, Attribution(run.campaign_id, "watch", WATCH, f"{named} while the campaign runs."))
        elif run.late is not None and run.last_day is not None and when < run.late:
            days = (when.astimezone(self._zone).date() - run.last_day).days
            after = f"{days} {'day' if days == 1 else 'days'} after the campaign ended."
            _keep(found, Attribution(run.campaign_id, "window", WINDOW, f"{named} {after}"))


def _keep(found: dict[str, Attribution], row: Attribution) -> None:
    before = found.get(row.campaign_id)
    if before is None or row.permille > before.permille:
        found[row.campaign_id] = row


def _run(campaign: Campaign, zone: ZoneInfo) -> _Run:
    start = _midnight(campaign.starts_on, zone) if campaign.starts_on else None
    if campaign.ends_on is None:
        return _Run(campaign.id, start, None, None, None)
    after = campaign.ends_on + timedelta(days=1)
    end = _midnight(after, zone)
    late = datetime(after.year, after.month, after.day) + campaign.window  # noqa: DTZ001  # wall clock of the zone
    return _Run(campaign.id, start, end, late.replace(tzinfo=zone), campaign.ends_on)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)
