"""Names in every script: the joiners that Persian and Indian languages write with belong to them."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from civtech.core.db import db
from civtech.core.references import new_token
from civtech.core.signs import unprintable
from civtech.organisations.models import Organisation
from civtech.people.models import User
from civtech.web.fields.words import one_line
from tests.people.conftest import find
from tests.people.test_sign_in import REGISTRATION
from tests.support.messages import wording

NON_JOINER, JOINER = "\u200c", "\u200d"
WRITTEN = (
    f"علی{NON_JOINER}رضا محمدی",
    f"ශ්{JOINER}රී ලංකා",
    f"क्{JOINER}ष",
    "José O’Brien-Ñandú",
    "J\u006f\u0308rg",
    "王小明",
)
UNSEEN = (
    f"{NON_JOINER}Ada",
    f"Ada{JOINER}",
    f"Ada{NON_JOINER}{NON_JOINER}Lovelace",
    f"Ada{NON_JOINER} Lovelace",
    f"Ada {JOINER}Lovelace",
    f"1{JOINER}2",
    f"\U0001f468{JOINER}\U0001f469",
    "Ada\u202eecalevoL",
    "Ada\u2066Lovelace",
    "Ada\u200bLovelace",
    "Ada\ufeffLovelace",
    "Ada\u00adLovelace",
    "Ada\x00",
    "A\x1bda",
    "A\ud800da",
    "A\u2028da",
)


@pytest.mark.parametrize("name", WRITTEN)
def test_joiners_between_letters_can_be_written(name: str) -> None:
    assert not unprintable(name)
    assert one_line(name) == name


@pytest.mark.parametrize("name", UNSEEN)
def test_signs_that_cannot_be_seen_cannot(name: str) -> None:
    assert unprintable(name)


def test_people_and_organisations_are_called_what_they_are_called(
    client: FlaskClient, person: Callable[..., User], signed_in: Callable[[User], FlaskClient]
) -> None:
    assert client.post("/sign-up", data=REGISTRATION | {"name": WRITTEN[0]}).status_code == 302
    assert find("ada@example.org").name == WRITTEN[0]
    refused = client.post("/sign-up", data=REGISTRATION | {"name": UNSEEN[0]})
    assert wording("Remove line breaks and invisible characters.") in refused.text
    member = signed_in(person("other@example.org"))
    assert member.post("/account/name", data={"name": WRITTEN[1]}).status_code == 302
    assert member.post("/account/name", data={"name": "Ada\u202eecalevoL"}).status_code == 422
    data = {"kind": "individual", "legal_name": WRITTEN[0], "trading_name": WRITTEN[2]}
    assert member.post("/organisations/new", data=data | {"idempotency_key": new_token()}).status_code == 302
    made = db.session.scalars(select(Organisation)).one()
    assert (made.legal_name, made.trading_name) == (WRITTEN[0], WRITTEN[2])
    data["trading_name"] = UNSEEN[5]
    assert member.post("/organisations/new", data=data | {"idempotency_key": new_token()}).status_code == 422
