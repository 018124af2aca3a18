"""English words for time, as press people use them."""

from __future__ import annotations

import re
from functools import partial

from commsleads.rules.deadlines.pieces import Clock, Piece
from commsleads.rules.deadlines.tongue import Tongue, clock, counted, listed, minutes_from, spelled, split

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty"}
NUMBERS = spelled(_UNITS, _TENS, "{t} {u}")

_FIRST = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
)
ORDINALS = counted(_FIRST, 1) | {"twentieth": 20, "thirtieth": 30}
for _word, _day in [(word, day) for word, day in ORDINALS.items() if day < 10]:
    ORDINALS[f"twenty {_word}"] = 20 + _day
ORDINALS["thirty first"] = 31

MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6,
    "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "october": 10,
    "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
WEEKDAYS = {
    "monday": 0, "mon": 0, "tuesday": 1, "tues": 1, "tue": 1, "wednesday": 2, "weds": 2, "wed": 2, "thursday": 3,
    "thurs": 3, "thur": 3, "thu": 3, "friday": 4, "fri": 4, "saturday": 5, "sat": 5, "sunday": 6, "sun": 6,
}  # fmt: skip

_H = r"(?P<h>{hour})(?:\s?h)?(?:\s?o'?\s?clock)?(?:\s?(?P<half>{half}))?"


def _pair(match: re.Match[str], tongue: Tongue) -> Piece | None:
    """ten-thirty, seven thirty am: hour and minutes in words."""
    said = re.sub(r"^(?:oh|o|zero)[\s-]", "", match["m"])
    made = clock(match, tongue) if match.groupdict().get("half") else None
    hour, minute = tongue.number(match["h"]), tongue.number(said)
    if hour is None or minute is None or not 1 <= hour <= 12 or minute > 59:
        return None
    return Clock(hour, minute, made.half if made else match["half"][0] + "m" if match["half"] else "")


_PAIR = r"(?P<h>{hour})[\s-](?P<m>{num}|(?:oh|o|zero)[\s-]{num})"

ENGLISH = Tongue(
    code="en",
    numbers=NUMBERS,
    ordinals=ORDINALS,
    months=MONTHS,
    weekdays=WEEKDAYS,
    everyday=frozenset({"sat", "sun", "mon", "wed", "fri", "thu", "tue", "tues"}),
    days=listed(
        {
            0: "today | later today | this day | same day",
            1: "tomorrow | tmrw | tomo | tmw | next day | the next day",
            2: "day after tomorrow | the day after tomorrow | overmorrow",
        }
    ),
    parts=listed(
        {
            "morning": "morning | in the morning",
            "this morning": "this morning | am today",
            "afternoon": "afternoon | in the afternoon | in afternoon",
            "this afternoon": "this afternoon",
            "evening": "evening | in the evening",
            "this evening": "this evening",
            "tonight": "tonight | this night",
            "night": "night | at night | in the night",
        }
    ),
    fixed=listed(
        {
            Clock(12, 0, "24"): (
                "noon | 12 noon | noontime | midday | mid day | 12 midday | twelve noon | 12 lunchtime"
            ),
            Clock(12, 0, "lunch"): "lunch | lunchtime | lunch time",
            Clock(24, 0, "24"): "midnight | 12 midnight",
            Clock(10, 0, "about"): "midmorning | mid morning",
            Clock(14, 0, "about"): "mid afternoon",
        }
    ),
    edges=listed(
        {
            "close": (
                "cob | close of business | close of the business day | close of play | cop | close of day | "
                "end of play | eop | eob | end of business | end of business day | end of the business day | "
                "eod | end of day | end of the day | end of working day | end of the working day | day's end "
                "| the end of | end of | office hours"
            ),
            "close today": "end of today",
            "open": (
                "first thing | first thing in the morning | start of business | start of play | open of "
                "business | sob | start of day | start of the day"
            ),
        }
    ),
    ends=listed(
        {
            "week": (
                "end of the week | end of week | end of this week | eow | the end of the week | week's end | "
                "end of the working week | end of current week | by the weekend | before the weekend"
            ),
            "month": "end of the month | end of month | end of this month | eom | month end | month's end",
            "next week": ("end of next week | end of the next week | end of coming week | end of the following week"),
            "next month": "end of next month",
            "weekend": "this weekend | the weekend | weekend",
        }
    ),
    which=listed(
        {
            "this": "this",
            "coming": "this coming | coming | this upcoming | upcoming | the coming",
            "next": "next",
            "after": "after next",
            "following": "following",
        }
    ),
    weeks=listed(
        {
            0: "this week | of this week",
            1: "next week | of next week | in next week | of the following week | the following week",
            2: "week after next | the week after next",
        }
    ),
    later=listed(
        {
            1: "week | a week on | a week from",
            2: "fortnight | a fortnight on",
        }
    ),
    units=listed(
        {
            "second": "second | seconds | secs | sec",
            "minute": "minute | minutes | mins | min",
            "hour": "hour | hours | hrs | hr | hours' | hour's",
            "day": "day | days | day's | days'",
            "workday": "working day | working days | business day | business days | weekdays",
            "week": "week | weeks | week's | weeks' | wk",
            "month": "month | months | month's",
            "fortnight": "fortnight",
        }
    ),
    amounts=listed(
        {
            1: "a | an | the | the next",
            0.5: "half an | half a | a half",
            2: "a couple of | a pair of | couple of",
            1.5: "an hour and a half | one and a half",
            2.5: "two and a half",
            0.25: "quarter of an | a quarter of an | a quarter",
            0.75: "three quarters of an",
        }
    ),
    signs=split(
        {
            "at": (
                "at | by | by about | around | about | circa | approximately | approx | no later than | not "
                "later than | on or before | until | till | 'til | til | up to | at around | by around | by "
                "no later than | @"
            ),
            "the": "the | on the | for the | by the",
            "to": "to | through | thru",
            "and": "and",
            "between": "between",
            "in": (
                "in | within | within the | inside the | within the next | in the next | over the next | "
                "inside | inside the next | in less than | in under | in at most | in about | in another | in "
                "the coming | within next"
            ),
            "from": "from now | later | hence | from today | 's time | time | more | ' time",
            "from tomorrow": "from tomorrow",
            "before": "before | ahead of | prior to",
            "no": (
                "ago | after | last | past | previous | since | yesterday | earlier | or | every | each | "
                "from | starting | not before | except | other than | was | were | not"
            ),
            "glue": (
                "or so | "
                "on | of | for | please | pls | thanks | thank you | latest | the latest | at the latest | at "
                "latest | ideally | if possible | if you can | sharp | prompt | exactly | ish | deadline | "
                "deadline is | my deadline is | our deadline is | the deadline is | it's | its | it is | due "
                "| due by | local time | london | o'clock | today's | asap | urgent | urgently | latest by | "
                "deadline for this is | no rush | is fine | will do | would be great | preferably | some time "
                "| sometime | news | bulletin | show | edition | needs it | needs it by | need it | need it "
                "by | need it for | wants it by | approximately | business | just | t | date | day | your "
                "time | hrs | hours | max | tops | at the very latest | the very latest | now | only | "
                "anytime | any time | early | else"
            ),
        }
    ),
    clocks=(
        (rf"(?:half|1/2)\s(?:past|after)\s{_H}", partial(minutes_from, sign=1, minutes=30)),
        (rf"(?:a\s)?quarter\s(?:past|after)\s{_H}", partial(minutes_from, sign=1, minutes=15)),
        (rf"three\squarters\spast\s{_H}", partial(minutes_from, sign=1, minutes=45)),
        (rf"(?:a\s)?quarter\s(?:to|of|before|till)\s{_H}", partial(minutes_from, sign=-1, minutes=15)),
        (rf"(?P<n>{{num}})\s?(?:minutes?|mins?)\s(?:past|after)\s{_H}", partial(minutes_from, sign=1)),
        (rf"(?P<n>{{num}})\s?(?:minutes?|mins?)\s(?:to|before|till)\s{_H}", partial(minutes_from, sign=-1)),
        (rf"(?P<n>ten|twenty|five|twenty[\s-]five)\s(?:past|after)\s{_H}", partial(minutes_from, sign=1)),
        (rf"(?P<n>ten|twenty|five|twenty[\s-]five|20|25)\sto\s{_H}", partial(minutes_from, sign=-1)),
        (r"half[\s-](?P<h>{hour})(?!\s(?:an?|hour|day))(?P<half>)", partial(minutes_from, sign=1, minutes=30)),
        (r"(?P<h>{hour})\s?o'?\s?clock(?:\s(?:in\sthe\s)?(?P<half>[ap]\s?\.?\s?m\b\.?))?", partial(clock, spoken=True)),
        (_PAIR + r"\s(?P<half>[ap]\s?\.?\s?m\b\.?)", _pair),
        (r"(?P<h>{hour})-(?P<m>fifteen|thirty|forty[\s-]five|(?:oh|o|zero)-{num})(?P<half>)", _pair),
        (r"(?<=at\s)" + _PAIR + r"(?P<half>)", _pair),
        (r"(?P<h>\d{1,2})[:.](?P<m>\d\d)\s?(?P<half>[ap])\b\.?(?!\s?m\b)", clock),
        (r"(?P<h>{hour})\s(?:in\sthe\s)(?P<half>[ap]\s?\.?\s?m\b\.?)", clock),
        (r"(?P<h>\d{1,2})-?ish", clock),
        (r"(?P<h>1?\d|2[0-4])\s?(?:h|hrs?)(?!\s?\d)(?=\s|$|[,.;])", clock),
        (r"(?P<h>{hour})\s(?P<half>[ap]\s?\.?\s?m\b\.?)", clock),
    ),
    half=r"[ap]\s?\.?\s?m\b\.?|p\b\.?",
    one_hour="hour",
    suffix=r"st|nd|rd|th",
    of=r"of(?:\sthe)?|day\sof|day\sin",
    literal=False,
    next_is_coming=False,
    day_first=None,
)
