"""The log of leads (touches, acts, merges, terms) and what follows from it (leads, moves, handoffs)."""
