"""How sure is sure: the conventions that every figure shares."""

from __future__ import annotations

LEVEL = 0.95
"""Share of cases in which an interval holds what it speaks of."""
POWER = 0.8
"""How surely a detectable change is seen (Cohen's convention, four times in five)."""
