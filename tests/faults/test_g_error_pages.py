"""G: error pages that keep the header of the person who is signed in."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from civtech.people.models import User
from tests.support.messages import wording
from tests.support.statements import listening
from tests.world import Age
from tests.world.kept import Worlds

SignIn = Callable[[User], FlaskClient]


@pytest.mark.parametrize(
    ("path", "status"), [("/nowhere", 404), ("/proposals/P-0000-0000", 404), ("/rounds", 403), ("/audit", 403)]
)
def test_g_a_person_who_finds_nothing_or_may_not_is_still_shown_as_signed_in(
    app: Flask, worlds: Worlds, signed_in: SignIn, client: FlaskClient, path: str, status: int
) -> None:
    world = worlds(Age.PREPARED)
    browser = signed_in(world.author)
    with listening() as heard:
        page = browser.get(path)
    assert page.status_code == status
    assert wording("Signed in as %(name)s", name=world.author.name) in page.text
    assert 'action="/sign-out"' in page.text
    assert len(heard) <= 4, "the header asks for nothing that the error page had not read"
    visitor = client.get(path)
    assert wording("Sign out") not in visitor.text
    assert world.author.name not in visitor.text


def test_g_a_page_about_a_wrong_form_stays_bare(app: Flask, worlds: Worlds, signed_in: SignIn) -> None:
    browser = signed_in(worlds(Age.PREPARED).author)
    answer = browser.post("/home")
    assert answer.status_code == 405
    assert wording("Sign out") not in answer.text
