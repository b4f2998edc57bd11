"""An owner of a company adds the people who write for it."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from civtech.accounts.models import MemberRole, Organisation, OrganisationKind, User
from civtech.core import clock
from civtech.core.db import unit_of_work
from civtech.core.errors import RuleViolation
from civtech.core.references import new_token
from tests.accounts.conftest import find

SignedIn = Callable[[User], FlaskClient]


@pytest.fixture
def path(company: Organisation) -> str:
    return f"/organisations/{company.reference}/members"


@pytest.fixture
def owner(path: str, signed_in: SignedIn) -> FlaskClient:
    return signed_in(find("owner@example.org"))


def added(client: FlaskClient, path: str, email: str, role: str) -> int:
    return client.post(path, data={"email": email, "role": role, "idempotency_key": new_token()}).status_code


@pytest.mark.parametrize("role", ["owner", "editor", "viewer"])
def test_an_owner_adds_somebody_who_has_an_account(
    owner: FlaskClient, path: str, person: Callable[..., User], company: Organisation, happened: list[str], role: str
) -> None:
    person("ed@example.org", "Ed Editor")
    happened.clear()
    assert f'href="{path}"' in owner.get(path.removesuffix("/members")).text
    assert owner.get(path).status_code == 200
    assert added(owner, path, " Ed@Example.org", role) == 302
    assert happened == ["MembershipGranted"]
    assert find("ed@example.org").acts_for(company.id, MemberRole(role))
    for page in (path, path.removesuffix("/members")):
        assert "Ed Editor" in owner.get(page).text


def test_who_cannot_be_added_is_said_and_what_was_typed_stays(
    owner: FlaskClient, path: str, person: Callable[..., User], staff: User, happened: list[str]
) -> None:
    person("ed@example.org", "Ed Editor")
    person("new@example.org", "Nora New", confirmed_at=None)
    person("gone@example.org", "Gus Gone", active=False)
    assert added(owner, path, "ed@example.org", "editor") == 302
    happened.clear()
    for email, role, words in (
        ("ed@example.org", "editor", "This person already has this role here."),
        ("ed@example.org", "approver", "Not a valid choice"),
        ("ed@example.org", "", "Choose a role."),
        ("owner@example.org", "editor", "You cannot appoint yourself."),
        ("nobody@example.org", "editor", "Nobody has a confirmed account with this address."),
        ("new@example.org", "editor", "Nobody has a confirmed account with this address."),
        ("gone@example.org", "editor", "Nobody has a confirmed account with this address."),
        ("staff@example.org", "viewer", "This person works for the programme and cannot be added here."),
        ("", "editor", "Enter"),
    ):
        answer = owner.post(path, data={"email": email, "role": role, "idempotency_key": new_token()})
        assert answer.status_code == 422, email
        assert words in answer.text, (email, role)
        assert f'value="{email}"' in answer.text or not email
    assert happened == []


def test_only_owners_of_a_company_add_people_to_it(
    company: Organisation, body: Organisation, path: str, person: Callable[..., User], staff: User, signed_in: SignedIn
) -> None:
    for role in (MemberRole.EDITOR, MemberRole.VIEWER):
        made = person(f"{role.value}@example.org", role.value.title())
        with unit_of_work():
            company.admit(made, role, by=None, at=clock.now())
    person("ed@example.org", "Ed Editor")
    answers = {
        who: (client.get(path).status_code, added(client, path, "ed@example.org", "editor"))
        for who in ("editor", "viewer", "staff", "sponsor")
        for client in [signed_in(find(f"{who}@example.org"))]
    }
    assert answers == {"editor": (403, 403), "viewer": (403, 403), "staff": (403, 403), "sponsor": (404, 404)}
    assert path not in signed_in(find("editor@example.org")).get(f"/organisations/{company.reference}").text
    of_the_body = f"/organisations/{body.reference}/members"
    sponsor = signed_in(find("sponsor@example.org"))
    assert (sponsor.get(of_the_body).status_code, added(sponsor, of_the_body, "ed@example.org", "owner")) == (403, 403)


def test_a_person_with_an_idea_stays_one_person(person: Callable[..., User], signed_in: SignedIn) -> None:
    ada = person()
    with unit_of_work():
        alone = Organisation.create(kind=OrganisationKind.INDIVIDUAL, legal_name="Ada Lovelace", by=ada, at=clock.now())
    client = signed_in(find("ada@example.org"))
    page = f"/organisations/{alone.reference}"
    assert f"{page}/members" not in client.get(page).text
    assert client.get(f"{page}/members").status_code == 403


def test_a_role_of_a_public_body_is_none_of_a_company(company: Organisation, person: Callable[..., User]) -> None:
    ed = person("ed@example.org", "Ed Editor")
    with pytest.raises(RuleViolation, match="Choose a role"):
        company.appoint(ed, MemberRole.APPROVER, by=find("owner@example.org"), at=clock.now())
