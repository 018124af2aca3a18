"""What a counter gained between two readings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.counting import Standing, advance, first, read_day

TOTALS = st.lists(st.integers(0, 10_000), min_size=1, max_size=30)


def run(totals: list[int], made: list[str] | None = None) -> list[Standing]:
    """The standings after each of these readings."""
    names = made or [""] * len(totals)
    found = [first(totals[0], names[0]).now]
    for total, name in zip(totals[1:], names[1:], strict=True):
        found.append(advance(found[-1], total, name).now)
    return found


def test_what_was_there_before_anybody_looked_is_kept_apart() -> None:
    """The first reading gains nothing."""
    now, note, broken = first(120, "a")
    assert (now.earlier, now.gained, now.epoch, broken) == (120, 0, 1, False)
    assert "120 were counted before the first reading" in note
    assert first(0).note == ""


def test_a_rise_is_gained() -> None:
    """Three readings that rise gain what they rose by."""
    assert [one.gained for one in run([10, 15, 15, 40])] == [0, 5, 5, 30]


def test_a_reset_begins_an_epoch_and_loses_nothing() -> None:
    """A counter set to nothing goes on from what was gained, and says so."""
    before = run([10, 50])[-1]
    now, note, broken = advance(before, 3)
    assert (now.epoch, now.gained, now.total, broken) == (2, 43, 3, True)
    assert "reset" in note
    assert advance(now, 9).now.gained == 49


def test_a_link_made_anew_is_another_counter_even_when_it_shows_more() -> None:
    """`made` tells one incarnation from the next: all that the new one shows was gained."""
    now, note, broken = advance(run([10, 20], ["a", "a"])[-1], 30, "b")
    assert (now.epoch, now.gained, now.made, broken) == (2, 40, "b", True)
    assert "made anew" in note


def test_an_unknown_making_says_nothing() -> None:
    """A reading without `made` belongs to the counter known before."""
    assert [one.epoch for one in run([5, 6, 7], ["a", "", "a"])] == [1, 1, 1]


def test_a_correction_is_not_counted_twice() -> None:
    """A counter that falls a little and comes back gained only what goes beyond its highest."""
    ran = run([0, 100, 95, 101, 96, 102])
    assert [one.gained for one in ran] == [0, 100, 100, 101, 101, 102]
    assert [one.epoch for one in ran] == [1, 1, 2, 2, 3, 3]
    assert "Nothing is taken back" in advance(ran[1], 95).note


def test_days_are_read_again() -> None:
    """The last reading of a day is the day's; a day that shrank says so."""
    assert read_day(None, 7) == (7, "")
    assert read_day(7, 9) == (2, "")
    assert read_day(9, 9) == (0, "")
    assert read_day(9, 4) == (-5, "The service lowered this day from 9 to 4.")


@given(TOTALS)
def test_what_was_gained_never_falls(totals: list[int]) -> None:
    """Whatever a counter shows, nothing is taken back and no step is negative."""
    ran = run(totals)
    gained = [one.gained for one in ran]
    assert gained == sorted(gained)
    assert all(one.gained >= 0 and one.total == total for one, total in zip(ran, totals, strict=True))
    assert ran[-1].earlier == totals[0]


@given(TOTALS)
def test_reading_the_same_again_changes_nothing(totals: list[int]) -> None:
    """Equal readings in between leave the counter where it is."""
    twice = [total for total in totals for _ in range(3)]
    assert run(twice)[-1] == run(totals)[-1]


@given(TOTALS)
def test_a_counter_that_only_rises_gained_its_rise(totals: list[int]) -> None:
    """However often it is read, the sum is the same: no reading is counted twice."""
    rising = sorted(totals)
    last = run(rising)[-1]
    assert last.gained == rising[-1] - rising[0]
    assert last.epoch == 1


@given(st.lists(st.tuples(st.integers(0, 50), st.booleans()), min_size=1, max_size=40), st.data())
def test_no_click_is_invented_by_deleting_and_making_anew(events: list[tuple[int, bool]], data: st.DataObject) -> None:
    """Clicks happen, the link is now and then made anew, and it is read at any times: never more than happened."""
    total, made, happened = 0, 0, 0
    standing = first(0, "0").now
    for clicks, anew in events:
        if anew:
            total, made = 0, made + 1
        total += clicks
        happened += clicks
        if data.draw(st.booleans()):
            standing = advance(standing, total, str(made)).now
    assert 0 <= standing.gained <= happened
    if not any(anew for _, anew in events):
        assert advance(standing, total, "0").now.gained == happened


@given(st.lists(st.integers(0, 1_000), min_size=1, max_size=20))
def test_the_sum_of_days_is_that_of_their_last_readings(readings: list[int]) -> None:
    """One day read any number of times counts once, with its last reading."""
    before: int | None = None
    whole = 0
    for total in readings:
        whole += read_day(before, total)[0]
        before = total
    assert whole == readings[-1]
