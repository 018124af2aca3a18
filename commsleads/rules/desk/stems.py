"""Words as they are compared across sentences: folded, without endings, without those that carry no meaning.

Light on purpose: endings of plurals, cases and tenses in English, German, French and Spanish are cut by one list,
whatever the language. It makes `posts` and `post` one word, and `Stellen` and `Stelle`; it knows no grammar.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from commsleads.text import fold

LONGEST = 100_000
"""Characters of a text that are looked at."""

_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")
_SENTENCE = re.compile(
    r"[.!?…]+[\"”»’)]*(?=\s+[\"“„«(]?(?:[^\W_a-zà-ÿ]|[£€$])|\s*\n|\s*$)|\n\s*\n|\n(?=\s*[-•*]\s)|;\s"
)
_ENDINGS = ("ing", "ern", "ed", "en", "er", "es", "em", "et", "te", "e", "s", "n", "t")
# After these a full stop ends no sentence.
_ABBREVIATED = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|no|nr|ca|approx|etc|e\.g|i\.e|z\.b|bzw|rd|mio|mrd|env|sr|sra|vs|jan|feb|mar|apr|jun|jul"
    r"|aug|sept?|oct|okt|nov|dec|dez)|\b\w|\b\d{1,2})$",
    re.IGNORECASE,
)

STOP = frozenset(fold("""
a about above after again against all almost also although always am among an and another any anyone anything are
around as at away back be became because been before being below between both but by can cannot come could did do
does doing done down during each either else enough even ever every few first for from further get give given go
goes got had has have having he her here hers herself him himself his how however i if in including indeed instead
into is it its itself just last later least less let like made make many may me mean means might mine more most much
must my myself near need neither never next no nobody none nor not nothing now of off often on once one only onto or
other others our ours out over own per perhaps please put quite rather really said same say says see seem seen
several shall she should since so some someone something soon still such take taken than that the their theirs them
themselves then there therefore these they thing things this those though through thus to together too toward
towards under until up upon us use used very via was we well went were what when where whether which while who whole
whom whose why will with within without would yes yet you your yours today tomorrow yesterday week month year ask
asked tell told confirm aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim
bereits bin bis bist da dabei dadurch dafür damit danach dann daran darauf darum das dass dazu dein dem den denn der
deren des dessen die dies diese diesem diesen dieser dieses doch dort du durch eben ein eine einem einen einer eines
er es etwa etwas euch für gegen gewesen hat hatte hatten habe haben hier hin ich ihm ihn ihnen ihr ihre ihrem ihren
ihrer im immer in ins ist ja jede jedem jeden jeder jedes jetzt kann kein keine können könnte man mehr mein mit muss
müssen nach nicht nichts noch nun nur ob oder ohne rund sehr sein seine seinem seinen seiner seit sich sie sind so
soll sollen sondern sowie über um und uns unser unsere unserem unseren unserer unter viel viele vom von vor war
waren warum was weil welche wenn wer werde werden wie wieder will wir wird wo wurde wurden zu zum zur zwischen heute
morgen gestern a à afin ai ainsi alors après au aucun aussi autre autres aux avait avant avec avoir bien car ce ceci
cela celle celui ces cet cette ceux chaque chez comme comment dans de des deux depuis donc du elle elles en encore
entre est et étaient était été être eu eux fait faire il ils je jusque jusqu la le les leur leurs lors lui ma mais
me même mes moi moins mon ne ni non nos notre nous on ont ou où par parce pas pendant peu peut plus pour pourquoi qu
quand que quel quelle quelles quels qui quoi sa sans se sera seront ses si soit son sont sous sur ta tandis te tes
toi ton tous tout toute toutes très tu un une va vers voici voilà vos votre vous y aujourd'hui demain hier a al algo
algunas algunos ante antes aquel aquella así aún aunque bajo bien cada casi como con contra cual cuando de del desde
donde dos durante e el ella ellas ellos en entre era eran es esa ese eso esta está están este esto estos fue fueron
ha había han hasta hay la las le les lo los más me mi mientras muy nada ni no nos nosotros nuestra nuestras nuestro
nuestros o otra otras otro otros para pero poco por porque pues que qué quien se sea según ser será serán si sí sido
sin sino sobre son su sus también tan tanto te tendrá tiene tienen toda todas todo todos tras tu un una unas uno
unos ya yo hoy mañana ayer
""").split())  # fmt: skip


_STOP_TAILS = STOP - {""}


class Word(NamedTuple):
    """A word of a text: where it stands, as written, its stem, and whether it means something by itself."""

    start: int
    end: int
    text: str
    stem: str
    carries: bool


class Sentence(NamedTuple):
    """A sentence of a text, from one offset to another."""

    start: int
    end: int


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its ending, folded."""
    text = fold(word).replace("'s", "").strip("'")
    head, apostrophe, tail = text.partition("'")
    text = tail if apostrophe and len(head) <= 2 else text  # l'usine, d'emplois
    if text.endswith("ies") and len(text) > 4:
        return text[:-3] + "y"
    if len(text) == 4 and text.endswith("s") and not text.endswith("ss"):
        return text[:-1]
    for ending in _ENDINGS:
        if text.endswith(ending) and len(text) - len(ending) >= 4 and not (ending == "s" and text.endswith("ss")):
            return text[: -len(ending)]
    return text


@lru_cache(maxsize=50_000)
def _carries(word: str) -> bool:
    folded = fold(word).replace("'s", "")
    return len(folded) > 2 and folded not in STOP and folded.partition("'")[2] not in _STOP_TAILS


def stems_listed(words: str) -> frozenset[str]:
    """The stems of words that stand in a list of ours."""
    return frozenset(stem(word) for word in words.split())


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words between two offsets, in their order. Figures are none."""
    stop = min(len(text), LONGEST) if end is None else end
    found: list[Word] = []
    for match in _WORD.finditer(text, start, stop):
        word = match[0]
        if len(word) <= 60:
            found.append(Word(match.start(), match.end(), word, stem(word), _carries(word)))
    return found


def stems_of(text: str) -> frozenset[str]:
    """The stems of the words that mean something."""
    words = frozenset(_WORD.findall(fold(text[:LONGEST])))
    return frozenset(stem(word) for word in words if len(word) <= 60 and _carries(word))


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text, in their order; lines of a list are sentences too."""
    found: list[Sentence] = []
    start, stop = 0, min(len(text), LONGEST)
    for match in _SENTENCE.finditer(text, 0, stop):
        if match[0] == "." and _ABBREVIATED.search(text[max(start, match.start() - 8) : match.start()]):
            continue
        if text[start : match.end()].strip():
            found.append(Sentence(start, match.end()))
        start = match.end()
    if text[start:stop].strip():
        found.append(Sentence(start, stop))
    return found
