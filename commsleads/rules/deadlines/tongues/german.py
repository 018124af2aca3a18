"""German words for time."""

from __future__ import annotations

from functools import partial

from commsleads.rules.deadlines.pieces import Clock, Part, Weekday
from commsleads.rules.deadlines.tongue import Tongue, clock, counted, listed, minutes_from, spelled, split

_UNITS = (
    "null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn "
    "achtzehn neunzehn"
)
_TENS = {20: "zwanzig", 30: "dreisig", 40: "vierzig", 50: "funfzig"}
NUMBERS = spelled(_UNITS, _TENS, "{u}und{t}") | {
    "einundzwanzig": 21, "einunddreisig": 31, "einundvierzig": 41, "fuenf": 5, "zwoelf": 12, "fuenfzehn": 15, "zwo": 2,
}  # fmt: skip

_FIRST = (
    "erst zweit dritt viert funft sechst siebt acht neunt zehnt elft zwolft dreizehnt vierzehnt funfzehnt sechzehnt "
    "siebzehnt achtzehnt neunzehnt zwanzigst einundzwanzigst zweiundzwanzigst dreiundzwanzigst vierundzwanzigst "
    "funfundzwanzigst sechsundzwanzigst siebenundzwanzigst achtundzwanzigst neunundzwanzigst dreisigst einunddreisigst"
)
ORDINALS = {stem + end: day for stem, day in counted(_FIRST, 1).items() for end in ("er", "en", "e")}

MONTHS = {
    "januar": 1, "janner": 1, "jan": 1, "februar": 2, "feber": 2, "feb": 2, "marz": 3, "maerz": 3, "mrz": 3, "mar": 3,
    "april": 4, "apr": 4, "mai": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "august": 8, "aug": 8, "september": 9,
    "sept": 9, "sep": 9, "oktober": 10, "okt": 10, "november": 11, "nov": 11, "dezember": 12, "dez": 12,
}  # fmt: skip
WEEKDAYS = counted("montag dienstag mittwoch donnerstag freitag samstag sonntag", 0) | {"sonnabend": 5}
_SHORT = {"mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "so": 6}

_PARTS = {
    "morgen": "morning", "morgens": "morning", "fruh": "morning", "vormittag": "morning", "vormittags": "morning",
    "nachmittag": "afternoon", "nachmittags": "afternoon", "abend": "evening", "abends": "evening", "nacht": "night",
    "nachts": "night",
}  # fmt: skip
_PART_OF_DAY = r"(?:fruh|morgen|vormittag|mittag|nachmittag|abend|nacht)"
_H = r"(?P<h>{hour})(?:\s?uhr)?"


def _parts() -> dict[str, str]:
    made = dict(_PARTS)
    for word, part in _PARTS.items():
        if word[-1] != "s":
            for lead in ("am ", "am fruhen ", "am spaten ", "in der ", "zum "):
                made[lead + word] = part
            if word != "morgen":
                made["heute " + word] = {"night": "tonight"}.get(part, "this " + part)
    return made | {
        "heute morgen": "this morning", "heute frueh": "this morning", "in der fruh": "morning",
        "in der fruhe": "morning", "vor mittag": "morning",
    }  # fmt: skip


GERMAN = Tongue(
    code="de",
    numbers=NUMBERS,
    ordinals=ORDINALS,
    months=MONTHS,
    weekdays=WEEKDAYS | _SHORT,
    everyday=frozenset(_SHORT),
    days=listed(
        {
            0: (
                "heute | heute noch | noch heute | im laufe des tages | im lauf des tages | im laufe des heutigen tages"
            ),
            1: "morgen | am nachsten tag",
            2: "ubermorgen | uebermorgen",
        }
    ),
    parts=_parts(),
    fixed=listed(
        {
            Clock(12, 0, "24"): "mittag | mittags | zu mittag | am mittag | zum mittag | 12 uhr mittags",
            Clock(12, 0, "today"): "heute mittag",
            Clock(24, 0, "24"): "mitternacht | um mitternacht",
        }
    ),
    edges=listed(
        {
            "close": (
                "dienstschluss | dienstschlus | buroschluss | buroschlus | geschaftsschluss | geschaftsschlus "
                "| feierabend | arbeitsschluss | tagesende | ende des tages | ende des arbeitstages | zum "
                "ende des tages | zum feierabend | cob | eod | zum dienstschluss | zum buroschluss | am "
                "tagesende | am ende des tages | am ende"
            ),
            "open": "gleich in der fruh | als erstes | dienstbeginn | gleich fruh",
        }
    ),
    ends=listed(
        {
            "week": "ende der woche | zum ende der woche | zum wochenende | ende dieser woche",
            "weekend": "wochenende | dieses wochenende | am wochenende",
            "next week": (
                "ende nachster woche | ende kommender woche | ende der nachsten woche | ende der kommenden woche"
            ),
            "month": "ende des monats | monatsende | zum monatsende | zum ende des monats | ende dieses monats",
            "next month": "ende nachsten monats",
        }
    ),
    which=listed(
        {
            "this": "diesen | dieser | diesem | dieses | diese",
            "coming": "kommenden | kommender | am kommenden | den kommenden",
            "next": "nachsten | nachster | nachste | naechsten | am nachsten | den nachsten",
            "after": "ubernachsten | uebernachsten | nach dem nachsten | am ubernachsten",
        }
    ),
    weeks=listed(
        {
            0: "diese woche | dieser woche | in dieser woche",
            1: (
                "nachste woche | nachster woche | kommende woche | kommender woche | der nachsten woche | in "
                "der nachsten woche | der kommenden woche"
            ),
            2: "ubernachste woche | ubernachster woche",
        }
    ),
    units=listed(
        {
            "second": "sekunde | sekunden",
            "minute": "minute | minuten | min",
            "hour": "stunde | stunden | std",
            "day": "tag | tage | tagen",
            "workday": "werktag | werktage | werktagen | arbeitstag | arbeitstage | arbeitstagen",
            "week": "woche | wochen",
            "month": "monat | monate | monaten",
        }
    ),
    amounts=listed(
        {
            1: "ein | eine | einer | einem | eines | einen | der nachsten | der",
            0.5: "einer halben",
            0.25: "einer viertel",
            0.75: "einer dreiviertel",
            1.5: "anderthalb | eineinhalb",
            2.5: "zweieinhalb",
            0: "ein paar",
        }
    ),
    signs=split(
        {
            "at": (
                "um | bis | bis um | bis spatestens | bis spatestens um | spatestens | spatestens um | "
                "spatestens bis | gegen | so um | circa | ca | etwa gegen | ungefahr um | um circa | um etwa "
                "| etwa | ab spatestens | punktlich um | kurz vor | so gegen | ungefahr | bis etwa | bis ca | "
                "bis circa | bis gegen | bis punkt"
            ),
            "the": "am | den | zum | bis zum | bis zum spatestens | dem | der | bis am | spatestens am",
            "to": "bis | auf den",
            "and": "und",
            "between": "zwischen",
            "in": (
                "in | binnen | innerhalb | innerhalb von | in den nachsten | innerhalb der nachsten | in etwa | in ca"
            ),
            "from": "ab jetzt | von jetzt an | spater | ab sofort | ab heute",
            "from tomorrow": "ab morgen",
            "before": "vor | noch vor | vor dem",
            "no": (
                "nach | ab | fruhestens | fruhstens | seit | gestern | vorgestern | letzten | letzte | "
                "letzter | letztes | vergangenen | oder | jeden | nicht vor | von | vom | war | zwischen "
                "gestern | nicht | vorigen | voriger"
            ),
            "glue": (
                "bitte | danke | wenn moglich | moglichst | moglich | die | des | deadline | frist | ist | "
                "uhr | spatestens | noch | genau | punktlich | in etwa | redaktionsschluss | redaktionsschlus "
                "| zu | unserer zeit | ihrer zeit | ortszeit | im | mein | meine | unser | unsere | s | eilig "
                "| dringend | reicht | tag | datum | dann | gerne | gern | idealerweise | es | schon | bis"
            ),
        }
    ),
    clocks=(
        (
            rf"(?P<w>{{weekday}})(?={_PART_OF_DAY})" + "(?#open)",
            lambda match, tongue: Weekday(tongue.weekdays[match["w"]]),
        ),
        (r"(?:(?<=tag)|(?<=tag\s)|(?<=woch\s)|(?<=woch)|(?<=abend\s))morgen", lambda *_: Part("morning")),
        (r"(?P<h>\d{1,2})\s?uhr\s?(?P<m>\d\d)(?!\.)", clock),
        (r"(?P<h>\d{1,2})(?:[.:](?P<m>\d\d))?\s?uhr", clock),
        (rf"viertel\s?(?:nach|uber)\s{_H}", partial(minutes_from, sign=1, minutes=15)),
        (rf"viertel\s?vor\s{_H}", partial(minutes_from, sign=-1, minutes=15)),
        (rf"dreiviertel\s{_H}", partial(minutes_from, sign=-1, minutes=15)),
        (rf"viertel\s{_H}", partial(minutes_from, sign=-1, minutes=45)),
        (rf"(?P<n>funf|5)\s(?:minuten\s)?vor\shalb\s{_H}", partial(minutes_from, sign=-1, minutes=35)),
        (rf"(?P<n>funf|5)\s(?:minuten\s)?nach\shalb\s{_H}", partial(minutes_from, sign=-1, minutes=25)),
        (rf"halb\s{_H}", partial(minutes_from, sign=-1, minutes=30)),
        (rf"(?P<n>{{num}})\s(?:minuten?\s|min\s)?vor\s{_H}", partial(minutes_from, sign=-1)),
        (rf"(?P<n>{{num}})\s(?:minuten?\s|min\s)?nach\s{_H}", partial(minutes_from, sign=1)),
        (r"(?P<h>{hour})\s?uhr", partial(clock, spoken=True)),
        (r"(?P<h>\d{1,2})\s?h", clock),
    ),
    one_hour="stunde",
    suffix=r"\.|ter|ten|te",
    of=r"im|des",
)
