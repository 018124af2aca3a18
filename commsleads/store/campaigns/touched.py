"""Which campaigns have changed since somebody last looked: a number for each, so that nobody reads all rows to see it.

It is raised by the statements themselves that write what responses hang on (targets, links, verdicts on the clicks of
one person's links), in the same transaction. Whoever reads it before the rows misses no change.
"""

from __future__ import annotations

from collections.abc import Iterable

from commsleads.store import meta
from commsleads.store.engine import Session
from commsleads.store.signals import chunks, holes


def mark(session: Session, campaign_id: str) -> str:
    """A number that is another one after every change."""
    return meta.get(session, _name(campaign_id)) or "0"


def note(session: Session, campaign_ids: Iterable[str]) -> None:
    """These campaigns have changed."""
    for campaign_id in sorted(set(campaign_ids) - {""}):
        meta.raise_by_one(session, _name(campaign_id))


def note_targets(session: Session, target_ids: Iterable[str]) -> None:
    """The campaigns of these targets have changed."""
    found: set[str] = set()
    for part in chunks(sorted(set(target_ids))):
        rows = session.tuples(f"SELECT DISTINCT campaign_id FROM targets WHERE id IN ({holes(part)})", part)
        found |= {campaign for (campaign,) in rows}
    note(session, found)


def note_hits(session: Session, hit_ids: Iterable[str]) -> None:
    """The campaigns have changed that have links of one person each among those of these hits."""
    found: set[str] = set()
    for part in chunks(sorted(set(hit_ids))):
        rows = session.tuples(
            "SELECT DISTINCT l.campaign_id FROM hits h JOIN links l ON l.id = h.link_id "
            f"WHERE h.id IN ({holes(part)}) AND l.target_id <> ''",
            part,
        )
        found |= {campaign for (campaign,) in rows}
    note(session, found)


def _name(campaign_id: str) -> str:
    return f"changed:{campaign_id}"
