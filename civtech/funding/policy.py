"""Who may, with money."""

from civtech.accounts.models import OrganisationKind, User
from civtech.core.policy import asks, policy
from civtech.funding.models import Release
from civtech.rights.models import has_stake
from civtech.stages.models import Milestone


@policy
def see_money(actor: User) -> bool:
    """Programme staff, finance and auditors; members of a public body, their own challenges."""
    return (
        actor.is_staff
        or actor.is_finance
        or actor.is_auditor
        or bool(actor.organisations(OrganisationKind.PUBLIC_BODY))
    )


@policy
def see_releases(_actor: User) -> bool:
    """Anyone who is signed in, those of their own company or public body; programme staff, finance and auditors all."""
    return True


@policy
def see_release(_actor: User, _release: Release) -> bool:
    """Members of the company and of the public body; programme staff, finance and auditors."""
    return True


@policy
def propose(actor: User, milestone: Milestone) -> bool:
    """Programme staff who did not accept the evidence and have no stake in the team."""
    return (
        actor.is_staff and actor.id != milestone.accepted_by_id and not has_stake(actor, milestone.agreement.proposal)
    )


@asks(fresh=True)
@policy
def decide(actor: User, release: Release) -> bool:
    """Programme staff or finance who neither proposed it nor accepted the evidence, and have no stake in the team."""
    return (
        (actor.is_staff or actor.is_finance)
        and actor.id not in {release.proposed_by_id, release.milestone.accepted_by_id}
        and not has_stake(actor, release.milestone.agreement.proposal)
    )


@asks(fresh=True)
@policy
def pay(actor: User, release: Release) -> bool:
    """Finance who neither proposed it nor accepted the evidence, and have no stake in the team."""
    return actor.is_finance and decide.allows(actor, release)
