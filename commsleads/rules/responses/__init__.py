"""What is a response to which call to action, and by whom."""
