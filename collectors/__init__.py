"""The collectors that come with commsleads, one module a kind of source."""
