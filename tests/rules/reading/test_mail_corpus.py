"""Real mails with their origin's word on what they are, and the composed enquiries: a table, and what must hold."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from commsleads.letters import Letter, LetterClass, Reading
from commsleads.mail import read_letter
from commsleads.rules.reading import Desk, read
from tests.rules.reading.scoring import instant

MAIL = Path(__file__).resolve().parents[3] / "../shared/corpus/mail"
pytestmark = pytest.mark.skipif(not MAIL.is_dir(), reason="../shared/corpus is not here")

DESK = Desk(
    organisation="Acme",
    zone=ZoneInfo("Europe/London"),
    own_domains=frozenset({"acme.example"}),
    own_addresses=frozenset({"press@acme.example"}),
)
"""Without a register of outlets: everything is to be found in the mails."""

OF_ORIGIN = {
    "bounce": LetterClass.BOUNCE,
    "auto-reply": LetterClass.AUTO_REPLY,
    "complaint-report": LetterClass.COMPLAINT_REPORT,
    "newsletter": LetterClass.NEWSLETTER,
    "reply": LetterClass.REPLY,
}
"""What the origins' words are called here. Help desks' mails and requests for public information are of any class but
an enquiry; `mime` makes no claim."""

HEADLESS = 12
"""Of the 18 replies, bodies without any header and mostly without a quote: nothing in them says that they answer. The
one newsletter is a sentence between two people. Both are misses in the table, and nothing is done to hide them."""


@cache
def corpus() -> tuple[tuple[dict[str, Any], Letter, Reading], ...]:
    """Every real mail, as its index has it, and read."""
    found = []
    for line in (MAIL / "index.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        raw = (MAIL / "eml" / row["file"]).read_bytes()
        letter = read_letter(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
        found.append(
            (row, letter, read(letter, received=letter.sent_at or datetime(2026, 5, 6, 8, tzinfo=UTC), desk=DESK))
        )
    return tuple(found)


@cache
def composed() -> tuple[tuple[str, dict[str, Any], Letter, Reading], ...]:
    """The composed mails, with their goldens."""
    found = []
    for path in sorted((MAIL / "composed").rglob("*.eml")):
        golden = json.loads(path.with_suffix(".golden.json").read_text(encoding="utf-8"))
        letter = read_letter(path.read_bytes())
        assert letter.sent_at is not None
        received = instant(golden["received_utc"]) if "received_utc" in golden else letter.sent_at
        found.append((path.stem, golden, letter, read(letter, received=received, desk=DESK)))
    return tuple(found)


def test_the_table_of_precision_and_recall(capsys: pytest.CaptureFixture[str]) -> None:
    """Each class against its origin's word."""
    pairs: Counter[tuple[str, str]] = Counter()
    for row, _, reading in corpus():
        claim = OF_ORIGIN.get(row["class_by_origin"])
        if claim is not None:
            pairs[str(claim), str(reading.kind)] += 1
    for _, golden, _, reading in composed():
        claim = LetterClass.JOURNALIST_REQUEST if "queries" in golden else LetterClass.ENQUIRY
        if golden.get("is_inquiry") is False:
            claim = LetterClass.AUTO_REPLY if golden["kind"] == "auto-reply" else LetterClass.OTHER
        pairs[str(claim), str(reading.kind)] += 1
    with capsys.disabled():
        print("\nclass               right  claimed  read as   recall  precision")
        for kind in LetterClass:
            right = pairs[kind, kind]
            claimed = sum(count for (claim, _), count in pairs.items() if claim == kind)
            said = sum(count for (_, found), count in pairs.items() if found == kind)
            shares = [f"{right / whole:9.3f}" if whole else "        –" for whole in (claimed, said)]
            print(f"{kind:18}{right:7}{claimed:9}{said:9}{shares[0]}{shares[1]}")
    assert pairs["bounce", "bounce"] >= 0.99 * sum(count for (claim, _), count in pairs.items() if claim == "bounce")
    assert pairs["reply", "reply"] >= sum(count for (claim, _), count in pairs.items() if claim == "reply") - HEADLESS


def test_no_real_mail_of_the_corpus_becomes_an_enquiry() -> None:
    """Bounces, automatic answers, newsletters, tickets, spam: none of the 378 asks for anything to be published."""
    assert [row["file"] for row, _, reading in corpus() if reading.kind is LetterClass.ENQUIRY] == []


@pytest.mark.parametrize("claim", ["bounce", "auto-reply", "complaint-report"])
def test_what_machines_wrote_is_known(claim: str) -> None:
    """All of them, by whatever maker."""
    wrong = [
        row["file"]
        for row, _, reading in corpus()
        if row["class_by_origin"] == claim and reading.kind is not OF_ORIGIN[claim]
    ]
    assert wrong == []


def test_every_composed_enquiry_is_one_and_as_its_golden() -> None:
    """Journalist, outlet, kind, urgency, language and the deadline, to the minute or to the day."""
    for name, golden, _, reading in composed():
        if golden.get("is_inquiry"):
            assert reading.kind is LetterClass.ENQUIRY, name
            assert (reading.journalist, reading.outlet) == (golden["journalist"], golden["outlet"]), name
            assert (reading.request_type, reading.urgent) == (golden["kind"], golden["urgent"]), name
            assert reading.language == golden.get("language", "en"), name
            assert reading.deadline is not None, name
            if "deadline_utc" in golden:
                assert reading.deadline.at == instant(golden["deadline_utc"]), name
            else:
                assert str(reading.deadline.day) == golden["deadline_date"], name
            assert reading.doubts == (), name


def test_no_composed_look_alike_is_an_enquiry() -> None:
    """The angry customer, the seller of places in print and the journalist who is away are none."""
    found = {name: reading.kind for name, golden, _, reading in composed() if golden.get("is_inquiry") is False}
    assert found
    assert LetterClass.ENQUIRY not in found.values()


def test_digests_are_journalists_requests() -> None:
    """Of every service, forwarded or not, as many requests as the golden has."""
    for name, golden, _, reading in composed():
        if "queries" in golden:
            assert reading.kind is LetterClass.JOURNALIST_REQUEST, name
            assert len(reading.requests) == len(golden["queries"]), name
