"""The parts of a card that speak of one call to action: its links and page, what came, and by which way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from commsleads.contract import Period
from commsleads.facts.card_parts import by_group, took_of
from commsleads.facts.card_rows import CardRows, again_of, clicks_of, moment_of
from commsleads.facts.card_values import CounterLine, CtaCard, Landing, LinkLine, Whom
from commsleads.facts.ground import START
from commsleads.facts.values import Gap
from commsleads.plan import CallToAction
from commsleads.responses import Clicks
from commsleads.rules.campaigns.figures import Rise, Wait, curve, wait
from commsleads.store.campaigns import cards as rows
from commsleads.store.campaigns.cards import Came, Clicked
from commsleads.store.engine import Row


class Asks:
    """What hangs on the calls to action of one campaign, read once for all of them."""

    def __init__(self, read: CardRows, whom: Whom) -> None:
        session, campaign = read.ground.session, read.campaign
        self.read = read
        self.whom = whom
        self.links = rows.links(session, campaign.id)
        self.busiest = rows.busiest(session, campaign.id)
        self.landings = rows.landings(session, [cta.destination for cta in campaign.ctas if cta.destination])
        self.counters = _counters(read, rows.counters(session, campaign.id))

    def card(self, cta: CallToAction) -> CtaCard:
        """The card of one call to action."""
        read = self.read
        did, unknown = read.did(cta.id), read.unknown(cta.id)
        clicked = [one for one in read.clicked if one.cta == cta.id]
        within = [one for one in clicked if one.when == "within"]
        links = [row for row in self.links if row["cta_id"] == cta.id and not row["trap"]]
        mine = [one for one in read.came if one.cta == cta.id]
        firsts = [*did.values(), *unknown]
        aimed = {one: came for one, came in did.items() if one in read.aimed}
        return CtaCard(
            id=cta.id,
            wording=cta.wording,
            kind=cta.kind,
            ways=cta.ways,
            destination=cta.destination,
            landing=_landing(self.landings.get(cta.destination)),
            links=tuple(self._link(row, within) for row in links),
            personal=read.personal.get(cta.id, 0),
            targets=None if self.whom.aimed is None else self.whom.listed or self.whom.aimed,
            took=took_of(read, self.whom, len(aimed)),
            responses=len(firsts),
            unknown=len(unknown),
            steps=sum(not one.did for one in mine),
            control=sum(one in read.held_back for one in did),
            excluded=read.left_out(cta.id),
            outside=read.outside(cta.id),
            by_kind=_most_first(one.kind for one in firsts),
            by_channel=_most_first(one.channel or "not known" for one in firsts),
            by_group=by_group(read, cta.id),
            clicks=clicks_of(within) if links or read.personal.get(cta.id) or clicked else None,
            again=again_of(within),
            before=clicks_of(one for one in clicked if one.when == "before"),
            after=clicks_of(one for one in clicked if one.when == "after"),
            clicks_by_channel=_ranges(within, lambda one: one.channel),
            clicks_by_medium=_ranges(within, lambda one: one.medium or "direct"),
            counters=tuple(line for of, line in self.counters if of in (cta.id, self._only(cta))),
            curve=self._curve(aimed.values() if read.parts else unknown),
            clicked=self._clicked(cta.id),
            wait=self._wait(aimed),
            first_at=min((at for one in firsts if (at := moment_of(one.at))), default=None),
        )

    def _only(self, cta: CallToAction) -> str:
        """What counts for the campaign alone counts for its call to action, if it has but one."""
        return "" if len(self.read.campaign.ctas) == 1 else cta.id

    def loose(self) -> tuple[CounterLine, ...]:
        """The counters of the campaign that belong to no call to action."""
        ids = {cta.id for cta in self.read.campaign.ctas}
        return tuple(line for of, line in self.counters if of not in ids and (of or len(ids) != 1))

    def _link(self, row: Row, within: Iterable[Clicked]) -> LinkLine:
        address = row["external"] if row["source_id"] else f"{self.read.ground.link_base}{row['slug']}"
        expires = moment_of(row["expires_at"])
        return LinkLine(
            id=row["id"],
            channel=row["channel"],
            group=row["part"],
            address=address,
            source=row["source_id"],
            ended=bool(row["retired_at"]) or (expires is not None and expires <= self.read.ground.now),
            clicks=clicks_of(one for one in within if one.link == row["id"]),
            busiest=self.busiest.get(row["id"]),
        )

    # --- over time -------------------------------------------------------------------------------------------------

    def _curve(self, came: Iterable[Came]) -> tuple[Rise, ...]:
        return self._over([(at, 1) for one in came if (at := moment_of(one.at))])

    def _clicked(self, cta: str) -> tuple[Rise, ...]:
        return self._over(self.read.clicks_by_day.get(cta, []), daily=True)

    def _over(self, came: list[tuple[datetime, int]], *, daily: bool = False) -> tuple[Rise, ...]:
        read = self.read
        if not came:
            return ()
        start = read.start or min(at for at, _ in came).replace(minute=0, second=0, microsecond=0)
        return curve(came, start, read.upto, read.ground.zone, daily=daily)

    def _wait(self, aimed: Mapping[str, Came]) -> Wait | None:
        """From being contacted to the first response that did it; None when no contact was noted."""
        read = self.read
        pairs = [
            (first, moment_of(aimed[one.id].at) if one.id in aimed else None)
            for one in read.aimed.values()
            if (first := moment_of(one.contacted_at))
        ]
        return wait(pairs, read.upto) if pairs else None


def _most_first(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(words).items(), key=lambda item: (-item[1], item[0])))


def _ranges(clicked: Iterable[Clicked], key: Callable[[Clicked], str]) -> tuple[tuple[str, Clicks], ...]:
    """The range of each part, that with the most clicks by people first."""
    parts: dict[str, list[Clicked]] = defaultdict(list)
    for one in clicked:
        parts[key(one)].append(one)
    found = [(name, clicks_of(ones)) for name, ones in parts.items()]
    return tuple(sorted(found, key=lambda item: (-item[1].best, -item[1].all, item[0])))


def _landing(row: Row | None) -> Landing | None:
    if row is None:
        return None
    return Landing(
        url=row["url"],
        state=row["state"],
        note=row["note"],
        led_to=row["led_to"],
        since=moment_of(row["since"]),
        checked_at=moment_of(row["checked_at"]),
    )


# --- counters of others --------------------------------------------------------------------------------------------


def _counters(read: CardRows, found: list[Row]) -> list[tuple[str, CounterLine]]:
    """Each counter with the call to action it belongs to."""
    if not found:
        return []
    ground = read.ground
    ours = {one.link for one in read.clicked if one.link}
    gaps = ground.gap_values(Period(read.start or START, max(read.upto, read.start or START)))
    return [
        (
            row["cta_id"],
            CounterLine(
                source=row["source_id"],
                thing=row["thing"],
                measure=row["measure"],
                n=row["gained"],
                earlier=row["earlier"],
                rule=row["rule"],
                zone=row["zone"],
                filtered=row["filtered"],
                epoch=row["epoch"],
                same=row["link_id"] in ours,
                first_at=moment_of(row["first_at"]),
                last_at=moment_of(row["last_at"]),
                gaps=_gaps(gaps, row["source_id"]),
            ),
        )
        for row in found
    ]


def _gaps(gaps: Iterable[Gap], source: str) -> tuple[Gap, ...]:
    return tuple(gap for gap in gaps if gap.source == source)
