"""Digests for tests, in the layouts of the services, and the ways in which they get damaged on their way."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from commsleads.letters import Letter, Party, SourceRequest
from commsleads.rules.requests import split

LONDON = ZoneInfo("Europe/London")
SENT = datetime(2026, 9, 14, 9, 35, tzinfo=UTC)
RECEIVED = datetime(2026, 9, 14, 9, 36, tzinfo=UTC)

FIRST = """\
3) Summary: Rope makers who still work by hand

Name: Nora Quist

Category: Lifestyle and Fitness

Email: reply+11111111-2222-4333-8444-555555555555@helpareporter.com

HARO Journalist Profile URL: https://profiles.example/nora

Media Outlet: Craft & Quay (https://craftquay.example)

Deadline: 5:42 PM ET - 20 September

Query:

I visit workshops that make rope by hand.

How many people still learn the trade with you?

Requirements:

Workshops with apprentices.

Back to Top
-----------------------------------
"""
SECOND = """\
7) Summary: What ferries do in fog

Name: Anonymous

Category: Travel

Email: reply+66666666-7777-4888-8999-000000000000@helpareporter.com

Media Outlet: Anonymous

Deadline: 11:00 AM PT - 16 September

No AI Pitches Considered

Query:

Captains and port officers: when do you stop?

Back to Top
-----------------------------------
"""
INDEX = """\
Sponsored

A word from our sponsor: buy rope.

********* INDEX ***********
Lifestyle and Fitness
3) Rope makers who still work by hand (Craft & Quay)

Travel
7) What ferries do in fog (Anonymous)

General
8) In the index only (TBD)
****************************

"""
FOOTER = "\nUnsubscribe from HARO\nSponsored by Rope Ltd, 1 Dock Street\n"
DIGEST = INDEX + FIRST + "\n" + SECOND + FOOTER


def letter(text: str, **changes: Any) -> Letter:
    """A digest of the morning of 14 September 2026, as HARO would have sent it."""
    given: dict[str, Any] = {
        "subject": "HARO Queries: Monday Morning Edition",
        "text": text,
        "sender": Party("HARO", "haro@helpareporter.com"),
        "sent_at": SENT,
        "date_raw": "Mon, 14 Sep 2026 05:35:00 -0400",
        "message_id": "m1@helpareporter.com",
    }
    return Letter(**given | changes)


def colleague(text: str, **changes: Any) -> Letter:
    """The same sent on by a colleague, a day later."""
    given: dict[str, Any] = {
        "subject": "Fwd: HARO Queries: Monday Morning Edition",
        "sender": Party("Maya Lind", "maya@acme.example"),
        "sent_at": datetime(2026, 9, 15, 8, 0, tzinfo=UTC),
        "date_raw": "Tue, 15 Sep 2026 09:00:00 +0100",
    }
    return letter(text, **given | changes)


def taken(letter: Letter) -> list[SourceRequest]:
    """The requests in it."""
    return list(split(letter, received=RECEIVED, zone=LONDON))
