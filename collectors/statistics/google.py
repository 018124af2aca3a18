"""Access to Google's interfaces with the key file of a service account: a signed statement is changed for a token.

RFC 7523: a JSON Web Token, signed with RSA and SHA-256, is posted to the account's `token_uri`. Signing needs the
package `cryptography`, which comes with `commsleads[ga4]` and is imported when there is something to sign.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from commsleads.collectors.asking import Asking
from commsleads.contract import AuthError, CollectError, FetchError, Tools

SCOPE = "https://www.googleapis.com/auth/analytics.readonly"
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
USUAL = "https://oauth2.googleapis.com/token"
VALID = timedelta(minutes=30)


async def token(tools: Tools, name: str) -> str:
    """An access token for the service account whose key file is the secret `name`.

    Raises `AuthError` when the file is no such key or Google refuses it, `CollectError` without `cryptography`.
    """
    account = _account(tools, name)
    where = _text(account, "token_uri") or USUAL
    statement = _signed(account, where, tools.now, name)
    ask = Asking(tools, who="Google's sign-in", secrets=(statement,))
    try:
        answer = await ask.post(where, what="an access token", form={"grant_type": GRANT, "assertion": statement})
    except FetchError as error:
        if error.status != 400:  # invalid_grant, invalid_scope: the key was withdrawn, or the clock is wrong
            raise
        raise AuthError(
            f'Google refuses the key in the secret "{name}". Make a new key for the service account, and see that this '
            f"machine's clock is right. {error}",
            status=400,
        ) from None
    found = answer.text(answer.table(), "access_token", most=8_000)
    if not found.isascii() or not found.isprintable() or " " in found:
        raise answer.senseless("the access token is none")
    return found


def _account(tools: Tools, name: str) -> Mapping[str, Any]:
    try:
        written = tools.secret(name)
    except Exception as error:
        raise AuthError(f"There is no key: {error}") from None
    try:
        account = json.loads(written)
    except (ValueError, RecursionError):
        account = None
    if not isinstance(account, dict) or not _text(account, "client_email") or not _text(account, "private_key"):
        raise AuthError(
            f'The secret "{name}" is no key file of a service account: it must be the JSON file that Google gave, with '
            "client_email and private_key."
        )
    return account


def _signed(account: Mapping[str, Any], where: str, now: datetime, name: str) -> str:
    """The statement: who asks, for what, until when, and the signature over it."""
    try:
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import padding, rsa
    except ImportError:
        raise CollectError(
            "Signing in with a service account needs a package that is not installed: pip install 'commsleads[ga4]'. "
            "Or give token_secret instead of key_secret.",
            quarters=4,
        ) from None
    refused = AuthError(f'The private_key in the key file "{name}" is no RSA key. Download the key file again.')
    try:
        private = serialization.load_pem_private_key(_text(account, "private_key").encode(), password=None)
    except Exception:  # its errors are of many kinds
        raise refused from None
    if not isinstance(private, rsa.RSAPrivateKey):
        raise refused
    began = int(now.timestamp())
    head = {"alg": "RS256", "typ": "JWT", **({"kid": kid} if (kid := _text(account, "private_key_id")) else {})}
    claim = {
        "iss": _text(account, "client_email"),
        "scope": SCOPE,
        "aud": where,
        "iat": began,
        "exp": began + int(VALID.total_seconds()),
    }
    words = f"{_packed(json.dumps(head).encode())}.{_packed(json.dumps(claim).encode())}"
    return f"{words}.{_packed(private.sign(words.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


def _packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _text(account: Mapping[str, Any], name: str) -> str:
    found = account.get(name)
    return found if isinstance(found, str) else ""
