"""Alerts raised and sent: each cause once, each channel once."""

from __future__ import annotations
