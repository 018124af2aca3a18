"""What a hit says alone: its agent, the headers it came with, its network and where it came from."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from commsleads.responses import Verdict
from commsleads.rules.channels import medium
from commsleads.rules.clicks import agents, signs
from commsleads.rules.clicks.agents import Kind
from commsleads.rules.clicks.signs import Sign

PEOPLE_COME_FROM = frozenset(("search", "social", "mail", "assistant"))


class Alone(NamedTuple):
    """The signs of one hit without its neighbours, a person's points with their reasons, and what follows from both."""

    against: tuple[Sign, ...]
    person: float
    favour: tuple[str, ...]
    verdict: Verdict
    reasons: tuple[str, ...]


@lru_cache(maxsize=100_000)
def weigh(agent: str, marks: str, known: str, came_from: str, *, seen: bool) -> Alone:
    """The signs of a hit alone. `seen` says that we saw its headers: of a counter's hits we know the agent at most.

    `came_from` is its channel (`responses.MEDIA`), '' where the referrer says nothing.
    """
    kind, name = agents.read(agent)
    told = frozenset(marks.split())
    against: list[Sign] = []
    if (worth := signs.AGENT.get(kind)) and (seen or agent):
        against.append(Sign(worth[0], "agent", f"{worth[1]}: {name}" if name else worth[1]))
    if "bot" in told:
        against.append(Sign(signs.SERVICE, "service", "the service that counted it calls it a machine"))
    if seen:
        against += _missing(told)
    if known:
        against.append(Sign(signs.NETWORK, "network", f"came out of a network where scanners are at work ({known})"))
    against.sort(key=lambda sign: (-sign.points, sign.text))
    person, favour = _person(kind, told, came_from)
    signs_ = tuple(against)
    verdict = signs.decide(signs_, person)
    return Alone(signs_, person, favour, verdict, words(verdict, signs_, favour))


def channel(referrer: str) -> str:
    """The channel of a referrer where people come from, '' for every other."""
    return _channel(referrer) if referrer else ""


@lru_cache(maxsize=20_000)
def _channel(referrer: str) -> str:
    found = medium(referrer)
    return found if found in PEOPLE_COME_FROM else ""


def _missing(told: frozenset[str]) -> list[Sign]:
    if "language" not in told and "html" not in told:
        return [Sign(signs.NO_HEADERS, "headers", "names no language and does not ask for a page")]
    if "language" not in told:
        return [Sign(signs.NO_LANGUAGE, "headers", "names no language")]
    if "html" not in told:
        return [Sign(signs.NO_HTML, "headers", "does not ask for a page")]
    return []


def _person(kind: Kind, told: frozenset[str], came_from: str) -> tuple[float, tuple[str, ...]]:
    """The points of a person. Only browsers have any: a program may send every header."""
    if kind not in (Kind.BROWSER, Kind.IN_APP):
        return 0.0, ()
    rows = (
        (signs.GESTURE, {"user", "navigate"} <= told, "opened by hand, as the browser says"),
        (signs.SPEAKS, {"language", "html"} <= told, "asks for a page in a language"),
        (signs.APP, kind is Kind.IN_APP, "opened in an app"),
        (signs.CAME_FROM, bool(came_from), f"came from {_FROM.get(came_from, came_from)}"),
        (signs.HINTS, "client-hints" in told, "says what browser it is (client hints)"),
    )
    return sum(points for points, is_so, _ in rows if is_so), tuple(text for _, is_so, text in rows if is_so)


_FROM = {"search": "a search", "social": "a social network", "mail": "a mail service", "assistant": "an assistant"}


def words(verdict: Verdict, against: tuple[Sign, ...], favour: tuple[str, ...]) -> tuple[str, ...]:
    """The reasons for people, the weightiest first: what speaks against a person, then, for people, what for one."""
    texts = tuple(dict.fromkeys(sign.text for sign in against))
    if verdict in (Verdict.DOUBTFUL, Verdict.MACHINE):
        return texts
    if against:
        return (
            (*favour, *(f"but {text}" for text in texts))
            if favour
            else ("nothing but one weak sign: " + texts[0], *texts[1:])
        )
    return favour or ("an ordinary browser, and nothing against it",)
