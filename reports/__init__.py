"""The reports that come with commsleads, one module a report."""
