"""Who may see an enquiry, and when a look must be written down.

`open` is for everybody in the house, `team` for the officers of its team, `restricted` for those who work on it: its
owner and who covers for them, its author, those asked to sign, and leads. Where no officers are declared there is
nobody to tell apart, and everything is seen; a look at a restricted enquiry is recorded all the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from commsleads.enquiries import Case, Officer

LEAD = "lead"


def may_see(officer: Officer | None, case: Case, officers: Sequence[Officer]) -> bool:
    """Whether this person may see this enquiry. `None` is somebody who has not said who they are.

    An enquiry of no team is its owner's team's; without either it is everybody's who is an officer.
    """
    if case.privacy == "open" or not officers:
        return True
    if officer is None or officer.id not in {one.id for one in officers}:
        return False
    if officer.role == LEAD or officer.id in concerned(case, officers):
        return True
    if case.privacy != "team":
        return False
    team = case.team or next((one.team for one in officers if one.id == case.owner), "")
    return not team or officer.team == team


def concerned(case: Case, officers: Sequence[Officer]) -> frozenset[str]:
    """The ids of those who work on it: owner, cover, author, and whoever was asked to sign."""
    covers = {one.cover for one in officers if one.id == case.owner}
    return frozenset({case.owner, case.author, *covers, *(one.approver for one in case.approvals)} - {""})


def look_needs_record(case: Case) -> bool:
    """Whether each look at it is to be written into its history, whoever looks."""
    return case.privacy == "restricted"
