"""Rows of mails: what goes in comes out, the same mail has one id, and personal data come to their end."""

from __future__ import annotations

import string
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from commsleads.letters import Attached, Letter, Party
from commsleads.mail import read_letter
from commsleads.store import letters as rows
from commsleads.store import sources as timetable
from commsleads.store.engine import Session, stamp
from tests.factories import source

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
ids = st.text(string.ascii_letters + "@.", max_size=12)
parties = st.builds(Party, words, st.text(string.ascii_lowercase + "@.", max_size=12))
times = st.none() | st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)).map(
    lambda at: at.replace(microsecond=0, tzinfo=UTC)
)


def letters(inner: st.SearchStrategy[Letter | None]) -> st.SearchStrategy[Letter]:
    return st.builds(
        Letter,
        subject=words,
        text=words,
        sender=parties,
        reply_to=parties,
        to=st.lists(parties, max_size=2).map(tuple),
        cc=st.lists(parties, max_size=2).map(tuple),
        message_id=ids,
        in_reply_to=st.lists(ids, max_size=2).map(tuple),
        references=st.lists(ids, max_size=2).map(tuple),
        sent_at=times,
        date_raw=words,
        marks=st.dictionaries(ids, words, max_size=2),
        report=ids,
        attachments=st.lists(st.builds(Attached, words, ids, st.integers(0, 10**9)), max_size=2).map(tuple),
        language=ids,
        inner=inner,
        damage=st.lists(words, max_size=2).map(tuple),
    )


def kept(letter: Letter, **how: object) -> rows.Columns:
    given: dict[str, object] = {"source_id": "post", "received_at": NOW, "arrival": 1} | how
    return rows.columns(letter, **given)  # type: ignore[arg-type]


@given(letters(letters(letters(st.none()) | st.none()) | st.none()))
def test_letter_comes_out_as_it_went_in(letter: Letter) -> None:
    """Every field, and every letter inside it, is the same after the store."""
    row = kept(letter)._asdict()
    assert rows.letter_of(row) == letter
    assert rows.note_of(row) == ""


def test_rows_hold_nothing_that_a_database_refuses(session: Session) -> None:
    """Half characters and NUL, which a plug-in may bring, are taken out before they are stored."""
    bad = "a\x00b\ud800"
    letter = Letter(subject=bad, text=bad, sender=Party(bad, bad), message_id=bad, date_raw=bad, damage=(bad,))
    with session.atomic():
        timetable.by_hand(session, "post", kind="mailbox", name="", why="")
        rows.insert(session, [kept(letter)])
    (row,) = rows.waiting(session, 10)
    assert rows.letter_of(row).text == "ab?"


def test_same_mail_has_one_id() -> None:
    """White space and capitals that a server changes on the way make no other mail; other words do."""
    raw = b"From: a@b.example\r\nSubject: Hello\r\nMessage-ID: <1@b>\r\n\r\nHello  there\r\n"
    one, same = read_letter(raw), read_letter(raw.replace(b"\r\n", b"\n").replace(b"Hello  there", b"hello there "))
    other = read_letter(raw.replace(b"there", b"here"))
    assert rows.letter_id(one) == rows.letter_id(same) != rows.letter_id(other)
    assert len(rows.letter_id(one)) == 16


def test_id_may_be_cut_short(session: Session) -> None:
    """A person types the beginning of an id; when two begin so, none is meant."""
    with session.atomic():
        timetable.by_hand(session, "post", kind="mailbox", name="", why="")
        rows.insert(session, [kept(Letter(), ident=ident, arrival=n) for n, ident in enumerate(("ab01", "ab02", "cd"))])
    found = rows.by_id(session, "ab01")
    assert found is not None
    assert found["id"] == "ab01"
    assert rows.by_id(session, "ab") is None
    found = rows.by_id(session, "c")
    assert found is not None
    assert found["id"] == "cd"
    assert rows.by_id(session, "ff") is None


def test_mail_whose_time_is_over_keeps_its_id_and_nothing_else(session: Session) -> None:
    """Words and people go, also from what was read; the mail stays known and is not read again."""
    letter = Letter(subject="Umbrella", text="I lost it", sender=Party("Jo", "jo@mail.example"), message_id="u@u")
    with session.atomic():
        timetable.by_hand(session, "post", kind="mailbox", name="", why="")
        row = kept(letter, erase_after=stamp(NOW + timedelta(days=1)), place="INBOX:1")
        rows.insert(session, [row])
        assert rows.forget(session, NOW) == 0
        assert rows.forget(session, NOW + timedelta(days=2)) == 1
        assert rows.forget(session, NOW + timedelta(days=3)) == 0
    (left,) = session.query("SELECT * FROM letters")
    assert (left["id"], left["erase_after"]) == (row.id, "")
    assert not any(left[name] for name in ("sender", "sender_name", "subject", "text", "message_id", "rest", "place"))
    assert rows.known(session, [row.id]) == {row.id}
    assert rows.all_again(session) == 0


def test_source_of_people_and_one_of_the_settings_under_one_name(session: Session) -> None:
    """Whoever names a source like one that people feed gets theirs, polled; the rows of the other stay with it."""
    with session.atomic():
        timetable.by_hand(session, "mail-import", kind="mailbox", name="", why="by hand")
        timetable.by_hand(session, "mail-import", kind="mailbox", name="", why="by hand")
        timetable.sync(session, [source("mail-import")], NOW)
    ((origin, state, kind),) = session.tuples("SELECT origin, state, kind FROM sources")
    assert (origin, state, kind) == ("config", "new", "feeds")
    assert timetable.any_due(session, NOW)
