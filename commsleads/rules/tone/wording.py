"""What single words say: how good or bad they sound (VADER's lexicon), which turn them round, and groups of our own.

Of the package vaderSentiment (Hutto and Gilbert 2014, MIT) only the list of words is read: what the package does with
it is about the mood of a text, and we ask how somebody is spoken of.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources, util
from pathlib import Path
from types import MappingProxyType

_NEGATIONS = (
    "not no never none nobody nothing neither nor without hardly scarcely barely rarely seldom cannot can't cant don't "
    "dont doesn't doesnt didn't didnt isn't isnt aren't arent wasn't wasnt weren't werent won't wont wouldn't wouldnt "
    "couldn't couldnt shouldn't shouldnt hasn't hasnt haven't havent hadn't hadnt ain't despite few little lack lacks "
    "lacked"
)
NEGATIONS = frozenset(_NEGATIONS.split())
_MORE = "very extremely hugely deeply most more so too really highly utterly totally especially completely incredibly"
_LESS = "slightly somewhat partly less almost kind sort fairly marginally"
BOOSTERS = MappingProxyType({**dict.fromkeys(_MORE.split(), 0.293), **dict.fromkeys(_LESS.split(), -0.293)})
"""Words that make the next one stronger or weaker, and by how much (VADER's figure)."""
TURNED = -0.74
"""What a negation makes of a word's strength (VADER's figure)."""

_ENDINGS = ("ingly", "edly", "ing", "ied", "ies", "ed", "es", "ly", "s", "e", "y")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its ending, so that slams and slammed are one. Crude, and the same everywhere."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


@lru_cache(maxsize=1)
def lexicon() -> Mapping[str, float]:
    """Words with how good or bad they sound, about -4 to 4. Empty where the package is not there."""
    found = util.find_spec("vaderSentiment")
    if found is None or found.origin is None:
        return MappingProxyType({})
    text = Path(found.origin).with_name("vader_lexicon.txt").read_text(encoding="utf-8")
    words: dict[str, float] = {}
    for line in text.splitlines():
        word, _, rest = line.partition("\t")
        if word.replace("-", "").replace("'", "").isalpha() and len(word) > 1:
            words[word] = float(rest.partition("\t")[0])
    return MappingProxyType(words)


@lru_cache(maxsize=1)
def stances() -> Mapping[str, tuple[str, ...]]:
    """Stems with the groups of `stances.toml` that they belong to."""
    text = resources.files("commsleads.rules.tone").joinpath("stances.toml").read_text(encoding="utf-8")
    words: dict[str, tuple[str, ...]] = {}
    for group, listed in tomllib.loads(text).items():
        # Those listed are words or stems already: both ways in which a text may come to them.
        for word in dict.fromkeys(form for one in listed.split() for form in (one, stem(one))):
            words[word] = (*words.get(word, ()), group)
    return MappingProxyType(words)
