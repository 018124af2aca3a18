"""Journalists' open requests for sources: digests of request services to single requests.

Everything in a request is somebody else's text: it is kept as it is, shown as text, and never followed.
"""

from commsleads.rules.requests.identity import content_key, expired, key, matching
from commsleads.rules.requests.splitting import service, split

__all__ = ["content_key", "expired", "key", "matching", "service", "split"]
