"""The page of the link at the foot of a mailed report: get this one no more, or none at all."""

from __future__ import annotations

from collections.abc import Mapping

from commsleads.app import App
from commsleads.store import stops, tickets
from commsleads.store.engine import Session
from commsleads.web.asking import Said


class Stopping:
    """Asks whether somebody wants a report no more."""

    purpose = tickets.PURPOSE

    def ask(self, app: App, session: Session, payload: bytes) -> Said:
        """Say what would stop, and offer it."""
        whose = tickets.holder(session, payload)
        if whose is None:
            return NOBODY
        if stopped := stops.in_force(session, whose.recipient, whose.name):
            return _done(app, whose, stopped["name"])
        by = app.settings.organisation.name or "us"
        return Said(
            f"No more of the {whose.name} report?",
            (f"It is mailed to {masked(whose.recipient)} by {by}.", "Nothing has been changed yet."),
            (("this", f"Stop the {whose.name} report"), ("all", "Stop all reports")),
        )

    def act(self, app: App, session: Session, payload: bytes, form: Mapping[str, str]) -> Said:
        """Stop what was asked for: by a button of the page, or by the one click of a mail program."""
        whose = tickets.holder(session, payload)
        if whose is None:
            return NOBODY
        answer = form.get("answer", "")
        if form.get("List-Unsubscribe") == "One-Click":
            name = whose.name
            stops.stop(session, whose.recipient, name, stops.Stop("one-click"), app.now())
        elif answer in {"this", "all"}:
            name = whose.name if answer == "this" else ""
            stops.stop(session, whose.recipient, name, stops.Stop("page"), app.now())
        else:
            return self.ask(app, session, payload)
        return _done(app, whose, name)


NOBODY = Said("There is nothing to stop", ("This address gets no reports from us.",))


def masked(address: str) -> str:
    """An address as its owner knows it and nobody else can read it: d…@museum.example."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"


def _done(app: App, whose: tickets.Holder, name: str) -> Said:
    what = f"gets the {name} report no more" if name else "gets no reports of ours any more"
    sender = app.settings.smtp.sender if app.settings.smtp else ""
    again = f"If that was a mistake, write to {stops.bare(sender)}." if sender else "If that was a mistake, tell us."
    return Said("It is stopped", (f"{masked(whose.recipient)} {what}.", again))
