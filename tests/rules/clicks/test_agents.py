"""What agent strings say, made up here, and those of the corpus."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.plan import ClickPlan
from commsleads.responses import Hit, Verdict
from commsleads.rules.clicks import judge
from commsleads.rules.clicks.agents import Kind, read

CORPUS = Path(__file__).resolve().parents[3] / "../shared/corpus/user_agents/user_agents.jsonl.gz"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
)
PHONE = "Mozilla/5.0 (Linux; Android 14; {}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        (CHROME, Kind.BROWSER),
        (PHONE.format("CUBOT X70"), Kind.BROWSER),
        (PHONE.format("Spider Robot 5 Build/BOT.1"), Kind.BROWSER),
        (PHONE.format("K") + " Instagram 300.0.0.1 Android", Kind.IN_APP),
        (CHROME + " Viber", Kind.IN_APP),
        (CHROME + " Avast/142.0", Kind.BROWSER),
        (CHROME + " Frobnicator/1", Kind.ODD),
        (CHROME + " LinkChecker/2", Kind.JOB),
        ("Lynx/2.9.0 libwww-FM/2.14", Kind.BROWSER),
        ("Mozilla/5.0 (compatible; Examplebot/1.0; +https://bot.example/)", Kind.CRAWLER),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", Kind.CRAWLER),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/142.0 Safari/537.36", Kind.HEADLESS),
        ("curl/8.5.0", Kind.LIBRARY),
        ("Java/17.0.2", Kind.LIBRARY),
        ("Barracuda Sentinel (EE)", Kind.SCANNER),
        ("Mimecast-Link-Protect", Kind.SCANNER),
        ("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", Kind.PREVIEW),
        ("WhatsApp/2.23.20.0", Kind.PREVIEW),
        ("Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)", Kind.IMAGES),
        ("ExampleReader RSS 3.1", Kind.FEEDS),
        ("VLC/3.0.20 LibVLC/3.0.20", Kind.PLAYER),
        ("somebody's tool", Kind.OTHER),
        ("Frobnicator/1.0 (+https://example.org/why)", Kind.SIGNED),
        ("", Kind.EMPTY),
        (" - ", Kind.EMPTY),
        ("${jndi:ldap://x}", Kind.NONSENSE),
    ],
)
def test_an_agent_is_of_its_kind(agent: str, kind: Kind) -> None:
    """One string of each sort, and those that look like another."""
    assert read(agent).kind is kind


@given(st.text(max_size=3_000))
def test_any_string_is_read(agent: str) -> None:
    """Nothing in a string makes the reader fail, and what it names is short and harmless."""
    found = read(agent)
    assert len(found.name) <= 40
    assert not set(found.name) & set("<>&\"';\n")


@pytest.mark.parametrize(
    "agent", ["(" * 9_000, "Mozilla/5.0 (" + "a@" * 4_000, "build/" * 3_000, "android;" * 2_000 + "wv)"]
)
@pytest.mark.timeout(5)
def test_a_hostile_string_is_read_in_no_time(agent: str) -> None:
    """No expression goes through one string again and again."""
    read(agent)


def verdicts(marks: str) -> Counter[tuple[str, str]]:
    """How many agents of the corpus, by label, get which verdict when they come with these headers."""
    if not CORPUS.exists():
        pytest.skip("../shared/corpus is not here")
    lines = gzip.decompress(CORPUS.read_bytes()).splitlines()
    rows = [row for row in map(json.loads, lines) if not row.get("conflict")]
    hits = [
        Hit(str(n), "link", n * 10**9, visitor=f"v{n}", network=f"n{n}", agent=row["ua"], marks=marks)
        for n, row in enumerate(rows)
    ]
    judged = judge(hits, {}, ClickPlan())
    return Counter((row["label"], str(one.verdict)) for row, one in zip(rows, judged, strict=True))


def share(counts: Counter[tuple[str, str]], label: str, *wanted: Verdict) -> float:
    """The share of a label that got one of these verdicts."""
    return sum(counts[label, one] for one in wanted) / sum(n for (name, _), n in counts.items() if name == label)


@pytest.mark.parametrize("marks", ["", "html language", "client-hints document html language navigate user"])
def test_agents_of_machines_are_found_and_those_of_people_left_alone(marks: str) -> None:
    """With no header, with a few and with all of a browser's: 97 % of the bots, and at most 0.5 % of people."""
    counts = verdicts(marks)
    assert share(counts, "bot", Verdict.DOUBTFUL, Verdict.MACHINE) >= 0.97
    assert share(counts, "human", Verdict.MACHINE) <= 0.005


def test_people_with_odd_devices_are_people() -> None:
    """Most that are labelled as people's are probable people at least; the rest are programs without a browser."""
    assert share(verdicts("html language"), "human", Verdict.HUMAN, Verdict.LIKELY) >= 0.85
