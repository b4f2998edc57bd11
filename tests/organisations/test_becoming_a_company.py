"""A person with an idea founds a company; nothing else turns into another kind."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.core.errors import WrongState
from civtech.organisations.models import MemberRole, Organisation, OrganisationKind
from civtech.people.models import User
from tests.people.conftest import find
from tests.support.messages import wording

SignedIn = Callable[[User], FlaskClient]
FOUNDED = {"legal_name": "Lovelace Engines Ltd", "identifier_scheme": "GB-COH", "identifier_number": "sc 765432"}


@pytest.fixture
def alone(person: Callable[..., User]) -> Organisation:
    ada = person()
    with unit_of_work():
        return Organisation.create(kind=OrganisationKind.INDIVIDUAL, legal_name="Ada Lovelace", by=ada, at=clock.now())


@pytest.fixture
def page(alone: Organisation) -> str:
    return f"/organisations/{alone.reference}"


@pytest.fixture
def ada(page: str, signed_in: SignedIn) -> FlaskClient:
    return signed_in(find("ada@example.org"))


def test_a_person_becomes_a_company_with_the_same_reference_and_owner(
    ada: FlaskClient, page: str, alone: Organisation, happened: list[str]
) -> None:
    assert f"{page}/company" in ada.get(page).text
    happened.clear()
    assert ada.post(f"{page}/company", data=FOUNDED).location == f"{page}/figures"
    assert happened == ["BecameCompany"]
    company = db.session.get(Organisation, alone.id)
    assert (company.kind, company.legal_name, company.identifier_number) == (
        OrganisationKind.COMPANY,
        "Lovelace Engines Ltd",
        "SC765432",
    )
    assert find("ada@example.org").acts_for(alone.id, MemberRole.OWNER)
    assert ada.get(f"{page}/members").status_code == 200
    assert wording("Company since") in ada.get(page).text


@pytest.mark.parametrize("wrong", [{"legal_name": ""}, {"identifier_number": "123456789"}, {"legal_name": "Kelp"}])
def test_what_is_wrong_is_said_and_the_person_stays_one(
    ada: FlaskClient, page: str, alone: Organisation, company: Organisation, wrong: dict[str, str]
) -> None:
    answer = ada.post(f"{page}/company", data=FOUNDED | wrong)
    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.text
    assert db.session.get(Organisation, alone.id).kind is OrganisationKind.INDIVIDUAL


def test_only_the_person_and_only_once(
    ada: FlaskClient, page: str, alone: Organisation, company: Organisation, staff: User, signed_in: SignedIn
) -> None:
    assert signed_in(staff).post(f"{page}/company", data=FOUNDED).status_code == 403
    assert signed_in(find("owner@example.org")).post(f"{page}/company", data=FOUNDED).status_code == 404
    own = f"/organisations/{company.reference}/company"
    assert signed_in(find("owner@example.org")).post(own, data=FOUNDED).status_code == 403
    assert ada.post(f"{page}/company", data=FOUNDED).status_code == 302
    assert ada.post(f"{page}/company", data=FOUNDED).status_code == 403
    names = {"legal_name": "Again", "trading_name": None, "identifier_scheme": None, "identifier_number": None}
    with pytest.raises(WrongState):
        db.session.get(Organisation, alone.id).become_company(**names, by=find("ada@example.org"), at=clock.now())


@pytest.mark.both_databases("guards")
def test_the_database_knows_no_other_change_of_kind(
    alone: Organisation, company: Organisation, body: Organisation
) -> None:
    for organisation, change in (
        (alone, "kind = 'company'"),
        (alone, "kind = 'public_body', became_company_at = created_at"),
        (alone, "became_company_at = created_at"),
        (company, "kind = 'individual'"),
        (company, "kind = 'public_body', size = NULL"),
        (company, "became_company_at = created_at"),
        (body, "kind = 'company', became_company_at = created_at"),
    ):
        with pytest.raises(IntegrityError), unit_of_work():
            db.session.execute(text(f"UPDATE organisation SET {change} WHERE id = {organisation.id}"))
    with unit_of_work():
        db.session.execute(
            text(f"UPDATE organisation SET kind = 'company', became_company_at = created_at WHERE id = {alone.id}")
        )
    with pytest.raises(IntegrityError), unit_of_work():
        db.session.execute(text(f"UPDATE organisation SET became_company_at = NULL WHERE id = {alone.id}"))
