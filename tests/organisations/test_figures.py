"""A company states the figures of a year, and its size follows from them."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.core.errors import RuleViolation
from civtech.organisations.models import (
    CompanyFigures,
    CompanySize,
    Figures,
    MemberRole,
    Organisation,
    OrganisationKind,
)
from civtech.people.models import User
from tests.people.conftest import find
from tests.support.messages import fragment, pattern, wording

SignedIn = Callable[[User], FlaskClient]
ANSWERS = {
    "year": "2026",
    "headcount": "18",
    "currency": "GBP",
    "turnover": "£1,640,000",
    "balance_sheet": "720,000.50",
}


@pytest.fixture
def page(company: Organisation) -> str:
    return f"/organisations/{company.reference}"


@pytest.fixture
def owner(page: str, signed_in: SignedIn, now: object) -> FlaskClient:
    return signed_in(find("owner@example.org"))


def size_of(company: Organisation) -> CompanySize | None:
    db.session.rollback()
    return db.session.get(Organisation, company.id).size


def test_the_figures_say_the_size_by_both_definitions_with_the_rule_that_decided(
    owner: FlaskClient, page: str, company: Organisation, happened: list[str]
) -> None:
    assert wording("Enter the company’s figures") in owner.get("/home").text
    happened.clear()
    assert owner.post(f"{page}/figures", data=ANSWERS).location == page
    assert happened == ["FiguresStated"]
    shown = owner.get(page).text
    for words in ("Companies Act 2006, section 382", "Recommendation 2003/361/EC", "£1,640,000", "£720,000.50", "2026"):
        assert words in shown
    assert size_of(company) is CompanySize.SMALL
    assert wording("Enter the company’s figures") not in owner.get("/home").text
    assert 'value="1,640,000"' in owner.get(f"{page}/figures").text


def test_accounts_in_euros_are_shown_in_euros(owner: FlaskClient, page: str) -> None:
    owner.post(f"{page}/figures", data=ANSWERS | {"currency": "EUR", "turnover": "€1640000"})
    assert "€1,640,000" in owner.get(page).text


def test_the_latest_year_decides_and_a_year_stated_again_is_corrected(
    owner: FlaskClient, page: str, company: Organisation
) -> None:
    owner.post(f"{page}/figures", data=ANSWERS)
    owner.post(f"{page}/figures", data=ANSWERS | {"year": "2024", "headcount": "400"})
    assert size_of(company) is CompanySize.SMALL
    owner.post(f"{page}/figures", data=ANSWERS | {"headcount": "400"})
    assert size_of(company) is CompanySize.LARGE
    rows = db.session.query(CompanyFigures.year, CompanyFigures.headcount).order_by(CompanyFigures.year).all()
    assert [tuple(row) for row in rows] == [(2024, 400), (2026, 400)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"year": ""},
        {"year": "2028"},
        {"year": "1899"},
        {"headcount": "-1"},
        {"headcount": "many"},
        {"headcount": "9" * 30},
        {"turnover": "-5"},
        {"turnover": "NaN"},
        {"turnover": "9" * 40},
        {"balance_sheet": ""},
        {"balance_sheet": "10,000,000,000,001"},
        {"currency": "USD"},
        {"currency": ""},
    ],
)
def test_what_is_no_figure_is_said_and_the_rest_stays(owner: FlaskClient, page: str, wrong: dict[str, str]) -> None:
    answer = owner.post(f"{page}/figures", data=ANSWERS | wrong)
    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.text
    kept = next(name for name in ("headcount", "year") if name not in wrong)
    assert f'value="{ANSWERS[kept]}"' in answer.text
    assert db.session.query(CompanyFigures).all() == []


def test_a_size_that_was_only_declared_stays(owner: FlaskClient, page: str, company: Organisation) -> None:
    with unit_of_work():
        db.session.get(Organisation, company.id).size = CompanySize.MICRO
    assert wording("%(size)s, as declared by its owner", size="Micro") in owner.get(page).text
    assert fragment("Enter the company’s figures") not in owner.get("/home").text


def test_only_owners_of_a_company_state_its_figures(
    page: str, company: Organisation, body: Organisation, person: Callable[..., User], staff: User, signed_in: SignedIn
) -> None:
    editor, ada = person("ed@example.org", "Ed"), person()
    with unit_of_work():
        db.session.merge(company).admit(db.session.merge(editor), MemberRole.EDITOR, by=None, at=clock.now())
        alone = Organisation.create(
            kind=OrganisationKind.INDIVIDUAL, legal_name="Ada", by=db.session.merge(ada), at=clock.now()
        )
        of_body, of_ada = f"/organisations/{body.reference}", f"/organisations/{alone.reference}"
    asked = {
        "editor": (find("ed@example.org"), page),
        "staff": (find("staff@example.org"), page),
        "sponsor": (find("sponsor@example.org"), of_body),
        "person with an idea": (find("ada@example.org"), of_ada),
    }
    answers = {
        who: signed_in(user).post(f"{path}/figures", data=ANSWERS).status_code for who, (user, path) in asked.items()
    }
    assert answers == dict.fromkeys(asked, 403)
    with pytest.raises(RuleViolation, match=pattern("You can only enter figures for a company.")):
        CompanyFigures.state(alone, Figures(1, 0, 0), year=2020, by=find("ada@example.org"), at=clock.now())


@pytest.mark.both_databases("guards")
def test_the_database_keeps_figures_with_a_company_and_their_year(company: Organisation, body: Organisation) -> None:
    insert = (
        "INSERT INTO company_figures (id, organisation_id, year, headcount, turnover, balance_sheet, currency, "
        "stated_by_id, stated_at) SELECT {id}, {organisation}, {year}, {headcount}, 0, 0, 'GBP', person.id, "
        "person.registered_at FROM person WHERE email = 'owner@example.org'"
    )
    good = {"id": 1, "organisation": company.id, "year": 2026, "headcount": 4}
    with unit_of_work():
        db.session.execute(text(insert.format(**good)))
    for wrong in ({"organisation": body.id}, {"headcount": -1}, {"year": 26}, {}):
        with pytest.raises(IntegrityError), unit_of_work():
            db.session.execute(text(insert.format(**good | {"id": 2} | wrong)))
    with (
        pytest.raises(IntegrityError, match=pattern("The figures of a year belong to one company and one year.")),
        unit_of_work(),
    ):
        db.session.execute(text("UPDATE company_figures SET year = 2025"))
