"""Joining pickups: who of the last days may tell the same story, and the verdict of the rule on each newcomer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from commsleads import text
from commsleads.intake.seen import Seen
from commsleads.rules.dedupe import MET, WINDOW, Version, decide, other_headlines, sought
from commsleads.store import prints
from commsleads.store import signals as rows
from commsleads.store.engine import Session

HOLDERS = 8
"""The newest signals looked at of those that carry one fingerprint. The newest, since which they are does not depend on
how the signals came in bites; a sentence that hundreds quote must not make the pass quadratic either."""
CANDIDATES = 24
"""Most copies a newcomer is compared with; a phrase that everybody prints must not make the pass quadratic."""


def join(session: Session, seen: Sequence[Seen], carried: Sequence[Sequence[int]]) -> int:
    """Let each signal join the story it is a pickup of, or begin its own; how many began one."""
    if not seen:
        return 0
    chosen = _candidates(session, seen, carried)
    here = {one.arrival: one for one in seen}
    missing = {arrival for found in chosen.values() for arrival in found if arrival not in here}
    before = {row["arrival"]: _earlier(row) for row in rows.first_versions(session, sorted(missing))}
    began = 0
    for one in seen:
        one.story_id, one.story_why = one.id, ""
        if found := chosen.get(one.arrival):
            pickup = decide(_version(one), [before.get(other) or _version(here[other]) for other in found])
            if pickup:
                one.story_id, one.story_why = pickup.story_id, pickup.why
        began += one.story_id == one.id
    prints.keep(session, [one.arrival for one in seen], carried)
    return began


def _candidates(session: Session, seen: Sequence[Seen], carried: Sequence[Sequence[int]]) -> dict[int, Sequence[int]]:
    """Who of the last days shares enough fingerprints with each newcomer to be worth comparing, the likeliest first.

    By `arrival`, on both sides.
    """
    here = Counter(chain.from_iterable(carried))
    others = other_headlines(here)
    holders = prints.holders_of(session, {*here, *others}, seen[0].arrival - WINDOW, HOLDERS)
    # Most fingerprints are carried by one signal alone; only the shared ones are worth a look.
    shared = {mark for mark, count in here.items() if count > 1}
    shared.update(holders, other_headlines(holders), [mark for mark in others if mark in here])
    chosen: dict[int, Sequence[int]] = {}
    for one, marks in zip(seen, carried, strict=True):
        mine = shared.intersection(marks)
        if not mine:
            continue
        whole, half = sought(mine)
        met = list(chain.from_iterable([holders.get(mark, ())[-HOLDERS:] for mark in half]))
        sure = {arrival for mark in whole for arrival in holders.get(mark, ())[-HOLDERS:]}
        for mark in mine:
            holders.setdefault(mark, []).append(one.arrival)
        if sure or len(set(met)) < len(met):
            votes = Counter(met)
            votes.update(dict.fromkeys(sure, MET))
            since = one.arrival - WINDOW
            enough = sorted((-met, arrival) for arrival, met in votes.items() if met >= MET and arrival >= since)
            chosen[one.arrival] = [arrival for _, arrival in enough[:CANDIDATES]]
    return chosen


def _earlier(row: Mapping[str, Any]) -> Version:
    """A signal of an earlier bite, as it read when first seen."""
    return Version(
        id=row["id"],
        story_id=row["story_id"],
        source_id=row["source_id"],
        domain=row["domain"],
        canonical_url=row["canonical_url"],
        title=text.fold(row["title"]),
        text=text.fold(row["text"]),
        arrival=row["arrival"],
    )


def _version(one: Seen) -> Version:
    return Version(
        one.id, one.story_id, one.source_id, one.domain, one.canonical, one.folded_title, one.folded_text, one.arrival
    )
