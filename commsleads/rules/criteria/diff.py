"""What changed from one set of criteria to another, rule by rule: as values, and as a sentence each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from datetime import timedelta
from typing import Any, NamedTuple

from commsleads.criteria import Criteria, Handoff, Sort
from commsleads.rules.criteria.sentences import assignment_words, band_words, engagement_words, fit_words, stage_words
from commsleads.rules.criteria.wording import sort_words, stretch

_KEYS = {"half_life": "half-life", "answer_within": "time to answer", "escalate_to": "escalated to", "to": "offered to"}
"""What a key is called in a sentence, where its own name will not do."""

Words = Callable[[Any, Criteria], str]


class Change(NamedTuple):
    """One difference. `part` is the criteria, rule, fit rule, engagement band, fit band, stage, handoff or assignment;
    `id` names which. `what` is added, dropped, changed or moved; `field`, `was` and `now` say what of it ('' for all
    of it)."""

    part: str
    id: str
    what: str
    field: str
    was: str
    now: str

    @property
    def sentence(self) -> str:
        """The difference for a person: "The rule “asked”: points 30 → 20."."""
        name = f"The {self.part}" + (f" “{self.id}”" if self.id else "")
        if self.what == "added":
            return f"{name} is new. {self.now}"
        if self.what == "dropped":
            return f"{name} is gone. {self.was}"
        if self.what == "moved":
            return f"The order of the {self.part}s: {self.was} → {self.now}."
        said = f"{name}: {_KEYS.get(self.field, self.field)} {self.was or 'none'} → {self.now or 'none'}"
        return said if said.endswith(".") else f"{said}."


def changes(before: Criteria, after: Criteria) -> tuple[Change, ...]:
    """Every difference, in the order of the file; none when the two are the same.

    In which order rules stand decides nothing, so it is no difference.
    """
    named: list[tuple[str, str, Words]] = [
        ("rule", "engagement", engagement_words), ("fit rule", "fit", lambda rule, _: fit_words(rule)),
        ("engagement band", "engagement_bands", lambda band, _: band_words(band)),
        ("fit band", "fit_bands", lambda band, _: band_words(band)), ("stage", "stages", stage_words),
    ]  # fmt: skip
    return (
        *_fields("criteria", "", before, after, skip=[name for _, name, _ in named] + ["handoff"]),
        *(change for part, name, words in named for change in _named(part, name, words, before, after)),
        *_moved("stage", [one.id for one in before.stages], [one.id for one in after.stages]),
        *_fields("handoff", "", before.handoff, after.handoff, skip=("assign",)),
        *_assignments(before.handoff, after.handoff),
    )


def deciding(found: Sequence[Change]) -> tuple[Change, ...]:
    """Those that decide something: not what a file calls itself, nor how a rule is said."""
    return tuple(one for one in found if one.field not in ("version", "author", "dated", "note", "says"))


def _named(part: str, name: str, words: Words, before: Criteria, after: Criteria) -> Iterator[Change]:
    """Things with an id: gone, changed, new. Of two with one id (a contradiction) the last is meant."""
    key = "name" if part.endswith("band") else "id"
    was, now = ({getattr(one, key): one for one in getattr(group, name)} for group in (before, after))
    for ident in [*was, *(ident for ident in now if ident not in was)]:
        if ident not in now:
            yield Change(part, ident, "dropped", "", words(was[ident], before), "")
        elif ident not in was:
            yield Change(part, ident, "added", "", "", words(now[ident], after))
        else:
            yield from _fields(part, ident, was[ident], now[ident], skip=(key,))


def _moved(part: str, was: Sequence[str], now: Sequence[str]) -> Iterator[Change]:
    """Whether what is in both stands in another order."""
    first, second = [one for one in was if one in now], [one for one in now if one in was]
    if first != second:
        yield Change(part, "", "moved", "", ", ".join(first), ", ".join(second))


def _fields(part: str, name: str, was: Any, now: Any, *, skip: Sequence[str] = ()) -> Iterator[Change]:
    for field in fields(was):
        old, new = getattr(was, field.name), getattr(now, field.name)
        if old != new and field.name not in skip:
            yield Change(part, name, "changed", field.name, shown(old, field.name), shown(new, field.name))


def _assignments(before: Handoff, after: Handoff) -> Iterator[Change]:
    """Assignments have no id: one is what it says, and where it stands."""
    was, now = ([assignment_words(one) for one in handoff.assign] for handoff in (before, after))
    yield from (Change("assignment", "", "dropped", "", words, "") for words in was if words not in now)
    yield from (Change("assignment", "", "added", "", "", words) for words in now if words not in was)
    yield from _moved("assignment", was, now)


def shown(value: Any, field: str = "") -> str:
    """A value of the criteria as it stands in a sentence; '' for none."""
    if field == "half_life" and not value:
        return "as the others" if value is None else "never less"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, timedelta):
        return stretch(value)
    if isinstance(value, Sort):
        return sort_words(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
