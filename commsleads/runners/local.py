"""The schedule of one process, on APScheduler: one heartbeat, a few threads, an orderly stop.

APScheduler is the clock and the pool, never the timetable: every job it is given was found in the tables and would be
found there again. A job that cannot start because as many of it run already is dropped; the next heartbeat asks anew.
"""

from __future__ import annotations

import logging
import signal
import threading
from datetime import UTC
from types import FrameType
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from commsleads import jobs
from commsleads.app import App

log = logging.getLogger(__name__)

THREADS = 8


class LocalRunner:
    """Runs until `stop`. Several of them on one database do no harm: everything is claimed by a row."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.stopping = threading.Event()
        self.scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(THREADS)},
            # With the default grace of a second, runs are dropped when the pool is busy or the machine slept.
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        )

    def run(self) -> None:
        """Beat until a signal or `stop`, then let what runs come to a good end."""
        self._catch_signals()
        self.app.prepare()
        # One connection stays open: when the last one closes, SQLite tidies its log and waits for the disk, each time.
        with self.app.engine.session():
            self._beat_until_stopped()

    def _beat_until_stopped(self) -> None:
        self.scheduler.add_job(self.beat, "interval", seconds=self.app.settings.run.heartbeat.total_seconds())
        self.scheduler.start()
        self.beat()
        try:
            # In slices, so that a signal is seen at once on every platform.
            while not self.stopping.wait(1.0):
                pass
        finally:
            self.stopping.set()
            log.info("Stopping: what has been fetched is kept, the rest is asked again after the next start.")
            self.scheduler.shutdown(wait=True)

    def stop(self) -> None:
        """Ask for an orderly end; `run` returns within a few seconds."""
        self.stopping.set()

    def beat(self) -> None:
        """Ask the tables what there is to do and hand it to the pool."""
        try:
            for job in jobs.due(self.app):
                if not self.stopping.is_set():
                    self.scheduler.add_job(
                        self._run, args=[job], id=job.name, replace_existing=True, max_instances=job.side_by_side
                    )
        except Exception:
            log.exception("The heartbeat failed; the next one is in %s", self.app.settings.run.heartbeat)

    def _run(self, job: jobs.Job) -> Any:
        try:
            return job.run(self.app, self.stopping.is_set)
        except Exception:
            log.exception("The job %s failed; it is found again at the next heartbeat", job.name)

    def _catch_signals(self) -> None:
        if threading.current_thread() is not threading.main_thread():
            return

        def end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
            self.stop()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)
