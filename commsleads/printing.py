"""A report as PDF: the Typst markup that it keeps, with its pictures, made into pages."""

from __future__ import annotations
