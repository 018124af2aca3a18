"""The criteria that the press office of the simulated year agreed on: three times, each another way."""

from __future__ import annotations

FIRST = """
version = "1"
author = "Ada Stone"
dated = 2026-01-02
note = "The first that we agreed on."
reading = "EU"
half_life = "30d"
[[engagement]]
id = "asked"
says = "asked us something"
touch = ["enquiry", "form"]
points = 30
cap = 60
[[engagement]]
id = "talked"
says = "talked with us"
touch = ["phone", "event"]
points = 20
cap = 40
[[engagement]]
id = "used"
says = "used our material"
having = ["material"]
points = 15
cap = 25
half_life = "90d"
[[engagement]]
id = "sent"
says = "was sent by somebody"
touch = ["referral"]
points = 7
[[engagement]]
id = "clicked"
says = "clicked a link of theirs"
touch = ["click"]
points = 3
cap = 9
half_life = "14d"
[[engagement]]
id = "hostile"
says = "asked in hostility"
having = ["hostile"]
points = -20
cap = -30
[[engagement]]
id = "objected"
says = "asked not to be written to"
having = ["objected"]
points = -100
cap = -100
half_life = "0s"
[[fit]]
id = "national"
says = "works for the first tier"
having = ["tier-1"]
points = 40
[[fit]]
id = "trade"
says = "works for the second tier"
having = ["tier-2"]
points = 30
[[fit]]
id = "regional"
says = "works for the third tier"
having = ["tier-3"]
points = 20
[[fit]]
id = "outlet"
says = "works for an outlet we know"
having = ["outlet"]
points = 10
[[fit]]
id = "own-domain"
says = "writes from the outlet's own domain"
having = ["outlet-domain"]
points = 10
[[fit]]
id = "listed"
says = "is among those we aimed at"
having = ["listed"]
points = 10
[[fit]]
id = "throwaway"
says = "writes from a throwaway address"
having = ["throwaway"]
points = -40
[[engagement_bands]]
name = "cool"
least = 5
margin = 2
[[engagement_bands]]
name = "warm"
least = 22
margin = 5
[[engagement_bands]]
name = "hot"
least = 50
margin = 5
[[fit_bands]]
name = "C"
least = 10
[[fit_bands]]
name = "B"
least = 30
margin = 5
[[stages]]
id = "engaged"
says = "acted on something of ours"
qualified = false
when = { having = ["own"] }
[[stages]]
id = "material-qualified"
says = "used our material, then came to us"
fit = "C"
engagement = "warm"
when = { having = ["own"], without = ["hostile"] }
after = { having = ["material"] }
apart = "1h"
[[stages]]
id = "story-qualified"
says = "asks for something with a deadline or a stated use"
fit = "C"
engagement = "warm"
when = { having = ["ask", "outlet"], any = ["deadline", "use"], without = ["hostile"] }
[[stages]]
id = "service-qualified"
says = "we have helped before, and they ask for more"
fit = "C"
engagement = "warm"
when = { having = ["ask", "more", "outlet"], without = ["hostile"] }
[handoff]
answer_within = "8h"
to = "press"
escalate_to = "cleo"
fades = "45d"
[[handoff.assign]]
to = "events"
campaign = ["spring", "lights"]
[[handoff.assign]]
to = "eve"
stage = ["service-qualified"]
[[handoff.assign]]
to = "dan"
source = ["event"]
[[handoff.assign]]
to = "ben"
having = ["tier-1"]
"""
SECOND = (
    FIRST.replace('version = "1"', 'version = "2"')
    .replace("least = 22", "least = 32")
    .replace('half_life = "30d"', 'half_life = "20d"')
    .replace('answer_within = "8h"', 'answer_within = "5h"')
)
"""Stricter: warm begins higher, points are worth less sooner, answers are due earlier."""
THIRD = (
    SECOND.replace('version = "2"', 'version = "3"')
    .replace("least = 32", "least = 26")
    .replace("points = 20\ncap = 40", "points = 25\ncap = 45")
    .replace('escalate_to = "cleo"', 'escalate_to = ""')
    .replace('fades = "45d"', 'fades = "60d"')
)
"""Milder again; nobody is asked when nobody answers."""
CRITERIA = {1: FIRST, 2: SECOND, 3: THIRD}
