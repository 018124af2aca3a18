"""Who of a group is held back, and until when its names are kept. What its N is, `facts.card_parts` says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from hashlib import blake2b
from zoneinfo import ZoneInfo

from commsleads.plan import Campaign


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
