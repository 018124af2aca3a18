"""Reports at the command line: what is chosen for this once, and their tables and pages as files."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from python_calamine import load_workbook

from commsleads.cli import main
from tests.office import item, rss, settings
from tests.pdfs import pages_of
from tests.web import Web

MORE = """
[[watches]]
id = "ferry"
role = "topic"
any = ["Ferry"]
[[outlets]]
name = "News"
domains = ["news.example"]
tier = 2
[[calendar]]
on = 2027-03-12
what = "The wing opens"
kind = "launch"
[[reports]]
name = "sources"
every = "month"
on = "1"
settings = { gaps = 1 }
"""


def call(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, list(words), catch_exceptions=False)
    assert result.exit_code == code, result.output + result.stderr
    return result


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Two feeds, one of them gone, polled once."""
    with Web() as web:
        web.add("/feed", rss(item(1, "Harbour Museum opens"), item(2, "Ferry sails", "The Ferry sails at nine.")))
        urls = {"news": web.url("/feed"), "gone": web.url("/gone")}
        file = str(settings(tmp_path_factory.mktemp("office"), urls, more=MORE))
        call("--config", file, "once", "--all", code=1)
    return file


def report(config: str, name: str, *words: str, code: int = 0) -> Result:
    return call("report", name, "--period", "this", *words, "--config", config, code=code)


def test_a_book_of_what_is_chosen_for_this_once(config: str) -> None:
    """Without a word it is what is about us; a word chooses something else."""
    assert "Harbour Museum opens" in (ours := report(config, "coverage").stdout)
    assert "Ferry sails" not in ours
    ferry = report(config, "coverage", "--set", "watch=ferry").stdout
    assert "Ferry sails" in ferry
    assert "Harbour Museum opens" not in ferry
    tiers = report(config, "coverage", "--set", "tiers=1,3", "--set", "everyone=yes").stdout
    assert "no story on any watch was seen in tier 1 and 3" in " ".join(tiers.split())


def test_what_is_chosen_wrong_is_told(config: str) -> None:
    """A key that is not there, a value of the wrong kind, an id of nothing, and words that do not go together."""
    for words, said in (
        (("--set", "wach=ferry"), 'coverage.wach is not known; did you mean "watch"?'),
        (("--set", "tiers=one"), "coverage.tiers[0] must be a whole number"),
        (("--set", "stories=-1"), "coverage.stories must be a whole number"),
        (("--set", "watch=nope"), "is of “nope”"),
    ):
        result = CliRunner().invoke(main, ["report", "coverage", "--config", config, *words])
        assert result.exit_code in (1, 2)
        assert said in result.output + result.stderr + str(result.exception), result.output + result.stderr
    assert "says no value" in report(config, "coverage", "--set", "watch", code=2).stderr
    assert "not for one that was told" in report(config, "coverage", "--set", "a=b", "--send", code=2).stderr


def test_a_workbook_has_all_tables_of_a_report(config: str, tmp_path: Path) -> None:
    """Stories and who else carried them; sources and their gaps. Numbers are numbers."""
    for name, sheets in (
        ("coverage", ["stories", "carried"]),
        ("sources", ["sources", "gaps"]),
        ("evaluation", ["chain"]),
    ):
        report(config, name, "--out", str(tmp_path / f"{name}.xlsx"))
        book = load_workbook(tmp_path / f"{name}.xlsx")
        assert book.sheet_names == sheets
        assert len(book.get_sheet_by_name(sheets[0]).to_python()) > 1
    head, *rows = load_workbook(tmp_path / "coverage.xlsx").get_sheet_by_name("stories").to_python()
    assert [row[head.index("tier")] for row in rows] == [2.0]


def test_tables_as_csv(config: str) -> None:
    """A line for each source, under the names of its columns."""
    head, *rows = csv.reader(io.StringIO(report(config, "sources", "--format", "csv").stdout))
    assert {row[head.index("id")]: row[head.index("state")] for row in rows} == {"gone": "failing", "news": "ok"}


def test_the_evaluation_of_a_campaign_is_one_page(config: str, tmp_path: Path) -> None:
    """A4, one page, whatever is known of it."""
    pytest.importorskip("typst", reason="pages are made by Typst")
    file = tmp_path / "evaluation.pdf"
    report(config, "evaluation", "--set", "campaign=new-wing", "--out", str(file))
    assert len(pages_of(file.read_bytes())) == 1


def test_every_format_of_each(config: str, tmp_path: Path) -> None:
    """Text, HTML, Markdown and JSON are written, and none is empty."""
    for name in ("coverage", "sources", "evaluation"):
        for form in ("text", "html", "md", "json"):
            report(config, name, "--out", str(tmp_path / f"{name}.{form}"), "--format", form)
            assert (tmp_path / f"{name}.{form}").stat().st_size > 500
