"""A submission sent twice is submitted once, and both senders get the receipt. On both databases."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from civtech.core.db import db
from civtech.people.models import User
from civtech.proposals.models import Proposal, Submission
from civtech.proposals.models.bound import submitted
from civtech.web.idempotency import UsedKey, new_idempotency_key
from civtech.web.seen import token
from tests.support.sessions import session_of
from tests.support.twice import Answer, at_once, sent_twice
from tests.world import World

PAIRS = 50
pytestmark = pytest.mark.both_databases("locks")


def browser_of(app: Flask, person: User) -> FlaskClient:
    client = app.test_client()
    held = session_of(person.fs_uniquifier)
    with client.session_transaction() as session:
        session.update(held)
    return client


def address(proposal: Proposal) -> str:
    return f"/proposals/{proposal.reference}/submission"


def form_for(proposal: Proposal) -> dict[str, str]:
    return {"seen": token(submitted(proposal)), "declaration": "y", "idempotency_key": new_idempotency_key()}


def submissions() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Submission)) or 0


@pytest.mark.takes(6, "A hundred submissions, fifty times two at once.")
def test_the_same_submission_sent_twice_at_once_gets_the_receipt_twice_fifty_times(app: Flask, world: World) -> None:
    proposal = world.written()
    db.session.commit()
    client = browser_of(app, world.company_owner)
    receipt: Answer = (302, f"/proposals/{proposal.reference}/receipt")
    pairs = [sent_twice(app, client, address(proposal), form_for(proposal)) for _ in range(PAIRS)]
    equal = pairs.count([receipt, receipt])
    print(f"{equal} of {PAIRS} pairs of equal answers on {db.engine.dialect.name}")
    assert (equal, submissions()) == (PAIRS, PAIRS)


def test_a_second_try_is_judged_on_its_own_when_the_first_was_refused(app: Flask, world: World) -> None:
    proposal = world.written()
    db.session.commit()
    client = browser_of(app, world.company_owner)
    form = form_for(proposal)
    refused = {name: value for name, value in form.items() if name != "declaration"}
    assert sent_twice(app, client, address(proposal), refused) == [(422, None), (422, None)]
    answers = sent_twice(app, client, address(proposal), form)
    assert [status for status, _location in answers] == [302, 302]
    assert submissions() == 1


def test_the_same_key_with_another_body_at_once_is_taken_once_and_refused_once(app: Flask, world: World) -> None:
    proposal = world.written()
    db.session.commit()
    form, url = form_for(proposal), address(proposal)
    mine, other = (browser_of(app, world.company_owner) for _ in range(2))
    answers = at_once(
        lambda: mine.post(url, data=form).status_code,
        lambda: other.post(url, data=form | {"more": "words"}).status_code,
    )
    assert sorted(answers) == [302, 422]
    assert submissions() == 1


def test_the_same_key_of_two_people_at_once_is_taken_once_and_refused_once(app: Flask, world: World) -> None:
    proposal = world.written()
    db.session.commit()
    form, url = form_for(proposal), address(proposal)
    mine, theirs = (browser_of(app, person) for person in (world.company_owner, world.company_editor))
    answers = at_once(
        lambda: mine.post(url, data=form).status_code,
        lambda: theirs.post(url, data=form).status_code,
    )
    assert sorted(answers) in ([302, 403], [302, 422])
    assert submissions() == db.session.query(UsedKey).count() == 1
