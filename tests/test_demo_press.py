"""The demo's press office by itself: its mails, its work by the calendar, its mail server."""

from __future__ import annotations

import email
import email.policy
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commsleads.demo.maildir import Maildir
from commsleads.demo.newsroom import Calendar, Newsroom, open_newsroom
from commsleads.demo.pressoffice import open_press_office

MONDAY = date(2026, 11, 16)


@pytest.fixture(scope="module")
def room() -> Newsroom:
    return open_newsroom(MONDAY)


def test_the_press_office_has_what_the_demo_promises(room: Newsroom) -> None:
    """About thirty mails of every kind in four languages, a digest in either layout, and calls."""
    office = open_press_office(room.calendar)
    kinds = Counter(mail.kind for mail in office.mails)
    assert len(office.mails) >= 30
    assert kinds.keys() == {
        "enquiry", "reply", "bounce", "auto_reply", "newsletter", "other", "journalist_request",
    }  # fmt: skip
    assert kinds["enquiry"] >= 15
    assert {str(mail.zone) for mail in office.mails if mail.kind == "enquiry"} == {
        "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Madrid",
    }  # fmt: skip
    assert len(office.calls) >= 8
    assert {act.by for act in office.acts} == {"nadia", "tobias", "ravi"}


def test_people_work_in_the_order_of_time(room: Newsroom) -> None:
    """Nothing is done about a mail before it has come, and nothing after the demo has ended."""
    office = open_press_office(room.calendar)
    came = {mail.key: mail.when for mail in office.mails} | {call.key: call.when for call in office.calls}
    assert len(came) == len(office.mails) + len(office.calls)
    assert list(office.acts) == sorted(office.acts, key=lambda act: act.when)
    assert all(came.get(act.about, act.when) <= act.when for act in office.acts)
    assert max(act.when for act in office.acts) < room.calendar.at("10 mon 07:30")


def test_every_story_that_people_confirm_was_there_to_be_read(room: Newsroom) -> None:
    """Each was in the feed named, early enough to have been polled; that feed is of the outlet that asked."""
    office = open_press_office(room.calendar)
    outlets = {mail.key: mail.outlet for mail in office.mails} | {call.key: call.outlet for call in office.calls}
    for act in office.acts:
        if act.does == "confirm":
            (item,) = [i for i in room.items[act.given["in"]] if i.story == act.given["story"]]
            assert item.when + timedelta(hours=12) < act.when, act
            assert outlets[act.about] == room.feeds[act.given["in"]].name


@settings(max_examples=12, deadline=None)
@given(st.dates(date(2024, 1, 1), date(2035, 12, 31)))
def test_the_mails_of_any_week_are_whole_mails(day: date) -> None:
    """Head and words come back as they were written, dated by the writer's clock; the same day gives the same bytes."""
    monday = day - timedelta(days=day.weekday())
    office, again = (open_press_office(Calendar(monday)) for _ in range(2))
    assert [mail.raw() for mail in office.mails] == [mail.raw() for mail in again.mails]
    for mail in office.mails:
        read = email.message_from_bytes(mail.raw(), policy=email.policy.default)
        assert not read.defects
        assert (read["Subject"], read["Message-ID"]) == (mail.subject, f"<{mail.message_id}>")
        assert read["Date"].datetime == mail.when
        assert read["Date"].datetime.utcoffset() == mail.when.astimezone(mail.zone).utcoffset()
        assert "<<" not in mail.subject + mail.body


def test_the_mail_server_delivers_what_was_sent_and_each_once(room: Newsroom, tmp_path: Path) -> None:
    """As time passes; what is under way is in nobody's sight."""
    office = open_press_office(room.calendar)
    box = Maildir(tmp_path / "box", office.mails)
    assert box.deliver(room.calendar.at("1 mon 00:00")) == 0
    half = box.deliver(room.calendar.at("5 mon 00:00"))
    assert half == sum(mail.when <= room.calendar.at("5 mon 00:00") for mail in office.mails)
    assert box.deliver(room.calendar.at("10 mon 07:30")) == len(office.mails) - half
    assert box.deliver(room.calendar.at("10 mon 07:30")) == 0
    assert len(list((tmp_path / "box/new").iterdir())) == len(office.mails)
    assert not list((tmp_path / "box/tmp").iterdir())
