"""The short word of a link: made of what it is for, chosen by a person, or drawn by lot.

A made slug depends on campaign, call to action, channel and group alone, so making a link twice makes the same one. A
vanity word may be of any alphabet. A slug by person must not be guessed, so it is drawn and long.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from hashlib import sha256

from commsleads.errors import CampaignError

ALPHABET = "bcdfghjkmnprstwxz347"
"""Letters and digits that are told apart in print and on the phone; without vowels they make no words."""
MADE = 7
"""Letters of a made slug: 20^7 are 1.28 thousand million."""
DRAWN = 16
"""Letters of a slug by person: 69 bits, so that nobody finds one by trying."""
SHORTEST, LONGEST = 2, 40
"""Letters of a vanity word."""

RESERVED = frozenset({
    "about", "abuse", "admin", "api", "app", "assets", "contact", "data", "favicon", "form", "forms", "health",
    "healthz", "help", "hit", "hits", "imprint", "impressum", "index", "link", "links", "livez", "login", "logout",
    "metrics", "privacy", "qr", "readyz", "robots", "security", "settings", "sitemap", "static", "stats", "status",
    "web", "well-known", "www",
})  # fmt: skip
"""Words that the web process needs for itself, now or later, or that a reader takes for something else."""

_TOGETHER = (
    {"LATIN", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"},
    {"LATIN", "CJK", "HANGUL"},
    {"LATIN", "CJK", "BOPOMOFO"},
)
"""Scripts that are written in one word. Others are not: a Cyrillic "а" among Latin letters is a trap for readers.
After the highly restrictive level of Unicode TR 39."""


def key(word: str) -> str:
    """A slug as it is kept and looked up: one form for all ways to type it, '' for what can be none.

    Compatibility forms, letter case and the digits of other alphabets are folded.
    """
    text = word.strip()
    if len(text) > 4 * LONGEST:
        return ""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    if not text.isascii():
        text = text.replace("i\u0307", "i")  # what becomes of a Turkish İ; nobody types it
        text = "".join(str(unicodedata.decimal(one)) if unicodedata.category(one) == "Nd" else one for one in text)
    return text if len(text) <= LONGEST else ""


def made(*parts: str, attempt: int = 0) -> str:
    """The slug of a link for these parts. `attempt` counts those that were taken by another link."""
    said = "\x1f".join(("slug", *parts, *([str(attempt)] if attempt else [])))
    number = int.from_bytes(sha256(said.encode("utf-8", "surrogatepass")).digest()[:16], "big")
    letters = []
    for _ in range(MADE):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def drawn(choose: Callable[[str], str]) -> str:
    """A slug by lot; `choose` draws one letter, such as `secrets.choice`."""
    return "".join(choose(ALPHABET) for _ in range(DRAWN))


def vanity(word: str) -> str:
    """The slug for a word that a person chose. Raises `CampaignError` with every reason why it is none."""
    slug = key(word)
    readable = "".join(one if one.isprintable() else "\ufffd" for one in word.strip()[:60])
    shown = f"“{readable}”"
    if not slug or not SHORTEST <= len(slug) <= LONGEST:
        raise CampaignError(f"{shown} is no word for a link: it needs {SHORTEST} to {LONGEST} letters.")
    problems = []
    odd = sorted({one for one in slug if not _is_letter(one) and one not in "-_"})
    if odd:
        named = ", ".join(unicodedata.name(one, f"character {ord(one):04X}").lower() for one in odd[:5])
        problems.append(f"{shown} holds {named}: write letters, digits, “-” and “_” only.")
    if not odd and (slug[0] in "-_" or slug[-1] in "-_" or unicodedata.category(slug[0])[0] == "M"):
        problems.append(f"{shown} must begin and end with a letter or a digit.")
    if not odd and (mixed := _mixed(slug)):
        problems.append(
            f"{shown} mixes {' and '.join(mixed)} letters. Some of them look alike, so readers could be sent astray: "
            "write it in one alphabet."
        )
    if slug in RESERVED:
        problems.append(f"{shown} is kept for the program itself; choose another word.")
    if problems:
        raise CampaignError(*problems)
    return slug


def _is_letter(one: str) -> bool:
    return unicodedata.category(one) in {"Ll", "Lo", "Lm", "Mn", "Mc", "Nd"}


def _mixed(word: str) -> list[str]:
    """The scripts of a word that do not belong together, by the names of its letters; nothing when they do."""
    found = {
        unicodedata.name(one, "UNKNOWN").split()[0]
        for one in word
        if unicodedata.category(one) in {"Ll", "Lo", "Lm", "Mc"}
    }
    if len(found) < 2 or any(found <= together for together in _TOGETHER):
        return []
    return sorted(name.title() for name in found)
