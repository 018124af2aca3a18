"""Signing in at Google with a service account: the statement, what is refused, and a machine that cannot sign."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.collectors.counting import Counting, counting
from tests.collectors.sitestatistics import KEY, Ga4, Visits, said
from tests.web import Web

needs_signing = pytest.mark.skipif(not find_spec("cryptography"), reason="cryptography is not here")


def rsa_key() -> str:
    """A fresh private key of a test's own."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    found = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.PKCS8
    return str(found.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()), "ascii")


def account(private: str, token_uri: str, **more: Any) -> str:
    """A key file as Google gives it."""
    return json.dumps({
        "type": "service_account", "private_key_id": "k1", "private_key": private,
        "client_email": "press@museum.example", "token_uri": token_uri, **more,
    })  # fmt: skip


def start(folder: Path, web: Web, written: str) -> Counting:
    return counting(
        folder, "ga4", web.url("/v1beta"), secrets={"account": written}, property="123456789", key_secret="account"
    )


def parts(statement: str) -> tuple[dict[str, Any], dict[str, Any], bytes]:
    """Head, claim and signature of a statement."""
    head, claim, signature = (base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in statement.split("."))
    return json.loads(head), json.loads(claim), signature


@needs_signing
def test_a_statement_is_changed_for_a_token(tmp_path: Path) -> None:
    """Who asks, for what, for how long; and the sessions are read with the token that came."""
    with Web() as web:
        visits = Visits()
        visits.add("2026-11-17", 3, campaign="wing26")
        service = Ga4(web, visits)
        program = start(tmp_path, web, account(rsa_key(), web.url("/token")))
        assert program.ask() == ""
        assert program.by_day() == {"2026-11-17": 3}
        head, claim, _ = parts(service.statements[0])
        assert head == {"alg": "RS256", "typ": "JWT", "kid": "k1"}
        assert claim["iss"] == "press@museum.example"
        assert claim["aud"] == web.url("/token")
        assert claim["scope"].endswith("/analytics.readonly")
        assert claim["exp"] - claim["iat"] <= 3600


@needs_signing
@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not here")
def test_the_signature_is_good_for_others(tmp_path: Path) -> None:
    """OpenSSL, with the public key alone, finds the signature right."""
    from cryptography.hazmat.primitives import serialization

    with Web() as web:
        service = Ga4(web, Visits())
        private = rsa_key()
        start(tmp_path, web, account(private, web.url("/token"))).ask()
        statement = service.statements[0]
    loaded = serialization.load_pem_private_key(private.encode(), password=None).public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    (tmp_path / "public.pem").write_bytes(loaded.public_bytes(serialization.Encoding.PEM, form))
    (tmp_path / "signature").write_bytes(parts(statement)[2])
    (tmp_path / "words").write_text(statement.rpartition(".")[0], encoding="ascii")
    asked = ["openssl", "dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "words"]
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, timeout=30)
    assert done.stdout.strip() == "Verified OK"


@needs_signing
def test_a_key_that_was_withdrawn(tmp_path: Path) -> None:
    """Google's refusal pauses the source; neither the key nor the statement is told to anybody."""
    with Web() as web:
        service = Ga4(web, Visits())
        first = service.answer

        def refused(asked: Any) -> Any:
            first(asked)
            statement = service.statements[-1]
            return said({"error": "invalid_grant", "error_description": f"Invalid signature: {statement}"}, 400)

        service.answer = refused  # type: ignore[method-assign]
        private = rsa_key()
        program = start(tmp_path, web, account(private, web.url("/token")))
        words = program.ask()
        assert "refuses the key" in words
        assert service.statements[-1][:40] not in words
        assert program.row("SELECT state FROM sources") == ("paused",)


@needs_signing
@pytest.mark.parametrize("private", ["", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_file_without_a_key(private: str, tmp_path: Path) -> None:
    """What holds no RSA key is refused with what to do, before anything is asked."""
    with Web() as web:
        service = Ga4(web, Visits())
        words = start(tmp_path, web, account(private, web.url("/token"))).ask()
        assert "key file" in words
        assert "AAAA" not in words
        assert service.asked == []


def test_a_secret_that_is_no_key_file(tmp_path: Path) -> None:
    """Any other text is told to be none, without quoting it."""
    with Web() as web:
        Ga4(web, Visits())
        program = start(tmp_path, web, "[]")
        for written in ('"text"', "{}", "not json", "[" * 50_000):
            (tmp_path / "secrets" / "account").write_text(written, encoding="utf-8")
            assert "no key file of a service account" in program.ask(hours=1)


def test_without_the_package_that_signs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without it says what to install, or what to use instead."""
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives", None)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    with Web() as web:
        Ga4(web, Visits())
        words = start(tmp_path, web, account("-----BEGIN", web.url("/token"))).ask()
    assert "commsleads[ga4]" in words
    assert "token_secret" in words


def test_two_ways_to_sign_in_at_once(tmp_path: Path) -> None:
    """A key file and a token together are one too many."""
    from commsleads.errors import ConfigError

    with pytest.raises(ConfigError, match="one of them is enough"):
        counting(
            tmp_path, "ga4", "https://ga.example", secrets={"account": KEY}, property="1", key_secret="account",
            token_secret="key",
        )  # fmt: skip
