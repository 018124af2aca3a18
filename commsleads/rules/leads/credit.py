"""Which touch a qualified lead is due to, by six models that are shown side by side because none of them is true."""

from __future__ import annotations

from datetime import timedelta

MODELS = ("first", "last", "linear", "U", "W", "decay")
KEYS = ("campaign", "source", "channel")
LOOKBACK = timedelta(days=90)
HALF_LIFE = timedelta(days=7)
