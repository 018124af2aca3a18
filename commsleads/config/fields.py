"""What the annotations of our own tables cannot say: bounds, shapes and closed lists of words, field by field."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Any
from urllib.parse import urlsplit

from commsleads.config.notes import Notes, show, sort_of
from commsleads.config.scalars import (
    choice,
    duration,
    identifier,
    line,
    listed,
    mail_address,
    mail_host,
    proxy_address,
    recipient,
    sender_address,
    web_address,
    whole,
)
from commsleads.config.tables import Overrides, plan_of
from commsleads.config.values import OFFICE_HOURS, Fetch, Organisation, Output, Run, Secrets, Smtp, Store
from commsleads.enquiries import LEVELS, DeskPlan, Expertise, Hours, Officer, OnCall
from commsleads.enquiries import ROLES as DESK_ROLES
from commsleads.plan import (
    ALERTS,
    ENTRIES,
    KINDS,
    ROLES,
    SENSITIVITIES,
    WAYS,
    AlertChannel,
    AlertPlan,
    CalendarEntry,
    CallToAction,
    Campaign,
    Channel,
    ClickPlan,
    CriteriaPlan,
    Goal,
    GoalPlan,
    KeyMessage,
    LinkPlan,
    Outlet,
    ReportPlan,
    Status,
    SurgePlan,
    TargetGroup,
    UpliftPlan,
    Watch,
    WebPlan,
)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LONGEST_PHRASE = 200

_SECOND, _DAY = timedelta(seconds=1), timedelta(days=1)
_AT = r"([01][0-9]|2[0-3]):[0-5][0-9]"
_HOURS = r"([a-z]{3})[a-z]*(?:\s*-\s*([a-z]{3})[a-z]*)?\s+(\d{1,2}:\d\d)\s*-\s*(\d{1,2}:\d\d)"
_HOST = r"[^\W_][\w-]*(\.[\w-]+)*\.?"


def zone(value: Any, where: str, notes: Notes) -> str | None:
    """The name of a zone, such as "Europe/Berlin"."""
    if value == "UTC":
        return "UTC"
    if type(value) is not str:
        notes.wrong(where, f'must be a time zone such as "Europe/Berlin" and not {sort_of(value)}')
        return None
    from zoneinfo import ZoneInfo, available_timezones

    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        near = _near_zone(value, available_timezones(), notes)
        notes.wrong(where, f"is {show(value)}, which is not a time zone; {near}")
        return None
    return value


def _near_zone(value: str, known: set[str], notes: Notes) -> str:
    """The zone that was meant: names differ in case and people write the city alone."""
    by_ending = {name.lower(): name for name in known} | {name.rpartition("/")[2].lower(): name for name in known}
    wanted = value.strip().lower().replace(" ", "_")
    if wanted in by_ending:
        return f'did you mean "{by_ending[wanted]}"?'
    near = notes.near(wanted, by_ending)
    return f'did you mean "{by_ending[near]}"?' if near else 'write it as in "Europe/Berlin"'


def working_hours(value: Any, where: str, notes: Notes) -> tuple[Hours, ...] | None:
    """ "Mon-Fri 09:00-17:30", or a list of such stretches."""
    given = [value] if type(value) is str else value
    if type(given) is not list or not all(type(one) is str for one in given):
        notes.wrong(where, f'must be text such as "Mon-Fri 09:00-17:30" and not {sort_of(value)}')
        return None
    found: list[Hours] = []
    for one in given:
        stretch = _stretch(one)
        if not stretch:
            notes.wrong(where, f'is {show(one)} and must be such as "Mon-Fri 09:00-17:30", the end after the start')
            return None
        found += stretch
    return tuple(sorted(found))


def _stretch(given: str) -> list[Hours]:
    """The days of one stretch, or none when it makes no sense."""
    parts = re.fullmatch(_HOURS, given.strip().lower())
    if not parts:
        return []
    days = [name[:3] for name in WEEKDAYS]
    first, last = parts[1], parts[2] or parts[1]
    if first not in days or last not in days:
        return []
    try:
        opens, closes = time.fromisoformat(parts[3].zfill(5)), time.fromisoformat(parts[4].zfill(5))
    except ValueError:
        return []
    span = range(days.index(first), days.index(first) + (days.index(last) - days.index(first)) % 7 + 1)
    return [Hours(number % 7, opens, closes) for number in span] if opens < closes else []


def phrases(value: Any, where: str, notes: Notes) -> tuple[str, ...] | None:
    """Phrases to watch for: each must hold a letter or a digit, or it would match everything or nothing."""
    if type(value) is list:
        for one in value:
            if type(one) is not str or not one[:1].isalnum() or len(one) > LONGEST_PHRASE:
                break
        else:
            return tuple(value)
    found = _PHRASES(value, where, notes)
    return None if found is None else tuple(found)


def _phrase(value: Any, where: str, notes: Notes) -> str | None:
    found = line(value, where, notes)
    if found is None:
        return None
    if len(found) > LONGEST_PHRASE:
        notes.wrong(where, f"has {len(found):,} characters; a phrase has at most {LONGEST_PHRASE}")
    elif not any(map(str.isalnum, found)):
        notes.wrong(where, f"is {show(found)}; a phrase must hold a letter or a digit")
    else:
        return found
    return None


_PHRASES = listed(_phrase)


def domain(value: Any, where: str, notes: Notes) -> str | None:
    """The host of an outlet's pages, without "www."."""
    if type(value) is str and len(value) <= 253 and re.fullmatch(_HOST, value) and "." in value:
        host = value.lower().removeprefix("www.").rstrip(".")
        if host.isascii():
            return host
        try:
            return host.encode("idna").decode()
        except UnicodeError:
            pass
    given = show(value) if type(value) is str else sort_of(value)
    notes.wrong(where, f'must be a domain such as "news.example", without https:// and without a path, and not {given}')
    return None


def network(value: Any, where: str, notes: Notes) -> str | None:
    """A network in CIDR notation."""
    from ipaddress import ip_network

    if type(value) is not str:
        notes.wrong(where, f'must be a network such as "10.0.0.0/8", in quotes, and not {sort_of(value)}')
        return None
    try:
        found = ip_network(value, strict=False)
    except ValueError:
        notes.wrong(where, f'is {show(value)} and must be a network such as "10.0.0.0/8" or "fd00::/8"')
        return None
    if "/" in value and str(found.network_address) != value.partition("/")[0].lower():
        notes.wrong(where, f'is {show(value)}, an address inside a network; did you mean "{found}"?')
        return None
    return str(found)


def country(value: Any, where: str, notes: Notes) -> str | None:
    """A country, or a part of one, whose public holidays are ours: "DE", "GB-ENG"."""
    if type(value) is str and (value == "" or re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,4})?", value)):
        return value
    given = show(value) if type(value) is str else sort_of(value)
    notes.wrong(where, f'must be a country such as "GB", or a part of one such as "GB-ENG" or "DE-BY", and not {given}')
    return None


def own_address(value: Any, where: str, notes: Notes) -> str | None:
    """A mail address of ours, or a domain with all of its addresses."""
    if type(value) is str and "@" in value:
        found = mail_address(value, where, notes)
        return None if found is None else str(found).lower()
    return domain(value, where, notes)


def time_of_day(value: Any, where: str, notes: Notes) -> str | None:
    """When in the day, as "07:00"; TOML's own times are taken as well."""
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if type(value) is str and re.fullmatch(_AT, value):
        return value
    given = show(value) if type(value) is str else sort_of(value)
    notes.wrong(where, f'must be a time of day such as "07:00" and not {given}')
    return None


def on(value: Any, where: str, notes: Notes) -> str | None:
    """The day of a report: a weekday's name, or a day of the month, which `checks` refuses for weekly ones."""
    if type(value) is int and 1 <= value <= 28:
        return str(value)
    if type(value) is str:
        word = value.strip().lower()
        for name in WEEKDAYS:
            if word and (word == name or (len(word) == 3 and name.startswith(word))):
                return name
        if word.isascii() and word.isdigit() and 1 <= int(word[:3]) <= 28:
            return str(int(word))
    notes.wrong(where, f'is {show(value)} and must be a weekday such as "monday", or 1 to 28 for a day of the month')
    return None


def runner(value: Any, where: str, notes: Notes) -> str | None:
    """Which runner does the background work."""
    if value == "queue":
        notes.wrong(where, 'is "queue", which needs PostgreSQL and is not there yet; use "local"')
        return None
    found = choice("local")(value, where, notes)
    return None if found is None else str(found)


def amount(value: Any, where: str, notes: Notes) -> float | None:
    """A sum of money or of hours: a number, not below zero."""
    if type(value) in {int, float} and 0 <= value < 10**12:
        return float(value)
    notes.wrong(where, f"must be a number such as 1200 or 7.5 and not {show(value)}")
    return None


def currency(value: Any, where: str, notes: Notes) -> str | None:
    """Three capital letters, "EUR"."""
    if type(value) is str and re.fullmatch(r"([A-Z]{3})?", value):
        return value
    notes.wrong(where, f'must be a currency such as "EUR" and not {show(value)}')
    return None


def destination(value: Any, where: str, notes: Notes) -> str | None:
    """Where a call to action leads: a web address, or "" for one that leads nowhere, such as "come and see"."""
    return "" if value == "" else web_address(value, where, notes)


def phrases_and_hashtags(value: Any, where: str, notes: Notes) -> tuple[str, ...] | None:
    """Words whose use is a response; a hashtag is written with its "#"."""
    return None if (found := _HASHTAGS(value, where, notes)) is None else tuple(found)


def _tagged(value: Any, where: str, notes: Notes) -> str | None:
    if type(value) is str and re.fullmatch(r"#\w{1,100}", value) and not value[1:].isdigit():
        return value
    return _phrase(value, where, notes)


_HASHTAGS = listed(_tagged)


def utm_word(value: Any, where: str, notes: Notes) -> str | None:
    """A word of the closed vocabulary of links: small letters, digits and hyphens, no personal data."""
    if type(value) is str and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) and len(value) <= 60:
        return value
    notes.wrong(where, f'must be small letters, digits and hyphens such as "press-release", and not {show(value)}')
    return None


def link_base(value: Any, where: str, notes: Notes) -> str | None:
    """Where our redirector is reached from outside; a path ends in a slash."""
    if value == "":
        return ""
    found = web_address(value, where, notes)
    if found is None:
        return None
    if "?" in found or "#" in found:
        notes.wrong(
            where,
            f'is {show(found)} and must be an address without "?" and "#", such as "https://go.museum.example/r/"',
        )
        return None
    found = found if found.endswith("/") else f"{found}/"
    if urlsplit(found).path in {"/u/", "/a/"}:
        notes.wrong(
            where, f"is {show(found)}, but below /u/ and /a/ are the pages that our mails lead to: take another"
        )
        return None
    return found


def page_base(value: Any, where: str, notes: Notes) -> str | None:
    """Where pages of ours are reached from outside, without a slash at its end; "" for nowhere."""
    found = "" if value == "" else web_address(value, where, notes)
    if found and ("?" in found or "#" in found):
        notes.wrong(where, f'is {show(found)} and must be without "?" and "#", such as "https://comms.museum.example"')
        return None
    return found.rstrip("/") if found else found


def quiet_time(value: Any, where: str, notes: Notes) -> str | None:
    """A local time at which quiet begins or ends, or "" for no quiet hours."""
    return "" if value == "" else time_of_day(value, where, notes)


def alert_levels(value: Any, where: str, notes: Notes) -> dict[str, str] | None:
    """Another level for a kind of alert: { surge = "escalate" }."""
    if type(value) is not dict:
        notes.wrong(where, f'must be a table such as {{ surge = "escalate" }} and not {sort_of(value)}')
        return None
    level, found = choice(*LEVELS), {}
    for kind, given in value.items():
        if kind not in ALERTS:
            notes.unknown(where, kind, ALERTS)
            return None
        found[kind] = level(given, f"{where}.{kind}", notes)
    return None if None in found.values() else found


def listen(value: Any, where: str, notes: Notes) -> str | None:
    """An address and a port of this machine, "127.0.0.1:8105" or "[::1]:8105"."""
    if type(value) is str and (parts := re.fullmatch(r"([0-9.]+|\[[0-9A-Fa-f:.]+\]):(\d{1,5})", value)):
        from ipaddress import ip_address

        try:
            ip_address(parts[1].strip("[]"))
        except ValueError:
            pass
        else:
            if int(parts[2]) <= 65_535:
                return value
    given = show(value) if type(value) is str else sort_of(value)
    notes.wrong(where, f'must be an address and a port such as "127.0.0.1:8105", and not {given}')
    return None


_COUNT = whole(0, 10**9)
_WHEN = duration(_SECOND)
FIELDS: dict[type, Overrides] = {
    Organisation: {"name": line, "timezone": zone, "working_hours": working_hours},
    Store: {"url": line},
    Secrets: {"folder": line},
    Output: {"folder": line},
    Run: {"runner": runner, "heartbeat": duration(_SECOND, _DAY)},
    Fetch: {
        "contact": line,
        "allow_networks": listed(network),
        "concurrency": whole(1, 1000),
        "per_host": whole(1, 100),
        "spacing": duration(timedelta(0), timedelta(hours=1)),
        "timeout": duration(_SECOND, timedelta(minutes=10)),
        "max_bytes": whole(1000, 10**9),
        "max_items": whole(1, 100_000),
        "proxy": proxy_address,
    },
    Smtp: {"host": mail_host, "port": whole(1, 65_535), "user": line, "sender": sender_address},
    DeskPlan: {
        "team": identifier,
        "country": country,
        "acknowledge_within": duration(timedelta(minutes=1), timedelta(days=30)),
        "answer_within": duration(timedelta(minutes=1), timedelta(days=90)),
        "soon": duration(timedelta(minutes=1), timedelta(days=7)),
        "signoff": listed(line),
        "addresses": listed(own_address),
        "keep": duration(_DAY, timedelta(days=36_500)),
        "keep_letters": duration(_DAY, timedelta(days=36_500)),
    },
    Officer: {
        "id": identifier,
        "name": line,
        "email": mail_address,
        "role": choice(*DESK_ROLES),
        "team": identifier,
        "cover": identifier,
    },
    OnCall: {"officer": identifier},
    Expertise: {"id": identifier, "any": phrases, "expert": line},
    Watch: {"id": identifier, "role": choice(*ROLES), "name": line, "any": phrases, "all": phrases, "none": phrases},
    Outlet: {"name": line, "domains": listed(domain), "tier": whole(1, 3), "type": line, "region": line},
    Campaign: {
        "id": identifier,
        "name": line,
        "owner": line,
        "window": duration(timedelta(0), timedelta(days=366)),
        "watches": listed(identifier),
        "utm_campaigns": listed(line),
        "cost": amount,
        "currency": currency,
        "hours": amount,
    },
    CallToAction: {
        "id": identifier,
        "wording": line,
        "destination": destination,
        "kind": choice(*KINDS),
        "recognised": listed(choice(*WAYS)),
        "phrases": phrases_and_hashtags,
        "links": listed(web_address),
    },
    KeyMessage: {"id": identifier, "text": line, "phrases": phrases},
    UpliftPlan: {"watches": listed(identifier), "weeks": whole(4, 26), "compare": listed(identifier)},
    Status: {"name": line},
    Channel: {"id": identifier, "source": utm_word, "medium": utm_word},
    LinkPlan: {"base": link_base},
    ClickPlan: {
        "after_send": duration(timedelta(0), timedelta(hours=1)),
        "burst": duration(timedelta(0), timedelta(minutes=1)),
        "burst_links": whole(2, 1000),
        "trap": duration(timedelta(0), timedelta(hours=24)),
        "networks": listed(network),
    },
    WebPlan: {"listen": listen, "trusted_proxies": listed(network), "base": page_base, "dashboard": page_base},
    AlertPlan: {
        "quiet_from": quiet_time,
        "quiet_until": quiet_time,
        "deadline_before": duration(timedelta(minutes=1), timedelta(days=7)),
        "unacknowledged_after": duration(timedelta(minutes=1), timedelta(days=7)),
        "lead_before": duration(timedelta(minutes=1), timedelta(days=7)),
        "collector_after": duration(timedelta(minutes=1), timedelta(days=30)),
        "report_after": duration(timedelta(minutes=1), timedelta(days=7)),
        "tier": whole(0, 3),
        "risk": phrases,
        "levels": alert_levels,
    },
    SurgePlan: {
        "sensitivity": choice(*SENSITIVITIES),
        "least": whole(2, 10_000),
        "cool_down": duration(timedelta(hours=1), timedelta(days=30)),
        "weeks": whole(4, 26),
    },
    AlertChannel: {
        "name": identifier,
        "level": choice(*LEVELS),
        "kinds": listed(choice(*ALERTS)),
        "officer": identifier,
    },
    TargetGroup: {"name": line, "n": _COUNT, "excluded": _COUNT},
    Goal: {"n": whole(1, 10**9), "of": line},
    CriteriaPlan: {"file": line},
    GoalPlan: {
        "id": identifier,
        "n": whole(1, 10**9),
        "of": line,
        "name": line,
        "campaign": identifier,
        "team": identifier,
        "owner": identifier,
        "source": line,
        "leads": whole(1, 10**9),
    },
    CalendarEntry: {
        "what": line,
        "kind": choice(*ENTRIES),
        "at": time_of_day,
        "campaign": identifier,
        "who": line,
    },
    ReportPlan: {
        "every": choice("day", "week", "month"),
        "on": on,
        "at": time_of_day,
        "to": listed(recipient),
        "directors": listed(recipient),
        "analysts": listed(recipient),
    },
}
"""By class and field: the reader to use instead of the annotation's, or None to hide the field from the file."""


def prepare() -> None:
    """Make the plans of our own tables, so that the reader finds them. Does nothing the second time."""
    for cls, overrides in FIELDS.items():
        plan_of(cls, overrides)


__all__ = ["FIELDS", "LONGEST_PHRASE", "OFFICE_HOURS", "WEEKDAYS", "prepare"]
