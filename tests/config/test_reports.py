"""The settings of reports: read as the report's own dataclass says, in the file and at a command."""

from __future__ import annotations

import pytest

from commsleads.config import load
from commsleads.config.reports import typed
from commsleads.errors import ConfigError
from commsleads.plugins import Plugins
from tests.config.conftest import Write


def test_settings_of_a_report_arrive_as_it_wants_them(plugins: Plugins, write: Write) -> None:
    """Lists become tuples; what is not given is the report's own default."""
    file = write('[[reports]]\nname = "weekly"\nsettings = { watch = "a", tiers = [1, 2] }\n')
    (plan,) = load(file, plugins).reports
    made = plugins.report("weekly").Settings(**plan.settings)
    assert (made.watch, tuple(made.tiers), made.whole, made.most) == ("a", (1, 2), False, 5)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"watch": "a"}, {"watch": "a"}),
        ({"tiers": "1, 2"}, {"tiers": (1, 2)}),
        ({"tiers": ""}, {"tiers": ()}),
        ({"whole": "yes"}, {"whole": True}),
        ({"most": "12"}, {"most": 12}),
    ],
)
def test_settings_that_are_typed_mean_what_the_file_would(
    plugins: Plugins, given: dict[str, str], wanted: dict[str, object]
) -> None:
    """A word is read by the kind of what it stands for."""
    found = typed(given, "weekly", plugins)
    assert {key: tuple(value) if isinstance(value, list) else value for key, value in found.items()} == wanted


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"wach": "a"}, 'weekly.wach is not known; did you mean "watch"?'),
        ({"tiers": "1,x"}, "weekly.tiers[1] must be a whole number"),
        ({"whole": "perhaps"}, "weekly.whole must be true or false"),
        ({"most": "-1"}, "weekly.most must be a whole number"),
        ({"most": "9" * 400}, "weekly.most must be a whole number"),
    ],
)
def test_what_is_typed_wrong_is_told(plugins: Plugins, given: dict[str, str], words: str) -> None:
    """One sentence with the key and what to do."""
    with pytest.raises(ConfigError) as raised:
        typed(given, "weekly", plugins)
    assert words in str(raised.value)
