"""How the stories of a period speak of us: what people said and what the machine guesses, apart."""

from __future__ import annotations

from commsleads.facts.ground import Ground
from commsleads.facts.survey import Survey
from commsleads.facts.tone_values import ToneCounts, ToneFigures
from commsleads.rules.figures import wilson
from commsleads.rules.tone.reliability import reliability


def tone(ground: Ground, survey: Survey) -> ToneFigures:
    """The tone of the stories about us first seen in the period."""
    return ToneFigures(
        n=0, checked=ToneCounts(), unchecked=ToneCounts(), unread=0, negative=wilson(0, 0), expected=None,
        previous=None, previous_unchecked=None, reliability=reliability([]), doubtful=(), rows=(), definition="",
        query=ground.command("tone list", survey.period), check="commsleads tone list --unchecked",
    )  # fmt: skip
