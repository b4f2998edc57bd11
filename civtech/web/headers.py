"""Headers on every response, including errors: scripts from our own files, no other origins, framing or sniffing."""

from wsgiref.headers import Headers

from flask import Flask, Response, request
from flask_login import current_user

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


FAULT = 500
NEVER_STORED = "private, no-store"
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def for_static_files(headers: Headers, _path: str, _url: str) -> None:
    """Add the same headers to files served outside Flask."""
    headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    for name, value in EVERYWHERE.items():
        headers[name] = value


def _is_personal(response: Response) -> bool:
    """Whether no one else may see this response. Faults count as personal, so that no database query is needed."""
    return response.status_code >= FAULT or bool(current_user.is_authenticated)


def init(app: Flask) -> None:
    @app.after_request
    def harden(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        for name, value in EVERYWHERE.items():
            headers[name] = value
        if app.config["HTTPS"]:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if request.endpoint != "static" and (request.method != "GET" or _is_personal(response)):
            headers["Cache-Control"] = NEVER_STORED
        return response
