"""The web process: the redirector, and what listens."""
