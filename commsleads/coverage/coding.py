"""What people say of coverage: its tone towards us, and whether and how well it carries a key message.

Every word is added to those before and none is changed. A machine's reading is kept beside it, as it stood when the
word was said: that is what the machine is held to. The newest word counts, and can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from typing import Any, NamedTuple

from commsleads.errors import CoverageError
from commsleads.plan import Campaign, Watch
from commsleads.rules.tone import model
from commsleads.rules.tone.stories import SAID, US, likeliest, together
from commsleads.store import coding as rows
from commsleads.store.coding import Coding
from commsleads.store.desk.covered import signal
from commsleads.store.engine import Session

LONGEST = 500
"""Characters of a reason."""
OWN = ("brand", "product", "spokesperson")
"""Roles of the watches towards which tone is read and coded: ours."""
LEVELS = ("0", "1", "2")


class Coded(NamedTuple):
    """What was said of a story: `value` now ('' taken back), `before` what a person had said, `machine` what a machine
    thinks ('' for nothing). `changed` is False when it was said already."""

    story: str
    title: str
    what: str
    about: str
    value: str
    before: str
    machine: str
    changed: bool


def set_tone(
    session: Session,
    wanted: str,
    value: str,
    *,
    watches: Iterable[Watch],
    who: str,
    now: datetime,
    watch: str = US,
    why: str = "",
) -> Coded:
    """Say how a story (its id, that of a copy, or its address) speaks of us, or of one watch of ours; '' takes it back.

    Raises `NotFoundError` for a story that is not there, `CoverageError` for a tone that is none, for a story that
    names nobody of ours, and for a watch that is not ours or that it does not name.
    """
    if value and value not in SAID:
        raise CoverageError(f"“{value[:40]}” is no tone. Say {', '.join(SAID[:-1])} or {SAID[-1]}.")
    own = [one.id for one in watches if one.role in OWN]
    with session.atomic():
        found = signal(session, wanted)
        story = found["story_id"]
        named = rows.naming(session, story, own)
        _must_name(watch, own, named)
        machine = _chances(session, story, [watch] if watch else own)
        said: dict[str, Any] = {"chances": machine, "model": model().name if machine else ""}
        heard = likeliest(machine) if machine else ""
        return _say(session, found, "tone", watch, value, said=said, machine=heard, who=who, now=now, why=why)


def set_message(
    session: Session,
    wanted: str,
    message: str,
    *,
    campaigns: Sequence[Campaign],
    given: Mapping[str, str],
    who: str,
    now: datetime,
    why: str = "",
) -> list[Coded]:
    """Say of a key message in a story any of presence ("0", "1"), prominence and accuracy ("0" to "2"); '' takes back.

    `message` is its id, or CAMPAIGN/ID where several campaigns have one of that id. Raises `NotFoundError` and
    `CoverageError`: nothing said, no such message, a level that is none, or words that contradict each other.
    """
    _must_be_levels(given)
    about = find_message(message, campaigns)
    campaign, _, ident = about.partition("/")
    with session.atomic():
        found = signal(session, wanted)
        hits = {(one, two): prominence for one, two, prominence, _ in rows.carried(session, found["story_id"])}
        by_rule = hits.get((campaign, ident), 0)
        words, said = ("not there", "somewhere", "in the headline or lead")[by_rule], {"prominence": by_rule}
        return [
            _say(session, found, what, about, value, said=said, machine=words, who=who, now=now, why=why)
            for what, value in given.items()
        ]


def history(session: Session, wanted: str) -> tuple[str, str, list[Coding]]:
    """A story with all that people ever said of it: its id, its title, their words, oldest first."""
    found = signal(session, wanted)
    return found["story_id"], _title(found), rows.history(session, found["story_id"])


def find_message(wanted: str, campaigns: Sequence[Campaign]) -> str:
    """The key message that is meant, as CAMPAIGN/ID. Raises `CoverageError` with the nearest."""
    known = [f"{campaign.id}/{message.id}" for campaign in campaigns for message in campaign.messages]
    if wanted in known:
        return wanted
    alike = [one for one in known if one.partition("/")[2] == wanted]
    if len(alike) == 1:
        return alike[0]
    if alike:
        raise CoverageError(f"Several campaigns have a message “{wanted[:60]}”. Say which: {', '.join(alike)}.")
    if not known:
        raise CoverageError("No campaign has key messages. Declare them with [[campaigns.messages]].")
    near = get_close_matches(wanted[:100], [*known, *(one.partition("/")[2] for one in known)], 1, 0.5)
    hint = f"Did you mean {near[0]}?" if near else f"There is: {', '.join(known[:20])}."
    raise CoverageError(f"No key message is called “{wanted[:60]}”. {hint}")


def _must_name(watch: str, own: Sequence[str], named: Sequence[str]) -> None:
    of = f"It names {', '.join(named)}." if named else "It names no watch of the roles brand, product or spokesperson."
    if not named:
        raise CoverageError(f"The story does not speak of us, so it has no tone towards us. {of}")
    if watch and watch not in own:
        near = get_close_matches(watch[:100], own, 1, 0.5)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise CoverageError(f"No watch of ours is called “{watch[:60]}”.{hint} {of}")
    if watch and watch not in named:
        raise CoverageError(f"The story does not name the watch {watch}. {of}")


def _must_be_levels(given: Mapping[str, str]) -> None:
    if not given:
        raise CoverageError("Say what: --present or --absent, --prominence 0, 1 or 2, --accuracy 0, 1 or 2.")
    for what, value in given.items():
        levels = LEVELS[:2] if what == "presence" else LEVELS
        if value and value not in levels:
            raise CoverageError(f"{what.capitalize()} is {', '.join(levels[:-1])} or {levels[-1]}, not “{value[:20]}”.")
    absent = given.get("presence") == "0" or given.get("prominence") == "0"
    if absent and (given.get("accuracy") or given.get("prominence") in LEVELS[1:] or given.get("presence") == "1"):
        raise CoverageError("A message that is not there can be neither prominent nor right: say one or the other.")


def _chances(session: Session, story: str, watches: Sequence[str]) -> list[int] | None:
    """The machine's chances of a story as figures count them: of each watch the first copy, averaged."""
    first: dict[str, tuple[int, int, int]] = {}
    for one in rows.tones_of(session, [story]):
        if one.watch_id in watches:
            first.setdefault(one.watch_id, (one.negative, one.neutral, one.positive))
    found = together(first.values())
    return list(found) if found else None


def _say(
    session: Session, found: Mapping[str, Any], what: str, about: str, value: str, *, said: Mapping[str, Any],
    machine: str, who: str, now: datetime, why: str,
) -> Coded:  # fmt: skip
    story = found["story_id"]
    before = next((one.value for one in rows.of_stories(session, [story], (what,)) if one.about == about), "")
    if before != value:
        rows.add(
            session, story=story, what=what, about=about, value=value, said={**said, "before": before}, who=who,
            why=" ".join(why.split())[:LONGEST], now=now,
        )  # fmt: skip
    return Coded(story, _title(found), what, about, value, before, machine, before != value)


def _title(found: Mapping[str, Any]) -> str:
    return str(found["title"] or found["text"][:100])
