"""The web process in the same process as the jobs: for a small office. The clicks wait for the jobs at times."""

from __future__ import annotations

import logging
import threading
from typing import Protocol

from commsleads.app import App
from commsleads.web.serving import Web

log = logging.getLogger(__name__)

GRACE = 10.0


class Runner(Protocol):
    """Who runs the jobs, until a signal or `stop`."""

    def run(self) -> None: ...

    def stop(self) -> None: ...


def run_beside(app: App, runner: Runner) -> None:
    """Run both until a signal; when one of them fails, the other ends too."""
    web = Web(app)
    failed: list[BaseException] = []
    app.prepare()

    def listen() -> None:
        try:
            web.run()
        except BaseException as error:
            failed.append(error)
            runner.stop()

    thread = threading.Thread(target=listen, name="web")
    thread.start()
    try:
        runner.run()
    finally:
        web.stop()
        thread.join(GRACE)
    if failed:
        raise failed[0]
