"""The rules of campaigns: statuses, what changed in a plan, who is the same target, rates and their intervals."""
