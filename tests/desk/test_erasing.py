"""The end of personal data, looked for in every table and in every column."""

from __future__ import annotations

import re
import sqlite3
from datetime import timedelta

import pytest

from commsleads.desk import answering, ending, signing, work
from commsleads.desk.looking import search_answers, show
from commsleads.desk.upkeep import erase
from commsleads.letters import Letter, LetterClass, Party, Reading
from commsleads.store import history, letters, readings, review
from commsleads.store import sources as timetable
from commsleads.store.desk import parts
from commsleads.store.engine import Session
from tests.desk.press import RUTH, Press

PERSONAL = re.compile(r"calder|ruth|7946|20794|maternity", re.IGNORECASE)


def everything(session: Session) -> list[str]:
    """Every value of the database that tells of the person, with where it stands."""
    found = []
    tables = session.tuples(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_data' ESCAPE '\\'"
    )
    for (table,) in tables:
        for row in session.query(f"SELECT * FROM {table}"):
            found += [f"{table}.{name}: {value}" for name, value in row.items() if PERSONAL.search(str(value))]
    return found


def a_mail(press: Press, enquiry: str) -> str:
    """A mail of Ruth's in the enquiry, read, with a question that a person answered; its id."""
    letter = Letter(
        subject="Ruth Calder asks", text="Ruth here", sender=Party(RUTH.name, RUTH.email), message_id="m@ruth.example"
    )
    timetable.by_hand(press.session, "post", kind="mailbox", name="", why="a test")
    ident = letters.letter_id(letter)
    letters.insert(press.session, [letters.columns(letter, source_id="post", received_at=press.now, arrival=1)])
    reading = Reading(
        kind=LetterClass.ENQUIRY, permille=900, reasons=("Ruth wrote it.",), journalist=RUTH.name, email=RUTH.email,
        doubts=("Answers go to ruth@elsewhere.example",), questions=("Ruth asks?",),
    )  # fmt: skip
    readings.keep(press.session, ident, reading, "2026-11-16T09:30:00Z")
    parts.join_letter(press.session, enquiry, ident, why=f"{RUTH.email} is in this enquiry.", by="commsleads")
    review.ask(press.session, ident, [f"{RUTH.email} is not in it."], "2026-11-16T09:30:00Z")
    review.decide(press.session, ident, "nothing", by="ada", now=press.now)
    review.label(press.session, ident, by="ada", now=press.now, kind="enquiry", was="other", permille=1, note="Ruth!")
    history.record(
        press.session, press.now, who="ada", what="reviewed", kind="letter", row_id=ident, after={"note": "for Ruth"}
    )
    return ident


def a_life(press: Press) -> str:
    """An enquiry from call to end in which everybody wrote about Ruth wherever one can write; its reference."""
    ref = press.call(
        subject="Ruth Calder: jobs in Leeds", background="Ruth is on maternity cover", source_detail="Ruth's friend",
        questions=("How many jobs? ruth@ncp.example or +44 20 7946 0000, Ruth Calder, by 19.11.2026",),
    )  # fmt: skip
    a_mail(press, press.row(ref)["id"])
    work.set_fields(press.desk(), ref, {"angle": "Ruth wants blood", "heard_how": "from Ruth"})
    answering.draft(press.desk("ben"), ref, "Dear Ruth, none.")
    signing.ask_signoff(press.desk("ben"), ref, "ada")
    signing.send_back(press.desk("ada"), ref, "Do not say Dear Ruth")
    answering.draft(press.desk("ben"), ref, "About 150 posts will go.")
    signing.waive_signoff(press.desk("ada"), ref, "Ruth is in a hurry")
    answering.respond(press.desk("ben"), ref, answering.Answer(method="phone", terms="on the record"))
    ending.close(press.desk(), ref, outcome="unknown", reason="Ruth never called back")
    return ref


def test_nothing_tells_of_the_person_any_more(press: Press) -> None:
    """Mails, readings, reviews, drafts, comments, reasons, the search and the history: no value names her."""
    ref = a_life(press)
    assert len(everything(press.session)) > 20
    press.move(days=800)
    assert erase(press.desk("commsleads")) == (1, 1)
    letters.forget(press.session, press.now)
    assert everything(press.session) == []
    told = show(press.desk(), ref)
    assert told["subject"] == "[erased]: jobs in Leeds"
    assert told["questions"][0]["text"] == "How many jobs? [erased] or [erased], [erased], by 19.11.2026"
    assert told["answers"][0]["text"] == "About 150 posts will go."
    assert [row["reference"] for row in search_answers(press.desk(), "150 Leeds")] == [ref]
    assert search_answers(press.desk(), "Calder") == []
    assert [one["who"] for one in press.history(ref)][:2] == ["ada", "ada"]


@pytest.mark.parametrize("table", ["history", "moves", "labels"])
def test_erasing_is_all_that_may_be_changed(press: Press, table: str) -> None:
    """Neither a forgery in the same breath as an erasure, nor a row put in the place of another."""
    a_life(press)
    rows = press.session.query(f"SELECT * FROM {table}")
    names = list(rows[0])
    words = {"history": "before = '', after = '{\"erased\":true}'", "moves": "why = ''", "labels": "note = ''"}[table]
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        press.session.execute(f"UPDATE {table} SET {words}, at = '2001'")
    values = ", ".join(f":{name}" for name in names)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        press.session.execute(
            f"INSERT OR REPLACE INTO {table} ({', '.join(names)}) VALUES ({values})", **{**rows[0], "at": "2001"}
        )


def test_letters_of_no_enquiry_end_on_their_own(press: Press) -> None:
    """What was never tied goes after its own time, with all that was written about it."""
    ref = press.call()
    ident = a_mail(press, press.row(ref)["id"])
    until = "2026-11-17T00:00:00Z"
    press.session.execute("UPDATE letters SET erase_after = :at WHERE id = :id", at=until, id=ident)
    assert letters.forget(press.session, press.now + timedelta(days=2)) == 1
    mails = ("letters", "readings", "review", "labels", "enquiry_letters")
    assert [one for one in everything(press.session) if one.partition(".")[0] in mails] == []
