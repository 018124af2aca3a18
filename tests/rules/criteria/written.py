"""Criteria for tests: the packaged ones with lines changed, and any that hypothesis makes up."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from commsleads.config.criteria import read, text_of_own
from commsleads.criteria import Assignment, Band, Criteria, Handoff, Rule, Sort, Stage
from commsleads.journey import LEAD_SOURCES, MARKS, TOUCH_KINDS
from commsleads.rules.criteria.sorts import EXCLUDING, SAID, WORDLESS, together, whole

OWN = text_of_own()


def own(*changes: tuple[str, str], more: str = "") -> Criteria:
    """The packaged criteria with words replaced (each must be there) and lines added."""
    text = OWN
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return read((text + more).encode(), "my.toml")


KINDS = st.sampled_from(TOUCH_KINDS)
SOME_MARKS = st.lists(st.sampled_from(MARKS), max_size=2, unique=True).map(tuple)
PARTS = {
    "touch": st.lists(KINDS, max_size=2, unique=True).map(tuple),
    "having": SOME_MARKS,
    "any": SOME_MARKS,
    "without": SOME_MARKS,
    "source": st.lists(st.sampled_from(LEAD_SOURCES[:2]), max_size=1).map(tuple),
    "campaign": st.lists(st.sampled_from(["a", "b"]), max_size=1).map(tuple),
}
SORTS = st.builds(Sort, **PARTS)


@st.composite
def touches(draw: st.DrawFn) -> tuple[str, frozenset[str], str, str]:
    """A touch as it can be: its kind, marks, source and campaign."""
    kind = draw(KINDS)
    marks = whole(draw(st.sets(st.sampled_from(MARKS), max_size=6)))
    for group in EXCLUDING:
        marks -= frozenset([mark for mark in group if mark in marks][1:])
    if kind in WORDLESS:
        marks -= SAID
    assert together(marks)
    return kind, marks, draw(st.sampled_from(LEAD_SOURCES[:2])), draw(st.sampled_from(["a", "b", ""]))


def rules(prefix: str) -> st.SearchStrategy[tuple[Rule, ...]]:
    """A few rules with ids of their own."""
    one = st.builds(
        Rule,
        id=st.sampled_from([f"{prefix}{n}" for n in range(4)]),
        points=st.sampled_from([-20, 5, 10, 30]),
        says=st.sampled_from(["", "did it"]),
        cap=st.sampled_from([None, 60]),
        half_life=st.sampled_from([None, timedelta(0), timedelta(days=7)]),
        **PARTS,
    )
    return st.lists(one, max_size=3, unique_by=lambda rule: rule.id).map(tuple)


def bands(*names: str) -> st.SearchStrategy[tuple[Band, ...]]:
    """Bands that rise."""
    leasts = st.lists(st.sampled_from([5, 10, 20, 30, 50]), max_size=len(names), unique=True).map(sorted)
    return leasts.map(
        lambda found: tuple(Band(name=n, least=one, margin=2) for n, one in zip(names, found, strict=False))
    )


STAGES = st.lists(
    st.builds(
        Stage,
        id=st.sampled_from(["one", "two", "three"]),
        says=st.just("something"),
        when=SORTS,
        after=st.none() | SORTS,
        apart=st.sampled_from([timedelta(0), timedelta(days=1)]),
        fit=st.sampled_from(["", "C", "B"]),
        engagement=st.sampled_from(["", "cool", "warm"]),
        qualified=st.booleans(),
    ),
    max_size=3,
    unique_by=lambda stage: stage.id,
).map(tuple)
ASSIGN = st.lists(
    st.builds(Assignment, to=st.sampled_from(["ada", "ben"]), campaign=PARTS["campaign"], source=PARTS["source"]),
    max_size=2,
    unique=True,
).map(tuple)
CRITERIA = st.builds(
    Criteria,
    version=st.sampled_from(["1", "2"]),
    reading=st.sampled_from(["EU", "US"]),
    half_life=st.sampled_from([timedelta(days=30), timedelta(0)]),
    engagement=rules("e"),
    fit=rules("f"),
    engagement_bands=bands("cool", "warm"),
    fit_bands=bands("C", "B"),
    stages=STAGES,
    handoff=st.builds(
        Handoff,
        to=st.sampled_from(["", "ada"]),
        fades=st.sampled_from([timedelta(days=9), timedelta(days=365)]),
        assign=ASSIGN,
    ),
)
"""Any criteria, most of which contradict themselves."""


def as_file(criteria: Criteria) -> bytes:
    """Criteria as somebody would write them, for whatever must go through a file."""
    lines = [
        f'version = "{criteria.version}"',
        f'reading = "{criteria.reading}"',
        _pair("half_life", criteria.half_life),
    ]
    for name in ("engagement", "fit", "engagement_bands", "fit_bands", "stages"):
        for one in getattr(criteria, name):
            lines += [f"[[{name}]]", *_keys(one)]
    lines += ["[handoff]", *_keys(criteria.handoff)]
    for one in criteria.handoff.assign:
        lines += ["[[handoff.assign]]", *_keys(one)]
    return "\n".join(lines).encode()


def _keys(one: Any) -> list[str]:
    found = [(field.name, getattr(one, field.name)) for field in fields(one)]
    return [_pair(name, value) for name, value in found if value is not None and name != "assign"]


def _pair(name: str, value: Any) -> str:
    return f"{name} = {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, timedelta):
        return f'"{int(value.total_seconds())}s"'
    if isinstance(value, Sort):
        return "{ " + ", ".join(_keys(value)) + " }"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return str(value) if isinstance(value, int) else f'"{value}"'
