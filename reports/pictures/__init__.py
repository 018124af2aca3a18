"""Pictures of reports: one grammar (Vega-Lite) for mail, pages and print."""
