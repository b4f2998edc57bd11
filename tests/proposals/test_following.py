"""Starting a proposal, finding it again, and what waits for whom."""

from datetime import timedelta

import pytest
from flask import Flask

from civtech.core import clock
from civtech.core.db import db
from civtech.core.references import new_token
from civtech.organisations.models import MemberRole, Organisation, OrganisationKind
from civtech.proposals.models import Opening, Proposal
from civtech.web.display import translated
from civtech.web.registries import panels
from civtech.web.tasks import tasks
from tests.support.messages import fragment, wording
from tests.world import World

pytestmark = pytest.mark.both_databases("ordering")


def start_form(**answers: str) -> dict[str, str]:
    return {"idempotency_key": new_token(), **answers}


def mine(app: Flask, person, at) -> list[tuple[str, str]]:
    """What waits for the person, of proposals only."""
    with app.test_request_context(), clock.at(at):
        found = tasks(person, at)
        return [
            (translated(task.title), task.about)
            for task in found
            if "/proposals/" in task.url or "/opening" in task.url
        ]


def test_a_team_starts_one_answer_with_a_title(world: World, signed_in):
    client = signed_in(world.company_editor)
    address = f"/challenges/{world.challenge.slug}/proposals/new"
    assert "Tidewater Signals Ltd" in client.get(address).text
    form = start_form(organisation=world.company.reference, title=" Cables\n that  listen ")
    first, again = client.post(address, data=form), client.post(address, data=form)
    proposal = db.session.query(Proposal).one()
    assert first.location == again.location == f"/proposals/{proposal.reference}"
    assert (proposal.title, len(proposal.sections)) == ("Cables that listen", 5)
    assert proposal.reference in client.get(address).text
    second = client.post(address, data=start_form(organisation=world.company.reference, title="Another"))
    assert second.status_code == 422
    assert "Another" not in {one.title for one in db.session.query(Proposal)}


def test_a_missing_title_or_organisation_is_said_and_nothing_is_lost(world: World, signed_in):
    world.rival.admit(world.company_owner, MemberRole.OWNER, by=None, at=world.at)
    client = signed_in(world.company_owner)
    address = f"/challenges/{world.challenge.slug}/proposals/new"
    answer = client.post(address, data=start_form(title="A title worth keeping"))
    assert answer.status_code == 422
    assert wording("Select who the proposal is from.") in answer.text
    assert "A title worth keeping" in answer.text
    assert (
        wording("Enter a title for your proposal.")
        in client.post(address, data=start_form(organisation=world.rival.reference)).text
    )


def test_nobody_starts_for_a_company_they_only_view_or_do_not_belong_to(world: World, signed_in):
    address = f"/challenges/{world.challenge.slug}/proposals/new"
    for person in ("company_viewer", "rival_owner", "author", "stranger"):
        client = signed_in(world.people[person])
        answer = client.post(address, data=start_form(organisation=world.company.reference, title="Not mine"))
        refused = 403 if person == "author" else 422
        assert answer.status_code == refused, person
        assert (
            client.post(address, data=start_form(organisation=world.body.reference, title="Not mine")).status_code
            == refused
        )
    assert db.session.query(Proposal).count() == 0


def test_without_an_organisation_one_is_led_there_and_back(world: World, signed_in):
    client = signed_in(world.stranger)
    address = f"/challenges/{world.challenge.slug}/proposals/new"
    page = client.get(address).text
    assert wording("First say who the proposal is from") in page
    assert f"/organisations/new?next={address}" in page.replace("%2F", "/")


def test_a_person_with_an_idea_answers_without_a_company_number(world: World, signed_in):
    alone = Organisation.create(kind=OrganisationKind.INDIVIDUAL, legal_name="Ola Idea", by=world.stranger, at=world.at)
    db.session.flush()
    answer = signed_in(world.stranger).post(
        f"/challenges/{world.challenge.slug}/proposals/new", data=start_form(organisation=alone.reference, title="Mine")
    )
    assert answer.status_code == 302


def test_before_and_after_the_window_nothing_starts(world: World, signed_in):
    client = signed_in(world.company_owner)
    address = f"/challenges/{world.challenge.slug}/proposals/new"
    for moment in (world.challenge.opens_at - timedelta(microseconds=1), world.closes_at):
        with clock.at(moment):
            assert "Start</button>" not in client.get(address).text
            answer = client.post(address, data=start_form(organisation=world.company.reference, title="Kept title"))
        assert answer.status_code == 409
        assert "Kept title" in answer.text


def test_a_visitor_is_asked_to_sign_in_and_an_unknown_challenge_is_not_found(world: World, signed_in, client):
    assert client.get(f"/challenges/{world.challenge.slug}/proposals/new").status_code == 302
    assert signed_in(world.stranger).get("/challenges/nothing/proposals/new").status_code == 404


def test_my_proposals_says_where_each_stands_and_an_empty_list_teaches(world: World, signed_in):
    assert wording("You have no proposals yet") in signed_in(world.stranger).get("/proposals").text
    proposal = world.submitted()
    client = signed_in(world.company_viewer)
    assert "Until" in client.get("/proposals").text
    assert proposal.reference in client.get("/proposals").text
    assert proposal.reference not in signed_in(world.rival_owner).get("/proposals").text
    proposal.write(key="idea", body="Changed", by=world.company_owner, at=world.at)
    assert fragment("You have made changes since") in client.get("/proposals").text
    with clock.at(world.closes_at):
        assert wording("Received and sealed until two members of staff open it") in client.get("/proposals").text
        world.opened()
        assert wording("Being judged") in client.get("/proposals").text


def test_each_end_of_a_proposal_is_said(world: World, signed_in):
    proposal = world.submitted()
    world.started(world.rival)
    proposal.withdraw(by=world.company_owner, at=world.at)
    team, rival = signed_in(world.company_owner), signed_in(world.rival_owner)
    assert fragment("you can submit it again before") in team.get("/proposals").text
    with clock.at(world.closes_at):
        assert fragment("You withdrew it before the deadline") in team.get("/proposals").text
        assert fragment("It was not submitted before the deadline") in rival.get("/proposals").text
    world.challenge.cancel(message="No money.", by=world.staff, at=world.at)
    assert (
        wording("%(who)s cancelled this challenge on %(day)s", who="Programme staff", day="1 March 2027")
        in team.get("/proposals").text
    )


def test_the_tasks_of_a_team_follow_its_proposal(app: Flask, world: World):
    question = world.challenge.question
    proposal = world.started()
    assert mine(app, world.company_owner, world.at) == [
        (wording("Finish “%(title)s”: %(left)s sections are left", title="Cables that listen", left=6), question)
    ]
    assert mine(app, world.company_viewer, world.at) == []
    proposal.describe(title="Cables", summary="Short.", by=world.company_owner, at=world.at)
    for section in proposal.sections:
        proposal.write(key=section.key, body="Words.", by=world.company_owner, at=world.at)
    assert mine(app, world.company_owner, world.at) == [
        (wording("Submit “%(title)s”: every section is written", title="Cables"), question)
    ]
    proposal.submit(by=world.company_owner, at=world.at)
    assert mine(app, world.company_owner, world.at) == []
    proposal.write(key="idea", body="Other words.", by=world.company_owner, at=world.at)
    assert mine(app, world.company_editor, world.at) == [
        (wording("Submit your changes to “%(title)s”: your earlier submission still counts", title="Cables"), question)
    ]
    assert mine(app, world.company_owner, world.closes_at) == []


def test_openings_wait_for_two_members_of_staff_in_turn(app: Flask, world: World):
    question = world.challenge.question
    ask, confirm = (
        (wording("Request the opening of the proposals"), question),
        (wording("Confirm the opening of the proposals"), question),
    )
    assert mine(app, world.staff, world.closes_at) == []
    world.submitted()
    assert mine(app, world.staff, world.before) == []
    assert mine(app, world.staff, world.closes_at) == mine(app, world.colleague, world.closes_at) == [ask]
    opening = Opening.request(challenge=world.challenge, by=world.staff, at=world.closes_at)
    db.session.flush()
    assert mine(app, world.staff, world.closes_at) == []
    assert mine(app, world.colleague, world.closes_at) == [confirm]
    opening.confirm(by=world.colleague, at=world.closes_at)
    db.session.flush()
    assert mine(app, world.colleague, world.closes_at) == []


def test_the_challenges_page_offers_to_answer_or_to_go_on(app: Flask, world: World, client):
    def blocks(person, at) -> str:
        with app.test_request_context(), clock.at(at):
            return "".join(panels("challenges.show", person, world.challenge))

    assert wording("Start a proposal") in blocks(world.stranger, world.at)
    assert wording("Start a proposal") not in blocks(world.stranger, world.closes_at)
    assert fragment("proposal was submitted") not in blocks(world.stranger, world.at)
    proposal = world.submitted(title="Only ours")
    assert proposal.reference in blocks(world.company_viewer, world.at)
    assert proposal.reference in blocks(world.company_viewer, world.closes_at)
    for person in ("staff", "author", "auditor"):
        block = blocks(world.people[person], world.at)
        assert wording("%(num)s proposal was submitted.", num="1") in block
        assert "Only ours" not in block


def test_a_stopped_challenge_is_never_opened_and_asks_nobody(app: Flask, world: World, signed_in):
    world.submitted()
    world.challenge.cancel(message="No money.", by=world.staff, at=world.at)
    db.session.flush()
    assert mine(app, world.staff, world.closes_at) == []
    client = signed_in(world.staff)
    slug = world.challenge.slug
    with clock.at(world.closes_at):
        assert (
            wording("The proposals will never be opened. No one outside the teams can read them.")
            in client.get(f"/challenges/{slug}/proposals").text
        )
        assert fragment("never be opened") in client.get(f"/challenges/{slug}/opening").text
        assert client.post(f"/challenges/{slug}/opening").status_code == 409
