"""Addresses that no database takes, and the one that machines ask for."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from civtech.core import clock


def test_an_address_with_a_nul_is_not_found_before_anything_looks_for_it(trial):
    assert trial.get("/trial/words/fine").text == "fine"
    for method in ("GET", "POST", "HEAD"):
        assert trial.open("/trial/words/a%00b", method=method).status_code == 404
    assert trial.get("/challenges/%00").status_code == 404


def test_whoever_finds_a_fault_is_told_whom_to_tell(trial):
    answer = trial.get("/.well-known/security.txt")
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    lines = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert lines["Contact"] == trial.application.config["SECURITY_CONTACT"] == "mailto:security@civtech.example"
    assert timedelta() < datetime.fromisoformat(lines["Expires"]) - clock.now() < timedelta(days=365)


def test_no_page_repeats_the_host_that_a_request_claims(trial):
    for path in ("/sign-in", "/sign-up", "/nowhere", "/challenges"):
        page = trial.get(path, base_url="http://evil.example")
        assert "evil.example" not in page.text, path
        assert "evil.example" not in str(page.headers), path
    picture = trial.get("/sign-in", base_url="http://evil.example").text.partition('property="og:image" content="')[2]
    assert picture.startswith(f"http://{trial.application.config['PUBLIC_ADDRESS']}/static/")


@pytest.mark.parametrize("host", ["a..b", ".a", "a..localhost", "x" * 64, f"{'x' * 70}.example"])
@pytest.mark.parametrize("url", ["/", "/home", "/nowhere"])
def test_a_host_that_cannot_be_one_gets_our_own_error_page(app: Flask, host: str, url: str) -> None:
    answer = app.test_client().get(url, headers={"Host": host})
    assert answer.status_code == 400
    assert "error-page" in answer.text
    assert "/static/build/" in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Request-ID"]


def test_addresses_below_another_root_are_not_remembered(app: Flask) -> None:
    client = app.test_client()
    client.get("/cookies")
    remembered = dict(app._addresses)
    for number in range(5):
        page = client.get("/cookies", environ_overrides={"SCRIPT_NAME": f"/root{number}"})
        assert f'href="/root{number}/' in page.text
    assert app._addresses == remembered
    assert "/root" not in client.get("/cookies").text
