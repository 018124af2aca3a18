"""One alert out of the house by Apprise, and what is certain about it afterwards. Runs in a child process, see `apart`.

Apprise answers yes or no; a no may mean that the service refused it, or that the line broke after it was taken.
Sending the latter again might tell it twice, so what Apprise's transports meet on their way is watched: an answer with
a status, a connection that never came about, and everything else, which is in doubt.

Imported by the child alone: Apprise takes a third of a second.
"""

from __future__ import annotations

import contextlib
import logging
import warnings
from collections.abc import Callable, Iterator
from typing import Any, Literal, NamedTuple

State = Literal["sent", "refused", "later", "doubt", "wrong"]
WAIT = 10.0
"""Seconds that a service has to answer."""
FOR_GOOD = frozenset({
    400, 401, 403, 404, 405, 410, 413, 422,
    530, 534, 535, 538, 550, 551, 552, 553, 554, 555,
})  # fmt: skip
"""Statuses of HTTP, and codes of SMTP, after which trying again is no use: the address, the right or the message is
wrong."""


class Left(NamedTuple):
    """What became of it: sent; refused for good; certainly not sent, so try later; in doubt; or the address is wrong.

    `why` is a sentence without the address and without anything that the service said."""

    state: State
    why: str = ""


def leave(url: str, title: str, body: str, wait: float = WAIT) -> Left:
    """Send one alert to one Apprise URL; a service has `wait` seconds to connect and as many to answer."""
    import apprise

    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    service = _service(apprise, url)
    if isinstance(service, Left):
        return service
    service.socket_connect_timeout = service.socket_read_timeout = wait
    notifier = apprise.Apprise(asset=service.asset)
    notifier.add(service)
    with _watched() as met:
        done = notifier.notify(
            title=title, body=body, notify_type=apprise.NotifyType.INFO, body_format=apprise.NotifyFormat.TEXT
        )
    return Left("sent") if done else _judged(met)


def problem(url: str) -> str:
    """Why no alert can go to this Apprise URL, as a sentence without it; '' when it is one. Nothing is sent."""
    import apprise

    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    service = _service(apprise, url)
    return service.why if isinstance(service, Left) else ""


def _service(apprise: Any, url: str) -> Any:
    """The service of a URL, or why there is none. It keeps nothing on the disk and loads no code of others."""
    asset = apprise.AppriseAsset(
        app_id="commsleads",
        app_desc="commsleads",
        storage_mode="memory",
        secure_logging=True,
        async_mode=False,
        interpret_emojis=False,
        interpret_escapes=False,
        allow_templates=False,
    )
    url = url.strip()
    kind = url.partition("://")[0].lower()
    if "://" not in url or any(letter.isspace() for letter in url):
        return Left("wrong", "It is no Apprise URL, such as slack://…, mailtos://… or json://….")
    try:
        with warnings.catch_warnings():  # it reads all its services at the first call, and some are of old ways
            warnings.simplefilter("ignore")
            found = apprise.Apprise.instantiate(url, asset=asset, suppress_exceptions=True)
    except Exception:  # Apprise fails in many ways, each with the URL in its words
        found = None
    if found is None:
        said = f"“{kind}”" if kind.isalnum() and len(kind) <= 20 else "that it names"
        return Left("wrong", f"Apprise knows no service {said}, or something in the address of it is missing.")
    found.retry = 0  # a second try after an answer that got lost would tell it twice
    found.redirects = False
    return found


# --- what the transports met -----------------------------------------------------------------------------------------


class Met(NamedTuple):
    """One thing met: `status` of an answer, or how sure it is that nothing got there."""

    certain: bool
    status: int = 0


@contextlib.contextmanager
def _watched() -> Iterator[list[Met]]:
    """Notes what HTTP and SMTP meet while it lasts. In a process of its own; one alert at a time."""
    import smtplib

    from requests.adapters import HTTPAdapter

    met: list[Met] = []
    kept: list[tuple[Any, str, Any]] = []

    def instead(owner: Any, name: str, make: Callable[[Any], Any]) -> None:
        old = getattr(owner, name)
        kept.append((owner, name, old))
        setattr(owner, name, make(old))

    instead(HTTPAdapter, "send", lambda old: _http(old, met))
    instead(smtplib.SMTP, "sendmail", lambda old: _smtp(old, met))
    instead(smtplib.SMTP, "connect", lambda old: _dialled(old, met))
    instead(smtplib.SMTP, "login", lambda old: _dialled(old, met))
    instead(smtplib.SMTP, "starttls", lambda old: _dialled(old, met))
    try:
        yield met
    finally:
        for owner, name, old in kept:
            setattr(owner, name, old)


def _http(send: Any, met: list[Met]) -> Any:
    def watched(self: Any, *args: Any, **kwargs: Any) -> Any:
        from requests import exceptions

        try:
            answer = send(self, *args, **kwargs)
        except (exceptions.ConnectTimeout, exceptions.ProxyError, exceptions.SSLError):
            met.append(Met(certain=True))
            raise
        except exceptions.ConnectionError as error:
            met.append(Met(certain=_never_connected(error)))
            raise
        except exceptions.ReadTimeout:
            met.append(Met(certain=False))
            raise
        except (exceptions.InvalidURL, exceptions.InvalidSchema, exceptions.InvalidHeader):
            met.append(Met(certain=True))
            raise
        met.append(Met(certain=True, status=answer.status_code))
        return answer

    return watched


def _never_connected(error: Exception) -> bool:
    """Whether the connection never came about: the name has no address, or nobody listens."""
    from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, (NewConnectionError, NameResolutionError, ConnectTimeoutError))


def _smtp(send: Any, met: list[Met]) -> Any:
    def watched(self: Any, *args: Any, **kwargs: Any) -> Any:
        import smtplib

        try:
            refused = send(self, *args, **kwargs)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPHeloError, smtplib.SMTPNotSupportedError) as error:
            met.append(Met(certain=True, status=_code(error)))
            raise
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            met.append(Met(certain=True, status=error.smtp_code))
            raise
        except Exception:
            met.append(Met(certain=False))
            raise
        met.append(Met(certain=True, status=450 if refused else 250))
        return refused

    return watched


def _code(error: Any) -> int:
    """The gravest code that a server refused recipients with."""
    refused = getattr(error, "recipients", None) or {}
    return max((int(code) for code, _ in refused.values()), default=0)


def _dialled(call: Any, met: list[Met]) -> Any:
    """Before anything is said, a failure is certain."""

    def watched(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return call(self, *args, **kwargs)
        except Exception as error:
            met.append(Met(certain=True, status=getattr(error, "smtp_code", 0)))
            raise

    return watched


def _judged(met: list[Met]) -> Left:
    """What a no means, by what was met."""
    if not met:
        return Left("doubt", "The service said no, and in a way that does not tell whether it arrived.")
    if any(not one.certain for one in met):
        return Left("doubt", "The line broke, or there was no answer in time, after it had left: it may have arrived.")
    if any(200 <= one.status < 300 for one in met):
        return Left("doubt", "It was taken, or a part of it was, and then the answer broke off.")
    status = max(one.status for one in met)
    if not status:
        return Left("later", "The service could not be connected to.")
    if status in FOR_GOOD or 300 <= status < 400:
        return Left("refused", f"The service answered {status}: look at its address and at what it permits.")
    return Left("later", f"The service answered {status}.")
