"""A signal on its way in: cleaned at the door, with what the rules need and what the store keeps."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from commsleads import text
from commsleads.contract import Signal, SignalKind
from commsleads.store.engine import moment, stamp

# Made once: `json.dumps` with options makes an encoder for each call.
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode

AHEAD = timedelta(minutes=10)
"""A date further ahead of us than clocks differ is not believed."""


@dataclass(slots=True, init=False)
class Seen:
    """A signal on its way in: cleaned, with what the rules need. Mutable, because the pass fills it step by step."""

    arrival: int
    author: str
    canonical: str
    content_hash: str
    date_note: str
    domain: str
    extra: str
    external_id: str
    folded_text: str
    folded_title: str
    id: str
    kind: str
    language: str
    links: Sequence[str]
    outlet: str
    published_at: str
    published_raw: str
    source_id: str
    story_id: str
    story_why: str
    text: str
    title: str
    url: str
    when: datetime


def signal_id(source_id: str, external_id: str) -> str:
    """The id of a signal: 16 hexadecimal digits from its content.

    The first four stand for the source, so that the rows of one feed lie side by side in the index and a poll of a
    known feed touches few pages, however long the history.
    """
    inner = blake2b(f"{source_id}\n{external_id}".encode("utf-8", "surrogatepass"), digest_size=6)
    return _source_part(source_id) + inner.hexdigest()


@lru_cache(maxsize=20_000)
def _source_part(source_id: str) -> str:
    return blake2b(source_id.encode(), digest_size=2).hexdigest()


def is_mail(signal: Signal) -> bool:
    """Whether a signal is a mail: then it goes the way of letters and never among the mentions."""
    return signal.letter is not None and signal.kind == SignalKind.MESSAGE


def seen_hash(signal: Signal) -> str:
    """A fingerprint of what was seen, by which an edited item is told from a known one."""
    whole = f"{signal.title}\n{signal.url}\n{signal.body}".encode("utf-8", "surrogatepass")
    return blake2b(whole, digest_size=8).hexdigest()


def read(ident: str, source_id: str, signal: Signal, now: datetime) -> Seen:
    """Clean one signal at the door."""
    one = Seen()
    one.id = ident
    one.source_id = source_id
    one.kind = signal.kind
    one.external_id = signal.external_id
    one.url = signal.url
    one.title = text.title(signal.title)
    one.text = text.plain(signal.body)
    one.author = text.title(signal.author) if signal.author else ""
    one.outlet = text.title(signal.outlet) if signal.outlet else ""
    one.language = signal.language
    one.published_raw = signal.published_raw
    one.links = text.links(signal.body)
    one.content_hash = seen_hash(signal)
    extra = signal.extra
    one.date_note = extra.get("date_note", "") if extra else ""
    if one.outlet:
        extra = {**extra, "outlet": one.outlet}  # as the source named it; the register may name it otherwise
    one.extra = _encode(dict(extra)) if extra else ""
    published = signal.published_at
    if published is None:
        one.published_at, one.when = "", now
    else:
        if published > now + AHEAD:
            published = now
            one.date_note = "dated in the future, so read as first seen"
        one.published_at, one.when = stamp(published), published
    one.folded_title = text.fold(one.title)
    one.folded_text = text.fold(one.text)
    return one


def kept(row: Mapping[str, Any]) -> Seen:
    """A signal back from the store."""
    one = Seen()
    for name in (
        "author", "content_hash", "date_note", "domain", "extra", "external_id", "id", "kind", "language",
        "published_at", "published_raw", "source_id", "story_id", "story_why", "text", "title", "url", "arrival",
    ):  # fmt: skip
        setattr(one, name, row[name])
    one.outlet = json.loads(row["extra"]).get("outlet", "") if row["extra"] else ""
    one.canonical = row["canonical_url"]
    one.links = json.loads(row["links"]) if row["links"] else []
    one.when = moment(row["published_at"] or row["first_seen_at"])  # type: ignore[assignment]
    one.folded_title = text.fold(one.title)
    one.folded_text = text.fold(one.text)
    return one


def columns(one: Seen, first_seen_at: str) -> tuple[Any, ...]:
    """A row of `signals`, in the order of `store.signals.Columns` (making one of those takes three times as long)."""
    return (
        one.id, one.source_id, one.kind, one.external_id, one.url, one.title, one.text, one.author, one.language,
        one.published_at, one.published_raw, one.date_note, json_list(one.links), one.extra, one.content_hash,
        first_seen_at, "", one.arrival, one.canonical, one.outlet, one.domain, one.story_id, one.story_why,
    )  # fmt: skip


def json_list(values: Sequence[str]) -> str:
    return _encode(values) if values else ""
