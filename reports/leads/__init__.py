"""The report on leads: the funnel, where they come from, the handoff, goals, attribution."""
