"""Who acts for several organisations sees for whom, and changes it; it never changes what they may do."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from civtech.core.db import db
from civtech.organisations.models import MemberRole, Organisation
from civtech.people.models import User
from tests.support.messages import fragment, wording
from tests.world import World

CHANGE = "/account/acting-for"
BOTH = ("Cables that listen", "Rivers that speak")


@pytest.fixture
def two(world: World, signed_in: Callable[[User], FlaskClient]) -> FlaskClient:
    """The company's owner, who edits for its rival too; both have submitted."""
    world.rival.admit(world.company_owner, MemberRole.EDITOR, by=None, at=world.at)
    for company, title in zip((world.company, world.rival), BOTH, strict=True):
        world.submitted(company, title)
    db.session.commit()
    return signed_in(world.company_owner)


def shown(client: FlaskClient, path: str) -> list[str]:
    page = client.get(path).text
    return [title for title in BOTH if title in page]


def act_for(client: FlaskClient, organisation: Organisation | None) -> int:
    return client.post(CHANGE, data={"organisation": organisation.reference if organisation else "all"}).status_code


def test_the_header_says_for_whom_and_the_lists_follow(two: FlaskClient, world: World) -> None:
    assert wording("Acting for all your organisations") in two.get("/home").text
    assert (shown(two, "/home"), shown(two, "/proposals")) == (list(BOTH), list(BOTH))
    assert act_for(two, world.rival) == 302
    assert f"Acting for {world.rival.name}" in two.get("/challenges").text
    assert (shown(two, "/home"), shown(two, "/proposals")) == ([BOTH[1]], [BOTH[1]])
    assert shown(two, "/proposals?all=1") == list(BOTH)
    assert act_for(two, None) == 302
    assert shown(two, "/proposals") == list(BOTH)


def test_it_changes_nothing_in_what_one_may_do(two: FlaskClient, world: World) -> None:
    act_for(two, world.rival)
    page = f"/organisations/{world.company.reference}"
    assert two.get(f"{page}/edit").status_code == 200
    assert two.get(f"{page}/members").status_code == 200


def test_a_new_proposal_is_from_whom_one_acts_for(world: World, signed_in: Callable[[User], FlaskClient]) -> None:
    world.rival.admit(world.company_owner, MemberRole.EDITOR, by=None, at=world.at)
    db.session.commit()
    client, new = signed_in(world.company_owner), f"/challenges/{world.challenge.slug}/proposals/new"
    assert fragment(" checked") not in client.get(new).text
    act_for(client, world.rival)
    chosen = client.get(new).text.split(" checked")[0].rpartition("<input")[2]
    assert world.rival.reference in chosen


@pytest.mark.parametrize("foreign", ["O-0000-0000", "", "a\x00b"])
def test_a_foreign_organisation_cannot_be_chosen(two: FlaskClient, foreign: str) -> None:
    assert two.post(CHANGE, data={"organisation": foreign}).status_code == 422
    assert shown(two, "/proposals") == list(BOTH)


@pytest.mark.parametrize("chosen", ["company", "rival"])
def test_a_choice_ends_when_only_one_is_left(two: FlaskClient, world: World, chosen: str) -> None:
    act_for(two, getattr(world, chosen))
    held = next(one for one in world.company_owner.memberships if one.organisation_id == world.rival.id)
    world.rival.end(held, by=world.company_owner, at=world.at)
    db.session.commit()
    assert fragment("Acting for") not in two.get("/home").text
    assert shown(two, "/proposals") == [BOTH[0]]
    assert fragment("who you want to act for now") not in two.get("/proposals").text


def test_who_acts_for_one_has_nothing_to_choose(world: World, signed_in: Callable[[User], FlaskClient]) -> None:
    client = signed_in(world.company_editor)
    assert fragment("Acting for") not in client.get("/home").text
    assert wording("There is nothing to select") in client.get(CHANGE).text
