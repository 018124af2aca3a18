"""The demo's campaign people at work: each act of `campaigns.toml` through the function that its command calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from commsleads import lists
from commsleads.app import App
from commsleads.campaigns import holding, importing, linking, mailing, responding
from commsleads.campaigns.importing import Wanted
from commsleads.demo.campaigning import Link, TargetList
from commsleads.demo.pressoffice import Act
from commsleads.errors import CommsleadsError
from commsleads.plan import Campaign
from commsleads.responses import Target
from commsleads.store.campaigns import targets
from commsleads.store.engine import Session


class Campaigners:
    """The people who run the campaigns, with all the links they have made. `folder` holds their lists."""

    def __init__(self, app: App, folder: Path) -> None:
        self._app = app
        self._folder = folder
        self._slugs: dict[str, tuple[str, ...]] = {}
        self._zone = app.settings.organisation.zone

    def do(self, session: Session, act: Act) -> bool:
        """Do one thing; whether it made links. Whatever the program says against it is a mistake of `campaigns.toml`
        and ends the demo."""
        campaign = next(one for one in self._app.campaigns(session) if one.id == act.about)
        if act.does == "import":
            self._import(session, campaign, act)
        elif act.does == "hold back":
            given = act.given
            holding.hold_back(
                session, campaign, given["share"], given["seed"], zone=self._zone, now=act.when, by=act.by,
                group=given["list"].group,
            )  # fmt: skip
        elif act.does == "sent":
            channels = self._app.settings.links.channels
            mailing.sent(session, campaign, channels=channels, at=act.when, now=act.when, by=act.by, **act.given)
        elif act.does == "mark":
            self._mark(session, campaign, act)
        else:
            self._link(session, campaign, act)
            return True
        return False

    def slug(self, key: str, place: int = 0) -> str:
        """The word of a link; of those by person that of the one at this place of the list."""
        return self._slugs[key][place]

    def _import(self, session: Session, campaign: Campaign, act: Act) -> None:
        wanted: TargetList = act.given["list"]
        done = importing.import_rows(
            session,
            campaign,
            lists.read(self._folder / wanted.file),
            Wanted(group=wanted.group, origin=f"list {wanted.file}"),
            zone=self._zone,
            keep=self._app.settings.desk.keep,
            now=act.when,
            by=act.by,
        )
        if done.new != len(wanted.members):
            raise CommsleadsError(f"{wanted.file} brought {done.new} targets and not {len(wanted.members)}: {done}")

    def _link(self, session: Session, campaign: Campaign, act: Act) -> None:
        link: Link = act.given["link"]
        asked = linking.Asking(campaign, link.cta, link.channel, link.group, link.vanity, link.trap, link.ends)
        channels = self._app.settings.links.channels
        if not link.each:
            made = linking.make(session, asked, channels=channels, now=act.when, by=act.by)
            self._slugs[link.key] = (made.link["slug"],)
            return
        done = linking.make_each(session, asked, channels=channels, zone=self._zone, now=act.when, by=act.by)
        by_target = {one.link["target_id"]: str(one.link["slug"]) for one in done.made}
        asked_of = self._members(session, campaign, link.group, held_back=False)
        self._slugs[link.key] = tuple(by_target[one.id] for one in asked_of)

    def _members(self, session: Session, campaign: Campaign, group: str, *, held_back: bool) -> Sequence[Target]:
        """Those of a group who are written to, or who are not, in an order that does not hang on the lot."""
        found = targets.of_campaign(session, campaign.id, group=group)
        return sorted(
            (one for one in found if not one.excluded and one.control == held_back), key=lambda one: one.email
        )

    def _mark(self, session: Session, campaign: Campaign, act: Act) -> None:
        """What somebody saw or heard: of targets by their places, or of people whom nobody knows."""
        given: Mapping[str, Any] = act.given
        whose: list[tuple[str, str]]
        if "group" in given:
            members = self._members(session, campaign, given["group"], held_back="held_back" in given)
            whose = [(members[place].id, given["note"]) for place in given.get("held_back") or given["who"]]
        else:
            whose = [("", f"{given['note']}, number {number + 1}") for number in range(given["times"])]
        for target, note in whose:
            responding.add(
                session, campaign, given["cta"], given["kind"], at=act.when, now=act.when, zone=self._zone, by=act.by,
                target=target, note=note,
            )  # fmt: skip
