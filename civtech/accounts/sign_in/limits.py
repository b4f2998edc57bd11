"""How often one may try: enough for people, too little for guessing. It slows down; it never locks an account."""

import hashlib
import ipaddress
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, request, session
from flask_limiter import Limiter

View = Callable[..., Any]

SHARED_BY = 64
GENEROUS = 1000


def network() -> str:
    """Where a request comes from: one IPv4 address, or the /64 that an IPv6 customer has."""
    address = request.remote_addr or "unknown"
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 6:
        return str(ipaddress.ip_network((found, SHARED_BY), strict=False))
    return address


def account() -> str:
    """Whose account is tried, without keeping the address."""
    tried = session.get("tf_user_id") or request.form.get("email", "").strip().lower() or network()
    return hashlib.sha256(str(tried).encode()).hexdigest()


ATTEMPTS: dict[str, tuple[tuple[str, Callable[[], str]], ...]] = {
    "login": (("30/minute;300/hour", network), ("10/minute;100/hour", account)),
    "register": (("10/minute;60/hour", network), ("5/minute;10/hour", account)),
    "forgot_password": (("10/minute;60/hour", network), ("3/minute;10/hour", account)),
    "reset_password": (("10/minute;60/hour", network),),
    "send_confirmation": (("10/minute;60/hour", network), ("3/minute;10/hour", account)),
    "verify": (("10/minute;60/hour", network),),
    "change_password": (("10/minute;60/hour", network),),
    "two_factor_token_validation": (("30/minute;300/hour", network), ("5/minute;30/hour", account)),
    "two_factor_setup_validate": (("10/minute;60/hour", network),),
    "mf_recovery": (("30/minute;300/hour", network), ("5/minute;30/hour", account)),
}


def _times(limits: str, factor: int) -> str:
    parts = (limit.split("/") for limit in limits.split(";"))
    return ";".join(f"{int(count) * factor}/{period}" for count, period in parts)


class Limits:
    """The limits of one application."""

    def __init__(self, app: Flask) -> None:
        self.factor = GENEROUS if app.config["CIVTECH_DEMO"] or app.testing else 1
        self.limiter = Limiter(
            network,
            app=app,
            storage_uri=app.config["RATELIMIT_STORAGE_URI"],
            in_memory_fallback_enabled=True,
            headers_enabled=True,
        )

    def around(self, name: str, view: View) -> View:
        """`view` with the limits that `ATTEMPTS` sets for its POSTs."""
        for limits, key in ATTEMPTS.get(name, ()):
            view = self.limited(view, limits, key, ("POST",))
        return view

    def limited(self, view: View, limits: str, key: Callable[[], str], methods: Iterable[str]) -> View:
        """`view` with these limits on requests with one of `methods`, counted by `key`."""
        limited: View = self.limiter.limit(_times(limits, self.factor), key_func=key, methods=[*methods])(view)
        return limited
