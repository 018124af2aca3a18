"""A simulated mailing to 500 behind four makes of scanning gateway, with 60 true clicks: the range holds them."""

from __future__ import annotations

from statistics import fmean

import pytest

from tests.rules.clicks.mailing import TRUE, Mailing, holds, near

VARIANTS = [(personal, trap) for personal in (True, False) for trap in (True, False)]


@pytest.mark.parametrize(("personal", "trap"), VARIANTS)
@pytest.mark.parametrize("seed", range(3))
def test_the_range_holds_the_true_clicks(seed: int, personal: bool, trap: bool) -> None:
    """A link for each person or one for all, with and without a trap: the best figure is within a tenth."""
    figure = Mailing(seed, personal, trap).range()
    assert holds(figure), figure
    assert near(figure), figure


@pytest.mark.soak
@pytest.mark.parametrize(("personal", "trap"), VARIANTS)
def test_the_range_holds_the_true_clicks_of_sixty_mailings(personal: bool, trap: bool) -> None:
    """The same for sixty seeds."""
    figures = [Mailing(seed, personal, trap).range() for seed in range(60)]
    assert all(map(holds, figures))
    assert all(map(near, figures))
    assert fmean(abs(figure.best - TRUE) for figure in figures) < 3


@pytest.mark.soak
@pytest.mark.parametrize(("personal", "trap"), VARIANTS)
def test_gateways_nobody_can_name_do_not_break_the_range(personal: bool, trap: bool) -> None:
    """Every header of a browser out of networks that no list has: the range still holds, the best figure mostly."""
    figures = [Mailing(seed, personal, trap, silent=1.0, listed=0.0).range() for seed in range(20)]
    assert all(map(holds, figures))
    assert sum(map(near, figures)) >= 16
