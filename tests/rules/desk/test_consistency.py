"""Drafts against what was said before: what conflicts, what does not, and which statements are near."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.desk.amounts import amounts, decimal_comma
from commsleads.rules.desk.consistency import Statement, compare, nearest
from commsleads.rules.desk.stems import sentences

MARCH = datetime(2026, 3, 3, 14, 0, tzinfo=UTC)
NOW = datetime(2026, 4, 14, 9, 0, tzinfo=UTC)


def said(text: str, **changes: str) -> Statement:
    """An answer of 3 March."""
    return Statement(
        id="s1", at=MARCH, text=text, reference=changes.get("reference", "2026-0007"), topic=changes.get("topic", "")
    )


CONFLICTS = [
    # figures with a noun
    ("We will close 140 posts in Leeds.", "Some 150 posts in Leeds are at risk, with more to come, we said.",
     "140 posts", "150 posts"),
    ("140 posts are at risk.", "We confirm that 150 posts are at risk.", "140 posts", "150 posts"),
    ("Twelve sites stay open.", "We said that ten sites will stay open.", "Twelve sites", "ten sites"),
    ("The museum has 1,200 ship models.", "It holds 1,500 ship models.", "1,200 ship", "1,500 ship"),
    ("About 400 homes lost power.", "Some 900 homes lost power.", "400 homes", "900 homes"),
    ("More than 200 posts go.", "We will cut 140 posts.", "200 posts", "140 posts"),
    ("Up to 100 jobs will go.", "140 jobs will go.", "100 jobs", "140 jobs"),
    ("140 of the 900 posts will go.", "150 of the 900 posts will go.", "140", "150"),
    ("We had 21 complaints.", "There were 20 complaints.", "21 complaints", "20 complaints"),
    ("It took 30 days to repair the crane.", "The crane took 20 days to repair.", "30 days", "20 days"),
    ("A total of 12,000 tonnes were shipped.", "We shipped 18,000 tonnes.", "12,000 tonnes", "18,000 tonnes"),
    # shares and sums
    ("The wing cost £3.2m.", "The new wing cost £4.1 million.", "£3.2m", "£4.1 million"),
    ("The wing will cost €40bn.", "The wing will cost 30 billion euros.", "€40bn", "30 billion euros"),
    ("Complaints fell by 12 per cent.", "Complaints fell 15 %.", "12 per cent", "15 %"),
    ("About a third of ferries were late.", "Half of the ferries were late.", "a third", "Half"),
    ("The rope works paid a fine of $2m.", "The fine for the rope works was $3m.", "$2m", "$3m"),
    # other languages
    ("Wir streichen 140 Stellen.", "Es fallen 150 Stellen weg.", "140 Stellen", "150 Stellen"),
    ("Betroffen sind 1.200 Kunden.", "Es sind 1.500 Kundinnen und 2.000 Kunden betroffen.", "1.200 Kunden",
     "2.000 Kunden"),
    ("Der Neubau kostet 3,2 Millionen Euro.", "Der Neubau kostet 4,1 Mio. Euro.", "3,2 Millionen Euro",
     "4,1 Mio. Euro"),
    ("Nous supprimons 140 postes.", "L'usine supprime 150 postes.", "140 postes", "150 postes"),
    ("Le chantier a coûté 3,2 millions d'euros.", "Le chantier coûte 4,5 millions d’euros.",
     "3,2 millions d'euros", "4,5 millions d’euros"),
    ("Recortamos 140 puestos de trabajo.", "Se recortan 150 puestos de trabajo.", "140 puestos", "150 puestos"),
    ("El 12 % de los trenes llegó tarde.", "El 15 % de los trenes llegó con retraso.", "12 %", "15 %"),
    # dates
    ("The new wing opens on 12 March.", "The wing will open on 14 March.", "12 March", "14 March"),
    ("The museum was founded in 1921.", "The museum was founded in 1924.", "1921", "1924"),
    ("We have run the ferry since 2019.", "We have run the ferry since 2018.", "2019", "2018"),
    ("The rope works closes on March 12, 2026.", "The rope works will close in April 2026.", "March 12, 2026",
     "April 2026"),
    ("Die Ausstellung öffnet am 3. Juni 2026.", "Eröffnung der Ausstellung ist am 10. Juni 2026.", "3. Juni 2026",
     "10. Juni 2026"),
    ("Le musée ouvre le 12 mars.", "L'ouverture du musée est prévue le 14 mars.", "12 mars", "14 mars"),
    ("El museo abre el 12 de marzo de 2026.", "El museo abre el 14 de marzo de 2026.", "12 de marzo de 2026",
     "14 de marzo de 2026"),
    ("The breach was discovered on 2026-02-01.", "We discovered the breach on 3 February 2026.", "2026-02-01",
     "3 February 2026"),
    ("The regulator was informed on 5 May. The museum opens 12 March.", "The museum opens 14 March.", "12 March",
     "14 March"),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "past", "mine", "theirs"), CONFLICTS)
def test_what_conflicts_is_shown_with_the_words_of_both(draft: str, past: str, mine: str, theirs: str) -> None:
    """One conflict, where it stands in each text."""
    (conflict,) = compare(draft, [said(past)], now=NOW)
    assert (conflict.draft_words, conflict.past_words) == (mine, theirs)
    assert draft[conflict.draft_start : conflict.draft_end] == mine
    assert past[conflict.past_start : conflict.past_end] == theirs
    assert conflict.why == f"This draft says {mine}; the answer to 2026-0007 of 3 March said {theirs}."


AGREE = [
    ("140 posts are at risk.", "140 posts are at risk."),
    ("140 posts are at risk.", "150 people came to the fair."),
    ("Some 140 posts are at risk.", "The number is 137 posts."),
    ("140 posts are at risk.", "137 posts are at risk."),
    ("We will cut 140 posts.", "We will create 60 posts."),
    ("We will cut 140 posts in Leeds.", "In Hull we will cut 60 posts."),
    ("We cut 140 posts at our Leeds site.", "We cut 60 posts at our Hull site."),
    ("We had 140 posts in 2024.", "We had 160 posts in 2025."),
    ("The 2025 fair drew 9,000 visitors.", "The 2024 fair drew 7,000 visitors."),
    ("We will invest £40m in the yard.", "The yard made a profit of £3m."),
    ("We recalled 12,000 kettles.", "We sold 90,000 kettles last year."),
    ("Ticket sales rose 12 % in March.", "Ticket sales rose 9 % in April."),
    ("More than 100 posts go.", "140 posts go."),
    ("Up to 200 posts go.", "140 posts go."),
    ("At least 100 posts, we said.", "Up to 200 posts."),
    ("140 of the 900 posts will go.", "We have 900 posts."),
    ("We will cut 140 posts and create 60 posts.", "We will create 60 posts and cut 140 posts."),
    ("We will cut 140 posts.", "We said 60 posts go in spring. With autumn it is 140 posts."),
    ("The wing cost £3.2m.", "The wing cost £3,187,000."),
    ("The wing cost £3m.", "The wing cost £3.2 million."),
    ("The wing cost £3.2m.", "The fine was £4.1m."),
    ("The wing cost £3.2m.", "The wing cost €3.6m."),
    ("Revenue rose 12 %.", "Profit rose 15 %."),
    ("Complaints fell by 12 per cent.", "Complaints fell by 12.4 per cent."),
    ("About a third of ferries were late.", "34 % of the ferries were late."),
    ("It took 30 days to repair the crane.", "Visitors have 14 days to return a ticket."),
    ("Call 020 7946 0000.", "Call 020 7946 0999."),
    ("Version 3.2 is out.", "Version 3.4 is out."),
    ("See page 12.", "See page 14."),
    ("The talk is at 5pm.", "The talk is at 6pm."),
    ("Between 15-20 posts go.", "30 posts go."),
    ("Wir streichen 140 Stellen.", "Wir schaffen 60 Stellen."),
    ("Wir bauen 1.200 Wohnungen.", "Wir bauen 1200 Wohnungen."),
    ("Nous supprimons 1 200 postes.", "L'usine supprime 1.200 postes."),
    ("El centro cuesta 3,2 millones de euros.", "El centro cuesta 3.200.000 euros."),
    # dates
    ("The new wing opens on 12 March.", "The wing opens on 12 March 2026."),
    ("The new wing opens on 12 March.", "The wing opens in March."),
    ("The new wing opens on 12 March.", "The café closes on 14 March."),
    ("The new wing opens on 12 March.", "The ferry to Hull opens on 14 March."),
    ("The museum opens on 12 March and closes on 30 June.", "The museum closes on 30 June and opens on 12 March."),
    ("We have run the ferry since 2019.", "We bought the ferry in 2018."),
    ("The festival opens on 12 March 2026.", "The festival opened on 12 March 2026, we said on 14 March 2025."),
    ("The museum was founded in 1921.", "The museum was founded on 3 May 1921."),
    ("It may open in May.", "It may open."),
    ("Le musée ouvre le 12 mars.", "Le musée ferme le 14 mars."),
    ("", "140 posts are at risk."),
    ("140 posts are at risk.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "past"), AGREE)
def test_what_can_both_be_true_is_not_shown(draft: str, past: str) -> None:
    """Rounding, limits, other things, other places, other years, other happenings; and neither the other way round."""
    assert compare(draft, [said(past)], now=NOW) == []
    assert compare(past, [said(draft)], now=NOW) == []


def test_a_statement_of_another_year_does_not_bind_a_date_without_a_year() -> None:
    """The festival opens every March."""
    old = Statement(id="s", at=datetime(2025, 3, 3, tzinfo=UTC), text="The festival opens on 14 March.")
    assert compare("The festival opens on 12 March.", [old], now=NOW) == []
    (conflict,) = compare("The festival opens on 12 March.", [old])
    assert conflict.why == "This draft says 12 March; a statement of 3 March 2025 said 14 March."


def test_the_topic_says_what_a_pronoun_means() -> None:
    """And so does the sentence before."""
    past = said("It opens on 14 March.", topic="The new wing")
    assert len(compare("The new wing opens on 12 March.", [past], now=NOW)) == 1
    assert len(compare("We are proud of the new wing. It opens on 12 March.", [past], now=NOW)) == 1
    assert compare("We are proud of the ferry. It opens on 12 March.", [past], now=NOW) == []


def test_each_statement_that_conflicts_is_named_and_days_are_local() -> None:
    """In the order of the draft, the newest first."""
    late = Statement(
        id="s2", at=datetime(2026, 3, 31, 23, 30, tzinfo=UTC), text="We cut 160 posts.", reference="2026-0011"
    )
    found = compare(
        "The fund is £2m. We cut 140 posts.", [said("We cut 150 posts."), late], now=NOW, zone=ZoneInfo("Europe/London")
    )
    assert [conflict.reference for conflict in found] == ["2026-0011", "2026-0007"]
    assert found[0].why == "This draft says 140 posts; the answer to 2026-0011 of 1 April said 160 posts."


def test_the_nearest_share_rare_words() -> None:
    """Words that every statement has weigh little."""
    past = [
        Statement(id="layoffs", at=MARCH, text="The company confirms that posts at the Leeds site are at risk."),
        Statement(id="wing", at=MARCH, text="The company opens its new wing with free admission."),
        Statement(id="ferry", at=MARCH, text="The company regrets the delay of the ferry in fog."),
        Statement(id="thanks", at=MARCH, text="Thank you."),
    ]
    found = nearest("How many posts does the company cut at its Leeds site?", past)
    assert [near.statement.id for near in found][:1] == ["layoffs"]
    assert "leed" in found[0].shared
    assert found[0].permille > 300
    assert "thanks" not in {near.statement.id for near in found}
    assert len(nearest("The company and its new wing in Leeds", past, 1)) == 1
    assert nearest("", past) == []
    assert nearest("anything at all", []) == []


TEXT = st.lists(
    st.sampled_from([
        "140 posts", "£3.2m", "on 12 March", "since 2019", "a third of the", "opens", "Leeds", ". ",
            " of the 900 posts", "12 %", "\n",
        "1.200,50 Stellen", "ca. ", "up to ", "€", ",", "0", "9" * 30, "31 February", "２０", "½", "\ud800",
    ])
    | st.text(max_size=10),
    max_size=40,
).map(" ".join)  # fmt: skip


@given(TEXT, TEXT)
def test_any_texts_can_be_compared(draft: str, past: str) -> None:
    """Nothing fails; every passage is where it is said to be."""
    for conflict in compare(draft, [said(past)], now=NOW):
        assert draft[conflict.draft_start : conflict.draft_end].split() == conflict.draft_words.split()
        assert past[conflict.past_start : conflict.past_end].split() == conflict.past_words.split()
    assert compare(draft, [said(draft)], now=NOW) == []
    nearest(draft, [said(past), said(draft)])


@pytest.mark.parametrize("piece", [
    "1", "1.", "1,111", "1 111 ", "£", "a third of ", "12 March ", "since 2019 ", ". A", "a ", "a", "140 posts ",
        "12 % ", "\n", "-",
    "million ", "about ", "Ab ", "it opens on 12 March. ",
])  # fmt: skip
@pytest.mark.parametrize("length", [20_000, pytest.param(200_000, marks=pytest.mark.soak)])
def test_long_texts_of_the_worst_are_compared(piece: str, length: int) -> None:
    """A text is looked at as far as a hundred thousand characters, and two hundred figures a sentence are the most."""
    text = piece * (length // len(piece))
    compare(text, [said("140 posts are at risk. It opens on 12 March.")], now=NOW)
    compare("140 posts are at risk.", [said(text)], now=NOW)
    nearest(text, [said(text)])


def test_numbers_are_read_as_their_language_writes_them() -> None:
    """The little words of a text say which language that is."""
    for text, value in [
        ("The cost of the wing is £1.250m.", "1250000"), ("Die Kosten sind 1.250 Euro und das ist viel.", "1250"),
        ("The cost is 1,250 pounds.", "1250"), ("Die Summe ist 12,5 Millionen Euro.", "12500000"),
        ("Le coût est de 1 250,50 euros.", "1250.5"), ("The sum of CHF 1'250 is paid.", "1250"),
        ("Son 2 mil millones de euros.", "2000000000"), ("Das ist 1 Billion Euro und mehr.", "1000000000000"),
        ("This is 1 billion euros.", "1000000000"),
    ]:  # fmt: skip
        (sentence,) = sentences(text)
        (amount,) = amounts(text, sentence, comma=decimal_comma(text))
        assert amount.value == float(value), text
