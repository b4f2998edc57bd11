"""Judges score alone: nobody seats themselves, reads the others before having scored, or decides what they judged."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.judging.models import Assignment, AssignmentState, Decision, Seat, Verdict, assign
from civtech.people.models import User
from civtech.web.idempotency import new_idempotency_key
from tests.support.messages import fragment, pattern, wording
from tests.world import World

SignIn = Callable[[User], FlaskClient]


@pytest.fixture
def mixed(world: World) -> World:
    """A colleague of staff judges beside two others, who have locked all of theirs; the colleague has done nothing."""
    world.convene(judges=[*world.judges, world.colleague])
    for assignment in world.assigned():
        if assignment.judge is not world.colleague:
            world.score(assignment, 4)
    db.session.commit()
    return world


def own(world: World, judge: User | None = None) -> list[Assignment]:
    return [one for one in world.assignments() if one.judge is (judge or world.colleague)]


def pages(world: World) -> list[str]:
    return [
        world.url("/ranking"),
        world.url(f"/ranking/{world.proposals[0].reference}"),
        world.url("/decisions/new"),
    ]


def statuses(client: FlaskClient, addresses: list[str]) -> list[int]:
    return [client.get(address).status_code for address in addresses]


def test_nobody_puts_themselves_on_a_panel(world: World, signed_in: SignIn) -> None:
    panel = world.convene()
    with pytest.raises(RuleViolation, match=pattern("You cannot add yourself to the panel. Someone else must do it.")):
        panel.seat(world.staff, by=world.staff, at=world.at)
    answer = signed_in(world.staff).post(
        world.url("/judges"), data={"idempotency_key": new_idempotency_key(), "email": world.staff.email}
    )
    assert answer.status_code == 422
    assert wording("You cannot add yourself to the panel. Someone else must do it.") in answer.text
    assert f'value="{world.staff.email}"' in answer.text
    assert db.session.query(Seat).filter_by(judge_id=world.staff.id).count() == 0


def test_nobody_gives_themselves_a_proposal(world: World, signed_in: SignIn) -> None:
    panel = world.convene(judges=[world.judges[0], world.colleague])
    with pytest.raises(
        RuleViolation, match=pattern("You cannot assign proposals to yourself. Someone else must do it.")
    ):
        Assignment.make(
            panel=panel, judge=world.colleague, proposal=world.proposals[0], by=world.colleague, at=world.at
        )
    db.session.commit()
    client = signed_in(world.colleague)
    assert client.post(world.url("/assignments/all")).status_code == 302
    page = client.get(world.url("/assignments")).text
    assert wording("%(num)s assignments made. The judges can now declare their interests.", num="3") in page
    assert wording("You cannot assign proposals to yourself. Someone else must do it.") in page
    assert {one.judge.name for one in world.assignments()} == {world.judges[0].name}
    assign(panel, judges=[world.colleague], proposals=world.proposals, by=world.staff, at=world.at)
    assert len(own(world)) == 3


@pytest.mark.parametrize("who", ["colleague", "auditor"])
def test_a_judge_reads_no_other_points_before_having_locked_all_of_their_own(
    world: World, signed_in: SignIn, who: str
) -> None:
    judge: User = getattr(world, who)
    world.convene(judges=[*world.judges, judge])
    for assignment in world.assigned():
        if assignment.judge is not judge:
            world.score(assignment, 4)
    db.session.commit()
    client = signed_in(judge)
    assert statuses(client, pages(world)) == [404] * 3
    first, *others = own(world, judge)
    world.score(first, 0)
    db.session.commit()
    assert statuses(client, pages(world)) == [404] * 3
    for assignment in others:
        assignment.declare_clear(by=judge, at=world.at)
    db.session.commit()
    assert statuses(client, pages(world)) == [404] * 3
    world.score_all_open()
    db.session.commit()
    assert statuses(client, pages(world)) == [200, 200, 403]
    assert statuses(signed_in(world.staff), pages(world)) == [200] * 3


def test_a_judge_who_was_given_nothing_yet_reads_nothing_either(world: World, signed_in: SignIn) -> None:
    world.convene(judges=[*world.judges, world.colleague])
    assign(world.panel, judges=world.judges, proposals=world.proposals, by=world.staff, at=world.at)
    world.score_all_open()
    db.session.commit()
    assert statuses(signed_in(world.colleague), pages(world)) == [404] * 3


def test_a_decision_is_closed_to_who_could_still_score_until_its_outcomes_are_released(
    mixed: World, signed_in: SignIn
) -> None:
    third = mixed.person("third", staff=True)
    decision = mixed.decided(mixed.proposals[:2], release=False)
    db.session.commit()
    address = f"/decisions/{decision.reference}"
    client = signed_in(mixed.colleague)
    assert client.get(address).status_code == 404
    for act in ("approval", "return", "release"):
        assert client.post(f"{address}/{act}", data={"message": "No."}).status_code == 404
    assert client.get(mixed.url("/ranking")).status_code == 404
    decision.approve(by=third, at=mixed.at)
    db.session.commit()
    assert client.get(address).status_code == 404
    decision.release(by=mixed.staff, at=mixed.at)
    db.session.commit()
    assert client.get(address).status_code == 200
    assert client.get(mixed.url("/ranking")).status_code == 200


def test_nobody_proposes_or_settles_a_decision_of_a_panel_they_sit_on(mixed: World, signed_in: SignIn) -> None:
    mixed.score_all_open()
    db.session.commit()
    verdicts = [Verdict(one, rank=1, total=1, goes_on=False, feedback="x", passes=False) for one in mixed.proposals]
    with pytest.raises(RuleViolation, match=pattern("You are on this panel, so someone else must decide.")):
        Decision.propose(panel=mixed.panel, verdicts=verdicts, reason="x", by=mixed.colleague, at=mixed.at)
    decision = mixed.decided(mixed.proposals[:2], release=False)
    db.session.commit()
    for verb in (decision.approve, lambda **who: decision.send_back(message="No.", **who)):
        with pytest.raises(RuleViolation, match=pattern("You are on this panel, so someone else must decide.")):
            verb(by=mixed.colleague, at=mixed.at)
    client = signed_in(mixed.colleague)
    page = client.get(f"/decisions/{decision.reference}")
    assert page.status_code == 200
    assert wording("Approve the decision") not in page.text
    assert client.post(f"/decisions/{decision.reference}/approval").status_code == 403
    assert client.post(f"/decisions/{decision.reference}/return", data={"message": "No."}).status_code == 403
    db.session.expire_all()
    assert decision.approved_by_id is None


def test_pages_and_tasks_offer_a_judge_no_door_that_is_closed_to_them(mixed: World, signed_in: SignIn) -> None:
    challenge = f"/challenges/{mixed.challenge.slug}"
    ranking, form = mixed.url("/ranking"), mixed.url("/decisions/new")
    client, other = signed_in(mixed.colleague), signed_in(mixed.staff)
    assert f'href="{ranking}"' not in client.get(mixed.url()).text
    assert f'href="{ranking}"' not in client.get(challenge).text
    assert f'href="{ranking}"' in other.get(mixed.url()).text
    mixed.score_all_open()
    db.session.commit()
    assert f'href="{ranking}"' in client.get(mixed.url()).text
    assert f'href="{form}"' not in client.get(ranking).text
    assert f'href="{form}"' in other.get(ranking).text
    assert fragment("propose the decision") not in client.get("/home").text
    assert fragment("propose the decision") in other.get("/home").text
    decision = mixed.decided(mixed.proposals[:2], release=False)
    third = mixed.person("third", staff=True)
    db.session.commit()
    waiting = wording("Approve a decision or send it back")
    assert waiting not in client.get("/home").text
    assert waiting in signed_in(third).get("/home").text
    decision.approve(by=third, at=mixed.at)
    db.session.commit()
    assert wording("Tell the teams the outcome") in client.get("/home").text


def test_who_can_still_score_is_sent_to_no_decision(mixed: World, signed_in: SignIn) -> None:
    decision = mixed.decided(mixed.proposals[:2], release=False)
    decision.approve(by=mixed.person("third", staff=True), at=mixed.at)
    db.session.commit()
    assert [one.state for one in own(mixed)] == [AssignmentState.ASSIGNED] * 3
    client = signed_in(mixed.colleague)
    for address in ("/home", mixed.url(), f"/challenges/{mixed.challenge.slug}"):
        page = client.get(address)
        assert page.status_code == 200
        assert decision.reference not in page.text, address
