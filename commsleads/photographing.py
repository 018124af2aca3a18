"""What the page of a story looks like, photographed by a browser that runs no script and gets out by our gate alone.

Only when a person asks. The browser is a Chromium of this machine (`chromium`, `google-chrome` …); without one nothing
is taken, and the sentence says so. It has a profile of its own that is thrown away, sends nothing of ours, and ends in
time. Its sandbox stays on: as root it could not, so as root nothing is taken.
"""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
import struct
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from commsleads.app import App
from commsleads.errors import CommsleadsError
from commsleads.fetch import Fetcher
from commsleads.fetch.gate import Gate
from commsleads.store import shots as rows
from commsleads.store.shots import Shot
from commsleads.tools import manners

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTH, HEIGHT, SCALE = 1000, 1250, 0.5
"""Of the window, and how much smaller the picture is."""
SECONDS = 40.0
"""For one page, from start to end."""
BYTES = 20_000_000
"""That one page may fetch with all that it shows."""
LARGEST = 400_000
"""Bytes of a picture that is kept."""

MAKERS = frozenset({
    "accounts.google.com", "android.clients.google.com", "clients1.google.com", "clients2.google.com",
    "content-autofill.googleapis.com", "mtalk.google.com", "optimizationguide-pa.googleapis.com",
    "redirector.gvt1.com", "safebrowsing.googleapis.com", "update.googleapis.com", "edgedl.me.gvt1.com",
})  # fmt: skip
"""What the browser asks its maker for, and no page does."""
PROFILE = '{"profile": {"default_content_setting_values": {"javascript": 2, "cookies": 2, "plugins": 2}}}'
"""What pages may do in the browser's profile: no scripts, no cookies."""


class Photographed(NamedTuple):
    """One story: whether a picture of its page was taken, and why not."""

    story: str
    url: str
    taken: bool
    why: str


def photograph(app: App, pages: Sequence[tuple[str, str]], *, sandbox: bool = True) -> list[Photographed]:
    """Take a picture of each of these pages (story, address), one after the other, and keep it.

    Raises `CommsleadsError` where there is no browser, or none that may be used. `sandbox` False is for tests alone.
    """
    browser = next((path for name in NAMES if (path := shutil.which(name))), None)
    if browser is None:
        raise CommsleadsError("No browser was found. Install Chromium, and it takes the pictures.")
    if sandbox and hasattr(os, "geteuid") and os.geteuid() == 0:
        raise CommsleadsError("A browser has no sandbox as root, and strangers' pages are not opened without one.")
    done = []
    for story, url in pages:
        content, why = asyncio.run(_take(app, browser, url, sandbox=sandbox))
        if not why:
            width, height = struct.unpack(">II", content[16:24])
            shot = Shot(url=url, at="", content=base64.b64encode(content).decode(), width=width, height=height)
            with app.engine.session() as session, session.atomic():
                rows.keep(session, story, shot, app.now())
        done.append(Photographed(story=story, url=url, taken=not why, why=why))
    return done


async def _take(app: App, browser: str, url: str, *, sandbox: bool) -> tuple[bytes, str]:
    """The picture, and why there is none."""
    if not url.startswith(("http://", "https://")):
        return b"", "it has no address of a web page"
    with tempfile.TemporaryDirectory(prefix="commsleads-") as folder:
        file = Path(folder) / "page.png"
        settings = Path(folder) / "profile" / "Default" / "Preferences"
        settings.parent.mkdir(parents=True)
        settings.write_text(PROFILE, encoding="utf-8")
        async with Fetcher(manners(app)) as fetcher, Gate(fetcher.door, most=BYTES, closed=MAKERS) as gate:
            words = _words(gate.address, folder, file, url, sandbox=sandbox)
            process = await asyncio.create_subprocess_exec(
                browser, *words, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL, start_new_session=True, env={"PATH": os.defpath, "HOME": folder},
            )  # fmt: skip
            try:
                await asyncio.wait_for(process.wait(), SECONDS)
            except TimeoutError:
                return b"", "it was not done in time"
            finally:
                await _end(process)
            refused = gate.refused.get((urlsplit(url).hostname or "").casefold(), "")
        if refused or not file.exists():
            return b"", refused or "the browser took no picture of it"
        content = file.read_bytes()
    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
        return b"", "what was taken is no picture"
    return (content, "") if len(content) <= LARGEST else (b"", "the picture is too large to be kept")


async def _end(process: asyncio.subprocess.Process) -> None:
    """End the browser with all that it has started: it is the first of a group of its own."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        await process.wait()


def _words(gate: str, folder: str, file: Path, url: str, *, sandbox: bool) -> list[str]:
    """How the browser is called. Names are looked up by the gate and by nobody else."""
    return [
        "--headless", "--disable-gpu", "--hide-scrollbars", "--mute-audio", "--no-first-run", "--disable-extensions",
        "--disable-background-networking", "--disable-sync", "--disable-component-update", "--disable-quic",
        "--disable-default-apps", "--disable-dev-shm-usage",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        f"--proxy-server={gate}", "--proxy-bypass-list=<-loopback>",
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", f"--user-data-dir={folder}/profile",
        f"--force-device-scale-factor={SCALE}", f"--window-size={WIDTH},{HEIGHT}", "--timeout=20000",
        *([] if sandbox else ["--no-sandbox"]), f"--screenshot={file}", url,
    ]  # fmt: skip
