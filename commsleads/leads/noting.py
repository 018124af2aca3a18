"""Touches that only a person can tell of: a call, a talk at an event, a referral. And one taken back.

What is noted is the evidence; the touch is made of it by the intake, like every other, and the lead is told from it.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from commsleads.errors import ConflictError, LeadError, NotFoundError
from commsleads.journey import LEAD_SOURCES
from commsleads.leads.record import MOST, Work, needed
from commsleads.rules.leads import verbs
from commsleads.store.desk import people
from commsleads.store.desk.people import Person
from commsleads.store.leads import finding, noted, touches, traces
from commsleads.store.leads.noted import Noted
from commsleads.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from commsleads.plan import Campaign

KINDS = ("phone", "event", "referral")
"""How somebody can have been in touch that no mailbox and no link saw."""

USUAL: Mapping[str, str] = MappingProxyType({"phone": "phone", "event": "event", "referral": "personal referral"})
"""Where they came from, if nobody says."""

SAID = ("ask", "deadline", "use", "material", "positive", "neutral", "hostile", "objected")
"""What may be said of it. That it was the person's own act goes without saying, but for a referral."""

STANCES = frozenset({"positive", "neutral", "hostile"})
"""Of which only one can be said of a touch."""

OLDEST = timedelta(days=3653)
"""How long ago a touch may have been: before, the year was mistyped."""

BASIS = "they were in touch with us"
"""Why we may keep what they told us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What somebody tells of a touch. `who` names a person we know, else `person` is somebody new."""

    kind: str
    at: datetime
    who: str = ""
    person: Person = field(default_factory=Person)
    source: str = ""
    detail: str = ""
    campaign: Campaign | None = None
    cta: str = ""
    marks: Collection[str] = ()
    words: str = ""


def touch(work: Work, talk: Talk) -> Noted:
    """Note a touch. Who it was with is found, or made when it is nobody we know; who they are is noted as it is now.

    Raises `LeadError` with every mistake at once. The intake makes the touch of it: see `intake.touches`.
    """
    problems = _problems(work, talk)
    if problems:
        raise LeadError(*problems)
    kind = verbs.nearest(talk.kind, KINDS)
    with work.session.atomic():
        contact = finding.contact(work.session, talk.who) if talk.who.strip() else _person(work, talk)
        if touches.erased(work.session, [contact]):
            raise LeadError(
                f"{contact} was erased. If they are in touch again, they are somebody new: --name, --email."
            )
        outlet = talk.person.outlet.strip() or people.shown(work.session, [contact])[contact]["outlet"]
        made = Noted(
            id=secrets.token_hex(8),
            contact=contact,
            at=talk.at,
            kind=kind,
            marks=" ".join(sorted({*talk.marks, *_own(kind), *_who(work, talk, contact, outlet)})),
            source=verbs.nearest(talk.source, LEAD_SOURCES) or USUAL[kind],
            detail=" ".join(talk.detail.split())[:200],
            campaign=talk.campaign.id if talk.campaign else "",
            cta=talk.cta,
            outlet=outlet,
            words=talk.words.strip()[:MOST],
        )
        noted.add(work.session, made, now=work.now, by=work.who.id)
        return made


def take_back(work: Work, ident: str, *, why: str) -> str:
    """Say that a touch was noted by mistake: it counts no more. The contact whose it was."""
    reason = needed(why, "Say why it is taken back, with --why.")
    with work.session.atomic():
        row = noted.find(work.session, ident)
        if row is None:
            raise NotFoundError(
                f"No touch “{ident.strip()[:60]}” was noted by hand. Those of a lead: commsleads lead history ID"
            )
        if row["gone_at"]:
            at = verbs.local(datetime.fromisoformat(row["gone_at"]), work.zone)
            raise ConflictError(f"{row['gone_by']} took it back at {at} already. Nothing of yours was written.")
        noted.take_back(work.session, row["id"], now=work.now, by=work.who.id, why=reason)
        return str(row["contact_id"])


def _problems(work: Work, talk: Talk) -> list[str]:
    found: list[str] = []
    if not verbs.nearest(talk.kind, KINDS):
        found.append(verbs.unknown(talk.kind, KINDS, "kind of touch"))
    if talk.source and not verbs.nearest(talk.source, LEAD_SOURCES):
        found.append(verbs.unknown(talk.source, LEAD_SOURCES, "source"))
    if talk.at > work.now:
        found.append(f"{verbs.local(talk.at, work.zone)} is yet to come: note it when it has come.")
    elif talk.at < work.now - OLDEST:
        found.append(f"{verbs.local(talk.at, work.zone)} is more than ten years ago: look at the year again.")
    found += [verbs.unknown(mark, SAID, "thing to say of a touch") for mark in talk.marks if mark not in SAID]
    if talk.cta and talk.campaign is None:
        found.append("Say of which campaign the call to action is, with --campaign.")
    elif talk.campaign and talk.cta and talk.cta not in (known := [one.id for one in talk.campaign.ctas]):
        found.append(verbs.unknown(talk.cta, known, f"call to action of {talk.campaign.id}"))
    if {"deadline", "use"} & set(talk.marks) and "ask" not in talk.marks:
        found.append("A deadline or a use is of something they asked for: say --asks too.")
    if len(STANCES & set(talk.marks)) > 1:
        found.append("One touch is positive, neutral or hostile: say one of the three.")
    if not talk.who.strip():
        found += _nobody(talk.person)
    return found


def _nobody(person: Person) -> list[str]:
    if not (person.name or person.email or person.phone or person.outlet):
        return ["Say who it was: an id, address or name, or somebody new with --name and --outlet or --email."]
    if not person.email and not (person.name and person.outlet):
        return ["Somebody new needs an address (--email), or a name with an outlet (--outlet): a name alone is nobody."]
    if person.email and ("@" not in person.email.strip("@ ") or len(person.email) > 254):
        return [f"“{person.email[:60]}” is no mail address."]
    return []


def _person(work: Work, talk: Talk) -> str:
    return people.identify(
        work.session,
        talk.person,
        at=talk.at,
        origin=f"noted by {work.who.id}",
        erase_after=work.now + work.settings.desk.keep,
        basis=BASIS,
        by=work.who.id,
    )


def _own(kind: str) -> tuple[str, ...]:
    """A referral is somebody else's act; a call and a talk are the person's own."""
    return () if kind == "referral" else ("own",)


def _who(work: Work, talk: Talk, contact: str, outlet: str) -> set[str]:
    """The marks of who they are, as far as we know it now."""
    from commsleads.rules.contacts.verifying import marks

    session, folded = work.session, fold(outlet)
    known = next((one for one in work.settings.outlets if folded and fold(one.name) == folded), None)
    found = {"outlet"} if folded else set[str]()
    if known is not None and known.tier in (1, 2, 3):
        found.add(f"tier-{known.tier}")
    if email := talk.person.email.strip() or people.shown(session, [contact])[contact]["email"]:
        found.update(marks(email, known.domains if known is not None else ()))
    if talk.campaign is not None and traces.aimed_at(session, contact, talk.campaign.id):
        found.add("listed")
    if "ask" in talk.marks and traces.answered(session, contact, talk.at):
        found.add("more")
    return found
