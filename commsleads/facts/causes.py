"""Why a figure that was told is another one now: what became of the rows it was made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from commsleads.facts.ground import Ground
from commsleads.facts.restated_values import Cause
from commsleads.facts.survey import ROWS
from commsleads.store import removals, tellings
from commsleads.store.engine import Row, moment, stamp
from commsleads.store.tellings import Seen, Told

ALONE = 3
"""Stories that were taken out or put back that are named one by one."""
LONGEST = 80
"""Characters of a headline or a reason in a sentence."""

_MANY = {
    "removed": "{} stories were taken out as no coverage",
    "kept": "{} stories were put back that had been taken out",
    "joined": "{} stories were found to be copies of others",
    "parted": "{} copies were found to be stories of their own",
    "edited": "{} headlines were edited",
    "late": "{} more came to light",
    "unknown": "nothing that is kept says why of {} stories",
}
_ONE = {
    "joined": "“{}” was found to be a copy of another story",
    "parted": "“{}” was found to be a story of its own",
    "edited": "the headline “{}” was edited",
    "late": "“{}” came to light",
    "unknown": "nothing that is kept says why “{}” is counted otherwise",
}


class StoryCauses:
    """What became of the stories that an edition counted, since then or since a later edition told of it."""

    def __init__(self, ground: Ground, told: Told, since: datetime) -> None:
        self.ground = ground
        self.told = told
        self.since = stamp(since)
        self.again = since > told.at
        until = stamp(ground.now)
        rows = removals.between(ground.session, self.since, f"{until}~")
        self._acts: dict[str, Row] = {row["story"]: row for row in rows}
        self._declared = tellings.declared_since(ground.session, self.since, until)
        self._copies = {copy for story in _lists(told.data.get("stories")) for copy in _texts(story.get("signals"))[1:]}

    def of(self, before: Iterable[str], now: Iterable[str], difference: int) -> tuple[Cause, ...]:
        """Why these stories were counted in the edition and those now, what explains most first.

        `difference` is how many more are counted now than were told last; what the stories do not explain of it is a
        cause of its own, of which nobody knows. An edition names a thousand stories at most.
        """
        was, there = set(before), set(now)
        if self.again:  # the stories that were counted when it was told last, as far as what people did tells
            kept = {story for story, act in self._acts.items() if not act["removed"]}
            was = (there - kept) | (was & (self._acts.keys() - kept))
        lost, new = sorted(was - there), sorted(there - was)
        if len(new) - len(lost) != difference and len(set(before)) >= ROWS:
            new = []
        seen = tellings.signals(self.ground.session, [*lost, *new])
        kinds: dict[tuple[str, int], list[str]] = {}
        for sign, stories in ((-1, lost), (1, new)):
            for story in stories:
                kinds.setdefault((self._kind(story, seen.get(story), sign), sign), []).append(story)
        found: list[Cause] = []
        for (kind, sign), stories in kinds.items():
            found += self._said(kind, sign, stories, seen)
        if rest := difference - sum(one.n or 0 for one in found):
            found.append(Cause(kind="unknown", words=f"nothing that is kept says why of {abs(rest)}", n=rest))
        return tuple(sorted(found, key=lambda one: (-abs(one.n or 0), one.kind, one.words)))

    def _kind(self, story: str, seen: Seen | None, sign: int) -> str:
        act = self._acts.get(story)
        if act is not None and bool(act["removed"]) == (sign < 0):
            return "removed" if sign < 0 else "kept"
        if seen is not None and sign < 0 and seen.story != story:
            return "joined"
        if story in self._copies and sign > 0:
            return "parted"
        if seen is not None and seen.revised > self.since:
            return "edited"
        if self._declared:
            return "declared"
        cutoff = self.told.data.get("cutoff")
        if seen is not None and sign > 0 and isinstance(cutoff, int) and seen.arrival > cutoff:
            return "late"
        return "unknown"

    def _said(self, kind: str, sign: int, stories: Sequence[str], seen: dict[str, Seen]) -> list[Cause]:
        n = sign * len(stories)
        if kind == "declared":
            names = ", ".join(self._declared[:3]) + (" and others" if len(self._declared) > 3 else "")
            return [Cause(kind=kind, words=f"the settings were changed ({names})", n=n, rows=tuple(stories))]
        if kind in {"removed", "kept"} and len(stories) <= ALONE:
            return [self._act(kind, sign, story, seen.get(story)) for story in stories]
        if len(stories) == 1:
            title = seen[stories[0]].title if stories[0] in seen else stories[0]
            words = _ONE[kind].format(short(title))
        else:
            words = _MANY[kind].format(len(stories))
        command = "commsleads stories --removed" if kind == "removed" else f"commsleads story show {stories[0]}"
        return [Cause(kind=kind, words=words, n=n, rows=tuple(stories), command=command)]

    def _act(self, kind: str, sign: int, story: str, seen: Seen | None) -> Cause:
        row = self._acts[story]
        what = "taken out" if kind == "removed" else "put back"
        return act_of(self.ground, row | {"title": seen.title if seen else story}, what, kind=kind, n=sign)


def act_of(ground: Ground, row: Row, what: str, *, kind: str, n: int | None = None) -> Cause:
    """What a person did to a story, in a sentence. `row` is of `removals`, with the title."""
    who = officer(ground, row["who"])
    of = f" of {ground.named[row['watch']].name or row['watch']}" if row["watch"] in ground.named else ""
    why = f": {short(row['why'])}" if row["why"] else ""
    return Cause(
        kind=kind,
        words=f"“{short(row['title'])}” was {what}{of} by {who}{why}",
        n=n,
        who=who,
        at=moment(row["at"]),
        rows=(row["story"],),
        command=f"commsleads story show {row['story']}",
    )


def officer(ground: Ground, ident: str) -> str:
    """How we call one of our own people."""
    return next((one.name or one.id for one in ground.plan.officers if one.id == ident), ident)


def short(words: str) -> str:
    """Somebody's words, short enough for a sentence."""
    line = " ".join(words.split()).rstrip(".")
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def lead_causes(ground: Ground, since: datetime) -> tuple[Cause, ...]:
    """What since then may have changed how many leads qualified in a time that was over."""
    start, end = stamp(since), stamp(ground.now)
    found = []
    if n := tellings.merged_since(ground.session, start, end):
        words = "two leads were found to be one person" if n == 1 else f"{n} times leads were joined or parted"
        found.append(Cause(kind="merged", words=words, command="commsleads contact list"))
    if numbers := tellings.agreed_since(ground.session, start, end):
        words = f"criteria {', '.join(map(str, numbers))} came into force"
        found.append(Cause(kind="criteria", words=words, command="commsleads criteria list"))
    return tuple(found) or (Cause(kind="late", words="touches of that time were learned of later"),)


def enquiry_causes(
    ground: Ground, since: datetime, before: Iterable[str], now: dict[str, str], *, changed: Sequence[str]
) -> tuple[Cause, ...]:
    """What became of the enquiries that an edition counted: `before` are references told, `now` references by id.

    `changed` are the ids of those whose answer or deadline may be another.
    """
    touched = tellings.enquiries_changed_since(ground.session, changed, stamp(since), stamp(ground.now))
    was, there = set(before), set(now.values())
    lost, new = sorted(was - there), sorted(there - was)
    found = []
    if lost:
        words = f"{_enquiries(lost)} counted no more: a duplicate, redirected, or of another time"
        found.append(Cause(kind="corrected", words=words, n=-len(lost), rows=tuple(lost)))
    if new:
        found.append(Cause(kind="late", words=f"{_enquiries(new)} logged later", n=len(new), rows=tuple(new)))
    put_right = sorted(now[one] for one in touched if now[one] in was)
    if put_right and not (lost or new):
        words = f"{_enquiries(put_right)} settled or put right since"
        found.append(Cause(kind="settled", words=words, rows=tuple(put_right)))
    return tuple(found) or (Cause(kind="settled", words="a deadline has passed since"),)


def _enquiries(references: Sequence[str]) -> str:
    names = ", ".join(references[:3]) + (f" and {len(references) - 3} more" if len(references) > 3 else "")
    return f"{names} {'was' if len(references) == 1 else 'were'}"


def _lists(value: object) -> list[dict[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
