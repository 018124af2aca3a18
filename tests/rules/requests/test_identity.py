"""By what a request is known again, when it has expired, and which watches it names."""

from __future__ import annotations

from datetime import UTC, datetime

from commsleads.plan import Watch
from commsleads.rules.matching import Matcher
from commsleads.rules.requests import content_key, expired, key, matching
from tests.rules.requests.digests import DIGEST, FIRST, SECOND, letter, taken


def test_a_key_is_stable_and_its_own() -> None:
    """The same mail gives the same keys; another mail, another item or other words give others."""
    one, two = taken(letter(DIGEST))
    assert key(one, "m1@x") == key(taken(letter(DIGEST))[0], "m1@x")
    assert key(one, "m1@x").startswith("haro-")
    other = taken(letter(FIRST.replace("by hand", "by machine") + SECOND))[0]
    assert len({key(one, "m1@x"), key(two, "m1@x"), key(one, "m2@x"), key(other, "m1@x")}) == 4


def test_an_item_that_stands_twice_in_a_mail_has_its_key_twice() -> None:
    """The number restarts in no fixed way, so it does not tell items apart by itself."""
    one, two = taken(letter(FIRST + FIRST))
    assert key(one, "m") == key(two, "m")


def test_a_query_is_known_again_in_another_mail() -> None:
    """With another alias, number, category and deadline, and with hidden characters."""
    again = FIRST.replace("3) ", "12) ").replace("11111111", "99999999").replace("20 September", "22 September")
    again = again.replace("Lifestyle and Fitness", "General").replace("rope", "ro\u200bpe")
    assert content_key(taken(letter(FIRST))[0]) == content_key(taken(letter(again))[0])
    assert content_key(taken(letter(FIRST))[0]) != content_key(taken(letter(FIRST.replace("Nora", "Dora")))[0])


def test_it_expires_with_its_deadline() -> None:
    """One without a deadline never does; one with a day ends with the day."""
    one, _ = taken(letter(DIGEST))
    assert not expired(one, datetime(2026, 9, 20, 21, 42, tzinfo=UTC))
    assert expired(one, datetime(2026, 9, 20, 21, 43, tzinfo=UTC))
    (bare,) = taken(letter(FIRST.replace("5:42 PM ET - 20 September", "whenever")))
    assert (bare.deadline, bare.deadline_text) == (None, "whenever")
    assert not expired(bare, datetime(2099, 1, 1, tzinfo=UTC))
    (day,) = taken(letter(FIRST.replace("5:42 PM ET - 20 September", "20 September")))
    assert not expired(day, datetime(2026, 9, 21, 3, 0, tzinfo=UTC))
    assert expired(day, datetime(2026, 9, 21, 4, 0, tzinfo=UTC))


def test_watches_match_summary_query_requirements_and_category() -> None:
    """A phrase does not run from one field into the next, and hidden characters do not hide it."""
    watches = [
        Watch(id="rope", any=("rope makers",)), Watch(id="trade", any=("learn the trade",)),
        Watch(id="apprentices", any=("apprentices",)), Watch(id="fitness", any=("fitness",)),
        Watch(id="across", any=("with you workshops",)), Watch(id="other", any=("ferries",)),
    ]  # fmt: skip
    matcher = Matcher(watches)
    (one,) = taken(letter(FIRST.replace("the trade", "the tra\u200bde")))
    assert [(match.watch_id, match.field) for match in matching(one, matcher)] == [
        ("rope", "title"), ("trade", "text"), ("apprentices", "text"), ("fitness", "text"),
    ]  # fmt: skip
