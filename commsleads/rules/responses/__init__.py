"""What is a response to which call to action, and by whom.

Everything here is a function of the evidence as it stands: asked again it says the same, in whatever order the evidence
came. How the evidence is found and kept is for `intake.responses`.
"""

from __future__ import annotations

from commsleads.rules.responses.clicks import ASIDE, BY_HAND, Opened, clicks, taken_back
from commsleads.rules.responses.making import EXCLUDED, RULES, response_id
from commsleads.rules.responses.marks import mark, marked_again
from commsleads.rules.responses.mentions import Phrases, Used, mention
from commsleads.rules.responses.steps import step
from commsleads.rules.responses.traces import LinkAt, Trace, Traces
from commsleads.rules.responses.window import PROLOGUE, Span, span
from commsleads.rules.responses.writing import DOUBTS, Told, written

__all__ = [
    "ASIDE", "BY_HAND", "DOUBTS", "EXCLUDED", "PROLOGUE", "RULES", "LinkAt", "Opened", "Phrases", "Span", "Told",
    "Trace", "Traces", "Used", "clicks", "mark", "marked_again", "mention", "response_id", "span", "step", "taken_back",
    "written",
]  # fmt: skip
