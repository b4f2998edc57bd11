"""A round is closed when nothing in it is open, after a page that says what ends."""

import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, select

from civtech.challenges.models import Challenge
from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.core.errors import WrongState
from civtech.funding.models import Release
from civtech.judging.models import Assignment, Panel
from civtech.notifications import letters
from civtech.notifications.models import OutboxMessage
from civtech.organisations.models import Organisation
from civtech.people.models import User
from civtech.programmes import queries
from civtech.programmes.models import Round, RoundState
from civtech.proposals.models import Opening
from tests.factories.challenges import BriefFactory
from tests.factories.people import UserFactory
from tests.factories.verbs import DAY
from tests.support.messages import fragment, wording
from tests.support.sheet import sheet
from tests.support.sql import done, refused, without
from tests.world import Age, World
from tests.world.kept import Worlds

SignIn = Callable[[User], FlaskClient]
CLOSE = "UPDATE round SET state = 'finished', finished_at = (SELECT MAX(drafted_at) FROM challenge)"
CLOSE_LATER = CLOSE.replace("drafted_at", "closes_at")
URGED = "Close “Round 9”: all decisions, work and payments are complete"


@pytest.fixture
def world(app: Flask, worlds: Worlds, now: datetime) -> World:
    made = worlds(Age.PREPARED)
    db.session.commit()
    return made


def closed(world_round: Round, browser: FlaskClient) -> tuple[int, str]:
    """What the page says, and what pressing its button answers."""
    path = f"/rounds/{world_round.reference}/completion"
    page = browser.get(path)
    return browser.post(path, data={}).status_code, page.text


OPEN = {
    "a draft": lambda world: world.drafted(),
    "waiting for approval": lambda world: world.put_forward(),
    "approved": lambda world: world.approved(),
    "opening soon": lambda world: world.published(opens=1),
    "open": lambda world: world.published(),
}


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize("state", OPEN)
def test_closing_is_not_offered_while_a_challenge_is_open_and_the_page_lists_it(
    world: World, signed_in: SignIn, state: str
) -> None:
    challenge = OPEN[state](world)
    db.session.commit()
    browser = signed_in(world.staff)
    status, page = closed(world.round, browser)
    assert status == 409
    assert wording("%(num)s item in this round is still open", num="1") in page
    assert f'href="/challenges/{challenge.slug}"' in page
    assert ">Close “Round 9”</button>" not in page
    assert wording("View open items") in browser.get(f"/rounds/{world.round.reference}").text
    assert URGED not in browser.get("/home").text
    with pytest.raises(WrongState, match=fragment("cannot close this round yet")):
        world.round.finish(by=world.staff, at=world.at)
    assert fragment("You cannot close") in refused(CLOSE)


def test_a_round_whose_only_challenge_was_cancelled_is_not_urged_and_can_be_closed(
    world: World, signed_in: SignIn
) -> None:
    world.published().cancel(message="No money.", by=world.approver, at=world.at)
    db.session.commit()
    browser = signed_in(world.staff)
    for at in (world.at, world.at + 300 * DAY):
        with clock.at(at):
            assert fragment("all decisions, work and payments") not in browser.get("/home").text
    status, page = closed(world.round, browser)
    assert wording("%(num)s cancelled challenge", num="1") in page
    assert wording("No one can draft a challenge for this round, move one to it or publish one in it.") in page
    assert wording("This cannot be undone.") in page
    assert status == 302
    assert world.round.state is RoundState.FINISHED


def test_a_round_in_which_a_challenge_ran_and_everything_ended_is_urged(world: World, signed_in: SignIn) -> None:
    world.published(closes=1)
    db.session.commit()
    browser = signed_in(world.staff)
    assert URGED not in browser.get("/home").text
    with clock.at(world.at + 2 * DAY):
        assert URGED in browser.get("/home").text
        status, page = closed(world.round, browser)
        assert wording("%(num)s closed challenge", num="1") in page
        assert status == 302
        assert URGED not in browser.get("/home").text


def kinds(known: Round, at: datetime, browser: FlaskClient) -> str:
    with clock.at(at):
        return browser.get(f"/rounds/{known.reference}/completion").text


def test_sealed_proposals_keep_a_round_open(app: Flask, worlds: Worlds, now: datetime, signed_in: SignIn) -> None:
    scene = worlds(Age.PUBLISHED)
    scene.submitted()
    db.session.commit()
    page = kinds(scene.challenge.round, scene.closes_at, signed_in(scene.staff))
    assert wording("Proposals that are still sealed: open them") in page
    Opening.request(challenge=scene.challenge, by=scene.staff, at=scene.closes_at)
    db.session.commit()
    page = kinds(scene.challenge.round, scene.closes_at, signed_in(scene.staff))
    assert wording("Proposals that are still sealed: open them") in page
    opening = db.session.scalars(select(Opening)).unique().one()
    opening.confirm(by=scene.colleague, at=scene.closes_at)
    db.session.commit()
    page = kinds(scene.challenge.round, scene.closes_at, signed_in(scene.staff))
    assert fragment("Proposals that are still sealed") not in page
    assert wording("Stages without a released decision: judge them and release the decision") in page
    assert "/panels/sift" in page


@pytest.mark.both_databases("guards")
def test_chosen_teams_agreements_and_payments_keep_a_round_open(
    app: Flask, worlds: Worlds, now: datetime, signed_in: SignIn
) -> None:
    world = worlds(Age.FUNDED, teams=1)
    known, browser = world.challenge.round, signed_in(world.staff)
    assert wording("Teams that were chosen but have no agreement: draft their agreements") in kinds(known, now, browser)
    agreement = world.in_force(amounts=(500_000,))
    at = agreement.activated_at
    page = kinds(known, at, browser)
    assert wording("Agreements that have not ended: complete them") in page
    assert f"/agreements/{agreement.reference}" in page
    assert wording("You cannot close this round yet. At least one agreement has not ended.") in refused(CLOSE_LATER)
    world.accepted(agreement.milestones[0], at=at)
    world.decide("exploration", [], at, declined=world.proposals)
    db.session.commit()
    page = kinds(known, at, browser)
    assert wording("Milestones that were delivered but are not paid: release and pay the money") in page
    assert f"/milestones/{agreement.milestones[0].reference}" in page
    assert fragment("not paid") in refused(CLOSE_LATER)
    release = Release.propose(milestone=agreement.milestones[0], by=world.staff, at=at)
    db.session.flush()
    release.approve(by=world.colleague, at=at)
    db.session.flush()
    release.pay(bank_reference="BANK-000001", by=world.finance, at=at)
    db.session.commit()
    page = kinds(known, at, browser)
    assert fragment("still open") not in page
    with clock.at(at):
        assert "Close “Round 9”: all decisions" in browser.get("/home").text
        assert closed(known, browser)[0] == 302


@pytest.mark.both_databases("guards")
def test_a_panel_that_has_not_decided_keeps_a_round_open_in_the_database(
    app: Flask, worlds: Worlds, now: datetime
) -> None:
    world = worlds(Age.FUNDED, teams=1)
    panel = Panel.convene(challenge=world.challenge, stage=world.stage(), by=world.staff, at=now)
    panel.seat(world.judge_one, by=world.staff, at=now)
    db.session.flush()
    Assignment.make(panel=panel, judge=world.judge_one, proposal=world.proposals[0], by=world.staff, at=now)
    assert wording("You cannot close the round yet. One of its panels has not released a decision.") in refused(
        CLOSE_LATER
    )


@pytest.mark.both_databases("guards")
def test_nothing_begins_in_a_closed_round(world: World) -> None:
    world.drafted().cancel(message="No money.", by=world.approver, at=world.at)
    world.round.finish(by=world.staff, at=world.at)
    with pytest.raises(WrongState, match=fragment("is closed")):
        world.drafted(question="How can we hear otters?")
    columns = "round_id, sponsor_id, state, question, summary, need, outcomes, constraints, adoption, drafted_at, "
    columns += "drafted_by_id, version"
    values = columns.replace("state", "'draft'")
    forged = f"INSERT INTO challenge (reference, slug, {columns}) SELECT 'C-FORGED', 'forged', {values} FROM challenge"
    assert fragment("is closed") in refused(forged)


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize("verb", ["propose", "approve", "publish"])
def test_a_challenge_in_a_closed_round_goes_no_further(world: World, verb: str) -> None:
    challenge = {"propose": world.drafted, "approve": world.put_forward, "publish": world.approved}[verb]()
    with without("round_waits_for_its_challenges"):
        done(CLOSE)
    act = {
        "propose": lambda: challenge.propose(by=world.author, at=world.at),
        "approve": lambda: challenge.approve(by=world.approver, at=world.at),
        "publish": lambda: challenge.publish(
            opens_at=world.at,
            questions_close_at=world.at + DAY,
            closes_at=world.at + DAY,
            by=world.staff,
            at=world.at,
        ),
    }[verb]
    with pytest.raises(WrongState):
        act()
    change = {
        "propose": "state = 'proposed', proposed_at = drafted_at, proposed_by_id = drafted_by_id",
        "approve": f"state = 'approved', approved_at = drafted_at, approved_by_id = {world.approver.id}",
        "publish": "state = 'published', opens_at = drafted_at, questions_close_at = drafted_at, closes_at = "
        f"proposed_at, published_at = drafted_at, published_by_id = {world.staff.id}",
    }[verb]
    assert wording("The round of this challenge is closed. Move the draft to another round first.") in refused(
        f"UPDATE challenge SET {change}"
    )


def test_closing_tells_the_public_bodies_in_it_and_the_other_staff(world: World) -> None:
    colleague = UserFactory(name="Callum Colleague", staff=True, at=world.at - 30 * DAY)
    world.published().cancel(message="No money.", by=world.approver, at=world.at)
    db.session.execute(OutboxMessage.__table__.delete())
    world.round.finish(by=world.staff, at=world.at)
    db.session.commit()
    query = select(OutboxMessage, User.name).join(User, User.id == OutboxMessage.recipient_id)
    told = {name: letters.compose(message).body for message, name in db.session.execute(query)}
    assert set(told) == {"Hamish Head", "Ailsa Author", "Sandy Second", "Aoife Approver", colleague.name}
    assert all("Programme staff closed the round “Round 9”" in words for words in told.values())
    assert "/challenges/manage" in told["Ailsa Author"]
    assert f"/rounds/{world.round.reference}" in told[colleague.name]


def at_once(app: Flask, *acts: Callable[[], None]) -> list[bool]:
    """Do these in transactions of their own that begin together; which of them were committed."""
    start, outcomes = threading.Barrier(len(acts)), [False] * len(acts)

    def run(place: int, act: Callable[[], None]) -> None:
        with app.app_context():
            start.wait()
            try:
                with unit_of_work():
                    act()
                outcomes[place] = True
            except Exception:  # noqa: BLE001
                db.session.rollback()
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.both_databases("locks")
@pytest.mark.parametrize("_attempt", range(5))
def test_a_round_is_closed_or_gets_a_draft_but_never_both(app: Flask, world: World, _attempt: int) -> None:
    known, body, staff, author = world.round.id, world.body.id, world.staff.id, world.author.id
    at = world.at
    db.session.commit()

    def close() -> None:
        found = db.session.get_one(Round, known)
        queries.hold(found)
        found.finish(by=db.session.get_one(User, staff), at=at)

    def draft() -> None:
        Challenge.draft(
            round=db.session.get_one(Round, known),
            world=db.session.get_one(Organisation, body),
            brief=BriefFactory(),
            budgets={},
            by=db.session.get_one(User, author),
            at=at - DAY,
        )

    outcomes = at_once(app, close, draft)
    db.session.expire_all()
    assert sorted(outcomes) == [False, True]
    finished = db.session.get_one(Round, known).state is RoundState.FINISHED
    assert finished != bool(db.session.scalars(select(Challenge)).unique().all())


def test_the_page_costs_the_same_statements_for_one_open_challenge_and_for_thirty(
    world: World, signed_in: SignIn
) -> None:
    browser = signed_in(world.staff)
    path = f"/rounds/{world.round.reference}/completion"
    costs = []
    for number in (1, 30):
        while db.session.query(Challenge).count() < number:
            world.drafted(question=f"How can we count {db.session.query(Challenge).count()}?")
        db.session.commit()
        browser.get(path)
        count = 0

        def note(*_facts: object) -> None:
            nonlocal count
            count += 1

        event.listen(Engine, "before_cursor_execute", note)
        try:
            page = browser.get(path).text
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        costs.append(count)
    assert costs[0] == costs[1]
    assert wording("And %(count)s more.", count="10") in page


def test_who_may_not_close_a_round_and_what_is_no_open_round(world: World, signed_in: SignIn) -> None:
    path = f"/rounds/{world.round.reference}/completion"
    assert signed_in(world.auditor).get(path).status_code == 403
    assert signed_in(world.head).get(path).status_code == 404
    browser = signed_in(world.staff)
    sent = sheet(browser.get(path), path)
    assert browser.post(path, data={"seen": ""}).status_code == 409
    assert browser.post(path, data=sent).status_code == 302
    answer = browser.post(path, data={"seen": sent["seen"]})
    assert answer.status_code == 409
    assert "This round was closed on 1 March 2027" in answer.text
    assert browser.get(path).status_code == 302
