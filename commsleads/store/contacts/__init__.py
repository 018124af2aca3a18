"""Contacts beyond the desk: where each datum came from, lists, what is handed out and what is forgotten."""
