"""Whom the audit log leaves unnamed: who works on a proposal the reader may not read, and who asked a question."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from civtech.accounts.models import User
from civtech.challenges.models import Question
from civtech.core import clock
from civtech.core.db import db
from civtech.judging.models import Assignment, Panel
from civtech.oversight import queries
from civtech.oversight.models import AuditEntry
from civtech.proposals.models import Opening, Proposal
from tests.factories.proposals import Open, open_challenge
from tests.oversight.test_pages import rows
from tests.support.sql import joined_anyway

SignIn = Callable[[User], FlaskClient]
SEALED = "Somebody of a sealed proposal"
ASKER = "Somebody who stays unnamed"


@pytest.fixture
def scene(app: Flask, now) -> Open:
    """A challenge that is open now."""
    return open_challenge(now)


@pytest.fixture
def proposal(scene: Open) -> Proposal:
    """Written and submitted by the owner of the company."""
    proposal = scene.submitted()
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
    scene: Open, proposal: Proposal, signed_in: SignIn, reader: str
) -> None:
    client, owner = signed_in(scene.people[reader]), scene.company_owner
    page = client.get(f"/audit?subject={proposal.reference}").text
    assert rows(page) == page.count(SEALED) == len(about(proposal)) > 5
    assert f"A proposal was submitted: proposal {proposal.reference}" in page
    assert tells(client, proposal, owner) == []
    assert SEALED in client.get(f"/audit/{about(proposal)[0][0]}").text


@pytest.mark.parametrize("reader", ["staff", "auditor"])
def test_the_filter_by_person_does_not_find_what_they_did_to_a_sealed_proposal(
    scene: Open, proposal: Proposal, signed_in: SignIn, reader: str
) -> None:
    client, owner = signed_in(scene.people[reader]), scene.company_owner
    assert [found(client, proposal, typed) for typed in (owner.reference, owner.email, owner.reference.lower())] == [
        0
    ] * 3
    page = client.get("/audit", query_string={"actor": owner.reference}).text
    assert "A person registered" in page
    assert proposal.reference not in page


def test_what_nobody_is_named_for_is_not_lost_from_the_filter(scene: Open, signed_in: SignIn) -> None:
    client = signed_in(scene.staff)
    stored = select(AuditEntry.sequence).where(AuditEntry.actor == scene.staff.reference)
    expected = len(db.session.scalars(stored).all())
    assert rows(client.get("/audit", query_string={"actor": scene.staff.reference}).text) == expected > 1


@pytest.mark.parametrize("reader", ["staff", "auditor"])
def test_two_people_who_open_the_proposals_let_it_be_told(
    scene: Open, proposal: Proposal, signed_in: SignIn, reader: str
) -> None:
    owner = scene.company_owner
    with clock.at(scene.closes_at):
        client = signed_in(scene.people[reader])
        assert tells(client, proposal, owner) == []
        scene.opened()
        page = client.get(f"/audit?subject={proposal.reference}").text
        assert SEALED not in page
        assert page.count(f"({owner.reference})") == len(about(proposal))
        assert found(client, proposal, owner.reference) == len(about(proposal))
        assert f"actor={owner.reference}" in client.get(f"/audit/{about(proposal)[0][0]}").text


def test_a_request_to_open_is_not_yet_an_opening(scene: Open, proposal: Proposal, signed_in: SignIn) -> None:
    with clock.at(scene.closes_at):
        Opening.request(challenge=scene.challenge, by=scene.staff, at=scene.closes_at)
        assert tells(signed_in(scene.staff), proposal, scene.company_owner) == []


@pytest.mark.parametrize("kind", ["draft", "withdrawn"])
def test_what_was_never_opened_stays_unnamed_after_the_opening(scene: Open, signed_in: SignIn, kind: str) -> None:
    scene.submitted(scene.rival)
    proposal = scene.submitted() if kind == "withdrawn" else scene.written()
    if kind == "withdrawn":
        proposal.withdraw(by=scene.company_owner, at=scene.at)
    scene.opened()
    client = signed_in(scene.auditor)
    assert tells(client, proposal, scene.company_owner) == []
    assert found(client, proposal, scene.company_owner.reference) == 0


def test_a_late_attempt_on_a_draft_does_not_name_who_tried(scene: Open, signed_in: SignIn) -> None:
    proposal = scene.written()
    client = signed_in(scene.company_owner)
    with clock.at(scene.closes_at):
        client.post(f"/proposals/{proposal.reference}/submission", data={"declaration": "y"})
    assert about(proposal)[-1][1] == "LateSubmissionRefused"
    assert tells(signed_in(scene.staff), proposal, scene.company_owner) == []


def test_a_reader_of_a_rival_team_learns_of_the_own_team_only(
    scene: Open, proposal: Proposal, signed_in: SignIn
) -> None:
    own = scene.submitted(scene.rival)
    scene.opened()
    joined_anyway(scene.staff, scene.rival, scene.at)
    client = signed_in(scene.staff)
    assert tells(client, proposal, scene.company_owner) == []
    assert found(client, own, scene.rival_owner.reference) == len(about(own))


def test_a_recused_reader_does_not_learn_who_wrote_what_they_may_not_read(
    scene: Open, proposal: Proposal, signed_in: SignIn
) -> None:
    scene.opened()
    at = scene.closes_at + timedelta(hours=1)
    sift = next(stage for stage in scene.challenge.round.stages if stage.key == "sift")
    panel = Panel.convene(challenge=scene.challenge, stage=sift, by=scene.colleague, at=at)
    scene.staff.confirmed_at = at
    db.session.flush()
    panel.seat(scene.staff, by=scene.colleague, at=at)
    db.session.flush()
    assignment = Assignment.make(panel=panel, judge=scene.staff, proposal=proposal, by=scene.colleague, at=at)
    db.session.flush()
    assignment.declare_conflict(conflict="My brother works there.", by=scene.staff, at=at)
    assert tells(signed_in(scene.staff), proposal, scene.company_owner) == []
    assert tells(signed_in(scene.auditor), proposal, scene.company_owner) != []


@pytest.mark.parametrize("opened", [False, True])
@pytest.mark.parametrize("reader", ["staff", "auditor"])
def test_who_asked_a_question_is_never_told(scene: Open, signed_in: SignIn, reader: str, opened: bool) -> None:
    question = Question.ask(challenge=scene.challenge, text="Are there data?", by=scene.company_owner, at=scene.at)
    db.session.flush()
    question.give_answer(answer="There are.", by=scene.author, at=scene.at)
    scene.submitted()
    if opened:
        scene.opened()
    client = signed_in(scene.people[reader])
    assert tells(client, question, scene.company_owner) == []
    assert found(client, question, scene.company_owner.reference) == 0
    page = client.get(f"/audit?subject={question.reference}").text
    assert (page.count(ASKER), page.count(f"({scene.author.reference})")) == (1, 1)
    assert ASKER in client.get("/audit?event=QuestionAsked").text


def test_the_request_is_not_shown_either_so_that_the_hash_cannot_be_tried_out_with_every_person(
    scene: Open, proposal: Proposal, signed_in: SignIn
) -> None:
    answer = signed_in(scene.company_owner).post(f"/proposals/{proposal.reference}/withdrawal")
    request = answer.headers["X-Request-ID"]
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(1)).one()
    assert (entry.subject, entry.request) == (proposal.reference, request)
    page = signed_in(scene.staff).get(f"/audit/{entry.sequence}").text
    assert request not in page
    assert "Not shown: it could tell who it was" in page
    brought = db.session.scalars(queries.visible_to(scene.staff).where(AuditEntry.sequence == entry.sequence)).one()
    assert (brought.unnamed, brought.actor, brought.request) == (True, None, None)


def test_the_chain_keeps_what_the_pages_do_not_show(
    app: Flask, scene: Open, proposal: Proposal, signed_in: SignIn
) -> None:
    number = about(proposal)[0][0]
    stored = db.session.get_one(AuditEntry, number)
    assert stored.actor == scene.company_owner.reference
    page = signed_in(scene.auditor).get(f"/audit/{number}").text
    assert "The hash fits what stands in this entry." in page
    assert stored.hash in re.sub(r"<[^>]*>|\s", "", page)
    db.session.rollback()
    assert app.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 0


def test_leaving_people_unnamed_costs_the_same_whatever_the_number_of_proposals(
    scene: Open, proposal: Proposal, signed_in: SignIn
) -> None:
    client = signed_in(scene.staff)
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
        scene.submitted(scene.team(f"more{place}", f"More {place} Ltd"))
    db.session.commit()
    assert (cost("/audit"), cost(f"/audit/{number}")) == few <= (4, 5)
