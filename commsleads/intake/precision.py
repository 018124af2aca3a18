"""How good the reading of mails is: what people said of mails, against what the rules had said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from commsleads.letters import LetterClass
from commsleads.rules.figures import Share, wilson
from commsleads.store import review
from commsleads.store.engine import Session


class Precision(NamedTuple):
    """Of the mails that the rules called `kind` and a person looked at: how many were that."""

    kind: str
    n: int
    right: int
    share: Share | None
    instead: Sequence[tuple[str, int]]


def precision(session: Session) -> list[Precision]:
    """The precision of each class so far, by people's labels; None as share where nobody looked at any.

    People look at the doubtful ones, so the true precision over all mails is rather higher.
    """
    labels = review.labels(session)
    found = []
    for kind in LetterClass:
        mine = [said for said, was, _ in labels if was == kind]
        right = sum(said == kind for said in mine)
        instead = Counter(said for said in mine if said != kind).most_common()
        found.append(Precision(kind.value, len(mine), right, wilson(right, len(mine)) if mine else None, instead))
    return found
