"""Criteria tried on all leads before they are switched on: who would change, as if they were switched on now.

Nothing is written. Touches are streamed by contact, so that a million of them need little memory. The quick way judges
them once, under the new criteria, and takes how a lead stands from its row; where the row is not of this moment (the
log grew, the clock has struck) the lead is told whole, before and after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from commsleads.journey import Act, Touch
from commsleads.leads.retelling import TERMS, log_of
from commsleads.rules.criteria.trial import Changed, Standing, of_lead, status_after
from commsleads.rules.leads import Rejudged, rejudged, told
from commsleads.rules.leads.people import first, joined
from commsleads.rules.leads.staging import staged
from commsleads.rules.leads.terms import Terms
from commsleads.store import meta
from commsleads.store.collecting import no_collecting
from commsleads.store.engine import Session, stamp
from commsleads.store.leads import merges, trial
from commsleads.store.leads.trial import Row

BITE = 500
"""Contacts looked at together."""


@dataclass(slots=True)
class Tally:
    """Leads by stage ('' for none yet), before and after. Who is no lead is not counted."""

    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Trial:
    """What is needed of the database all the way through."""

    session: Session
    old: Sequence[Terms]
    new: Terms
    now: datetime
    late: set[str]
    staged: dict[str, list[Act]]
    tally: Tally
    everybody: bool
    quiet: str


def tried(
    session: Session, new: Terms, terms: Sequence[Terms], now: datetime, tally: Tally | None = None
) -> Iterator[Changed]:
    """Each lead that `new` would change if it came into force now after `terms`, in the order of contacts.

    `new` is made by `agreeing.on_trial`. What changes is whether somebody is a lead, the stage, whether it qualifies
    and the status; points and bands stand beside. `tally` is filled while this is read to its end.
    """
    # The row of a lead tells how it stands only when it was told under the terms in force.
    current = " ".join(f"{one.number}.{one.revision}" for one in terms[-1:])
    known = _Trial(
        session=session,
        old=terms,
        new=replace(new, at=max([new.at, *(one.at for one in terms[-1:])])),
        now=max([now, *(one.at for one in terms[-1:])]),
        late=trial.late(session, now, new.at),
        staged=trial.staged(session),
        tally=Tally() if tally is None else tally,
        everybody=not terms or terms[-1].at >= new.at or meta.get(session, TERMS) != current,
        quiet=stamp(now - new.criteria.handoff.fades),
    )
    groups = joined(merges.standing(session))
    done: set[str] = set()
    stream = trial.streamed(session)
    after = ""
    while True:
        with no_collecting():
            some = list(islice(stream, BITE))
            if not some:
                return
            rows = trial.between(session, after, some[-1][0])
            after = some[-1][0]
            found = list[Changed]()
            for contact, log in some:
                group = groups.get(contact)
                if group is None:
                    found += _held(known, (contact,), log, rows.get(contact))
                elif contact not in done:
                    done.update(group)
                    whole, _ = log_of(session, group)
                    found += _held(known, group, whole, trial.one(session, first(group, whole)))
        yield from found


def _held(trying: _Trial, group: tuple[str, ...], log: Sequence[Touch], row: Row | None) -> Iterator[Changed]:
    """A lead as it stands held against what it would be."""
    lead = first(group, log)
    if row is None or trying.everybody or _late(trying, group, log, row):
        found = _whole(trying, group, log)
        outlet = found[2]
    else:
        outlet = row.outlet
        found = (*_quick(trying, group, log, row), outlet)
    before, after = found[:2]
    if before.opened:
        trying.tally.before[before.stage] += 1
    if after.opened:
        trying.tally.after[after.stage] += 1
    if before.differs(after):
        yield Changed(lead=lead, contacts=group, outlet=outlet, before=before, after=after)


def _late(trying: _Trial, group: tuple[str, ...], log: Sequence[Touch], row: Row) -> bool:
    """Whether the row does not say how the lead stands in the moment before the new criteria come."""
    return (
        not trying.late.isdisjoint(group)
        or (not row.opened and row.status != "new")
        or log[-1].learned >= trying.new.at  # logs come in the order of learning
    )


def _quick(trying: _Trial, group: tuple[str, ...], log: Sequence[Touch], row: Row) -> tuple[Standing, Standing]:
    acts = [act for contact in group for act in trying.staged.get(contact, ())] if trying.staged else []
    found = staged(log, trying.new, trying.now, acts)
    status = status_after(
        row.status,
        was=bool(row.qualified),
        opened=found.opened,
        qualified=found.qualified,
        quiet=row.status != "recycled" and "" < row.quiet_at <= trying.quiet,
    )
    before = Standing(
        opened=bool(row.opened), stage=row.stage, qualified=bool(row.qualified), status=row.status, fit=row.fit,
        engagement=row.engagement, fit_band=row.fit_band, engagement_band=row.engagement_band,
    )  # fmt: skip
    if (found.opened, found.stage, found.qualified, status) == (
        before.opened,
        before.stage,
        before.qualified,
        before.status,
    ):
        return before, before
    after = replace(before, opened=found.opened, stage=found.stage, qualified=found.qualified, status=status)
    # Points decay from when the row was written: of who changes they are those of now.
    return (
        _with_points(before, rejudged(log, trying.old[-1], trying.now, acts)),
        _with_points(after, rejudged(log, trying.new, trying.now, acts)),
    )


def _with_points(one: Standing, found: Rejudged) -> Standing:
    return replace(
        one,
        fit=found.fit,
        engagement=found.engagement,
        fit_band=found.fit_band,
        engagement_band=found.engagement_band,
    )


def _whole(trying: _Trial, group: tuple[str, ...], log: Sequence[Touch]) -> tuple[Standing, Standing, str]:
    _, acts = log_of(trying.session, group)
    before = told(group, log, acts, trying.old, trying.now)
    after = told(group, log, acts, (*trying.old, trying.new), trying.now)
    return of_lead(before), of_lead(after), after.outlet
