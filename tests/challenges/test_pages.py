"""Every page of a challenge, for everybody, in every state: it answers, and with what it should."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from civtech.core.db import db
from civtech.people.models import User
from tests.support.messages import wording
from tests.world import Age
from tests.world.kept import Worlds

Enter = Callable[[User], FlaskClient]
PEOPLE = ("visitor", "stranger", "author", "approver", "acceptor", "staff", "auditor")
STATES = ("drafted", "put_forward", "approved", "published")


@pytest.mark.parametrize("state", STATES)
def test_before_publication_only_the_sponsor_staff_and_auditors_see_a_challenge(
    worlds: Worlds, app: Flask, client: FlaskClient, signed_in: Enter, now: datetime, state: str
) -> None:
    world = worlds(Age.PREPARED)
    slug = getattr(world, state)().slug
    db.session.commit()
    seen = {}
    for who in PEOPLE:
        browser = client if who == "visitor" else signed_in(getattr(world, who))
        seen[who] = browser.get(f"/challenges/{slug}").status_code
    outside = 200 if state == "published" else 404
    assert seen == {
        "visitor": outside,
        "stranger": outside,
        "author": 200,
        "approver": 200,
        "acceptor": 200,
        "staff": 200,
        "auditor": 200,
    }


PAGES = {
    "/challenges/{slug}/draft": ("author",),
    "/challenges/{slug}/return": ("approver", "staff"),
    "/challenges/{slug}/cancellation": ("approver", "staff"),
    "/challenges/{slug}/publication": ("staff",),
    "/challenges/{slug}/questions": ("author", "approver", "acceptor", "staff", "auditor"),
    "/challenges/{slug}/questions/new": ("stranger", "staff", "auditor"),
    "/challenges/new": ("author",),
    "/challenges/manage": ("author", "approver", "acceptor", "staff", "auditor"),
    "/rounds": ("staff", "auditor"),
    "/rounds/new": ("staff",),
    "/home": ("stranger", "author", "approver", "acceptor", "staff", "auditor"),
}


@pytest.mark.parametrize("page", PAGES)
def test_pages_answer_whom_they_are_for_and_refuse_the_others(
    worlds: Worlds, app: Flask, client: FlaskClient, signed_in: Enter, now: datetime, page: str
) -> None:
    world = worlds(Age.PREPARED)
    path = page.format(slug=world.published().slug)
    db.session.commit()
    assert client.get(path).status_code == 302
    for who in PEOPLE[1:]:
        status = signed_in(getattr(world, who)).get(path).status_code
        assert status in ({200, 302} if who in PAGES[page] else {403}), (who, status)


def test_the_public_list_teaches_when_it_is_empty(client: FlaskClient) -> None:
    page = client.get("/challenges")
    assert page.status_code == 200
    assert wording("No challenges yet") in page.text
