"""Answers of link services and site statistics with one thing wrong in them: an error in words, or counts that make
sense, and never a fault of the collector's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.collectors import test_linkaccounts, test_sitestatistics
from tests.collectors.linkaccounts import Links
from tests.collectors.sitestatistics import Visits
from tests.web import Answer, Asked, Web

STRANGE: tuple[Any, ...] = (
    None, True, -1, 1.5, 2**70, 10**400, "", "x", "9" * 5000, "\x00\ud800", "2026-13-45", [], {}, [None], {"a": []},
    "<script>alert(1)</script>", [[[[[]]]]], "0001-01-01T00:00:00+2359", "9999-12-31T23:59:59-2359",
)  # fmt: skip
KINDS = ("bitly", "dub", "ga4", "matomo", "plausible", "umami")


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to all nodes of an answer."""
    yield path
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for name, one in inside:
        yield from places(one, (*path, name))


def replaced(data: Any, path: tuple[Any, ...], value: Any, *, gone: bool) -> Any:
    """The answer with another value at a place, or without that place."""
    if not path:
        return value
    data = data.copy()
    if gone and len(path) == 1:
        del data[path[0]]
    else:
        data[path[0]] = replaced(data[path[0]], path[1:], value, gone=gone)
    return data


def start(kind: str, web: Web, folder: Path) -> tuple[Any, Any]:
    """A program and a service with something to tell."""
    if kind in test_linkaccounts.KINDS:
        links = Links()
        for name in ("go.example/a", "go.example/b"):
            links.make(name)
            links.click(name, test_linkaccounts.NOON, 3)
        return test_linkaccounts.start(kind, web, folder, links)
    visits = Visits()
    visits.add("2026-11-17", 3, campaign="wing26", content="visit")
    visits.add("2026-11-18", 2, campaign="wing26", source="newsletter")
    return test_sitestatistics.start(kind, web, folder, visits, first_days=1)


def strange(kind: str, folder: Path, times: int) -> None:
    """Poll so many times, each with one thing wrong somewhere."""
    chance = Random(kind)
    with Web() as web:
        program, service = start(kind, web, folder)
        assert program.ask() == ""
        usual, asked_before = service.answer, len(service.asked)
        wrong: dict[str, Any] = {}

        def answer(asked: Asked) -> Answer:
            good: Answer = usual(asked)
            wrong["left"] -= 1
            if wrong["left"] or good.status != 200:
                return good
            data = json.loads(good.body)
            path = chance.choice(list(places(data)))
            data = replaced(data, path, wrong["value"], gone=chance.random() < 0.2)
            wrong["was"] = f"{asked.target} {path} {str(wrong['value'])[:60]}"
            return Answer(body=json.dumps(data).encode(), headers=good.headers)

        service.answer = answer
        for _ in range(times):
            wrong |= {"left": chance.randint(1, asked_before), "value": chance.choice(STRANGE)}
            said = program.ask(hours=1)
            assert "itself failed" not in said, f"{said} {wrong}"
            assert len(said) < 1000
            assert said.isprintable()
            assert program.row("SELECT count(*) FROM counters WHERE total < 0 OR gained < 0 OR total > 1e15")[0] == 0
        service.answer = usual
        assert program.ask(hours=1) == ""


@pytest.mark.parametrize("kind", KINDS)
def test_one_thing_wrong(kind: str, tmp_path: Path) -> None:
    """Somewhere in an answer stands something else: the poll fails in words, or its counts are sound."""
    strange(kind, tmp_path, 15)


@pytest.mark.soak
@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("kind", KINDS)
def test_one_thing_wrong_often(kind: str, tmp_path: Path) -> None:
    """The same, three hundred times for each service."""
    strange(kind, tmp_path, 300)
