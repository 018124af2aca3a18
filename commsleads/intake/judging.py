"""Verdicts on hits: who waits is judged among its neighbours, and counted.

A verdict hangs on what happened around a hit, so that a newcomer can change those of its neighbours: they are judged
again with it. When the rules or their thresholds change, all hits are judged again, a stretch at a time, oldest first.
The tallies move with the verdicts in one transaction: they always equal a count over `hits`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import astuple
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING

from commsleads import urls
from commsleads.plan import Campaign, ClickPlan
from commsleads.responses import Judgement
from commsleads.rules.channels import medium
from commsleads.rules.clicks import RULES
from commsleads.rules.clicks import judge as verdicts
from commsleads.store import meta
from commsleads.store.campaigns import hits as rows
from commsleads.store.campaigns import links, tallies
from commsleads.store.campaigns.hits import Judged
from commsleads.store.campaigns.tallies import PEOPLE
from commsleads.store.engine import Session, micros

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

BITE = 20_000
"""Hits judged in one transaction, beside their neighbours."""
MARK = "clicks_judged_by"
COUNTED_IN = "clicks_counted_in"
AGAIN_FROM = "clicks_judged_again_from"


class Judging:
    """The rules for clicks of one organisation. `own` are hosts of ours: a click from there is internal."""

    def __init__(self, plan: ClickPlan, zone: ZoneInfo, own: Collection[str] = ()) -> None:
        self.plan = plan
        self.zone = zone
        self.own = frozenset(own)
        around = max(plan.trap, plan.after_send, plan.burst, timedelta(minutes=2))
        self.around = int(around.total_seconds() * 1_000_000)

    def judge(self, session: Session, *, stopping: Callable[[], bool] = lambda: False) -> int:
        """Judge every hit that waits, and all of them anew when the rules have changed; how many verdicts changed."""
        self._days(session)
        changed = self._again(session, stopping)
        while not stopping() and rows.first_waiting(session) is not None:
            with session.atomic():
                start = rows.first_waiting(session)
                if start is None:  # another process was quicker
                    break
                changed += self._stretch(session, start, rows.end_of_bite(session, start, BITE))
        return changed

    def _days(self, session: Session) -> None:
        """Clicks are counted by days of the organisation: where its zone is another one now, they are counted anew."""
        if meta.get(session, COUNTED_IN) == self.zone.key:
            return
        with session.atomic():
            tallies.recount(session, self.zone)
            meta.put(session, COUNTED_IN, self.zone.key)

    def _again(self, session: Session, stopping: Callable[[], bool]) -> int:
        """Go on judging all hits by rules that are new, from where the last pass was stopped."""
        wanted = f"{RULES}-{blake2b(repr(astuple(self.plan)).encode(), digest_size=6).hexdigest()}"
        if meta.get(session, MARK) == wanted:
            return 0
        changed = 0
        if not rows.any_judged(session):  # the first rules of all
            with session.atomic():
                meta.put(session, MARK, wanted)
            return 0
        while not stopping():
            with session.atomic():
                begun, _, upto = meta.get(session, AGAIN_FROM).partition(" ")
                start = int(upto) if begun == wanted and upto else 0
                end = rows.end_of_bite(session, start, BITE)
                changed += self._stretch(session, start, end)
                done = end + self.around  # so far every hit was judged among all its neighbours
                meta.put(session, AGAIN_FROM, f"{wanted} {done + 1}")
                if not rows.any_after(session, done):
                    meta.put(session, MARK, wanted)
                    return changed
        return changed

    def _stretch(self, session: Session, start: int, end: int) -> int:
        """Judge the hits of a stretch and their neighbours on both sides, each among its own neighbours."""
        first, last = start - self.around, end + self.around
        found = rows.between(session, first - self.around, last + self.around)
        facts = links.facts(session, {one.hit.link for one in found})
        judged = verdicts([one.hit for one in found], facts, self.plan)
        changes: Counter[tallies.Key] = Counter()
        written: list[tuple[str, str, str, int, str]] = []
        days: set[tuple[str, str]] = set()
        for before, judgement in zip(found, judged, strict=True):
            if not first <= before.hit.arrival <= last:
                continue
            after = self._after(before, judgement)
            if after == before:
                continue
            written.append((after.medium, after.verdict, after.reasons, int(after.again), after.hit.id))
            day = tallies.day(after.hit.arrival, self.zone)
            days.add((after.hit.link, day))
            for one, n in ((before, -1), (after, 1)):
                if key := tallies.key_of(one.hit.link, day, one.hit.asked, one.medium, one.verdict, again=one.again):
                    changes[key] += n
        rows.write(session, written)
        tallies.add(session, changes)
        tallies.put_days(session, [self._visitors(session, link, day) for link, day in sorted(days)])
        return len(written)

    def _after(self, before: Judged, judgement: Judgement) -> Judged:
        return Judged(
            before.hit,
            medium(before.hit.referrer, self.own),
            str(judgement.verdict),
            "; ".join(judgement.reasons),
            judgement.repeat,
        )

    def _visitors(self, session: Session, link: str, day: str) -> tuple[str, str, int]:
        first = date.fromisoformat(day)
        midnight, next_one = (
            micros(datetime(one.year, one.month, one.day, tzinfo=self.zone))
            for one in (first, first + timedelta(days=1))
        )
        return link, day, rows.visitors(session, link, midnight, next_one, PEOPLE)


def own_hosts(campaigns: Sequence[Campaign], base: str) -> set[str]:
    """The hosts that are ours: where calls to action lead, and where our links are."""
    places = [cta.destination for campaign in campaigns for cta in campaign.ctas]
    return {urls.host(place) for place in (*places, base) if place} - {""}
