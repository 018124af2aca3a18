"""When an alert is raised, at which level, when it may go out, and what it says. Pure."""
