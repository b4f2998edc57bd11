"""Addresses: absolute ones name the host that the operator set; one with a NUL in it is an address of nothing."""

from urllib.parse import urlsplit, urlunsplit

from flask import Flask, abort, current_app, request


def absolute(address: str) -> str:
    """The address with the host the operator has set: what a request claims to be its host is not to be passed on."""
    parts = urlsplit(address)
    scheme = "https" if current_app.config["HTTPS"] else "http"
    host: str = current_app.config["PUBLIC_ADDRESS"]
    return urlunsplit((scheme, host, parts.path, parts.query, parts.fragment))


def own_referrer() -> str | None:
    """The path, with its query, of the page of ours that this request came from."""
    parts = urlsplit(request.referrer or "")
    if not parts.path or parts.netloc != request.host:
        return None
    return urlunsplit(("", "", parts.path, parts.query, ""))


def init(app: Flask) -> None:
    app.jinja_env.filters["absolute"] = absolute

    @app.before_request
    def refuse_nul() -> None:
        """PostgreSQL takes a NUL in no text: it is not found before anything looks for it."""
        if "\0" in request.path:
            abort(404)
