"""Numbers of registers have one spelling; one that its check refuses needs somebody to vouch for it."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.core.errors import RuleViolation
from civtech.organisations.models import IdentifierScheme, MemberRole, Organisation, identifiers
from civtech.oversight.models import AuditEntry
from civtech.people.models import ProgrammeRole, User
from tests.organisations.conftest import seen
from tests.people.conftest import find
from tests.support.messages import fragment, pattern, wording

HOUSE = IdentifierScheme.COMPANIES_HOUSE
SCOTTISH = IdentifierScheme.SCOTTISH_CHARITY
CHARITY = IdentifierScheme.CHARITY_COMMISSION
NORTHERN = IdentifierScheme.NORTHERN_IRISH_CHARITY
VAT = IdentifierScheme.VAT
PPON = IdentifierScheme.PROCUREMENT


@pytest.mark.parametrize(
    ("scheme", "typed", "stored"),
    [
        (HOUSE, "01234567", "01234567"),
        (HOUSE, " 1234567 ", "01234567"),
        (HOUSE, "sc123456", "SC123456"),
        (HOUSE, "623456", "00623456"),
        (HOUSE, "ip 12345r", "IP12345R"),
        (HOUSE, "SP1234RS", "SP1234RS"),
        (HOUSE, "oc-301540", "OC301540"),
        (HOUSE, "R0000123", "R0000123"),
        (IdentifierScheme("IE-CRO"), "623 456", "623456"),
        (IdentifierScheme("DE-CR"), "ra000220-vr8726", "RA000220-VR8726"),
        (IdentifierScheme("JE-FSC"), "rc_119821", "RC_119821"),
        (IdentifierScheme("BE-BCE_KBO"), "0521.749.439", "0521.749.439"),
        (IdentifierScheme.LEI, "213800kud8lajwsq9d15", "213800KUD8LAJWSQ9D15"),
        (HOUSE, "r1234567", "R1234567"),
        (HOUSE, "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17", "01234567"),
        (HOUSE, "\uff33\uff23123456", "SC123456"),
        (SCOTTISH, "SC012345", "SC012345"),
        (CHARITY, "1 234 567", "1234567"),
        (NORTHERN, "nic 100019", "100019"),
        (NORTHERN, "\uff11\uff10\uff10\uff10\uff11\uff19", "100019"),
        (VAT, "gb 980-7806-84", "GB980780684"),
        (VAT, "\uff27\uff22 980 7806 84", "GB980780684"),
        (VAT, "xi980780684", "XI980780684"),
        (VAT, "de 136 695 976", "DE136695976"),
        (VAT, "GR 094259216", "EL094259216"),
        (PPON, "pbln 4967 wrxm", "PBLN-4967-WRXM"),
    ],
)
def test_a_number_is_put_into_its_one_spelling(scheme: IdentifierScheme, typed: str, stored: str) -> None:
    assert identifiers.spelled(scheme, typed) == stored
    assert identifiers.spelled(scheme, stored) == stored


@pytest.mark.parametrize(
    ("scheme", "typed", "expects"),
    [
        (HOUSE, "123456789", fragment("It has 8 characters")),
        (HOUSE, "ABC12345", fragment("It has 8 characters")),
        (HOUSE, "hello", fragment("It has 8 characters")),
        (HOUSE, "\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078", fragment("It has 8 characters")),
        (HOUSE, "--", fragment("It has 8 characters")),
        (HOUSE, "R" * 40, fragment("It has 8 characters")),
        (HOUSE, "99", "like 01234567 or SC123456"),
        (HOUSE, "12", "like 01234567 or SC123456"),
        (HOUSE, "12345", fragment("It has 8 characters")),
        (HOUSE, "0", fragment("It has 8 characters")),
        (HOUSE, "00000000", fragment("It has 8 characters")),
        (HOUSE, "0623456", fragment("It has 8 characters")),
        (HOUSE, "ZZ999999", fragment("It has 8 characters")),
        (HOUSE, "SC12345", fragment("It has 8 characters")),
        (HOUSE, "SC000000", fragment("It has 8 characters")),
        (HOUSE, "XX12345R", fragment("It has 8 characters")),
        (HOUSE, "IE623456", fragment("It has 8 characters")),
        (SCOTTISH, "sc12345", "SC and 6 digits"),
        (IdentifierScheme("IE-CRO"), "Dublin", "like 123260"),
        (IdentifierScheme("IE-CRO"), "6" * 41, "like 123260"),
        (IdentifierScheme("IE-CRO"), "<b>1</b>", "like 123260"),
        (IdentifierScheme("IE-CRO"), "\u00b9\u00b2", "like 123260"),
        (IdentifierScheme("NZ-CO"), "12\x003", "letters A to Z and digits"),
        (IdentifierScheme.LEI, "213800KUD8LAJWSQ9D16", "mistyped"),
        (IdentifierScheme.LEI, "213800", "20 letters and digits"),
        (SCOTTISH, "012345", "SC and 6 digits"),
        (CHARITY, "12345", "6 or 7 digits"),
        (NORTHERN, "200019", fragment("starting with 1")),
        (NORTHERN, "1000190", fragment("starting with 1")),
        (VAT, "980780684", "two letters of its country"),
        (VAT, "GB980780685", fragment("Enter a valid UK or EU VAT number")),
        (VAT, "GB123", fragment("Enter a valid UK or EU VAT number")),
        (VAT, "US123456789", fragment("Enter a valid UK or EU VAT number")),
        (PPON, "XBLN-4967-WRXM", fragment("4 letters, 4 digits and 4 letters")),
    ],
)
def test_what_is_no_such_number_is_refused_beside_its_field_with_what_one_looks_like(
    scheme: IdentifierScheme, typed: str, expects: str
) -> None:
    with pytest.raises(RuleViolation, match=expects) as refused:
        identifiers.spelled(scheme, typed)
    assert refused.value.field == "identifier_number"


@given(
    st.sampled_from(IdentifierScheme),
    st.text(max_size=20) | st.from_regex(r"[A-Za-z]{0,3}[0-9 .+*-]{0,14}", fullmatch=True),
)
def test_whatever_is_typed_ends_in_a_number_or_in_a_sentence(scheme: IdentifierScheme, typed: str) -> None:
    try:
        stored = identifiers.spelled(scheme, typed)
    except RuleViolation:
        return
    assert stored.isascii()
    assert identifiers.spelled(scheme, stored) == stored


def test_the_register_is_never_guessed_from_the_shape() -> None:
    assert identifiers.spelled(HOUSE, "SC042386") == identifiers.spelled(SCOTTISH, "SC042386")
    with pytest.raises(RuleViolation, match=pattern("Select the register this number is from.")):
        identifiers.checked(None, "SC042386")


def test_a_number_needs_its_register_and_a_register_its_number() -> None:
    assert identifiers.checked(None, None) is None
    with pytest.raises(RuleViolation):
        identifiers.checked(HOUSE, None)


OLD = {"identifier_scheme": "GB-COH", "identifier_number": " zz 12345r ", "because": "Seen in the mutuals register."}


@pytest.fixture
def page(company: Organisation) -> str:
    return f"/organisations/{company.reference}"


def test_staff_accept_a_number_that_its_check_refuses_with_a_reason_that_staff_and_auditors_read(
    page: str, staff: User, person: Callable[..., User], signed_in: Callable[[User], FlaskClient], happened: list[str]
) -> None:
    client = signed_in(staff)
    happened.clear()
    assert client.post(f"{page}/number", data=OLD).location == page
    assert happened == ["NumberAccepted"]
    facts = db.session.query(AuditEntry).filter_by(event="NumberAccepted").one().facts
    assert facts == {"scheme": "GB-COH"}
    auditor = person("auditor@example.org", "Aud", roles=[ProgrammeRole.AUDITOR])
    shown = {who.email: signed_in(who).get(page).text for who in (staff, auditor, find("owner@example.org"))}
    assert all("ZZ 12345R" in text for text in shown.values())
    assert [who for who, text in shown.items() if "Seen in the mutuals register." in text] == [
        "staff@example.org",
        "auditor@example.org",
    ]


def test_a_number_that_was_vouched_for_stays_until_its_owner_enters_another(
    page: str, company: Organisation, staff: User, signed_in: Callable[[User], FlaskClient]
) -> None:
    signed_in(staff).post(f"{page}/number", data=OLD)
    owner = signed_in(find("owner@example.org"))
    kept = {"legal_name": "Kelp Ltd", "identifier_scheme": "GB-COH", "identifier_number": "ZZ 12345R"}
    assert owner.post(f"{page}/edit", data=seen(owner, page) | kept | {"about": "Kelp."}).status_code == 302
    assert db.session.get(Organisation, company.id).number_accepted_because == OLD["because"]
    db.session.rollback()
    assert (
        owner.post(f"{page}/edit", data=seen(owner, page) | kept | {"identifier_number": "ZZ 12345X"}).status_code
        == 422
    )
    assert (
        owner.post(f"{page}/edit", data=seen(owner, page) | kept | {"identifier_number": "SC123456"}).status_code == 302
    )
    changed = db.session.get(Organisation, company.id)
    assert (changed.identifier_number, changed.number_accepted_because) == ("SC123456", None)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"because": "  "}, wording("Enter why this number is correct.")),
        ({"identifier_number": ""}, wording("Enter the registration number.")),
        ({"identifier_number": "12345678"}, "This number passes the check"),
        ({"identifier_number": "\u00b9\u00b2\u00b3"}, "letters A to Z, digits"),
        ({"identifier_number": "x" * 41}, fragment("must be 40 characters or fewer")),
    ],
)
def test_what_staff_cannot_accept_is_said(
    page: str, staff: User, signed_in: Callable[[User], FlaskClient], wrong: dict[str, str], says: str
) -> None:
    answer = signed_in(staff).post(f"{page}/number", data=OLD | wrong)
    assert answer.status_code == 422
    assert says in answer.text


def test_only_staff_who_do_not_belong_to_it_accept_a_number(
    page: str, body: Organisation, staff: User, signed_in: Callable[[User], FlaskClient]
) -> None:
    with unit_of_work():
        db.session.merge(body).admit(find("staff@example.org"), MemberRole.AUTHOR, by=None, at=clock.now())
    assert signed_in(find("owner@example.org")).post(f"{page}/number", data=OLD).status_code == 403
    own = f"/organisations/{body.reference}/number"
    assert signed_in(find("staff@example.org")).post(own, data=OLD).status_code == 403


@pytest.mark.both_databases("guards")
def test_the_database_lets_only_staff_vouch_for_a_number_and_asks_for_the_reason(
    company: Organisation, staff: User
) -> None:
    owner, someone = find("owner@example.org").id, find("staff@example.org").id
    for change in (
        f"number_accepted_by_id = {owner}, number_accepted_at = created_at, number_accepted_because = 'x'",
        f"number_accepted_by_id = {someone}, number_accepted_at = created_at",
    ):
        number = "identifier_scheme = 'GB-COH', identifier_number = 'ZZ1'"
        with pytest.raises(IntegrityError), unit_of_work():
            db.session.execute(text(f"UPDATE organisation SET {number}, {change} WHERE id = {company.id}"))
