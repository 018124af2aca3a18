"""The folder the demo works in: made by the demo, known by a marker, and never anybody else's."""

from __future__ import annotations

import re
from datetime import timedelta
from importlib import resources
from pathlib import Path
from string import Template

from commsleads.demo.campaigning import CampaignOffice
from commsleads.demo.handing import CRITERIA, STRICTER, open_lead_office
from commsleads.demo.newsroom import Newsroom
from commsleads.demo.server import CHAT
from commsleads.demo.shortener import KEY, SECRET
from commsleads.errors import ConfigError

MARKER = ".commsleads-demo"
MARKER_TEXT = "This folder was made by `commsleads demo`, which makes its own files in it anew each time it runs.\n"
OURS = re.compile(r"(config|criteria|criteria-stricter)\.toml|commsleads\.db(-wal|-shm|-journal)?")
OUR_CLICKS = re.compile(r"[0-9a-f-]+\.clicks|\.[0-9a-f-]+\.(part|salt)|\d{4}-\d\d-\d\d\.salt|torn\.lines")
OUR_LISTS = re.compile(r"[a-z-]+\.csv")
ALERTS = "alerts-chat"
"""The name of the secret that says where alerts go."""
OUR_SECRETS = re.compile(f"{KEY}|{ALERTS}")
OUR_DIGESTS = re.compile(
    r"(weekly|enquiries|coverage|evaluation|sources)-\d{4}-(W\d\d|\d\d)(-[a-z-]+)?\.(html|txt|md|json|csv)"
)
OUR_MAILS = re.compile(r"\d{9,11}\.\d+\.demo(:2,[A-Z]*)?")
DIGESTS = "digests"
MAILBOX = "mailbox"
LISTS = "lists"
SECRETS = "secrets"
CLICKS = "commsleads.db-clicks"
ANOTHER = "Name another folder: commsleads demo --dir FOLDER"


def make_folder(folder: Path) -> None:
    """An empty folder for the demo. What an earlier demo made in it is deleted, and nothing else ever is.

    Raises `ConfigError` for a folder with somebody's things in it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / MARKER).is_file():
            if any(folder.iterdir()):
                raise ConfigError(
                    [f"{folder} has things in it that the demo did not make, so it was left alone. {ANOTHER}"]
                )
            (folder / MARKER).write_text(MARKER_TEXT, encoding="utf-8")
        _clear(folder, OURS)
        for inside, ours in (
            (DIGESTS, OUR_DIGESTS),
            (CLICKS, OUR_CLICKS),
            (LISTS, OUR_LISTS),
            (SECRETS, OUR_SECRETS),
            *((f"{MAILBOX}/{part}", OUR_MAILS) for part in ("tmp", "new", "cur")),
        ):
            if _is_inside(folder, inside):
                _clear(folder / inside, ours)
    except OSError as error:
        raise ConfigError([f"{folder} cannot be used for the demo: {error.strerror or error}. {ANOTHER}"]) from error


def _is_inside(folder: Path, name: str) -> bool:
    """Whether there is such a folder, reached by no link."""
    path = folder / name
    return path.is_dir() and path.resolve() == folder.resolve() / name


def _clear(folder: Path, ours: re.Pattern[str]) -> None:
    for entry in sorted(folder.iterdir()):
        if ours.fullmatch(entry.name) and (entry.is_file() or entry.is_symlink()):
            entry.unlink()


def write_lists(folder: Path, office: CampaignOffice) -> Path:
    """The lists of targets, as files for people to look at and for the program to import; their folder."""
    place = folder / LISTS
    place.mkdir(exist_ok=True)
    for one in office.lists.values():
        (place / one.file).write_text(one.csv(), encoding="utf-8-sig", newline="")
    return place


def write_secrets(folder: Path, base: str) -> None:
    """The key of the demo's link service, and where its chat takes alerts: at `base`, the address of the newsroom."""
    place = folder / SECRETS
    place.mkdir(mode=0o700, exist_ok=True)
    (place / KEY).write_text(f"{SECRET}\n", encoding="utf-8")
    (place / ALERTS).write_text(f"json://{base.partition('://')[2]}{CHAT}press-office\n", encoding="utf-8")


def write_settings(folder: Path, room: Newsroom, base: str) -> Path:
    """The demo's `config.toml`: a whole, commented settings file whose feeds are at `base`."""
    calendar = room.calendar
    template = (resources.files("commsleads.demo") / "template.toml").read_text(encoding="utf-8")
    text = Template(template).substitute(
        base=base,
        heat_starts=calendar.day("7 mon"),
        heat_ends=calendar.day("9 sun") + timedelta(weeks=4),
        turbine_starts=calendar.day("2 mon"),
        turbine_ends=calendar.day("3 sun"),
        nadia_first=calendar.day("1 mon"),
        nadia_last=calendar.day("8 sun"),
        quarter_starts=calendar.day("1 mon"),
        quarter_ends=calendar.day("13 sun"),
        tobias_first=calendar.day("9 mon"),
        tobias_last=calendar.day("13 sun"),
        mailbox=MAILBOX,
        alerts=ALERTS,
        **{f"next_{day}": calendar.day(f"10 {day}") for day in ("mon", "tue", "wed", "thu", "fri")},
        outlets="".join(_outlet(room, feed_id) for feed_id in room.feeds),
        sources="".join(_source(room, feed_id, base) for feed_id in room.feeds).rstrip() + "\n",
    )
    path = folder / "config.toml"
    path.write_text(text.rstrip() + "\n", encoding="utf-8")
    return path


def write_criteria(folder: Path, room: Newsroom) -> None:
    """The criteria that come into force first, and a proposal to try them against."""
    office = open_lead_office(room.calendar)
    (folder / CRITERIA).write_text(office.first, encoding="utf-8")
    (folder / STRICTER).write_text(office.stricter, encoding="utf-8")


def _outlet(room: Newsroom, feed_id: str) -> str:
    feed = room.feeds[feed_id]
    if feed.format == "alert":  # an alert is no outlet: what it points to is
        return ""
    rows = [f'name = "{feed.name}"', f'domains = ["{feed.host.removeprefix("www.")}"]']
    rows += [f"tier = {feed.tier}"] if feed.tier else []
    rows += [f'{name} = "{value}"' for name in ("type", "region", "language") if (value := getattr(feed, name))]
    return "[[outlets]]\n" + "\n".join(rows) + "\n\n"


def _source(room: Newsroom, feed_id: str, base: str) -> str:
    feed = room.feeds[feed_id]
    rows = [f'id = "{feed.id}"', 'kind = "feeds"', f'name = "{feed.name}"', f'url = "{base}/{feed.id}/feed"']
    return "[[sources]]\n" + "\n".join([*rows, f'every = "{feed.every}"']) + "\n\n"
