"""The pages of signing in: who is signed in stays so, and nothing of them stays in a cache."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from civtech.people.models import User
from tests.people.conftest import Mail, sign_in
from tests.people.test_sign_in import REGISTRATION


@pytest.mark.parametrize("path", ["/sign-in/code", "/sign-in/recovery-code", "/sign-in/second-factor"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_is_signed_in_already_is_sent_home_from_the_second_step_and_stays_signed_in(
    client: FlaskClient, person: Callable[..., User], path: str, method: str
) -> None:
    person()
    sign_in(client)
    assert client.open(path, method=method, data={"code": "123456"} if method == "POST" else None).location == "/home"
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize("path", ["/sign-in/code", "/sign-in/recovery-code", "/sign-in/second-factor"])
def test_who_has_not_taken_the_first_step_is_sent_to_it(client: FlaskClient, app: object, path: str) -> None:
    assert client.get(path).location.startswith("/sign-in")


def test_no_page_of_signing_in_stays_in_a_cache(
    client: FlaskClient, person: Callable[..., User], outbox: list[Mail]
) -> None:
    person()
    client.post("/new-password", data={"email": "ada@example.org"})
    client.post("/sign-up", data=REGISTRATION | {"email": "new@example.org"})
    links = [mail.link for mail in outbox]
    assert len(links) == 2
    for path in ("/sign-in", "/sign-up", "/new-password", "/confirmation", "/new-password/wrong", *links):
        assert client.get(path).headers.getlist("Cache-Control") == ["private, no-store"], path
    assert client.post("/sign-in", data={}).headers["Cache-Control"] == "private, no-store"
    sign_in(client)
    assert client.get("/account/password").headers["Cache-Control"] == "private, no-store"
    assert client.get("/account").headers["Cache-Control"] == "private, no-store"
