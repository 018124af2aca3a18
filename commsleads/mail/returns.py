"""What a report on a delivery (RFC 3464) or on a complaint (RFC 5965) says to programs: as marks of its letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commsleads.mail.lines import one_line
from commsleads.mail.parts import Part, content

LONGEST = 20_000
"""Bytes of such a part that are looked at; the report on one recipient has some hundred."""

_KINDS = frozenset({"message/delivery-status", "message/global-delivery-status", "message/feedback-report"})
_FIELD = re.compile(
    r"^(Action|Status|Final-Recipient|Original-Recipient|Feedback-Type):[ \t]*([^\n]{0,300})",
    re.MULTILINE | re.IGNORECASE,
)
_MARKS = {
    "action": "delivery-action", "status": "delivery-status", "final-recipient": "delivery-recipient",
    "original-recipient": "delivery-original", "feedback-type": "feedback-type",
}  # fmt: skip


def returned(raw: bytes, root: Part) -> dict[str, str]:
    """The marks of the first report in a mail; {} when it has none. Of several recipients the first counts."""
    if root.kind != "multipart/report":
        return {}
    found: dict[str, str] = {}
    for part in _reports(root):
        text = content(raw, part, LONGEST).decode("utf-8", "replace").replace("\r\n", "\n")
        for field in _FIELD.finditer(text):
            found.setdefault(_MARKS[field[1].lower()], one_line(field[2], 200))
    return found


def _reports(root: Part) -> Iterator[Part]:
    for part in root.children:
        if part.kind in _KINDS:
            yield part
