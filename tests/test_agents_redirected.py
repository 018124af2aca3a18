"""The labelled agents through the web process: what a crawler, a scanner or a person is called after a real request."""

from __future__ import annotations

import gzip
import http.client
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.test_campaign_answers import PERSON, Museum

CORPUS = Path(__file__).resolve().parents[1] / "../shared/corpus/user_agents/user_agents.jsonl.gz"
MACHINES = ("probable_machine", "certain_machine")


def agents() -> list[tuple[str, str]]:
    """Each labelled agent with its label; those whose sources disagree left out."""
    if not CORPUS.exists():
        pytest.skip("../shared/corpus is not here")
    rows = [json.loads(line) for line in gzip.decompress(CORPUS.read_bytes()).decode().splitlines()]
    return [
        (row["ua"], row["label"])
        for row in rows
        if row["label"] in ("bot", "human") and not row.get("conflict") and row["ua"].isprintable()
    ]


def test_bots_are_machines_and_people_are_not(tmp_path: Path) -> None:
    """Bots are certain or probable machines at 97 % or better, and people certain machines at 0.5 % at most."""
    labelled = agents()
    museum = Museum(tmp_path)
    path = museum.json("link", "new", "--campaign", "spring", "--cta", "tour", "--channel", "social")["url"]
    path = path.partition(f":{museum.port}")[2]
    with museum.web():
        line = http.client.HTTPConnection("127.0.0.1", museum.port, timeout=10)
        for number, (agent, _) in enumerate(labelled):
            plain = {"Accept": PERSON["Accept"], "Accept-Language": PERSON["Accept-Language"]}
            whence = f"198.{51 + number // 65536}.{number // 256 % 256}.{number % 256}"
            line.putrequest("GET", path, skip_accept_encoding=True)
            for name, value in {**plain, "X-Forwarded-For": whence}.items():
                line.putheader(name, value)
            line.putheader("User-Agent", agent.encode("latin-1", "replace").strip())
            line.endheaders()
            answer = line.getresponse()
            answer.read()
            assert answer.status == 302
        line.close()
    subprocess.run([sys.executable, "-m", "commsleads", "once"], cwd=tmp_path, env=museum.env(), check=True)
    shown = museum.json("hits", "--limit", "0")
    assert len(shown) == len(labelled)
    # In order of arrival, which is the order they were sent in.
    found: Counter[tuple[str, str]] = Counter()
    for (_, label), hit in zip(labelled, reversed(shown), strict=True):
        found[label, hit["verdict"]] += 1
    people = sum(n for (label, _), n in found.items() if label == "human")
    bots = sum(n for (label, _), n in found.items() if label == "bot")
    caught = sum(found["bot", verdict] for verdict in MACHINES)
    assert caught >= 0.97 * bots, found
    assert found["human", "certain_machine"] <= 0.005 * people, found
