"""Those who were ever in a team of a challenge neither judge nor open it, nor read or decide on their rivals (A1)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from civtech.challenges.models.involvement import ties_of
from civtech.core.db import db
from civtech.core.errors import RuleViolation, WrongState
from civtech.core.references import new_token
from civtech.judging.models import Assignment, AssignmentState, Decision, Panel, Seat, Verdict, assign
from civtech.organisations.models import MemberRole
from civtech.people.models import ProgrammeRole, User
from civtech.privacy.models import Erasure, ErasureGround
from civtech.proposals.models import Opening
from civtech.proposals.queries import is_readable
from civtech.roles.models import RoleGrant
from tests.support.messages import fragment, wording
from tests.support.sql import joined_anyway, moment, refused, without
from tests.world import Age, World, build
from tests.world.kept import Worlds

SignIn = Callable[[User], FlaskClient]
CANNOT_JUDGE = fragment("are, or were, in a team with a proposal for")
GUARD = fragment("Someone who is, or was, in a team with a proposal for this challenge cannot")
DAY = timedelta(days=1)


@pytest.fixture
def former(world: World) -> User:
    """An editor of the first team who sent its proposal, and has given up the role."""
    editor = world.company_editor
    world.company.end(editor.memberships[0], by=editor, at=world.at)
    db.session.commit()
    return editor


def seat_anyway(world: World, person: User) -> None:
    """A seat as two acts at the same moment could make it."""
    with without("seat_keeps_out_the_teams"):
        db.session.execute(Seat.__table__.insert(), {
            "panel_id": world.panel.id, "judge_id": person.id, "since": world.at
        })  # fmt: skip
    db.session.expire_all()


@pytest.mark.both_databases("guards")
def test_they_are_not_put_on_the_panel(world: World, former: User, signed_in: SignIn) -> None:
    world.convene()
    with pytest.raises(RuleViolation, match=CANNOT_JUDGE):
        world.panel.seat(former, by=world.staff, at=world.at)
    db.session.commit()
    client = signed_in(world.staff)
    page = client.get(world.url("/judges"))
    assert former.email not in page.text
    answer = client.post(world.url("/judges"), data={"email": former.email, "idempotency_key": new_token()})
    assert answer.status_code == 422
    assert CANNOT_JUDGE in answer.text
    assert former.email in answer.text
    assert GUARD in refused(
        "INSERT INTO seat (panel_id, judge_id, since) VALUES (:panel, :judge, :at)",
        panel=world.panel.id, judge=former.id, at=moment(world.at),
    )  # fmt: skip


@pytest.mark.parametrize("role", [MemberRole.OWNER, MemberRole.EDITOR, MemberRole.VIEWER])
def test_nor_are_those_who_only_read_along_or_own_the_company(world: World, role: MemberRole) -> None:
    person = next(one for key, one in world.people.items() if key == f"company_{role.value}")
    if role is not MemberRole.OWNER:
        world.company.end(person.memberships[0], by=person, at=world.at)
    world.convene()
    with pytest.raises(RuleViolation, match=CANNOT_JUDGE):
        world.panel.seat(person, by=world.staff, at=world.at)


def test_nor_before_the_proposals_are_opened_nor_for_a_draft_that_was_never_sent(
    worlds: Worlds, app: object, now: datetime
) -> None:
    scene = worlds(Age.PUBLISHED)
    scene.started()
    panel = Panel.convene(challenge=scene.challenge, stage=scene.challenge.round.stages[0], by=scene.staff, at=scene.at)
    db.session.flush()
    with pytest.raises(RuleViolation, match=CANNOT_JUDGE):
        panel.seat(scene.company_viewer, by=scene.staff, at=scene.at)


@pytest.mark.both_databases("guards")
def test_someone_who_left_before_the_proposal_was_started_may_judge_for_a_reason(world: World) -> None:
    earlier = world.person("earlier")
    world.company.admit(earlier, MemberRole.EDITOR, by=None, at=world.answering_at - 20 * DAY)
    db.session.flush()
    with without("membership_of_a_team_does_not_end_in_the_past"):
        world.company.end(earlier.memberships[0], by=earlier, at=world.answering_at - 10 * DAY)
        db.session.flush()
    world.convene()
    world.panel.seat(earlier, by=world.staff, at=world.at, because="They left long before.")
    db.session.flush()
    assert world.panel.has_seated(earlier)
    assert len([one for one in world.assigned() if one.judge_id == earlier.id]) == 3


@pytest.mark.both_databases("guards")
def test_they_are_assigned_nothing_one_by_one_nor_in_bulk(world: World, former: User, signed_in: SignIn) -> None:
    world.convene()
    seat_anyway(world, former)
    rival = world.proposals[1]
    with pytest.raises(RuleViolation, match=CANNOT_JUDGE):
        Assignment.make(panel=world.panel, judge=former, proposal=rival, by=world.staff, at=world.at)
    result = assign(world.panel, judges=[former], proposals=world.proposals, by=world.staff, at=world.at)
    assert (result.made, result.left_out) == (0, (former,))
    db.session.commit()
    answer = signed_in(world.staff).post(world.url("/assignments/all"), follow_redirects=True)
    assert former.name in answer.text
    assert not db.session.query(Assignment).filter_by(judge_id=former.id).count()
    assert GUARD in refused(
        "INSERT INTO assignment (reference, panel_id, judge_id, proposal_id, state, assigned_at, version) "
        "VALUES ('A-SQL', :panel, :judge, :proposal, 'assigned', :at, 1)",
        panel=world.panel.id, judge=former.id, proposal=rival.id, at=moment(world.at),
    )  # fmt: skip


@pytest.mark.both_databases("guards")
def test_what_they_were_given_already_they_neither_read_nor_score_but_can_step_back(
    world: World, signed_in: SignIn
) -> None:
    """A judge who joined a rival team at the same moment as the panel."""
    world.convene()
    judge = world.judges[0]
    mine = next(one for one in world.assigned() if one.judge_id == judge.id)
    mine.declare_clear(by=judge, at=world.at)
    db.session.commit()
    assert is_readable(judge, mine.proposal)
    joined_anyway(judge, world.proposals[2].organisation, world.at)
    world.proposals[2].organisation.end(judge.memberships[0], by=judge, at=world.at + DAY)
    db.session.commit()
    assert not is_readable(judge, mine.proposal)
    with pytest.raises(WrongState, match=fragment("so you cannot judge it")):
        mine.save(marks={}, by=judge, at=world.at)
    with pytest.raises(WrongState, match=fragment("so you cannot judge it")):
        mine.lock(by=judge, at=world.at)
    assert GUARD in refused("UPDATE assignment SET saved_at = :at WHERE id = :id", id=mine.id, at=moment(world.at))
    mine.declare_conflict(conflict="I worked with a rival.", by=judge, at=world.at)
    db.session.commit()
    assert mine.state is AssignmentState.RECUSED


def test_staff_who_were_in_a_team_read_no_rival_and_see_no_ranking(
    world: World, former: User, signed_in: SignIn
) -> None:
    RoleGrant.by_operator(former, ProgrammeRole.STAFF, at=world.at - 3 * DAY)
    db.session.commit()
    world.convene()
    client = signed_in(former)
    for proposal in world.proposals:
        assert client.get(f"/proposals/{proposal.reference}").status_code == 404
    assert client.get(world.url("/ranking")).status_code == 404


@pytest.mark.both_databases("guards")
def test_they_neither_ask_for_the_opening_nor_confirm_it(app: object, now: datetime, signed_in: SignIn) -> None:
    scene = build(Age.PUBLISHED, now - timedelta(days=11))
    scene.submitted()
    editor = scene.company_editor
    scene.company.end(editor.memberships[0], by=editor, at=scene.at)
    RoleGrant.by_operator(editor, ProgrammeRole.STAFF, at=scene.at + DAY)
    db.session.commit()
    url = f"/challenges/{scene.challenge.slug}/opening"
    client = signed_in(editor)
    assert client.post(url).status_code == 403
    with pytest.raises(RuleViolation, match=fragment("cannot open the proposals")):
        Opening.request(challenge=scene.challenge, by=editor, at=now)
    assert fragment("cannot open the proposals") in refused(
        "INSERT INTO opening (reference, challenge_id, state, requested_at, requested_by_id, version) "
        "VALUES ('N-SQL', :challenge, 'requested', :at, :person, 1)",
        challenge=scene.challenge.id, person=editor.id, at=moment(now),
    )  # fmt: skip
    asked = Opening.request(challenge=scene.challenge, by=scene.staff, at=now)
    db.session.commit()
    assert client.post(f"{url}/confirmation").status_code == 403
    with pytest.raises(RuleViolation, match=fragment("cannot open the proposals")):
        asked.confirm(by=editor, at=now)
    assert fragment("cannot open the proposals") in refused(
        "UPDATE opening SET state = 'opened', opened_at = :at, confirmed_by_id = :person",
        person=editor.id, at=moment(now),
    )  # fmt: skip


@pytest.mark.both_databases("guards")
def test_they_decide_nothing(world: World, former: User) -> None:
    RoleGrant.by_operator(former, ProgrammeRole.STAFF, at=world.at - 3 * DAY)
    db.session.commit()
    world.convene()
    world.score_all(dict.fromkeys(world.proposals, 4))
    verdicts = [
        Verdict(one, rank=place, total=8000, goes_on=True, feedback="Good.")
        for place, one in enumerate(world.proposals, start=1)
    ]
    with pytest.raises(RuleViolation, match=fragment("You are, or were, in a team")):
        Decision.propose(
            panel=world.panel, verdicts=verdicts, reason="As ranked.", departure=None, by=former, at=world.at
        )
    decision = world.decided(world.proposals[:1], release=False)
    with pytest.raises(RuleViolation, match=fragment("You are, or were, in a team")):
        decision.approve(by=former, at=world.at)
    assert wording("Someone with a conflict of interest cannot propose or approve a decision.") in refused(
        "UPDATE decision SET state = 'approved', approved_at = :at, approved_by_id = :person",
        person=former.id, at=moment(world.at),
    )  # fmt: skip


def test_the_history_outlives_an_erasure(world: World, former: User) -> None:
    before = ties_of(former, world.challenge.id)
    Erasure.carry_out(former, ground=ErasureGround.OPERATOR, by=None, at=world.at)
    db.session.commit()
    assert before == ties_of(former, world.challenge.id) == {"team"}
    assert db.session.scalar(select(User.name).where(User.id == former.id)) != "Company Editor"
