"""What a right settings file gives: every key in the program's own types, and defaults for the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from commsleads.config import Settings, load
from commsleads.config.fields import link_base, page_base
from commsleads.config.notes import Notes
from commsleads.enquiries import Hours
from commsleads.plan import CallToAction, Goal, TargetGroup
from commsleads.plugins import Plugins

Write = Callable[[str | bytes], Path]
WATCH = '[[watches]]\nid = "acme"\nany = ["Acme"]\n'

FULL = """
[organisation]
name = "Harbour Museum"
timezone = "Europe/Berlin"
working_hours = ["Mon-Thu 09:00-17:30", "fri 9:00-14:00"]
holidays = [2026-12-25]

[store]
url = "data/news.db"

[run]
runner = "local"
heartbeat = "30s"

[fetch]
contact = "press@museum.example"
allow_networks = ["127.0.0.1", "10.0.0.0/8", "fd00::/8"]
concurrency = 8
per_host = 1
spacing = "0s"
timeout = "1m30s"
max_bytes = 1_000_000
max_items = 50
proxy = "socks5h://proxy.example:1080"

[smtp]
host = "mail.museum.example"
port = 465
user = "press"
password_secret = "smtp"
sender = "Press office <press@museum.example>"
security = "tls"

[secrets]
folder = "secrets"

[output]
folder = "out"

[[watches]]
id = "museum"
role = "brand"
name = "The museum"
any = ["Harbour Museum", "Hafenmuseum", "海港博物館"]
all = ["museum"]
none = ["harbour tour"]

[[outlets]]
name = "Evening Post"
domains = ["www.Evening-Post.example", "bücher.example"]
tier = 1
type = "newspaper"
region = "north"
language = "en"

[[campaigns]]
id = "spring"
name = "Spring opening"
objective = "Fill the new wing.\\nSecond line."
owner = "Ada"
starts_on = 2026-03-01
ends_on = 2026-05-31
window = "14d"
watches = ["museum"]
utm_campaigns = ["spring26"]
goal = { n = 40, of = "qualified leads", by = 2026-06-30 }
targets = [{ name = "travel editors", n = 120, excluded = 4, reason = "asked us to stop" }, { name = "bloggers" }]

[[campaigns.ctas]]
id = "book"
wording = "Book a tour"
destination = "https://museum.example/tour"
kind = "visit"
links = ["https://go.museum.example/t"]

[[sources]]
id = "evening-post"
kind = "feeds"
name = "Evening Post, culture"
url = "https://evening-post.example/rss?x=1"
every = "15m"
discover = false

[[sources]]
id = "plain"
kind = "feeds"
url = "http://plain.example"

[[reports]]
name = "weekly"
every = "week"
on = "Mon"
at = "07:30"
to = ["director@museum.example"]
"""


@pytest.fixture
def full(write: Write, plugins: Plugins) -> Settings:
    """The settings of a file that uses every key."""
    return load(write(FULL), plugins)


def test_every_key_arrives(full: Settings, tmp_path: Path) -> None:
    """A file that uses every key gives a value that holds all of it, in the program's own types."""
    assert full.organisation.name == "Harbour Museum"
    assert full.organisation.zone == ZoneInfo("Europe/Berlin")
    assert full.organisation.working_hours[0] == Hours(0, time(9), time(17, 30))
    assert full.organisation.working_hours[4] == Hours(4, time(9), time(14))
    assert full.organisation.holidays == (date(2026, 12, 25),)
    assert full.store_url == str(tmp_path / "data/news.db")
    assert full.secrets_folder == tmp_path / "secrets"
    assert full.output_folder == tmp_path / "out"
    assert full.run.heartbeat == timedelta(seconds=30)
    assert full.fetch.timeout == timedelta(seconds=90)
    assert full.fetch.spacing == timedelta(0)
    assert full.fetch.allow_networks == ("127.0.0.1/32", "10.0.0.0/8", "fd00::/8")
    assert full.smtp
    assert (full.smtp.port, full.smtp.security) == (465, "tls")
    assert full.secret_names == (("smtp.password_secret", "smtp"),)
    assert full.outlets[0].domains == ("evening-post.example", "xn--bcher-kva.example")
    assert full.watches[0].any == ("Harbour Museum", "Hafenmuseum", "海港博物館")
    assert full.remarks == ()


def test_campaigns_arrive_whole(full: Settings) -> None:
    """Inline tables become the plan's own values."""
    campaign = full.campaigns[0]
    assert campaign.goal == Goal(n=40, of="qualified leads", by=date(2026, 6, 30))
    assert campaign.ctas == (
        CallToAction(
            id="book",
            wording="Book a tour",
            destination="https://museum.example/tour",
            kind="visit",
            links=("https://go.museum.example/t",),
        ),
    )
    assert campaign.targets[1] == TargetGroup(name="bloggers", n=None)
    assert (campaign.window, campaign.watches) == (timedelta(days=14), ("museum",))
    assert campaign.objective.endswith("Second line.")


def test_sources_carry_their_collectors_own_settings(full: Settings) -> None:
    """Keys beside ours are the collector's; what is not given has its defaults."""
    first, second = full.sources
    assert (first.id, first.every, first.name) == ("evening-post", timedelta(minutes=15), "Evening Post, culture")
    assert first.settings.discover is False
    assert second.settings.discover is True
    assert second.every == timedelta(hours=1)


def test_reports_arrive(full: Settings) -> None:
    """A weekday may be shortened and a time is text."""
    plan = full.reports[0]
    assert (plan.every, plan.on, plan.at, plan.to) == ("week", "monday", "07:30", ("director@museum.example",))


def test_an_empty_file_is_right_and_has_defaults(write: Write, plugins: Plugins, tmp_path: Path) -> None:
    """Nothing is compulsory; the defaults are those of the reference."""
    settings = load(write(""), plugins)
    assert settings.store_url == str(tmp_path / "commsleads.db")
    assert settings.output_folder == tmp_path / "reports-out"
    assert settings.organisation.timezone == "UTC"
    assert settings.secrets_folder is None
    assert settings.smtp is None
    assert len(settings.organisation.working_hours) == 5
    assert settings.remarks == (
        "fetch.contact is empty: a publisher whom the polling troubles cannot write to anybody.",
    )


def test_the_digest_tells_files_apart_and_nothing_else(write: Write, plugins: Plugins) -> None:
    """The same bytes give the same digest, a changed phrase another."""
    first = load(write(WATCH), plugins).digest
    assert load(write(WATCH), plugins).digest == first
    assert load(write(WATCH.replace("Acme", "Acne")), plugins).digest != first


def test_a_byte_order_mark_and_windows_lines_are_taken(problems: Callable[[bytes], list[str]]) -> None:
    """What a Windows editor saves is a settings file too."""
    assert problems(b"\xef\xbb\xbf" + WATCH.replace("\n", "\r\n").encode()) == []


RICH = """
[[sources]]
id = "a"
kind = "rich"
url = "https://a.example/"
box = "INBOX"
depth = 2
ratio = 1
since = 2026-01-02
at = 07:30:00
pause = "2h"
mood = "bad"
way = "out"
inner = { words = ["x", "y"] }
inners = [{ words = ["z"] }, {}]
headers = { Accept = "text/html", "X y" = "1" }
free = [1, "two"]
token_secret = "service-token"
"""


def test_a_collector_may_ask_for_any_kind_of_value(write: Write, plugins: Plugins) -> None:
    """The one reader fills every annotation that a TOML value can fill, for collectors as for the core."""
    settings = load(write(RICH), plugins)
    own = settings.sources[0].settings
    assert (own.box, own.depth, own.ratio, own.way, own.mood.value) == ("INBOX", 2, 1.0, "out", "bad")
    assert (own.since, own.at, own.pause) == (date(2026, 1, 2), time(7, 30), timedelta(hours=2))
    assert [inner.words for inner in (own.inner, *own.inners)] == [("x", "y"), ("z",), ()]
    assert own.headers == {"Accept": "text/html", "X y": "1"}
    assert own.free == [1, "two"]
    assert settings.secret_names == (("sources[0].token_secret", "service-token"),)


def test_what_is_allowed_and_hardly_meant_is_remarked(write: Write, plugins: Plugins) -> None:
    """Remarks stop nothing: a missing contact, recipients without a mail server, one address polled twice."""
    settings = load(
        write(
            '[[sources]]\nid = "a"\nkind = "feeds"\nurl = "https://a.example/"\n'
            '[[sources]]\nid = "b"\nkind = "feeds"\nurl = "https://a.example/"\n'
            '[[reports]]\nname = "weekly"\nto = ["a@example.org"]\n'
        ),
        plugins,
    )
    assert len(settings.sources) == 2
    assert [remark.split()[0] for remark in settings.remarks] == ["fetch.contact", "The", "2"]


@pytest.mark.parametrize(
    ("given", "store"),
    [("news.db", "{}/news.db"), ("../x/./news.db", "{}/../x/news.db"), ("/srv/news.db", "/srv/news.db")],
)
def test_relative_paths_are_relative_to_the_file(
    write: Write, plugins: Plugins, monkeypatch: pytest.MonkeyPatch, given: str, store: str
) -> None:
    """Wherever the program is started, the database is where the file says."""
    path = write(f'[store]\nurl = "{given}"\n')
    monkeypatch.chdir("/")
    found = Path(load(path, plugins).store_url)
    assert found == Path(store.format(path.parent)).resolve()
    assert found.is_absolute()


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("30s", 30), ("15m", 900), ("6h", 21_600), ("7d", 604_800), ("2w", 1_209_600), ("1h30m", 5_400)],
)
def test_durations(write: Write, plugins: Plugins, written: str, seconds: int) -> None:
    """A number and a unit, or several."""
    settings = load(write(f'[[sources]]\nid="a"\nkind="feeds"\nurl="https://a.example/"\nevery="{written}"'), plugins)
    assert settings.sources[0].every == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("lines", "when"),
    [
        ("", ("week", "monday", "07:00")),
        ("every = 'month'", ("month", "monday", "07:00")),
        ("every = 'month'\non = 3\nat = 06:30:00", ("month", "3", "06:30")),
        ("every = 'month'\non = '03'", ("month", "3", "07:00")),
        ("every = 'day'\nat = '18:00'", ("day", "monday", "18:00")),
        ("on = 'FRI'", ("week", "friday", "07:00")),
    ],
)
def test_when_a_report_is_written(write: Write, plugins: Plugins, lines: str, when: tuple[str, str, str]) -> None:
    """Weekdays by name, days of the month by number, times with or without quotes."""
    (plan,) = load(write(f"[[reports]]\nname = 'weekly'\n{lines}\n"), plugins).reports
    assert (plan.every, plan.on, plan.at) == when


@pytest.mark.parametrize(
    "url", ["https://bücher.example/feed", "http://[2001:db8::1]:8080/f", "https://a.example?x={1}"]
)
def test_unusual_addresses_are_taken(write: Write, plugins: Plugins, url: str) -> None:
    """What is a web address by the rules is one here, and stays as it was written."""
    settings = load(write(f'[[sources]]\nid = "a"\nkind = "feeds"\nurl = "{url}"'), plugins)
    assert settings.sources[0].url == url


def test_a_calendar_that_names_no_campaign_of_ours_is_remarked(write: Write, plugins: Plugins) -> None:
    """It may be one that was applied by command, so it is no mistake; a slip of the pen is seen all the same."""
    entry = '[[calendar]]\non = 2027-03-12\nkind = "event"\nwhat = "Open day"\ncampaign = "autum"\n'
    settings = load(write(f'[fetch]\ncontact = "a@b.example"\n{entry}'), plugins)
    assert settings.remarks == ('The calendar names the campaign "autum", which is none of the settings.',)


def test_a_password_in_the_clear_is_remarked(write: Write, plugins: Plugins) -> None:
    """A mail server without encryption is allowed, on the machine itself for one, and said."""
    content = "[organisation]\ntimezone='UTC'\n[fetch]\ncontact='a@example.org'\n[smtp]\nhost='localhost'\n"
    content += "sender='a@example.org'\nsecurity='none'\nuser='u'\npassword_secret='smtp'"
    assert len(load(write(content), plugins).remarks) == 1


@pytest.mark.parametrize("base", ["https://go.museum.example/u/", "https://go.museum.example/a"])
def test_links_are_not_where_the_pages_of_our_mails_are(base: str) -> None:
    """Below /u/ and /a/ somebody says that they want no more: a short link there would never be found."""
    notes = Notes({})
    assert link_base(base, "links.base", notes) is None
    assert notes.all()


def test_the_base_of_our_pages() -> None:
    """An address without a slash at its end; one with a query is none."""
    notes = Notes({})
    assert page_base("https://comms.museum.example/", "web.base", notes) == "https://comms.museum.example"
    assert page_base("", "web.base", notes) == ""
    assert not notes.all()
    assert page_base("https://comms.museum.example/?a=1", "web.base", notes) is None
    assert page_base("comms", "web.base", notes) is None
