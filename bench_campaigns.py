"""The answer card's speed, for `bench.py`: one campaign's card, with few and with many hits behind it.

    ./run bench --card                      # 1,000,000 hits of other campaigns behind: about a minute
    ./run bench --card --hits 10000000      # ten million: some ten minutes and three gigabytes in the temporary folder

The same campaign (20 links, 500 targets, 50,000 clicks) is asked of three databases in turn: one that holds nothing
else, one with the hits of two hundred other campaigns beside it, and one in which all those hits are its own. The bars
are 300 ms, and a cost that other campaigns' hits do not raise. Hits are written with their verdicts, as the rules leave
them.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
DAYS = 60
LINKS = 20
OTHERS = 200
TARGETS = 500
OWN = 50_000
ASKED = 15
BITE = 50_000
VERDICTS = ("certain_human", "probable_human", "probable_human", "probable_machine", "certain_machine")
MEDIA = ("direct", "mail", "social", "search")
SETTINGS = """
[organisation]
name = "Harbour Museum"
timezone = "Europe/Berlin"
[[campaigns]]
id = "own"
starts_on = {starts}
ends_on = {ends}
goal = {{ n = 400, of = "responses" }}
ctas = [{{ id = "tour", destination = "https://museum.example/tour" }}]
targets = [{{ name = "Editors", n = 500 }}]
"""


def made(folder: Path, hits: int, *, own: bool) -> Any:
    """The program on a database with the campaign, and `hits` more: its own, or those of others."""
    from commsleads.app import build

    folder.mkdir()
    today = NOW.date()
    (folder / "config.toml").write_text(
        SETTINGS.format(starts=today - timedelta(days=DAYS), ends=today + timedelta(days=10)), encoding="utf-8"
    )
    app = build(folder / "config.toml", clock=lambda: NOW)
    app.prepare()
    rng = random.Random(hits)
    with app.engine.session() as session:
        mine = _links(session, "own")
        _targets(session)
        _write(session, OWN, mine, rng, "a")
        if hits:
            others = mine if own else [link for n in range(OTHERS) for link in _links(session, f"other-{n}")]
            _write(session, hits, others, rng, "b")
    return app


def _links(session: Any, campaign: str) -> list[str]:
    from commsleads.store.campaigns import links

    at = NOW - timedelta(days=DAYS)
    with session.atomic():
        return [
            links.insert(
                session,
                links.New(
                    campaign, "tour", "mail", "https://museum.example/tour", slug=f"{campaign}-{n}", part=f"g{n}"
                ),
                at=at,
                by="ada",
            )
            for n in range(LINKS)
        ]


def _targets(session: Any) -> None:
    at = (NOW - timedelta(days=DAYS)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with session.atomic():
        session.many(
            "INSERT INTO targets (id, campaign_id, part, kind, identity, name, status, status_at, origin, basis, "
            "added_at) VALUES (?, 'own', 'Editors', 'contact', ?, ?, 'contacted', ?, 'list', 'legitimate interest', ?)",
            [(f"t{n}", f"t{n}@press.example", f"Editor {n}", at, at) for n in range(TARGETS)],
        )
        session.many(
            "INSERT INTO responses (id, campaign_id, cta_id, target_id, at, kind, channel, did, evidence, why, by, "
            "seen_at) VALUES (?, 'own', 'tour', ?, ?, 'phone', 'phone', 1, ?, 'rang', 'ada', ?)",
            [(f"r{n}", f"t{n}", at, f"mark {n}", at) for n in range(0, TARGETS, 3)],
        )


def _write(session: Any, count: int, links: list[str], rng: random.Random, mark: str) -> None:
    """Hits with verdicts and their tallies, spread over the days."""
    from commsleads.store.campaigns import tallies
    from commsleads.store.engine import micros

    first, length = micros(NOW - timedelta(days=DAYS)), DAYS * 86_400_000_000
    zone = ZoneInfo("Europe/Berlin")
    days = [tallies.day(first + n * 3_600_000_000, zone) for n in range(DAYS * 24 + 1)]
    for start in range(0, count, BITE):
        counted: Counter[tuple[str, str, str, str]] = Counter()

        def rows(
            start: int = start, counted: Counter[tuple[str, str, str, str]] = counted
        ) -> Iterator[tuple[Any, ...]]:
            for n in range(start, min(start + BITE, count)):
                at = first + n * length // count
                link, medium, verdict = rng.choice(links), rng.choice(MEDIA), rng.choice(VERDICTS)
                counted[link, days[(at - first) // 3_600_000_000], medium, verdict] += 1
                yield f"{mark}{n:09x}", link, at, f"v{n % 65_536:04x}", f"n{n % 4096:03x}", medium, verdict

        with session.atomic():
            session.many(
                "INSERT INTO hits (id, link_id, arrival, asked, visitor, network, known, agent_id, marks, referrer, "
                "medium, verdict, reasons, again, judged) "
                "VALUES (?, ?, ?, 'get', ?, ?, '', '', '', '', ?, ?, 'x', 0, 1)",
                rows(),
            )
            tallies.add(session, counted)


def asked(app: Any) -> float:
    """Seconds for one answer card, as `campaign show` reads it."""
    began = time.perf_counter()
    with app.engine.session() as session:
        card = app.facts(session).card("own")
    took = time.perf_counter() - began
    assert card is not None
    return took


def run(hits: int) -> None:
    """Say what a card costs with nothing, with others' hits and with hits of its own behind it."""
    with tempfile.TemporaryDirectory() as name:
        apps = {
            f"{OWN:,} hits, nothing beside": made(Path(name) / "alone", 0, own=False),
            f"{OWN:,} hits, {hits:,} of others beside": made(Path(name) / "beside", hits, own=False),
            f"{OWN + hits:,} hits, all its own": made(Path(name) / "own", hits, own=True),
        }
        times: dict[str, list[float]] = {what: [] for what in apps}
        for _ in range(ASKED):
            for what, app in apps.items():
                times[what].append(asked(app))
    alone = statistics.median(next(iter(times.values())))
    print("| answer card | median ms | worst ms | ratio |\n| --- | ---: | ---: | ---: |")
    for what, found in times.items():
        middle = statistics.median(found)
        print(f"| {what} | {middle * 1000:.1f} | {max(found) * 1000:.1f} | {middle / alone:.2f} |")
