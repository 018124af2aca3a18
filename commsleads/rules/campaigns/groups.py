"""How many a group holds, and where that number comes from; who of it is held back; until when it is kept.

Two numbers may differ: what the plan declares, and how many stand in the imported list. Where there is a list, it
counts: what becomes of its members is known one by one, and a rate has the same people above and below its line. The
other number is told beside it. What nobody counted stays unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from hashlib import blake2b
from typing import NamedTuple
from zoneinfo import ZoneInfo

from commsleads.plan import Campaign, TargetGroup
from commsleads.responses import Target


class Size(NamedTuple):
    """One group's N. `source` is `declared`, `list` or, where `n` is None, ''. `note` tells where the two differ.

    `excluded` and `control` are of `n`; `asked` is what remains, and what rates are of.
    """

    group: str
    n: int | None
    source: str
    excluded: int
    control: int
    declared: int | None
    listed: int | None
    note: str = ""

    @property
    def asked(self) -> int | None:
        """How many were to be written to; None when N is unknown."""
        return None if self.n is None else max(0, self.n - self.excluded - self.control)


def sizes(campaign: Campaign, targets: Sequence[Target]) -> list[Size]:
    """The groups of a campaign: those declared in their order, then those that only a list has."""
    listed: dict[str, list[Target]] = {}
    for target in targets:
        listed.setdefault(target.group, []).append(target)
    declared = [size(group, listed.pop(group.name, ())) for group in campaign.targets]
    return declared + [size(TargetGroup(name=name), members) for name, members in sorted(listed.items())]


def size(group: TargetGroup, members: Collection[Target]) -> Size:
    """The N of one group, by what was declared and who is in the list."""
    if not members:
        held = max(0, (group.n or 0) - group.excluded) if group.control else 0
        return Size(group.name, group.n, "declared" if group.n is not None else "", group.excluded, held, group.n, None)
    n = len(members)
    excluded = sum(1 for one in members if one.excluded)
    control = sum(1 for one in members if (one.control or group.control) and not one.excluded)
    note = "" if group.n in (None, n) else f"{group.n} declared, {n} in the list: the list counts"
    return Size(group.name, n, "list", excluded, control, group.n, n, note)


def draw(ids: Iterable[str], n: int, seed: str) -> frozenset[str]:
    """`n` of these ids at random, the same ones for the same seed: those whose hashes with it are the least."""
    return frozenset(sorted(ids, key=lambda ident: (_hashed(f"{seed}\n{ident}"), ident))[:n])


def _hashed(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()


def kept_until(campaign: Campaign, zone: ZoneInfo, keep: timedelta, at: datetime) -> datetime:
    """When names and addresses of its targets come to their end: its end, its window, and then `keep`.

    A campaign without an end has them for `keep` and its window from `at`.
    """
    end = at
    if campaign.ends_on is not None:
        end = max(at, datetime.combine(campaign.ends_on, time(), zone).astimezone(UTC) + timedelta(days=1))
    try:
        return end + campaign.window + keep
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)
