"""Telling a person's click from a machine's.

`judge` gives every hit one of four verdicts with its reasons, `clicks` makes a range of how many got which, and `RULES`
is the version: a hit that was judged by an older one is judged again. `docs/clicks.md` tells the whole in plain words.
"""

from __future__ import annotations

from commsleads.rules.clicks.judging import RULES, judge
from commsleads.rules.clicks.ranges import clicks

__all__ = ["RULES", "clicks", "judge"]
