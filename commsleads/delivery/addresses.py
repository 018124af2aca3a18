"""What may stand in the head of a mail: one address, and lines without breaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from commsleads.errors import ReportError

if TYPE_CHECKING:
    from email.headerregistry import Address

_MAILBOX = re.compile(
    r"(?:(?P<name>[^<>\x00-\x1f]*)(?P<bracket><))?(?P<local>[^<>@\s,;:\"]+)@(?P<domain>[^<>@\s,;:\"]+)>?"
)
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def address(text: str) -> Address:
    """One mail address, with or without a name before it. A domain in any script is written in ASCII.

    Raises `ReportError` for what is none.
    """
    from email.errors import HeaderParseError
    from email.headerregistry import Address

    found = _MAILBOX.fullmatch(text.strip())
    if found is not None and bool(found["bracket"]) == text.strip().endswith(">"):
        if not found["local"].isascii():
            raise ReportError(
                f"{found['local']}@{found['domain']} has letters before the @ that many mail servers refuse. "
                "Use an address of plain ASCII letters."
            )
        try:
            domain = found["domain"].encode("idna").decode()
            return Address((found["name"] or "").strip(' "'), addr_spec=f"{found['local']}@{domain}")
        except (ValueError, IndexError, AttributeError, HeaderParseError):  # what the parser itself fails with is none
            pass
    raise ReportError(f"“{line(text)}” is not a mail address. Write it as press@museum.example.")


def line(text: str) -> str:
    """One line without control characters: what a header may hold."""
    return _BREAKS.sub(" ", text).strip()
