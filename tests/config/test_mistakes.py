"""What a wrong settings file earns: every mistake at once, each with its dotted name and what to do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Problems = Callable[[str | bytes], list[str]]

TWENTY = """
timezone = "UTC"

[organisation]
timezone = "Europe/Berln"
holidays = ["2026-12-25"]

[store]
url = "postgresql://db.example/news"

[run]
runner = "que"

[fetch]
allow_networks = ["10.0.0.1/8"]
timeout = "soon"
concurency = 8

[smtp]
host = "mail.example"
sender = "press@museum.example"
password = "hunter2"

[[watches]]
id = "museum"
role = "brnd"
any = ["Museum"]

[[watches]]
id = "empty"

[[watches]]
id = "dots"
any = ["..."]

[[outlets]]
name = "Post"
domains = ["https://post.example/"]

[[campaigns]]
id = "spring"
starts_on = 2026-05-01
ends_on = 2026-03-01
watches = ["musem"]

[[sources]]
id = "a"
kind = "feds"
url = "https://a.example/feed"

[[sources]]
id = "b"
kind = "feeds"
url = "b.example/feed"
evry = "15m"

[[sources]]
id = "a"
kind = "feeds"
url = "https://c.example/feed"
every = "15 minutes"
"""


def test_twenty_mistakes_get_twenty_sentences(problems: Problems) -> None:
    """Every mistake is told, each once, with its dotted name and what to do; nothing follows from another."""
    said = problems(TWENTY)
    assert {sentence.split()[0] for sentence in said} == {
        "timezone", "organisation.timezone", "organisation.holidays[0]", "store.url", "run.runner",
        "fetch.allow_networks[0]", "fetch.timeout", "fetch.concurency", "smtp.password", "watches[0].role",
        "watches[1]", "watches[2].any[0]", "outlets[0].domains[0]", "campaigns[0].ends_on", "campaigns[0].watches[0]",
        "sources[0].kind", "sources[1].url", "sources[1].evry", "sources[2].id", "sources[2].every",
    }  # fmt: skip
    assert len(said) == 20


def source(lines: str = "", *, kind: str = "feeds", url: str = "https://a.example/feed", name: str = "a") -> str:
    """One source, with more lines."""
    return f'[[sources]]\nid = "{name}"\nkind = "{kind}"\nurl = "{url}"\n{lines}\n'


def watch(lines: str = 'any = ["Acme"]', *, name: str = "acme") -> str:
    """One watch."""
    return f'[[watches]]\nid = "{name}"\n{lines}\n'


def campaign(lines: str) -> str:
    """One campaign."""
    return f'[[campaigns]]\nid = "spring"\n{lines}\n'


def report(lines: str) -> str:
    """One report."""
    return f'[[reports]]\nname = "weekly"\n{lines}\n'


def smtp(lines: str) -> str:
    """A mail server."""
    return f"[smtp]\nhost = 'h'\nsender = 'a@example.org'\n{lines}\n"


def organisation(line: str) -> str:
    """One line about the organisation."""
    return f"[organisation]\n{line}\n"


TWO_OUTLETS = """
[[outlets]]
name = "P"
domains = ["p.example"]
[[outlets]]
name = "Q"
domains = ["www.P.example"]
"""

UNREAD = [  # keys that nobody reads, and the nearest that somebody does; keys that are missing
    ("[organization]", 'organization is not known; did you mean "organisation"?'),
    ("[dashboard]", "dashboard is not known; known here: alerts, calendar, campaigns, clicks, criteria, desk, "),
    (source('evry = "5m"'), 'sources[0].evry is not known; did you mean "every"? (source "a")'),
    (source("discovr = true"), 'sources[0].discovr is not known; did you mean "discover"?'),
    (report("settings = 3"), "reports[0].settings must be a table and not a whole number"),
    (report("settings = { wach = 'a' }"), 'reports[0].settings.wach is not known; did you mean "watch"?'),
    (report("settings = { tiers = ['x'] }"), "reports[0].settings.tiers[0] must be a whole number and not text"),
    (report("settings = { most = -1 }"), "reports[0].settings is not right: most must not be below 0"),
    ('[[calendar]]\non = 2027-03-12\nwhat = ""', "calendar[0].what is empty; say in a few words what is to come"),
    ('[[calendar]]\non = 2027-03-12\nwhat = "x"\nkind = "ambargo"', 'calendar[0].kind is "ambargo"'),
    ('[[calendar]]\non = 2027-03-12\nwhat = "x"\n' * 2, "calendar[1] is the same as calendar[0]; take one of them out"),
    ('"odd\\nkey" = 1', '"odd\\nkey" is not known; known here:'),
    ('[store]\n"" = 1', 'store."" is not known'),
    ('[[sources]]\nid = "a"\nkind = "feeds"', "sources[0].url is missing"),
    ('[[watches]]\nany = ["Acme"]', "watches[0].id is missing (watch 1 in the file)"),
    ("[smtp]\nhost = 'h'", "smtp.sender is missing"),
    (source(kind="rich"), "sources[0].box is missing"),
    (campaign("goal = { of = 'leads' }"), "campaigns[0].goal.n is missing"),
]

TYPES = [
    ("organisation = 3", "organisation must be a table and not a whole number"),
    ("[watches]\nid = 'a'", "watches must be written [[watches]], with two brackets, once for each entry"),
    ("[outlets]", "outlets must be written [[outlets]], with two brackets"),
    ("sources = 'x'", "sources must be a list of [[sources]] tables and not text"),
    ("sources = [1]", "sources[0] must be a table and not a whole number (source 1 in the file)"),
    ("outlets = [true]", "outlets[0] must be a table and not true or false"),
    ("[fetch]\nconcurrency = 'many'", "fetch.concurrency must be a whole number and not text"),
    ("[fetch]\nconcurrency = true", "fetch.concurrency must be a whole number and not true or false"),
    ("[fetch]\nconcurrency = 0", "fetch.concurrency is 0 and must be at least 1"),
    ("[fetch]\nmax_bytes = 99999999999", "fetch.max_bytes is 99999999999 and must be at most 1,000,000,000"),
    (organisation("name = 1.5"), "organisation.name must be text in quotes and not a number"),
    (organisation('name = "a\\nb"'), "organisation.name must stand on one line"),
    (organisation('name = "a\\u0000b"'), "organisation.name holds a control character"),
    (organisation('name = "a\\u202eb"'), "organisation.name holds a control character"),
    (organisation(f'name = "{"x" * 10_001}"'), "organisation.name has 10,001 characters; at most 10,000 are allowed"),
    (source("discover = 'yes'"), "sources[0].discover must be true or false, without quotes, and not text"),
    (watch("any = 'Acme'"), "watches[0].any must be a list in [ ] and not text"),
    (watch("any = [1]"), "watches[0].any[0] must be text in quotes and not a whole number"),
    (watch("role = 3\nany = ['Acme']"), "watches[0].role must be one of brand, product,"),
    ("[[sources]]\nid = 'a'\nkind = 3\nurl = 'https://a.example/'", "sources[0].kind must be the name of a collector"),
    ("[[sources]]\nid = 'a'\nkind = 'feeds'\nurl = 3", "sources[0].url must be a web address in quotes"),
]

TIMES = [
    (source("every = 15"), 'must be a duration such as "30s", "15m", "6h" or "7d" and not a whole number'),
    (source("every = '15 minutes'"), 'and not "15 minutes"'),
    (source("every = 'm'"), 'and not "m"'),
    (source("every = '-5m'"), 'and not "-5m"'),
    (source("every = '0s'"), "sources[0].every is 0s and must be between 1s and 366d"),
    (source("every = '999999999w'"), "sources[0].every is 999999999w and must be between"),
    (campaign("window = '9999d'"), "campaigns[0].window is 9999d and must be between 0s and 366d"),
    (campaign("starts_on = '2026-03-01'"), "without quotes, and not text; write 2026-03-01 without quotes"),
    (campaign("starts_on = 2026-03-01T10:00:00"), "campaigns[0].starts_on must be a date such as"),
    (campaign("starts_on = 0001-01-01"), "campaigns[0].starts_on is 0001-01-01; a day is of the years 1970 to 2199"),
    (campaign("ends_on = 9999-12-31"), "campaigns[0].ends_on is 9999-12-31; a day is of the years 1970 to 2199"),
    (campaign("starts_on = 'spring'"), "campaigns[0].starts_on must be a date"),
    (organisation("timezone = 'berlin'"), 'is "berlin", which is not a time zone; did you mean "Europe/Berlin"?'),
    (organisation("timezone = 'Europa/Berlin'"), 'did you mean "Europe/Berlin"?'),
    (organisation("timezone = '../../etc/passwd'"), "is not a time zone"),
    (organisation("timezone = ''"), 'is not a time zone; write it as in "Europe/Berlin"'),
    (organisation("timezone = 1"), 'organisation.timezone must be a time zone such as "Europe/Berlin"'),
    (organisation("working_hours = 'nine to five'"), 'is "nine to five" and must be such as "Mon-Fri 09:00-17:30"'),
    (organisation("working_hours = 'Mon-Fri 17:00-09:00'"), "the end after the start"),
    (organisation("working_hours = 'Mon-Fri 09:00-25:00'"), "organisation.working_hours is"),
    (organisation("working_hours = 'Mon-Xyz 09:00-10:00'"), "organisation.working_hours is"),
    (organisation("working_hours = 9"), "organisation.working_hours must be text such as"),
    (report("at = '7'"), 'reports[0].at must be a time of day such as "07:00" and not "7"'),
    (report("at = '0 7 * * 1'"), 'must be a time of day such as "07:00" and not "0 7 * * 1"'),
    (report("every = 'fortnight'"), 'every is "fortnight", which is not known; known here: day, month, week'),
    (report("on = 'moonday'"), 'reports[0].on is "moonday" and must be a weekday such as "monday", or 1 to 28'),
    (report("on = 3"), 'reports[0].on is "3" and must be a weekday such as "monday" for a weekly report'),
    (report("on = true"), "reports[0].on is true and must be a weekday"),
    (report("every = 'month'\non = 31"), "reports[0].on is 31 and must be a weekday"),
    (report("every = 'day'\non = 'friday'"), "reports[0].on has no meaning for a report of every day; take it out"),
]

ADDRESSES = [
    (source(url="example.org/feed"), 'did you mean "https://example.org/feed"? (source "a")'),
    (source(url="ftp://example.org/feed"), 'must be a whole web address such as "https://example.org/feed" (source'),
    (source(url="feed"), 'sources[0].url is "feed" and must be a whole web address'),
    (source(url="https://"), "must be a whole web address"),
    (source(url="https://a b/"), "holds a space, a backslash or a control character"),
    (source(url="https://[::1/"), "which is not a web address"),
    (source(url="https://a.example:99999/"), "which is not a web address"),
    (source(url="https://a.example:0/"), "must be a whole web address"),
    (source(url="https://a.example/" + "x" * 5000), "has 5,018 characters; a web address has at most 4,096"),
    (report('to = ["Ada <ada@example.org>"]'), 'reports[0].to[0] must be a mail address such as "press@example.org"'),
    (report('to = ["ada@example.org\\nBcc: x@example.org"]'), "reports[0].to[0] must be a mail address"),
    ('[[outlets]]\nname = "P"\ndomains = ["post.example/news"]', "outlets[0].domains[0] must be a domain such as"),
    (f'[[outlets]]\nname = "P"\ndomains = ["{"ü" * 70}.example"]', "outlets[0].domains[0] must be a domain such as"),
    ('[[outlets]]\nname = "P"\ndomains = [7]', "outlets[0].domains[0] must be a domain such as"),
    ('[[outlets]]\nname = "P"\ntier = 4', 'outlets[0].tier is 4 and must be at most 3 (outlet "P")'),
    ('[fetch]\nallow_networks = ["10.0.0.1/8"]', 'an address inside a network; did you mean "10.0.0.0/8"?'),
    ('[fetch]\nallow_networks = ["ten"]', 'fetch.allow_networks[0] is "ten" and must be a network such as'),
    ("[fetch]\nallow_networks = [10]", "fetch.allow_networks[0] must be a network"),
    ('[fetch]\nproxy = "proxy:8080"', "fetch.proxy is"),
    ('[desk]\ncountry = "England"', 'desk.country must be a country such as "GB"'),
    ('[desk]\naddresses = ["press office"]', "desk.addresses[0] must be a domain"),
    ('[desk]\nsignoff = ["a", "a"]', 'is "a", as desk'),
    ('[desk]\n[[desk.officers]]\nid = "ada"\nrole = "boss"', "desk.officers[0].role"),
    ('[desk]\n[[desk.expertise]]\nid = "a"\nany = []', "desk.expertise[0].any is empty"),
    ("[store]\nurl = 'postgres://x'", 'must be the path of a file, such as "commsleads.db"; PostgreSQL is not there'),
    ("[store]\nurl = 'sqlite:///x'", 'such as "commsleads.db"; "sqlite:///x" is not a path'),
    ("[store]\nurl = ''", "store.url is empty"),
    ("[output]\nfolder = '~nobody-of-that-name/x'", "and there is no such home folder"),
]

DESK = '[desk]\n[[desk.officers]]\nid = "ada"\n'
REFERENCES = [
    (DESK + 'cover = "adda"', 'desk.officers[0].cover is "adda", and no officer has that id; did you mean "ada"?'),
    (DESK + '[[desk.officers]]\nid = "ada"', 'desk.officers[1].id is "ada", as desk.officers[0] is'),
    (
        DESK + '[[desk.on_call]]\nofficer = "ada"\nfirst = 2026-12-24\nlast = 2026-12-20',
        "desk.on_call[0].last is 2026-12-20, before first, 2026-12-24",
    ),
    (watch(name="Acme"), 'watches[0].id is "Acme"; an id is 1 to 64 of a-z'),
    (watch(name="a" * 65), "watches[0].id is"),
    (source(name="-a"), 'sources[0].id is "-a"; an id is'),
    (source() + source(), 'sources[1].id is "a", as sources[0] is; give each its own (source "a")'),
    (watch() + watch(), 'watches[1].id is "acme", as watches[0] is'),
    (report("") + report("every = 'month'"), 'reports[1].name is "weekly", as reports[0] is'),
    (watch() + campaign('watches = ["acmee"]'), 'no watch has that id; did you mean "acme"? (campaign "spring")'),
    (campaign('watches = ["acme"]'), "and no watch has that id; declare it with [[watches]]"),
    (campaign("[[campaigns.ctas]]\nid = 'a'\n[[campaigns.ctas]]\nid = 'a'"), "campaigns[0].ctas[1].id is"),
    (TWO_OUTLETS, "outlets[1].domains has p.example, which outlets[0] has already"),
    (source(kind="feds"), 'sources[0].kind is "feds", and no such collector is installed; did you mean "feeds"?'),
    (source(kind="pigeon"), "no such collector is installed; known here: broken, feeds, odd, rich"),
    (source(kind="odd"), "whose collector has a fault: when: no value in a settings file can be a <class 'complex'>"),
    (source(kind="broken"), 'cannot be used: The collector "broken" of pretend (pretend_plugins:Absent) cannot be'),
    ('[[reports]]\nname = "weakly"', 'is "weakly", and no such report is installed; did you mean "weekly"?'),
]

NONSENSE = [
    (watch("none = ['x']"), 'watches[0] has no phrases; give some in "any" or "all"'),
    (watch("any = ['...']"), 'watches[0].any[0] is "..."; a phrase must hold a letter or a digit'),
    (watch("any = ['']"), 'watches[0].any[0] is ""; a phrase must hold'),
    (watch(f"any = ['{'x' * 201}']"), "watches[0].any[0] has 201 characters; a phrase has at most 200"),
    (watch("any = ['Acme']\nnone = ['ACME']"), 'watches[0].none holds "Acme", which is also a phrase to look for'),
    (watch("role = 'brnd'\nany = ['Acme']"), 'watches[0].role is "brnd", which is not known; did you mean "brand"?'),
    (campaign("starts_on = 2026-03-02\nends_on = 2026-03-01"), "campaigns[0].ends_on is 2026-03-01, before starts_on"),
    (
        campaign("starts_on = 2026-03-02\ngoal = { n = 1, by = 2026-03-01 }"),
        "campaigns[0].goal.by is 2026-03-01, before",
    ),
    (
        campaign("targets = [{ name = 'x', n = 3, excluded = 4 }]"),
        "campaigns[0].targets[0].excluded is 4, more than n, 3",
    ),
    ("[run]\nrunner = 'queue'", 'run.runner is "queue", which needs PostgreSQL and is not there yet; use "local"'),
    (smtp("user = 'u'"), "smtp.password_secret is missing; smtp.user needs"),
    (smtp("password_secret = 'p'"), "smtp.user is missing"),
    (smtp("security = 'ssl'"), 'smtp.security is "ssl", which is not known'),
    (source("box = 'x'\ndepth = 9", kind="rich"), "sources[0] is not right: depth and breadth do not fit together"),
    (source("box = 'x'\nratio = nan", kind="rich"), "sources[0].ratio must be a finite number"),
    (
        source("box = 'x'\nmood = 'sad'", kind="rich"),
        'sources[0].mood is "sad", which is not known; did you mean "bad"?',
    ),
    (
        source("box = 'x'\ninner = { word = 1 }", kind="rich"),
        'sources[0].inner.word is not known; did you mean "words"?',
    ),
    (source("box = 'x'\nheaders = { a = 1 }", kind="rich"), "sources[0].headers.a must be text in quotes"),
    (source("box = 'x'\nheaders = 1", kind="rich"), "sources[0].headers must be a table"),
    (source("box = 'x'\nat = '7'", kind="rich"), "sources[0].at must be a time such as 07:00:00"),
]

ONE_EACH = [*UNREAD, *TYPES, *TIMES, *ADDRESSES, *REFERENCES, *NONSENSE]


@pytest.mark.parametrize(
    ("content", "words"), ONE_EACH, ids=[f"{n}-{words[:30]}" for n, (_, words) in enumerate(ONE_EACH)]
)
def test_each_mistake_gets_one_sentence(problems: Problems, content: str, words: str) -> None:
    """One mistake, one sentence, on one line, with the dotted name and what to do."""
    said = problems(content)
    assert len(said) == 1, said
    assert words in said[0]
    assert said[0].isprintable()


def test_mistakes_of_one_table_do_not_hide_those_of_the_next(problems: Problems) -> None:
    """A watch with a wrong role still has an id that campaigns may name."""
    assert len(problems(watch("role = 'brnd'\nany = ['Acme']") + campaign("watches = ['acme']"))) == 1


def test_an_unknown_collector_does_not_hide_the_other_mistakes(problems: Problems) -> None:
    """Its own keys are judged by the collector that was probably meant, and ours are ours whatever the kind."""
    said = problems(source("evry = '5m'\ndiscover = false\nevery = 5", kind="feds"))
    assert [sentence.split()[0] for sentence in said] == ["sources[0].kind", "sources[0].evry", "sources[0].every"]
    said = problems(source("anything = 1\nevery = 5", kind="pigeon"))
    assert [sentence.split()[0] for sentence in said] == ["sources[0].kind", "sources[0].every"]


def test_a_file_of_nothing_but_mistakes_is_told_with_measure(problems: Problems) -> None:
    """A thousand sentences, and how many more there would be."""
    said = problems("".join(f"k{number} = 1\n" for number in range(3000)))
    assert len(said) == 1001
    assert said[-1] == "... and 2,000 more problems. Is this the right file?"


@pytest.mark.parametrize(
    "content",
    [
        ".".join(["a"] * 1_000_000) + " = 1",
        " . ".join(["'a'"] * 500_000) + " = 1",
        (".".join(["a"] * 90) + " = {") * 90 + "b = 'AKIAHUNTER2HUNTER2HU'" + "}" * 90,
        f"a = {'[' * 5000}",
    ],
    ids=["a long key", "a long key in quotes", "tables in tables", "lists in lists"],
)
def test_a_tree_without_end_has_words(problems: Problems, content: str) -> None:
    """Keys may nest deeper than anything that walks them; that is told at once and not raised."""
    assert problems(content) == ["config.toml is nested too deeply to be a settings file."]


@pytest.mark.parametrize("host", ["", "https://mail.example", "mail.example:587", "u@mail.example", "mail example"])
def test_a_mail_server_is_called_by_its_name(problems: Problems, host: str) -> None:
    """An address of the web, a port or a user in the name would fail in the night of the first digest."""
    (said,) = problems(f'[smtp]\nhost = "{host}"\nsender = "a@b.example"')
    assert said.startswith('smtp.host must be the name of a mail server such as "mail.example.org" and not ')


@pytest.mark.parametrize("host", ["mail.example.org", "localhost", "127.0.0.1", "::1", "[::1]", "mx_1.example"])
def test_names_of_mail_servers(problems: Problems, host: str) -> None:
    """Names and addresses are taken."""
    assert problems(f'[smtp]\nhost = "{host}"\nsender = "a@b.example"') == []


@pytest.mark.parametrize("key", ["to", "directors", "analysts"])
def test_a_recipient_whom_no_server_takes(problems: Problems, key: str) -> None:
    """Told when the settings are read, and not by each edition anew."""
    (said,) = problems(f'[[reports]]\nname = "weekly"\n{key} = ["é@x.example"]')
    assert said.startswith(f'reports[0].{key}[0] is "é@x.example"; take one of plain letters before the @')
