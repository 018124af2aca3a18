"""How a text speaks of one name in it, with chances and never a verdict. Pure."""
