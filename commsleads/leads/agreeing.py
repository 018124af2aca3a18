"""The criteria that are in force, and how others come into force: agreed on by people, never by a file that changed.

A set of criteria has a number from the day it is switched on. When only our hours, days off or people change, the same
number goes on in a new revision, because a due time or an assignment may now be another.
"""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from pathlib import Path

from commsleads.config import Settings
from commsleads.config import criteria as files
from commsleads.criteria import Criteria
from commsleads.errors import ConfigError, LeadError
from commsleads.leads.ground import BEFORE, ground, same, years
from commsleads.rules.criteria.checks import contradictions
from commsleads.rules.leads.terms import Ground, Terms
from commsleads.store.engine import Session
from commsleads.store.leads import terms

MACHINE = "commsleads"
"""Who switched them on when nobody did: the first criteria, and every revision."""


def ensure(session: Session, settings: Settings, now: datetime) -> tuple[Terms, ...]:
    """All terms in force, in their order. With none yet the file of the settings is switched on as number 1, else the
    criteria that come with the program; on another ground than before there is a new revision.

    A file that changed since is not switched on: see `differs`. Raises `ConfigError` when the first file is wrong.
    """
    newest = terms.newest(session)
    if newest is None or _revised(newest, settings, now) is not None:
        with session.atomic():  # another process may have been faster
            newest = terms.newest(session)
            if newest is None:
                _first(session, settings, now)
            elif (other := _revised(newest, settings, now)) is not None:
                _revise(session, newest, other, now)
    return terms.in_force(session)


def switch_on(
    session: Session,
    settings: Settings,
    content: bytes | Path,
    *,
    by: str,
    now: datetime,
    name: str = "",
    why: str = "",
) -> Terms:
    """Put the criteria of a file in force, under the next number, from now on. The same text as in force changes
    nothing: then the terms that are in force come back.

    Everybody is told anew by the next `retelling.retell`. Raises `ConfigError` for a file that cannot be read, and
    `LeadError` with every contradiction.
    """
    if isinstance(content, Path):  # once: a file may be written while it is read
        name = name or content.name
        content = files.content_of(content)
    criteria, text = files.read(content, name), files.text_of(content, name)
    span = years(settings, now)
    found = ground(settings, span)
    if problems := contradictions(criteria, found.officers):
        raise LeadError(*problems)
    with session.atomic():
        newest = terms.newest(session)
        if newest is not None and newest.text == text:
            return terms.in_force(session)[-1]
        at = _second(now) if newest is None else max(_second(now), newest.at)
        number = 1 if newest is None else newest.number + 1
        made = Terms(number=number, revision=1, at=at, by=by, criteria=criteria, ground=found)
        return terms.add(session, made, text, terms.written(found, span), why or criteria.note)


def on_trial(criteria: Criteria, there: tuple[Terms, ...], settings: Settings, now: datetime) -> Terms:
    """The terms as they would be if these criteria were switched on now."""
    at = max([_second(now), *(one.at for one in there[-1:])])
    found = ground(settings, years(settings, now))
    return Terms(number=_next(there), revision=1, at=at, by=MACHINE, criteria=criteria, ground=found)


def differs(session: Session, settings: Settings) -> str:
    """A sentence when the file of the settings says something else than the criteria in force; '' otherwise.

    Comments and the order of keys are no difference. Where the settings name no file nothing is compared.
    """
    path, newest = settings.criteria_file, terms.newest(session)
    if path is None or newest is None:
        return ""
    try:
        found = files.read(path)
    except ConfigError as error:
        count = len(error.problems)
        return (
            f"{path} has {count} mistake{'' if count == 1 else 's'}, see `commsleads check`; the criteria in force are "
            f"number {newest.number}."
        )
    if found == terms.criteria_of(newest.text, f"The criteria number {newest.number}"):
        return ""
    file = shlex.quote(str(path))
    return (
        f"{path} differs from the criteria in force, number {newest.number}. What would change is said by "
        f"`commsleads criteria try {file}`; it comes into force with `commsleads criteria apply {file}`."
    )


def _next(there: tuple[Terms, ...]) -> int:
    return there[-1].number + 1 if there else 1


def _first(session: Session, settings: Settings, now: datetime) -> None:
    path = settings.criteria_file
    content: bytes | Path = files.text_of_own().encode() if path is None else path
    try:
        switch_on(session, settings, content, by=MACHINE, now=now, name="" if path else "criteria.example.toml")
    except LeadError as error:
        called = "criteria.example.toml" if path is None else path.name
        raise ConfigError([f"{called}: {problem}" for problem in error.problems]) from None


def _revised(newest: terms.Kept, settings: Settings, now: datetime) -> tuple[Ground, range] | None:
    """The ground as it is now, when clocks or assignments go otherwise on it or its days off come to their end."""
    span, before = years(settings, now), terms.years_of(newest.ground)
    found = ground(settings, span)
    both = range(max(span.start, before.start), min(span.stop, before.stop))
    ends = span.start + BEFORE >= before.stop - 1
    return (found, span) if ends or not same(found, terms.ground_of(newest.ground), both) else None


def _revise(session: Session, newest: terms.Kept, other: tuple[Ground, range], now: datetime) -> None:
    found, span = other
    made = Terms(
        number=newest.number,
        revision=newest.revision + 1,
        at=max(_second(now), newest.at),
        by=MACHINE,
        criteria=terms.criteria_of(newest.text, f"The criteria number {newest.number}"),
        ground=found,
    )
    terms.add(session, made, newest.text, terms.written(found, span), newest.note)


def _second(at: datetime) -> datetime:
    """A moment as the store keeps it."""
    return at.astimezone(UTC).replace(microsecond=0)
