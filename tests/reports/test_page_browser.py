"""The page in a real browser under a strict policy: light and dark, on a telephone and on a desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from commsleads.printing import page_of
from commsleads.reports.page import document_of
from tests.browser import CHROMIUM, look_at
from tests.reports.pages import HOSTILE, sample

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")


@pytest.mark.parametrize(
    ("words", "dark"), [("", False), ("", True), (HOSTILE, False)], ids=["light", "dark", "hostile"]
)
def test_it_reads_well(tmp_path: Path, words: str, dark: bool) -> None:
    """Every text has a contrast of 4.5 or more and stands within the page, and nothing is complained about."""
    looked = look_at(page_of(document_of(sample(words), {})), tmp_path, dark=dark)
    assert looked.console == []
    for seen in looked.seen:
        assert seen.texts > 100
        assert seen.faint == []
        assert seen.over == []
        assert seen.wide <= seen.width
