"""Two at once: a challenge is cancelled, or its proposals opened, while somebody submits."""

import contextlib
import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from civtech.core.db import begin_writing, db, end_writing
from civtech.core.errors import RuleViolation
from civtech.people.models import User
from civtech.proposals import queries
from civtech.proposals.models import Proposal, ProposalState
from tests.support.messages import pattern
from tests.world import World

pytestmark = pytest.mark.both_databases("locks")

REFUSED = (RuleViolation, IntegrityError, StaleDataError)


def at_once(app: Flask, *acts: Callable[[], None]) -> list[bool]:
    """Do these in threads of their own, each in its own transaction, together; who succeeded."""
    db.session.commit()
    ready = threading.Barrier(len(acts), timeout=10)
    done = [False] * len(acts)

    def perform(place: int, act: Callable[[], None]) -> None:
        with app.app_context():
            with contextlib.suppress(threading.BrokenBarrierError):
                ready.wait()
            begin_writing()
            try:
                act()
                db.session.commit()
                done[place] = True
            except REFUSED:
                db.session.rollback()
            finally:
                end_writing()
                db.session.remove()

    threads = [threading.Thread(target=perform, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def submitting(proposal_id: int, person_id: int, at) -> Callable[[], None]:
    def act() -> None:
        proposal = db.session.get_one(Proposal, proposal_id)
        queries.hold(proposal.challenge)
        queries.hold_words(proposal)
        proposal.submit(by=db.session.get_one(User, person_id), at=at)

    return act


@pytest.mark.parametrize("_attempt", range(5))
def test_a_submission_and_a_cancellation_leave_no_submission_in_a_cancelled_challenge_unless_it_came_first(
    app: Flask, world: World, _attempt: int
):
    proposal = world.written()
    db.session.commit()
    identity, person, staff, at = proposal.id, world.company_owner.id, world.staff.id, world.at

    def cancelling() -> None:
        challenge = db.session.get_one(Proposal, identity).challenge
        queries.hold(challenge, alone=True)
        challenge.cancel(message="No money.", by=db.session.get_one(User, staff), at=at)

    submitted, cancelled = at_once(app, submitting(identity, person, at), cancelling)
    db.session.expire_all()
    assert cancelled
    assert (proposal.state is ProposalState.SUBMITTED) == submitted
    assert len(proposal.submissions) == int(submitted)


def test_after_a_cancellation_nothing_is_submitted(app: Flask, world: World):
    proposal = world.written()
    db.session.commit()
    identity, staff, at = proposal.id, world.staff.id, world.at

    def cancelling() -> None:
        db.session.get_one(Proposal, identity).challenge.cancel(
            message="No money.", by=db.session.get_one(User, staff), at=at
        )

    assert at_once(app, cancelling) == [True]
    assert at_once(app, submitting(identity, world.company_owner.id, at)) == [False]
    db.session.expire_all()
    assert proposal.submissions == []


def test_without_holding_the_challenge_the_database_still_refuses(app: Flask, world: World):
    proposal = world.written()
    db.session.commit()
    assert proposal.challenge.is_open(world.at)
    db.session.execute(
        text(
            "UPDATE challenge SET state = 'cancelled', message = 'No money.', cancelled_at = published_at, "
            "cancelled_by_id = published_by_id, cancelled_for = 'programme'"
        )
    )
    with (
        db.session.no_autoflush,
        pytest.raises(IntegrityError, match=pattern("The challenge is not open, so we received nothing.")),
    ):
        submit_and_store(proposal, world)


def submit_and_store(proposal: Proposal, world: World) -> None:
    proposal.submit(by=world.company_owner, at=world.at)
    db.session.flush()


@pytest.mark.parametrize("_attempt", range(5))
def test_two_colleagues_who_submit_at_once_leave_numbered_submissions_in_order(app: Flask, world: World, _attempt: int):
    proposal = world.written()
    db.session.commit()
    people, identity, at = (world.company_owner.id, world.company_editor.id), proposal.id, world.at
    done = at_once(app, *(submitting(identity, person, at) for person in people))
    db.session.expire_all()
    assert any(done)
    assert [one.number for one in proposal.submissions] == list(range(1, sum(done) + 1))


@pytest.mark.parametrize("_attempt", range(5))
def test_two_colleagues_in_one_section_lose_no_word(app: Flask, world: World, _attempt: int):
    proposal = world.started()
    db.session.commit()
    identity, at = proposal.id, world.at

    def writing(person: int, words: str) -> Callable[[], None]:
        def act() -> None:
            part = db.session.get_one(Proposal, identity).section("idea")
            queries.hold_words(part)
            if part.body:
                raise RuleViolation("Taken.")
            part.proposal.write(key="idea", body=words, by=db.session.get_one(User, person), at=at)

        return act

    done = at_once(app, writing(world.company_owner.id, "Owner"), writing(world.company_editor.id, "Editor"))
    db.session.expire_all()
    assert sorted(done) == [False, True]
    assert proposal.section("idea").body == ("Owner" if done[0] else "Editor")
