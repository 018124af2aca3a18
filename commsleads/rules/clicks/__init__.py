"""Telling a person's click from a machine's."""
