"""Phrases and what is read: local day and time, ``~`` where only the day was said, ``?`` where it is not sure."""

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
