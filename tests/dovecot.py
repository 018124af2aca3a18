"""A real IMAP server for the tests: Dovecot on free loopback ports, with TLS, for one user.

::

    with Dovecot(folder) as server:                  # skips the test, by name, where there is no Dovecot
        server.deliver(b"From: ...")                 # into INBOX; `folder="Sent"` for another
        ... server.url, server.plain_url, server.user, server.password, server.authority ...
        server.flags()                               # {file name: "S"} of INBOX
        server.renumber()                            # a new UIDVALIDITY

It runs as whoever runs the tests (started by root, as the users that Debian made for it). The certificate is made for
this one server and is valid for "localhost" and 127.0.0.1 alone.
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

import pytest

USER, PASSWORD = "press", "sesam öffne dich"

_CONFIG = """
protocols = imap
base_dir = {run}
state_dir = {folder}/state
instance_name = {name}
log_path = {folder}/log
{users}
first_valid_uid = 0
last_valid_uid = 0
mail_location = maildir:{run}/mail
mail_privileged_group =
mailbox_list_index = no
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
disable_plaintext_auth = {secretive}
auth_mechanisms = plain login
auth_failure_delay = 0
mail_max_userip_connections = 50
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {run}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={run}/home
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service anvil {{
  chroot = {anvil}
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot = {chroot}
  inet_listener imap {{
    address = 127.0.0.1
    port = {plain}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {tls}
    ssl = yes
  }}
}}
"""


class Dovecot:
    """The server; a context manager. `open_house` lets it take passwords in the clear."""

    user, password = USER, PASSWORD

    def __init__(self, folder: Path, *, open_house: bool = False) -> None:
        self._program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")
        if self._program is None:
            pytest.skip("dovecot is not installed (Debian: dovecot-imapd)")
        if shutil.which("openssl") is None:
            pytest.skip("openssl is not installed")
        self._folder = folder
        self._open = open_house
        self._count = 0
        self._run = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = _owner()
        self.authority = str(folder / "authority.pem")
        self.tls, self.plain = _free_port(), _free_port()

    @property
    def url(self) -> str:
        """TLS from the first byte."""
        return f"imaps://localhost:{self.tls}"

    @property
    def plain_url(self) -> str:
        """In the clear at first."""
        return f"imap://localhost:{self.plain}"

    def __enter__(self) -> Self:
        folder = self._folder
        self._run = tempfile.mkdtemp(prefix="dovecot-")  # sockets have short names, and others than us open them
        Path(self._run).chmod(0o755)
        (folder / "state").mkdir(exist_ok=True)
        for name in ("home", "mail"):
            self._give(Path(self._run, name))
        certificate(folder)
        Path(self._run, "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
        config = folder / "dovecot.conf"
        config.write_text(
            _CONFIG.format(
                folder=folder,
                run=self._run,
                name=folder.name,
                users=_users(),
                chroot="" if os.getuid() else "login",
                anvil="" if os.getuid() else "empty",
                uid=self._owner[0],
                gid=self._owner[1],
                plain=self.plain,
                tls=self.tls,
                secretive="no" if self._open else "yes",
            )
        )
        self._process = subprocess.Popen(
            [str(self._program), "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        self._await()
        return self

    def __exit__(self, *_: object) -> None:
        process = self._process
        if process is not None:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stderr is not None:
                process.stderr.close()
        shutil.rmtree(self._run, ignore_errors=True)

    def deliver(self, raw: bytes, *, folder: str = "INBOX", age: float = 0.0) -> Path:
        """Put a mail into a folder, as a mail program would; it came `age` days ago."""
        box = self.box(folder)
        for one in (box, box / "tmp", box / "new", box / "cur"):
            self._give(one)
        came = time.time() - age * 86_400
        self._count += 1
        name = f"{int(came)}.M{self._count:06}P{os.getpid()}.test"
        waiting = box / "tmp" / name
        waiting.write_bytes(raw)
        os.utime(waiting, (came, came))
        os.chown(waiting, *self._owner)
        return waiting.rename(box / "new" / name)

    def box(self, folder: str = "INBOX") -> Path:
        """The Maildir of a folder."""
        return Path(self._run, "mail") / ("" if folder == "INBOX" else f".{folder.replace('/', '.')}")

    def flags(self, folder: str = "INBOX") -> dict[str, str]:
        """The flags of every mail, by the part of its file's name that stays."""
        files = [*self.box(folder).glob("cur/*"), *self.box(folder).glob("new/*")]
        return {one.name.partition(":")[0].partition(",")[0]: one.name.partition(":2,")[2] for one in files}

    def renumber(self, folder: str = "INBOX") -> None:
        """Forget all UIDs, as a restored or moved mailbox does."""
        for one in self.box(folder).glob("dovecot*"):
            if one.is_file():
                one.unlink()
        numbers = self.box(folder) / "dovecot-uidlist"
        self._count += 1
        numbers.write_text(f"3 V{int(time.time()) + 4711 + self._count} N1 G{'0' * 32}\n")
        os.chown(numbers, *self._owner)

    def log(self) -> str:
        """What the server wrote into its log."""
        path = self._folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def _give(self, folder: Path) -> None:
        """Make a folder of the mailbox, for the server to write in."""
        if not folder.exists():
            folder.mkdir(parents=True)
            os.chown(folder, *self._owner)

    def _await(self) -> None:
        """Until it listens."""
        assert self._process is not None
        until = time.monotonic() + 20
        for port in (self.tls, self.plain):
            while True:
                if self._process.poll() is not None:
                    why = self._process.stderr.read().decode(errors="replace") if self._process.stderr else ""
                    pytest.fail(f"dovecot ended at once: {why} {self.log()}")
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    if time.monotonic() > until:
                        pytest.fail(f"dovecot does not listen: {self.log()}")
                    time.sleep(0.02)


def _owner() -> tuple[int, int]:
    """Who owns the mails: us, or, since Dovecot serves no mail of root's, its own user."""
    if os.getuid():
        return os.getuid(), os.getgid()
    try:
        return pwd.getpwnam("dovecot")[2:4]
    except KeyError:
        pytest.skip("the user dovecot is missing (Debian's dovecot-core makes it)")


def _users() -> str:
    """Whom the parts of the server run as: started by root, Dovecot insists on somebody else for the first words."""
    if os.getuid():
        me, group = pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name
        return f"default_internal_user = {me}\ndefault_login_user = {me}\ndefault_internal_group = {group}"
    known = {one.pw_name for one in pwd.getpwall()}
    if not {"dovecot", "dovenull"} <= known:
        pytest.skip("the users dovecot and dovenull are missing (Debian's dovecot-core makes them)")
    return "default_internal_user = dovecot\ndefault_login_user = dovenull\ndefault_internal_group = dovecot"


def certificate(folder: Path, name: str = "server") -> None:
    """A throwaway authority, and a certificate of it for localhost, into `folder`. Skips without `openssl`."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    days = ["-days", "2"]
    new = ["openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    authority, request = folder / "authority.pem", folder / f"{name}.csr"
    extensions = folder / "extensions"
    extensions.write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n")
    _run(
        *new, "-x509", "-keyout", folder / "authority.key", "-out", authority, *days, "-subj", "/CN=Throwaway",
        "-addext", "keyUsage=critical,keyCertSign",
    )  # fmt: skip
    _run(*new, "-keyout", folder / f"{name}.key", "-out", request, "-subj", "/CN=localhost")
    _run(
        "openssl", "x509", "-req", "-in", request, "-CA", authority, "-CAkey", folder / "authority.key",
        "-CAcreateserial", "-extfile", extensions, *days, "-out", folder / f"{name}.pem",
    )  # fmt: skip


def _run(*command: str | Path) -> None:
    subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=60)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
