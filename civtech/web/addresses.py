"""Addresses: absolute ones use the host the operator has set, and one that a button uses leads to the page with it."""

from urllib.parse import urlsplit, urlunsplit

from flask import Flask, abort, current_app, request

LOOKING = frozenset({"GET", "HEAD"})


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


def page_with_the_button() -> str | None:
    """The page to show to someone who opens or reloads the address that a button uses: the nearest one above it."""
    if request.method not in LOOKING:
        return None
    path, routes = request.path, current_app.create_url_adapter(request)
    while routes is not None and path:
        path = path.rpartition("/")[0]
        if routes.test(path or "/", method="GET"):
            return path or "/"
    return None


def init(app: Flask) -> None:
    app.jinja_env.filters["absolute"] = absolute

    @app.before_request
    def refuse_nul() -> None:
        """Answer 404 before anything looks the path up: PostgreSQL accepts no NUL in text."""
        if "\0" in request.path:
            abort(404)
