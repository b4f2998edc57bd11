"""Who may, of people and organisations."""

from civtech.accounts.models import MemberRole, Organisation, OrganisationKind, User
from civtech.core.policy import policy


@policy
def use_account(_actor: User) -> bool:
    """Anyone who is signed in."""
    return True


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
def add_to_company(actor: User, organisation: Organisation) -> bool:
    """Owners of the company."""
    return organisation.kind is OrganisationKind.COMPANY and actor.acts_for(organisation, MemberRole.OWNER)


def officer_of(actor: User, organisation: Organisation) -> bool:
    """Whether `actor` may bind the organisation: an owner of a company, an owner or approver of a public body."""
    if organisation.kind is OrganisationKind.PUBLIC_BODY:
        return actor.acts_for(organisation, MemberRole.OWNER, MemberRole.APPROVER)
    return actor.acts_for(organisation, MemberRole.OWNER)
