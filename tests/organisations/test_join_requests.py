"""Asking to join: only colleagues by their confirmed address learn of an organisation, and its owners decide."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.core.errors import RuleViolation, WrongState
from civtech.core.references import new_token
from civtech.notifications.letters import compose
from civtech.notifications.models import OutboxMessage
from civtech.organisations.models import JoinRequest, JoinRequestState, MemberRole, Organisation, OrganisationKind
from civtech.organisations.models.bound import joined
from civtech.organisations.models.join_request import OPEN_FOR
from civtech.people.models import User
from civtech.web.seen import token
from tests.people.conftest import find
from tests.support.messages import fragment, pattern, wording

SignedIn = Callable[[User], FlaskClient]


@pytest.fixture
def page(company: Organisation) -> str:
    return f"/organisations/{company.reference}"


@pytest.fixture
def owner(page: str, signed_in: SignedIn) -> FlaskClient:
    return signed_in(find("owner@example.org"))


@pytest.fixture
def new(person: Callable[..., User], signed_in: SignedIn) -> FlaskClient:
    """A colleague of the owner, by their address."""
    return signed_in(person("new@example.org", "Nell Newcomer"))


def post(client: FlaskClient, path: str, **data: str) -> int:
    return client.post(path, data={"idempotency_key": new_token(), **data}).status_code


def asked() -> JoinRequest:
    db.session.rollback()
    return db.session.scalars(select(JoinRequest).order_by(JoinRequest.id.desc())).first()


def letters(template: str) -> list[OutboxMessage]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == template)))


def ask(company: Organisation, email: str = "new@example.org") -> JoinRequest:
    with unit_of_work():
        by = db.session.scalars(select(User).where(User.email == email)).unique().one()
        return JoinRequest.ask(db.session.merge(company), by=by, at=clock.now())


def test_a_colleague_asks_and_an_owner_lets_them_in(
    new: FlaskClient, owner: FlaskClient, page: str, company: Organisation, happened: list[str]
) -> None:
    happened.clear()
    assert "Kelp Ltd" in new.get("/organisations/join").text
    assert post(new, f"{page}/requests") == 302
    assert wording("Waiting for an answer from %(name)s", name="Kelp Ltd") in new.get("/organisations/join").text
    assert new.get(page).status_code == 404
    assert (
        wording("%(person)s has asked to join %(name)s", person="Nell Newcomer", name="Kelp Ltd")
        in owner.get("/home").text
    )
    assert "Nell Newcomer" in owner.get(f"{page}/members").text
    answer = f"{page}/requests/{asked().reference}"
    assert "new@example.org" in owner.get(answer).text
    assert post(owner, answer) == 422
    assert post(owner, answer, role="approver") == 422
    assert post(owner, answer, role="viewer") == 302
    assert happened == ["JoinRequested", "MembershipGranted", "JoinRequestAccepted"]
    assert find("new@example.org").acts_for(company.id, MemberRole.VIEWER)
    assert owner.get(answer).status_code == 404
    assert new.get(page).status_code == 200


def test_the_mails_tell_the_owners_without_a_name_and_the_person_what_was_decided(
    new: FlaskClient, owner: FlaskClient, page: str
) -> None:
    post(new, f"{page}/requests")
    to_owners = letters("join_requested")
    assert [letter.recipient_id for letter in to_owners] == [find("owner@example.org").id]
    words = compose(to_owners[0])
    assert words.subject == wording(
        "Request to join: %(named)s (%(reference)s)", named="Kelp Ltd", reference=asked().reference
    )
    assert "Nell" not in words.body
    assert f"{page}/requests/{asked().reference}" in words.body
    post(owner, f"{page}/requests/{asked().reference}/refusal")
    declined = letters("join_request_answered")
    assert [letter.recipient_id for letter in declined] == [find("new@example.org").id]
    assert fragment("Request to join declined:") in compose(declined[0]).subject
    assert fragment("has declined your request to join.") in compose(declined[0]).body


@pytest.mark.parametrize(
    ("email", "theirs"),
    [
        ("sam@elsewhere.example", "owner@example.org"),
        ("sam@sub.example.org", "owner@example.org"),
        ("sam@notexample.org", "owner@example.org"),
        ("sam@ample.org", "owner@example.org"),
        ("sam@gmail.com", "olive@gmail.com"),
    ],
)
def test_nothing_is_revealed_where_the_domain_says_nothing(
    company: Organisation, page: str, person: Callable[..., User], signed_in: SignedIn, email: str, theirs: str
) -> None:
    with unit_of_work():
        db.session.scalars(select(User).where(User.email == "owner@example.org")).unique().one().email = theirs
    client = signed_in(person(email, "Sam"))
    assert "Kelp" not in client.get("/organisations/join").text
    assert post(client, f"{page}/requests") == 404
    assert post(client, "/organisations/O-0000-0000/requests") == 404
    with pytest.raises(
        RuleViolation, match=pattern("You cannot ask to join this organisation. Ask one of its owners to invite you.")
    ):
        ask(company, email)


def test_an_address_that_is_not_confirmed_counts_on_neither_side(
    company: Organisation, new: FlaskClient, page: str
) -> None:
    with unit_of_work():
        db.session.scalars(select(User).where(User.email == "owner@example.org")).unique().one().confirmed_at = None
    assert "Kelp" not in new.get("/organisations/join").text
    assert post(new, f"{page}/requests") == 404


def test_who_works_for_the_programme_joins_a_public_body_at_most(
    company: Organisation, body: Organisation, staff: User, signed_in: SignedIn
) -> None:
    shown = signed_in(staff).get("/organisations/join").text
    assert ("Kelp Ltd" in shown, "Isle Council" in shown) == (False, True)


def test_a_person_with_an_idea_is_not_joined(new: FlaskClient, person: Callable[..., User]) -> None:
    ada = person()
    with unit_of_work():
        alone = Organisation.create(
            kind=OrganisationKind.INDIVIDUAL, legal_name="Ada Lovelace", by=db.session.merge(ada), at=clock.now()
        )
    assert "Ada Lovelace" not in new.get("/organisations/join").text
    assert post(new, f"/organisations/{alone.reference}/requests") == 404


def test_one_request_is_open_at_a_time_and_can_be_taken_back(
    new: FlaskClient, company: Organisation, body: Organisation, page: str
) -> None:
    assert post(new, f"{page}/requests") == 302
    for again, there in ((page, company), (f"/organisations/{body.reference}", body)):
        assert post(new, f"{again}/requests", seen=token(joined(db.session.merge(there)))) == 422
    assert post(new, f"/organisations/join/{asked().reference}/withdrawal") == 302
    assert asked().state is JoinRequestState.WITHDRAWN
    assert post(new, f"/organisations/{body.reference}/requests") == 302


def test_nobody_is_pestered(new: FlaskClient, owner: FlaskClient, page: str) -> None:
    for _time in range(3):
        assert post(new, f"{page}/requests") == 302
        assert post(new, f"/organisations/join/{asked().reference}/withdrawal") == 302
    assert post(new, f"{page}/requests") == 422
    with clock.at(clock.now() + OPEN_FOR + timedelta(minutes=1)):
        assert post(new, f"{page}/requests") == 302
        assert post(owner, f"{page}/requests/{asked().reference}/refusal") == 302
        assert post(new, f"{page}/requests") == 422


def test_a_request_runs_out_and_makes_room_for_the_next(new: FlaskClient, owner: FlaskClient, page: str) -> None:
    assert post(new, f"{page}/requests") == 302
    first = asked()
    with clock.at(clock.now() + OPEN_FOR + timedelta(minutes=1)):
        assert "Nell" not in owner.get("/home").text
        assert owner.get(f"{page}/requests/{first.reference}").status_code == 404
        with pytest.raises(WrongState), unit_of_work():
            db.session.get(JoinRequest, first.id).accept(
                role=MemberRole.EDITOR, by=db.session.get(User, find("owner@example.org").id), at=clock.now()
            )
        assert post(new, f"{page}/requests") == 302
    assert db.session.get(JoinRequest, first.id).state is JoinRequestState.LAPSED


def test_only_owners_answer_and_only_who_asked_takes_it_back(
    new: FlaskClient,
    company: Organisation,
    page: str,
    person: Callable[..., User],
    staff: User,
    signed_in: SignedIn,
) -> None:
    request = ask(company)
    editor = person("ed@example.org", "Ed Editor")
    with unit_of_work():
        db.session.merge(company).admit(db.session.merge(editor), MemberRole.EDITOR, by=None, at=clock.now())
    answer = f"{page}/requests/{request.reference}"
    taking_back = f"/organisations/join/{request.reference}/withdrawal"
    answers = {}
    for who in ("new", "ed", "staff"):
        client = signed_in(find(f"{who}@example.org"))
        answers[who] = {
            client.get(answer).status_code,
            post(client, answer, role="owner"),
            post(client, f"{answer}/refusal"),
        }
    assert answers == {"new": {404}, "ed": {403}, "staff": {403}}
    assert post(signed_in(find("owner@example.org")), taking_back) == 404


@pytest.mark.both_databases("locks")
def test_two_owners_who_answer_at_once_answer_once(
    new: FlaskClient, company: Organisation, page: str, person: Callable[..., User], signed_in: SignedIn
) -> None:
    second = person("second@example.org", "Sue Second")
    with unit_of_work():
        db.session.merge(company).admit(db.session.merge(second), MemberRole.OWNER, by=None, at=clock.now())
    answer = f"{page}/requests/{ask(company).reference}"
    clients = [signed_in(find(email)) for email in ("owner@example.org", "second@example.org")]
    db.session.remove()
    start, answers = Barrier(2), []

    def press(client: FlaskClient) -> None:
        start.wait()
        answers.append(post(client, answer, role="editor"))

    threads = [Thread(target=press, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(302) == 1, answers
    assert [held.role for held in find("new@example.org").memberships] == [MemberRole.EDITOR]


@pytest.mark.both_databases("guards")
def test_the_database_refuses_what_no_verb_would_do(
    new: FlaskClient, company: Organisation, person: Callable[..., User]
) -> None:
    eve = person("eve@elsewhere.example", "Eve Else")
    request = ask(company)
    olive, nell = find("owner@example.org").id, find("new@example.org").id
    answered = "answered_at = sent_at, role = 'editor', state = 'accepted'"
    insert = (
        "INSERT INTO join_request (id, reference, organisation_id, person_id, domain, state, sent_at, expires_at, "
        "answered_at, version) SELECT id + 1, 'J-NEW', organisation_id, {person}, '{domain}', '{state}', sent_at, "
        "expires_at, {answered_at}, 1 FROM join_request"
    )
    good = {"person": nell, "domain": "example.org", "state": "sent", "answered_at": "NULL"}
    for statement, words in (
        (f"UPDATE join_request SET {answered}, answered_by_id = {eve.id}", fragment("Only an owner can answer it")),
        (
            f"UPDATE join_request SET {answered}, answered_by_id = {nell}",
            f"{fragment('Only an owner can answer it')}|answered_by_another_person",
        ),
        (
            f"UPDATE join_request SET {answered}, answered_by_id = {olive}".replace("= sent_at", "= expires_at"),
            fragment("must be answered before it expires"),
        ),
        (f"UPDATE join_request SET person_id = {eve.id}", "cannot be changed"),
        ("UPDATE join_request SET domain = 'elsewhere.example'", "cannot be changed"),
        ("DELETE FROM join_request", fragment("You cannot delete a request to join")),
        (insert.format(**good), "uq_join_request_waiting|UNIQUE"),
        (
            insert.format(**good | {"person": eve.id}),
            fragment("has the same domain as someone who acts for the organisation"),
        ),
        (
            insert.format(**good | {"person": eve.id, "domain": "elsewhere.example"}),
            fragment("has the same domain as someone who acts for the organisation"),
        ),
        (insert.format(**good | {"state": "withdrawn", "answered_at": "sent_at"}), "cannot already have an answer"),
    ):
        with pytest.raises(DatabaseError, match=words), unit_of_work():
            db.session.execute(text(statement))
    with unit_of_work():
        db.session.get(JoinRequest, request.id).decline(by=db.session.get(User, olive), at=clock.now())
    for statement in (
        "UPDATE join_request SET state = 'sent', answered_at = NULL, answered_by_id = NULL",
        f"UPDATE join_request SET {answered}, answered_by_id = {olive}",
    ):
        with pytest.raises(DatabaseError, match=r"already has an answer|cannot be changed"), unit_of_work():
            db.session.execute(text(statement))
