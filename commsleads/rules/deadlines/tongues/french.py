"""French words for time."""

from __future__ import annotations

import re
from functools import partial

from commsleads.rules.deadlines.pieces import Clock, Piece
from commsleads.rules.deadlines.tongue import Tongue, clock, minutes_from, spelled

_UNITS = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf"
).split()
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
_DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
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


FRENCH = Tongue(
    code="fr",
    numbers=NUMBERS,
    ordinals={"premier": 1},
    months=MONTHS,
    weekdays={word: number for number, word in enumerate(_DAYS)} | _SHORT,
    everyday=frozenset(_SHORT),
    days={
        "aujourd'hui": 0,
        "ce jour": 0,
        "dans la journee": 0,
        "demain": 1,
        "le lendemain": 1,
        "lendemain": 1,
        "apres demain": 2,
        "le jour d'apres": 1,
        "dans la journee de demain": 1,
        "demain dans la journee": 1,
        "aujourd'hui dans la journee": 0,
        "le jour meme": 0,
    },
    parts=_parts(),
    fixed={
        "midi": Clock(12, 0, "24"),
        "le midi": Clock(12, 0, "24"),
        "ce midi": Clock(12, 0, "today"),
        "minuit": Clock(24, 0, "24"),
        "midi et quart": Clock(12, 15, "24"),
        "midi et demi": Clock(12, 30, "24"),
        "midi et demie": Clock(12, 30, "24"),
        "midi moins le quart": Clock(11, 45, "24"),
        "l'heure du dejeuner": Clock(12, 0, "lunch"),
        "midi trente": Clock(12, 30, "24"),
    },
    edges={
        "fin de journee": "close",
        "fin de la journee": "close",
        "en fin de journee": "close",
        "la fin de journee": "close",
        "la fin de la journee": "close",
        "a la fin de la journee": "close",
        "fin du jour": "close",
        "la fin du jour": "close",
        "fermeture des bureaux": "close",
        "la fermeture des bureaux": "close",
        "fin de": "close",
        "la fin de": "close",
        "a la fin de": "close",
        "premiere heure": "open",
        "a la premiere heure": "open",
        "des la premiere heure": "open",
        "cob": "close",
        "debut de journee": "open",
        "en debut de journee": "open",
        "eod": "close",
    },
    ends={
        "fin de semaine": "week",
        "fin de la semaine": "week",
        "la fin de semaine": "week",
        "la fin de la semaine": "week",
        "en fin de semaine": "week",
        "fin de cette semaine": "week",
        "fin de la semaine prochaine": "next week",
        "la fin de la semaine prochaine": "next week",
        "fin de semaine prochaine": "next week",
        "ce week end": "weekend",
        "ce weekend": "weekend",
        "fin du mois": "month",
        "fin de mois": "month",
        "la fin du mois": "month",
        "en fin de mois": "month",
        "fin de ce mois": "month",
        "fin du mois prochain": "next month",
    },
    which={
        "ce": "this",
        "cet": "this",
        "prochain": "next",
        "suivant": "following",
        "d'apres": "following",
        "qui vient": "coming",
        "a venir": "coming",
    },
    weeks={
        "cette semaine": 0,
        "de cette semaine": 0,
        "la semaine prochaine": 1,
        "de la semaine prochaine": 1,
        "semaine prochaine": 1,
        "de la semaine suivante": 1,
        "la semaine suivante": 1,
        "la semaine d'apres": 1,
        "de la semaine d'apres": 1,
    },
    later={"en huit": 1, "en 8": 1, "en quinze": 2, "en 15": 2},
    units={
        "seconde": "second",
        "secondes": "second",
        "minute": "minute",
        "minutes": "minute",
        "mn": "minute",
        "min": "minute",
        "heure": "hour",
        "heures": "hour",
        "h": "hour",
        "jour": "day",
        "jours": "day",
        "jour ouvre": "workday",
        "jours ouvres": "workday",
        "jour ouvrable": "workday",
        "jours ouvrables": "workday",
        "semaine": "week",
        "semaines": "week",
        "mois": "month",
    },
    amounts={
        "une demi": 0.5,
        "demi": 0.5,
        "la demi": 0.5,
        "un quart d'": 0.25,
        "trois quarts d'": 0.75,
        "l'": 1,
        "la": 1,
        "prochaines": 0,
        "quelques": 0,
    },
    signs={
        "at": (
            "a",
            "a environ",
            "vers",
            "aux alentours de",
            "au plus tard a",
            "au plus tard",
            "avant",
            "jusqu'a",
            "d'ici",
            "d'ici a",
            "pour",
            "environ",
            "des",
            "autour de",
            "a partir de maintenant et jusqu'a",
            "bouclage a",
        ),
        "the": ("le", "du", "d'ici le", "d'ici au", "pour le", "au", "jusqu'au", "au plus tard le", "a la", "la"),
        "to": ("jusqu'a", "a"),
        "and": ("et",),
        "between": ("entre",),
        "in": (
            "dans",
            "d'ici",
            "sous",
            "en",
            "dans les",
            "dans l'",
            "dans la",
            "dans les prochaines",
            "d'ici a",
            "d'ici a environ",
            "dans moins de",
            "en moins de",
            "dans environ",
            "au cours des",
            "dans les prochains",
        ),
        "from": ("plus tard", "a partir de maintenant"),
        "from tomorrow": ("a partir de demain",),
        "before": ("avant le", "avant"),
        "no": (
            "il y a",
            "apres",
            "depuis",
            "hier",
            "avant hier",
            "dernier",
            "derniere",
            "passe",
            "passee",
            "precedent",
            "ou",
            "chaque",
            "a partir de",
            "a compter de",
            "etait",
            "la veille",
            "pas",
            "de",
            "tous les",
        ),
        "glue": (
            "s'il vous plait",
            "svp",
            "merci",
            "si possible",
            "deadline",
            "date limite",
            "est",
            "la deadline est",
            "max",
            "maximum",
            "dernier delai",
            "bouclage",
            "de",
            "du",
            "l'",
            "heure locale",
            "exactement",
            "pile",
            "precises",
            "plus tard",
            "urgent",
            "idealement",
            "un",
            "jour",
            "date",
            "notre",
            "mon",
            "ma",
            "a",
            "delai",
        ),
    },
    clocks=(
        (r"midi\s(?P<m>\d\d|{num})(?P<z>)", lambda match, tongue: _noon(match, tongue)),
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


def _noon(match: re.Match[str], tongue: Tongue) -> Piece | None:
    """midi trente."""
    minute = tongue.number(match["m"])
    return Clock(12, minute, "24") if minute is not None and 5 <= minute <= 55 else None
