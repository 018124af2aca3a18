"""How many of a campaign's stories carry its key messages, how prominently, and whether people found them right."""

from __future__ import annotations

from commsleads.facts.ground import Ground
from commsleads.facts.message_values import MessageLine
from commsleads.facts.survey import Survey


def messages(ground: Ground, survey: Survey) -> tuple[MessageLine, ...]:
    """Each key message of the campaigns that the period concerns, in their order."""
    del ground, survey
    return ()
