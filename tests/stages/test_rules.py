"""Who may do what, and when, from the choice of a team to the gate."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm.attributes import set_committed_value

from civtech.core.db import db
from civtech.core.errors import RuleViolation, WrongState
from civtech.funding.models import AccountKind, LedgerAccount, Release
from civtech.funding.verification import findings
from civtech.organisations.models import MemberRole
from civtech.rights.models import BackgroundKind, RightsState
from civtech.stages import policy
from civtech.stages.models import AgreementState, MilestoneState, StageAgreement
from tests.support.messages import fragment, pattern
from tests.support.sql import joined_anyway
from tests.world import Age
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("guards", "locks")


@pytest.fixture
def world(worlds: Worlds, app, now):
    return worlds(Age.FUNDED, teams=2)


def draft(world, team, stage="exploration", by="staff"):
    return StageAgreement.draft(
        proposal=team,
        stage=world.stage(stage),
        starts_on=date(2027, 3, 1),
        ends_on=date(2027, 4, 1),
        by=world.people[by],
        at=world.at,
    )


def left(world, stage="exploration"):
    return db.session.scalar(
        select(LedgerAccount.balance_pence).where(
            LedgerAccount.kind == AccountKind.BUDGET, LedgerAccount.stage_id == world.stage(stage).id
        )
    )


def test_only_a_chosen_team_gets_an_agreement_for_the_stage_it_was_chosen_for(world):
    for stage in ("accelerator", "pre-commercialisation"):
        with pytest.raises(
            WrongState,
            match=pattern("You cannot draft this agreement. No released decision has chosen this team for this stage."),
        ):
            draft(world, world.proposals[0], stage)
    with pytest.raises(RuleViolation, match=pattern("You can only draft an agreement for a funded stage.")):
        draft(world, world.proposals[0], "interview")
    draft(world, world.proposals[0])
    with pytest.raises(WrongState, match=pattern("This team already has an agreement for this stage.")):
        draft(world, world.proposals[0])


def test_staff_with_a_stake_do_not_draw_up_the_agreement(world):
    joined_anyway(world.staff, world.proposals[0].organisation, world.at)
    db.session.flush()
    db.session.refresh(world.staff)
    with pytest.raises(RuleViolation, match=fragment("conflict of interest")):
        draft(world, world.proposals[0])
    assert not policy.draw_up(world.staff, policy.Award(world.proposals[0], world.stage()))
    assert policy.draw_up(world.colleague, policy.Award(world.proposals[0], world.stage()))


def test_nothing_is_accepted_before_the_agreement_is_offered(world):
    statement = world.agreement().statement
    assert statement.state is RightsState.DRAWN_UP
    for accept, who in (
        (statement.accept_for_company, world.company_owner),
        (statement.accept_for_body, world.approver),
    ):
        with pytest.raises(
            WrongState, match=pattern("The stage agreement has not been offered yet, so there is nothing to accept.")
        ):
            accept(by=who, at=world.at)


def test_an_offer_is_taken_back_until_somebody_accepts(world):
    agreement = world.offered()
    agreement.take_back(by=world.staff, at=world.at)
    db.session.flush()
    assert (agreement.state, agreement.statement.offered_at) == (AgreementState.DRAFT, None)
    agreement.drop(milestone=agreement.milestones[0], by=world.staff, at=world.at)
    agreement.offer(by=world.staff, at=world.at)
    db.session.flush()
    assert agreement.amount_pence == 300_000
    agreement.statement.accept_for_company(by=world.company_owner, at=world.at)
    db.session.flush()
    with pytest.raises(WrongState, match=fragment("One side has accepted")):
        agreement.take_back(by=world.staff, at=world.at)


def test_officers_accept_each_for_their_side_and_nobody_for_both(world):
    statement = world.offered().statement
    for who in ("company_editor", "rival_owner", "staff", "approver"):
        with pytest.raises(RuleViolation, match=pattern("Only an owner of the company can accept for it.")):
            statement.accept_for_company(by=world.people[who], at=world.at)
    for who in ("acceptor", "author", "company_owner", "staff"):
        with pytest.raises(RuleViolation, match=fragment("Only an owner or approver")):
            statement.accept_for_body(by=world.people[who], at=world.at)
    joined_anyway(world.approver, world.proposals[0].organisation, world.at, role="owner")
    db.session.flush()
    db.session.refresh(world.approver)
    with pytest.raises(RuleViolation, match=fragment("conflict of interest")):
        statement.accept_for_body(by=world.approver, at=world.at)
    statement.accept_for_company(by=world.approver, at=world.at)
    db.session.flush()
    statement.accept_for_body(by=world.head, at=world.at)
    assert statement.is_accepted


def test_background_is_listed_until_one_side_accepts(world):
    statement = world.offered().statement
    statement.list_background(kind=BackgroundKind.DATA, title="Counts", owner="Us", by=world.company_owner, at=world.at)
    statement.accept_for_body(by=world.approver, at=world.at)
    with pytest.raises(WrongState, match=pattern("One side has accepted the statement, so it cannot change.")):
        statement.list_background(
            kind=BackgroundKind.DATA, title="More", owner="Us", by=world.company_owner, at=world.at
        )
    with pytest.raises(WrongState, match=pattern("One side has accepted the statement, so it cannot change.")):
        statement.remove_background(item_id=statement.background[0].id, by=world.company_owner, at=world.at)


def test_a_company_renamed_later_changes_no_accepted_statement(world):
    statement = world.in_force().statement
    organisation = world.proposals[0].organisation
    organisation.legal_name = "Another Name Ltd"
    world.body.legal_name = "Another Authority"
    db.session.flush()
    assert statement.compute_digest() == statement.digest
    assert list(findings()) == []


def test_a_stage_whose_figure_includes_vat_limits_the_gross_amount(world):
    agreement = world.agreement(amounts=(450_000,))
    assert not agreement.exceeds_the_stage
    agreement.stage.vat_basis = type(agreement.stage.vat_basis).INCLUDING
    with db.session.no_autoflush:
        assert agreement.exceeds_the_stage
    db.session.expire(agreement.stage)


PLAN = {
    "title": "Another",
    "success_criteria": "Seen by both.",
    "due_on": date(2027, 3, 1),
    "amount_pence": 1,
    "vat_per_cent": 20,
}


@pytest.mark.parametrize("amounts", [(500_001,), (300_000, 200_001)])
def test_a_milestone_above_what_the_stage_pays_one_team_is_refused_at_once(world, amounts):
    with pytest.raises(RuleViolation, match=fragment("more than the stage pays")) as refused:
        world.agreement(amounts=amounts)
    assert refused.value.field == "amount"


def test_a_stage_whose_figure_includes_vat_pays_no_milestone_above_it_with_its_vat(world):
    agreement = world.agreement(amounts=(450_000,), vat=0)
    set_committed_value(agreement.stage, "vat_basis", type(agreement.stage.vat_basis).INCLUDING)
    agreement.plan(by=world.staff, at=world.at, **(PLAN | {"amount_pence": 41_666}))
    with pytest.raises(RuleViolation, match=fragment("more than the stage pays")):
        agreement.plan(by=world.staff, at=world.at, **(PLAN | {"amount_pence": 2}))
    db.session.rollback()


def test_a_planned_milestone_is_said_anew_within_the_same_rules(world):
    agreement = world.agreement()
    first, second = agreement.milestones
    agreement.replan(milestone=first, by=world.staff, at=world.at, **(PLAN | {"amount_pence": 199_999}))
    db.session.flush()
    assert (first.number, first.title, first.amount_pence, first.vat_pence) == (1, "Another", 199_999, 40_000)
    assert (agreement.amount_pence, agreement.vat_pence) == (499_999, 100_000)
    for wrong, why in (
        ({"amount_pence": 200_001}, "more than the stage pays"),
        ({"amount_pence": 0}, pattern("Enter how much the milestone pays. It must be more than zero.")),
        ({"vat_per_cent": 7}, pattern("Select the rate of VAT.")),
    ):
        with pytest.raises(RuleViolation, match=why):
            agreement.replan(milestone=first, by=world.staff, at=world.at, **(PLAN | wrong))
    assert second.title == "Milestone 2"
    agreement.offer(by=world.staff, at=world.at)
    db.session.flush()
    with pytest.raises(WrongState, match=pattern("Waiting for acceptance")):
        agreement.replan(milestone=first, by=world.staff, at=world.at, **PLAN)


def test_evidence_is_returned_with_a_reason_and_delivered_again(world):
    milestone = world.in_force().milestones[0]
    for who in ("company_viewer", "rival_owner", "acceptor", "staff"):
        with pytest.raises(RuleViolation, match=pattern("Only an owner or editor of the company can send evidence.")):
            milestone.deliver(evidence="x", link=None, by=world.people[who], at=world.at)
    milestone.deliver(evidence="First.", link=None, by=world.company_editor, at=world.at)
    db.session.flush()
    with pytest.raises(RuleViolation, match=pattern("Enter what is missing.")):
        milestone.send_back(reason="  ", by=world.acceptor, at=world.at)
    milestone.send_back(reason="Which?", by=world.acceptor, at=world.at)
    db.session.flush()
    milestone.deliver(evidence="Second.", link=None, by=world.company_owner, at=world.at)
    db.session.flush()
    for who in ("author", "staff", "rival_owner"):
        with pytest.raises(
            RuleViolation,
            match=pattern("Only an owner, approver or acceptor of the public body can decide on the evidence."),
        ):
            milestone.accept(by=world.people[who], at=world.at)
    milestone.accept(by=world.acceptor, at=world.at)
    db.session.flush()
    assert [(d.number, d.evidence, d.reason) for d in milestone.deliverables] == [
        (1, "First.", "Which?"),
        (2, "Second.", None),
    ]


def test_who_delivered_any_of_it_cannot_accept_it(world):
    milestone = world.in_force().milestones[0]
    milestone.deliver(evidence="First.", link=None, by=world.company_owner, at=world.at)
    world.body.admit(world.company_owner, MemberRole.ACCEPTOR, by=None, at=world.at)
    db.session.flush()
    db.session.refresh(world.company_owner)
    with pytest.raises(
        RuleViolation, match=pattern("You sent evidence for this milestone, so someone else must decide on it.")
    ):
        milestone.accept(by=world.company_owner, at=world.at)
    assert not policy.judge_evidence(world.company_owner, milestone)


def test_a_recused_judge_decides_on_nothing_of_the_team(world):
    milestone = world.in_force().milestones[0]
    milestone.deliver(evidence="First.", link=None, by=world.company_owner, at=world.at)
    world.recused(world.colleague, world.proposals[0])
    world.body.admit(world.colleague, MemberRole.ACCEPTOR, by=None, at=world.at)
    db.session.flush()
    db.session.refresh(world.colleague)
    with pytest.raises(RuleViolation, match=fragment("conflict of interest")):
        milestone.accept(by=world.colleague, at=world.at)
    milestone.accept(by=world.acceptor, at=world.at)
    db.session.flush()
    with pytest.raises(RuleViolation, match=fragment("conflict of interest")):
        Release.propose(milestone=milestone, by=world.colleague, at=world.at)


def test_at_the_gate_one_goes_on_and_the_other_stops_and_unused_money_goes_back(world):
    first, second = (world.in_force(team) for team in world.proposals)
    for agreement in (first, second):
        world.accepted(agreement.milestones[0])
    make_delivered = second.milestones[1]
    make_delivered.deliver(evidence="Late.", link=None, by=world.rival_owner, at=world.at)
    db.session.flush()
    assert left(world) == 500_000
    world.decide("exploration", [world.proposals[0]], world.at, declined=[world.proposals[1]])
    assert (first.state, second.state) == (AgreementState.COMPLETED, AgreementState.STOPPED)
    assert first.milestones[1].state is MilestoneState.UNDELIVERED
    assert left(world) == 800_000, "the undelivered milestone of the first; the second one's evidence waits"
    second.milestones[1].send_back(reason="Too late and too little.", by=world.acceptor, at=world.at)
    db.session.flush()
    assert second.milestones[1].state is MilestoneState.UNDELIVERED
    assert left(world) == 1_100_000
    release = Release.propose(milestone=second.milestones[0], by=world.staff, at=world.at)
    db.session.flush()
    release.approve(by=world.colleague, at=world.at)
    accelerator = world.in_force(world.proposals[0], stage="accelerator", amounts=(3_000_000,), at=world.at)
    assert accelerator.statement.reference != first.statement.reference
    assert left(world, "accelerator") == 0
    assert list(findings()) == []


def test_an_agreement_that_never_came_into_force_lapses_at_the_gate_for_good(world):
    world.in_force(world.proposals[0])
    never = world.offered(world.proposals[1])
    never.statement.accept_for_company(by=world.rival_owner, at=world.at)
    db.session.flush()
    world.decide("exploration", [world.proposals[0]], world.at, declined=[world.proposals[1]])
    assert never.state is AgreementState.LAPSED
    with pytest.raises(
        WrongState, match=pattern("The stage agreement is no longer on offer, so there is nothing to accept.")
    ):
        never.statement.accept_for_body(by=world.approver, at=world.at)
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Release)) == 0


def test_staff_do_not_complete_a_stage_that_a_panel_judges(world):
    agreement = world.in_force()
    with pytest.raises(WrongState, match=fragment("A panel decides at the end of this stage")):
        agreement.conclude(by=world.staff, at=world.at)


def test_a_stage_without_a_panel_is_complete_when_every_milestone_is_accepted(world):
    agreement = world.in_force()
    set_committed_value(agreement.stage, "criteria", [])
    with pytest.raises(WrongState, match=pattern("The public body must accept every milestone first.")):
        agreement.conclude(by=world.staff, at=world.at)
    for milestone in agreement.milestones:
        world.accepted(milestone)
    set_committed_value(agreement.stage, "criteria", [])
    agreement.conclude(by=world.staff, at=world.at)
    assert agreement.state is AgreementState.COMPLETED
    db.session.rollback()


def test_a_cancelled_challenges_budget_goes_back_to_the_sponsor(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=1)
    before = world.challenge.opens_at
    with pytest.raises(WrongState):
        world.challenge.cancel(message="Closed already.", by=world.staff, at=now)
    assert before < now - timedelta(days=1)
    assert left(world) == 1_500_000
