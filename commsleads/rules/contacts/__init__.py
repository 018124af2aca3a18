"""What can be said of an address or a person without asking them, and who may be one person twice."""
