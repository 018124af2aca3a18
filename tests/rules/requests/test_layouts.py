"""The layouts of the services, as they come and as they are damaged on the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from commsleads.letters import Party, SourceRequest
from commsleads.rules.requests import content_key, service
from tests.rules.requests.digests import DIGEST, FIRST, FOOTER, INDEX, SECOND, colleague, letter, taken

HEAD = """\
---------- Forwarded message ---------
From: HARO <haro@helpareporter.com>
Date: Mon, 14 Sep 2026 at 10:35
Subject: HARO Queries: Monday Morning Edition
To: <maya@acme.example>

"""
OUTLOOK_DE = """\
Von: HARO <haro@helpareporter.com>
Gesendet: Montag, 14. September 2026 10:35
An: Maya Lind <maya@acme.example>
Betreff: HARO Queries: Monday Morning Edition

"""
OUTLOOK_EN = """\
-----Original Message-----
From: HARO [mailto:haro@helpareporter.com]
Sent: 14 September 2026 10:35
To: Maya Lind
Subject: HARO Queries: Monday Morning Edition

"""


LABEL = "(?:Summary|Name|Category|Email|Media Outlet|Deadline|Query|Requirements)"


def quoted(text: str) -> str:
    """With a margin, as some programs forward."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def broken(text: str) -> str:
    """With lines broken at 60 characters, as programs do that quote."""
    return "\n".join(re.sub(r"(?<=\S)(.{40,60}) (?=\S)", r"\1\n", line) for line in text.split("\n"))


VARIANTS: dict[str, Callable[[], list[SourceRequest]]] = {
    "as it came": lambda: taken(letter(DIGEST)),
    "no blank lines": lambda: taken(letter(re.sub(r"\n\n+", "\n", DIGEST))),
    "more blank lines": lambda: taken(letter(DIGEST.replace("\n", "\n\n"))),
    "no index, no footer": lambda: taken(letter(FIRST + SECOND)),
    "no rules": lambda: taken(letter(DIGEST.replace("-----------------------------------\n", ""))),
    "no Back to Top": lambda: taken(letter(DIGEST.replace("Back to Top\n", ""))),
    "Cision's way back": lambda: taken(letter(DIGEST.replace("Back to Top", "Back to Top Back to Category Index"))),
    "neither rules nor ways back": lambda: taken(
        letter(DIGEST.replace("-----------------------------------\n", "").replace("Back to Top\n", ""))
    ),
    "labels in small letters": lambda: taken(letter(re.sub(rf"(?m)^(?:\d+\) )?{LABEL}:", _lower, DIGEST))),
    "labels in bold": lambda: taken(letter(re.sub(rf"(?m)^(\d+\) )?({LABEL}:)", r"\1*\2*", DIGEST))),
    "ordinals with two numbers": lambda: taken(
        letter(DIGEST.replace("3) Summ", "1.3) Summ").replace("7) S", "2.7) S"))
    ),
    "ordinals with a full stop": lambda: taken(letter(DIGEST.replace("3) Summ", "3. Summ").replace("7) S", "7. S"))),
    "ordinals on their own lines": lambda: taken(letter(re.sub(r"(?m)^(\d+\)) Summary", r"\1\n\nSummary", DIGEST))),
    "no ordinals": lambda: taken(letter(re.sub(r"(?m)^\d+\) ", "", DIGEST))),
    "values below their labels": lambda: taken(letter(re.sub(rf"(?m)^((?:\d+\) )?{LABEL}:) (.+)$", r"\1\n\2", DIGEST))),
    "addresses shown twice": lambda: taken(
        letter(re.sub(r"(reply\+\S+)", r"\1 <mailto:\1>", DIGEST).replace("(https://craft", "(<https://craft"))
    ),
    "a margin": lambda: taken(colleague("See below\n\n" + quoted(HEAD + DIGEST))),
    "two margins": lambda: taken(colleague("See below\n\n" + quoted(quoted(HEAD + DIGEST)))),
    "a margin and no head": lambda: taken(letter(quoted(DIGEST))),
    "forwarded by Gmail": lambda: taken(colleague("Worth a look?\n\nMaya\n\n" + HEAD + DIGEST)),
    "forwarded by a German Outlook": lambda: taken(colleague("Zur Info\n\n" + OUTLOOK_DE + DIGEST, subject="WG: HARO")),
    "forwarded by an English Outlook": lambda: taken(colleague(OUTLOOK_EN + DIGEST, subject="FW: HARO")),
    "forwarded twice": lambda: taken(
        colleague("x\n\n" + HEAD.replace("HARO <haro@helpareporter.com>", "Jo <jo@acme.example>") + HEAD + DIGEST)
    ),
    "attached to a mail": lambda: taken(colleague("Attached.", inner=letter(DIGEST))),
    "lines broken": lambda: taken(letter(broken(DIGEST))),
    "lines broken in a margin": lambda: taken(colleague(quoted(broken(HEAD + DIGEST)))),
    "indented": lambda: taken(letter("\n".join("   " + line for line in DIGEST.split("\n")))),
    "non-breaking spaces": lambda: taken(letter(DIGEST.replace(": ", ":\xa0"))),
}


def _lower(match: re.Match[str]) -> str:
    return match[0].lower()


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_digest_is_read_however_it_came(variant: str) -> None:
    """Two requests with all their fields; nothing of index, advertisements and footer."""
    one, two = VARIANTS[variant]()
    assert one.summary == "Rope makers who still work by hand"
    assert (one.journalist, one.category) == ("Nora Quist", "Lifestyle and Fitness")
    assert (one.outlet, one.outlet_url) == ("Craft & Quay", "https://craftquay.example")
    assert one.reply_to == "reply+11111111-2222-4333-8444-555555555555@helpareporter.com"
    assert one.deadline is not None
    assert one.deadline.at == datetime(2026, 9, 20, 21, 42, tzinfo=UTC)
    assert (one.deadline_text, one.deadline.day, one.deadline.sure) == ("5:42 PM ET - 20 September", None, True)
    assert re.sub(r"\s+", " ", one.query) == (
        "I visit workshops that make rope by hand. How many people still learn the trade with you?"
    )
    assert one.requirements == "Workshops with apprentices."
    assert (one.no_ai, one.trap, one.masked) == (False, "", True)
    assert two.summary == "What ferries do in fog"
    assert (two.journalist, two.outlet, two.category) == ("", "", "Travel")
    assert two.deadline is not None
    assert two.deadline.at == datetime(2026, 9, 16, 18, 0, tzinfo=UTC)
    assert re.sub(r"\s+", " ", two.query) == "Captains and port officers: when do you stop?"
    assert (two.requirements, two.no_ai) == ("", True)
    assert "index only" not in one.raw + two.raw
    assert "Rope Ltd" not in one.raw + two.raw
    if variant == "no ordinals":
        assert (one.number, two.number) == ("", "")
    elif variant == "ordinals with two numbers":
        assert (one.number, two.number) == ("1.3", "2.7")
    else:
        assert (one.number, two.number) == ("3", "7")


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_variant_has_the_same_contents(variant: str) -> None:
    """However a query came, it is known again."""
    assert [content_key(one) for one in VARIANTS[variant]()] == [content_key(one) for one in taken(letter(DIGEST))]


def test_a_query_may_hold_what_looks_like_labels() -> None:
    """Journalists ask for lists; those are no fields of the request."""
    asked = FIRST.replace(
        "How many people",
        "Please send:\n1) Name:\n2) Title:\n3. Email: yours\nDeadline: soon\nNote: no fees\nHow many people",
    )
    one, _ = taken(letter(asked + SECOND))
    assert one.journalist == "Nora Quist"
    assert one.reply_to.startswith("reply+1111")
    assert "3. Email: yours\nDeadline: soon\nNote: no fees" in one.query
    assert one.requirements == "Workshops with apprentices."


def test_labels_may_come_in_any_order_and_unknown_ones_stay_in_the_raw_block() -> None:
    """The query need not be the last one."""
    (one,) = taken(letter(
        "CATEGORY: Travel\nSummary: Fog\nQuery: When do you stop?\nBudget: none\n\nRequirements: Captains\n\n"
        "Beat: ports\nName: Ida\nEmail: query-ab1@helpareporter.net\nDeadline: 7:00 PM EST - 11 October\n"
        "Media Outlet: Quay\n"
        "-----------------------------------\n"
    ))  # fmt: skip
    assert (one.summary, one.category, one.journalist, one.outlet) == ("Fog", "Travel", "Ida", "Quay")
    assert one.reply_to == "query-ab1@helpareporter.net"
    assert one.query.startswith("When do you stop?")
    assert "Beat: ports" in one.raw
    assert one.deadline is not None
    assert one.deadline.at == datetime(2026, 10, 11, 23, 0, tzinfo=UTC)


def test_a_query_without_its_label_is_still_the_query() -> None:
    """What no label claims is what was asked."""
    one, _ = taken(letter(FIRST.replace("Query:\n", "") + SECOND))
    assert one.query.startswith("I visit workshops")


def test_a_request_that_lost_most_of_its_labels_is_not_lost() -> None:
    """What is left of it is shown; nothing is made up."""
    one, two = taken(letter("2) Summary: Half a request\nEmail: query-zz@helpareporter.net\n\nWho knows?\n\n" + SECOND))
    assert (one.summary, one.query, one.deadline, one.outlet) == ("Half a request", "Who knows?", None, "")
    assert two.number == "7"


def test_haro_of_2008() -> None:
    """Ordinals of two numbers, Pacific time, more labels."""
    text = (
        "5.2) Summary: Trucks that run on frying oil\nCategory: Technology\nName: Bo Reyes\nTitle: Staff writer\n"
        "Media Outlet/Publication: The Valley Ledger\nAnonymous? No\nSpecific Geographic Region? Yes\n"
        "Region: California\nEmail: bo@valleyledger.example\nDeadline: 6:00 PM PACIFIC \u2013 September 22\n"
        "Query:\n\nHow far do they go?\n"
    )
    (one,) = taken(letter(text))
    assert (one.number, one.journalist, one.outlet) == ("5.2", "Bo Reyes", "The Valley Ledger")
    assert (one.reply_to, one.masked) == ("bo@valleyledger.example", False)
    assert one.query == "How far do they go?"
    assert one.deadline is not None
    assert one.deadline.at == datetime(2026, 9, 23, 1, 0, tzinfo=UTC)


SOS = """\
Good morning!

1) SUMMARY: Winter sowing
CATEGORY: Home
NAME: Ada Pell
EMAIL: ada@gardenweek.example
MUCK RACK URL:
MEDIA OUTLET: Garden Week
MEDIA WEBSITE: https://gardenweek.example
DEADLINE DATE: 2026-12-17
DEADLINE TIME: 12:00 pm
TIME ZONE: Eastern Standard Time
QUERY: What do you sow in January?
Photographs welcome.
_____

Our sponsor sells seeds. TITLE: Seeds!

2) SUMMARY: No time
CATEGORY: Home
NAME: Lin
EMAIL: lin@x.example
MEDIA OUTLET: TBD
DEADLINE DATE: 2026-07-03
QUERY: Why?
_____
Source of Sources. Reply STOP to leave.
"""


def test_source_of_sources() -> None:
    """Real addresses, dates with a year, Eastern Standard Time as New York's own, in summer and winter."""
    one, two = taken(letter(SOS, sender=Party("Peter", "peter@sourceofsources.com"), subject="SOS"))
    assert (one.service, one.reply_to, one.masked) == ("sos", "ada@gardenweek.example", False)
    assert (one.outlet, one.outlet_url) == ("Garden Week", "https://gardenweek.example")
    assert one.query == "What do you sow in January?\nPhotographs welcome."
    assert one.deadline_text == "2026-12-17 12:00 pm Eastern Standard Time"
    assert one.deadline is not None
    assert one.deadline.at == datetime(2026, 12, 17, 17, 0, tzinfo=UTC)
    assert (two.outlet, two.query) == ("", "Why?")
    assert two.deadline is not None
    assert str(two.deadline.day) == "2026-07-03"


TMX = """\
Messages below from newsrooms.

Health
1. Flu jabs at the chemist's
Synopsis: Who gives them?
We film on Friday.
Sent from: CITY TV NEWS / reply to journalist, email: send+40001.20001@tmxmessenger.com

2. Two in one category
Synopsis: Another.
Sent from: Quay Radio / reply to journalist,
email: send+40002.20002@tmxmessenger.com

High Tech
3. 5G masts
Synopsis: Near schools?
Sent from: The Ward Report / reply to journalist, email: send+40003.20003@tmxmessenger.com
"""


@pytest.mark.parametrize("change", [str, quoted, lambda text: re.sub(r"\n\n+", "\n", text)])
def test_tmx_messenger(change: Callable[[str], str]) -> None:
    """Numbered titles under a category, with an alias each, in a margin or without blank lines."""
    found = taken(letter(change(TMX), sender=Party("TMX", "digest@tmxmessenger.com")))
    assert [one.number for one in found] == ["1", "2", "3"]
    assert [one.category for one in found] == ["Health", "Health", "High Tech"]
    assert [one.outlet for one in found] == ["CITY TV NEWS", "Quay Radio", "The Ward Report"]
    assert [one.reply_to for one in found] == [f"send+4000{n}.2000{n}@tmxmessenger.com" for n in (1, 2, 3)]
    assert found[0].query == "Who gives them?\nWe film on Friday."
    assert found[2].summary == "5G masts"
    assert {one.service for one in found} == {"tmx"}


QWOTED = """\
Hi Maya,

Lars Holm at Quay Radio: Mornings is looking for sources.

Fog at sea: who decides?

We want a captain for a live talk.

Second paragraph.

Submit By: 21 September, 5pm ET

Pitch now: https://app.qwoted.com/source_requests/194061

You are receiving this because of your alerts.
"""


def test_qwoted() -> None:
    """One request a mail; an outlet's own colon does not part it."""
    mail = letter(
        QWOTED,
        sender=Party("Qwoted", "notifications@qwoted.com"),
        subject="Quay Radio: Mornings: Fog at sea: who decides?",
    )
    (one,) = taken(mail)
    assert (one.journalist, one.summary) == ("Lars Holm", "Fog at sea: who decides?")
    assert one.url == "https://app.qwoted.com/source_requests/194061"
    assert one.query == "We want a captain for a live talk.\n\nSecond paragraph."
    assert (one.reply_to, one.masked) == ("", True)
    assert one.deadline is not None
    assert one.deadline.at == datetime(2026, 9, 21, 21, 0, tzinfo=UTC)
    assert (service(mail), one.outlet) == ("qwoted", "Quay Radio: Mornings")


def test_qwoted_forwarded_by_hand() -> None:
    """Title and outlet come from the inner subject; a day without a time is a day."""
    head = HEAD.replace("HARO <haro@helpareporter.com>", "Qwoted <notifications@qwoted.com>").replace(
        "HARO Queries: Monday Morning Edition", "Anonymous: Fog"
    )
    body = QWOTED.replace("Quay Radio: Mornings", "Anonymous").replace(", 5pm ET", "")
    (one,) = taken(colleague(head + body, subject="Fwd: Anonymous: Fog"))
    assert (one.outlet, one.summary, one.journalist) == ("Anonymous", "Fog", "Lars Holm")
    assert one.deadline is not None
    assert str(one.deadline.day) == "2026-09-21"


BOTTLE = """\
Drink Up!

HEALTH

Sleep coaches wanted <https://www.sourcebottle.com/query.asp?ref=emailalert&iid=9&qid=101>
For a magazine column on night shifts.
Deadline: 18 September 2026 5:00 PM AEST

TRAVEL

Ferry captains <https://www.sourcebottle.com/query.asp?ref=emailalert&iid=9&qid=102>
Who sails in fog? Deadline: in the text
Deadline: Monday 21 September

Unsubscribe
"""


def test_sourcebottle_with_links_in_headlines() -> None:
    """Items are known by the number in their link; times are Sydney's."""
    one, two = taken(letter(BOTTLE, sender=Party("SourceBottle", "noreply@sourcebottle.com"), subject="Drink Up!"))
    assert (one.service, one.summary) == ("sourcebottle", "Sleep coaches wanted")
    assert one.query == "For a magazine column on night shifts."
    assert one.url.endswith("qid=101")
    assert one.deadline is not None
    assert one.deadline.at == datetime(2026, 9, 18, 7, 0, tzinfo=UTC)
    assert two.summary == "Ferry captains"
    assert two.deadline is not None
    assert str(two.deadline.day) == "2026-09-21"
    assert "Unsubscribe" not in two.raw


def test_sourcebottle_with_links_below() -> None:
    """`Read more` ends an item; the same number twice is one item."""
    text = (
        "Sleep coaches wanted\n\nFor a column.\n\nRead more <https://www.sourcebottle.com/query.asp?iid=9&qid=101>\n\n"
        "Ferry captains <https://www.sourcebottle.com/query.asp?iid=9&qid=102>\nWho sails in fog?\n"
        "Read more <https://www.sourcebottle.com/query.asp?iid=9&qid=102>\n\n(c) 2026 SourceBottle\n"
    )
    one, two = taken(letter(text, sender=Party("SourceBottle", "noreply@sourcebottle.com")))
    assert (one.summary, one.query) == ("Sleep coaches wanted", "For a column.")
    assert (two.summary, two.query) == ("Ferry captains", "Who sails in fog?")


def test_connectively() -> None:
    """History: items by their page."""
    text = "Night shifts\n\nFor a column.\n\nView query: https://app.connectively.us/queries/77\n"
    (one,) = taken(letter(text, sender=Party("Connectively", "noreply@connectively.us")))
    assert (one.service, one.summary, one.url) == (
        "connectively",
        "Night shifts",
        "https://app.connectively.us/queries/77",
    )


def test_a_single_request_with_a_hashtag() -> None:
    """A copied post: its words, its address, its deadline if it names one; who wrote it is left open."""
    text = (
        "Hi all,\n\n#journorequest Looking for a ferry captain for a piece on fog. "
        "Email ida@quay.example by 5pm tomorrow. Thanks!"
    )
    (one,) = taken(colleague(text, subject="saw this"))
    assert (one.service, one.reply_to, one.masked) == ("journorequest", "ida@quay.example", False)
    assert one.query.startswith("#journorequest Looking for")
    assert one.journalist == ""
    assert one.deadline is not None
    assert one.deadline.at == datetime(2026, 9, 16, 16, 0, tzinfo=UTC)


def test_two_digests_in_one_mail_have_their_own_dates() -> None:
    """Each is counted from the head above it, and each keeps its service."""
    other = HEAD.replace("HARO <haro@helpareporter.com>", "Peter <peter@shankman.com>").replace("14 Sep", "11 Sep")
    found = taken(colleague("Two for you\n\n" + HEAD + DIGEST + "\n" + other + SOS))
    assert [one.service for one in found] == ["haro", "haro", "sos", "sos"]
    late = HEAD.replace("14 Sep 2026", "18 Sep 2025")
    found = taken(colleague(HEAD + FIRST + late + FIRST))
    assert [one.deadline.at.year for one in found if one.deadline] == [2026, 2025]


def test_what_is_no_digest_holds_no_request() -> None:
    """Ordinary mails with a summary, a deadline, a list; services' other mails; answers that quote a request."""
    for text in (
        "", "Summary: we met.\nDeadline: Friday 5pm", "1) Summary: the plan\n2) Deadline: Friday\n3) Name: tbc",
        "Name: Jo\nEmail: jo@x.example\nQuery: where is my kettle?", "Synopsis: a novel\nSent from: my phone",
        "Your pitch was sent.\nUnsubscribe from HARO", "Read https://www.qwoted.com/blog today",
    ):  # fmt: skip
        assert taken(letter(text)) == []
        assert service(letter(text)) == ""
    answer = colleague("Yes please.\n\nOn Mon, Nora wrote:\n" + quoted(FIRST), subject="Re: Rope makers")
    assert service(answer) == ""
    assert taken(answer) == []


def test_the_service_is_known_by_layout_where_the_sender_is_not() -> None:
    """A digest that was copied into a mail without its head."""
    bare = replace(colleague(DIGEST), subject="for you")
    assert service(bare) == "haro"
    assert service(replace(bare, text=SOS)) == "sos"
    assert service(replace(bare, text=TMX)) == "tmx"
    assert service(replace(bare, text=BOTTLE)) == "sourcebottle"


def test_five_hundred_items() -> None:
    """Each is found once, in its order."""
    items = [
        FIRST.replace("3) ", f"{n}) ").replace("by hand\n", f"by hand, part {n}\n").replace("11111111", f"{n:08d}")
        for n in range(1, 501)
    ]
    found = taken(letter(INDEX + "\n".join(items) + FOOTER))
    assert [one.number for one in found] == [str(n) for n in range(1, 501)]
    assert len({content_key(one) for one in found}) == 500
