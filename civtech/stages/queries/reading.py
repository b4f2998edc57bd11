"""Which agreements and milestones a person may see."""

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from civtech.challenges.models import Challenge
from civtech.core.statements import built_once
from civtech.organisations.models import Organisation
from civtech.people.models import User
from civtech.programmes.models import Stage
from civtech.proposals import queries as proposals
from civtech.proposals.models import Proposal
from civtech.rights.models import RightsStatement
from civtech.rights.queries import readable_by
from civtech.stages.models import AgreementState, Deliverable, Milestone, MilestoneState, StageAgreement
from civtech.stages.models.milestone import ACCEPTS, DELIVERS

HEADING = (
    contains_eager(StageAgreement.proposal).options(*proposals.HEADING),
    joinedload(StageAgreement.stage),
    joinedload(StageAgreement.statement),
)
"""What rules and headings read of an agreement: its team's proposal, its stage and its rights statement."""

IN_FULL = (
    selectinload(StageAgreement.milestones).immediateload(Milestone.agreement),
    joinedload(StageAgreement.statement).selectinload(RightsStatement.background),
    joinedload(StageAgreement.stage).selectinload(Stage.criteria),
)
"""What the page and the verbs of one agreement also read: its milestones, the background IP and the criteria."""

EVIDENCE = (
    joinedload(Milestone.accepted_by),
    selectinload(Milestone.deliverables).options(
        joinedload(Deliverable.delivered_by), joinedload(Deliverable.decided_by)
    ),
)
"""What the page and the verbs of one milestone also read: its evidence, and who sent it and decided on it."""

SIBLINGS = contains_eager(Milestone.agreement).selectinload(StageAgreement.milestones)
"""The other milestones of a milestone's agreement."""


def _visible(actor: User) -> ColumnElement[bool]:
    offered = and_(StageAgreement.state != AgreementState.DRAFT, StageAgreement.offered_at.is_not(None))
    return readable_by(actor, offered)


@built_once
def visible_to(actor: User) -> Select[StageAgreement]:
    """Select agreements of the actor's organisations once offered, and those the actor oversees for the programme."""
    return (
        select(StageAgreement)
        .join(StageAgreement.proposal)
        .join(Proposal.challenge)
        .where(_visible(actor))
        .options(*HEADING)
    )


@built_once
def to_open(actor: User, reference: str) -> Select[StageAgreement]:
    """Select the agreement with this reference, if `actor` may see it, with what its page and verbs read."""
    return visible_to(actor).where(StageAgreement.reference == reference).options(*IN_FULL)


@built_once
def milestone_to_open(actor: User, reference: str) -> Select[Milestone]:
    """Select the milestone with this reference, if `actor` may see it, with what its page and verbs read."""
    return milestones_visible_to(actor).where(Milestone.reference == reference).options(*EVIDENCE, SIBLINGS)


@built_once
def milestones_visible_to(actor: User) -> Select[Milestone]:
    """Select the milestones of the agreements that `actor` may see."""
    return (
        select(Milestone)
        .join(Milestone.agreement)
        .join(StageAgreement.proposal)
        .join(Proposal.challenge)
        .where(_visible(actor))
        .options(contains_eager(Milestone.agreement).options(*HEADING))
    )


@built_once
def of_proposal(actor: User, proposal: Proposal) -> Select[StageAgreement]:
    """Select the agreements of one team, latest first."""
    agreements = visible_to(actor).where(StageAgreement.proposal_id == proposal.id)
    return agreements.options(selectinload(StageAgreement.milestones)).order_by(StageAgreement.id.desc())


@built_once
def of_challenge(actor: User, challenge: Challenge) -> Select[StageAgreement]:
    """Select the agreements of one challenge, by stage and company."""
    return (
        visible_to(actor)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .join(StageAgreement.stage)
        .where(Proposal.challenge_id == challenge.id)
        .options(selectinload(StageAgreement.milestones))
        .order_by(Stage.position, Organisation.sort_key, StageAgreement.id)
    )


@built_once
def judged_work(proposal_id: int, stage_id: int) -> Select[StageAgreement]:
    """Select the agreement whose work is judged at the end of a stage, for its judges."""
    return (
        select(StageAgreement)
        .join(StageAgreement.proposal)
        .where(
            StageAgreement.proposal_id == proposal_id,
            StageAgreement.stage_id == stage_id,
            StageAgreement.activated_at.is_not(None),
        )
        .options(*HEADING, selectinload(StageAgreement.milestones).options(*EVIDENCE))
    )


@built_once
def waiting_for(actor: User) -> Select[Milestone]:
    """Select milestones that the actor's company must deliver or the actor's public body must decide on."""
    return (
        milestones_visible_to(actor)
        .where(
            or_(
                and_(
                    Milestone.state == MilestoneState.DUE,
                    Proposal.organisation_id.in_(actor.organisation_ids(*DELIVERS)),
                ),
                and_(
                    Milestone.state == MilestoneState.DELIVERED,
                    Challenge.sponsor_id.in_(actor.organisation_ids(*ACCEPTS)),
                ),
            )
        )
        .order_by(Milestone.due_on, Milestone.id)
    )
