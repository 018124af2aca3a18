"""What is kept of campaigns: plans, targets, links, hits, counters of others, landing pages, responses."""
