"""The file of the criteria: the packaged one is in order, and a wrong file hears of every mistake at once."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given

from commsleads.config.criteria import LARGEST, MOST_RULES, read, text_of, text_of_own
from commsleads.criteria import Criteria, Sort
from commsleads.errors import ConfigError
from tests.rules.criteria.written import CRITERIA, as_file


def problems(content: str | bytes) -> list[str]:
    """The sentences that a file earns; none when it is right."""
    try:
        read(content.encode() if isinstance(content, str) else content, "my.toml")
    except ConfigError as error:
        return list(error.problems)
    return []


def test_what_comes_with_the_program_is_read() -> None:
    """All of the packaged file arrives as values."""
    found = read(text_of_own().encode())
    assert (found.version, found.reading, found.half_life) == ("1", "EU", timedelta(days=30))
    assert found.dated == date(2026, 11, 23)
    assert [stage.id for stage in found.stages] == [
        "engaged", "material-qualified", "story-qualified", "service-qualified",
    ]  # fmt: skip
    assert [stage.qualified for stage in found.stages] == [False, True, True, True]
    assert found.stages[1].after == Sort(having=("material",))
    (objected,) = [rule for rule in found.engagement if rule.id == "objected"]
    assert (objected.points, objected.cap, objected.half_life) == (-100, -100, timedelta(0))


def test_a_file_on_the_disk_is_called_by_its_name(tmp_path: Path) -> None:
    """A path may be given, and its name stands in the sentences."""
    path = tmp_path / "agreed.toml"
    path.write_text('reading = "DE"')
    with pytest.raises(ConfigError, match=r"agreed\.toml: reading is"):
        read(path)
    with pytest.raises(ConfigError, match="There is no file of criteria"):
        read(tmp_path / "absent.toml")


AN_ID = 'an id is 1 to 64 of a-z, 0-9, ".", "_" and "-" and begins with a letter or digit'


def test_every_mistake_is_told_at_once() -> None:
    """Every mistake has a sentence, each with its dotted name and what to do."""
    said = problems("""
vesion = "1"
half_life = "soon"
reading = "DE"
[[engagement]]
id = "A b"
points = 5000
touch = ["clik"]
having = ["tier1"]
source = ["emial"]
[stages]
id = "x"
[[fit_bands]]
name = "A"
[handoff]
answer_within = "0s"
[[handoff.assign]]
stage = ["engaged"]
""")
    assert said == [
        'my.toml: vesion is not known; did you mean "version"?',
        'my.toml: half_life must be a duration such as "30s", "15m", "6h" or "7d" and not "soon"',
        'my.toml: reading is "DE", which is not known; known here: EU, US',
        f'my.toml: engagement[0].id is "A b"; {AN_ID} (rule "A b")',
        'my.toml: engagement[0].points is 5000 and must be at most 1,000 (rule "A b")',
        'my.toml: engagement[0].touch[0] is "clik", which is not known; did you mean "click"? (rule "A b")',
        'my.toml: engagement[0].having[0] is "tier1", which is not known; did you mean "tier-1"? (rule "A b")',
        'my.toml: engagement[0].source[0] is "emial", which is not known; did you mean "email"? (rule "A b")',
        "my.toml: stages must be written [[stages]], with two brackets, once for each entry",
        'my.toml: fit_bands[0].least is missing (band "A")',
        "my.toml: handoff.answer_within is 0s and must be between 1m and 30d",
        "my.toml: handoff.assign[0].to is missing",
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("version = 1", "version must be text in quotes and not a whole number"),
        ('dated = "2026-11-23"', "write 2026-11-23 without quotes"),
        ("engagement = 3", "engagement must be a list of [[engagement]] tables"),
        ("[[engagement]]\npoints = 1", "engagement[0].id is missing"),
        ('[[engagement]]\nid = "a"\npoints = 1.5', "must be a whole number"),
        ('[[engagement]]\nid = "a"\npoints = true', "must be a whole number"),
        ('[[engagement]]\nid = "a"\npoints = 1\nhalf_life = "-1d"', "must be a duration"),
        ('[[fit_bands]]\nname = ""\nleast = 1', "fit_bands[0].name is empty"),
        ('[[fit_bands]]\nname = "A"\nleast = 1\nmargin = -1', "must be at least 0"),
        ('[[stages]]\nid = "a"\nsays = "b"\nwhen = "always"', "stages[0].when must be a table"),
        ('[[stages]]\nid = "a"\nsays = "b"\nwhen = { havng = ["own"] }', "stages[0].when.havng is not known"),
        ('[handoff]\nreasons = ["a\\nb"]', "must stand on one line"),
        ('note = "' + "n" * 501 + '"', "at most 500 are allowed"),
        ("\n".join(f'[[fit]]\nid = "r{n}"\npoints = 1' for n in range(MOST_RULES + 1)), "fit comes 201 times"),
        ("[handoff]\nreasons = [" + '"a", ' * 101 + "]", "has 101 entries"),
        ("#" * (LARGEST + 1), "a file of criteria has at most 200,000"),
        ("[[stages]", "cannot be read at line 1"),
        (b"\xff\xfev", "UTF-16"),
        (b"note = '\xe9'", "is not UTF-8"),
        ("x = " + "[" * 5000, "nested too deeply"),
        ('password = "hunter2"', "a secret must not stand in this file"),
    ],
)  # fmt: skip
def test_each_mistake_has_its_words(content: str | bytes, words: str) -> None:
    """One mistake, one sentence."""
    (said,) = problems(content)
    assert words in said


def test_nothing_at_all_is_a_form_without_content() -> None:
    """The form of an empty file is right; that it makes no sense is said where sense is asked for."""
    assert problems("") == []


def test_the_text_that_is_kept_has_one_sort_of_line_end() -> None:
    """A file saved on another system is the same text."""
    assert text_of(b'\xef\xbb\xbfversion = "2"\r\nnote = "a"\r\n') == 'version = "2"\nnote = "a"\n'


@given(CRITERIA)
def test_what_is_written_is_what_is_read(criteria: Criteria) -> None:
    """Every value of every key comes back as it was."""
    assert read(as_file(criteria)) == criteria
