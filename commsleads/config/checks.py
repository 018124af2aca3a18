"""What only shows when the tables are seen together: doubles, dead references, ends before starts.

Ids are taken from the file as it was written, so that a table with another mistake in it is not missed as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from commsleads.config.fields import WEEKDAYS
from commsleads.config.notes import Notes, show
from commsleads.config.values import Settings, Smtp
from commsleads.enquiries import DeskPlan
from commsleads.plan import AlertPlan, CalendarEntry, Campaign, GoalPlan, LinkPlan, Outlet, ReportPlan, Watch

_NAMED = (
    ("watches", "id"), ("outlets", "name"), ("campaigns", "id"), ("goals", "id"), ("sources", "id"),
    ("reports", "name"),
)  # fmt: skip


def written(tree: Mapping[str, Any], name: str, key: str = "id") -> list[object]:
    """What each entry of an array of tables gives for `key`, None where it gives nothing."""
    entries = tree.get(name)
    if not isinstance(entries, list):
        return []
    return [entry.get(key) if isinstance(entry, dict) else None for entry in entries]


def names(tree: Mapping[str, Any], notes: Notes) -> None:
    """Whatever has an id has one of its own; outlets and reports are told apart by name."""
    for where, key in _NAMED:
        doubles(written(tree, where, key), where, key, notes)


def doubles(names: Sequence[object], where: str, key: str, notes: Notes) -> None:
    """Note every name that was there before, with the place where it was first."""
    first: dict[str, int] = {}
    for number, name in enumerate(names):
        if not isinstance(name, str):
            continue
        if name in first:
            notes.wrong(f"{where}[{number}].{key}", f"is {show(name)}, as {where}[{first[name]}] is; give each its own")
        else:
            first[name] = number


def watches(found: Iterable[Watch | None], notes: Notes) -> None:
    """A watch must be able to match something."""
    for number, watch in enumerate(found):
        where = f"watches[{number}]"
        if watch is None:
            continue
        if not watch.any and not watch.all:
            notes.wrong(where, 'has no phrases; give some in "any" or "all"')
        refused = {phrase.casefold() for phrase in watch.none}
        if refused:
            for phrase in (*watch.any, *watch.all):
                if phrase.casefold() in refused:
                    notes.wrong(f"{where}.none", f"holds {show(phrase)}, which is also a phrase to look for")


def outlets(found: Iterable[Outlet | None], notes: Notes) -> None:
    """A domain belongs to one outlet, or its tier would be a matter of luck."""
    first: dict[str, int] = {}
    for number, outlet in enumerate(found):
        for name in outlet.domains if outlet else ():
            if first.setdefault(name, number) != number:
                notes.wrong(f"outlets[{number}].domains", f"has {name}, which outlets[{first[name]}] has already")


def campaigns(found: Iterable[Campaign | None], tree: Mapping[str, Any], notes: Notes) -> None:
    """A campaign's watches must be there, its dates in order, its calls to action told apart."""
    known = [name for name in written(tree, "watches") if isinstance(name, str)]
    for number, campaign in enumerate(found):
        where = f"campaigns[{number}]"
        _plain_mistakes(tree, number, known, notes)
        if campaign is None:
            continue
        if campaign.goal and campaign.goal.by and campaign.starts_on and campaign.goal.by < campaign.starts_on:
            notes.wrong(f"{where}.goal.by", f"is {campaign.goal.by}, before starts_on, {campaign.starts_on}")
        doubles([cta.id for cta in campaign.ctas], f"{where}.ctas", "id", notes)
        doubles([target.name for target in campaign.targets], f"{where}.targets", "name", notes)
        for place, target in enumerate(campaign.targets):
            if target.n is not None and target.excluded > target.n:
                notes.wrong(f"{where}.targets[{place}].excluded", f"is {target.excluded}, more than n, {target.n}")
        _statuses(campaign, where, notes)
        _messages(campaign, where, notes)
        _uplift(campaign, where, known, notes)
        for place, cta in enumerate(campaign.ctas):
            if "mention" in cta.ways and not cta.phrases:
                notes.wrong(
                    f"{where}.ctas[{place}].phrases", "is empty; give the hashtag or words whose use is a response"
                )


def _messages(campaign: Campaign, where: str, notes: Notes) -> None:
    """Key messages are told apart, and each can be found: a message without phrases would look like one that nobody
    carries."""
    doubles([message.id for message in campaign.messages], f"{where}.messages", "id", notes)
    for place, message in enumerate(campaign.messages):
        if not message.phrases:
            notes.wrong(f"{where}.messages[{place}].phrases", "is empty; give the words that count as saying it")


def _uplift(campaign: Campaign, where: str, known: list[str], notes: Notes) -> None:
    """What the uplift is measured by is there, and what the campaign is to move is not what it is compared with."""
    for key in ("watches", "compare"):
        for place, name in enumerate(getattr(campaign.uplift, key)):
            if name not in known:
                notes.wrong(
                    f"{where}.uplift.{key}[{place}]",
                    f"is {show(name)}, and no watch has that id; {_near(name, known, notes)}",
                )
    counted = campaign.uplift.watches or campaign.watches
    for place, name in enumerate(campaign.uplift.compare):
        if name in counted:
            notes.wrong(
                f"{where}.uplift.compare[{place}]", f"is {show(name)}, which is counted for the campaign itself"
            )


def _plain_mistakes(tree: Mapping[str, Any], number: int, known: list[str], notes: Notes) -> None:
    """Watches that are not there and dates in the wrong order, as they were written."""
    where = f"campaigns[{number}]"
    watches = written(tree, "campaigns", "watches")[number]
    for place, name in enumerate(watches if isinstance(watches, list) else ()):
        if isinstance(name, str) and name not in known:
            notes.wrong(
                f"{where}.watches[{place}]", f"is {show(name)}, and no watch has that id; {_near(name, known, notes)}"
            )
    first, last = (written(tree, "campaigns", key)[number] for key in ("starts_on", "ends_on"))
    if type(first) is date and type(last) is date and last < first:
        notes.wrong(f"{where}.ends_on", f"is {last}, before starts_on, {first}")


def _statuses(campaign: Campaign, where: str, notes: Notes) -> None:
    """A campaign needs a status to begin with and one that says somebody answered, in the order of the way."""
    steps = campaign.statuses
    doubles([step.name.casefold() for step in steps], f"{where}.statuses", "name", notes)
    if not steps or steps[0].responded:
        notes.wrong(f"{where}.statuses", "must begin with a status of those who have not answered yet")
    if not any(step.responded for step in steps):
        notes.wrong(f"{where}.statuses", "has no status with responded = true: nobody could ever have answered")
    for place, step in enumerate(steps):
        if step.success and not step.responded:
            notes.wrong(f"{where}.statuses[{place}].success", "is true and responded is not: who did it has answered")
        if place and steps[place - 1].responded and not step.responded:
            notes.wrong(f"{where}.statuses[{place}]", "comes after one with responded = true and is not one itself")


def goals(found: Sequence[GoalPlan | None], desk: DeskPlan, notes: Notes) -> None:
    """A goal has a time with days in it, and is of a team and a person that there are. Its campaign may be one that was
    applied by command: the store knows."""
    teams = sorted({one.team or desk.team for one in desk.officers} | {desk.team})
    officers = [one.id for one in desk.officers]
    for number, goal in enumerate(found):
        if goal is None:
            continue
        where = f"goals[{number}]"
        if goal.ends_on < goal.starts_on:
            notes.wrong(f"{where}.ends_on", f"is {goal.ends_on}, before starts_on, {goal.starts_on}: no day is left")
        if goal.leads is not None and goal.leads < goal.n:
            notes.wrong(f"{where}.leads", f"is {goal.leads}, fewer than n, {goal.n}: more would come out than come in")
        for key, known in (("team", teams), ("owner", officers)):
            name = getattr(goal, key)
            if name and known and name not in known:
                notes.wrong(f"{where}.{key}", f"is {show(name)}, and there is none; {_near(name, known, notes)}")


def calendar(found: Iterable[CalendarEntry | None], notes: Notes) -> None:
    """An entry says what it is, and once. Its campaign may be one that was applied by command: the store knows."""
    first: dict[CalendarEntry, int] = {}
    for number, entry in enumerate(found):
        if entry is None:
            continue
        where = f"calendar[{number}]"
        if not entry.what.strip():
            notes.wrong(f"{where}.what", "is empty; say in a few words what is to come")
        elif first.setdefault(entry, number) != number:
            notes.wrong(where, f"is the same as calendar[{first[entry]}]; take one of them out")


def links(found: LinkPlan, notes: Notes) -> None:
    """The channels of the vocabulary are told apart."""
    doubles([channel.id for channel in found.channels], "links.channels", "id", notes)
    if not found.channels:
        notes.wrong("links.channels", "is empty; leave it out to have the usual ones")


def _near(name: str, known: Sequence[str], notes: Notes) -> str:
    return notes.nearest(name, known) if known else "declare it with [[watches]]"


def reports(
    found: Iterable[ReportPlan | None], tree: Mapping[str, Any], installed: Sequence[str], notes: Notes
) -> None:
    """A report must be installed and its day must fit how often it is written."""
    for number, plan in enumerate(found):
        where = f"reports[{number}]"
        if plan is None:
            continue
        if plan.name not in installed:
            near = notes.nearest(plan.name, installed)
            notes.wrong(f"{where}.name", f"is {show(plan.name)}, and no such report is installed; {near}")
        if plan.every == "day" and "on" in tree["reports"][number]:
            notes.wrong(f"{where}.on", "has no meaning for a report of every day; take it out")
        elif plan.every == "week" and plan.on not in WEEKDAYS:
            notes.wrong(f"{where}.on", f'is {show(plan.on)} and must be a weekday such as "monday" for a weekly report')


def smtp(found: Smtp | None, notes: Notes) -> None:
    """A user without a password, or the other way round, would fail in the night of the first digest."""
    if found and found.user and not found.password_secret:
        notes.wrong(
            "smtp.password_secret", "is missing; smtp.user needs the name of the secret that holds its password"
        )
    if found and found.password_secret and not found.user:
        notes.wrong("smtp.user", "is missing; smtp.password_secret names the password of nobody")


def alerts(found: AlertPlan, plan: DeskPlan, notes: Notes) -> None:
    """Quiet hours have two ends; channels are told apart, and the officer of one is somebody."""
    if bool(found.quiet_from) != bool(found.quiet_until):
        missing = "quiet_until" if found.quiet_from else "quiet_from"
        notes.wrong(f"alerts.{missing}", "is missing; quiet hours have a beginning and an end")
    elif found.quiet_from and found.quiet_from == found.quiet_until:
        notes.wrong("alerts.quiet_until", f"is {show(found.quiet_until)}, as quiet_from is; leave both out for none")
    doubles([channel.name for channel in found.channels], "alerts.channels", "name", notes)
    known = [officer.id for officer in plan.officers]
    for number, channel in enumerate(found.channels):
        if channel.officer and channel.officer not in known:
            near = notes.nearest(channel.officer, known) if known else "declare it with [[desk.officers]]"
            where = f"alerts.channels[{number}].officer"
            notes.wrong(where, f"is {show(channel.officer)}, and no officer has that id; {near}")


def desk(found: DeskPlan, notes: Notes) -> None:
    """Who covers or is on call must be somebody; a sign-off needs its steps told apart; nobody works on no topic."""
    known = [officer.id for officer in found.officers]
    doubles(known, "desk.officers", "id", notes)
    doubles([topic.id for topic in found.expertise], "desk.expertise", "id", notes)
    doubles(list(found.signoff), "desk", "signoff", notes)
    named = [(f"desk.officers[{n}].cover", one.cover) for n, one in enumerate(found.officers) if one.cover]
    named += [(f"desk.on_call[{n}].officer", one.officer) for n, one in enumerate(found.on_call)]
    for where, name in named:
        if name not in known:
            near = notes.nearest(name, known) if known else "declare it with [[desk.officers]]"
            notes.wrong(where, f"is {show(name)}, and no officer has that id; {near}")
    for number, stretch in enumerate(found.on_call):
        if stretch.last < stretch.first:
            notes.wrong(f"desk.on_call[{number}].last", f"is {stretch.last}, before first, {stretch.first}")
    for number, topic in enumerate(found.expertise):
        if not topic.any:
            notes.wrong(f"desk.expertise[{number}].any", "is empty; give the words by which the topic is found")


def remarks(settings: Settings) -> Iterator[str]:
    """What is allowed and probably not meant, a sentence each."""
    if not settings.fetch.contact:
        yield "fetch.contact is empty: a publisher whom the polling troubles cannot write to anybody."
    if not settings.smtp:
        for plan in settings.reports:
            if plan.to or plan.directors or plan.analysts:
                yield f'The report "{plan.name}" has recipients and there is no [smtp]: it is written to files only.'
    elif settings.smtp.security == "none" and settings.smtp.password_secret:
        yield 'smtp.security is "none": the password goes over the network in the clear.'
    campaigns = {campaign.id for campaign in settings.campaigns}
    for entry in settings.calendar:
        if entry.campaign and entry.campaign not in campaigns:
            yield f"The calendar names the campaign {show(entry.campaign)}, which is none of the settings."
    urls = Counter(source.url for source in settings.sources)
    for url, times in urls.most_common(3):
        if times > 1:
            yield f"{times} sources poll {url}: each of its items is read {times} times."
