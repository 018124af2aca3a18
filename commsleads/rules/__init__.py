"""Every decision, as a pure function of values and `now`. Rules do not know each other and do no input or output."""
