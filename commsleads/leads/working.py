"""The work on a lead between its beginning and its end: assign, stage, note. Errors as in `answering`."""

from __future__ import annotations

from commsleads.errors import LeadError
from commsleads.leads.record import Work, changing, needed
from commsleads.rules.leads import verbs
from commsleads.rules.leads.handoff import resolved


def assign(work: Work, wanted: str, to: str, *, words: str = "", seen: int | None = None) -> str:
    """Give a lead to an officer or a team: an open offer is made to them instead, an accepted lead is theirs.

    Who is asked already, or has it, is not asked again: their time to answer would begin anew. `LeadError` says so.
    """
    found = whom(work, to)
    with changing(work, wanted, "assign", seen=seen) as change:
        lead, person = change.lead, resolved(found, change.log.terms[-1].ground)
        open_ = next((one for one in lead.offers if not one.answer), None)
        if open_ is not None and open_.to == person:
            due = verbs.local(open_.due, work.zone)
            raise LeadError(
                f"It is offered to {person} already, until {due}. Nothing was written. {verbs.instead(lead)}"
            )
        if lead.status == "accepted" and lead.owner == person:
            raise LeadError(f"{person} has it already. Nothing was written. {verbs.instead(lead)}")
        change.act("assign", to=found, words=words)
        return change.lead.id


def whom(work: Work, name: str) -> str:
    """The id of an officer, or the name of a team that has one. Raises `WordError` with the nearest officer."""
    teams = {one.team.casefold(): one.team for one in work.officers if one.team}
    known = {one.id.casefold() for one in work.officers}
    folded = name.strip().casefold()
    return teams[folded] if folded in teams and folded not in known else work.officer(name).id


def stage(work: Work, wanted: str, to: str, *, why: str, seen: int | None = None) -> str:
    """Set the stage by hand, for a reason that is kept as long as other words about them. It holds until a later touch
    reaches a higher one."""
    reason = needed(why, "Say why the stage is set by hand, with --why: the criteria do not say so.")
    with changing(work, wanted, "stage", seen=seen) as change:
        stages = tuple(one.id for one in change.criteria.stages)
        if not (found := verbs.nearest(to, stages)):
            raise LeadError(verbs.unknown(to, stages, "stage of the criteria in force"))
        if found == change.lead.stage:
            raise LeadError(f"{change.lead.id} stands at “{found}” already.")
        change.act("stage", to=found, words=reason)
        return change.lead.id


def note(work: Work, wanted: str, words: str, *, seen: int | None = None) -> str:
    """Write down what should be known of a lead. It changes nothing else."""
    if not words.strip():
        raise LeadError("Say what is to be noted.")
    with changing(work, wanted, "note", seen=seen) as change:
        change.act("note", words=words)
        return change.lead.id
