"""French words for time."""

from __future__ import annotations

import re
from functools import partial

from commsleads.rules.deadlines.pieces import Clock, Piece
from commsleads.rules.deadlines.tongue import Tongue, clock, counted, listed, minutes_from, spelled, split

_UNITS = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf"
)
_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante"}
NUMBERS = {
    word.replace("-", " "): value
    for word, value in (
        spelled(_UNITS, _TENS, "{t} {u}") | {"une": 1, "vingt et un": 21, "trente et un": 31, "vingt et une": 21}
    ).items()
}

MONTHS = {
    "janvier": 1, "janv": 1, "jan": 1, "fevrier": 2, "fevr": 2, "fev": 2, "mars": 3, "avril": 4, "avr": 4, "mai": 5,
    "juin": 6, "juillet": 7, "juil": 7, "jui": 7, "aout": 8, "septembre": 9, "sept": 9, "sep": 9, "octobre": 10,
    "oct": 10, "novembre": 11, "nov": 11, "decembre": 12, "dec": 12,
}  # fmt: skip
_DAYS = counted("lundi mardi mercredi jeudi vendredi samedi dimanche", 0)
_SHORT = {"lun": 0, "mar": 1, "mer": 2, "jeu": 3, "ven": 4, "sam": 5, "dim": 6}

_PARTS = {
    "matin": "morning", "mat": "morning", "matinee": "morning", "apres-midi": "afternoon", "apres midi": "afternoon",
    "aprem": "afternoon", "soir": "evening", "soiree": "evening", "nuit": "night",
}  # fmt: skip
_H = r"(?P<h>{hour})(?:\s?h(?:eures?)?)"


def _parts() -> dict[str, str]:
    made = {}
    for word, part in _PARTS.items():
        plain = word.replace("-", " ")
        made[plain] = part
        for lead in ("le ", "du ", "de l'", "dans la ", "dans l'", "en ", "dans le ", "au ", "de la ", "l'", "la "):
            made[lead + plain] = part
        for lead in ("ce ", "cet ", "cette "):
            made[lead + plain] = "tonight" if part == "night" else "this " + part
    for lead in ("fin de ", "en fin de ", "fin d'", "en fin d'", "fin de l'", "a la fin de l'", "a la fin de la "):
        made |= {lead + "matinee": "morning", lead + "apres midi": "afternoon", lead + "soiree": "night"}
    return made


def _joined(match: re.Match[str], tongue: Tongue, *, sign: int = 1) -> Piece | None:
    """huit heures et vingt, huit heures moins dix."""
    return minutes_from(match, tongue, sign=sign)


def _noon(match: re.Match[str], tongue: Tongue) -> Piece | None:
    """midi trente."""
    minute = tongue.number(match["m"])
    return Clock(12, minute, "24") if minute is not None and 5 <= minute <= 55 else None


FRENCH = Tongue(
    code="fr",
    numbers=NUMBERS,
    ordinals={"premier": 1},
    months=MONTHS,
    weekdays=_DAYS | _SHORT,
    everyday=frozenset(_SHORT),
    days=listed(
        {
            0: "aujourd'hui | ce jour | dans la journee | aujourd'hui dans la journee | le jour meme",
            1: (
                "demain | le lendemain | lendemain | le jour d'apres | dans la journee de demain | demain "
                "dans la journee"
            ),
            2: "apres demain",
        }
    ),
    parts=_parts(),
    fixed=listed(
        {
            Clock(12, 0, "24"): "midi | le midi",
            Clock(12, 0, "today"): "ce midi",
            Clock(24, 0, "24"): "minuit",
            Clock(12, 15, "24"): "midi et quart",
            Clock(12, 30, "24"): "midi et demi | midi et demie | midi trente",
            Clock(11, 45, "24"): "midi moins le quart",
            Clock(12, 0, "lunch"): "l'heure du dejeuner",
        }
    ),
    edges=listed(
        {
            "close": (
                "fin de journee | fin de la journee | en fin de journee | la fin de journee | la fin de la "
                "journee | a la fin de la journee | fin du jour | la fin du jour | fermeture des bureaux | la "
                "fermeture des bureaux | fin de | la fin de | a la fin de | cob | eod"
            ),
            "open": (
                "premiere heure | a la premiere heure | des la premiere heure | debut de journee | en debut de journee"
            ),
        }
    ),
    ends=listed(
        {
            "week": (
                "fin de semaine | fin de la semaine | la fin de semaine | la fin de la semaine | en fin de "
                "semaine | fin de cette semaine"
            ),
            "next week": ("fin de la semaine prochaine | la fin de la semaine prochaine | fin de semaine prochaine"),
            "weekend": "ce week end | ce weekend",
            "month": "fin du mois | fin de mois | la fin du mois | en fin de mois | fin de ce mois",
            "next month": "fin du mois prochain",
        }
    ),
    which=listed(
        {
            "this": "ce | cet",
            "next": "prochain",
            "following": "suivant | d'apres",
            "coming": "qui vient | a venir",
        }
    ),
    weeks=listed(
        {
            0: "cette semaine | de cette semaine",
            1: (
                "la semaine prochaine | de la semaine prochaine | semaine prochaine | de la semaine suivante "
                "| la semaine suivante | la semaine d'apres | de la semaine d'apres"
            ),
        }
    ),
    later=listed(
        {
            1: "en huit | en 8",
            2: "en quinze | en 15",
        }
    ),
    units=listed(
        {
            "second": "seconde | secondes",
            "minute": "minute | minutes | mn | min",
            "hour": "heure | heures | h",
            "day": "jour | jours",
            "workday": "jour ouvre | jours ouvres | jour ouvrable | jours ouvrables",
            "week": "semaine | semaines",
            "month": "mois",
        }
    ),
    amounts=listed(
        {
            0.5: "une demi | demi | la demi",
            0.25: "un quart d'",
            0.75: "trois quarts d'",
            1: "l' | la",
            0: "prochaines | quelques",
        }
    ),
    signs=split(
        {
            "at": (
                "a | a environ | vers | aux alentours de | au plus tard a | au plus tard | avant | jusqu'a | "
                "d'ici | d'ici a | pour | environ | des | autour de | a partir de maintenant et jusqu'a | "
                "bouclage a"
            ),
            "the": "le | du | d'ici le | d'ici au | pour le | au | jusqu'au | au plus tard le | a la | la",
            "to": "jusqu'a | a",
            "and": "et",
            "between": "entre",
            "in": (
                "dans | d'ici | sous | en | dans les | dans l' | dans la | dans les prochaines | d'ici a | "
                "d'ici a environ | dans moins de | en moins de | dans environ | au cours des | dans les "
                "prochains"
            ),
            "from": "plus tard | a partir de maintenant",
            "from tomorrow": "a partir de demain",
            "before": "avant le | avant",
            "no": (
                "il y a | apres | depuis | hier | avant hier | dernier | derniere | passe | passee | "
                "precedent | ou | chaque | a partir de | a compter de | etait | la veille | pas | tous "
                "les"
            ),
            "glue": (
                "s'il vous plait | svp | merci | si possible | deadline | date limite | est | la deadline est "
                "| max | maximum | dernier delai | bouclage | de | du | l' | heure locale | exactement | pile "
                "| precises | plus tard | urgent | idealement | un | jour | date | notre | mon | ma | a | "
                "delai"
            ),
        }
    ),
    clocks=(
        (r"midi\s(?P<m>\d\d|{num})", _noon),
        (rf"{_H}\set\sdemie?", partial(minutes_from, sign=1, minutes=30)),
        (rf"{_H}\set\squart", partial(minutes_from, sign=1, minutes=15)),
        (rf"{_H}\smoins\sle\squart", partial(minutes_from, sign=-1, minutes=15)),
        (rf"{_H}\smoins\s(?P<n>{{num}})(?:\sminutes?)?", partial(_joined, sign=-1)),
        (rf"{_H}\set\s(?P<n>{{num}})(?:\sminutes?)?", _joined),
        (rf"{_H}\s?(?P<m>\d\d|quinze|trente|quarante[\s-]cinq)", clock),
        (r"(?P<h>\d{1,2})\s?h(?:eures?)?(?:\s?(?P<m>\d\d))?", partial(clock, half="24")),
        (r"(?P<h>{hour})\s?heures?", partial(clock, spoken=True)),
    ),
    one_hour="heure",
    suffix=r"er|eme|e",
    of=r"de|du|d'",
)
