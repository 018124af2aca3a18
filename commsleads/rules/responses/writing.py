"""Mails, form posts and enquiries: to which campaign they respond, by the surest evidence, or to none that can be said.

A name alone never ties anybody to a campaign, and a guess is no evidence: where two campaigns are as likely, what came
is kept for both and counts for neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from commsleads.plan import Campaign
from commsleads.responses import Response, Target
from commsleads.rules.responses.making import act, made
from commsleads.rules.responses.traces import Trace
from commsleads.rules.responses.window import Span

TIED, ABOUT, ADDRESS = 1000, 700, 600
"""Permille: a person said so; a target wrote, and of what the campaign is about; a target wrote."""
WHICH = "Several campaigns could be meant, and nothing says which: it counts for none of them."
TIE = "A person tied it to the campaign."
UNPROVED = "Its sender was not proved, so that anybody may have written it: it does not count until a person ties it."
UNTIED = "It is from a target, and nothing says that it is about the campaign: tie it if it is."
DOUBTS = (WHICH, UNPROVED, UNTIED)
"""Begin the `why` of what counts only when a person says so."""


class Told(NamedTuple):
    """What came, as far as it matters here. `evidence` is the sort of row and its id.

    `traces` lead from its words to campaigns, `targets` are those whose own address or entry it came from, `named` the
    campaigns whose watched words or phrases it names. `tied` are campaigns and calls to action (or '') that a person
    tied it to. `by_mail` says that it came from an address; else somebody spoke, and a target alone is no evidence.
    `unproved` says that a mail server could not prove its sender. With a `doubt` it counts nowhere.
    """

    evidence: str
    at: datetime
    kind: str
    channel: str
    traces: Sequence[Trace] = ()
    targets: Sequence[Target] = ()
    named: frozenset[str] = frozenset()
    tied: Sequence[tuple[str, str]] = ()
    by_mail: bool = True
    doubt: str = ""
    unproved: bool = False


class _Case(NamedTuple):
    campaign: str
    cta: str
    channel: str
    permille: int
    why: str
    tied: bool = False


def written(told: Told, campaigns: Mapping[str, Campaign], spans: Mapping[str, Span]) -> list[Response]:
    """The responses that it is, mostly one or none. One that counts for no campaign says why."""
    doubt = told.doubt
    surest = _tied(told, campaigns)
    if not surest:
        cases = _cases(told, campaigns, spans)
        best = max((case.permille for case in cases), default=0)
        surest = [case for case in cases if case.permille == best]
        doubt = doubt or (UNPROVED if told.unproved else UNTIED if not best else WHICH if len(surest) > 1 else "")
    return [_made(told, case, doubt, campaigns[case.campaign], spans[case.campaign]) for case in surest]


def _tied(told: Told, campaigns: Mapping[str, Campaign]) -> list[_Case]:
    """What a person tied it to. A call to action alone names its campaign where only one has it."""
    ctas = {campaign: cta for campaign, cta in sorted(told.tied) if campaign in campaigns}
    for campaign, cta in told.tied:
        owners = [one.id for one in campaigns.values() if cta in {each.id for each in one.ctas}] if cta else []
        tied = [one for one in owners if one in ctas]
        if not campaign and (tied or len(owners) == 1):
            ctas.update(dict.fromkeys(tied or owners, cta))
    return [_Case(campaign, cta, "", TIED, TIE, tied=True) for campaign, cta in ctas.items()]


def _cases(told: Told, campaigns: Mapping[str, Campaign], spans: Mapping[str, Span]) -> list[_Case]:
    """The surest that speaks for each campaign."""
    found: dict[str, _Case] = {}
    for target in told.targets:
        if target.campaign not in campaigns or spans[target.campaign].outside(told.at):
            continue
        about = target.campaign in told.named
        # A reply answers something of ours; a question may be about anything.
        permille = ABOUT if about else ADDRESS if told.by_mail and told.kind == "reply" else 0
        where = "the address of a target" if told.by_mail else "a target"
        why = f"It came from {where} while the campaign or its window ran" + (", and names it." if about else ".")
        found[target.campaign] = _Case(target.campaign, "", "", permille, why)
    for trace in told.traces:
        if trace.campaign not in campaigns or spans[trace.campaign].long_before(told.at):
            continue
        before = found.get(trace.campaign)
        if before is not None and before.permille >= trace.permille:
            continue
        whose = " It came from a target." if before is not None else ""
        found[trace.campaign] = _Case(trace.campaign, trace.cta, trace.channel, trace.permille, trace.why + whose)
    return sorted(found.values())


def _made(told: Told, case: _Case, doubt: str, campaign: Campaign, span: Span) -> Response:
    return made(
        campaign,
        act(campaign, case.cta, told.kind, by_person=case.tied),
        at=told.at,
        kind=told.kind,
        channel=case.channel or told.channel,
        evidence=told.evidence,
        why=case.why,
        target=next((target for target in told.targets if target.campaign == campaign.id), None),
        span=span,
        doubt=doubt,
    )
