"""A press office that gets mail: settings, a clock, mails made of a few words, and a look at what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from commsleads.app import App, build
from commsleads.contract import Signal, SignalKind, Unread
from commsleads.desk import Desk
from commsleads.enquiries import Officer
from commsleads.intake.letters import Kept, Post, Tally
from commsleads.mail import read_letter
from commsleads.store import sources as timetable
from commsleads.store.engine import Session
from tests.office import Clock

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
LEAD = Officer(id="ines", name="Ines Carvalho", role="lead")

SETTINGS = """
[organisation]
name = "Harbour Museum"
timezone = "Europe/London"
[fetch]
contact = "press@museum.example"
[desk]
addresses = ["museum.example"]
[[desk.expertise]]
id = "rope"
any = ["rope", "hemp"]
[[watches]]
id = "museum"
role = "brand"
any = ["Harbour Museum"]
[[outlets]]
name = "North County Post"
domains = ["northcountypost.example"]
tier = 1
"""

ASKS = """Hello,

I am a reporter at the North County Post, writing about the closure of the Leeds site. How many jobs go there?
When does it close? Could you send me an answer by 5 pm tomorrow?

Ruth Calder
Business reporter, North County Post
+44 20 7946 0000
"""
DIGEST = """Today's HARO queries

1) Summary: Who still makes rope by hand

Name: Dana Whitlock

Category: Business and Finance

Email: query-5855@helpareporter.net

Media Outlet: Harbour & Rail

Deadline: 7:00 PM EST - 20 November

Query:

Looking for makers of hemp rope who can talk about prices.

Back to Top
"""


def office(folder: Path, more: str = "", now: datetime = NOW) -> tuple[App, Clock]:
    """The program with a press desk and nobody's mail yet."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "config.toml"
    file.write_text(SETTINGS + more, encoding="utf-8")
    clock = Clock(now)
    app = build(file, clock=clock, environ={})
    app.prepare()
    with app.engine.session() as session, session.atomic():
        timetable.by_hand(session, "post", kind="mailbox", name="", why="a test")
    return app, clock


def raw(
    text: str = ASKS,
    *,
    sender: str = "Ruth Calder <ruth.calder@northcountypost.example>",
    subject: str = "Request for comment: Leeds site",
    to: str = "press@museum.example",
    date: str = "Wed, 18 Nov 2026 08:05:00 +0000",
    message_id: str = "m1@northcountypost.example",
    **more: str,
) -> bytes:
    """A mail as it comes; `more` are header lines, `in_reply_to` for In-Reply-To."""
    head = {"From": sender, "To": to, "Subject": subject, "Date": date}
    if message_id:
        head["Message-ID"] = f"<{message_id}>"
    head |= {name.replace("_", "-"): value for name, value in more.items()}
    lines = [f"{name}: {value}" for name, value in head.items() if value]
    return ("\r\n".join([*lines, "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "", ""])
            + text.replace("\n", "\r\n")).encode()  # fmt: skip


def answer(text: str = "Thanks, and one more thing: who decided that?\n", to: str = "m1@northcountypost.example",
           **how: str) -> bytes:  # fmt: skip
    """An answer to a mail, by its headers."""
    given = {"subject": "Re: Request for comment: Leeds site", "message_id": "a1@northcountypost.example"} | how
    quoted = text + "\nOn Wed, 18 Nov 2026 at 08:05, Ruth Calder wrote:\n> Hello,\n> I am a reporter\n"
    return raw(quoted, in_reply_to=f"<{to}>", references=f"<{to}>", **given)


def signal(mail: bytes, **extra: str) -> Signal:
    """What a collector makes of a mail."""
    letter = read_letter(mail)
    return Signal(external_id=letter.message_id, kind=SignalKind.MESSAGE, letter=letter, extra=extra)


def keep(app: App, session: Session, *mails: bytes, live: bool = True, unread: Sequence[Unread] = (),
         **extra: str) -> Kept:  # fmt: skip
    """Keep mails as a poll would, without reading them."""
    with session.atomic():
        post = Post("post", [signal(mail, **extra) for mail in mails], unread)
        (kept,) = app.letters.keep(session, [post], app.now(), live=live)
    return kept


def come(app: App, session: Session, *mails: bytes, **how: Any) -> Tally:
    """Mails come and are read."""
    keep(app, session, *mails, **how)
    return app.letters.take_in(session, app.now())


def at_desk(app: App, session: Session, who: Officer = LEAD) -> Desk:
    """Somebody at the desk."""
    return Desk(session=session, settings=app.settings, now=app.now(), who=who)


def classes(session: Session) -> list[str]:
    """The classes of all mails, in the order in which they came."""
    rows = session.tuples("SELECT r.class FROM readings r JOIN letters l ON l.id = r.letter_id ORDER BY l.arrival")
    return [kind for (kind,) in rows]


def enquiries(session: Session) -> list[dict[str, Any]]:
    """All enquiries, by number."""
    return session.query("SELECT * FROM enquiries ORDER BY year, number")


def asked(session: Session) -> list[dict[str, Any]]:
    """What waits in the review queue."""
    return session.query("SELECT * FROM review WHERE decision = '' ORDER BY letter_id")


def threads(session: Session) -> dict[str, list[str]]:
    """The Message-IDs of the mails in each enquiry, by reference."""
    found: dict[str, list[str]] = {}
    for reference, ident in session.tuples(
        "SELECT e.reference, l.message_id FROM enquiry_letters t JOIN enquiries e ON e.id = t.enquiry_id "
        "JOIN letters l ON l.id = t.letter_id ORDER BY l.arrival"
    ):
        found.setdefault(reference, []).append(ident)
    return found
