"""What campaigns did in a stretch of time: mailings that went out, clicks on their links. Read-only."""

from __future__ import annotations

from commsleads.store.engine import Session


def sent(session: Session, start: str, end: str) -> tuple[int, int | None]:
    """How many mailings went out between two times (stamps), and to how many targets; None where one has no number."""
    rows = session.tuples("SELECT n FROM mailings WHERE at >= ? AND at < ?", (start, end))
    known = [n for (n,) in rows if n is not None]
    return len(rows), sum(known) if len(known) == len(rows) else None


def clicked(session: Session, first: str, after: str) -> dict[str, int] | None:
    """Clicks on all our links on the days from `first` until `after`, by verdict; None where there is no link."""
    if not session.tuples("SELECT 1 FROM links WHERE trap = 0 LIMIT 1"):
        return None
    rows = session.tuples(
        "SELECT t.verdict, SUM(t.n) FROM links l JOIN hit_tallies t ON t.link_id = l.id WHERE l.trap = 0 "
        "AND t.day >= ? AND t.day < ? GROUP BY t.verdict",
        (first, after),
    )
    return {str(verdict): int(n) for verdict, n in rows}
