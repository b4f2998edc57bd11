"""The application on a port of its own, for a browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import TYPE_CHECKING

from flask import Flask
from playwright.sync_api import BrowserContext
from werkzeug.serving import make_server

from civtech.core import clock
from tests.support.sessions import session_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


@contextmanager
def serving(app: Flask, *, at: datetime | None = None) -> Iterator[str]:
    """The address of `app` while the block lasts; with `at`, its clock stands still at that instant."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        with clock.at(at) if at else nullcontext():
            answered = app.wsgi_app(environ, start_response)
            try:
                return list(answered)
            finally:
                getattr(answered, "close", lambda: None)()

    server = make_server("127.0.0.1", 0, answer, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()


def sign_in(context: BrowserContext, app: Flask, address: str, identity: str) -> None:
    """Give a browser the session of the person whose `fs_uniquifier` is `identity`."""
    signer = app.session_interface.get_signing_serializer(app)
    with app.app_context():
        value = signer.dumps(session_of(identity))
    context.add_cookies([{"name": app.config["SESSION_COOKIE_NAME"], "value": value, "url": address}])
