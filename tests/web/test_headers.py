import pytest


@pytest.mark.parametrize("path", ["/trial/open", "/nowhere", "/healthz", "/static/build/nothing.css"])
def test_every_response_is_hardened_errors_too(trial, path):
    headers = trial.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


def test_what_a_signed_in_person_sees_is_never_stored_by_a_cache(trial, person):
    assert trial.get("/trial/open").headers["Cache-Control"] == "private, no-store"


def test_the_request_id_comes_back_and_odd_ones_are_replaced(trial):
    assert (
        trial.get("/trial/open", headers={"X-Request-ID": "abcd-1234-efgh"}).headers["X-Request-ID"] == "abcd-1234-efgh"
    )
    assert trial.get("/trial/open", headers={"X-Request-ID": "<script>"}).headers["X-Request-ID"] != "<script>"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/page"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_change_from_another_site_is_refused(trial, headers):
    form = {"name": "Ada", "email": "ada@example.org"}
    assert trial.post("/trial/people", data=form, headers=headers).status_code == 403
    assert trial.post("/trial/people", data=form, headers={"Origin": "http://localhost"}).status_code == 302


def test_a_change_without_a_token_is_refused(trial, monkeypatch):
    monkeypatch.setitem(trial.application.config, "WTF_CSRF_ENABLED", True)
    answer = trial.post("/trial/people", data={"name": "Ada", "email": "ada@example.org"})
    assert answer.status_code == 400
