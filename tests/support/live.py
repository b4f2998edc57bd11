"""The application on a port of its own, for a browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from playwright.sync_api import BrowserContext
from werkzeug.serving import make_server

from tests.support.sessions import session_of


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The address of `app` while the block lasts."""
    server = make_server("127.0.0.1", 0, app.wsgi_app, threaded=True)
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
