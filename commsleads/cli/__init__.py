"""The command line. Thin: it asks `jobs` and the store, and prints. Heavy parts are imported inside the command.

Exit codes: 0 done, 1 something failed and was recorded, 2 usage or settings.
"""

from __future__ import annotations

from commsleads.cli import (
    alerts,
    campaigning,
    cards,
    closing,
    coding,
    contacting,
    contacts,
    counters,
    covering,
    criteria,
    desk,
    goals,
    hits,
    importing,
    leadexports,
    leadjoining,
    leadlists,
    leadnoting,
    leads,
    lines,
    linklists,
    links,
    looking,
    mail,
    messaging,
    photographs,
    replying,
    reporting,
    responses,
    reviewing,
    schedule,
    sending,
    serving,
    setting_up,
    stories,
    targets,
    upkeep,
    working,
)
from commsleads.cli.group import main

__all__ = [
    "alerts", "campaigning", "cards", "closing", "coding", "contacting", "contacts", "counters", "covering",
    "criteria", "desk", "goals", "hits", "importing", "leadexports", "leadjoining", "leadlists", "leadnoting",
    "leads", "lines", "linklists", "links", "looking", "mail", "main", "messaging", "photographs", "replying",
    "reporting", "responses", "reviewing", "schedule", "sending", "serving", "setting_up", "stories", "targets",
    "upkeep", "working",
]  # fmt: skip
