"""Mails: bytes to a `Letter`, and a text parted into its writer's words, quotes and signature."""

from commsleads.mail.cutting import Cut, cut
from commsleads.mail.letter import read_letter, read_letters

__all__ = ["Cut", "cut", "read_letter", "read_letters"]
