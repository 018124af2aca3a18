"""Which contacts are one person, and which of them gives the lead its name.

A lead is all contacts that standing merges join, however long the way; one that is undone is gone as if it had never
been. So merges can be made and undone in any order.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from commsleads.journey import Merge, Touch


def standing(merge: Merge, at: datetime | None = None) -> bool:
    """Whether two contacts are one by this merge: today, or at a moment."""
    if at is None:
        return merge.undone is None
    return merge.at <= at and (merge.undone is None or at < merge.undone)


def joined(merges: Iterable[Merge], at: datetime | None = None) -> dict[str, tuple[str, ...]]:
    """For each contact that is joined to others: all that are this person, itself included, in alphabetical order.

    Contacts that nothing joins are not in it.
    """
    groups: dict[str, list[str]] = {}
    for merge in merges:
        if not standing(merge, at) or merge.one == merge.other:
            continue
        one = groups.setdefault(merge.one, [merge.one])
        other = groups.setdefault(merge.other, [merge.other])
        if one is other:
            continue
        if len(one) < len(other):  # the smaller goes into the larger, so that a long chain stays quick
            one, other = other, one
        one.extend(other)
        for contact in other:
            groups[contact] = one
    made = {key: tuple(sorted(group)) for key, group in {id(group): group for group in groups.values()}.items()}
    return {contact: made[id(group)] for contact, group in groups.items()}


def first(contacts: Iterable[str], touches: Iterable[Touch]) -> str:
    """The contact whose id the lead has: whose first touch was learned of first, then happened first, then by id.

    Of contacts without any touch it is the first by id; '' when there are no contacts.
    """
    return next(iter(in_order(contacts, touches)), "")


def in_order(contacts: Iterable[str], touches: Iterable[Touch]) -> tuple[str, ...]:
    """The contacts of a lead, each once, the one that gives its id first."""
    names = set(contacts)
    if len(names) < 2:
        return tuple(names)
    learned: dict[str, tuple[datetime, datetime]] = {}
    for touch in touches:
        met = (touch.learned, touch.at)
        if touch.contact in names:
            learned[touch.contact] = min(learned.get(touch.contact, met), met)
    return (
        *sorted(learned, key=lambda contact: (*learned[contact], contact)),
        *sorted(names - learned.keys()),
    )
