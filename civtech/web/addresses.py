"""Addresses: absolute ones use the host the operator has set; one with a NUL in it is not found."""

from urllib.parse import urlsplit, urlunsplit

from flask import Flask, abort, current_app, request


def absolute(address: str) -> str:
    """The address with the host the operator has set: never pass on the host that a request claims."""
    parts = urlsplit(address)
    scheme = "https" if current_app.config["HTTPS"] else "http"
    host: str = current_app.config["PUBLIC_ADDRESS"]
    return urlunsplit((scheme, host, parts.path, parts.query, parts.fragment))


def own_referrer() -> str | None:
    """The path and query of our own page that this request came from, if any."""
    try:
        parts = urlsplit(request.referrer or "")
    except ValueError:
        return None
    if not parts.path or parts.netloc != request.host:
        return None
    return urlunsplit(("", "", parts.path, parts.query, ""))


def init(app: Flask) -> None:
    app.jinja_env.filters["absolute"] = absolute

    @app.before_request
    def refuse_nul() -> None:
        """Answer 404 before anything looks the path up: PostgreSQL accepts no NUL in text."""
        if "\0" in request.path:
            abort(404)
