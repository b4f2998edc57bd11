"""The progress of one proposal, for those who may follow it, not for the public."""

from datetime import datetime

from sqlalchemy import Select, select

from civtech.core.db import Rows
from civtech.core.statements import built_once
from civtech.funding.models import Release, ReleaseState
from civtech.judging.models import Decision, DecisionState, Outcome, Panel
from civtech.oversight.models import AuditEntry
from civtech.programmes.models import Stage
from civtech.proposals.events import ProposalWithdrawn
from civtech.proposals.models import Proposal
from civtech.rights.models import RightsStatement
from civtech.stages.models import Deliverable, Milestone, StageAgreement


@built_once
def outcomes_of(proposal: Proposal) -> Rows:
    """Select what was decided about a proposal, once it is released."""
    return (
        select(Stage.name.label("stage"), Stage.position, Decision.released_at, Outcome.goes_on)
        .join(Decision, Decision.id == Outcome.decision_id)
        .join(Panel, Panel.id == Decision.panel_id)
        .join(Stage, Stage.id == Panel.stage_id)
        .where(Outcome.proposal_id == proposal.id, Decision.state == DecisionState.RELEASED)
        .order_by(Stage.position)
    )


@built_once
def agreements_of(proposal: Proposal) -> Rows:
    """Select the agreements offered to a team."""
    return (
        select(
            StageAgreement.id,
            StageAgreement.reference,
            StageAgreement.state,
            StageAgreement.offered_at,
            StageAgreement.activated_at,
            StageAgreement.ended_at,
            StageAgreement.ends_on,
            Stage.name.label("stage"),
            Stage.position,
            RightsStatement.reference.label("statement"),
            RightsStatement.company_accepted_at,
            RightsStatement.body_accepted_at,
        )
        .join(Stage, Stage.id == StageAgreement.stage_id)
        .join(RightsStatement, RightsStatement.id == StageAgreement.statement_id)
        .where(StageAgreement.proposal_id == proposal.id, StageAgreement.offered_at.is_not(None))
        .order_by(Stage.position)
    )


@built_once
def milestones_of(proposal: Proposal) -> Rows:
    """Select the milestones of agreements in force or ended."""
    return (
        select(Milestone.id, Milestone.reference, Milestone.number, Milestone.title, Milestone.state, Milestone.due_on)
        .join(StageAgreement, StageAgreement.id == Milestone.agreement_id)
        .where(StageAgreement.proposal_id == proposal.id, StageAgreement.activated_at.is_not(None))
        .order_by(StageAgreement.activated_at, Milestone.number)
    )


@built_once
def deliverables_of(proposal: Proposal) -> Rows:
    """Select the evidence the team sent, and the public body's answer."""
    return (
        select(Deliverable.milestone_id, Deliverable.state, Deliverable.delivered_at, Deliverable.decided_at)
        .join(Milestone, Milestone.id == Deliverable.milestone_id)
        .join(StageAgreement, StageAgreement.id == Milestone.agreement_id)
        .where(StageAgreement.proposal_id == proposal.id)
        .order_by(Deliverable.delivered_at)
    )


@built_once
def withdrawals_of(proposal: Proposal) -> Select[datetime]:
    """Select when a team withdrew its proposal, including before it submitted again."""
    return select(AuditEntry.at).where(
        AuditEntry.subject == proposal.reference, AuditEntry.event == ProposalWithdrawn.__name__
    )


@built_once
def releases_of(proposal: Proposal) -> Rows:
    """Select money that was released."""
    return (
        select(
            Release.milestone_id,
            Release.state,
            Release.amount_pence,
            Release.currency,
            Release.approved_at,
            Release.paid_at,
        )
        .join(Milestone, Milestone.id == Release.milestone_id)
        .join(StageAgreement, StageAgreement.id == Milestone.agreement_id)
        .where(StageAgreement.proposal_id == proposal.id, Release.state.in_([ReleaseState.APPROVED, ReleaseState.PAID]))
        .order_by(Release.approved_at)
    )
