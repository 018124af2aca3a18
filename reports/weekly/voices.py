"""Messages, tone, share of voice: three rows for the team, tables for those who count again."""

from __future__ import annotations

from typing import Any

from commsleads.reports.blocks import Block, figures, grey, table, text
from commsleads.reports.weekly.told import Part, Told, titled
from commsleads.reports.weekly.verdicts import between
from commsleads.reports.wording import line, listed, number, percent
from commsleads.reports.words import say

RIVALS = 2
"""Others whose share of voice stands in the row of ours; the table has all."""
TONES = ("negative", "neutral", "positive", "mixed")


def voices_part(told: Told) -> Part:
    """The section: how many stories carry a message, how they speak of us, and how loud we are among others."""
    rows = (_messages(told), _tone(told), _voice(told))
    return Part(
        title=say("head-voices"),
        line=_line(told),
        blocks=(figures(*rows),),
        full=(figures(*rows[1:2]), *_message_table(told), *_tone_more(told), *_voice_table(told)),
    )


def _line(told: Told) -> str:
    """Tone and share of voice, by their values."""
    checked, voices = told.found["tone"].checked, told.found["voices"]
    tone = say("tone-short", negative=checked.negative, n=checked.n) if checked.n else say("tone-short-none")
    if not voices or told.unseen:
        return say("voices-line-none", tone=tone)
    return say("voices-line", tone=tone, share=_voice_share(_ours(voices)))


# --- messages ------------------------------------------------------------------------------------------------------


def _messages(told: Told) -> tuple[str, str, str]:
    """The message that is carried most, of how many."""
    found = [one for one in told.found["messages"] if one.share.n]
    name = say("row-message")
    if not found:
        if not told.found["messages"]:
            return name, say("messages-none"), ""
        return name, say("cannot-tell"), say("messages-no-story")
    best = max(found, key=lambda one: (one.share.value, one.share.n))
    rate = best.share
    said = say("message", text=titled(best.text, 60), k=rate.k, n=rate.n, rate=percent(rate.value))
    before = say("share-before", unit=told.unit, value=_of(best.previous))
    others = len(told.found["messages"]) - 1
    return name, said, say("message-grey", between=between(rate.low, rate.high), before=before, others=others)


def _message_table(told: Told) -> tuple[Block | None, ...]:
    found = told.found["messages"]
    if not found:
        return (text(say("messages-declare")),)
    head = tuple(say(f"messages-{name}") for name in ("text", "share", "before", "prominence", "accuracy"))
    rows = [
        (
            say("message-of", text=line(one.text, 100), campaign=line(one.campaign_name, 40)),
            share(one.share) if one.share.n else say("cannot-tell"),
            _of(one.previous),
            number(round(one.prominence, 1)) if one.prominence is not None else "–",
            say("message-accuracy", k=one.accuracy.k, n=one.accuracy.n, judged=one.judged),
        )
        for one in found
    ]
    return (table(head, rows),)


# --- tone ----------------------------------------------------------------------------------------------------------


def _tone(told: Told) -> tuple[str, str, str]:
    """What people said of the stories; of the others what the machine expects, and that it is a guess."""
    tone, name = told.found["tone"], say("row-tone")
    if not tone.n:
        return name, say("not-looked-short") if told.unseen else say("tone-no-story"), ""
    rest = _unchecked(tone)
    if not tone.checked.n:
        return name, say("tone-unchecked", n=tone.n), rest
    return name, say("tone-checked", n=tone.checked.n, of=tone.n, **_counts(tone.checked)), rest


def _counts(counts: Any) -> dict[str, int]:
    return {tone: getattr(counts, tone) for tone in TONES}


def _unchecked(tone: Any) -> str:
    n = tone.unchecked.n
    if not n or tone.expected is None:
        return ""
    return say("tone-expected", n=n, share=percent(tone.expected))


def _tone_more(told: Told) -> tuple[Block | None, ...]:
    tone = told.found["tone"]
    if not tone.n:
        return ()
    head = (say("tone-by"), *(say(f"tone-{name}") for name in TONES))
    rows = [
        (say("tone-row-people"), *(number(value) for value in _counts(tone.checked).values())),
        (say("tone-row-machine"), *(number(value) for value in _counts(tone.unchecked).values())),
    ]
    if tone.previous is not None:
        rows.insert(1, (say("tone-row-before", unit=told.unit), *(number(n) for n in _counts(tone.previous).values())))
    notes = grey(say("tone-unread", n=tone.unread)) if tone.unread else None
    return (table(head, rows), notes, *_believed(tone.reliability))


def _believed(good: Any) -> tuple[Block | None, ...]:
    """How far the machine's guesses may be believed: its chances beside what people said of the same stories."""
    if not good.n:
        return ()
    right = say("rate", rate=percent(good.agreed.value), between=between(good.agreed.low, good.agreed.high))
    words = say("tone-reliability", n=good.n, k=good.agreed.k, rate=right, better=good.better.replace(" ", "-"))
    score = say("tone-brier", ours=f"{good.brier:.3f}", usual=f"{good.usual:.3f}")
    counts = zip(TONES, good.expected, good.was, strict=False)  # mixed is no machine's word
    each = listed([say(f"tone-found-{name}", expected=f"{told:.0f}", n=was) for name, told, was in counts])
    head = tuple(say(f"tone-bin-{name}") for name in ("chance", "stories", "told", "was"))
    rows = [
        (f"{percent(one.low)} – {percent(one.high)}", number(one.was.n), percent(one.said), _plain_share(one.was))
        for one in good.bins
    ]
    return (text(f"{words} {score} {say('tone-found', each=each)}"), table(head, rows))


# --- share of voice ------------------------------------------------------------------------------------------------


def _voice(told: Told) -> tuple[str, str, str]:
    """Our part of what was written about us and others, each story by its weight; and theirs."""
    voices, name = told.found["voices"], say("row-voice")
    if not voices:
        return name, say("not-measured"), say("voices-none")
    if told.unseen:
        return name, say("not-looked-short"), ""
    ours = _ours(voices)
    others = sorted((one for one in voices if one is not ours), key=lambda one: -one.share.k)
    theirs = [say("voice-other", name=line(one.name, 30), share=_weighted(one)) for one in others[:RIVALS]]
    before = say("share-before", unit=told.unit, value=_weighted_before(ours))
    low, high = (
        (ours.weighted_low, ours.weighted_high) if ours.weighted_low is not None else (ours.share.low, ours.share.high)
    )
    by = "weight" if ours.weighted is not None else "number"
    said = say("voice", share=_weighted(ours), by=by, k=ours.share.k, n=ours.share.n)
    grey_words = [between(low, high)] if ours.share.n else []
    return name, said, "; ".join([*grey_words, *theirs, before])


def _ours(voices: Any) -> Any:
    return next((one for one in voices if one.role == "brand"), voices[0])


def _voice_share(voice: Any) -> str:
    if voice.weighted is not None and voice.weighted_low is not None:
        return say("rate", rate=percent(voice.weighted), between=between(voice.weighted_low, voice.weighted_high))
    if not voice.share.n:
        return say("cannot-tell")
    return say("rate", rate=percent(voice.share.value), between=between(voice.share.low, voice.share.high))


def _plain_share(found: Any) -> str:
    if not found.n:
        return say("cannot-tell")
    return say("rate", rate=percent(found.value), between=between(found.low, found.high))


def _weighted(voice: Any) -> str:
    return percent(voice.weighted if voice.weighted is not None else voice.share.value)


def _weighted_before(voice: Any) -> str:
    if voice.previous is None:
        return _of(None)
    if voice.previous_weighted is not None:
        return percent(voice.previous_weighted)
    return percent(voice.previous.value) if voice.previous.n else say("no-stories")


def _voice_table(told: Told) -> tuple[Block | None, ...]:
    voices = told.found["voices"]
    if not voices:
        return (text(say("voices-declare")),)
    if told.unseen:
        return (text(say("not-looked")),)
    head = tuple(say(f"voices-{name}") for name in ("name", "stories", "share", "weighted"))
    head = (*head, say("share-before-head", unit=told.unit))
    rows = [
        (
            line(one.name, 60),
            say("k-of-n", k=one.share.k, n=one.share.n),
            _plain_share(one.share),
            _voice_share(one) if one.weighted is not None else "–",
            _of(one.previous),
        )
        for one in voices
    ]
    return (table(head, rows), grey(say("voices-note")))


# --- shares --------------------------------------------------------------------------------------------------------


def share(found: Any) -> str:
    """`8 of 13 (62%, 36–82%)`."""
    return say("share", k=found.k, n=found.n, rate=percent(found.value), between=between(found.low, found.high))


def _of(found: Any) -> str:
    if found is None:
        return "–"
    return say("k-of-n", k=found.k, n=found.n) if found.n else say("no-stories")
