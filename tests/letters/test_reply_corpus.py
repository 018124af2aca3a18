"""Real replies whose own words other projects have marked: ours agree, but where a reason is written down."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from commsleads.mail import cut

CORPUS = Path(__file__).resolve().parents[2] / "../shared/corpus/mail/reply_texts.jsonl"
pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="../shared/corpus is not here")

PLACEHOLDER = "FOLDED_QUOTED_SECTION"
"""One origin writes this word where it folds a passage away; it is taken out of its goldens before comparing."""

EXPLAINED = {
    "email-folding-example-5.txt": "the golden folds away half of a disclaimer and leaves the other half",
}
# Where the golden keeps a sign-off, or quotes that were answered, which stand in `reply` and not in `own`.
KEPT_IN_REPLY = frozenset({
    "email_headers_5.txt", "embedded_email_16.txt", "embedded_email_7.txt", "embedded_email_swedish.txt",
    "email-folding-example-11.txt", "email-folding-example-4.txt", "email-folding-example-6.txt",
    "email-folding-example-7.txt", "email-folding-example-9.txt",
})  # fmt: skip


def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]


def goldens() -> list[dict[str, Any]]:
    return [row for row in rows() if row["golden_reply"] is not None]


def folded(text: str) -> str:
    return " ".join(text.replace(PLACEHOLDER, "").split())


def name(row: dict[str, Any]) -> str:
    return str(row["path"]).rpartition("/")[2]


def test_replies_are_cut_as_in_their_goldens() -> None:
    """At least nine in ten agree to the letter, white space folded; each other one has a reason that still holds."""
    some = goldens()
    wrong = {name(row) for row in some if folded(cut(row["content"]).reply) != folded(row["golden_reply"])}
    assert wrong == set(EXPLAINED)
    assert len(some) >= 30
    assert (len(some) - len(wrong)) / len(some) >= 0.9


def test_own_words_differ_by_sign_offs_and_answered_quotes_only() -> None:
    """`own` is stricter than the goldens: where they differ, the words of `own` are in the golden in their order."""
    stricter = set()
    for row in goldens():
        own, golden = folded(cut(row["content"]).own), folded(row["golden_reply"])
        if own != golden and name(row) not in EXPLAINED:
            stricter.add(name(row))
            words = iter(golden.split())
            assert all(word in words for word in own.split()), row["path"]
    assert stricter == KEPT_IN_REPLY


def test_no_line_is_lost() -> None:
    """Every line of every text is in one of own, quoted and signature, as often as it was."""
    for row in rows():
        text = row["content"].replace("\r\n", "\n")
        parted = cut(text)
        found = sorted(f"{parted.own}\n{parted.quoted}\n{parted.signature}".split())
        assert found == sorted(text.split()), row["path"]


def test_cutting_own_words_again_finds_no_quote() -> None:
    """What is own has nothing left of others."""
    for row in rows():
        assert cut(cut(row["content"]).own).quoted == "", row["path"]
