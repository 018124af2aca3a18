"""Deadlines in whole mails, received on Tuesday 10 March 2026: found where the words ask for an answer, only there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from commsleads.letters import Deadline
from commsleads.rules.deadlines import find

LONDON = ZoneInfo("Europe/London")
RECEIVED = datetime(2026, 3, 10, 10, 0, tzinfo=LONDON)


def found(text: str, language: str = "") -> Deadline | None:
    """The deadline of a mail that came to London at ten."""
    return find(text, received=RECEIVED, zone=LONDON, language=language)


def shown(deadline: Deadline | None) -> str:
    """Local day and time; ``~`` where only the day was said, ``?`` where it is not sure; '' if there is none."""
    if deadline is None:
        return ""
    marks = ("~" if deadline.day else "") + ("" if deadline.sure else "?")
    return f"{deadline.at.astimezone(LONDON):%a %d %b %H:%M}{marks}"


ASKED = """
I file at 5pm today, so anything by 4.30pm would be a great help. | Tue 10 Mar 16:30 | by 4.30pm
I file at 5pm tomorrow, so anything by 4.30pm would be a great help. | Wed 11 Mar 16:30 | by 4.30pm
No rush, but could you let me know by Friday? | Fri 13 Mar 17:00~ | by Friday
My deadline is 3pm tomorrow. | Wed 11 Mar 15:00 | deadline is 3pm tomorrow
Deadline: Thursday 12 March, noon | Thu 12 Mar 12:00 | Deadline: Thursday 12 March, noon
Deadline for responses: 12pm on Monday 16th March | Mon 16 Mar 12:00 | Deadline for responses: 12pm on Monday 16th March
DEADLINE: TODAY 4PM | Tue 10 Mar 16:00 | DEADLINE: TODAY 4PM
I'm on a 5pm deadline. | Tue 10 Mar 17:00 | a 5pm deadline
TURNAROUND: 2 hours | Tue 10 Mar 12:00 | TURNAROUND: 2 hours
Could I get a response by close of play? | Tue 10 Mar 17:00~ | by close of play
I need this today please. | Tue 10 Mar 17:00~ | need this today
You have until 5pm. | Tue 10 Mar 17:00 | until 5pm
Happy to hold until 6pm if you need it. | Tue 10 Mar 18:00 | until 6pm
Anything before 4 would be brilliant. | Tue 10 Mar 16:00 | before 4
Please send any statement by 5pm ET on 12 March. | Thu 12 Mar 21:00 | by 5pm ET on 12 March
Please respond no later than 17:00 CET on Wed, 11 March. | Wed 11 Mar 16:00 | no later than 17:00 CET on Wed, 11 March
Could someone call me back within the hour? | Tue 10 Mar 11:00 | within the hour
We'd need to hear from you by first thing tomorrow. | Wed 11 Mar 09:00 | by first thing tomorrow
Can you confirm by 5pm that the plant will close by 30 June? | Tue 10 Mar 17:00 | by 5pm
We are going to press on Wednesday at 4pm so would need your response by 2pm. | Wed 11 Mar 14:00 | by 2pm
We go to air at 6 tonight. | Tue 10 Mar 18:00? | We go to air at 6 tonight
We are publishing tomorrow at 6am. | Wed 11 Mar 06:00? | We are publishing tomorrow at 6am
We'll run this tomorrow at 7am so please come back to us tonight. | Tue 10 Mar 22:00~ | come back to us tonight
Über eine Antwort bis morgen, 12 Uhr, würde ich mich freuen. | Wed 11 Mar 12:00 | bis morgen, 12 Uhr
Redaktionsschluss ist heute um 18 Uhr. | Tue 10 Mar 18:00 | Redaktionsschluss ist heute um 18 Uhr
Bitte melden Sie sich bis Donnerstag. | Thu 12 Mar 17:00~ | bis Donnerstag
Um eine Stellungnahme bis heute, 16 Uhr, wird gebeten. | Tue 10 Mar 16:00 | bis heute, 16 Uhr
Ich bräuchte das bis spätestens Freitag, 13.3., 14 Uhr. | Fri 13 Mar 14:00 | bis spätestens Freitag, 13.3., 14 Uhr
Pourriez-vous me répondre d'ici demain midi ? | Wed 11 Mar 12:00 | d'ici demain midi
Merci de revenir vers moi avant jeudi 18h. | Thu 12 Mar 18:00 | avant jeudi 18h
Nous bouclons ce soir à 19h. | Tue 10 Mar 19:00? | Nous bouclons ce soir à 19h
¿Podrían responder antes de las 17:00 de mañana? | Wed 11 Mar 17:00 | antes de las 17:00 de mañana
Agradecería una respuesta antes del viernes. | Thu 12 Mar 17:00~? | antes del viernes
Necesito una respuesta mañana a primera hora. | Wed 11 Mar 09:00 | Necesito una respuesta mañana a primera hora
"""
NOTHING = """
The company said it will close the site by 30 June. Is that right?
Can you confirm the plant will close by 30 June?
The site will close by 30 June, please confirm.
Could you comment on the layoffs announced today?
Are 5 sources enough? March was bad. May we talk?
The embargo is until 5pm Friday.
Please reply by 12 people.
No rush, take your time.
Could you get back to me ASAP?
I'd need answers by Sun Microsystems.
The plant was closed by Monday, workers said. Can you confirm?
The trial runs until Friday. Do you have any comment?
Is it true that the council gave you until Friday to fix it? Please comment.
I am working to a tight deadline.
My deadline was yesterday.
The deadline was last night.
The deadline is last Friday.
Deadline Thursday or Friday.
Die Deadline war gestern Nacht.
La deadline était vendredi dernier.
We'd be grateful for a reply by 9am.
I am away until 27 April with no access to mail.
Können Sie bestätigen, dass das Werk bis 30. Juni schließt?
L'usine fermera d'ici fin juin. Pouvez-vous confirmer ?
> Please reply by 5pm.
"""


@pytest.mark.parametrize("row", ASKED.strip().splitlines())
def test_deadline_is_found_where_an_answer_is_asked_for(row: str) -> None:
    """The passage is kept verbatim, beside the instant that it means."""
    text, wanted, words = (part.strip() for part in row.split("|"))
    deadline = found(text)
    assert deadline is not None
    assert (shown(deadline), deadline.words) == (wanted, words)


@pytest.mark.parametrize("text", NOTHING.strip().splitlines())
def test_dates_that_nobody_asked_an_answer_by_are_no_deadlines(text: str) -> None:
    """What a mail is about, what was, and what is over when it comes are not found."""
    assert found(text) is None


def test_deadline_stands_anywhere_in_a_mail() -> None:
    """Among dates of all kinds the one that asks counts, over a line break too."""
    text = (
        "Dear press team,\n\nI write for the North County Post. The inquiry opened on 3 March 2025 and will report by\n"
        "30 June. We understand that 140 posts are at risk.\n\n1. When were staff told?\n2. Who decided it?\n\n"
        "We would be grateful for a reply by 5pm on\nThursday 12 March.\n\nBest wishes"
    )
    deadline = found(text, "en")
    assert shown(deadline) == "Thu 12 Mar 17:00"
    assert deadline is not None
    assert deadline.words == "by 5pm on Thursday 12 March"


def test_plainest_passage_counts() -> None:
    """ "Deadline" is plainer than "by", and both than the hour of publication."""
    text = "Could you let me know by Thursday whether someone can talk? The deadline is Friday noon. We air on Sunday."
    assert shown(found(text)) == "Fri 13 Mar 12:00"


def test_earliest_of_equals_counts_and_is_not_sure() -> None:
    """Two passages that ask alike: the first instant, marked."""
    assert shown(found("Please reply by 5pm today. Please send the photos by Friday.")) == "Tue 10 Mar 17:00?"


def test_mail_received_on_the_weekday_it_names_means_that_day() -> None:
    """A person can be asked what "Tuesday" means on a Tuesday; a mail cannot, so the earlier day is taken, not sure."""
    assert shown(found("Please reply by Tuesday.", "en")) == "Tue 10 Mar 17:00~?"


def test_far_dates_are_no_deadlines() -> None:
    """Nobody needs an answer in two years."""
    assert found("Please reply by 12 March 2028.") is None


def test_time_without_a_zone_is_refused() -> None:
    """A naive time of receipt is a mistake of the caller."""
    with pytest.raises(ValueError, match="zone"):
        find("by 5pm", received=datetime(2026, 3, 10, 10), zone=LONDON)


def test_deadline_is_in_utc_and_after_receipt() -> None:
    """The instant is given in UTC."""
    deadline = found("Please reply by 5pm.")
    assert deadline is not None
    assert deadline.at.tzinfo is UTC
    assert deadline.at - RECEIVED == timedelta(hours=7)
