"""Criteria held against themselves: what contradicts something, and what nothing can ever reach, each by its id.

The form was read before (`config.criteria`). Here each sentence says what is wrong and what to do; the order is that of
the file. What is only unusual is let be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from commsleads.criteria import Band, Criteria, Rule
from commsleads.enquiries import Officer
from commsleads.rules.criteria import handing, reach, staging
from commsleads.rules.criteria.sorts import ENGAGING, WHO
from commsleads.rules.criteria.touching import never, said, twice


def contradictions(criteria: Criteria, officers: Sequence[Officer] = ()) -> list[str]:
    """One sentence for each contradiction; none when the criteria can be switched on.

    `officers` are our own people with their teams; without any, whoever is named in the handoff is let be.
    """
    return [
        *_doubles(criteria),
        *(sentence for rule in criteria.engagement for sentence in _rule(rule, engaging=True)),
        *(sentence for rule in criteria.fit for sentence in _rule(rule, engaging=False)),
        *_bands("engagement", criteria.engagement_bands, reach.engagement(criteria), criteria),
        *_bands("fit", criteria.fit_bands, reach.fit(criteria), criteria),
        *staging.contradictions(criteria),
        *handing.contradictions(criteria, officers),
    ]


def _doubles(criteria: Criteria) -> Iterator[str]:
    """Each thing is told apart by its id: a decision names the rule that brought it."""
    named = (
        ("rule", [rule.id for rule in (*criteria.engagement, *criteria.fit)]),
        ("engagement band", [band.name for band in criteria.engagement_bands]),
        ("fit band", [band.name for band in criteria.fit_bands]),
        ("stage", [stage.id for stage in criteria.stages]),
    )
    for what, names in named:
        for name, times in Counter(names).items():
            if times > 1:
                yield f"The {what} “{name}” comes {times} times. Give each an id of its own."


def _rule(rule: Rule, *, engaging: bool) -> Iterator[str]:
    what = f"The rule “{rule.id}”"
    yield from _points(rule, what)
    if mark := twice(rule):
        yield f"{what} asks for the mark “{mark}” and for touches without it. Take it out of one of the two."
        return
    if not engaging:
        odd = list(_of_touches(rule, what))
        yield from odd
        if not odd and (why := never(replace(rule, touch=()), ("",))):
            yield f"{what} can never give points: {why}."
    elif rule.touch and not set(rule.touch).intersection(ENGAGING):
        yield f"{what} is for what we learned of a person, which is no touch. Write it as a rule of [[fit]]."
    elif why := never(rule, ENGAGING):
        yield f"{what} can never give points: {why}."


def _points(rule: Rule, what: str) -> Iterator[str]:
    if rule.points == 0:
        yield f"{what} gives 0 points. Give it points, or take it out."
    elif rule.cap is not None and (rule.cap > 0) != (rule.points > 0):
        more = "above" if rule.points > 0 else "below"
        yield f"{what} gives {said(rule.points)} and is capped at {rule.cap}. A cap of it is {more} zero."
    elif rule.cap is not None and abs(rule.cap) < abs(rule.points):
        yield (
            f"{what} gives {said(rule.points)}, more than its cap of {rule.cap}: not even one touch would give them. "
            f"Make the points {rule.cap}, or the cap wider."
        )


def _of_touches(rule: Rule, what: str) -> Iterator[str]:
    """What is asked of a touch, and cannot be said of a person."""
    strange = [mark for mark in (*rule.having, *rule.any, *rule.without) if mark not in WHO]
    if strange:
        yield (
            f"{what} of [[fit]] asks for the mark “{strange[0]}”, which is of a touch and says nothing of who somebody "
            "is. Write the rule as one of [[engagement]]."
        )
    if rule.half_life is not None:
        yield f"{what} of [[fit]] has a half_life, and points for who somebody is do not decay. Take it out."


def _bands(what: str, bands: Sequence[Band], most: int | None, criteria: Criteria) -> Iterator[str]:
    """Bands rise, their margins do not reach into the band below, and the points can get there."""
    for below, band in zip([None, *bands], bands, strict=False):
        if below is not None and band.least <= below.least:
            yield (
                f"The {what} band “{band.name}” begins at {band.least}, and “{below.name}” before it at {below.least}. "
                "Write the bands from the lowest to the highest."
            )
        elif below is not None and band.least - band.margin < below.least:
            yield (
                f"The {what} band “{band.name}” is left below {band.least - band.margin}, which is below the beginning "
                f"of “{below.name}”, {below.least}. Make its margin {band.least - below.least} or less."
            )
        if most is not None and band.least > most:
            asking = [stage.id for stage in criteria.stages if getattr(stage, what) == band.name]
            so = f" So nobody reaches the stage {' or '.join(f'“{name}”' for name in asking)}." if asking else ""
            yield (
                f"Nobody can be in the {what} band “{band.name}”: it begins at {band.least}, and all rules together "
                f"give {most} at most.{so} Let it begin lower, or give more points."
            )
