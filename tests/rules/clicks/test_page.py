"""The page about clicks tells the weights that the rules have."""

from __future__ import annotations

import re
from pathlib import Path

from commsleads.rules.clicks import signs
from commsleads.rules.clicks.agents import Kind

PAGE = (Path(__file__).resolve().parents[3] / "docs/clicks.md").read_text(encoding="utf-8")

FAMILIES = {
    "agent": {points for points, _ in signs.AGENT.values()},
    "service": {signs.SERVICE},
    "headers": {signs.NO_HEADERS, signs.NO_LANGUAGE, signs.NO_HTML},
    "time": {signs.AT_ONCE, signs.EARLY},
    "network": {signs.NETWORK},
    "sweep": {signs.SWEEP, signs.NEIGHBOURS, signs.MANY, signs.TWO},
    "double": {signs.SECOND, signs.COMPANION, signs.ALIKE},
    "head": {signs.HEAD},
    "again": {signs.HAMMER},
    "trap": {signs.TRAP, signs.TAINT},
}


def test_every_weight_stands_on_the_page() -> None:
    """Family by family, none too many and none missing."""
    told: dict[str, set[float]] = {}
    for family, points in re.findall(r"^\|.*\| (\w+) \| ([\d.]+) \|$", PAGE, re.MULTILINE):
        told.setdefault(family, set()).add(float(points))
    assert {family: told.get(family) for family in FAMILIES} == FAMILIES


def test_every_kind_of_agent_has_its_words() -> None:
    """Each kind is worth something, or is a browser; the page counts each that was seen."""
    browsers = {Kind.BROWSER, Kind.IN_APP}
    assert set(signs.AGENT) == {str(kind) for kind in Kind if kind not in browsers}
    assert all(f"| {kind} |" in PAGE for kind in Kind if kind is not Kind.EMPTY)


def test_no_weak_sign_decides_alone() -> None:
    """Clock, network and one missing header stay below doubt; only an agent or a trap is certain alone."""
    clock = (signs.AT_ONCE, signs.EARLY, signs.NETWORK)
    rest = (signs.NO_LANGUAGE, signs.NO_HTML, signs.MANY, signs.TWO, signs.ALIKE)
    assert max(*clock, *rest) < signs.DOUBT
    assert {family for family, points in FAMILIES.items() if max(points) >= signs.STRONG} == {"agent", "trap"}
