"""A lead explained to people: where it stands, since when, under which criteria, and which rule gave what.

The name of the person is given by the caller, who knows whether it may be said; without one it is "they".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from commsleads.criteria import Criteria
from commsleads.journey import Given, Lead, Move, Offer
from commsleads.rules.leads import reasons


def explained(lead: Lead, criteria: Criteria | None, zone: ZoneInfo, name: str = "they") -> tuple[str, ...]:
    """What there is to say of a lead: its stage, its points, what it is near to, whose turn it is.

    `criteria` are those of `lead.terms`; None before there are any.
    """
    if criteria is None:
        return (f"{reasons.began(name)}: not judged yet, for no criteria are in force.",)
    if lead.opened is None:
        return (f"{reasons.began(name)}: no lead under criteria {lead.terms}.", *points(lead, criteria))
    said = [stage(lead, criteria, zone, name), *points(lead, criteria)]
    if lead.near:
        said.append(f"Near to {listed(lead.near)}: less than a band's margin is missing.")
    said.append(turn(lead, zone))
    return tuple(said)


def stage(lead: Lead, criteria: Criteria, zone: ZoneInfo, name: str = "they") -> str:
    """Where it stands and why: "Story-qualified since 12 November 2026 (criteria 2): they ask …"."""
    found = next((one for one in criteria.stages if one.id == lead.stage), None)
    move = next((one for one in reversed(lead.moves) if one.what == "stage"), None)
    if found is None or move is None:
        since = f" since {reasons.day(lead.opened, zone)}" if lead.opened is not None else ""
        return f"A lead{since} (criteria {lead.terms}), and in no stage yet."
    since = f"{reasons.began(found.id)} since {reasons.day(move.at, zone)} (criteria {move.terms})"
    return f"{since}: {clause(name, found.says)}."


def points(lead: Lead, criteria: Criteria) -> tuple[str, str]:
    """Which rule gives how much now, for what they did and for who they are."""
    done = {rule.id for rule in criteria.engagement}
    engagement = [one for one in lead.given if one.rule in done]
    fit = [one for one in lead.given if one.rule not in done]
    return (
        f"{_total('Engagement', lead.engagement, lead.engagement_band)}: {gave(engagement, counted=True)}.",
        f"{_total('Fit', lead.fit, lead.fit_band)}: {gave(fit, counted=False)}.",
    )


def gave(given: Sequence[Given], *, counted: bool) -> str:
    """asked us something 30 (2 touches), answered us 12 (1): what each rule gives, and of how many touches."""
    said: list[str] = []
    for one in given:
        touches = f" ({one.touches}{_touches(one.touches) if not said else ''})" if counted else ""
        said.append(f"{one.says or one.rule} {one.points}{touches}")
    return ", ".join(said) or "no rule gives anything"


def moved(move: Move, zone: ZoneInfo) -> str:
    """One change: "12 November 2026: stage engaged → story-qualified (criteria 2). By a reply of …"."""
    change = f"{move.what} {move.came_from or 'none'} → {move.to or 'none'}"
    return f"{reasons.day(move.at, zone)}: {change} (criteria {move.terms}). {move.why}"


def turn(lead: Lead, zone: ZoneInfo) -> str:
    """Whose turn it is."""
    if lead.status == "offered" and lead.offers:
        return _open(lead.offers[-1], zone)
    owner = f", with {lead.owner}" if lead.owner else ""
    until = f" until {reasons.day(lead.wakes, zone)}" if lead.wakes is not None else ""
    outcome = f" ({lead.outcome})" if lead.outcome else ""
    since = f" since {reasons.day(lead.status_at, zone)}" if lead.status_at is not None else ""
    return f"{reasons.began(lead.status)}{outcome}{since}{until}{owner}."


def clause(name: str, says: str) -> str:
    """A clause after a name; "they" is followed by a colon, for the clause speaks of one."""
    if not says:
        return f"{name}: the conditions are met"
    return f"{name}: {says}" if name == "they" else f"{name} {says}"


def listed(words: Iterable[str]) -> str:
    """a, b and c."""
    *before, last = words
    return f"{', '.join(before)} and {last}" if before else last


def _open(offer: Offer, zone: ZoneInfo) -> str:
    to = f"Offered to {offer.to}" if offer.to else "Offered, and nobody is named to take it"
    escalated = ", after nobody answered before" if offer.escalated else ""
    return (
        f"{to} since {reasons.day(offer.at, zone)}{escalated}: an answer is due by {reasons.minute(offer.due, zone)}."
    )


def _total(what: str, points: int, band: str) -> str:
    return f"{what} {points}, {band}" if band else f"{what} {points}"


def _touches(number: int) -> str:
    return " touch" if number == 1 else " touches"
