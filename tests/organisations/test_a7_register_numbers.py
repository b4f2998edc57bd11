"""A7: `99`, `12`, `ZZ999999` and an Irish `623456` were saved as numbers at Companies House."""

from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.core.errors import RuleViolation
from civtech.organisations.models import IdentifierScheme, Organisation, OrganisationKind, identifiers
from civtech.organisations.models.company_numbers import PREFIXES
from civtech.organisations.models.numbering import number_checked_in_sql
from civtech.people.models import User
from tests.organisations.conftest import seen
from tests.people.conftest import find
from tests.support.messages import wording
from tests.support.sql import refused

HOUSE = IdentifierScheme.COMPANIES_HOUSE
IRISH = IdentifierScheme("IE-CRO")
UNCHECKED = [scheme for scheme in IdentifierScheme if not scheme.has_check]
Enter = Callable[[User], FlaskClient]


@pytest.fixture
def page(company: Organisation) -> str:
    return f"/organisations/{company.reference}"


def entered(client: FlaskClient, page: str, scheme: str, number: str) -> tuple[int, str]:
    """Change the number of the company on its page."""
    data = {"legal_name": "Kelp Ltd", "identifier_scheme": scheme, "identifier_number": number, "about": "Kelp."}
    answer = client.post(f"{page}/edit", data=seen(client, page) | data)
    return answer.status_code, unescape(answer.text)


def company_now() -> Organisation:
    db.session.expire_all()
    return db.session.scalars(select(Organisation).where(Organisation.legal_name == "Kelp Ltd")).one()


def agrees_with_sql(company: Organisation) -> bool:
    """The same question to Python, to a query and to a guard."""
    mine = Organisation.id == company.id
    in_query = db.session.scalar(select(Organisation.number_checked).where(mine))
    rows = db.text(f"SELECT COUNT(*) FROM organisation WHERE organisation.id = :id AND {number_checked_in_sql()}")
    return company.number_checked == bool(in_query) == bool(db.session.scalar(rows, {"id": company.id}))


@pytest.mark.parametrize("number", ["99", "12", "ZZ999999", "SC12345", "1", "0" * 8, "9" * 9, "QQ 123456", "' OR 1=1"])
def test_what_is_no_company_number_is_refused_and_kept_on_the_page(
    page: str, company: Organisation, signed_in: Enter, number: str
) -> None:
    owner = signed_in(find("owner@example.org"))
    status, text = entered(owner, page, "GB-COH", number)
    assert status == 422
    assert "like 01234567 or SC123456" in text
    assert f'value="{number}"' in text


def test_an_irish_number_is_irish_and_not_checked_until_staff_look_it_up(
    page: str, company: Organisation, staff: User, signed_in: Enter
) -> None:
    owner, clerk = signed_in(find("owner@example.org")), signed_in(staff)
    assert entered(owner, page, "IE-CRO", "623456")[0] == 302
    irish = company_now()
    assert (irish.identifier_scheme, irish.identifier_number, irish.number_checked) == (IRISH, "623456", False)
    assert agrees_with_sql(irish)
    shown = wording("%(number)s (not checked)", number="623456")
    assert shown in owner.get(page).text
    looked_up = {"identifier_scheme": "IE-CRO", "identifier_number": "623456", "because": "Seen at core.cro.ie."}
    assert clerk.post(f"{page}/number", data=looked_up).status_code == 302
    checked = company_now()
    assert checked.number_checked
    assert agrees_with_sql(checked)
    assert shown not in owner.get(page).text
    assert entered(owner, page, "IE-CRO", "623457")[0] == 302
    assert not company_now().number_checked


@pytest.mark.parametrize(
    ("scheme", "number", "checked"),
    [("GB-COH", "SC123456", True), ("", "", False), ("DE-CR", "HRB 12345", False), ("VAT", "GB980780684", True)],
)
def test_python_queries_and_guards_agree_on_what_is_checked(
    page: str, company: Organisation, signed_in: Enter, scheme: str, number: str, checked: bool
) -> None:
    assert entered(signed_in(find("owner@example.org")), page, scheme, number)[0] == 302
    assert company_now().number_checked == checked
    assert agrees_with_sql(company_now())


def test_the_list_has_the_uk_first_and_each_register_under_its_country(page: str, signed_in: Enter) -> None:
    text = unescape(signed_in(find("owner@example.org")).get(f"{page}/edit").text)
    assert text.index("United Kingdom: Companies House") < text.index("Any country: Legal Entity Identifier")
    assert text.index("Any country: Legal Entity Identifier") < text.index("Afghanistan: ")
    assert "Ireland: Companies Registration Office" in text
    assert text.index("Germany: ") < text.index("Ireland: ") < text.index("Netherlands: ")


def test_a_register_that_is_not_in_the_list_is_refused(page: str, signed_in: Enter) -> None:
    assert entered(signed_in(find("owner@example.org")), page, "XX-NONE", "1")[0] == 422


def test_every_register_has_a_country_and_an_example_that_can_be_entered() -> None:
    assert len(UNCHECKED) > 150
    for scheme in UNCHECKED:
        assert len(scheme.country) == 2
        if scheme.example:
            assert identifiers.spelled(scheme, scheme.example)


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize(
    ("scheme", "repeats"), [("DE-CR", True), ("ES-RMC", True), ("IE-CRO", False), ("AT-FB", False)]
)
def test_equal_numbers_of_different_courts_are_different_companies(
    company: Organisation, scheme: str, repeats: bool
) -> None:
    number = {"identifier_scheme": IdentifierScheme(scheme), "identifier_number": "HRB 12345"}
    made = {"kind": OrganisationKind.COMPANY, "by": find("owner@example.org"), "at": clock.now()}
    with unit_of_work():
        Organisation.create(legal_name="Tang GmbH", **number, **made)
    if not repeats:
        with pytest.raises(RuleViolation, match="already an organisation"), unit_of_work():
            Organisation.create(legal_name="Moos GmbH", **number, **made)
        db.session.rollback()
        sql = "UPDATE organisation SET identifier_scheme = :scheme, identifier_number = 'HRB12345' WHERE id = :id"
        refused(sql, scheme=scheme, id=company.id)
        return
    with unit_of_work():
        Organisation.create(legal_name="Moos GmbH", **number, **made)
    theirs = select(Organisation.number_key).where(Organisation.identifier_number == "HRB12345")
    assert db.session.scalars(theirs).all() == [None, None]


def test_the_list_names_the_province_and_a_refusal_the_form_of_the_register(page: str, signed_in: Enter) -> None:
    owner = signed_in(find("owner@example.org"))
    text = unescape(owner.get(f"{page}/edit").text)
    for option in ("Canada: Corporate Registry Office, Alberta", "Canada: Corporate Registry, New Brunswick"):
        assert option in text
    assert "HRB 12345" in text
    for scheme, example in (("DE-CR", "HRB 12345"), ("CH-FDJP", "CHE-250.363.279"), ("BR-CNPJ", "02.326.629/0001-51")):
        status, refusal = entered(owner, page, scheme, "?")
        assert status == 422
        assert f"like {example}." in refusal


def test_each_prefix_is_one_or_two_letters_with_a_meaning() -> None:
    for prefix, meaning in PREFIXES.items():
        number = f"{prefix}{'123456789'[: 8 - len(prefix)]}"
        assert identifiers.spelled(HOUSE, number.lower()) == number
        assert meaning


@given(st.from_regex(r"[A-Z]{1,3}[0-9]{1,9}", fullmatch=True))
def test_only_known_prefixes_make_a_company_number(number: str) -> None:
    try:
        assert identifiers.spelled(HOUSE, number) == number
    except RuleViolation:
        letters = number.rstrip("0123456789")
        assert letters not in PREFIXES or len(number) != 8 or not number.strip("0").removeprefix(letters).strip("0")
    else:
        assert number.rstrip("0123456789") in PREFIXES
        assert len(number) == 8


@given(st.integers(1, 10**9))
def test_zeros_are_added_only_to_a_plausible_number(number: int) -> None:
    try:
        assert identifiers.spelled(HOUSE, str(number)) == f"{number:08}"
    except RuleViolation:
        assert not 10**5 <= number < 10**8
    else:
        assert 10**5 <= number < 10**8


@given(st.sampled_from(UNCHECKED), st.text(max_size=60))
def test_any_text_for_a_register_without_a_check_is_one_plain_number_or_refused(
    scheme: IdentifierScheme, typed: str
) -> None:
    try:
        stored = identifiers.spelled(scheme, typed)
    except RuleViolation:
        return
    assert stored.isascii()
    assert any(sign.isdigit() for sign in stored)
    assert len(stored) <= identifiers.LONGEST
    assert identifiers.spelled(scheme, f" {stored.lower()} ") == stored


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize("number", ["99", "ZZ9999999", ""])
def test_the_database_takes_8_characters_from_companies_house(company: Organisation, number: str) -> None:
    with unit_of_work():
        sql = "UPDATE organisation SET identifier_scheme = 'GB-COH', identifier_number = :number WHERE id = :id"
        refused(sql, number=number, id=company.id)


@pytest.mark.both_databases("guards")
def test_the_database_does_not_carry_an_acceptance_over_to_another_number(company: Organisation, staff: User) -> None:
    with unit_of_work():
        mine = db.session.get(Organisation, company.id)
        clerk = find("staff@example.org")
        mine.accept_number(IRISH, "623456", because="Seen.", by=clerk, at=clock.now())
    with unit_of_work():
        message = refused("UPDATE organisation SET identifier_number = '1' WHERE id = :id", id=company.id)
        assert wording("Staff accept one number. If the number changes, they must check it again.") in message
