"""What is shipped is what is there, under one name, wherever it is run from."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from commsleads.plugins import load_plugins

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = {"commsleads.collectors": "collectors", "commsleads.reports": "reports"}

needs_links = pytest.mark.skipif(
    not (ROOT / "commsleads" / "collectors").is_symlink(), reason="this checkout has no symbolic links"
)


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def found() -> set[str]:
    """Every package in the tree, the two folders at the top under the names they are imported by."""
    names = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in (ROOT / "commsleads").rglob("__init__.py")
        if not any(parent.is_symlink() for parent in path.parents)
    }
    for name, folder in FOLDERS.items():
        names |= {
            ".".join([name, *path.parent.relative_to(ROOT / folder).parts])
            for path in (ROOT / folder).rglob("__init__.py")
        }
    return names


def test_packages_listed_are_packages_found(project: dict[str, Any]) -> None:
    """A package that nobody listed would be missing from the wheel and from nothing else."""
    assert set(project["tool"]["setuptools"]["packages"]) == found()


def test_data_files_are_all_shipped(project: dict[str, Any]) -> None:
    """Every file that is not Python is covered by a pattern of package-data."""
    patterns = project["tool"]["setuptools"]["package-data"]
    for name in found():
        folder = ROOT / Path(*name.split("."))
        for path in folder.iterdir():
            if path.is_file() and path.suffix not in {".py", ".pyc"}:
                assert any(path.match(pattern) for pattern in patterns.get(name, ())), f"{name}: {path.name}"


@needs_links
def test_links_lead_where_the_mapping_says(project: dict[str, Any]) -> None:
    """Tools that read folders and tools that read metadata see the same files."""
    mapping = project["tool"]["setuptools"]["package-dir"]
    for name, folder in FOLDERS.items():
        link = ROOT / Path(*name.split("."))
        assert mapping[name] == folder
        assert not link.readlink().is_absolute()
        assert link.resolve() == ROOT / folder


@needs_links
def test_the_example_is_the_reference() -> None:
    """What `commsleads init` writes is config.toml itself, not a copy kept by hand."""
    example = ROOT / "commsleads" / "config.example.toml"
    assert example.is_symlink()
    assert not example.readlink().is_absolute()
    assert example.read_bytes() == (ROOT / "config.toml").read_bytes()


def test_every_entry_point_of_ours_loads() -> None:
    """Each collector and report that we declare can be made."""
    plugins = load_plugins()
    assert all(plugins.collector(kind) for kind in plugins.kinds())
    assert all(plugins.report(name) for name in plugins.report_names())


def python(code: str, *arguments: str, folder: Path, path: str = "") -> str:
    """What a fresh Python says, started in a folder."""
    done = subprocess.run(
        [sys.executable, *arguments, *(["-c", code] if code else [])],
        cwd=folder,
        env=os.environ | ({"PYTHONPATH": path} if path else {}),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_plugins_have_one_name(tmp_path: Path) -> None:
    """Loading every plug-in puts neither `collectors` nor `reports` among the modules."""
    code = (
        "import sys; from commsleads.plugins import load_plugins as load; p = load(); "
        "[p.collector(k) for k in p.kinds()]; [p.report(r) for r in p.report_names()]; "
        "print(sorted({'collectors', 'reports', 'commsleads.collectors', 'commsleads.reports'} & sys.modules.keys()))"
    )
    assert python(code, folder=tmp_path) == "['commsleads.collectors', 'commsleads.reports']\n"


def test_a_strangers_collectors_folder_is_not_run(tmp_path: Path) -> None:
    """`python -m commsleads` from a folder that holds packages of our generic names does not touch them."""
    for name in ("collectors", "reports"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(f"raise SystemExit('ran the stranger {name}')")
    assert "Usage: " in python("", "-m", "commsleads", "--help", folder=tmp_path)
    code = "from commsleads.plugins import load_plugins as load; p = load(); p.collector('feeds'); p.report('weekly')"
    python(code, folder=tmp_path)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built without the network from a copy of the tree, so that the tree stays as it is."""
    folder = tmp_path_factory.mktemp("build")
    copy = folder / "tree"
    copy.mkdir()
    for name in ("commsleads", "collectors", "reports"):
        shutil.copytree(ROOT / name, copy / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "config.toml", "MANIFEST.in"):
        shutil.copy(ROOT / name, copy / name)
    python("import setuptools.build_meta as b; b.build_wheel('..')", folder=copy)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_what_it_should_and_nothing_else(wheel: Path) -> None:
    """One top-level name, each file once, the settings example as bytes and not as a link."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        example = archive.read("commsleads/config.example.toml")
        top = next(archive.read(name).decode().split() for name in names if name.endswith("top_level.txt"))
    assert top == ["commsleads"]
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"commsleads"}
    assert len(names) == len(set(names))
    assert example == (ROOT / "config.toml").read_bytes()
    assert not [name for name in names if "test" in name or name.endswith(".pyc")]
    for needed in ("commsleads/py.typed", "commsleads/store/sql/0001_initial.sql", "commsleads/collectors/__init__.py"):
        assert needed in names
    for path in (ROOT / "reports").rglob("*.j2"):
        assert f"commsleads/{path.relative_to(ROOT)}" in names


def test_the_program_runs_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    """Unpacked beside its dependencies and nothing else, it starts and makes a first settings file."""
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    where = python("import commsleads; print(commsleads.__file__)", folder=tmp_path, path=str(site))
    assert where.startswith(str(site))
    python("", "-m", "commsleads", "init", "office", folder=tmp_path, path=str(site))
    assert (tmp_path / "office" / "config.toml").read_bytes() == (ROOT / "config.toml").read_bytes()
    said = python("", "-m", "commsleads", "--config", "office/config.toml", "check", folder=tmp_path, path=str(site))
    assert "NO " not in said
