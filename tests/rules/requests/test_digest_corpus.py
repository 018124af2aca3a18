"""The composed digests of the corpus, each request against its golden, field by field."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from commsleads.letters import SourceRequest
from commsleads.mail import read_letter
from commsleads.rules.requests import content_key, service, split

DIGESTS = Path(__file__).resolve().parents[3] / "../shared/corpus/mail/composed/digests"
RECEIVED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TRAPS = {"base64": "b64", "zero-width": "zw", "": None}


def fields(request: SourceRequest) -> dict[str, Any]:
    """A request in the words of the goldens."""
    deadline = request.deadline
    return {
        "number": int(request.number) if request.number else None,
        "summary": request.summary,
        "journalist": request.journalist or None,
        "outlet": request.outlet or None,
        "outlet_url": request.outlet_url or None,
        "reply_to": request.reply_to or None,
        "category": request.category or None,
        "requirements": request.requirements or None,
        "deadline_text": request.deadline_text,
        "deadline_utc": f"{deadline.at:%Y-%m-%dT%H:%M:%SZ}" if deadline and not deadline.day else None,
        "deadline_date": str(deadline.day) if deadline and deadline.day else None,
        "no_ai": request.no_ai,
        "trap": TRAPS[request.trap],
    }


@pytest.mark.parametrize("name", [
    "haro-2022", "haro-2026-morning", "haro-2026-morning-forwarded-gmail", "haro-2026-year-end", "qwoted", "sos", "tmx",
])  # fmt: skip
def test_each_request_is_found_once_with_every_field_as_in_its_golden(name: str) -> None:
    """Deadline, journalist, outlet, alias, category, summary, requirements, what is hidden, the flag."""
    if not DIGESTS.is_dir():
        pytest.skip("../shared/corpus is not here")
    letter = read_letter((DIGESTS / f"{name}.eml").read_bytes())
    golden = json.loads((DIGESTS / f"{name}.golden.json").read_text(encoding="utf-8"))
    found = split(letter, received=RECEIVED, zone=ZoneInfo("Europe/London"))
    assert [{key: fields(one)[key] for key in query} for one, query in zip(found, golden["queries"], strict=True)] == (
        golden["queries"]
    )
    assert {one.service for one in found} == {service(letter)} == {name.partition("-")[0]}
    assert all(letter.text[one.start : one.end] == one.raw for one in found)


def test_a_forwarded_digest_holds_the_same_queries_as_the_one_that_came_itself() -> None:
    """They are known again by their contents."""
    if not DIGESTS.is_dir():
        pytest.skip("../shared/corpus is not here")
    sets = []
    for name in ("haro-2026-morning", "haro-2026-morning-forwarded-gmail"):
        letter = read_letter((DIGESTS / f"{name}.eml").read_bytes())
        sets.append([content_key(one) for one in split(letter, received=RECEIVED, zone=ZoneInfo("Europe/London"))])
    assert sets[0] == sets[1]
    assert len(set(sets[0])) == 4


def test_no_direct_mail_of_the_corpus_is_a_digest() -> None:
    """Enquiries, pitches and complaints hold no request of a service."""
    direct = DIGESTS.parent / "direct"
    if not direct.is_dir():
        pytest.skip("../shared/corpus is not here")
    assert {service(read_letter(path.read_bytes())) for path in direct.glob("*.eml")} == {""}
