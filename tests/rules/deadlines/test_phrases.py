"""What people type or say when they are asked for a deadline, in a table; received on Tuesday 10 March 2026 at 10."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from commsleads.letters import Deadline
from commsleads.rules.deadlines import Week, read

LONDON = ZoneInfo("Europe/London")
RECEIVED = datetime(2026, 3, 10, 10, 0, tzinfo=LONDON)


def heard(words: str, language: str = "en", received: datetime = RECEIVED, zone: ZoneInfo = LONDON) -> Deadline | None:
    """The phrase as the desk reads it."""
    return read(words, received=received, zone=zone, language=language)


def shown(deadline: Deadline | None, zone: ZoneInfo = LONDON) -> str:
    """Local day and time; ``~`` where only the day was said, ``?`` where it is not sure; '' if declined."""
    if deadline is None:
        return ""
    marks = ("~" if deadline.day else "") + ("" if deadline.sure else "?")
    return f"{deadline.at.astimezone(zone):%a %d %b %H:%M}{marks}"


ENGLISH = """
by COB Thursday | Thu 12 Mar 17:00~
close of play | Tue 10 Mar 17:00~
EOP | Tue 10 Mar 17:00~
EOD Friday | Fri 13 Mar 17:00~
by the end of tomorrow | Wed 11 Mar 17:00~
first thing | Wed 11 Mar 09:00
first thing Monday | Mon 16 Mar 09:00
tonight | Tue 10 Mar 22:00~
this evening | Tue 10 Mar 20:00~
by tonight at 8 | Tue 10 Mar 20:00
tomorrow morning | Wed 11 Mar 12:00~
midnight | Wed 11 Mar 00:00
tonight at midnight | Wed 11 Mar 00:00
midnight Friday | Sat 14 Mar 00:00?
noon | Tue 10 Mar 12:00
midday tomorrow | Wed 11 Mar 12:00
Friday noon | Fri 13 Mar 12:00
lunchtime | Tue 10 Mar 12:00?
5 | Tue 10 Mar 17:00
by 5 please | Tue 10 Mar 17:00
by 10 | Tue 10 Mar 10:00
by tomorrow 5 | Wed 11 Mar 17:00
tomorrow at 8 | Wed 11 Mar 08:00?
half four | Tue 10 Mar 16:30
half past three | Tue 10 Mar 15:30
quarter to six | Tue 10 Mar 17:45
a quarter past 4 | Tue 10 Mar 16:15
ten to five | Tue 10 Mar 16:50
5 o'clock | Tue 10 Mar 17:00
before the 6 o'clock news | Tue 10 Mar 18:00
4.30pm | Tue 10 Mar 16:30
4.30 | Tue 10 Mar 16:30
by 330 p.m. | Tue 10 Mar 15:30
16:30 | Tue 10 Mar 16:30
1630 hrs | Tue 10 Mar 16:30
4pm London time | Tue 10 Mar 16:00
5pm ET | Tue 10 Mar 21:00
noon EST | Tue 10 Mar 16:00
17:00 CET tomorrow | Wed 11 Mar 16:00
5pm Pacific | Wed 11 Mar 00:00
15:00 UTC+2 | Tue 10 Mar 13:00
6 PM ET - 20 September | Sun 20 Sep 23:00
12:00 AM ET - 14 April | Tue 14 Apr 05:00
in an hour | Tue 10 Mar 11:00
within the hour | Tue 10 Mar 11:00
in the next two hours | Tue 10 Mar 12:00
in half an hour | Tue 10 Mar 10:30
30 minutes from now | Tue 10 Mar 10:30
in two hours' time | Tue 10 Mar 12:00
in 24 hours | Wed 11 Mar 10:00
in three days | Fri 13 Mar 17:00~
within 2 working days | Thu 12 Mar 17:00~
in two weeks | Tue 24 Mar 17:00~
by Friday | Fri 13 Mar 17:00~
this Friday | Fri 13 Mar 17:00~
next Friday | Fri 20 Mar 17:00~?
next Monday | Mon 16 Mar 17:00~
Thursday week | Thu 19 Mar 17:00~
a week on Thursday | Thu 19 Mar 17:00~
Friday next week | Fri 20 Mar 17:00~
end of the week | Fri 13 Mar 17:00~
end of next week | Fri 20 Mar 17:00~
EOM | Tue 31 Mar 17:00~
this weekend | Sat 14 Mar 17:00~?
Tuesday 3pm | Tue 10 Mar 15:00?
Monday 16th | Mon 16 Mar 17:00~
Monday 16 | Mon 16 Mar 17:00~
the 16th | Mon 16 Mar 17:00~
noon on the 15th | Sun 15 Mar 12:00
16 March | Mon 16 Mar 17:00~
March 16, 5pm | Mon 16 Mar 17:00
Friday 16 March | Mon 16 Mar 17:00~?
2026-03-12 17:00 | Thu 12 Mar 17:00
2026-03-12T17:00:00Z | Thu 12 Mar 17:00
12/03/2026 | Thu 12 Mar 17:00~?
13/3 | Fri 13 Mar 17:00~
3/4 | Fri 03 Apr 17:00~?
between 2 and 4 | Tue 10 Mar 16:00?
2-4pm tomorrow | Wed 11 Mar 16:00?
before Friday | Thu 12 Mar 17:00~?
9am | Wed 11 Mar 09:00?
"""
GERMAN = """
bis morgen, 12 Uhr | Wed 11 Mar 12:00
halb vier | Tue 10 Mar 15:30
Viertel vor sechs | Tue 10 Mar 17:45
17.30 Uhr | Tue 10 Mar 17:30
18 Uhr 12 | Tue 10 Mar 18:12
bis 5 Uhr | Tue 10 Mar 17:00?
heute noch | Tue 10 Mar 17:00~
bis Freitagabend | Fri 13 Mar 20:00~
Freitag morgen | Fri 13 Mar 12:00~
morgen früh | Wed 11 Mar 12:00~
Freitagmittag | Fri 13 Mar 12:00
übermorgen | Thu 12 Mar 17:00~
bis Freitag, 13. März, 17 Uhr | Fri 13 Mar 17:00
bis spätestens 13.3., 14 Uhr | Fri 13 Mar 14:00
bis Dienstschluss | Tue 10 Mar 17:00~
in einer Stunde | Tue 10 Mar 11:00
binnen 24 Stunden | Wed 11 Mar 10:00
nächsten Freitag | Fri 13 Mar 17:00~?
Freitag in einer Woche | Fri 20 Mar 17:00~
Ende der Woche | Fri 13 Mar 17:00~
3/4 | Fri 03 Apr 17:00~
"""
FRENCH = """
demain midi | Wed 11 Mar 12:00
17h30 | Tue 10 Mar 17:30
d'ici demain 17h | Wed 11 Mar 17:00
d'ici une heure | Tue 10 Mar 11:00
d'ici 18h | Tue 10 Mar 18:00
avant vendredi midi | Fri 13 Mar 12:00
ce soir | Tue 10 Mar 20:00~
en fin de journée | Tue 10 Mar 17:00~
lundi en huit | Mon 23 Mar 17:00~
sous 24 heures | Wed 11 Mar 10:00
jeudi à dix-huit heures trente | Thu 12 Mar 18:30
le 16 | Mon 16 Mar 17:00~
16 mars à 9h | Mon 16 Mar 09:00
midi moins le quart | Tue 10 Mar 11:45
fin de la semaine | Fri 13 Mar 17:00~
"""
SPANISH = """
mañana a mediodía | Wed 11 Mar 12:00
antes de las 17h | Tue 10 Mar 17:00
hasta el viernes | Fri 13 Mar 17:00~
antes del viernes | Thu 12 Mar 17:00~?
mañana por la mañana | Wed 11 Mar 12:00~
a las 5 de la tarde | Tue 10 Mar 17:00
a las cinco y media | Tue 10 Mar 17:30
en dos horas | Tue 10 Mar 12:00
el viernes a las 12 | Fri 13 Mar 12:00
a última hora de hoy | Tue 10 Mar 17:00~
mañana a primera hora | Wed 11 Mar 09:00
el 16 de marzo | Mon 16 Mar 17:00~
la semana que viene el lunes | Mon 16 Mar 17:00~
"""
DECLINED = """
ASAP
urgent
no rush
now
soon
later
next week
this week
March
2026
2 or 3pm
Thursday or Friday
9am or 1pm
after 5pm
from 2pm
since Monday
2 hours ago
yesterday
last Friday
Tuesday
2 hours
for 5 minutes
every Friday
5 sources
25:12
31 April
29 February 2027
today at 9am
2pm 3pm
today tomorrow
Monday Tuesday
this afternoon at 11
tonight at 2
Christmas
by 5 people
in 3.7 days
9 March
May we talk
half
12 March 13 March
the day
in 0 hours
"""


def rows(table: str) -> list[tuple[str, str]]:
    """The lines of a table, words and what is read."""
    parts = [line.rpartition("|") for line in table.strip().splitlines()]
    return [(words.strip(), wanted.strip()) for words, _, wanted in parts]


@pytest.mark.parametrize(
    ("language", "words", "wanted"),
    [
        (code, words, wanted)
        for code, table in {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}.items()
        for words, wanted in rows(table)
    ],
)
def test_phrase_is_read_as_press_people_mean_it(language: str, words: str, wanted: str) -> None:
    """A phrase in its language gives the instant, the precision and the certainty of the table."""
    assert shown(heard(words, language)) == wanted


@pytest.mark.parametrize("words", DECLINED.strip().splitlines())
def test_phrase_is_declined(words: str) -> None:
    """What names no instant, several, one that cannot be or one that is over is declined."""
    assert heard(words) is None


@pytest.mark.parametrize(
    ("words", "wanted"),
    [("bis Freitag", "Fri 13 Mar 17:00~"), ("demain midi", "Wed 11 Mar 12:00"), ("mañana", "Wed 11 Mar 17:00~")],
)
def test_language_is_found_out_if_none_is_named(words: str, wanted: str) -> None:
    """Without a language all four are tried."""
    assert shown(heard(words, "")) == wanted


def test_english_abbreviations_are_read_in_every_language() -> None:
    """A German journalist says EOD, too; so does one whose language is not among the four."""
    assert shown(heard("COB Thursday", "de")) == shown(heard("COB Thursday", "it")) == "Thu 12 Mar 17:00~"


def test_words_are_kept_verbatim_and_the_reading_is_explained() -> None:
    """The deadline says what was typed and how it was read."""
    found = heard("by COB Thursday")
    assert found is not None
    assert found.words == "by COB Thursday"
    assert found.why.startswith("Read as Thursday 2026-03-12 17:00 Europe/London")
    assert found.day == date(2026, 3, 12)


def test_full_date_in_the_past_is_given_but_not_sure() -> None:
    """Somebody who types the year means that day, even if it is over."""
    found = heard("2026-03-09 17:00")
    assert found is not None
    assert (found.sure, found.at) == (False, datetime(2026, 3, 9, 17, tzinfo=UTC))
    assert "past" in found.why


@pytest.mark.parametrize(
    ("zone", "wanted"),
    [("America/New_York", (4, 12)), ("Europe/London", (12, 4)), ("Europe/Berlin", (12, 4)), ("UTC", None)],
)
def test_order_of_day_and_month_is_that_of_the_zone(zone: str, wanted: tuple[int, int] | None) -> None:
    """4/12 is April in New York and December in London; where nobody can say it is declined."""
    found = heard("4/12", zone=ZoneInfo(zone))
    assert (None if found is None or found.day is None else (found.day.month, found.day.day)) == wanted
    assert found is None or not found.sure


def test_zone_name_is_a_region_with_its_real_offset() -> None:
    """EST in July is New York's summer time."""
    found = heard("5pm EST", received=datetime(2026, 7, 1, 12, tzinfo=UTC))
    assert found is not None
    assert found.at == datetime(2026, 7, 1, 21, tzinfo=UTC)


@pytest.mark.parametrize(("month", "sure"), [(1, True), (7, False)])
def test_gmt_is_london_and_not_sure_in_summer(month: int, sure: bool) -> None:
    """Who writes GMT in July may mean London's clock or Greenwich's; London's is taken."""
    found = heard("5pm GMT", received=datetime(2026, month, 1, 12, tzinfo=UTC))
    assert found is not None
    assert (found.sure, found.at.astimezone(LONDON).hour) == (sure, 17)


@pytest.mark.parametrize("words", ["la deadline est demain", "demain est"])
def test_words_that_look_like_zones_are_none(words: str) -> None:
    """The French "est" is no zone."""
    found = heard(words, "fr", zone=ZoneInfo("Europe/Paris"))
    assert found is None or found.at == datetime(2026, 3, 11, 16, tzinfo=UTC)


def test_close_of_business_follows_the_working_week() -> None:
    """After hours, at weekends and on holidays COB is that of the next working day."""
    friday_night = datetime(2026, 3, 13, 19, tzinfo=LONDON)
    assert shown(heard("COB", received=friday_night)) == "Mon 16 Mar 17:00~?"
    week = Week(opens=time(8), closes=time(16, 30), holidays=frozenset({date(2026, 3, 16)}))
    found = read("first thing", received=friday_night, zone=LONDON, language="en", week=week)
    assert shown(found) == "Tue 17 Mar 08:00"
    assert shown(read("COB", received=friday_night, zone=LONDON, week=week)) == "Tue 17 Mar 16:30~?"


def test_today_after_hours_lasts_until_midnight() -> None:
    """Who says "today" at seven in the evening does not mean five o'clock."""
    assert shown(heard("today", received=RECEIVED.replace(hour=19))) == "Tue 10 Mar 23:59~?"


def test_day_and_month_just_gone_are_declined_rather_than_moved_by_a_year() -> None:
    """9 March, read on the 10th, is an old deadline; 5 January is the next one."""
    assert heard("9 March") is None
    assert shown(heard("5 January")) == ""
    assert shown(heard("5 January", received=datetime(2026, 10, 1, 9, tzinfo=UTC))) == "Tue 05 Jan 17:00~"


def test_clock_change_keeps_the_local_hour() -> None:
    """5pm on the Sunday the clocks go forward is 5pm by the new clock; an hour from now is 60 minutes."""
    before = datetime(2026, 3, 28, 23, 30, tzinfo=LONDON)
    found = heard("5pm tomorrow", received=before)
    assert found is not None
    assert found.at == datetime(2026, 3, 29, 16, tzinfo=UTC)
    hours = heard("in 3 hours", received=before)
    assert hours is not None
    assert hours.at - before.astimezone(UTC) == timedelta(hours=3)


def test_time_without_a_zone_is_refused() -> None:
    """A naive time of receipt is a mistake of the caller."""
    with pytest.raises(ValueError, match="zone"):
        read("5pm", received=datetime(2026, 3, 10, 10), zone=LONDON)
