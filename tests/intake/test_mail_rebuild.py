"""Reading all mails again gives the same rows, and nothing that people did is lost."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from commsleads.intake.letters import rebuild
from commsleads.intake.review import Decision, decide
from commsleads.store.engine import Session
from tests.intake.postroom import ASKS, DIGEST, answer, asked, at_desk, come, enquiries, office, raw

DERIVED = (
    "SELECT * FROM readings ORDER BY letter_id",
    "SELECT * FROM requests ORDER BY id",
    "SELECT * FROM request_matches ORDER BY request_id, topic",
    "SELECT * FROM review ORDER BY letter_id",
    "SELECT * FROM letters_pending",
    "SELECT * FROM letters ORDER BY id",
    "SELECT * FROM enquiries ORDER BY id",
    "SELECT * FROM enquiry_letters ORDER BY enquiry_id, letter_id",
    "SELECT * FROM history WHERE kind = 'enquiry' ORDER BY row_id, number",
    "SELECT * FROM labels",
)


def everything(session: Session) -> list[Any]:
    return [session.query(sql) for sql in DERIVED]


def a_mail(r: random.Random, number: int) -> bytes:
    """A mail of any sort, often in somebody's thread."""
    who = r.choice(("ruth", "tom", "ana"))
    sender = f"{who.title()} Calder <{who}@northcountypost.example>"
    ident = f"n{number}@{r.choice(('northcountypost.example', 'elsewhere.example'))}"
    date = f"Wed, 18 Nov 2026 0{r.randrange(10)}:{r.randrange(10, 60)}:00 +0000"
    match r.randrange(7):
        case 0 | 1:
            text = ASKS.replace("Leeds", r.choice(("Leeds", "York", "Hull"))).replace("Ruth", who.title())
            return raw(text, sender=sender, date=date, message_id=ident)
        case 2 | 3:
            by = r.choice((sender, "Somebody <s@elsewhere.example>", "Press <press@museum.example>"))
            to = f"n{r.randrange(max(1, number))}@northcountypost.example"
            return answer(f"Thanks. Also {number}: why?\n", to=to, sender=by, date=date, message_id=ident)
        case 4:
            return raw(
                DIGEST, sender="HARO <haro@helpareporter.com>", subject="[HARO] Edition", message_id=ident, date=date
            )
        case 5:
            return raw("Sono un giornalista e vorrei sapere di più. " * 3, sender=sender, subject="Domanda", date=date)
        case _:
            return raw(f"Lost: an umbrella {number}.", sender="Jo <jo@mail.example>", subject="Umbrella", date=date)


@pytest.mark.parametrize("seed", range(8))
def test_rebuild_gives_the_same(tmp_path: Path, seed: int) -> None:
    """Whatever came in whatever bites, and whatever people decided in between, reading again changes no row."""
    r, decides = random.Random(seed), random.Random(seed)
    app, clock = office(tmp_path)
    number = 1
    with app.engine.session() as session:
        come(app, session, raw(message_id="n0@northcountypost.example"))
        for _ in range(10):
            clock.move(minutes=20)
            mails = [a_mail(r, number + n) for n in range(r.randrange(1, 5))]
            number += len(mails)
            come(app, session, *mails)
            if decides.random() < 0.4 and (waiting := asked(session)):
                chosen = decides.choice(waiting)["letter_id"]
                decide(at_desk(app, session), app.letters.readers, chosen, Decision(note="seen"))
        assert enquiries(session)
        before = everything(session)
        clock.move(days=20)
        (count,) = session.tuples("SELECT count(*) FROM letters")[0]
        assert rebuild(session, app.letters, app.now()) == count
        for one, other in zip(before, everything(session), strict=True):
            assert one == other


def test_rebuild_goes_on_where_it_was_interrupted(tmp_path: Path) -> None:
    """The list of those waiting is a table: what a rebuild did not reach, the next pass reads."""
    from commsleads.store import letters, readings, review

    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw(), answer())
        before = everything(session)
        with session.atomic():
            readings.clear(session)
            review.clear(session)
            letters.all_again(session)
        assert letters.any_waiting(session)
        app.letters.take_in(session, app.now())
        assert everything(session) == before


def test_what_a_person_decided_is_not_decided_again(tmp_path: Path) -> None:
    """A mail that a person called no enquiry does not come back as one, and its review stays decided."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw())
        (letter,) = session.tuples("SELECT id FROM letters")[0]
        decide(at_desk(app, session), app.letters.readers, letter, Decision(kind="other", note="a test of theirs"))
        assert enquiries(session)[0]["state"] == "redirected"
        rebuild(session, app.letters, app.now())
        assert len(enquiries(session)) == 1
        assert enquiries(session)[0]["state"] == "redirected"
        assert asked(session) == []
