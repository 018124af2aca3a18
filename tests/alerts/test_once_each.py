"""Each alert at most once on each channel, whatever happens in between: kills, restarts, clocks, refusals."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from commsleads import alerting
from commsleads.rules.alerts.causes import Cause
from commsleads.rules.alerts.routing import Way
from commsleads.store import alerts as store
from commsleads.store import open_engine
from commsleads.store.engine import Session
from tests.alerts import house as houses
from tests.alerts.house import WEDNESDAY

CHANNELS = ("desk", "phone")
ACTS = st.one_of(
    st.tuples(st.just("raise"), st.integers(0, 3)),
    st.tuples(st.just("send"), st.sampled_from(["taken", "lost", "later", "refused", "dies before", "dies after"])),
    st.tuples(st.just("settle"), st.integers(0, 3)),
    st.tuples(st.just("clock"), st.sampled_from([-7200, -60, 0, 1, 60, 600, 7200, 90_000])),
)


def cause(number: int, now: datetime) -> Cause:
    return Cause(
        kind="deadline near", subject=f"e{number}", slot="", level="review", title=f"{number}", text="x",
        command="y", caused_at=now,
    )  # fmt: skip


class Outside:
    """The services: what they took, and what the program knows of it."""

    def __init__(self) -> None:
        self.took: Counter[tuple[str, str]] = Counter()

    def send(self, session: Session, now: datetime, how: str) -> None:
        """One pass of `notify`, by the same functions of the store, in which each send goes like this."""
        for row in store.ready(session, now):
            key = (row["alert_id"], row["channel"])
            if not store.claim(session, *key, now, "a run"):
                continue
            if how == "dies before":
                return
            if how in {"taken", "lost", "dies after"}:
                self.took[key] += 1
            if how == "dies after":
                return
            if how == "taken":
                store.sent(session, *key, now)
            elif how == "lost":
                store.in_doubt(session, *key, now, "no answer")
            else:
                store.failed(session, *key, now, "no", for_good=how == "refused")


@settings(max_examples=40)
@given(st.lists(ACTS, max_size=30))
def test_any_order_of_events_tells_each_alert_once_at_most(acts: list[tuple[str, int | str]]) -> None:
    """Raised twice, claimed by runs that die, told by a clock that jumps: nobody hears it twice on one channel."""
    now, outside = WEDNESDAY, Outside()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(houses.EMPTY[-1], Path(folder) / "c.db")
        engine = open_engine(str(Path(folder) / "c.db"))
        with engine.session() as session:
            for what, how in acts:
                if what == "clock":
                    now += timedelta(seconds=int(how))
                elif what == "raise":
                    ways = [Way(channel, now) for channel in CHANNELS]
                    store.insert(session, [store.Raised(cause(int(how), now), now, ways=ways)], now)
                elif what == "settle":
                    store.settle(session, [cause(int(how), now).id], now, "done")
                    store.drop_settled(session, now)
                else:
                    outside.send(session, now, str(how))
            told = session.tuples("SELECT alert_id, channel, state, tries FROM alert_sends")
        engine.close()
    assert all(count == 1 for count in outside.took.values())
    assert all(tries <= store.TRIES for _, _, _, tries in told)
    for alert, channel, state, _ in told:
        # What is called sent was taken, and what was taken is called sent or in doubt.
        taken = (alert, channel) in outside.took
        assert taken or state != "sent"
        assert not taken or state in {"sent", "sending"}


def test_two_looks_at_once_raise_a_cause_once(tmp_path: Path) -> None:
    """Two runs on one database hold nothing against each other."""
    from threading import Thread

    office = houses.house(tmp_path)
    for _ in range(3):
        office.call(timedelta(hours=1))
    runs = [Thread(target=alerting.alarm, args=(office.app, lambda: False)) for _ in range(4)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert office.kinds() == ["deadline near"] * 3


def test_an_alert_put_off_by_a_clock_that_was_ahead_goes_out(tmp_path: Path) -> None:
    """A send that waits until the year after next, because the clock said so, is ready once the clock is right."""
    shutil.copy(houses.EMPTY[-1], tmp_path / "c.db")
    engine = open_engine(str(tmp_path / "c.db"))
    ahead = WEDNESDAY + timedelta(days=800)
    with engine.session() as session:
        store.insert(session, [store.Raised(cause(1, ahead), ahead, ways=[Way("desk", ahead)])], ahead)
        (row,) = store.ready(session, WEDNESDAY)
        assert store.any_ready(session, WEDNESDAY)
        assert store.claim(session, row["alert_id"], "desk", WEDNESDAY, "a run")
    engine.close()
