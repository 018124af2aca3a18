"""The pages behind signed links: they ask, a button or one click does it, and nobody can make a link up."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads import signed
from commsleads.app import App
from commsleads.store import stops, tickets
from commsleads.store.keys import signing_key
from tests.redirector.desk import Reply, Served, served
from tests.sending.rooms import office, tell

WHO = "ada.lovelace@x.example"
KEY = b"k" * 32


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The web process of an office that told one edition to one person."""
    made = office(tmp_path_factory.mktemp("office"), 9, to=(WHO,))
    tell(made)
    with served(made) as one:
        yield one


@pytest.fixture
def app(web: Served) -> App:
    """The same office, with nobody stopped."""
    with web.app.engine.session() as session:
        session.execute("DELETE FROM report_stops")
    return web.app


def ticket(app: App, who: str = WHO) -> str:
    with app.engine.session() as session:
        return tickets.ticket(signing_key(session), who, "weekly")


def post(web: Served, path: str, body: bytes, kind: str = "application/x-www-form-urlencoded") -> Reply:
    from tests.redirector.desk import read_reply

    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {kind}\r\n"
    return read_reply(web.send(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body))


def stopped(app: App) -> list[tuple[str, str, str]]:
    with app.engine.session() as session:
        return [(row["recipient"], row["name"], row["how"]) for row in stops.listed(session)]


# --- tokens --------------------------------------------------------------------------------------------------------


PURPOSES = st.text(st.characters(exclude_characters="\0"), max_size=20)


@given(st.binary(max_size=60), PURPOSES, PURPOSES)
def test_a_token_is_worth_what_it_was_signed_for(payload: bytes, purpose: str, other: str) -> None:
    """It gives back what was signed, for that purpose and with that key only."""
    word = signed.token(KEY, purpose, payload)
    assert re.fullmatch(r"[A-Za-z0-9_-]+", word)
    assert signed.payload_of(KEY, purpose, word) == payload
    assert signed.payload_of(b"x" * 32, purpose, word) is None
    assert other == purpose or signed.payload_of(KEY, other, word) is None


@given(st.binary(min_size=1, max_size=40), st.data())
def test_no_changed_letter_goes_through(payload: bytes, data: st.DataObject) -> None:
    """One letter more, less or other, and it is none of ours."""
    word = signed.token(KEY, "p", payload)
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("ABCdef012_-"))
    for changed in (word[:place] + letter + word[place + 1 :], word[:place] + word[place + 1 :], word + letter):
        assert changed == word or signed.payload_of(KEY, "p", changed) is None


@given(st.text(max_size=400))
def test_any_words_are_no_token(text: str) -> None:
    """What nobody signed is None, whatever it is made of."""
    assert signed.payload_of(KEY, "p", text) is None


def test_no_address_stands_in_a_link(app: App) -> None:
    """Nor anything that an address could be guessed by without the key."""
    raw = base64.urlsafe_b64decode(ticket(app) + "==")
    assert b"ada" not in raw
    assert hashlib.sha256(WHO.encode()).digest()[:8] not in raw
    assert ticket(app) == ticket(app, WHO.upper())


def test_the_key_is_made_once(app: App) -> None:
    """Whoever asks gets the same 32 bytes."""
    with app.engine.session() as one, app.engine.session() as two:
        assert signing_key(one) == signing_key(two)
        assert len(signing_key(one)) == 32


# --- pages ---------------------------------------------------------------------------------------------------------


def test_looking_changes_nothing(app: App, web: Served) -> None:
    """GET, HEAD and OPTIONS of mail scanners ask only; what would stop is said, and the address is masked."""
    path = f"/u/{ticket(app)}"
    page = web.get(path)
    assert page.status == 200
    assert "No more of the weekly report?" in page.body.decode()
    assert "a…@x.example" in page.body.decode()
    assert WHO not in page.body.decode()
    assert "Harbour Museum" in page.body.decode()
    assert web.get(path, method="HEAD").body == b""
    assert web.get(path, method="OPTIONS").status == 405
    assert [web.get(path, method=method).status for method in ("PUT", "DELETE", "PATCH")] == [405] * 3
    assert stopped(app) == []


def test_a_button_stops_it(app: App, web: Served) -> None:
    """This report, or all; a second time says that it is done."""
    path = f"/u/{ticket(app)}"
    page = post(web, path, b"answer=this")
    assert "It is stopped" in page.body.decode()
    assert "press@museum.example" in page.body.decode()
    assert stopped(app) == [(WHO, "weekly", "page")]
    assert "It is stopped" in web.get(path).body.decode()
    assert "gets no reports of ours any more" in post(web, path, b"answer=all").body.decode()
    assert [name for _, name, _ in stopped(app)] == ["", "weekly"]
    with app.engine.session() as session:
        stops.allow(session, WHO, "", app.now(), "ada")
    assert "No more of" in web.get(path).body.decode()
    post(web, path, b"answer=all")
    assert stopped(app) == [(WHO, "", "page")]


@pytest.mark.parametrize("multipart", [False, True])
def test_one_click_of_a_mail_program(app: App, web: Served, multipart: bool) -> None:
    """RFC 8058: a POST with its one field, in either encoding of a form, without a cookie or a page before."""
    body, kind = b"List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"
    if multipart:
        kind = "multipart/form-data; boundary=x"
        body = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    assert post(web, f"/u/{ticket(app)}", body, kind).status == 200
    assert stopped(app) == [(WHO, "weekly", "one-click")]


@pytest.mark.parametrize(
    "body", [b"", b"answer=", b"answer=yes", b"x" * 4_000, b"&" * 4_000, b"\xff\xfe", b"List-Unsubscribe=one-click"]
)
def test_other_answers_only_ask_again(app: App, web: Served, body: bytes) -> None:
    """What is no answer of ours changes nothing."""
    assert post(web, f"/u/{ticket(app)}", body).status == 200
    assert stopped(app) == []


def test_what_we_did_not_sign_is_nothing(app: App, web: Served) -> None:
    """Wrong, cut, of another purpose or kind: the same page for all, and nothing happens."""
    word = ticket(app)
    with app.engine.session() as session:
        other = signed.token(signing_key(session), "another purpose", b"x" * 12)
    paths = [f"/u/{word[:-1]}", f"/u/{word}x", f"/u/{other}", "/u/", "/u/%00", "/u/" + "A" * 2_000, f"/u/{word}/more"]
    pages = [post(web, path, b"answer=all") for path in paths]
    assert {page.status for page in pages} == {404}
    assert len({page.body for page in pages}) == 1
    assert stopped(app) == []


def test_a_ticket_of_somebody_nobody_knows(app: App, web: Served) -> None:
    """Signed, and of an address that no row has any more: there is nothing to stop."""
    assert "There is nothing to stop" in post(web, f"/u/{ticket(app, 'z@x.example')}", b"answer=all").body.decode()
    assert stopped(app) == []


def test_too_much_is_cut_off(app: App, web: Served) -> None:
    """A body of megabytes is refused, and the next visitor is served."""
    assert post(web, f"/u/{ticket(app)}", b"answer=all&" + b"x" * 100_000).status == 413
    assert web.get(f"/u/{ticket(app)}").status == 200
    assert stopped(app) == []


def test_the_page_is_strict(app: App, web: Served) -> None:
    """No script, nothing from elsewhere, in no frame, in no cache, no cookie; its one style is the one it names."""
    page = web.get(f"/u/{ticket(app)}")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    style = re.search(r"<style>(.*?)</style>", page.body.decode())
    assert style
    assert base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode() in policy
    assert (page.headers["cache-control"], page.headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert "set-cookie" not in page.headers
    assert "http" not in re.sub(r"<!doctype html>", "", page.body.decode())


def test_links_at_the_root_leave_the_pages_where_they_are(tmp_path: Path) -> None:
    """Where the short links have no path before them, the pages are still found, and clicks still counted."""
    made = office(tmp_path, 9, to=(WHO,), smtp='security = "none"\n[links]\nbase = "https://go.museum.example"\n')
    tell(made)
    with served(made) as web:
        assert web.get(f"/u/{ticket(made)}").status == 200
        assert web.get("/unknown").status == 404
        assert [row[0] for row in web.orphans()] == ["unknown"]


def test_who_asks_an_office_that_never_signed_anything_writes_nothing(tmp_path: Path) -> None:
    """No key is made for a stranger's link."""
    made = office(tmp_path, 9)
    with served(made) as one:
        assert post(one, "/u/AAAA", b"answer=all").status == 404
    with made.engine.session() as session:
        assert session.tuples("SELECT 1 FROM meta WHERE name = 'signing_key'") == []
