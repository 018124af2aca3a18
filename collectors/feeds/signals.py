"""From a reading to signals: one place for dates, identities, addresses and bounds, whichever reader was used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from commsleads.collectors.feeds.aliases import PREFIXES, unwrap
from commsleads.collectors.feeds.dates import EARLIEST, FUTURE, exact, read_date
from commsleads.collectors.feeds.items import Item, Reading, web_address
from commsleads.contract import NOTHING, Signal, SignalKind

LONGEST_TITLE = 2_000
LONGEST_BODY = 200_000
LONGEST_NAME = 500
LONGEST_ID = 2_000
LONGEST_URL = 4_096
LONGEST_DATE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed as signals, newest first as the feed has them.

    `about` holds `title`, `link` and `language` of the feed where it gives them; `wait_minutes` is how long it
    asks to be left alone, or 0; `note` is a sentence about damage; `complete` is False where something was cut off.
    """

    signals: list[Signal]
    about: Mapping[str, str]
    wait_minutes: int = 0
    note: str = ""
    complete: bool = True


def make_feed(reading: Reading, *, now: datetime, limit: int = 0, outlet: str = "", language: str = "") -> Feed:
    """Turn a reading into signals. `outlet` and `language` stand in where the feed is silent; `limit` 0 is none."""
    fallback = reading.language or language
    signals = _make_signals(reading.items, now, outlet, fallback)
    note, complete = reading.note, reading.complete
    if len({signal.external_id for signal in signals}) != len(signals):
        signals = _tell_apart(signals)
    if limit and len(signals) > limit:
        note = " ".join(filter(None, (note, f"The feed holds {len(signals)} items; the newest {limit} were taken.")))
        signals, complete = _newest(signals, limit), False
    about = {"title": reading.title[:LONGEST_TITLE], "link": web_address(reading.link), "language": _tag(fallback)}
    return Feed(
        signals=signals,
        about={key: value for key, value in about.items() if value},
        wait_minutes=reading.wait_minutes,
        note=note,
        complete=complete,
    )


def _make_signals(items: list[Item], now: datetime, default_outlet: str, default_language: str) -> list[Signal]:
    signals: list[Signal] = []
    make, kind, latest = Signal._make, SignalKind.ENTRY, now + FUTURE
    tags: dict[str, str] = {}
    for item in items:
        guid, link, title, body, author, email, raw, updated, outlet, language, extra = item
        if not (title or link or body or guid or raw or extra):
            continue
        at = exact(raw)
        if at is None or not EARLIEST <= at <= latest:
            at, note = read_date(raw, now)
            if note:
                extra = {**(extra or NOTHING), "date_note": note}
        if updated:
            extra = {**(extra or NOTHING), "updated_raw": updated[:LONGEST_DATE]}
        identity = guid or link or _digest(title, raw, body[:500])
        if link.startswith(PREFIXES):
            link, title, body, extra = _unwrapped(item, extra)
        if not link.isprintable():
            link = web_address(link)
        if extra:
            facts = "".join(extra.values())
            if len(facts) > LONGEST_URL or not facts.isprintable():
                extra = {name: _printable(value) for name, value in extra.items() if len(value) <= LONGEST_URL}
        tag = tags.get(language)
        if tag is None:
            tag = tags[language] = _tag(language) or _tag(default_language)
        signals.append(
            make((
                identity if len(identity) <= LONGEST_ID else _digest(identity),
                kind,
                title if len(title) <= LONGEST_TITLE else title[:LONGEST_TITLE],
                body if len(body) <= LONGEST_BODY else body[:LONGEST_BODY],
                link if len(link) <= LONGEST_URL else "",
                author if len(author) <= LONGEST_NAME else author[:LONGEST_NAME],
                email[:LONGEST_NAME],
                outlet[:LONGEST_NAME] or default_outlet,
                tag,
                at,
                _printable(raw[:LONGEST_DATE]),
                extra or NOTHING,
                None,
            ))
        )  # fmt: skip
    return signals


def _unwrapped(item: Item, extra: dict[str, str] | None) -> tuple[str, str, str, dict[str, str] | None]:
    """Link, title, body and extra facts of an item whose link may stand for another."""
    found = unwrap(item.link, item.body, item.outlet)
    more = {name: value for name, value in (("alias", found.alias), ("outbound", found.outbound)) if value}
    title = item.title.removesuffix(found.title_suffix).rstrip() if found.title_suffix else item.title
    return found.url, title, "" if found.no_body else item.body, {**(extra or {}), **more} if more else extra


def _tell_apart(signals: list[Signal]) -> list[Signal]:
    """Tell items apart that share a guid: by their address, else by headline and date as well.

    An item that is in the feed twice, letter by letter, is taken once.
    """
    for tell in (_address, _headline, _text):
        times = Counter(signal.external_id for signal in signals)
        if len(times) == len(signals):
            return signals
        signals = [
            signal
            if times[signal.external_id] == 1
            else signal._replace(external_id=_digest(signal.external_id, tell(signal)))
            for signal in signals
        ]
    return list({signal.external_id: signal for signal in reversed(signals)}.values())[::-1]


def _address(signal: Signal) -> str:
    return signal.extra.get("alias") or signal.url


def _headline(signal: Signal) -> str:
    return f"{signal.title}\n{signal.published_raw}"


def _text(signal: Signal) -> str:
    return signal.body[:500]


def _newest(signals: list[Signal], limit: int) -> list[Signal]:
    """The newest by date if every item has one, else the first, because feeds begin with the newest."""
    dated = [(signal.published_at, -place) for place, signal in enumerate(signals) if signal.published_at]
    if len(dated) < len(signals):
        return signals[:limit]
    kept = {-place for _, place in sorted(dated, reverse=True)[:limit]}
    return [signal for place, signal in enumerate(signals) if place in kept]


def _digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()


def _printable(text: str) -> str:
    """An address in order, or any other text without what cannot be printed."""
    return (
        text
        if text.isprintable()
        else web_address(text) or " ".join("".join(x if x.isprintable() else " " for x in text).split())
    )


def _tag(language: str) -> str:
    """A language tag such as `en-GB`, or "" for what is none."""
    tag = language.strip().replace("_", "-")
    return tag if 2 <= len(tag) <= 35 and tag.replace("-", "").isalnum() and tag.isascii() else ""
