"""Starting a proposal, finding it again, and what waits for whom."""

from datetime import timedelta

from flask import Flask

from civtech.accounts.models import MemberRole, Organisation, OrganisationKind
from civtech.core import clock
from civtech.core.db import db
from civtech.core.references import new_token
from civtech.proposals.models import Opening, Proposal
from civtech.web.display import translated
from civtech.web.registries import panels, tasks
from tests.factories.proposals import Open


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


def test_a_team_starts_one_answer_with_a_title(scene: Open, signed_in):
    client = signed_in(scene.company_editor)
    address = f"/challenges/{scene.challenge.slug}/proposals/new"
    assert "Tidewater Signals Ltd" in client.get(address).text
    form = start_form(organisation=scene.company.reference, title=" Cables\n that  listen ")
    first, again = client.post(address, data=form), client.post(address, data=form)
    proposal = db.session.query(Proposal).one()
    assert first.location == again.location == f"/proposals/{proposal.reference}"
    assert (proposal.title, len(proposal.sections)) == ("Cables that listen", 5)
    assert proposal.reference in client.get(address).text
    second = client.post(address, data=start_form(organisation=scene.company.reference, title="Another"))
    assert second.status_code == 422
    assert "Another" not in {one.title for one in db.session.query(Proposal)}


def test_a_missing_title_or_organisation_is_said_and_nothing_is_lost(scene: Open, signed_in):
    scene.rival.admit(scene.company_owner, MemberRole.OWNER, by=None, at=scene.at)
    client = signed_in(scene.company_owner)
    address = f"/challenges/{scene.challenge.slug}/proposals/new"
    answer = client.post(address, data=start_form(title="A title worth keeping"))
    assert answer.status_code == 422
    assert "Choose who the proposal is from." in answer.text
    assert "A title worth keeping" in answer.text
    assert (
        "Give your proposal a title." in client.post(address, data=start_form(organisation=scene.rival.reference)).text
    )


def test_nobody_starts_for_a_company_they_only_view_or_do_not_belong_to(scene: Open, signed_in):
    address = f"/challenges/{scene.challenge.slug}/proposals/new"
    for person in ("company_viewer", "rival_owner", "author", "stranger"):
        client = signed_in(scene.people[person])
        answer = client.post(address, data=start_form(organisation=scene.company.reference, title="Not mine"))
        refused = 403 if person == "author" else 422
        assert answer.status_code == refused, person
        assert (
            client.post(address, data=start_form(organisation=scene.body.reference, title="Not mine")).status_code
            == refused
        )
    assert db.session.query(Proposal).count() == 0


def test_without_an_organisation_one_is_led_there_and_back(scene: Open, signed_in):
    client = signed_in(scene.stranger)
    address = f"/challenges/{scene.challenge.slug}/proposals/new"
    page = client.get(address).text
    assert "Say first who the answer comes from" in page
    assert f"/organisations/new?next={address}" in page.replace("%2F", "/")


def test_a_person_with_an_idea_answers_without_a_company_number(scene: Open, signed_in):
    alone = Organisation.create(kind=OrganisationKind.INDIVIDUAL, legal_name="Ola Idea", by=scene.stranger, at=scene.at)
    db.session.flush()
    answer = signed_in(scene.stranger).post(
        f"/challenges/{scene.challenge.slug}/proposals/new", data=start_form(organisation=alone.reference, title="Mine")
    )
    assert answer.status_code == 302


def test_before_and_after_the_window_nothing_starts(scene: Open, signed_in):
    client = signed_in(scene.company_owner)
    address = f"/challenges/{scene.challenge.slug}/proposals/new"
    for moment in (scene.challenge.opens_at - timedelta(microseconds=1), scene.closes_at):
        with clock.at(moment):
            assert "Start</button>" not in client.get(address).text
            answer = client.post(address, data=start_form(organisation=scene.company.reference, title="Kept title"))
        assert answer.status_code == 409
        assert "Kept title" in answer.text


def test_a_visitor_is_asked_to_sign_in_and_an_unknown_challenge_is_not_found(scene: Open, signed_in, client):
    assert client.get(f"/challenges/{scene.challenge.slug}/proposals/new").status_code == 302
    assert signed_in(scene.stranger).get("/challenges/nothing/proposals/new").status_code == 404


def test_my_proposals_says_where_each_stands_and_an_empty_list_teaches(scene: Open, signed_in):
    assert "You have no proposals yet" in signed_in(scene.stranger).get("/proposals").text
    proposal = scene.submitted()
    client = signed_in(scene.company_viewer)
    assert "Until" in client.get("/proposals").text
    assert proposal.reference in client.get("/proposals").text
    assert proposal.reference not in signed_in(scene.rival_owner).get("/proposals").text
    proposal.write(key="idea", body="Changed", by=scene.company_owner, at=scene.at)
    assert "You have changed your words since" in client.get("/proposals").text
    with clock.at(scene.closes_at):
        assert "Received and sealed until two members of staff open it" in client.get("/proposals").text
        scene.opened()
        assert "Being judged" in client.get("/proposals").text


def test_each_end_of_a_proposal_is_said(scene: Open, signed_in):
    proposal = scene.submitted()
    scene.started(scene.rival)
    proposal.withdraw(by=scene.company_owner, at=scene.at)
    team, rival = signed_in(scene.company_owner), signed_in(scene.rival_owner)
    assert "you can submit them again before" in team.get("/proposals").text
    with clock.at(scene.closes_at):
        assert "You withdrew it before the deadline" in team.get("/proposals").text
        assert "It was not submitted before the deadline" in rival.get("/proposals").text
    scene.challenge.cancel(message="No money.", by=scene.staff, at=scene.at)
    assert "Programme staff cancelled this challenge on 1 March 2027" in team.get("/proposals").text


def test_the_tasks_of_a_team_follow_its_proposal(app: Flask, scene: Open):
    question = scene.challenge.question
    proposal = scene.started()
    assert mine(app, scene.company_owner, scene.at) == [("Finish “Cables that listen”: 6 parts are left", question)]
    assert mine(app, scene.company_viewer, scene.at) == []
    proposal.describe(title="Cables", summary="Short.", by=scene.company_owner, at=scene.at)
    for section in proposal.sections:
        proposal.write(key=section.key, body="Words.", by=scene.company_owner, at=scene.at)
    assert mine(app, scene.company_owner, scene.at) == [("Submit “Cables”: every part is written", question)]
    proposal.submit(by=scene.company_owner, at=scene.at)
    assert mine(app, scene.company_owner, scene.at) == []
    proposal.write(key="idea", body="Other words.", by=scene.company_owner, at=scene.at)
    assert mine(app, scene.company_editor, scene.at) == [
        ("Submit your changes to “Cables”: what you submitted before still counts", question)
    ]
    assert mine(app, scene.company_owner, scene.closes_at) == []


def test_openings_wait_for_two_members_of_staff_in_turn(app: Flask, scene: Open):
    question = scene.challenge.question
    ask, confirm = (
        ("Ask for the opening of the proposals", question),
        ("Confirm the opening of the proposals", question),
    )
    assert mine(app, scene.staff, scene.closes_at) == []
    scene.submitted()
    assert mine(app, scene.staff, scene.before) == []
    assert mine(app, scene.staff, scene.closes_at) == mine(app, scene.colleague, scene.closes_at) == [ask]
    opening = Opening.request(challenge=scene.challenge, by=scene.staff, at=scene.closes_at)
    db.session.flush()
    assert mine(app, scene.staff, scene.closes_at) == []
    assert mine(app, scene.colleague, scene.closes_at) == [confirm]
    opening.confirm(by=scene.colleague, at=scene.closes_at)
    db.session.flush()
    assert mine(app, scene.colleague, scene.closes_at) == []


def test_the_challenges_page_offers_to_answer_or_to_go_on(app: Flask, scene: Open, client):
    def blocks(person, at) -> str:
        with app.test_request_context(), clock.at(at):
            return "".join(panels("challenges.show", person, scene.challenge))

    assert "Start a proposal" in blocks(scene.stranger, scene.at)
    assert "Start a proposal" not in blocks(scene.stranger, scene.closes_at)
    assert "proposal was submitted" not in blocks(scene.stranger, scene.at)
    proposal = scene.submitted(title="Only ours")
    assert proposal.reference in blocks(scene.company_viewer, scene.at)
    assert proposal.reference in blocks(scene.company_viewer, scene.closes_at)
    for person in ("staff", "author", "auditor"):
        block = blocks(scene.people[person], scene.at)
        assert "1 proposal was submitted." in block
        assert "Only ours" not in block


def test_a_stopped_challenge_is_never_opened_and_asks_nobody(app: Flask, scene: Open, signed_in):
    scene.submitted()
    scene.challenge.cancel(message="No money.", by=scene.staff, at=scene.at)
    db.session.flush()
    assert mine(app, scene.staff, scene.closes_at) == []
    client = signed_in(scene.staff)
    slug = scene.challenge.slug
    with clock.at(scene.closes_at):
        assert (
            "The proposals are never opened. Nobody outside the teams can read them."
            in client.get(f"/challenges/{slug}/proposals").text
        )
        assert "never opened" in client.get(f"/challenges/{slug}/opening").text
        assert client.post(f"/challenges/{slug}/opening").status_code == 409
