"""A real browser for the tests: what a page looks like to it, measured, and what it complains about.

The pages are served from this machine under the strictest policy that they are to live with; a page of the test's own
looks into them and says what it found.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Mapping
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src cid: data:"
WIDTHS = (375, 1280)

_LOOK = """
const colour = text => { const n = text.match(/[\\d.]+/g).map(Number); return n.length > 3 ? n : [...n, 1] };
const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const ground = (view, element) => { for (let at = element; at; at = at.parentElement) {
  const found = colour(view.getComputedStyle(at).backgroundColor);
  if (found[3]) return found } return [255, 255, 255] };
const look = frame => {
  const view = frame.contentWindow, page = view.document, seen = { wide: page.documentElement.scrollWidth, faint: [],
    over: [], texts: 0, height: page.documentElement.scrollHeight };
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement, style = view.getComputedStyle(element);
    if (!node.data.trim() || element.closest("svg") || !element.getClientRects().length) continue;
    const range = page.createRange(); range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (!box.width) continue;
    seen.texts += 1;
    const [one, other] = [light(colour(style.color)), light(ground(view, element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < 4.5) seen.faint.push([node.data.trim().slice(0, 40), Math.round(ratio * 100) / 100]);
    if (box.right > frame.width * 1 + 1) seen.over.push([node.data.trim().slice(0, 40), Math.round(box.right)]);
  }
  return seen;
};
addEventListener("load", () => {
  const out = document.createElement("pre");
  out.textContent = JSON.stringify([...document.querySelectorAll("iframe")].map(look));
  document.body.append(out);
});
"""


class Seen(NamedTuple):
    """What the browser found in one width: texts that are too faint or run over the edge, and how wide it became."""

    width: int
    wide: int
    faint: list[Any]
    over: list[Any]
    texts: int


class Looked(NamedTuple):
    """All that it found, and its console."""

    seen: list[Seen]
    console: list[str]


def look_at(html: str, folder: Path, *, dark: bool) -> Looked:
    """The page as a browser shows it in each of `WIDTHS`. Needs `CHROMIUM`."""
    assert CHROMIUM is not None
    frames = "".join(f'<iframe src="/page" width="{width}" height="900"></iframe>' for width in WIDTHS)
    pages = {"/page": (html, POLICY), "/": (f"<!doctype html><body>{frames}<script>{_LOOK}</script>", "")}
    with ThreadingHTTPServer(("127.0.0.1", 0), _serving(pages)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            found = subprocess.run(
                [
                    CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}",
                    f"--blink-settings=preferredColorScheme={0 if dark else 1}", "--enable-logging=stderr", "--v=0",
                    "--dump-dom", f"http://127.0.0.1:{server.server_port}/",
                ],
                capture_output=True, text=True, timeout=90, check=True,
            )  # fmt: skip
        finally:
            server.shutdown()
    told = re.search(r"<pre>(.*)</pre>", found.stdout, re.DOTALL)
    assert told is not None, found.stdout[-500:]
    seen = [
        Seen(width, one["wide"], one["faint"], one["over"], one["texts"])
        for width, one in zip(WIDTHS, json.loads(unescape(told[1])), strict=True)
    ]
    return Looked(seen, [line for line in found.stderr.splitlines() if "CONSOLE" in line])


def _serving(pages: Mapping[str, tuple[str, str]]) -> type[BaseHTTPRequestHandler]:
    class Serving(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path not in pages:
                self.send_error(204)
                return
            text, policy = pages[self.path]
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - named so by the library
            """The console of the browser is what counts."""

    return Serving
