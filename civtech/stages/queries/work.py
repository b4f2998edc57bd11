"""Progress of teams and challenges in funded stages, and what needs the attention of programme staff."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from civtech.challenges.models import Challenge
from civtech.challenges.queries import is_within, within
from civtech.core.statements import built_once
from civtech.judging.models import Decision, DecisionState, Outcome, Panel
from civtech.judging.queries import overseen_by
from civtech.organisations.models import MemberRole, Organisation, OrganisationKind
from civtech.people.models import ProgrammeRole, User
from civtech.programmes.models import Criterion, Round, RoundState, Stage, StageKind
from civtech.proposals import queries as proposals
from civtech.proposals.models import Proposal
from civtech.rights.models import stake
from civtech.stages.models import AgreementState, Milestone, MilestoneState, StageAgreement
from civtech.stages.models.milestone import ACCEPTS
from civtech.stages.queries.reading import HEADING, milestones_visible_to

AWARDED_STAGE = aliased(Stage)
"""The stage that a team is chosen for, in `awarded`."""


@built_once
def awarded() -> Select[Proposal, Stage]:
    """Select (proposal, stage) for each team a released decision chose for a funded stage, with no agreement for it.

    There are none in rounds that are closed.
    """
    return _chosen_without(*AgreementState)


@built_once
def to_be_payable(actor: User) -> Select[Proposal, Stage]:
    """Select (proposal, stage) of teams `actor` owns that we would offer an agreement if we could pay them."""
    return (
        _chosen_without(*(state for state in AgreementState if state is not AgreementState.DRAFT))
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .where(Organisation.id.in_(actor.organisation_ids(MemberRole.OWNER)), ~Organisation.can_be_paid)
    )


@built_once
def numbers_to_check(actor: User) -> Select[Proposal, Stage]:
    """Select (proposal, stage) of chosen teams whose number programme staff must check before an agreement."""
    own = actor.organisation_ids()
    query = (
        _chosen_without(*(state for state in AgreementState if state is not AgreementState.DRAFT))
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .where(
            Organisation.kind == OrganisationKind.COMPANY,
            Organisation.identifier_number.is_not(None),
            ~Organisation.can_be_paid,
        )
    )
    return query.where(Organisation.id.not_in(own)) if own else query


def _chosen_without(*states: AgreementState) -> Select[Proposal, Stage]:
    judged, following, agreement = aliased(Stage), AWARDED_STAGE, aliased(StageAgreement)
    return (
        select(Proposal, following)
        .join(Outcome, Outcome.proposal_id == Proposal.id)
        .join(Decision, Decision.id == Outcome.decision_id)
        .join(Panel, Panel.id == Decision.panel_id)
        .join(judged, judged.id == Panel.stage_id)
        .join(following, and_(following.round_id == judged.round_id, following.position == judged.position + 1))
        .where(
            judged.round_id.in_(select(Round.id).where(Round.state == RoundState.OPEN)),
            Decision.state == DecisionState.RELEASED,
            Outcome.goes_on,
            following.kind == StageKind.FUNDED,
            ~exists().where(
                agreement.proposal_id == Outcome.proposal_id,
                agreement.stage_id == following.id,
                agreement.state.in_(states),
            ),
        )
        .options(*proposals.HEADING)
        .order_by(Decision.released_at, Proposal.id)
    )


def awaits_agreement() -> ColumnElement[bool]:
    """Whether any team chosen in the challenge of a query has no agreement for its stage yet."""
    chosen = awarded().where(Panel.challenge_id == Challenge.id).with_only_columns(Proposal.id).order_by(None)
    return chosen.correlate(Challenge).exists()


def in_care_of(actor: User) -> ColumnElement[bool]:
    """Whether a proposal answers a challenge for which `actor` is programme staff."""
    return is_within(actor.reach(ProgrammeRole.STAFF), Proposal.challenge_id)


def _is_decided() -> ColumnElement[bool]:
    """Whether the outcome of the agreement's stage is released to its team."""
    return exists().where(
        Outcome.proposal_id == StageAgreement.proposal_id,
        Decision.id == Outcome.decision_id,
        Decision.state == DecisionState.RELEASED,
        Panel.id == Decision.panel_id,
        Panel.stage_id == StageAgreement.stage_id,
    )


@built_once
def under_way(proposal_ids: Iterable[int]) -> Select[StageAgreement, bool]:
    """Select each team's current agreement, once offered, and whether its stage is judged at the end."""
    return (
        select(StageAgreement, exists().where(Criterion.stage_id == StageAgreement.stage_id))
        .where(
            StageAgreement.proposal_id.in_(proposal_ids),
            StageAgreement.state.in_([AgreementState.OFFERED, AgreementState.ACTIVE, AgreementState.COMPLETED]),
            ~_is_decided(),
        )
        .options(
            joinedload(StageAgreement.stage),
            joinedload(StageAgreement.statement),
            joinedload(StageAgreement.milestones),
        )
    )


@built_once
def finished_among(challenge_ids: Iterable[int]) -> Select[int]:
    """Select the ids of challenges whose last stage, which is not judged at its end, is completed for every team."""
    proposal, agreement = aliased(Proposal), aliased(StageAgreement)
    last = exists().where(
        proposal.challenge_id == Challenge.id,
        agreement.proposal_id == proposal.id,
        ~exists().where(Criterion.stage_id == agreement.stage_id),
    )
    return select(Challenge.id).where(
        Challenge.id.in_(challenge_ids),
        last.where(agreement.state == AgreementState.COMPLETED),
        ~last.where(agreement.state != AgreementState.COMPLETED),
        ~awaits_agreement(),
    )


@built_once
def overdue(actor: User, today: date) -> Select[Milestone]:
    """Select the milestones whose evidence is late, for those who accept it and for staff who look after the team."""
    return (
        milestones_visible_to(actor)
        .where(
            Milestone.state == MilestoneState.DUE,
            StageAgreement.state == AgreementState.ACTIVE,
            Milestone.due_on < today,
            or_(
                Challenge.sponsor_id.in_(actor.organisation_ids(*ACCEPTS)),
                and_(in_care_of(actor), ~stake(actor)),
            ),
        )
        .order_by(Milestone.due_on, Milestone.id)
    )


@built_once
def to_finish() -> Select[StageAgreement]:
    """Select agreements that programme staff have drafted but not offered."""
    return (
        select(StageAgreement)
        .join(StageAgreement.proposal)
        .where(StageAgreement.state == AgreementState.DRAFT)
        .options(*HEADING)
        .order_by(StageAgreement.drafted_at, StageAgreement.id)
    )


@built_once
def to_conclude() -> Select[StageAgreement]:
    """Select agreements in force with every milestone accepted, in stages that are not judged at their end."""
    return (
        select(StageAgreement)
        .join(StageAgreement.proposal)
        .where(
            StageAgreement.state == AgreementState.ACTIVE,
            ~exists().where(Criterion.stage_id == StageAgreement.stage_id),
            ~exists().where(Milestone.agreement_id == StageAgreement.id, Milestone.state != MilestoneState.ACCEPTED),
        )
        .options(*HEADING)
        .order_by(StageAgreement.ends_on, StageAgreement.id)
    )


@built_once
def gates_to_convene(actor: User, today: date) -> Select[str, str, str, str]:
    """Select (slug, question, stage key and name) of funded stages whose work is complete but which have no panel yet.

    Work is complete when every chosen team has its agreement in force and every milestone accepted. It also counts as
    complete when the last day of all agreements in force has passed.
    """
    in_force = StageAgreement.state == AgreementState.ACTIVE
    undone = exists().where(Milestone.agreement_id == StageAgreement.id, Milestone.state != MilestoneState.ACCEPTED)
    judged = select(Stage.id).where(Stage.kind == StageKind.FUNDED, exists().where(Criterion.stage_id == Stage.id))
    work = (
        select(
            Proposal.challenge_id,
            StageAgreement.stage_id,
            func.max(case((in_force, StageAgreement.ends_on))).label("ends_on"),
            func.max(case((and_(in_force, ~undone), 0), else_=1)).label("goes_on"),
        )
        .join(StageAgreement.proposal)
        .where(
            StageAgreement.stage_id.in_(judged),
            StageAgreement.state.in_([AgreementState.DRAFT, AgreementState.OFFERED, AgreementState.ACTIVE]),
        )
        .group_by(Proposal.challenge_id, StageAgreement.stage_id)
        .subquery()
    )
    return (
        select(Challenge.slug, Challenge.question, Stage.key, Stage.name)
        .join(work, work.c.challenge_id == Challenge.id)
        .join(Stage, Stage.id == work.c.stage_id)
        .where(
            work.c.ends_on.is_not(None),
            or_(work.c.ends_on < today, and_(work.c.goes_on == 0, ~awaits_agreement())),
            ~exists().where(Panel.challenge_id == Challenge.id, Panel.stage_id == Stage.id),
            within(actor.reach(ProgrammeRole.STAFF)),
            Challenge.published_at.is_not(None),
            overseen_by(actor, Challenge.id),
        )
        .order_by(Challenge.closes_at, Challenge.id)
    )
