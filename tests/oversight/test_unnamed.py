"""Whom the audit log leaves unnamed: who works on a proposal the reader may not read, and who asked a question."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from civtech.challenges.models import Question
from civtech.core import clock
from civtech.core.db import db
from civtech.judging.models import Assignment, Panel
from civtech.oversight import queries
from civtech.oversight.models import AuditEntry
from civtech.people.models import User
from civtech.proposals.models import Opening, Proposal
from tests.oversight.test_pages import rows
from tests.support.messages import wording
from tests.support.sheet import sheet
from tests.support.sql import joined_anyway
from tests.world import Age, World
from tests.world.kept import Worlds

SignIn = Callable[[User], FlaskClient]
SEALED = wording("Someone working on a sealed proposal")
ASKER = wording("Name not published")


@pytest.fixture
def world(app: Flask, worlds: Worlds, now) -> World:
    """A challenge that is open now."""
    return worlds(Age.PUBLISHED)


@pytest.fixture
def proposal(world: World) -> Proposal:
    """Written and submitted by the owner of the company."""
    proposal = world.submitted()
    db.session.commit()
    return proposal


def about(subject: Proposal | Question) -> list[tuple[int, str]]:
    """Number and event of the entries about something, as they are stored."""
    query = select(AuditEntry.sequence, AuditEntry.event).where(AuditEntry.subject == subject.reference)
    return [tuple(row) for row in db.session.execute(query.order_by(AuditEntry.sequence))]


def tells(client: FlaskClient, subject: Proposal | Question, *people: User) -> list[str]:
    """The audit pages about something that name one of these people, or lead to what one of them did."""
    words = [word for person in people for word in (person.name, person.reference, person.email)]
    pages = [f"/audit?subject={subject.reference}", *(f"/audit/{number}" for number, _event in about(subject))]
    return [page for page in pages if any(word in client.get(page).text for word in words)]


def found(client: FlaskClient, subject: Proposal | Question, typed: str) -> int:
    """How many entries about something the filter by person finds."""
    page = client.get("/audit", query_string={"subject": subject.reference, "actor": typed})
    assert page.status_code == 200
    return rows(page.text)


@pytest.mark.parametrize("reader", ["staff", "auditor"])
def test_who_works_on_a_sealed_proposal_is_not_told_before_the_opening(
    world: World, proposal: Proposal, signed_in: SignIn, reader: str
) -> None:
    client, owner = signed_in(world.people[reader]), world.company_owner
    page = client.get(f"/audit?subject={proposal.reference}").text
    assert rows(page) == page.count(SEALED) == len(about(proposal)) > 5
    assert f"{wording('Proposal submitted')}: proposal {proposal.reference}" in page
    assert tells(client, proposal, owner) == []
    assert SEALED in client.get(f"/audit/{about(proposal)[0][0]}").text


@pytest.mark.parametrize("reader", ["staff", "auditor"])
def test_the_filter_by_person_does_not_find_what_they_did_to_a_sealed_proposal(
    world: World, proposal: Proposal, signed_in: SignIn, reader: str
) -> None:
    client, owner = signed_in(world.people[reader]), world.company_owner
    assert [found(client, proposal, typed) for typed in (owner.reference, owner.email, owner.reference.lower())] == [
        0
    ] * 3
    page = client.get("/audit", query_string={"actor": owner.reference}).text
    assert wording("Account created") in page
    assert proposal.reference not in page


def test_what_nobody_is_named_for_is_not_lost_from_the_filter(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.staff)
    stored = select(AuditEntry.sequence).where(AuditEntry.actor == world.staff.reference)
    expected = len(db.session.scalars(stored).all())
    assert rows(client.get("/audit", query_string={"actor": world.staff.reference}).text) == expected > 1


@pytest.mark.parametrize("reader", ["staff", "auditor"])
def test_two_people_who_open_the_proposals_let_it_be_told(
    world: World, proposal: Proposal, signed_in: SignIn, reader: str
) -> None:
    owner = world.company_owner
    with clock.at(world.closes_at):
        client = signed_in(world.people[reader])
        assert tells(client, proposal, owner) == []
        world.opened()
        page = client.get(f"/audit?subject={proposal.reference}").text
        assert SEALED not in page
        assert page.count(f"({owner.reference})") == len(about(proposal))
        assert found(client, proposal, owner.reference) == len(about(proposal))
        assert f"actor={owner.reference}" in client.get(f"/audit/{about(proposal)[0][0]}").text


def test_a_request_to_open_is_not_yet_an_opening(world: World, proposal: Proposal, signed_in: SignIn) -> None:
    with clock.at(world.closes_at):
        Opening.request(challenge=world.challenge, by=world.staff, at=world.closes_at)
        assert tells(signed_in(world.staff), proposal, world.company_owner) == []


@pytest.mark.parametrize("kind", ["draft", "withdrawn"])
def test_what_was_never_opened_stays_unnamed_after_the_opening(world: World, signed_in: SignIn, kind: str) -> None:
    world.submitted(world.rival)
    proposal = world.submitted() if kind == "withdrawn" else world.written()
    if kind == "withdrawn":
        proposal.withdraw(by=world.company_owner, at=world.at)
    world.opened()
    client = signed_in(world.auditor)
    assert tells(client, proposal, world.company_owner) == []
    assert found(client, proposal, world.company_owner.reference) == 0


def test_a_late_attempt_on_a_draft_does_not_name_who_tried(world: World, signed_in: SignIn) -> None:
    proposal = world.written()
    client = signed_in(world.company_owner)
    with clock.at(world.closes_at):
        client.post(f"/proposals/{proposal.reference}/submission", data={"declaration": "y"})
    assert about(proposal)[-1][1] == "LateSubmissionRefused"
    assert tells(signed_in(world.staff), proposal, world.company_owner) == []


@pytest.mark.both_databases("guards")
def test_a_reader_of_a_rival_team_learns_of_the_own_team_only(
    world: World, proposal: Proposal, signed_in: SignIn
) -> None:
    own = world.submitted(world.rival)
    world.opened()
    joined_anyway(world.staff, world.rival, world.at)
    client = signed_in(world.staff)
    assert tells(client, proposal, world.company_owner) == []
    assert found(client, own, world.rival_owner.reference) == len(about(own))


def test_a_recused_reader_does_not_learn_who_wrote_what_they_may_not_read(
    world: World, proposal: Proposal, signed_in: SignIn
) -> None:
    world.opened()
    at = world.closes_at + timedelta(hours=1)
    sift = next(stage for stage in world.challenge.round.stages if stage.key == "sift")
    panel = Panel.convene(challenge=world.challenge, stage=sift, by=world.colleague, at=at)
    world.staff.confirmed_at = at
    db.session.flush()
    panel.seat(world.staff, by=world.colleague, at=at)
    db.session.flush()
    assignment = Assignment.make(panel=panel, judge=world.staff, proposal=proposal, by=world.colleague, at=at)
    db.session.flush()
    assignment.declare_conflict(conflict="My brother works there.", by=world.staff, at=at)
    assert tells(signed_in(world.staff), proposal, world.company_owner) == []
    assert tells(signed_in(world.auditor), proposal, world.company_owner) != []


@pytest.mark.parametrize("opened", [False, True])
@pytest.mark.parametrize("reader", ["staff", "auditor"])
def test_who_asked_a_question_is_never_told(world: World, signed_in: SignIn, reader: str, opened: bool) -> None:
    question = Question.ask(challenge=world.challenge, text="Are there data?", by=world.company_owner, at=world.at)
    db.session.flush()
    question.give_answer(answer="There are.", by=world.author, at=world.at)
    world.submitted()
    if opened:
        world.opened()
    client = signed_in(world.people[reader])
    assert tells(client, question, world.company_owner) == []
    assert found(client, question, world.company_owner.reference) == 0
    page = client.get(f"/audit?subject={question.reference}").text
    assert (page.count(ASKER), page.count(f"({world.author.reference})")) == (1, 1)
    assert ASKER in client.get("/audit?event=QuestionAsked").text


def test_the_request_is_not_shown_either_so_that_the_hash_cannot_be_tried_out_with_every_person(
    world: World, proposal: Proposal, signed_in: SignIn
) -> None:
    owner, address = signed_in(world.company_owner), f"/proposals/{proposal.reference}/withdrawal"
    answer = owner.post(address, data=sheet(owner.get(address), "/withdrawal"))
    request = answer.headers["X-Request-ID"]
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(1)).one()
    assert (entry.subject, entry.request) == (proposal.reference, request)
    page = signed_in(world.staff).get(f"/audit/{entry.sequence}").text
    assert request not in page
    assert wording("Not shown, because it could identify the person") in page
    brought = db.session.scalars(queries.visible_to(world.staff).where(AuditEntry.sequence == entry.sequence)).one()
    assert (brought.unnamed, brought.actor, brought.request) == (True, None, None)


def test_the_chain_keeps_what_the_pages_do_not_show(
    app: Flask, world: World, proposal: Proposal, signed_in: SignIn
) -> None:
    number = about(proposal)[0][0]
    stored = db.session.get_one(AuditEntry, number)
    assert stored.actor == world.company_owner.reference
    page = signed_in(world.auditor).get(f"/audit/{number}").text
    assert wording("The hash matches this entry.") in page
    assert stored.hash in re.sub(r"<[^>]*>|\s", "", page)
    db.session.rollback()
    assert app.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 0


def test_leaving_people_unnamed_costs_the_same_whatever_the_number_of_proposals(
    world: World, proposal: Proposal, signed_in: SignIn
) -> None:
    client = signed_in(world.staff)
    number = about(proposal)[0][0]

    def cost(url: str) -> int:
        counted: list[str] = []
        listener = lambda _c, _u, statement, *_rest: statement.startswith("SELECT") and counted.append(statement)  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listener)
        assert client.get(url).status_code == 200
        event.remove(db.engine, "before_cursor_execute", listener)
        return len(counted)

    few = cost("/audit"), cost(f"/audit/{number}")
    for place in range(6):
        world.submitted(world.team(f"more{place}", f"More {place} Ltd"))
    db.session.commit()
    assert (cost("/audit"), cost(f"/audit/{number}")) == few <= (4, 5)
