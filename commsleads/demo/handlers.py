"""The demo's people at work on leads: each act of `leads.toml` through the function that its command calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from commsleads import jobs
from commsleads.app import App
from commsleads.config import aims
from commsleads.demo.handing import CRITERIA
from commsleads.demo.pressoffice import Act
from commsleads.desk import Desk
from commsleads.intake.touches import noted_by_hand
from commsleads.leads import agreeing, aiming, answering, joining, noting, working
from commsleads.leads.noting import Talk
from commsleads.leads.record import Work
from commsleads.leads.retelling import retell
from commsleads.store.desk.people import Person
from commsleads.store.engine import Session

EVERYBODY = 10**9
"""Leads told anew when criteria are switched on: all of them."""


class Handlers:
    """The people of the press office with their leads. `folder` holds the criteria."""

    def __init__(self, app: App, folder: Path) -> None:
        self._app = app
        self._folder = folder

    def do(self, session: Session, act: Act) -> None:
        """Do one thing. Whatever the program says against it is a mistake of `leads.toml` and ends the demo."""
        jobs.qualify(self._app, jobs.never)  # whoever acts has looked first
        settings = self._app.settings
        who = Desk(session=session, settings=settings, now=act.when).officer(act.by)
        work = Work(session=session, settings=settings, now=act.when, who=who)
        if act.does == "criteria":
            self._agree(work, act)
        elif act.does == "goal":
            self._aim(work, act)
        elif act.does == "touch":
            _note(work, dict(act.given))
        else:
            WORK[act.does](work, act.about, act.given)

    def _agree(self, work: Work, act: Act) -> None:
        """Somebody edits the file of criteria and switches it on."""
        path = self._folder / CRITERIA
        path.write_text(act.given["text"], encoding="utf-8")
        agreeing.ensure(work.session, work.settings, work.now)
        agreeing.switch_on(work.session, work.settings, path, by=work.who.id, now=work.now, why=act.given["why"])
        retell(work.session, work.terms(), work.now, most=EVERYBODY)

    def _aim(self, work: Work, act: Act) -> None:
        stages = [stage.id for stage in work.terms()[-1].criteria.stages]
        known = {one.id for one in self._app.campaigns(work.session)}
        plan = aims.goal(act.given, work.settings, campaigns=known, stages=stages)
        owned = {one.id for one in work.settings.goals}
        aiming.set_goal(work.session, plan, owned=owned, now=work.now, by=work.who.id)


def _note(work: Work, given: dict[str, Any]) -> None:
    """Somebody tells of a call or a talk; what follows from it is told at once."""
    person = Person(**{name: given.pop(name, "") for name in ("name", "outlet", "email")})
    with work.session.atomic():
        made = noting.touch(work, Talk(person=person, at=work.now, **given))
        noted_by_hand(work.session, work.settings, work.now)
        retell(work.session, work.terms(), work.now, [made.contact])


WORK: Mapping[str, Callable[[Work, str, Mapping[str, Any]], Any]] = {
    "accept": lambda work, who, given: answering.accept(work, who, **given),
    "reject": lambda work, who, given: answering.reject(work, who, **given),
    "recycle": lambda work, who, given: answering.recycle(work, who, **given),
    "close": lambda work, who, given: answering.close(work, who, **given),
    "assign": lambda work, who, given: working.assign(work, who, given["to"], words=given["words"]),
    "merge": lambda work, who, given: joining.merge(work, who, given["with"], why=given["why"]),
    "unmerge": lambda work, who, given: joining.unmerge(work, who, given["with"], why=given["why"]),
}
"""What each word of `leads.toml` does, by the function of the command."""
