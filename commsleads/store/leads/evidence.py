"""Evidence that touches are made of and that is to be looked at: because it is new, or says something else than before.

A row is the sort of row and its id, "enquiry 3f2a…". It is noted by the statements that write the evidence, in their
transaction, and goes in the one that writes the touches. So nothing is missed and nothing is looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from commsleads.store.engine import Session

ENQUIRY, RESPONSE, NOTED, PERSON = "enquiry", "response", "noted", "person"
"""The sorts. `PERSON`: something was learned of a contact: an address, or that they asked not to be written to."""


def note(session: Session, sort: str, ids: Iterable[str]) -> None:
    """These rows of a sort are to be looked at."""
    session.many(
        "INSERT INTO evidence_waiting (evidence) VALUES (?) ON CONFLICT (evidence) DO NOTHING",
        [(f"{sort} {one}",) for one in ids if one],
    )


def note_all(session: Session) -> None:
    """All that touches were ever made of, or could be."""
    for sort, ids in (
        (ENQUIRY, "SELECT DISTINCT enquiry_id AS id FROM enquiry_journalists"),
        (RESPONSE, "SELECT id FROM responses WHERE target_id <> ''"),
        (NOTED, "SELECT id FROM noted"),
        (PERSON, "SELECT id FROM contacts WHERE stopped_at <> ''"),
    ):
        session.execute(
            f"INSERT INTO evidence_waiting (evidence) SELECT '{sort} ' || id FROM ({ids}) AS found WHERE 1 = 1 "
            "ON CONFLICT (evidence) DO NOTHING"
        )
    session.execute(
        "INSERT INTO evidence_waiting (evidence) SELECT DISTINCT evidence FROM touches "
        f"WHERE evidence LIKE '{ENQUIRY} %' OR evidence LIKE '{RESPONSE} %' OR evidence LIKE '{PERSON} %' "
        "ON CONFLICT (evidence) DO NOTHING"
    )


def note_responses(session: Session) -> None:
    """All responses of targets, and the enquiries among their evidence."""
    session.execute(
        f"INSERT INTO evidence_waiting (evidence) SELECT '{RESPONSE} ' || id FROM responses WHERE target_id <> '' "
        f"UNION SELECT evidence FROM responses WHERE evidence LIKE '{ENQUIRY} %' "
        "ON CONFLICT (evidence) DO NOTHING"
    )


def some(session: Session, most: int, sort: str = "") -> list[str]:
    """What waits, of one sort or of any, `most` at most; it goes on waiting until it is `done`."""
    rows = session.tuples(
        "SELECT evidence FROM evidence_waiting WHERE evidence >= ? AND evidence < ? ORDER BY evidence LIMIT ?",
        (f"{sort} " if sort else "", f"{sort}!" if sort else "~", most),
    )
    return [one for (one,) in rows]


def done(session: Session, evidence: Sequence[str]) -> None:
    """This was looked at."""
    session.many("DELETE FROM evidence_waiting WHERE evidence = ?", [(one,) for one in evidence])


def any_(session: Session) -> bool:
    """Whether anything waits."""
    return bool(session.tuples("SELECT 1 FROM evidence_waiting LIMIT 1"))
