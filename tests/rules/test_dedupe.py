"""Which story a signal tells: pickups of one text, never different texts of one event."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules import dedupe
from commsleads.rules.dedupe import MAYBE, MET, THRESHOLD, WINDOW, Version, decide, other_headlines, prints, sought

HOUR = 3_600_000_000
ROOMS = (
    "the harbour museum will open its new wing in spring with a show of early maps and tools lent by twelve ports. "
    "the director said that visitors had waited for years and that the building cost less than planned. "
    "school classes enter free of charge on weekdays, and the cafe moves to the roof above the old crane. "
    "tickets go on sale in december at the desk and by post. "
)
RIVER = (
    "a barge lost part of its load of gravel near the lower lock on tuesday and blocked the river for six hours. "
    "nobody was hurt. divers lifted the last stones in the evening while nine ships waited up the stream. "
    "the police examine why a hatch stood open; the captain, a man of sixty, could not explain it to the officers. "
    "the lock is due for repair next year in any case. "
)


def signal(ident: str = "new", **changes: object) -> Version:
    """A signal with a text of its own site, or what is asked for."""
    given = {
        "id": ident,
        "story_id": ident,
        "source_id": f"source-{ident}",
        "domain": f"{ident}.example",
        "canonical_url": f"https://{ident}.example/story",
        "title": "harbour museum opens its new wing in spring",
        "text": ROOMS,
        "arrival": 100 * HOUR,
    } | changes
    return Version(**given)  # type: ignore[arg-type]


def why(new: Version, *candidates: Version) -> str:
    """The reason of the pickup, or nothing."""
    pickup = decide(new, candidates)
    return pickup.why if pickup else ""


# --- the decision --------------------------------------------------------------------------------------------------


def test_same_text_elsewhere_is_a_pickup() -> None:
    """Another site, another headline, the same words: one story, and the reason says how much is shared."""
    pickup = decide(signal(title="museum grows"), [signal("old")])
    assert pickup == dedupe.Pickup("old", "same text: 100 % shared with old.example", 1000)


def test_a_cut_and_edited_copy_is_a_pickup() -> None:
    """The first two thirds with a dateline in front and a notice behind."""
    copy = "harbour town, nov 22 - " + ROOMS[: len(ROOMS) * 2 // 3] + "all rights reserved."
    assert why(signal(text=copy, title="x"), signal("old")) == "same text: 84 % shared with old.example"


def test_same_event_in_other_words_is_no_pickup() -> None:
    """The same headline over a different text is the same event, and stays a story of its own."""
    assert why(signal(text=RIVER), signal("old")) == ""


def test_short_texts_never_join_by_text() -> None:
    """Below 48 words a text is too short to be known again."""
    short = " ".join(ROOMS.split()[:40])
    assert why(signal(title="a", text=short), signal("old", title="b", text=short)) == ""
    longer = " ".join(ROOMS.split()[:50])
    assert why(signal(title="a", text=longer), signal("old", title="b", text=longer)) != ""


def test_same_address_in_two_feeds_is_a_pickup() -> None:
    """One article listed twice is one story, whatever each feed says about it."""
    address = "https://old.example/story"
    assert why(signal(canonical_url=address, text="", title="x"), signal("old")) == "same address"


@pytest.mark.parametrize(
    ("title", "text", "joined"),
    [
        ("harbour museum opens its new wing in spring", RIVER, True),
        ("another episode of the harbour talk", RIVER, False),
        ("another headline", ROOMS, True),
    ],
)
def test_same_address_in_one_feed_needs_more(title: str, text: str, joined: bool) -> None:
    """A podcast gives its own page as the address of every episode: then headline or text must be the same too."""
    old = signal("old", canonical_url="https://show.example/listen")
    new = signal(source_id=old.source_id, canonical_url=old.canonical_url, domain=old.domain, title=title, text=text)
    assert bool(why(new, old)) is joined


def test_front_pages_are_no_address() -> None:
    """Careless feeds give the front page as the address of every entry."""
    front = "https://old.example/"
    assert why(signal(canonical_url=front, text=RIVER, title="x"), signal("old", canonical_url=front)) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("week notes 24", "week notes 25"),
        ("vol. 24 no. 5", "vol. 24 no. 6"),
        ("prices in march 2025", "prices in march 2026"),
    ],
)
def test_issues_of_a_series_stay_apart(one: str, other: str) -> None:
    """Headlines that differ in their numbers only are issues, however much text they share."""
    assert why(signal(title=one), signal("old", title=other)) == ""
    same = "https://old.example/story"
    assert why(signal(title=one, canonical_url=same), signal("old", title=other)) == ""


def test_one_source_does_not_pick_up_itself() -> None:
    """The same text in the same source and site under other addresses is a series or a mistake, and stays apart."""
    old = signal("old", title="market report")
    assert why(signal(source_id=old.source_id, domain=old.domain, title="market report"), old) == ""


def test_one_site_in_two_feeds_needs_the_headline_as_well() -> None:
    """Columns of one site are much alike; with the same headline and text it is one piece under two addresses."""
    old = signal("old")
    assert why(signal(domain=old.domain), old).startswith("same text")
    assert why(signal(domain=old.domain, title="another column"), old) == ""


def test_an_aggregator_brings_several_sites() -> None:
    """One source with signals of two sites: the site counts and not the source."""
    assert why(signal(source_id="search", title="a"), signal("old", source_id="search")).startswith("same text")


def test_without_a_domain_the_source_counts() -> None:
    """Signals without an address are told apart by where they came from."""
    assert why(signal(domain="", canonical_url=""), signal("old", domain="", canonical_url="")).startswith("same text")
    same = signal("old", domain="", canonical_url="", source_id="source-new")
    assert why(signal(domain="", canonical_url=""), same) == ""


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ("gm recall team includes inside, outside lawyers", "gm recall team includes inside outside lawyers", True),
        ("museum opens its new wing - harbour herald", "museum opens its new wing", True),
        ("museum opens its new wing | the evening post online", "museum opens its new wing - harbour herald", True),
        ("update 2-museum opens its new wing", "museum opens its new wing", True),
        ("watch: museum opens its new wing", "museum opens its new wing", True),
        ("business highlights", "business highlights", False),
        ("museum opens its new wing", "museum opens a new wing", False),
        ("new wing opens its museum", "museum opens its new wing", False),
        ("apple releases ios 7.1 update today", "apple releases ios 7.2 update today", False),
    ],
)  # fmt: skip
def test_headlines_without_text(one: str, other: str, joined: bool) -> None:
    """Search feeds bring headlines only: the same words, five at least, without the outlet behind the dash."""
    new, old = signal(title=one, text=""), signal("old", title=other, text="")
    assert bool(why(new, old)) is joined
    if joined:
        assert why(new, old) == "same headline as at old.example, no text to compare"
        assert why(new._replace(domain=old.domain), old) == ""


def test_a_text_that_repeats_the_headline_is_no_text() -> None:
    """Search feeds put headline and outlet into the text again; that contradicts nothing."""
    headline = signal().title
    assert why(signal(text=f"{headline} harbour herald of the day and of the week before"), signal("old")) != ""


def test_a_short_text_can_contradict() -> None:
    """From twelve words on, a different text under the same headline is a different text."""
    assert why(signal(text=" ".join(RIVER.split()[:20])), signal("old")) == ""
    assert why(signal(text=" ".join(ROOMS.split()[:20])), signal("old")).startswith(
        "same headline as at old.example, 100 %"
    )


def test_half_the_text_under_the_same_headline_is_enough() -> None:
    """Between the two thresholds the headline decides."""
    half = " ".join(ROOMS.split()[:30] + RIVER.split()[:30])
    pickup = decide(signal(text=half), [signal("old")])
    assert pickup is not None
    assert MAYBE <= pickup.permille < THRESHOLD
    assert decide(signal(text=half, title="other"), [signal("old")]) is None


@pytest.mark.parametrize(("hours", "joined"), [(72, True), (-72, True), (72.01, False), (-72.01, False)])
def test_the_window(hours: float, joined: bool) -> None:
    """Copies come within three days of each other, either way."""
    assert bool(why(signal(arrival=int((100 + hours) * HOUR)), signal("old"))) is joined
    assert WINDOW == 72 * HOUR


def test_the_surest_candidate_wins_and_of_equals_the_first() -> None:
    """The order in which candidates are given does not matter."""
    new = signal(title="x")
    late, early = signal("late", arrival=99 * HOUR), signal("early", arrival=98 * HOUR)
    part = signal("part", text=ROOMS[: len(ROOMS) // 2] + RIVER, arrival=90 * HOUR)
    linked = signal("linked", text="", canonical_url=new.canonical_url, title="y")
    for order in ([late, early, part], [part, early, late]):
        assert decide(new, order) == dedupe.Pickup("early", "same text: 100 % shared with early.example", 1000)
    found = decide(new._replace(text=ROOMS + RIVER), [part, linked])
    assert found is not None
    assert found.story_id == "linked"


def test_it_joins_the_story_of_the_copy() -> None:
    """A copy of a copy tells the story of the first, and nothing is its own copy."""
    assert decide(signal(), [signal("copy", story_id="first")]) == dedupe.Pickup(
        "first", "same text: 100 % shared with copy.example", 1000
    )
    assert decide(signal(), [signal()]) is None
    assert decide(signal(), []) is None


def test_texts_without_spaces() -> None:
    """Chinese and Thai are compared by characters."""
    pick = random.Random(3)
    chinese = "".join(
        pick.choices(
            "港口博物馆春天开放新展厅展出古代地图和航海仪器参观者等待多年建筑费用低于计划学校免费一是的在了", k=300
        )
    )
    other = "".join(
        pick.choices(
            "驳船丢失部分砾石堵塞河道六小时无人受伤潜水员傍晚打捞最后石块九艘船等待警方调查舱门的一是在了", k=300
        )
    )
    assert why(signal(text="本报讯 " + chinese, title="a"), signal("old", text=chinese)).startswith("same text")
    assert why(signal(text=other, title="a"), signal("old", text=chinese)) == ""
    assert met(prints("", "", "本报讯 " + chinese), prints("", "", chinese))


versions = st.builds(
    signal,
    st.sampled_from(["a", "b", "c"]),
    title=st.sampled_from(["week notes 24", "week notes 25", "harbour museum opens its new wing", ""]),
    text=st.sampled_from([ROOMS, RIVER, ROOMS + RIVER, ROOMS[:200], ""]),
    domain=st.sampled_from(["a.example", "b.example", ""]),
    source_id=st.sampled_from(["s", "t"]),
    canonical_url=st.sampled_from(["https://a.example/1", "https://a.example/", ""]),
    arrival=st.integers(0, 200).map(HOUR.__mul__),
)


@given(versions, versions)
def test_sameness_is_symmetric(one: Version, other: Version) -> None:
    """If one would join the other, the other would join the one, as surely."""
    there, back = decide(one, [other]), decide(other, [one])
    assert (there is None) == (back is None)
    assert there is None or back is None or there.permille == back.permille


# --- prints --------------------------------------------------------------------------------------------------------


def met(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two signals with these prints would be compared."""
    whole, half = sought(one)
    return not set(whole).isdisjoint(other) or len(set(half).intersection(other)) >= MET


def test_prints_are_few_and_small() -> None:
    """At most a dozen numbers that a signed 64-bit column holds; none for nothing."""
    found = prints("https://a.example/1", "harbour museum opens its new wing", (ROOMS + RIVER) * 9)
    assert 6 <= len(found) <= 12
    assert len(set(found)) == len(found)
    assert all(0 < mark < 2**63 for mark in found)
    assert prints("", "short headline", "a short text") == []


def test_prints_are_the_same_in_every_process() -> None:
    """They are kept for days, so they hang on nothing that a restart changes."""
    script = "import sys; from commsleads.rules.dedupe import prints; print(prints(*sys.argv[1:]))"
    given = ("https://a.example/1", "harbour museum opens its new wing", ROOMS)
    for seed in ("1", "2"):
        ran = subprocess.run(
            [sys.executable, "-c", script, *given],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        )
        assert ran.stdout.strip() == str(prints(*given))


def test_who_meets() -> None:
    """An address or a bare headline is enough; a sentence that both quote is not."""
    title = "harbour museum opens its new wing"
    assert met(prints("https://a.example/1", "", ""), prints("https://a.example/1", "", RIVER))
    assert met(prints("", title, ""), prints("", f"{title} - herald", ""))
    assert met(prints("", title, ""), prints("", title, ROOMS))
    assert met(prints("", title, ROOMS), prints("", title, ""))
    assert met(prints("", "", ROOMS), prints("", "", f"by our reporter - {ROOMS}"))
    assert not met(prints("", title, ROOMS), prints("", title, RIVER))
    assert not met(prints("", "", ROOMS), prints("", "", RIVER + ROOMS[: ROOMS.index(". ") + 2]))
    assert other_headlines(prints("https://a.example/1", "", ROOMS)) == []


@given(st.text(max_size=400), st.text(max_size=100))
def test_prints_take_anything(text: str, title: str) -> None:
    """Whatever folded text comes, there are numbers and no error."""
    from commsleads.text import fold

    assert all(isinstance(mark, int) for mark in prints("", fold(title), fold(text)))
