"""Whether the criteria are applied evenly: the same share accepted by every owner, for every campaign."""

from __future__ import annotations

from dataclasses import dataclass

from commsleads.rules.figures import Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Evenness:
    """A share by group, and whether the groups differ by more than chance.

    `word` is even (no more than chance), uneven or cannot tell. `groups` are those that were tested and those too small
    (`left_out` names these, `together` those that were tested as one). `chance` is how often groups that are treated
    alike differ at least as much. `why` it cannot be told, else ''.
    """

    word: str
    groups: tuple[tuple[str, Share], ...]
    together: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    chance: float | None = None
    why: str = ""
