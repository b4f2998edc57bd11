# ruff: noqa: RUF001 - the signs are what this tests
"""E3: a sign that only looks like a digit is refused like a letter; the digits of every script are understood."""

import pytest
from flask import Flask

from civtech.core.digits import in_ordinary_digits
from civtech.core.errors import RuleViolation
from civtech.organisations.models import IdentifierScheme
from civtech.organisations.models.identifiers import passes, spelled
from civtech.people.sign_in.fields import without_spaces
from civtech.people.sign_in.proof import prove_by_code
from tests.factories.people import UserFactory
from tests.factories.verbs import NOW
from tests.support.messages import wording
from tests.web.test_fields import CALENDAR, CLOCK, YEAR, moment, sent

LOOK_LIKE = ("¹", "²", "₁", "①", "½", "⑴", "⒈", "Ⅷ", "㊿", "一", "\U00010107")
DIGITS = ("5", "\uff15", "\u0665", "\u06f5", "\u096b", "\U0001d7d3")


@pytest.mark.parametrize("sign", LOOK_LIKE)
def test_e3_what_looks_like_a_digit_is_refused(app: Flask, sign: str) -> None:
    form = sent(
        app, amount=f"100{sign}", teams=sign, **moment(time=f"1{sign}:30"), **{"on-day": "2", "on-month": "3"},
        **{"on-year": f"202{sign}"},
    )  # fmt: skip
    assert [str(error) for error in form.amount.errors] == [
        wording("Enter an amount in pounds, such as 5,000 or 5,000.50.")
    ]
    assert form.amount._value() == f"100{sign}"
    assert [str(error) for error in form.teams.errors] == [
        wording("Enter a whole number, such as %(example)s.", example=1)
    ]
    assert ([str(error) for error in form.at.errors], [str(error) for error in form.on.errors]) == ([CLOCK], [YEAR])
    day = sent(app, **moment(day=f"1{sign}"), **{"on-day": "2", "on-month": sign, "on-year": "2027"})
    assert ([str(error) for error in day.at.errors], [str(error) for error in day.on.errors]) == (
        [CALENDAR],
        [CALENDAR],
    )
    assert not passes(IdentifierScheme.COMPANIES_HOUSE, f"SC12345{sign}")


@pytest.mark.parametrize("sign", DIGITS)
def test_e3_the_digits_of_every_script_are_understood(app: Flask, sign: str) -> None:
    form = sent(app, amount=f"£10{sign}", teams=sign, **moment(day=sign, time=f"1{sign}:30"))
    assert (form.amount.data, form.teams.data) == (10500, 5)
    assert (form.at.data.day, form.at.data.hour, form.at.data.minute) == (5, 15, 30)
    assert spelled(IdentifierScheme.COMPANIES_HOUSE, f"SC12345{sign}") == "SC123455"
    assert without_spaces(f"{sign * 3} {sign * 3}") == "555555"


def test_e3_full_width_letters_and_signs_are_read_in_their_usual_width() -> None:
    assert in_ordinary_digits("￡５，０００．５０") == "£5,000.50"
    assert in_ordinary_digits("５：３０ｐｍ") == "5:30pm"


@pytest.mark.parametrize("sign", ["¹", "①", "Ⅷ"])
def test_e3_a_code_of_such_signs_is_a_wrong_code(app: Flask, sign: str) -> None:
    someone = UserFactory(at=NOW)
    someone.tf_primary_method, someone.tf_totp_secret = "authenticator", "{}"
    with app.test_request_context("/"), pytest.raises(RuleViolation):
        prove_by_code(someone, sign * 6)
