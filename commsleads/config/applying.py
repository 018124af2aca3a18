"""Campaigns in a file of their own, read and checked as those of the settings are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from commsleads.config import checks, fields, file
from commsleads.config.notes import Notes, show
from commsleads.config.secrecy import refuse_values
from commsleads.config.tables import tables
from commsleads.errors import ConfigError
from commsleads.plan import Campaign


def campaigns(path: Path, *, watches: Iterable[str], owned: Collection[str]) -> tuple[Campaign, ...]:
    """The `[[campaigns]]` of a file. `watches` are those declared, `owned` the campaigns of the settings file.

    Raises `ConfigError` with one sentence for each mistake.
    """
    text, tree = file.parse(file.read(path, "file of campaigns"), path.name)
    notes = Notes(tree)
    fields.prepare()
    refuse_values(text, notes)
    for key in tree:
        if key != "campaigns":
            notes.wrong(
                show(key)[1:-1], "does not belong here; a file of campaigns holds [[campaigns]] and nothing else"
            )
    if not tree.get("campaigns"):
        notes.wrong(path.name, "holds no [[campaigns]]")
    try:
        found = tables(Campaign, tree.get("campaigns", []), "campaigns", notes)
        checks.names(tree, notes)
        checks.campaigns(found, {"watches": [{"id": name} for name in watches], **tree}, notes)
    except RecursionError:
        raise ConfigError([f"{path.name} is nested too deeply to be a file of campaigns."]) from None
    for number, campaign in enumerate(found):
        if campaign and campaign.id in owned:
            notes.wrong(f"campaigns[{number}].id", "is a campaign of the settings file, which owns it; change it there")
    if problems := notes.all():
        raise ConfigError(problems)
    return tuple(campaign for campaign in found if campaign)
