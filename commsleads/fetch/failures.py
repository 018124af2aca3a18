"""What went wrong on the way to a server or in its answer, said for a person, with its weight in quarters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import pycurl

from commsleads.addresses import Refusal
from commsleads.errors import AuthError, CollectError, CoolingError, FetchError, RefusedAddressError
from commsleads.fetch.heads import stay_away

HARD = 4
SOFT = 2

_WORDS = {
    pycurl.E_UNSUPPORTED_PROTOCOL: "The server does not answer in HTTP.",
    pycurl.E_COULDNT_RESOLVE_PROXY: "The proxy of [fetch] proxy was not found. Check its name.",
    pycurl.E_COULDNT_RESOLVE_HOST: "The name of the server was not found. Check the address if this lasts.",
    pycurl.E_COULDNT_CONNECT: "The server cannot be reached: nothing answers there.",
    pycurl.E_PARTIAL_FILE: "The answer broke off before its end. It will be asked for again.",
    pycurl.E_GOT_NOTHING: "The server closed the line without an answer.",
    pycurl.E_SEND_ERROR: "The connection broke off while the request was sent.",
    pycurl.E_RECV_ERROR: "The connection broke off in the middle of the answer. It will be asked for again.",
    pycurl.E_SSL_CONNECT_ERROR: "No encrypted connection came about: the server speaks no TLS that is known here.",
    8: "The server does not answer in HTTP.",  # a weird server reply; libcurl's name for it is from FTP
    77: "The file of certificate authorities cannot be read. Check SSL_CERT_FILE in the environment.",
    100: "The head of the answer is too long to be one of HTTP.",
    97: "The proxy of [fetch] proxy refused. Check its settings.",
}
_TLS = frozenset({pycurl.E_PEER_FAILED_VERIFICATION, 51, 60, 83, 90, 91})
"""Codes for a certificate that is not trusted; 51 and 60 are the older and newer number of the same thing."""


def failure(code: int, handle: pycurl.Curl) -> FetchError:
    """The error for a libcurl code."""
    if code == pycurl.E_OPERATION_TIMEDOUT:
        return out_of_time(connected=bool(handle.getinfo(pycurl.CONNECT_TIME)))
    if code in _TLS:
        why = _clean(handle.errstr())
        return FetchError(
            f"The certificate of the server is not to be trusted, so nothing was read ({why}). "
            "This is for the people of that server to mend."
        )
    words = _WORDS.get(code)
    return FetchError(words or f"The exchange with the server failed (libcurl {code}: {_clean(handle.errstr())}).")


class TimeUpError(FetchError):
    """The server was too slow, or nobody was there at all."""


def out_of_time(*, connected: bool = True) -> FetchError:
    what = "had not finished its answer" if connected else "had not answered the call"
    return TimeUpError(f"The server {what} when the time was up ([fetch] timeout). It will be asked again.")


def silent(host: str) -> CoolingError:
    return CoolingError(f"{host} has just let other requests time out, so it was not asked. It will be another time.")


def refused(refusal: Refusal) -> RefusedAddressError:
    such = f': allow_networks = ["{refusal.address}"]' if refusal.address else ""
    return RefusedAddressError(
        f"The address leads to {refusal.address or 'a place'}, which is {refusal.reason}, and is not connected to. "
        f"If you mean to poll it, admit it or its network under [fetch]{such or ' allow_networks'}."
    )


def status_error(status: int, head: Mapping[str, str], url: str, now: datetime) -> CollectError:
    """The error for a status that brings nothing; carries `wait` when the server says how long to stay away."""
    if status == 401:
        return AuthError("The server says 401: it wants a name and a password, or has new ones.", status=status)
    if status == 407:
        return AuthError("The proxy of [fetch] proxy says 407: it wants a name and a password.", status=status)
    wait = stay_away(status, head, now, url)
    if wait:
        what = {429: "too many requests", 503: "it is not available now"}.get(status, "not now")
        words = f"The server says {status}: {what}. It is left alone {_for(wait)}."
        return FetchError(words, status=status, wait=wait)
    if status == 403:
        return FetchError(_forbidden(head), status=status, quarters=HARD)
    words, quarters = _status_words(status)
    return FetchError(f"The server says {status}: {words}", status=status, quarters=quarters)


def _forbidden(head: Mapping[str, str]) -> str:
    if "challenge" in head.get("cf-mitigated", "").lower():
        return (
            "The server says 403 and wants a browser to prove that a person sits there (Cloudflare). "
            "Ask the publisher to let this poller through, or find another address of the feed."
        )
    return "The server says 403: it does not let this program read the address. Ask the publisher for a way."


def _status_words(status: int) -> tuple[str, int]:
    if status == 404:
        return "there is nothing at this address now. Check the address if this lasts.", SOFT
    if status == 410:
        return "what was at this address is gone for good. Look for a new address, or take the source out.", HARD
    if status in (408, 425):
        return "the request came too slowly or too early. It will be made again.", SOFT
    if 400 <= status < 500:
        return "it does not accept the request. Open the address in a browser and compare.", HARD
    if status == 503:
        return "it is not available now. It will be asked again later.", SOFT
    if status >= 500:
        return "it has a fault of its own. It will be asked again later.", SOFT
    return "that is no document. Open the address in a browser and compare.", SOFT


def _for(wait: timedelta) -> str:
    seconds = wait.total_seconds()
    for size, name in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"for {seconds / size:.0f} {name}"
    return f"for {seconds:.0f} seconds"


def _clean(words: str) -> str:
    """What libcurl says may quote the server: kept printable and short."""
    return "".join(letter if letter.isprintable() else " " for letter in words)[:200].strip()
