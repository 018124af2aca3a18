"""The command line."""

import click


@click.group()
def main() -> None:
    """Turn calls to action and journalists' enquiries into measurable communications leads."""
