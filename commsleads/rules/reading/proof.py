"""Whether the server that took a mail in could prove who sent it (RFC 8601)."""

from __future__ import annotations

import re

from commsleads.letters import Letter

_RESULT = re.compile(r"\b(dmarc|spf|dkim)\s?=\s?(\w+)", re.IGNORECASE)


def unproved(letter: Letter) -> bool:
    """Whether the proof failed: DMARC did, or SPF did and nothing else passed. No word of any proof is no failure."""
    said = [(name.lower(), result.lower()) for name, result in _RESULT.findall(_results(letter))]
    if ("dmarc", "fail") in said:
        return True
    return ("spf", "fail") in said and ("dkim", "pass") not in said and ("dmarc", "pass") not in said


def _results(letter: Letter) -> str:
    return letter.marks.get("authentication-results", "")
