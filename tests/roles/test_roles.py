"""One administrator asks for a role, another approves it; it acts on the next request, and ends on the next one too."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.core.errors import RuleViolation, WrongState
from civtech.core.references import new_token
from civtech.notifications.letters import compose
from civtech.notifications.models import OutboxMessage
from civtech.organisations.models import OrganisationKind
from civtech.organisations.models.organisation import Organisation
from civtech.people.models import EVERYWHERE, ProgrammeRole, Scope, ScopeKind, User
from civtech.roles.models import GrantState, RoleGrant
from tests.factories.programmes import RoundFactory
from tests.people.conftest import find
from tests.support.messages import fragment, pattern, wording

SignedIn = Callable[[User], FlaskClient]
People = Callable[..., User]
ADMINISTRATOR = ProgrammeRole.ADMINISTRATOR


@pytest.fixture
def first(person: People, signed_in: SignedIn) -> FlaskClient:
    return signed_in(person("first@example.org", "Ann First", roles=[ADMINISTRATOR]))


@pytest.fixture
def second(first: FlaskClient, person: People, signed_in: SignedIn) -> FlaskClient:
    return signed_in(person("second@example.org", "Ben Second", roles=[ADMINISTRATOR]))


@pytest.fixture
def holder(person: People, signed_in: SignedIn) -> FlaskClient:
    return signed_in(person("holly@example.org", "Holly Holder"))


def wanted(**changes: str) -> dict[str, str]:
    asked = {"email": "holly@example.org", "role": "staff", "scope": "programme", "reason": "Runs the next round."}
    return asked | {"idempotency_key": new_token()} | changes


def ask(client: FlaskClient, **changes: str) -> str:
    """The path of the grant that was asked for."""
    answer = client.post("/roles/new", data=wanted(**changes))
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def press(client: FlaskClient, path: str, act: str, **data: str) -> int:
    """Press a button of the page, with what its form showed."""
    return client.post(f"{path}/{act}", data={"idempotency_key": new_token(), **data}).status_code


def grant_at(path: str) -> RoleGrant:
    db.session.rollback()
    return db.session.scalars(select(RoleGrant).where(RoleGrant.reference == path.rpartition("/")[2])).one()


def letters(template: str) -> list[OutboxMessage]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == template)))


def test_a_role_is_asked_for_approved_and_ended_and_each_acts_on_the_next_request(
    first: FlaskClient, second: FlaskClient, holder: FlaskClient, happened: list[str]
) -> None:
    happened.clear()
    assert holder.get("/public-bodies").status_code == 403
    path = ask(first)
    assert holder.get("/public-bodies").status_code == 403
    assert wording("Approve or refuse a role for %(person)s", person="Holly Holder") in second.get("/home").text
    assert fragment("Approve or refuse a role") not in first.get("/home").text
    assert "Runs the next round." in second.get(path).text
    assert press(second, path, "approval") == 302
    assert holder.get("/public-bodies").status_code == 200
    assert fragment("Approve or refuse a role") not in second.get("/home").text
    assert press(first, path, "end") == 302
    assert holder.get("/public-bodies").status_code == 403
    assert happened == ["ProgrammeRoleAskedFor", "ProgrammeRoleGranted", "ProgrammeRoleEnded"]


def test_the_second_administrator_the_asker_and_the_person_get_mails_that_name_no_person(
    first: FlaskClient, second: FlaskClient, holder: FlaskClient
) -> None:
    path = ask(first)
    assert [mail.recipient_id for mail in letters("role_to_approve")] == [find("second@example.org").id]
    press(second, path, "approval")
    press(second, path, "end")
    other = ask(first)
    press(second, other, "refusal", message="Not again.")
    assert [mail.recipient_id for mail in letters("role_refused")] == [find("first@example.org").id]
    for template in ("role_granted", "role_ended"):
        (mail,) = letters(template)
        assert mail.recipient_id == find("holly@example.org").id
        assert wording("Programme staff") in compose(mail).subject
    assert [mail.recipient_id for mail in letters("role_approved")] == [find("first@example.org").id]
    for template in ("role_to_approve", "role_refused", "role_approved", "role_granted", "role_ended"):
        said = compose(letters(template)[0])
        assert "Holly" not in said.subject + said.body
        assert ("> Not again." in said.body) is (template == "role_refused")


def test_nobody_has_a_say_in_their_own_role(
    first: FlaskClient, second: FlaskClient, holder: FlaskClient, person: People, signed_in: SignedIn
) -> None:
    answer = first.post("/roles/new", data=wanted(email="first@example.org"))
    assert (
        answer.status_code,
        wording("You cannot ask for a role for yourself. Ask another administrator.") in answer.text,
    ) == (422, True)
    path = ask(first)
    assert press(first, path, "approval") == 403
    assert press(first, path, "refusal", message="x") == 403
    assert wording("Waiting for approval by another administrator") in first.get(path).text
    theirs = ask(first, email="second@example.org")
    assert press(second, theirs, "approval") == 403
    assert press(holder, path, "approval") == 404
    grant = grant_at(theirs)
    for email in ("first@example.org", "second@example.org"):
        with pytest.raises(RuleViolation, match=fragment("Another administrator")):
            grant.approve(by=find(email), at=clock.now())
        db.session.rollback()
    third = signed_in(person("third@example.org", "Cy Third", roles=[ADMINISTRATOR]))
    assert press(third, theirs, "approval") == 302


def test_what_was_refused_or_taken_back_grants_nothing(
    first: FlaskClient, second: FlaskClient, holder: FlaskClient
) -> None:
    refused = ask(first)
    assert press(second, refused, "refusal", message="  ") == 422
    assert press(second, refused, "refusal", message="She leaves in May.") == 302
    assert "She leaves in May." in first.get(refused).text
    back = ask(first)
    assert press(second, back, "withdrawal") == 403
    assert press(first, back, "withdrawal") == 302
    for path in (refused, back):
        for act in ("approval", "refusal"):
            assert press(second, path, act, message="x") == 409, (path, act)
        assert press(second, path, "end") == 409
        assert second.get(f"{path}/refusal").location == path
    assert holder.get("/public-bodies").status_code == 403
    assert "Refused" in first.get("/roles?show=over").text
    assert wording("Withdrawn") in first.get("/roles?show=over").text


def test_the_last_administrator_cannot_go_and_another_can(first: FlaskClient, second: FlaskClient) -> None:
    paths = {grant.person.email: f"/roles/{grant.reference}" for grant in all_grants(ADMINISTRATOR)}
    assert press(first, paths["second@example.org"], "end") == 302
    assert second.get("/roles").status_code == 403
    page = first.get(paths["first@example.org"]).text
    assert wording("Give up this role") in page
    assert press(first, paths["first@example.org"], "end") == 422
    assert first.get("/roles").status_code == 200


def all_grants(role: ProgrammeRole) -> list[RoleGrant]:
    db.session.rollback()
    found = db.session.scalars(select(RoleGrant).where(RoleGrant.role == role).order_by(RoleGrant.id)).all()
    for grant in found:
        db.session.refresh(grant, ["person"])
    return list(found)


def test_ones_own_role_is_shown_with_its_scope_and_its_end_and_may_be_given_up(
    app: Flask, first: FlaskClient, second: FlaskClient, holder: FlaskClient, staff: User
) -> None:
    with unit_of_work():
        reference = RoundFactory(by=db.session.merge(staff), at=clock.now(), name="Round B").reference
    last = clock.now() + timedelta(days=40)
    days = {"ends_on-day": str(last.day), "ends_on-month": str(last.month), "ends_on-year": str(last.year)}
    path = ask(first, role="auditor", scope=reference, **days)
    assert holder.get(path).status_code == 404
    press(second, path, "approval")
    page = holder.get("/account").text
    assert wording("the round “%(name)s”", name="Round B") in page
    assert f"until the end of {last.day} {last:%B %Y}" in page
    assert f'href="{path}"' in page
    own = holder.get(path).text
    assert wording("Give up this role") in own
    assert "Runs the next round." not in own
    assert holder.get(f"/rounds/{reference}").status_code == 200
    assert holder.get("/audit").status_code == 403
    assert press(holder, path, "end") == 302
    assert holder.get(f"/rounds/{reference}").status_code == 404
    assert wording("Your roles in the programme") not in holder.get("/account").text
    assert letters("role_ended") == []


def test_a_role_begins_and_runs_out_by_itself(app: Flask, now: datetime, person: People, signed_in: SignedIn) -> None:
    holly = person("holly@example.org", "Holly Holder")
    with unit_of_work():
        RoleGrant.by_operator(
            db.session.merge(holly),
            ProgrammeRole.STAFF,
            at=now,
            starts_at=now + timedelta(days=1),
            ends_at=now + timedelta(days=2),
        )
    holder = signed_in(find("holly@example.org"))
    answers = []
    for hours in (23, 24, 47, 48):
        with clock.at(now + timedelta(hours=hours)):
            answers.append(holder.get("/public-bodies").status_code)
    assert answers == [403, 200, 200, 403]


def test_what_cannot_be_asked_for_is_said_and_what_was_typed_stays(
    first: FlaskClient, second: FlaskClient, holder: FlaskClient, person: People, happened: list[str]
) -> None:
    person("unconfirmed@example.org", "Uma", confirmed_at=None)
    person("gone@example.org", "Gus", active=False)
    ask(first)
    happened.clear()
    yesterday = clock.now() - timedelta(days=1)
    past = {f"ends_on-{part}": str(getattr(yesterday, part)) for part in ("day", "month", "year")}
    for changes, words in (
        ({}, "already has this role"),
        ({"email": "nobody@example.org"}, fragment("There is no account with this email address.")),
        ({"email": "gone@example.org"}, fragment("There is no account with this email address.")),
        ({"email": "unconfirmed@example.org"}, fragment("has not confirmed this email address yet")),
        ({"email": "no address"}, fragment("There is no account with this email address.")),
        ({"email": ""}, wording("Enter the person’s email address, like name@example.org.")),
        ({"role": ""}, wording("Select a role.")),
        ({"role": "king"}, "Not a valid choice"),
        ({"role": "auditor", "scope": "R-NONE"}, "Not a valid choice"),
        ({"role": "auditor", "scope": ""}, "Not a valid choice"),
        ({"role": "auditor", "reason": ""}, wording("Enter why they need this role.")),
        ({"role": "auditor", **past}, fragment("The last day must be today or later")),
        (
            {"role": "auditor", "ends_on-day": "31", "ends_on-month": "2", "ends_on-year": "2030"},
            wording("Enter a real date, such as 27 3 2027."),
        ),
        ({"role": "auditor", "ends_on-day": "1"}, fragment("The date must include")),
    ):
        answer = first.post("/roles/new", data=wanted(**changes))
        assert (answer.status_code, words in answer.text) == (422, True), changes
        assert "Runs the next round." in answer.text or "reason" in changes
    assert happened == []


def test_an_administrator_administers_the_whole_programme(
    app: Flask, first: FlaskClient, holder: FlaskClient, staff: User
) -> None:
    with unit_of_work():
        reference = RoundFactory(by=db.session.merge(staff), at=clock.now(), name="Round B").reference
    answer = first.post("/roles/new", data=wanted(role="administrator", scope=reference))
    assert (
        answer.status_code,
        wording("An administrator’s role is always for the whole programme. Select “The whole programme”.")
        in answer.text,
    ) == (
        422,
        True,
    )


def test_only_administrators_and_auditors_of_the_programme_see_the_list_and_only_administrators_ask(
    first: FlaskClient, holder: FlaskClient, person: People, signed_in: SignedIn, client: FlaskClient
) -> None:
    path = ask(first)
    expected = {None: (403, 403, 404), ADMINISTRATOR: (200, 200, 200), ProgrammeRole.AUDITOR: (200, 403, 200)}
    for role in (None, *ProgrammeRole):
        visitor = signed_in(person(f"{role or 'none'}@roles.example", "Some One", roles=[role] if role else []))
        answers = tuple(visitor.get(place).status_code for place in ("/roles", "/roles/new", path))
        assert answers == expected.get(role, (403, 403, 404)), role
    assert client.get("/roles").status_code == 302


def test_the_list_is_narrowed_to_a_person_and_a_scope_and_says_when_nothing_fits(
    app: Flask, first: FlaskClient, second: FlaskClient, holder: FlaskClient, staff: User
) -> None:
    with unit_of_work():
        reference = RoundFactory(by=db.session.merge(staff), at=clock.now(), name="Round B").reference
    assert wording("No roles are waiting for approval") in first.get("/roles?show=waiting").text
    assert wording("No roles have ended yet") in first.get("/roles?show=over").text
    path = ask(first, role="judge", scope=reference)
    for query, shown in (
        ("show=waiting", True),
        ("show=waiting&person=HOLLY", True),
        ("show=waiting&person=holly@example", True),
        ("show=waiting&person=%25", False),
        ("show=waiting&person=nobody", False),
        (f"show=waiting&scope={reference}", True),
        ("show=waiting&scope=programme", False),
        ("show=waiting&scope=R-NONE", True),
        ("", False),
        ("show=nonsense&after=x", False),
        ("show=over", False),
    ):
        assert (f'href="{path}"' in first.get(f"/roles?{query}").text) == shown, query
    assert wording("No roles match") in first.get("/roles?show=waiting&person=nobody").text


def test_a_button_pressed_on_a_page_that_is_out_of_date_does_nothing(
    first: FlaskClient, second: FlaskClient, holder: FlaskClient
) -> None:
    path = ask(first)
    answer = second.post(f"{path}/approval", data={"idempotency_key": new_token(), "seen": "0"})
    assert answer.status_code == 409
    assert grant_at(path).state is GrantState.WAITING


def test_a_request_runs_out_with_its_time_and_can_be_refused_then(
    app: Flask, now: datetime, person: People, signed_in: SignedIn
) -> None:
    admins = [person(f"{name}@example.org", name, roles=[ADMINISTRATOR]) for name in ("first", "second")]
    holly = person("holly@example.org", "Holly Holder")
    with unit_of_work():
        asked = RoleGrant.ask(
            db.session.merge(holly),
            ProgrammeRole.JUDGE,
            EVERYWHERE,
            starts_at=now,
            ends_at=now + timedelta(days=1),
            reason="One panel.",
            by=db.session.merge(admins[0]),
            at=now,
        )
    path = f"/roles/{asked.reference}"
    client = signed_in(find("second@example.org"))
    with clock.at(now + timedelta(days=1)):
        page = client.get(path).text
        assert wording("This request has expired") in page
        assert ">Approve<" not in page
        assert fragment("Approve or refuse a role") not in client.get("/home").text
        assert press(client, path, "approval") == 409
        with pytest.raises(WrongState, match=pattern("This role has expired.")):
            grant_at(path).approve(by=find("second@example.org"), at=clock.now())
        assert press(client, path, "refusal", message="Too late.") == 302


def test_a_judge_of_the_pool_may_still_join_a_company_and_who_works_for_the_programme_may_not(person: People) -> None:
    for role in ProgrammeRole:
        somebody = person(f"{role}@roles.example", "Some One", roles=[role])
        assert somebody.works_for_the_programme == (role is not ProgrammeRole.JUDGE)


def test_an_ended_role_bars_nobody_from_a_company(person: People, now: datetime) -> None:
    somebody = person(roles=[ProgrammeRole.STAFF])
    with unit_of_work():
        found = db.session.merge(somebody)
        found.granted_roles[0].end(by=None, at=clock.now())
    assert not find("ada@example.org").works_for_the_programme
    with unit_of_work():
        made = Organisation.create(
            kind=OrganisationKind.COMPANY, legal_name="Kelp Ltd", by=find("ada@example.org"), at=clock.now()
        )
    assert made.reference


def test_a_scope_is_not_the_same_as_a_reference(app: Flask) -> None:
    assert Scope(ScopeKind.ROUND, "R-1") != Scope(ScopeKind.CHALLENGE, "R-1")
