"""A small mail server on loopback that keeps what it is given, for the tests of deliveries."""

from __future__ import annotations

import contextlib
import socketserver
import threading
from typing import Self


class MailServer:
    """Speaks as much SMTP as smtplib needs. `messages` are the bodies that were accepted."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(ConnectionError):
                    outer.talk(self)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port: int = self._server.server_address[1]

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def talk(self, line: socketserver.StreamRequestHandler) -> None:
        line.wfile.write(b"220 here\r\n")
        for said in line.rfile:
            word = said[:4].upper()
            if word == b"DATA":
                line.wfile.write(b"354 go on\r\n")
                body = b""
                for part in line.rfile:
                    if part == b".\r\n":
                        # Kept before it is acknowledged: a client that dies now has sent it.
                        self.messages.append(body)
                        break
                    body += part
                line.wfile.write(b"250 kept\r\n")
            elif word == b"QUIT":
                line.wfile.write(b"221 bye\r\n")
                return
            else:
                line.wfile.write(b"250 ok\r\n")
