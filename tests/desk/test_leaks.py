"""A restricted enquiry, and every way in which somebody whom it does not concern may look for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from commsleads.app import App
from commsleads.cli import main
from commsleads.desk import Call, answering, log, signing
from commsleads.desk.answering import Answer
from commsleads.enquiries import Officer
from commsleads.store.engine import Session
from tests.intake.postroom import answer, at_desk, come, office, raw

OFFICERS = """
[[desk.officers]]
id = "ines"
role = "lead"
email = "ines@museum.example"
[[desk.officers]]
id = "bob"
[[desk.officers]]
id = "amy"
[[reports]]
name = "enquiries"
every = "week"
on = "monday"
at = "07:00"
[[reports]]
name = "weekly"
every = "week"
on = "monday"
at = "07:00"
"""
SECRETS = ("zebra", "quagga", "quill", "quibble")
"""Who asks, for whom, what, and what we said."""
MAIL = """I am a reporter at the Quill Gazette. How many jobs go because of the quagga affair, and when? Please answer
by 5 pm tomorrow, I am on deadline.

Zebra Quill
Reporter, Quill Gazette
+44 20 7946 0000
"""
ZEBRA = "Zebra Quill <zebra@quill.example>"
ASKED = (
    "enquiry list", "enquiry list --all", "enquiry list --journalist Quill", "enquiry list --outlet",
    "enquiry list --mine",
    "enquiry show 2026-0001", "enquiry history 2026-0001", "enquiry search quibble", "enquiry search jobs",
    "enquiry journalist Quill",
    "enquiry journalist zebra@quill.example", "enquiry coverage", "enquiry coverage 2026-0001",
    "enquiry sign-off 2026-0001",
    "enquiry sign-off 2026-0002", "review list", "review list --decided",
)  # fmt: skip


def told(folder: Path, words: str, who: str = "") -> str:
    """What a command says, errors and all."""
    args = words.split() + (["Quill Gazette"] if words.endswith("--outlet") else [])
    by = ["--by", who] if who else []
    result = CliRunner().invoke(main, ["--config", str(folder / "config.toml"), *args, *by])
    assert result.exception is None or isinstance(result.exception, SystemExit), (words, result.exception)
    return (result.output + result.stderr).casefold()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An answered enquiry of Zebra Quill's that is restricted to Ines, with mails, and another one of Bob's."""
    app, _ = office(tmp_path, OFFICERS)
    with app.engine.session() as session:
        come(app, session, raw(MAIL, sender=ZEBRA, subject="The quagga affair", message_id="m1@quill.example"))
        session.execute("UPDATE enquiries SET privacy = 'restricted', owner = 'ines'")
        mails(app, session)
        ines = at_desk(app, session)
        answering.draft(ines, "2026-0001", "A quibble: 150 jobs in 2027")
        signing.waive_signoff(ines, "2026-0001", "a quibble")
        answering.respond(ines, "2026-0001", Answer(method="phone", terms="background"))
        bob = at_desk(app, session, Officer(id="bob"))
        log(bob, Call(subject="Museum jobs", owner="bob"))
        answering.draft(bob, "2026-0002", "We cut 200 jobs in 2027")
    return tmp_path


def mails(app: App, session: Session) -> None:
    """A stranger's answer, and one that Zebra sends on by another way."""
    subject = "Re: The quagga affair"
    come(app, session, answer(to="m1@quill.example", sender="S <s@else.example>", subject=subject, message_id="s@s"))
    come(app, session, raw("Any news?", sender=ZEBRA, subject=subject, message_id="n@n"))


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("form", ["", " --json"])
def test_command_tells_nothing(folder: Path, asked: str, form: str) -> None:
    """Lists, searches and dossiers, for people and for programs."""
    said = told(folder, asked + form, "bob")
    assert [one for one in SECRETS if one in said] == []


@pytest.mark.parametrize("report", ["enquiries", "weekly"])
@pytest.mark.parametrize("form", ["text", "html", "md", "json", "csv"])
def test_report_tells_nothing(folder: Path, report: str, form: str) -> None:
    """A report goes to many: not even a lead's holds it."""
    said = told(folder, f"report {report} --period 2026-W47 --format {form}")
    assert [one for one in SECRETS if one in said] == []


def test_mails_tell_nothing(folder: Path) -> None:
    """Every mail of the enquiry, by its id; the lead sees them, and each look is in the history."""
    app, _ = office(folder, OFFICERS)
    with app.engine.session() as session:
        ids = [ident for (ident,) in session.tuples("SELECT id FROM letters")]
        before = len(session.tuples("SELECT 1 FROM history WHERE what = 'looked at'"))
    assert len(ids) == 3
    for ident in ids:
        for command in ("mail show", "review show"):
            said = told(folder, f"{command} {ident}", "bob")
            assert [one for one in SECRETS if one in said] == []
        assert "quagga" in told(folder, f"mail show {ident}", "ines")
    with app.engine.session() as session:
        assert len(session.tuples("SELECT 1 FROM history WHERE what = 'looked at'")) == before + len(ids)


def asked_for_more(folder: Path) -> None:
    """Zebra is a lead: what they asked tells where from and how they heard of us, in words of their own."""
    app, _ = office(folder, OFFICERS)
    with app.engine.session() as session:
        session.execute("UPDATE enquiries SET source_detail = 'by a zebu', heard_how = 'from a zorilla', "
                        "stance = 'neutral' WHERE reference = '2026-0001'")  # fmt: skip
    told(folder, "rebuild")


WORDS = ("zebu", "zorilla", "quagga", "quibble")
"""Where from, how they heard of us, what they asked, what we said. Who a lead is, is no secret of its enquiries."""


OF_LEADS = (
    "lead list", "lead list --on 2026-11-20", "lead due", "lead show zebra@quill.example",
    "lead history zebra@quill.example", "contact show zebra@quill.example",
)  # fmt: skip


@pytest.mark.parametrize("asked", OF_LEADS)
def test_a_lead_tells_nothing_of_it(folder: Path, asked: str) -> None:
    """Who may not see the enquiry finds none of its words in the lead that came of it."""
    asked_for_more(folder)
    assert "zebra" in told(folder, "lead list")
    for form in ("", " --json"):
        said = told(folder, asked + form, "bob")
        assert [one for one in WORDS if one in said] == []
    assert "zorilla" in told(folder, "lead show zebra@quill.example --json", "ines")


@pytest.mark.parametrize("form", ["csv", "json"])
def test_no_export_holds_it(folder: Path, form: str) -> None:
    """Nor do exports, which nobody says who they are to make."""
    asked_for_more(folder)
    for people in ("", " --with-people"):
        told(folder, f"lead export --out {folder}/leads.{form}{people}")
        said = (folder / f"leads.{form}").read_text(encoding="utf-8").casefold()
        assert ("zebra" in said) is bool(people)
        assert [one for one in WORDS if one in said] == []


def test_the_report_on_leads_tells_nothing(folder: Path) -> None:
    """It tells how leads say they heard of us, but for those who said so there."""
    asked_for_more(folder)
    for form in ("text", "html", "md", "json", "csv"):
        said = told(folder, f"report leads --period 2026-W47 --format {form}")
        assert [one for one in (*WORDS, "zebra") if one in said] == []


def test_lead_sees_it(folder: Path) -> None:
    """Otherwise the tests above would prove nothing."""
    said = json.dumps([told(folder, one, "ines") for one in ASKED])
    assert [one for one in SECRETS if one not in said] == []
