"""What has become of a page that a call to action leads to: there, gone, moved, another one, or not to be seen.

A page is compared with what it was when it was first looked at (or accepted by a person since). Small edits are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal, NamedTuple
from zlib import crc32

from commsleads import urls
from commsleads.plan import Campaign

FAILURES = 3
"""Looks in a row that bring nothing, after which the page is said to be failing."""
ALIKE = 0.25
"""A page of which less than this share of its words is left is another one. A judgement, not a measurement."""
ALIKE_RENAMED = 0.5
"""The same where the title has changed too."""
FEWEST = 20
"""Words below which a page says too little (a program that runs in the browser) to be compared by them."""
_SAMPLE = 64

_LOST = re.compile(
    r"\b404\b|\bnot found\b|\bno longer (?:exists|available)\b|\bnicht gefunden\b|\bexistiert nicht\b|\bintrouvable\b"
    r"|\bno (?:se )?(?:ha sido )?encontrad[ao]\b|\bnon (?:è stata )?trovata\b|\bniet gevonden\b|\bnie znaleziono\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\w{3,}")


class Look(NamedTuple):
    """What one look at a page brought. `led_to` is where redirects ended, `for_good` that they said to be permanent."""

    outcome: Literal["page", "gone", "failed", "skipped"]
    status: int | None = None
    title: str = ""
    print: str = ""
    led_to: str = ""
    for_good: bool = False
    why: str = ""


class Known(NamedTuple):
    """What is known of a page from before; `url` is the address that the call to action names."""

    url: str
    state: str = "new"
    title: str = ""
    first_print: str = ""
    first_led_to: str = ""
    failures: int = 0


class State(NamedTuple):
    """What is to be kept: the state, a sentence on it, and what it is compared with from now on."""

    state: str
    note: str
    failures: int
    first_print: str
    first_led_to: str
    again_in: timedelta


def destinations(campaigns: Iterable[Campaign], today: date) -> dict[str, list[str]]:
    """The pages to be looked at: of campaigns that run, or ran and are still measured; with who asks for them.

    Each address once, with "campaign/call to action" for all that lead to it.
    """
    found: dict[str, list[str]] = {}
    for campaign in campaigns:
        if campaign.starts_on and today < campaign.starts_on:
            continue
        if campaign.ends_on and today > campaign.ends_on + campaign.window:
            continue
        for cta in campaign.ctas:
            if cta.destination:
                found.setdefault(cta.destination, []).append(f"{campaign.id}/{cta.id}")
    return found


def judge(known: Known, look: Look) -> State:
    """The state of a page after a look at it."""
    day, first_print, first_led_to = timedelta(days=1), known.first_print, known.first_led_to
    if look.outcome == "skipped":
        return State(known.state, look.why, known.failures, first_print, first_led_to, day / 4)
    if look.outcome == "failed":
        failures = known.failures + 1
        lasting = failures >= FAILURES
        note = f"It could not be looked at: {look.why}"
        state = "failing" if lasting else known.state
        return State(state, note, failures, first_print, first_led_to, day if lasting else day / 24)
    if look.outcome == "gone":
        return State("gone", look.why, 0, first_print, first_led_to, day / 4)
    if _LOST.search(look.title):
        note = f"It answers as if it were there, but its title says “{look.title[:100]}”."
        return State("gone", note, 0, first_print, first_led_to, day / 4)
    # A detour that is not for good belongs to the page as it was chosen; one for good does not.
    first_led_to = first_led_to or (known.url if look.for_good else look.led_to)
    first_print = first_print or look.print
    state, note = _compared(known, look, first_print, first_led_to)
    return State(state, note, 0, first_print, first_led_to, day)


def _compared(known: Known, look: Look, first_print: str, first_led_to: str) -> tuple[str, str]:
    if not look.led_to:
        return "ok", look.why
    if urls.canonical(look.led_to) != urls.canonical(first_led_to):
        good = "for good " if look.for_good else ""
        return "moved", f"It leads {good}to {look.led_to[:300]} now. Tags of links may be lost on the way."
    share = likeness(first_print, look.print)
    renamed = known.title != look.title and bool(known.title)
    # Once it was said to be another page it stays so, although its title is the new one at the next look.
    if share is not None and share < (ALIKE_RENAMED if renamed or known.state == "changed" else ALIKE):
        return (
            "changed",
            f"About {share:.0%} of the words are those of the page that was chosen. Its title: “{look.title[:100]}”.",
        )
    return "ok", ""


def print_of(title: str, text: str) -> str:
    """A fingerprint of a page: how many different words it has, and a sample of them that any edit hardly changes."""
    words: set[str] = set()
    for word in _WORDS.findall(f"{title} {text}".casefold()):
        if word.isascii() or len(word) <= 12:
            words.add(word)
        else:  # scripts without blanks between words
            words.update(word[start : start + 2] for start in range(len(word) - 1))
    marks = sorted({crc32(word.encode()) * 2_654_435_761 & 0xFFFFFFFF for word in words})
    return f"{len(marks)}:" + "".join(f"{mark:08x}" for mark in marks[:_SAMPLE])


def likeness(one: str, two: str) -> float | None:
    """The share of words that two pages have in common, estimated from their fingerprints; None when it cannot be told.

    The smallest marks of both together are a fair sample of all their words (Broder's bottom-k sketch).
    """
    (n, first), (m, second) = _read(one), _read(two)
    if min(n, m) < FEWEST:
        return None
    sample = sorted(first | second)[:_SAMPLE]
    return sum(mark in first and mark in second for mark in sample) / len(sample)


def _read(kept: str) -> tuple[int, set[str]]:
    n, _, marks = kept.partition(":")
    return int(n or 0), {marks[start : start + 8] for start in range(0, len(marks), 8)}
