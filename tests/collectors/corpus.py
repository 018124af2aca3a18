"""The corpus beside the repository: real feeds as they were served, and small cases. Skips by name where it is not."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).resolve().parents[2] / "../shared/corpus"
needs_corpus = pytest.mark.skipif(not CORPUS.exists(), reason="../shared/corpus is not here")


def content_of(path: Path) -> bytes:
    """A file as it was, unpacked if it is packed."""
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


@cache
def captured() -> dict[str, bytes]:
    """Every captured feed by its name."""
    return {path.name: content_of(path) for path in sorted((CORPUS / "feeds/captured").iterdir())}


def cases() -> Iterator[tuple[str, bytes]]:
    """Every small case, named after where it came from."""
    for path in sorted((CORPUS / "feeds/cases").iterdir()):
        for number, line in enumerate(content_of(path).decode().splitlines()):
            row = json.loads(line)
            text = row["content"]
            content = base64.b64decode(text) if row.get("encoding") == "base64" else text.encode("utf-8", "replace")
            yield f"{path.name}:{number}", content


def index() -> list[dict[str, Any]]:
    """What feedparser read from each captured feed."""
    rows = map(json.loads, (CORPUS / "feeds/index.jsonl").read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row["reference_feedparser"]]


def feed_dates() -> list[dict[str, Any]]:
    """Dates of feeds and what feedparser's own tests take them for."""
    return [json.loads(line) for line in (CORPUS / "dates/feed_dates.jsonl").read_text(encoding="utf-8").splitlines()]
