"""To whom a mail went is left out of the outbox where it would tell what is sealed, or who asked."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from civtech.challenges.models import Question
from civtech.core import clock
from civtech.core.db import db
from civtech.core.errors import WrongState
from civtech.notifications import queries
from civtech.notifications.delivery import deliver_due
from civtech.notifications.models import MessageState, OutboxMessage
from civtech.people.models import User
from civtech.proposals.models import Proposal
from civtech.web import errors
from tests.notifications.conftest import PostOffice
from tests.support.messages import wording
from tests.support.sql import joined_anyway
from tests.world import Age, World
from tests.world.kept import Worlds

SignIn = Callable[[User], FlaskClient]
SEALED = wording("Someone working on a sealed proposal")
TOLD = wording("Not shown, because it could identify the person who asked")


@pytest.fixture
def world(app: Flask, worlds: Worlds, now) -> World:
    """A challenge that is open now."""
    return worlds(Age.PUBLISHED)


@pytest.fixture
def proposal(world: World) -> Proposal:
    """Submitted, so that owner and editor got a mail each."""
    proposal = world.submitted()
    db.session.commit()
    return proposal


def named(page: str, world: World, *keys: str) -> list[str]:
    """Who of these people is named on a page, by name, reference or address."""
    people = [world.people[key] for key in keys or ("company_owner", "company_editor")]
    return [one.email for one in people if any(word in page for word in (one.name, one.reference, one.email))]


def test_who_got_the_receipt_of_a_sealed_proposal_is_told_after_the_opening_only(
    world: World, proposal: Proposal, signed_in: SignIn
) -> None:
    with clock.at(world.closes_at):
        client = signed_in(world.staff)
        page = client.get("/outbox").text
        assert page.count(SEALED) == page.count(proposal.reference) == 2
        assert wording("Proposal received") in page
        assert named(page, world) == []
        world.opened()
        page = client.get("/outbox").text
        assert SEALED not in page
        assert len(named(page, world)) == 2


@pytest.mark.parametrize("kind", ["withdrawn", "late"])
def test_mails_about_what_is_never_opened_stay_without_a_name(world: World, signed_in: SignIn, kind: str) -> None:
    world.submitted(world.rival)
    if kind == "withdrawn":
        world.submitted().withdraw(by=world.company_owner, at=world.at)
    else:
        proposal = world.written()
        db.session.commit()
        with pytest.raises(WrongState) as late:
            proposal.submit(by=world.company_owner, at=world.closes_at)
        errors.record(late.value)
    world.opened()
    page = signed_in(world.staff).get("/outbox").text
    assert {"withdrawn": wording("Proposal withdrawn"), "late": wording("Late submission refused")}[kind] in page
    assert SEALED in page
    assert named(page, world) == []
    assert len(named(page, world, "rival_owner", "rival_editor")) == 2


@pytest.mark.both_databases("guards")
def test_staff_of_a_rival_team_see_the_mails_to_their_own_team_only(
    world: World, proposal: Proposal, signed_in: SignIn
) -> None:
    world.submitted(world.rival)
    world.opened()
    joined_anyway(world.staff, world.rival, world.at)
    page = signed_in(world.staff).get("/outbox").text
    assert named(page, world) == []
    assert len(named(page, world, "rival_owner", "rival_editor")) == 2


@pytest.mark.parametrize("opened", [False, True])
def test_who_was_told_an_answer_is_never_shown_because_the_asker_is_among_them(
    world: World, proposal: Proposal, signed_in: SignIn, opened: bool
) -> None:
    question = Question.ask(challenge=world.challenge, text="Are there data?", by=world.stranger, at=world.at)
    db.session.flush()
    question.give_answer(answer="There are.", by=world.author, at=world.at)
    if opened:
        world.opened()
    page = signed_in(world.staff).get("/outbox").text
    assert page.count(TOLD) == 3
    assert wording("Question answered") in page
    assert named(page, world, "stranger") == []


def test_the_reason_of_a_failure_does_not_tell_the_address_and_the_mail_can_be_tried_again(
    world: World, proposal: Proposal, signed_in: SignIn, mailing: PostOffice
) -> None:
    for person in (world.company_owner, world.company_editor):
        mailing.refuse[person.email] = f"550 {person.email} is no mailbox here"
    deliver_due()
    client = signed_in(world.staff)
    page = client.get("/outbox?state=dead").text
    assert page.count(SEALED) == 2
    assert named(page, world) == []
    assert "is no mailbox here" not in page
    brought = db.session.scalars(queries.shown_to(world.staff).where(OutboxMessage.state == MessageState.DEAD)).all()
    assert [(row.unnamed, row.recipient, row.failure) for row in brought] == [(True, None, None)] * 2
    assert (
        wording("%(num)s attempt. The reason it failed is not shown, because it could identify the person.", num="1")
        in page
    )
    for reference in db.session.scalars(
        select(OutboxMessage.reference).where(OutboxMessage.state == MessageState.DEAD)
    ):
        answer = client.post(f"/outbox/{reference}/retry", follow_redirects=True)
        assert answer.status_code == 200
        assert named(answer.text, world) == []
    assert not db.session.scalars(select(OutboxMessage.id).where(OutboxMessage.state == MessageState.DEAD)).all()


def test_leaving_recipients_out_costs_the_same_whatever_the_number_of_proposals(
    world: World, proposal: Proposal, signed_in: SignIn
) -> None:
    client = signed_in(world.staff)

    def cost() -> int:
        counted: list[str] = []
        listener = lambda _c, _u, statement, *_rest: statement.startswith("SELECT") and counted.append(statement)  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listener)
        assert client.get("/outbox").status_code == 200
        event.remove(db.engine, "before_cursor_execute", listener)
        return len(counted)

    one = cost()
    for place in range(6):
        world.submitted(world.team(f"more{place}", f"More {place} Ltd"))
    db.session.commit()
    assert cost() == one <= 4


def test_the_outbox_shows_its_rows_to_staff_of_the_whole_programme_only(world: World, proposal: Proposal) -> None:
    shown = {
        reader: len(db.session.scalars(queries.shown_to(world.people[reader])).all())
        for reader in ("staff", "company_owner", "author", "stranger")
    }
    assert shown.pop("staff") > 0
    assert set(shown.values()) == {0}
