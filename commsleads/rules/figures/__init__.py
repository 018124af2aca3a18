"""Honest figures: the one place for statistics, each worked out from a textbook formula that is named where it stands.

The libraries that hold them take seconds to import. Nothing is rounded here, and nothing is guessed: where the data do
not carry an answer, the answer is `cannot tell` with the change that could have been seen.

=============  ========================================================================
`levels`       how sure is sure: the level of intervals, the power of a detectable change
`shares`       k of n with Wilson's interval
`quantiles`    medians and other quantiles
`counts`       the negative binomial: chances and central intervals of counts
`student`      quantiles of Student's t
`baselines`    a count against the periods before it
`survival`     how long until something happens, when for some it has not yet (Kaplan and Meier)
`uplift`       a campaign's days against the same weekdays before it
`weekdays`     what a stretch of days tells of each weekday, of its weeks, and of how much days vary
`drifting`     what a few weeks let one believe of dispersion and drift
`expecting`    the chances of each count that follow, for any effect
`beta`         the incomplete beta function, and with it chances of counts in closed form
`roots`        bisection
=============  ========================================================================
"""

from __future__ import annotations

from commsleads.rules.figures.baselines import FEWEST, OBSERVED, Baseline, Point, Verdict, Word, baseline, compare
from commsleads.rules.figures.counts import expected_between
from commsleads.rules.figures.levels import LEVEL, POWER
from commsleads.rules.figures.quantiles import median, quantile
from commsleads.rules.figures.shares import Share, score_interval, wilson

__all__ = [
    "FEWEST", "LEVEL", "OBSERVED", "POWER", "Baseline", "Point", "Share", "Verdict", "Word", "baseline", "compare",
    "expected_between", "median", "quantile", "score_interval", "wilson",
]  # fmt: skip
