"""Subjects of mails: the prefixes that programs put before them, and what is left."""

from __future__ import annotations

import re

from commsleads.text import fold

_REPLY = "re|aw|antw|antwort|sv|vs|odp|res|rép|ré|yanıt|ynt|atb|отв|ответ|на|re aw|回复|回覆|答复|答覆|返信|回信|답장"
_FORWARD = (
    "fwd?|fw|wg|tr|rv|rif|enc|i|vb|vl|pd|doorst|doorgestuurd|ilt|videres"
    "|weitergeleitet|transf|reenv|转发|轉寄|转寄|轉發|転送|전달"
)
# `R:` is Italian for an answer, `RV:` and `TR:` are forwards which many use to answer.
_ANY = re.compile(
    rf"\s{{0,20}}(?:(?:\[[^\]\n]{{1,40}}\]\s{{0,5}}){{0,3}}(?:{_REPLY}|{_FORWARD}|r)\s?(?:[\[(]\d{{1,3}}[\])]"
    rf"|\^\d{{1,3}})?\s?[:：]\s{{0,20}})",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    rf"\s{{0,20}}(?:\[[^\]\n]{{1,40}}\]\s{{0,5}}){{0,3}}(?:{_REPLY}|r|rv|tr)\s?(?:[\[(]\d{{1,3}}[\])])?\s?[:：]",
    re.IGNORECASE,
)
_TAG = re.compile(r"\[[^\]\n]{1,40}\]\s{0,5}")
_MOST_PREFIXES = 20


def answers(subject: str) -> bool:
    """Whether a subject begins as answers do, in the languages of the mail programs."""
    return bool(_ANSWER.match(subject[:300]))


def bare(subject: str) -> str:
    """A subject without prefixes, as its first writer wrote it. Tags in brackets go only where prefixes stood."""
    left = subject[:500]
    for _ in range(_MOST_PREFIXES):
        match = _ANY.match(left)
        if not match:
            break
        left = left[match.end() :]
    return left.strip()


def base(subject: str) -> str:
    """What subjects of one conversation have in common, for comparing only: no prefixes, no tags, folded."""
    return fold(_TAG.sub("", bare(subject))).strip(" .!?-")
