"""Why a goal is missed: because fewer came, or because fewer of them got through a step, and by how much each.

The number that comes out is a product: leads that came x the share of them that qualified x the share of these that
were accepted. The difference between two such products is split among their factors by the Shapley value (L. S. Shapley,
A value for n-person games, 1953; for decompositions A. F. Shorrocks, Journal of Economic Inequality 11 (2013) 99-126):
the mean, over every order in which the factors could have changed one after the other, of what each then changed. It is
exact, prefers no order, gives nothing to a factor that did not change, and turns round when the two sides are swapped.
Work is done in fractions; what is told adds up to the last digit.
"""

from __future__ import annotations

from dataclasses import dataclass

from commsleads.rules.figures import Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one cause adds to the difference, in thousandths.

    `step` is "leads" (how many came), the name of a step ("qualified", "accepted") or "earlier" (leads that had come
    before the time in question). `actual` and `expected` are counts for "leads" and "earlier", shares for a step; None
    where there was nothing to divide by. `share` is the actual share of a step with its interval. `chance` says whether
    the change is within what chance does (level 95 of 100); None where that cannot be told.
    """

    step: str
    thousandths: int
    actual: float | None
    expected: float | None
    share: Share | None = None
    chance: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """Why there are more or fewer than expected.

    `word` is fewer, more, as expected or cannot tell. `basis` says what the expectation was made of: goal (it says how
    many leads it takes), before (the same length of time before), or ''. The thousandths of `parts` add up to
    `difference`, which is `actual` less `expected` in thousandths. `why` it cannot be told or split, else ''. `sentence`
    says it to a person.
    """

    word: str
    basis: str
    actual: int | None
    expected: float | None
    difference: int | None
    parts: tuple[Part, ...]
    why: str
    sentence: str
