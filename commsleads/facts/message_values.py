"""What the facts of key messages are: how many of a campaign's stories carry what we wanted to be said."""

from __future__ import annotations

from dataclasses import dataclass

from commsleads.rules.figures import Share


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLine:
    """The pull-through of one key message in a period.

    `share` is k of n: stories tied to the campaign that carry the message, of all tied to it. `previous` is that of the
    period before, None where the campaign had not begun or nobody was looking. `prominence` is the mean over the k (2
    headline or lead, 1 elsewhere), None without any. `judged` of the k were looked at by a person (presence or
    accuracy); `accuracy` is the share of wholly right ones (2) among those whose accuracy a person judged, `partly` and
    `wrong` are the counts of the others. `rows` are the k stories.
    """

    campaign: str
    campaign_name: str
    id: str
    text: str
    phrases: int
    share: Share
    previous: Share | None
    prominence: float | None
    judged: int
    accuracy: Share
    partly: int
    wrong: int
    rows: tuple[str, ...]
    definition: str
    query: str
