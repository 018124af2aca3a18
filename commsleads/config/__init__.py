"""The settings: one file, one loader, one value, and every mistake told at once.

`find` says which file, `load` reads it into a `Settings`, `secret` looks up what must never stand in the file.
Nothing here opens the database or the network, and nothing keeps the settings in a global: they are passed.
"""

from __future__ import annotations

from commsleads.config.file import find
from commsleads.config.loading import load
from commsleads.config.secrecy import secret, variable
from commsleads.config.sources import Plugins
from commsleads.config.values import Fetch, Organisation, Run, Settings, Smtp

__all__ = [
    "Fetch", "Organisation", "Plugins", "Run", "Settings", "Smtp", "find", "load", "secret", "variable",
]  # fmt: skip
