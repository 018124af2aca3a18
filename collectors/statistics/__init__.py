"""Statistics of web sites: visits by campaign and day."""
