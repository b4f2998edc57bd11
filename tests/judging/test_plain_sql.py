"""Panels withstand plain SQL."""

import pytest
from sqlalchemy.exc import IntegrityError

from civtech.core.db import db
from tests.support.messages import fragment, pattern, wording
from tests.support.sql import done, refused
from tests.world import World

pytestmark = pytest.mark.both_databases("guards")


@pytest.fixture
def panel(world: World):
    panel = world.convene()
    world.score_all(dict.fromkeys(world.proposals, 4))
    return panel


@pytest.mark.parametrize("change", ["NULL", "(SELECT opens_at FROM challenge)"])
@pytest.mark.parametrize("released", [False, True])
def test_a_panel_stays_closed_once_its_decision_is_approved(world: World, panel, change: str, released: bool):
    decision = world.decided(world.proposals, release=released)
    if not released:
        decision.approve(by=world.colleague, at=world.at)
    done("UPDATE panel SET due_at = NULL")
    assert wording("This panel’s decision is approved, so you cannot reopen the panel.") in refused(
        f"UPDATE panel SET closed_at = {change}"
    )


def test_a_returned_decision_opens_the_panel_again(world: World, panel):
    decision = world.decided(world.proposals, release=False)
    decision.send_back(message="Look again.", by=world.colleague, at=world.at)
    db.session.commit()
    assert panel.closed_at is None
    world.decided(world.proposals)
    db.session.commit()
    assert panel.closed_at is not None


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM seat",
        "UPDATE seat SET judge_id = (SELECT MIN(id) FROM person) WHERE id = (SELECT MIN(id) FROM seat)",
        "UPDATE seat SET since = (SELECT opens_at FROM challenge)",
    ],
)
def test_who_was_put_on_a_panel_stays_written(world: World, sql: str):
    world.convene()
    assert wording("You cannot change who was added to a panel.") in refused(sql)


BORN = (
    "INSERT INTO decision (reference, panel_id, state, reason, proposed_at, proposed_by_id, approved_at, "
    "approved_by_id, released_at, message, version) "
    "SELECT 'D-FORGED', id, :state, 'x', opened_at, :who, {approved_at}, {approved_by}, {released_at}, {message}, 1 "
    "FROM (SELECT panel.id, opening.opened_at FROM panel "
    "JOIN opening ON opening.challenge_id = panel.challenge_id) AS opened"
)
EMPTY = {"approved_at": "NULL", "approved_by": "NULL", "released_at": "NULL", "message": "NULL"}


@pytest.mark.parametrize(
    ("state", "filled"),
    [
        ("approved", {"approved_at": "opened_at", "approved_by": "{colleague}"}),
        ("released", {"approved_at": "opened_at", "approved_by": "{colleague}", "released_at": "opened_at"}),
        ("returned", {"message": "'x'"}),
        ("proposed", {"approved_at": "opened_at"}),
        ("proposed", {"message": "'x'"}),
    ],
)
def test_a_decision_is_proposed_first(world: World, panel, state: str, filled: dict[str, str]):
    columns = EMPTY | {name: value.format(colleague=world.colleague.id) for name, value in filled.items()}
    assert fragment("must be proposed first") in refused(BORN.format(**columns), state=state, who=world.staff.id)


@pytest.mark.parametrize("who", ["stranger", "finance", "auditor", "author", "judge_one"])
def test_only_staff_propose_a_decision(world: World, panel, who: str):
    assert fragment("Only programme staff can propose") in refused(
        BORN.format(**EMPTY), state="proposed", who=getattr(world, who).id
    )
    done(BORN.format(**EMPTY), state="proposed", who=world.staff.id)


APPROVE = "UPDATE decision SET state = 'approved', approved_at = proposed_at, approved_by_id = :who"


@pytest.mark.parametrize("who", ["stranger", "finance", "auditor", "author"])
def test_only_staff_approve_a_decision(world: World, panel, who: str):
    world.decided(world.proposals, release=False)
    assert wording("Only programme staff can approve a decision.") in refused(APPROVE, who=getattr(world, who).id)
    done(APPROVE, who=world.colleague.id)


def test_a_decision_is_not_released_in_one_step(world: World, panel):
    world.decided(world.proposals, release=False)
    assert fragment("A decision ") in refused(
        f"{APPROVE}, released_at = proposed_at".replace("'approved'", "'released'"), who=world.colleague.id
    )


CHANGES = [
    "reference = 'D-FORGED'",
    "reason = 'Forged'",
    "departure = 'Forged'",
    "departure = NULL",
    "panel_id = panel_id + 1",
    "proposed_at = (SELECT opens_at FROM challenge)",
    "proposed_by_id = (SELECT MIN(asker.id) FROM person AS asker WHERE asker.id <> proposed_by_id "
    "AND asker.id <> COALESCE(approved_by_id, 0))",
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_decision_stays_as_it_was_proposed(world: World, panel, change: str):
    world.decided(world.proposals[:1], release=False)
    assert wording("A decision cannot be changed. Someone who does not agree can send it back.") in refused(
        f"UPDATE decision SET {change}"
    )
    assert wording("A decision cannot be changed. Someone who does not agree can send it back.") in refused(
        f"{APPROVE}, {change}", who=world.colleague.id
    )


@pytest.mark.parametrize(
    "change",
    [
        *CHANGES,
        "approved_at = (SELECT opens_at FROM challenge)",
        "approved_at = NULL",
        "message = 'Forged'",
        "approved_by_id = :who",
    ],
)
def test_the_update_that_releases_a_decision_changes_nothing_else(world: World, panel, change: str):
    decision = world.decided(world.proposals[:1], release=False)
    decision.approve(by=world.colleague, at=world.at)
    values = {"who": world.person("third", staff=True).id} if ":who" in change else {}
    release = "UPDATE decision SET state = 'released', released_at = approved_at"
    assert fragment("cannot be changed") in refused(f"{release}, {change}", **values)
    done(release)


@pytest.mark.parametrize(
    "change",
    [
        "approved_at = proposed_at",
        "message = 'x', state = 'approved', approved_by_id = :who, approved_at = proposed_at",
    ],
)
def test_what_is_said_of_a_decision_fits_its_state(world: World, panel, change: str):
    world.decided(world.proposals, release=False)
    values = {"who": world.colleague.id} if ":who" in change else {}
    assert fragment("cannot be changed") in refused(f"UPDATE decision SET {change}", **values)


def test_nobody_approves_a_decision_by_the_verb_either(world: World, panel):
    decision = world.decided(world.proposals, release=False)
    with pytest.raises(IntegrityError, match=pattern("Only programme staff can approve a decision.")):
        decision.approve(by=world.stranger, at=world.at)


def test_the_outcomes_of_a_proposed_decision_are_kept(world: World, panel):
    world.decided(world.proposals, release=False)
    assert wording("The outcomes of a decision are kept.") in refused("DELETE FROM outcome")
