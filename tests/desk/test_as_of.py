"""A record as it stood on a day is what was shown on that day, whatever was done since."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.desk import answering, covering, ending, library, signing, work
from commsleads.desk.answering import Answer
from commsleads.desk.looking import as_of, show
from commsleads.desk.upkeep import lapse
from commsleads.errors import CommsleadsError
from commsleads.letters import Deadline
from commsleads.rules.desk.errors import DeskError
from commsleads.store import open_engine
from commsleads.store.desk.people import Person
from tests.desk.press import Press, office

Act = Callable[[Press, str], Any]
ACTS: dict[str, Act] = {
    "acknowledge": lambda p, r: work.acknowledge(p.desk(), r),
    "assign": lambda p, r: work.assign(p.desk(), r, "ben", note="yours"),
    "hand over": lambda p, r: work.assign(p.desk(), r, "cem"),
    "research": lambda p, r: work.research(p.desk("ben"), r),
    "set": lambda p, r: work.set_fields(p.desk(), r, {"stance": "neutral", "lessons": "call earlier"}),
    "tie": lambda p, r: work.set_fields(p.desk(), r, {}, ties={"issue": ["jobs"], "campaign": []}),
    "untie": lambda p, r: work.set_fields(p.desk(), r, {}, ties={"issue": []}),
    "outlet": lambda p, r: work.set_fields(p.desk(), r, {"outlet": "Evening Star"}),
    "no deadline": lambda p, r: work.set_fields(p.desk(), r, {}, deadline=(None, "")),
    "deadline": lambda p, r: work.set_fields(
        p.desk(), r, {}, deadline=(Deadline(p.now + timedelta(hours=1), "in an hour"), "in an hour")
    ),
    "journalist": lambda p, r: work.add_journalist(p.desk(), r, Person(name="Lee Park", email="lee@ncp.example")),
    "question": lambda p, r: work.add_question(p.desk(), r, "And when?"),
    "part": lambda p, r: work.answer_question(p.desk(), r, 1, "Some."),
    "wait": lambda p, r: work.hold(p.desk(), r, "journalist"),
    "go on": lambda p, r: work.release(p.desk(), r),
    "expert": lambda p, r: work.ask_expert(p.desk(), r, "Dr Vale", wait=True),
    "expert said": lambda p, r: work.expert_answered(p.desk(), r, 1, note="150"),
    "draft": lambda p, r: answering.draft(p.desk("ben"), r, "About 150 posts."),
    "line": lambda p, r: answering.draft(p.desk("ben"), r, line="leeds"),
    "ask": lambda p, r: signing.ask_signoff(p.desk("ben"), r, "cem"),
    "ask ada": lambda p, r: signing.ask_signoff(p.desk("ben"), r, "ada"),
    "approve": lambda p, r: signing.approve(p.desk("cem"), r),
    "send back": lambda p, r: signing.send_back(p.desk("cem"), r, "no"),
    "waive": lambda p, r: signing.waive_signoff(p.desk(), r, "late"),
    "respond": lambda p, r: answering.respond(p.desk("ben"), r, Answer(method="phone", terms="background")),
    "respond by line": lambda p, r: answering.respond(
        p.desk("ben"), r, Answer(line="leeds", method="phone", terms="background")
    ),
    "monitor": lambda p, r: answering.monitor(p.desk(), r),
    "promise": lambda p, r: answering.promise(p.desk(), r, "call", p.now),
    "kept": lambda p, r: answering.kept(p.desk(), r, 1),
    "interview": lambda p, r: answering.interview(p.desk(), r, "Dr Vale"),
    "suggest": lambda p, r: covering.suggest(p.desk("commsleads"), r, "s1", permille=500, reasons=["same outlet"]),
    "confirm": lambda p, r: covering.confirm(p.desk(), r, "s1", quote_used=True),
    "refuse": lambda p, r: covering.refuse(p.desk(), r, "s1"),
    "error": lambda p, r: covering.error(p.desk(), r, "s1", "wrong"),
    "close": lambda p, r: ending.close(p.desk(), r, outcome="unknown", reason="enough"),
    "reopen": lambda p, r: ending.reopen(p.desk(), r, reason="more"),
    "withdraw": lambda p, r: ending.withdraw(p.desk(), r),
    "redirect": lambda p, r: ending.redirect(p.desk(), r, "customer line"),
    "duplicate": lambda p, r: ending.duplicate(p.desk(), r, "1"),
    "decline": lambda p, r: ending.decline(p.desk(), r, "courts", told=True),
    "lapse": lambda p, r: lapse(p.desk("commsleads")),
}


@given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 90)), max_size=40))
def test_as_of_is_what_was_shown(empty: Path, acts: list[tuple[str, int]]) -> None:
    """After any sequence of acts, some of them refused, each past moment can be shown as it was."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(empty, Path(folder) / "commsleads.db")
        with office(open_engine(str(Path(folder) / "commsleads.db")), Path(folder)) as press:
            press.story("s1")
            library.add(press.desk("ben"), "leeds", "More in March.")
            library.approve(press.desk("cem"), "leeds")
            press.call()
            ref = press.call(owner="ben", deadline=Deadline(press.now + timedelta(hours=2), "in two hours"))
            seen = []
            for name, minutes in acts:
                with contextlib.suppress(CommsleadsError):
                    ACTS[name](press, ref)
                told = show(press.desk("commsleads"), ref)
                told.pop("waits_for")
                told.pop("journalists")
                seen.append((press.now, told))
                press.move(minutes=minutes, seconds=1)
            for at, told in seen:
                then = as_of(press.desk("commsleads"), ref, at)
                then.pop("journalists")
                assert then == told


def test_before_it_was_logged_there_is_nothing(press: Press) -> None:
    """The day before, no record: said in words."""
    ref = press.call()
    with pytest.raises(DeskError, match="was not in the log then"):
        as_of(press.desk(), ref, press.now - timedelta(days=1))
