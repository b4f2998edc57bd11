"""Creating organisations, who sees them, who changes them."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.organisations.models import MemberRole, Organisation
from civtech.people.models import ProgrammeRole, User
from tests.organisations.conftest import seen
from tests.people.conftest import find
from tests.support.messages import wording
from tests.support.sheet import sheet

pytestmark = pytest.mark.both_databases("locks")

COMPANY = {
    "kind": "company",
    "legal_name": "Kelp & Keel Ltd",
    "trading_name": "Kelp",
    "identifier_scheme": "GB-COH",
    "identifier_number": "sc 012345",
    "about": "We grow kelp.",
}
KEY = {"idempotency_key": "k" * 24}
SignedIn = Callable[[User], FlaskClient]


@pytest.fixture
def ada(person: Callable[..., User], signed_in: SignedIn) -> FlaskClient:
    return signed_in(person())


def stored() -> Organisation:
    db.session.rollback()
    return db.session.scalars(select(Organisation)).one()


def test_a_company_is_created_and_its_creator_owns_it(ada: FlaskClient, happened: list[str]) -> None:
    answer = ada.post("/organisations/new", data=COMPANY | KEY)
    organisation = stored()
    page = f"/organisations/{organisation.reference}"
    assert answer.location == f"{page}/figures"
    assert (organisation.name, organisation.identifier_number) == ("Kelp", "SC012345")
    assert organisation.size is None
    shown = ada.get(page).text
    assert "Kelp &amp; Keel Ltd" in shown
    assert "ada@example.org" in shown
    assert happened == ["OrganisationCreated", "MembershipGranted"]


def test_a_person_with_an_idea_needs_neither_number_nor_size(ada: FlaskClient) -> None:
    assert (
        ada.post("/organisations/new", data=KEY | {"kind": "individual", "legal_name": "Ada Lovelace"}).status_code
        == 302
    )
    assert stored().size is None


def test_a_number_that_is_left_over_from_another_choice_is_not_stored(ada: FlaskClient) -> None:
    assert ada.post("/organisations/new", data=COMPANY | KEY | {"kind": "individual"}).status_code == 302
    assert (stored().identifier_number, stored().size) == (None, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": ""},
        {"kind": "public_body"},
        {"legal_name": "  "},
        {"legal_name": "x" * 201},
        {"legal_name": "a\x00b"},
        {"identifier_scheme": "GB-PPON"},
        {"identifier_scheme": ""},
        {"identifier_number": ""},
        {"identifier_number": "12345678901"},
        {"about": "x" * 2001},
    ],
)
def test_what_cannot_be_stored_is_said_and_everything_typed_stays(ada: FlaskClient, wrong: dict[str, str]) -> None:
    answer = ada.post("/organisations/new", data=COMPANY | KEY | wrong)
    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.text
    assert 'value="Kelp"' in answer.text
    assert db.session.scalars(select(Organisation)).all() == []


def test_two_organisations_cannot_have_the_same_number(ada: FlaskClient, company: Organisation) -> None:
    another = {"legal_name": "Barnacle Ltd", "trading_name": "", "is_another": "y"}
    ada.post("/organisations/new", data=COMPANY | KEY | another)
    again = ada.post(
        "/organisations/new",
        data=COMPANY | another | {"idempotency_key": "another key", "identifier_number": "SC 012345"},
    )
    assert again.status_code == 422
    assert wording("There is already an organisation with this number. Ask its owner to invite you.") in again.text


def test_the_database_refuses_the_same_number_too(ada: FlaskClient, company: Organisation) -> None:
    assert ada.post("/organisations/new", data=COMPANY | KEY | {"is_another": "y"}).status_code == 302
    with pytest.raises(IntegrityError):
        db.session.execute(
            text("UPDATE organisation SET identifier_scheme = 'GB-COH', identifier_number = 'SC012345' WHERE id = :id"),
            {"id": company.id},
        )
    db.session.rollback()


def test_sent_twice_it_is_created_once(ada: FlaskClient) -> None:
    first = ada.post("/organisations/new", data=COMPANY | {"idempotency_key": "a" * 24})
    second = ada.post("/organisations/new", data=COMPANY | {"idempotency_key": "a" * 24})
    assert first.location == second.location
    stored()


def test_only_members_staff_and_auditors_see_an_organisation(
    company: Organisation, person: Callable[..., User], signed_in: SignedIn, staff: User
) -> None:
    path = f"/organisations/{company.reference}"
    auditor = person("auditor@example.org", "Aud", roles=[ProgrammeRole.AUDITOR])
    stranger = person("stranger@example.org", "Str")
    answers = {
        who.email: signed_in(who).get(path).status_code for who in (find("owner@example.org"), staff, auditor, stranger)
    }
    assert answers == {
        "owner@example.org": 200,
        "staff@example.org": 200,
        "auditor@example.org": 200,
        "stranger@example.org": 404,
    }


def test_only_owners_change_an_organisation(company: Organisation, signed_in: SignedIn, staff: User) -> None:
    path = f"/organisations/{company.reference}"
    details = {"legal_name": "Kelp Limited"}
    assert signed_in(staff).post(f"{path}/edit", data=details).status_code == 403
    assert f"{path}/edit" not in signed_in(staff).get(path).text
    owner = signed_in(find("owner@example.org"))
    assert f"{path}/edit" in owner.get(path).text
    assert 'value="Kelp Ltd"' in owner.get(f"{path}/edit").text
    assert owner.post(f"{path}/edit", data=seen(owner, path) | details | {"legal_name": ""}).status_code == 422
    assert owner.post(f"{path}/edit", data=seen(owner, path) | details).location == path
    assert stored().legal_name == "Kelp Limited"


@pytest.mark.parametrize("role", [MemberRole.EDITOR, MemberRole.VIEWER])
def test_an_editor_and_a_viewer_read_what_is_said_about_it_and_write_nothing_of_it(
    company: Organisation, person: Callable[..., User], signed_in: SignedIn, role: MemberRole
) -> None:
    member = person("member@example.org", "Mel Member")
    with unit_of_work():
        db.session.merge(company).admit(db.session.merge(member), role, by=None, at=clock.now())
    client, path = signed_in(find("member@example.org")), f"/organisations/{company.reference}"
    shown = client.get(path)
    assert shown.status_code == 200
    writing = [f"{path}/{part}" for part in ("edit", "figures", "number", "company", "members")]
    assert [page for page in writing if f'"{page}"' in shown.text] == []
    assert {client.post(page).status_code for page in writing} == {403}


def test_an_unknown_organisation_is_not_found(ada: FlaskClient, app: Any) -> None:
    assert ada.get("/organisations/O-0000-0000").status_code == 404


def test_a_person_with_an_idea_is_asked_about_the_idea(ada: FlaskClient) -> None:
    ada.post("/organisations/new", data=KEY | {"kind": "individual", "legal_name": "Ada Lovelace"})
    page = ada.get(f"/organisations/{stored().reference}/edit").text
    assert wording("What your idea is about") in page
    assert wording("What the organisation does") not in page


def test_a_company_without_a_number_shows_no_row_for_it(ada: FlaskClient) -> None:
    ada.post("/organisations/new", data=COMPANY | KEY | {"identifier_scheme": "", "identifier_number": ""})
    page = ada.get(f"/organisations/{stored().reference}").text
    assert wording("Companies House") + "</dt>" not in page


def test_details_that_a_colleague_saved_meanwhile_are_not_overwritten(ada: FlaskClient) -> None:
    ada.post("/organisations/new", data=COMPANY | KEY)
    page = f"/organisations/{stored().reference}"
    first, second = sheet(ada.get(f"{page}/edit")), sheet(ada.get(f"{page}/edit"))
    assert ada.post(f"{page}/edit", data=first | {"trading_name": "Kelp and Keel"}).status_code == 302
    answer = ada.post(f"{page}/edit", data=second | {"about": "We dry kelp."})
    assert answer.status_code == 409
    assert "Kelp and Keel" in answer.text
    assert "We dry kelp." in answer.text
    assert (stored().trading_name, stored().about) == ("Kelp and Keel", "We grow kelp.")
