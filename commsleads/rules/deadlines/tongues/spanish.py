"""Spanish words for time."""

from __future__ import annotations

from functools import partial

from commsleads.rules.deadlines.pieces import Clock
from commsleads.rules.deadlines.tongue import Tongue, clock, counted, listed, minutes_from, spelled, split

_UNITS = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete "
    "dieciocho diecinueve"
)
_TENS = {20: "veinte", 30: "treinta", 40: "cuarenta", 50: "cincuenta"}
_VEINTI = "veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve"
NUMBERS = spelled(_UNITS, _TENS, "{t} y {u}") | counted(_VEINTI, 21) | {"una": 1}

MONTHS = {
    "enero": 1, "ene": 1, "febrero": 2, "feb": 2, "marzo": 3, "mar": 3, "abril": 4, "abr": 4, "mayo": 5, "may": 5,
    "junio": 6, "jun": 6, "julio": 7, "jul": 7, "agosto": 8, "ago": 8, "septiembre": 9, "setiembre": 9, "sept": 9,
    "sep": 9, "octubre": 10, "oct": 10, "noviembre": 11, "nov": 11, "diciembre": 12, "dic": 12,
}  # fmt: skip
_DAYS = counted("lunes martes miercoles jueves viernes sabado domingo", 0)
_SHORT = {"lun": 0, "mar": 1, "ma": 1, "mie": 2, "jue": 3, "vie": 4, "sab": 5, "dom": 6}

_PARTS = {"manana": "morning", "tarde": "afternoon", "noche": "evening", "madrugada": "early"}


def _parts() -> dict[str, str]:
    made = {}
    for word, part in _PARTS.items():
        for lead in ("por la ", "de la ", "en la ", "a la "):
            made[lead + word] = part
        if part != "early":
            made["esta " + word] = "tonight" if part == "evening" else "this " + part
            for day in ("hoy por la ", "hoy a la "):
                made[day + word] = "this " + part
    return made | {"tarde": "afternoon", "noche": "evening", "esta misma tarde": "this afternoon"}


_H = r"(?:las\s|la\s)?(?P<h>{hour})"

SPANISH = Tongue(
    code="es",
    numbers=NUMBERS,
    ordinals={"primero": 1, "primer": 1},
    months=MONTHS,
    weekdays=_DAYS | _SHORT,
    everyday=frozenset(_SHORT),
    days=listed(
        {
            0: ("hoy | hoy mismo | hoy dia | a lo largo del dia | durante el dia | en el dia de hoy | el dia de hoy"),
            1: "manana | manana mismo | el dia siguiente | el dia de manana",
            2: "pasado manana",
        }
    ),
    parts=_parts(),
    fixed=listed(
        {
            Clock(12, 0, "24"): (
                "mediodia | medio dia | al mediodia | el mediodia | a mediodia | las 12 del mediodia | 12 del "
                "mediodia | del mediodia | las doce del mediodia"
            ),
            Clock(12, 0, "today"): "este mediodia",
            Clock(24, 0, "24"): "medianoche | la medianoche | a medianoche",
        }
    ),
    edges=listed(
        {
            "close": (
                "fin del dia | final del dia | al final del dia | el final del dia | el fin del dia | fin de "
                "dia | el fin de dia | final de | al final de | fin de la jornada | final de la jornada | el "
                "final de la jornada | ultima hora | a ultima hora | ultima hora de | a ultima hora de | "
                "cierre de oficinas | final de jornada | cob | eod"
            ),
            "open": (
                "primera hora | a primera hora | a primera hora de | a primera hora de la manana | primera hora de"
            ),
        }
    ),
    ends=listed(
        {
            "weekend": "fin de semana | este fin de semana",
            "week": (
                "final de la semana | el final de la semana | final de semana | finales de semana | finales "
                "de esta semana | final de esta semana"
            ),
            "next week": "final de la proxima semana | finales de la proxima semana",
            "month": ("fin de mes | final de mes | finales de mes | el fin de mes | a fin de mes | a final de mes"),
        }
    ),
    which=listed(
        {
            "this": "este | esta",
            "next": "proximo | proxima | el proximo",
            "coming": "que viene | que entra",
            "following": "siguiente",
        }
    ),
    weeks=listed(
        {
            0: "esta semana | de esta semana",
            1: (
                "la proxima semana | de la proxima semana | de proxima semana | proxima semana | la semana "
                "que viene | de la semana que viene | semana que viene | la semana proxima | de la semana "
                "proxima | de la semana siguiente"
            ),
        }
    ),
    later=listed(
        {
            1: "en ocho",
        }
    ),
    units=listed(
        {
            "second": "segundo | segundos",
            "minute": "minuto | minutos | mins | min",
            "hour": "hora | horas | h",
            "day": "dia | dias",
            "workday": "dia habil | dias habiles | dia laborable | dias laborables",
            "week": "semana | semanas",
            "month": "mes | meses",
        }
    ),
    amounts=listed(
        {
            1: "un | la",
            0.5: "media",
            0.25: "un cuarto de",
            0.75: "tres cuartos de",
            2: "un par de",
        }
    ),
    signs=split(
        {
            "at": (
                "a las | a la | las | la | para las | antes de las | antes de la | hasta las | hasta la | "
                "sobre las | alrededor de las | cerca de las | hacia las | a eso de las | a mas tardar a las "
                "| como muy tarde a las | para la | cerca de | a | de las | cierre a las | cerramos a las | "
                "como tarde a las | tipo"
            ),
            "the": (
                "el | el dia | dia | del | para el | hasta el | a mas tardar el | como muy tarde el | al | el "
                "dia de | del dia | como tarde el | para el dia"
            ),
            "to": "a las | a | hasta las",
            "and": "y las | y",
            "between": "entre | entre las",
            "in": "en | dentro de | en las proximas | en los proximos | en menos de | en unas | en la proxima",
            "from": "a partir de ahora | despues | mas tarde | a partir de hoy | desde ahora | desde hoy",
            "from tomorrow": "a partir de manana",
            "before": "antes de | antes del | antes de el",
            "no": (
                "hace | despues de | despues del | tras | desde | ayer | anteayer | anoche | pasado | pasada "
                "| anterior | ultimo | ultima | o | cada | a partir de | fue | era | no | todos los"
            ),
            "glue": (
                "por favor | gracias | si es posible | si puede ser | fecha limite | es | la fecha limite es "
                "| de | en punto | hora local | exactamente | maximo | como maximo | a mas tardar | como muy "
                "tarde | hasta | para | urgente | hora | horas | del | h | plazo | cierre | fecha | algun "
                "momento | el"
            ),
        }
    ),
    clocks=(
        (rf"{_H}\sy\smedia", partial(minutes_from, sign=1, minutes=30)),
        (rf"{_H}\sy\scuarto", partial(minutes_from, sign=1, minutes=15)),
        (rf"{_H}\smenos\scuarto", partial(minutes_from, sign=-1, minutes=15)),
        (rf"{_H}\smenos\s(?P<n>{{num}})(?:\sminutos)?", partial(minutes_from, sign=-1)),
        (r"(?:las\s|la\s)(?P<h>{hour})\sy\s(?P<n>{num})(?!\sde\s)(?:\sminutos)?", partial(minutes_from, sign=1)),
        (r"(?<=las\s)(?P<h>{hour})\sy\s(?P<n>{num})(?:\sminutos)?", partial(minutes_from, sign=1)),
        (r"(?P<h>(?!\d){hour})\sy\s(?P<n>(?!\d){num})(?!\sde\s(?!la\b))", partial(minutes_from, sign=1)),
        (r"(?P<h>{hour})\sen\spunto", partial(clock, spoken=True)),
        (r"(?P<h>\d{1,2})(?:[.:](?P<m>\d\d))?\s?(?:h|hs|hrs|horas)", clock),
        (r"(?P<h>[1-9]|1[0-2])[:.](?P<m>\d\d)(?!\s?(?:h|hs|hrs|horas|[ap]\s?\.?\s?m)\b)(?!:\d)(?!\.\d)", clock),
    ),
    one_hour="hora",
    suffix=r"\.?o|\.\so|ero",
    of=r"de|del",
    next_is_coming=False,
)
