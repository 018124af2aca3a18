"""The answer card of one campaign: whom, what, how many."""
