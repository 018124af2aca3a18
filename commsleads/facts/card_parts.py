"""The parts of a card that speak of people: whom it aimed at, how far they went, and those held back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from commsleads.facts.card_rows import CardRows, moment_of
from commsleads.facts.card_values import GroupLine, Whom
from commsleads.facts.values import Took
from commsleads.plan import TargetGroup
from commsleads.rules.campaigns.figures import Difference, difference
from commsleads.rules.campaigns.funnel import Reached, Step, funnel
from commsleads.rules.figures import Share, wilson
from commsleads.store.campaigns import cards as rows
from commsleads.store.campaigns.cards import Member

NO_LIST = "those held back are not known one by one"
CLICKS_ONLY = "it is known by clicks only, and those held back have no link"


def took_of(read: CardRows, whom: Whom, n: int) -> Took:
    """`n` of those aimed at. Nobody known one by one: nothing is known. N not known: no rate."""
    if not read.parts:
        return Took()
    if whom.aimed is None or not read.aimed:
        return Took(n=n)
    share = wilson(n, len(read.aimed))
    return Took(n, share.value, share.low, share.high)


# --- whom ----------------------------------------------------------------------------------------------------------


def whom_of(read: CardRows) -> Whom:
    """Whom it aimed at: of each group what the list says, or what the plan says where there is no list."""
    did = read.did()
    names = [*read.groups, *sorted(set(read.parts) - set(read.groups))]
    lines = [_group(read, name, did) for name in names]
    aimed = [line for line in lines if not line.control]
    bare = [line.name for line in aimed if line.aimed is None]
    known = bool(aimed) and not bare
    sources = ["list"] * any(line.listed for line in lines) + ["plan"] * (not all(line.listed for line in lines))
    members = [one for part in read.parts.values() for one in part]
    return Whom(
        n=sum(line.n or 0 for line in aimed) if known else None,
        excluded=sum(line.excluded for line in aimed),
        aimed=sum(line.aimed or 0 for line in aimed) if known else None,
        listed=len(read.aimed),
        control=_held_back(read, lines),
        source=" and ".join(sources) if lines else "",
        groups=tuple(lines),
        exclusions=_exclusions(read, members),
        statuses=_statuses(read),
        marked=_marked(read, did),
        why=_why(lines, bare),
    )


def _group(read: CardRows, name: str, did: Mapping[str, object]) -> GroupLine:
    declared = read.groups.get(name)
    members = read.parts.get(name)
    control = declared is not None and declared.control
    if members is None:
        return _declared(name, declared or TargetGroup(name=name), control=control)
    named = [one for one in members if control or one.id not in read.controls]
    if members and not named:  # every one of them is held back
        named, control = members, True
    aimed = [one for one in named if not one.excluded]
    share = wilson(sum(one.id in did for one in aimed), len(aimed))
    return GroupLine(
        name=name,
        n=len(named),
        excluded=len(named) - len(aimed),
        aimed=len(aimed),
        reason=declared.reason if declared else "",
        control=control,
        listed=True,
        declared=declared.n if declared else None,
        did=share,
        held_back=len(members) - len(named),
    )


def _declared(name: str, group: TargetGroup, *, control: bool) -> GroupLine:
    return GroupLine(
        name=name,
        n=group.n,
        excluded=group.excluded,
        aimed=None if group.n is None else max(0, group.n - group.excluded),
        reason=group.reason,
        control=control,
        listed=False,
        declared=group.n,
        did=None,
    )


def _held_back(read: CardRows, lines: list[GroupLine]) -> int | None:
    unlisted = [line.aimed for line in lines if line.control and not line.listed]
    if not read.held_back and not unlisted:
        return None
    return None if None in unlisted else len(read.held_back) + sum(n or 0 for n in unlisted)


def _exclusions(read: CardRows, members: list[Member]) -> tuple[tuple[str, int], ...]:
    """Who is not written to, by reason, the most first."""
    reasons = Counter(one.excluded for one in members if one.excluded)
    for name, group in read.groups.items():
        if name not in read.parts and group.excluded:
            reasons[group.reason or "no reason was given"] += group.excluded
    return tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0])))


def _statuses(read: CardRows) -> tuple[tuple[str, int], ...]:
    """How many stand where, in the order of the way; a status that is declared no more comes last."""
    counts = Counter(one.status for one in read.aimed.values())
    order = [status.name for status in read.campaign.statuses]
    rest = sorted(set(counts) - set(order))
    return tuple((name, counts[name]) for name in [*order, *rest]) if counts else ()


def _marked(read: CardRows, did: Mapping[str, object]) -> int:
    """Those at whom somebody wrote that they did it, without a response that counts."""
    success = {status.name for status in read.campaign.statuses if status.success}
    return sum(one.status in success and one.id not in did for one in read.aimed.values())


def _why(lines: list[GroupLine], bare: list[str]) -> str:
    if not lines:
        return "no target group is declared and no list was imported"
    if all(line.control for line in lines):
        return "only a group held back is declared"
    return f"nobody counted {', '.join(bare)}" if bare else ""


def by_group(read: CardRows, cta: str) -> tuple[tuple[str, Share], ...]:
    """Of each listed group that was aimed at, how many did what this call to action asks."""
    did = read.did(cta)
    found = []
    for name, members in sorted(read.parts.items()):
        ids = [one.id for one in members if one.id in read.aimed]
        if ids:
            found.append((name, wilson(sum(one in did for one in ids), len(ids))))
    return tuple(found)


# --- how far -------------------------------------------------------------------------------------------------------


def funnel_of(read: CardRows) -> tuple[Step, ...]:
    """Targeted, contacted, clicked (with links by person only), responded, did it. Nothing without a list."""
    if not read.aimed:
        return ()
    targeted: Reached = dict.fromkeys(read.aimed)
    contacted = {one.id: moment_of(one.contacted_at) for one in read.aimed.values() if one.contacted_at}
    noted = bool(contacted) or bool(rows.mailings(read.ground.session, read.campaign.id))
    steps: list[tuple[str, str, Reached | None]] = [
        ("targeted", "", targeted),
        ("contacted", "targeted", contacted if noted else None),
    ]
    before = "contacted" if noted else "targeted"
    if read.personal:
        steps.append(("clicked", before, _first(read, click=True)))
    did = {one: moment_of(came.at) for one, came in read.did().items() if one in read.aimed}
    steps += [("responded", before, _responded(read, did)), ("did it", "responded", did)]
    return funnel(steps, read.upto)


def _first(read: CardRows, *, click: bool) -> dict[str, datetime | None]:
    """When each of those aimed at first clicked, or first answered in another way."""
    found: dict[str, datetime | None] = {}
    for one in read.came:
        if one.target in read.aimed and one.target not in found and (one.kind == "click") == click:
            found[one.target] = moment_of(one.at)
    return found


def _responded(read: CardRows, did: Mapping[str, datetime | None]) -> dict[str, datetime | None]:
    """The first answer of each: what was written down once for all, or the first response.

    Who was marked by mistake and set back by a person, without any other evidence, has not answered.
    """
    asked = {status.name for status in read.campaign.statuses if not status.responded}
    found = _first(read, click=False)
    for one, at in did.items():
        found[one] = _earlier(found.get(one), at)
    for target in read.aimed.values():
        if target.status in asked and target.id not in found:
            continue
        if read.since <= target.responded_at < read.before and target.responded_at:
            found[target.id] = _earlier(found.get(target.id), moment_of(target.responded_at))
    return found


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(one, other) if one and other else one or other


# --- against those held back ---------------------------------------------------------------------------------------


def difference_of(read: CardRows, whom: Whom) -> Difference | None:
    """Whether those aimed at did it more than those held back; None where nobody is held back.

    Clicks are left out: who is held back was given no link, and could not click one.
    """
    if not read.held_back:
        if not any(line.control for line in whom.groups):
            return None
        return replace(difference(wilson(0, 0), wilson(0, 0)), why=NO_LIST)
    did = read.did(but="click")
    rest = wilson(sum(one in did for one in read.aimed), len(read.aimed))
    control = wilson(sum(one in did for one in read.held_back), len(read.held_back))
    found = difference(rest, control)
    return replace(found, why=CLICKS_ONLY) if read.did() and not did else found
