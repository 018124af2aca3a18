"""Every error that commsleads raises on purpose.

::

    CommsleadsError
      ConfigError            the settings are wrong; nothing was started; carries every problem
      PluginError            a collector or report could not be loaded
      CollectError           one poll of one source failed, the others go on; may carry ``wait``
        FetchError             the network or the server said no; later may help
          RefusedAddressError    the address is one we never connect to (loopback, private, ...)
          CoolingError           the site asked everybody to stay away for a while; nothing was sent
        AuthError              the server refuses our credentials; only a person can help
        ParseError             the answer came and made no sense
      ReportError            a report could not be written or delivered
      StoreError             the database could not do it
        NewerStoreError        the database was written by a newer commsleads
        NotFoundError          no row has that id
        ConflictError          somebody changed it first
      CampaignError          what was asked of a campaign, target or link makes no sense; carries every problem
      LeadError              what was asked of a lead, criteria, contact or goal makes no sense; carries every problem
      CoverageError          what was asked of a story makes no sense

Messages are sentences for a person: what happened and what to do. They never hold a secret.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta


class CommsleadsError(Exception):
    """The base of them all; catch it at the edge and show its words. `exit_code` is what a command ends with."""

    exit_code = 1


class ConfigError(CommsleadsError):
    """The settings are wrong and nothing was started. `problems` holds one sentence for each mistake."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class PluginError(CommsleadsError):
    """A collector or report named by an installed distribution could not be loaded."""


class CollectError(CommsleadsError):
    """One poll of one source failed.

    `wait` is how long the server asked us to stay away, or None. `quarters` is the weight of the failure in
    quarters (Media Cloud's taxonomy: hard 4, soft 2, a temporary name look-up 1). `status` is the HTTP status
    or None. `body` is what came and could not be read (bounded by the caller), kept aside for a person.
    """

    quarters = 2

    def __init__(
        self,
        message: str,
        *,
        wait: timedelta | None = None,
        status: int | None = None,
        quarters: int | None = None,
        body: bytes = b"",
        media_type: str = "",
    ) -> None:
        super().__init__(message)
        self.wait = wait
        self.status = status
        self.body = body
        self.media_type = media_type
        if quarters is not None:
            self.quarters = quarters


class FetchError(CollectError):
    """The network or the server said no; a later poll may succeed."""


class RefusedAddressError(FetchError):
    """The name leads to an address that is never connected to unless `[fetch] allow_networks` admits it."""

    quarters = 4


class UnknownNameError(FetchError):
    """The name server says that there is no such name; it may be a slip, or gone."""


class TooLargeError(FetchError):
    """The answer has more bytes than we take; it is there, and was not read."""


class CoolingError(FetchError):
    """The site asked to be left alone, perhaps when another source was polled. Not sent, so not a failure."""

    quarters = 0


class AuthError(CollectError):
    """The server refuses our credentials. The source is paused until a person has acted."""

    quarters = 4


class ParseError(CollectError):
    """An answer came and made no sense, such as a web page where a feed should be."""


class ReportError(CommsleadsError):
    """A report could not be written or delivered."""


class StoreError(CommsleadsError):
    """The database could not do what was asked; the message says what a person can do."""


class NewerStoreError(StoreError):
    """The database has migrations this program does not know: it was written by a newer commsleads."""


class NotFoundError(StoreError):
    """No row has that id."""


class ConflictError(StoreError):
    """Somebody else changed the row first; read it again."""


class CampaignError(CommsleadsError):
    """What was asked of a campaign, target or link makes no sense. `problems` holds one sentence for each mistake."""

    exit_code = 2

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class LeadError(CommsleadsError):
    """What was asked of a lead, criteria, contact or goal makes no sense. `problems` holds one sentence for each."""

    exit_code = 2

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class CoverageError(CommsleadsError):
    """What was asked of a story makes no sense: take it out, put it back, add it, or say what it says."""

    exit_code = 2
