"""Mails to an address that nobody has confirmed carry no words of who typed it in."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from civtech.core import clock
from civtech.core.db import unit_of_work
from civtech.core.errors import RuleViolation
from civtech.core.references import new_token
from civtech.organisations.models import Organisation, OrganisationKind
from civtech.people.models import User
from tests.people.conftest import Mail, find
from tests.people.test_sign_in import REGISTRATION
from tests.support.messages import pattern, wording

BAIT = "colleague, your grant of £5,000 waits: www.evil.example/claim"


def test_no_mail_to_an_unconfirmed_address_carries_the_name_that_was_typed(
    client: FlaskClient, outbox: list[Mail]
) -> None:
    victim = {"name": BAIT, "email": "victim@example.org"}
    client.post("/sign-up", data=REGISTRATION | victim)
    assert find("victim@example.org").name == BAIT
    client.post("/confirmation", data=victim)
    client.post("/sign-up", data=REGISTRATION | victim)
    client.post("/new-password", data=victim)
    assert len(outbox) >= 3
    for mail in outbox:
        assert mail.recipient == "victim@example.org"
        assert mail.body.lstrip().startswith("Hello,\n"), mail.body
        assert "evil" not in mail.body + mail.subject


def test_who_has_confirmed_the_address_is_greeted_by_name(
    client: FlaskClient, person: Callable[..., User], outbox: list[Mail]
) -> None:
    person(name="Ada O'Brien & Co")
    client.post("/new-password", data={"email": "ada@example.org"})
    client.post("/sign-up", data=REGISTRATION)
    assert [mail.body.lstrip().splitlines()[:2] for mail in outbox] == [["Hello Ada O'Brien & Co,", ""]] * 2


@pytest.mark.parametrize("name", ["your grant: http://evil.example/claim", "Ada ftp://x", "://"])
def test_a_name_holds_no_web_address(
    client: FlaskClient, person: Callable[..., User], signed_in: Callable[[User], FlaskClient], name: str
) -> None:
    answer = client.post("/sign-up", data=REGISTRATION | {"name": name})
    assert answer.status_code == 422
    assert wording("The name must not include a web address. Remove “://”.") in answer.text
    member = person()
    answer = signed_in(member).post("/account/name", data={"name": name})
    assert answer.status_code == 422
    assert wording("The name must not include a web address. Remove “://”.") in answer.text
    with pytest.raises(RuleViolation, match=pattern("The name must not include a web address. Remove “://”.")):
        User.register(name=name, email="other@example.org", at=clock.now())
    with (
        unit_of_work(),
        pytest.raises(RuleViolation, match=pattern("The name must not include a web address. Remove “://”.")),
    ):
        find("ada@example.org").rename(name, by=member, at=clock.now())
    assert find("ada@example.org").name == "Ada Lovelace"


@pytest.mark.parametrize(
    "name", ["Ada\r\nBcc: other@example.org", "Ada\x00", "A\x1bda", "Ada\u2028Lovelace", "A\u202eda"]
)
def test_a_name_holds_no_line_break_and_no_sign_that_cannot_be_seen_in_the_verb_either(app: object, name: str) -> None:
    with pytest.raises(RuleViolation, match=pattern("Remove line breaks and invisible characters.")):
        User.register(name=name, email="other@example.org", at=clock.now())


@pytest.mark.parametrize("field", ["legal_name", "trading_name"])
def test_an_organisation_is_not_called_by_a_web_address_either(
    person: Callable[..., User], signed_in: Callable[[User], FlaskClient], field: str
) -> None:
    owner = person()
    names = {"legal_name": "Kelp Ltd", "trading_name": "Kelp", field: "http://evil.example/claim"}
    form = {"kind": "company", "idempotency_key": new_token(), **names}
    answer = signed_in(owner).post("/organisations/new", data=form)
    assert answer.status_code == 422
    assert wording("The name must not include a web address. Remove “://”.") in answer.text
    with (
        unit_of_work(),
        pytest.raises(RuleViolation, match=pattern("The name must not include a web address. Remove “://”.")),
    ):
        Organisation.create(kind=OrganisationKind.COMPANY, by=find("ada@example.org"), at=clock.now(), **names)
    with unit_of_work():
        by = find("ada@example.org")
        known = Organisation.create(kind=OrganisationKind.COMPANY, legal_name="Kelp Ltd", by=by, at=clock.now())
        rest = {"identifier_scheme": None, "identifier_number": None, "about": ""}
        with pytest.raises(RuleViolation, match=pattern("The name must not include a web address. Remove “://”.")):
            known.change(**names, **rest, by=by, at=clock.now())
