"""Personal data in funded stages, and when an applicant's part is over."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, null, select, type_coerce
from sqlalchemy.orm import aliased

from civtech.challenges.models import Challenge, ChallengeState
from civtech.core.db import Rows, UtcDateTime, db
from civtech.core.personal import Engagement, Hindrance, acts, engagement, exported, hindrance, named, stays
from civtech.core.text import N_, Text
from civtech.judging.models import Decision, DecisionState, Outcome
from civtech.organisations.models import Membership
from civtech.organisations.personal import last_owned
from civtech.people.models import User
from civtech.programmes.models import Round, RoundState, Stage
from civtech.proposals.models import Proposal, ProposalState, Section, Submission
from civtech.stages.models import AgreementState, Deliverable, Milestone, StageAgreement

DELIVERED = (Deliverable.delivered_by_id, Deliverable.decided_by_id)
GOING_ON = (AgreementState.DRAFT, AgreementState.OFFERED, AgreementState.ACTIVE)


@exported("deliverables", N_("Evidence you sent, and evidence you decided on with your reason."), *DELIVERED)
def deliverables(person: User) -> Rows:
    handed_in = Deliverable.delivered_by_id == person.id
    return (
        select(
            Deliverable.reference,
            Milestone.reference.label("milestone"),
            Deliverable.state,
            case((handed_in, Deliverable.evidence)).label("evidence"),
            case((handed_in, Deliverable.link)).label("link"),
            Deliverable.delivered_at,
            Deliverable.decided_at,
            Deliverable.reason,
            *acts(person, *DELIVERED),
        )
        .join(Milestone, Milestone.id == Deliverable.milestone_id)
        .where(named(person, *DELIVERED))
        .order_by(Deliverable.id)
    )


@exported("milestones", N_("Milestones you accepted."), Milestone.accepted_by_id)
def milestones(person: User) -> Rows:
    return (
        select(Milestone.reference, Milestone.title, Milestone.accepted_at)
        .where(Milestone.accepted_by_id == person.id)
        .order_by(Milestone.id)
    )


stays(
    *DELIVERED,
    Milestone.accepted_by_id,
    because=N_("The record of public money must show who sent evidence and who accepted it."),
)


def ended_at() -> ColumnElement[datetime | None]:
    """When a proposal's part ended: at its deadline, cancellation, last refusal or last agreement's end; else NULL.

    Use it on proposals joined with their challenges and rounds. Finishing a round ends anything still open in it.
    """
    going_on = exists().where(StageAgreement.proposal_id == Proposal.id, StageAgreement.state.in_(GOING_ON))
    later = aliased(Stage)
    last = ~exists().where(later.round_id == Stage.round_id, later.position > Stage.position)
    last_stage_is_over = (
        exists()
        .where(StageAgreement.proposal_id == Proposal.id, StageAgreement.ended_at.is_not(None), last)
        .where(Stage.id == StageAgreement.stage_id)
    )
    agreement_ended = (
        select(func.max(StageAgreement.ended_at)).where(StageAgreement.proposal_id == Proposal.id).scalar_subquery()
    )
    declined = (
        select(func.max(Decision.released_at))
        .join(Outcome, Outcome.decision_id == Decision.id)
        .where(Outcome.proposal_id == Proposal.id, Outcome.goes_on.is_(False), Decision.state == DecisionState.RELEASED)
        .scalar_subquery()
    )
    return type_coerce(
        case(
            (going_on, null()),
            (Challenge.state == ChallengeState.CANCELLED, Challenge.cancelled_at),
            (Proposal.state != ProposalState.SUBMITTED, Challenge.closes_at),
            (declined.is_not(None), func.coalesce(agreement_ended, declined)),
            (last_stage_is_over, agreement_ended),
            (Round.state == RoundState.FINISHED, Round.finished_at),
            else_=null(),
        ),
        UtcDateTime(),
    )


def _teams(*, funded: bool) -> Iterator[Engagement]:
    """Select the people of every funded or unfunded proposal: its members, and those who started, wrote or sent it."""
    was_funded = exists().where(StageAgreement.proposal_id == Proposal.id, StageAgreement.activated_at.is_not(None))
    for person, where in (
        (Membership.user_id, and_(Membership.organisation_id == Proposal.organisation_id, Membership.is_held())),
        (Section.written_by_id, Section.proposal_id == Proposal.id),
        (Submission.submitted_by_id, Submission.proposal_id == Proposal.id),
        (User.id, User.id == Proposal.started_by_id),
    ):
        yield (
            select(person, ended_at())
            .select_from(Proposal)
            .join(Challenge, Challenge.id == Proposal.challenge_id)
            .join(Round, Round.id == Challenge.round_id)
            .join(person.class_, where)
            .where(was_funded if funded else ~was_funded, person.is_not(None))
            .distinct()
        )


@engagement("unsuccessful")
def applied() -> Iterator[Engagement]:
    yield from _teams(funded=False)


@engagement("funded")
def was_funded() -> Iterator[Engagement]:
    yield from _teams(funded=True)


@engagement("official")
def accepted_evidence() -> Iterator[Engagement]:
    yield select(Milestone.accepted_by_id, Milestone.accepted_at).where(Milestone.accepted_by_id.is_not(None))


@hindrance
def is_needed_by_a_team(person: User, _at: datetime) -> Iterator[Hindrance]:
    """Keep the only owner while a proposal waits for its outcome or an agreement is in force."""
    owned = {organisation.id: organisation for organisation in last_owned(person)}
    living = (
        select(Proposal.organisation_id, Proposal.reference)
        .join(Challenge, Challenge.id == Proposal.challenge_id)
        .join(Round, Round.id == Challenge.round_id)
        .where(Proposal.organisation_id.in_(owned), Proposal.state == ProposalState.SUBMITTED, ended_at().is_(None))
        .order_by(Proposal.id)
    )
    for organisation, reference in db.session.execute(living):
        yield Hindrance(
            Text(
                N_(
                    "You are the last owner of %(organisation)s, and its proposal %(reference)s has not "
                    "ended. Invite another owner, withdraw the proposal while you can, or wait until it ends."
                ),
                {"reference": reference, "organisation": owned[organisation].name},
            ),
            f"/proposals/{reference}",
        )
