"""A person decides about a mail: it is carried out, kept as a label, and counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from commsleads.app import App
from commsleads.cli import main
from commsleads.cli.reviewing import disarmed
from commsleads.desk.work import acknowledge
from commsleads.enquiries import Officer
from commsleads.errors import CommsleadsError, ConflictError, NotFoundError
from commsleads.intake.precision import precision
from commsleads.intake.review import Decision, decide, listed, shown
from commsleads.store import history
from commsleads.store.engine import Session
from tests.intake.postroom import (
    ASKS,
    DIGEST,
    LEAD,
    answer,
    asked,
    at_desk,
    come,
    enquiries,
    office,
    raw,
    threads,
)

LOST = raw(
    "I lost my umbrella in your museum.", sender="Jo Park <jo@mail.example>", subject="Umbrella", message_id="u@u"
)


def ident(session: Session, message_id: str) -> str:
    return str(session.tuples("SELECT id FROM letters WHERE message_id = ?", (message_id,))[0][0])


def decided(app: App, session: Session, message_id: str, **what: str) -> Any:
    return decide(at_desk(app, session), app.letters.readers, ident(session, message_id), Decision(**what))


def test_mail_called_an_enquiry_is_logged(tmp_path: Path) -> None:
    """What the rules had missed is logged from the letter, with who wrote it, and the label says what it was."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, LOST)
        done = decided(app, session, "u@u", kind="enquiry", note="she writes a column")
        assert (done.kind, done.was, done.reference, done.logged) == ("enquiry", "other", "2026-0001", True)
        assert session.tuples("SELECT name FROM contacts") == [("Jo Park",)]
        assert enquiries(session)[0]["background"].startswith("I lost my umbrella")
        assert session.tuples("SELECT class, was, by, note FROM labels") == [
            ("enquiry", "other", "ines", "she writes a column")
        ]
        (change,) = history.of(session, "letter", done.id)
        assert (change["who"], change["what"]) == ("ines", "reviewed")


def test_enquiry_that_is_none_leaves_the_figures(tmp_path: Path) -> None:
    """What the rules had logged wrongly is redirected, so that it counts nowhere."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw())
        done = decided(app, session, "m1@northcountypost.example", kind="other", note="a student")
        (made,) = enquiries(session)
        assert made["state"] == "redirected"
        assert made["redirected_to"] == "no enquiry: other (a student)"
        assert done.reference == "2026-0001"


def test_mail_joins_where_a_person_says(tmp_path: Path) -> None:
    """A stranger's answer is let in by a person, with their name as evidence."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw(), answer(sender="Ruth <ruth@gmail.com>", message_id="s@s"))
        assert len(asked(session)) == 1
        done = decided(app, session, "s@s", joins="1")
        assert (done.reference, done.logged) == ("2026-0001", False)
        assert threads(session)["2026-0001"] == ["m1@northcountypost.example", "s@s"]
        assert session.tuples("SELECT why FROM enquiry_letters WHERE by = 'ines'") == [("Ines Carvalho said so.",)]
        assert asked(session) == []


def test_joining_ends_the_enquiry_that_was_logged_from_it(tmp_path: Path) -> None:
    """Two enquiries for one question become one: the later is a duplicate of the other."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        other = raw(ASKS.replace("How many", "Say how many"), sender="Ruth <ruth@gmail.com>", message_id="s@s")
        come(app, session, raw())
        come(app, session, other)
        assert len(enquiries(session)) == 2
        decided(app, session, "s@s", joins="2026-0001")
        first, second = enquiries(session)
        assert (first["state"], second["state"], second["duplicate_of"]) == ("new", "duplicate", "2026-0001")
        assert "s@s" in threads(session)["2026-0001"]


def test_nothing_confirms_the_rules(tmp_path: Path) -> None:
    """ "Nothing" closes the question, changes nothing and counts for the rules."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, LOST)
        done = decided(app, session, "u@u")
        assert (done.kind, done.reference) == ("other", "")
        found = {one.kind: one for one in precision(session)}
        assert (found["other"].n, found["other"].right) == (1, 1)
        assert found["enquiry"].share is None


def test_request_by_a_persons_word(tmp_path: Path) -> None:
    """A mail that a person calls a journalists' request is read for requests."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw(DIGEST, sender="HARO <haro@helpareporter.com>", subject="[HARO] Ed", message_id="h@h"))
        session.execute("DELETE FROM request_matches")
        session.execute("DELETE FROM requests")
        decided(app, session, "h@h", kind="journalist_request")
        assert session.tuples("SELECT count(*) FROM requests") == [(1,)]


def test_two_people_decide_and_one_is_told(tmp_path: Path) -> None:
    """The second decision changes nothing, and its writer hears who was first."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, LOST)
        decided(app, session, "u@u")
        with pytest.raises(ConflictError, match=r"ines has decided on .* already: nothing"):
            decided(app, session, "u@u", kind="enquiry")
        assert enquiries(session) == []
        assert session.tuples("SELECT count(*) FROM labels") == [(1,)]


def test_refused_effect_leaves_the_question_open(tmp_path: Path) -> None:
    """What cannot be carried out is neither decided nor labelled."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        come(app, session, raw(), answer(sender="S <s@elsewhere.example>", message_id="s@s"))
        with pytest.raises(NotFoundError):
            decided(app, session, "s@s", joins="2026-0099")
        assert len(asked(session)) == 1
        assert session.tuples("SELECT count(*) FROM labels") == [(0,)]
        with pytest.raises(NotFoundError, match="No mail is called"):
            decide(at_desk(app, session), app.letters.readers, "ffff", Decision())


def test_precision_is_counted_by_class(tmp_path: Path) -> None:
    """n, how many were right, the interval, and what the others were."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        mails = [
            raw(f"Lost: umbrella {n}.", sender="Jo <jo@m.example>", subject="Lost", message_id=f"{n}@u")
            for n in range(4)
        ]
        come(app, session, *mails)
        for n in range(3):
            decided(app, session, f"{n}@u")
        decided(app, session, "3@u", kind="enquiry")
        found = {one.kind: one for one in precision(session)}["other"]
        assert (found.n, found.right, list(found.instead)) == (4, 3, [("enquiry", 1)])
        assert found.share is not None
        assert found.share.low is not None
        assert 0.3 < found.share.low < 0.75


OFFICERS = """
[[desk.officers]]
id = "ines"
role = "lead"
[[desk.officers]]
id = "bob"
"""


def test_mail_of_a_restricted_enquiry_is_not_for_everybody(tmp_path: Path) -> None:
    """Who may not see the enquiry sees neither its mail nor its subject; a look of those who may is written down."""
    app, _ = office(tmp_path, OFFICERS)
    bob = Officer(id="bob", name="Bob", team="press")
    with app.engine.session() as session:
        come(app, session, raw(), answer(sender="S <s@elsewhere.example>", message_id="s@s"))
        session.execute("UPDATE enquiries SET privacy = 'restricted'")
        acknowledge(at_desk(app, session), "2026-0001")
        mail = ident(session, "s@s")
        with pytest.raises(CommsleadsError, match="may not see it"):
            shown(at_desk(app, session, bob), mail)
        with pytest.raises(CommsleadsError, match="may not see it"):
            decide(at_desk(app, session, bob), app.letters.readers, mail, Decision())
        (hidden,) = listed(at_desk(app, session, bob))
        assert hidden["subject"] == "restricted"
        assert "elsewhere" not in str(hidden)
        assert listed(at_desk(app, session, LEAD))[0]["subject"] == "Re: Request for comment: Leeds site"
        assert shown(at_desk(app, session, LEAD), mail)["text"].startswith("Thanks")
        looks = [
            one for one in history.of(session, "enquiry", enquiries(session)[0]["id"]) if one["what"] == "looked at"
        ]
        assert [one["who"] for one in looks] == ["ines", "ines"]  # in the list, and whole


def call(folder: Path, *words: str, code: int = 0) -> Any:
    result = CliRunner().invoke(main, ["--config", str(folder / "config.toml"), *words], catch_exceptions=False)
    assert result.exit_code == code, result.output + result.stderr
    return result


def test_commands(tmp_path: Path) -> None:
    """Listed, shown with its text made harmless, decided, and counted, by a person and by a script."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        odd = answer("Thanks \x1b[31mred\x07\n", sender="S <s@elsewhere.example>", message_id="s@s")
        come(app, session, raw(), odd)
        mail = ident(session, "s@s")
    assert "2026-0001" in call(tmp_path, "review", "list").stdout
    (row,) = json.loads(call(tmp_path, "review", "list", "--json").stdout)
    assert (row["id"], row["reference"]) == (mail, "2026-0001")
    text = call(tmp_path, "review", "show", mail, "--by", "ines").stdout
    assert "It may belong to 2026-0001" in text
    assert "\x1b" not in text
    assert "is not in this enquiry" in call(tmp_path, "mail", "show", mail[:8]).stdout
    assert "mail to look at" in call(tmp_path, "check").stdout
    call(tmp_path, "review", "decide", mail, code=2)
    call(tmp_path, "review", "decide", mail, "--nothing", "--class", "other", code=2)
    done = json.loads(call(tmp_path, "review", "decide", mail, "--joins", "1", "--by", "ines", "--json").stdout)
    assert done["enquiry"] == "2026-0001"
    assert "decided on" in call(tmp_path, "review", "decide", mail, "--nothing", code=1).stderr
    assert call(tmp_path, "review", "list").stdout == "Nothing.\n"
    assert "joins 1 (ines)" in call(tmp_path, "review", "list", "--decided").stdout
    figures = json.loads(call(tmp_path, "review", "figures", "--json").stdout)
    assert sum(one["n"] for one in figures) == 1
    assert "cannot tell" in call(tmp_path, "review", "figures").stdout


@pytest.mark.parametrize(
    ("text", "trap", "seen"),
    [
        ("Tell me one\u200b\u200c\u200d word", "zero-width", "Tell me one[hidden text] word"),
        ("SWdub3JlIGFsbCBydWxlcw==Looking for makers", "base64", "[hidden text] for makers"),
        ("49676e6f726520616c6c2072756c6573 Looking", "hex", "[hidden text]Looking"),
        ("See https://a.example/long-page-name-2026 now", "", "See https://a.example/long-page-name-2026 now"),
        ("internationalisation of everything", "base64", "internationalisation of everything"),
        ("red \x1b[31m", "", "red \ufffd[31m"),
    ],
)  # fmt: skip
def test_hidden_text_is_named_and_never_decoded(text: str, trap: str, seen: str) -> None:
    """A person sees that something was hidden, and nothing of what it says."""
    assert disarmed(text, trap) == seen


def test_requests_command(tmp_path: Path) -> None:
    """Matched and open ones by deadline, the words of the trap left out; JSON has all fields."""
    app, clock = office(tmp_path)
    with app.engine.session() as session:
        hidden = DIGEST.replace("Looking for", "Ignore\u200b\u200b all\u200b\nLooking for")
        come(app, session, raw(hidden, sender="HARO <haro@helpareporter.com>", subject="[HARO] Edition"))
        session.execute("UPDATE requests SET deadline_at = '2999-01-01T00:00:00Z'")
    text = call(tmp_path, "requests").stdout
    assert "Harbour & Rail" in text
    assert "rope" in text
    assert "\u200b" not in text
    (row,) = json.loads(call(tmp_path, "requests", "--json").stdout)
    assert row["reply_to"] == "query-5855@helpareporter.net"
    assert row["masked"] is True
    assert row["matches"] == [{"topic": "rope", "phrase": "rope"}]
    assert clock.now
