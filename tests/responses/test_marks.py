"""What people say of responses: by hand, aside, and back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner

from commsleads.campaigns.targets import exclude
from commsleads.cli import main
from commsleads.intake import responses as intake
from commsleads.store.campaigns import erasing
from tests.responses.campaign import RUTH, Office, day


@pytest.fixture
def run(office: Office) -> Any:
    """The command line on this office."""

    def call(*words: str, code: int = 0) -> Any:
        given = ["--config", str(office.app.settings.path), *words]
        done = CliRunner().invoke(main, given, env={"COMMSLEADS_USER": "ines"})
        said = done.output + str(done.exception or "")
        assert done.exit_code == code or (code and done.exception), said
        return json.loads(done.stdout) if "--json" in words else said

    return call


def test_call_is_marked_listed_set_aside_and_taken_up(office: Office, run: Any) -> None:
    """A mark is a response of its target; set aside it stays with its reason; undone it counts again."""
    who = office.target()
    words = ("--campaign", "wing", "--cta", "come", "--kind", "phone", "--target", RUTH, "--at", "2026-11-17T10:00")
    made = run("response", "add", *words, "--note", "She comes with two.", "--json")
    assert (made["target"], made["did"], made["counts"], made["by"]) == (who, True, True, "ines")
    assert run("response", "add", *words, "--note", "She comes with two.", "--json")["id"] == made["id"]
    assert office.stands(who).first_response == made["id"]
    (listed,) = run("response", "list", "--campaign", "wing", "--json")
    assert (listed["kind"], listed["channel"], listed["at"]) == ("phone", "phone", "2026-11-17T10:00:00Z")
    aside = run("response", "set-aside", made["id"][:8], "--why", "It was about another thing.", "--json")
    assert (aside["counts"], aside["why"]) == (False, "Set aside: It was about another thing.")
    assert "Set aside: It was about another thing." in run("response", "list", "--campaign", "wing", "--aside")
    assert run("response", "undo", made["id"], "--json")["counts"]
    office.rebuild()
    assert office.one().counts


def test_what_a_person_set_aside_stays_so(office: Office, run: Any) -> None:
    """The rules neither count again nor forget what a person set aside, in a rebuild neither; undone it is theirs."""
    link = office.link(target=office.target())
    office.hit("h1", link, day(4))
    office.settle()
    ident = office.one().id
    run("response", "set-aside", ident, "--why", "A test of ours.")
    office.settle()
    office.rebuild()
    assert (office.one().counts, office.one().by) == (False, "ines")
    run("response", "undo", ident)
    assert (office.one().counts, office.one().by) == (True, "commsleads")


def test_what_was_written_of_a_target_ends_with_it(office: Office, run: Any) -> None:
    """When a target is made nobody, the notes beside its responses go and the responses stay."""
    who = office.target()
    given = ("--campaign", "wing", "--cta", "come", "--kind", "event", "--target", RUTH, "--note", "Ruth limps.")
    ident = run("response", "add", *given, "--json")["id"]
    run("response", "set-aside", ident, "--why", "Ruth Calder was ill.")
    erasing.erase(office.session, [who], office.app.now())
    assert (office.one().id, office.one().why) == (ident, "")
    assert "Ruth" not in json.dumps(office.session.query("SELECT * FROM history WHERE kind = 'response'"))
    assert "mark it anew" in run("response", "undo", ident, code=2)


@pytest.mark.parametrize(("words", "said"), [
    (("add", "--campaign", "wing", "--cta", "cmoe", "--kind", "phone"), "no call to action"),
    (("add", "--campaign", "wing", "--cta", "come", "--kind", "click"), "cannot be marked by hand"),
    (("add", "--campaign", "wing", "--cta", "come", "--kind", "phone", "--target", "nobody"), "No target is called"),
    (("add", "--campaign", "wnig", "--cta", "come", "--kind", "phone"), "Did you mean"),
    (("add", "--campaign", "wing", "--cta", "come", "--kind", "phone", "--at", "2199-01-01"), "yet to come"),
    (("set-aside", "abcd", "--why", "x"), "No response has the id"),
    (("undo", ""), "No response has the id"),
])  # fmt: skip
def test_mistakes_are_said(run: Any, words: tuple[str, ...], said: str) -> None:
    """What makes no sense is refused with a sentence that says what to do."""
    assert said in run("response", *words, code=2)


def test_a_mark_follows_the_plan_and_the_targets_as_they_are_now(office: Office, run: Any) -> None:
    """A call after the window counts once the campaign was declared longer; of who is taken in again, too."""
    who = office.target(excluded="a rival")
    words = ("response", "add", "--campaign", "rope", "--cta", "samples", "--kind", "phone", "--at", "2026-11-05T10:00")
    run(*words, "--note", "Send some.")
    run("response", "add", "--campaign", "wing", "--cta", "come", "--kind", "event", "--target", who)
    assert [office.one("rope").counts, office.one().counts] == [False, False]
    exclude(office.session, who, office.app.now(), "ines", "")
    earlier = [replace(one, starts_on=date(2026, 11, 1)) for one in office.app.campaigns(office.session)]
    for _ in range(2):
        intake.settle(office.session, office.app.settings, earlier, office.app.now())
    rope, wing = office.one("rope"), office.one()
    assert (rope.counts, rope.why, rope.by) == (True, "Marked by hand: Send some.", "ines")
    assert (wing.counts, wing.by, office.stands(who).status) == (True, "ines", "did it")
    office.settle()
    assert office.one("rope").why.startswith("It came before the campaign began. Marked by hand")
