"""Rows as they were known at a moment: what a view as of a day is told from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from commsleads.journey import Act, Merge, Touch
from commsleads.rules.leads.terms import Terms

Row = TypeVar("Row", Touch, Act, Merge, Terms)


def until(rows: Iterable[Row], at: datetime) -> tuple[Row, ...]:
    """What was known at this moment, in the order given.

    Touches by when we learned of them, acts, merges and terms by when they were. A merge that was undone later stands,
    with nothing said of its end; one that had been undone by then keeps its end.
    """
    found: list[Row] = []
    for row in rows:
        if isinstance(row, Merge):
            if row.at <= at:
                ended = row.undone is not None and row.undone <= at
                found.append(row if ended else row._replace(undone=None, undone_by="", undone_why=""))
        elif known(row) <= at:
            found.append(row)
    return tuple(found)


def known(row: Touch | Act | Merge | Terms) -> datetime:
    """When we knew of it."""
    return row.learned if isinstance(row, Touch) else row.at
