"""Alerts: what may not wait for the digest. What people do with them is here; rules, rows and sending are not."""
