"""Staff administer the public bodies and who acts for them."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.core.references import new_token
from civtech.organisations.models import Invitation, MemberRole, Organisation, OrganisationKind
from civtech.people.models import User
from tests.organisations.conftest import seen
from tests.people.conftest import count_statements, find
from tests.support.messages import wording

SignedIn = Callable[[User], FlaskClient]


def test_staff_add_a_public_body_and_invite_its_first_owner(
    person: Callable[..., User], staff: User, signed_in: SignedIn, happened: list[str]
) -> None:
    person("sponsor@example.org", "Simon Sponsor")
    happened.clear()
    client = signed_in(staff)
    answer = client.post(
        "/public-bodies/new",
        data={
            "legal_name": "Isle Council",
            "identifier_number": "pbln4967wrxm",
            "email": "Sponsor@example.org",
            "idempotency_key": "k" * 24,
        },
    )
    made = db.session.scalars(select(Organisation)).one()
    assert answer.location == f"/organisations/{made.reference}/members"
    assert (made.kind, made.identifier_number) == (OrganisationKind.PUBLIC_BODY, "PBLN-4967-WRXM")
    assert happened == ["OrganisationCreated", "InvitationSent"]
    assert not find("sponsor@example.org").acts_for(made)
    assert (
        wording("No one acts for this public body yet. Its first owner appears here when they accept the invitation.")
        in client.get(answer.location).text
    )
    invitation = db.session.scalars(select(Invitation)).one()
    sponsor = signed_in(find("sponsor@example.org"))
    sponsor.post(f"/invitations/{invitation.reference}/acceptance", data={"idempotency_key": new_token()})
    assert find("sponsor@example.org").acts_for(made, MemberRole.OWNER)


def test_staff_invite_people_but_not_themselves(
    body: Organisation, staff: User, signed_in: SignedIn, happened: list[str]
) -> None:
    happened.clear()
    client = signed_in(staff)
    path = f"/organisations/{body.reference}/members"

    def invite(email: str, role: str) -> int:
        return client.post(path, data={"email": email, "role": role, "idempotency_key": new_token()}).status_code

    assert invite("author@example.org", "author") == 302
    assert invite("author@example.org", "approver") == 302
    assert invite("author@example.org", "author") == 422
    assert invite("author@example.org", "editor") == 422
    assert invite("staff@example.org", "approver") == 422
    assert happened == ["InvitationProposed", "InvitationProposed"]


def test_staff_do_not_make_themselves_the_first_owner(staff: User, signed_in: SignedIn, happened: list[str]) -> None:
    happened.clear()
    answer = signed_in(staff).post(
        "/public-bodies/new",
        data={"legal_name": "Isle Council", "email": "Staff@example.org", "idempotency_key": "k" * 24},
    )
    assert answer.status_code == 422
    assert wording("You cannot invite yourself.") in answer.text
    assert 'value="Isle Council"' in answer.text
    assert db.session.scalars(select(Organisation)).all() == []
    assert happened == []


def test_only_staff_administer_public_bodies(
    body: Organisation, company: Organisation, signed_in: SignedIn, staff: User
) -> None:
    sponsor = signed_in(find("sponsor@example.org"))
    paths = ("/public-bodies", "/public-bodies/new", f"/organisations/{body.reference}/members")
    assert [sponsor.get(path).status_code for path in paths] == [403, 403, 200]
    assert signed_in(find("owner@example.org")).get(paths[2]).status_code == 404
    assert [signed_in(staff).get(path).status_code for path in paths] == [200, 200, 200]
    assert signed_in(staff).get(f"/organisations/{company.reference}/members").status_code == 403


def test_an_owner_of_a_public_body_changes_its_details(body: Organisation, signed_in: SignedIn) -> None:
    client = signed_in(find("sponsor@example.org"))
    path = f"/organisations/{body.reference}/edit"
    before = seen(client, path.removesuffix("/edit"))
    assert client.post(path, data=before | {"legal_name": "Isle & Sea Council"}).status_code == 302
    db.session.rollback()
    assert db.session.scalars(select(Organisation.legal_name)).one() == "Isle & Sea Council"


@pytest.mark.parametrize("bodies", [1, 30])
def test_the_list_costs_the_same_whatever_its_length(staff: User, signed_in: SignedIn, bodies: int) -> None:
    with unit_of_work():
        for number in range(bodies):
            Organisation.create(
                kind=OrganisationKind.PUBLIC_BODY, legal_name=f"Body {number}", by=staff, at=clock.now()
            )
    client = signed_in(staff)
    statements = count_statements()
    assert client.get("/public-bodies").status_code == 200
    assert len(statements) == 3, statements
