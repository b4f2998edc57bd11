"""A provider as seen by Authlib, plus what Authlib leaves to us: time limits, algorithms, issuer, audience."""

from functools import cache
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client import BaseApp, OAuth2Mixin, OpenIDMixin
from authlib.integrations.requests_client import OAuth2Session
from joserfc.errors import JoseError
from requests import RequestException

from civtech.core import clock
from config import SignInProvider

SECONDS_TO_CONNECT, SECONDS_TO_ANSWER = 3, 5
SECONDS_A_CLOCK_MAY_DIFFER = 60
SECONDS_METADATA_LASTS = 3600
ALGORITHMS = tuple(f"{family}{bits}" for family in ("RS", "PS", "ES") for bits in (256, 384, 512))
"""Signatures with a public key. Never `none`, and never HMAC, where a public key could be mistaken for the secret."""
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
READ = ("issuer", *ENDPOINTS, "jwks")
"""The parts of the metadata that we keep. Authlib turns any others into HTTP session options such as its time limit."""
FAULTS = (
    AuthlibBaseError,
    JoseError,
    RequestException,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What can go wrong with a provider: it is away, slow or refusing, or its answer has an unexpected shape."""


class Untrustworthy(ValueError):
    """The provider's answer contradicts the operator's settings, or itself."""


class Client(OAuth2Mixin, OpenIDMixin, BaseApp):
    """A provider's discovery, tokens and user information."""

    client_cls = OAuth2Session
    server_metadata: dict[str, Any]

    def __init__(self, provider: SignInProvider) -> None:
        self.provider = provider
        super().__init__(
            None,
            provider.name,
            client_id=provider.client_id,
            client_secret=provider.client_secret,
            server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid email profile",
                "code_challenge_method": "S256",
                "default_timeout": (SECONDS_TO_CONNECT, SECONDS_TO_ANSWER),
                "leeway": 0,
                "max_redirects": 0,
            },
        )

    def load_server_metadata(self) -> dict[str, Any]:
        """The provider's metadata, no more than an hour old. Refused if it is from another issuer."""
        loaded = self.server_metadata.get("_loaded_at", 0)
        if abs(clock.now().timestamp() - loaded) > SECONDS_METADATA_LASTS:
            self.server_metadata = {}
        metadata: dict[str, Any] = super().load_server_metadata()
        if metadata["issuer"] != self.provider.issuer:
            raise Untrustworthy("issuer")
        secure = "https://" if self.provider.issuer.startswith("https://") else "http"
        if not all(str(metadata.get(name) or secure).startswith(secure) for name in ENDPOINTS):
            raise Untrustworthy("endpoint")
        offered = metadata.get("id_token_signing_alg_values_supported") or ALGORITHMS
        allowed = [name for name in ALGORITHMS if name in offered]
        if not allowed:
            raise Untrustworthy("algorithm")
        methods = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        by_post = "client_secret_basic" not in methods and "client_secret_post" in methods
        return {name: metadata[name] for name in READ if name in metadata} | {
            "id_token_signing_alg_values_supported": allowed,
            "token_endpoint_auth_method": "client_secret_post" if by_post else "client_secret_basic",
        }

    def claims(self, code: str, *, redirect_uri: str, code_verifier: str, nonce: str) -> dict[str, Any]:
        """The provider's checked claims about the person behind `code`, with the address from the token or userinfo."""
        token = self.fetch_access_token(redirect_uri, code=code, code_verifier=code_verifier)
        checks = {
            "iss": {"essential": True, "value": self.provider.issuer},
            "aud": {"essential": True, "value": self.provider.client_id},
        }
        claims = self.parse_id_token(token, nonce, claims_options=checks, leeway=SECONDS_A_CLOCK_MAY_DIFFER)
        if claims is None:
            raise Untrustworthy("no ID token")
        if "email" in claims or not self.load_server_metadata().get("userinfo_endpoint"):
            return dict(claims)
        more = self.userinfo(token=token)
        if more["sub"] != claims["sub"]:
            raise Untrustworthy("subject")
        name = claims.get("name") or more.get("name")
        return dict(claims) | {"name": name, "email": more.get("email"), "email_verified": more.get("email_verified")}


client_of = cache(Client)
