"""The demo's people with coverage and alerts: each act of `reading.toml`, through the function of its command."""

from __future__ import annotations

from commsleads.alerts import judging, looking
from commsleads.app import App
from commsleads.coverage import coding, removing
from commsleads.coverage.adding import Found, summarise
from commsleads.demo.officers import Officers
from commsleads.demo.pressoffice import Act
from commsleads.errors import CommsleadsError
from commsleads.intake.entered import enter
from commsleads.store.desk.covered import signal
from commsleads.store.engine import Session


class Readers:
    """Those who read what was written. `people` know which mail is which enquiry, and where a story stands."""

    def __init__(self, app: App, people: Officers) -> None:
        self._app = app
        self._people = people

    def do(self, session: Session, act: Act) -> None:
        """Do one thing. Whatever the program says against it is a mistake of `reading.toml` and ends the demo."""
        DOES[act.does](self, session, act)

    def tone(self, session: Session, act: Act) -> None:
        """Say how a story speaks of us."""
        watches = self._app.settings.watches
        story, tone = self._people.room.address(act.about), act.given["tone"]
        coding.set_tone(session, story, tone, watches=watches, who=act.by, now=act.when)

    def message(self, session: Session, act: Act) -> None:
        """Say how rightly a story tells a key message."""
        coding.set_message(
            session,
            self._people.room.address(act.about),
            act.given["message"],
            campaigns=self._app.campaigns(session),
            given={"accuracy": str(act.given["accuracy"])},
            who=act.by,
            now=act.when,
        )

    def note(self, session: Session, act: Act) -> None:
        """Say in a sentence what a story says."""
        story = signal(session, self._people.room.address(act.about))["story_id"]
        summarise(session, story, act.given["text"], who=act.by, now=act.when)

    def remove(self, session: Session, act: Act) -> None:
        """Take out what is no coverage."""
        removing.remove(
            session,
            self._people.room.address(act.about),
            why=act.given["why"],
            who=act.by,
            now=act.when,
            watches=self._declared(),
        )

    def find(self, session: Session, act: Act) -> None:
        """Enter what no feed had."""
        said = dict(act.given)
        enter(
            session,
            self._app.intake(session),
            Found(on=said.pop("day"), watches=tuple(said.pop("watches")), **said),
            who=act.by,
            now=act.when,
            zone=self._app.settings.organisation.zone,
            watches=self._declared(),
        )

    def vote(self, session: Session, act: Act) -> None:
        """Say whether an alert was worth it."""
        wanted = (act.given["kind"], self._subject(session, act.about))
        found = [
            one["id"]
            for one in looking.listed(session, act.when, only_open=False)
            if (one["kind"], one["subject"]) == wanted
        ]
        if not found:
            raise CommsleadsError(f"Nobody was told “{wanted[0]}” of {act.about}, so {act.by} cannot judge it.")
        judging.vote(session, found[0], voter=act.by, useful=act.given["useful"], now=act.when)

    def _subject(self, session: Session, about: str) -> str:
        """The id of what an alert is about: a story's, an enquiry's, or the word itself for a source or a watch."""
        if about in self._people.room.stories:
            return str(signal(session, self._people.room.address(about))["story_id"])
        return self._people.enquiry(session, about) if self._people.knows(about) else about

    def _declared(self) -> list[str]:
        return [watch.id for watch in self._app.settings.watches]


DOES = {
    "tone": Readers.tone,
    "message": Readers.message,
    "note": Readers.note,
    "remove": Readers.remove,
    "find": Readers.find,
    "vote": Readers.vote,
}
"""What each word does, by the function of the command."""
