"""How long a page is to read: the words of its text part, without commands, addresses, rules and dots."""

from __future__ import annotations

from commsleads.reports.blocks import Page
from commsleads.reports.rendering import render


def words_of(page: Page) -> int:
    """The words of the text part: what stands between spaces and holds a letter or a digit, without lines of commands
    and addresses."""
    n, within = 0, False
    for line in render("page.txt.j2", page).splitlines():
        words = line.split()
        command = within or words[:1] == ["commsleads"]
        within = command and line.endswith("\\")
        if not command:
            n += sum(_is_word(word) for word in words)
    return n


def _is_word(token: str) -> bool:
    return any(map(str.isalnum, token)) and not token.startswith(("http://", "https://"))
