"""A real mail server on loopback (aiosmtpd) that keeps what it accepted, and fails where and how a test says.

::

    with Smtpd() as server:
        server.plan["a@x.example"] = ["450 4.7.1 come back later", "250"]   # one after the other, the last one stays
        ... server.port, server.accepted ...                                # (recipient, bytes), in order

An answer may also be "drop" (hang up after DATA was asked for and before the message is there), "silent" (take the
message, keep it, and hang up without an answer) or "lose" (hang up without keeping it).
"""

from __future__ import annotations

import asyncio
import ssl
import warnings
from collections import Counter
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Smtpd:
    """The server. `logins` are the users and passwords it knows; `at` maps MAIL, RCPT, DATA to a refusal for all."""

    def __init__(
        self, *, tls: ssl.SSLContext | None = None, wrapped: bool = False, logins: dict[str, str] | None = None
    ) -> None:
        self.accepted: list[tuple[str, bytes]] = []
        self.plan: dict[str, list[str]] = {}
        self.at: dict[str, str] = {}
        self.connections = 0
        self.seen: list[str] = []
        self.most = 0
        self._logins = logins
        how: dict[str, Any] = {"decode_data": False, "ident": "here"}
        if tls is not None and not wrapped:
            how["tls_context"] = tls
        if logins is not None:
            how |= {"auth_required": True, "auth_require_tls": False, "authenticator": self._login}
        self._controller = _Controller(self, wrapped=tls if wrapped else None, **how)

    def __enter__(self) -> Self:
        self._controller.start()
        self.connections = 0  # it looked at itself, to see that it listens
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._controller.server.sockets[0].getsockname()[1])  # type: ignore[union-attr]

    def times(self) -> Counter[str]:
        """How often each recipient's messages were accepted."""
        return Counter(recipient for recipient, _ in self.accepted)

    def answer(self, recipient: str) -> str:
        """What this recipient's next message gets."""
        left = self.plan.get(recipient)
        if not left:
            return "250 kept"
        return left.pop(0) if len(left) > 1 else left[0]

    def _login(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        self.seen.append(f"AUTH {mechanism}")
        good = (
            isinstance(data, LoginPassword) and (self._logins or {}).get(data.login.decode()) == data.password.decode()
        )
        return AuthResult(success=good, handled=good)

    # --- what aiosmtpd calls -----------------------------------------------------------------------------------------

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        """Take or refuse a recipient."""
        envelope.answer = self.at.get("RCPT") or self.answer(address)
        if envelope.answer[:1] in "45":
            return str(envelope.answer)
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        """Take or refuse a sender; `most` messages a connection, when it is set."""
        session.many = getattr(session, "many", 0) + 1
        if self.most and session.many > self.most:
            return "421 4.7.0 enough for this connection"
        if "MAIL" in self.at:
            return self.at["MAIL"]
        envelope.mail_from = address
        return "250 ok"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep a message, and answer, or not."""
        word = envelope.answer
        if word in {"lose", "silent"}:
            if word == "silent":
                self._keep(envelope)
            server.transport.abort()  # type: ignore[union-attr]
            await asyncio.sleep(0)
            return "421 gone"
        if "DATA" in self.at:
            return self.at["DATA"]
        self._keep(envelope)  # before it is acknowledged: a client that dies now has sent it
        return "250 kept"

    def _keep(self, envelope: Any) -> None:
        self.accepted.append((envelope.rcpt_tos[0], envelope.content))


class _Server(SMTP):
    """Counts its connections, and hangs up in the middle of DATA for those whose plan says so."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if self.envelope is not None and getattr(self.envelope, "answer", "") == "drop":
            await self.push("354 go on")
            await self._reader.read(2_000)
            self.transport.abort()  # type: ignore[union-attr]
            return
        await super().smtp_DATA(arg)


class _Controller(Controller):
    def __init__(self, owner: Smtpd, *, wrapped: ssl.SSLContext | None, **how: Any) -> None:
        self.owner = owner
        super().__init__(owner, hostname="127.0.0.1", port=0, ssl_context=wrapped, **how)

    def factory(self) -> SMTP:
        self.owner.connections += 1
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of passwords without TLS, which is what some tests are about
            return _Server(self.handler, loop=self.loop, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        """Port 0 means any: there is nothing to be tried before it is known."""
        self.port = self.owner.port
        super()._trigger_server()  # type: ignore[no-untyped-call]
