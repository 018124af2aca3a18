"""The one place where everything is put together. Nothing else reads the environment or opens files of settings."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from commsleads import config, plugins
from commsleads.config import Settings
from commsleads.plan import Campaign
from commsleads.plugins import Plugins
from commsleads.store import intent, meta, open_engine
from commsleads.store import sources as timetable
from commsleads.store.campaigns import applied
from commsleads.store.engine import Engine, Session, moment, stamp

if TYPE_CHECKING:
    from commsleads.facts import Facts
    from commsleads.intake import Intake
    from commsleads.intake.counters import Counters
    from commsleads.intake.letters import Letters

log = logging.getLogger(__name__)


def clock() -> datetime:
    """The time of day, in UTC."""
    return datetime.now(UTC)


@dataclass
class App:
    """Settings, store, plug-ins and clock of one organisation. Made by `build`, handed to jobs."""

    settings: Settings
    engine: Engine
    plugins: Plugins
    clock: Callable[[], datetime] = clock
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    _built: tuple[tuple[Campaign, ...], Intake] | None = field(default=None, init=False, repr=False)

    def now(self) -> datetime:
        """The only clock of the program."""
        return self.clock()

    def campaigns(self, session: Session) -> tuple[Campaign, ...]:
        """Every campaign there is: those of the settings, then those that people applied since."""
        own = {campaign.id for campaign in self.settings.campaigns}
        return self.settings.campaigns + tuple(one for one in applied.active(session) if one.id not in own)

    def intake(self, session: Session) -> Intake:
        """The rules made of the settings and of the campaigns as they are now; built anew when these have changed."""
        from commsleads.intake import Intake

        campaigns = self.campaigns(session)
        if self._built is None or self._built[0] != campaigns:
            settings = self.settings
            rules = Intake(settings.watches, settings.outlets, campaigns, settings.organisation.zone)
            self._built = (campaigns, rules)
        return self._built[1]

    @cached_property
    def letters(self) -> Letters:
        """The way in for mails, made of the settings."""
        from commsleads.intake.letters import Letters
        from commsleads.intake.readers import Readers

        return Letters(Readers(self.settings))

    def counters(self, session: Session) -> Counters:
        """The way in for what others counted, made of the campaigns as they are now."""
        from commsleads.intake.counters import Counters
        from commsleads.rules.tying import Ties

        return Counters(Ties(self.campaigns(session), self.settings.links.channels))

    def facts(self, session: Session, *, cutoff: int | None = None) -> Facts:
        """The read-only figures, as of `cutoff` (an arrival) or of everything there is."""
        from commsleads.desk import Desk
        from commsleads.facts import Facts
        from commsleads.leads.agreeing import differs
        from commsleads.store.signals import last_arrival

        settings, now = self.settings, self.now()
        return Facts(
            session,
            organisation=settings.organisation.name,
            plan=settings.desk,
            calendar=Desk(session=session, settings=settings, now=now).calendar(now),
            mailboxes=self.mailboxes,
            counters=self.counting,
            link_base=settings.links.base,
            criteria_differ=differs(session, settings),
            goals=settings.goals,
            diary=settings.calendar,
            alerts_plan=settings.alerts,
            dashboard=settings.web.dashboard,
            watches=settings.watches,
            outlets=settings.outlets,
            campaigns=self.campaigns(session),
            zone=settings.organisation.zone,
            now=now,
            cutoff=last_arrival(session) if cutoff is None else cutoff,
        )

    @property
    def mailboxes(self) -> list[str]:
        """The ids of the sources that bring mail to the desk, and no coverage."""
        return self._bringing("letters")

    @property
    def counting(self) -> list[str]:
        """The ids of the sources that count clicks or visits, and see no coverage."""
        return self._bringing("clicks")

    def _bringing(self, what: str) -> list[str]:
        kinds = {source.kind for source in self.settings.sources}
        such = {kind for kind in kinds if getattr(self.plugins.collector(kind), "brings", "") == what}
        return [source.id for source in self.settings.sources if source.kind in such]

    def secret(self, name: str) -> str:
        """A named secret from the environment or the secrets folder."""
        return config.secret(self.settings.secrets_folder, name, self.environ)

    def prepare(self) -> None:
        """Bring the database up to date with this program and with the settings. Safe to run at every start."""
        from commsleads.campaigns import planning

        if done := self.engine.migrate():
            log.info("The database was brought up to date: %s", ", ".join(done))
        with self.engine.session() as session:
            now = self.now()
            # A beginning yet to come was noted by a clock that was wrong, and would keep every report back.
            begun = moment(meta.get(session, "since"))
            if begun is None or begun > now:
                meta.put(session, "since", stamp(now))
            if meta.get(session, "settings") != self.settings.digest:
                with session.atomic():
                    settings = self.settings
                    timetable.sync(session, settings.sources, now)
                    intent.sync(session, settings.watches, settings.outlets, settings.campaigns, now)
                    planning.stamp(session, settings.campaigns, settings.organisation.zone, now, "settings")
                    meta.put(session, "settings", self.settings.digest)
            planning.register(session, self.campaigns(session), self.settings.watches, now)


def build(path: Path, *, clock: Callable[[], datetime] | None = None, environ: Mapping[str, str] | None = None) -> App:
    """The program for one settings file. Raises `ConfigError` with every mistake; touches no database yet."""
    found = plugins.load_plugins()
    settings = config.load(path, found)
    app = App(settings=settings, engine=open_engine(settings.store_url), plugins=found)
    if clock is not None:
        app.clock = clock
    if environ is not None:
        app.environ = environ
    return app
