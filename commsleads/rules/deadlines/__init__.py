"""Deadlines in words: "by COB Thursday", "6 PM ET - 20 September", "bis morgen, 12 Uhr".

`read` reads a phrase, `find` a whole mail. Both decline rather than guess.
"""

from __future__ import annotations

from commsleads.rules.deadlines.passages import find
from commsleads.rules.deadlines.phrase import read
from commsleads.rules.deadlines.week import Week

__all__ = ["Week", "find", "read"]
