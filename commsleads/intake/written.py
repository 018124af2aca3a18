"""What was written or said to us, made ready for the rules of responses: mails by their sender, and enquiries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from commsleads.config import Settings
from commsleads.enquiries import State
from commsleads.intake.readers import FORM, Readers
from commsleads.letters import Letter
from commsleads.plan import Campaign, Watch
from commsleads.responses import Response
from commsleads.rules.matching import Matcher
from commsleads.rules.reading.proof import unproved
from commsleads.rules.responses import LinkAt, Span, Told, Trace, Traces, written
from commsleads.store import letters
from commsleads.store.campaigns import evidence
from commsleads.store.engine import Row, Session, moment
from commsleads.text import fold

DUPLICATE = "It is a duplicate of another enquiry."
_TIES = ("campaign", "cta")
ANSWERS = 40
"""Permille less for what stands in the mail that is answered and not in the answer."""
NAME = 6
"""Letters of a campaign's name below which it is too common to be a sign."""


class Post:
    """The mails and enquiries of one organisation, held against its campaigns."""

    def __init__(
        self, session: Session, settings: Settings, campaigns: Mapping[str, Campaign], spans: Mapping[str, Span]
    ) -> None:
        self.session = session
        self._settings = settings
        self._campaigns = campaigns
        self._spans = spans
        self._readers = Readers(settings)

    # --- mails -------------------------------------------------------------------------------------------------------

    def of_sender(self, sender: str, since: str) -> list[Response]:
        """The responses that the mails of one address are: for each campaign and call to action the first that counts.

        Mails that stand in an enquiry are looked at with it. Ours are none.
        """
        if not sender or self._readers.is_ours(sender):
            return []
        first: dict[tuple[str, str, str], Response] = {}
        for row in evidence.mails(self.session, sender, since):
            for response in written(self._mail(row), self._campaigns, self._spans):
                key = (response.campaign, response.cta, response.kind)
                known = first.get(key)
                if known is None or (response.counts and not known.counts):
                    first[key] = response
        return list(first.values())

    def _mail(self, row: Row) -> Told:
        letter = letters.letter_of(row)
        form = row["channel"] == FORM
        at = moment(row["received_at"])
        assert at is not None  # noqa: S101 - the schema has no row without it
        return Told(
            evidence=f"mail {row['id']}",
            at=at,
            kind="form" if form else "reply",
            channel=FORM if form else "mail",
            traces=self._traces_of(letter),
            targets=evidence.aimed_at(self.session, [row["sender"]]),
            named=self._named(letter.subject),
            unproved=unproved(letter),
        )

    def _traces_of(self, letter: Letter) -> list[Trace]:
        """What leads to campaigns from a mail's words, from its form, and from the mails of ours that it answers."""
        inner = letter.inner.text if letter.inner else ""
        landed = [value for name, value in letter.marks.items() if name.startswith("form-")]
        tags = [v for name, v in letter.marks.items() if name in ("form-utm_campaign", "form-utm-campaign")]
        found = self._traces.find("\n".join((*landed, letter.subject, letter.text, inner)), tags)
        for text in evidence.ours(self.session, (*letter.in_reply_to, *letter.references)):
            found += [
                trace._replace(permille=trace.permille - ANSWERS, why=f"What it answers was ours. {trace.why}")
                for trace in self._traces.find(text)
            ]
        return found

    @cached_property
    def _traces(self) -> Traces:
        base = self._settings.links.base
        return Traces(
            list(self._campaigns.values()),
            [
                LinkAt(external or (base + slug if base else ""), campaign, cta, channel)
                for slug, external, campaign, cta, channel in evidence.links(self.session)
            ],
        )

    # --- enquiries ---------------------------------------------------------------------------------------------------

    def of_enquiries(self, ids: Sequence[str]) -> Iterable[tuple[str, list[Response]]]:
        """The responses that these enquiries are."""
        for row in evidence.enquiries(self.session, ids):
            yield row["id"], written(self._enquiry(row), self._campaigns, self._spans)

    def _enquiry(self, row: Row) -> Told:
        posts = [
            letters.letter_of(one) for one in letters.several(self.session, row["letters"]).values() if one["rest"]
        ]
        by_mail = evidence.aimed_at(self.session, filter(None, map(self._writer, posts)))
        targets = by_mail or evidence.aimed_at(self.session, row["addresses"], row["contacts"])
        at = moment(row["received_at"])
        assert at is not None  # noqa: S101 - the schema has no row without it
        return Told(
            evidence=f"enquiry {row['id']}",
            at=at,
            kind="form" if row["channel"] == FORM else "enquiry",
            channel=row["channel"],
            traces=[trace for letter in posts for trace in self._traces_of(letter)],
            targets=targets,
            named=self._named(row["subject"], row["background"], row["angle"]),
            tied=[(ref, "") if what == "campaign" else ("", ref) for what, ref in row["ties"] if what in _TIES],
            by_mail=bool(by_mail),
            doubt=DUPLICATE if row["state"] == str(State.DUPLICATE) else "",
            unproved=bool(posts) and all(map(unproved, posts)),
        )

    def _writer(self, letter: Letter) -> str:
        """The address that a mail is from: where one of us passed it on, that of whoever wrote to us."""
        sender = letter.sender.address
        if not self._readers.is_ours(sender):
            return sender
        return letter.inner.sender.address if letter.inner else ""

    # --- what a campaign is about ------------------------------------------------------------------------------------

    def _named(self, *words: str) -> frozenset[str]:
        """The campaigns that some words name: by a watch of theirs, a phrase of a call to action, or their name."""
        return frozenset(one.watch_id for one in self._matcher.match(fold(words[0]), fold("\n".join(words[1:]))))

    @cached_property
    def _matcher(self) -> Matcher:
        # A brand stands in every enquiry, so it tells nothing of what this one is about.
        watches: dict[str, Watch] = {one.id: one for one in self._settings.watches if one.role != "brand"}
        about: dict[str, list[str]] = {}
        for campaign in self._campaigns.values():
            said = [phrase for one in campaign.watches if one in watches for phrase in watches[one].any]
            said += [phrase for cta in campaign.ctas for phrase in cta.phrases]
            said += [campaign.name] if len(fold(campaign.name)) >= NAME else []
            about[campaign.id] = said
        return Matcher([Watch(id=campaign, any=tuple(said)) for campaign, said in about.items() if said])
