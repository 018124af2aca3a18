"""commsleads turns calls to action and journalists' enquiries into measurable communications leads."""

__version__ = "0.1.0"
