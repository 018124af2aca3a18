"""The passage of a story that says that we could not be reached, did not answer, or declined to comment.

English, German, French and Spanish, in the set phrases of the trade. A phrase counts when it is said of us: our name
stands before it in the sentence, or in the one before when this one begins with "The company". What cannot be reached
by road, and who did not respond to treatment, has nothing to do with the press.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from commsleads.rules.desk.setphrases import PHRASES
from commsleads.rules.desk.stems import Sentence, sentences
from commsleads.text import fold

LONGEST = 400
"""Characters of a passage."""

_LONGEST_SENTENCE = 1_000


class Passage(NamedTuple):
    """What a story says of our answer: `kind` is unreached or declined; `words` are the sentence, verbatim."""

    kind: str
    words: str
    start: int
    end: int


# By these roads nobody reaches a press office.
_ROADS = re.compile(
    r"\b(?:by (?:road|boat|sea|air|rail|foot|car|train|helicopter|land|bus|ship|rescuers|firefighters|emergency)"
    r"|Hotline|Webseite|Website|Server|Notruf|Kundendienst|Kundenservice|Straße|Schiff|Auto|Bahn|Schnees?"
    r"|par la route|par bateau|por carretera|treatment|medication|therapy|Therapie|Behandlung)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:rivals?|competitors?|suppliers?|unions?|critics?|opponents?|regulator|owners?|customers?|residents?|police"
    r"|ministry|neighbours|Konkurrent\w*|Gegner\w*|Wettbewerber\w*|Zulieferer\w*|Gewerkschaft\w*|Kritiker\w*|Anwohner\w*"
    r"|Kunden|concurrents?|rivale?s?|syndicats?|fournisseurs?|clients|competidor\w*|sindicatos?|proveedor\w*|clientes)\b",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:spokes\w+|press|representatives?|officials?|executives?|chief|director|managers?|lawyers?|Sprecher\w*|Presse\w*"
    r"|porte-parole|directeur|directrice|dirección|portavo\w+|director\w*)\b",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"\s*[\"“„«(]?(?:(?:the|its|a|an) (?:company|firm|organisation|organization|group|council|charity|university|museum"
    r"|agency|authority|operator|association|spokes\w+|press office|chief executive|business|retailer|manufacturer)"
    r"|it|they|(?:das|die|der|ein|eine) (?:Unternehmen|Konzern|Firma|Gesellschaft|Verband|Behörde|Stadt|Sprecher\w*"
    r"|Pressestelle)|(?:l'|la |le |une? )(?:entreprise|société|groupe|organisation|direction|porte-parole|association"
    r"|mairie|compagnie)|(?:la|el|una?) (?:empresa|compañía|grupo|organización|dirección|portavoz|asociación"
    r"|ayuntamiento))\b",
    re.IGNORECASE,
)
_OTHERS_OF = re.compile(rf"{_OTHERS.pattern} (?:of|at|von|bei|der|des|de|du) ?(?:the )?$", re.IGNORECASE)
# "Beta, which competes with …"
_ASIDE = re.compile(r",\s(?:which|who|that|die|der|das|qui|que)\s[^,]{0,80}$", re.IGNORECASE)
_FROM = re.compile(r"\W{0,3}(?:from|by|at|of|von|bei|de|con|a|an|avec)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
# A word of each phrase: most sentences have none.
_HINT = re.compile(
    r"reached|contacted|available|reachable|respon|repl|return|answer|received|comment|unanswered|declin|refus|be drawn"
    r"|erreich|unbeantwortet|reagi|antwort|äu(?:ß|ss)er|stellung|kommenti|kommentar|lehn|verweiger|ohne"
    r"|répondu|repondu|réagi|suite|retourné|rappelé|joint|joignable|contacté|souhaité|voulu|désiré|décliné"
    r"|contest|atend|devolv|devuelto|localiz|contactad|ubicad|contactar|obtener|disponible|rehus|rechaz|se neg|quiso"
    r"|quisie|evit|prefiri|éxito",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?:^|\s)[A-ZÀ-Þ][\w'-]*[a-zà-ÿ]")
_GERMAN = re.compile(r"\b(?:der|die|das|und|nicht|eine?|auf|war|sich)\b", re.IGNORECASE)


def unreached(text: str, names: Sequence[str] = ()) -> Passage | None:
    """The first passage that says so of whoever has one of `names`; of anybody, when no names are given.

    "Has been contacted for comment" is not one: it says that we were asked, and nothing of an answer.
    """
    plain = text.replace("’", "'").replace("\xa0", " ")
    if not _HINT.search(plain):
        return None
    found = sentences(plain)
    known = [name for name in map(_bare, names) if name.strip()]
    for index, sentence in enumerate(found):
        said = plain[sentence.start : min(sentence.end, sentence.start + _LONGEST_SENTENCE)]
        if not _HINT.search(said):
            continue
        for kind, phrase, besides in PHRASES:
            match = phrase.search(said)
            if match is None or not besides.search(said) or _ROADS.search(said, match.start()):
                continue
            before = plain[found[index - 1].start : sentence.start][-_LONGEST_SENTENCE:] if index else ""
            if not known or _of_us(said, match, before, known):
                return _passage(text, sentence, kind)
    return None


def _of_us(said: str, match: re.Match[str], before: str, names: Sequence[str]) -> bool:
    """Whether the phrase is said of us: our name stands in it or before it, and no other's between."""
    after = _FROM.match(said, match.end())
    if _holds(match[0], names) or (after and _bare(said[after.end() : after.end() + 100]).startswith(tuple(names))):
        return True
    lead = said[: match.start()]
    parted = _parted(lead, names)
    if parted is None:
        return bool(_GENERIC.match(said)) and _parted(before, names) is not None and not _OTHERS.search(lead)
    ahead, between = parted
    if _ASIDE.search(ahead) or _OTHERS.search(between) or _OTHERS_OF.search(ahead):
        return False
    # In German every noun has a capital; elsewhere one is somebody's name, unless it is our spokeswoman's.
    return bool(not _CAPITAL.search(between) or _OURS.search(between) or len(_GERMAN.findall(said)) >= 2)


def _parted(text: str, names: Sequence[str]) -> tuple[str, str] | None:
    """What stands before and after the last of our names in a text; None if none stands in it."""
    bare = _bare(text, keep=True)
    found = [(bare.rfind(name), name) for name in names]
    at, name = max(found, key=lambda one: (one[0], len(one[1])))
    return (text[:at], text[at + len(name) - 2 :]) if at >= 0 else None


def _holds(text: str, names: Sequence[str]) -> bool:
    bare = _bare(text)
    return any(name in bare for name in names)


def _bare(text: str, *, keep: bool = False) -> str:
    """Folded, with a space for everything that is no letter or digit, and around it.

    With `keep` each letter keeps its place: those that fold to several stay as they are.
    """
    if not keep:
        return f" {' '.join(_WORD.findall(fold(text)))} "
    letters = (folded if len(folded := fold(letter)) == 1 else letter for letter in text)
    return f" {''.join(letter if letter.isalnum() else ' ' for letter in letters)} "


def _passage(text: str, sentence: Sentence, kind: str) -> Passage:
    said = text[sentence.start : sentence.end]
    start = sentence.start + len(said) - len(said.lstrip())
    end = min(sentence.start + len(said.rstrip()), start + LONGEST)
    return Passage(kind, text[start:end], start, end)
