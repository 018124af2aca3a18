"""What the facts of tone are: how stories speak of us, as people said and as the machine guesses, always apart.

Tone is the stance towards us and not the mood of the text. A story counts once: what a person said of it counts; only
where nobody has said anything the machine's guess is told, and it is told as that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from commsleads.rules.figures import Share
from commsleads.rules.tone.reliability import Reliability


@dataclass(frozen=True, slots=True, kw_only=True)
class ToneCounts:
    """Stories by how they speak of us. `mixed` only a person says."""

    negative: int = 0
    neutral: int = 0
    positive: int = 0
    mixed: int = 0

    @property
    def n(self) -> int:
        """All of them."""
        return self.negative + self.neutral + self.positive + self.mixed


@dataclass(frozen=True, slots=True, kw_only=True)
class ToneRow:
    """One story about us. `said` is a person's word ('' for nobody's), `by` and `at` whose and when.

    `machine` is the likeliest tone by the machine and `chances` are thousandths of negative, neutral and positive;
    '' and None where it could not tell. `doubt` is how little it knows, 0 to 1 (Shannon's entropy, as a share).
    """

    story: str
    title: str
    outlet: str
    tier: int | None
    url: str
    said: str
    by: str
    at: datetime | None
    machine: str
    chances: tuple[int, int, int] | None
    doubt: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToneFigures:
    """How the stories about us speak of us, in a period: `n` stories, each in exactly one of the four.

    `checked` were read by a person, `unchecked` only by the machine, `unread` by neither (another language, or no
    words). `negative` is the share of negative among the checked ones. `expected` is the share of negative that the
    machine expects among the unchecked ones (the mean of its chances), None without any.

    `previous` are the same counts of the period before, None where nobody was looking. `reliability` holds the
    machine against all that people have said so far. `doubtful` are the ids of stories to check first, `rows` every
    story of the period, the query lists them.
    """

    n: int
    checked: ToneCounts
    unchecked: ToneCounts
    unread: int
    negative: Share
    expected: float | None
    previous: ToneCounts | None
    previous_unchecked: ToneCounts | None
    reliability: Reliability
    doubtful: tuple[str, ...]
    rows: tuple[ToneRow, ...]
    definition: str
    query: str
    check: str
