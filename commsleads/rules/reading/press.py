"""Whether a mail asks something for publication: the evidence for and against, weighed together."""

from __future__ import annotations

import re

from commsleads.letters import Deadline, Letter
from commsleads.rules.reading.desk import Desk
from commsleads.rules.reading.evidence import Evidence, weigh
from commsleads.rules.reading.outlets import Where
from commsleads.rules.reading.people import Signed, telephone
from commsleads.rules.reading.presswords import AGAINST, IN_SUBJECT, IN_TEXT
from commsleads.rules.reading.subjects import bare
from commsleads.text import fold

LOOKED_AT = 6_000
"""Characters of a text that are weighed."""

_DESK = re.compile(
    r"\b(?:news-?desk|newsroom|redaktion|redaction|redaccion|editorial|reporters?|journalists?|producers?"
    r"|planning ?desk)\b"
)
_MEDIA = re.compile(
    r"(?:news|post|times|herald|gazette|tribune|zeitung|blatt|radio|press[eo]?|journal|courier|kurier|observer"
    r"|anzeiger|rundfunk|magazin|diario|periodico|gaceta|chronicle|telegraph|guardian|media|podcast|broadcast"
    r"|tv)"
)
_MEDIUM = re.compile(
    r"\b(?:news|post|times|herald|gazette|tribune|journal|courier|observer|chronicle|telegraph|echo|mail|star"
    r"|radio|tv|fm|television|channel|magazine|podcast|agency|press|weekly|daily|bulletin|zeitung|\w+zeitung"
    r"|\w*blatt"
    r"|\w*kurier|\w*anzeiger|rundfunk|sender|magazin|agentur|nachrichten|quotidien|depeche|agence|info|tele\w*"
    r"|revue|diario|periodico|gaceta|noticias|agencia|revista|canal|onda|cadena)\b"
)
_NAMED = {"register": 1.5, "address": 0.5}


def weighed(
    letter: Letter,
    own: str,
    signature: Signed,
    desk: Desk,
    where: Where,
    questions: tuple[str, ...],
    deadline: Deadline | None,
) -> list[Evidence]:
    """All that speaks for an enquiry and against one."""
    subject, text = fold(bare(letter.subject)), fold(own[:LOOKED_AT])
    found = weigh(subject, IN_SUBJECT) + weigh(text, IN_TEXT)
    if signature.role_at >= 0:
        found.append(
            Evidence(2, f"The signature names a journalist's role: “{signature.lines[signature.role_at][:60]}”.")
        )
    if where.by == "domain":
        found.append(Evidence(3, f"It comes from {where.name}, by the register of outlets."))
    elif where.by:
        found.append(Evidence(_NAMED.get(where.by, 1), f"It names an outlet: {where.name}."))
        if _MEDIUM.search(fold(where.name)):
            found.append(Evidence(1, f"That is a medium's name: {where.name}."))
    if where.by != "domain" and _MEDIA.search(letter.sender.domain.partition(".")[0]):
        found.append(Evidence(0.7, f"Its address sounds like an outlet's: {letter.sender.domain}."))
    if _DESK.search(fold(f"{letter.sender.address.partition('@')[0]} {letter.sender.name}"[:300])):
        found.append(Evidence(1.5, "A newsroom's desk wrote it."))
    asks = found_asks(text, found)
    if questions:
        found.append(Evidence(1, f"It asks: “{questions[0][:100]}”."))
    elif not asks:
        found.append(Evidence(-2, "It asks nothing."))
    if deadline is not None:
        found.append(Evidence(1, f"It gives a deadline: “{deadline.words[:60]}”."))
    if telephone(own, signature):
        found.append(Evidence(0.5, "It gives a number to call."))
    if any(party.address in desk.own_addresses for party in (*letter.to, *letter.cc)):
        found.append(Evidence(0.5, "It was sent to the press office."))
    found += weigh(f"{subject}. {text}", AGAINST)
    if desk.owns(letter.sender.address):
        found.append(Evidence(-6, "It comes from our own house."))
    return found


def found_asks(text: str, found: list[Evidence]) -> bool:
    """Whether a comment, an interview or the like is asked for, though in no form of a question."""
    return any(one.reason.startswith("It asks for") for one in found) and len(text) > 20
