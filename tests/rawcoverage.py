"""Coverage counted again from the raw tables, by other code than the program's."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from typing import Any

import pytest

from tests.awkward import week

WEEK, BEFORE = (week(47), week(48)), (week(46), week(47))
OURS = frozenset({"museum", "ada"})
TIERS = {"The Meridian": 1, "meridian.example": 1, "Trade Weekly": 2, "trade.example": 2}
TONES = ("negative", "neutral", "positive")
Row = dict[str, Any]


def wilson(k: float, n: float) -> tuple[float, float]:
    """The score interval, from the textbook."""
    z, p = 1.959964, k / n
    middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


def same_share(told: Mapping[str, Any], k: int, n: int) -> None:
    """A share as it is told: k of n, and its interval."""
    assert (told["k"], told["n"]) == (k, n)
    if n:
        low, high = wilson(k, n)
        assert [told["value"], told["low"], told["high"]] == pytest.approx([k / n, low, high], abs=1e-4)
    else:
        assert told["value"] is told["low"] is None


@dataclass(frozen=True)
class Raw:
    """The tables as they are."""

    tables: Mapping[str, list[Row]]

    @cached_property
    def out(self) -> set[tuple[str, str]]:
        """What is taken out: (story, watch or '')."""
        last = {(row["story_id"], row["watch_id"]): row["removed"] for row in self.tables["removals"]}
        return {key for key, removed in last.items() if removed}

    @cached_property
    def matches(self) -> list[Row]:
        """What names a watch and was not taken out of it."""
        return [
            row
            for row in self.tables["matches"]
            if not {(row["story_id"], row["watch_id"]), (row["story_id"], "")} & self.out
        ]

    @cached_property
    def names(self) -> dict[str, set[str]]:
        """Whom each story names."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.matches:
            found[row["story_id"]].add(row["watch_id"])
        return found

    def within(self, span: tuple[int, int], watches: Collection[str] = OURS) -> list[str]:
        """The stories that name one of these and of which the first mention of anybody lies in a stretch."""
        first: dict[str, int] = {}
        for row in self.matches:
            first[row["story_id"]] = min(first.get(row["story_id"], 1 << 62), row["arrival"])
        return [one for one, at in first.items() if span[0] <= at < span[1] and self.names[one] & set(watches)]

    def copies(self, stories: Collection[str]) -> list[Row]:
        return [row for row in self.tables["signals"] if row["story_id"] in stories]

    def tier(self, story: str) -> int | None:
        """The best tier that printed a story."""
        found = (TIERS.get(row["outlet"]) or TIERS.get(row["domain"]) for row in self.copies([story]))
        return min((tier for tier in found if tier), default=None)

    @cached_property
    def words(self) -> dict[tuple[str, str, str], Row]:
        """The last word of people by story, what and about, but for those taken back."""
        last = {(row["story_id"], row["what"], row["about"]): row for row in self.tables["codings"]}
        return {key: row for key, row in last.items() if row["value"]}

    def tone(self, story: str) -> str:
        """What people say of a story: of us, else of all watches alike."""
        said = {about: row["value"] for (one, what, about), row in self.words.items() if (one, what) == (story, "tone")}
        return str(said.get("", said.get("ada", said.get("museum", ""))))

    def chances(self, story: str) -> tuple[int, ...] | None:
        """What the machine makes of a story: of each watch the first copy, averaged."""
        first: dict[str, Row] = {}
        for row in sorted(self.tables["tones"], key=lambda row: row["arrival"]):
            if row["story_id"] == story and row["watch_id"] in self.names[story] and row["arrival"] < WEEK[1]:
                first.setdefault(row["watch_id"], row)
        if not first:
            return None
        low, high = (round(fmean(row[name] for row in first.values())) for name in ("negative", "positive"))
        return low, 1000 - low - high, high

    def tied(self, campaign: str, span: tuple[int, int]) -> list[str]:
        """The stories tied to a campaign that were first tied in a stretch."""
        first: dict[str, int] = {}
        for row in self.tables["attributions"]:
            watches = {watch for story, watch in self.out if story == row["story_id"]}
            fallen = "" in watches or any(f"(watch {watch})" in row["evidence"] for watch in watches)
            if row["campaign_id"] == campaign and not fallen:
                first[row["story_id"]] = min(first.get(row["story_id"], 1 << 62), row["arrival"])
        return [story for story, at in first.items() if span[0] <= at < span[1]]

    def message(self, story: str, campaign: str, message: str) -> tuple[int, int | None]:
        """How prominently a story carries a message, and how rightly."""
        hits: list[int] = [
            row["prominence"] for row in self.tables["message_hits"]
            if (row["story_id"], row["campaign_id"], row["message_id"]) == (story, campaign, message)
        ]  # fmt: skip
        said = {
            what: int(row["value"])
            for (one, what, about), row in self.words.items()
            if (one, about) == (story, f"{campaign}/{message}")
        }
        if said.get("presence") == 0:
            return 0, None
        spoken = int(bool(said.get("presence")) or "accuracy" in said)
        there = max(0, spoken, *hits)
        return there, said.get("accuracy")
