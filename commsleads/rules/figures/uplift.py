"""A campaign's days against the same weekdays before it."""

from __future__ import annotations

from typing import Literal

Word = Literal["more", "less", "no change seen", "cannot tell"]
