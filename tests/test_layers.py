"""The architecture holds: the import contracts of pyproject.toml are kept."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def lint(folder: Path) -> str:
    """What import-linter says of the tree in a folder."""
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    return done.stdout + done.stderr


def test_every_contract_is_kept() -> None:
    """import-linter finds no import that goes up, sideways, or past a seam."""
    said = lint(ROOT)
    assert "Contracts: 5 kept, 0 broken." in said, said


def test_every_contract_bites(tmp_path: Path) -> None:
    """One bad import for each contract, in a copy of the tree, breaks each of them."""
    for name in ("commsleads", "collectors", "reports"):
        shutil.copytree(ROOT / name, tmp_path / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for path, line in (
        ("commsleads/errors.py", "import commsleads.plan"),
        ("collectors/__init__.py", "import commsleads.store"),
        ("commsleads/plan.py", "import commsleads.reports"),
        ("commsleads/text.py", "import sqlite3"),
        ("commsleads/rules/__init__.py", "import random"),
    ):
        with (tmp_path / path).open("a") as file:
            file.write(f"\n{line}\n")
    said = lint(tmp_path)
    assert "Contracts: 0 kept, 5 broken." in said, said


def test_every_module_of_the_core_is_in_the_contracts() -> None:
    """A new module is named in each list of those who must not know plug-ins, engines and schedulers."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    modules = {
        f"commsleads.{path.stem}"
        for path in (ROOT / "commsleads").iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").exists()) and not path.stem.startswith("__")
    }
    plugins = {"commsleads.collectors", "commsleads.reports"}
    by_name = {contract["name"].split()[0]: contract for contract in contracts}
    assert set(by_name["the"]["source_modules"]) == modules - plugins
    may_know_engines = {"commsleads.store", "commsleads.runners", "commsleads.demo", "commsleads.cli"}
    assert set(by_name["engines"]["source_modules"]) >= modules - plugins - may_know_engines
    known_to_plugins = {"commsleads.contract", "commsleads.errors", "commsleads.letters"}
    assert set(by_name["plug-ins"]["forbidden_modules"]) >= modules - plugins - known_to_plugins


def test_no_module_bears_a_name_that_says_nothing() -> None:
    """Nouns of the field, not `utils` and its family."""
    empty = {"utils", "helpers", "common", "manager", "managers", "service", "services", "base", "misc"}
    names = {path.stem for folder in ("commsleads", "collectors", "reports") for path in (ROOT / folder).rglob("*.py")}
    assert not names & empty
