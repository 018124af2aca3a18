"""Two officers act on one lead at once: one wins, the other is told, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from commsleads.errors import CommsleadsError, ConflictError
from commsleads.leads import answering, joining
from commsleads.leads.looking import seen
from commsleads.store import open_engine
from commsleads.store.leads import acts, merges
from tests.leads.office import Office


def together(*work: object) -> list[Exception]:
    """Do these at one moment, each in a thread; what the ones that were refused say."""
    start = threading.Barrier(len(work))
    refused: list[Exception] = []

    def run(one: object) -> None:
        start.wait(10)
        try:
            one()  # type: ignore[operator]
        except CommsleadsError as error:
            refused.append(error)

    threads = [threading.Thread(target=run, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return refused


@pytest.mark.parametrize("turn", range(5))
def test_one_of_two_accepts(desk: Office, tmp_path: Path, turn: int) -> None:
    """Of two who accept at once exactly one has it, and the other learns who."""
    ruth = desk.asked()

    def accept(who: str) -> None:
        with open_engine(str(tmp_path / "commsleads.db")).session() as session:
            answering.accept(desk.work(who, session), ruth)

    refused = together(lambda: accept("ada"), lambda: accept("ben"), lambda: accept("dot"))
    lead = desk.lead(ruth)
    assert [type(one) for one in refused] == [ConflictError] * 2
    assert all(f"{lead.owner} accepted it" in str(one) for one in refused)
    (act,) = acts.of(desk.session, [ruth])
    assert (act.by, lead.status) == (lead.owner, "accepted")


def test_accepted_and_rejected_at_once(desk: Office, tmp_path: Path) -> None:
    """Whoever comes first decides; the ledger has one answer."""
    ruth = desk.asked()

    def answer(reject: bool) -> None:
        with open_engine(str(tmp_path / "commsleads.db")).session() as session:
            if reject:
                answering.reject(desk.work("ada", session), ruth, reason="too late")
            else:
                answering.accept(desk.work("ben", session), ruth)

    (refused,) = together(lambda: answer(True), lambda: answer(False))
    (offer,) = desk.lead(ruth).offers
    assert f"{offer.by} {offer.answer} it" in str(refused)


def test_joined_twice_at_once(desk: Office, tmp_path: Path) -> None:
    """Two who join the same two people: there is one edge, and the second is told."""
    one, other = desk.asked(), desk.asked("R. Calder", outlet="Post of the North")

    def join(who: str) -> None:
        with open_engine(str(tmp_path / "commsleads.db")).session() as session:
            joining.merge(desk.work(who, session), one, other, why="Same voice.")

    (refused,) = together(lambda: join("ada"), lambda: join("ben"))
    (edge,) = merges.all_(desk.session)
    assert f"{edge.by} joined" in str(refused)


def test_who_waited_for_the_lock(desk: Office) -> None:
    """Whose clock says earlier than the act that came before sees it all the same, and is dated after it."""
    ruth, other = desk.asked(), desk.asked("R. Calder", outlet="Post of the North")
    late = desk.work("ada")
    desk.move(seconds=3)
    answering.accept(desk.work("ben"), ruth)
    with pytest.raises(ConflictError, match="ben accepted it"):
        answering.accept(late, ruth)
    answering.close(late, ruth, outcome="served")
    assert [one.at for one in acts.of(desk.session, [ruth])] == [desk.now] * 2
    assert seen(late, ruth).lead.status == "closed"
    assert joining.merge(late, ruth, other, why="Same.").merge.at == desk.now


CONFIG = '[organisation]\nname = "Harbour Museum"\n[[desk.officers]]\nid = "ada"\n[[desk.officers]]\nid = "ben"\n'


def test_two_processes(desk: Office, tmp_path: Path) -> None:
    """Two terminals: one command ends with 0, the other with 1 and the name of who was faster."""
    from datetime import UTC, datetime

    desk.now = datetime.now(UTC).replace(microsecond=0)
    ruth = desk.asked()
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    line = [sys.executable, "-m", "commsleads", "lead", "accept", ruth, "--config", str(tmp_path / "config.toml")]
    runs = [
        subprocess.Popen([*line, "--by", who], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for who in ("ada", "ben")
    ]
    told = [run.communicate(timeout=60) for run in runs]
    assert sorted(run.returncode for run in runs) == [0, 1], told
    loser = next(one[1] for one, run in zip(told, runs, strict=True) if run.returncode)
    assert f"{desk.lead(ruth).owner} accepted it" in loser
