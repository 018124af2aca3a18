"""What people do to coverage: code it, take a false positive out, add what was missed."""
