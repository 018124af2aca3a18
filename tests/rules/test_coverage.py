"""Stories out of mentions: whose they are, which period they belong to, which come first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.coverage import (
    Copy,
    Named,
    Span,
    Tale,
    best_tier,
    by_span,
    by_watch,
    naming,
    outlets,
    ranked,
    tell,
)


def tale(ident: str, first: int = 0, watches: str = "a", sources: str = "s", published: str = "") -> Tale:
    return Tale(ident, first, published, frozenset(watches), frozenset(sources))


def copy(story: str, outlet: str, tier: int | None = None) -> Copy:
    return Copy(f"{story}-{outlet}", story, 0, outlet, f"{outlet}.example", "", "", "", tier)


MENTIONS = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from("xyz"), st.sampled_from("123"), st.sampled_from("st"), st.just("")),
    max_size=12,
)


@given(MENTIONS, MENTIONS, st.randoms())
def test_mentions_make_the_same_stories_in_any_order(
    one: list[tuple[int, str, str, str, str]], two: list[tuple[int, str, str, str, str]], chance: object
) -> None:
    """A story begins with its earliest mention and gathers its watches and sources, however the rows come."""
    straight: dict[str, Tale] = {}
    tell(straight, "a", one)
    tell(straight, "b", two)
    shuffled: dict[str, Tale] = {}
    rows = [("a", row) for row in one] + [("b", row) for row in two]
    chance.shuffle(rows)  # type: ignore[attr-defined]
    for watch, row in rows:
        tell(shuffled, watch, [row])
    assert straight == shuffled
    for story, found in straight.items():
        assert found.first == min(row[0] for _, row in rows if row[2] == story)
        assert found.watches == {watch for watch, row in rows if row[2] == story}
        assert found.sources == {row[3] for _, row in rows if row[2] == story}


def test_a_story_belongs_to_the_span_of_its_first_mention() -> None:
    """Spans are half-open, and what lies between or outside of them is in none."""
    spans = [Span(10, 20, ""), Span(30, 40, "")]
    stories = [tale(str(first), first) for first in (9, 10, 19, 20, 29, 30, 39, 40)]
    assert [[story.id for story in week] for week in by_span(stories, spans)] == [["10", "19"], ["30", "39"]]


def test_counting_by_watch_and_by_source() -> None:
    """A story counts once for each watch it names; a choice of sources leaves out what others saw."""
    stories = [tale("1", watches="ab"), tale("2", watches="b", sources="t"), tale("3", watches="c")]
    assert by_watch(stories) == {"a": 1, "b": 2, "c": 1}
    assert [story.id for story in naming(stories, "ab")] == ["1", "2"]
    assert [story.id for story in naming(stories, "ab", "s")] == ["1"]


def test_older_pieces() -> None:
    """A story dated before the span's limit is an older piece; one without a date is not."""
    span = Span(0, 1, "2026-11-09T00:00:00Z")
    assert tale("1", published="2026-11-08T23:59:59Z").older(span)
    assert not tale("2", published="2026-11-09T00:00:00Z").older(span)
    assert not tale("3").older(span)


def test_tiers_and_outlets() -> None:
    """The best tier of all copies counts; outlets are named once, the first one first."""
    copies = [copy("1", "blog"), copy("1", "post", 2), copy("1", "blog"), copy("1", "times", 1)]
    assert best_tier(copies) == 1
    assert best_tier(copies[:1]) is None
    assert outlets(copies) == ["blog", "post", "times"]


def test_what_comes_first() -> None:
    """Ours, then news, then headlines, then tier, then spread, then whoever was first: one step after the other."""
    stories = [
        tale("theirs", 1, watches="b"),
        tale("older", 2),
        tale("passing", 3),
        tale("untiered", 4),
        tale("local", 5),
        tale("national", 6),
        tale("national, spread", 7),
        tale("national, later", 8),
    ]
    named = {story.id: [Named("a", "title", "x")] for story in stories} | {
        "passing": [Named("a", "text", "x")],
        "theirs": [Named("b", "title", "x")],
    }
    copies = {
        "passing": [copy("passing", "times", 1)],
        "local": [copy("local", "quay", 3)],
        "national": [copy("national", "times", 1)],
        "national, spread": [copy("national, spread", "times", 1), copy("national, spread", "blog")],
        "national, later": [copy("national, later", "times", 1)],
    }
    order = [story.id for story in ranked(stories, copies, named, ours=("a",), older={"older"})]
    assert order == [
        "national, spread", "national", "national, later", "local", "untiered", "passing", "older", "theirs",
    ]  # fmt: skip
