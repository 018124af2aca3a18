"""The languages deadlines are read in, by their codes."""

from __future__ import annotations

from commsleads.rules.deadlines.tongue import Tongue
from commsleads.rules.deadlines.tongues.english import ENGLISH
from commsleads.rules.deadlines.tongues.french import FRENCH
from commsleads.rules.deadlines.tongues.german import GERMAN
from commsleads.rules.deadlines.tongues.spanish import SPANISH

TONGUES: dict[str, Tongue] = {tongue.code: tongue for tongue in (ENGLISH, GERMAN, FRENCH, SPANISH)}
