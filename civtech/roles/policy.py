"""Permissions for people's roles in the programme."""

from civtech.core.policy import asks, policy
from civtech.people.models import ProgrammeRole, User
from civtech.roles.models import RoleGrant


@policy
def see_roles(actor: User) -> bool:
    """Administrators, and auditors with a role for the whole programme."""
    return actor.has(ProgrammeRole.ADMINISTRATOR, ProgrammeRole.AUDITOR)


@asks(fresh=True)
@policy
def ask_for_role(actor: User) -> bool:
    """Administrators, but not for themselves."""
    return actor.has(ProgrammeRole.ADMINISTRATOR)


@policy
def see_grant(actor: User, grant: RoleGrant) -> bool:
    """Administrators, and auditors for the whole programme. The person with the role, once it is granted."""
    return actor.id == grant.user_id or see_roles(actor)


@asks(fresh=True)
@policy
def decide_grant(actor: User, grant: RoleGrant) -> bool:
    """Administrators, except the one who asked for the role and the person who would get it."""
    return actor.has(ProgrammeRole.ADMINISTRATOR) and actor.id not in {grant.asked_by_id, grant.user_id}


@asks(fresh=True)
@policy
def take_back_grant(actor: User, grant: RoleGrant) -> bool:
    """The administrator who asked for the role."""
    return actor.has(ProgrammeRole.ADMINISTRATOR) and actor.id == grant.asked_by_id


@asks(fresh=True)
@policy
def end_grant(actor: User, grant: RoleGrant) -> bool:
    """Administrators. The person with the role can also give it up."""
    return actor.id == grant.user_id or actor.has(ProgrammeRole.ADMINISTRATOR)
