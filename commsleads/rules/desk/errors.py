"""The refusal of the desk's rules."""

from __future__ import annotations

from commsleads.errors import CommsleadsError


class DeskError(CommsleadsError):
    """What was asked for is against the rules of the desk. The sentence says what is missing and what gives it."""


class WordError(DeskError):
    """A word that is none of ours: a channel, a stance, an officer. The call is wrong, not the moment."""

    exit_code = 2
