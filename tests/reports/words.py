"""How many words a reader has before them: counted by its own rule and not by that of the report."""

from __future__ import annotations

import re

SECTIONS = (
    "Needs you", "Leads against goal", "Campaign answers", "Coverage that matters", "Enquiries",
    "Messages, tone, share of voice", "Risks and moving stories", "Learned and changed", "Next week",
)  # fmt: skip
"""The headings of a weekly digest for the team, in their order."""


def prose(text: str) -> str:
    """The text part without the commands that can be copied out of it, and without addresses."""
    told = re.sub(r"(?m)^ *commsleads (?:.*\\\n)*.*$", "", text)
    return re.sub(r"https?://\S+", "", told)


def words_of(text: str) -> int:
    """The words of a text part: what stands between spaces and is more than a dash, a dot or a rule."""
    return len(re.findall(r"(?<!\S)(?=\S*\w)\S+", prose(text)))
