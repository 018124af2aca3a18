"""The answers to an offered lead, and its end: accept, reject, recycle, close, reopen.

Each gives the id of the lead. Raises `ConflictError` when somebody did before what leaves no sense to it, `LeadError`
when it never had any, `NotFoundError` when there is no such lead; nothing is written then.
"""

from __future__ import annotations

from datetime import datetime

from commsleads.criteria import OUTCOMES
from commsleads.errors import LeadError
from commsleads.leads.record import Work, changing
from commsleads.rules.leads import verbs


def accept(work: Work, wanted: str, *, to: str = "", words: str = "", seen: int | None = None) -> str:
    """Take over a lead that is offered (or was, and lapsed). `to` is who has it from now on, if not who accepts."""
    owner = work.officer(to).id if to else ""
    with changing(work, wanted, "accept", seen=seen) as change:
        change.act("accept", to=owner, words=words)
        return change.lead.id


def reject(work: Work, wanted: str, *, reason: str, words: str = "", seen: int | None = None) -> str:
    """Send an offered lead back, for a reason of the closed list that both sides agreed on."""
    with changing(work, wanted, "reject", seen=seen) as change:
        change.act("reject", reason=_one_of(reason, change.criteria.handoff.reasons, "reason"), words=words)
        return change.lead.id


def recycle(work: Work, wanted: str, *, until: datetime, words: str = "", seen: int | None = None) -> str:
    """Send a lead back to nurture until a moment that is to come, at most three years ahead."""
    if until <= work.now:
        raise LeadError(f"{verbs.local(until, work.zone)} has passed: a lead is woken on a day that is to come.")
    if until > work.now + verbs.FARTHEST:
        raise LeadError(
            f"{verbs.local(until, work.zone)} is more than three years ahead: then nobody knows any more why. "
            "Take a nearer day, or close it."
        )
    with changing(work, wanted, "recycle", seen=seen) as change:
        change.act("recycle", words=words, until=until)
        return change.lead.id


def close(work: Work, wanted: str, *, outcome: str, words: str = "", seen: int | None = None) -> str:
    """End the work on a lead, with what became of it: one of `criteria.OUTCOMES`."""
    found = _one_of(outcome, OUTCOMES, "outcome")
    with changing(work, wanted, "close", seen=seen) as change:
        change.act("close", to=found, words=words)
        return change.lead.id


def reopen(work: Work, wanted: str, *, words: str = "", seen: int | None = None) -> str:
    """Work on a lead again that was rejected, recycled, closed or let lapse, or that faded."""
    with changing(work, wanted, "reopen", seen=seen) as change:
        change.act("reopen", words=words)
        return change.lead.id


def _one_of(words: str, known: tuple[str, ...], what: str) -> str:
    if not words.strip():
        raise LeadError(f"Say which {what}, with --{what}. There is: {', '.join(known)}.")
    if not (found := verbs.nearest(words, known)):
        raise LeadError(verbs.unknown(words, known, what))
    return found
