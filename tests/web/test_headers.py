import re
from types import SimpleNamespace

import pytest

ERRORS = (400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503)


@pytest.mark.parametrize(
    "path",
    ["/trial/open", "/nowhere", "/healthz", "/static/build/nothing.css", "/trial/staff"]
    + [f"/trial/fails/{status}" for status in ERRORS],
)
def test_every_response_is_hardened_errors_too(trial, monkeypatch, path):
    monkeypatch.setitem(trial.application.config, "HTTPS", True)
    monkeypatch.setitem(trial.application.config, "TESTING", False)
    answer = trial.get(path)
    if "fails" in path:
        assert answer.status_code == int(path.rpartition("/")[2])
        assert "<h1" in answer.text
    headers = answer.headers
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


def test_what_a_signed_in_person_sees_is_never_stored_by_a_cache(trial, person):
    assert trial.get("/trial/open").headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("offered", "logged"),
    [
        (None, None),
        ("abcd-1234-efgh", "abcd-1234-efgh"),
        ("<script>alert(1)</script>", "scriptalert1script"),
        ("x" * 5000, "x" * 64),
        ("§ ", None),
    ],
)
def test_i10_the_request_id_is_our_own_and_the_clients_is_logged_apart(trial, monkeypatch, offered, logged):
    lines = []
    monkeypatch.setattr("civtech.web.logs.log", SimpleNamespace(info=lambda _event, **details: lines.append(details)))
    answer = trial.get("/trial/open", headers={"X-Request-ID": offered} if offered else {})
    ours = answer.headers["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{16}", ours)
    assert [(line["request_id"], line["offered_id"]) for line in lines] == [(ours, logged)]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": "http://[x]"},
        {"Referer": "https://evil.example/page"},
        {"Referer": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_change_from_another_site_is_refused(trial, headers):
    form = {"name": "Ada", "email": "ada@example.org"}
    assert trial.post("/trial/people", data=form, headers=headers).status_code == 403
    assert trial.post("/trial/people", data=form, headers={"Origin": "http://localhost"}).status_code == 302


def test_a_referrer_that_is_no_address_is_left_out(trial):
    form = {"name": "Ada", "email": "ada@example.org"}
    headers = {"Origin": "http://localhost", "Referer": "http://["}
    assert trial.post("/trial/people", data=form, headers=headers).status_code == 302


def test_a_change_without_a_token_is_refused(trial, monkeypatch):
    monkeypatch.setitem(trial.application.config, "WTF_CSRF_ENABLED", True)
    answer = trial.post("/trial/people", data={"name": "Ada", "email": "ada@example.org"})
    assert answer.status_code == 400


def test_a_refused_change_is_hardened_too(trial):
    answer = trial.post("/trial/people", data={"name": "Ada"}, headers={"Origin": "https://evil.example"})
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
