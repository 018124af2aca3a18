"""Every kind of signed link, by the letter of its path."""

from __future__ import annotations

from commsleads.web.asking import Question
from commsleads.web.stopping import Stopping
from commsleads.web.useful import Useful

QUESTIONS: dict[str, Question] = {"u": Stopping(), "a": Useful()}
