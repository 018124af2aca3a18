"""Goals: how far, what to expect, and what a shortfall is made of."""
