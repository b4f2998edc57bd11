"""What in funded stages keeps a round open."""

from datetime import datetime

from sqlalchemy import select

from civtech.challenges.models import Challenge
from civtech.core.db import Rows
from civtech.core.text import N_
from civtech.programmes.models import Stage, keeps_open
from civtech.proposals.models import Proposal
from civtech.stages.models import AgreementState, Milestone, MilestoneState, StageAgreement
from civtech.stages.queries import awaits_agreement

RUNNING = (AgreementState.DRAFT, AgreementState.OFFERED, AgreementState.ACTIVE)


@keeps_open(N_("Teams that were chosen but have no agreement: draft their agreements"), page="challenges.show")
def without_agreement(_at: datetime) -> Rows:
    return select(Challenge.round_id, Challenge.question, Challenge.slug).where(awaits_agreement())


@keeps_open(N_("Agreements that have not ended: complete them"), page="stages.agreement")
def running(_at: datetime) -> Rows:
    return (
        select(Stage.round_id, Challenge.question, StageAgreement.reference)
        .join(StageAgreement, StageAgreement.stage_id == Stage.id)
        .join(Proposal, Proposal.id == StageAgreement.proposal_id)
        .join(Challenge, Challenge.id == Proposal.challenge_id)
        .where(StageAgreement.state.in_(RUNNING))
    )


@keeps_open(N_("Milestones that are still due in stages that are over"), page="stages.milestone")
def outliving(_at: datetime) -> Rows:
    return (
        select(Stage.round_id, Milestone.title, Milestone.reference)
        .join(StageAgreement, StageAgreement.stage_id == Stage.id)
        .join(Milestone, Milestone.agreement_id == StageAgreement.id)
        .where(Milestone.state == MilestoneState.DUE, StageAgreement.ended_at.is_not(None))
    )
