"""OpenID Connect providers for signing in: real processes that behave, and one in a thread that can misbehave."""

import base64
import hmac
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import requests
from flask import Flask, Response, request
from joserfc import jwk, jws
from werkzeug.serving import make_server

from civtech.people.sign_in.single_sign_on.client import client_of
from config import SignInProvider
from tests.support.postgres import free_port


@dataclass(frozen=True)
class RealProvider:
    """A provider in a process of its own."""

    issuer: str

    def knows(self, subject: str, **claims: Any) -> None:
        """Set what the provider says about `subject` from now on."""
        requests.put(f"{self.issuer}/users/{subject}", json=claims, timeout=5).raise_for_status()

    def answer(self, asked: str, subject: str) -> str:
        """Where the provider sends a browser that signs in as `subject` on the page at `asked`."""
        return self._sent(asked, {"sub": subject})

    def refusal(self, asked: str) -> str:
        """Where it sends a browser whose person selects “Deny”."""
        return self._sent(asked, {"action": "deny"})

    def _sent(self, asked: str, form: dict[str, str]) -> str:
        assert asked.startswith(self.issuer), asked
        answer = requests.post(asked, data=form, allow_redirects=False, timeout=5)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]


def _start() -> tuple[subprocess.Popen, RealProvider]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true"],
        env=os.environ | {"PYTHONPATH": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    provider = RealProvider(f"http://127.0.0.1:{port}")
    for _attempt in range(300):
        try:
            requests.get(f"{provider.issuer}/jwks", timeout=1)
            return process, provider
        except requests.ConnectionError:
            assert process.poll() is None, "the provider ended at once"
            time.sleep(0.05)
    process.kill()
    raise AssertionError("the provider did not answer within 15 seconds")


@pytest.fixture(scope="session")
def two_providers() -> Iterator[tuple[RealProvider, RealProvider]]:
    """Two providers that know nothing of each other."""
    started = [_start(), _start()]
    yield started[0][1], started[1][1]
    for process, _provider in started:
        process.terminate()
        process.wait(timeout=10)


@dataclass
class CrookedProvider:
    """A provider whose every answer a test can change.

    `claims` and `header` replace parts of the next ID token (None removes one), signed with `key`. `description`
    replaces parts of its metadata, and `says` adds to what it tells about a person. For a path, `instead` is another
    answer, `seconds` a delay, and `meanwhile` what to do first.
    """

    issuer: str
    right_key: jwk.RSAKey
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    description: dict[str, Any] = field(default_factory=dict)
    says: dict[str, Any] = field(default_factory=dict)
    instead: dict[str, Response] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    meanwhile: dict[str, Callable[[], object]] = field(default_factory=dict)
    key: Any = None
    asked: list[str] = field(default_factory=list)
    query: dict[str, str] = field(default_factory=dict)
    secret_came_in: str = ""

    def answer(self, asked: str) -> str:
        """Where it sends a browser back to, for any person."""
        self.query = dict(parse_qsl(urlsplit(asked).query))
        return f"{self.query['redirect_uri']}?{urlencode({'code': 'a code', 'state': self.query['state']})}"

    def token(self) -> str:
        """The next ID token."""
        now = int(time.time())
        right = {"iss": self.issuer, "sub": "ada", "aud": "civtech", "iat": now, "exp": now + 60}
        claims = right | {"nonce": self.query["nonce"]} | self.claims
        header = {"alg": "RS256", "kid": "one"} | self.header
        said = json.dumps({name: value for name, value in claims.items() if value is not None})
        if header["alg"] in {"none", "HS256"}:
            signed = f"{_base64(json.dumps(header).encode())}.{_base64(said.encode())}"
            return f"{signed}.{_base64(hmac.digest(self.key, signed.encode(), 'sha256')) if self.key else ''}"
        return jws.serialize_compact(header, said, self.key or self.right_key, algorithms=[header["alg"]])


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _application(crooked: CrookedProvider) -> Flask:
    app = Flask("crooked")

    @app.before_request
    def bend() -> Response | None:
        crooked.asked.append(request.path)
        crooked.meanwhile.get(request.path, lambda: None)()
        time.sleep(crooked.seconds.get(request.path, 0))
        return crooked.instead.get(request.path)

    @app.get("/.well-known/openid-configuration")
    def description() -> dict[str, Any]:
        right = {
            "issuer": crooked.issuer,
            "authorization_endpoint": f"{crooked.issuer}/authorize",
            "token_endpoint": f"{crooked.issuer}/token",
            "userinfo_endpoint": f"{crooked.issuer}/userinfo",
            "jwks_uri": f"{crooked.issuer}/jwks",
        }
        return right | crooked.description

    @app.get("/jwks")
    def keys() -> dict[str, Any]:
        return jwk.KeySet([crooked.right_key]).as_dict(private=False)

    @app.post("/token")
    def token() -> dict[str, Any]:
        crooked.secret_came_in = "header" if request.authorization else "body"
        return {"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": crooked.token()}

    @app.get("/userinfo")
    def userinfo() -> dict[str, Any]:
        return {"sub": crooked.claims.get("sub", "ada")} | crooked.says

    return app


@pytest.fixture(scope="session")
def rsa_key() -> jwk.RSAKey:
    """A signing key, made once because it takes a while."""
    return jwk.RSAKey.generate_key(2048, {"kid": "one"})


@pytest.fixture
def crooked(rsa_key: jwk.RSAKey) -> Iterator[CrookedProvider]:
    """A provider in a thread."""
    provider = CrookedProvider(f"http://127.0.0.1:{free_port()}", rsa_key)
    server = make_server("127.0.0.1", urlsplit(provider.issuer).port or 0, _application(provider), threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield provider
    server.shutdown()
    thread.join()
    server.server_close()


Providers = tuple[RealProvider, RealProvider]
DOMAIN = "isle.example.org"


@pytest.fixture
def providers(app: Flask, two_providers: Providers, monkeypatch: pytest.MonkeyPatch) -> Providers:
    """“Isle staff”, trusted for addresses of isle.example.org, and “One Login”, which creates no accounts."""
    staff, citizens = two_providers
    trusted = SignInProvider("staff", "Isle staff", staff.issuer, "civtech", "secret", frozenset({DOMAIN}))
    other = SignInProvider("one-login", "One Login", citizens.issuer, "civtech", "secret")
    monkeypatch.setitem(app.config, "SIGN_IN_PROVIDERS", (trusted, other))
    return two_providers


@pytest.fixture
def bent(app: Flask, crooked: CrookedProvider, monkeypatch: pytest.MonkeyPatch) -> CrookedProvider:
    """The provider that can misbehave, set up as “Crooked”. Its claim `mfa` counts as a second factor."""
    provider = SignInProvider(
        "crooked", "Crooked", crooked.issuer, "civtech", "secret", frozenset({DOMAIN}), frozenset({"mfa"})
    )
    monkeypatch.setitem(app.config, "SIGN_IN_PROVIDERS", (provider,))
    client_of.cache_clear()  # another one may have had its port before
    return crooked
