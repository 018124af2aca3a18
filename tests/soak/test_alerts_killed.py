"""Alerts are sent while the run that sends them is killed again and again: nobody hears one twice, and none is lost
without a word."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from commsleads.alerts import raising
from commsleads.alerts.finding import office_of
from commsleads.desk import Desk
from commsleads.rules.alerts.causes import Cause
from commsleads.store import alerts
from tests.alerts.house import House, house
from tests.web import Answer, Asked, Web

RUN = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from commsleads import alerting
from commsleads.app import build
at = datetime.fromisoformat(sys.argv[2])
app = build(Path(sys.argv[1]), clock=lambda: at, environ={"COMMSLEADS_SECRET_HOOK": sys.argv[3]})
print("begun", flush=True)
while alerting.notify(app, lambda: False):
    pass
print("done", flush=True)
"""
ALERTS = 60


def raise_many(office: House) -> None:
    """Sixty alerts that no look finds again, told one by one, with a level that does not wait."""
    with office.app.engine.session() as session, session.atomic():
        now, settings = office.clock.now, office.app.settings
        at = office_of(settings, Desk(session=session, settings=settings, now=now).calendar(now), now)
        for number in range(ALERTS):
            cause = Cause(
                kind="tier 1", subject=f"s{number}", slot="", level="escalate", title=f"Story {number}", text="x",
                command="y", caused_at=now - timedelta(minutes=1),
            )  # fmt: skip
            raising.raise_(session, settings, now, at, [cause])


@pytest.mark.soak
@pytest.mark.timeout(180)
def test_a_run_that_is_killed_while_it_sends_tells_nobody_twice(tmp_path: Path) -> None:
    """Every alert was heard once at most; what was heard is called sent or in doubt, and what is called sent was."""
    chance = random.Random(7)

    def slowly(asked: Asked) -> Answer:
        del asked
        return Answer(body=b"ok", delay=chance.choice((0.0, 0.02, 0.1)))

    with Web() as web:
        web.handler("/hook", slowly)
        office = house(tmp_path, web)
        raise_many(office)
        url = f"json://127.0.0.1:{web.port}/hook"
        kills = 0
        for _ in range(40):
            run = subprocess.Popen(
                [sys.executable, "-c", RUN, str(tmp_path / "config.toml"), office.clock.now.isoformat(), url],
                stdout=subprocess.PIPE,
                text=True,
            )
            assert run.stdout is not None
            assert run.stdout.readline() == "begun\n"
            heard = len(web.requests)
            if kills < 12:
                # Killed somewhere among its sends: after the first few have been heard.
                until = time.monotonic() + 20
                while run.poll() is None and len(web.requests) < heard + chance.randint(1, 4):
                    if time.monotonic() > until:
                        break
                    time.sleep(0.01)
                time.sleep(chance.random() * 0.1)
                run.kill()
                kills += 1
            run.wait()
            run.stdout.close()
            with office.app.engine.session() as session:
                if not alerts.any_ready(session, office.clock.now):
                    break
        time.sleep(1)  # what an orphan of the last run still sends
        heard_of = Counter(request.body for request in web.requests)
    with office.app.engine.session() as session:
        states = Counter(state for (state,) in session.tuples("SELECT state FROM alert_sends"))
    assert kills == 12
    assert max(heard_of.values()) == 1
    assert set(states) <= {"sent", "sending"}
    assert states["sent"] <= len(heard_of) <= states.total() == ALERTS
    assert 1 <= states["sending"] <= kills
