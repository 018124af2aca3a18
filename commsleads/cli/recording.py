"""An enquiry whole, as people read it: every field that holds something, then what hangs on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from commsleads.cli.desking import deadline_words, harmless, spoken

if TYPE_CHECKING:
    from commsleads.app import App

Told = Callable[[str | None], str]


def record_words(app: App, told: dict[str, Any]) -> str:
    """A whole record for people."""
    from commsleads.cli.answers import local

    at = local(app)
    lines = [f"{told['reference']}  {' '.join(harmless(told['subject']).split())}", ""]
    facts = _head(app, told, at) | _about(told) | _end(told, at)
    lines += [f"{name + ':':14}{' '.join(harmless(said).split())}" for name, said in facts.items() if said.strip()]
    lines += _lists(told, at)
    return "\n".join(lines)


def _joined(*said: str) -> str:
    return ", ".join(filter(None, said))


def _head(app: App, told: dict[str, Any], at: Told) -> dict[str, str]:
    """Who asks, by when, whose it is, where it stands."""
    hold = spoken(told["hold"])
    asked = [_joined(one["name"], one.get("role", ""), *_reached(one)) for one in told["journalists"]]
    outlet = _joined(told["outlet"], told["programme"], told["outlet_type"], told["region"], _tier(told))
    taken = f"by {told['channel_in']}" + (f", taken by {told['received_by']}" if told["received_by"] else "")
    out = ", out of hours" if told["out_of_hours"] else ""
    on_call = f", {told['on_call_user']} on call" if told["on_call_user"] else ""
    logged = f", logged {at(told['logged_at'])}" if told["logged_at"] != told["received_at"] else ""
    return {
        "state": _joined(spoken(told["shown"]), hold),
        "from": "; ".join(filter(None, asked)),
        "outlet": outlet,
        "parent": told["parent"],
        "writes for": told["freelance_for"],
        "deadline": deadline_words(app, told),
        "publication": told["expected_publication"],
        "received": f"{at(told['received_at'])} {taken}{out}{on_call}{logged}",
        "owner": _joined(told["owner"], told["team"], f"{told['cover']} stands in" if told["cover"] else ""),
        "level": _joined(told["level"], "urgent" if told["urgent"] else ""),
        "privacy": told["privacy"],
        "stance": told["stance"],
        "direction": told["direction"],
    }


def _reached(one: dict[str, Any]) -> tuple[str, ...]:
    preferred = one.get("preferred", "")
    return one.get("email", ""), one.get("phone", ""), f"prefers {preferred}" if preferred else ""


def _tier(told: dict[str, Any]) -> str:
    return f"tier {told['tier']}" if told["tier"] is not None else ""


def _about(told: dict[str, Any]) -> dict[str, str]:
    """What it is about, and who may speak on it."""
    trained = {None: "", True: "media-trained", False: "not media-trained"}[told.get("media_trained")]
    return {
        "wants": _joined(told["request_type"], told["format"], told["language"]),
        "with": told["participants"],
        "background": told["background"],
        "angle": told["angle"],
        "heard of us": told["heard_how"],
        "source": told["source_detail"],
        "issues": ", ".join(told["issues"]),
        "campaigns": ", ".join(told["campaigns"]),
        "asked to": ", ".join(told["ctas"]),
        "watches": ", ".join(told["watches"]),
        "facts from": ", ".join(told.get("fact_sources", ())),
        "spokesperson": _joined(told["spokesperson"], trained, told.get("availability", "")),
    }


def _end(told: dict[str, Any], at: Told) -> dict[str, str]:
    """The answer, and what came of it."""
    until = f" until {at(told['embargo_until'])}" if told["embargo_until"] else ""
    return {
        "acknowledged": f"{at(told['acknowledged_at'])} {told['acknowledged_by']}",
        "answered": f"{at(told['response_sent_at'])} {told['response_sent_by']} {told['response_kind']}",
        "terms": f"{told['attribution_terms']}{until}",
        "lapsed": at(told["lapsed_at"]),
        "ended": f"{at(told['ended_at'])} {told['end_reason']}",
        "duplicate of": told["duplicate_of"],
        "redirected to": told["redirected_to"],
        "outcome": told["outcome"],
        "time spent": f"{told['time_spent']} min" if told["time_spent"] else "",
        "lessons": told["lessons"],
        "kept until": at(told["erase_after"]),
    }


def _lists(told: dict[str, Any], at: Told) -> list[str]:
    lists: dict[str, list[str]] = {
        "questions": [
            f"{one['number']}. {one['text']} [{one['state']}]" + (f" {one['answer']}" if one["answer"] else "")
            for one in told["questions"]
        ],
        "drafts": [
            f"{one['number']}. {at(one['at'])} {one['author']}{_line(one)}: {one['text']}" for one in told["drafts"]
        ],
        "sign-off": [_step(one, at) for one in told["approvals"]],
        "answers": [_answer(one, at) for one in told["answers"]],
        "experts": [
            f"{one['number']}. {one['expert']}, asked {at(one['asked_at'])}"
            + (f", answered {at(one['answered_at'])}" if one["answered_at"] else ", no answer yet")
            + (f": {one['note']}" if one["note"] else "")
            for one in told["experts"]
        ],
        "promised": [
            f"{one['number']}. {one['what']} by {at(one['due_at'])}"
            + (f", done {at(one['done_at'])}" if one["done_at"] else "")
            for one in told["follow_ups"]
        ],
        "interviews": [
            _joined(
                f"{one['number']}. {one['spokesperson']}", at(one["at"]), "chief executive" if one["chief"] else "",
                "media-trained" if one["trained"] else "", one["format"],
                f"recording: {one['recording']}" if one["recording"] else "", one["note"],
            )
            for one in told["interviews"]
        ],
        "coverage": [_covered(one, at) for one in told["coverage"]],
        "mails": [f"{one['number']}: {one['why']}" for one in told["letters"]],
    }  # fmt: skip
    lines: list[str] = []
    for name, entries in lists.items():
        if entries:
            lines += ["", f"{name}:"] + ["  " + harmless(entry).replace("\n", "\n     ").rstrip() for entry in entries]
    return lines


def _line(one: dict[str, Any]) -> str:
    return f", line {one['line_id']} v{one['line_version']}" if one.get("line_id") else ""


def _step(one: dict[str, Any], at: Told) -> str:
    when = at(one["decided_at"]) or f"since {at(one['asked_at'])}"
    said = f"{one['step']}: {one['decision'].replace('_', ' ')} by {one['approver']}, {when}"
    if one["decision"] == "asked":
        said = f"{one['step']}: {one['approver']} was asked at {at(one['asked_at'])}"
    return f"round {one['round']}, draft {one['draft']}, {said}" + (f": {one['comment']}" if one["comment"] else "")


def _answer(one: dict[str, Any], at: Told) -> str:
    until = f" until {at(one['embargo_until'])}" if one["embargo_until"] else ""
    files = f", with {', '.join(one['files'])}" if one["files"] else ""
    head = f"{one['number']}. {at(one['at'])} {one['by']}, {one['kind']}, {one['method']}, {one['terms']}{until}"
    return f"{head}{_line(one)}{files}:\n{one['text']}"


def _covered(one: dict[str, Any], at: Told) -> str:
    """One story; `enquiry coverage` tells its title."""
    quoted = {None: "", True: "our words used", False: "our words not used"}[one["quote_used"]]
    messages = one.get("messages")
    carried = "" if messages is None else f"carries: {'; '.join(messages) or 'no message of ours'}"
    correction = (
        f"correction granted {at(one['correction_granted_at'])}" if one["correction_granted_at"]
        else f"correction asked {at(one['correction_asked_at'])}" if one["correction_asked_at"] else ""
    )  # fmt: skip
    said = _joined(
        quoted, carried, one.get("tone", ""), f"wrong: {one['error']}" if one["error"] else "", correction,
        f"“{one['unreached']}”" if one["unreached"] else "",
    )  # fmt: skip
    return f"{one['number']} {one['state']}, seen {at(one['seen_at'])}" + (f": {said}" if said else "")
