"""A second check in addition to the CSRF token: changes must come from our own pages."""

from urllib.parse import urlsplit

from flask import Flask, abort, request

from civtech.web.transaction import is_write


def _same(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return (parts.scheme, parts.netloc) == (request.scheme, request.host)


def init(app: Flask) -> None:
    @app.before_request
    def check_origin() -> None:
        if not is_write():
            return
        origin = request.headers.get("Origin")
        if origin is not None:
            if not _same(origin):
                abort(403)
        elif (referrer := request.headers.get("Referer")) and not _same(referrer):
            abort(403)
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
            abort(403)
