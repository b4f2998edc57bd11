"""Who may do what in funded stages."""

from dataclasses import dataclass

from civtech.core.policy import policy
from civtech.people.models import User
from civtech.programmes.models import Stage
from civtech.proposals.models import Proposal
from civtech.rights.models import has_stake
from civtech.stages.models import Milestone, StageAgreement
from civtech.stages.models.milestone import ACCEPTS, DELIVERS


@dataclass(frozen=True)
class Award:
    """A team chosen for a funded stage that has no agreement yet."""

    proposal: Proposal
    stage: Stage


@policy
def draw_up(actor: User, award: Award) -> bool:
    """Programme staff with no stake in the team."""
    return actor.is_staff_of(award.proposal.challenge) and not has_stake(actor, award.proposal)


@policy
def read(_actor: User, _agreement: StageAgreement) -> bool:
    """Members of the company and public body, once it is offered. Programme staff, finance approvers and auditors."""
    return True


@policy
def change(actor: User, agreement: StageAgreement) -> bool:
    """Programme staff with no stake in the team."""
    return actor.is_staff_of(agreement.challenge) and not has_stake(actor, agreement.proposal)


@policy
def change_milestone(actor: User, milestone: Milestone) -> bool:
    """Programme staff with no stake in the team."""
    return change(actor, milestone.agreement)


@policy
def read_milestone(_actor: User, _milestone: Milestone) -> bool:
    """Members of the company and public body, once it is offered. Programme staff, finance approvers and auditors."""
    return True


@policy
def deliver(actor: User, milestone: Milestone) -> bool:
    """Owners and editors of the company."""
    return actor.acts_for(milestone.agreement.proposal.organisation_id, *DELIVERS)


@policy
def judge_evidence(actor: User, milestone: Milestone) -> bool:
    """Owners, approvers and acceptors of the public body with no stake in the team who sent none of the evidence."""
    return (
        actor.acts_for(milestone.agreement.challenge.sponsor_id, *ACCEPTS)
        and all(delivered.delivered_by_id != actor.id for delivered in milestone.deliverables)
        and not has_stake(actor, milestone.agreement.proposal)
    )
