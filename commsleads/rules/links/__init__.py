"""How links are made: words of the closed vocabulary, slugs."""
