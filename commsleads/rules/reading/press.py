"""Whether a mail asks something for publication: the evidence for and against, weighed together."""

from __future__ import annotations

import re

from commsleads.rules.reading.evidence import Evidence, weigh
from commsleads.rules.reading.otherwords import AGAINST
from commsleads.rules.reading.people import telephone
from commsleads.rules.reading.presswords import ASKING, IN_SUBJECT, IN_TEXT
from commsleads.rules.reading.study import Study
from commsleads.rules.reading.subjects import bare
from commsleads.text import fold

ENOUGH = 4.0
"""Points from which a mail is an enquiry. A journalist's usual one has twice as many."""

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
"""Points for an outlet by how it is known; a signature or a sentence gives one."""


def weighed(study: Study) -> list[Evidence]:
    """All that speaks for an enquiry and against one."""
    letter, words = study.letter, study.words
    subject, text = fold(bare(letter.subject)), fold(words.own[:LOOKED_AT])
    asks = weigh(text, ASKING)
    found = weigh(subject, IN_SUBJECT) + weigh(text, IN_TEXT) + asks
    row = words.signature.role_at
    if row >= 0:
        found.append(Evidence(2, f"The signature names a journalist's role: “{words.signature.lines[row][:60]}”."))
    found += _on_outlet(study)
    if study.questions:
        found.append(Evidence(1, f"It asks: “{study.questions[0][:100]}”."))
    elif not asks:
        found.append(Evidence(-2, "It asks nothing."))
    if study.deadline is not None:
        found.append(Evidence(1, f"It gives a deadline: “{study.deadline.words[:60]}”."))
    if telephone(words.own, words.signature):
        found.append(Evidence(0.5, "It gives a number to call."))
    if any(party.address in study.desk.own_addresses for party in (*letter.to, *letter.cc)):
        found.append(Evidence(0.5, "It was sent to the press office."))
    if study.desk.owns(letter.sender.address):
        found.append(Evidence(-6, "It comes from our own house."))
    return found + weigh(f"{subject}. {text}", AGAINST)


def _on_outlet(study: Study) -> list[Evidence]:
    """What the outlet, the address and the name of the desk tell."""
    sender, where = study.letter.sender, study.where
    found: list[Evidence] = []
    if where.by == "domain":
        found.append(Evidence(3, f"It comes from {where.name}, by the register of outlets."))
    elif where.by:
        found.append(Evidence(_NAMED.get(where.by, 1), f"It names an outlet: {where.name}."))
        if _MEDIUM.search(fold(where.name)):
            found.append(Evidence(1, f"That is a medium's name: {where.name}."))
    if where.by != "domain" and _MEDIA.search(sender.domain.partition(".")[0]):
        found.append(Evidence(0.7, f"Its address sounds like an outlet's: {sender.domain}."))
    if _DESK.search(fold(f"{sender.address.partition('@')[0]} {sender.name}"[:300])):
        found.append(Evidence(1.5, "A newsroom's desk wrote it."))
    return found
