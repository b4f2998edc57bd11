"""Challenges and questions withstand plain SQL."""

import pytest

from civtech.challenges.models import Challenge
from civtech.people.models import ProgrammeRole
from civtech.roles.models import RoleGrant
from tests.factories.challenges import QuestionFactory
from tests.factories.people import UserFactory
from tests.support.messages import fragment, wording
from tests.support.sql import done, refused
from tests.world import World

pytestmark = pytest.mark.both_databases("guards")

NAMES = [one.key for one in Challenge.__mapper__.column_attrs if one.key not in {"id", "reference", "slug"}]
LATER = {
    "state": "'draft'",
    **dict.fromkeys(
        (
            "proposed_at",
            "proposed_by_id",
            "approved_at",
            "approved_by_id",
            "published_at",
            "published_by_id",
            "opens_at",
            "questions_close_at",
            "closes_at",
        ),
        "NULL",
    ),
}
PUBLISH = (
    "UPDATE challenge SET state = 'published', published_by_id = :who, published_at = approved_at, "
    "opens_at = approved_at, questions_close_at = approved_at, closes_at = {closes_at}"
)
LATE = "(SELECT MAX(registered_at) FROM person WHERE email LIKE 'late%')"
PROPOSE = "UPDATE challenge SET state = 'proposed', proposed_by_id = :who, proposed_at = drafted_at"
APPROVE = "UPDATE challenge SET state = 'approved', approved_by_id = :who, approved_at = proposed_at"


@pytest.fixture
def publish(world: World) -> str:
    """A publication whose closing time is the instant somebody registers later."""
    UserFactory(name="Late", at=world.at)
    return PUBLISH.format(closes_at=LATE)


def copy(**said: str) -> str:
    """Another row like the challenge, where what comes later in its life is empty but for `said`."""
    values = {name: name for name in NAMES} | LATER | said
    return (
        f"INSERT INTO challenge (reference, slug, {', '.join(values)}) "
        f"SELECT 'C-FORGED', 'forged', {', '.join(values.values())} FROM challenge"
    )


@pytest.mark.parametrize("column", [name for name in LATER if name != "state"])
def test_a_challenge_begins_as_a_draft(world: World, column: str):
    world.published()
    assert fragment("must start as a draft") in refused(copy(**{column: column}))
    done(copy())


@pytest.mark.parametrize("state", ["proposed", "approved", "published", "cancelled"])
def test_a_challenge_is_not_born_in_another_state(world: World, state: str):
    world.published()
    assert fragment("must start as a draft") in refused(copy(state=f"'{state}'"))
    assert fragment("must start as a draft") in refused(
        copy(**{name: name for name in LATER} | {"state": f"'{state}'"})
    )


def test_a_question_is_asked_before_it_is_answered(world: World):
    world.asked(world.published()).give_answer(answer="Yes", by=world.author, at=world.at)
    columns = "challenge_id, asker_id, state, text, asked_at, answer, answered_at, answered_by_id, version"
    assert wording("A question must be asked before it can be answered.") in refused(
        f"INSERT INTO question (reference, {columns}) SELECT 'Q-FORGED', {columns} FROM question"
    )


@pytest.mark.parametrize("who", ["stranger", "staff", "auditor", "approver", "acceptor"])
def test_a_challenge_is_put_forward_by_its_sponsor(world: World, who: str):
    world.drafted()
    assert wording("Only an owner or author at the public body can send its challenge for approval.") in refused(
        PROPOSE, who=getattr(world, who).id
    )
    done(PROPOSE, who=world.drafter.id)


@pytest.mark.parametrize("who", ["stranger", "staff", "auditor", "drafter", "acceptor"])
def test_a_challenge_is_approved_by_its_sponsor(world: World, who: str):
    world.put_forward()
    assert wording("Only an owner or approver at the public body can approve its challenge.") in refused(
        APPROVE, who=getattr(world, who).id
    )
    done(APPROVE, who=world.head.id)


@pytest.mark.parametrize("who", ["stranger", "auditor", "approver", "acceptor"])
def test_a_challenge_is_published_by_staff(world: World, publish: str, who: str):
    world.approved()
    assert fragment("Only programme staff") in refused(publish, who=getattr(world, who).id)
    assert fragment("Only programme staff") in refused(publish.replace(":who", "NULL"))
    done(publish, who=world.staff.id)


def test_staff_who_act_for_the_sponsor_do_not_publish_its_challenge(world: World, publish: str):
    world.approved()
    RoleGrant.by_operator(world.acceptor, ProgrammeRole.STAFF, at=world.since)
    assert wording(
        "Only programme staff who have not acted for the public body since the first draft can publish its challenge."
    ) in refused(publish, who=world.acceptor.id)


@pytest.mark.parametrize(("before", "after"), [("drafted", "approved"), ("approved", "proposed")])
def test_a_challenge_takes_every_step(world: World, before: str, after: str):
    getattr(world, before)()
    assert fragment("in that order") in refused(f"UPDATE challenge SET state = '{after}'")


def test_a_challenge_is_not_published_in_one_step(world: World, publish: str):
    world.drafted()
    approver, who = world.approver.id, world.staff.id
    people = "proposed_at = drafted_at, proposed_by_id = :author, approved_at = drafted_at, approved_by_id = :approver"
    straight = publish.replace("= approved_at", "= drafted_at")
    assert refused(f"{straight}, {people}", who=who, author=world.author.id, approver=approver)


WORDS = ("question", "summary", "need", "outcomes", "constraints", "adoption")


@pytest.mark.parametrize("change", [*(f"{name} = 'Forged'" for name in WORDS), "sponsor_id = sponsor_id + 1"])
def test_what_was_put_forward_is_what_is_approved_and_published(world: World, publish: str, change: str):
    challenge = world.put_forward()
    assert refused(f"{APPROVE}, {change}", who=world.approver.id)
    if change != "sponsor_id = sponsor_id + 1":
        assert wording("What was sent for approval, approved, published or cancelled cannot be changed.") in refused(
            f"UPDATE challenge SET {change}"
        )
    challenge.approve(by=world.approver, at=challenge.proposed_at)
    assert refused(f"{publish}, {change}", who=world.staff.id)
    done(publish, who=world.staff.id)


PEOPLE = [
    "proposed_by_id = {second}",
    "proposed_at = approved_at",
    "approved_by_id = {owner}",
    "approved_at = drafted_at",
]


@pytest.mark.parametrize("change", PEOPLE)
def test_the_update_that_publishes_keeps_who_approved(world: World, publish: str, change: str):
    world.approved()
    change = change.format(second=world.drafter.id, owner=world.head.id)
    assert fragment("cannot be changed") in refused(f"{publish}, {change}", who=world.staff.id)
    assert fragment("cannot be changed") in refused(f"UPDATE challenge SET {change}")


@pytest.mark.parametrize("change", [*PEOPLE, "published_by_id = {other}", "published_by_id = NULL", "closes_at = NULL"])
@pytest.mark.parametrize("state", ["published", "cancelled"])
def test_who_published_a_challenge_stays_written(world: World, change: str, state: str):
    challenge = world.published()
    if state == "cancelled":
        challenge.cancel(message="No money.", by=world.approver, at=world.at)
    other = UserFactory(name="Other Staff", staff=True, at=world.at)
    said = refused(
        f"UPDATE challenge SET {change.format(second=world.drafter.id, owner=world.head.id, other=other.id)}"
    )
    assert fragment("cannot be changed") in said


@pytest.mark.parametrize(
    "change", ["reference = 'C-FORGED'", "slug = 'forged'", "drafted_by_id = drafted_by_id + 1", "drafted_at = {late}"]
)
def test_who_drafted_a_challenge_stays_written(world: World, publish: str, change: str):
    world.drafted()
    assert wording("What was sent for approval, approved, published or cancelled cannot be changed.") in refused(
        f"UPDATE challenge SET {change.format(late=LATE)}"
    )


def test_a_challenge_that_was_sent_back_is_written_anew(world: World):
    challenge = world.approved()
    challenge.send_back(message="More.", by=world.staff, at=world.at)
    done("UPDATE challenge SET need = 'More', text_digest = 'another'")
    done(PROPOSE, who=world.author.id)


def test_a_challenge_does_not_go_back_to_its_draft_with_its_approval(world: World):
    world.approved()
    assert "draft_is_neither_proposed_nor_approved" in refused("UPDATE challenge SET state = 'draft'")
    assert "draft_is_neither_proposed_nor_approved" in refused(
        "UPDATE challenge SET state = 'draft', proposed_at = NULL, proposed_by_id = NULL"
    )


def test_a_question_is_not_deleted(world: World):
    QuestionFactory(challenge=world.published(), answered=True)
    assert wording("You cannot delete a question.") in refused("DELETE FROM question")


@pytest.mark.parametrize("who", ["stranger", "staff", "acceptor"])
def test_a_question_is_answered_for_the_sponsor(world: World, who: str):
    QuestionFactory(challenge=world.published(), by=world.stranger)
    answer = "UPDATE question SET state = 'answered', answer = 'Yes.', answered_at = asked_at, answered_by_id = :who"
    assert fragment("Only owners, authors and approvers of the public body") in refused(
        answer, who=world.people[who].id
    )
    done(answer, who=world.author.id)
