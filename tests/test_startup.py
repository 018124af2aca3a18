"""What a command imports: nothing heavy before it is needed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

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
