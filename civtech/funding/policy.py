"""Who may do what with money."""

from civtech.core.policy import asks, policy
from civtech.funding.models import Release
from civtech.organisations.models import OrganisationKind
from civtech.people.models import ProgrammeRole, User
from civtech.rights.models import has_stake
from civtech.rights.queries import OVERSEE_MONEY
from civtech.stages.models import Milestone

DECIDE = (ProgrammeRole.STAFF, ProgrammeRole.FINANCE)


@policy
def see_money(actor: User) -> bool:
    """Programme staff, finance approvers and auditors. Members of a public body, for their own challenges."""
    return bool(actor.reach(*OVERSEE_MONEY) or actor.organisations(OrganisationKind.PUBLIC_BODY))


@policy
def see_releases(_actor: User) -> bool:
    """Anyone who is signed in, for their company, public body or role (programme staff, finance approver, auditor)."""
    return True


@policy
def see_release(_actor: User, _release: Release) -> bool:
    """Members of the company and the public body. Programme staff, finance approvers and auditors."""
    return True


@policy
def propose(actor: User, milestone: Milestone) -> bool:
    """Programme staff with no stake in the team who did not accept the evidence."""
    agreement = milestone.agreement
    return (
        actor.is_staff_of(agreement.challenge)
        and actor.id != milestone.accepted_by_id
        and not has_stake(actor, agreement.proposal)
    )


@asks(fresh=True)
@policy
def decide(actor: User, release: Release) -> bool:
    """Programme staff or finance approvers with no stake in the team who did not propose it or accept the evidence."""
    agreement = release.milestone.agreement
    return (
        actor.has_for(agreement.challenge, *DECIDE)
        and actor.id not in {release.proposed_by_id, release.milestone.accepted_by_id}
        and not has_stake(actor, agreement.proposal)
    )


@asks(fresh=True)
@policy
def pay(actor: User, release: Release) -> bool:
    """Finance approvers who did not accept the evidence or propose it, nor approve it unless the round allows that."""
    agreement = release.milestone.agreement
    return (
        actor.has_for(agreement.challenge, ProgrammeRole.FINANCE)
        and not release.must_be_paid_by_another(actor)
        and decide.allows(actor, release)
    )
