"""What people do with campaigns, targets and links: a function a verb, each a transaction with its line of history."""
