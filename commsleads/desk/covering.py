"""What appeared: stories tied back to the enquiry they came of. Rules suggest, people decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from commsleads.config import Settings
from commsleads.desk.entry import LONGEST, MOST, must_be_one_of
from commsleads.desk.looking import readable
from commsleads.desk.record import Change, Desk, changing, must_see
from commsleads.enquiries import TONES
from commsleads.errors import NotFoundError
from commsleads.rules.desk.errors import DeskError
from commsleads.rules.desk.yielded import unreached as passage_in
from commsleads.store.desk import cases, covered, enquiries, tracing
from commsleads.store.engine import Row, stamp
from commsleads.store.history import dump

MOST_MESSAGES = 50


def suggest(
    desk: Desk,
    wanted: str,
    story: str,
    *,
    permille: int,
    reasons: Sequence[str],
    unreached: str = "",
    quote_used: bool | None = None,
) -> bool:
    """Note that a story may have come of an enquiry; False when that was noted, confirmed or refused before."""
    with changing(desk, wanted, "suggested coverage") as change:
        found = covered.signal(desk.session, story)
        return covered.add(
            desk.session, change.id, found["id"], state="suggested", permille=permille, reasons=reasons,
            seen_at=found["first_seen_at"], unreached=unreached[:MOST], by=desk.who.id, at=stamp(desk.now),
            quote_used=quote_used,
        )  # fmt: skip


def renew(
    desk: Desk,
    wanted: str,
    story: str,
    *,
    permille: int,
    reasons: Sequence[str],
    unreached: str = "",
    quote_used: bool | None = None,
) -> bool:
    """Give other reasons for a suggestion that nobody has decided on; False when somebody has."""
    with changing(desk, wanted, "suggested coverage") as change:
        row = covered.row(desk.session, change.id, story)
        if row is None or row["state"] != "suggested":
            return False
        quote = None if quote_used is None else int(quote_used)
        fields = {"permille": permille, "reasons": dump(list(reasons)), "unreached": unreached[:MOST]}
        _write(desk, change, story, {**fields, "quote_used": quote})
        return True


def take_back(desk: Desk, wanted: str, story: str) -> None:
    """The rules do not suggest this any more. What a person decided stays."""
    with changing(desk, wanted, "withdrew a suggestion") as change:
        covered.remove(desk.session, change.id, story)


def confirm(desk: Desk, wanted: str, story: str, *, quote_used: bool | None = None, version: int | None = None) -> str:
    """This story came of it: suggested before, or found by a person. The id of the story."""
    with changing(desk, wanted, "confirmed coverage", version=version) as change:
        found = covered.signal(desk.session, story)
        new = covered.add(
            desk.session, change.id, found["id"], state="confirmed", permille=1000, reasons=[f"by {desk.who.id}"],
            seen_at=found["first_seen_at"], unreached=_missed(desk, found), by=desk.who.id, at=stamp(desk.now),
            quote_used=quote_used,
        )  # fmt: skip
        if not new:
            _write(desk, change, found["id"], {"state": "confirmed"})
        # Another copy of the story may have been suggested: it is decided with this one.
        for other in covered.suggested_copies(desk.session, change.id, found):
            covered.remove(desk.session, change.id, other)
        if quote_used is not None:
            _write(desk, change, found["id"], {"quote_used": int(quote_used)})
        return str(found["id"])


def refuse(desk: Desk, wanted: str, story: str) -> str:
    """This story did not come of it. It is not suggested again."""
    with changing(desk, wanted, "refused coverage") as change:
        return _write(desk, change, _tied(desk, change, story), {"state": "refused"})


def error(desk: Desk, wanted: str, story: str, what: str) -> str:
    """Something in the story is wrong; what."""
    if not what.strip():
        raise DeskError("Say what is wrong in the story.")
    with changing(desk, wanted, "found an error in coverage") as change:
        signal_id = _confirmed(desk, change, story)
        return _write(desk, change, signal_id, {"error": what.strip()[:LONGEST]})


def coded(
    desk: Desk, wanted: str, story: str, *, messages: Sequence[str] | None = None, tone: str | None = None
) -> str:
    """What a person read in a story: which of our messages it carries (none of them: empty), its tone towards us."""
    if tone is not None:
        must_be_one_of(tone=(tone, TONES))
    with changing(desk, wanted, "coded coverage") as change:
        fields: dict[str, Any] = {} if tone is None else {"tone": tone}
        if messages is not None:
            named = dict.fromkeys(" ".join(message.split())[:LONGEST] for message in messages)
            fields["messages"] = dump([message for message in named if message][:MOST_MESSAGES])
        return _write(desk, change, _confirmed(desk, change, story), fields)


def correction(desk: Desk, wanted: str, story: str, *, granted: bool = False) -> str:
    """A correction was asked for, or (`granted`) was made."""
    what = "was granted a correction" if granted else "asked for a correction"
    with changing(desk, wanted, what) as change:
        signal_id = _confirmed(desk, change, story)
        row = covered.row(desk.session, change.id, signal_id)
        if granted and row and not row["correction_asked_at"]:
            raise DeskError("No correction was asked for: note that first, with --correction-asked.")
        name = "correction_granted_at" if granted else "correction_asked_at"
        return _write(desk, change, signal_id, {name: stamp(desk.now)})


def listed(desk: Desk, wanted: str = "") -> list[Row]:
    """What is tied to an enquiry; without one, every suggestion that waits and that this person may see."""
    if not wanted:
        return readable(desk, tracing.listed(desk.session))
    row = enquiries.find(desk.session, wanted, desk.year)
    case = cases.case(desk.session, row["id"])
    if case is None:
        raise NotFoundError(f"There is no enquiry {wanted}.")
    must_see(desk, case)
    return readable(desk, tracing.listed(desk.session, row["id"]))


def names(settings: Settings) -> tuple[str, ...]:
    """What we are called: the organisation, and the phrases of its brands."""
    brands = (phrase for watch in settings.watches if watch.role == "brand" for phrase in watch.any)
    return tuple(filter(None, (settings.organisation.name, *brands)))


def _missed(desk: Desk, found: Row) -> str:
    """The passage of a story that a person found by which we could not be reached."""
    called = names(desk.settings)
    passage = passage_in(f"{found['title']}\n{found['text']}", called) if called else None
    return passage.words[:MOST] if passage and passage.kind == "unreached" else ""


def _tied(desk: Desk, change: Change, story: str) -> str:
    found = covered.signal(desk.session, story)
    if covered.row(desk.session, change.id, found["id"]) is None:
        raise NotFoundError(f"That story is not tied to {change.reference}.")
    return str(found["id"])


def _confirmed(desk: Desk, change: Change, story: str) -> str:
    signal_id = _tied(desk, change, story)
    row = covered.row(desk.session, change.id, signal_id)
    if row is None or row["state"] != "confirmed":
        raise DeskError(f"That story is not confirmed for {change.reference}: confirm it first.")
    return signal_id


def _write(desk: Desk, change: Change, signal_id: str, fields: dict[str, Any]) -> str:
    covered.change(desk.session, change.id, signal_id, {**fields, "by": desk.who.id, "at": stamp(desk.now)})
    return signal_id
