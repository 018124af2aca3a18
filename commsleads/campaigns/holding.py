"""Who is held back on purpose, so that what the others do can be compared with what happens anyway."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from commsleads.errors import CampaignError
from commsleads.plan import Campaign
from commsleads.rules.campaigns.changes import begun
from commsleads.rules.campaigns.groups import draw
from commsleads.store import history
from commsleads.store.campaigns import mailings, targets
from commsleads.store.engine import Session


class Held(NamedTuple):
    """How many of a group are held back now, of how many who could be written to, and how many of these are new."""

    group: str
    held: int
    of: int
    new: int


def hold_back(
    session: Session,
    campaign: Campaign,
    share: float,
    seed: str = "",
    *,
    zone: ZoneInfo,
    now: datetime,
    by: str,
    group: str = "",
) -> list[Held]:
    """Hold back a share of each group at random, the same ones for the same seed; who is held back already stays.

    Only before the campaign starts and before anybody was written to: whoever is chosen afterwards is no comparison.
    """
    if not 0 < share < 1:
        raise CampaignError(f"The share is {share:g} and must be between 0 and 1, such as 0.1 for one in ten.")
    if begun(campaign.starts_on, now, zone):
        raise CampaignError(
            f"“{campaign.id}” began on {campaign.starts_on}. Who is held back is chosen before the start."
        )
    with session.atomic():
        members = targets.of_campaign(session, campaign.id, group=group)
        if not members:
            raise CampaignError(
                f"“{campaign.id}” has no targets{f' in “{group[:60]}”' if group else ''}; import a list."
            )
        if mailings.of_campaign(session, campaign.id) or any(one.contacted_at for one in members):
            raise CampaignError(f"Targets of “{campaign.id}” were written to already: it is too late to hold any back.")
        whole = {one.name for one in campaign.targets if one.control}
        done = []
        for name in sorted({one.group for one in members} - whole):
            able = [one for one in members if one.group == name and not one.excluded]
            held = {one.id for one in able if one.control}
            wanted = max(round(share * len(able)) - len(held), 0)
            chosen = draw((one.id for one in able if one.id not in held), wanted, f"{seed}\n{campaign.id}")
            for ident in chosen:
                targets.change(session, ident, {"control": 1})
            done.append(Held(name, len(held) + len(chosen), len(able), len(chosen)))
        if any(one.new for one in done):
            after = {"share": share, "seed": seed, "held": {one.group: one.held for one in done}}
            history.record(session, now, who=by, what="held back", kind="targets", row_id=campaign.id, after=after)
    return done
