"""The one-page evaluation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from commsleads.contract import Document, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Nothing to set."""


class Evaluation:
    """Being built."""

    Settings = Settings

    def write(self, facts: Any, period: Period, settings: Settings) -> Document:  # noqa: ARG002
        """Being built."""
        return Document(subject="", text="", html="", markdown="", data={})
