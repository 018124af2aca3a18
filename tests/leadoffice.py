"""What the press office of the simulated year has declared: settings, campaigns, goals, and three sets of criteria."""

from __future__ import annotations

from datetime import UTC, datetime

BEGIN = datetime(2026, 1, 5, 7, 30, tzinfo=UTC)
"""A Monday."""

HEAD = """
[organisation]
name = "Harbour Museum"
timezone = "Europe/Berlin"
working_hours = "Mon-Fri 09:00-17:30"
holidays = [2026-04-03, 2026-04-06, 2026-05-01, 2026-05-14, 2026-05-25, 2026-10-03, 2026-12-24, 2026-12-25]
[fetch]
contact = "press@museum.example"
[criteria]
file = "criteria1.toml"
[links]
base = "https://go.museum.example/r/"
[desk]
addresses = ["museum.example"]
team = "press"
signoff = []
[[desk.officers]]
id = "ada"
name = "Ada Stone"
role = "lead"
team = "press"
[[desk.officers]]
id = "ben"
name = "Ben Okoro"
team = "press"
[[desk.officers]]
id = "cleo"
name = "Cleo Marsh"
role = "lead"
team = "events"
[[desk.officers]]
id = "dan"
name = "Dan Hale"
team = "events"
[[desk.officers]]
id = "eve"
name = "Eve Lund"
team = "press"
"""
OUTLETS = {
    "The Meridian": 1, "Daily Anchor": 1, "Morning Tide": 1, "Museum Weekly": 2, "Trade Ships": 2, "Hafenblatt": 2,
    "Quay Radio": 3, "North County Post": 3, "Fen Gazette": 3,
}  # fmt: skip
CAMPAIGNS = {
    "winter": ("2026-01-12", "2026-02-20"),
    "spring": ("2026-03-09", "2026-04-30"),
    "boats": ("2026-04-13", "2026-06-19"),
    "summer": ("2026-06-15", "2026-08-14"),
    "autumn": ("2026-09-07", "2026-10-30"),
    "lights": ("2026-11-02", "2026-12-18"),
}
GOALS = """
[[goals]]
id = "q1"
n = 40
starts_on = 2026-01-01
ends_on = 2026-03-31
leads = 60
relevant = "More of them."
reachable = "It was so before."
[[goals]]
id = "q2"
n = 60
starts_on = 2026-04-01
ends_on = 2026-06-30
leads = 70
relevant = "More of them."
reachable = "It was so before."
[[goals]]
id = "q2-events"
of = "accepted leads"
n = 12
team = "events"
starts_on = 2026-04-01
ends_on = 2026-06-30
relevant = "More of them."
reachable = "It was so before."
[[goals]]
id = "spring-leads"
of = "leads"
n = 10
campaign = "spring"
starts_on = 2026-03-09
ends_on = 2026-05-08
relevant = "More of them."
reachable = "It was so before."
[[goals]]
id = "year-story"
of = "story-qualified"
n = 150
starts_on = 2026-01-01
ends_on = 2026-12-31
relevant = "More of them."
reachable = "It was so before."
[[goals]]
id = "asked"
of = "enquiries"
n = 300
starts_on = 2026-01-01
ends_on = 2026-12-31
relevant = "More of them."
reachable = "It was so before."
[[goals]]
id = "second-quarter-material"
of = "material-qualified"
n = 20
starts_on = 2026-04-01
ends_on = 2026-06-30
relevant = "More of them."
reachable = "It was so before."
[[goals]]
id = "q4"
n = 70
starts_on = 2026-10-01
ends_on = 2026-12-31
relevant = "More of them."
reachable = "It was so before."
[[goals]]
id = "march"
of = "engaged leads"
n = 15
starts_on = 2026-02-16
ends_on = 2026-03-15
relevant = "More of them."
reachable = "It was so before."
[[goals]]
id = "second-half"
n = 80
starts_on = 2026-07-01
ends_on = 2026-12-31
relevant = "More of them."
reachable = "It was so before."
"""


def _settings() -> str:
    parts = [HEAD]
    for name, tier in OUTLETS.items():
        domain = f"{name.lower().replace(' ', '').removeprefix('the')}.example"
        parts.append(f'[[outlets]]\nname = "{name}"\ndomains = ["{domain}"]\ntier = {tier}\n')
    for ident, (first, last) in CAMPAIGNS.items():
        parts.append(
            f'[[campaigns]]\nid = "{ident}"\nname = "{ident.title()}"\nstarts_on = {first}\nends_on = {last}\n'
            'window = "7d"\n[[campaigns.ctas]]\nid = "look"\nkind = "visit"\n'
            f'destination = "https://museum.example/{ident}"\n'
            '[[campaigns.ctas]]\nid = "come"\nkind = "attend"\n[[campaigns.targets]]\nname = "press"\n'
        )
    return "\n".join([*parts, GOALS])


SETTINGS = _settings()

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
