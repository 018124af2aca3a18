"""Whether a story came of an enquiry: reasons for it, and reasons that are none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.desk.yielded import Asked, Suggestion, Told, shared_words, suggest

ASKED_AT = datetime(2026, 4, 14, 8, 12, tzinfo=UTC)
ANSWERED_AT = datetime(2026, 4, 14, 14, 0, tzinfo=UTC)
NOW = datetime(2026, 7, 1, tzinfo=UTC)
ANSWER = (
    "Thank you for your enquiry. We will close the rope loft at our Leeds site in autumn and have told the 140 "
    "people who work there. Nobody will have to leave before the end of the year, and each of them has been offered "
    "another post."
)
ASKED = Asked(
    id="e1", received_at=ASKED_AT, answered_at=ANSWERED_AT, deadline_at=ASKED_AT + timedelta(hours=8),
    journalists=("Ruth Calder",), outlet="The North County Post", sites=("northcountypost.co.uk",),
    subject="Acme layoffs in Leeds", questions=("Could you confirm the number of posts at the rope loft?",),
        answer=ANSWER,
)  # fmt: skip
STORY = Told(
    id="s1", at=ANSWERED_AT + timedelta(days=2), title="Acme to close Leeds rope loft",
    text="Layoffs are feared at the Leeds site of Acme, where 140 posts hang on the rope loft.", author="Ruth Calder",
    outlet="North County Post", url="https://www.northcountypost.co.uk/news/rope-loft",
)  # fmt: skip
LAPSED = replace(ASKED, answered_at=None, answer="")
MISSED = " Acme could not be reached for comment."
QUOTE = " “Nobody will have to leave before the end of the year,” the company said."
ELSE = replace(STORY, author="Jo Penn", outlet="Quay Radio", url="https://quayradio.example/a")


def judged(asked: Asked = ASKED, told: Told = STORY, now: datetime = NOW) -> Suggestion | None:
    """The suggestion for a story, of an organisation called Acme."""
    return suggest(asked, told, now, ("Acme",))


def with_text(told: Told, text: str) -> Told:
    """The same story with something added."""
    return replace(told, text=told.text + text)


SUGGESTED = {
    "journalist, outlet and topic": (ASKED, STORY),
    "family name first": (ASKED, replace(STORY, author="CALDER, Ruth")),
    "one of several authors": (ASKED, replace(STORY, author="By Jo Penn and Ruth Calder")),
    "an initial and the outlet": (ASKED, replace(STORY, author="R. Calder")),
    "accents": (replace(ASKED, journalists=("José Núñez",)), replace(STORY, author="Jose Nunez", outlet="", url="")),
    "no author but the outlet and the topic": (ASKED, replace(STORY, author="")),
    "the outlet by its address": (ASKED, replace(STORY, author="", outlet="NCP Online")),
    "the outlet by its name": (ASKED, replace(STORY, author="", url="https://news.example/x")),
    "the journalist at another outlet": (ASKED, replace(STORY, outlet="Quay Radio", url="https://quayradio.example/a")),
    "our words elsewhere, on the topic": (ASKED, with_text(ELSE, QUOTE)),
    "our words by the journalist, on nothing else": (ASKED, replace(STORY, title="Briefs", text=QUOTE)),
    "a long quotation and nothing else": (
        ASKED, replace(ELSE, title="x",
            text="It said: We will close the rope loft at our Leeds site in autumn and have told")
    ),
    "a lapsed one that says so": (LAPSED, with_text(replace(STORY, title="Loft", text="x."), MISSED)),
    "a lapsed one on the topic": (LAPSED, STORY),
    "an open one without a deadline": (replace(LAPSED, deadline_at=None), STORY),
    "before the answer": (ASKED, replace(STORY, at=ASKED_AT + timedelta(hours=1))),
    "on the thirtieth day": (ASKED, replace(STORY, at=ANSWERED_AT + timedelta(days=30))),
    "a German one": (
        replace(ASKED, subject="Presseanfrage: Datenpanne", questions=("Wie viele Kunden sind betroffen?",),
            outlet="Hafenblatt"),
        replace(STORY, title="Datenpanne bei Acme", text="Von der Panne sind 1.200 Kunden betroffen.",
            outlet="Hafenblatt"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SUGGESTED)
def test_it_is_suggested(name: str) -> None:
    """With a sentence for each reason."""
    found = judged(*SUGGESTED[name])
    assert found is not None
    assert 500 <= found.permille <= 990
    assert (found.enquiry, found.story) == ("e1", "s1")
    assert all(reason.rstrip("”").endswith((".", ".”")) or reason.endswith("”") for reason in found.reasons)


NOT_SUGGESTED = {
    "journalist and outlet, another topic": (ASKED, replace(STORY, title="Fog at sea",
        text="Ferries wait for the wind.")),
    "the topic alone": (ASKED, ELSE),
    "the outlet alone": (ASKED, replace(STORY, author="Jo Penn", title="Fog", text="Ferries wait.")),
    "before the enquiry": (ASKED, replace(STORY, at=ASKED_AT - timedelta(minutes=1))),
    "after thirty days": (ASKED, replace(STORY, at=ANSWERED_AT + timedelta(days=31))),
    "long after a deadline that passed": (LAPSED, replace(STORY, at=ASKED_AT + timedelta(days=32))),
    "from the future": (ASKED, replace(STORY, at=NOW + timedelta(days=1))),
    "a first name in common": (ASKED, replace(ELSE, author="Ruth Penn")),
    "a family name in common": (ASKED, replace(ELSE, author="Tom Calder")),
    "one word in common": (ASKED, replace(STORY, title="Leeds win", text="Football: Leeds beat Hull.")),
    "thanks in common": (ASKED, replace(ELSE, title="x",
        text="Thank you for your enquiry. We will tell you who it was")),
    "nobody's words": (replace(ASKED, answer=""), with_text(replace(ELSE, title="x", text=""), QUOTE)),
    "others could not be reached": (LAPSED, replace(STORY, title="Fog", text="Beta could not be reached for comment.")),
    "nothing known": (Asked(id="e", received_at=ASKED_AT), STORY),
    "an empty story": (ASKED, Told(id="s", at=STORY.at)),
    "no names on either side": (replace(ASKED, journalists=("",), outlet="", sites=()), replace(ELSE, author="",
        outlet="", url="")),
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_SUGGESTED)
def test_it_is_not_suggested(name: str) -> None:
    """Reporters write every day, and towns are named every day."""
    now = STORY.at + timedelta(days=60)
    assert judged(*NOT_SUGGESTED[name], now=NOW if name == "from the future" else now) is None


def test_the_reasons_are_sentences_a_person_can_check() -> None:
    """Who, where, what, whose words, when."""
    found = judged(told=with_text(STORY, QUOTE))
    assert found is not None
    assert found.reasons == (
        "It is by Ruth Calder, who asked.",
        "It appeared in North County Post, which asked.",
        "It is about the same: Acme, Leeds, rope, loft, Layoffs.",
        "It repeats words of our answer: “Nobody will have to leave before the end of the year”.",
        "It appeared 2 days after the answer.",
    )
    assert found.quote_used is True
    assert found.permille == 990


def test_silence_on_a_quotation_is_not_a_no() -> None:
    """Often only the beginning of a story is known."""
    found = judged()
    assert found is not None
    assert found.quote_used is None


def test_the_passage_on_no_answer_is_kept_verbatim() -> None:
    """Also where we did answer in time, which we may contest; declining is another thing."""
    found = judged(LAPSED, with_text(STORY, MISSED))
    assert found is not None
    assert (found.unreached, found.declined) == ("Acme could not be reached for comment.", "")
    assert any("we gave no answer" in reason for reason in found.reasons)
    answered = judged(ASKED, with_text(STORY, MISSED))
    assert answered is not None
    assert answered.unreached == "Acme could not be reached for comment."
    assert not any("we gave no answer" in reason for reason in answered.reasons)
    declined = judged(ASKED, with_text(STORY, " Acme declined to comment."))
    assert declined is not None
    assert (declined.unreached, declined.declined) == ("", "Acme declined to comment.")


def test_more_reasons_make_it_surer() -> None:
    """Each adds its weight, and nothing is certain."""
    less = judged(told=replace(STORY, author=""))
    more = judged()
    assert less is not None
    assert more is not None
    assert less.permille < more.permille < 1000


@pytest.mark.parametrize(
    ("answer", "story", "shared"),
    [
        ("a b c d e f", "a b c d e f", ""),
        ("The rope loft at Leeds closes soon.", "they say the rope loft at Leeds closes soon, perhaps",
            "the rope loft at Leeds closes soon"),
        ("The rope loft at Leeds closes soon.", "The ROPE loft\nat “Leeds” closes – soon",
            "The ROPE loft at “Leeds” closes – soon"),
        ("The rope loft at Leeds closes soon.", "The rope loft at Hull closes soon", ""),
        ("rope loft Leeds closes soon", "rope loft Leeds closes soon", ""),
        ("Wir schließen die Seilerei in Leeds bis Herbst.", "„Wir schliessen die Seilerei in Leeds",
            "Wir schliessen die Seilerei in Leeds"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_words_in_common(answer: str, story: str, shared: str) -> None:
    """Six on end, of which three mean something; as the story has them."""
    assert shared_words(answer, story) == shared


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=40))
def test_no_texts_make_it_fail(one: str, two: str, name: str) -> None:
    """Whatever stands in an enquiry or a story; and what has been copied is found."""
    asked = replace(ASKED, answer=one, subject=two, journalists=(name,), outlet=name, sites=(name,))
    suggest(asked, replace(STORY, text=two, author=name, outlet=two, url=one), NOW, (name,))
    assert shared_words(f"{one} {ANSWER}", f"{two} {ANSWER} {one}") != ""


@pytest.mark.parametrize("piece", ["a ", "rope ", "Nobody will have to leave before ", "x", "\n", "Leeds. "])
def test_long_stories_are_judged(piece: str) -> None:
    """A hundred thousand characters of each are looked at."""
    long = piece * (400_000 // len(piece))
    judged(replace(ASKED, answer=long, subject=long), replace(STORY, text=long, author=long))
