"""What the database refuses by itself, past every verb."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from civtech.challenges.models import Challenge, Question, StageBudget
from civtech.core.db import db
from civtech.core.errors import RuleViolation, WrongState
from tests.factories.challenges import BriefFactory
from tests.factories.verbs import DAY
from tests.support.messages import pattern
from tests.world import World

pytestmark = pytest.mark.both_databases("guards")

PUBLISHED = "UPDATE challenge SET {} WHERE state = 'published'"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE challenge SET approved_by_id = proposed_by_id",
        "UPDATE challenge SET approved_by_id = NULL",
        "UPDATE challenge SET proposed_by_id = NULL",
        "UPDATE challenge SET state = 'odd'",
        "UPDATE challenge SET closes_at = '2999-01-01 00:00:00+00:00'",
        "UPDATE challenge SET question = 'Another'",
        "UPDATE challenge SET need = 'Another'",
        "UPDATE challenge SET published_at = NULL",
        "UPDATE challenge SET state = 'draft'",
        "UPDATE challenge SET state = 'approved'",
        "UPDATE challenge SET state = 'cancelled', message = NULL",
        "UPDATE stage_budget SET amount_pence = amount_pence + 1",
        "DELETE FROM stage_budget",
        "UPDATE question SET answer = 'Another' WHERE state = 'answered'",
        "UPDATE question SET text = 'Another' WHERE state = 'answered'",
        "UPDATE question SET answer = ' ' WHERE state = 'asked'",
        "UPDATE question SET state = 'answered' WHERE state = 'asked'",
        "UPDATE question SET text = '  ' WHERE state = 'asked'",
        "UPDATE question SET answered_by_id = asker_id WHERE state = 'answered'",
        "UPDATE question SET asker_id = asker_id - 1 WHERE state = 'answered'",
        "UPDATE question SET asker_id = asker_id - 1 WHERE state = 'asked'",
        "UPDATE question SET reference = 'Q-FORGED' WHERE state = 'asked'",
        "UPDATE question SET asked_at = (SELECT opens_at FROM challenge) WHERE state = 'asked'",
    ],
)
def test_the_database_refuses(world: World, statement: str) -> None:
    challenge = world.published()
    world.asked(challenge, "One?").give_answer(answer="Yes", by=world.author, at=world.at)
    world.asked(challenge, "Two?")
    db.session.commit()
    with pytest.raises(IntegrityError):
        db.session.execute(text(statement))


def test_the_database_refuses_more_money_after_publication(world: World) -> None:
    challenge = world.published()
    stage = world.round.stages[0]
    with pytest.raises(IntegrityError):
        db.session.execute(db.insert(StageBudget).values(challenge_id=challenge.id, stage_id=stage.id, amount_pence=1))


@pytest.mark.parametrize(
    "dates",
    [
        {"opens_at": 5, "questions_close_at": 6, "closes_at": 5},
        {"opens_at": 5, "questions_close_at": 4, "closes_at": 9},
        {"opens_at": 5, "questions_close_at": 10, "closes_at": 9},
        {"opens_at": -5, "questions_close_at": -4, "closes_at": -3},
    ],
)
def test_dates_out_of_order_are_refused_by_the_verb(world: World, dates: dict[str, int]) -> None:
    challenge = world.approved()
    instants = {name: world.at + days * DAY for name, days in dates.items()}
    with pytest.raises(RuleViolation):
        challenge.publish(by=world.staff, at=world.at, **instants)


def test_the_database_refuses_a_publication_with_dates_out_of_order(world: World) -> None:
    challenge = world.approved()
    for asks in (4, 10):
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(
                db.update(Challenge)
                .where(Challenge.id == challenge.id)
                .values(
                    state="published",
                    published_at=world.at,
                    opens_at=world.at + 5 * DAY,
                    questions_close_at=world.at + asks * DAY,
                    closes_at=world.at + 9 * DAY,
                )
            )


def test_the_proposer_cannot_approve_even_by_the_verb(world: World) -> None:
    challenge = world.put_forward()
    with pytest.raises(RuleViolation):
        challenge.approve(by=world.author, at=world.at)


def test_money_is_set_aside_for_funded_stages_of_the_round_only(world: World) -> None:
    with pytest.raises(RuleViolation):
        Challenge.draft(
            round=world.round,
            sponsor=world.body,
            brief=BriefFactory(),
            budgets={world.round.stages[0]: 5},
            by=world.author,
            at=world.at,
        )


def test_a_challenge_needs_money_for_every_funded_stage_to_be_put_forward(world: World) -> None:
    challenge = world.drafted()
    budgets = dict.fromkeys(world.round.funded_stages, 0)
    challenge.revise(brief=challenge.brief, budgets=budgets, by=world.author, at=world.at)
    with pytest.raises(RuleViolation, match="Exploration"):
        challenge.propose(by=world.author, at=world.at)


def test_a_closed_challenge_cannot_be_cancelled(world: World) -> None:
    challenge = world.published(opens=-10, closes=-1)
    with pytest.raises(WrongState):
        challenge.cancel(message="Late", by=world.approver, at=world.at)


@pytest.mark.parametrize("state", ["draft", "approved", "published"])
def test_the_database_keeps_a_cancelled_challenge_cancelled(world: World, state: str) -> None:
    world.published().cancel(message="No money.", by=world.approver, at=world.at)
    db.session.commit()
    with pytest.raises(
        IntegrityError,
        match=pattern("A challenge is sent for approval, approved and published in that order."),
    ):
        db.session.execute(text(f"UPDATE challenge SET state = '{state}'"))


def test_a_cancelled_challenge_gets_no_answers(world: World) -> None:
    challenge = world.published()
    question = world.asked(challenge)
    challenge.cancel(message="x", by=world.approver, at=world.at)
    with pytest.raises(WrongState):
        question.give_answer(answer="Yes", by=world.author, at=world.at)


def test_an_empty_question_or_answer_is_refused(world: World) -> None:
    challenge = world.published()
    with pytest.raises(RuleViolation):
        Question.ask(challenge=challenge, text=" ", by=world.stranger, at=world.at)
    with pytest.raises(RuleViolation):
        world.asked(challenge).give_answer(answer="\n", by=world.author, at=world.at)


def test_an_opening_in_the_past_means_at_once(world: World) -> None:
    challenge = world.approved()
    challenge.publish(
        opens_at=world.at - DAY,
        questions_close_at=world.at + DAY,
        closes_at=world.at + 9 * DAY,
        by=world.staff,
        at=world.at,
    )
    assert challenge.opens_at == world.at
