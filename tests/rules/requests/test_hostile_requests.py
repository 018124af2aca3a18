"""Whatever is mailed: nothing fails, nothing overlaps, and the work grows with the length and no faster."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.letters import SourceRequest
from commsleads.rules.requests import content_key, key, service
from commsleads.rules.requests.labels import foots, label_of, ordinal_of, rules
from tests.rules.requests.digests import DIGEST, FIRST, SECOND, colleague, letter, taken
from tests.rules.requests.test_layouts import BOTTLE, HEAD, QWOTED, SOS, TMX

PIECES = [
    *re.split(r"(?<=\n)", FIRST + TMX + QWOTED + SOS + BOTTLE + HEAD), "\n", "> ", "> > ", "3) ", "Summary: ",
    "SUMMARY:\n", "Query:", "Email: ", "-----------------------------------\n", "_____\n", "Back to Top\n", "\u200b",
    "#journorequest ", "From: a@b.example\nDate: x\nSubject: y\nTo: z\n", "https://app.connectively.us/queries/1 ",
    "\ud800", "\x00", "é" * 50,
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=60).map("".join)


def sound(text: str, found: list[SourceRequest]) -> None:
    """Offsets give the raw block again, and no two requests share a character."""
    end = 0
    for one in found:
        assert end <= one.start <= one.end
        assert text[one.start : one.end] == one.raw
        end = one.end


@given(TEXTS)
def test_any_text_is_split_soundly(text: str) -> None:
    """Lines of all layouts, shuffled."""
    mail = letter(text)
    found = taken(mail)
    sound(text, found)
    assert bool(found) == bool(service(mail))
    assert all(key(one, mail.message_id) and content_key(one) for one in found)
    sound(text, taken(colleague(text, subject="Re: x")))


@given(st.data())
def test_a_damaged_digest_is_split_soundly(data: st.DataObject) -> None:
    """With some characters gone, doubled or replaced."""
    text = DIGEST
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.integers(0, 40))
        text = (
            text[:at]
            + data.draw(st.sampled_from(["", "\n", ":", "x", "> ", text[at : at + gone] * 2]))
            + text[at + gone :]
        )
    sound(text, taken(letter(text)))


@given(
    st.lists(st.sampled_from([FIRST, SECOND, TMX.partition("\n\n")[2], "Advertisement\nBuy rope.\n\n"]), max_size=12)
)
def test_every_request_of_a_digest_is_found_in_its_place(parts: list[str]) -> None:
    """As many as were written, and in that order."""
    labelled = [part for part in parts if "Summary:" in part]
    found = taken(letter("\n".join(parts)))
    if labelled:
        assert [one.number for one in found if one.service == "haro"] == [part[0] for part in labelled]


WORST = {
    "labels": "Summary: ", "label lines": "1) Summary:\n",
    "items": "1) Summary: a\nName: b\nEmail: c@d.example\nQuery: e\n",
    "margins": "> ", "margins and blanks": ">   ", "rules": "-----\n", "one rule": "- ", "stars": "*",
    "underscores": "_ ",
    "heads": "From: a@b.example\nSubject: x\nDate: y\n", "froms": "From: a\n",
    "urls": "https://app.connectively.us/queries/1 ",
    "more urls": "https://www.sourcebottle.com/query.asp?qid=1\n", "open urls": "https://www.sourcebottle.com/query.asp?",
    "titles": "1. a\nSynopsis: b\n", "sent": "1. a\nSynopsis: b\nSent from: c\n", "code": "QUJD", "hex": "6162",
    "spaces": " ", "lines": "\n", "letters": "a", "at": "a@", "dots": "a.", "ordinals": "1)", "ordinal lines": "1)\n",
    "brackets": "(<[", "tags": "#journorequest ", "by": "by by ", "qwoted": "a at b is looking https://app.qwoted.com/a\n",
    "joints": "a\u200b", "words": "a b ", "questions": "Why? ", "colons": ": ", "no ai": "no ai pitches ",
}  # fmt: skip


@pytest.mark.parametrize("name", WORST)
@pytest.mark.parametrize("length", [100_000, pytest.param(1_000_000, marks=pytest.mark.soak)])
def test_a_long_mail_of_the_worst_is_read(name: str, length: int) -> None:
    """Nothing takes more than linear time: what is not linear runs into the time limit of a test."""
    text = WORST[name] * (length // len(WORST[name]))
    mail = letter("1) Summary: x\nName: y\nQuery: z https://app.qwoted.com/z\n" + text, subject="#journorequest")
    found = taken(mail)
    sound(mail.text, found)


@pytest.mark.parametrize("name", WORST)
def test_a_long_line_of_the_worst_is_judged(name: str) -> None:
    """The patterns for one line look at its beginning."""
    line = WORST[name].replace("\n", " ") * (200_000 // len(WORST[name]))
    label_of(line)
    assert not ordinal_of(line)
    assert not foots(line)
    assert not rules(line)


@pytest.mark.soak
def test_a_mail_of_ten_thousand_items_gives_the_first_two_thousand() -> None:
    """More than that is no digest."""
    assert len(taken(letter(FIRST * 10_000))) == 2_000
