"""A page that says it can be kept is not, if building it made something for one reader."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Blueprint, Flask, Response, flash, make_response, render_template_string, session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf

from civtech.core.db import db
from civtech.web.gate import public
from civtech.web.idempotency import new_idempotency_key
from civtech.web.kept.declaring import keepable
from tests.support.client import application
from tests.support.databases import left_at_the_end


def cookie() -> Response:
    answer = make_response("a cookie")
    answer.set_cookie("name", "value")
    return answer


def flashed() -> str:
    flash("Done.")
    return "a message"


def remembered() -> str:
    session["seen"] = True
    return "something in the session"


MADE_FOR_ONE = {
    "token": lambda: generate_csrf(),  # noqa: PLW0108 - looked up when it is called
    "key": lambda: new_idempotency_key(),  # noqa: PLW0108
    "request": lambda: render_template_string("{{ request_id() }}"),
    "cookie": cookie,
    "message": flashed,
    "session": remembered,
    "missing": lambda: ("not there", 404),
    "refused": lambda: ("refused", 422),
    "text": lambda: Response("text", content_type="text/plain"),
    "stream": lambda: Response(iter(["a", "b"]), content_type="text/html"),
}


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[FlaskClient]:
    app: Flask = application(f"sqlite:///{folder}/declaring.db", folder, KEPT_PAGES="10")
    views = Blueprint("declaring", __name__, url_prefix="/declaring")
    views.get("/page")(public("For the test.", act="Try it")(keepable()(lambda: "a page")))
    for name, view in MADE_FOR_ONE.items():
        declared = public("For the test.", act="Try it")(keepable()(view))
        views.add_url_rule(f"/{name}", name, declared)
    views.add_url_rule("/undeclared", "undeclared", public("For the test.", act="Try it")(lambda: "a page"))
    app.register_blueprint(views)
    with app.app_context():
        db.create_all()
    with left_at_the_end(app):
        yield app.test_client(use_cookies=False)


def test_a_page_for_everyone_is_kept(client: FlaskClient) -> None:
    assert "ETag" in client.get("/declaring/page").headers
    assert len(client.application.extensions["kept"].store) == 1


@pytest.mark.parametrize("name", [*MADE_FOR_ONE, "undeclared"])
def test_a_page_for_one_reader_is_not_kept(client: FlaskClient, name: str) -> None:
    store = client.application.extensions["kept"].store
    store.clear()
    for _time in range(2):
        answer = client.get(f"/declaring/{name}")
        assert "ETag" not in answer.headers
        assert "public" not in answer.headers.get("Cache-Control", "")
        assert answer.data
    assert len(store) == 0
