"""Asking for erasure on the account page, taking it back, and those who carry it out."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from civtech.core import clock
from civtech.core.db import db
from civtech.notifications.letters import compose
from civtech.notifications.models import OutboxMessage
from civtech.people.models import User
from civtech.privacy.models import ErasureRequest, RequestState
from tests.privacy.conftest import LATER, SignedIn, post, reread
from tests.support.messages import fragment, wording
from tests.world import World


@pytest.fixture
def asked(loner: User, signed_in: SignedIn) -> ErasureRequest:
    """A request that waits."""
    assert post(signed_in(loner), "/account/erasure", sure="y") == 302
    return the_request()


def the_request() -> ErasureRequest:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(ErasureRequest)).unique().one()


def erasure_of(request: ErasureRequest) -> str:
    return f"/data-protection/requests/{request.reference}/erasure"


def test_the_account_page_leads_to_ones_data(loner: User, signed_in: SignedIn) -> None:
    client = signed_in(loner)
    assert 'href="/account/data"' in client.get("/account").text
    assert 'href="/account/erasure"' in client.get("/account/data").text


def test_one_reads_what_it_means_and_ticks_a_box_before_anything_happens(loner: User, signed_in: SignedIn) -> None:
    client = signed_in(loner)
    page = client.get("/account/erasure").text
    assert wording("What we erase") in page
    assert wording("What we keep") in page
    assert post(client, "/account/erasure") == 422
    assert db.session.scalar(select(ErasureRequest.id)) is None


def test_what_has_to_be_done_first_is_said_with_a_way_there(world: World, signed_in: SignedIn) -> None:
    page = signed_in(world.company_owner).get("/account/erasure").text
    said = wording(
        "You are the only owner of %(organisation)s. Invite another owner first.", organisation="Tidewater Signals Ltd"
    )
    assert f'href="/organisations/{world.company.reference}">{said}' in page


def test_it_waits_two_weeks_and_says_so_everywhere(asked: ErasureRequest, loner: User, signed_in: SignedIn) -> None:
    assert asked.due_at - asked.asked_at == timedelta(days=14)
    client = signed_in(loner)
    assert "15 March 2027" in client.get("/account").text
    assert wording("Withdraw request") in client.get("/account/data").text
    assert fragment("You have already asked") in client.get("/account/erasure").text


def test_asking_twice_is_refused(asked: ErasureRequest, loner: User, signed_in: SignedIn) -> None:
    assert post(signed_in(loner), "/account/erasure", sure="y") == 409


def test_a_mail_says_when_and_how_to_take_it_back(app, asked: ErasureRequest) -> None:
    mail = db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == "erasure_requested")).one()
    letter = compose(mail)
    assert asked.reference in letter.subject
    assert "Monday 15 March 2027" in letter.body
    assert "/account/data" in letter.body


def test_taking_it_back_leaves_everything_as_it_was(asked: ErasureRequest, loner: User, signed_in: SignedIn) -> None:
    client = signed_in(loner)
    assert post(client, "/account/erasure/withdrawal") == 302
    assert the_request().state is RequestState.TAKEN_BACK
    assert reread(loner).name == "Lou Löner"
    assert post(client, "/account/erasure/withdrawal") == 404
    assert post(client, "/account/erasure", sure="y") == 302


def test_staff_and_administrators_carry_it_out_once_its_time_is_over(
    world: World, asked: ErasureRequest, loner: User, signed_in: SignedIn, now: datetime
) -> None:
    client = signed_in(world.staff)
    assert wording("Wait. The person can still withdraw the request.") in client.get("/data-protection").text
    assert post(client, erasure_of(asked)) == 409
    with clock.at(now + LATER):
        assert wording("Erase permanently") in client.get("/data-protection").text
        assert wording("Carry out an erasure request") in client.get("/home").text
        assert post(client, erasure_of(asked)) == 302
        assert wording("No erasure requests") in client.get("/data-protection").text
    assert reread(loner).name == "Erased person"
    assert the_request().state is RequestState.DONE


def test_who_looks_after_data_does_not_carry_out_their_own_wish(
    world: World, signed_in: SignedIn, now: datetime
) -> None:
    steward = world.person("steward", administrator=True)
    db.session.commit()
    client = signed_in(steward)
    assert post(client, "/account/erasure", sure="y") == 302
    with clock.at(now + LATER):
        assert wording("Someone else must do this.") in client.get("/data-protection").text
        assert post(client, erasure_of(the_request())) == 403


def test_what_has_to_be_done_first_stops_the_erasure_with_a_sentence(
    world: World, signed_in: SignedIn, now: datetime
) -> None:
    assert post(signed_in(world.company_owner), "/account/erasure", sure="y") == 302
    with clock.at(now + LATER):
        answer = signed_in(world.staff).post(erasure_of(the_request()))
    assert answer.status_code == 422
    assert fragment("Invite another owner first") in answer.text
    assert reread(world.company_owner).active


@pytest.mark.parametrize("who", ["auditor", "finance", "company_owner", "head", "stranger"])
def test_nobody_else_sees_who_asked(world: World, asked: ErasureRequest, signed_in: SignedIn, who: str) -> None:
    client = signed_in(world.people[who])
    assert client.get("/data-protection").status_code == 403
    assert post(client, erasure_of(asked)) == 404
    assert "Lou Löner" not in client.get("/home").text


@pytest.mark.both_databases("locks")
def test_two_at_once_erase_once(
    world: World, asked: ErasureRequest, signed_in: SignedIn, now: datetime, client: FlaskClient
) -> None:
    with clock.at(now + LATER):
        staff, colleague = signed_in(world.staff), signed_in(world.colleague)
        answers: list[Callable[[], int]] = [
            lambda: post(staff, erasure_of(asked)),
            lambda: post(colleague, erasure_of(asked)),
        ]
        assert [answer() for answer in answers] == [302, 404]
