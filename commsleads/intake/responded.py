"""Responses that were found, kept: what evidence is now replaces what it was before, and targets take their steps."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime

from commsleads.campaigns.targets import advance
from commsleads.errors import CampaignError, StoreError
from commsleads.plan import Campaign
from commsleads.responses import Response
from commsleads.rules.responses import EXCLUDED, Span, marked_again, step
from commsleads.store.campaigns import responses as rows
from commsleads.store.campaigns import targets
from commsleads.store.engine import Session

log = logging.getLogger(__name__)


class Kept:
    """The responses of these campaigns, as one pass changes them. `changed` counts what is new, changed or gone."""

    def __init__(self, session: Session, campaigns: Mapping[str, Campaign], now: datetime) -> None:
        self.session = session
        self.changed = 0
        self._campaigns = campaigns
        self._now = now
        self._nobody: dict[str, set[str]] = {}

    def each(self, units: Sequence[str], settle_one: Callable[[str], None]) -> None:
        """Settle each in a savepoint of its own: one that makes a rule fail leaves the others alone."""
        for unit in units:
            try:
                with self.session.atomic():
                    settle_one(unit)
            except Exception as error:
                if type(error) is StoreError:  # the database and not this piece of evidence
                    raise
                log.exception("No response could be made of one piece of evidence")

    def settle(self, fresh: Sequence[Response], looked_at: Sequence[str]) -> None:
        """Write what this evidence is now, and forget what it was before and is not any more."""
        fixed = [one for one in rows.of_evidence(self.session, looked_at) if self._of_nobody(one)]
        fresh = [one for one in fresh if one.campaign not in {known.campaign for known in fixed}]
        standing = {one.id for one in (*fresh, *fixed)}
        stale = [
            one.id
            for one in rows.of_evidence(self.session, looked_at)
            if one.id not in standing and one.by == rows.RULES and one.campaign in self._campaigns
        ]
        lost = rows.erased(self.session, looked_at) if stale else set()
        if lost:
            stale = [one for one in stale if rows.of_ids(self.session, [one])[one].evidence not in lost]
        self.changed += len(stale)
        rows.drop(self.session, stale)
        self.write(fresh)

    def _of_nobody(self, one: Response) -> bool:
        """Whether it was found by the name or address of somebody who was erased since: then it stays as it is."""
        if one.campaign not in self._nobody:
            known = rows.of_nobody(self.session, one.campaign)
            self._nobody[one.campaign] = {each.id for each in known}
        return one.id in self._nobody[one.campaign]

    def leave_out(self, campaign: Campaign) -> None:
        """Those who were erased because they objected count no more, as all who are excluded."""
        out = {one.id: one.excluded for one in targets.of_campaign(self.session, campaign.id) if one.excluded}
        given = (one for one in rows.of_nobody(self.session, campaign.id) if one.counts and one.target in out)
        self.write([one._replace(counts=False, why=f"{EXCLUDED} {one.why}") for one in given])

    def marks(self, campaign: Campaign, within: Span) -> None:
        """What people marked, held against what is declared and who is excluded now."""
        known = {one.id: one for one in targets.of_campaign(self.session, campaign.id)}
        found = rows.marks(self.session, campaign.id)
        now = [(one, marked_again(one, campaign, known.get(one.target), within)) for one in found]
        changed = [after for before, after in now if after != before]
        rows.judge_marks(self.session, changed)
        self.changed += len(changed)
        self.advance(changed)

    def write(self, fresh: Sequence[Response]) -> None:
        changed = rows.insert(self.session, fresh, self._now)
        self.changed += len(changed)
        self.advance(changed)

    def advance(self, responses: Iterable[Response]) -> None:
        """Take the targets forward that responded, in the order in which they did."""
        for one in sorted(responses, key=lambda one: (one.at, one.id)):
            campaign = self._campaigns[one.campaign]
            status = step(campaign.statuses, did=one.did) if one.counts and one.target else ""
            if status:
                try:
                    advance(self.session, one.target, status, one.at, rows.RULES, why=one.why, response_id=one.id)
                except CampaignError as error:
                    log.warning("Target %s of %s did not move: %s", one.target, one.campaign, error)

    def not_again(self, found: Sequence[Response], looked_at: Collection[str]) -> list[Response]:
        """Without what a target had answered before in a mail whose words are gone: that was the first."""
        seen = set(looked_at)
        fresh = []
        for one in found:
            before = [
                known.evidence
                for known in rows.of_target(self.session, one.target)
                if (known.campaign, known.cta, known.kind) == (one.campaign, one.cta, one.kind)
                and known.evidence not in seen
            ]
            if not before or not rows.erased(self.session, before):
                fresh.append(one)
        return fresh
