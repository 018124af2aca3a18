"""The list of mistakes that grows while a settings file is read, and the words that they share.

Nothing raises while reading: a reader notes what is wrong and answers None, so that one pass finds everything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

MOST = 1000
"""More problems than this are counted and not told: such a file is not a settings file."""

SUGGESTED = 200
"""How many problems get a "did you mean": the search for the nearest name is slow on purpose-made input."""

SECRETLY = r"(?i)pass(word|wd|phrase)?|pwd|secret|token|api_?key|credentials?|private_?key"
MARKS = (
    "-----BEGIN", "ghp_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "sk_live_", "AKIA", "AIza", "eyJ",
    "hooks.slack.com/services/", "webhook.office.com/",
)  # fmt: skip
"""What is in the keys that issuers mark so that scanners find them: a value with one of these is never repeated."""
_BARE = r"[A-Za-z0-9_-]{1,60}"
_ENTRY = r"([a-z_]+)\[(\d+)\]"
_SINGULAR = {
    "watches": "watch", "outlets": "outlet", "campaigns": "campaign", "sources": "source", "reports": "report",
    "goals": "goal", "engagement": "rule", "fit": "rule", "stages": "stage", "engagement_bands": "band",
    "fit_bands": "band",
}  # fmt: skip


class Notes:
    """Collects problems while one file is read; `tree` is the parsed file, used to say which entry is meant."""

    def __init__(self, tree: Mapping[str, Any]) -> None:
        self.tree = tree
        self.secret_names: list[tuple[str, str]] = []
        self.remarks: list[str] = []
        self._problems: list[str] = []
        self._untold = 0

    def wrong(self, where: str, sentence: str) -> None:
        """Note that the value at the dotted name `where` is wrong; `sentence` goes on after the name."""
        if len(self._problems) >= MOST:
            self._untold += 1
            return
        self._problems.append(f"{where} {sentence}{self._entry(where)}")

    def unknown(self, where: str, key: str, known: Iterable[str]) -> None:
        """Note a key that nobody reads."""
        known = list(known)
        name = join(where, key)
        if re.fullmatch(SECRETLY, key) and not key.endswith("_secret"):
            say = f'"{key}_secret"' if f"{key}_secret" in known else 'a key ending in "_secret"'
            self.wrong(
                name, f"is not known, and a secret must not stand in this file; name it with {say} and keep it outside"
            )
            return
        self.wrong(name, f"is not known; {self.nearest(key, known)}")

    def near(self, word: str, known: Iterable[str]) -> str:
        """The known name that looks most like `word`, or ""."""
        if not word or len(word) > 100 or len(self._problems) >= SUGGESTED:
            return ""
        from difflib import get_close_matches

        return next(iter(get_close_matches(word.lower(), list(known), 1, 0.6)), "")

    def nearest(self, word: str, known: Iterable[str]) -> str:
        """'did you mean "every"?', or the list of what there is when nothing is near."""
        known = list(known)
        if near := self.near(word, known):
            return f'did you mean "{near}"?'
        return f"known here: {', '.join(sorted(known)[:30])}" if known else "nothing is known here"

    def all(self) -> list[str]:
        """Every problem, one sentence each, in the order in which they were found."""
        more = [f"... and {self._untold:,} more problems. Is this the right file?"] if self._untold else []
        return [*self._problems, *more]

    def _entry(self, where: str) -> str:
        """Which of many is meant, in a person's words: its id or name, or its number counted from one."""
        found = re.match(_ENTRY, where)
        if not found:
            return ""
        what, number = _SINGULAR.get(found[1], found[1]), int(found[2])
        entries = self.tree.get(found[1])
        entry = entries[number] if isinstance(entries, list) and number < len(entries) else None
        name = (entry.get("id") or entry.get("name")) if isinstance(entry, dict) else None
        if isinstance(name, str) and _nameable(name):
            return f' ({what} "{name}")'
        return f" ({what} {number + 1} in the file)"


def _nameable(name: str) -> bool:
    plain = re.fullmatch(_BARE, name.replace(" ", "-").replace(".", "-"))
    return bool(plain) and not any(mark in name for mark in MARKS)


def join(where: str, key: str) -> str:
    """The dotted name of `key` inside `where`, quoted where TOML would need quotes."""
    shown = key if re.fullmatch(_BARE, key) else show(key)
    return f"{where}.{shown}" if where else shown


def show(value: object) -> str:
    """A value as it may stand in a sentence: short, on one line, harmless to a terminal, and no secret."""
    if isinstance(value, str):
        if any(mark in value for mark in MARKS):
            return "what looks like a secret"
        text = json.dumps(value[:61], ensure_ascii=not value[:61].isprintable())
        return text if len(value) <= 60 else f'{text[:-1]}..."'
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)[:60] if not isinstance(value, int) or abs(value) < 10**60 else "a very large number"


def sort_of(value: object) -> str:
    """What kind of thing a TOML value is, in words."""
    for kind, words in _SORTS:
        if isinstance(value, kind):
            return words
    return "a date or time"


_SORTS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (int, "a whole number"),
    (float, "a number"),
    (str, "text"),
    (list, "a list"),
    (dict, "a table"),
)
