"""Two contacts that are one person: join them, part them again, or say that they are two.

A joining is an edge between two contacts; a lead is all contacts that standing edges join. Parting takes one edge away
and nothing else, so whatever was joined in any order can be parted in any order, and stands as if it had never been.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from commsleads.errors import ConflictError, LeadError, NotFoundError
from commsleads.journey import Merge
from commsleads.leads.record import Work, log_of, needed
from commsleads.leads.retelling import retell
from commsleads.rules.leads.people import joined
from commsleads.rules.leads.verbs import local
from commsleads.store.engine import Session, stamp
from commsleads.store.leads import edges, finding, merges


class Joined(NamedTuple):
    """What a joining or parting came to: the edge, and the leads that these people are now."""

    merge: Merge
    leads: tuple[str, ...]


def merge(work: Work, one: str, other: str, *, why: str) -> Joined:
    """Say that two leads or contacts are one person. Raises `ConflictError` when they are already."""
    reason = needed(why, "Say why they are one person, with --why: somebody may want to undo it.")
    with work.session.atomic():
        first, second = finding.contact(work.session, one), finding.contact(work.session, other)
        if first == second:
            raise LeadError(f"{first} is joined with nobody by being joined with itself. Name two people.")
        standing = _standing(work, first)
        if second in joined(standing).get(first, ()):
            raise ConflictError(_already(work, standing, first, second))
        work = _after(work, (first, second))
        made = Merge(secrets.token_hex(8), first, second, work.now, work.who.id, reason)
        merges.add(work.session, made)
        return Joined(made, _told(work, (first, second)))


def unmerge(work: Work, one: str, other: str = "", *, why: str) -> Joined:
    """Take a joining back: by its id, or by the two whom it joined.

    Raises `ConflictError` when somebody did it before, `LeadError` when the two were joined by way of others.
    """
    reason = needed(why, "Say why they are two people, with --why.")
    with work.session.atomic():
        edge = _between(work, one, other) if other else _numbered(work, one)
        if edge.undone is not None:
            raise ConflictError(
                f"{edge.undone_by} took it back at {local(edge.undone, work.zone)} already: "
                f"{edge.undone_why} Nothing of yours was written."
            )
        work = _after(work, (edge.one, edge.other))
        merges.undo(work.session, edge.id, at=work.now, by=work.who.id, why=reason)
        ended = edge._replace(undone=work.now, undone_by=work.who.id, undone_why=reason)
        return Joined(ended, _told(work, (edge.one, edge.other)))


def apart(work: Work, one: str, other: str, *, why: str = "") -> tuple[str, str]:
    """Say that two are two people: they are never suggested for joining again. Their ids, the smaller first."""
    with work.session.atomic():
        first, second = sorted((finding.contact(work.session, one), finding.contact(work.session, other)))
        if first == second:
            raise LeadError(f"{first} is one person. Name two.")
        standing = _standing(work, first)
        if second in joined(standing).get(first, ()):
            raise LeadError(f"{_already(work, standing, first, second)} To part them: commsleads lead unmerge")
        work.session.execute(
            "INSERT INTO told_apart (one, other, at, by, why) VALUES (:one, :other, :at, :by, :why) "
            "ON CONFLICT (one, other) DO NOTHING",
            one=first,
            other=second,
            at=stamp(work.now),
            by=work.who.id,
            why=" ".join(why.split())[:500],
        )
        return first, second


def _after(work: Work, contacts: Iterable[str]) -> Work:
    """At a moment that is not before anything that is known of these."""
    terms = work.terms()
    moments = [log_of(work.session, contact, terms).latest(work.now) for contact in contacts]
    return replace(work, now=max(moments))


def _told(work: Work, contacts: Iterable[str]) -> tuple[str, ...]:
    """Tell the leads anew that these are now; their ids."""
    given = list(contacts)
    retell(work.session, work.terms(), work.now, given)
    return tuple(dict.fromkeys(finding.leads_of(work.session, given).values()))


def _standing(work: Work, contact: str) -> list[Merge]:
    return [edge for edge in edges.around(work.session, contact) if edge.undone is None]


def _numbered(work: Work, ident: str) -> Merge:
    found = edges.get(work.session, ident.strip())
    if found is None:
        raise NotFoundError(
            f"There is no joining “{ident.strip()[:60]}”. Those of a lead: commsleads lead show ID; "
            "or name the two whom it joined."
        )
    return found


def _between(work: Work, one: str, other: str) -> Merge:
    first, second = _alone(work.session, one), _alone(work.session, other)
    known = edges.around(work.session, first)
    between = [edge for edge in known if {edge.one, edge.other} == {first, second}]
    standing = [edge for edge in between if edge.undone is None]
    if standing or between:
        return (standing or between)[-1]
    others = [edge for edge in known if edge.undone is None]
    if second in joined(others).get(first, ()):
        there = "; ".join(f"{edge.id} ({edge.one} with {edge.other})" for edge in others[:6])
        raise LeadError(f"They were joined by way of others. Take one of these back: {there}.")
    raise LeadError(f"{first} and {second} were never joined.")


def _alone(session: Session, words: str) -> str:
    """The contact that is meant, and not the lead that it is joined to."""
    found = finding.called(session, words)
    return found[0] if len(found) == 1 else finding.contact(session, words)


def _already(work: Work, standing: Iterable[Merge], first: str, second: str) -> str:
    there = list(standing)
    last = next((edge for edge in there if {edge.one, edge.other} == {first, second}), there[-1])
    return (
        f"They are one lead already: {last.by} joined {last.one} with {last.other} at {local(last.at, work.zone)} "
        f"({last.why}). Nothing of yours was written."
    )
