"""Rate limits: enough for people, too low for machines. They slow requests down and never lock anyone out.

Pages that are kept for visitors do not count: see `civtech.web.kept.layer`.
"""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, request
from flask_limiter import Limiter

from civtech.web.actor import actor

View = TypeVar("View", bound=Callable[..., object])
Key = Callable[[], str]

QUESTIONS = "5/minute;30/hour"
MAILS_TO_OTHERS = "20/minute;100/hour"
LISTS = "120/minute;3000/hour"
EXPORTS = "30/minute;300/hour"
LOOKING = ("GET",)
SHARED_BY = 64
GENEROUS = 1000


def network() -> str:
    """Where a request comes from: an IPv4 address, or the /64 that an IPv6 customer usually has."""
    address = request.remote_addr or "unknown"
    try:
        client = ipaddress.ip_address(address)
    except ValueError:
        return address
    if client.version == 6:
        return str(ipaddress.ip_network((client, SHARED_BY), strict=False))
    return address


def person() -> str:
    """The signed-in person, or where a visitor comes from."""
    return actor().reference or network()


@dataclass(frozen=True)
class Limit:
    """A limit such as `10/minute;60/hour` on requests with the same `key`; only `methods` count."""

    often: str
    key: Key
    methods: tuple[str, ...]


def at_most(often: str, *, by: Key = person, methods: tuple[str, ...] = ("POST",)) -> Callable[[View], View]:
    """Limit how often a view can be used. A view can have several limits."""

    def declare(view: View) -> View:
        view.limits = (*getattr(view, "limits", ()), Limit(often, by, methods))  # type: ignore[attr-defined]
        return view

    return declare


def init(app: Flask) -> None:
    """Apply the declared limits to the views. Call it after all views are registered."""
    factor = GENEROUS if app.config["CIVTECH_DEMO"] or app.testing else 1
    limiter = Limiter(
        network,
        app=app,
        storage_uri=app.config["RATELIMIT_STORAGE_URI"],
        in_memory_fallback_enabled=True,
        headers_enabled=True,
    )
    for endpoint, view in app.view_functions.items():
        limited: Callable[..., Any] = view
        for limit in getattr(view, "limits", ()):
            often = _times(limit.often, factor)
            limited = limiter.limit(often, key_func=limit.key, methods=list(limit.methods))(limited)
        app.view_functions[endpoint] = limited


def _times(often: str, factor: int) -> str:
    parts = (part.split("/") for part in often.split(";"))
    return ";".join(f"{int(count) * factor}/{period}" for count, period in parts)
