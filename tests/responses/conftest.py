"""An office for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.responses.campaign import Office, opened


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with two campaigns and nothing that came."""
    yield from opened(tmp_path)
