"""Every form on a page, sent with rubbish by a person who sees it: a clear answer, never a 5xx."""

import shutil
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import pytest

from civtech import create_app
from civtech.core.db import db
from tests.support.client import Client
from tests.support.demonstration import demonstration_settings, everybody
from tests.support.markup import parsed
from tests.support.walk import endpoint_of

pytestmark = pytest.mark.takes(20, "Each kind of rubbish goes into every form there is.")

KEPT = {"csrf_token"}
RUBBISH = {
    "nothing": "",
    "a NUL": "a\x00b",
    "markup": "<script>alert(1)</script>{{ 7 * 7 }}%(x)s%s",
    "very long": "ẞ" * 20_000,
    "a huge number": "9" * 40,
    "less than nothing": "-1",
    "not a number": "NaN",
    "other digits": "١٢٣",
    "right to left": "\u202eevil\u202c",
    "a path": "../../../etc/passwd",
    "a formula": "=cmd|' /C calc'!A0",
    "half a character": "\udcff",
}


@dataclass(frozen=True)
class SeenForm:
    who: str
    action: str
    fields: tuple[str, ...]


@pytest.fixture(scope="module")
def forms(seen, demonstration_file, folder):
    """The application on a copy that tests can spoil, everyone's clients, and one of every form that each role sees."""
    copy = shutil.copy(demonstration_file, folder / "rubbish.db")
    app = create_app(demonstration_settings(f"sqlite:///{copy}", folder))
    app.test_client_class = Client
    app.login_manager.session_protection = None
    app.config["WTF_CSRF_ENABLED"] = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    found, known = [], set[tuple[str, str]]()
    for who, visit in seen:
        if visit.response.mimetype != "text/html":
            continue
        role = who.split(".", maxsplit=1)[0]
        document = parsed(visit.response.text)
        for form in document.iter("form"):
            if (form.get("method") or "get").lower() != "post":
                continue
            action = urlsplit(urljoin(f"http://localhost{visit.url}", form.get("action") or "")).path
            kind = (role, endpoint_of_post(app, action))
            if kind in known or "sign-out" in action:
                continue
            known.add(kind)
            names = {
                field.get("name")
                for tag in ("input", "textarea", "select", "button")
                for field in form.iter(tag)
                if field.get("name")
            }
            found.append(SeenForm(who, action, tuple(sorted(names))))
    yield app, everybody(app), found
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def endpoint_of_post(app, action):
    try:
        return app.url_map.bind("localhost").match(action, method="POST")[0]
    except Exception:  # noqa: BLE001
        return endpoint_of(app, action) or action


def test_people_see_forms(forms):
    assert len(forms[2]) > 30


@pytest.mark.parametrize("kind", RUBBISH)
def test_no_form_answers_rubbish_with_a_5xx(forms, kind):
    app, clients, found = forms
    app.config["TESTING"] = False
    wrong = []
    for form in found:
        body = {name: RUBBISH[kind] for name in form.fields if name not in KEPT}
        encoded = {name: value.encode("utf-8", "surrogateescape") for name, value in body.items()}
        answer = clients[form.who].post(form.action, data=encoded)
        if answer.status_code >= 500:
            wrong.append((form.who, form.action, answer.status_code))
    assert wrong == []


def test_no_form_answers_missing_fields_with_a_5xx(forms):
    app, clients, found = forms
    app.config["TESTING"] = False
    wrong = []
    for form in found:
        for body in ({}, {"unexpected": "x"}, {name: ["1", "2"] for name in form.fields}):
            answer = clients[form.who].post(form.action, data=body)
            if answer.status_code >= 500:
                wrong.append((form.who, form.action, sorted(body), answer.status_code))
    assert wrong == []


def test_a_hundred_thousand_fields_are_refused(forms):
    _app, clients, _found = forms
    answer = clients["visitor"].post("/sign-in", data={f"field{number}": "x" for number in range(100_000)})
    assert answer.status_code == 413
