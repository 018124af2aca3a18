"""The demo's people at work: each act of `press.toml` through the function that its command calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from commsleads.app import App
from commsleads.demo.newsroom import Newsroom
from commsleads.demo.pressoffice import Act, Mail, PressOffice
from commsleads.desk import Call, Desk, answering, covering, ending, hearing, library, log, signing, work
from commsleads.desk.answering import Answer
from commsleads.errors import CommsleadsError
from commsleads.store.desk import enquiries
from commsleads.store.engine import Session

KEY = "demo-"


class Officers:
    """The people of the press office, with all they know: which mail or call is which enquiry, where a story stands."""

    def __init__(self, app: App, room: Newsroom, office: PressOffice) -> None:
        self.room = room
        self.office = office
        self._app = app
        self._mails = {mail.key: mail for mail in office.mails}
        self._calls = {call.key: call for call in office.calls}
        self._known: dict[str, str] = {}

    def do(self, session: Session, act: Act) -> None:
        """Do one thing. Whatever the desk says against it is a mistake of `press.toml` and ends the demo."""
        desk = self.desk(session, act.when, act.by)
        if act.does == "log":
            self._known[act.about] = self._log(desk, act)
            return
        if act.does == "write line":
            library.add(desk, act.given["id"], act.given["text"], topic=act.given["topic"])
        elif act.does == "approve line":
            library.approve(desk, act.given["id"])
        else:
            WORK[act.does](desk, self.enquiry(session, act.about), self._meant(session, act.given))

    def desk(self, session: Session, now: datetime, who: str) -> Desk:
        """The desk, with one of its people at it."""
        empty = Desk(session=session, settings=self._app.settings, now=now)
        return replace(empty, who=empty.officer(who))

    def reference(self, session: Session, key: str) -> str:
        """How people call the enquiry that a mail or a call became."""
        row = enquiries.by_id(session, self.enquiry(session, key))
        return str(row["reference"]) if row else ""

    def enquiry(self, session: Session, key: str) -> str:
        """The id of the enquiry that a mail or a call became."""
        if key not in self._known:
            self._known[key] = _logged_from(session, self._mails[key])
        return self._known[key]

    def knows(self, key: str) -> bool:
        """Whether this is the key of a mail or a call."""
        return key in self._mails or key in self._calls

    def _log(self, desk: Desk, act: Act) -> str:
        """What a person types while the telephone is still warm."""
        call = self._calls[act.about]
        heard = hearing.line(desk, call.line, received=desk.now, zone=desk.zone)
        return log(
            desk,
            Call(
                subject=heard.subject,
                journalists=(heard.person,),
                outlet=heard.person.outlet,
                deadline=heard.deadline,
                deadline_text=heard.deadline_text,
                received_at=desk.now,
                questions=heard.questions or (heard.subject,),
                key=f"{KEY}{call.key}",
                request_type=call.request_type,
                stance=call.stance,
                level=call.level,
                privacy=call.privacy,
                owner=call.owner,
            ),
        )

    def _meant(self, session: Session, given: Mapping[str, Any]) -> dict[str, Any]:
        """What comes with an act: a story as its address, another enquiry as its reference."""
        meant = dict(given)
        if "story" in meant:
            meant["story"] = self.room.address(meant["story"], meant.pop("in"))
        if isinstance(meant.get("of"), str) and self.knows(meant["of"]):
            meant["of"] = self.enquiry(session, meant["of"])
        return meant


def _logged_from(session: Session, mail: Mail) -> str:
    rows = session.query(
        "SELECT e.id FROM enquiries e JOIN letters l ON l.id = e.letter_id WHERE l.message_id = :message_id",
        message_id=mail.message_id,
    )
    if not rows:
        raise CommsleadsError(f"The mail “{mail.subject}” was not read as an enquiry, so the demo cannot go on.")
    return str(rows[0]["id"])


Work = Callable[[Desk, str, dict[str, Any]], Any]


def _respond(desk: Desk, ref: str, given: dict[str, Any]) -> int:
    said = {"method": "email", "terms": "on the record", **given}
    return answering.respond(desk, ref, Answer(**said))


def _set(desk: Desk, ref: str, given: dict[str, Any]) -> str:
    ties = {"campaign": [given.pop("campaign")]} if "campaign" in given else None
    return work.set_fields(desk, ref, given, ties=ties)


def _promise(desk: Desk, ref: str, given: dict[str, Any]) -> int:
    due: datetime = given["due"]
    return answering.promise(desk, ref, given["what"], due)


WORK: Mapping[str, Work] = {
    "acknowledge": lambda desk, ref, _: work.acknowledge(desk, ref),
    "assign": lambda desk, ref, given: work.assign(desk, ref, given["to"], note=given.get("note", "")),
    "research": lambda desk, ref, _: work.research(desk, ref),
    "set": _set,
    "ask expert": lambda desk, ref, given: work.ask_expert(desk, ref, given["expert"], wait=given.get("wait", False)),
    "expert answered": lambda desk, ref, given: work.expert_answered(desk, ref, given["number"], note=given["note"]),
    "draft": lambda desk, ref, given: answering.draft(desk, ref, given["text"]),
    "ask sign-off": lambda desk, ref, given: signing.ask_signoff(desk, ref, given["of"]),
    "approve": lambda desk, ref, _: signing.approve(desk, ref),
    "send back": lambda desk, ref, given: signing.send_back(desk, ref, given["comment"]),
    "waive": lambda desk, ref, given: signing.waive_signoff(desk, ref, given["reason"]),
    "respond": _respond,
    "monitor": lambda desk, ref, _: answering.monitor(desk, ref),
    "promise": _promise,
    "keep": lambda desk, ref, given: answering.kept(desk, ref, given["number"]),
    "interview": lambda desk, ref, given: answering.interview(desk, ref, **given),
    "confirm": lambda desk, ref, given: covering.confirm(desk, ref, given["story"], quote_used=given["quoted"]),
    "error": lambda desk, ref, given: covering.error(desk, ref, given["story"], given["what"]),
    "ask correction": lambda desk, ref, given: covering.correction(desk, ref, given["story"]),
    "close": lambda desk, ref, given: ending.close(desk, ref, **given),
    "withdraw": lambda desk, ref, given: ending.withdraw(desk, ref, reason=given["reason"]),
    "duplicate": lambda desk, ref, given: ending.duplicate(desk, ref, given["of"]),
    "redirect": lambda desk, ref, given: ending.redirect(desk, ref, given["to"]),
}
"""What each word of `press.toml` does, by the function of the command."""
