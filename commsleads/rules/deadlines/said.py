"""What a passage said: the parts of a time that were named in it. Nothing is reckoned here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import tzinfo

from commsleads.rules.deadlines.pieces import (
    Clock,
    Date,
    Day,
    Edge,
    End,
    InWeek,
    Later,
    Length,
    OfMonth,
    Part,
    Weekday,
    Which,
)


@dataclass(slots=True)
class Said:
    """The parts of a time that were named. `end` is where the last of them ends in the text."""

    start: int = -1
    end: int = -1
    day: Day | Date | OfMonth | End | None = None
    weekday: Weekday | None = None
    which: Which | None = None
    week: InWeek | None = None
    later: Later | None = None
    clock: Clock | None = None
    part: Part | None = None
    edge: Edge | None = None
    lengths: list[Length] = field(default_factory=list)
    counted: str = ""
    before: bool = False
    zone: tzinfo | None = None
    doubts: list[str] = field(default_factory=list)

    @property
    def anything(self) -> bool:
        """Whether a day or a time of day was named."""
        named = (self.day, self.weekday, self.clock, self.part, self.edge)
        return any(piece is not None for piece in named) or bool(self.lengths)

    @property
    def dated(self) -> bool:
        """Whether a day was named."""
        part = self.part is not None and self.part.name.startswith("t")
        return self.day is not None or self.weekday is not None or part
