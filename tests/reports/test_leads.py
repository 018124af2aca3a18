"""The report on leads and what the digest tells of them: the same numbers in every rendering, and nobody by name."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from commsleads.cli import main, workbooks
from commsleads.contract import Document
from commsleads.delivery import as_csv, as_json
from commsleads.leads import agreeing
from commsleads.reports.leads import LeadsReport, LeadsSettings
from commsleads.reports.weekly import WeeklyDigest, WeeklySettings
from commsleads.rules.periods import parse_period
from tests.reports.lead_office import SETTINGS, LeadOffice, at, filled, offer, opened

WIDTH = 78


class Told(NamedTuple):
    """The report and the digest of one office."""

    report: Document
    digest: Document


def tell(office: LeadOffice, label: str = "2026-W47") -> Told:
    facts = office.facts()
    period = parse_period(label, facts.zone)
    return Told(
        LeadsReport().write(facts, period, LeadsSettings()), WeeklyDigest().write(facts, period, WeeklySettings())
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    with opened(tmp_path_factory.mktemp("leads")) as office:
        filled(office)
        yield tell(office)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[LeadOffice]:
    with opened(tmp_path) as found:
        yield found


def flat(text: str) -> str:
    """A rendering as one line of words."""
    bare = re.sub(r"<[^>]+>", " ", re.sub(r"</?span[^>]*>", "", text))
    return " ".join(re.sub(r"\\(.)", r"\1", html.unescape(bare)).split())


def test_the_verdict_can_be_forwarded_alone(told: Told) -> None:
    """How many and by what, the goal that is behind with why, and who owes an answer."""
    assert told.report.subject == "Leads wk 47: 7 qualified, 14 opened, 1 goal behind, 3 need you"
    first, goal, why, answered = told.report.data["verdict"]["sentences"]
    assert first == (
        "Week 47, 16–22 November 2026: 7 leads qualified (4 by an enquiry, 2 by a call to action, 1 by phone, at an "
        "event or by referral), 14 leads opened."
    )
    assert goal.startswith("The goal “November”, by 30 Nov 2026: 10 of 20 qualified leads")
    assert "fewer" in why
    assert answered == (
        "Of 7 offers made this week, accepted: 3 of 5 (60%, 95% interval 23–88%); 2 offers wait for an answer now, 1 "
        "of them overdue."
    )


def test_every_rendering_says_the_same(told: Told) -> None:
    """The steps, the handoff, both readings and the criteria stand in HTML, text and Markdown."""
    for rendering in (told.report.html, told.report.text, told.report.markdown):
        words = flat(rendering)
        for said in (
            "7 of 14 (50%, 95% interval 27–73%), of those opened; 6 may still",
            "3 of 7 (43%, 95% interval 16–75%), of those offered; 3 may still",
            "1 not our subject",
            "the US reading would count 3 more: 2 only clicked and 1 left traces that may not be theirs",
            "story-qualified: asks for something, for a named outlet, with a deadline or a stated use.",
            "Nobody can tell",
            "Spring opening",
        ):
            assert said in words, said


def test_the_text_is_no_wider_than_mail_programs_show(told: Told) -> None:
    """No line is longer than 78 columns, in the report and in the digest."""
    for document in told:
        assert max(len(line) for line in document.text.splitlines()) <= WIDTH


def test_nobody_is_named(told: Told) -> None:
    """Leads go by their ids: no journalist's name stands in any rendering, nor in the data."""
    for document in told:
        for text in (document.html, document.text, document.markdown, as_json(document.data)):
            assert "Calder" not in text


def test_the_same_facts_are_the_same_bytes(office: LeadOffice) -> None:
    """Written twice, it is the same report."""
    filled(office)
    assert tell(office) == tell(office)


def test_the_table_of_funnels(told: Told) -> None:
    """The CSV has the whole and each part, and its numbers are those of the report."""
    rows = list(csv.DictReader(io.StringIO(as_csv(told.report.data) or "")))
    assert (rows[0]["by"], rows[0]["opened"], rows[0]["qualified"], rows[0]["story_qualified"]) == (
        "all", "14", "7", "7",
    )  # fmt: skip
    for by in ("source", "channel", "campaign", "owner", "tier"):
        assert sum(int(row["opened"]) for row in rows if row["by"] == by) == 14


def test_the_data_have_what_is_said(told: Told) -> None:
    """Funnel, movement, handoff, goals, credit and readings, as plain JSON."""
    data = json.loads(as_json(told.report.data))
    assert (data["moved"]["qualified"], data["funnel"]["n"], data["handoff"]["offered"]) == (7, 14, 7)
    assert data["handoff"]["reasons"] == {"not our subject": 1}
    assert data["reading"] | {"n": 14, "more": 3} == data["reading"]
    credit = data["credit"]["campaign"]
    assert [sum(column) for column in zip(*(row["credits"] for row in credit["rows"]), strict=True)] == [7000] * len(
        credit["models"]
    )
    assert {one["id"]: one["reached"] for one in data["goals"]} == {"november": 10, "campaign:spring": 2}


def test_before_there_is_a_lead_there_are_no_zeros(office: LeadOffice) -> None:
    """Null in the data and words in the report; what was agreed is told already."""
    report, digest = tell(office)
    assert report.subject == "Leads wk 47: not counted yet"
    assert "Nobody has become a lead yet, under criteria 1." in flat(report.text)
    assert "A lead is who has acted towards us of their own accord" in flat(report.text)
    for key in ("moved", "funnel", "handoff", "reading", "credit"):
        assert report.data[key] is None
    assert digest.data["leads"]["value"] is None
    assert "Qualified leads are not counted here yet, so no figure is given." in flat(digest.text)
    assert "qualified lead" not in digest.subject


def test_an_empty_week_after_others(office: LeadOffice) -> None:
    """Where leads are counted a week without one is a zero, and rates of nothing are none."""
    filled(office)
    report = tell(office, "2026-W36").report
    assert report.data["funnel"]["n"] == 0
    assert "Nobody became a lead this week." in flat(report.text)
    assert "Nothing was offered this week" in flat(report.text)
    assert tell(office, "2026-10").report.data["period"]["unit"] == "month"


# --- the digest ----------------------------------------------------------------------------------------------------


def test_section_3_of_the_digest(told: Told) -> None:
    """At most six numbers of leads, then why the goal is behind, the reading, and the uplift on its own line."""
    words = flat(told.digest.text.split("LEADS AGAINST GOAL")[1].split("CAMPAIGN ANSWERS")[0])
    assert (
        "- Qualified this week: 7; week before 1 - By an enquiry: 4 - By a call to action: 2; 1 more by phone, at an "
        "event or by referral - Goal “November”: 10 of 20 qualified leads; behind, by 30 Nov 2026 - Expected by now: "
        "15; ends at 10 to 19 if it goes on so"
    ) in words
    assert "Uplift, apart from leads: Spring opening: cannot tell" in words
    (whole,) = [one for one in told.digest.versions if one.audience == "analyst"]
    words = flat(whole.text.split("LEADS AGAINST GOAL")[1].split("CAMPAIGN ANSWERS")[0])
    assert (
        "The goal “November”, by 30 Nov 2026: 10 of 20 qualified leads on day 23 of 30, with 14.9 expected by now: "
        "behind. If it goes on like this, it ends at 10 to 19."
    ) in words
    assert "EU reading: 14 leads opened; the US reading would count 3 more" in words
    assert told.digest.subject.startswith("Comms wk 47: 7 qualified leads (goal 10 of 20)")


def test_the_digest_as_data(told: Told) -> None:
    """Value, goal, expected, forecast and diagnosis; the touches of enquiries as before."""
    data = told.digest.data["leads"]
    assert (data["value"], data["previous"], data["goal"], data["to_date"], data["pace"]) == (7, 1, 20, 10, "behind")
    assert (data["by_enquiry"], data["by_call_to_action"], data["by_other"]) == (4, 2, 1)
    assert data["expected"] == pytest.approx(14.9, abs=0.1)
    assert data["diagnosis"]["word"] == "fewer"
    assert set(data["forecast"]) == {"low", "high"}
    assert data["enquiry_touches"]["n"] == 0


def test_a_goal_for_this_week_alone(tmp_path: Path) -> None:
    """A goal that is about the digest's own week stands in the subject as it was set."""
    week = SETTINGS.replace("n = 20\nleads = 30\nstarts_on = 2026-11-01\nends_on = 2026-11-30", "n = 8\n"
                            "starts_on = 2026-11-16\nends_on = 2026-11-22")  # fmt: skip
    with opened(tmp_path, week) as office:
        filled(office)
        assert tell(office).digest.subject.startswith("Comms wk 47: 7 qualified leads (goal 8)")


def test_what_needs_somebody(told: Told) -> None:
    """Offers that are overdue or due soon with whom and when, what lapsed, and the goal that is behind."""
    needs = flat(told.digest.text.split("NEEDS YOU")[1].split("LEADS AGAINST GOAL")[0])
    assert re.search(r"1 offered lead overdue story-qualified lead [0-9a-f]{8}, due Fri 20 Nov, 11:00, Ada Lind", needs)
    assert "due Mon 23 Nov, 14:30, offered to nobody: assign it" in needs
    assert "1 offered lead lapsed, nobody answered" in needs
    assert "The goal “November” is behind" in needs
    assert len(told.digest.data["needs"]) == 5


def test_criteria_that_changed_are_told(office: LeadOffice) -> None:
    """A new number stands among what changed, with what it changed and who switched it on."""
    office.lead(at("16 09:00"))
    own = (Path(agreeing.__file__).parents[1] / "criteria.example.toml").read_text(encoding="utf-8")
    text = own.replace("points = 30\ncap = 60", "points = 20\ncap = 60").encode()
    agreeing.switch_on(office.session, office.app.settings, text, by="ben", now=at("18 09:00"))
    report, digest = tell(office)
    said = "Criteria 1 → 2 on Wed 18 Nov, 09:00, by Ben Roth: The rule “asked”: points 30 → 20."
    assert said in flat(digest.text.split("LEARNED AND CHANGED")[1])
    assert said in flat(report.text)


def test_a_file_of_criteria_that_is_not_in_force(tmp_path: Path) -> None:
    """Who changed the file and did not switch it on is told so, once, with the command."""
    own = (Path(agreeing.__file__).parents[1] / "criteria.example.toml").read_text(encoding="utf-8")
    (tmp_path / "criteria.toml").write_text(own, encoding="utf-8")
    with opened(tmp_path, f'{SETTINGS}\n[criteria]\nfile = "criteria.toml"\n') as office:
        assert "file of the criteria" not in tell(office).digest.text
        (tmp_path / "criteria.toml").write_text(own.replace("cap = 60", "cap = 70", 1), encoding="utf-8")
        needs = flat(tell(office).digest.text)
        assert "The file of the criteria is not what is in force" in needs


# --- taken away ----------------------------------------------------------------------------------------------------


def run(folder: Path, *words: str) -> Any:
    return CliRunner().invoke(main, ["--config", str(folder / "config.toml"), *words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An office whose leads have words that a spreadsheet would take for formulas."""
    with opened(tmp_path) as office:
        filled(office)
        bad = office.lead(at("19 09:00"), outlet='=HYPERLINK("http://evil.example")', source="search")
        office.session.execute("UPDATE leads SET detail = '@SUM(1)' WHERE id = :id", id=bad)
        office.session.execute("UPDATE contacts SET name = '+49 Ruth Calder' WHERE id = :id", id=bad)
        done = offer(at("19 10:00"), "ada", "accepted", at("19 11:00"), words="Ruth Calder said yes")
        office.lead(at("19 09:00"), qualified=at("19 10:00"), offers=(done,), owner="ada")
    return tmp_path


def test_the_export_names_nobody_unless_it_is_asked(folder: Path) -> None:
    """Names, addresses and words of people are in columns that are asked for."""
    for form in ("csv", "json"):
        for more, there in (((), False), (("--with-people",), True)):
            out = folder / f"out.{form}"
            assert run(folder, "lead", "export", "--out", str(out), *more).exit_code == 0
            text = out.read_text(encoding="utf-8-sig")
            assert out.stat().st_mode & 0o077 == 0  # its owner alone may read it
            assert ("Ruth Calder" in text) is there
            assert ("SUM(1)" in text) is there


def test_the_list_of_leads_as_csv(folder: Path) -> None:
    """Every lead with its stages, its handoff and its criteria; nothing in it is a formula."""
    out = folder / "leads.csv"
    assert run(folder, "lead", "export", "--out", str(out)).exit_code == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert len(rows) == 44
    assert {row["criteria"] for row in rows} == {"1"}
    (last,) = [row for row in rows if row["outcome"] == "covered" and row["opened_at"].startswith("2026-11-18")]
    assert (last["stage"], last["answer"], last["offered_to"]) == ("story-qualified", "accepted", "ben")
    assert last["story-qualified_at"] == "2026-11-18T16:00+00:00"
    assert all(not cell.startswith(tuple("=+-@\t")) for row in rows for cell in row.values())
    assert any(row["outlet"].startswith("'=HYPERLINK") for row in rows)


def test_the_workbook(folder: Path) -> None:
    """Five sheets; times are dates, numbers numbers, and a stranger's formula is text."""
    from python_calamine import CalamineWorkbook

    out = folder / "leads.xlsx"
    assert run(folder, "lead", "export", "--out", str(out)).exit_code == 0
    book = CalamineWorkbook.from_path(str(out))
    assert book.sheet_names == ["leads", "touches", "handoffs", "funnel", "sources"]
    head, *rows = book.get_sheet_by_name("leads").to_python()
    assert len(rows) == 44
    assert any(str(cell).startswith("=HYPERLINK") for row in rows for cell in row)
    assert f"{rows[0][head.index('opened_at')]:%Y-%m-%d %H:%M}" == "2026-09-21 11:00"
    assert len(book.get_sheet_by_name("touches").to_python()) == 45
    assert "words" not in book.get_sheet_by_name("handoffs").to_python()[0]
    steps = {
        row[0] if row[0] != "stage" else row[1]: row[2] for row in book.get_sheet_by_name("funnel").to_python()[1:]
    }
    assert steps["opened"] == 44


def test_a_sheet_that_is_full_goes_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No row is left out, wherever the last one falls."""
    from python_calamine import CalamineWorkbook

    monkeypatch.setattr(workbooks, "ROWS", 3)
    for n, sheets in ((0, 1), (3, 1), (4, 2), (7, 3)):
        out = tmp_path / f"{n}.xlsx"
        table = workbooks.Table("rows", ("n",), ({"n": one} for one in range(n)))
        workbooks.write_xlsx(out, [table], None)  # type: ignore[arg-type]  # no column is a time
        book = CalamineWorkbook.from_path(str(out))
        rows = [row[0] for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()[1:]]
        assert (len(book.sheet_names), rows) == (sheets, list(range(n)))


def test_the_export_as_json(folder: Path) -> None:
    """All tables in one document, times in UTC, what is not known null."""
    out = folder / "leads.json"
    done = run(folder, "lead", "export", "--out", str(out), "--json")
    assert json.loads(done.stdout) == {"file": str(out), "format": "json", "leads": 44, "people": False}
    data = json.loads(out.read_text(encoding="utf-8"))
    assert [len(data[name]) for name in ("leads", "touches")] == [44, 44]
    assert data["leads"][0]["opened_at"] == "2026-09-21T10:00:00Z"
    assert data["leads"][0]["qualified_at"] is None


def test_what_cannot_be_written_is_said(folder: Path) -> None:
    """An ending that says nothing, and a folder that is not there."""
    done = run(folder, "lead", "export", "--out", str(folder / "leads.doc"))
    assert done.exit_code == 2
    assert "--format csv, xlsx, json" in done.output
    done = run(folder, "lead", "export", "--out", str(folder / "none" / "leads.xlsx"))
    assert done.exit_code == 1
    assert "cannot be written" in done.output
    assert not (folder / "leads.doc").exists()


def test_a_report_as_a_workbook(folder: Path) -> None:
    """The table of the report; without a file to write to it says so."""
    out = folder / "report.xlsx"
    assert run(folder, "report", "leads", "--period", "2026-W47", "--out", str(out)).exit_code == 0
    assert out.stat().st_size > 1_000
    assert run(folder, "report", "leads", "--format", "xlsx").exit_code == 2
