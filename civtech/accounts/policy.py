"""Who may, of people and organisations."""

from civtech.accounts.models import (
    BrowserSession,
    ExternalIdentity,
    Invitation,
    MemberRole,
    Membership,
    Organisation,
    OrganisationKind,
    User,
)
from civtech.core.policy import policy


@policy
def use_account(_actor: User) -> bool:
    """Anyone who is signed in."""
    return True


@policy
def end_session(actor: User, session: BrowserSession) -> bool:
    """The person who is signed in there."""
    return actor.id == session.user_id


@policy
def unlink_identity(actor: User, identity: ExternalIdentity) -> bool:
    """The person whose account it is linked to."""
    return actor.id == identity.user_id


@policy
def administer_public_bodies(actor: User, _body: Organisation | None = None) -> bool:
    """Programme staff."""
    return actor.is_staff


@policy
def create_organisation(_actor: User) -> bool:
    """Anyone who is signed in."""
    return True


@policy
def see_organisation(actor: User, organisation: Organisation) -> bool:
    """Members of the organisation; programme staff and auditors."""
    return actor.acts_for(organisation) or actor.is_staff or actor.is_auditor


@policy
def change_organisation(actor: User, organisation: Organisation) -> bool:
    """Owners of the company or of the person's own entry; a public body's details are changed by its owners."""
    return actor.acts_for(organisation, MemberRole.OWNER)


@policy
def manage_members(actor: User, organisation: Organisation) -> bool:
    """Owners of the company or the public body; programme staff, of a public body."""
    if organisation.kind is OrganisationKind.INDIVIDUAL:
        return False
    of_public_body = organisation.kind is OrganisationKind.PUBLIC_BODY
    return actor.acts_for(organisation, MemberRole.OWNER) or (of_public_body and actor.is_staff)


@policy
def manage_invitation(actor: User, invitation: Invitation) -> bool:
    """Whoever manages the members of its organisation."""
    return manage_members(actor, invitation.organisation)


@policy
def open_invitation(_actor: User, _invitation: Invitation) -> bool:
    """Anyone who is signed in; it says what it is about only to the person it was sent to."""
    return True


@policy
def answer_invitation(actor: User, invitation: Invitation) -> bool:
    """The person whose confirmed address it was sent to."""
    return actor.email == invitation.email


@policy
def end_membership(actor: User, membership: Membership) -> bool:
    """The member themselves; whoever manages the members of the organisation."""
    return actor.id == membership.user_id or manage_members(actor, membership.organisation)


def officer_of(actor: User, organisation: Organisation) -> bool:
    """Whether `actor` may bind the organisation: an owner of a company, an owner or approver of a public body."""
    if organisation.kind is OrganisationKind.PUBLIC_BODY:
        return actor.acts_for(organisation, MemberRole.OWNER, MemberRole.APPROVER)
    return actor.acts_for(organisation, MemberRole.OWNER)
