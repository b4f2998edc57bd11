"""Permissions for people and organisations."""

from civtech.core.policy import Proof, asks, policy
from civtech.organisations.models import Invitation, JoinRequest, MemberRole, Membership, Organisation, OrganisationKind
from civtech.people.models import User


@policy
def administer_public_bodies(actor: User, _body: Organisation | None = None) -> bool:
    """Programme staff with a role for the whole programme."""
    return actor.is_staff


@asks(Proof.OWN)
@policy
def create_organisation(_actor: User) -> bool:
    """Anyone who is signed in."""
    return True


@policy
def see_organisation(actor: User, organisation: Organisation) -> bool:
    """Members of the organisation. Programme staff and auditors with a role for the whole programme."""
    return actor.acts_for(organisation) or actor.is_staff or actor.is_auditor


@policy
def change_organisation(actor: User, organisation: Organisation) -> bool:
    """Owners of the company or public body. A person with an idea, for their own entry."""
    return actor.acts_for(organisation, MemberRole.OWNER)


@policy
def state_figures(actor: User, organisation: Organisation) -> bool:
    """Owners of the company."""
    return organisation.kind is OrganisationKind.COMPANY and actor.acts_for(organisation, MemberRole.OWNER)


@policy
def become_company(actor: User, organisation: Organisation) -> bool:
    """The person with an idea, for their own entry."""
    return organisation.kind is OrganisationKind.INDIVIDUAL and actor.acts_for(organisation, MemberRole.OWNER)


@policy
def accept_number(actor: User, organisation: Organisation) -> bool:
    """Programme staff who do not act for the company or public body."""
    alone = organisation.kind is OrganisationKind.INDIVIDUAL
    return actor.is_staff and not alone and not actor.acts_for(organisation)


@policy
def manage_members(actor: User, organisation: Organisation) -> bool:
    """Owners of the company or public body. Programme staff for the whole programme, but only for a public body."""
    if organisation.kind is OrganisationKind.INDIVIDUAL:
        return False
    of_public_body = organisation.kind is OrganisationKind.PUBLIC_BODY
    return actor.acts_for(organisation, MemberRole.OWNER) or (of_public_body and actor.is_staff)


@policy
def confirm_invitation(actor: User, invitation: Invitation) -> bool:
    """Owners. For a public body, also programme staff with a reason. Never the inviter or the person invited."""
    return (
        manage_members(actor, invitation.organisation)
        and actor.id != invitation.invited_by_id
        and (actor.email != invitation.email)
    )


@policy
def manage_invitation(actor: User, invitation: Invitation) -> bool:
    """Anyone who manages the members of the organisation."""
    return manage_members(actor, invitation.organisation)


@asks(Proof.OWN)
@policy
def open_invitation(_actor: User, _invitation: Invitation) -> bool:
    """Anyone who is signed in. Only the person it was sent to can see what it is about."""
    return True


@asks(Proof.OWN)
@policy
def answer_invitation(actor: User, invitation: Invitation) -> bool:
    """The person whose confirmed email address the invitation was sent to."""
    return actor.email == invitation.email


@asks(Proof.OWN)
@policy
def look_for_colleagues(_actor: User) -> bool:
    """Anyone who is signed in. It lists organisations where someone has an email address at the same domain."""
    return True


@policy
def ask_to_join(_actor: User, _organisation: Organisation) -> bool:
    """Anyone who is signed in with a confirmed email address at the domain of someone who acts for the organisation."""
    return True


@policy
def answer_join_request(actor: User, request: JoinRequest) -> bool:
    """Owners of the organisation. Programme staff, if a public body has no owner. Never the person who asked."""
    organisation = request.organisation
    owns = actor.acts_for(organisation, MemberRole.OWNER)
    return actor.id != request.person_id and (
        owns or (manage_members(actor, organisation) and not organisation.has_owner())
    )


@policy
def withdraw_join_request(actor: User, request: JoinRequest) -> bool:
    """The person who asked to join."""
    return actor.id == request.person_id


@policy
def end_membership(actor: User, membership: Membership) -> bool:
    """The member, and anyone who manages the members of the organisation."""
    return actor.id == membership.user_id or manage_members(actor, membership.organisation)


def officer_of(actor: User, organisation: Organisation) -> bool:
    """Whether `actor` may bind the organisation: an owner of a company, or an owner or approver of a public body."""
    if organisation.kind is OrganisationKind.PUBLIC_BODY:
        return actor.acts_for(organisation, MemberRole.OWNER, MemberRole.APPROVER)
    return actor.acts_for(organisation, MemberRole.OWNER)
