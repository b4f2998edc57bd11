"""What the queries of judging find, and for whom, apart from the rules of the pages that use them."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from civtech.challenges.models import Challenge
from civtech.core.db import db
from civtech.judging import queries
from civtech.people.models import ProgrammeRole
from civtech.proposals.models import Submission
from civtech.roles.models import RoleGrant
from tests.support.messages import fragment
from tests.support.sheet import sheet
from tests.world import World


def test_a_judge_reads_the_proposal_that_they_declared_no_conflict_with_and_no_other(world: World) -> None:
    world.convene()
    assignments = world.assigned()
    judge = world.judges[0]
    for proposal in (world.proposals[0], world.proposals[-1]):
        assignment = world.of(judge, proposal)
        assert db.session.scalars(queries.content_for(assignment, judge)).all() == []
        assignment.declare_clear(by=judge, at=world.at)
        db.session.flush()
        (submission,) = db.session.scalars(queries.content_for(assignment, judge))
        assert submission.proposal_id == proposal.id
    assert db.session.scalar(select(func.count()).select_from(Submission)) > 2
    assert len(assignments) > 2


def test_staff_who_were_in_a_team_find_nothing_of_the_judging(world: World) -> None:
    editor = world.company_editor
    world.company.end(editor.memberships[0], by=editor, at=world.at)
    RoleGrant.by_operator(editor, ProgrammeRole.STAFF, at=world.at)
    db.session.commit()
    assert db.session.scalars(queries.challenges_visible_to(editor)).unique().all() == []
    assert db.session.scalars(queries.challenges_visible_to(world.stranger)).unique().all() == []
    assert db.session.scalars(queries.challenges_visible_to(world.staff)).unique().all() == [world.challenge]
    assert db.session.scalar(select(func.count()).select_from(Challenge)) == 1


def test_panels_that_only_wait_for_judges_take_no_place_among_those_to_run(world: World) -> None:
    panel = world.convene(due_at=world.at + timedelta(days=3))
    world.assigned()
    db.session.flush()

    def to_run(days: int, most: int = 50) -> list[int]:
        return [row.id for row in db.session.execute(queries.to_run(world.staff, world.at + timedelta(days), most))]

    assert to_run(0) == []
    assert to_run(3) == []
    assert to_run(4) == [panel.id]
    assert to_run(4, most=0) == []
    (row,) = db.session.execute(queries.overview_of(world.staff, panel))
    assert (row.seats, row.locked) == (len(panel.seats), 0)
    assert row.cards == row.open > 0
    assert db.session.execute(queries.overview_of(world.stranger, panel)).all() == []


@pytest.mark.both_databases("ordering")
@pytest.mark.parametrize("days", [None, 3])
def test_the_pages_of_a_queue_follow_each_other_and_each_tells_what_is_next(world: World, days: int | None) -> None:
    world.convene(due_at=None if days is None else world.at + timedelta(days))
    world.assigned()
    db.session.flush()
    judge = world.judges[0]

    def page(after: str | None, most: int) -> tuple[list[str], list[str], tuple[int, int]]:
        rows = db.session.execute(queries.queue(judge, after, most)).all()
        shown, follows = ([row.reference for row in rows if getattr(row, which)] for which in ("shown", "follows"))
        return shown, follows, (rows[0].done, rows[0].total)

    proposals = sorted(world.proposals, key=lambda proposal: proposal.reference)
    own = [world.of(judge, proposal) for proposal in proposals]
    first, second, third = (assignment.reference for assignment in own)
    assert page(None, 50) == ([first, second, third], [first], (0, 3))
    assert page(None, 2) == ([first, second], [first], (0, 3))
    assert page(second, 2) == ([third], [first], (0, 3))
    assert page(third, 2) == ([], [first], (0, 3))
    assert page("A-0000-0000", 2) == ([], [first], (0, 3))
    own[0].declare_conflict(conflict="My sister works there.", by=judge, at=world.at)
    db.session.flush()
    assert page(None, 1) == ([first], [second], (0, 2))
    assert page(first, 1) == ([second], [second], (0, 2))
    following = [db.session.scalar(queries.following(judge, assignment)) for assignment in own]
    assert following == [second, third, second]
    assert db.session.execute(queries.queue(world.stranger, None, 50)).all() == []


def test_a_due_date_that_a_colleague_changed_meanwhile_is_not_overwritten(world: World, signed_in) -> None:
    world.convene()
    db.session.commit()
    here, there = signed_in(world.staff), signed_in(world.colleague)
    before = sheet(here.get(world.url("/due-date")))
    due = {"due_at-day": "1", "due_at-month": "4", "due_at-year": "2027"}
    changed = sheet(there.get(world.url("/due-date"))) | due
    assert there.post(world.url("/due-date"), data=changed).status_code == 302
    answer = here.post(world.url("/due-date"), data=before | due | {"due_at-day": "2"})
    assert answer.status_code == 409
    assert fragment("Someone changed this while you had the page open") in answer.text
    db.session.expire_all()
    assert world.panel.due_at.day == 1
