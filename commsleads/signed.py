"""Links that prove themselves: what they ask for is signed, so that nobody can make one up."""

from __future__ import annotations
