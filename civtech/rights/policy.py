"""Who may do what with rights statements."""

from civtech.core.policy import policy
from civtech.organisations.models import MemberRole
from civtech.organisations.policy import officer_of
from civtech.people.models import User
from civtech.rights.models import BackgroundItem, RightsStatement, has_stake


@policy
def read(_actor: User, _statement: RightsStatement) -> bool:
    """Members of the company and public body, once it is offered. Programme staff, finance approvers and auditors."""
    return True


@policy
def list_background(actor: User, statement: RightsStatement) -> bool:
    """Owners of the company."""
    return actor.acts_for(statement.proposal.organisation_id, MemberRole.OWNER)


@policy
def accept_for_company(actor: User, statement: RightsStatement) -> bool:
    """Owners of the company who have not accepted for the public body."""
    return officer_of(actor, statement.company) and actor.id != statement.body_accepted_by_id


@policy
def accept_for_body(actor: User, statement: RightsStatement) -> bool:
    """Owners and approvers of the public body with no stake in the team who did not accept for the company."""
    return (
        officer_of(actor, statement.public_body)
        and actor.id != statement.company_accepted_by_id
        and not has_stake(actor, statement.proposal)
    )


@policy
def remove_background(actor: User, item: BackgroundItem) -> bool:
    """Owners of the company."""
    return actor.acts_for(item.statement.proposal.organisation_id, MemberRole.OWNER)
