"""What the press office of the simulated year has declared: settings, campaigns and goals."""

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
