"""The page of the link in an alert: was it useful? It asks; only a button counts."""

from __future__ import annotations

from collections.abc import Mapping

from commsleads.alerts import judging
from commsleads.app import App
from commsleads.errors import NotFoundError
from commsleads.store import ballots
from commsleads.store.engine import Row, Session
from commsleads.web.asking import Said


class Useful:
    """Asks whether an alert was worth the interruption. The newest answer of a channel counts."""

    purpose = ballots.PURPOSE

    def ask(self, app: App, session: Session, payload: bytes) -> Said:  # noqa: ARG002 - every question is asked alike
        """Show the alert and ask."""
        found = _alert(session, payload)
        if found is None:
            return GONE
        row, _ = found
        return Said(
            "Was this alert useful?",
            (str(row["title"]), "Your answer counts in the precision that the digest tells. Nothing is counted yet."),
            (("yes", "Yes, useful"), ("no", "No, not useful")),
        )

    def act(self, app: App, session: Session, payload: bytes, form: Mapping[str, str]) -> Said:
        """Count the answer of a button; anything else asks again."""
        answer, found = form.get("answer", ""), _alert(session, payload)
        if found is None:
            return GONE
        if answer not in {"yes", "no"}:
            return self.ask(app, session, payload)
        row, channel = found
        judging.vote(session, str(row["id"]), voter=channel, useful=answer == "yes", now=app.now())
        return Said("Thank you", (str(row["title"]), f"Counted as {'useful' if answer == 'yes' else 'not useful'}."))


GONE = Said("This alert is not kept any more", ("There is nothing to answer.",), status=404)


def _alert(session: Session, payload: bytes) -> tuple[Row, str] | None:
    said = ballots.ballot_of(payload)
    if said is None:
        return None
    try:
        return judging.find(session, said.alert), f"channel {said.channel}"
    except NotFoundError:
        return None
