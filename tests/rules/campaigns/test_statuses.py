"""The steps of a target's way: forward freely, back with a reason, never unknown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.errors import CampaignError
from commsleads.plan import STATUSES, Status
from commsleads.rules.campaigns.statuses import answered, contacted, first, named, place, step

OWN = (Status(name="invited"), Status(name="reminded"), Status(name="Signed-up", responded=True, success=True))
NAMES = st.sampled_from([status.name for status in STATUSES])


@given(NAMES, NAMES, st.sampled_from(["", "  ", "a mistake"]))
def test_only_a_step_back_needs_a_reason(came_from: str, to: str, why: str) -> None:
    """Forward and standing still are free; back is refused without words, and told as back with them."""
    apart = place(STATUSES, to) - place(STATUSES, came_from)
    if apart < 0 and not why.strip():
        with pytest.raises(CampaignError, match="step back"):
            step(STATUSES, came_from, to, why)
    else:
        assert step(STATUSES, came_from, to, why) == (named(STATUSES, to), apart)


@given(st.lists(NAMES, max_size=12))
def test_steps_without_reasons_never_fall(wanted: list[str]) -> None:
    """Whatever is asked for in whatever order, who gives no reason only goes forward."""
    stands = 0
    for name in wanted:
        try:
            found = step(STATUSES, STATUSES[stands].name, name)
        except CampaignError:
            continue
        assert place(STATUSES, found.status.name) >= stands
        stands = place(STATUSES, found.status.name)


@given(st.text(max_size=200))
def test_a_name_is_known_or_refused_in_words(name: str) -> None:
    """No word makes it fail in another way."""
    try:
        assert named(STATUSES, name) in STATUSES
    except CampaignError as error:
        assert str(error).startswith("No status is called")  # noqa: PT017 - either of the two is right


def test_an_unknown_status_is_told_with_the_nearest() -> None:
    """A slip of the finger gets the word that was meant, and nonsense the list."""
    with pytest.raises(CampaignError, match="Did you mean “responded”"):
        named(STATUSES, "reponded")
    with pytest.raises(CampaignError, match="There is: “targeted”"):
        named(STATUSES, "xyz")


def test_names_are_known_in_any_case_and_with_any_joint() -> None:
    """People write did-it, DID IT and did_it."""
    assert {named(STATUSES, name).name for name in ("did it", "Did-It", "DID_IT ")} == {"did it"}


def test_a_status_that_was_taken_out_of_the_plan_counts_as_the_beginning() -> None:
    """Who stood there can go on."""
    assert step(OWN, "did it", "reminded").forward == 1


def test_where_a_mailing_and_an_answer_lead_to() -> None:
    """Contacted comes before a response; an answer is not yet the act, where the two are told apart."""
    assert (first(STATUSES).name, contacted(STATUSES)) == ("targeted", STATUSES[1])
    assert contacted(OWN) == OWN[1]
    assert contacted((OWN[0], OWN[2])) is None
    assert [answered(STATUSES, did=did).name for did in (False, True)] == ["responded", "did it"]
    assert [answered(OWN, did=did).name for did in (False, True)] == ["Signed-up", "Signed-up"]
