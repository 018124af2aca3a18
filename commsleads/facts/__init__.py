"""The figures that reports and pages show, read-only, as of a cut-off.

One method answers one question and gives plain values (`facts.values`); sentences are the report's. Every figure
carries its definition, the ids of its rows and the command that lists them. What nobody observed is left out
of every comparison and named; what nobody measures is None.
"""

from __future__ import annotations

from collections.abc import Sequence

from commsleads.contract import Period
from commsleads.facts import (
    alerts,
    book,
    campaigns,
    cards,
    coming,
    credit,
    desk,
    evaluation,
    evenness,
    goals,
    leads,
    looked,
    looking,
    messages,
    quality,
    restated,
    sending,
    stories,
    tone,
    uplift,
    voices,
)
from commsleads.facts.alert_values import AlertFigures
from commsleads.facts.book_values import Book
from commsleads.facts.card_values import Card
from commsleads.facts.coming_values import Coming
from commsleads.facts.desk_values import DeskFigures
from commsleads.facts.evaluation_values import Evaluation
from commsleads.facts.goal_values import CreditTable, EvennessFigures, GoalLine
from commsleads.facts.ground import WEEKS, Ground, unit
from commsleads.facts.lead_values import LeadFigures, LeadPart
from commsleads.facts.looked_values import Looked
from commsleads.facts.message_values import MessageLine
from commsleads.facts.restated_values import Quality, Restated
from commsleads.facts.sending_values import Sending
from commsleads.facts.survey import Survey
from commsleads.facts.tone_values import ToneFigures
from commsleads.facts.uplift_values import UpliftLine
from commsleads.facts.values import Answer, Change, Coverage, Health, Need, Story, Voice, WatchLine
from commsleads.rules.periods import alike

__all__ = ["Facts"]


class Facts(Ground):
    """What happened in a period. Made for one session and one cut-off, used for one report, thrown away."""

    def unit(self, period: Period) -> str:
        """What the period is called in a sentence: day, week or month."""
        return unit(period)

    def coverage(self, period: Period) -> Coverage:
        """How many stories about us, compared with the eight periods before, and the trend."""
        return stories.coverage(self, self._survey(period))

    def watch_lines(self, period: Period) -> list[WatchLine]:
        """Each watch that is about us or was named, with its figure and verdict, as declared."""
        return stories.watch_lines(self, self._survey(period))

    def spikes(self, lines: Sequence[WatchLine]) -> list[WatchLine]:
        """Those of `watch_lines` that were named far more than their baseline lets one expect, steepest first."""
        return stories.spikes(lines)

    def voices(self, period: Period) -> list[Voice]:
        """Share of voice, plain and weighted by quality, among brands and competitors; nothing when one is missing."""
        return voices.voices(self, self._survey(period))

    def tone(self, period: Period) -> ToneFigures:
        """How the stories about us speak of us: checked by people and unchecked apart, and how far to believe it."""
        return tone.tone(self, self._survey(period))

    def messages(self, period: Period) -> tuple[MessageLine, ...]:
        """The pull-through of each key message of the campaigns that the period concerns."""
        return messages.messages(self, self._survey(period))

    def stories(self, period: Period, most: int = 100) -> list[Story]:
        """The stories of the period, those that matter first."""
        return stories.stories(self, self._survey(period), most)

    def answers(self, period: Period) -> list[Answer]:
        """The answer card of each campaign that the period concerns."""
        return campaigns.answers(self, period, self._survey(period).before)

    def card(self, name: str, period: Period | None = None) -> Card | None:
        """The answer card of one campaign, None when there is none of that id. The uplift is that of the period."""
        found = next((one for one in self.campaigns if one.id == name), None)
        return cards.card(self, found, period) if found else None

    def week(self, name: str) -> Period:
        """The week whose coverage the card of that campaign compares, when nobody names a period."""
        return cards.week_of(self, next(one for one in self.campaigns if one.id == name))

    def cards(self, period: Period) -> list[Card]:
        """The answer cards of the campaigns that the period concerns, in the order of `answers`."""
        return [cards.card(self, one, period) for one in campaigns.concerned(self, period, self._survey(period).before)]

    def listed(self) -> list[Card]:
        """The cards of all campaigns without their uplift, those that run first."""
        return campaigns.in_order([cards.measured(self, one) for one in self.campaigns])

    def desk(self, period: Period) -> DeskFigures:
        """The press desk in the period, and what on it needs somebody now."""
        return desk.desk(self, period)

    def uplift(self, name: str, period: Period | None = None) -> UpliftLine | None:
        """Whether coverage rose with a campaign, up to the end of the period or to now. None: no such campaign."""
        found = next((one for one in self.campaigns if one.id == name), None)
        return uplift.uplift(self, found, period) if found else None

    def uplifts(self, period: Period) -> list[UpliftLine]:
        """The uplift of each campaign that the period concerns, up to its end, in the order of `answers`."""
        told = [
            uplift.uplift(self, one, period) for one in campaigns.concerned(self, period, self._survey(period).before)
        ]
        return [line for line in told if line]

    def evaluation(self, period: Period, campaign: str = "") -> Evaluation | None:
        """The chain from inputs to impact, of the campaigns that a period concerns or of one. None: no such one."""
        chosen = next((one for one in self.campaigns if one.id == campaign), None)
        if campaign and chosen is None:
            return None
        return evaluation.evaluation(self, self._survey(period), self.uplift, chosen)

    def goals(self, period: Period | None = None) -> list[GoalLine]:
        """The goals that a period touches, all when none is named, and how each stands now. Those that run first."""
        return goals.goals(self, period)

    def credit(self, period: Period, key: str = "campaign") -> CreditTable:
        """What leads qualified in the period are due to, by each model. `key` is campaign, source or channel."""
        return credit.credit(self, period, key)

    def evenness(self, period: Period) -> EvennessFigures:
        """Whether the criteria are applied evenly, by owner and by campaign."""
        return evenness.evenness(self, period)

    def leads(self, period: Period) -> LeadFigures:
        """Leads of the period as a cohort, what moved in it, the handoff, and what both readings make of it."""
        seen = self.coverage(period).figure.value
        return leads.leads(self, period, seen if seen or self.observed(period) else None)

    def funnels(self, period: Period) -> tuple[LeadPart, ...]:
        """The funnel of the leads opened in a period: of all, and by source, channel, campaign, owner and tier."""
        return leads.parts_of(self, period)

    def alerts(self, period: Period) -> AlertFigures:
        """What was told at once in the period, how fast, and how much of it was worth it."""
        return alerts.alerts(self, period)

    def health(self, period: Period) -> Health:
        """How well we looked: collectors, gaps, sources that stand still."""
        return looking.health(self, period)

    def looked(self, period: Period) -> Looked:
        """How well we looked, source by source, and what became of what we sent."""
        return looked.looked(self, self._survey(period))

    def sending(self, period: Period, name: str = "weekly") -> Sending:
        """How the edition before this period's reached people, and whether this period's is late."""
        return sending.sending(self, period, name)

    def needs(self) -> list[Need]:
        """What a person must see to now."""
        return looking.needs(self)

    def coming(self, period: Period) -> tuple[Coming, ...]:
        """What is to come in the period after this one, of the same length, by day and time."""
        return coming.coming(self, period)

    def changes(self, period: Period) -> list[Change]:
        """What changed in the period: edited headlines, and what was declared anew."""
        return looking.changes(self, self._survey(period))

    def restated(self, period: Period) -> tuple[Restated, ...]:
        """What the last eight editions before this period told and is another figure now, each change once."""
        return restated.restated(self, self._survey(period))

    def quality(self, period: Period) -> Quality:
        """What people corrected in a period: stories taken out, put back, and found by hand; and noise by watch."""
        return quality.quality(self, self._survey(period))

    def book(
        self, period: Period, *, campaign: str = "", watch: str = "", everyone: bool = False, tiers: Sequence[int] = ()
    ) -> Book | None:
        """The coverage book: all about us, or what a watch found or is tied to a campaign. None: no such thing."""
        chosen = next((one for one in self.campaigns if one.id == campaign), None)
        if (campaign and chosen is None) or (watch and watch not in self.named):
            return None
        survey = self._survey(period)
        return book.book(
            self,
            survey,
            Survey(self, survey.before[-1], (), survey.watches) if survey.before else survey,
            book.Chosen(campaign=chosen, watch=watch, everyone=everyone, tiers=tuple(tiers)),
            tone=self.tone(period),
            messages=self.messages(period),
        )

    def _survey(self, period: Period) -> Survey:
        if self._last is None or self._last.period != period:
            before = alike(period, unit(period), self.zone, WEEKS)
            self._last = Survey(self, period, before, tuple(watch.id for watch in self.watches))
        return self._last

    _last: Survey | None = None
