"""Editions on their way to people: each mail claimed by a row before it leaves, and what came of it noted after.

A delivery is claimed before the message leaves. When a run dies in between, or the server goes silent after it was
handed over, nobody knows whether it arrived: it stays `sending`, is shown in the digest, and is not sent again by
itself. What was certainly not sent is tried again, later and later (`deliveries.AGAIN`), and then told to a person.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from commsleads.app import App
from commsleads.errors import CommsleadsError, ReportError
from commsleads.runs import lives, this_run
from commsleads.store import deliveries, reports, stops
from commsleads.telling import Stopping, addressed, never, tell_one

if TYPE_CHECKING:
    from commsleads.contract import Period
    from commsleads.delivery.message import Letters
    from commsleads.delivery.post import Post
    from commsleads.plan import ReportPlan
    from commsleads.store.engine import Row, Session

log = logging.getLogger(__name__)


def deliver(app: App, stopping: Stopping) -> int:
    """Mail written reports to those they are for, one message each; how many were sent."""
    smtp = app.settings.smtp
    if smtp is None:
        return 0
    with app.engine.session() as session:
        waiting = deliveries.due(session, app.now())
        if not waiting:
            return 0
        try:
            password = app.secret(smtp.password_secret) if smtp.password_secret else ""
        except CommsleadsError as error:  # nobody gets anything before it is there: that must not be a matter of logs
            deliveries.unreachable(session, waiting, app.now(), str(error))
            log.warning("%s", error)
            return 0
        from commsleads.delivery.post import Post

        with Post(smtp, password) as post:
            return _Round(app, session, post, stopping).run(waiting)


class _Round:
    """One run over what waits, on one connection."""

    def __init__(self, app: App, session: Session, post: Post, stopping: Stopping) -> None:
        from commsleads.store.keys import signing_key

        self.app, self.session, self.post, self.stopping = app, session, post, stopping
        self.key = signing_key(session)
        self.sent = 0

    def run(self, waiting: Sequence[Row]) -> int:
        """Send what waits, edition by edition; how many went out."""
        from commsleads.delivery.post import ServerError

        left = list(waiting)
        for (name, period), rows in groupby(waiting, key=lambda row: (row["name"], row["period"])):
            letters = self._letters(name, period)
            for row in rows:
                if self.stopping():
                    return self.sent
                left.pop(0)
                try:
                    self._one(letters, row)
                except ServerError as error:
                    log.warning("%s", error)
                    deliveries.unreachable(self.session, left, self.app.now(), str(error))
                    return self.sent
        return self.sent

    def _letters(self, name: str, period: str) -> Letters | None:
        from commsleads.delivery.message import Edition, Letters

        smtp, document = self.app.settings.smtp, reports.document(self.session, name, period)
        if smtp is None or document is None:
            return None
        base = self.app.settings.web.base
        return Letters(
            Edition(document=document, name=name, period=period, sender=smtp.sender, base=base, key=self.key)
        )

    def _one(self, letters: Letters | None, row: Row) -> None:
        """One delivery, from its claim to what came of it. Raises `ServerError` when no other will fare better."""
        from commsleads.delivery.post import DoubtError, NoRecipientError, ServerError
        from commsleads.store.tickets import ticket

        session, now = self.session, self.app.now()
        if letters is None:
            return
        if stops.in_force(session, row["recipient"], row["name"]):
            deliveries.ended(session, row, "stopped", now)
            return
        try:
            word = ticket(self.key, row["recipient"], row["name"])
            message = letters.letter(row["recipient"], row["audience"], word, now, turn=row["turn"])
        except ReportError as error:  # no address: another try is of no use before the settings are mended
            log.warning("%s", error)
            deliveries.ended(session, row, "over", now, str(error))
            return
        if not deliveries.sending(session, row, now, run=this_run(), message_id=message.message_id):
            return  # another run is at it
        try:
            self.post.send(message)
        except DoubtError as error:
            log.warning("%s", error)
            deliveries.doubted(session, row, str(error))
        except NoRecipientError as error:
            log.warning("%s", error)
            deliveries.ended(session, row, "over", self.app.now(), str(error))
        except ReportError as error:
            deliveries.failed(session, row, self.app.now(), str(error))
            if isinstance(error, ServerError):
                raise
            log.warning("%s", error)
        else:
            deliveries.ended(session, row, "sent", self.app.now())
            self.sent += 1


def send_report(app: App, name: str, period: Period) -> list[Row]:
    """Tell a report because a person asks, and mail it to those it is for; the state of each delivery.

    What was told or sent before is not told or sent again: a delivery goes out once, whoever asks. What was given up
    is tried again.
    """
    plan = _plan(app, name)
    if period.end > app.now():
        raise ReportError(f"{period.label} is not over yet: what is sent cannot be taken back. Ask again afterwards.")
    tell_one(app, plan, period)
    with app.engine.session() as session:
        if reports.document(session, name, period.label):
            deliveries.address(session, name, period.label, addressed(plan), app.now())
            deliveries.revive(session, name, period.label, app.now())
    deliver(app, never)
    with app.engine.session() as session:
        return deliveries.of(session, name, period.label)


def send_again(app: App, name: str, period: Period, *, to: Sequence[str] = (), who: str) -> list[Row]:
    """Mail an edition once more, to everybody it is for or to these only, because a person says so; each new delivery.

    It is the edition as it was told. Who wants no more gets none, whoever says so.
    """
    plan = _plan(app, name)
    audiences = {stops.bare(one): audience for one, audience in addressed(plan).items()}
    people = {one: audiences.get(stops.bare(one), "team") for one in to} if to else addressed(plan)
    with app.engine.session() as session:
        if not reports.document(session, name, period.label):
            raise ReportError(
                f"The report {name} for {period.label} was never told, so there is nothing to send again. "
                f"Send it: commsleads report {name} --period {period.label} --send"
            )
        before = {(row["recipient"], row["turn"]) for row in deliveries.of(session, name, period.label)}
        with session.atomic():
            deliveries.once_more(session, name, period.label, people, app.now(), who=who)
    deliver(app, never)
    with app.engine.session() as session:
        rows = deliveries.of(session, name, period.label)
    return [row for row in rows if (row["recipient"], row["turn"]) not in before]


def settle(app: App, name: str, period: str, recipient: str, *, arrived: bool, who: str) -> list[Mapping[str, Any]]:
    """Decide about deliveries in doubt, of one edition and one recipient; those that were decided."""
    with app.engine.session() as session, session.atomic():
        wanted = [
            row
            for row in deliveries.doubtful(session, app.now(), lives)
            if (row["name"], row["period"], stops.bare(row["recipient"])) == (name, period, stops.bare(recipient))
        ]
        return [row for row in wanted if deliveries.settle(session, row, app.now(), arrived=arrived, who=who)]


def _plan(app: App, name: str) -> ReportPlan:
    plan = next((plan for plan in app.settings.reports if plan.name == name), None)
    if plan is None or not addressed(plan) or app.settings.smtp is None:
        raise ReportError(
            f'Nobody gets the report "{name}": it needs [[reports]] with `to`, and [smtp], in the settings.'
        )
    return plan
