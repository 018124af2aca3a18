"""What a command imports: nothing heavy before it is needed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.web import Web

HEAVY = {
    "apscheduler", "bs4", "css_inline", "feedparser", "httpx", "importlib.metadata", "jinja2", "selectolax",
    "sqlite_utils",
}  # fmt: skip

RUN = """
import json, sys
from commsleads.cli import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    code = end.code
print("\\n" + json.dumps({"code": code or 0, "modules": sorted(sys.modules)}))
"""


def imported(folder: Path, *arguments: str) -> set[str]:
    """The modules that a run of the command has imported when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["code"] == 0, done.stderr
    return set(told["modules"])


@pytest.mark.parametrize("arguments", [["--help"], ["once", "--help"], ["signals", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    """Asking what there is costs a click and nothing of ours below it."""
    modules = imported(tmp_path, *arguments)
    assert not modules & (HEAVY - ({"importlib.metadata"} if arguments == ["--version"] else set()))
    assert not modules & {"pycurl", "sqlite3", "commsleads.app", "commsleads.store", "commsleads.config"}


def test_a_pass_with_nothing_to_do_imports_nothing_heavy(tmp_path: Path) -> None:
    """`once` on a database that is up to date, with nothing due, starts as lightly as it can."""
    (tmp_path / "config.toml").write_text('[organisation]\nname = "Harbour Museum"\n')
    imported(tmp_path, "once")
    assert not imported(tmp_path, "once") & HEAVY


FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title><link>http://post.example/</link>
<item><title>The harbour reopens</title><link>http://post.example/1</link><guid>1</guid></item></channel></rss>"""


def test_a_poll_that_finds_nothing_changed_imports_nothing_heavy(tmp_path: Path) -> None:
    """The everyday cycle, all 304, costs neither a parser nor a client of any comfort."""
    with Web() as web:
        web.add("/feed", FEED, etag='"1"', headers={"Content-Type": "application/rss+xml"})
        (tmp_path / "config.toml").write_text(
            f'[fetch]\nallow_networks = ["127.0.0.0/8"]\n[[watches]]\nid = "harbour"\nany = ["harbour"]\n'
            f'[[sources]]\nid = "post"\nkind = "feeds"\nurl = "{web.url("/feed")}"\n'
        )
        imported(tmp_path, "once", "--all")
        modules = imported(tmp_path, "once", "--all")
        assert [asked.headers.get("if-none-match") for asked in web.requests] == [None, '"1"']
    assert "pycurl" in modules
    assert not modules & (HEAVY | {"ahocorasick_rs", "tomllib"})
