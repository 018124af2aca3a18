"""One alert out of the house: what is certain about it afterwards, on real sockets."""

from __future__ import annotations

import json
import logging
from email import message_from_bytes, policy
from typing import Any

import pytest
import requests.adapters

from commsleads.alerts.leaving import leave, problem
from commsleads.rules.alerts.wording import harmless, one_line
from tests.sending.smtpd import Smtpd
from tests.web import Answer, Web

HOSTILE = (
    "<!channel> <@U123> @everyone [pay](https://evil.example) <script>alert(1)</script> &lt;!here&gt; "
    "\r\nBcc: victim@x.example\x00\u202egnp.exe *bold* _it_ `x` #x |y| https://evil.example/?a=1"
)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Answer(body=b"ok"), "sent"),
        (Answer(status=202), "sent"),
        (Answer(status=404), "refused"),
        (Answer(status=403), "refused"),
        (Answer(status=307, headers={"Location": "/other"}), "refused"),
        (Answer(status=429), "later"),
        (Answer(status=503), "later"),
        (Answer(status=500), "later"),
        (Answer(raw=b"what?\r\n\r\n"), "doubt"),
        (Answer(hang=True), "doubt"),
        (Answer(body=b"ok" * 10, cut=3, reset=True), "doubt"),
    ],
)
def test_what_a_web_service_answers_is_what_is_certain(answer: Answer, state: str) -> None:
    """An answer is an answer; a line that broke after the message had left leaves it in doubt. Asked once each time."""
    with Web() as web:
        web.handler("/hook", lambda _: answer)
        left = leave(f"json://127.0.0.1:{web.port}/hook?rto=60&retry=3", "Title", "Text", wait=0.5)
        assert (left.state, len(web.requests)) == (state, 1)
        assert str(web.port) not in left.why


@pytest.mark.parametrize("url", ["json://127.0.0.1:1/x", "json://nowhere.invalid/x", "jsons://127.0.0.1:1/x"])
def test_what_never_connected_is_tried_later(url: str) -> None:
    """Nobody listens there, or the name has no address: nothing can have arrived."""
    assert leave(url, "Title", "Text", wait=2).state == "later"


@pytest.mark.parametrize(
    "url", ["", "slack://", "nonsense", "foo://bar", "json://a json://b", "\x00://", "json://" * 99]
)
def test_an_address_that_is_none_is_said_to_be_none_and_not_repeated(url: str) -> None:
    """The address is a secret, whatever is wrong with it."""
    assert leave(url, "Title", "Text").state == "wrong"
    said = problem(url)
    assert said.endswith(".")
    assert "nonsense" not in said


def test_the_address_stands_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    """Apprise logs what it does; none of it is kept."""
    caplog.set_level(logging.DEBUG)
    with Web() as web:
        web.add("/s3cret", status=404)
        leave(f"json://u:p4ss@127.0.0.1:{web.port}/s3cret", "Title", "Text")
    assert "s3cret" not in caplog.text.replace("POST /s3cret", "")
    assert "p4ss" not in caplog.text


def mail(server: Smtpd, more: str = "") -> str:
    return (
        f"mailto://press:word@museum.example:{server.port}?smtp=127.0.0.1&mode=insecure"
        f"&from=press@museum.example&to=desk@museum.example{more}"
    )


def test_an_alert_by_mail_is_harmless() -> None:
    """No header is added by a title, and nothing in it is markup."""
    with Smtpd(logins={"press": "word"}) as server:
        left = leave(mail(server), one_line(f"A {harmless(HOSTILE)}"), harmless(HOSTILE))
        assert left.state == "sent"
        ((_, raw),) = server.accepted
    message = message_from_bytes(raw, policy=policy.default)
    assert message["Bcc"] is None
    assert message["To"] == "desk@museum.example"
    for part in message.walk():
        if part.get_content_maintype() == "text":
            assert "<script" not in part.get_content()


@pytest.mark.parametrize(
    ("plan", "state"),
    [
        (["450 4.7.1 later"], "later"),
        (["550 5.1.1 no such user"], "refused"),
        (["drop"], "doubt"),
        (["silent"], "doubt"),
        (["lose"], "doubt"),
    ],
)
def test_what_a_mail_server_answers_is_what_is_certain(plan: list[str], state: str) -> None:
    """A refusal is certain, a line that breaks in the middle of the message is not."""
    with Smtpd(logins={"press": "word"}) as server:
        server.plan["desk@museum.example"] = plan
        assert leave(mail(server), "Title", "Text", wait=3).state == state


def test_a_wrong_password_is_nothing_sent() -> None:
    """It fails before anything is said, so nothing is in doubt."""
    with Smtpd(logins={"press": "another"}) as server:
        assert leave(mail(server), "Title", "Text", wait=0.5).state in {"refused", "later"}
        assert server.accepted == []


SLACK = "slack://T12345678/B12345678/abcdefghijklmnopqrstuvwx/#desk"
TEAMS = "workflows://prod.logic.azure.com:443/643e69f83c8943438d68119179a10a64/KODuebWbDGYFr0z0eu"
DISCORD = "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js"


@pytest.mark.parametrize("url", [SLACK, TEAMS, DISCORD, "mmost://127.0.0.1/3ccdd113474722377935511fc85d3dd4"])
def test_hostile_words_mean_nothing_to_the_services(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be sent holds no mention, no link and no tag that came with a headline."""
    bodies: list[Any] = []

    def keep(self: Any, request: Any, **_: Any) -> requests.Response:
        bodies.append(request.body)
        answer = requests.Response()
        answer.status_code, answer._content = 200, b"ok"
        return answer

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", keep)
    assert leave(url, one_line(harmless(HOSTILE)), harmless(HOSTILE)).state == "sent"
    body = json.dumps(json.loads(bodies[0]), ensure_ascii=False)
    for bad in ("<!channel", "<@U123", "@everyone", "](http", "https://evil", "<script", "<!here", "\u202e", "\\u0000"):
        assert bad not in body, bad
    for half in ("&lt;!", "!channel&gt;", "!here&gt;"):
        assert half not in body
