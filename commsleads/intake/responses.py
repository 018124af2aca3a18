"""Where responses come from: the pass that finds them in what came, and keeps them with their evidence.

::

    first clicks of targets ──┐
    mails, by their sender ───┤                                   ┌─► rows of `responses`, new, changed or taken back
    enquiries ────────────────┼─► rules.responses ─► responses ───┤
    stories ──────────────────┘                                   └─► the step of the target that responded

Each piece of evidence is settled whole: what the rules make of it now replaces what they made of it before. So a pass
can be done again at any time, in any order, and gives the same. What is new is found by marks in `meta`; when what a
campaign declares, its targets or its links have changed, the marks go back and its evidence is looked at again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b

from commsleads.config import Settings
from commsleads.intake.published import Press
from commsleads.intake.responded import Kept
from commsleads.intake.written import Post
from commsleads.plan import Campaign
from commsleads.responses import Response, Verdict
from commsleads.rules.responses import PROLOGUE, RULES, Opened, clicks, span, taken_back
from commsleads.store import meta
from commsleads.store.campaigns import applied, evidence, targets, touched
from commsleads.store.campaigns import responses as rows
from commsleads.store.desk import tracing
from commsleads.store.engine import Session, micros, moment, stamp
from commsleads.store.history import dump

__all__ = ["rebuild", "settle"]

log = logging.getLogger(__name__)

LETTERS, SIGNALS, DAILY = "responses_letters", "responses_signals", "responses_daily_at"
AT = rows.SETTLED_AT
MOST = 20_000
"""Mails, and signals, looked at in one pass; what is left is found by the next."""
BITE_OF_LETTERS, BITE_OF_SIGNALS, BITE_OF_ENQUIRIES = 500, 2_000, 100
"""How many are settled in one transaction."""
DAY = timedelta(days=1)
BEGUN = "begun"
"""Stands for the mark of a campaign whose evidence was not looked at to the end: the next pass does it again."""
MACHINES = (str(Verdict.DOUBTFUL), str(Verdict.MACHINE))
Stopping = Callable[[], bool]


def never() -> bool:
    """Nobody asks to stop."""
    return False


def settle(
    session: Session,
    settings: Settings,
    campaigns: Sequence[Campaign],
    now: datetime,
    *,
    most: int = MOST,
    stopping: Stopping = never,
) -> int:
    """One pass; how many responses are new or changed. Goes on where it stopped, bounded by `most`."""
    if not campaigns:
        return 0
    pass_ = _Pass(session, settings, campaigns, now)
    last = moment(meta.get(session, AT))
    since = stamp(min(last, now)) if last else ""
    changed = tracing.changed(session, since)
    enquiries = dict.fromkeys([*changed, *evidence.of_the_same(session, changed)])
    for campaign in campaigns:
        if stopping():
            return pass_.changed
        enquiries |= dict.fromkeys(pass_.campaign(campaign))
    pass_.enquiries(list(enquiries))
    pass_.looked_at()
    pass_.senders(evidence.relabelled(session, since))
    pass_.stories(evidence.stories_edited(session, since))
    pass_.letters(most, stopping)
    pass_.signals(most, stopping)
    meta.put(session, AT, stamp(now))
    return pass_.changed


def rebuild(session: Session, settings: Settings, campaigns: Sequence[Campaign], now: datetime) -> int:
    """Forget what the rules made of every campaign and make it again; how many responses there are now.

    What people added or set aside stays, and so does what cannot be made again (see `store.campaigns.responses`).
    """
    with session.atomic():
        for campaign in campaigns:
            rows.clear(session, campaign.id)
            meta.put(session, _name(campaign), "")
        for name in (LETTERS, SIGNALS, AT, DAILY):
            meta.put(session, name, "")
    return settle(session, settings, campaigns, now, most=2**62)


def _name(campaign: Campaign) -> str:
    return f"responses:{campaign.id}"


class _Pass:
    """One pass over the evidence, with the campaigns as they are now."""

    def __init__(self, session: Session, settings: Settings, campaigns: Sequence[Campaign], now: datetime) -> None:
        self.session = session
        self.now = now
        self._kept = Kept(session, {campaign.id: campaign for campaign in campaigns}, now)
        self._settings = settings
        self._looked_at: dict[str, str] = {}
        self._zone = settings.organisation.zone
        self._campaigns = {campaign.id: campaign for campaign in campaigns}
        self._spans = {campaign.id: span(campaign, self._zone) for campaign in campaigns}
        self._post = Post(session, settings, self._campaigns, self._spans)
        self._press = Press(session, settings, self._campaigns, self._spans)
        starts = [one.start for one in self._spans.values()]
        self._earliest = min(filter(None, starts)) - PROLOGUE if all(starts) else None
        last = moment(meta.get(session, DAILY))
        self._daily = last is None or not last <= now < last + DAY
        if self._daily:
            meta.put(session, DAILY, stamp(now))

    @property
    def changed(self) -> int:
        """How many responses are new, changed or gone."""
        return self._kept.changed

    # --- campaign by campaign ----------------------------------------------------------------------------------------

    def campaign(self, campaign: Campaign) -> list[str]:
        """Settle the clicks of a campaign; where it has changed, let all its evidence be looked at again.

        The enquiries that are to be looked at again.
        """
        mark = touched.mark(self.session, campaign.id)  # before the rows: what changes from here on is seen next time
        plan = self._declared(campaign)
        before = meta.get(self.session, _name(campaign)).split()
        if not self._daily and [*before[:1], *before[2:]] == [plan, mark]:
            return []
        aimed = self._aimed(campaign)
        new = [plan, aimed] != before[:2] or before[2:] == [BEGUN]
        fresh, gone = self._clicks(campaign)
        with self.session.atomic():
            rows.drop(self.session, gone)
            self._kept.write(fresh)
            self._looked_at[_name(campaign)] = f"{plan} {aimed} {mark}"
            if not new:
                return []
            meta.put(self.session, _name(campaign), f"{plan} {aimed} {BEGUN}")
            whole = before[:1] != [plan]
            self._go_back(campaign, whole=whole)
            if whole:
                self._catch_up(campaign, {one.id for one in fresh})
            self._kept.leave_out(campaign)
            self._kept.marks(campaign, self._spans[campaign.id])
        return evidence.enquiries_since(self.session, self._since(campaign))

    def looked_at(self) -> None:
        """Note what the campaigns were when all that hangs on them had been looked at."""
        with self.session.atomic():
            for name, value in self._looked_at.items():
                meta.put(self.session, name, value)

    def _declared(self, campaign: Campaign) -> str:
        """A print of what is declared, on which the responses of a campaign depend beside their evidence."""
        settings = self._settings
        declared = [
            RULES, applied.written(campaign), str(self._zone), settings.links.base, list(settings.desk.addresses),
            [(one.id, one.any) for one in settings.watches if one.id in campaign.watches],
        ]  # fmt: skip
        return _print(declared)

    def _aimed(self, campaign: Campaign) -> str:
        """A print of its targets and links. It reads all of them: only where they were touched, and once a day."""
        aimed = [
            (one.id, one.kind, one.name, one.outlet, one.email, one.contact, one.excluded, one.control)
            for one in targets.of_campaign(self.session, campaign.id)
        ]
        return _print([sorted(aimed), evidence.links_of(self.session, campaign.id)])

    def _since(self, campaign: Campaign) -> str:
        start = self._spans[campaign.id].start
        return stamp(start - PROLOGUE) if start else ""

    def _go_back(self, campaign: Campaign, *, whole: bool) -> None:
        """Put the marks back to before the campaign. Who published what hangs on its phrases; targets change no more
        than whose it is, so that without a change of the `whole` only the stories that are known are looked at."""
        start = self._spans[campaign.id].start
        mark = micros(start - PROLOGUE) if start else 0
        phrases = any(cta.phrases and "mention" in cta.ways for cta in campaign.ctas)
        for name in (LETTERS, SIGNALS) if whole and phrases else (LETTERS,):
            meta.put(self.session, name, str(min(mark, int(meta.get(self.session, name) or 0))))
        self.stories(evidence.stories_known(self.session, campaign.id))

    def _clicks(self, campaign: Campaign) -> tuple[list[Response], list[str]]:
        """The responses by click that are new or changed, and the ids of those that are none any more."""
        within = self._spans[campaign.id]
        found = evidence.clicks(
            self.session,
            campaign.id,
            micros(within.start) if within.start else 0,
            micros(within.late) if within.late else evidence.FOREVER,
        )
        known = {one.id: one for one in rows.clicks(self.session, campaign.id)}
        if not found and not known:
            return [], []
        aimed = {target.id: target for target in targets.of_campaign(self.session, campaign.id)}
        standing = {one.id: one for one in clicks(campaign, (Opened(*one) for one in found), aimed, within)}
        fresh = [one for one in standing.values() if known.get(one.id) != one]
        away = [one for one in known.values() if one.id not in standing and one.by == rows.RULES]
        away = [one for one in away if one.evidence != rows.CUT]
        verdicts = evidence.verdicts(self.session, [_ident(one) for one in away])
        back = [one for one in away if verdicts.get(_ident(one), "") in MACHINES]
        taken = (taken_back(one, verdicts[_ident(one)]) for one in back)
        fresh += [one for one in taken if known[one.id] != one]
        return fresh, [one.id for one in away if one not in back]

    def _catch_up(self, campaign: Campaign, new: Collection[str]) -> None:
        """Statuses may have been declared anew: whoever responded takes the step that follows from it now."""
        self._kept.advance(one for one in rows.of_campaign(self.session, campaign.id) if one.id not in new)

    # --- what came ---------------------------------------------------------------------------------------------------

    def letters(self, most: int, stopping: Stopping) -> None:
        """Mails that were read since the mark, by their senders."""
        until = evidence.letters_ready(self.session)
        mark = int(meta.get(self.session, LETTERS) or 0)
        while mark < until and most > 0 and not stopping():
            came = evidence.letters(self.session, mark, until, min(BITE_OF_LETTERS, most))
            if not came:
                return
            with self.session.atomic():
                self.senders(sender for _, _, sender in came)
                mark, most = came[-1][0], most - len(came)
                meta.put(self.session, LETTERS, str(mark))

    def senders(self, senders: Iterable[str]) -> None:
        """All mails of these addresses."""
        since = stamp(self._earliest) if self._earliest else ""

        def one(sender: str) -> None:
            looked_at = [f"mail {ident}" for ident in evidence.all_of(self.session, sender)]
            found = self._post.of_sender(sender, since)
            self._kept.settle(self._kept.not_again(found, looked_at), looked_at)

        self._kept.each(list(dict.fromkeys(filter(None, senders))), one)

    def enquiries(self, ids: Sequence[str]) -> None:
        """These enquiries."""

        def one(ident: str) -> None:
            for found, fresh in self._post.of_enquiries([ident]):
                told = f"enquiry {found}"
                if not rows.erased(self.session, [told]):
                    self._kept.settle(fresh, [told])

        for start in range(0, len(ids), BITE_OF_ENQUIRIES):
            with self.session.atomic():
                self._kept.each(ids[start : start + BITE_OF_ENQUIRIES], one)

    def signals(self, most: int, stopping: Stopping) -> None:
        """What was published since the mark."""
        until = evidence.signals_ready(self.session)
        if not self._press.phrases:
            meta.put(self.session, SIGNALS, str(until))
            return
        mark = int(meta.get(self.session, SIGNALS) or 0)
        while mark < until and most > 0 and not stopping():
            came = evidence.published(self.session, mark, until, min(BITE_OF_SIGNALS, most))
            if not came:
                return
            stories = [story for _, story, title, text, links in came if self._press.uses(title, text, links)]
            with self.session.atomic():
                self.stories(stories)
                mark, most = came[-1][0], most - len(came)
                meta.put(self.session, SIGNALS, str(mark))

    def stories(self, stories: Iterable[str]) -> None:
        """These stories with all their copies."""

        def one(story: str) -> None:
            self._kept.settle(self._press.of_story(story), [f"story {story}"])

        self._kept.each(list(dict.fromkeys(stories)), one)


def _ident(response: Response) -> str:
    return response.evidence.partition(" ")[2]


def _print(value: object) -> str:
    return blake2b(dump(value).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
